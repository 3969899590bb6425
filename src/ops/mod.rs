//! One file per job: load, decide, save, record, commit. No printing, no prompting, no clock.
//!
//! An operation on one person is a function `(&mut Tx, &Scope, &Op, &Request) -> Result<ChangeResult<…>, OpError>` that
//! decides completely before it writes, so that the same function serves one address, several, and a file of
//! thousands in one transaction ([`bulk`]).

pub mod address_change;
pub mod audit_prune;
mod authenticated;
pub mod backup_codes;
pub mod bulk;
pub mod change;
pub mod clock;
mod costs;
pub mod credentials;
pub mod deliver;
pub mod details;
pub mod edit;
mod entry;
pub mod erase;
pub mod extend;
pub mod feed;
mod first_code;
pub mod forgot;
pub mod grant;
pub mod housekeep;
pub mod invite;
mod limits;
mod lock;
pub mod lock_by_hand;
pub mod mail_retry;
pub mod own_factor;
pub mod own_password;
pub mod password;
pub mod peek;
pub mod reconcile;
pub mod register;
pub mod rekey;
pub mod remove;
pub mod resend;
pub mod reset_2fa;
pub mod reset_password;
pub mod revoke;
pub mod role_of;
pub mod same_person;
mod scope;
mod second_factor;
pub mod send_code;
pub mod session;
pub mod set_up;
pub mod settings;
pub mod sign_in;
pub mod status;
pub mod steps;
mod tickets;
pub mod trust;
mod trust_own;
mod turn;
mod unknown_logins;
pub mod unlock;
pub mod unmet;
mod verdict;
mod verify_password;
pub mod why;
mod wrong_ip;

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use costs::hash_memory_kib;
pub use grant::queue_code;
pub use scope::Scope;

use crate::domain::clock::at_least;
use crate::domain::event::{Action, Actor, Event};
use crate::domain::refusal::Refusal;
use crate::domain::when::WhenProblem;
use crate::store::{Fault, StoreError};
use crate::vault::VaultError;

/// The context of every operation.
#[derive(Clone, Debug)]
pub struct Op {
    /// The command's one `now`, in whole milliseconds: never before the latest time in the store.
    pub now: Timestamp,
    /// What the clock shows, even if it was set back: for authenticator codes, and for the audit log.
    pub wall: Timestamp,
    /// The operator's time zone: a date alone ends there.
    pub zone: TimeZone,
    /// Who runs it.
    pub actor: Actor,
}

impl Op {
    /// Starts an audit entry.
    pub fn event(&self, action: Action) -> Event {
        Event::new(self.wall, &self.actor, action)
    }

    /// The same for a store that has recorded this time: what has expired stays so, even if the clock goes
    /// back.
    #[must_use]
    pub fn not_before(&self, seen: Option<Timestamp>) -> Self {
        Self {
            now: at_least(self.now, seen),
            ..self.clone()
        }
    }
}

/// Why an operation failed. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum OpError {
    /// A rule refused it.
    #[error("{0:?}")]
    Refused(Box<Refusal>),
    /// The store failed.
    #[error(transparent)]
    Store(#[from] Fault),
    /// The input could not be read.
    #[error("{0}")]
    Input(String),
    /// The operator interrupted it.
    #[error("interrupted")]
    Interrupted,
}

impl From<Refusal> for OpError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<WhenProblem> for OpError {
    fn from(problem: WhenProblem) -> Self {
        Refusal::When(problem).into()
    }
}

impl From<VaultError> for OpError {
    fn from(error: VaultError) -> Self {
        Self::Store(error.into())
    }
}

impl StoreError for OpError {
    fn fault(&self) -> Option<&Fault> {
        match self {
            Self::Store(fault) => Some(fault),
            _ => None,
        }
    }
}
