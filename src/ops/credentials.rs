//! What somebody types to sign in, and what is known after it was checked.

use jiff::{SignedDuration, Timestamp};

use crate::domain::account::{Account, AccountRef};
use crate::domain::admission::Obstacle;
use crate::domain::advice::Advice;
use crate::domain::event::Action;
use crate::domain::second_factor::Method;
use crate::store::Tx;
use crate::vault::{Secret, Token};

use super::limits::record_limited;
use super::{Op, OpError};

/// What the person typed, and in which panel.
pub struct Credentials<'a> {
    /// As typed.
    pub address: &'a str,
    /// As typed.
    pub password: &'a Secret<String>,
    /// The panel's name.
    pub panel: &'a str,
    /// A sign-in token: one issued when a password was set, with which the attempt is made whatever the count
    /// (L9), or one that a mailed or SMS code is bound to (T4).
    pub ticket: Option<&'a Token>,
    /// The second factor.
    pub second: Second<'a>,
}

/// What the person typed as second factor.
#[derive(Clone, Copy, Default)]
pub struct Second<'a> {
    /// As typed; empty means none.
    pub code: Option<&'a Secret<String>>,
    /// The code's method, if the panel knows it; else it follows from the code's form and the token.
    pub method: Option<Method>,
    /// Trust the IP from now on (X1).
    pub trust_ip: bool,
}

/// Why somebody was not signed in.
#[derive(Clone, Debug)]
pub struct Denied {
    /// What the person may be shown.
    pub reason: &'static str,
    /// The true cause, for the panel's own log.
    pub cause: String,
    /// When the obstacle began.
    pub since: Option<Timestamp>,
    /// If a code is required: the methods the person can use.
    pub methods: Vec<Method>,
    /// The token for the next step: a code (T4), a set-up (T5), or a new password (P4).
    pub ticket: Option<Box<Ticket>>,
    /// How many seconds to wait before the next try.
    pub retry_after: Option<u32>,
    /// How many more codes may be tried.
    pub tries_left: Option<u32>,
    /// What else the person should know, safe to show.
    pub advice: Option<Advice>,
}

/// A token for the next step.
#[derive(Clone, Debug)]
pub struct Ticket {
    /// The token.
    pub token: Token,
    /// When it stops working.
    pub expires_at: Timestamp,
}

impl Denied {
    pub(super) fn new(reason: &'static str, cause: &str) -> Self {
        Self {
            reason,
            cause: cause.to_owned(),
            since: None,
            methods: Vec::new(),
            ticket: None,
            retry_after: None,
            tries_left: None,
            advice: None,
        }
    }

    /// Too much at once or lately: in a while it goes on.
    pub(super) fn throttled(cause: &str, retry_after: SignedDuration) -> Self {
        Self {
            retry_after: Some(u32::try_from(retry_after.as_secs().max(1)).unwrap_or(u32::MAX)),
            ..Self::new("throttled", cause)
        }
    }

    /// The token of an earlier step is over: the person begins again.
    pub(super) fn ticket_over() -> Self {
        Self::new("ticket-expired", "ticket-unknown")
    }

    /// The password is correct, and this is the obstacle.
    pub(super) fn by(obstacle: &Obstacle) -> Self {
        let word = obstacle.reason.as_str();
        Self {
            since: obstacle.since,
            ..Self::new(word, word)
        }
    }

    /// The password was changed between the check and now: the correct one was the old one.
    pub(super) fn changed_meanwhile() -> Self {
        Self::new("invalid-credentials", "password-changed")
    }
}

/// An attempt that was counted, or did not have to be, and the hash it is compared with. If the password is
/// correct it ends in [`super::verdict`], and nowhere else.
#[derive(Clone)]
pub(super) struct VerifiedPassword {
    /// The account's row id.
    pub(super) account_id: i64,
    /// The account's identity: the row id may be reused for another person.
    pub(super) reference: AccountRef,
    /// The round in which the attempt was counted; `None` if it was not counted on the account.
    pub(super) round: Option<i64>,
    /// The hash that the password was compared with.
    pub(super) phc: String,
    /// When the password with that hash was set.
    pub(super) set_at: Option<Timestamp>,
    /// That hash has other parameters than the store's current ones.
    pub(super) rehash: bool,
    /// A sign-in token was used instead of the count (L9).
    pub(super) by_ticket: bool,
}

/// The password that was checked has been replaced. The attempt was made before the change, so it does not
/// count in any way; the audit log records what happened.
pub(super) fn too_late(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &str,
    account: &Account,
) -> Result<Denied, OpError> {
    let denied = Denied::changed_meanwhile();
    let event = op
        .event(Action::SignInRefused)
        .about(account)
        .in_panel(panel);
    tx.record(event.with("reason", denied.cause.as_str()))?;
    Ok(denied)
}

/// Refuses and records a correct password with an obstacle.
pub(super) fn refuse(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &str,
    account: &Account,
    obstacle: &Obstacle,
) -> Result<Denied, OpError> {
    let denied = Denied::by(obstacle);
    let event = op.event(Action::SignInRefused).in_panel(panel);
    record_limited(tx, op, account, event.with("reason", denied.reason))?;
    Ok(denied)
}
