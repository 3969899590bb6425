//! Changing a person's details (E1).

use serde::{Deserialize, Serialize};

use crate::domain::access::Access;
use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::domain::panel::Panel;
use crate::domain::second_factor::Method;
use crate::mail::MailKind;
use crate::store::Tx;

use super::address_change::{cancel, move_now, request};
use super::change::{ChangeResult, Snapshot};
use super::grant::queue;
use super::scope::AccountScope;
use super::{Op, OpError, Scope};

/// What to change. `None` leaves a value as it is, `Some(None)` clears it.
#[derive(Clone, Debug, Default)]
pub struct Edit {
    /// The panel whose settings the mail uses; `None` is the only one, or the person's first.
    pub panel: Option<String>,
    /// The person's name.
    pub name: Option<Option<String>>,
    /// The phone number in E.164 form.
    pub phone: Option<Option<String>>,
    /// The language, as a BCP 47 tag.
    pub lang: Option<Option<String>>,
    /// A new address.
    pub address: Option<Address>,
    /// Cancel a pending change of address.
    pub cancel_address: bool,
}

/// What editing a person came to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Edited {
    /// What was known of the person.
    pub was: Known,
    /// What is known now.
    pub is: Known,
    /// Which of `name`, `phone`, `lang` changed.
    pub changed: Vec<String>,
    /// What became of the address.
    pub address: AddressStep,
}

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum AddressStep {
    /// Nothing.
    Kept,
    /// A link went to the new one.
    Requested {
        /// The new one.
        to: String,
    },
    /// They never registered: it was changed at once.
    Moved {
        /// The one before.
        from: String,
        /// How many new invitations were made.
        invitations: usize,
    },
    /// A change that waited was called off.
    Cancelled {
        /// The address that it was to be.
        to: String,
    },
}

/// What `edit` changes of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The address.
    pub address: String,
    /// What people call them.
    pub name: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    /// BCP 47.
    pub lang: Option<String>,
    /// An address that waits to be confirmed.
    pub new_address: Option<String>,
}

impl Known {
    /// What is known of an account, and the address that waits to become its.
    pub fn of(account: &Account, waits: Option<&Address>) -> Self {
        Self {
            address: account.address.as_str().to_owned(),
            name: account.name.clone(),
            phone: account.phone.clone(),
            lang: account.lang.clone(),
            new_address: waits.map(|waits| waits.as_str().to_owned()),
        }
    }

    /// Name, phone and language, each with its word.
    pub fn fields(&self) -> [(&'static str, Option<&str>); 3] {
        [
            ("name", self.name.as_deref()),
            ("phone", self.phone.as_deref()),
            ("lang", self.lang.as_deref()),
        ]
    }
}

/// Changes name, phone and language at once; a new address only after it is confirmed, or at once for
/// somebody who never registered. A new phone number ends the codes sent to the old one, and people who have
/// registered are notified by mail.
///
/// # Errors
/// An unknown address, or a new one that another account has.
pub fn edit(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    edit: &Edit,
) -> Result<ChangeResult<Edited>, OpError> {
    let AccountScope {
        mut account,
        accesses,
        panel,
        access,
    } = scope.concerned(tx, address, edit.panel.as_deref())?;
    let access = access.as_ref();
    let before = Snapshot::of(&account, access, op);
    let was = known(tx, &account, op)?;
    let changed = write_fields(tx, op, panel, &mut account, edit)?;
    let phone_notice = if changed.contains(&"phone") {
        phone_changed(tx, op, panel, &account)?
    } else {
        None
    };
    let (step, mut mails) = change_address(tx, scope, op, panel, &mut account, &accesses, edit)?;
    match (phone_notice, mails.notice_id.or(mails.mail_id)) {
        (Some(id), Some(other)) => tx.join_mail(id, other)?,
        (Some(id), None) => mails.mail_id = Some(id),
        (None, _) => {}
    }
    let is = known(tx, &account, op)?;
    let nothing = changed.is_empty() && step == AddressStep::Kept;
    let change = Edited {
        was,
        is,
        changed: changed.into_iter().map(str::to_owned).collect(),
        address: step,
    };
    let mut outcome = if nothing {
        ChangeResult::unchanged(&account, access, &panel.name, change, op)
    } else {
        let after = Snapshot::of(&account, access, op);
        let target = account.address.as_str();
        ChangeResult::done(target, &panel.name, change, Some(before), Some(after))
    };
    outcome.link_id = mails.link_id;
    outcome.link_expires_at = mails.link_expires_at;
    outcome.mail_id = mails.mail_id;
    outcome.notice_id = mails.notice_id;
    Ok(outcome)
}

/// Codes sent to the old number no longer count, and people who can sign in are notified of the change: the
/// new number is a way to sign in.
fn phone_changed(
    tx: &Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
) -> Result<Option<i64>, OpError> {
    tx.end_codes_by(account.id, Method::Sms, op.now)?;
    if !account.is_registered() {
        return Ok(None);
    }
    let id = queue(tx, op, panel, account, MailKind::PhoneChanged, None)?;
    Ok(Some(id))
}

fn known(tx: &Tx<'_>, account: &Account, op: &Op) -> Result<Known, OpError> {
    let change = tx.address_change(account.id, op.now)?;
    Ok(Known::of(
        account,
        change.as_ref().map(|change| &change.address),
    ))
}

/// Changes the address, or starts or cancels such a change.
fn change_address(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    panel: &Panel,
    account: &mut Account,
    accesses: &[Access],
    edit: &Edit,
) -> Result<(AddressStep, Mails), OpError> {
    if edit.cancel_address {
        return Ok((cancel(tx, op, panel, account)?, Mails::default()));
    }
    let new = edit.address.as_ref();
    let Some(new) = new.filter(|new| new.key() != account.address.key()) else {
        return Ok((AddressStep::Kept, Mails::default()));
    };
    if account.is_registered() {
        return request(tx, op, panel, account, new);
    }
    let given: Vec<(&Panel, &Access)> = accesses
        .iter()
        .filter_map(|access| Some((scope.panel_by_id(access.panel_id)?, access)))
        .collect();
    move_now(tx, op, panel, account, &given, new)
}

/// What a change of address sent.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mails {
    pub(super) link_id: Option<i64>,
    pub(super) link_expires_at: Option<jiff::Timestamp>,
    pub(super) mail_id: Option<i64>,
    /// The notice to the current address.
    pub(super) notice_id: Option<i64>,
}

/// Writes name, phone and language, and returns which of them changed.
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
