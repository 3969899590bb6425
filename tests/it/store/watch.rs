//! A store that is older than what was seen of it, or another, is recognised by the file beside the key (U4).

use admit::store::{Arrival, Backup, Claim, Done, Fault, Landing, Lost, Store};
use admit::vault::{LastSeen, LastSeenList, PlaceRole, Sighting};

use crate::engine::Place;
use crate::support::bench_store::{ADA, BOB, CYD, Lab, folder};

fn list_in(folder: &tempfile::TempDir) -> LastSeenList {
    LastSeenList::beside(&folder.path().join("key"))
}

fn watch(lab: &Lab, list: &LastSeenList) -> Result<Store, Fault> {
    let mut store = lab.another(5);
    store.watch(list.clone()).map(|()| store)
}

fn why(refused: Result<Store, Fault>) -> String {
    match refused {
        Err(Fault::Older { why, .. }) => why,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was not refused"),
    }
}

fn id(lab: &Lab) -> [u8; 16] {
    *lab.store.vault().store_id()
}

/// What was seen of the only place.
fn only(lab: &Lab, list: &LastSeenList) -> Sighting {
    let mut all = list.of(&id(lab));
    assert_eq!(all.len(), 1);
    all.remove(0)
}

/// Makes a copy at another place; the folder holds it.
fn copy(lab: &mut Lab) -> (tempfile::TempDir, Place) {
    let folder = folder();
    let place = Place::of_lab(folder.path());
    let location = place.location();
    let landing = Landing {
        location: &location,
        aside: None,
        dry_run: false,
    };
    let vault = lab.vault(7);
    lab.store.copy_to(landing, vault, &mut |_| true).unwrap();
    (folder, place)
}

fn is_server(place: &Place) -> bool {
    place.url().contains("://")
}

#[test]
fn what_was_seen_goes_forward_with_every_change() {
    let folder = folder();
    let list = list_in(&folder);
    let mut lab = Lab::new();
    drop(watch(&lab, &list).unwrap());
    let first = only(&lab, &list);
    let seen = first.seen;
    assert_eq!((seen.epoch, seen.seq, seen.hash), (1, 1, lab.head().hash));
    assert_eq!(first.role, PlaceRole::Store);
    // Before a change is acknowledged it is written down: whoever is killed afterwards has lost nothing.
    lab.store.watch(list.clone()).unwrap();
    for address in [ADA, BOB, CYD] {
        lab.invite(address);
        let (seen, head) = (only(&lab, &list), lab.head());
        assert_eq!((seen.seen.seq, seen.seen.hash), (head.seq, head.hash));
        assert_eq!(seen.at, lab.now.as_millisecond());
    }
    // What leaves no entry is nothing to see.
    let before = only(&lab, &list);
    lab.settle(|tx| tx.set_store_setting("reset-lifetime", "1h"));
    let other = lab.another(6);
    drop(std::mem::replace(&mut lab.store, other));
    assert_eq!(only(&lab, &list), before);
    drop(watch(&lab, &list).unwrap());
}

