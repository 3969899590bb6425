//! The options that every command takes.

use std::path::PathBuf;

use clap::Args;

use super::colour::ColorChoice;
use super::output::Format;

/// The options that every command takes.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Global options")]
pub struct GlobalArgs {
    /// Store to use: a file or a database URL
    #[arg(long, global = true, value_name = "URL")]
    pub store: Option<String>,

    /// Panel to use
    ///
    /// Without it, commands that read show all panels, and commands that change something use the only one.
    #[arg(long, global = true, value_name = "NAME")]
    pub panel: Option<String>,

    /// Output format: table, json, jsonl, csv or plain
    #[arg(
        short,
        long,
        global = true,
        value_enum,
        value_name = "FORMAT",
        hide_possible_values = true
    )]
    pub output: Option<Format>,

    /// Show what would happen without changing anything
    #[arg(short = 'n', long, global = true)]
    pub dry_run: bool,

    /// Answer yes to all confirmations
    #[arg(short, long, global = true)]
    pub yes: bool,

    /// Never ask; fail if an answer is needed
    #[arg(long, global = true)]
    pub no_input: bool,

    /// Print only results, warnings and errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,

    /// Print more details (can be repeated)
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,

    /// Use color: auto, always or never
    #[arg(
        long,
        global = true,
        value_enum,
        value_name = "WHEN",
        hide_possible_values = true
    )]
    pub color: Option<ColorChoice>,

    /// Settings file to use instead of the user's
    #[arg(long, global = true, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub config: Option<PathBuf>,
}
