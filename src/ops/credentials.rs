//! What somebody types to sign in, and what is known once it has been looked at.

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::admission::Obstacle;
use crate::domain::event::Action;
use crate::domain::panel::Panel;
use crate::domain::second_factor::Method;
use crate::store::{Fault, Tx};
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

/// Somebody whose password is right, with the try still open.
pub(super) struct Proven {
    /// Who.
    pub(super) account_id: i64,
    /// The round in which the try was counted; `None` if it was not, on the account.
    pub(super) round: Option<i64>,
    /// The hash that the password was right for.
    pub(super) phc: String,
    /// That hash has other parameters than the store wants.
    pub(super) rehash: bool,
    /// A ticket stood in for the count (L9).
    pub(super) by_ticket: bool,
}

impl Proven {
    /// Gives the try back, if it was counted at all: the password was right.
    pub(super) fn release(&self, tx: &Tx<'_>) -> Result<(), Fault> {
        match self.round {
            Some(round) => tx.release_try(self.account_id, round),
            None => Ok(()),
        }
    }
}

/// The password that was right is no longer the person's.
pub(super) fn too_late(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
) -> Result<Denied, OpError> {
    let denied = Denied::changed_meanwhile();
    let event = op
        .event(Action::SignInRefused)
        .about(account)
        .in_panel(&panel.name);
    tx.record(event.with("reason", denied.cause.as_str()))?;
    Ok(denied)
}

/// A right password with something else in the way: the try is given back and the refusal recorded.
pub(super) fn refuse(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &str,
    account: &Account,
    proven: &Proven,
    obstacle: &Obstacle,
) -> Result<Denied, OpError> {
    proven.release(tx)?;
    let denied = Denied::by(obstacle);
    let event = op.event(Action::SignInRefused).in_panel(panel);
    record_limited(tx, op, account, event.with("reason", denied.reason))?;
    Ok(denied)
}
