//! Files of people: two at once, and killed in the middle (I1, I12, M1).

use std::fs;
use std::ops::Range;
use std::path::PathBuf;
use std::thread;
use std::time::{Duration, Instant};

use super::{PATIENCE, Process, Ran, World, invitation, run_at_once, some_of, turn};
use crate::engine::ONE_ROUND_IN;

fn people(world: &World, name: &str, range: Range<u32>) -> PathBuf {
    let path = world.path().join(name);
    let lines: Vec<String> = range
        .map(|number| format!("person{number}@example.com\n"))
        .collect();
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
    assert_eq!(
        count("select count(*) from access where removed_at is null"),
        expected
    );
    let live = "used_at is null and revoked_at is null and superseded_at is null";
    assert_eq!(
        count(&format!("select count(*) from link where {live}")),
        expected
    );
    assert_eq!(
        count(&format!(
            "select count(distinct account_id) from link where {live}"
        )),
        expected
    );
    assert_eq!(count("select count(*) from link"), expected);
    assert_eq!(count("select count(*) from outbox"), expected);
    assert_eq!(
        count("select count(distinct account_id) from outbox"),
        expected
    );
    assert_eq!(world.entries("invited"), expected);
    assert_eq!(
        count("select count(distinct account) from audit where action = 'invited'"),
        expected
    );
}

/// Every mail was handed over, at the first attempt.
fn assert_mailed_once(world: &World, expected: i64) {
    let sent = "select count(*) from outbox where state = 'written' and attempts = 1 and lease_until is null";
    assert_eq!(world.count(sent, &[]), expected);
    let letters = fs::read_dir(world.path().join(".local/share/admit/mail"))
        .unwrap()
        .count();
    assert_eq!(i64::try_from(letters).unwrap(), expected);
}

fn pair(world: &World, words: [Vec<&str>; 2]) -> Vec<Ran> {
    let [one, other] = words;
    let none = Duration::ZERO;
    run_at_once(vec![
        (world.command(&one), "", none),
        (world.command(&other), "", none),
    ])
}

#[test]
fn two_overlapping_files_invite_everybody_once() {
    for round in 0..4 {
        let more: &[&str] = if round % 2 == 1 {
            &["--keep-going"]
        } else {
            &[]
        };
        overlapping(&World::new(), more);
    }
}

pub(crate) fn overlapping(world: &World, more: &[&str]) {
    let _turn = turn();
    let low = people(world, "low.txt", 0..300);
    let high = people(world, "high.txt", 150..450);
    let (low, high) = (low.to_str().unwrap(), high.to_str().unwrap());
    let ran = pair(world, [invite(low, more), invite(high, more)]);
    for ran in &ran {
        assert_eq!(ran.code, Some(0), "{ran:?}");
        assert_eq!(ran.out.lines().count(), 300);
    }
    let rows = |status: &str| {
        let word = format!("\"status\":\"{status}\"");
        ran.iter()
            .flat_map(|ran| ran.out.lines())
            .filter(|line| line.contains(&word))
            .count()
    };
    assert_eq!((rows("done"), rows("unchanged")), (450, 150));
    assert_everybody_once(world, 450);
    assert_mailed_once(world, 450);
    world.assert_whole();
}

#[test]
fn two_senders_at_once_hand_each_mail_over_once() {
    let _turn = turn();
    let world = World::new();
    let mut store = world.store();
    for round in 1..=3 {
        for number in 0..150 {
            invitation(
                &mut store,
                &format!("person{number}of{round}@example.com"),
                "main",
                true,
            );
        }
        let send = || vec!["mail", "send", "-o", "json"];
        let ran = pair(&world, [send(), send()]);
        let mut sent = 0;
        for ran in &ran {
            // Whoever ends first finds the other's mail still in the queue.
            assert!([Some(0), Some(75)].contains(&ran.code), "{ran:?}");
            sent += ran.json()["results"][0]["written"].as_i64().unwrap();
        }
        assert!(ran.iter().any(|ran| ran.code == Some(0)), "{ran:?}");
        assert_eq!(sent, 150);
        assert_mailed_once(&world, 150 * round);
    }
    world.assert_whole();
}

/// Several batches.
const ROWS: i64 = if ONE_ROUND_IN == 1 { 3_000 } else { 1_000 };
const BATCH: i64 = 500;

