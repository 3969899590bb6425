//! The speed promises, as ratios against a named tool in the same run: `cargo bench --bench ratios`.
//!
//! | work | against | at most |
//! |---|---|---|
//! | `show ADDRESS`, whole process | `sqlite3 FILE 'SELECT …'` for the same row | 1.6 × |
//! | `invite --from` 100,000 rows, no mail | `sqlite3` `.import` of the same rows into the same tables and indexes | 1.5 × |
//! | one right password through `gate stream` | one bare Argon2id with the same parameters | 1.1 × |
//! | one right password with an authenticator's code through `gate stream` | the same | 1.1 × |
//!
//! `cargo bench --bench ratios -- code` runs one of them: `bulk` (and `show`, which needs its people), `password`,
//! `code`.
//!
//! Needs the `sqlite3` shell. The two sides of each row take turns, and the medians are compared. For `.import`,
//! which can bring in text only, the tables are the store's own without the word STRICT, each blob is text of the
//! same length, and the three partial indexes that would be empty are left out (an empty cell is not null there).
//! Both sides write ahead, synchronise fully and check foreign keys. `ADMIT_BENCH_ROWS` makes the rows fewer.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and the environment"
)]
#![expect(clippy::print_stdout, reason = "a benchmark prints its result")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use admit::domain::address::Address;
use admit::domain::event::{Actor, Source};
use admit::ops::invite::{Invite, invite};
use admit::ops::{Op, OpError, Scope};
use admit::store::{Done, Location, Store};
use admit::vault::{Entropy, TotpSecret, Vault, keyfile, step_at};
use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};

const ADMIT: &str = env!("CARGO_BIN_EXE_admit");
const PASSWORD: &str = "correct horse battery staple";

fn main() {
    // `cargo test --benches` runs this too, to see that it builds.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let rows: usize =
        std::env::var("ADMIT_BENCH_ROWS").map_or(100_000, |rows| rows.parse().unwrap());
    println!(
        "sqlite3 shell: {}",
        text(Command::new("sqlite3").arg("--version"))
    );
    let home = tempfile::tempdir().unwrap();
    // Cargo adds an option of its own.
    let only = std::env::args().skip(1).find(|word| !word.starts_with('-'));
    let wanted = |what: &str| only.as_deref().is_none_or(|only| only == what);
    if wanted("bulk") {
        bulk(home.path(), rows);
        show(home.path(), rows);
    }
    if wanted("password") {
        sign_in(home.path());
    }
    if wanted("code") {
        sign_in_with_code(home.path());
    }
}

