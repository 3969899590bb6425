//! `admit reset …`

pub mod password;
pub mod two_factor;

use clap::{Args, Subcommand};

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;

/// Reset a password or second factor
#[derive(Args, Debug)]
pub struct ResetArgs {
    #[command(subcommand)]
    command: ResetCommand,
}

#[derive(Debug, Subcommand)]
enum ResetCommand {
    Password(password::PasswordArgs),
    #[command(name = "2fa", aliases = ["mfa", "second-factor"])]
    TwoFactor(two_factor::TwoFactorArgs),
}

/// Dispatches.
pub fn run(cx: &mut Context, args: &ResetArgs) -> Result<Finish, CliError> {
    match &args.command {
        ResetCommand::Password(args) => password::run(cx, args),
        ResetCommand::TwoFactor(args) => two_factor::run(cx, args),
    }
}
