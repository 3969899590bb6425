//! Inviting, and sending an invitation again (I1–I9).

use jiff::Timestamp;

use crate::domain::access::{Access, Term};
use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::domain::link::{LinkPurpose, LinkState, invitation_end};
use crate::domain::panel::Panel;
use crate::domain::refusal::Refusal;
use crate::mail::MailKind;
use crate::store::{Fault, NewAccount, NewLink, NewMail, Tx};

use super::outcome::{Deed, Outcome, Snapshot};
use super::{Op, OpError, Scope};

/// Whom to invite to what.
#[derive(Clone, Debug)]
pub struct Invite {
    /// The one address.
    pub address: Address,
    /// The panel; `None` is the only one.
    pub panel: Option<String>,
    /// What people call them.
    pub name: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    /// BCP 47.
    pub lang: Option<String>,
    /// The role; `None` is the panel's default, or what they had.
    pub role: Option<String>,
    /// The period; `None` is permanent, or what they had.
    pub term: Option<Term>,
    /// Mail also those who need no link (I6).
    pub notify: bool,
    /// Whether mail is queued at all.
    pub mail: bool,
    /// Part of a file (I12): who is invited already is left alone …
    pub bulk: bool,
    /// … unless this says otherwise.
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
) -> Result<Outcome, OpError> {
    let panel = scope.panel_to_change(request.panel.as_deref())?;
    if let Some(role) = &request.role {
        scope.role(role)?;
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
) -> Result<Outcome, OpError> {
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
    send_invitation(
        tx,
        op,
        panel,
        &account,
        &access,
        None,
        Deed::Invited,
        Action::Invited,
        request.mail,
    )
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
        until,
        removed_at: None,
    }
}

/// Somebody without a password: a new link, with what was asked for brought up to date (I8).
fn invite_pending(
    tx: &mut Tx<'_>,
    op: &Op,
    request: &Invite,
    panel: &Panel,
    mut account: Account,
    access: Option<Access>,
    term: Option<Option<Timestamp>>,
) -> Result<Outcome, OpError> {
    let before = Snapshot::of(&account, access.as_ref(), op);
    let running = access
        .as_ref()
        .is_some_and(|access| access.is_running(op.now));
    if running && request.bulk && !request.resend_pending {
        return Ok(Outcome::unchanged(
            &account,
            access.as_ref(),
            &panel.name,
            Deed::PendingAlready,
            op,
        ));
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
        Some(access) => tx.set_access(access.id, &role, until)?,
        None => tx.add_access(account.id, panel.id, &role, until, op.now)?,
    }
    let access = fresh_access(&account, panel, role, until, op);
    let (deed, action) = if running {
        (
            Deed::Resent {
                superseded_sent_at: None,
            },
            Action::Resent,
        )
    } else {
        (Deed::Invited, Action::Invited)
    };
    send_invitation(
        tx,
        op,
        panel,
        &account,
        &access,
        Some(before),
        deed,
        action,
        request.mail,
    )
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

/// Somebody with a password needs no link: access is added or restored (I6, I7), or runs already (I9).
fn admit_registered(
    tx: &mut Tx<'_>,
    op: &Op,
    request: &Invite,
    panel: &Panel,
    account: Account,
    access: Option<Access>,
    until: Option<Timestamp>,
) -> Result<Outcome, OpError> {
    if let Some(access) = access.as_ref().filter(|access| access.is_running(op.now)) {
        let deed = Deed::InAlready {
            other_role: request
                .role
                .as_ref()
                .is_some_and(|role| *role != access.role),
            other_period: request.term.is_some(),
        };
        return Ok(Outcome::unchanged(
            &account,
            Some(access),
            &panel.name,
            deed,
            op,
        ));
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
    match &access {
        Some(access) => tx.set_access(access.id, &role, until)?,
        None => tx.add_access(account.id, panel.id, &role, until, op.now)?,
    }
    let access = fresh_access(&account, panel, role, until, op);
    let (deed, action, kind) = if restored {
        (
            Deed::AccessRestored,
            Action::AccessRestored,
            Some(MailKind::AccessRestored),
        )
    } else {
        (
            Deed::AccessAdded,
            Action::AccessAdded,
            request.notify.then_some(MailKind::AccessAdded),
        )
    };
    give_access(
        tx,
        op,
        panel,
        &account,
        &access,
        before,
        deed,
        action,
        kind.filter(|_| request.mail),
    )
}

/// Records that registered people have access (again), and mails them if they are to be told.
#[expect(
    clippy::too_many_arguments,
    reason = "the facts of one audit entry and one mail"
)]
pub(super) fn give_access(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
    access: &Access,
    before: Snapshot,
    deed: Deed,
    action: Action,
    mail: Option<MailKind>,
) -> Result<Outcome, OpError> {
    let mail_id = mail
        .map(|kind| queue(tx, op, panel, account, kind, None))
        .transpose()?;
    tx.record(
        op.event(action)
            .about(account)
            .in_panel(&panel.name)
            .with("role", access.role.as_str())
            .with("access_until", access.until.map(|until| until.to_string())),
    )?;
    let after = Snapshot::of(account, Some(access), op);
    let mut outcome = Outcome::done(
        account.address.as_str(),
        &panel.name,
        deed,
        Some(before),
        Some(after),
    );
    outcome.mail_id = mail_id;
    Ok(outcome)
}

