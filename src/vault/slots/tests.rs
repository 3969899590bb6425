use std::os::unix::fs::symlink;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::channel;

use tempfile::TempDir;

use super::*;

const MIB: u64 = 1024;

fn slots(folder: &TempDir) -> HashSlots {
    let store = folder.path().join("store");
    fs::write(&store, "").unwrap();
    fs::set_permissions(&store, fs::Permissions::from_mode(0o600)).unwrap();
    HashSlots::beside(&store, 1)
}

/// Gives up at once.
fn at_once(_: Duration) {}

fn taken(slots: &HashSlots) -> Vec<HashSlot> {
    (0..2).map(|_| slots.take(1, &at_once).unwrap()).collect()
}

#[test]
fn there_are_two_per_core_where_memory_allows_it_and_always_one() {
    let hash = 64 * 1024;
    for (cores, available, slots) in [
        (2, Some(16 * 1024 * MIB), 4),
        (2, None, 4),
        (2, Some(768 * MIB), 3),
        (2, Some(300 * MIB), 1),
        (2, Some(0), 1),
        (64, Some(16 * 1024 * MIB), 64),
        (64, Some(1024 * 1024 * MIB), 128),
        (usize::MAX, None, MOST),
    ] {
        assert_eq!(allowed(cores, available, hash), slots, "{available:?}");
    }
    assert_eq!(allowed(4, Some(1024), 0), 8);
}

#[test]
fn the_kernel_tells_what_is_available() {
    let text = "MemTotal:       24682904 kB\nMemAvailable:   23640300 kB\n";
    assert_eq!(available_in(text), Some(23_640_300));
    assert_eq!(available_in("MemFree: 1 kB"), None);
    assert!(available_kib().is_some_and(|kib| kib > 0));
}

#[test]
fn a_slot_is_had_until_it_is_dropped_also_by_threads_of_one_process() {
    let folder = tempfile::tempdir().unwrap();
    let slots = slots(&folder);
    let mut all = taken(&slots);
    assert!(all.iter().all(|slot| slot.unlimited().is_none()));
    let refused = std::thread::scope(|threads| {
        let other = threads.spawn(|| slots.take(1, &at_once));
        other.join().unwrap()
    });
    assert_eq!(
        refused.unwrap_err(),
        NoSlot {
            retry_after: RETRY_AFTER
        }
    );
    all.pop();
    assert!(slots.take(1, &at_once).is_ok());
    let mode = folder.path().join("store-hashing").metadata().unwrap();
    assert_eq!((mode.mode() & 0o777, mode.len()), (0o600, 0));
}

#[test]
fn who_may_use_the_store_may_lock_the_file() {
    let folder = tempfile::tempdir().unwrap();
    let slots = slots(&folder);
    let store = folder.path().join("store");
    let file = folder.path().join("store-hashing");
    for (of_store, of_file) in [
        (0o600, 0o600),
        (0o660, 0o660),
        (0o644, 0o640),
        (0o600, 0o600),
    ] {
        fs::set_permissions(&store, fs::Permissions::from_mode(of_store)).unwrap();
        drop(slots.take(1, &at_once).unwrap());
        let (store, file) = (store.metadata().unwrap(), file.metadata().unwrap());
        assert_eq!(file.mode() & 0o777, of_file);
        assert_eq!((file.uid(), file.gid()), (store.uid(), store.gid()));
    }
}

#[test]
fn those_who_wait_are_served_in_the_order_in_which_they_came() {
    let folder = tempfile::tempdir().unwrap();
    let slots = slots(&folder);
    let all = taken(&slots);
    let (served, order) = channel();
    let waiting = AtomicU32::new(0);
    std::thread::scope(|threads| {
        for who in 0..5 {
            let (slots, served, waiting) = (&slots, served.clone(), &waiting);
            threads.spawn(move || {
                let first = std::cell::Cell::new(true);
                let pause = |time| {
                    if first.replace(false) {
                        waiting.fetch_add(1, Ordering::SeqCst);
                    }
                    std::thread::park_timeout(time);
                };
                let slot = slots.take(1, &pause).unwrap();
                served.send(who).unwrap();
                drop(slot);
            });
            // The next one comes when this one has its number.
            while waiting.load(Ordering::SeqCst) <= who {
                std::thread::yield_now();
            }
        }
        // A newcomer does not overtake them, though there is a free slot for an instant.
        let mut all = all;
        all.pop();
        drop(served);
        let order: Vec<u32> = order.iter().collect();
        // Two that were let in one after another may finish in another order: one slot is free, so they do not.
        assert_eq!(order, [0, 1, 2, 3, 4]);
    });
}

#[test]
fn who_leaves_the_queue_holds_nobody_up() {
    let folder = tempfile::tempdir().unwrap();
    let slots = slots(&folder);
    let mut all = taken(&slots);
    // Two that gave up.
    for _ in 0..2 {
        assert!(slots.take(1, &at_once).is_err());
    }
    all.pop();
    assert!(slots.take(1, &at_once).is_ok());
}

#[test]
fn a_file_that_cannot_be_made_limits_nothing_and_says_why() {
    let folder = tempfile::tempdir().unwrap();
    let slots = slots(&folder);
    let victim = folder.path().join("victim");
    fs::write(&victim, "x").unwrap();
    symlink(&victim, folder.path().join("store-hashing")).unwrap();
    let slot = slots.take(1, &at_once).unwrap();
    assert!(
        slot.unlimited().unwrap().contains("store-hashing"),
        "{slot:?}"
    );
    let nowhere = HashSlots::beside(&folder.path().join("missing/store"), 1);
    let slot = nowhere.take(1, &at_once).unwrap();
    assert!(
        slot.unlimited().unwrap().contains("No such file"),
        "{slot:?}"
    );
}

#[test]
fn the_folder_of_a_user_is_one_that_only_they_can_write_to() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path();
    let user = geteuid().as_raw();
    assert!(is_ours(path, user));
    assert_eq!(runtime_folder(Some(path)).unwrap(), path);
    fs::set_permissions(path, fs::Permissions::from_mode(0o777)).unwrap();
    assert!(!is_ours(path, user));
    fs::set_permissions(path, fs::Permissions::from_mode(0o700)).unwrap();
    assert!(!is_ours(path, user + 1));
    let link = path.join("link");
    symlink(path, &link).unwrap();
    assert!(!is_ours(&link, user));
}
