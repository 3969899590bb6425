//! `admit store …`

pub mod check;
pub mod info;
pub mod init;
pub mod set;

use clap::{Args, Subcommand};

use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::Finish;

/// Look after the database and its key
#[derive(Args, Debug)]
pub struct StoreArgs {
    #[command(subcommand)]
    command: StoreCommand,
}

#[derive(Debug, Subcommand)]
enum StoreCommand {
    Init(init::InitArgs),
    Info(info::InfoArgs),
    Check(check::CheckArgs),
    Set(set::SetArgs),
}

/// Dispatches.
pub fn run(cx: &mut Context, args: &StoreArgs) -> Result<Finish, CliError> {
    match &args.command {
        StoreCommand::Init(args) => init::run(cx, args),
        StoreCommand::Info(args) => info::run(cx, args),
        StoreCommand::Check(args) => check::run(cx, args),
        StoreCommand::Set(args) => set::run(cx, args),
    }
}
