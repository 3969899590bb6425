//! Removing a person from every panel, and erasing them (A4, E2).

use serde::{Deserialize, Serialize};

use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::domain::policy::REVOKED_LINKS_REMEMBERED;
use crate::store::{Fault, Tx};

use super::change::{ChangeResult, Snapshot};
use super::remove::{Removal, remove_from};
use super::scope::AccountScope;
use super::second_factor::before;
use super::{Op, OpError, Scope};

/// What removing or erasing a person as a whole came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Departure {
    /// Removed from every panel.
    Everywhere {
        /// Which panels.
        panels: Vec<String>,
        /// Sessions that ended.
        sessions: usize,
        /// They had never registered, and the account was deleted.
        erased: bool,
    },
    /// They had access to no panel.
    InNoPanel,
    /// Account and personal data were deleted, as was asked for.
    Erased {
        /// In how many panels they had or had had access.
        panels: usize,
    },
}

/// Removes somebody from every panel; the account stays. Pending invitations are revoked.
///
/// # Errors
/// An unknown address.
pub fn remove_everywhere(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
) -> Result<ChangeResult<Departure>, OpError> {
    let AccountScope {
        account,
        accesses,
        panel,
        access,
    } = scope.concerned(tx, address, None)?;
    let before = Snapshot::of(&account, access.as_ref(), op);
    let mut left = Vec::new();
    let mut sessions = 0;
    let mut last = None;
    for access in accesses.iter().filter(|access| access.removed_at.is_none()) {
        let Some(room) = scope.panel_by_id(access.panel_id) else {
            continue;
        };
        let removed = remove_from(tx, scope, op, room, &account)?;
        if let Removal::Removed { sessions: ended } = removed.change {
            sessions += ended;
        }
        last = Some(removed);
        left.push(room.name.clone());
    }
    let Some(last) = last else {
        return Ok(ChangeResult::unchanged(
            &account,
            access.as_ref(),
            &panel.name,
            Departure::InNoPanel,
            op,
        ));
    };
    let after = match tx.account_by_id(account.id)? {
        Some(account) => {
            let access = tx.access(account.id, panel.id)?;
            Some(Snapshot::of(&account, access.as_ref(), op))
        }
        None => None,
    };
    // People who never registered have nothing left, so they are erased with the last invitation (I10).
    let erased = after.is_none();
    let mut outcome = ChangeResult::done(
        &last.target,
        &panel.name,
        Departure::Everywhere {
            panels: left,
            sessions,
            erased,
        },
        Some(before),
        after,
    );
    outcome.still_barred = None;
    Ok(outcome)
}

/// Erases somebody: account, links, sessions, trusted IPs, outbox rows, and the key that encrypts their
/// personal fields in the audit log (E2, U5). The audit log keeps the fact that it happened, and can still be
/// verified.
///
/// # Errors
/// An unknown address.
pub fn erase(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    reason: Option<&str>,
) -> Result<ChangeResult<Departure>, OpError> {
    let AccountScope {
        account,
        accesses,
        panel,
        access,
    } = scope.concerned(tx, address, None)?;
    let before = Snapshot::of(&account, access.as_ref(), op);
    tx.record(
        op.event(Action::Erased)
            .about(&account)
            .with("panels", accesses.len())
            .with_words("reason", reason),
    )?;
    forget(tx, op, account.id)?;
    Ok(ChangeResult::done(
        account.address.as_str(),
        &panel.name,
        Departure::Erased {
            panels: accesses.len(),
        },
        Some(before),
        None,
    ))
}

/// Erases an account; its links are answered as revoked for as long as they would have been (I4).
pub(super) fn forget(tx: &mut Tx<'_>, op: &Op, account_id: i64) -> Result<(), Fault> {
    tx.keep_revoked_links(account_id, before(op.now, REVOKED_LINKS_REMEMBERED), op.now)?;
    tx.erase_account(account_id)
}
