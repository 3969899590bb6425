//! The client for shells: a program of its own, whose exit code is the answer.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use expectrl::process::unix::WaitStatus;
use expectrl::{Eof, Expect, Session};

use super::super::{Ended, required};
use super::unclear::{NO, NONSENSE, YES, impostor, loses_an_answer, with_bare_ada};
use super::*;

fn command(machine: &Machine, folder: &Path, line: &str) -> Command {
    let mut command = Command::new("sh");
    machine.dress(&mut command);
    command
        .env("PATH", format!("{}:/usr/bin:/bin", folder.display()))
        .arg(example("client.sh"))
        .args(line.split(' '));
    command
}

/// Its answer to what is typed.
fn typed(machine: &Machine, line: &str, lines: &[&str]) -> Ended {
    let input = [lines, &[""]].concat().join("\n");
    end(command(machine, real(), line), input.as_bytes())
}

/// A machine where Ada has an authenticator, and its backup codes. Whoever calls the gate is no matter.
fn with_ada() -> (Machine, Vec<String>) {
    let machine = Machine::new();
    let ask = |op: &str, request: Value| -> Value {
        let ended = machine.pipe(&format!("gate {op}"), request.to_string());
        serde_json::from_str(&ended.stdout).unwrap()
    };
    let token = machine.token(&format!("invite {ADA}"));
    ask("register", json!({"token": token, "password": PASSWORD}));
    let session = ask(
        "sign-in",
        json!({"address": ADA, "password": PASSWORD, "ip": null}),
    )["session"]
        .clone();
    let offered = ask("set-up-2fa", json!({"session": session, "ip": null}));
    let typed = code(offered["secret"].as_str().unwrap());
    let set = ask(
        "set-up-2fa",
        json!({"session": session, "ip": null, "code": typed}),
    );
    let codes = set["backup_codes"].as_array().unwrap();
    (
        machine,
        codes
            .iter()
            .map(|code| code.as_str().unwrap().to_owned())
            .collect(),
    )
}

const SIGN_IN: &str = "sign-in 192.0.2.10 ada@example.com";

fn all_there() -> bool {
    is_there("jq", "jq")
}

#[test]
fn the_shell_client_lets_people_in_and_out() {
    if !all_there() {
        return;
    }
    let (machine, codes) = with_ada();
    for lines in [&["wrong"][..], &[PASSWORD], &[PASSWORD, "not a code"], &[]] {
        let ended = typed(&machine, SIGN_IN, lines);
        assert_eq!(
            (ended.code, ended.stdout.as_str()),
            (Some(1), ""),
            "{ended}"
        );
    }
    let ended = typed(&machine, SIGN_IN, &[PASSWORD, "not a code", &codes[0]]);
    assert_eq!(ended.code, Some(0), "{ended}");
    assert!(
        ended.stderr.ends_with("Code: You are signed in.\n"),
        "{ended}"
    );
    let session = ended.stdout.trim_end();
    assert!(session.starts_with("adm_s_"), "{ended}");
    for (line, code) in [
        ("check-session 192.0.2.10", 0),
        ("sign-out 192.0.2.10", 0),
        ("check-session 192.0.2.10", 1),
    ] {
        let ended = typed(&machine, line, &[session]);
        assert_eq!(
            (ended.code, ended.stdout.as_str()),
            (Some(code), ""),
            "{line}: {ended}"
        );
    }
    for line in [
        "",
        "sign-in",
        "sign-in 192.0.2.10",
        "nonsense 192.0.2.10",
        "check-session no-ip",
    ] {
        let ended = typed(&machine, line, &[session]);
        assert!(
            ended.code != Some(0) && ended.stdout.is_empty(),
            "{line}: {ended}"
        );
    }
}

