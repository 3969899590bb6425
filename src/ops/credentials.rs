//! What somebody types to sign in, and what is known once it has been looked at.

use jiff::Timestamp;

use crate::domain::admission::Obstacle;
use crate::store::{Fault, Tx};
use crate::vault::{Secret, Token};

/// What the person typed, and where.
pub struct Credentials<'a> {
    /// As typed.
    pub address: &'a str,
    /// As typed.
    pub password: &'a Secret<String>,
    /// The panel's name.
    pub panel: &'a str,
    /// A ticket that setting a password handed out (L9): the try is made whatever the count.
    pub ticket: Option<&'a Token>,
}

/// Why somebody was not let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// What the person may be told.
    pub reason: &'static str,
    /// The truth, for the panel's own log.
    pub cause: String,
    /// When the obstacle began.
    pub since: Option<Timestamp>,
}

impl Denied {
    pub(super) fn new(reason: &'static str, cause: &str) -> Self {
        Self {
            reason,
            cause: cause.to_owned(),
            since: None,
        }
    }

    /// The password is right, and this is in the way.
    pub(super) fn by(obstacle: &Obstacle) -> Self {
        let word = obstacle.reason.as_str();
        Self {
            reason: word,
            cause: word.to_owned(),
            since: obstacle.since,
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
