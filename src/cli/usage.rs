//! When the command line is not understood, or asks for help: clap's words in our form.

use clap::error::{Error, ErrorKind};

use crate::cli::base::colour::wants_colour;
use crate::cli::base::early::Early;
use crate::cli::base::env::Env;
use crate::cli::base::error::CliError;
use crate::cli::base::output::{Format, Report};
use crate::cli::base::ui::{Manner, Ui};
use crate::domain::text::shown;

/// Answers instead of a command; returns the exit code.
pub(super) fn answer(error: &Error, early: &Early, env: Env) -> u8 {
    let manner = manner_of(early, &env);
    let mut ui = Ui::new(env.stdout, env.stderr, env.terminal, manner);
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
            report.finish(&mut ui, Err(in_our_words(error, &early.command)))
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
fn in_our_words(error: &Error, command: &str) -> CliError {
    let help = match command {
        "admit" => "admit --help".to_owned(),
        command => format!("admit {command} --help"),
    };
    if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return CliError::usage("no command given").hinted(format!("run `{help}`"));
    }
    let text = error.render().to_string();
    let text = text.strip_prefix("error: ").unwrap_or(&text);
    let mut paragraphs = text.split("\n\n");
    let joined = |text: &str| {
        let words: Vec<_> = text.split_whitespace().collect();
        words.join(" ")
    };
    let message = joined(paragraphs.next().unwrap_or_default());
    let tips: Vec<_> = paragraphs
        .flat_map(str::lines)
        .filter_map(|line| line.trim().strip_prefix("tip: "))
        .map(joined)
        .collect();
    let hint = if tips.is_empty() {
        format!("run `{help}`")
    } else {
        format!("{}; or run `{help}`", tips.join("; "))
    };
    CliError::usage(message).hinted(hint)
}
