//! The control: the same barrier and as many processes, with a claim that reads and then writes. If this finds no
//! second winner, the other races prove nothing.

use std::env;
use std::io::{Write, stdin, stdout};
use std::path::Path;
use std::process::Command;

use rusqlite::Connection;

use super::{PATIENCE, Process, at_once, turn};

const PROCESSES: usize = 16;
const ROUNDS: i64 = 100;

/// Names the scratch file to a worker; a test run without it is no worker.
const JOB: &str = "RACES_CONTROL_FILE";
/// Begins a worker's answer, so that what the test runner prints is passed over.
const MARK: &str = "control: ";

/// A worker: `naive 7` or `conditional 7` on a line claims round 7, and is answered with whether it won.
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
        let (kind, round) = line.split_once(' ').unwrap();
        let round: i64 = round.parse().unwrap();
        let won = if kind == "naive" {
            claim_naively(&db, round)
        } else {
            claim(&db, round)
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

fn open(file: &Path) -> Connection {
    let db = Connection::open(file).unwrap();
    db.busy_timeout(PATIENCE).unwrap();
    db.execute_batch("pragma synchronous = full").unwrap();
    db
}

/// How many of the workers won a round.
fn winners(workers: &mut [Process], db: &Connection, kind: &str, round: i64) -> usize {
    db.execute("insert into link (id) values ($1)", [round])
        .unwrap();
    at_once(workers, &vec![format!("{kind} {round}\n"); PROCESSES]);
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

#[test]
fn the_harness_can_fail() {
    let _turn = turn();
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scratch.db");
    let db = open(&file);
    db.execute_batch(
        "pragma journal_mode = wal; create table link (id integer primary key, used_at integer)",
    )
    .unwrap();
    let name = module_path!().split_once("::").unwrap().1;
    let worker = || {
        let mut command = Command::new(env::current_exe().unwrap());
        command.env(JOB, &file).args(["--nocapture", "--exact"]);
        command.arg(format!("{name}::a_worker_works_only_for_the_control"));
        Process::start(&mut command)
    };
    let mut workers: Vec<Process> = (0..PROCESSES).map(|_| worker()).collect();
    for worker in &workers {
        assert_eq!(word(worker), "ready");
    }
    let several = (1..=ROUNDS).find(|&round| winners(&mut workers, &db, "naive", round) > 1);
    assert!(
        several.is_some(),
        "no race in {ROUNDS} rounds: this harness finds nothing"
    );
    for round in ROUNDS + 1..=2 * ROUNDS {
        assert_eq!(winners(&mut workers, &db, "conditional", round), 1);
    }
    for worker in workers {
        assert_eq!(worker.end().code(), Some(0));
    }
}