/// Makes a new invitation, which kills every older one for this account and panel (I2), and queues its mail.
#[expect(
    clippy::too_many_arguments,
    reason = "the facts of one audit entry and one mail"
)]
pub(super) fn send_invitation(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
    access: &Access,
    before: Option<Snapshot>,
    mut deed: Deed,
    action: Action,
    mail: bool,
) -> Result<Outcome, OpError> {
    if before.is_some() {
        let older = tx.newest_link(account.id, LinkPurpose::Invitation, Some(panel.id))?;
        if let Deed::Resent { superseded_sent_at } = &mut deed {
            *superseded_sent_at = older
                .filter(|link| {
                    matches!(link.state(op.now), LinkState::Live | LinkState::Expired(_))
                })
                .map(|link| link.created_at);
        }
        tx.supersede_links(account.id, LinkPurpose::Invitation, Some(panel.id), op.now)?;
    }
    let expires_at = invitation_end(op.now, panel.policy.invitation_lifetime, access.until);
    let (link_id, _) = tx.add_link(&NewLink {
        purpose: LinkPurpose::Invitation,
        account_id: account.id,
        panel_id: panel.id,
        created_at: op.now,
        expires_at,
    })?;
    let mail_id = if mail {
        Some(queue(
            tx,
            op,
            panel,
            account,
            MailKind::Invitation,
            Some(link_id),
        )?)
    } else {
        None
    };
    tx.record(
        op.event(action)
            .about(account)
            .in_panel(&panel.name)
            .with("role", access.role.as_str())
            .with("access_until", access.until.map(|until| until.to_string()))
            .with("link_expires_at", expires_at.to_string())
            .with("mail", mail),
    )?;
    let after = Snapshot::of(account, Some(access), op);
    let mut outcome = Outcome::done(
        account.address.as_str(),
        &panel.name,
        deed,
        before,
        Some(after),
    );
    outcome.link_id = Some(link_id);
    outcome.link_expires_at = Some(expires_at);
    outcome.mail_id = mail_id;
    Ok(outcome)
}

/// Queues a mail to the account's address.
pub(super) fn queue(
    tx: &Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
    kind: MailKind,
    link_id: Option<i64>,
) -> Result<i64, Fault> {
    tx.queue_mail(&NewMail {
        account_id: account.id,
        panel_id: panel.id,
        link_id,
        kind: kind.as_str(),
        address: account.address.as_str(),
        queued_at: op.now,
    })
}

/// Makes a new invitation link for somebody who has not registered (I4).
///
/// # Errors
/// An unknown address, somebody registered, access that was never given, removed or is over.
pub fn resend(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    panel: Option<&str>,
    mail: bool,
) -> Result<Outcome, OpError> {
    let panel = scope.panel_to_change(panel)?;
    let account = Scope::known(tx, address)?;
    if account.is_registered() {
        return Err(Refusal::Registered.into());
    }
    let access = match tx.access(account.id, panel.id)? {
        None => return Err(Refusal::NoAccess.into()),
        Some(Access {
            removed_at: Some(at),
            ..
        }) => return Err(Refusal::AccessRemoved { at }.into()),
        Some(Access {
            until: Some(at), ..
        }) if at <= op.now => {
            return Err(Refusal::AccessEnded { at }.into());
        }
        Some(access) => access,
    };
    let before = Snapshot::of(&account, Some(&access), op);
    let deed = Deed::Resent {
        superseded_sent_at: None,
    };
    send_invitation(
        tx,
        op,
        panel,
        &account,
        &access,
        Some(before),
        deed,
        Action::Resent,
        mail,
    )
}
