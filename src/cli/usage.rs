//! When the command line is not understood, or asks for help: clap's words in our form.

use std::ffi::OsString;

use clap::CommandFactory;
use clap::error::{ContextKind, ContextValue, Error, ErrorKind};

use super::args::Cli;
use super::other_words;
use crate::cli::base::colour::wants_colour;
use crate::cli::base::early::Early;
use crate::cli::base::env::Env;
use crate::cli::base::error::CliError;
use crate::cli::base::output::{Format, Report};
use crate::cli::base::printed::{self, PrintedCommand, hint};
use crate::cli::base::ui::{Manner, Ui};
use crate::cli::runner::misplaced::with_option;
use crate::domain::role::BuiltIn;
use crate::domain::text::shown;

/// Answers instead of a command; returns the exit code.
pub(super) fn answer(error: &Error, words: &[OsString], early: &Early, env: Env) -> u8 {
    let manner = manner_of(early, &env);
    let mut ui = Ui::new(env.stdout, env.stderr, env.terminal, manner);
    ui.acts_as_told(early.run.clone());
    match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion => {
            let written = ui.raw(page(error, manner.colour_out).as_bytes());
            match written.and_then(|()| ui.finish()) {
                Ok(()) => 0,
                Err(fault) => {
                    ui.error(&fault);
                    fault.kind.code()
                }
            }
        }
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand if early.format != Format::Json => {
            ui.talk(&page(error, manner.colour_err));
            ui.finish().ok();
            CliError::usage("").kind.code()
        }
        _ => {
            let report = Report::new(&early.command, early.format);
            let line: Vec<String> = words
                .iter()
                .skip(1)
                .map(|word| word.to_string_lossy().into_owned())
                .collect();
            let told = in_our_words(error, &line, &early.command);
            report.finish(&mut ui, Err(told))
        }
    }
}

/// The output settings while only the bare words are known.
pub(super) fn manner_of(early: &Early, env: &Env) -> Manner {
    let colour = |terminal| wants_colour(early.color, &env.vars, terminal);
    Manner {
        quiet: early.quiet,
        verbose: 0,
        colour_out: colour(env.terminal.stdout),
        colour_err: colour(env.terminal.stderr),
    }
}

/// A help page. It is made of our own words; only if it should echo what was typed, it is made harmless first.
fn page(error: &Error, colour: bool) -> String {
    let text = error.render();
    let plain = text.to_string();
    let mut safe: String = plain
        .lines()
        .flat_map(|line| [shown(line), "\n".into()])
        .collect();
    if safe == plain && colour {
        safe = text.ansi().to_string();
    }
    safe
}

/// The first paragraph of clap's text is what went wrong; its tips are the hint.
fn in_our_words(error: &Error, line: &[String], command: &str) -> CliError {
    let path = command.split(' ').filter(|word| *word != "admit");
    let help = printed::command(&path.chain(["--help"]).collect::<Vec<_>>());
    let wrong = |kind| match error.get(kind) {
        Some(ContextValue::String(word)) => Some(word.as_str()),
        _ => None,
    };
    match error.kind() {
        ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return CliError::usage("no command given").hinted(hint!("run ", help));
        }
        ErrorKind::InvalidSubcommand => {
            if let Some(word) = wrong(ContextKind::InvalidSubcommand) {
                return unknown_command(word, line, command, help);
            }
        }
        ErrorKind::MissingRequiredArgument if command == "role-of" => {
            let role = line.iter().find(|word| BuiltIn::parse(word).is_some());
            if let Some(run) = role.and_then(|role| with_option(line, role, "--set")) {
                return CliError::usage("no role given").hinted(hint!("run ", run));
            }
        }
        ErrorKind::UnknownArgument => {
            if let Some(told) = wrong(ContextKind::InvalidArg)
                .and_then(|word| unknown_argument(word, line, command, &help))
            {
                return told;
            }
        }
        _ => {}
    }
    let text = error.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let mut paragraphs = text.split("\n\n");
    let joined = |text: &str| {
        let words: Vec<_> = text.split_whitespace().collect();
        words.join(" ")
    };
    let message = joined(paragraphs.next().unwrap_or_default());
    // Without the tip to pass an unknown option as a value: it is never meant as one.
    let tips: Vec<_> = paragraphs
        .flat_map(str::lines)
        .filter_map(|line| line.trim().strip_prefix("tip: "))
        .filter(|tip| !tip.starts_with("to pass "))
        .map(joined)
        .collect();
    let hint = if tips.is_empty() {
        hint!("run ", help)
    } else {
        hint!(tips.join("; "), "; or run ", help)
    };
    CliError::usage(message).hinted(hint)
}

/// An unknown word in the place of a command.
fn unknown_command(word: &str, line: &[String], command: &str, help: PrintedCommand) -> CliError {
    let whole = match command {
        "admit" => word.to_owned(),
        command => format!("{command} {word}"),
    };
    let error = CliError::usage(format!("unknown command '{whole}'"));
    let meant = line
        .iter()
        .position(|each| each == word)
        .and_then(|at| other_words::hint_for(&Cli::command(), line, at));
    match meant {
        Some(meant) => error.hinted(meant),
        None => error.hinted(hint!(help, " lists the commands")),
    }
}

/// An option that the command does not have, where more can be said than that.
fn unknown_argument(
    word: &str,
    line: &[String],
    command: &str,
    help: &PrintedCommand,
) -> Option<CliError> {
    if word.starts_with('-') && word[1..].starts_with(|c: char| c.is_ascii_digit()) {
        return Some(negative(word, line, help));
    }
    (word == "--all" && reads_files(command)).then(|| {
        let status: &[&str] = match command {
            "unlock" => &["--status", "locked"],
            "resend" | "revoke" => &["--status", "pending"],
            _ => &[],
        };
        let list = [&["list"], status, &["-o", "plain"]].concat();
        CliError::usage("there is no --all; name people one by one, or read them from a file")
            .hinted(hint!(
                printed::command(&list),
                " prints addresses, one per line, and --from - reads them from standard input"
            ))
    })
}

/// A value that begins with a hyphen is taken for an option.
fn negative(word: &str, line: &[String], help: &PrintedCommand) -> CliError {
    let at = line.iter().position(|each| each.starts_with(word));
    let typed = at.map_or(word, |at| line[at].as_str());
    let option = at
        .and_then(|at| line.get(at.checked_sub(1)?))
        .filter(|option| option.starts_with("--"));
    let Some(option) = option else {
        return CliError::usage(format!("unexpected argument {typed}"))
            .hinted(hint!("run ", help.clone()));
    };
    let error = CliError::usage(format!("{option} takes no negative value: {typed}"));
    match option.as_str() {
        "--for" => error.hinted(
            "a duration counts forward, as in 3d; for an earlier end, give the date with --until",
        ),
        _ => error.hinted(hint!("run ", help.clone())),
    }
}

/// Whether a command takes many people.
fn reads_files(command: &str) -> bool {
    let tree = Cli::command();
    let found = command
        .split(' ')
        .try_fold(&tree, |here, word| here.find_subcommand(word));
    found.is_some_and(|found| found.get_arguments().any(|arg| arg.get_id() == "from"))
}