/// A command in a home of its own.
fn admit(home: &Path) -> Command {
    let mut command = Command::new(ADMIT);
    command
        .env_clear()
        .env("HOME", home)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

fn store(home: &Path) -> PathBuf {
    home.join(".local/share/admit/admit.db")
}

/// What a command prints.
fn text(command: &mut Command) -> String {
    let output = command.output().unwrap();
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
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

fn report(what: &str, ours: Vec<Duration>, theirs: Vec<Duration>, limit: f64) {
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    let verdict = if ratio <= limit { "ok" } else { "TOO SLOW" };
    println!(
        "{what}: {ours:.1?} against {theirs:.1?} = {ratio:.2} × (at most {limit} ×) {verdict}"
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

fn bulk(home: &Path, rows: usize) {
    let csv = home.join("people.csv");
    let few = home.join("few.csv");
    people(&csv, rows);
    people(&few, rows / 10);
    let invite = |home: &Path, file: &Path| {
        let _ = fs::remove_dir_all(home.join(".local"));
        let mut command = admit(home);
        command
            .args([
                "invite",
                "--no-mail",
                "--yes",
                "--quiet",
                "-o",
                "jsonl",
                "--from",
            ])
            .arg(file);
        command
    };
    let small = run_measured(&mut invite(home, &few));
    let large = run_measured(&mut invite(home, &csv));
    println!(
        "memory at most: {small} KiB for {} rows, {large} KiB for {rows} rows",
        rows / 10
    );

    let script = import_script(home);
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for _ in 0..5 {
        let mut command = invite(home, &csv);
        ours.push(timed(|| assert!(command.status().unwrap().success())));
        let _ = fs::remove_file(home.join("import.db"));
        theirs.push(timed(|| {
            let status = Command::new("sqlite3")
                .arg(home.join("import.db"))
                .stdin(File::open(&script).unwrap())
                .stdout(Stdio::null())
                .status();
            assert!(status.unwrap().success());
        }));
    }
    let same = |table: &str| {
        let count = |file: PathBuf| {
            text(
                Command::new("sqlite3")
                    .arg(file)
                    .arg(format!("select count(*) from {table}")),
            )
        };
        assert_eq!(count(store(home)), count(home.join("import.db")), "{table}");
    };
    for table in TABLES {
        same(table);
    }
    report(&format!("invite {rows} from CSV"), ours, theirs, 1.5);
}

/// The tables that an invitation writes to.
const TABLES: [&str; 4] = ["account", "access", "link", "audit"];

/// What the shell is to do: the same tables and indexes, and the rows that `invite` has just written.
fn import_script(home: &Path) -> PathBuf {
    let source = store(home);
    let mut script = String::from(
        "pragma journal_mode = wal;\npragma synchronous = full;\npragma foreign_keys = on;\n",
    );
    script
        .push_str("create table panel (id integer primary key);\ninsert into panel values (1);\n");
    for table in TABLES {
        let schema = format!(
            "select sql || ';' from sqlite_schema where sql is not null and type in ('table', 'index') and tbl_name = '{table}' and name not in ('account_locked', 'account_disabled', 'access_removed') order by type desc"
        );
        script.push_str(
            &text(Command::new("sqlite3").arg(&source).arg(schema)).replace(") STRICT;", ");"),
        );
        script.push('\n');
        let columns = text(Command::new("sqlite3").arg(&source).arg(format!(
            "select group_concat(name) from pragma_table_info('{table}')"
        )));
        let cells: Vec<String> = columns
            .split(',')
            .map(|name| format!("case when typeof({name}) = 'blob' then substr(hex({name}), 1, length({name})) || '' else {name} end"))
            .collect();
        let file = home.join(format!("{table}.csv"));
        let export = format!(
            ".mode csv\n.once {}\nselect {} from {table} order by rowid;\n",
            file.display(),
            cells.join(", ")
        );
        let mut shell = Command::new("sqlite3")
            .arg(&source)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .spawn()
            .unwrap();
        shell
            .stdin
            .take()
            .unwrap()
            .write_all(export.as_bytes())
            .unwrap();
        assert!(shell.wait().unwrap().success());
        script.push_str(&format!(".mode csv\n.import {} {table}\n", file.display()));
    }
    let path = home.join("import.sql");
    fs::write(&path, script).unwrap();
    path
}

fn show(home: &Path, rows: usize) {
    let address = format!("person{:07}@example.com", rows / 2);
    let select = format!(
        "select account.*, access.role, access.until_at from account join access on access.account_id = account.id where address_key = '{address}'"
    );
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for _ in 0..200 {
        let mut command = admit(home);
        command.args(["show", &address]);
        ours.push(timed(|| assert!(command.status().unwrap().success())));
        let mut shell = Command::new("sqlite3");
        shell.arg(store(home)).arg(&select).stdout(Stdio::null());
        theirs.push(timed(|| assert!(shell.status().unwrap().success())));
    }
    report(&format!("show one of {rows}"), ours, theirs, 1.6);
}

fn sign_in(home: &Path) {
    let output = admit(home)
        .args([
            "invite",
            "zoe@example.org",
            "--print-link",
            "--no-mail",
            "-o",
            "json",
        ])
        .stdout(Stdio::piped())
        .output()
        .unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let token = json["results"][0]["token"].as_str().unwrap().to_owned();
    let mut gate = Gate::start(home);
    gate.ask(
        &json!({"op": "register", "panel": "main", "id": 0, "token": token, "password": PASSWORD}),
    );
    let bare = Bare::new();
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for id in 1..=SIGN_INS {
        let request = json!({"op": "sign-in", "ip": null, "panel": "main", "id": id, "address": "zoe@example.org", "password": PASSWORD});
        ours.push(timed(|| gate.ask(&request)));
        theirs.push(timed(|| bare.verify()));
    }
    gate.end();
    report("one right password through gate stream", ours, theirs, 1.1);
}

/// So many sign-ins are timed, each beside a bare hash.
const SIGN_INS: usize = 41;

/// `gate stream`, and what it is asked.
struct Gate {
    process: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Gate {
    fn start(home: &Path) -> Self {
        let mut process = admit(home)
            .args(["gate", "stream"])
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

    fn end(mut self) {
        drop(self.requests);
        assert!(self.process.wait().unwrap().success());
    }
}

/// Argon2id with the parameters of a new store, and nothing around it.
struct Bare {
    argon2: Argon2<'static>,
    phc: String,
}

impl Bare {
    fn new() -> Self {
        let argon2 = Argon2::new(
            Algorithm::Argon2id,
            Version::V0x13,
            Params::new(65_536, 3, 4, Some(32)).unwrap(),
        );
        let phc = argon2
            .hash_password(PASSWORD.as_bytes())
            .unwrap()
            .to_string();
        Self { argon2, phc }
    }

    fn verify(&self) {
        let hash = PasswordHash::new(&self.phc).unwrap();
        self.argon2
            .verify_password(PASSWORD.as_bytes(), &hash)
            .unwrap();
    }
}

/// People with an authenticator: each signs in once, since a step counts once and lasts 30 seconds.
fn guarded(home: &Path, phc: &str, count: usize) -> Vec<(String, TotpSecret)> {
    assert!(
        admit(home)
            .args(["invite", "ada@example.org", "--no-mail"])
            .status()
            .unwrap()
            .success()
    );
    let ring = keyfile::load(&home.join(".config/admit/key")).unwrap();
    let vault = Vault::new(ring, Entropy::os());
    let mut store = Store::open(&Location::File(store(home)), vault, true).unwrap();
    let now = Timestamp::from_millisecond(Timestamp::now().as_millisecond()).unwrap();
    let op = Op {
        now,
        wall: now,
        zone: TimeZone::UTC,
        actor: Actor {
            source: Source::Command,
            operator: "bench".into(),
            ip: None,
        },
    };
    let add = |store: &mut Store, who: String| {
        let secret = TotpSecret::random(&Entropy::os()).unwrap();
        let request = Invite {
            address: Address::parse(&who).unwrap(),
            panel: None,
            name: None,
            phone: None,
            lang: None,
            role: None,
            note: None,
            term: None,
            notify: false,
            mail: false,
            bulk: false,
            resend_pending: false,
        };
        store
            .change(|tx| {
                let scope = Scope::load(tx)?;
                invite(tx, &scope, &op, &request)?;
                let account = tx.account(&request.address)?.unwrap();
                tx.set_password(account.id, phc, 15, op.now)?;
                tx.set_factor(&account, &secret, 0, op.now)?;
                Ok::<_, OpError>(Done::recorded(()))
            })
            .unwrap();
        (who, secret)
    };
    (0..count)
        .map(|number| add(&mut store, format!("guarded{number}@example.org")))
        .collect()
}

fn sign_in_with_code(home: &Path) {
    let bare = Bare::new();
    let people = guarded(home, &bare.phc, SIGN_INS + 2);
    let mut gate = Gate::start(home);
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for (id, (who, secret)) in people.iter().enumerate() {
        let code = secret.code_at(step_at(Timestamp::now()));
        let request = json!({"op": "sign-in", "ip": null, "panel": "main", "id": id, "address": who, "password": PASSWORD, "code": code.as_str()});
        ours.push(timed(|| gate.ask(&request)));
        theirs.push(timed(|| bare.verify()));
    }
    gate.end();
    // The first two opened the store.
    ours.drain(..2);
    theirs.drain(..2);
    report(
        "one right password with a code through gate stream",
        ours,
        theirs,
        1.1,
    );
}
