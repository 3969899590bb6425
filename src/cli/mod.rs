//! The terminal layer: argv, prompts, tables, exit codes.
//!
//! | layer | its job |
//! |---|---|
//! | [`base`] | what every command stands on: the world, settings, streams, the store as the settings name it |
//! | [`view`] | how people, panels, mails and changes look as rows |
//! | [`runner`] | a verb goes through people, one by one or from a file |
//! | [`commands`] | one file per verb: arguments, then `run` |
//! | [`args`], `usage`, [`completion`] | the whole command line; nothing below knows it |
//!
//! Each uses only those above it in this table; a test reads the `use` lines.
//!
//! [`run`] is the whole life of a command: parse, settle the settings, run, report. It keeps no state between
//! calls and may be called more than once in a process. A command never finishes its own report and never picks an
//! exit code: it adds rows and returns, and so cannot fail and still exit with 0, or answer JSON twice.

pub mod args;
pub mod base;
pub mod commands;
pub mod completion;
mod help;
mod other_words;
pub mod runner;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod usage;
pub mod view;

use std::ffi::OsString;
use std::ops::ControlFlow;

use clap::{ArgMatches, Command, CommandFactory, FromArgMatches};

use self::args::Cli;
use self::base::colour::wants_colour;
use self::base::config::Config;
use self::base::context::Context;
use self::base::early::Early;
use self::base::env::Env;
use self::base::output::{Format, Report};
use self::base::ui::{Manner, Ui};
use crate::domain::when;

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
    let parse = |tree: Command| {
        let matches = tree.term_width(width).try_get_matches_from(&words)?;
        Ok((Cli::from_arg_matches(&matches)?, full_name(&matches)))
    };
    // Laying out the help of all commands takes time, so it is done only where help is shown.
    let parsed = match parse(tree) {
        Err(error) if help::is_shown(&error) => parse(help::for_terminal(Cli::command(), &words)),
        parsed => parsed,
    };
    let asked = parsed
        .as_ref()
        .map(|(cli, _)| (&cli.global, cli.command.gate()));
    let env = match commands::gate::take_over(asked, &early, env) {
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
    let now = env.clock.now();
    let mut ui = Ui::new(env.stdout, env.stderr, env.terminal, manner);
    ui.acts_as_told(cli.global.run_options());
    let mut report = Report::new(name, format);
    report.times_in(when::zone_name(&env.tz, now));
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
    let mut cx = Context {
        ui,
        report,
        tree: Cli::command,
        config,
        config_fault: fault,
        system_config: env.system_config,
        global: cli.global.clone(),
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
        prompter: env.prompter,
        words,
    };
    let result = cli.command.run(&mut cx);
    cx.finish(result)
}
