//! What must be known before the command line is parsed, and even if it cannot be: the format and colours for
//! reporting the error.

use std::collections::BTreeMap;
use std::ffi::OsString;

use clap::ValueEnum;

use super::colour::ColorChoice;
use super::config::masked;
use super::output::Format;
use crate::cli::base::printed::RunOptions;

/// A guess from the bare words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Early {
    /// `--output`, or else `ADMIT_OUTPUT`.
    pub format: Format,
    /// `--color`, or else `ADMIT_COLOR`.
    pub color: ColorChoice,
    /// `--quiet`.
    pub quiet: bool,
    /// The command in full words, as in `reset password`; `admit` if there is none.
    pub command: String,
    /// `--config`, `--store` and `--panel`.
    pub run: RunOptions,
}

impl Early {
    /// Guesses. `tree` is the command tree; the first argument is the program's name.
    pub fn guess(args: &[OsString], vars: &BTreeMap<String, String>, tree: &clap::Command) -> Self {
        let words: Vec<_> = args
            .iter()
            .skip(1)
            .map(|arg| arg.to_string_lossy())
            .collect();
        let mut output = None;
        let mut color = None;
        let mut quiet = false;
        let mut run = RunOptions::default();
        let mut path: Vec<&str> = Vec::new();
        let mut here = Some(tree);
        let mut words = words.iter().map(AsRef::as_ref).peekable();
        while let Some(word) = words.next() {
            let word: &str = word;
            if word == "--" {
                break;
            } else if let Some(long) = word.strip_prefix("--") {
                let (name, mut value) = match long.split_once('=') {
                    Some((name, value)) => (name, Some(value)),
                    None => (long, None),
                };
                if value.is_none() && takes_value(name) {
                    value = words.next();
                }
                match name {
                    "output" => output = value,
                    "color" => color = value,
                    "quiet" => quiet = true,
                    "config" => run.config = value.map(str::to_owned),
                    "store" => run.store = value.map(masked),
                    "panel" => run.panel = value.map(str::to_owned),
                    _ => {}
                }
            } else if let Some(short) = word.strip_prefix('-').filter(|short| !short.is_empty()) {
                let flags = short.trim_start_matches(['n', 'y', 'q', 'v']);
                quiet |= short[..short.len() - flags.len()].contains('q');
                if let Some(value) = flags.strip_prefix('o') {
                    output = match value.strip_prefix('=').unwrap_or(value) {
                        "" => words.next(),
                        value => Some(value),
                    };
                }
            } else if let Some(command) = here {
                here = command.find_subcommand(word);
                path.extend(here.map(clap::Command::get_name));
            }
        }
        let var = |name: &str| vars.get(name).map(String::as_str);
        Self {
            format: parse(output, var("ADMIT_OUTPUT")).unwrap_or_default(),
            color: parse(color, var("ADMIT_COLOR")).unwrap_or_default(),
            quiet,
            run,
            command: if path.is_empty() {
                "admit".into()
            } else {
                path.join(" ")
            },
        }
    }
}

fn takes_value(name: &str) -> bool {
    matches!(name, "store" | "panel" | "output" | "color" | "config")
}

fn parse<T: ValueEnum>(option: Option<&str>, variable: Option<&str>) -> Option<T> {
    option
        .or(variable)
        .and_then(|word| T::from_str(word, false).ok())
}
