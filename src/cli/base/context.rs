//! What a command gets: the environment, the settings, and the means to ask and to answer.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::Read;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::config::Config;
use super::env::{Clock, OperatorName};
use super::error::{CliError, Kind};
use super::global::GlobalArgs;
use super::interrupt::Interrupt;
use super::output::{Finish, Report, Row};
use super::printed::{PrintedCommand, command, hint};
use super::progress::Progress;
use super::prompt::{Prompter, Secret};
use super::times::TimeFormat;
use super::ui::Ui;
use crate::mail::Mailbox;
use crate::vault::Entropy;

/// Ctrl-C is heard within this time.
const SLICE: Duration = Duration::from_millis(100);

/// One run of one command.
pub struct Context {
    /// The streams.
    pub ui: Ui,
    /// The result being built; finished by the caller of the command.
    pub report: Report,
    /// Makes the tree of all commands, for those that describe it.
    pub(in crate::cli) tree: fn() -> clap::Command,
    /// The settings.
    pub config: Config,
    /// What is wrong with the settings, for the few commands that run anyway.
    pub config_fault: Option<CliError>,
    /// The system-wide configuration file, for those who read the settings again.
    pub(in crate::cli) system_config: std::path::PathBuf,
    /// The global options.
    pub global: GlobalArgs,
    /// The present: read once, the same for all that the command does. Once a store is open, never before the latest time
    /// that it has seen.
    pub now: Timestamp,
    /// The time shown by the clock.
    pub wall: Timestamp,
    /// For waiting, and for what lasts.
    pub clock: Arc<dyn Clock>,
    /// The source of randomness.
    pub entropy: Entropy,
    /// The operator.
    pub operator: OperatorName,
    /// The zone in which times are shown and bare dates are meant.
    pub tz: TimeZone,
    /// Data for the command.
    pub stdin: Box<dyn Read + Send>,
    /// Ctrl-C; armed around loops over many people.
    pub interrupt: Interrupt,
    /// The variables that matter.
    pub vars: BTreeMap<String, String>,
    /// Takes the mail instead of the configured transport; only in tests.
    pub mailbox: Option<Mailbox>,
    /// The store of a dry run, on a machine that has none yet.
    pub(in crate::cli) scratch: Option<Scratch>,
    pub(in crate::cli) prompter: Box<dyn Prompter>,
    pub(in crate::cli) words: Vec<OsString>,
}

/// A folder that is gone at the end of the command, or, if that is killed, at the next one that needs such a folder.
pub(in crate::cli) struct Scratch {
    pub(in crate::cli) _folder: tempfile::TempDir,
    /// Locked, so that no sweep removes it.
    pub(in crate::cli) _claim: std::fs::File,
}

impl Context {
    /// Adds a row to the result.
    pub fn row(&mut self, row: Row) -> Result<(), CliError> {
        self.report.row(&mut self.ui, row)
    }

    /// How times are shown: as seen from this command's present, in the operator's zone.
    pub fn times(&self) -> TimeFormat {
        self.times_at(self.now)
    }

    /// The same as seen from another moment.
    pub fn times_at(&self, now: Timestamp) -> TimeFormat {
        TimeFormat {
            now,
            zone: self.tz.clone(),
        }
    }

    /// Whether nothing is kept (`--dry-run`).
    pub fn dry_run(&self) -> bool {
        self.global.dry_run
    }

    /// Whether a question can be asked.
    pub fn can_ask(&self) -> bool {
        !self.global.no_input && self.prompter.available()
    }

    /// Whether [`Context::confirm`] would ask, or say that it cannot.
    pub fn would_ask(&self) -> bool {
        !self.global.yes && !self.global.dry_run
    }

    /// Asks for confirmation; the default is no. Ok means yes: by answer, by `--yes`, or because `--dry-run` keeps
    /// nothing. Call it before the transaction starts, and after showing who is affected.
    pub fn confirm(&mut self, question: &str) -> Result<(), CliError> {
        if !self.would_ask() {
            return Ok(());
        }
        if !self.can_ask() {
            let what = question.replace('?', ".");
            return Err(CliError::usage(format!(
                "confirmation is required: {}",
                what.trim_end_matches('.')
            ))
            .hinted(hint!("to confirm, run ", self.again_with(&["--yes"]))));
        }
        self.ui.flush()?;
        let answer = self.prompter.confirm(question, false);
        if answer.map_err(nothing_changed)? {
            Ok(())
        } else {
            Err(CliError::failed("not confirmed; nothing was changed"))
        }
    }

    /// Asks for a required value that is missing. `option` is the option that gives it, as in `--reason`.
    pub fn ask_line(&mut self, question: &str, option: &str) -> Result<String, CliError> {
        self.expect_somebody(option)?;
        let answer = self.prompter.line(question).map_err(nothing_changed)?;
        match answer.trim() {
            "" => Err(CliError::usage(format!(
                "{option} is required; nothing was changed"
            ))),
            answer => Ok(answer.to_owned()),
        }
    }

    /// Asks for a secret. `option` is the option that names a file with it.
    pub fn ask_secret(&mut self, question: &str, option: &str) -> Result<Secret, CliError> {
        self.expect_somebody(option)?;
        self.prompter.secret(question)
    }

    fn expect_somebody(&mut self, option: &str) -> Result<(), CliError> {
        if self.can_ask() {
            return self.ui.flush();
        }
        let when = if self.global.no_input {
            "with --no-input"
        } else {
            "when not run at a terminal"
        };
        Err(CliError::usage(format!("{option} is required {when}"))
            .hinted(format!("add {option}, or run it at a terminal")))
    }

    /// Shows how far long work is. The bar goes away by [`Progress::finish`], or at the end of the command.
    pub fn progress(&mut self, what: &str, total: Option<u64>) -> Progress {
        self.ui.start_progress(Arc::clone(&self.clock), what, total)
    }

    /// Waits, in pieces, so that Ctrl-C is heard and a reader that went away is noticed; false if it is to stop.
    pub fn wait(&self, time: Duration) -> bool {
        let mut left = time;
        loop {
            if self.interrupt.is_raised() || self.ui.is_closed() {
                return false;
            }
            if left.is_zero() {
                return true;
            }
            let slice = left.min(SLICE);
            self.clock.pause(slice);
            left -= slice;
        }
    }

    /// The words that were typed, the program's name left out.
    pub fn typed(&self) -> Vec<String> {
        let words = self.words.iter().skip(1);
        words
            .map(|word| word.to_string_lossy().into_owned())
            .collect()
    }

    /// The command line with an option and perhaps its value added.
    pub fn again_with(&self, option: &[&str]) -> PrintedCommand {
        let mut words = self.typed();
        let end = words.iter().position(|word| word == "--");
        let end = end.unwrap_or(words.len());
        words.splice(end..end, option.iter().map(|word| (*word).to_owned()));
        command(&words)
    }

    /// The end of the command: the one answer, and the exit code.
    pub(in crate::cli) fn finish(mut self, result: Result<Finish, CliError>) -> u8 {
        self.report.finish(&mut self.ui, result)
    }
}

/// A question that is asked before anything is done was cancelled.
fn nothing_changed(mut error: CliError) -> CliError {
    if error.kind == Kind::Cancelled {
        error.message.push_str("; nothing was changed");
    }
    error
}
