//! `admit reset 2fa`

use clap::Args;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish};
use crate::cli::base::reason::read_reason;
use crate::cli::base::times::TimeFormat;
use crate::cli::runner::each;
use crate::cli::runner::input::{self, Column};
use crate::cli::runner::people::{People, Verb};
use crate::cli::view::rows;
use crate::cli::view::safety;
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::ops::outcome::Outcome;
use crate::ops::reset_2fa::{Reset2fa, password_safety, reset_2fa};
use crate::ops::{Op, OpError, Scope};
use crate::store::{Store, Tx};

/// Remove a second factor, so that a new one can be set up
///
/// For someone with a new or lost phone. Removes the authenticator, backup codes and the person's trusted IPs, and
/// ends sessions. Until a new second factor is set up at the next sign-in, only the password protects the account;
/// the question shows how safe it is.
#[derive(Args, Debug)]
#[command(after_long_help = section(rows::RESET_2FA, &[rows::LINE]))]
#[command(after_help = examples(&["admit reset 2fa ada@example.com", "admit reset 2fa ada@example.com --password --reason \"case 4711\""]))]
pub struct TwoFactorArgs {
    #[command(flatten)]
    people: People,

    /// Also mail a link to set a new password
    #[arg(long)]
    password: bool,

    /// Reason for the audit log
    ///
    /// For example a case number, or how the caller was identified.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,
}

/// Takes them off.
pub fn run(cx: &mut Context, args: &TwoFactorArgs) -> Result<Finish, CliError> {
    let reason = read_reason(args.reason.as_deref())?;
    let request = Reset2fa {
        panel: cx.panel(),
        password: args.password,
        reason,
    };
    each::run(cx, &args.people, TwoFactorVerb { request })
}

/// How many people's password safety is shown; more would not help somebody who answers one question.
const SHOWN: usize = 5;

struct TwoFactorVerb {
    request: Reset2fa,
}

impl Verb for TwoFactorVerb {
    type Request = ();
    const COLUMNS: &'static [Column] = &[Column::Address];
    const PREPARES: bool = true;
    const ASKS: bool = true;

    fn name(&self) -> &'static str {
        "Remove the second factor"
    }

    fn fields(&self) -> &'static [Field] {
        rows::RESET_2FA
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
        reset_2fa(tx, scope, op, address, &self.request)
    }

    /// Shows how safe the passwords are, and asks: it weakens security.
    fn prepare(
        &mut self,
        cx: &mut Context,
        store: &mut Store,
        addresses: &[String],
    ) -> Result<(), CliError> {
        let op = cx.op();
        let safety = store.read(|tx| {
            let mut found = Vec::new();
            for typed in addresses {
                // The verb itself reports unknown people.
                if let Ok(address) = Address::parse(typed)
                    && let Ok(safety) = password_safety(tx, &op, &address)
                {
                    found.push(safety);
                }
            }
            Ok::<_, OpError>(found)
        });
        let safety = safety.map_err(|error| CliError::failed(error.to_string()))?;
        let with_factor: Vec<_> = safety
            .iter()
            .filter(|safety| safety.second_factor_set_at.is_some())
            .collect();
        let times = TimeFormat {
            now: cx.now,
            zone: cx.tz.clone(),
        };
        for safety in with_factor.iter().take(SHOWN) {
            for line in safety::lines(safety, &times) {
                cx.ui.status(&line);
            }
        }
        let (whose, what) = match with_factor.as_slice() {
            [] => return Ok(()),
            [one] => (one.account.address.to_string(), "the account"),
            several => (format!("{} people", several.len()), "their accounts"),
        };
        if !self.request.password && cx.can_ask() && !cx.global.yes && !cx.dry_run() {
            cx.ui
                .hint("use --password to also mail a link to set a new password");
        }
        cx.confirm(&format!(
            "Remove the second factor of {whose}? Only the password will protect {what} until a new one is set up."
        ))
    }
}
