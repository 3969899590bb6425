//! Exit codes, and streams that go away.

use super::{Machine, end};

#[test]
fn each_exit_code_reaches_the_shell() {
    let machine = Machine::new();
    machine.run("invite ada@example.com --no-mail");
    for (line, code) in [
        ("list", 0),
        ("--version", 0),
        ("--help", 0),
        ("list --store none.db", 3),
        ("--config none.toml list", 1),
        ("invite nonsense", 2),
        ("frobnicate", 2),
        ("", 2),
        ("show zoe@example.com", 3),
        ("extend ada@example.com --for 3d", 4),
        ("why ada@example.com", 6),
        ("resend ada@example.com zoe@example.com", 7),
    ] {
        let ended = machine.run(line);
        assert_eq!(ended.code, Some(code), "admit {line}\n{ended}");
    }
}

#[test]
fn version_names_the_program() {
    let ended = Machine::new().run("--version");
    assert_eq!(
        ended.stdout,
        concat!("admit ", env!("CARGO_PKG_VERSION"), "\n")
    );
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let machine = Machine::new();
    machine.file("people.csv", super::crowd(5_000));
    let ended = machine.run("invite --from people.csv --no-mail --yes -q");
    assert_eq!(ended.code, Some(0), "{}", ended.stderr);
    for line in [
        "list",
        "list -o json",
        "list -o csv",
        "audit list",
        "--help",
        "man",
    ] {
        let ended = machine.sh(&format!(
            "{{ admit {line}; echo \"exit $?\" >&2; }} | head -c 1"
        ));
        assert_eq!(ended.stderr, "exit 0\n", "{line}\n{ended}");
    }
    // Closed from the start.
    let ended = machine.sh("admit list >&-; echo \"exit $?\"");
    assert!(!ended.stderr.contains("panicked"), "{ended}");
    // What changes something does so nevertheless.
    machine.file("more.csv", super::crowd(6_000));
    let ended = machine
        .sh("{ admit invite --from more.csv --no-mail --yes; echo \"exit $?\" >&2; } | head -n 1");
    assert!(ended.stderr.ends_with("exit 0\n"), "{ended}");
    assert_eq!(machine.people(), 6_000);
}

#[test]
fn a_full_device_is_a_failure() {
    let machine = Machine::new();
    machine.run("list");
    for line in [
        "--help",
        "store info",
        "config show",
        "list -o json",
        "invite bob@example.com --no-mail",
    ] {
        let ended = machine.sh(&format!("admit {line} >/dev/full"));
        assert_eq!(ended.code, Some(1), "{line}\n{ended}");
        assert!(
            ended.stderr.contains("No space left on device"),
            "{line}\n{ended}"
        );
    }
    assert_eq!(machine.people(), 1);
    // Nowhere to complain to either.
    let ended = machine.sh("admit frobnicate 2>/dev/full");
    assert_eq!(ended.code, Some(2), "{ended}");
}

#[test]
fn colours_are_only_for_terminals_and_who_asks_for_them() {
    let machine = Machine::new();
    for (vars, line, coloured) in [
        ("", "--help", false),
        ("", "list --color always", true),
        ("NO_COLOR=1", "list --color always", true),
        ("CLICOLOR_FORCE=1", "frobnicate", true),
        ("CLICOLOR_FORCE=1 NO_COLOR=1", "frobnicate", false),
    ] {
        machine.run("invite ada@example.com --no-mail");
        let ended = machine.sh(&format!("{vars} admit {line} 2>&1"));
        assert_eq!(
            ended.stdout.contains('\u{1b}'),
            coloured,
            "{vars} admit {line}\n{ended}"
        );
    }
}

#[test]
fn secrets_in_variables_are_refused() {
    let machine = Machine::new();
    let mut command = machine.command("list");
    command.env("ADMIT_PASSWORD", "canary in a coal mine");
    let ended = end(command, b"");
    assert_eq!(
        (ended.code, ended.stdout.as_str()),
        (Some(2), ""),
        "{ended}"
    );
    assert!(
        ended.stderr.contains("ADMIT_PASSWORD") && !ended.stderr.contains("canary"),
        "{ended}"
    );
    assert!(!machine.store().exists());
}

#[test]
fn a_variable_for_completion_does_not_turn_a_command_into_a_yes() {
    let machine = Machine::new();
    for line in [
        "gate pam --panel main",
        "gate sign-in",
        "gate checkpassword -- true",
        "show zoe@example.com",
    ] {
        let mut command = machine.command(line);
        command.env("COMPLETE", "bash");
        let ended = end(command, b"");
        assert!(ended.code.is_some_and(|code| code != 0), "{line}\n{ended}");
    }
}

#[test]
fn completion_answers_with_people_and_is_silent_without_a_store() {
    let machine = Machine::new();
    let complete = |line: &str| {
        let words = line.split(' ').count() - 1;
        machine.sh(&format!("COMPLETE=bash _CLAP_COMPLETE_INDEX={words} _CLAP_COMPLETE_COMP_TYPE=9 _CLAP_COMPLETE_SPACE=false admit -- {line}"))
    };
    let ended = complete("admit show a");
    assert_eq!(
        (ended.code, ended.stderr.as_str()),
        (Some(0), ""),
        "{ended}"
    );
    assert!(!machine.store().exists());
    machine.run("invite ada@example.com --no-mail");
    let ended = complete("admit show a");
    assert_eq!(
        (ended.code, ended.stderr.as_str()),
        (Some(0), ""),
        "{ended}"
    );
    assert!(ended.stdout.contains("ada@example.com"), "{ended}");
}

#[test]
fn arguments_that_are_not_text_are_told() {
    use std::os::unix::ffi::OsStrExt;
    let machine = Machine::new();
    let mut command = machine.command("invite");
    command.arg(std::ffi::OsStr::from_bytes(b"ad\xff@example.com"));
    let ended = end(command, b"");
    assert_eq!(ended.code, Some(2), "{ended}");
    assert!(ended.stderr.starts_with("error: "), "{ended}");
}
