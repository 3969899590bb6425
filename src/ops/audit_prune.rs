//! Pruning the audit log (U2).

use crate::domain::event::Action;
use crate::store::{Done, Fault, Prune, Pruned, Tx};

use super::Op;

/// Deletes the oldest entries, up to the end of an exported log, and records that.
///
/// # Errors
/// A failing store.
pub fn prune_audit(tx: &mut Tx<'_>, op: &Op, prune: &Prune) -> Result<Done<Pruned>, Fault> {
    let pruned = tx.prune_audit(prune, op.event(Action::AuditPruned))?;
    Ok(match pruned {
        Pruned::Gone(..) => Done::recorded(pruned),
        _ => Done::nothing(pruned),
    })
}
