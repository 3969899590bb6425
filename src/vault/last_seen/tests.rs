use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};

use super::*;

const A: [u8; 16] = [0xab; 16];
const B: [u8; 16] = [0xcd; 16];

fn seen(epoch: i64, seq: i64) -> LastSeen {
    let hash = [u8::try_from(seq % 251).unwrap(); 32];
    LastSeen { epoch, seq, hash }
}

fn at(place: &str, epoch: i64, seq: i64) -> Sighting {
    Sighting {
        place: Place::of_file(Path::new(place), Some((7, 8))),
        role: PlaceRole::Store,
        seen: seen(epoch, seq),
        at: 1_772_442_000_000,
    }
}

fn list() -> (tempfile::TempDir, LastSeenList) {
    let folder = tempfile::tempdir().unwrap();
    let list = LastSeenList::beside(&folder.path().join("key"));
    (folder, list)
}

fn note(list: &LastSeenList, store: &[u8; 16], sighting: &Sighting) {
    list.note(store, sighting, &[]).unwrap();
}

#[test]
fn each_store_has_a_record_for_each_place_which_only_goes_forward() {
    let (folder, list) = list();
    assert_eq!(list.path(), folder.path().join("seen"));
    assert_eq!(list.of(&A), []);
    note(&list, &A, &at("/a", 1, 5));
    note(&list, &B, &at("/a", 1, i64::MAX));
    note(&list, &A, &at("/b", 1, 2));
    note(&list, &A, &at("/a", 1, 9));
    assert_eq!(list.of(&A), [at("/a", 1, 9), at("/b", 1, 2)]);
    assert_eq!(list.of(&B), [at("/a", 1, i64::MAX)]);
    for before in [at("/a", 1, 8), at("/a", 1, 9), at("/a", 0, 99)] {
        note(&list, &A, &before);
        assert_eq!(list.of(&A)[0], at("/a", 1, 9));
    }
    // A new epoch may begin with fewer entries.
    note(&list, &A, &at("/a", 2, 3));
    assert_eq!(list.of(&A), [at("/a", 2, 3), at("/b", 1, 2)]);
    let text = fs::read_to_string(list.path()).unwrap();
    assert_eq!(text.len(), 3 * RECORD);
    assert_eq!(
        text.lines().next().unwrap().trim_end(),
        format!(
            "admit-seen-2 {} s 000000002 0000000000000000003 {} 001772442000000 \
             0000000000000007 0000000000000008 /a",
            "ab".repeat(16),
            "03".repeat(32)
        )
    );
    let mode = fs::metadata(list.path()).unwrap().permissions().mode();
    assert_eq!(mode & 0o7777, 0o600);
}

#[test]
fn the_longest_record_fits() {
    let (_folder, list) = list();
    let long = format!("/{}", "x".repeat(317));
    let sighting = Sighting {
        place: Place::of_file(Path::new(&long), Some((u64::MAX, u64::MAX))),
        at: i64::MAX,
        ..at("", i64::MAX, i64::MAX)
    };
    note(&list, &A, &sighting);
    assert_eq!(fs::read(list.path()).unwrap().len(), RECORD);
    let read = list.of(&A).pop().unwrap();
    assert_eq!(read.place, sighting.place);
    assert_eq!((read.seen.epoch, read.at), (HIGHEST_EPOCH, LATEST));
    // What is clamped is not compared with what was asked for: nothing grows.
    note(&list, &A, &sighting);
    assert_eq!(list.of(&A), [read]);
}

#[test]
fn a_place_keeps_the_better_standing_and_the_newer_file() {
    let (_folder, list) = list();
    let role = |role| Sighting {
        role,
        ..at("/a", 1, 1)
    };
    for (noted, kept) in [
        (PlaceRole::Copy, PlaceRole::Copy),
        (PlaceRole::Accepted, PlaceRole::Accepted),
        (PlaceRole::Copy, PlaceRole::Accepted),
        (PlaceRole::Store, PlaceRole::Store),
        (PlaceRole::Accepted, PlaceRole::Store),
    ] {
        note(&list, &A, &role(noted));
        assert_eq!(list.of(&A)[0].role, kept, "{noted:?}");
    }
    let other = Sighting {
        place: Place::of_file(Path::new("/a"), Some((7, 9))),
        ..at("/a", 1, 1)
    };
    note(&list, &A, &other);
    assert_eq!(list.of(&A), std::slice::from_ref(&other));
    // Not for something older.
    note(&list, &A, &at("/a", 1, 0));
    assert_eq!(list.of(&A), [other]);
    // What is set counts whatever was there.
    list.set(&A, &role(PlaceRole::Copy)).unwrap();
    assert_eq!(list.of(&A), [role(PlaceRole::Copy)]);
}

