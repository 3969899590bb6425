//! Locks an account after wrong passwords or wrong codes.

use crate::domain::account::Account;
use crate::domain::event::Action;
use crate::domain::link::LinkPurpose;
use crate::domain::lockout::{Guessing, Lock};
use crate::domain::policy::MOST_WRONG_CODES;
use crate::mail::MailKind;
use crate::store::Tx;

use super::grant::queue;
use super::reset_password::start_reset;
use super::tickets::end_set_ups;
use super::{Op, OpError, Scope};

/// Applies a lock: once, with its mail (L2, L4) and its audit entry.
pub(super) fn apply_lock(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    panel: &str,
    account: &Account,
    lock: Lock,
) -> Result<(), OpError> {
    if !tx.lock_account(account.id, lock, op.now)? {
        return Ok(());
    }
    end_set_ups(tx, op, account.id)?;
    let panel = scope.panel(panel)?;
    let tries = tries(tx, account, lock)?;
    if lock.permanent {
        tx.revoke_links(account.id, LinkPurpose::Reset, None, op.now)?;
        tx.end_sessions(account.id, None, "locked-permanently", op.now)?;
        tx.forget_trust(account.id, None)?;
        queue(tx, op, panel, account, MailKind::LockedPermanently, None)?;
        let event = op
            .event(Action::LockedPermanently)
            .about(account)
            .in_panel(&panel.name);
        tx.record(
            event
                .with("locks_in_a_row", lock.streak)
                .with("guessing", lock.guessing.as_str())
                .with("tries", tries),
        )?;
    } else {
        let event = op
            .event(Action::Locked)
            .about(account)
            .in_panel(&panel.name);
        start_reset(
            tx,
            scope,
            op,
            panel,
            account,
            event
                .with("locks_in_a_row", lock.streak)
                .with("guessing", lock.guessing.as_str())
                .with("tries", tries),
            false,
        )?;
    }
    Ok(())
}

/// How many wrong tries the lock is for, the last one included.
fn tries(tx: &Tx<'_>, account: &Account, lock: Lock) -> Result<i64, OpError> {
    let counts = tx.account_by_id(account.id)?.map(|account| account.lock);
    let counts = counts.as_ref().unwrap_or(&account.lock);
    Ok(match lock.guessing {
        Guessing::Passwords => counts.wrong,
        Guessing::Codes => counts.wrong_codes,
        Guessing::CodesInAMonth => MOST_WRONG_CODES,
    })
}
