//! Files that are not as they should be.

use std::fs;

use insta::assert_snapshot;

use crate::story::broken::{both, chmod};
use crate::support::world::World;

#[test]
fn a_store_that_is_a_folder() {
    let world = World::with_ada();
    fs::remove_file(world.store_file()).unwrap();
    fs::create_dir_all(world.store_file()).unwrap();
    assert_snapshot!(both(&world), @r"
----
error: cannot open the store $HOME/.local/share/admit/admit.db: it is a folder
hint: admit needs write access to the folder, even for reading; check it with `ls -la $HOME/.local/share/admit`
[exit 1]
");
}

#[test]
fn a_store_that_is_something_else() {
    let world = World::with_ada();
    fs::write(world.store_file(), "this is a letter to my mother\n").unwrap();
    assert_snapshot!(both(&world), @"
    ----
    error: $HOME/.local/share/admit/admit.db is not an admit store: it is too short
    hint: it was not changed; use --store with the correct file, or check the settings: `admit config show`
    [exit 1]
    ");
    assert_eq!(
        fs::read_to_string(world.store_file()).unwrap(),
        "this is a letter to my mother\n"
    );
    fs::write(world.store_file(), "").unwrap();
    assert_snapshot!(both(&world), @"
    ----
    error: $HOME/.local/share/admit/admit.db is not an admit store: it is too short
    hint: it was not changed; use --store with the correct file, or check the settings: `admit config show`
    [exit 1]
    ");
}

#[test]
fn a_store_of_another_program() {
    let world = World::with_ada();
    fs::remove_file(world.store_file()).unwrap();
    rusqlite::Connection::open(world.store_file())
        .unwrap()
        .execute_batch("create table t (x)")
        .unwrap();
    chmod(&world.store_file(), 0o600);
    assert_snapshot!(both(&world), @"
    ----
    error: $HOME/.local/share/admit/admit.db is not an admit store: it belongs to another program
    hint: it was not changed; use --store with the correct file, or check the settings: `admit config show`
    [exit 1]
    ");
}

#[test]
fn a_store_of_a_later_version() {
    let world = World::with_ada();
    let db = rusqlite::Connection::open(world.store_file()).unwrap();
    db.pragma_update(None, "user_version", 999).unwrap();
    drop(db);
    assert_snapshot!(both(&world), @r"
----
error: the store $HOME/.local/share/admit/admit.db has schema 999, but this version of admit supports only 3; the store was not changed
hint: use the version of admit that created it, or a later one
[exit 1]
");
}

#[test]
fn a_store_that_is_damaged() {
    let world = World::with_ada();
    world.run("store info").done();
    let mut bytes = fs::read(world.store_file()).unwrap();
    assert!(bytes.len() > 16_384);
    for byte in &mut bytes[4_096..] {
        *byte ^= 0x5a;
    }
    fs::write(world.store_file(), bytes).unwrap();
    for line in [
        "list",
        "invite zoe@example.com",
        "store check",
        "audit verify",
        "show ada@example.com",
        "list -o json",
    ] {
        let run = world.run(line);
        assert_eq!(run.code, 1, "{line}\n{run}");
    }
}

#[test]
fn a_store_that_others_may_read() {
    let world = World::with_ada();
    chmod(&world.store_file(), 0o644);
    assert_snapshot!(both(&world), @r"
----
error: the store $HOME/.local/share/admit/admit.db is open to other users (mode 644)
hint: make it private: `chmod 600 $HOME/.local/share/admit/admit.db`
[exit 1]
");
    chmod(&world.store_file(), 0o600);
    world.run("list").done();
}

#[test]
fn a_store_without_its_key() {
    let world = World::with_ada();
    fs::rename(world.key_file(), world.home().join("key-elsewhere")).unwrap();
    assert_snapshot!(both(&world), @"
    ----
    error: the store $HOME/.local/share/admit/admit.db exists, but its key file $HOME/.config/admit/key does not
    hint: restore the key file from its backup, or set ADMIT_KEY_FILE to its path; encrypted data cannot be read without it
    [exit 1]
    ");
    assert!(
        !world.key_file().exists(),
        "a new key was made for an old store"
    );
}
