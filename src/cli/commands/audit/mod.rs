//! `admit audit …`

mod follow;
pub mod head;
pub mod list;
pub mod prune;
pub mod verify;

use clap::{Args, Subcommand};

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;

/// Read and verify the audit log
#[derive(Args, Debug)]
pub struct AuditArgs {
    #[command(subcommand)]
    command: AuditCommand,
}

#[derive(Debug, Subcommand)]
enum AuditCommand {
    List(list::ListArgs),
    Verify(verify::VerifyArgs),
    Head(head::HeadArgs),
    Prune(prune::PruneArgs),
}

/// Dispatches.
pub fn run(cx: &mut Context, args: &AuditArgs) -> Result<Finish, CliError> {
    match &args.command {
        AuditCommand::List(args) => list::run(cx, args),
        AuditCommand::Verify(args) => verify::run(cx, args),
        AuditCommand::Head(args) => head::run(cx, args),
        AuditCommand::Prune(args) => prune::run(cx, args),
    }
}
