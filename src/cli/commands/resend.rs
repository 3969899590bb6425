//! `admit resend`

use clap::Args;

use super::by_address::ByAddress;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::runner::each;
use crate::cli::runner::people::People;
use crate::cli::view::rows;
use crate::mail::LinkUse;
use crate::ops::resend::resend;

/// Mail a new invitation link
///
/// The previous link no longer works; the answer shows when it was sent.
#[derive(Args, Debug)]
#[command(after_long_help = section(rows::INVITATION, &[rows::LINE, rows::LINK, rows::TOKEN]))]
#[command(after_help = examples(&["admit resend ada@example.com", "admit resend ada@example.com --print-link"]))]
pub struct ResendArgs {
    #[command(flatten)]
    people: People,

    /// Print the links, if mail does not arrive
    #[arg(long)]
    print_link: bool,
}

/// Resends them.
pub fn run(cx: &mut Context, args: &ResendArgs) -> Result<Finish, CliError> {
    let verb = ByAddress {
        name: "Resend the invitations of",
        fields: rows::INVITATION,
        panel: cx.panel(),
        prints: args.print_link.then_some(LinkUse::Register),
        apply: |tx, scope, op, address, panel| resend(tx, scope, op, address, panel, true),
    };
    each::run(cx, &args.people, verb)
}
