//! Locking by an operator (L7).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::account::Disabled;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::store::Tx;

use super::change::{ChangeResult, Snapshot};
use super::scope::AccountScope;
use super::session::live_sessions;
use super::tickets::end_set_ups;
use super::{Op, OpError, Scope};

/// How to lock.
#[derive(Clone, Debug)]
pub struct ByHand {
    /// The panel named in the result; `None` is the only one, or the person's first.
    pub panel: Option<String>,
    /// The operator's reason.
    pub reason: String,
    /// When it ends by itself, if it does.
    pub until: Option<Timestamp>,
}

/// What locking by hand came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum HandLock {
    /// The account is locked.
    Locked {
        /// Until when, if it ends by itself.
        until: Option<Timestamp>,
        /// It was locked by hand already, with another reason or end.
        changed: bool,
        /// Sessions that ended.
        sessions: usize,
        /// Trusted IPs that were removed.
        trusted_ips: usize,
    },
    /// It was locked already, for the same reason and until the same time.
    LockedAlready,
}

/// Locks an account until an operator unlocks it, or until an instant. Sessions, trusted IPs and pending
/// set-ups end at once; password, links, access and second factor stay (S5, X7). If an operator has locked it
/// already, reason and end are replaced, and its start stays.
///
/// # Errors
/// An unknown address.
pub fn lock_by_hand(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    request: &ByHand,
) -> Result<ChangeResult<HandLock>, OpError> {
    let AccountScope {
        mut account,
        panel,
        access,
        ..
    } = scope.concerned(tx, address, request.panel.as_deref())?;
    let access = access.as_ref();
    let present = account.disabled_at(op.now).cloned();
    if let Some(lock) = &present
        && lock.until == request.until
        && lock.reason == request.reason
    {
        return Ok(ChangeResult::unchanged(
            &account,
            access,
            &panel.name,
            HandLock::LockedAlready,
            op,
        ));
    }
    let before = Snapshot::of(&account, access, op);
    let lock = Disabled {
        at: present.as_ref().map_or(op.now, |lock| lock.at),
        until: request.until,
        reason: request.reason.clone(),
    };
    tx.disable_account(account.id, &lock)?;
    let sessions = live_sessions(tx, scope, op, account.id)?.len();
    tx.end_sessions(account.id, None, "locked-by-hand", op.now)?;
    let trusted_ips = tx.forget_trust(account.id, None)?;
    end_set_ups(tx, op, account.id)?;
    tx.record(
        op.event(Action::LockedByHand)
            .about(&account)
            .in_panel(&panel.name)
            .with_words("reason", Some(&lock.reason))
            .with("until", lock.until.map(|until| until.to_string()))
            .with("sessions_ended", sessions)
            .with("trusted_ips", trusted_ips),
    )?;
    let change = HandLock::Locked {
        until: lock.until,
        changed: present.is_some(),
        sessions,
        trusted_ips,
    };
    account.disabled = Some(lock);
    let after = Snapshot::of(&account, access, op);
    let mut outcome = ChangeResult::done(
        account.address.as_str(),
        &panel.name,
        change,
        Some(before),
        Some(after),
    );
    outcome.still_barred = None;
    Ok(outcome)
}
