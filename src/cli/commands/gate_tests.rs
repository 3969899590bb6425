use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::Path;

use clap::{CommandFactory, FromArgMatches};
use serde_json::{Value, json};

use super::*;
use crate::cli::args::Cli;
use crate::cli::testing;
use crate::store::Store;
use crate::vault::{Entropy, Vault, keyfile};

/// Runs a command line as `cli::run` does; `None` if the gate does not take it over.
fn gate(home: &Path, line: &str, input: &str) -> Option<(u8, Value)> {
    let (mut env, out, err) = testing::env(home);
    env.stdin = Box::new(io::Cursor::new(input.to_owned().into_bytes()));
    let words: Vec<OsString> = line.split(' ').map(OsString::from).collect();
    let tree = Cli::command();
    let early = Early::guess(&words, &env.vars, &tree);
    let parsed = tree
        .try_get_matches_from(&words)
        .and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, ())));
    let asked = parsed
        .as_ref()
        .map(|(cli, ())| (&cli.global, cli.command.gate()));
    match take_over(asked, &early, env) {
        ControlFlow::Continue(_) => None,
        ControlFlow::Break(code) => {
            assert_eq!(err.text(), "", "{line}");
            let text = out.text();
            assert_eq!(text.matches('\n').count(), 1, "{text:?}");
            Some((code, serde_json::from_str(&text).unwrap()))
        }
    }
}

/// A store where the settings expect it.
fn store(home: &Path) -> Store {
    let (env, _, _) = testing::env(home);
    let config = Config::load(&GlobalArgs::default(), &env.vars, &env.system_config).unwrap();
    let key_file = &config.key_file.value;
    fs::create_dir_all(key_file.parent().unwrap()).unwrap();
    let ring = keyfile::create(key_file, &Entropy::os()).unwrap().ring;
    let actor = Actor {
        source: Source::Command,
        operator: "ada".into(),
        ip: None,
    };
    Store::create(
        &config.location(),
        Vault::new(ring, Entropy::os()),
        &actor,
        env.clock.now(),
    )
    .unwrap()
}

const SIGN_IN: &str = r#"{"address":"ada@example.com","password":"x","ip":null}"#;

#[test]
fn a_wrong_call_is_a_bad_request() {
    let home = tempfile::tempdir().unwrap();
    for line in [
        "admit gate",
        "admit gate sing-in",
        "admit gate sign-in --bogus",
        "admit gate sign-in extra",
        "admit gate sign-in --panel",
        "admit --bogus gate sign-in",
        "admit gate sign-in -o xml",
        "admit gate sign-in -qv",
        "admit gate sign-in --dry-run",
        "admit -n gate stream",
        "admit -o json gate",
    ] {
        let (code, answer) = gate(home.path(), line, SIGN_IN).unwrap();
        assert_eq!(
            (code, answer["reason"].as_str()),
            (111, Some("bad-request")),
            "{line}"
        );
        assert_eq!(answer["ok"], false);
        assert!(!answer["cause"].as_str().unwrap().is_empty());
    }
}

#[test]
fn other_commands_and_help_are_left_alone() {
    let home = tempfile::tempdir().unwrap();
    for line in [
        "admit",
        "admit man",
        "admit gat",
        "admit gate --help",
        "admit gate stream -h",
        "admit --help",
    ] {
        assert!(gate(home.path(), line, "").is_none(), "{line}");
    }
}

#[test]
fn without_settings_key_or_store_it_cannot_be_told() {
    let home = tempfile::tempdir().unwrap();
    let ask = || gate(home.path(), "admit gate sign-in", SIGN_IN).unwrap();
    let (code, answer) = ask();
    assert_eq!(
        (code, answer["reason"].as_str()),
        (111, Some("unavailable"))
    );
    assert!(
        answer["cause"].as_str().unwrap().contains("no store at"),
        "{answer}"
    );
    drop(store(home.path()));
    let (code, answer) = ask();
    assert_eq!(
        (code, answer["reason"].as_str()),
        (1, Some("invalid-credentials"))
    );
    let system = home.path().join("etc/admit/config.toml");
    fs::create_dir_all(system.parent().unwrap()).unwrap();
    fs::write(&system, "store = [").unwrap();
    let (code, answer) = ask();
    assert_eq!(
        (code, answer["reason"].as_str()),
        (111, Some("unavailable"))
    );
    assert!(
        answer["cause"]
            .as_str()
            .unwrap()
            .starts_with("the settings are invalid: "),
        "{answer}"
    );
}

#[test]
fn a_panel_is_named_by_the_option() {
    let home = tempfile::tempdir().unwrap();
    drop(store(home.path()));
    let ask = |line: &str| gate(home.path(), line, r#"{"session":"x"}"#).unwrap();
    assert_eq!(
        ask("admit gate check-session --panel main").1["reason"],
        "session-ended"
    );
    assert_eq!(ask("admit gate --panel main check-session").0, 1);
    let (code, answer) = ask("admit --panel shop gate check-session");
    assert_eq!(
        (code, answer["reason"].as_str()),
        (111, Some("bad-request"))
    );
    assert_eq!(answer["cause"], "unknown panel 'shop'; the panels are main");
}

#[test]
fn every_verb_has_its_command_and_the_stream_answers() {
    let home = tempfile::tempdir().unwrap();
    drop(store(home.path()));
    for verb in Verb::ALL {
        let (code, answer) =
            gate(home.path(), &format!("admit gate {}", verb.as_str()), "[]").unwrap();
        assert_eq!(
            (code, answer["reason"].as_str()),
            (111, Some("bad-request")),
            "{}",
            verb.as_str()
        );
    }
    let line =
        r#"{"id":"a","op":"forgot-password","panel":"main","address":"ada@example.com","ip":null}"#;
    let (code, answer) = gate(home.path(), "admit gate stream", line).unwrap();
    assert_eq!(
        (code, &answer["id"], &answer["ok"]),
        (0, &json!("a"), &json!(true))
    );
}
