//! Starting a password reset: the operator never sees or chooses a password (P3, P5).

use serde::{Deserialize, Serialize};

use crate::domain::access::Access;
use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::event::{Action, Event};
use crate::domain::link::{LinkPurpose, end_of};
use crate::domain::old_password::OldPassword;
use crate::domain::panel::Panel;
use crate::domain::refusal::Refusal;
use crate::mail::MailKind;
use crate::store::{NewLink, Tx};

use super::change::{ChangeResult, Snapshot};
use super::grant::queue;
use super::session::live_sessions;
use super::tickets::end_set_ups;
use super::{Op, OpError, Scope};

/// How to start it.
#[derive(Clone, Debug, Default)]
pub struct Reset {
    /// The panel whose settings the mail uses; `None` is the only one.
    pub panel: Option<String>,
    /// Void the password at once, and end open sessions.
    pub now: bool,
    /// Print the link for the operator; the person gets a notice instead of the link.
    pub print_link: bool,
    /// The reason, for the audit log.
    pub reason: Option<String>,
}

/// A reset link was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ResetStarted {
    /// The password was voided at once.
    pub voided: bool,
    /// The link was printed, and a notice mailed instead.
    pub printed: bool,
}

/// Creates a reset link, which replaces every older one, and mails it.
///
/// # Errors
/// An unknown address, somebody who never registered, a permanent lock.
pub fn reset_password(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    reset: &Reset,
) -> Result<ChangeResult<ResetStarted>, OpError> {
    let panel = scope.panel_to_change(reset.panel.as_deref())?;
    let mut account = Scope::known(tx, address)?;
    if !account.is_registered() {
        return Err(Refusal::Unregistered.into());
    }
    if let Some(at) = account.lock.permanent_at {
        return Err(Refusal::LockedPermanently { at }.into());
    }
    let accesses = tx.accesses(account.id)?;
    let access = accesses
        .iter()
        .find(|access| access.panel_id == panel.id)
        .cloned();
    let old_password = old_password(scope, op, &account, &accesses);
    let before = Snapshot::of(&account, access.as_ref(), op);
    let mut sessions = None;
    if reset.now {
        sessions = Some(live_sessions(tx, scope, op, account.id)?.len());
        tx.end_sessions(account.id, None, "password-voided", op.now)?;
        end_set_ups(tx, op, account.id)?;
        tx.void_password(account.id, op.now)?;
        if let Some(password) = &mut account.password {
            password.voided_at = Some(op.now);
        }
    }
    let event = op
        .event(Action::ResetRequested)
        .about(&account)
        .in_panel(&panel.name)
        .with("voided", reset.now)
        .with("sessions_ended", sessions)
        .with("printed", reset.print_link)
        .with_words("reason", reset.reason.as_deref());
    let made = start_reset(tx, scope, op, panel, &account, event, reset.print_link)?;
    let after = Snapshot::of(&account, access.as_ref(), op);
    let change = ResetStarted {
        voided: reset.now,
        printed: reset.print_link,
    };
    let mut outcome = ChangeResult::done(
        account.address.as_str(),
        &panel.name,
        change,
        Some(before),
        Some(after),
    );
    outcome.link_id = Some(made.link_id);
    outcome.link_expires_at = Some(made.expires_at);
    outcome.mail_id = Some(made.mail_id);
    outcome.old_password = Some(old_password);
    Ok(outcome)
}

/// What the password of somebody with these accesses is still good for.
pub(super) fn old_password(
    scope: &Scope,
    op: &Op,
    account: &Account,
    accesses: &[Access],
) -> OldPassword {
    let given = accesses
        .iter()
        .filter_map(|access| Some((scope.panel_by_id(access.panel_id)?, access)));
    OldPassword::of(account, given, op.now)
}

/// A reset link that was made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Made {
    pub(super) link_id: i64,
    pub(super) expires_at: jiff::Timestamp,
    pub(super) mail_id: i64,
}

/// Creates the link, queues its mail (or the notice that it was printed) and records the event.
pub(super) fn start_reset(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    panel: &Panel,
    account: &Account,
    event: Event,
    printed: bool,
) -> Result<Made, OpError> {
    let kind = if event.action == Action::Locked {
        MailKind::Locked
    } else {
        MailKind::PasswordReset
    };
    tx.supersede_links(account.id, LinkPurpose::Reset, None, op.now)?;
    let expires_at = end_of(op.now, scope.policy.reset_lifetime);
    let (link_id, _) = tx.add_link(&NewLink {
        purpose: LinkPurpose::Reset,
        account_id: account.id,
        panel_id: panel.id,
        created_at: op.now,
        expires_at,
    })?;
    if matches!(event.action, Action::ResetRequested | Action::Unlocked) {
        tx.link_is_operators(link_id, op.now)?;
    }
    let mail_id = if printed {
        queue(
            tx,
            op,
            panel,
            account,
            MailKind::ResetByOperatorPrinted,
            None,
        )?
    } else {
        queue(tx, op, panel, account, kind, Some(link_id))?
    };
    tx.record(event.with("link_expires_at", expires_at.to_string()))?;
    Ok(Made {
        link_id,
        expires_at,
        mail_id,
    })
}
