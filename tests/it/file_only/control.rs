//! The control: the same barrier and as many processes, with claims that read and then write. If this finds no
//! second winner, the other races prove nothing.

#![expect(
    clippy::disallowed_methods,
    reason = "the control hands a job to its workers in their environment"
)]

use std::env;
use std::io::{Write, stdin, stdout};
use std::path::{Path, PathBuf};
use std::process::Command;

use admit::vault::{Entropy, HashCost, Secret};
use rusqlite::Connection;

use crate::races::{PASSWORD, PATIENCE, Process, at_once, turn};

const PROCESSES: usize = 16;
const ROUNDS: i64 = 100;

/// Names the scratch file to a worker; a test run without it is no worker.
const JOB: &str = "RACES_CONTROL_FILE";
/// Begins a worker's answer, so that what the test runner prints is passed over.
const MARK: &str = "control: ";

/// What is claimed, one row a round.
const SCHEMA: &str = "pragma journal_mode = wal; \
    create table link (id integer primary key, used_at integer); \
    create table factor (id integer primary key, last_step integer not null); \
    create table tries (id integer primary key, wrong integer not null); \
    create table trust (id integer primary key, who integer not null); \
    create table account (id integer primary key, hash integer not null, open integer not null, round integer not null);";

/// A worker: `link naive 7` or `link conditional 7` on a line claims round 7, and is answered with whether it won.
#[test]
fn a_worker_works_only_for_the_control() {
    let Some(file) = env::var_os(JOB) else { return };
    let db = open(Path::new(&file));
    let say = |word: &str| {
        let line = format!("\n{MARK}{word}\n");
        stdout()
            .write_all(line.as_bytes())
            .and_then(|()| stdout().flush())
            .unwrap();
    };
    say("ready");
    for line in stdin().lines() {
        let line = line.unwrap();
        let words: Vec<&str> = line.split(' ').collect();
        let [what, kind, round] = words[..] else {
            panic!("{line}");
        };
        let round: i64 = round.parse().unwrap();
        let won = match (what, kind) {
            ("link", "naive") => claim_naively(&db, round),
            ("link", _) => claim(&db, round),
            ("password", kind) => change_password(&db, kind == "naive", round),
            (what, kind) => {
                // Behind a password, as codes are.
                let password = Secret::new(PASSWORD.to_owned());
                HashCost::FLOOR.hash(&password, &Entropy::os()).unwrap();
                behind_password(&db, what, kind == "naive", round)
            }
        };
        say(if won { "won" } else { "lost" });
    }
}

/// Reads, and then writes what it has just seen to be free.
fn claim_naively(db: &Connection, round: i64) -> bool {
    let free: bool = db
        .query_row(
            "select used_at is null from link where id = $1",
            [round],
            |row| row.get(0),
        )
        .unwrap();
    free && db
        .execute("update link set used_at = 1 where id = $1", [round])
        .unwrap()
        == 1
}

/// As the store does it: one statement that changes a row only while it is free.
fn claim(db: &Connection, round: i64) -> bool {
    let sql = "update link set used_at = 1 where id = $1 and used_at is null";
    db.execute(sql, [round]).unwrap() == 1
}

/// The claims of the second factor, naively and as the store does them. True: came in, or was compared.
fn behind_password(db: &Connection, what: &str, naive: bool, round: i64) -> bool {
    let number = |sql: &str| -> i64 { db.query_row(sql, [round], |row| row.get(0)).unwrap() };
    let change = |sql: &str| db.execute(sql, [round]).unwrap() == 1;
    match (what, naive) {
        ("step", true) => {
            number("select last_step from factor where id = $1") < 1
                && change("update factor set last_step = 1 where id = $1")
        }
        ("step", false) => {
            change("update factor set last_step = 1 where id = $1 and last_step < 1")
        }
        ("wrong", true) => {
            let wrong = number("select wrong from tries where id = $1");
            wrong < 6
                && change(&format!(
                    "update tries set wrong = {} where id = $1",
                    wrong + 1
                ))
        }
        ("wrong", false) => {
            change("update tries set wrong = wrong + 1 where id = $1 and wrong < 6")
        }
        ("trust", true) => {
            number("select count(*) from trust where who = $1") == 0
                && change("insert into trust (who) values ($1)")
        }
        _ => {
            db.execute_batch("begin immediate").unwrap();
            db.execute("delete from trust where who = $1", [round])
                .unwrap();
            let added = change("insert into trust (who) values ($1)");
            db.execute_batch("commit").unwrap();
            added
        }
    }
}

