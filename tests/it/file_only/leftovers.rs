//! What a killed program left with a secret in it is removed by the next run, whatever command that is.

use std::fs;
use std::path::PathBuf;

use rustix::fs::{FlockOperation, flock};

use crate::support::world::World;

/// What a killed program leaves: the key file in the making, a letter, a store.
const LEFT: [&str; 4] = [
    ".config/admit/.key.0123456789abcdef",
    ".local/share/admit/mail/.0000000001-invitation.eml.4242-0",
    ".local/share/admit/mail/.0000000002-sms-code.txt.4242-1",
    ".local/share/admit/.admit-new-a1B2c3/store",
];

/// What looks a little like it, and is somebody else's.
const THEIRS: [&str; 6] = [
    ".config/admit/.key.backup",
    ".config/admit/.key.0123456789ABCDEF",
    ".config/admit/key.0123456789abcdef",
    ".local/share/admit/mail/.0000000001-invitation.eml",
    ".local/share/admit/mail/0000000001-invitation.eml.4242-0",
    ".local/share/admit/.admit-new-store.db/store",
];

/// For the gate; other commands do not read it.
const REQUEST: &str =
    r#"{"ip":null,"address": "zoe@example.com", "password": "nobody has this one"}"#;

fn plant(world: &World, names: &[&str]) -> Vec<PathBuf> {
    names
        .iter()
        .map(|name| world.file(name, "adm_i_"))
        .collect()
}

#[test]
fn whatever_runs_next_removes_what_a_killed_program_left_and_nothing_else() {
    let world = World::with_ada();
    let theirs = plant(&world, &THEIRS);
    world.run("store backup $HOME/b").done();
    for (line, code) in [
        ("list", 0),
        ("why ada@example.com", 0),
        ("invite bob@example.com -n", 0),
        ("audit verify", 0),
        ("mail list", 0),
        ("housekeep", 0),
        ("store info", 0),
        ("store check", 0),
        ("store upgrade", 0),
        ("store backup $HOME/c", 0),
        ("store restore $HOME/b --replace --yes", 0),
        ("store rekey --yes", 0),
        ("gate sign-in", 1),
    ] {
        let left = plant(&world, &LEFT);
        let run = world.pipe(line, REQUEST);
        assert_eq!(run.code, code, "{line}\n{run}");
        for file in &left {
            assert!(!file.exists(), "{line} leaves {}", file.display());
        }
        for file in &theirs {
            assert!(file.exists(), "{line} removes {}", file.display());
        }
    }
}

#[test]
fn what_a_program_still_works_on_stays() {
    let world = World::with_ada();
    let left = plant(&world, &LEFT);
    let held: Vec<fs::File> = left
        .iter()
        .map(|file| {
            // Of a store in the making the folder is locked.
            let locked = if file.ends_with("store") {
                file.parent().unwrap()
            } else {
                file
            };
            let held = fs::File::open(locked).unwrap();
            flock(&held, FlockOperation::LockExclusive).unwrap();
            held
        })
        .collect();
    world.run("list").done();
    assert!(left.iter().all(|file| file.exists()));
    drop(held);
    world.run("list").done();
    assert!(!left.iter().any(|file| file.exists()));
}
