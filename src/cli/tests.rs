use std::ffi::OsString;

use serde_json::Value;
use tempfile::TempDir;

use super::base::printed::RunOptions;
use super::testing::{self, Stream};
use super::*;
use crate::cli::base::prompt::{Answer, ScriptedPrompter};

fn words(line: &str) -> Vec<OsString> {
    line.split(' ').map(OsString::from).collect()
}

fn admit(line: &str) -> (u8, String, String) {
    admit_with(line, |_| {})
}

fn admit_with(line: &str, change: impl FnOnce(&mut Env)) -> (u8, String, String) {
    let home = tempfile::tempdir().unwrap();
    let (mut env, out, err) = testing::env(home.path());
    change(&mut env);
    let code = run(words(line), env);
    (code, out.text(), err.text())
}

fn document(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

#[test]
fn run_can_be_called_more_than_once() {
    let first = admit("admit completions bash");
    assert_eq!(first, admit("admit completions bash"));
    assert_eq!((first.0, first.2.as_str()), (0, ""));
    assert!(first.1.contains("_admit()"));
}

#[test]
fn help_and_version_exit_with_0_even_in_a_broken_world() {
    let broken = |env: &mut Env| {
        env.vars.insert("ADMIT_OUTPUT".into(), "xml".into());
    };
    for line in [
        "admit --help",
        "admit -V",
        "admit man --help",
        "admit help man",
    ] {
        let (code, out, err) = admit_with(line, broken);
        assert_eq!((code, err.as_str()), (0, ""), "{line}");
        assert!(!out.is_empty());
    }
    let (code, _, _) = admit_with("admit completions zsh", broken);
    assert_eq!(code, 0);
}

#[test]
fn a_wrong_line_exits_with_2_and_a_hint() {
    let (code, out, err) = admit("admit mann");
    assert_eq!((code, out.as_str()), (2, ""));
    assert_eq!(
        err,
        "error: unknown command 'mann'\nhint: did you mean `admit man`?\n"
    );
    let (code, out, err) = admit("admit");
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("Usage: admit"));
    let (code, _, err) = admit("admit man -o xml");
    assert_eq!(code, 2);
    assert!(
        err.contains("[possible values: table, json, jsonl, csv, plain]"),
        "{err}"
    );
}

#[test]
fn a_wrong_line_is_one_document_too() {
    for line in [
        "admit -o json",
        "admit man --bogus -o json",
        "admit -ojson man nothing",
    ] {
        let (code, out, err) = admit(line);
        let document = document(&out);
        assert_eq!(code, 2, "{line}");
        assert_eq!(document["ok"], false);
        assert_eq!(document["error"]["kind"], "usage");
        assert!(document["error"]["hint"].is_string());
        assert!(err.starts_with("error: "));
    }
    let json = |env: &mut Env| {
        env.vars.insert("ADMIT_OUTPUT".into(), "json".into());
    };
    let (_, out, _) = admit_with("admit man --bogus", json);
    assert_eq!(document(&out)["command"], "man");
}

#[test]
fn what_is_typed_wrong_does_not_steer_the_terminal() {
    let (_, _, err) = admit("admit \u{1b}]0;x\u{7}\u{202e}");
    assert!(!err.contains(['\u{1b}', '\u{7}', '\u{202e}']), "{err:?}");
}

#[test]
fn all_pages_are_written_for_everybody_to_read() {
    use std::os::unix::fs::PermissionsExt;
    let dir = tempfile::tempdir().unwrap();
    let (code, out, _) = admit(&format!("admit man --dir {}", dir.path().display()));
    assert_eq!(code, 0);
    assert_eq!(
        out.lines().count(),
        std::fs::read_dir(dir.path()).unwrap().count()
    );
    let page = std::fs::metadata(dir.path().join("admit.1")).unwrap();
    assert_eq!(page.permissions().mode() & 0o777, 0o644);
    let (code, _, err) = admit("admit man --dir /nowhere/at/all");
    assert_eq!(code, 1);
    assert!(
        err.starts_with("error: cannot write /nowhere/at/all/admit.1\nCaused by: "),
        "{err}"
    );
}

