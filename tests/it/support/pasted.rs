//! Pastes what was printed: every command in an output is run against the same store, so that a hint that names a wrong
//! option, another store or nothing at all fails the story that prints it.
//!
//! What reads is run as it is, what changes with `--dry-run`: the world is as before.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::io;
use std::sync::{Arc, Mutex};

use admit::cli::args::Cli;
use admit::cli::base::env::{Env, OperatorName, Terminal};
use admit::cli::base::error::CliError;
use admit::cli::base::interrupt::Interrupt;
use admit::cli::base::prompt::{Prompter, Secret};
use admit::mail::Mailbox;
use admit::vault::Entropy;
use clap::Parser;

use crate::engine::RUNS_WHAT_IS_PRINTED;

use super::judge;
use super::world::{Stream, World};

/// Commands that change nothing.
const READS: &[&[&str]] = &[
    &["list"],
    &["show"],
    &["why"],
    &["man"],
    &["audit", "head"],
    &["audit", "list"],
    &["audit", "verify"],
    &["config", "path"],
    &["config", "show"],
    &["trust", "list"],
    &["panel", "list"],
    &["panel", "show"],
    &["mail", "list"],
    &["mail", "show"],
    &["mail", "preview"],
    &["store", "info"],
    &["store", "check"],
];

/// The options of a command that say which store it is about.
fn place(cli: &Cli) -> (Option<String>, Option<String>) {
    let config = cli.global.config.as_ref();
    (
        cli.global.store.clone(),
        config.map(|path| path.display().to_string()),
    )
}

fn parsed(words: &[String]) -> Option<Cli> {
    let words = std::iter::once("admit").chain(words.iter().map(String::as_str));
    Cli::try_parse_from(words).ok()
}

/// What is wrong with the options of a command that `from` printed.
fn misplaced(from: &[String], printed: &[String]) -> Option<String> {
    if printed.iter().any(|word| word == "--help") {
        return None;
    }
    let (Some(from), Some(cli)) = (parsed(from), parsed(printed)) else {
        return None;
    };
    let ((store, config), (its_store, its_config)) = (place(&from), place(&cli));
    if config != its_config {
        return Some("it has not the --config of the run".into());
    }
    // A copy is looked at by its own name.
    if store.is_some() && its_store.is_none() {
        return Some("it lacks --store, so it would act on another store".into());
    }
    None
}

/// Answers whatever is asked.
struct Anybody(Arc<Mutex<usize>>);

impl Anybody {
    fn count(&self) {
        *self.0.lock().unwrap() += 1;
    }
}

impl Prompter for Anybody {
    fn available(&self) -> bool {
        true
    }
    fn confirm(&mut self, _: &str, _: bool) -> Result<bool, CliError> {
        self.count();
        Ok(true)
    }
    fn line(&mut self, _: &str) -> Result<String, CliError> {
        self.count();
        Ok("case 4711".to_owned())
    }
    fn secret(&mut self, _: &str) -> Result<Secret, CliError> {
        self.count();
        Ok(Secret::new("not a secret of anybody".to_owned()))
    }
}

/// The command as it is tried, or nothing if trying it would tell nothing or never end.
fn trial(printed: &[String]) -> Option<Vec<String>> {
    let cli = parsed(printed)?;
    let bare: Vec<&str> = printed
        .iter()
        .map(String::as_str)
        .filter(|word| !word.starts_with('-'))
        .collect();
    let has = |option: &str| printed.iter().any(|word| word == option);
    // `self` and the gate are the person's side, and read secrets.
    let first = |word: &str| bare.contains(&word);
    if has("--follow") || has("--help") || first("self") || first("gate") {
        return None;
    }
    let starts = |verb: &&[&str]| bare.windows(verb.len()).any(|words| words == *verb);
    let reads = READS.iter().any(starts) && !has("--accept-clock") && !has("--drop-helpers");
    let mut words = printed.to_vec();
    if !reads && !cli.global.dry_run {
        let end = words.iter().position(|word| word == "--");
        words.insert(end.unwrap_or(words.len()), "--dry-run".into());
    }
    Some(words)
}

