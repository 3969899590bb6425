//! Races and crashes with real processes: whatever happens at once happens as if one came after the other, and
//! whatever is killed leaves all or nothing.
//!
//! Processes that were started before stand at a barrier, one thread each, and are written to at once. Nothing here
//! asserts how long anything takes; who does not answer in [`PATIENCE`] is killed, and the test fails. The races take
//! turns, so that each has the machine to itself. [`control`] shows that the same harness finds a race where there
//! is one.

#![expect(
    clippy::disallowed_methods,
    reason = "races wait, measure how long a run takes to kill it in the middle, and hand a job to their control"
)]

mod bulk;
mod control;
mod crash;
mod passwords;
mod serial;
mod tokens;

use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::sync::{Barrier, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, ToSql};
use serde_json::Value;

use admit::domain::address::Address;
use admit::domain::event::{Actor, Source};
use admit::ops::invite::{Invite, invite};
use admit::ops::outcome::Outcome;
use admit::ops::register::register;
use admit::ops::reset_password::{Reset, reset_password};
use admit::ops::{Op, OpError, Scope};
use admit::store::{Done, Fault, Location, Store, Tx};
use admit::vault::{Entropy, Secret, Token, Vault, keyfile};

const ADMIT: &str = env!("CARGO_BIN_EXE_admit");

/// So long an answer or an end is waited for. Far more than is ever needed: it is there so that a test ends.
const PATIENCE: Duration = Duration::from_secs(120);

/// The cheapest password hash that a store takes (P1).
const CHEAP: &str = "19456,2,1";

const PASSWORD: &str = "correct horse battery staple";
const WRONG: &str = "not the password of anybody";

/// Races take turns.
fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A home of its own, with a store in it that the executable made.
struct World {
    home: tempfile::TempDir,
}

impl World {
    /// A store with cheap password hashes.
    fn new() -> Self {
        let world = Self::with_dear_passwords();
        world.change(|tx| {
            tx.set_store_setting("argon2", CHEAP)?;
            Ok(Done::unrecorded(()))
        });
        world
    }

    /// A store as it is made.
    fn with_dear_passwords() -> Self {
        let world = Self::empty();
        assert_eq!(world.run(&["store", "init"]).code, Some(0));
        world
    }

    /// No store at all.
    fn empty() -> Self {
        Self { home: tempfile::tempdir().unwrap() }
    }

    fn path(&self) -> &Path {
        self.home.path()
    }

    fn file(&self) -> PathBuf {
        self.path().join(".local/share/admit/admit.db")
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(ADMIT);
        command.env_clear().env("HOME", self.path()).args(words);
        command
    }

    /// Runs a command to its end.
    fn run(&self, words: &[&str]) -> Ran {
        ran(&mut self.command(words), "")
    }

    /// So many `admit gate stream`.
    fn streams(&self, count: usize) -> Vec<Process> {
        (0..count).map(|_| Process::start(&mut self.command(&["gate", "stream"]))).collect()
    }

    fn store(&self) -> Store {
        let ring = keyfile::load(&self.path().join(".config/admit/key")).unwrap();
        Store::open(&Location::File(self.file()), Vault::new(ring, Entropy::os()), true).unwrap()
    }

