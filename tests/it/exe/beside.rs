//! Other programs that use SQLite on the store file beside a panel's `gate stream`: nothing that was confirmed is lost.
//!
//! Debian's `sqlite3` (3.40.1) reads, writes a row that stays as it is, rolls back, copies and empties the log all the time,
//! while people register and sign in through a stream, which opens several connections. Then everything that the stream
//! confirmed must be there, and the store whole.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use serde_json::{Value, json};

use super::{Machine, finish, pause, required};
use crate::support::file::{ON_FILE, ON_INDEX, has_lock, with};

/// How many rounds are run, unless this variable says otherwise: a hundred by hand, few here, since each hashes a dozen passwords.
const ROUNDS: usize = 2;
const ROUNDS_VARIABLE: &str = "ADMIT_BESIDE_ROUNDS";

/// People who register and sign in, in each round.
const PEOPLE: usize = 6;

const PASSWORD: &str = "quiet harbour at dawn";

/// What the other program is told, each by a process of its own. `$COPY` is a file that is not there yet.
const OTHERS: [&str; 8] = [
    "select 1;",
    "select count(*) from account;",
    "begin immediate; update panel set name = name; rollback;",
    "update panel set name = name;",
    "begin immediate; create table scratch (id integer); insert into scratch values (1); drop table scratch; commit;",
    ".backup '$COPY'",
    "vacuum into '$COPY';",
    "pragma wal_checkpoint(truncate);",
];

#[expect(clippy::disallowed_methods, reason = "asked for by hand only")]
fn rounds() -> usize {
    std::env::var(ROUNDS_VARIABLE)
        .ok()
        .and_then(|rounds| rounds.parse().ok())
        .unwrap_or(ROUNDS)
}

/// Runs one line after another, each in a new process. Says which went well.
fn run_others(machine: &Machine) -> [bool; OTHERS.len()] {
    let copy = machine.path("copy");
    OTHERS.map(|line| {
        let ended = Command::new("sqlite3")
            .args(["-cmd", ".timeout 5000"])
            .arg(machine.store())
            .arg(line.replace("$COPY", copy.to_str().unwrap()))
            .output()
            .unwrap();
        // It may be kept waiting, and that is all.
        let said = String::from_utf8_lossy(&ended.stderr);
        let waited = said.contains("locked") || said.contains("busy");
        assert!(ended.status.success() || waited, "{line}: {said}");
        std::fs::remove_file(&copy).ok();
        ended.status.success()
    })
}

/// When the others run beside the load.
#[derive(Default)]
struct Turn {
    begin: AtomicBool,
    stop: AtomicBool,
}

/// The same from when it is told to begin until it is told to stop. One at a time, because each is to find nobody else at the file but the panel. Says how
/// often each went well.
fn keep_running(machine: &Machine, turn: &Turn) -> [usize; OTHERS.len()] {
    let mut ran = [0; OTHERS.len()];
    while !turn.begin.load(Ordering::SeqCst) && !turn.stop.load(Ordering::SeqCst) {
        pause(Duration::from_millis(5));
    }
    while !turn.stop.load(Ordering::SeqCst) {
        for (ran, well) in ran.iter_mut().zip(run_others(machine)) {
            *ran += usize::from(well);
        }
    }
    ran
}

/// Fails unless a process has the locks by which others see that it uses the file and its log.
fn assert_locked(process: u32, file: &Path, when: &str) {
    for (file, lock) in [(file.to_owned(), ON_FILE), (with(file, "-shm"), ON_INDEX)] {
        assert!(
            has_lock(process, &file, lock),
            "{when} the stream has no lock on {}",
            file.display()
        );
    }
}

fn ask(input: &mut ChildStdin, request: Value) {
    writeln!(input, "{request}").unwrap();
}

fn answer(lines: &Receiver<String>) -> Value {
    let line = lines
        .recv_timeout(Duration::from_mins(1))
        .expect("the stream does not answer");
    serde_json::from_str(&line).unwrap()
}

