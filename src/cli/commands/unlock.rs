//! `admit unlock`

use clap::Args;

use serde_json::Value;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish};
use crate::cli::base::reason::read_reason;
use crate::cli::base::times::TimeFormat;
use crate::cli::runner::each;
use crate::cli::runner::input::{self, Column};
use crate::cli::runner::people::{People, Verb};
use crate::cli::runner::told::Told;
use crate::cli::view::change::{Facts, NOTHING, counted, link, link_end};
use crate::cli::view::rows;
use crate::domain::address::Address;
use crate::domain::refusal::Refusal;
use crate::domain::text;
use crate::domain::when;
use crate::ops::change::ChangeResult;
use crate::ops::change::PasswordState;
use crate::ops::unlock::{LockKind, OpenedLock, Unlock, Unlocking, unlock};
use crate::ops::{Op, OpError, Scope};
use crate::store::{Store, Tx};

/// Unlock an account
///
/// Resets the count of wrong passwords and keeps the password. A permanent lock needs a reason; opening it voids the
/// password and mails a reset link.
#[derive(Args, Debug)]
#[command(after_long_help = section(rows::UNLOCK, &[rows::LINE]))]
#[command(after_help = examples(&["admit unlock ada@example.com", "admit unlock ada@example.com --reset", "admit unlock ada@example.com --reason \"case 4711, called back\""]))]
pub struct UnlockArgs {
    #[command(flatten)]
    people: People,

    /// Reason; required for a permanent lock
    ///
    /// For example a case number, or how the caller was identified.
    #[arg(long, value_name = "TEXT")]
    reason: Option<String>,

    /// Also mail a reset link
    #[arg(long)]
    reset: bool,

    /// Keep the password after a permanent lock
    #[arg(long, conflicts_with = "reset")]
    keep_password: bool,
}

/// Unlocks them.
pub fn run(cx: &mut Context, args: &UnlockArgs) -> Result<Finish, CliError> {
    let reason = read_reason(args.reason.as_deref())?;
    let request = Unlock {
        panel: cx.panel(),
        reason,
        reset: args.reset,
        keep_password: args.keep_password,
    };
    each::run(cx, &args.people, UnlockVerb { request })
}

/// So many people are named in a question.
const NAMED: usize = 5;

struct UnlockVerb {
    request: Unlock,
}

impl Verb for UnlockVerb {
    type Request = ();
    type Change = Unlocking;
    const COLUMNS: &'static [Column] = &[Column::Address];
    const PREPARES: bool = true;
    const ASKS: bool = true;

    fn name(&self) -> &'static str {
        "Unlock"
    }

    fn fields(&self) -> &'static [Field] {
        rows::UNLOCK
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
    ) -> Result<ChangeResult<Unlocking>, OpError> {
        unlock(tx, scope, op, address, &self.request)
    }

    /// A permanent lock needs a reason, which is asked for here, and a yes to leave its password valid.
    fn prepare(
        &mut self,
        cx: &mut Context,
        store: &mut Store,
        addresses: &[String],
    ) -> Result<(), CliError> {
        let permanent: Vec<&str> = store.read(|tx| {
            let mut found = Vec::new();
            for typed in addresses {
                let account = match Address::parse(typed) {
                    Ok(address) => tx.account(&address)?,
                    Err(_) => None,
                };
                if account.is_some_and(|account| account.lock.permanent_at.is_some()) {
                    found.push(typed.as_str());
                }
            }
            Ok::<_, CliError>(found)
        })?;
        if permanent.is_empty() {
            return Ok(());
        }
        let named = permanent.iter().take(NAMED).copied().collect::<Vec<_>>();
        let whom = match permanent.len() - named.len() {
            0 => named.join(", "),
            more => format!("{} and {more} more", named.join(", ")),
        };
        if self.request.reason.is_none() {
            let question =
                format!("Reason for unlocking {whom} (case number, how the caller was identified)");
            let answer = cx.ask_line(&question, "--reason")?;
            self.request.reason = read_reason(Some(&answer))?;
        }
        if self.request.keep_password {
            let whom = text::shown(&whom);
            cx.confirm(&format!(
                "Keep the password of {whom} valid, although wrong passwords locked the account repeatedly?"
            ))?;
        }
        Ok(())
    }
}

impl Told for Unlocking {
    fn action(&self) -> &'static str {
        "unlocked"
    }

    fn sentence(&self, facts: &Facts, times: &TimeFormat) -> String {
        match self {
            Self::NotLocked => format!("is not locked: {NOTHING}"),
            Self::Unlocked {
                was,
                voided,
                streak,
                may_lock_again,
            } => {
                let mut parts = vec![opened(was, facts, times)];
                parts.extend(cleared(facts, *voided));
                if let (count, Some(most)) = *streak
                    && count > 0
                {
                    parts.push(format!(
                        "locks in a row stay {count} of {most} until they sign in"
                    ));
                }
                if *may_lock_again {
                    parts.push("it will lock again if the same device keeps trying".into());
                }
                format!("{}{}", parts.join("; "), link(facts, times))
            }
        }
    }

    fn fields(&self, facts: &Facts) -> Vec<(Field, Value)> {
        link_end(rows::LINK_EXPIRES_AT, facts)
    }
}

/// Which locks there were, since when and why, and the status now.
fn opened(was: &[OpenedLock], facts: &Facts, times: &TimeFormat) -> String {
    let locks: Vec<String> = was
        .iter()
        .map(|lock| {
            let (at, cause) = (when::local(lock.at, &times.zone), &lock.cause);
            match lock.kind {
                LockKind::ByHand => format!("locked by hand since {at}: {cause}"),
                LockKind::Tries => format!("locked since {at} after {cause}"),
                LockKind::Permanent => format!("locked permanently since {at} after {cause}"),
            }
        })
        .collect();
    let is = facts.after.as_ref();
    format!(
        "{} → {}",
        locks.join(" and "),
        is.map_or("active", |is| is.account_status.as_str())
    )
}

/// The counts that are 0 again, and what became of the password.
fn cleared(facts: &Facts, voided: bool) -> Vec<String> {
    let (was, is) = (facts.before.as_ref(), facts.after.as_ref());
    let mut parts = Vec::new();
    let (passwords, codes) = was.map_or((0, 0), |was| (was.wrong_passwords, was.wrong_codes));
    for (wrong, one, many) in [
        (passwords, "wrong password", "wrong passwords"),
        (codes, "wrong code", "wrong codes"),
    ] {
        if wrong > 0 {
            parts.push(format!("{} → 0", counted(wrong, one, many)));
        }
    }
    match is.map(|is| is.password) {
        None | Some(PasswordState::None) => {}
        Some(_) if voided => parts.push("password voided".into()),
        Some(PasswordState::Set) => parts.push("password unchanged".into()),
        Some(PasswordState::Voided) => {
            parts.push("the password stays void: the person must set a new one".into());
        }
    }
    parts
}
