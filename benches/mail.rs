//! The speed of sending mail: `cargo bench --bench mail`.
//!
//! | work | against | at most |
//! |---|---|---|
//! | `mail send` of 10,000 invitations, whole process | `smtp-source -d` sending as many messages of the same size | 1.5 × |
//!
//! Both go to the same `smtp-sink`, each over one connection, and take turns; medians are compared. Both programs come
//! with Postfix (Debian: the package postfix). `smtp-source` sends ready bytes; `mail send` makes each message, with its
//! link, from the templates, and writes down what became of it. Its peak memory is told for a tenth as many, too: it
//! may be larger by the store's page cache (16 MiB), which fills once.
//! `ADMIT_BENCH_ROWS` makes them fewer.
#![expect(
    clippy::disallowed_methods,
    reason = "a benchmark reads the clock and the environment"
)]
#![expect(clippy::print_stdout, reason = "a benchmark prints its result")]
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    reason = "a benchmark that cannot go on stops"
)]

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

const ADMIT: &str = env!("CARGO_BIN_EXE_admit");
const ROUNDS: usize = 5;
/// The store's page cache in KiB, which fills once, and a little.
const CACHE: u64 = 17 * 1024;
const SENDER: &str = "access@example.com";

fn main() {
    // `cargo test --benches` runs this too, to see that it builds.
    if std::env::args().any(|argument| argument == "--test") {
        return;
    }
    let rows: usize =
        std::env::var("ADMIT_BENCH_ROWS").map_or(10_000, |rows| rows.parse().unwrap());
    let sink = Sink::start();
    let few = GateContext::new(rows / 10, sink.port);
    let (_, small) = few.send();
    let size = few.size(sink.port);
    println!("{rows} messages of {size} bytes each");
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    let mut large = 0;
    for _ in 0..ROUNDS {
        let desk = GateContext::new(rows, sink.port);
        let (took, peak) = desk.send();
        ours.push(took);
        large = large.max(peak);
        theirs.push(source(rows, size, sink.port));
    }
    let (ours, theirs) = (median(ours), median(theirs));
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    println!(
        "mail send {:.0} ms, smtp-source -d {:.0} ms: {ratio:.2} x (at most 1.5 x)",
        ours.as_secs_f64() * 1e3,
        theirs.as_secs_f64() * 1e3
    );
    println!(
        "peak memory {small} KiB for {}, {large} KiB for {rows}",
        rows / 10
    );
    assert!(ratio <= 1.5, "too slow");
    assert!(large <= small + CACHE, "memory grows with the queue");
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// Postfix's mail server that throws everything away.
struct Sink {
    child: Child,
    port: u16,
}

impl Sink {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        drop(listener);
        let child = Command::new("smtp-sink")
            .args(["-u", "nobody", &format!("127.0.0.1:{port}"), "1000"])
            .stdin(Stdio::null())
            .spawn()
            .expect("smtp-sink is missing: install the Debian package postfix");
        let sink = Self { child, port };
        let is_there = (0..100).any(|_| {
            std::thread::sleep(Duration::from_millis(50));
            TcpStream::connect(("127.0.0.1", port)).is_ok()
        });
        assert!(is_there, "smtp-sink did not start");
        sink
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// A home with so many invitations in the queue.
struct GateContext {
    home: TempDir,
    rows: usize,
}

impl GateContext {
    fn new(rows: usize, port: u16) -> Self {
        let desk = Self {
            home: tempfile::tempdir().unwrap(),
            rows,
        };
        let people = desk.path("people.csv");
        let mut csv = String::from("address\n");
        csv.extend((0..rows).map(|n| format!("p{n:06}@example.com\n")));
        fs::write(&people, csv).unwrap();
        // First without a way out: what fails stays queued, and is due again at once.
        let nowhere = [
            "invite",
            "--from",
            people.to_str().unwrap(),
            "--yes",
            "--quiet",
        ];
        desk.config("smtp+plain://127.0.0.1:1");
        let status = desk.command(&nowhere).status().unwrap();
        assert!(status.success());
        let due = rusqlite::Connection::open(desk.path(".local/share/admit/admit.db")).unwrap();
        due.execute("update outbox set next_at = queued_at", [])
            .unwrap();
        drop(due);
        desk.config(&format!("smtp+plain://127.0.0.1:{port}"));
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn config(&self, server: &str) {
        let path = self.path(".config/admit/config.toml");
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(
            path,
            format!("[mail]\nserver = \"{server}\"\nsender = \"{SENDER}\"\n"),
        )
        .unwrap();
    }

    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(ADMIT);
        command
            .args(words)
            .env_clear()
            .env("HOME", self.home.path())
            .env("TZ", "UTC")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Sends all of them; the time and the peak memory in KiB.
    fn send(&self) -> (Duration, u64) {
        let began = Instant::now();
        let mut child = self.command(&["mail", "send", "--quiet"]).spawn().unwrap();
        let status = Path::new("/proc")
            .join(child.id().to_string())
            .join("status");
        let mut peak = 0;
        let ended = loop {
            if let Ok(text) = fs::read_to_string(&status)
                && let Some(line) = text.lines().find(|line| line.starts_with("VmHWM:"))
            {
                let number = line.split_whitespace().nth(1).unwrap();
                peak = peak.max(number.parse().unwrap());
            }
            if let Some(ended) = child.try_wait().unwrap() {
                break ended;
            }
            std::thread::sleep(Duration::from_millis(5));
        };
        let took = began.elapsed();
        assert!(ended.success(), "mail send failed");
        let store = rusqlite::Connection::open(self.path(".local/share/admit/admit.db")).unwrap();
        let sent: i64 = store
            .query_row(
                "select count(*) from outbox where state = 'sent'",
                [],
                |row| row.get(0),
            )
            .unwrap();
        assert_eq!(usize::try_from(sent).unwrap(), self.rows);
        (took, peak)
    }

    /// What one of our messages is long: one more, written to a file.
    fn size(&self, port: u16) -> usize {
        fs::write(
            self.path(".config/admit/config.toml"),
            format!("[mail]\nsender = \"{SENDER}\"\n"),
        )
        .unwrap();
        let status = self
            .command(&["invite", "p000000x@example.com"])
            .status()
            .unwrap();
        assert!(status.success());
        let folder = self.path(".local/share/admit/mail");
        let file = fs::read_dir(folder).unwrap().next().unwrap().unwrap();
        self.config(&format!("smtp+plain://127.0.0.1:{port}"));
        fs::read(file.path()).unwrap().len()
    }
}

fn source(rows: usize, size: usize, port: u16) -> Duration {
    let began = Instant::now();
    let status = Command::new("smtp-source")
        .args([
            "-d",
            "-s",
            "1",
            "-m",
            &rows.to_string(),
            "-l",
            &size.to_string(),
        ])
        .args(["-f", SENDER, "-t", "p000000@example.com"])
        .arg(format!("inet:127.0.0.1:{port}"))
        .stdin(Stdio::null())
        .status()
        .expect("smtp-source is missing: install the Debian package postfix");
    assert!(status.success());
    began.elapsed()
}