#[test]
fn what_is_forgotten_makes_room_for_another() {
    let (_folder, list) = list();
    for place in ["/a", "/b", "/c"] {
        note(&list, &A, &at(place, 1, 1));
    }
    let gone = |place: &str| Place::of_file(Path::new(place), None);
    list.note(&A, &at("/d", 1, 2), &[gone("/a"), gone("/c"), gone("/x")])
        .unwrap();
    assert_eq!(list.of(&A), [at("/b", 1, 1), at("/d", 1, 2)]);
    list.forget(&B, &[gone("/b")]).unwrap();
    assert_eq!(list.of(&A).len(), 2);
    note(&list, &A, &at("/e", 1, 3));
    note(&list, &A, &at("/f", 1, 3));
    note(&list, &A, &at("/g", 1, 3));
    assert_eq!(fs::read(list.path()).unwrap().len(), 5 * RECORD);
    assert_eq!(list.of(&A).len(), 5);
}

#[test]
fn a_record_of_the_first_form_is_understood_and_taken_over() {
    let (_folder, list) = list();
    let old = |store: &[u8; 16], seen: &LastSeen| {
        let hash = hex(&seen.hash);
        format!("{} {:09} {:019} {hash}\n", hex(store), seen.epoch, seen.seq)
    };
    let text = old(&B, &seen(1, 2)) + &old(&A, &seen(2, 3));
    assert_eq!(text.len(), 2 * OLD_RECORD);
    fs::write(list.path(), &text).unwrap();
    let found = list.of(&A);
    assert_eq!((found.len(), found[0].seen), (1, seen(2, 3)));
    assert_eq!(found[0].place, Place::unknown());
    list.note(&A, &at("/a", 2, 4), &[Place::unknown()]).unwrap();
    assert_eq!(list.of(&A), [at("/a", 2, 4)]);
    assert_eq!(list.of(&B)[0].seen, seen(1, 2));
    assert!(
        fs::read_to_string(list.path())
            .unwrap()
            .starts_with(&old(&B, &seen(1, 2)))
    );
}

#[test]
fn what_does_not_read_is_not_known_and_left_alone() {
    let (_folder, list) = list();
    let record = at("/a", 1, 1).to_record(&A).into_bytes();
    for damaged in [
        b"".to_vec(),
        b"half a li".to_vec(),
        vec![0; RECORD],
        vec![0xff; 3 * RECORD],
        record[..RECORD - 1].to_vec(),
        [&b"x"[..], &record[..RECORD - 1]].concat(),
    ] {
        fs::write(list.path(), &damaged).unwrap();
        assert_eq!(list.of(&A), []);
        note(&list, &A, &at("/a", 1, 1));
        assert_eq!(list.of(&A), [at("/a", 1, 1)], "{damaged:?}");
    }
    // One that is damaged takes no other with it.
    let all = [&record[..], &vec![0xff; RECORD], &record[..]].concat();
    fs::write(list.path(), all).unwrap();
    assert_eq!(list.of(&A).len(), 2);
}

#[test]
fn a_link_or_a_folder_instead_of_it_is_left_alone() {
    let (folder, list) = list();
    symlink(folder.path().join("elsewhere"), list.path()).unwrap();
    assert!(list.note(&A, &at("/a", 1, 1), &[]).is_err());
    assert!(!folder.path().join("elsewhere").exists());
    fs::remove_file(list.path()).unwrap();
    fs::create_dir(list.path()).unwrap();
    assert!(list.note(&A, &at("/a", 1, 1), &[]).is_err());
    assert_eq!(list.of(&A), []);
}

#[test]
fn many_at_once_never_go_backwards() {
    let (_folder, list) = list();
    std::thread::scope(|scope| {
        for offset in 0..4 {
            let list = &list;
            scope.spawn(move || {
                let mut last = 0;
                for round in 1..200 {
                    note(list, &A, &at("/a", 1, 4 * round + offset));
                    let now = list.of(&A).pop().unwrap();
                    assert!(now.seen.seq >= last && now.seen == seen(1, now.seen.seq));
                    last = now.seen.seq;
                }
            });
        }
    });
    assert_eq!(list.of(&A), [at("/a", 1, 4 * 199 + 3)]);
}
