//! Stores and keys that are not as they should be.

use std::fs;
use std::io;
use std::os::unix::fs::PermissionsExt;

use admit::cli::base::interrupt::Interrupt;
use insta::assert_snapshot;

use crate::support::judge::document;
use crate::support::world::World;

pub(crate) fn chmod(path: &std::path::Path, mode: u32) {
    fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
}

/// Runs a reading and a changing command, and gives what the changing one says.
pub(crate) fn both(world: &World) -> String {
    for line in [
        "list",
        "list -o json",
        "why ada@example.com",
        "store info",
        "audit verify",
    ] {
        let run = world.run(line);
        assert_ne!(run.code, 0, "{run}");
        assert!(!run.stderr.is_empty(), "{run}");
    }
    world.run("invite zoe@example.com").to_string()
}

#[test]
fn a_store_with_the_key_of_another() {
    let world = World::with_ada();
    let other = World::new();
    // Worlds are seeded alike, so the other one's key is made by chance.
    fs::remove_file(other.key_file()).unwrap();
    let entropy = admit::vault::Entropy::seeded(4711);
    admit::vault::keyfile::create(&other.key_file(), &entropy).unwrap();
    fs::copy(other.key_file(), world.key_file()).unwrap();
    let run = world.run("invite zoe@example.com");
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stderr.contains("is encrypted with key"), "{run}");
    assert!(run.stderr.contains("ADMIT_KEY_FILE"), "{run}");
}

#[test]
fn a_key_that_others_may_read_or_that_is_nonsense() {
    let world = World::with_ada();
    chmod(&world.key_file(), 0o644);
    assert_snapshot!(both(&world), @"
    ----
    error: the key file $HOME/.config/admit/key is open to other users (mode 0644); run `chmod 600 $HOME/.config/admit/key`
    [exit 1]
    ");
    chmod(&world.key_file(), 0o600);
    world.run("list").done();
    fs::write(world.key_file(), "nonsense").unwrap();
    assert_snapshot!(both(&world), @r"
----
error: the key file $HOME/.config/admit/key cannot be used: line 1 is damaged; restore it from your backup copy
[exit 1]
");
}

#[test]
fn a_store_that_is_locked_is_tried_again_later() {
    let world = World::with_ada();
    let raw = world.place().raw();
    raw.hold_writers();
    // Who only looks does not wait.
    world.run("list").done();
    let run = world.run("invite zoe@example.com -o json");
    assert_eq!(run.code, 75, "{run}");
    let document = document(&run.stdout).unwrap();
    assert_eq!(document["error"]["kind"], "try-again");
    raw.batch("rollback").unwrap();
    world.run("invite zoe@example.com").done();
}

/// A disk that is full.
struct Full;

impl io::Write for Full {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::Error::from_raw_os_error(28))
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_result_that_cannot_be_printed_is_a_failure_and_what_was_done_stays_done() {
    let world = World::with_ada();
    for line in [
        "list",
        "list -o json",
        "list -o csv",
        "invite bob@example.com",
        "--help",
    ] {
        let run = world.line(line).stdout(Full).run();
        assert_eq!(run.code, 1, "{line}\n{run}");
        assert!(
            run.stderr.contains("No space left on device"),
            "{line}\n{run}"
        );
    }
    assert_eq!(world.account_status("bob@example.com"), "unregistered");
}

/// Presses Ctrl-C once something is printed.
struct Presses(Interrupt);

impl io::Write for Presses {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.raise();
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn ctrl_c_between_two_people_stops_there_and_tells_that_some_are_done() {
    let world = World::new();
    let interrupt = Interrupt::manual();
    // Output goes out by 64 kB: after some of them, and before the last.
    let many: Vec<_> = (0..200).map(|n| format!("p{n:03}@example.com")).collect();
    let many = many.join(" ");
    let run = world
        .line(&format!("invite {many} --no-mail --yes -o jsonl"))
        .stdout(Presses(interrupt.clone()))
        .interrupt(interrupt)
        .run();
    assert_eq!(run.code, 7, "{run}");
    assert!(run.stderr.contains("error: interrupted"), "{run}");
    let people = world.row("store info")["people"].as_i64().unwrap();
    assert!(0 < people && people < 200, "{people}");
    world.run("audit verify").done();
}
