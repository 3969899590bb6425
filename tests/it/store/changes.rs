//! Changes: all or nothing, never without a word in the audit.

use std::fs;

use admit::domain::event::Action;
use admit::store::{Done, Fault, Location, Store};
use admit::vault::{Entropy, KeyRing, Vault};

use super::accounts::add;
use crate::support::bench_store::{ADA, BOB, Lab, START, address, at, on_each_engine, operator};

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
        lab.store.note(|tx| add(tx, ADA).map(drop)).unwrap();
        let found = lab.another(7).read(|tx| tx.account(&address(ADA)));
        assert!(found.unwrap().is_some());
        let event = lab.op().event(Action::SettingChanged);
        let refused = lab.store.note(|tx| {
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
fn a_dry_run_does_everything_and_leaves_the_file_as_it_was() {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.raw()
        .execute_batch("pragma wal_checkpoint(truncate)")
        .unwrap();
    let before = fs::read(lab.path()).unwrap();
    let head = lab.head();
    assert!(!lab.store.is_dry_run());
    lab.store.dry_run();
    assert!(lab.store.is_dry_run());
    let outcome = lab.invite(BOB);
    assert!(outcome.link_id.is_some());
    lab.remove(ADA, None).unwrap();
    assert!(lab.find(BOB).is_none());
    assert_eq!(lab.access_status(ADA, 1), "active");
    assert_eq!(lab.head(), head);
    assert_eq!(fs::read(lab.path()).unwrap(), before);
    assert_eq!(
        fs::metadata(lab.folder.path().join("store.db-wal")).map_or(0, |wal| wal.len()),
        0
    );
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
fn a_store_opened_for_reading_refuses_changes() {
    let mut lab = Lab::new();
    lab.member(ADA);
    let mut store = lab.open(&lab.path(), false).unwrap();
    assert!(store.read(|tx| tx.has_accounts()).unwrap());
    let change = store.change(|tx| tx.set_trial_end(1, None).map(Done::unrecorded));
    assert!(matches!(change, Err(Fault::ReadOnly(_))), "{change:?}");
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
    let lab = Lab::new();
    assert!(
        Store::engine().starts_with("SQLite 3."),
        "{}",
        Store::engine()
    );
    assert_eq!(Store::schema(), 1);
    assert_eq!(lab.store.path().file_name().unwrap(), "store.db");
    assert!(lab.store.vault().has_key(lab.store.vault().key_id()));
    assert_eq!(lab.store.check().unwrap(), [""; 0]);
}

#[test]
fn a_store_is_made_once_and_leaves_no_draft() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/er/store.db");
    let location = Location::File(path.clone());
    assert!(!location.exists());
    let make = || {
        let entropy = Entropy::seeded(5);
        let ring = KeyRing::generate(&entropy).unwrap();
        Store::create(&location, Vault::new(ring, entropy), &operator(), at(START))
    };
    drop(make().unwrap());
    assert!(location.exists());
    let bytes = fs::read(&path).unwrap();
    assert!(matches!(make(), Err(Fault::Exists(_))));
    assert_eq!(fs::read(&path).unwrap(), bytes);
    let left: Vec<_> = fs::read_dir(path.parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(left, ["store.db"]);
}

#[test]
fn a_place_is_a_path_or_an_sqlite_url() {
    let file = |path: &str| Location::File(path.into());
    assert_eq!(Location::parse("/var/lib/a.db"), file("/var/lib/a.db"));
    assert_eq!(Location::parse("sqlite:a.db"), file("a.db"));
    assert_eq!(Location::parse("sqlite:///var/a.db"), file("/var/a.db"));
    let mysql = Location::parse("mysql://db/admit");
    assert!(!mysql.exists());
    assert!(matches!(mysql.path(), Err(Fault::UnknownUrl(_))));
}
