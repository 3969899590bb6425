//! PostgreSQL, and what the engine layer costs, as ratios against a named tool in the same run:
//! `cargo bench --bench server`.
//!
//! | part | work | against | at most |
//! |---|---|---|---|
//! | `bulk` | `invite --from` 100,000 rows, no mail | `psql \copy` of the same rows into the same tables and indexes | 2 × the time |
//! | `signins` | 16 processes signing in to one store | the same in 16 stores, where nobody shares a chain with anybody | half the throughput at least |
//! | `engine` | a statement, and a transaction, through the store on SQLite | the same statement through bare rusqlite | |
//! | `copy` | 1,000,000 people from a file to a server and back | equal exports; memory of a tenth of them | |
//!
//! `cargo bench --bench server -- bulk` runs one part. The server is a private one with the settings it comes with, but that
//! it listens on loopback; both sides of a row use it in turn, and the medians are compared. `ADMIT_BENCH_ROWS` makes the rows
//! fewer. Needs PostgreSQL with `psql`.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and the environment"
)]
#![expect(clippy::print_stdout, reason = "a benchmark prints its result")]
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a benchmark that cannot go on stops"
)]

#[path = "../tests/postgres/programs.rs"]
mod programs;
#[path = "../tests/postgres/server.rs"]
#[expect(dead_code, reason = "the tests use more of it")]
mod server;

/// What the server of the tests asks for.
mod support {
    pub(crate) mod bench_store {
        /// On a disk, as stores are.
        pub(crate) fn folder() -> tempfile::TempDir {
            tempfile::tempdir().unwrap()
        }
    }
}

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Barrier;
use std::time::{Duration, Instant};

use admit::store::{Done, Fault, Location, Store};
use admit::vault::{Entropy, Vault, keyfile};
use rusqlite::{Connection, TransactionBehavior};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use server::{Database, Guard, Server};

const ADMIT: &str = env!("CARGO_BIN_EXE_admit");
const PASSWORD: &str = "correct horse battery staple";

/// Takes back what the tests' server leaves out, so that commits are on the disk.
const AS_IT_COMES: &str = "fsync = on\nfull_page_writes = on\nsynchronous_commit = on\nwal_level = replica\n\
     autovacuum = on\nshared_buffers = 128MB\njit = on\n";

fn main() {
    // `cargo test --benches` runs this too, to see that it builds.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let rows: Option<usize> = std::env::var("ADMIT_BENCH_ROWS")
        .ok()
        .map(|rows| rows.parse().unwrap());
    // Cargo adds an option of its own.
    let only = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let wanted = |what: &str| only.as_deref().is_none_or(|only| only == what);
    if wanted("engine") {
        engine();
    }
    let server = Server::guarded(&Guard {
        settings: AS_IT_COMES.into(),
        ..Guard::default()
    });
    server::admin(server.port())
        .batch_execute("create role olga login")
        .unwrap();
    if wanted("bulk") {
        bulk(&server, rows.unwrap_or(100_000));
    }
    if wanted("signins") {
        sign_ins(&server);
    }
    if wanted("copy") {
        copy(&server, rows.unwrap_or(1_000_000));
    }
}

/// A home with a store, in a file or on a server.
struct Home {
    folder: tempfile::TempDir,
    store: String,
    database: Option<Database>,
}

impl Home {
    fn on(server: &Server) -> Self {
        let database = server.database();
        Self {
            folder: tempfile::tempdir().unwrap(),
            store: database.url("olga"),
            database: Some(database),
        }
    }

