//! Pruning the record (U2).

use crate::domain::event::Action;
use crate::store::{Done, Fault, Prune, Pruned, Tx};

use super::Op;

/// Deletes the oldest entries, as far as an exported head reaches, and records that.
///
/// # Errors
/// A failing store.
pub fn prune_audit(tx: &mut Tx<'_>, op: &Op, prune: &Prune) -> Result<Done<Pruned>, Fault> {
    let pruned = tx.prune_audit(prune)?;
    let Pruned::Gone(first, last) = pruned else {
        return Ok(Done::nothing(pruned));
    };
    tx.record(
        op.event(Action::AuditPruned)
            .with("first", first)
            .with("last", last)
            .with("before", prune.before.to_string()),
    )?;
    Ok(Done::recorded(pruned))
}
