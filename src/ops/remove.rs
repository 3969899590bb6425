//! Removing a person from a panel (A4).

use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::domain::panel::Panel;
use crate::store::Tx;

use super::outcome::{Deed, Outcome, Snapshot};
use super::revoke::revoke_pending;
use super::session::live_sessions;
use super::tickets::end_set_ups;
use super::{Op, OpError, Scope};

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
) -> Result<Outcome, OpError> {
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
) -> Result<Outcome, OpError> {
    let access = tx.access(account.id, panel.id)?;
    let Some(running) = access.as_ref().filter(|access| access.removed_at.is_none()) else {
        return Ok(Outcome::unchanged(
            account,
            access.as_ref(),
            &panel.name,
            Deed::NotIn,
            op,
        ));
    };
    if !account.is_registered() {
        return revoke_pending(tx, op, panel, account);
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
    Ok(Outcome::done(
        account.address.as_str(),
        &panel.name,
        Deed::Removed { sessions },
        Some(before),
        Some(after),
    ))
}
