//! A new address: requested, confirmed by a link mailed to it, or cancelled (E1).

use crate::domain::access::Access;
use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::domain::link::{LinkPurpose, end_of};
use crate::domain::panel::Panel;
use crate::domain::policy::{CONFIRM_LIFETIME, FORMER_ADDRESS_TOLD};
use crate::domain::refusal::Refusal;
use crate::mail::MailKind;
use crate::store::{AddressChange, Done, NewLink, Store, Tx};
use crate::vault::Token;

use super::change::Snapshot;
use super::edit::AddressStep;
use super::edit::Mails;
use super::grant::{Grant, Granted, queue, queue_to};
use super::register::{bearer, usable_again};
use super::session::live_sessions;
use super::steps::end_steps;
use super::tickets::{SIGN_IN_TICKET, end_set_ups};
use super::{Op, OpError, Scope};

fn refuse_taken(tx: &Tx<'_>, new: &Address) -> Result<(), OpError> {
    if tx.account(new)?.is_some() {
        return Err(Refusal::AddressTaken {
            address: new.as_str().to_owned(),
        }
        .into());
    }
    Ok(())
}

/// Mails a link to the new address and a notice to the old one. Nothing changes until the link is followed.
/// If requested again, only the newest link works.
pub(super) fn request(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
    new: &Address,
) -> Result<(AddressStep, Mails), OpError> {
    refuse_taken(tx, new)?;
    tx.supersede_links(account.id, LinkPurpose::Address, None, op.now)?;
    let expires_at = end_of(op.now, CONFIRM_LIFETIME);
    let (link_id, _) = tx.add_link(&NewLink {
        purpose: LinkPurpose::Address,
        account_id: account.id,
        panel_id: panel.id,
        created_at: op.now,
        expires_at,
    })?;
    tx.ask_for_address(
        account.id,
        &AddressChange {
            link_id,
            address: new.clone(),
            asked_at: op.now,
            expires_at,
        },
    )?;
    // The notice first: the result reports on the last mail.
    let notice = MailKind::AddressChangeRequested;
    let notice_id = queue(tx, op, panel, account, notice, None)?;
    let kind = MailKind::ConfirmAddress;
    let mail_id = queue_to(tx, op, panel, account, kind, link_id, new.as_str())?;
    tx.record(
        op.event(Action::AddressChangeRequested)
            .about(account)
            .in_panel(&panel.name)
            .with("link_expires_at", expires_at.to_string()),
    )?;
    let mails = Mails {
        link_id: Some(link_id),
        link_expires_at: Some(expires_at),
        mail_id: Some(mail_id),
        notice_id: Some(notice_id),
    };
    let to = new.as_str().to_owned();
    Ok((AddressStep::Requested { to }, mails))
}

/// Cancels a pending change of address.
pub(super) fn cancel(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
) -> Result<AddressStep, OpError> {
    let Some(change) = tx.address_change(account.id, op.now)? else {
        return Ok(AddressStep::Kept);
    };
    tx.revoke_links(account.id, LinkPurpose::Address, None, op.now)?;
    tx.forget_address_change(account.id)?;
    tx.record(
        op.event(Action::AddressChangeCancelled)
            .about(account)
            .in_panel(&panel.name),
    )?;
    let to = change.address.as_str().to_owned();
    Ok(AddressStep::Cancelled { to })
}

