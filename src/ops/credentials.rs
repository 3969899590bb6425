//! What somebody types to sign in, and what is known once it has been looked at.

use jiff::Timestamp;

use crate::domain::account::{Account, AccountRef};
use crate::domain::admission::Obstacle;
use crate::domain::event::Action;
use crate::domain::second_factor::Method;
use crate::store::Tx;
use crate::vault::{Secret, Token};

use super::limits::record_limited;
use super::{Op, OpError};

/// What the person typed, and where.
pub struct Credentials<'a> {
    /// As typed.
    pub address: &'a str,
    /// As typed.
    pub password: &'a Secret<String>,
    /// The panel's name.
    pub panel: &'a str,
    /// A ticket: one that setting a password handed out, with which the try is made whatever the count (L9), or one
    /// that a mailed or SMS code is bound to (T4).
    pub ticket: Option<&'a Token>,
    /// The second factor.
    pub second: Second<'a>,
}

/// What the person typed as second factor.
#[derive(Clone, Copy, Default)]
pub struct Second<'a> {
    /// As typed; empty is none.
    pub code: Option<&'a Secret<String>>,
    /// How the code came, where the panel knows; else it is told by its looks and by the ticket.
    pub method: Option<Method>,
    /// Trust the IP from now on (X1).
    pub trust_ip: bool,
}

/// Why somebody was not let in.
#[derive(Clone, Debug)]
pub struct Denied {
    /// What the person may be told.
    pub reason: &'static str,
    /// The truth, for the panel's own log.
    pub cause: String,
    /// When the obstacle began.
    pub since: Option<Timestamp>,
    /// With a code asked for: the methods that are open.
    pub methods: Vec<Method>,
    /// With a set-up asked for: the ticket that it goes with (T5).
    pub ticket: Option<Box<Token>>,
    /// What the person should know besides, safe to show.
    pub advice: Option<String>,
}

impl Denied {
    pub(super) fn new(reason: &'static str, cause: &str) -> Self {
        Self {
            reason,
            cause: cause.to_owned(),
            since: None,
            methods: Vec::new(),
            ticket: None,
            advice: None,
        }
    }

    /// The password is right, and this is in the way.
    pub(super) fn by(obstacle: &Obstacle) -> Self {
        let word = obstacle.reason.as_str();
        Self {
            since: obstacle.since,
            ..Self::new(word, word)
        }
    }

    /// The password was changed between the look at it and now: it was the old one that was right.
    pub(super) fn changed_meanwhile() -> Self {
        Self::new("invalid-credentials", "password-changed")
    }
}

/// A try that was counted, or needed no count, and the hash that it is compared with. One whose password was right ends
/// in [`super::verdict`], and nowhere else.
#[derive(Clone)]
pub(super) struct VerifiedPassword {
    /// Who.
    pub(super) account_id: i64,
    /// Who: the number may become another person's.
    pub(super) reference: AccountRef,
    /// The round in which the try was counted; `None` if it was not, on the account.
    pub(super) round: Option<i64>,
    /// The hash that the password was compared with.
    pub(super) phc: String,
    /// When the password was set that this is the hash of.
    pub(super) set_at: Option<Timestamp>,
    /// That hash has other parameters than the store wants.
    pub(super) rehash: bool,
    /// A ticket was used instead of the count (L9).
    pub(super) by_ticket: bool,
}

/// The password that was right is no longer the person's. The try came before the change, so it counts neither for nor
/// against anybody; the audit log says what it was.
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

/// A right password with something else in the way: the refusal is recorded.
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
