//! `admit config …`

pub mod init;
pub mod path;
pub mod show;

use clap::{Args, Subcommand};

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;

/// Create a settings file, or show settings and their sources
#[derive(Args, Debug)]
pub struct ConfigArgs {
    #[command(subcommand)]
    command: ConfigCommand,
}

#[derive(Debug, Subcommand)]
enum ConfigCommand {
    Init(init::InitArgs),
    Show(show::ShowArgs),
    Path(path::PathArgs),
}

impl ConfigArgs {
    /// Where the files are can be told also when one is broken.
    pub(super) fn bears_broken_settings(&self) -> bool {
        matches!(self.command, ConfigCommand::Path(_))
    }
}

/// Dispatches.
pub fn run(cx: &mut Context, args: &ConfigArgs) -> Result<Finish, CliError> {
    match &args.command {
        ConfigCommand::Init(args) => init::run(cx, args),
        ConfigCommand::Show(args) => show::run(cx, args),
        ConfigCommand::Path(args) => path::run(cx, args),
    }
}
