//! Files of people: two at once, and killed in the middle (I1, I12, M1).

use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use super::{Process, Ran, World, invitation, run_at_once, some_of, turn};

fn people(world: &World, name: &str, range: Range<u32>) -> PathBuf {
    let path = world.path().join(name);
    let lines: Vec<String> = range.map(|number| format!("person{number}@example.com\n")).collect();
    fs::write(&path, lines.concat()).unwrap();
    path
}

fn invite<'a>(file: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut words = vec!["invite", "--yes", "--quiet", "-o", "jsonl", "--from", file];
    words.extend(more);
    words
}

/// Exactly these many people, each with one live invitation, one mail and one entry; every mail handed over once.
fn assert_everybody_once(world: &World, expected: i64) {
    let count = |sql: &str| world.count(sql, &[]);
    assert_eq!(count("select count(*) from account"), expected);
    assert_eq!(count("select count(*) from access where removed_at is null"), expected);
    let live = "used_at is null and revoked_at is null and superseded_at is null";
    assert_eq!(count(&format!("select count(*) from link where {live}")), expected);
    assert_eq!(count(&format!("select count(distinct account_id) from link where {live}")), expected);
    assert_eq!(count("select count(*) from link"), expected);
    assert_eq!(count("select count(*) from outbox"), expected);
    assert_eq!(count("select count(distinct account_id) from outbox"), expected);
    assert_eq!(world.entries("invited"), expected);
    assert_eq!(count("select count(distinct account) from audit where action = 'invited'"), expected);
}

/// Every mail was handed over, at the first attempt.
fn assert_mailed_once(world: &World, expected: i64) {
    let sent = "select count(*) from outbox where state = 'sent' and attempts = 1 and lease_until is null";
    assert_eq!(world.count(sent, &[]), expected);
    let letters = fs::read_dir(world.path().join(".local/share/admit/mail")).unwrap().count();
    assert_eq!(i64::try_from(letters).unwrap(), expected);
}

fn pair(world: &World, words: [Vec<&str>; 2]) -> Vec<Ran> {
    let [one, other] = words;
    let none = Duration::ZERO;
    run_at_once(vec![(world.command(&one), "", none), (world.command(&other), "", none)])
}

#[test]
fn two_overlapping_files_invite_everybody_once() {
    let _turn = turn();
    for round in 0..5 {
        // The first time they also meet at making the store.
        let world = if round == 0 { World::empty() } else { World::new() };
        let low = people(&world, "low.txt", 0..300);
        let high = people(&world, "high.txt", 150..450);
        let more: &[&str] = if round % 2 == 1 { &["--keep-going"] } else { &[] };
        let (low, high) = (low.to_str().unwrap(), high.to_str().unwrap());
        let ran = pair(&world, [invite(low, more), invite(high, more)]);
        for ran in &ran {
            assert_eq!(ran.code, Some(0), "{ran:?}");
            assert_eq!(ran.out.lines().count(), 300);
        }
        let rows = |status: &str| {
            let word = format!("\"status\":\"{status}\"");
            ran.iter().flat_map(|ran| ran.out.lines()).filter(|line| line.contains(&word)).count()
        };
        assert_eq!((rows("done"), rows("unchanged")), (450, 150));
        assert_everybody_once(&world, 450);
        assert_mailed_once(&world, 450);
        world.assert_whole();
    }
}

#[test]
fn two_senders_at_once_hand_each_mail_over_once() {
    let _turn = turn();
    let world = World::new();
    let mut store = world.store();
    for round in 1..=3 {
        for number in 0..150 {
            invitation(&mut store, &format!("person{number}of{round}@example.com"), "main", true);
        }
        let send = || vec!["mail", "send", "-o", "json"];
        let ran = pair(&world, [send(), send()]);
        let mut sent = 0;
        for ran in &ran {
            // Whoever ends first finds the other's mail still in the queue.
            assert!([Some(0), Some(75)].contains(&ran.code), "{ran:?}");
            sent += ran.json()["results"][0]["sent"].as_i64().unwrap();
        }
        assert!(ran.iter().any(|ran| ran.code == Some(0)), "{ran:?}");
        assert_eq!(sent, 150);
        assert_mailed_once(&world, 150 * round);
    }
    world.assert_whole();
}

const ROWS: i64 = 3_000;
const BATCH: i64 = 500;

/// Starts inviting, and kills it at any time up to `most`.
fn invite_and_kill(world: &World, words: &[&str], most: Duration) {
    let mut command = world.command(words);
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let (_, lines) = std::sync::mpsc::channel();
    let process = Process { child: child.unwrap(), input: None, lines };
    thread::sleep(some_of(most));
    drop(process);
}

/// Waits until the rows are written, and gives how long that took.
fn time_to_write(world: &World, words: &[&str]) -> Duration {
    let start = Instant::now();
    let mut command = world.command(words);
    let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
    let (_, lines) = std::sync::mpsc::channel();
    let mut process = Process { child: child.unwrap(), input: None, lines };
    while world.count("select count(*) from account", &[]) < ROWS
        && process.child.try_wait().unwrap().is_none()
    {
        thread::sleep(Duration::from_millis(1));
    }
    start.elapsed()
}

/// Kills runs until ten have died, now and then letting one come to its end.
fn kill_ten(more: &[&str], step: i64) {
    let fresh = || {
        let world = World::new();
        let file = people(&world, "people.txt", 0..u32::try_from(ROWS).unwrap());
        (world, file.to_str().unwrap().to_owned())
    };
    let lasts = {
        let (world, file) = fresh();
        time_to_write(&world, &invite(&file, more))
    };
    let (mut world, mut file) = fresh();
    let (mut nothing, mut something) = (0, 0);
    for kill in 0..10 {
        invite_and_kill(&world, &invite(&file, more), lasts.mul_f64(1.2));
        let written = world.count("select count(*) from account", &[]);
        assert_eq!(written % step, 0, "{written} people were written");
        assert_everybody_once(&world, written);
        world.assert_whole();
        nothing += i32::from(written == 0);
        something += i32::from(written > 0);
        if written == ROWS || kill % 4 == 3 {
            if kill % 4 == 3 {
                let again = world.run(&invite(&file, more));
                assert_eq!(again.code, Some(0), "{}", again.err);
                let unchanged = again.out.matches("\"status\":\"unchanged\"").count();
                assert_eq!(i64::try_from(unchanged).unwrap(), written);
                assert_everybody_once(&world, ROWS);
                world.assert_whole();
            }
            (world, file) = fresh();
        }
    }
    assert!(nothing + something == 10);
}

#[test]
fn a_killed_bulk_run_leaves_all_or_nothing() {
    let _turn = turn();
    kill_ten(&[], ROWS);
}

#[test]
fn a_killed_bulk_run_that_keeps_going_leaves_whole_batches() {
    let _turn = turn();
    kill_ten(&["--keep-going"], BATCH);
}
