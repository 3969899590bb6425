//! Inviting people, and sending an invitation again (I1–I9).

use jiff::Timestamp;

use crate::domain::access::{Access, Term};
use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::link::{LinkPurpose, LinkState};
use crate::domain::old_password::OldPassword;
use crate::domain::panel::Panel;
use crate::mail::MailKind;
use crate::store::{Fault, NewAccount, Tx};

use super::change::{ChangeResult, Snapshot};
use super::grant::{Grant, Granted};
use super::unmet::Unmet;
use super::{Op, OpError, Scope};

/// Who to invite to what.
#[derive(Clone, Debug)]
pub struct Invite {
    /// The person's address.
    pub address: Address,
    /// The panel; `None` is the only one.
    pub panel: Option<String>,
    /// The person's name.
    pub name: Option<String>,
    /// The phone number in E.164 form.
    pub phone: Option<String>,
    /// The language, as a BCP 47 tag.
    pub lang: Option<String>,
    /// The role; `None` is the panel's default, or the previous one.
    pub role: Option<String>,
    /// A note for the audit log.
    pub note: Option<String>,
    /// The period; `None` is permanent, or the previous one.
    pub term: Option<Term>,
    /// Also mail people who need no link (I6).
    pub notify: bool,
    /// Whether mail is queued at all.
    pub mail: bool,
    /// Part of a file (I12): people already invited are left unchanged …
    pub bulk: bool,
    /// … unless this is set.
    pub resend_pending: bool,
}

/// Invites one person.
///
/// # Errors
/// An unknown panel or role, an end in the past.
pub fn invite(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    request: &Invite,
) -> Result<ChangeResult<Granted>, OpError> {
    let panel = scope.panel_to_change(request.panel.as_deref())?;
    if let Some(role) = &request.role {
        Scope::role(role)?;
    }
    let term = request
        .term
        .map(|term| term.end_from(op.now, &op.zone))
        .transpose()?;
    let Some(account) = tx.account(&request.address)? else {
        return invite_new(tx, op, request, panel, term.flatten());
    };
    let access = tx.access(account.id, panel.id)?;
    if account.is_registered() {
        admit_registered(tx, op, request, panel, account, access, term.flatten())
    } else {
        invite_pending(tx, op, request, panel, account, access, term)
    }
}

fn role_of(request: &Invite, panel: &Panel) -> String {
    request
        .role
        .clone()
        .unwrap_or_else(|| panel.policy.default_role.clone())
}

fn invite_new(
    tx: &mut Tx<'_>,
    op: &Op,
    request: &Invite,
    panel: &Panel,
    until: Option<Timestamp>,
) -> Result<ChangeResult<Granted>, OpError> {
    let account = tx.add_account(&NewAccount {
        address: &request.address,
        name: request.name.as_deref(),
        phone: request.phone.as_deref(),
        lang: request.lang.as_deref(),
        created_at: op.now,
    })?;
    let role = role_of(request, panel);
    tx.add_access(account.id, panel.id, &role, until, op.now)?;
    let access = fresh_access(&account, panel, role, until, op);
    let note = request.note.as_deref();
    Grant {
        panel,
        account: &account,
        access: &access,
        before: None,
        change: Granted::Invited,
        note,
    }
    .finish_unregistered(tx, op, request.mail)
}

/// The access just written, without reading it back; its row id is not needed.
fn fresh_access(
    account: &Account,
    panel: &Panel,
    role: String,
    until: Option<Timestamp>,
    op: &Op,
) -> Access {
    Access {
        id: 0,
        account_id: account.id,
        panel_id: panel.id,
        role,
        granted_at: op.now,
        renewed_at: None,
        until,
        removed_at: None,
    }
}

