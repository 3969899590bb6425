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
    let event = lab.op().event(Action::AuditPruned);
    let mut pruned = Pruned::Nothing;
    lab.settle(|tx| {
        pruned = tx.prune_audit(&prune, event.clone())?;
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
        assert_eq!(numbers(lab), [3, 4, 5, 6, 7], "and one that says so");
        assert_eq!(lab.look(|tx| tx.audit_beginning()), heads[1]);
        assert_eq!(prune(lab, LATER, heads[3]), Pruned::Gone(3, 4));
        assert_eq!(numbers(lab), [5, 6, 7, 8]);
        lab.verify();
        let head = lab.head();
        assert_eq!(prune(lab, LATER, head), Pruned::Gone(5, 8));
        assert_eq!(numbers(lab), [9], "the one that accounts for it stays");
        lab.verify();
        let pruning = lab.look(|tx| tx.last_pruning()).unwrap();
        assert_eq!(
            (pruning.seq, pruning.at, pruning.operator.as_str()),
            (9, lab.now, "olga")
        );
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
        assert_eq!(numbers(lab), [3, 4, 5]);
        assert_eq!(lab.look(|tx| tx.last_pruning()).unwrap().seq, 5);
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
        assert_eq!(numbers(lab), [4, 5]);
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

/// What `audit verify` says once somebody has changed the database without the program.
fn says(lab: &mut Lab, changes: &str) -> String {
    // No guard is in the way.
    lab.raw().batch(changes).unwrap();
    match lab.look(|tx| tx.verify_audit(None, |_| {})) {
        Ok(_) => "whole".to_owned(),
        Err(broken) => format!("{}: {}", broken.seq, broken.what),
    }
}

/// Moves the recorded beginning, as `audit prune` does, and deletes what lies before it.
fn cut(seq: i64) -> String {
    format!(
        "update chain set pruned_seq = {seq}, pruned_hash = (select hash from audit where seq = {seq}); \
         delete from audit where seq <= {seq}"
    )
}

#[test]
fn a_beginning_that_was_cut_off_without_an_entry_is_noticed() {
    on_each_engine(|lab| {
        let heads = grown(lab, 6);
        assert_eq!(
            says(lab, &cut(4)),
            "5: the log starts here, but no audit-pruned entry says that entries up to 4 were pruned"
        );
        // A head that was kept does not make it whole.
        let verdict = lab.look(|tx| tx.verify_audit(Some(heads[4]), |_| {}));
        assert_eq!(verdict.unwrap_err().seq, 5);
    });
}

#[test]
fn an_entry_that_accounts_for_less_accounts_for_nothing() {
    on_each_engine(|lab| {
        let heads = grown(lab, 6);
        prune(lab, LATER, heads[1]);
        lab.verify();
        assert!(says(lab, &cut(4)).starts_with("5: the log starts here"));
        // It goes with the rest.
        assert!(says(lab, &cut(6)).starts_with("7: the log starts here"));
    });
}

#[test]
fn of_two_entries_the_last_accounts() {
    on_each_engine(|lab| {
        let heads = grown(lab, 6);
        prune(lab, LATER, heads[1]);
        prune(lab, LATER, heads[2]);
        lab.verify();
        let back = "update chain set pruned_seq = 2";
        assert!(says(lab, back).starts_with("3: the log starts here"));
    });
}

#[test]
fn a_whole_log_with_another_beginning_is_noticed() {
    on_each_engine(|lab| {
        grown(lab, 4);
        assert_eq!(
            says(lab, "update chain set pruned_hash = hash"),
            "1: the recorded start of the log was changed"
        );
    });
}

#[test]
fn the_entry_names_the_hash_and_an_early_one_without_it_accounts_too() {
    on_each_engine(|lab| {
        let heads = grown(lab, 4);
        let mut event = lab.op().event(Action::AuditPruned);
        let prune = Prune {
            before: at(LATER),
            head: heads[1],
        };
        let mut pruned = Pruned::Nothing;
        lab.settle(|tx| {
            pruned = tx.prune_audit(&prune, event.clone())?;
            Ok(())
        });
        assert_eq!(pruned, Pruned::Gone(1, 2));
        let entry = lab.audit().pop().unwrap();
        assert_eq!(entry.detail["last"], 2);
        assert_eq!(
            entry.detail["hash"],
            admit::domain::text::hex(&heads[1].hash)
        );
        lab.verify();
        // As version 1 wrote it; it is the last one now.
        event = event.with("first", 1).with("last", 2);
        lab.store
            .change(|tx| {
                tx.record(event.clone())?;
                Ok::<_, Fault>(Done::recorded(()))
            })
            .unwrap();
        lab.verify();
        let forged = lab
            .op()
            .event(Action::AuditPruned)
            .with("last", 2)
            .with("hash", "00");
        lab.store
            .change(|tx| {
                tx.record(forged.clone())?;
                Ok::<_, Fault>(Done::recorded(()))
            })
            .unwrap();
        let verdict = lab.look(|tx| tx.verify_audit(None, |_| {}));
        assert_eq!(verdict.unwrap_err().seq, 3);
    });
}