/// Changes a password, knowing the old one, with six tries open at most. Naively the hash is read before the try is
/// counted, and a try that comes too late stays open. True: it was changed.
fn change_password(db: &Connection, naive: bool, round: i64) -> bool {
    let read = || -> (i64, i64, i64) {
        db.query_row(
            "select hash, open, round from account where id = $1",
            [round],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )
        .unwrap()
    };
    let mut seen = read();
    let mut waits = 0;
    loop {
        db.execute_batch("begin immediate").unwrap();
        let now = read();
        let goes = now.1 < 6;
        if goes {
            let sql = "update account set open = open + 1 where id = $1";
            db.execute(sql, [round]).unwrap();
        }
        db.execute_batch("commit").unwrap();
        if !naive {
            seen = now;
        }
        if goes {
            break;
        }
        // Where as many tries were left open as are allowed, nobody ever goes.
        waits += 1;
        if waits == 400 {
            return false;
        }
        std::thread::sleep(std::time::Duration::from_millis(5));
    }
    let password = Secret::new(PASSWORD.to_owned());
    HashCost::FLOOR.hash(&password, &Entropy::os()).unwrap();
    db.execute_batch("begin immediate").unwrap();
    let sql = "update account set hash = hash + 1, open = 0, round = round + 1 where id = $1 and hash = $2";
    let changed = db.execute(sql, [round, seen.0]).unwrap() == 1;
    if !changed && !naive {
        let sql = "update account set open = open - 1 where id = $1 and round = $2";
        db.execute(sql, [round, seen.2]).unwrap();
    }
    db.execute_batch("commit").unwrap();
    changed
}

fn open(file: &Path) -> Connection {
    let db = Connection::open(file).unwrap();
    db.busy_timeout(PATIENCE).unwrap();
    db.execute_batch("pragma synchronous = full").unwrap();
    db
}

/// How many of the workers won a round.
fn winners(workers: &mut [Process], db: &Connection, what: &str, kind: &str, round: i64) -> usize {
    let row = match what {
        "link" => "insert into link (id) values ($1)",
        "step" => "insert into factor (id, last_step) values ($1, 0)",
        "wrong" => "insert into tries (id, wrong) values ($1, 0)",
        "password" => "insert into account (id, hash, open, round) values ($1, 0, 0, 0)",
        _ => "delete from trust where who = $1",
    };
    db.execute(row, [round]).unwrap();
    at_once(
        workers,
        &vec![format!("{what} {kind} {round}\n"); PROCESSES],
    );
    workers
        .iter()
        .filter(|worker| word(worker) == "won")
        .count()
}

fn word(worker: &Process) -> String {
    loop {
        if let Some(word) = worker.line().strip_prefix(MARK) {
            return word.to_owned();
        }
    }
}

/// A scratch file with what is claimed, and workers that are ready.
fn workers(folder: &Path) -> (PathBuf, Vec<Process>) {
    let file = folder.join("scratch.db");
    open(&file).execute_batch(SCHEMA).unwrap();
    let name = module_path!().split_once("::").unwrap().1;
    let worker = || {
        let mut command = Command::new(env::current_exe().unwrap());
        command.env(JOB, &file).args(["--nocapture", "--exact"]);
        command.arg(format!("{name}::a_worker_works_only_for_the_control"));
        Process::start(&mut command)
    };
    let workers: Vec<Process> = (0..PROCESSES).map(|_| worker()).collect();
    for worker in &workers {
        assert_eq!(word(worker), "ready");
    }
    (file, workers)
}

#[test]
fn the_harness_can_fail() {
    let _turn = turn();
    let folder = tempfile::tempdir().unwrap();
    let (file, mut workers) = workers(folder.path());
    let db = open(&file);
    let several =
        (1..=ROUNDS).find(|&round| winners(&mut workers, &db, "link", "naive", round) > 1);
    assert!(
        several.is_some(),
        "no race in {ROUNDS} rounds: this harness finds nothing"
    );
    for round in ROUNDS + 1..=2 * ROUNDS {
        assert_eq!(winners(&mut workers, &db, "link", "conditional", round), 1);
    }
    for worker in workers {
        assert_eq!(worker.end().code(), Some(0));
    }
}

/// One round of a claim behind a password: whether more happened than may.
fn too_many(workers: &mut [Process], db: &Connection, what: &str, kind: &str, round: i64) -> bool {
    let won = winners(workers, db, what, kind, round);
    match what {
        "step" => won > 1,
        "wrong" => won > 6,
        "password" => {
            let sql = "select open from account where id = $1";
            let open: i64 = db.query_row(sql, [round], |row| row.get(0)).unwrap();
            open > 0
        }
        _ => {
            let sql = "select count(*) from trust where who = $1";
            let entries: i64 = db.query_row(sql, [round], |row| row.get(0)).unwrap();
            entries > 1
        }
    }
}

/// The hash before each claim spreads the claims: still a naive one is found out, for every kind of claim that the
/// races of codes are about.
#[test]
fn the_harness_can_fail_behind_a_password_too() {
    let _turn = turn();
    let folder = tempfile::tempdir().unwrap();
    let (file, mut workers) = workers(folder.path());
    let db = open(&file);
    for what in ["step", "wrong", "trust", "password"] {
        let found = (1..=ROUNDS).find(|&round| too_many(&mut workers, &db, what, "naive", round));
        assert!(found.is_some(), "{what}: no race in {ROUNDS} rounds");
        for round in ROUNDS + 1..=ROUNDS + 4 {
            assert!(!too_many(&mut workers, &db, what, "conditional", round));
        }
    }
    for worker in workers {
        assert_eq!(worker.end().code(), Some(0));
    }
}