#[test]
fn an_older_store_and_another_are_told_from_one_that_went_on() {
    let folder = folder();
    let list = list_in(&folder);
    let mut lab = Lab::new();
    drop(watch(&lab, &list).unwrap());
    lab.invite(ADA);
    lab.invite(BOB);
    let head = lab.head();
    let audit = lab.audit();
    let first = only(&lab, &list);
    let seen = |epoch, seq, hash| {
        let seen = LastSeen { epoch, seq, hash };
        list.set(
            &id(&lab),
            &Sighting {
                seen,
                ..first.clone()
            },
        )
        .unwrap();
    };
    // It went on since.
    for entry in &audit {
        seen(1, entry.seq, entry.hash);
        drop(watch(&lab, &list).unwrap());
        assert_eq!(only(&lab, &list).seen.seq, head.seq);
    }
    // It ends before.
    seen(1, head.seq + 1, [7; 32]);
    assert_eq!(
        why(watch(&lab, &list)),
        "its audit log ends at entry 3, but entry 4 was here"
    );
    // It is another one from some entry on.
    for seq in [1, 2, 3] {
        seen(1, seq, [7; 32]);
        let said = format!("entry {seq} of its audit log is not the one that was here");
        assert_eq!(why(watch(&lab, &list)), said);
        assert_eq!(
            only(&lab, &list).seen.hash,
            [7; 32],
            "nothing is forgotten by it"
        );
    }
    // Its epoch has ended; a later one counts whatever its record.
    seen(2, 1, audit[0].hash);
    assert_eq!(
        why(watch(&lab, &list)),
        "it is generation 1, but generation 2 was here"
    );
    seen(0, 99, [7; 32]);
    drop(watch(&lab, &list).unwrap());
    assert_eq!(only(&lab, &list).seen.epoch, 1);
    // Another store's record says nothing of this one.
    std::fs::remove_file(list.path()).unwrap();
    let hash = [7; 32];
    let (epoch, seq) = (5, 99);
    let seen = LastSeen { epoch, seq, hash };
    list.set(&[9; 16], &Sighting { seen, ..first }).unwrap();
    drop(watch(&lab, &list).unwrap());
}

#[test]
fn only_entries_that_exist_count() {
    let folder = folder();
    let list = list_in(&folder);
    let mut lab = Lab::new();
    lab.invite(ADA);
    drop(watch(&lab, &list).unwrap());
    let before = only(&lab, &list);
    let raw = lab.place.raw();
    // A number that was raised by hand moves nothing, so the store as it was is good afterwards.
    raw.batch("update chain set seq = seq + 1").unwrap();
    drop(watch(&lab, &list).unwrap());
    assert_eq!(only(&lab, &list), before);
    raw.batch("update chain set seq = seq - 1").unwrap();
    drop(watch(&lab, &list).unwrap());
    // And an older copy that claims to have come as far has not.
    let seen = LastSeen {
        seq: before.seen.seq + 1,
        hash: [0; 32],
        ..before.seen
    };
    list.set(&id(&lab), &Sighting { seen, ..before }).unwrap();
    raw.batch("update chain set seq = seq + 1").unwrap();
    assert_eq!(
        why(watch(&lab, &list)),
        "its audit log ends at entry 2, but entry 3 was here"
    );
}

#[test]
fn what_happens_to_a_copy_elsewhere_does_not_make_the_store_older() {
    let folder = folder();
    let list = list_in(&folder);
    let mut lab = Lab::new();
    lab.store.watch(list.clone()).unwrap();
    lab.invite(ADA);
    let (_held, place) = copy(&mut lab);
    let open = |lab: &Lab| Store::open(&place.location(), lab.vault(8), true).unwrap();
    let mut scratch = open(&lab);
    scratch.watch(list.clone()).unwrap();
    match scratch.arrival().unwrap() {
        Arrival::Copy { of: Some(of) } => {
            assert!(!is_server(&place) && of.ends_with("store.db"), "{of}");
        }
        Arrival::AlsoAt { .. } => assert!(is_server(&place)),
        other => panic!("{other:?}"),
    }
    let op = lab.op();
    for _ in 0..3 {
        let changed = scratch.change(|tx| {
            tx.record(op.event(admit::domain::event::Action::SettingChanged))?;
            Ok::<_, Fault>(Done::recorded(()))
        });
        changed.unwrap();
    }
    drop(scratch);
    drop(watch(&lab, &list).unwrap());
    // As long as the store has not gone on, a copy may.
    open(&lab).watch(list.clone()).unwrap();
    lab.invite(BOB);
    drop(watch(&lab, &list).unwrap());
    let mut scratch = open(&lab);
    if is_server(&place) {
        // It may be the same database under another name: what is there counts by itself.
        scratch.watch(list.clone()).unwrap();
        assert_eq!(scratch.lost(&list).unwrap(), None);
        return;
    }
    let said = why(scratch.watch(list.clone()).map(|()| open(&lab)));
    assert!(
        said.starts_with("entry 3 of its audit log is not the one that was at /"),
        "{said}"
    );
    let lost = scratch.lost(&list).unwrap().unwrap();
    assert_eq!((lost.first, lost.last, lost.epoch), (None, 3, 1));
    // Accepted, it is a store by itself, and the other stays what it was.
    let epoch = scratch.change(|tx| {
        let epoch = tx.begin_epoch(1)?;
        tx.record(op.event(admit::domain::event::Action::StoreAccepted))?;
        Ok::<_, Fault>(Done::recorded(epoch))
    });
    assert_eq!(epoch.unwrap(), 2);
    scratch.claim(&list, Claim::Accepted).unwrap();
    lab.invite(CYD);
    for _ in 0..2 {
        let mut scratch = open(&lab);
        scratch.watch(list.clone()).unwrap();
        assert_eq!(scratch.arrival(), Some(&Arrival::Known));
        let store = watch(&lab, &list).unwrap();
        assert_eq!(store.arrival(), Some(&Arrival::Known));
    }
}