    fn in_a_file() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("admit.db").display().to_string();
        Self {
            folder,
            store,
            database: None,
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn admit(&self, words: &[&str]) -> Command {
        let mut command = Command::new(ADMIT);
        command
            .env_clear()
            .env("HOME", self.folder.path())
            .env("ADMIT_STORE", &self.store)
            .args(words)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    fn run(&self, words: &[&str]) {
        let mut command = self.admit(words);
        assert!(command.status().unwrap().success(), "{words:?}");
    }

    /// What a command prints.
    fn text(&self, words: &[&str]) -> String {
        let output = self.admit(words).stdout(Stdio::piped()).output().unwrap();
        assert!(output.status.success(), "{words:?}");
        String::from_utf8(output.stdout).unwrap()
    }

    fn open(&self) -> Store {
        let ring = keyfile::load(&self.path(".config/admit/key")).unwrap();
        let location = Location::parse(&self.store, &admit::store::Surroundings::default());
        Store::open(&location, Vault::new(ring, Entropy::os()), true).unwrap()
    }

    /// Runs a script of psql's, which must succeed.
    fn psql(&self, script: &str) -> String {
        assert!(self.database.is_some());
        let file = self.path("script.sql");
        fs::write(&file, format!("set search_path to admit;\n{script}")).unwrap();
        let output = Command::new(programs::binaries().join("psql"))
            .args(["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-1", "-f"])
            .arg(&file)
            .arg(&self.store)
            .output()
            .unwrap();
        assert!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }
}

fn timed(mut run: impl FnMut()) -> Duration {
    let start = Instant::now();
    run();
    start.elapsed()
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

fn verdict(good: bool) -> &'static str {
    if good { "ok" } else { "NOT HELD" }
}

fn people(path: &Path, rows: usize) {
    let mut file = BufWriter::new(File::create(path).unwrap());
    writeln!(file, "address,name,role,for").unwrap();
    for number in 0..rows {
        // In an order that is not that of addresses, as real lists are.
        let shuffled = (number * 7_919) % rows;
        writeln!(
            file,
            "person{shuffled:07}@example.com,Person {shuffled},member,30d"
        )
        .unwrap();
    }
}

/// The tables that an invitation writes to, each behind those that it refers to.
const TABLES: [&str; 4] = ["account", "access", "link", "audit"];

fn bulk(server: &Server, rows: usize) {
    let csv = tempfile::NamedTempFile::new().unwrap();
    people(csv.path(), rows);
    let csv = csv.path().to_str().unwrap();
    let files = tempfile::tempdir().unwrap();
    let file = |table: &str| files.path().join(table).display().to_string();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for round in 0..5 {
        let invited = Home::on(server);
        invited.run(&["store", "init"]);
        let mut command = invited.admit(&[
            "invite",
            "--no-mail",
            "--yes",
            "--quiet",
            "-o",
            "jsonl",
            "--from",
            csv,
        ]);
        let mut peak = 0;
        ours.push(timed(|| peak = run_measured(&mut command)));
        if round == 0 {
            println!("invite {rows} rows: memory at most {peak} KiB");
            for table in TABLES {
                let order = if table == "audit" { "seq" } else { "id" };
                // The first entry is there in every store.
                let rows = if table == "audit" {
                    "where seq > 1"
                } else {
                    ""
                };
                invited.psql(&format!(
                    "\\copy (select * from {table} {rows} order by {order}) to '{}'",
                    file(table)
                ));
            }
        }
        let copied = Home::on(server);
        copied.run(&["store", "init"]);
        let script: Vec<String> = TABLES
            .iter()
            .map(|table| format!("\\copy {table} from '{}'", file(table)))
            .collect();
        theirs.push(timed(|| drop(copied.psql(&script.join("\n")))));
        for table in TABLES {
            let count = format!("select count(*) from {table}");
            assert_eq!(invited.psql(&count), copied.psql(&count), "{table}");
        }
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "invite {rows} from CSV: {ours:.1?} against {theirs:.1?} of psql \\copy = {ratio:.2} × (at most 2 ×) {}",
        verdict(ratio <= 2.0)
    );
}

/// Runs a command to its end and gives the most memory it had, in KiB.
fn run_measured(command: &mut Command) -> u64 {
    let mut child = command.spawn().unwrap();
    let status = format!("/proc/{}/status", child.id());
    let mut peak = 0;
    loop {
        if let Ok(text) = fs::read_to_string(&status) {
            let line = text.lines().find(|line| line.starts_with("VmHWM:"));
            let value = line.and_then(|line| line.split_whitespace().nth(1)?.parse().ok());
            peak = peak.max(value.unwrap_or(0));
        }
        if let Some(end) = child.try_wait().unwrap() {
            assert!(end.success(), "{command:?} ended with {end}");
            return peak;
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// So many processes sign in at once.
const PROCESSES: usize = 16;
/// So many times each, one after the other.
const SIGN_INS: usize = 30;

/// `gate stream`, and what it is asked.
struct Gate {
    process: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Gate {
    fn start(home: &Home) -> Self {
        let mut process = home
            .admit(&["gate", "stream"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        Self {
            requests: process.stdin.take().unwrap(),
            answers: BufReader::new(process.stdout.take().unwrap()),
            process,
        }
    }

    /// Asks, and is answered with a yes.
    fn ask(&mut self, request: &Value) {
        writeln!(self.requests, "{request}").unwrap();
        self.requests.flush().unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(answer["ok"], true, "{answer}");
    }

    fn sign_in(&mut self, id: usize, who: &str) {
        self.ask(
            &json!({"op": "sign-in", "ip": null, "panel": "main", "id": id, "address": who, "password": PASSWORD}),
        );
    }

    fn end(mut self) {
        drop(self.requests);
        assert!(self.process.wait().unwrap().success());
    }
}

/// Somebody for each process, in a store with the cheapest passwords that it takes.
fn with_people(home: &Home) {
    home.run(&["store", "init"]);
    home.run(&["store", "set", "argon2=19456,2,1", "--yes"]);
    let mut gate = Gate::start(home);
    for number in 0..PROCESSES {
        let who = format!("person{number}@example.com");
        let row = home.text(&["invite", &who, "--print-link", "--no-mail", "-o", "jsonl"]);
        let token = serde_json::from_str::<Value>(&row).unwrap()["token"].clone();
        gate.ask(&json!({"op": "register", "panel": "main", "id": 0, "token": token, "password": PASSWORD}));
    }
    gate.end();
}

/// Sign-ins a second, of one process for each home.
fn throughput(homes: &[&Home]) -> f64 {
    let ready = Barrier::new(homes.len() + 1);
    let mut gates: Vec<Gate> = homes.iter().map(|home| Gate::start(home)).collect();
    let elapsed = std::thread::scope(|scope| {
        for (number, gate) in gates.iter_mut().enumerate() {
            let ready = &ready;
            scope.spawn(move || {
                let who = format!("person{number}@example.com");
                gate.sign_in(0, &who);
                ready.wait();
                for id in 1..=SIGN_INS {
                    gate.sign_in(id, &who);
                }
                ready.wait();
            });
        }
        ready.wait();
        timed(|| {
            ready.wait();
        })
    });
    gates.into_iter().for_each(Gate::end);
    let count = u32::try_from(homes.len() * SIGN_INS).unwrap();
    f64::from(count) / elapsed.as_secs_f64()
}

fn sign_ins(server: &Server) {
    let shared = Home::on(server);
    with_people(&shared);
    let own: Vec<Home> = (0..PROCESSES)
        .map(|_| {
            let home = Home::on(server);
            with_people(&home);
            home
        })
        .collect();
    let (mut together, mut apart) = (Vec::new(), Vec::new());
    for _ in 0..5 {
        together.push(throughput(&[&shared; PROCESSES]));
        apart.push(throughput(&own.iter().collect::<Vec<_>>()));
    }
    let middle = |mut rates: Vec<f64>| {
        rates.sort_by(f64::total_cmp);
        rates[rates.len() / 2]
    };
    let (together, apart) = (middle(together), middle(apart));
    let share = together / apart;
    println!(
        "{PROCESSES} processes signing in: {together:.0} a second in one store against {apart:.0} in {PROCESSES} stores = \
         {share:.2} × (at least 0.5 ×) {}",
        verdict(share >= 0.5)
    );
}

/// So many statements are timed together.
const STATEMENTS: u32 = 20_000;

fn engine() {
    let home = Home::in_a_file();
    home.run(&["store", "init"]);
    let mut store = home.open();
    let mut bare = Connection::open(&home.store).unwrap();
    bare.execute_batch(
        "pragma synchronous = full; pragma foreign_keys = on; pragma trusted_schema = off; pragma cell_size_check = on; \
         pragma secure_delete = on; pragma temp_store = memory; pragma cache_size = -16384;",
    )
    .unwrap();
    let head = "select seq, hash from chain where id = 1";
    let set = "insert into store_setting (key, value) values ($1, $2) on conflict (key) do update set value = excluded.value";
    let reset = [("reset-lifetime", "1h"), ("reset-lifetime", "2h")];

    compare(
        "a query inside a transaction",
        || {
            store
                .read(|tx| {
                    for _ in 0..STATEMENTS {
                        std::hint::black_box(tx.audit_head()?);
                    }
                    Ok::<_, Fault>(())
                })
                .unwrap();
        },
        || {
            let tx = bare.transaction().unwrap();
            for _ in 0..STATEMENTS {
                let mut statement = tx.prepare_cached(head).unwrap();
                let row: (i64, [u8; 32]) = statement
                    .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
                    .unwrap();
                std::hint::black_box(row);
            }
        },
    );
    compare(
        "a write inside a transaction",
        || {
            store
                .change(|tx| {
                    for number in 0..STATEMENTS as usize {
                        let (key, value) = reset[number % 2];
                        tx.set_store_setting(key, value)?;
                    }
                    Ok::<_, Fault>(Done::unrecorded(()))
                })
                .unwrap();
        },
        || {
            let tx = bare
                .transaction_with_behavior(TransactionBehavior::Immediate)
                .unwrap();
            for number in 0..STATEMENTS as usize {
                let (key, value) = reset[number % 2];
                tx.prepare_cached(set)
                    .unwrap()
                    .execute([key, value])
                    .unwrap();
            }
            tx.commit().unwrap();
        },
    );
    compare(
        "a transaction with one query",
        || {
            for _ in 0..STATEMENTS {
                std::hint::black_box(store.read(|tx| tx.audit_head()).unwrap());
            }
        },
        || {
            for _ in 0..STATEMENTS {
                let tx = bare.transaction().unwrap();
                let mut statement = tx.prepare_cached(head).unwrap();
                let row: (i64, [u8; 32]) = statement
                    .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
                    .unwrap();
                std::hint::black_box(row);
            }
        },
    );
}

fn compare(what: &str, mut ours: impl FnMut(), mut bare: impl FnMut()) {
    let (mut one, mut other) = (Vec::new(), Vec::new());
    for _ in 0..9 {
        one.push(timed(&mut ours));
        other.push(timed(&mut bare));
    }
    let (ours, bare) = (median(one) / STATEMENTS, median(other) / STATEMENTS);
    let ratio = ours.as_secs_f64() / bare.as_secs_f64();
    println!("{what} on SQLite: {ours:.2?} against {bare:.2?} of bare rusqlite = {ratio:.2} ×");
}

/// SHA-256 over everything that a command prints.
fn digest(home: &Home, words: &[&str]) -> String {
    let mut child = home.admit(words).stdout(Stdio::piped()).spawn().unwrap();
    let mut digest = Sha256::new();
    std::io::copy(&mut child.stdout.take().unwrap(), &mut Hashing(&mut digest)).unwrap();
    assert!(child.wait().unwrap().success(), "{words:?}");
    admit::domain::text::hex(&digest.finalize())
}

struct Hashing<'d>(&'d mut Sha256);

impl Write for Hashing<'_> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.update(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn copy(server: &Server, rows: usize) {
    let few = there_and_back(server, rows / 10);
    let many = there_and_back(server, rows);
    for (what, few, many) in [("to the server", few.0, many.0), ("back", few.1, many.1)] {
        println!(
            "copy of {rows} people {what}: {:.1?}; memory at most {} KiB, and {} KiB for {}",
            many.0,
            many.1,
            few.1,
            rows / 10
        );
    }
}

type Took = (Duration, u64);

/// Copies people from a file to a server and from there to another file, and compares what they export.
fn there_and_back(server: &Server, rows: usize) -> (Took, Took) {
    let file = Home::in_a_file();
    let csv = file.path("people.csv");
    people(&csv, rows);
    file.run(&["store", "init"]);
    let csv = csv.to_str().unwrap();
    let began = Instant::now();
    file.run(&[
        "invite",
        "--no-mail",
        "--yes",
        "--quiet",
        "-o",
        "jsonl",
        "--from",
        csv,
    ]);
    println!("invited {rows} in {:.1?}", began.elapsed());

    let database = server.database();
    let with_key = |store: String, database: Option<Database>| {
        let home = Home {
            folder: tempfile::tempdir().unwrap(),
            store,
            database,
        };
        fs::create_dir_all(home.path(".config/admit")).unwrap();
        fs::copy(
            file.path(".config/admit/key"),
            home.path(".config/admit/key"),
        )
        .unwrap();
        home
    };
    let remote = with_key(database.url("olga"), Some(database));
    let there = moved(&file, &remote.store);
    let again = with_key(file.path("again.db").display().to_string(), None);
    let back = moved(&remote, &again.store);

    for words in [
        ["list", "-o", "jsonl"].as_slice(),
        &["audit", "list", "-o", "jsonl"],
        &["mail", "list", "-o", "jsonl"],
    ] {
        let wanted = digest(&file, words);
        for home in [&remote, &again] {
            assert_eq!(digest(home, words), wanted, "{words:?}");
        }
    }
    // A backup has every row of every table; its first line says when and of what it was made.
    let backup = |home: &Home| {
        let path = home.path("backup");
        home.run(&["store", "backup", path.to_str().unwrap()]);
        let mut digest = Sha256::new();
        let mut lines = BufReader::new(File::open(&path).unwrap());
        let mut line = String::new();
        while lines.read_line(&mut line).unwrap() > 0 {
            if !line.starts_with("{\"admit_backup\"") && !line.starts_with("{\"end\"") {
                digest.update(&line);
            }
            line.clear();
        }
        admit::domain::text::hex(&digest.finalize())
    };
    let wanted = backup(&file);
    assert_eq!(backup(&remote), wanted);
    assert_eq!(backup(&again), wanted);
    println!("{rows}: people, record, mail and every row of the backup are the same in all three");
    (there, back)
}

fn moved(from: &Home, to: &str) -> Took {
    let mut peak = 0;
    let time = timed(|| peak = run_measured(&mut from.admit(&["store", "copy", "--to", to])));
    (time, peak)
}
