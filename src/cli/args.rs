//! The command line: what may be typed, and nothing of what it means.
//!
//! The doc comments here and in `commands/` are the help, the manual and the completions; there is no second
//! text to keep. A summary is imperative, one line, without a full stop; tests walk over the whole tree.

mod early;
#[cfg(test)]
mod tests;

use std::path::PathBuf;

use anstyle::{AnsiColor, Style};
use clap::builder::Styles;
use clap::{Args, Parser};
use clap_complete::ArgValueCompleter;

pub use self::early::Early;
use super::commands::Command;
use super::config::ColorChoice;
use super::output::Format;

/// The looks of help and usage errors, in keeping with [`super::ui::Role`].
const STYLES: Styles = Styles::styled()
    .header(Style::new().bold().underline())
    .usage(Style::new().bold().underline())
    .literal(Style::new().bold())
    .placeholder(Style::new())
    .error(AnsiColor::Red.on_default().bold())
    .valid(AnsiColor::Green.on_default())
    .invalid(AnsiColor::Yellow.on_default());

/// Look after who gets into a panel
///
/// Invite people, see why somebody cannot get in, unlock, reset, extend, and keep a record of it all. Every
/// command that changes something says what was, what is, and what happens next.
#[derive(Debug, Parser)]
#[command(
    name = "admit",
    version,
    styles = STYLES,
    subcommand_required = true,
    arg_required_else_help = true,
    disable_help_subcommand = false,
    max_term_width = 100,
    after_help = "someone can't log in? admit why ADDRESS"
)]
pub struct Cli {
    /// What counts for every command.
    #[command(flatten)]
    pub global: GlobalArgs,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The options that every command takes.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// The store: a file, or the URL of a database
    #[arg(long, global = true, value_name = "URL")]
    pub store: Option<String>,

    /// The panel that is meant
    ///
    /// Without it, commands that read show all panels, and those that change something use the only one.
    #[arg(long, global = true, value_name = "NAME", add = ArgValueCompleter::new(super::complete::panels))]
    pub panel: Option<String>,

    /// How results are printed
    #[arg(short, long, global = true, value_enum, value_name = "FORMAT")]
    pub output: Option<Format>,

    /// Do everything but keep it: print what would happen, change nothing
    #[arg(short = 'n', long, global = true)]
    pub dry_run: bool,

    /// Answer yes to every confirmation
    #[arg(short, long, global = true)]
    pub yes: bool,

    /// Never ask; a question that would be asked is an error
    #[arg(long, global = true)]
    pub no_input: bool,

    /// Print results, warnings and errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Print more about what is going on (can be repeated)
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,

    /// When to colour
    #[arg(long, global = true, value_enum, value_name = "WHEN")]
    pub color: Option<ColorChoice>,

    /// Read this configuration file instead of the user's
    #[arg(long, global = true, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub config: Option<PathBuf>,
}
