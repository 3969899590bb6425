//! The locks that SQLite has on a file stay, whatever else this process does with the file.
//!
//! POSIX drops all locks of a process on a file when the process closes any descriptor of it. Another program then takes
//! itself for the only one that has the file open, and deletes a log that is still written to.

use std::fs;
use std::path::Path;

use admit::store::{Fault, Landing, Location, Store, is_open_here};
use admit::vault::{Entropy, Vault, keyfile};
use insta::assert_snapshot;

use crate::support::bench_store::operator;
use crate::support::file::{ON_FILE, ON_INDEX, has_lock, locks_of, with};
use crate::support::world::World;

/// The locks of this process on a file.
fn locks(file: &Path) -> Vec<String> {
    locks_of(std::process::id(), file)
}

/// Fails unless this process has the two locks by which other programs see that a file with a log is in use.
fn assert_locked(file: &Path, after: &str) {
    let process = std::process::id();
    assert!(
        has_lock(process, file, ON_FILE),
        "after {after} the file is not locked"
    );
    assert!(
        has_lock(process, &with(file, "-shm"), ON_INDEX),
        "after {after} the index of the log is not locked"
    );
}

fn vault(world: &World) -> Vault {
    Vault::new(
        keyfile::load(&world.key_file()).unwrap(),
        Entropy::seeded(3),
    )
}

fn open(world: &World, file: &Path, writable: bool) -> Result<Store, Fault> {
    Store::open(&Location::File(file.to_owned()), vault(world), writable)
}

/// A store that has been read, so that it has its locks.
fn in_use(world: &World) -> Store {
    let mut store = open(world, &world.store_file(), true).unwrap();
    store.read(|tx| tx.waiting_mail()).unwrap();
    store
}

#[test]
fn the_list_of_locks_shows_those_of_a_connection_and_no_more_after_it() {
    let world = World::with_ada();
    let file = world.store_file();
    assert_eq!(locks(&file), Vec::<String>::new());
    let store = in_use(&world);
    assert_locked(&file, "the first connection");
    // The rule itself: this is what must never happen.
    drop(fs::File::open(&file).unwrap());
    assert_eq!(locks(&file), Vec::<String>::new());
    drop(store);
    assert_eq!(locks(&with(&file, "-shm")), Vec::<String>::new());
}

#[test]
fn every_kind_of_connection_and_check_leaves_the_locks_where_they_are() {
    let world = World::with_ada();
    let file = world.store_file();
    let location = Location::File(file.clone());
    let now = world.now();
    world.run("store backup $HOME/b").done();
    world.file("foreign", "no store at all, and longer than the header of one, which has a hundred bytes: so it is read");
    let mut store = in_use(&world);
    assert_locked(&file, "the first connection");

    let done = |what: &str| assert_locked(&file, what);
    drop(open(&world, &file, true).unwrap());
    done("a second connection");
    drop(open(&world, &file, false).unwrap());
    done("a connection that only reads");
    drop(Store::open_as_it_is(&location, vault(&world)).unwrap());
    done("open_as_it_is");
    assert!(Store::is_there(&location).unwrap() && !location.is_missing());
    done("is_there");
    assert!(store.is_in_place() && store.size().unwrap() > 0);
    done("is_in_place and size");
    assert_eq!(store.check().unwrap(), Vec::<String>::new());
    done("check");
    let made = Store::create(&location, vault(&world), &operator(), now);
    assert!(matches!(made, Err(Fault::Exists(_))));
    done("a store that is not made in its place");
    let foreign = Vault::new(
        admit::vault::KeyRing::generate(&Entropy::seeded(4)).unwrap(),
        Entropy::seeded(4),
    );
    let wrong = Store::open(&location, foreign, true);
    assert!(matches!(wrong, Err(Fault::WrongKey { .. })));
    done("a wrong key");
    store.back_up(&mut Vec::new(), now, &mut |_| true).unwrap();
    done("a backup");
    for (name, dry_run) in [("copy", true), ("copy", false)] {
        let landing = Landing {
            location: &Location::File(world.home().join(name)),
            aside: None,
            dry_run,
        };
        store
            .copy_to(landing, vault(&world), &mut |_| true)
            .unwrap();
        done("a copy");
    }
    let upgraded = store.upgrade(&operator(), now, &world.home().join("before"));
    assert_eq!(upgraded.unwrap().copy, None);
    done("an upgrade that has nothing to do");
    assert!(open(&world, &world.home().join("foreign"), true).is_err());
    done("another file, which is no store");
    for path in [&file, &with(&file, "-wal"), &with(&file, "-shm")] {
        assert!(is_open_here(path));
    }
    done("is_open_here");
}

