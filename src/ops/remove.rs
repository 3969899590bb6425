//! Removing a person from a panel (A4).

use serde::{Deserialize, Serialize};

use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::domain::panel::Panel;
use crate::store::Tx;

use super::change::{ChangeResult, Snapshot};
use super::revoke::{Revocation, revoke_pending};
use super::session::live_sessions;
use super::tickets::end_set_ups;
use super::{Op, OpError, Scope};

/// What removing a person from a panel came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Removal {
    /// The access ended.
    Removed {
        /// Sessions that ended.
        sessions: usize,
    },
    /// They had no access.
    NotIn,
    /// They had not registered: the invitation was revoked.
    Revoked(Revocation),
}

/// Ends the access, its sessions and its trusted IPs at once; account, password, second factor and other
/// panels stay. For somebody who has not registered, the invitation is revoked (I10).
///
/// # Errors
/// An unknown address.
pub fn remove(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    panel: Option<&str>,
) -> Result<ChangeResult<Removal>, OpError> {
    let panel = scope.panel_to_change(panel)?;
    let account = Scope::known(tx, address)?;
    remove_from(tx, scope, op, panel, &account)
}

/// The same, for a person and a panel that were looked up.
pub(super) fn remove_from(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    panel: &Panel,
    account: &Account,
) -> Result<ChangeResult<Removal>, OpError> {
    let access = tx.access(account.id, panel.id)?;
    let Some(running) = access.as_ref().filter(|access| access.removed_at.is_none()) else {
        return Ok(ChangeResult::unchanged(
            account,
            access.as_ref(),
            &panel.name,
            Removal::NotIn,
            op,
        ));
    };
    if !account.is_registered() {
        return Ok(revoke_pending(tx, op, panel, account)?.map(Removal::Revoked));
    }
    let before = Snapshot::of(account, Some(running), op);
    tx.remove_access(running.id, op.now)?;
    let sessions = live_sessions(tx, scope, op, account.id)?
        .iter()
        .filter(|session| session.panel_id == panel.id)
        .count();
    tx.end_sessions(account.id, Some(panel.id), "removed", op.now)?;
    // People who come back are asked for a code again.
    tx.forget_trust(account.id, Some(panel.id))?;
    end_set_ups(tx, op, account.id)?;
    tx.record(
        op.event(Action::Removed)
            .about(account)
            .in_panel(&panel.name)
            .with("role", running.role.as_str())
            .with("sessions_ended", sessions),
    )?;
    let access = tx.access(account.id, panel.id)?;
    let after = Snapshot::of(account, access.as_ref(), op);
    Ok(ChangeResult::done(
        account.address.as_str(),
        &panel.name,
        Removal::Removed { sessions },
        Some(before),
        Some(after),
    ))
}