/// Registers everybody and signs everybody in. Gives each one's session.
fn everybody_comes(
    machine: &Machine,
    tokens: &BTreeMap<String, String>,
    turn: &Turn,
) -> BTreeMap<String, String> {
    let mut command = machine.command("gate stream --panel main");
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut stream = command.spawn().unwrap();
    let mut input = stream.stdin.take().unwrap();
    let output = BufReader::new(stream.stdout.take().unwrap());
    let (sender, lines) = channel();
    let reader = std::thread::spawn(move || {
        for line in output.lines().map_while(Result::ok) {
            sender.send(line).ok();
        }
    });
    // All workers get a connection; then the others have the file to themselves.
    for number in 0..16 {
        let nobody = format!("adm_s_{}", "0".repeat(52));
        ask(
            &mut input,
            json!({"op": "check-session", "id": number, "session": nobody}),
        );
    }
    for _ in 0..16 {
        assert_eq!(answer(&lines)["reason"], "session-ended");
    }
    let (process, file) = (stream.id(), machine.store());
    let log = || std::fs::metadata(with(&file, "-wal")).unwrap().ino();
    let before = log();
    assert_locked(process, &file, "with several connections");
    run_others(machine);
    assert_locked(process, &file, "after the other programs");
    assert_eq!(log(), before, "the log was replaced under the stream");
    turn.begin.store(true, Ordering::SeqCst);
    for (address, token) in tokens {
        ask(
            &mut input,
            json!({"op": "register", "id": address, "token": token, "password": PASSWORD}),
        );
    }
    let mut sessions = BTreeMap::new();
    while sessions.len() < tokens.len() {
        let said = answer(&lines);
        let address = said["id"].as_str().unwrap().to_owned();
        match said["answer"].as_str() {
            Some("registered") => ask(
                &mut input,
                json!({"op": "sign-in", "ip": null, "id": address, "address": address, "password": PASSWORD}),
            ),
            Some("signed-in") => {
                sessions.insert(address, said["session"].as_str().unwrap().to_owned());
            }
            _ => panic!("{said}"),
        }
    }
    // On the connections that are open, while the others go on.
    for session in sessions.values() {
        ask(
            &mut input,
            json!({"op": "check-session", "session": session}),
        );
        assert_eq!(answer(&lines)["answer"], "session-live");
    }
    assert_locked(process, &file, "at the end");
    assert_eq!(log(), before, "the log was replaced under the stream");
    drop(input);
    reader.join().unwrap();
    let ended = finish(stream);
    assert_eq!(ended.code, Some(0), "{ended}");
    sessions
}

#[test]
fn other_programs_on_the_file_take_nothing_away_that_was_confirmed() {
    required("sqlite3", "sqlite3");
    for round in 0..rounds() {
        let machine = Machine::new();
        machine.run("store init");
        machine.run("store set argon2=19456,2,1");
        let tokens: BTreeMap<String, String> = (0..PEOPLE)
            .map(|number| {
                let address = format!("p{number}@example.com");
                let token = machine.token(&format!("invite {address}"));
                (address, token)
            })
            .collect();
        let turn = Turn::default();
        let (sessions, ran) = std::thread::scope(|threads| {
            let others = threads.spawn(|| keep_running(&machine, &turn));
            // Also a failure stops the others.
            let sessions = std::panic::catch_unwind(|| everybody_comes(&machine, &tokens, &turn));
            turn.stop.store(true, Ordering::SeqCst);
            (sessions, others.join().unwrap())
        });
        let sessions = sessions.unwrap_or_else(|panic| std::panic::resume_unwind(panic));
        for (line, ran) in OTHERS.iter().zip(ran) {
            assert!(ran > 0, "{line} never ran");
        }
        for line in ["store check", "audit verify", "list"] {
            let ended = machine.run(line);
            assert_eq!(ended.code, Some(0), "round {round}: {line}\n{ended}");
        }
        for (address, session) in &sessions {
            let request = json!({"session": session}).to_string();
            let ended = machine.pipe("gate check-session --panel main", request);
            assert_eq!(ended.code, Some(0), "round {round}: {address}\n{ended}");
        }
        let registered = "select count(*) from audit where action = 'registered'";
        assert_eq!(machine.count(registered), i64::try_from(PEOPLE).unwrap());
        let hashes = "select count(*) from account where password_hash is not null";
        assert_eq!(machine.count(hashes), i64::try_from(PEOPLE).unwrap());
    }
}
