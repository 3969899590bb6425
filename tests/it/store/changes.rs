//! Changes: all or nothing, never without a word in the audit.

use admit::domain::event::Action;
use admit::store::{Done, Fault, Store};
use admit::vault::{Entropy, KeyRing, Vault};

use super::accounts::add;
use crate::engine::Place;
use crate::support::bench_store::{
    ADA, BOB, Lab, START, address, at, folder, on_each_engine, operator,
};

#[test]
fn a_change_without_an_entry_is_refused_and_rolled_back() {
    on_each_engine(|lab| {
        let outcome = lab.store.change(|tx| add(tx, ADA).map(Done::recorded));
        assert!(
            matches!(outcome, Err(Fault::Unrecorded)),
            "{:?}",
            outcome.err()
        );
        assert!(lab.find(ADA).is_none());
    });
}

#[test]
fn what_ends_with_nothing_or_an_error_leaves_nothing() {
    on_each_engine(|lab| {
        let before = lab.head();
        let event = lab.op().event(Action::SettingChanged);
        lab.store
            .change(|tx| {
                tx.record(event.clone())?;
                add(tx, ADA).map(Done::nothing)
            })
            .unwrap();
        let failed: Result<(), Fault> = lab.store.change(|tx| {
            add(tx, BOB)?;
            tx.record(event.clone())?;
            Err(Fault::Other("enough".into()))
        });
        assert!(failed.is_err());
        assert!(lab.find(ADA).is_none() && lab.find(BOB).is_none());
        assert_eq!(lab.head(), before);
        lab.verify();
    });
}

#[test]
fn a_note_is_there_for_everybody_and_holds_no_entry() {
    on_each_engine(|lab| {
        let before = lab.head();
        lab.store
            .change_relaxed(|tx| add(tx, ADA).map(drop))
            .unwrap();
        let found = lab.another(7).read(|tx| tx.account(&address(ADA)));
        assert!(found.unwrap().is_some());
        let event = lab.op().event(Action::SettingChanged);
        let refused = lab.store.change_relaxed(|tx| {
            add(tx, BOB)?;
            tx.record(event.clone()).map(drop)
        });
        assert!(refused.is_err());
        assert!(lab.find(BOB).is_none());
        assert_eq!(lab.head(), before);
        lab.verify();
    });
}

#[test]
fn what_may_be_left_out_does_not_wait_for_another_writer() {
    on_each_engine(|lab| {
        let mut other = lab.another(7);
        let touch = |store: &mut Store| {
            store.change_briefly(|tx| add(tx, ADA).map(|_| Done::unrecorded(())))
        };
        let left_out = other.change(|tx| {
            add(tx, BOB)?;
            let written = touch(&mut lab.store)?;
            Ok::<_, Fault>(Done::nothing(written))
        });
        assert!(!left_out.unwrap());
        assert!(lab.find(ADA).is_none());
        assert!(touch(&mut lab.store).unwrap());
        assert!(lab.find(ADA).is_some());
        // The next change waits as long as ever, and what is no matter of waiting is told.
        let refused = lab
            .store
            .change_briefly(|tx| add(tx, ADA).map(|_| Done::unrecorded(())));
        assert!(matches!(refused, Err(Fault::Duplicate(_))), "{refused:?}");
        lab.verify();
    });
}

#[test]
fn a_panic_in_a_change_leaves_nothing() {
    on_each_engine(|lab| {
        let broken = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let _ = lab.store.change(|tx| -> Result<Done<()>, Fault> {
                add(tx, ADA)?;
                std::panic::resume_unwind(Box::new("in the middle"));
            });
        }));
        assert!(broken.is_err());
        assert!(lab.find(ADA).is_none());
        lab.settle(|tx| add(tx, BOB).map(drop));
        assert!(lab.find(BOB).is_some(), "the store can go on");
    });
}

#[test]
fn a_change_is_run_again_when_another_came_first() {
    on_each_engine(|lab| {
        let mut tries = 0;
        let done = lab.store.change(|tx| {
            tries += 1;
            add(tx, ADA)?;
            if tries < 3 {
                Err(Fault::Retry)
            } else {
                Ok(Done::unrecorded(tries))
            }
        });
        assert_eq!(done.unwrap(), 3);
        let mut tries = 0;
        let never: Result<(), Fault> = lab.store.change(|_| {
            tries += 1;
            Err(Fault::Retry)
        });
        assert!(matches!(never, Err(Fault::Retry)));
        assert_eq!(tries, 10);
    });
}

