//! The real executable: its exit codes, streams, signals, files and terminal.

mod authenticators;
mod beside;
mod clients;
mod completion;
mod disk;
mod files;
mod follow;
mod judges;
mod qr_picture;
mod rights;
mod serve;
mod set_up;
mod signals;
mod slots;
mod sms;
mod smtp;
mod streams;
mod terminal;

use std::fmt;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;

use crate::support::judge;
use crate::support::world::folder;

/// No run of the executable lasts longer; what does, hangs.
const LONGEST: Duration = Duration::from_mins(1);

/// The executable under test.
const ADMIT: &str = env!("CARGO_BIN_EXE_admit");

/// A home for the executable, and nothing else of this process's environment.
struct Machine {
    home: TempDir,
}

/// What a process did.
struct Ended {
    stdout: String,
    stderr: String,
    /// `None`: a signal ended it.
    code: Option<i32>,
}

impl fmt::Display for Ended {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}----\n{}[exit {:?}]",
            self.stdout, self.stderr, self.code
        )
    }
}

impl Machine {
    fn new() -> Self {
        Self { home: folder() }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        path
    }

    fn store(&self) -> PathBuf {
        self.path(".local/share/admit/admit.db")
    }

    /// A command line, not started yet.
    fn command(&self, line: &str) -> Command {
        let mut command = Command::new(ADMIT);
        self.dress(&mut command);
        command.args(judge::split(line).unwrap());
        command
    }

    /// A line for `sh`, in which `admit` is the executable.
    fn shell(&self, line: &str) -> Command {
        let mut command = Command::new("sh");
        self.dress(&mut command);
        command.args(["-c", line]);
        command
    }

    fn dress(&self, command: &mut Command) {
        let here = Path::new(ADMIT).parent().unwrap().to_str().unwrap();
        command
            .env_clear()
            .env("HOME", self.home.path())
            .env(
                "PATH",
                format!("{here}:/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin"),
            )
            .env("LANG", "C.UTF-8")
            .env("TZ", "UTC")
            .current_dir(self.home.path());
    }

    fn run(&self, line: &str) -> Ended {
        end(self.command(line), b"")
    }

    fn pipe(&self, line: &str, stdin: impl AsRef<[u8]>) -> Ended {
        end(self.command(line), stdin.as_ref())
    }

    fn sh(&self, line: &str) -> Ended {
        end(self.shell(line), b"")
    }

    /// The one number that a query on the store gives.
    fn count(&self, query: &str) -> i64 {
        let db = rusqlite::Connection::open(self.store()).unwrap();
        db.query_row(query, [], |row| row.get(0)).unwrap()
    }

    fn people(&self) -> i64 {
        self.count("select count(*) from account")
    }

    /// The token in the newest letter, or the one that was printed.
    fn token(&self, line: &str) -> String {
        let ended = self.run(&format!("{line} --print-link --no-mail"));
        assert_eq!(ended.code, Some(0), "{ended}");
        let token = ended.stdout.lines().last().unwrap().trim().to_owned();
        assert!(token.starts_with("adm_"), "{ended}");
        token
    }
}

/// Starts a process, feeds it, and waits for its end, but not for ever.
fn end(mut command: Command, stdin: &[u8]) -> Ended {
    command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let stdin = stdin.to_vec();
    let mut input = child.stdin.take().unwrap();
    // Whoever does not read its input leaves the pipe closed.
    std::thread::spawn(move || input.write_all(&stdin).ok());
    finish(child)
}

/// Waits for the end of a process, but not for ever.
fn finish(mut child: Child) -> Ended {
    let mut out = child.stdout.take();
    let mut err = child.stderr.take();
    let out = std::thread::spawn(move || out.as_mut().map(text).unwrap_or_default());
    let err = std::thread::spawn(move || err.as_mut().map(text).unwrap_or_default());
    let status = wait(&mut child);
    let ended = Ended {
        stdout: out.join().unwrap(),
        stderr: err.join().unwrap(),
        code: status.code(),
    };
    for text in [&ended.stdout, &ended.stderr] {
        assert!(
            !text.contains("panicked") && !text.contains("RUST_BACKTRACE"),
            "{ended}"
        );
    }
    ended
}

fn text(stream: &mut impl Read) -> String {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn wait(child: &mut Child) -> std::process::ExitStatus {
    let mut waited = Duration::ZERO;
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if waited > LONGEST {
            child.kill().ok();
            panic!("it hangs");
        }
        pause(Duration::from_millis(10));
        waited += Duration::from_millis(10);
    }
}

#[expect(clippy::disallowed_methods, reason = "another process needs real time")]
fn pause(time: Duration) {
    std::thread::sleep(time);
}

/// Fails unless a program is there that a test cannot do without.
fn required(program: &str, package: &str) {
    let found = ["/usr/local/bin", "/usr/bin", "/bin"]
        .iter()
        .any(|folder| Path::new(folder).join(program).exists());
    assert!(
        found,
        "{program} is missing: install the Debian package {package}"
    );
}

/// A file of people, with its header.
fn crowd(many: usize) -> String {
    let mut csv = String::from("address\n");
    csv.extend((0..many).map(|n| format!("p{n:06}@example.com\n")));
    csv
}
