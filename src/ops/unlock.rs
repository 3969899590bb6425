//! Unlocking accounts (L5, L7).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::domain::lockout::LockFacts;
use crate::domain::refusal::Refusal;
use crate::domain::remedy::wrong_tries;
use crate::store::Tx;

use super::change::{ChangeResult, Snapshot};
use super::reset_password::{Made, start_reset};
use super::scope::AccountScope;
use super::{Op, OpError, Scope};

/// How to unlock.
#[derive(Clone, Debug, Default)]
pub struct Unlock {
    /// The panel whose settings a reset mail uses; `None` is the only one.
    pub panel: Option<String>,
    /// A case number, or how the caller was identified: required for a permanent lock.
    pub reason: Option<String>,
    /// Also mail a reset link.
    pub reset: bool,
    /// Keep the password valid when a permanent lock is removed.
    pub keep_password: bool,
}

/// What opening the locks of an account came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Unlocking {
    /// They were opened.
    Unlocked {
        /// Which.
        was: Vec<OpenedLock>,
        /// The password was voided.
        voided: bool,
        /// Locks in a row that still count, and the limit.
        streak: (i64, Option<i64>),
        /// It had locked by itself: the same device may lock it again.
        may_lock_again: bool,
    },
    /// There was no lock.
    NotLocked,
}

/// A lock that was opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OpenedLock {
    /// Which kind.
    pub kind: LockKind,
    /// Since when it was locked.
    pub at: Timestamp,
    /// The operator's reason, or the wrong tries as `why` words them.
    pub cause: String,
}

/// Kinds of locks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LockKind {
    /// By an operator.
    ByHand,
    /// After wrong passwords or codes.
    Tries,
    /// After too many locks in a row: only an operator opens it.
    Permanent,
}

/// Removes every lock of an account.
///
/// # Errors
/// An unknown address, or a permanent lock without a reason.
pub fn unlock(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    request: &Unlock,
) -> Result<ChangeResult<Unlocking>, OpError> {
    let AccountScope {
        mut account,
        accesses,
        panel,
        access,
    } = scope.concerned(tx, address, request.panel.as_deref())?;
    let disabled = account.disabled_at(op.now);
    let permanent = account.lock.permanent_at.is_some();
    if disabled.is_none() && !account.lock.is_locked() {
        return Ok(ChangeResult::unchanged(
            &account,
            access.as_ref(),
            &panel.name,
            Unlocking::NotLocked,
            op,
        ));
    }
    if permanent && request.reason.is_none() {
        return Err(Refusal::ReasonNeeded.into());
    }
    let before = Snapshot::of(&account, access.as_ref(), op);
    let was = locks(&account, op);
    let may_lock_again = account.lock.is_locked();
    let voids = permanent && !request.keep_password && account.is_registered();
    let streak = open(tx, op, &mut account, voids)?;
    let made = record_and_reset(tx, scope, op, request, panel, &account, voids, permanent)?;
    let after = Snapshot::of(&account, access.as_ref(), op);
    let change = Unlocking::Unlocked {
        was,
        voided: voids,
        streak: (streak, scope.limits(&accesses).lock.locks_in_a_row),
        may_lock_again,
    };
    let mut outcome = ChangeResult::done(
        account.address.as_str(),
        &panel.name,
        change,
        Some(before),
        Some(after),
    );
    if let Some(made) = made {
        outcome.link_id = Some(made.link_id);
        outcome.link_expires_at = Some(made.expires_at);
        outcome.mail_id = Some(made.mail_id);
    }
    Ok(outcome)
}

/// Which locks there are.
fn locks(account: &Account, op: &Op) -> Vec<OpenedLock> {
    let by_hand = account.disabled_at(op.now).map(|lock| OpenedLock {
        kind: LockKind::ByHand,
        at: lock.at,
        cause: lock.reason.clone(),
    });
    let lock = &account.lock;
    let by_tries = lock.locked_at.or(lock.permanent_at).map(|at| OpenedLock {
        kind: if lock.permanent_at.is_some() {
            LockKind::Permanent
        } else {
            LockKind::Tries
        },
        at,
        cause: wrong_tries(account),
    });
    by_hand.into_iter().chain(by_tries).collect()
}

/// Removes all locks, and voids the password if requested. Returns how many locks in a row still count.
fn open(tx: &Tx<'_>, op: &Op, account: &mut Account, voids: bool) -> Result<i64, OpError> {
    let permanent = account.lock.permanent_at.is_some();
    tx.open_lock(account.id, permanent)?;
    if permanent {
        // Otherwise the next wrong code would lock permanently again (T8).
        tx.forget_wrong_codes(account.id)?;
    }
    let streak = if permanent { 0 } else { account.lock.streak };
    account.disabled = None;
    account.lock = LockFacts {
        streak,
        ..LockFacts::default()
    };
    if voids {
        tx.void_password(account.id, op.now)?;
        if let Some(password) = &mut account.password {
            password.voided_at = Some(op.now);
        }
    }
    Ok(streak)
}

#[expect(
    clippy::too_many_arguments,
    reason = "the facts of one audit entry and one mail"
)]
fn record_and_reset(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    request: &Unlock,
    panel: &crate::domain::panel::Panel,
    account: &Account,
    voids: bool,
    permanent: bool,
) -> Result<Option<Made>, OpError> {
    let event = op
        .event(Action::Unlocked)
        .about(account)
        .in_panel(&panel.name)
        .with("permanent", permanent)
        .with("voided", voids)
        .with_words("reason", request.reason.as_deref());
    if account.is_registered() && (voids || request.reset) {
        return start_reset(tx, scope, op, panel, account, event, false).map(Some);
    }
    tx.record(event)?;
    Ok(None)
}