#[test]
fn several_entries_of_one_change_follow_each_other() {
    on_each_engine(|lab| {
        let before = lab.head().seq;
        let event = lab.op().event(Action::SettingChanged);
        lab.store
            .change(|tx| {
                tx.record(event.clone())?;
                tx.record(event.clone())?;
                Ok::<_, Fault>(Done::recorded(()))
            })
            .unwrap();
        assert_eq!(lab.head().seq, before + 2);
        lab.verify();
    });
}

#[test]
fn a_dry_run_does_everything_and_leaves_the_store_as_it_was() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let (before, head) = (lab.raw().dump(), lab.head());
        assert!(!lab.store.is_dry_run());
        lab.store.dry_run();
        assert!(lab.store.is_dry_run());
        let outcome = lab.invite(BOB);
        assert!(outcome.link_id.is_some());
        lab.remove(ADA, None).unwrap();
        assert!(lab.find(BOB).is_none());
        assert_eq!(lab.access_status(ADA, 1), "active");
        assert_eq!(lab.head(), head);
        assert_eq!(lab.raw().dump(), before);
    });
}

#[test]
fn a_dry_run_sends_no_mail() {
    let mut lab = Lab::new();
    lab.invite(ADA);
    lab.store.dry_run();
    assert_eq!(lab.deliver().total(), 0);
    assert_eq!(lab.mailbox.letters(), []);
}

#[test]
fn a_reader_sees_one_state_while_a_writer_goes_on() {
    on_each_engine(|lab| {
        let mut other = lab.another(3);
        let (before, after) = lab.look(|tx| {
            let before = tx.panels()?.len();
            other.change(|tx| tx.add_panel("second", at(START)).map(Done::unrecorded))?;
            Ok((before, tx.panels()?.len()))
        });
        assert_eq!((before, after), (1, 1));
        assert_eq!(lab.look(|tx| tx.panels()).len(), 2);
    });
}

#[test]
fn a_store_says_what_and_where_it_is() {
    let mut lab = Lab::new();
    let engine = lab.store.engine();
    assert!(engine.starts_with(crate::engine::NAME), "{engine}");
    assert_eq!(Store::schema(), 3);
    assert_eq!(lab.store.place(), lab.place.url());
    assert!(lab.store.size().unwrap() > 50_000);
    assert!(lab.store.vault().has_key(lab.store.vault().key_id()));
    assert_eq!(lab.store.check().unwrap(), [""; 0]);
}

#[test]
fn a_store_is_made_once() {
    let folder = folder();
    let place = Place::of_lab(folder.path());
    let location = place.location();
    assert!(!Store::is_there(&location).unwrap());
    let make = || {
        let entropy = Entropy::seeded(5);
        let ring = KeyRing::generate(&entropy).unwrap();
        Store::create(&location, Vault::new(ring, entropy), &operator(), at(START))
    };
    drop(make().unwrap());
    assert!(Store::is_there(&location).unwrap());
    let before = place.raw().dump();
    assert!(matches!(make(), Err(Fault::Exists(_))));
    assert_eq!(place.raw().dump(), before);
}

#[test]
fn another_key_is_refused_by_name() {
    let lab = Lab::new();
    let entropy = Entropy::seeded(9);
    let ring = KeyRing::generate(&entropy).unwrap();
    let has = ring.ids().next().unwrap().to_string();
    let fault = Store::open(&lab.place.location(), Vault::new(ring, entropy), true)
        .err()
        .unwrap();
    let Fault::WrongKey { wanted, has: found } = &fault else {
        panic!("{fault}")
    };
    assert_eq!(
        (wanted, found),
        (&lab.store.vault().key_id().to_string(), &has)
    );
}

#[test]
fn whoever_is_there_is_not_waited_for() {
    on_each_engine(|lab| {
        lab.invite(ADA);
        lab.store.wait_for_it().unwrap();
        assert!(lab.find(ADA).is_some());
    });
}
