//! Making an older copy of the store the store again (U4).

use std::collections::BTreeSet;

use crate::domain::account::AccountRef;
use crate::domain::event::Action;
use crate::store::{AllEnded, Tx};
use crate::vault::step_at;

use super::{Op, OpError};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reconciled {
    /// What was ended.
    pub ended: AllEnded,
    /// People who had been erased and are erased again.
    pub erased: usize,
    /// The epoch that begins.
    pub epoch: i64,
}

/// Ends whatever works once or for a while, since it may have been used or ended after the copy was made; erases again
/// whoever was erased since; and begins an epoch later than `seen`, so that the copy is no longer an older one. People and
/// their access stay: pending ones can be sent a new link.
///
/// # Errors
/// A failing store.
pub fn reconcile(
    tx: &mut Tx<'_>,
    op: &Op,
    erased: &BTreeSet<AccountRef>,
    seen: i64,
) -> Result<Reconciled, OpError> {
    let mut again = 0;
    for who in erased {
        again += usize::from(tx.erase_again(who)?);
    }
    // The code of the present and, where a panel takes it, that of the next half minute may have been used.
    let ended = tx.end_everything(step_at(op.wall) + 1, op.now)?;
    let epoch = tx.begin_epoch(seen)?;
    tx.record(
        op.event(Action::StoreReconciled)
            .with("epoch", epoch)
            .with("sessions", ended.sessions)
            .with("invitations", ended.invitations)
            .with("links", ended.links)
            .with("tickets", ended.tickets)
            .with("sent_codes", ended.sent_codes)
            .with("backup_codes", ended.backup_codes)
            .with("factor_offers", ended.factor_offers)
            .with("trusted_ips", ended.trusted_ips)
            .with("address_changes", ended.address_changes)
            .with("erased", again),
    )?;
    Ok(Reconciled {
        ended,
        erased: again,
        epoch,
    })
}