/// Changes the address of somebody who never registered, and sends new invitations where that makes sense:
/// links mailed to the old address no longer work.
pub(super) fn move_now(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &mut Account,
    accesses: &[(&Panel, &Access)],
    new: &Address,
) -> Result<(AddressStep, Mails), OpError> {
    refuse_taken(tx, new)?;
    tx.set_address(account.id, new)?;
    let before = std::mem::replace(&mut account.address, new.clone());
    let from = before.as_str().to_owned();
    // For `why`, which can then name the person. It ends at once: the address may belong to somebody else,
    // who must not get notices.
    tx.drop_former_address(account.id, new)?;
    tx.keep_former_address(account.id, &before, op.now)?;
    tx.record(
        op.event(Action::AddressChanged)
            .about(account)
            .in_panel(&panel.name)
            .with("registered", false),
    )?;
    let mut mails = Mails::default();
    let mut invitations = 0;
    // The result reports on the mail of the first panel.
    let (first, rest): (Vec<_>, Vec<_>) = accesses
        .iter()
        .filter(|(_, access)| access.removed_at.is_none() && access.is_running(op.now))
        .partition(|(own, _)| own.id == panel.id);
    for (room, access) in first.into_iter().chain(rest) {
        let grant = Grant {
            panel: room,
            account,
            access,
            before: Some(Snapshot::of(account, Some(access), op)),
            change: Granted::Resent {
                superseded_sent_at: None,
            },
            note: None,
        };
        let outcome = grant.finish_unregistered(tx, op, true)?;
        invitations += 1;
        match (mails.mail_id, outcome.mail_id) {
            (Some(first), Some(id)) => tx.join_mail(id, first)?,
            _ => {
                mails = Mails {
                    link_id: outcome.link_id,
                    link_expires_at: outcome.link_expires_at,
                    mail_id: outcome.mail_id,
                    notice_id: None,
                }
            }
        }
    }
    // If access has expired, the link mailed to the old address is not replaced.
    for (room, _) in accesses
        .iter()
        .filter(|(_, access)| access.removed_at.is_some() || !access.is_running(op.now))
    {
        tx.revoke_links(account.id, LinkPurpose::Invitation, Some(room.id), op.now)?;
    }
    Ok((AddressStep::Moved { from, invitations }, mails))
}

/// Confirms a new address with the link mailed to it: open links, sessions, sign-in tokens and codes end, and
/// both addresses are notified.
///
/// # Errors
/// Those of [`bearer`]; `link-revoked` if another account has the address by now; a failing store.
pub fn confirm_address(store: &mut Store, op: &Op, token: &Token) -> Result<Account, OpError> {
    bearer(store, op, token, LinkPurpose::Address)?;
    let confirmed = store.change(|tx| {
        let (link, mut account) = usable_again(tx, op, token)?;
        let change = tx
            .address_change(account.id, op.now)?
            .filter(|change| link.purpose == LinkPurpose::Address && change.link_id == link.id)
            .ok_or(Refusal::LinkInvalid)?;
        let scope = Scope::load(tx)?;
        let panel = scope
            .panel_by_id(link.panel_id)
            .ok_or(Refusal::LinkInvalid)?;
        if tx.account(&change.address)?.is_some() {
            // Another account got the address in the meantime.
            tx.revoke_links(account.id, LinkPurpose::Address, None, op.now)?;
            tx.forget_address_change(account.id)?;
            tx.record(
                op.event(Action::LinkRefused)
                    .about(&account)
                    .in_panel(&panel.name)
                    .with("purpose", LinkPurpose::Address.as_str())
                    .with("reason", "address-taken"),
            )?;
            return Ok(Done::recorded(Err(Refusal::LinkRevoked)));
        }
        if !tx.use_link(link.id, op.now)? {
            return Err(Refusal::LinkUsed.into());
        }
        tx.forget_address_change(account.id)?;
        tx.set_address(account.id, &change.address)?;
        let before = std::mem::replace(&mut account.address, change.address);
        tx.drop_former_address(account.id, &account.address)?;
        tx.keep_former_address(account.id, &before, end_of(op.now, FORMER_ADDRESS_TOLD))?;
        for purpose in [LinkPurpose::Reset, LinkPurpose::Invitation] {
            tx.revoke_links(account.id, purpose, None, op.now)?;
        }
        let sessions = live_sessions(tx, &scope, op, account.id)?.len();
        tx.end_sessions(account.id, None, "new-address", op.now)?;
        end_set_ups(tx, op, account.id)?;
        end_steps(tx, op, account.id)?;
        tx.spend_tickets(SIGN_IN_TICKET, account.id, op.now)?;
        tx.end_sent_codes(account.id, op.now)?;
        queue(tx, op, panel, &account, MailKind::AddressChanged, None)?;
        tx.record(
            op.event(Action::AddressChanged)
                .about(&account)
                .in_panel(&panel.name)
                .with("sessions_ended", sessions),
        )?;
        Ok::<_, OpError>(Done::recorded(Ok(account)))
    })?;
    Ok(confirmed?)
}
