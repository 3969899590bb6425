//! `admit reset password`

use clap::Args;

use serde_json::Value;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish};
use crate::cli::base::printed::Hint;
use crate::cli::base::reason::read_reason;
use crate::cli::base::times::TimeFormat;
use crate::cli::runner::each;
use crate::cli::runner::input::{self, Column};
use crate::cli::runner::people::{People, Verb};
use crate::cli::runner::told::{Commands, Told};
use crate::cli::view::change::{Facts, after_reset, link_end, old_password, or_nothing};
use crate::cli::view::rows;
use crate::domain::address::Address;
use crate::domain::old_password::OldPassword;
use crate::domain::refusal::Refusal;
use crate::mail::LinkUse;
use crate::ops::change::ChangeResult;
use crate::ops::reset_password::{Reset, ResetStarted, reset_password};
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
    type Change = ResetStarted;
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
    ) -> Result<ChangeResult<ResetStarted>, OpError> {
        reset_password(tx, scope, op, address, &self.request)
    }

    fn prints_links(&self) -> Option<LinkUse> {
        self.request.print_link.then_some(LinkUse::Reset)
    }
}

impl Told for ResetStarted {
    fn action(&self) -> &'static str {
        "reset-started"
    }

    fn sentence(&self, facts: &Facts, times: &TimeFormat) -> String {
        let Self { voided, printed } = *self;
        let until = facts
            .link_expires_at
            .map(|end| times.end(end))
            .unwrap_or_default();
        let old = match &facts.old_password {
            Some(OldPassword::Void { since }) if voided => format!(
                "the old password was already void, since {}; open sessions ended",
                times.at(*since)
            ),
            _ if voided => "password set → voided; open sessions ended".to_owned(),
            old => old_password(old.as_ref(), times),
        };
        let printed = or_nothing(
            printed,
            "; the person is mailed a notice, and the link is printed here",
        );
        format!("reset link valid until {until}; {old}{printed}")
    }

    fn fields(&self, facts: &Facts) -> Vec<(Field, Value)> {
        link_end(rows::LINK_EXPIRES_AT, facts)
    }

    fn hints(&self, facts: &Facts, _times: &TimeFormat, command: Commands<'_>) -> Vec<Hint> {
        after_reset(facts, command).into_iter().collect()
    }
}