#[test]
fn a_backup_tells_what_would_be_lost_and_a_free_place_forgets_the_copy_that_was_there() {
    let folder = folder();
    let list = list_in(&folder);
    let mut lab = Lab::new();
    lab.store.watch(list.clone()).unwrap();
    let mut bytes = Vec::new();
    let now = lab.now;
    lab.store.back_up(&mut bytes, now, &mut |_| true).unwrap();
    lab.invite(ADA);
    lab.invite(BOB);
    let backup = Backup::open(Box::new(bytes.as_slice()), "b").unwrap();
    let lost = |place: &Place| Store::lost_by(&place.location(), &list, &backup).unwrap();
    let both = Some(Lost {
        first: Some(2),
        last: 3,
        last_at: Some(lab.now),
        epoch: 1,
    });
    assert_eq!(lost(&lab.place), both);
    let elsewhere = crate::support::bench_store::folder();
    let free = Place::of_lab(elsewhere.path());
    assert_eq!(lost(&free), both);

    // Another one that ends with the same number.
    let mut forked = only(&lab, &list);
    forked.seen.seq = 1;
    forked.seen.hash = [7; 32];
    list.set(&id(&lab), &forked).unwrap();
    let first = lost(&lab.place).unwrap();
    assert_eq!((first.first, first.last), (None, 1));
    forked.seen.hash = lab.audit()[0].hash;
    list.set(&id(&lab), &forked).unwrap();
    assert_eq!(lost(&lab.place), None);

    // A copy was there, moved on purpose, and was removed.
    let (held, place) = copy(&mut lab);
    let mut moved = Store::open(&place.location(), lab.vault(8), true).unwrap();
    moved.claim(&list, Claim::Moved).unwrap();
    moved.watch(list.clone()).unwrap();
    assert_eq!(moved.arrival(), Some(&Arrival::Known));
    drop((moved, held));
    let id = id(&lab);
    let location = place.location();
    assert_eq!(list.of(&id).len(), 2);
    Store::forget_copy_at(&location, &list, &id).unwrap();
    assert_eq!(list.of(&id).len(), 2, "that of a store stays");
    let mut second = list.of(&id).remove(1);
    second.role = PlaceRole::Accepted;
    list.set(&id, &second).unwrap();
    Store::forget_copy_at(&location, &list, &id).unwrap();
    assert_eq!(list.of(&id).len(), 1);
}

#[test]
fn who_opened_it_before_another_changed_it_is_not_taken_for_old() {
    let folder = folder();
    let list = list_in(&folder);
    let mut lab = Lab::new();
    let mut early = lab.another(5);
    lab.store.watch(list.clone()).unwrap();
    lab.invite(ADA);
    let other = lab.another(6);
    drop(std::mem::replace(&mut lab.store, other));
    early.watch(list).unwrap();
    let changed = early.change(|tx| {
        tx.set_store_setting("reset-lifetime", "1h")
            .map(Done::unrecorded)
    });
    changed.unwrap();
}
