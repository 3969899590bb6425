//! A process per request: how many of them hash at the same moment.

use std::collections::BTreeSet;
use std::io::Write;
use std::os::unix::fs::MetadataExt;
use std::process::{Child, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};

use super::{Machine, finish, pause};
use crate::support::file::with;

/// Numbers of those who wait begin here; below are the slots.
const NUMBERS: u64 = 1_000;

/// A store with cheap hashes.
fn machine() -> Machine {
    let machine = Machine::new();
    machine.run("store init");
    let ended = machine.run("store set argon2=19456,2,1 --yes");
    assert_eq!(ended.code, Some(0), "{ended}");
    machine
}

/// A sign-in at an unknown address, in a process of its own.
fn sign_in(machine: &Machine, number: usize) -> Child {
    let mut command = machine.command("gate sign-in --panel main");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let request =
        json!({"ip": null, "address": format!("nobody{number}@example.com"), "password": "x"});
    write!(child.stdin.take().unwrap(), "{request}").unwrap();
    child
}

/// The bytes of the lock file that are locked now, by whomever.
fn locked(machine: &Machine) -> BTreeSet<u64> {
    let Ok(about) = std::fs::metadata(with(&machine.store(), "-hashing")) else {
        return BTreeSet::new();
    };
    let inode = about.ino().to_string();
    let locks = std::fs::read_to_string("/proc/locks").unwrap();
    locks
        .lines()
        .filter_map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            let ours = words.get(1) == Some(&"OFDLCK")
                && words.get(5)?.rsplit(':').next() == Some(inode.as_str());
            ours.then(|| words.get(6)?.parse().ok())?
        })
        .collect()
}

fn slots(machine: &Machine) -> usize {
    locked(machine).range(..NUMBERS).count()
}

#[test]
fn of_fifty_processes_at_once_few_hash_and_each_is_answered() {
    let machine = machine();
    let cores = std::thread::available_parallelism().unwrap().get();
    let mut children: Vec<Child> = (0..50).map(|number| sign_in(&machine, number)).collect();
    let (mut most, mut waited) = (0, 0);
    while children
        .iter_mut()
        .any(|child| child.try_wait().unwrap().is_none())
    {
        let now = locked(&machine);
        most = most.max(now.range(..NUMBERS).count());
        waited = waited.max(now.range(NUMBERS..).count());
        pause(Duration::from_millis(1));
    }
    let mut seen = 0;
    for child in children {
        let ended = finish(child);
        let answer: Value = serde_json::from_str(&ended.stdout).unwrap();
        // On a machine that is busy with other things the last ones may have waited in vain.
        let expected = match answer["retry_after"].as_u64() {
            Some(_) => (
                Some(111),
                Some("throttled"),
                Some("too many requests are waiting"),
            ),
            None => (
                Some(1),
                Some("invalid-credentials"),
                Some("unknown-address"),
            ),
        };
        let (reason, cause) = (answer["reason"].as_str(), answer["cause"].as_str());
        assert_eq!((ended.code, reason, cause), expected, "{ended}");
        seen += usize::from(ended.code == Some(1));
    }
    assert!(seen >= 2 * cores, "only {seen} were looked at");
    assert!((1..=2 * cores).contains(&most), "{most} hashed at once");
    assert!(waited > 0, "nobody had to wait");
    assert_eq!(locked(&machine), BTreeSet::new());
}

#[test]
fn a_killed_process_frees_its_slot_and_its_number() {
    let machine = machine();
    assert_eq!(finish(sign_in(&machine, 0)).code, Some(1));
    // Nobody can count a try, so those who have a slot keep it, and the others wait.
    let other = rusqlite::Connection::open(machine.store()).unwrap();
    other.execute_batch("begin immediate").unwrap();
    let many = 2 * std::thread::available_parallelism().unwrap().get() + 3;
    let children: Vec<Child> = (0..many).map(|number| sign_in(&machine, number)).collect();
    while locked(&machine).len() < many {
        pause(Duration::from_millis(1));
    }
    let before = slots(&machine);
    assert!(before < many);
    for child in children {
        kill_process(Pid::from_child(&child), Signal::KILL).unwrap();
        assert_eq!(finish(child).code, None);
    }
    assert_eq!(locked(&machine), BTreeSet::new());
    other.execute_batch("rollback").unwrap();
    assert_eq!(finish(sign_in(&machine, 1)).code, Some(1));
}

#[test]
fn where_the_lock_file_cannot_be_made_people_sign_in_without() {
    let machine = machine();
    std::fs::create_dir(with(&machine.store(), "-hashing")).unwrap();
    let ended = finish(sign_in(&machine, 1));
    let answer: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(answer["reason"], "invalid-credentials", "{ended}");
    let cause = answer["cause"].as_str().unwrap();
    assert!(cause.contains("not limited: cannot use "), "{cause}");
}

#[test]
fn a_session_is_checked_without_a_slot() {
    let machine = machine();
    let ended = machine.pipe("gate check-session --panel main", r#"{"session":"x"}"#);
    assert_eq!(ended.code, Some(1), "{ended}");
    assert!(!with(&machine.store(), "-hashing").exists());
}
