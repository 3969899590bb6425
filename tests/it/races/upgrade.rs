//! An upgrade that is killed at any moment leaves the store as it was, or as it is to be.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use admit::store::{Fault, Location, Store};
use admit::vault::{Entropy, Vault, keyfile};

use super::{PATIENCE, Process, World, kills, some_of, turn};

const KILLS: usize = kills(50);

fn golden() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/1")
}

/// A home with a store of the first schema.
fn old_store() -> World {
    let world = World::empty();
    let key = key_of(&world);
    fs::create_dir_all(key.parent().unwrap()).unwrap();
    fs::copy(golden().join("key"), &key).unwrap();
    fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
    world.place().hold_released(&golden());
    world
}

fn key_of(world: &World) -> PathBuf {
    world.path().join(".config/admit/key")
}

fn opened(world: &World, location: &Location) -> Result<Store, Fault> {
    let ring = keyfile::load(&key_of(world)).unwrap();
    Store::open_as_it_is(location, Vault::new(ring, Entropy::os()))
}

/// What lies beside the store, but for its logs.
fn beside(world: &World) -> Vec<PathBuf> {
    let store = PathBuf::from(world.place().url());
    let Ok(entries) = fs::read_dir(store.parent().unwrap()) else {
        return Vec::new();
    };
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| {
        let name = path.to_str().unwrap();
        *path != store && !name.ends_with("-wal") && !name.ends_with("-shm")
    });
    found
}

/// Copies with their final names.
fn copies(world: &World) -> Vec<PathBuf> {
    let mut found = beside(world);
    found.retain(|path| path.to_str().unwrap().contains(".schema-"));
    found
}

/// The schema of which a copy is, as its name says.
fn named_schema(copy: &Path) -> i64 {
    let name = copy.to_str().unwrap();
    let (_, rest) = name.split_once(".schema-").unwrap();
    rest.split_once('-').unwrap().0.parse().unwrap()
}

/// When to kill.
#[derive(Clone, Copy, Debug)]
enum When {
    After(Duration),
    /// As soon as a copy is being made.
    CopyBegun,
    /// As soon as the copy has its name: the step itself runs.
    CopyMade,
}

fn upgrade_and_kill(world: &World, when: When) {
    let before = copies(world).len();
    let mut process = Process::unheard(&mut world.command(&["store", "upgrade"]));
    let start = Instant::now();
    let come = || match when {
        When::After(time) => start.elapsed() >= time,
        When::CopyBegun => beside(world).len() > before,
        When::CopyMade => copies(world).len() > before,
    };
    while !come() && process.child.try_wait().unwrap().is_none() && start.elapsed() < PATIENCE {
        thread::yield_now();
    }
    drop(process);
    world.place().settle();
}

/// Whether it is the new one; if not, it has one of the schemas on the way. It is whole in any case.
fn is_new(world: &World) -> bool {
    let mut store = opened(world, &world.place().location()).unwrap();
    let new = store.its_schema() == Store::schema();
    assert!(new || (1..Store::schema()).contains(&store.its_schema()));
    assert!(store.check().unwrap().is_empty());
    let verified = store.read(|tx| tx.verify_audit(None, |_| {})).unwrap();
    assert!(verified.is_ok(), "{verified:?}");
    assert_eq!(world.entries("store-upgraded"), i64::from(new));
    for copy in copies(world) {
        let wanted = named_schema(&copy);
        let mut copy = opened(world, &Location::File(copy)).unwrap();
        assert_eq!(copy.its_schema(), wanted);
        assert!(copy.check().unwrap().is_empty());
    }
    new
}

#[test]
fn an_upgrade_that_is_killed_leaves_the_old_or_the_new() {
    let _turn = turn();
    let world = old_store();
    let start = Instant::now();
    assert_eq!(world.run(&["store", "upgrade"]).code, Some(0));
    let lasts = start.elapsed();
    assert!(is_new(&world));
    let has_copies = !copies(&world).is_empty();

    let (mut old, mut new, mut between) = (0, 0, 0);
    let mut world = old_store();
    for kill in 0..KILLS {
        let when = match kill % 3 {
            1 if has_copies => When::CopyBegun,
            2 if has_copies => When::CopyMade,
            _ => When::After(some_of(lasts.mul_f64(1.5))),
        };
        let had = copies(&world).len();
        upgrade_and_kill(&world, when);
        if is_new(&world) {
            new += 1;
            world = old_store();
            continue;
        }
        old += 1;
        between += usize::from(copies(&world).len() > had);
        if kill % 10 == 9 {
            // Whatever was left behind, the next one goes through and clears up.
            assert_eq!(world.run(&["store", "upgrade"]).code, Some(0));
            assert!(is_new(&world));
            assert_eq!(beside(&world).len(), copies(&world).len());
            world = old_store();
        }
    }
    assert!(old > 0 && new > 0, "{old} were old and {new} new");
    // Killed behind the copy and before the end of the step.
    assert!(!has_copies || between > 0, "no kill came inside the step");
}