#[test]
fn every_command_leaves_the_locks_of_another_connection_where_they_are() {
    let world = World::with_ada();
    let file = world.store_file();
    world.run("store backup $HOME/b").done();
    world.file("people.csv", "address\nbob@example.com\ncyd@example.com\n");
    let _store = in_use(&world);
    for (line, code) in [
        ("list", 0),
        ("show ada@example.com", 0),
        ("why ada@example.com", 0),
        ("invite dan@example.com -n", 0),
        ("invite dan@example.com", 0),
        (
            "invite --from $HOME/people.csv --results $HOME/results.csv --yes",
            0,
        ),
        ("audit list", 0),
        ("audit verify", 0),
        ("mail list", 0),
        ("housekeep", 0),
        ("store info", 0),
        ("store check", 0),
        ("store init", 0),
        ("store upgrade", 0),
        ("store backup $HOME/c", 0),
        ("store copy --to $HOME/copied.db", 0),
        // There is a store, and it is in use.
        ("store restore $HOME/b", 4),
        ("store restore $HOME/b --replace --yes -n", 0),
        ("store restore $HOME/b --replace --yes", 75),
        ("--store $HOME/restored.db store restore $HOME/b --yes", 0),
        ("store rekey --yes", 0),
        // Files that are named to be read, and are the store's own.
        ("invite --from $HOME/.local/share/admit/admit.db", 2),
        (
            "audit verify --against $HOME/.local/share/admit/admit.db",
            2,
        ),
        (
            "audit verify --against $HOME/.local/share/admit/admit.db-shm",
            2,
        ),
        (
            "store restore $HOME/.local/share/admit/admit.db --replace --yes",
            1,
        ),
        (
            "invite --from $HOME/people.csv --results $HOME/.local/share/admit/admit.db",
            4,
        ),
    ] {
        let run = world.run(line);
        assert_eq!(run.code, code, "{line}\n{run}");
        assert_locked(&file, line);
    }
}

#[test]
fn a_file_that_an_older_sqlite_wrote_is_named_by_store_check() {
    let world = World::with_ada();
    let file = world.store_file();
    assert_eq!(in_use(&world).unsafe_writer(), None);
    let sound = world.run("store check").exits(0);
    assert!(!sound.contains("another program"), "{sound}");
    let mut bytes = fs::read(&file).unwrap();
    for (number, wanted) in [
        (3_040_001_u32, Some("3.40.1")),
        (3_051_002, Some("3.51.2")),
        (3_051_003, None),
        (0, None),
    ] {
        bytes[96..100].copy_from_slice(&number.to_be_bytes());
        fs::write(&file, &bytes).unwrap();
        let found = in_use(&world).unsafe_writer();
        assert_eq!(found.as_deref(), wanted, "{number}");
    }
    bytes[96..100].copy_from_slice(&3_040_001_u32.to_be_bytes());
    fs::write(&file, &bytes).unwrap();
    assert_snapshot!(world.run("store check"), @"
    ----
    warning: another program has written to this store with SQLite 3.40.1; versions before 3.51.3 can lose committed rows when two programs write at the same time
    hint: use that program only to read the store, or stop the panels and services first
    The store $HOME/.local/share/admit/admit.db is intact: file, structure, references and audit log
    [exit 0]
    ");
}

#[test]
fn threads_that_come_and_go_leave_the_locks_of_the_one_that_stays() {
    let world = World::with_ada();
    let file = world.store_file();
    let _store = in_use(&world);
    std::thread::scope(|threads| {
        for writable in [true, false, true, false] {
            let (world, file) = (&world, &file);
            threads.spawn(move || {
                for _ in 0..25 {
                    let mut store = open(world, file, writable).unwrap();
                    store.read(|tx| tx.waiting_mail()).unwrap();
                    assert_locked(file, "another thread's connection");
                }
            });
        }
    });
    assert_locked(&file, "all threads");
}

#[test]
fn a_store_that_takes_the_place_of_another_has_locks_of_its_own() {
    let world = World::with_ada();
    let file = world.store_file();
    let before = in_use(&world);
    let old = with(&file, ".old");
    world.run("store copy --to $HOME/new.db").done();
    fs::rename(&file, &old).unwrap();
    for log in ["-wal", "-shm"] {
        fs::rename(with(&file, log), with(&old, log)).unwrap();
    }
    fs::rename(world.home().join("new.db"), &file).unwrap();
    assert!(!before.is_in_place());
    let after = in_use(&world);
    assert_locked(&file, "the new store's first connection");
    assert_locked(&old, "the new store's first connection");
    drop(open(&world, &file, true).unwrap());
    assert_locked(&file, "the new store's second connection");
    assert_locked(&old, "the new store's second connection");
    drop(before);
    assert_locked(&file, "the end of the old one");
    drop(after);
}
