//! Whether an address still belongs to the person whose account it names.
//!
//! Somebody who was removed keeps password and second factor, and gets them back when they are invited again (I7). If the
//! address has another owner by then, that would be theirs.

use jiff::{SignedDuration, Timestamp};

use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::store::{Fault, Tx};

use super::{Op, Scope};

/// After so long an address may have changed hands.
const LONG: SignedDuration = SignedDuration::from_hours(365 * 24);

/// Somebody who was removed, and may be another person by now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubtful {
    /// The address.
    pub address: String,
    /// The name of the account.
    pub name: Option<String>,
    /// Since when the account exists.
    pub since: Timestamp,
}

/// Those of the addresses whose account is without access everywhere, and old or of another name than `name`.
///
/// # Errors
/// A failing store.
pub fn doubtful(
    tx: &Tx<'_>,
    scope: &Scope,
    op: &Op,
    addresses: &[Address],
    name: Option<&str>,
) -> Result<Vec<Doubtful>, Fault> {
    let mut found = Vec::new();
    for address in addresses {
        let Some(account) = tx.account(address)? else {
            continue;
        };
        let accesses = tx.accesses(account.id)?;
        let enters = accesses.iter().any(|access| {
            access.removed_at.is_none() && scope.panel_by_id(access.panel_id).is_some()
        });
        if !enters && account.is_registered() && is_doubtful(&account, name, op) {
            found.push(Doubtful {
                address: account.address.as_str().to_owned(),
                name: account.name,
                since: account.created_at,
            });
        }
    }
    Ok(found)
}

fn is_doubtful(account: &Account, name: Option<&str>, op: &Op) -> bool {
    let other_name = match (name, account.name.as_deref()) {
        (Some(given), Some(kept)) => given.to_lowercase() != kept.to_lowercase(),
        _ => false,
    };
    other_name || op.now.duration_since(account.created_at) >= LONG
}