/// Somebody without a password: a new link, with the requested details updated (I8).
fn invite_pending(
    tx: &mut Tx<'_>,
    op: &Op,
    request: &Invite,
    panel: &Panel,
    mut account: Account,
    access: Option<Access>,
    term: Option<Option<Timestamp>>,
) -> Result<ChangeResult<Granted>, OpError> {
    let before = Snapshot::of(&account, access.as_ref(), op);
    let given = access.as_ref().filter(|access| access.is_running(op.now));
    let running = given.is_some();
    if let Some(given) = given.filter(|_| request.bulk && !request.resend_pending) {
        let mut outcome = ChangeResult::unchanged(
            &account,
            access.as_ref(),
            &panel.name,
            Granted::PendingAlready,
            op,
        );
        outcome.link_expires_at = tx
            .newest_link(account.id, LinkPurpose::Invitation, Some(panel.id))?
            .filter(|link| link.state(op.now) == LinkState::Live)
            .map(|link| link.expires_at);
        outcome.unmet = Unmet::in_all(request, term.flatten(), &account, given);
        return Ok(outcome);
    }
    let role = match (&request.role, &access) {
        (Some(role), _) => role.clone(),
        (None, Some(access)) if access.removed_at.is_none() => access.role.clone(),
        _ => panel.policy.default_role.clone(),
    };
    let until = match (term, &access) {
        (Some(until), _) => until,
        (None, Some(access)) if running => access.until,
        _ => None,
    };
    update_person(tx, &mut account, request)?;
    match &access {
        Some(access) if running => tx.set_access(access.id, &role, until)?,
        Some(access) => tx.renew_access(access.id, &role, until, op.now)?,
        None => tx.add_access(account.id, panel.id, &role, until, op.now)?,
    }
    let access = fresh_access(&account, panel, role, until, op);
    let change = if running {
        Granted::Resent {
            superseded_sent_at: None,
        }
    } else {
        Granted::Invited
    };
    let note = request.note.as_deref();
    Grant {
        panel,
        account: &account,
        access: &access,
        before: Some(before),
        change,
        note,
    }
    .finish_unregistered(tx, op, request.mail)
}

fn update_person(tx: &Tx<'_>, account: &mut Account, request: &Invite) -> Result<(), Fault> {
    let mut changed = false;
    for (new, old) in [
        (&request.name, &mut account.name),
        (&request.phone, &mut account.phone),
        (&request.lang, &mut account.lang),
    ] {
        if new.is_some() && new != old {
            old.clone_from(new);
            changed = true;
        }
    }
    if changed {
        tx.update_person(account)
    } else {
        Ok(())
    }
}

/// Somebody with a password needs no link: access is added or restored (I6, I7), or already running (I9).
fn admit_registered(
    tx: &mut Tx<'_>,
    op: &Op,
    request: &Invite,
    panel: &Panel,
    account: Account,
    access: Option<Access>,
    until: Option<Timestamp>,
) -> Result<ChangeResult<Granted>, OpError> {
    if let Some(access) = access.as_ref().filter(|access| access.is_running(op.now)) {
        let mut outcome =
            ChangeResult::unchanged(&account, Some(access), &panel.name, Granted::InAlready, op);
        outcome.unmet = Unmet::in_all(request, until, &account, access);
        return Ok(outcome);
    }
    let before = Snapshot::of(&account, access.as_ref(), op);
    let expired_here = access
        .as_ref()
        .is_some_and(|access| access.removed_at.is_none());
    let runs_elsewhere = tx
        .accesses(account.id)?
        .iter()
        .any(|access| access.is_running(op.now));
    let restored = expired_here || !runs_elsewhere;
    let role = match (&request.role, &access) {
        (Some(role), _) => role.clone(),
        (None, Some(access)) if expired_here => access.role.clone(),
        _ => panel.policy.default_role.clone(),
    };
    if access.as_ref().is_some_and(|access| access.role != role) {
        tx.forget_trust(account.id, Some(panel.id))?;
    }
    match &access {
        Some(access) => {
            // A session does not come back with the access (A2).
            tx.end_sessions(account.id, Some(panel.id), "access-ended", op.now)?;
            tx.renew_access(access.id, &role, until, op.now)?;
        }
        None => tx.add_access(account.id, panel.id, &role, until, op.now)?,
    }
    let access = fresh_access(&account, panel, role, until, op);
    let (change, kind) = if restored {
        (Granted::AccessRestored, Some(MailKind::AccessRestored))
    } else {
        (
            Granted::AccessAdded,
            request.notify.then_some(MailKind::AccessAdded),
        )
    };
    let note = request.note.as_deref();
    let mut outcome = Grant {
        panel,
        account: &account,
        access: &access,
        before: Some(before),
        change,
        note,
    }
    .finish_registered(tx, op, kind.filter(|_| request.mail))?;
    outcome.old_password = Some(OldPassword::of(&account, [(panel, &access)], op.now));
    outcome.unmet = Unmet::about_person(request, &account);
    Ok(outcome)
}
