//! A store that is older than what was seen of it, or another, is known by the file beside the key (U4).

use admit::store::{Done, Fault, Store};
use admit::vault::{Seen, SeenList};

use crate::support::bench_store::{ADA, BOB, CYD, Lab, folder};

fn list_in(folder: &tempfile::TempDir) -> SeenList {
    SeenList::beside(&folder.path().join("key"))
}

fn watch(lab: &Lab, list: &SeenList) -> Result<Store, Fault> {
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

#[test]
fn what_was_seen_goes_forward_with_the_store() {
    let folder = folder();
    let list = list_in(&folder);
    let mut lab = Lab::new();
    let id = *lab.store.vault().store_id();
    drop(watch(&lab, &list).unwrap());
    let seen = list.of(&id).unwrap();
    assert_eq!((seen.epoch, seen.seq, seen.hash), (1, 1, lab.head().hash));
    // A program that runs on writes it down once a minute, and at its end.
    lab.store.watch(list.clone()).unwrap();
    lab.invite(ADA);
    assert_eq!(list.of(&id).unwrap().seq, 1);
    lab.advance(jiff::SignedDuration::from_secs(59));
    lab.invite(BOB);
    assert_eq!(list.of(&id).unwrap().seq, 1);
    lab.advance(jiff::SignedDuration::from_secs(1));
    lab.invite(CYD);
    assert_eq!(list.of(&id).unwrap().seq, 4);
    lab.resend(ADA).unwrap();
    assert_eq!(list.of(&id).unwrap().seq, 4);
    // What is rolled back, or leaves no entry, is nothing to see.
    let head = lab.head();
    lab.settle(|tx| tx.set_store_setting("reset-lifetime", "1h"));
    let other = lab.another(6);
    drop(std::mem::replace(&mut lab.store, other));
    let seen = list.of(&id).unwrap();
    assert_eq!((seen.seq, seen.hash), (head.seq, head.hash));
    drop(watch(&lab, &list).unwrap());
}

#[test]
fn an_older_store_and_another_are_told_from_one_that_went_on() {
    let folder = folder();
    let list = list_in(&folder);
    let mut lab = Lab::new();
    let id = *lab.store.vault().store_id();
    lab.invite(ADA);
    lab.invite(BOB);
    let head = lab.head();
    let audit = lab.audit();
    let seen = |epoch, seq, hash| {
        std::fs::remove_file(list.path()).ok();
        list.note(&id, &Seen { epoch, seq, hash }).unwrap();
    };
    // It went on since.
    for entry in &audit {
        seen(1, entry.seq, entry.hash);
        drop(watch(&lab, &list).unwrap());
        assert_eq!(list.of(&id).unwrap().seq, head.seq);
    }
    // It ends before.
    seen(1, head.seq + 1, [7; 32]);
    assert_eq!(
        why(watch(&lab, &list)),
        "its record ends at entry 3, and entry 4 was here"
    );
    // It is another one from some entry on.
    for seq in [1, 2, 3] {
        seen(1, seq, [7; 32]);
        let said = format!("entry {seq} of its record is not the one that was here");
        assert_eq!(why(watch(&lab, &list)), said);
        assert_eq!(
            list.of(&id).unwrap().hash,
            [7; 32],
            "nothing is forgotten by it"
        );
    }
    // Its epoch is over; a later one counts whatever its record.
    seen(2, 1, audit[0].hash);
    assert_eq!(
        why(watch(&lab, &list)),
        "it is of epoch 1, and epoch 2 was here"
    );
    seen(0, 99, [7; 32]);
    drop(watch(&lab, &list).unwrap());
    assert_eq!(list.of(&id).unwrap().epoch, 1);
    // Another store's line says nothing of this one.
    std::fs::remove_file(list.path()).unwrap();
    list.note(
        &[9; 16],
        &Seen {
            epoch: 5,
            seq: 99,
            hash: [7; 32],
        },
    )
    .unwrap();
    drop(watch(&lab, &list).unwrap());
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
