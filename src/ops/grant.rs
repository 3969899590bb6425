//! What inviting, resending and extending share: the new link, the access given, and the mail about it.

use crate::domain::access::Access;
use crate::domain::account::Account;
use crate::domain::event::Action;
use crate::domain::link::{LinkPurpose, LinkState, invitation_end};
use crate::domain::panel::Panel;
use crate::mail::MailKind;
use crate::store::{Fault, NewLink, NewMail, Tx};

use super::outcome::{Deed, Outcome, Snapshot};
use super::{Op, OpError};

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
