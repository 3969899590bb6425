//! The command line: what may be typed, and nothing of what it means.
//!
//! The doc comments here and in `commands/` are the help, the manual and the completions; there is no second
//! text to keep. A summary is imperative, one line, without a full stop; tests walk over the whole tree.

#[cfg(test)]
mod tests;

use anstyle::{AnsiColor, Style};
use clap::Parser;
use clap::builder::Styles;
use clap_complete::ArgValueCompleter;

use super::base::complete;
use super::base::global::GlobalArgs;
use super::commands::Command;

/// The looks of help and usage errors, in keeping with [`crate::cli::base::colour::Role`].
const STYLES: Styles = Styles::styled()
    .header(Style::new().bold().underline())
    .usage(Style::new().bold().underline())
    .literal(Style::new().bold())
    .placeholder(Style::new())
    .error(AnsiColor::Red.on_default().bold())
    .valid(AnsiColor::Green.on_default())
    .invalid(AnsiColor::Yellow.on_default());

/// Manage who can sign in to a panel
///
/// Invite people, find out why someone cannot sign in, unlock, reset, extend, and keep an audit log of every change.
/// Commands that change something show the state before and after, and what happens next.
#[derive(Debug, Parser)]
#[command(
    name = "admit",
    version,
    styles = STYLES,
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = false,
    max_term_width = 100,
    mut_arg("panel", |panel| panel.add(ArgValueCompleter::new(complete::panels))),
    after_help = "someone can't sign in? admit why ADDRESS"
)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// The command.
    #[command(subcommand)]
    pub command: Command,
}