#[test]
fn the_shell_client_takes_nothing_unclear_for_a_yes() {
    if !all_there() {
        return;
    }
    let machine = Machine::new();
    let folder = impostor(&machine);
    let is_no = |says: &str, ends: &str| {
        machine.file("says", format!("{says}\n"));
        machine.file("ends", ends);
        for line in [SIGN_IN, "check-session 192.0.2.10"] {
            let ended = end(command(&machine, &folder, line), b"adm_s_x\n");
            assert!(
                ended.code != Some(0) && ended.stdout.is_empty(),
                "{says:?}, {ends:?}: {ended}"
            );
        }
    };
    for says in NONSENSE {
        is_no(says, "0");
    }
    for ends in ["1", "2", "111", "killed"] {
        is_no(YES, ends);
    }
    is_no(NO, "0");
    for line in [SIGN_IN, "check-session 192.0.2.10"] {
        let ended = end(command(&machine, Path::new("/nowhere"), line), b"adm_s_x\n");
        assert!(
            ended.code != Some(0) && ended.stdout.is_empty(),
            "without an executable: {ended}"
        );
    }
}

#[test]
fn the_shell_client_asks_again_for_a_lost_answer() {
    if !all_there() {
        return;
    }
    let machine = with_bare_ada();
    let folder = loses_an_answer(&machine);
    let input = format!("{PASSWORD}\n");
    let ended = end(command(&machine, &folder, SIGN_IN), input.as_bytes());
    assert_eq!(ended.code, Some(0), "{ended}");
    assert!(!machine.path("lose").exists());
    assert_eq!(machine.count("select count(*) from session"), 1);
}

#[test]
fn what_is_typed_is_not_shown_at_a_terminal() {
    if !all_there() {
        return;
    }
    let (machine, codes) = with_ada();
    let mut session = Session::spawn(command(&machine, real(), SIGN_IN)).unwrap();
    session.set_expect_timeout(Some(Duration::from_mins(1)));
    let mut screen = String::new();
    for (question, answer) in [("Password: ", PASSWORD), ("Code: ", &codes[0])] {
        let found = session.expect(question).unwrap();
        screen.push_str(&String::from_utf8_lossy(found.before()));
        // Until the echo is off.
        pause(Duration::from_millis(500));
        session.send_line(answer).unwrap();
    }
    let rest = session.expect(Eof).unwrap();
    screen.push_str(&String::from_utf8_lossy(rest.as_bytes()));
    let status = session.get_process().wait().unwrap();
    assert!(
        matches!(status, WaitStatus::Exited(_, 0)),
        "{status:?}: {screen}"
    );
    assert!(
        screen.contains("You are signed in.") && screen.contains("adm_s_"),
        "{screen}"
    );
    assert!(
        !screen.contains("bottles") && !screen.contains(&codes[0]),
        "{screen}"
    );
}

#[test]
fn no_secret_is_an_argument() {
    required("strace", "strace");
    if !all_there() || !is_there(PHP.interpreter, PHP.package) {
        return;
    }
    let (machine, codes) = with_ada();
    let trace = machine.path("trace");
    let traced = |of: &Command, input: &str| {
        let mut command = Command::new("strace");
        machine.dress(&mut command);
        command
            .args(["-f", "-s", "9999", "-e", "trace=execve", "-o"])
            .arg(&trace)
            .arg(of.get_program())
            .args(of.get_args());
        let ended = end(command, input.as_bytes());
        assert_eq!(ended.code, Some(0), "{ended}");
        let trace = fs::read_to_string(&trace).unwrap();
        assert!(
            trace.contains("\"check-session\"") || trace.contains("\"sign-in\""),
            "{trace}"
        );
        for secret in ["bottles", &codes[0], "adm_", "idempotency\":"] {
            assert!(!trace.contains(secret), "{secret}: {trace}");
        }
        ended.stdout
    };
    let sign_in = command(&machine, real(), SIGN_IN);
    let session = traced(&sign_in, &format!("{PASSWORD}\n{}\n", codes[0]));
    traced(
        &command(&machine, real(), "check-session 192.0.2.10"),
        &session,
    );
    let mut php = Command::new(PHP.interpreter);
    php.arg(machine.file("caller", PHP.caller))
        .arg(example(PHP.file))
        .arg("30");
    let calls = [
        json!(["sign_in", IP, {"address": ADA, "password": PASSWORD}]),
        json!(["check_session", IP, session.trim_end()]),
    ];
    let calls = calls.map(|call| format!("{call}\n")).concat();
    let returned = traced(&php, &calls);
    assert!(returned.ends_with("true\n"), "{returned}");
}
