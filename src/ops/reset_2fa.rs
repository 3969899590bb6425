//! Removing a second factor, so that it can be set up again (T6).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::domain::panel::Panel;
use crate::domain::policy::ONE_DAY;
use crate::domain::refusal::Refusal;
use crate::mail::MailKind;
use crate::store::Tx;

use super::change::{ChangeResult, Snapshot};
use super::grant::queue;
use super::reset_password::{old_password, start_reset};
use super::second_factor::before;
use super::session::live_sessions;
use super::steps::end_steps;
use super::tickets::end_set_ups;
use super::{Op, OpError, Scope};

/// How to remove it.
#[derive(Clone, Debug, Default)]
pub struct Reset2fa {
    /// The panel whose settings the mail uses; `None` is the only one.
    pub panel: Option<String>,
    /// Also mail a link to set a new password.
    pub password: bool,
    /// The reason, for the audit log.
    pub reason: Option<String>,
}

/// What resetting a second factor came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FactorReset {
    /// It was removed.
    Reset {
        /// An authenticator was set up.
        was_set: bool,
        /// Unused backup codes that were removed with it.
        backup_codes: usize,
        /// Trusted IPs that were removed.
        trusted_ips: usize,
        /// Sessions that ended.
        sessions: usize,
        /// Codes by mail did not count, and count again.
        mailed_codes_again: bool,
    },
    /// There was none.
    NoSecondFactor,
}

/// Removes secret, backup codes and the person's trusted IPs, ends all their sessions and mails a notice.
/// Mailed codes count again: the operator has identified the person (T4).
///
/// # Errors
/// An unknown address; with `password`, a permanent lock.
pub fn reset_2fa(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    request: &Reset2fa,
) -> Result<ChangeResult<FactorReset>, OpError> {
    let panel = scope.panel_to_change(request.panel.as_deref())?;
    let mut account = Scope::known(tx, address)?;
    let access = tx.access(account.id, panel.id)?;
    if request.password && !account.is_registered() {
        return Err(Refusal::Unregistered.into());
    }
    let password = request.password;
    if let Some(at) = account.lock.permanent_at.filter(|_| password) {
        return Err(Refusal::LockedPermanently { at }.into());
    }
    let brief = tx.factor_brief(account.id)?;
    let trusted = tx.trust_of(account.id)?.len();
    let barred = account.mail_barred_at.is_some();
    if brief.is_none() && trusted == 0 && !barred && account.lock.wrong_codes == 0 && !password {
        return Ok(ChangeResult::unchanged(
            &account,
            access.as_ref(),
            &panel.name,
            FactorReset::NoSecondFactor,
            op,
        ));
    }
    let was = Snapshot::of(&account, access.as_ref(), op);
    let (change, notice_id) = take_off(tx, scope, op, panel, &mut account, request)?;
    let made = if password {
        let event = op
            .event(Action::ResetRequested)
            .about(&account)
            .in_panel(&panel.name)
            .with("voided", false)
            .with("printed", false)
            .with_words("reason", request.reason.as_deref());
        Some(start_reset(tx, scope, op, panel, &account, event, false)?)
    } else {
        None
    };
    let is = Snapshot::of(&account, access.as_ref(), op);
    let accesses = tx.accesses(account.id)?;
    let mut outcome = ChangeResult::done(
        account.address.as_str(),
        &panel.name,
        change,
        Some(was),
        Some(is),
    );
    outcome.mail_id = Some(made.map_or(notice_id, |made| made.mail_id));
    outcome.notice_id = made.map(|_| notice_id);
    outcome.link_id = made.map(|made| made.link_id);
    outcome.link_expires_at = made.map(|made| made.expires_at);
    outcome.old_password = Some(old_password(scope, op, &account, &accesses));
    Ok(outcome)
}

/// Removes everything there is and notifies the person; returns what was removed and the notice.
fn take_off(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    panel: &Panel,
    account: &mut Account,
    request: &Reset2fa,
) -> Result<(FactorReset, i64), OpError> {
    let was_set = tx.factor_brief(account.id)?.is_some();
    end_set_ups(tx, op, account.id)?;
    end_steps(tx, op, account.id)?;
    let (_, backup_codes) = tx.remove_factor(account.id)?;
    let trusted_ips = tx.forget_trust(account.id, None)?;
    let sessions = live_sessions(tx, scope, op, account.id)?.len();
    tx.end_sessions(account.id, None, "second-factor-reset", op.now)?;
    tx.bar_mailed_codes(account.id, None)?;
    tx.note_factor_reset(account.id, Some(op.now))?;
    account.factor_reset_at = Some(op.now);
    let mailed_codes_again = account.mail_barred_at.take().is_some();
    // The count of a lock stays with the lock: unlocking is a separate step.
    if !account.lock.is_locked() {
        tx.clear_wrong_codes(account.id)?;
        account.lock.wrong_codes = 0;
    }
    let notice_id = queue(tx, op, panel, account, MailKind::SecondFactorReset, None)?;
    tx.record(
        op.event(Action::SecondFactorReset)
            .about(account)
            .in_panel(&panel.name)
            .with("was_set", was_set)
            .with("backup_codes", backup_codes)
            .with("trusted_ips", trusted_ips)
            .with("sessions_ended", sessions)
            .with(
                "mailed_codes_count_again",
                mailed_codes_again.then_some(true),
            )
            .with_words("reason", request.reason.as_deref()),
    )?;
    let change = FactorReset::Reset {
        was_set,
        backup_codes,
        trusted_ips,
        sessions,
        mailed_codes_again,
    };
    Ok((change, notice_id))
}

/// How safe a password is now: shown to the operator before only the password protects the account (T6).
#[derive(Clone, Debug)]
pub struct PasswordSafety {
    /// Who.
    pub account: Account,
    /// Wrong passwords and codes in the last 30 days.
    pub wrong_lately: usize,
    /// Locks in the last 30 days.
    pub locks_lately: usize,
    /// The last sign-ins: when, and from which IP if the panel reported it.
    pub last_sign_ins: Vec<(Timestamp, Option<String>)>,
    /// When an authenticator was set up, if one is.
    pub second_factor_set_at: Option<Timestamp>,
}

/// How many sign-ins are shown.
const SIGN_INS: usize = 3;
/// How many events are read for each figure.
const EVENTS: usize = 200;

/// Reads how safe a password is.
///
/// # Errors
/// An unknown address.
pub fn password_safety(tx: &Tx<'_>, op: &Op, address: &Address) -> Result<PasswordSafety, OpError> {
    let account = Scope::known(tx, address)?;
    let since = before(op.now, ONE_DAY * 30);
    let events = |actions: &[Action], most| tx.last_events(account.reference, actions, most);
    let lately = |actions: &[Action], reasons: &[&str]| {
        let found = events(actions, EVENTS)?;
        Ok::<_, OpError>(
            found
                .iter()
                .filter(|entry| entry.at > since)
                .filter(|entry| {
                    reasons.is_empty()
                        || entry
                            .word("reason")
                            .is_some_and(|reason| reasons.contains(&reason))
                })
                .count(),
        )
    };
    Ok(PasswordSafety {
        wrong_lately: lately(
            &[Action::SignInRefused],
            &["wrong-password", "code-invalid"],
        )?,
        locks_lately: lately(&[Action::Locked, Action::LockedPermanently], &[])?,
        last_sign_ins: events(&[Action::SignedIn], SIGN_INS)?
            .into_iter()
            .map(|entry| (entry.at, entry.personal.ip))
            .collect(),
        second_factor_set_at: tx.factor_brief(account.id)?.map(|brief| brief.set_at),
        account,
    })
}
