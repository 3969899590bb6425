//! How long a panel waits for `check-session` while strangers sign in: `cargo bench --bench lanes`.
//!
//! | work | against | at most |
//! |---|---|---|
//! | `check-session` through `gate stream` behind 40 sign-ins at unknown addresses, p99 | one bare Argon2id with the parameters of a new store | 1.0 × |
//!
//! Without lanes the first `check-session` waits for all 40: about 20 × one hash on two cores. The same without
//! strangers is printed beside it. Both sides are measured in the same run.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and the environment"
)]
#![expect(clippy::print_stdout, reason = "a benchmark prints its result")]
#![expect(clippy::unwrap_used, reason = "a benchmark that cannot go on stops")]

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use argon2::{Algorithm, Argon2, Params, Version};
use serde_json::{Value, json};

const ADMIT: &str = env!("CARGO_BIN_EXE_admit");
const PASSWORD: &str = "correct horse battery staple";

/// So many strangers come at once.
const STRANGERS: usize = 40;
/// So many checks without them.
const IDLE: usize = 1_000;

fn main() {
    // `cargo test --benches` runs this too, to see that it builds.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let mut gate = Gate::start(home.path());
    let session = gate.session(home.path());
    let hash = bare();
    for _ in 0..50 {
        gate.check(&session);
    }
    let idle = (0..IDLE).map(|_| gate.check(&session)).collect();
    print("check-session, nobody else", idle);
    let mut behind = Vec::new();
    for round in 0..3 {
        behind.extend(gate.behind_strangers(&session, round));
    }
    let p99 = print(
        &format!("check-session behind {STRANGERS} strangers"),
        behind,
    );
    let ratio = p99.as_secs_f64() / hash.as_secs_f64();
    let verdict = if ratio <= 1.0 { "ok" } else { "TOO SLOW" };
    println!(
        "p99 behind strangers against one bare Argon2id ({hash:.1?}) = {ratio:.3} × (at most 1.0 ×) {verdict}"
    );
    gate.end();
}

/// Prints what half and what all but a hundredth took at most; gives the latter.
fn print(what: &str, mut times: Vec<Duration>) -> Duration {
    times.sort();
    let at = |part: usize| times[(times.len() - 1) * part / 100];
    println!(
        "{what}: {} checks, p50 {:.2?}, p99 {:.2?}, longest {:.2?}",
        times.len(),
        at(50),
        at(99),
        at(100)
    );
    at(99)
}

/// The median time of one hash.
fn bare() -> Duration {
    let params = Params::new(64 * 1024, 3, 4, Some(32)).unwrap();
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    let mut times: Vec<Duration> = (0..9)
        .map(|_| {
            let start = Instant::now();
            let mut tag = [0; 32];
            argon2
                .hash_password_into(PASSWORD.as_bytes(), &[7; 16], &mut tag)
                .unwrap();
            start.elapsed()
        })
        .collect();
    times.sort();
    times[4]
}

fn admit(home: &Path, words: &[&str]) -> Command {
    let mut command = Command::new(ADMIT);
    command
        .env_clear()
        .env("HOME", home)
        .args(words)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    command
}

struct Gate {
    process: Child,
    requests: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Gate {
    fn start(home: &Path) -> Self {
        assert!(admit(home, &["store", "init"]).status().unwrap().success());
        let mut process = admit(home, &["gate", "stream", "--panel", "main"])
            .spawn()
            .unwrap();
        Self {
            requests: process.stdin.take().unwrap(),
            answers: BufReader::new(process.stdout.take().unwrap()),
            process,
        }
    }

    fn send(&mut self, request: &Value) {
        writeln!(self.requests, "{request}").unwrap();
    }

    fn hear(&mut self) -> Value {
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    /// A session of somebody who registers.
    fn session(&mut self, home: &Path) -> String {
        let words = [
            "invite",
            "zoe@example.org",
            "--print-link",
            "--no-mail",
            "-o",
            "json",
        ];
        let invited = admit(home, &words).output().unwrap();
        let json: Value = serde_json::from_slice(&invited.stdout).unwrap();
        let token = &json["results"][0]["token"];
        self.send(&json!({"op": "register", "token": token, "password": PASSWORD}));
        assert_eq!(self.hear()["ok"], true);
        self.send(&json!({"op": "sign-in", "ip": null, "address": "zoe@example.org", "password": PASSWORD}));
        self.hear()["session"].as_str().unwrap().to_owned()
    }

    /// How long one check takes.
    fn check(&mut self, session: &str) -> Duration {
        let start = Instant::now();
        self.send(&json!({"op": "check-session", "id": "check", "session": session}));
        assert_eq!(self.hear()["answer"], "session-live");
        start.elapsed()
    }

    /// How long each check takes while strangers are waiting, one check after another.
    fn behind_strangers(&mut self, session: &str, round: usize) -> Vec<Duration> {
        for number in 0..STRANGERS {
            let address = format!("nobody{number}@{round}.example.com");
            let ip = format!("198.18.{round}.{number}");
            self.send(&json!({"op": "sign-in", "address": address, "password": "x", "ip": ip}));
        }
        let (mut times, mut answered) = (Vec::new(), 0);
        while answered < STRANGERS {
            let start = Instant::now();
            self.send(&json!({"op": "check-session", "id": "check", "session": session}));
            while self.hear()["id"] != "check" {
                answered += 1;
            }
            times.push(start.elapsed());
        }
        times
    }

    fn end(mut self) {
        drop(self.requests);
        assert!(self.process.wait().unwrap().success());
    }
}
