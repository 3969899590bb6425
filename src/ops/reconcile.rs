//! Putting an older copy of the store back into use: reconciled, or accepted as it is (U4).

use std::collections::BTreeSet;

use crate::domain::account::AccountRef;
use crate::domain::event::Action;
use crate::domain::policy::REVOKED_LINKS_REMEMBERED;
use crate::store::{AllEnded, Lost, Tx};
use crate::vault::step_at;

use super::second_factor::before;
use super::{Op, OpError};

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reconciled {
    /// What was ended.
    pub ended: AllEnded,
    /// People who were erased after the copy was made and are erased again.
    pub erased: usize,
    /// The generation of the store that begins (each copy put back into use begins a new one).
    pub epoch: i64,
}

/// Ends everything that works once or for a limited time, since it may have been used or ended after the copy
/// was made; erases people again who were erased since; and begins a generation later than `seen`, so that
/// the copy no longer counts as older. People and their access stay: a new link can be sent to pending ones.
///
/// # Errors
/// A failing store.
pub fn reconcile(
    tx: &mut Tx<'_>,
    op: &Op,
    erased: &BTreeSet<AccountRef>,
    seen: i64,
) -> Result<Reconciled, OpError> {
    let again = erase_again(tx, op, erased)?;
    // The current code and, if a panel accepts it, the one of the next half minute may have been used.
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

/// What was accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// People who were erased after the copy was made and are erased again.
    pub erased: usize,
    /// The generation of the store that begins.
    pub epoch: i64,
}

/// Accepts a copy as it is, with its sessions, links and codes, and records why and which entries are lost.
/// Only people who were erased since are erased again, as promised to them. The generation that begins is
/// later than `seen`, so that the copy no longer counts as older.
///
/// # Errors
/// A failing store.
pub fn accept(
    tx: &mut Tx<'_>,
    op: &Op,
    erased: &BTreeSet<AccountRef>,
    seen: i64,
    lost: Option<&Lost>,
    reason: &str,
) -> Result<Accepted, OpError> {
    let erased = erase_again(tx, op, erased)?;
    let epoch = tx.begin_epoch(seen)?;
    tx.record(
        op.event(Action::StoreAccepted)
            .with("epoch", epoch)
            .with("lost_first", lost.and_then(|lost| lost.first))
            .with("lost_last", lost.map(|lost| lost.last))
            .with("lost_epoch", lost.map(|lost| lost.epoch))
            .with("erased", erased)
            .with_words("reason", Some(reason)),
    )?;
    Ok(Accepted { erased, epoch })
}

fn erase_again(tx: &mut Tx<'_>, op: &Op, erased: &BTreeSet<AccountRef>) -> Result<usize, OpError> {
    let since = before(op.now, REVOKED_LINKS_REMEMBERED);
    let mut again = 0;
    for who in erased {
        again += usize::from(tx.erase_again(who, since, op.now)?);
    }
    Ok(again)
}
