//! Changing a person's role in a panel.

use serde::{Deserialize, Serialize};

use crate::domain::access::Access;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::store::Tx;

use super::change::{ChangeResult, Snapshot};
use super::scope::Wanted;
use super::{Op, OpError, Scope};

/// What changing a role came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum RoleChange {
    /// The role is another now.
    Changed {
        /// Trusted IPs that were removed.
        trusted_ips: usize,
    },
    /// It was that role already.
    HasRoleAlready,
}

/// Gives somebody another role. Sessions continue, and the panel reads the new rights at its next check (S5);
/// their trusted IPs in this panel end (X7). Expired access keeps its end and gets the role.
///
/// # Errors
/// An unknown address or role, access never given or removed.
pub fn role_of(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    panel: Option<&str>,
    role: &str,
) -> Result<ChangeResult<RoleChange>, OpError> {
    let panel = scope.panel_to_change(panel)?;
    Scope::role(role)?;
    let account = Scope::known(tx, address)?;
    let access = Scope::given_access(
        tx,
        op,
        &account,
        panel,
        Wanted {
            role: Some(role),
            ..Wanted::default()
        },
    )?;
    if access.role == role {
        return Ok(ChangeResult::unchanged(
            &account,
            Some(&access),
            &panel.name,
            RoleChange::HasRoleAlready,
            op,
        ));
    }
    let before = Snapshot::of(&account, Some(&access), op);
    tx.set_access(access.id, role, access.until)?;
    let trusted_ips = tx.forget_trust(account.id, Some(panel.id))?;
    tx.record(
        op.event(Action::RoleChanged)
            .about(&account)
            .in_panel(&panel.name)
            .with("role_was", access.role.as_str())
            .with("role", role)
            .with("trusted_ips", trusted_ips),
    )?;
    let is = Access {
        role: role.to_owned(),
        ..access
    };
    let after = Snapshot::of(&account, Some(&is), op);
    Ok(ChangeResult::done(
        account.address.as_str(),
        &panel.name,
        RoleChange::Changed { trusted_ips },
        Some(before),
        Some(after),
    ))
}
