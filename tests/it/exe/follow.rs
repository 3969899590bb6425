//! `mail send --follow`: a service for what panels queue.

use std::io::{BufRead, BufReader};
use std::process::{Child, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::{LONGEST, Machine, finish, pause, required};
use crate::support::bad_server::{BadServer, Deed, Nature, say};

const PASSWORD: &str = "seven green bottles hang there";

/// A service, and the lines of one of its streams as they come.
struct Service {
    child: Option<Child>,
    lines: Receiver<String>,
}

impl Service {
    /// Listens to standard output, or else to standard error.
    fn start(machine: &Machine, line: &str, out: bool) -> Self {
        let mut command = machine.command(line);
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let (sender, lines) = channel();
        let listen = |stream: Box<dyn std::io::Read + Send>| {
            let sender = sender.clone();
            std::thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    sender.send(line).ok();
                }
            });
        };
        if out {
            listen(Box::new(child.stdout.take().unwrap()));
        } else {
            listen(Box::new(child.stderr.take().unwrap()));
        }
        Self {
            child: Some(child),
            lines,
        }
    }

    fn line(&self) -> String {
        self.lines.recv_timeout(LONGEST).expect("it says nothing")
    }

    /// Ends it, and gives what it still said; how long that took is bounded.
    #[expect(
        clippy::disallowed_methods,
        reason = "how long a real process takes is what is measured"
    )]
    fn end(mut self, signal: Signal) -> (Option<i32>, Vec<String>) {
        let start = Instant::now();
        let child = self.child.take().unwrap();
        kill_process(Pid::from_child(&child), signal).unwrap();
        let ended = finish(child);
        assert!(start.elapsed() < Duration::from_secs(10), "{ended}");
        (ended.code, self.lines.iter().collect())
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        if let Some(mut child) = self.child.take() {
            child.kill().ok();
            child.wait().ok();
        }
    }
}

/// A machine with a person, who can forget the password.
fn machine() -> Machine {
    let machine = Machine::new();
    machine.run("store init");
    let token = machine.token("invite ada@example.com --lang de");
    let ended = machine.pipe("self register", format!("{token}\n{PASSWORD}\n"));
    assert_eq!(ended.code, Some(0), "{ended}");
    machine
}

/// A panel's one-shot process, which only queues.
fn forget(machine: &Machine) {
    let ended = machine.pipe(
        "gate forgot-password",
        "{\"ip\":null,\"address\":\"ada@example.com\"}",
    );
    assert_eq!(ended.code, Some(0), "{ended}");
    assert_eq!(machine.count("select count(*) from outbox"), 1);
}

#[test]
fn what_a_panel_queues_is_sent_by_the_service_until_it_is_told_to_stop() {
    for signal in [Signal::TERM, Signal::INT] {
        let machine = machine();
        let service = Service::start(&machine, "mail send --follow -o jsonl", true);
        forget(&machine);
        let row: Value = serde_json::from_str(&service.line()).unwrap();
        assert_eq!(row["address"], "ada@example.com");
        assert_eq!(
            (&row["kind"], &row["state"]),
            (&"password-reset".into(), &"written".into())
        );
        assert_eq!(
            (&row["panel"], &row["attempts"]),
            (&"main".into(), &1.into())
        );
        assert!(
            row["detail"].as_str().unwrap().starts_with("written to "),
            "{row}"
        );
        let (code, more) = service.end(signal);
        assert_eq!((code, more), (Some(0), Vec::new()));
        assert_eq!(
            machine.count("select count(*) from outbox where state = 'written'"),
            1
        );
    }
}

#[test]
fn a_line_a_mail_is_said_with_v_and_nothing_without_where_nobody_watches() {
    let machine = machine();
    let service = Service::start(&machine, "mail send --follow -v", false);
    forget(&machine);
    let line = service.line();
    assert!(
        line.starts_with("mail 1 to ada@example.com: written – written to "),
        "{line}"
    );
    assert_eq!(service.end(Signal::TERM), (Some(0), Vec::new()));

    machine.run("mail list");
    let silent = Service::start(&machine, "mail send --follow", false);
    let ended = machine.run("reset password ada@example.com --yes --no-input");
    assert_eq!(ended.code, Some(0), "{ended}");
    pause(Duration::from_millis(1500));
    assert_eq!(silent.end(Signal::TERM), (Some(0), Vec::new()));
}

/// Mails to ada, beside those that commands queue.
fn queue(machine: &Machine, many: usize) {
    let db = rusqlite::Connection::open(machine.store()).unwrap();
    let now = "cast(strftime('%s') as integer) * 1000";
    for number in 0..many {
        db.execute(
            &format!(
                "insert into outbox (account_id, panel_id, kind, address, message_id, state, queued_at, next_at, \
                 attempts) values (1, 1, 'password-changed', 'ada@example.com', $1, 'queued', {now}, {now}, 0)"
            ),
            [format!("<{number}@admit.invalid>")],
        )
        .unwrap();
    }
}