impl World {
    /// Judges and tries each command in an output, once a world. `from` is the line that printed it.
    pub(super) fn try_printed(&self, from: &[String], stdout: &str, stderr: &str) {
        let found: BTreeSet<String> = judge::commands(stderr)
            .into_iter()
            .chain(judge::commands(stdout))
            .collect();
        for line in found {
            let words = judge::split(&line).unwrap();
            let printed = &words[1..];
            let about = || format!("`{line}`, printed by: admit {}", from.join(" "));
            if let Some(wrong) = misplaced(from, printed) {
                panic!("{wrong}: {}", about());
            }
            if !RUNS_WHAT_IS_PRINTED || !self.tried.lock().unwrap().insert(line.clone()) {
                continue;
            }
            let Some(trial) = trial(printed) else {
                continue;
            };
            let (code, said, asked) = self.attempt(&trial);
            let refused = code == 2 && asked == 0;
            assert!(!refused, "it is refused: {}\n{said}", about());
            let elsewhere = ["There is no store yet", "Made a new store"]
                .iter()
                .any(|words| said.contains(words) && !stderr.contains(words));
            assert!(!elsewhere, "it meets another store: {}\n{said}", about());
        }
    }

    /// Runs a command that leaves no trace; gives the exit code, what was said, and how often it asked.
    fn attempt(&self, words: &[String]) -> (u8, String, usize) {
        let (out, err) = (Stream::default(), Stream::default());
        let asked = Arc::new(Mutex::new(0));
        let env = Env {
            stdin: Box::new(io::empty()),
            stdout: Box::new(out.clone()),
            stderr: Box::new(err.clone()),
            terminal: Terminal {
                stdin: true,
                stdout: false,
                stderr: false,
                width: 80,
                height: None,
                utf8: true,
            },
            clock: Arc::new(self.clock().stopped()),
            // A stream of its own, so that the trial does not move the story's.
            entropy: Entropy::seeded(98),
            vars: self.vars.clone(),
            operator: OperatorName::new(self.operator()),
            tz: self.zone.clone(),
            prompter: Box::new(Anybody(Arc::clone(&asked))),
            interrupt: Interrupt::manual(),
            system_config: self.home().join("etc/admit/config.toml"),
            mailbox: self.mailbox.as_ref().map(|_| Mailbox::new()),
        };
        let words = std::iter::once("admit".to_owned()).chain(words.iter().cloned());
        let code = admit::cli::run(words.map(OsString::from), env);
        let asked = *asked.lock().unwrap();
        (code, format!("{}{}", out.text(), err.text()), asked)
    }
}

#[test]
fn a_command_for_another_store_is_seen() {
    let words = |line: &str| judge::split(line).unwrap();
    let wrong = |from: &str, printed: &str| misplaced(&words(from), &words(printed)).is_some();
    assert!(wrong("--store a.db list", "store check"));
    assert!(wrong("--config a list", "store check"));
    assert!(!wrong("--store a.db list", "--store a.db store check"));
    assert!(!wrong("--store a.db list", "list --help"));
    assert!(!wrong("list", "store init --store b.db"));
}

#[test]
fn what_is_tried_changes_nothing() {
    let tried = |line: &str| trial(&judge::split(line).unwrap()).map(|words| words.join(" "));
    assert_eq!(tried("list --limit 3").unwrap(), "list --limit 3");
    assert_eq!(tried("unlock x@y.z").unwrap(), "unlock x@y.z --dry-run");
    assert_eq!(
        tried("--store a.db store check --accept-clock").unwrap(),
        "--store a.db store check --accept-clock --dry-run"
    );
    assert_eq!(tried("mail send --dry-run").unwrap(), "mail send --dry-run");
    assert_eq!(tried("mail send --follow"), None);
    assert_eq!(tried("self 2fa x@y.z"), None);
}
