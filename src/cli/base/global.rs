//! The options that every command takes.

use std::path::PathBuf;

use clap::Args;

use super::colour::ColorChoice;
use super::output::Format;

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
    #[arg(long, global = true, value_name = "NAME")]
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
