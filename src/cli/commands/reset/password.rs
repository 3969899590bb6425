//! `admit reset password`

use clap::Args;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish};
use crate::cli::base::reason::read_reason;
use crate::cli::runner::each;
use crate::cli::runner::input::{self, Column};
use crate::cli::runner::people::{People, Verb};
use crate::cli::view::rows;
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::mail::LinkUse;
use crate::ops::outcome::Outcome;
use crate::ops::reset_password::{Reset, reset_password};
use crate::ops::{Op, OpError, Scope};
use crate::store::Tx;

/// Mail a link to set a new password
///
/// The old password works until the link is used, unless --now is given. You never see a password.
#[derive(Args, Debug)]
#[command(after_long_help = section(rows::RESET_PASSWORD, &[rows::LINE, rows::LINK, rows::TOKEN]))]
#[command(after_help = examples(&["admit reset password ada@example.com", "admit reset password ada@example.com --now", "admit reset password ada@example.com --print-link"]))]
pub struct PasswordArgs {
    #[command(flatten)]
    people: People,

    /// Void the password now, and end sessions
    #[arg(long)]
    now: bool,

    /// Print the link, if mail does not arrive
    ///
    /// The person gets a notice instead of the link.
    #[arg(long)]
    print_link: bool,

    /// Reason for the audit log
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Starts the resets.
pub fn run(cx: &mut Context, args: &PasswordArgs) -> Result<Finish, CliError> {
    let reason = read_reason(args.reason.as_deref())?;
    let request = Reset {
        panel: cx.panel(),
        now: args.now,
        print_link: args.print_link,
        reason,
    };
    each::run(cx, &args.people, ResetVerb { request })
}

struct ResetVerb {
    request: Reset,
}

impl Verb for ResetVerb {
    type Request = ();
    const COLUMNS: &'static [Column] = &[Column::Address];

    fn name(&self) -> &'static str {
        "Reset the passwords of"
    }

    fn fields(&self) -> &'static [Field] {
        rows::RESET_PASSWORD
    }

    fn request(&self, _: &Address, _: &input::Row, _: &Op) -> Result<(), Refusal> {
        Ok(())
    }

    fn apply(
        &self,
        tx: &mut Tx<'_>,
        scope: &Scope,
        op: &Op,
        address: &Address,
        (): &(),
    ) -> Result<Outcome, OpError> {
        reset_password(tx, scope, op, address, &self.request)
    }

    fn prints_links(&self) -> Option<LinkUse> {
        self.request.print_link.then_some(LinkUse::Reset)
    }
}