#[test]
fn the_mail_under_way_is_finished_and_what_was_claimed_with_it_is_given_back() {
    let machine = machine();
    // It takes the message, and then its time.
    let server = BadServer::new(Nature::default(), |step, _| {
        (step == "dot").then(|| Deed::Trickle(b"250 ok\r\n".to_vec(), Duration::from_millis(200)))
    });
    machine.file(
        ".config/admit/config.toml",
        format!(
            "[mail]\nserver = \"smtp+plain://127.0.0.1:{}\"\nsender = \"panel@example.com\"\n",
            server.port
        ),
    );
    queue(&machine, 3);
    let service = Service::start(&machine, "mail send --follow -v", false);
    while server.notes().messages.is_empty() {
        pause(Duration::from_millis(5));
    }
    let (code, lines) = service.end(Signal::TERM);
    assert_eq!(code, Some(0));
    assert_eq!(lines.len(), 1, "{lines:?}");
    assert!(
        lines[0].starts_with("mail 1 to ada@example.com: sent – "),
        "{lines:?}"
    );
    assert_eq!(server.end().messages.len(), 1);
    let count = |which: &str| machine.count(&format!("select count(*) from outbox where {which}"));
    assert_eq!(count("state = 'sent' and attempts = 1"), 1);
    assert_eq!(
        count("state = 'queued' and attempts = 0 and lease_until is null"),
        2
    );
}

#[test]
fn what_is_tried_again_is_tried_when_it_is_due() {
    let machine = machine();
    let server = BadServer::new(Nature::default(), |step, time| {
        (step == "RCPT" && time == 1).then(|| say("451 4.3.0 later"))
    });
    machine.file(
        ".config/admit/config.toml",
        format!(
            "[mail]\nserver = \"smtp+plain://127.0.0.1:{}\"\nsender = \"panel@example.com\"\n",
            server.port
        ),
    );
    queue(&machine, 1);
    let service = Service::start(&machine, "mail send --follow -v", false);
    let line = service.line();
    assert!(
        line.contains("queued – ") && line.contains("451 4.3.0 later"),
        "{line}"
    );
    // The pause is a minute, in which a test would only wait: it is over when the store says so.
    let db = rusqlite::Connection::open(machine.store()).unwrap();
    db.execute("update outbox set next_at = next_at - 60000", [])
        .unwrap();
    let line = service.line();
    assert!(
        line.starts_with("mail 1 to ada@example.com: sent – "),
        "{line}"
    );
    assert_eq!(service.end(Signal::TERM).0, Some(0));
    assert_eq!(server.end().messages.len(), 1);
}

#[test]
fn a_store_that_is_busy_is_opened_again() {
    let machine = machine();
    let service = Service::start(&machine, "mail send --follow -v", false);
    queue(&machine, 1);
    assert!(service.line().contains("written – "));
    // Letters in files are said before they are written down.
    while machine.count("select count(*) from outbox where state = 'written'") == 0 {
        pause(Duration::from_millis(5));
    }
    let mut db = rusqlite::Connection::open(machine.store()).unwrap();
    let kept = db
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .unwrap();
    kept.execute("update outbox set state = 'queued', done_at = null", [])
        .unwrap();
    kept.commit().unwrap();
    let kept = db
        .transaction_with_behavior(rusqlite::TransactionBehavior::Immediate)
        .unwrap();
    let line = service.line();
    assert!(line.starts_with("warning: the store is busy: "), "{line}");
    assert!(line.ends_with("; trying to open it again in 1 s"), "{line}");
    kept.rollback().unwrap();
    assert!(service.line().contains("written – "));
    assert_eq!(service.end(Signal::TERM).0, Some(0));
}

#[test]
fn a_store_that_is_none_ends_it_and_none_is_made() {
    let machine = Machine::new();
    let ended = machine.run("mail send --follow");
    assert_eq!(ended.code, Some(3), "{ended}");
    assert!(ended.stderr.contains("no store at"), "{ended}");
    assert!(!machine.store().exists());
}

#[test]
fn json_and_dry_runs_do_not_go_with_it() {
    let machine = machine();
    let ended = machine.run("mail send --follow -o json");
    assert_eq!(ended.code, Some(2), "{ended}");
    assert!(ended.stdout.contains("use `--output jsonl`"), "{ended}");
    let ended = machine.run("mail send --follow --dry-run");
    assert_eq!(ended.code, Some(2), "{ended}");
}

#[test]
fn the_unit_in_the_examples_is_one_that_systemd_takes() {
    required("systemd-analyze", "systemd");
    let unit = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/admit-mail.service");
    let text = std::fs::read_to_string(unit).unwrap();
    assert!(text.contains("\nExecStart=/usr/local/bin/admit mail send --follow"));
    let machine = Machine::new();
    // The executable and the user are not on this machine.
    let text = text
        .replace("/usr/local/bin/admit", super::ADMIT)
        .replace("User=admit\n", "");
    let copy = machine.file("admit-mail.service", text);
    let ended = machine.sh(&format!("systemd-analyze verify {} 2>&1", copy.display()));
    let about_us: Vec<&str> = ended
        .stdout
        .lines()
        .filter(|line| line.contains("admit-mail"))
        .collect();
    assert!(about_us.is_empty(), "{about_us:?}");
}