    fn change<T>(&self, work: impl FnMut(&mut Tx<'_>) -> Result<Done<T>, Fault>) -> T {
        self.store().change(work).unwrap()
    }

    /// One number.
    fn count(&self, sql: &str, params: &[&dyn ToSql]) -> i64 {
        self.db().query_row(sql, params, |row| row.get(0)).unwrap()
    }

    fn db(&self) -> Connection {
        let db = Connection::open(self.file()).unwrap();
        db.busy_timeout(PATIENCE).unwrap();
        db
    }

    /// How many entries of this kind the audit has.
    fn entries(&self, action: &str) -> i64 {
        self.count("select count(*) from audit where action = $1", &[&action])
    }

    /// What the entries of this kind about a person say.
    fn details(&self, address: &str, action: &str) -> Vec<Value> {
        let db = self.db();
        let sql = "select coalesce(audit.detail, '{}') from audit join account on account.reference = audit.account \
                   where account.address_key = $1 and audit.action = $2 order by seq";
        let mut statement = db.prepare(sql).unwrap();
        let texts = statement.query_map([address, action], |row| row.get::<_, String>(0)).unwrap();
        texts.map(|text| serde_json::from_str(&text.unwrap()).unwrap()).collect()
    }

    /// Everything in the store fits together.
    fn assert_whole(&self) {
        for words in [["store", "check"], ["audit", "verify"]] {
            let ran = self.run(&words);
            assert_eq!(ran.code, Some(0), "{words:?}: {}{}", ran.out, ran.err);
        }
    }
}

/// What an operation in the test's own process gets.
fn op() -> Op {
    op_at(Timestamp::from_millisecond(Timestamp::now().as_millisecond()).unwrap())
}

fn op_at(now: Timestamp) -> Op {
    let actor = Actor { source: Source::Command, operator: "race".into(), ip: None };
    Op { now, zone: TimeZone::UTC, actor }
}

fn later(op: &Op, seconds: i64) -> Op {
    op_at(op.now.checked_add(SignedDuration::from_secs(seconds)).unwrap())
}

fn address(text: &str) -> Address {
    Address::parse(text).unwrap()
}

/// Does something to one person and gives the token of the link that was made for it.
fn link(
    store: &mut Store,
    work: impl Fn(&mut Tx<'_>, &Scope, &Op) -> Result<Outcome, OpError>,
) -> Token {
    let op = op();
    store
        .change(|tx| {
            let scope = Scope::load(tx)?;
            let outcome = work(tx, &scope, &op)?;
            let link = tx.link_by_id(outcome.link_id.unwrap())?.unwrap();
            Ok::<_, OpError>(Done::recorded(tx.token_of(&link).unwrap()))
        })
        .unwrap()
}

/// Invites somebody to a panel, mailed or not.
fn invitation(store: &mut Store, who: &str, panel: &str, mail: bool) -> Token {
    let request = Invite {
        address: address(who),
        panel: Some(panel.into()),
        name: None,
        phone: None,
        lang: None,
        role: None,
        note: None,
        term: None,
        notify: false,
        mail,
        bulk: false,
        resend_pending: false,
    };
    link(store, |tx, scope, op| invite(tx, scope, op, &request))
}

/// Somebody new with a password.
fn registered(store: &mut Store, who: &str) {
    let token = invitation(store, who, "main", false);
    register(store, &op(), &token, &Secret::new(PASSWORD.to_owned()), None).unwrap();
}

fn reset_link(store: &mut Store, who: &str) -> Token {
    link(store, |tx, scope, op| reset_password(tx, scope, op, &address(who), &Reset::default()))
}

/// A request of a stream, on a line.
fn sign_in(id: usize, who: &str, password: &str) -> Value {
    serde_json::json!({"op": "sign-in", "id": id, "address": who, "password": password})
}

/// A process that answers lines with lines. It is killed when it is dropped.
struct Process {
    child: Child,
    input: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Process {
    fn start(command: &mut Command) -> Self {
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self { child, input, lines }
    }

    fn write(&mut self, text: &str) {
        let input = self.input.as_mut().unwrap();
        input.write_all(text.as_bytes()).and_then(|()| input.flush()).unwrap();
    }

    fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("no answer came")
    }

    fn answer(&self) -> Value {
        serde_json::from_str(&self.line()).unwrap()
    }

    /// Ends the input and waits for the process.
    fn end(mut self) -> ExitStatus {
        drop(self.input.take());
        awaited(&mut self.child)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Waits for a child, and kills it if that takes too long.
fn awaited(child: &mut Child) -> ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if start.elapsed() > PATIENCE {
            child.kill().ok();
            child.wait().ok();
            panic!("a process did not end");
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// What a command that ran to its end left.
#[derive(Debug)]
struct Ran {
    code: Option<i32>,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("{self:?}"))
    }
}

/// Runs a command to its end.
fn ran(command: &mut Command, input: &str) -> Ran {
    let mut child =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    // One that has ended already reads nothing.
    child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
    let out = slurp(child.stdout.take().unwrap());
    let err = slurp(child.stderr.take().unwrap());
    let code = awaited(&mut child).code();
    Ran { code, out: out.join().unwrap(), err: err.join().unwrap() }
}

fn slurp(mut from: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = String::new();
        from.read_to_string(&mut text).unwrap();
        text
    })
}

/// Writes to every process at once.
fn at_once(processes: &mut [Process], texts: &[String]) {
    assert_eq!(processes.len(), texts.len());
    let barrier = Barrier::new(texts.len());
    thread::scope(|threads| {
        for (process, text) in processes.iter_mut().zip(texts) {
            let barrier = &barrier;
            threads.spawn(move || {
                barrier.wait();
                process.write(text);
            });
        }
    });
}

/// Runs commands at once, each after its own pause, with its own input.
fn run_at_once(commands: Vec<(Command, &str, Duration)>) -> Vec<Ran> {
    let barrier = Barrier::new(commands.len());
    thread::scope(|threads| {
        let running: Vec<_> = commands
            .into_iter()
            .map(|(mut command, input, pause)| {
                let barrier = &barrier;
                threads.spawn(move || {
                    barrier.wait();
                    thread::sleep(pause);
                    ran(&mut command, input)
                })
            })
            .collect();
        running.into_iter().map(|thread| thread.join().unwrap()).collect()
    })
}

/// Evenly distributed from nothing to `most`.
fn some_of(most: Duration) -> Duration {
    let bytes: [u8; 4] = Entropy::os().bytes().unwrap();
    most.mul_f64(f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX))
}
