//! One file per verb: its arguments, whose doc comments are the help, and `run`.

pub mod completions;
pub mod gate;
pub mod man;

use clap::Subcommand;

use super::context::Context;
use super::error::CliError;
use super::output::Finish;

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    #[command(display_order = 900)]
    #[expect(missing_docs, reason = "the help is the doc comment of the arguments")]
    Completions(completions::CompletionsArgs),
    #[command(display_order = 800)]
    #[expect(missing_docs, reason = "the help is the doc comment of the arguments")]
    Gate(gate::GateArgs),
    #[command(display_order = 901)]
    #[expect(missing_docs, reason = "the help is the doc comment of the arguments")]
    Man(man::ManArgs),
}

impl Command {
    /// Whether the command runs although the settings are broken; it finds the fault in
    /// [`Context::config_fault`].
    pub(super) fn bears_broken_settings(&self) -> bool {
        matches!(self, Self::Completions(_) | Self::Man(_))
    }

    /// Runs it.
    pub(super) fn run(&self, cx: &mut Context) -> Result<Finish, CliError> {
        match self {
            Self::Completions(args) => completions::run(cx, args),
            Self::Gate(_) => gate::run(),
            Self::Man(args) => man::run(cx, args),
        }
    }
}
