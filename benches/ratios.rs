//! The speed promises, as ratios against a named tool in the same run: `cargo bench --bench ratios`.
//!
//! | work | against | at most |
//! |---|---|---|
//! | `show ADDRESS`, whole process | `sqlite3 FILE 'SELECT …'` for the same row | 1.6 × |
//! | `invite --from` 100,000 rows, no mail | `sqlite3` `.import` of the same rows into the same tables and indexes | 1.5 × |
//! | one right password through `gate stream` | one bare Argon2id with the same parameters | 1.1 × |
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
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use argon2::password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash};
use argon2::{Algorithm, Argon2, Params, Version};

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
    bulk(home.path(), rows);
    show(home.path(), rows);
    sign_in(home.path());
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
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let token = json["results"][0]["token"].as_str().unwrap().to_owned();
    let mut stream = admit(home)
        .args(["gate", "stream"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut requests = stream.stdin.take().unwrap();
    let mut answers = BufReader::new(stream.stdout.take().unwrap());
    let mut ask = |request: serde_json::Value| {
        writeln!(requests, "{request}").unwrap();
        requests.flush().unwrap();
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
        let answer: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(answer["ok"], true, "{answer}");
    };
    ask(
        serde_json::json!({"op": "register", "panel": "main", "id": 0, "token": token, "password": PASSWORD}),
    );

    let bare = Argon2::new(
        Algorithm::Argon2id,
        Version::V0x13,
        Params::new(65_536, 3, 4, Some(32)).unwrap(),
    );
    let phc = bare.hash_password(PASSWORD.as_bytes()).unwrap().to_string();
    let mut ours = Vec::new();
    let mut theirs = Vec::new();
    for id in 1..=41 {
        let request = serde_json::json!({"op": "sign-in", "panel": "main", "id": id, "address": "zoe@example.org", "password": PASSWORD});
        ours.push(timed(|| ask(request.clone())));
        theirs.push(timed(|| {
            let hash = PasswordHash::new(&phc).unwrap();
            bare.verify_password(PASSWORD.as_bytes(), &hash).unwrap();
        }));
    }
    drop(requests);
    stream.wait().unwrap();
    report("one right password through gate stream", ours, theirs, 1.1);
}
