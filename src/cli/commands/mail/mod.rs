//! `admit mail …`

mod follow;
pub mod list;
pub mod preview;
pub mod retry;
pub mod send;
pub mod show;
pub mod test;

use clap::{Args, Subcommand};

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;

/// Show, send and retry mail
#[derive(Args, Debug)]
pub struct MailArgs {
    #[command(subcommand)]
    command: MailCommand,
}

#[derive(Debug, Subcommand)]
enum MailCommand {
    List(list::ListArgs),
    Show(show::ShowArgs),
    Send(send::SendArgs),
    Retry(retry::RetryArgs),
    Test(test::TestArgs),
    Preview(preview::PreviewArgs),
}

/// Dispatches.
pub fn run(cx: &mut Context, args: &MailArgs) -> Result<Finish, CliError> {
    match &args.command {
        MailCommand::List(args) => list::run(cx, args),
        MailCommand::Show(args) => show::run(cx, args),
        MailCommand::Send(args) => send::run(cx, args),
        MailCommand::Retry(args) => retry::run(cx, args),
        MailCommand::Test(args) => test::run(cx, args),
        MailCommand::Preview(args) => preview::run(cx, args),
    }
}
