//! `gate serve` as systemd runs it: signals, notices, sockets.

use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::{UnixDatagram, UnixStream};
use std::process::{Child, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::{Machine, finish, required};

/// A server with what it tells the service manager.
struct Server {
    child: Child,
    manager: UnixDatagram,
}

impl Server {
    /// Starts one and waits until it is ready.
    fn start(machine: &Machine, options: &str) -> Self {
        let place = machine.path("notify");
        let manager = UnixDatagram::bind(&place).unwrap();
        manager
            .set_read_timeout(Some(Duration::from_mins(1)))
            .unwrap();
        let mut command = machine.command(&format!("gate serve {options}"));
        command
            .env("NOTIFY_SOCKET", &place)
            .env("WATCHDOG_USEC", "300000")
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let child = command.spawn().unwrap();
        let server = Self { child, manager };
        server.until("READY=1");
        server
    }

    fn until(&self, notice: &str) {
        let mut bytes = [0; 100];
        loop {
            let count = self.manager.recv(&mut bytes).unwrap();
            if &bytes[..count] == notice.as_bytes() {
                return;
            }
        }
    }

    fn send(&self, signal: Signal) {
        kill_process(Pid::from_child(&self.child), signal).unwrap();
    }
}

fn ask(stream: &UnixStream, line: &str) -> Value {
    writeln!(&*stream, "{line}").unwrap();
    let mut answer = String::new();
    BufReader::new(stream).read_line(&mut answer).unwrap();
    serde_json::from_str(&answer).unwrap()
}

const CHECK: &str = r#"{"op":"check-session","id":1,"session":"x"}"#;

#[test]
fn it_says_that_it_is_ready_and_alive_and_ends_when_told() {
    let machine = Machine::new();
    machine.run("store init");
    let server = Server::start(&machine, "--socket gate.sock");
    let socket = machine.path("gate.sock");
    assert_eq!(
        socket.metadata().unwrap().permissions().mode() & 0o777,
        0o660
    );
    let client = UnixStream::connect(&socket).unwrap();
    assert_eq!(ask(&client, CHECK)["reason"], "session-ended");
    server.until("WATCHDOG=1");
    // A second one does not take its place.
    let refused = machine.run("gate serve --socket gate.sock");
    assert_eq!(refused.code, Some(1), "{refused}");
    assert!(
        refused.stderr.contains("another server is listening there"),
        "{refused}"
    );
    server.send(Signal::TERM);
    server.until("STOPPING=1");
    let ended = finish(server.child);
    assert_eq!(
        (ended.code, ended.stderr.as_str()),
        (Some(0), ""),
        "{ended}"
    );
    assert!(!socket.exists());
}

#[test]
fn a_killed_server_leaves_a_socket_that_the_next_one_replaces() {
    let machine = Machine::new();
    machine.run("store init");
    let server = Server::start(&machine, "--socket gate.sock");
    server.send(Signal::KILL);
    finish(server.child);
    std::fs::remove_file(machine.path("notify")).unwrap();
    assert!(machine.path("gate.sock").exists());
    let server = Server::start(&machine, "--socket gate.sock");
    let client = UnixStream::connect(machine.path("gate.sock")).unwrap();
    assert_eq!(ask(&client, CHECK)["id"], 1);
    server.send(Signal::INT);
    assert_eq!(finish(server.child).code, Some(0));
}

#[test]
fn invalid_settings_are_told_and_the_old_ones_stay() {
    let machine = Machine::new();
    machine.run("store init");
    let server = Server::start(&machine, "--socket gate.sock");
    let settings = machine.file(".config/admit/config.toml", "[gate]\nallow = \"x\"\n");
    server.send(Signal::HUP);
    server.until("READY=1");
    std::fs::write(&settings, "panel = \"main\"\n").unwrap();
    server.send(Signal::HUP);
    server.until("READY=1");
    server.send(Signal::TERM);
    let ended = finish(server.child);
    assert_eq!(ended.code, Some(0), "{ended}");
    let lines: Vec<&str> = ended.stderr.lines().collect();
    assert!(
        lines[0].contains("the settings were kept as they are: "),
        "{ended}"
    );
    assert!(lines[0].contains("must be a table"), "{ended}");
    assert!(ended.stderr.contains("Read the settings again"), "{ended}");
}

#[test]
fn a_server_without_a_way_in_or_for_the_whole_network_is_refused() {
    let machine = Machine::new();
    machine.run("store init");
    machine.file("file", "x");
    for (options, code, why) in [
        ("", 2, "no socket given"),
        ("--listen 0.0.0.0:0", 2, "is not a loopback address"),
        ("--listen 127.0.0.1:0", 2, "no panel may be asked for there"),
        ("--socket file", 1, "not a socket"),
        ("--socket gate.sock --store none.db", 3, "no store at"),
        ("-n --socket gate.sock", 2, "--dry-run"),
        ("--bogus", 2, "--bogus"),
    ] {
        let ended = machine.run(&format!("gate serve {options}"));
        assert_eq!(ended.code, Some(code), "{options}\n{ended}");
        assert!(ended.stderr.contains(why), "{options}\n{ended}");
        assert!(!machine.path("gate.sock").exists());
    }
}

#[test]
fn the_units_in_the_examples_are_such_that_systemd_takes_them() {
    required("systemd-analyze", "systemd");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/systemd/admit-gate");
    let text = std::fs::read_to_string(format!("{folder}.service")).unwrap();
    assert!(text.contains("\nExecStart=/usr/local/bin/admit gate serve\n"));
    let machine = Machine::new();
    // The executable and the user are not on this machine.
    let text = text
        .replace("/usr/local/bin/admit", super::ADMIT)
        .replace("User=admit\n", "");
    let service = machine.file("admit-gate.service", text);
    let text = std::fs::read_to_string(format!("{folder}.socket")).unwrap();
    let socket = machine.file("admit-gate.socket", text);
    let ended = machine.sh(&format!(
        "systemd-analyze verify {} {} 2>&1",
        service.display(),
        socket.display()
    ));
    let about_us: Vec<&str> = ended
        .stdout
        .lines()
        .filter(|line| line.contains("admit-gate"))
        .collect();
    assert!(about_us.is_empty(), "{about_us:?}");
}
