use admit::domain::event::Action;
use admit::store::{AuditFilter, Done, Fault, Head, Prune, Pruned};

use crate::support::bench_store::{Lab, at, days, on_each_engine};

/// One entry a day; the first is the store's own. Gives the head after each.
fn grown(lab: &mut Lab, entries: usize) -> Vec<Head> {
    let mut heads = vec![lab.head()];
    while heads.len() < entries {
        lab.advance(days(1));
        let event = lab.op().event(Action::SettingChanged);
        lab.store
            .change(|tx| {
                tx.record(event.clone())?;
                Ok::<_, Fault>(Done::recorded(()))
            })
            .unwrap();
        heads.push(lab.head());
    }
    heads
}

fn prune(lab: &mut Lab, before: &str, head: Head) -> Pruned {
    let prune = Prune {
        before: at(before),
        head,
    };
    let would = lab.look(|tx| tx.prunable_audit(&prune));
    let mut pruned = Pruned::Nothing;
    lab.settle(|tx| {
        pruned = tx.prune_audit(&prune)?;
        Ok(())
    });
    assert_eq!(pruned, would, "what was announced is done");
    pruned
}

fn numbers(lab: &mut Lab) -> Vec<i64> {
    let mut numbers = Vec::new();
    lab.look(|tx| {
        tx.each_audit_entry(&AuditFilter::default(), |entry| {
            numbers.push(entry.seq);
            Ok::<bool, Fault>(true)
        })
    });
    numbers
}

const LATER: &str = "2027-01-01T00:00:00Z";
const NONE: Head = Head {
    seq: 0,
    hash: [0; 32],
};

#[test]
fn what_lies_before_both_goes_from_the_beginning_on() {
    on_each_engine(|lab| {
        let heads = grown(lab, 6);
        assert_eq!(lab.look(|tx| tx.audit_beginning()), NONE);
        // Entry 3 is of 3 March at noon, and not before it.
        assert_eq!(
            prune(lab, "2026-03-03T12:00:00Z", heads[5]),
            Pruned::Gone(1, 2)
        );
        assert_eq!(numbers(lab), [3, 4, 5, 6]);
        assert_eq!(lab.look(|tx| tx.audit_beginning()), heads[1]);
        assert_eq!(lab.look(|tx| tx.audit_head()), heads[5], "the end stays");
        assert_eq!(prune(lab, LATER, heads[3]), Pruned::Gone(3, 4));
        assert_eq!(numbers(lab), [5, 6]);
        lab.verify();
        assert_eq!(prune(lab, LATER, heads[5]), Pruned::Gone(5, 6));
        assert_eq!(numbers(lab), [] as [i64; 0]);
        lab.verify();
    });
}

#[test]
fn where_nothing_lies_before_both_nothing_changes() {
    on_each_engine(|lab| {
        let heads = grown(lab, 4);
        assert_eq!(
            prune(lab, "2026-03-01T12:00:00Z", heads[3]),
            Pruned::Nothing,
            "the first entry is of that instant"
        );
        assert_eq!(prune(lab, LATER, NONE), Pruned::Nothing);
        assert_eq!(prune(lab, LATER, heads[1]), Pruned::Gone(1, 2));
        assert_eq!(prune(lab, LATER, heads[1]), Pruned::Nothing, "again");
        assert_eq!(numbers(lab), [3, 4]);
    });
}

#[test]
fn a_head_that_proves_nothing_prunes_nothing() {
    on_each_engine(|lab| {
        let heads = grown(lab, 4);
        let forged = Head {
            hash: heads[0].hash,
            ..heads[2]
        };
        let beyond = Head { seq: 9, ..heads[3] };
        for head in [forged, beyond] {
            assert_eq!(prune(lab, LATER, head), Pruned::OtherHead);
        }
        prune(lab, LATER, heads[2]);
        for head in [heads[0], NONE] {
            assert_eq!(prune(lab, LATER, head), Pruned::HeadGone(3));
        }
        let beginning = Head {
            hash: heads[0].hash,
            ..heads[2]
        };
        assert_eq!(prune(lab, LATER, beginning), Pruned::OtherHead);
        assert_eq!(numbers(lab), [4]);
    });
}

#[test]
fn an_old_entry_behind_a_younger_one_stays_with_it() {
    on_each_engine(|lab| {
        grown(lab, 3);
        // The clock went back.
        lab.set_clock("2026-02-01T00:00:00Z");
        let event = lab.op().event(Action::SettingChanged);
        lab.store
            .change(|tx| {
                tx.record(event.clone())?;
                Ok::<_, Fault>(Done::recorded(()))
            })
            .unwrap();
        let head = lab.head();
        assert_eq!(
            prune(lab, "2026-03-02T00:00:00Z", head),
            Pruned::Gone(1, 1),
            "the chain has no holes"
        );
        lab.verify();
    });
}

#[test]
fn a_chain_that_was_pruned_grows_on_and_fits_heads_from_before() {
    on_each_engine(|lab| {
        let heads = grown(lab, 4);
        prune(lab, LATER, heads[2]);
        lab.invite("ada@example.com");
        for head in &heads[2..] {
            let verdict = lab.look(|tx| tx.verify_audit(Some(*head), |_| {}));
            assert!(verdict.is_ok(), "{verdict:?}");
        }
        let forged = Head {
            hash: heads[0].hash,
            ..heads[2]
        };
        let verdict = lab.look(|tx| tx.verify_audit(Some(forged), |_| {}));
        assert!(verdict.is_err(), "the end of what was pruned is known");
    });
}
