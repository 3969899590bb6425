//! `admit reset 2fa`

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
use crate::cli::view::change::{
    Facts, NOTHING, after_reset, count, counted, ended, forgotten, link_end, old_password,
    or_nothing,
};
use crate::cli::view::rows;
use crate::cli::view::safety;
use crate::domain::address::Address;
use crate::domain::old_password::OldPassword;
use crate::domain::refusal::Refusal;
use crate::ops::change::ChangeResult;
use crate::ops::reset_2fa::{FactorReset, Reset2fa, password_safety, reset_2fa};
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
    type Change = FactorReset;
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
    ) -> Result<ChangeResult<FactorReset>, OpError> {
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
        let times = cx.times();
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

impl Told for FactorReset {
    fn action(&self) -> &'static str {
        "second-factor-reset"
    }

    fn sentence(&self, facts: &Facts, times: &TimeFormat) -> String {
        let Self::Reset {
            was_set,
            backup_codes,
            trusted_ips,
            sessions,
            mailed_codes_again,
        } = self
        else {
            return format!("has no second factor: {NOTHING}");
        };
        [
            factor_was(*was_set, *backup_codes),
            or_nothing(*mailed_codes_again, "; codes by mail count again").to_owned(),
            wrong_codes(facts),
            forgotten(*trusted_ips),
            some_ended(*sessions),
            password_is(facts, times),
            or_nothing(
                *was_set,
                "; no authenticator protects the account until a new one is set up",
            )
            .to_owned(),
        ]
        .concat()
    }

    fn fields(&self, facts: &Facts) -> Vec<(Field, Value)> {
        link_end(rows::LINK_EXPIRES_AT, facts)
    }

    fn hints(&self, facts: &Facts, _times: &TimeFormat, command: Commands<'_>) -> Vec<Hint> {
        match self {
            Self::Reset { .. } => after_reset(facts, command).into_iter().collect(),
            Self::NoSecondFactor => Vec::new(),
        }
    }
}

fn factor_was(was_set: bool, backup_codes: usize) -> String {
    if was_set {
        format!(
            "second factor: an authenticator and {} → none",
            count(backup_codes, "backup code", "backup codes")
        )
    } else {
        "no second factor was set".to_owned()
    }
}

fn some_ended(sessions: usize) -> String {
    match sessions {
        0 => String::new(),
        some => format!("; {}", ended(some)),
    }
}

/// Wrong codes that no longer count.
fn wrong_codes(facts: &Facts) -> String {
    let (was, is) = (facts.before.as_ref(), facts.after.as_ref());
    let wrong = was.map_or(0, |was| was.wrong_codes);
    if wrong == 0 || is.is_none_or(|is| is.wrong_codes != 0) {
        return String::new();
    }
    format!("; {} → 0", counted(wrong, "wrong code", "wrong codes"))
}

/// What becomes of the password where the second factor is reset.
fn password_is(facts: &Facts, times: &TimeFormat) -> String {
    match (facts.link_expires_at, &facts.old_password) {
        (Some(end), _) => format!(
            "; reset link valid until {}; {}",
            times.end(end),
            old_password(facts.old_password.as_ref(), times)
        ),
        (None, Some(OldPassword::Void { since })) => format!(
            "; the password stays void since {}: the person must set a new one",
            times.at(*since)
        ),
        (None, Some(OldPassword::None)) => String::new(),
        (None, _) => "; password unchanged".to_owned(),
    }
}
