//! The terminal floor: argv, prompts, tables, exit codes.
//!
//! | module | its job |
//! |---|---|
//! | [`mod@env`] | the world: streams, clock, variables, who is asking; built once |
//! | [`args`] | the command line, as data |
//! | [`config`] | settings in layers, each knowing where it came from |
//! | [`context`] | what a command gets |
//! | [`commands`] | one file per verb: arguments, then `run` |
//! | [`output`] | rows in; a table, JSON, CSV or addresses out |
//! | [`ui`] | the only writer to the streams |
//! | [`prompt`], [`progress`], [`interrupt`] | questions, the bar, Ctrl-C |
//! | [`error`] | what went wrong, in words, with its exit code |
//!
//! [`run`] is the whole life of a command: parse, settle the settings, run, report. It keeps no state between
//! calls and may be called more than once in a process. A command never finishes its own report and never picks an
//! exit code: it adds rows and returns, and so cannot fail and still exit with 0, or answer JSON twice.

mod afterwards;
pub mod args;
mod beside_key;
mod bulk;
mod closing;
pub mod commands;
pub mod complete;
pub mod completion;
pub mod config;
pub mod context;
pub mod each;
pub mod env;
pub mod error;
pub mod hardening;
pub mod input;
pub mod interrupt;
mod latest_time;
pub mod ledger;
mod lookup;
mod misplaced;
mod opening;
mod other_words;
pub mod output;
pub mod people;
mod places;
pub mod printed;
pub mod progress;
pub mod prompt;
mod reading;
pub mod refusals;
pub mod setting;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
pub mod ui;
mod undelivered;
mod usage;
pub mod view;

use std::ffi::OsString;
use std::ops::ControlFlow;

use clap::{ArgMatches, CommandFactory, FromArgMatches};

use self::args::{Cli, Early};
use self::config::Config;
use self::context::Context;
use self::env::Env;
use self::output::{Format, Report};
use self::printed::RunOptions;
use self::ui::{Manner, Ui, wants_colour};

/// Runs a command line, the program's name first; gives the exit code.
pub fn run(args: impl IntoIterator<Item = OsString>, env: Env) -> u8 {
    let words: Vec<OsString> = args.into_iter().collect();
    let tree = Cli::command();
    let early = Early::guess(&words, &env.vars, &tree);
    // Help is as wide as the terminal, and up to what reads well.
    let width = if env.terminal.stdout {
        env.terminal.width.min(100)
    } else {
        100
    };
    let parsed = tree
        .term_width(width)
        .try_get_matches_from(&words)
        .and_then(|matches| Ok((Cli::from_arg_matches(&matches)?, full_name(&matches))));
    let env = match commands::gate::take_over(&parsed, &early, env) {
        ControlFlow::Break(code) => return code,
        ControlFlow::Continue(env) => env,
    };
    match parsed {
        Ok((cli, name)) => obey(&cli, &name, words, &early, env),
        Err(error) => usage::answer(&error, &words, &early, env),
    }
}

/// The command in full words, as in `reset password`.
fn full_name(matches: &ArgMatches) -> String {
    let mut words = Vec::new();
    let mut here = matches;
    while let Some((name, deeper)) = here.subcommand() {
        words.push(name);
        here = deeper;
    }
    words.join(" ")
}

fn obey(cli: &Cli, name: &str, words: Vec<OsString>, early: &Early, env: Env) -> u8 {
    let config = Config::load(&cli.global, &env.vars, &env.system_config);
    let (config, fault) = match config {
        Ok(config) => (Ok(config), None),
        Err(fault) if cli.command.bears_broken_settings() => {
            (Config::defaults(&env.vars), Some(fault))
        }
        Err(fault) => (Err(fault), None),
    };
    let settled = match &config {
        Ok(config) if fault.is_none() => Some((config.output.value, config.color.value)),
        _ => None,
    };
    let (format, color) = settled.unwrap_or((early.format, early.color));
    let colour = |terminal| wants_colour(color, &env.vars, terminal);
    let manner = Manner {
        quiet: cli.global.quiet,
        verbose: cli.global.verbose,
        colour_out: format == Format::Table && colour(env.terminal.stdout),
        colour_err: colour(env.terminal.stderr),
    };
    let mut ui = Ui::new(env.stdout, env.stderr, env.terminal, manner);
    ui.acts_as_told(RunOptions::of(&cli.global));
    let mut report = Report::new(name, format);
    if cli.global.dry_run {
        report.conditional();
    }
    let config = match config {
        Ok(config) => config,
        Err(fault) => return report.finish(&mut ui, Err(fault)),
    };
    for warning in &config.warnings {
        ui.warning(&warning.message);
        if let Some(hint) = &warning.hint {
            ui.hint(hint.clone());
        }
    }
    let now = env.clock.now();
    let mut cx = Context {
        ui,
        report,
        config,
        config_fault: fault,
        global: cli.global.clone(),
        now,
        wall: now,
        clock: env.clock,
        entropy: env.entropy,
        operator: env.operator,
        tz: env.tz,
        stdin: env.stdin,
        interrupt: env.interrupt,
        mailbox: env.mailbox,
        scratch: None,
        prompter: env.prompter,
        words,
    };
    let result = cli.command.run(&mut cx);
    cx.finish(result)
}