/// When a run is killed.
#[derive(Clone, Copy, Debug)]
enum When {
    /// After this time.
    After(Duration),
    /// As soon as the engine's log has so many bytes: in the middle of writing.
    LogHolds(u64),
    /// As soon as everybody is written; their mail is not.
    Written,
}

/// Starts inviting, kills it, and gives how long it lived and how long the log was.
fn invite_and_kill(world: &World, words: &[&str], when: When) -> (Duration, u64) {
    let mut command = world.command(words);
    let mut process = Process::unheard(&mut command);
    let size = world.place().log_meter();
    let (db, all) = (world.db(), "select count(*) = $1 from account");
    let start = Instant::now();
    let come = || match when {
        When::After(time) => start.elapsed() >= time,
        When::LogHolds(bytes) => size() >= bytes,
        When::Written => db.one::<i64>(all, &[ROWS.into()]) == 1,
    };
    while !come() && process.child.try_wait().unwrap().is_none() && start.elapsed() < PATIENCE {
        thread::sleep(Duration::from_millis(1));
    }
    let lived = (start.elapsed(), size());
    drop(process);
    world.place().settle();
    lived
}

/// How many runs are killed.
const KILLS: usize = if ONE_ROUND_IN == 1 { 10 } else { 5 };

/// Kills some runs, and now and then lets the next one come to its end.
fn kill_some(more: &[&str], step: i64) {
    let fresh = || {
        let world = World::new();
        let file = people(&world, "people.txt", 0..u32::try_from(ROWS).unwrap());
        (world, file.to_str().unwrap().to_owned())
    };
    let (lasts, log) = {
        let (world, file) = fresh();
        invite_and_kill(&world, &invite(&file, more), When::Written)
    };
    let (mut world, mut file) = fresh();
    let mut found = Vec::new();
    for kill in 0..KILLS {
        let share = some_of(Duration::from_secs(1));
        let when = match kill % 3 {
            0 => When::After(lasts.mul_f64(share.as_secs_f64())),
            1 => When::LogHolds(log * u64::try_from(share.as_millis()).unwrap() / 1_000 + 1),
            _ => When::Written,
        };
        invite_and_kill(&world, &invite(&file, more), when);
        let written = world.count("select count(*) from account", &[]);
        assert_eq!(written % step, 0, "{written} people were written");
        assert_everybody_once(&world, written);
        world.assert_whole();
        found.push(written);
        let ends = kill == 4 || kill == 8;
        if ends {
            again_to_the_end(&world, &invite(&file, more), written);
        }
        if ends || written == ROWS {
            (world, file) = fresh();
        }
    }
    assert!(
        found.iter().any(|&written| written < ROWS),
        "no kill came before the end: {found:?}"
    );
    assert!(
        found.contains(&ROWS),
        "no kill came after the last commit: {found:?}"
    );
}

/// The same file again: the rest is invited, and nobody is mailed twice.
fn again_to_the_end(world: &World, words: &[&str], written: i64) {
    let again = world.run(words);
    assert_eq!(again.code, Some(0), "{}", again.err);
    let unchanged = again.out.matches("\"status\":\"unchanged\"").count();
    assert_eq!(i64::try_from(unchanged).unwrap(), written);
    assert_everybody_once(world, ROWS);
    world.assert_whole();
    // What the dead process had taken belongs to it for a while; everything else leaves now.
    let sent = world.run(&["mail", "send"]);
    assert!([Some(0), Some(75)].contains(&sent.code), "{sent:?}");
    let count = |condition: &str| {
        world.count(
            &format!("select count(*) from outbox where {condition}"),
            &[],
        )
    };
    assert_eq!(count("state = 'queued' and lease_until is null"), 0);
    assert_eq!(count("state = 'written' and attempts <> 1"), 0);
    assert_eq!(count("state = 'queued' and attempts <> 1"), 0);
    assert_eq!(count("state in ('written', 'queued')"), ROWS);
}

#[test]
fn a_killed_bulk_run_leaves_all_or_nothing() {
    let _turn = turn();
    kill_some(&[], ROWS);
}

#[test]
fn a_killed_bulk_run_that_keeps_going_leaves_whole_batches() {
    let _turn = turn();
    kill_some(&["--keep-going"], BATCH);
}
