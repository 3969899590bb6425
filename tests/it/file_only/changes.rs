//! Changes, as far as they show in a file.

use std::fs;

use admit::store::{Done, Fault, Location, Store, Surroundings};
use admit::vault::{Entropy, KeyRing, Vault};

use crate::support::bench_store::{ADA, BOB, Lab, START, at, operator};

#[test]
fn a_dry_run_does_everything_and_leaves_every_byte_as_it_was() {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.place.empty_log();
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
fn a_store_opened_for_reading_refuses_changes() {
    let mut lab = Lab::new();
    lab.member(ADA);
    let mut store = lab.open(&lab.path(), false).unwrap();
    assert!(store.read(|tx| tx.has_accounts()).unwrap());
    let change = store.change(|tx| tx.set_trial_end(1, None).map(Done::unrecorded));
    assert!(matches!(change, Err(Fault::ReadOnly(_))), "{change:?}");
}

#[test]
fn a_store_that_is_made_leaves_no_draft() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/er/store.db");
    let location = Location::File(path.clone());
    assert!(location.is_missing());
    let make = || {
        let entropy = Entropy::seeded(5);
        let ring = KeyRing::generate(&entropy).unwrap();
        Store::create(&location, Vault::new(ring, entropy), &operator(), at(START))
    };
    drop(make().unwrap());
    assert!(!location.is_missing());
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
    let parse = |text: &str| Location::parse(text, &Surroundings::default());
    assert_eq!(parse("/var/lib/a.db"), file("/var/lib/a.db"));
    assert_eq!(parse("sqlite:a.db"), file("a.db"));
    assert_eq!(parse("sqlite:///var/a.db"), file("/var/a.db"));
    let mysql = parse("mysql://db/admit");
    assert!(matches!(Store::is_there(&mysql), Err(Fault::UnknownUrl(_))));
}