/// A context as a command gets it.
fn context(line: &str, prompter: Option<&ScriptedPrompter>) -> (Context, Stream, TempDir) {
    let home = tempfile::tempdir().unwrap();
    let (env, out, _) = testing::env(home.path());
    let words = words(line);
    let cli = <Cli as clap::Parser>::try_parse_from(&words).unwrap();
    let manner = Manner::default();
    let now = env.clock.now();
    let cx = Context {
        tree: Cli::command,
        ui: Ui::new(env.stdout, env.stderr, env.terminal, manner),
        report: Report::new("man", Format::Table),
        config: Config::defaults(&env.vars).unwrap(),
        config_fault: None,
        system_config: "/nowhere".into(),
        global: cli.global,
        now,
        wall: now,
        clock: env.clock,
        entropy: env.entropy,
        operator: env.operator,
        tz: env.tz,
        stdin: env.stdin,
        interrupt: env.interrupt,
        vars: env.vars,
        mailbox: env.mailbox,
        scratch: None,
        prompter: match prompter {
            Some(prompter) => Box::new(prompter.clone()),
            None => env.prompter,
        },
        words,
    };
    (cx, out, home)
}

#[test]
fn a_confirmation_is_asked_for_and_its_default_is_no() {
    let prompter = ScriptedPrompter::new([Answer::Yes, Answer::Enter, Answer::Cancel]);
    let (mut cx, _, _home) = context("admit man", Some(&prompter));
    cx.confirm("remove ada?").unwrap();
    assert_eq!(cx.confirm("remove bob?").unwrap_err().kind.code(), 1);
    let cancelled = cx.confirm("remove cyd?").unwrap_err();
    assert_eq!(
        (cancelled.kind.code(), cancelled.message.as_str()),
        (130, "cancelled; nothing was changed")
    );
    assert_eq!(
        prompter.asked(),
        ["remove ada?", "remove bob?", "remove cyd?"]
    );
}

#[test]
fn off_a_terminal_the_command_to_run_instead_is_named() {
    let (mut cx, _, _home) = context("admit man some'thing", None);
    let error = cx.confirm("remove ada?").unwrap_err();
    assert_eq!(error.kind.code(), 2);
    assert_eq!(error.message, "confirmation is required: remove ada");
    assert_eq!(
        error.hint_text(&RunOptions::default()).as_deref(),
        Some(r"to confirm, run `admit man 'some'\''thing' --yes`")
    );
    let error = cx.ask_line("Reason", "--reason").unwrap_err();
    assert_eq!(error.kind.code(), 2);
    assert_eq!(
        error.message,
        "--reason is required when not run at a terminal"
    );
    assert_eq!(
        error.hint_text(&RunOptions::default()).as_deref(),
        Some("add --reason, or run it at a terminal")
    );
    assert!(cx.ask_secret("Password", "--password-file").is_err());
}

#[test]
fn nothing_is_asked_with_yes_dry_run_or_no_input() {
    let prompter = ScriptedPrompter::new([]);
    for line in ["admit man --yes", "admit man -n"] {
        let (mut cx, _, _home) = context(line, Some(&prompter));
        cx.confirm("remove ada?").unwrap();
    }
    let (mut cx, _, _home) = context("admit man --no-input", Some(&prompter));
    assert_eq!(cx.confirm("remove ada?").unwrap_err().kind.code(), 2);
    assert_eq!(
        cx.ask_line("Reason", "--reason").unwrap_err().kind.code(),
        2
    );
    assert!(prompter.asked().is_empty());
}

#[test]
fn a_required_value_may_not_be_blank() {
    let prompter = ScriptedPrompter::new([Answer::Text("  a case ".into()), Answer::Enter]);
    let (mut cx, _, _home) = context("admit man", Some(&prompter));
    assert_eq!(cx.ask_line("Reason", "--reason").unwrap(), "a case");
    assert_eq!(
        cx.ask_line("Reason", "--reason").unwrap_err().kind.code(),
        2
    );
}

#[test]
fn an_unknown_variable_is_a_warning_that_quiet_does_not_silence() {
    let set = |env: &mut Env| {
        env.vars.insert("ADMIT_STOER".into(), "x".into());
    };
    let (code, _, err) = admit_with("admit man -q", set);
    assert_eq!(code, 0);
    assert_eq!(err, "warning: unknown variable ADMIT_STOER\n");
}
