//! Changing what is known of a person (E1).

use crate::domain::access::Access;
use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::domain::panel::Panel;
use crate::store::Tx;

use super::address_change::{cancel, move_now, request};
use super::outcome::{AddressStep, Deed, Outcome, Snapshot};
use super::{Op, OpError, Scope};

/// What to change. `None` leaves a value as it is, `Some(None)` clears it.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// The panel in whose words mail is written; `None` is the only one, or the person's first.
    pub panel: Option<String>,
    /// What people call them.
    pub name: Option<Option<String>>,
    /// E.164.
    pub phone: Option<Option<String>>,
    /// BCP 47.
    pub lang: Option<Option<String>>,
    /// A new address.
    pub address: Option<Address>,
    /// A change of address that waits is called off.
    pub cancel_address: bool,
}

/// Changes name, phone and language at once; a new address only once it is confirmed, or at once for somebody who
/// never registered.
///
/// # Errors
/// An unknown address, or a new one that somebody has.
pub fn edit(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    edit: &Edit,
) -> Result<Outcome, OpError> {
    let mut account = Scope::known(tx, address)?;
    let accesses = tx.accesses(account.id)?;
    let panel = scope.panel_to_speak_for(edit.panel.as_deref(), &accesses)?;
    let access = accesses.iter().find(|access| access.panel_id == panel.id);
    let before = Snapshot::of(&account, access, op);
    let changed = write_fields(tx, op, panel, &mut account, edit)?;
    let mut step = AddressStep::Kept;
    let mut mails = Mails::default();
    if edit.cancel_address {
        step = cancel(tx, op, panel, &account)?;
    } else if let Some(new) = edit
        .address
        .as_ref()
        .filter(|new| new.key() != account.address.key())
    {
        (step, mails) = if account.is_registered() {
            request(tx, op, panel, &account, new)?
        } else {
            let given: Vec<(&Panel, &Access)> = accesses
                .iter()
                .filter_map(|access| Some((scope.panel_by_id(access.panel_id)?, access)))
                .collect();
            move_now(tx, op, panel, &mut account, &given, new)?
        };
    }
    if changed.is_empty() && step == AddressStep::Kept {
        return Ok(Outcome::unchanged(
            &account,
            access,
            &panel.name,
            Deed::AsItWas,
            op,
        ));
    }
    let after = Snapshot::of(&account, access, op);
    let deed = Deed::Edited {
        changed: changed.into_iter().map(str::to_owned).collect(),
        address: step,
    };
    let mut outcome = Outcome::done(
        account.address.as_str(),
        &panel.name,
        deed,
        Some(before),
        Some(after),
    );
    outcome.link_id = mails.link_id;
    outcome.link_expires_at = mails.link_expires_at;
    outcome.mail_id = mails.mail_id;
    Ok(outcome)
}

/// What a change of address sent.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mails {
    pub(super) link_id: Option<i64>,
    pub(super) link_expires_at: Option<jiff::Timestamp>,
    pub(super) mail_id: Option<i64>,
}

/// Writes name, phone and language, and says which of them are others now.
fn write_fields(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &mut Account,
    edit: &Edit,
) -> Result<Vec<&'static str>, OpError> {
    let mut changed = Vec::new();
    for (word, new, field) in [
        ("name", &edit.name, &mut account.name),
        ("phone", &edit.phone, &mut account.phone),
        ("lang", &edit.lang, &mut account.lang),
    ] {
        if let Some(new) = new
            && new != field
        {
            field.clone_from(new);
            changed.push(word);
        }
    }
    if changed.is_empty() {
        return Ok(changed);
    }
    tx.update_person(account)?;
    tx.record(
        op.event(Action::Edited)
            .about(account)
            .in_panel(&panel.name)
            .with("changed", changed.clone()),
    )?;
    Ok(changed)
}
