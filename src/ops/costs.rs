//! What an attempt costs, at any address.

use crate::domain::password::normalised;
use crate::store::{Store, Tx};
use crate::vault::password::HashCosts;
use crate::vault::{HashCost, Secret, VaultError};

use super::{OpError, Scope};

/// No store has hashes with more different costs than this, unless somebody keeps changing the cost.
const MOST: usize = 16;

/// The costs of the hashes in the store: read once per attempt, before anything depends on the address.
pub(super) fn hash_costs(tx: &Tx<'_>, scope: &Scope) -> Result<HashCosts, OpError> {
    let wanted = scope.hash_cost()?;
    let mut in_use = Vec::new();
    let mut after = String::new();
    for _ in 0..MOST {
        let Some(head) = tx.password_hash_after(&after)? else {
            break;
        };
        after = match HashCost::of_phc(&head) {
            Some(cost) => {
                in_use.push(cost);
                // The character after the dollar sign: all hashes of this cost sort before it.
                format!("{}%", cost.phc_start())
            }
            // A damaged row lets nobody in; the next may be intact.
            None => head,
        };
    }
    Ok(HashCosts::new(in_use, wanted))
}

/// The memory in KiB that an attempt takes at most while it hashes: that of the dearest cost in use. If the store does
/// not say, that of the default.
pub fn hash_memory_kib(store: &mut Store) -> u32 {
    let costs = store.read(|tx| hash_costs(tx, &Scope::load(tx)?));
    costs.map_or(HashCost::default().memory_kib, |costs| costs.memory_kib())
}

/// Does the work of checking a password where there is no hash to compare with.
pub(super) fn dummy(costs: &HashCosts, typed: &Secret<String>) -> Result<(), VaultError> {
    costs.dummy(&Secret::new(normalised(typed.expose())))
}
