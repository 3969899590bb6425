//! Revoking a pending invitation (I10).

use serde::{Deserialize, Serialize};

use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::domain::link::LinkPurpose;
use crate::domain::panel::Panel;
use crate::domain::refusal::Refusal;
use crate::store::Tx;

use super::change::{ChangeResult, Snapshot};
use super::erase::forget;
use super::{Op, OpError, Scope};

/// What revoking an invitation came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Revocation {
    /// The link no longer works, and the access is removed.
    Revoked {
        /// The account had nothing else and was deleted.
        erased: bool,
    },
    /// There was no invitation.
    NothingPending,
}

/// Revokes the link and removes the access; an account that then has nothing is erased.
///
/// # Errors
/// An unknown address, or somebody who has registered.
pub fn revoke(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    panel: Option<&str>,
) -> Result<ChangeResult<Revocation>, OpError> {
    let panel = scope.panel_to_change(panel)?;
    let account = Scope::known(tx, address)?;
    if account.is_registered() {
        return Err(Refusal::Registered.into());
    }
    revoke_pending(tx, op, panel, &account)
}

/// The same, for somebody who is known not to be registered.
pub(super) fn revoke_pending(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
) -> Result<ChangeResult<Revocation>, OpError> {
    let access = tx.access(account.id, panel.id)?;
    let Some(access) = access.filter(|access| access.removed_at.is_none()) else {
        let access = tx.access(account.id, panel.id)?;
        return Ok(ChangeResult::unchanged(
            account,
            access.as_ref(),
            &panel.name,
            Revocation::NothingPending,
            op,
        ));
    };
    let before = Snapshot::of(account, Some(&access), op);
    let erased = tx
        .accesses(account.id)?
        .iter()
        .all(|other| other.id == access.id || other.removed_at.is_some());
    tx.record(
        op.event(Action::Revoked)
            .about(account)
            .in_panel(&panel.name)
            .with("erased", erased),
    )?;
    let after = if erased {
        forget(tx, op, account.id)?;
        None
    } else {
        tx.revoke_links(account.id, LinkPurpose::Invitation, Some(panel.id), op.now)?;
        tx.remove_access(access.id, op.now)?;
        let access = tx.access(account.id, panel.id)?;
        Some(Snapshot::of(account, access.as_ref(), op))
    };
    Ok(ChangeResult::done(
        account.address.as_str(),
        &panel.name,
        Revocation::Revoked { erased },
        Some(before),
        after,
    ))
}
