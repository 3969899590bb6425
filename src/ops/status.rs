//! What needs somebody's attention in a store, as counts with the first few addresses.

use jiff::{SignedDuration, Timestamp};

use super::{Op, OpError, Scope};
use crate::domain::admission::{AccessStatus, AccountStatus};
use crate::store::{Fault, Person, PersonFilter, Tx};

/// Access that ends within this time is worth knowing about.
pub const SOON: SignedDuration = SignedDuration::from_hours(7 * 24);

/// This many addresses of each group are given.
pub const FIRST: usize = 3;

/// What needs attention at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attention {
    /// Accounts that wrong tries locked, permanently or not.
    pub locked: Group,
    /// How many of those are locked permanently.
    pub locked_permanently: u64,
    /// Accounts that an operator locked.
    pub disabled: Group,
    /// Running access that ends within [`SOON`].
    pub expiring: Group,
    /// Invitations that can still be accepted.
    pub pending: Group,
    /// Mails that failed for good.
    pub mail_failed: u64,
    /// Mails that wait to be sent, and since when the oldest of them does.
    pub mail_waiting: (u64, Option<Timestamp>),
    /// When `store backup` last wrote a backup.
    pub backed_up_at: Option<Timestamp>,
}

/// Some people.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// How many: an account is counted once, an access once per panel.
    pub count: u64,
    /// The first of them, in the order of addresses, at most [`FIRST`].
    pub first: Vec<String>,
}

impl Group {
    fn add(&mut self, address: &str) {
        self.count += 1;
        if self.first.len() < FIRST && !self.first.iter().any(|known| known == address) {
            self.first.push(address.to_owned());
        }
    }
}

/// Counts what needs attention, in one panel or in all of them. Mail and backups are the whole store's.
///
/// # Errors
/// An unknown panel, and those of the store.
pub fn status(
    tx: &Tx<'_>,
    scope: &Scope,
    op: &Op,
    panel: Option<&str>,
) -> Result<Attention, OpError> {
    let panel_id = panel
        .map(|name| scope.panel(name).map(|panel| panel.id))
        .transpose()?;
    let here = PersonFilter {
        panel_id,
        ..PersonFilter::default()
    };
    let mut found = Attention::default();
    let mut last = None;
    let locks = PersonFilter {
        statuses: &["locked", "disabled"],
        ..here.clone()
    };
    each(tx, &locks, |person| {
        // The rows of one account, one for each panel, follow each other.
        if last.replace(person.account.id) == Some(person.account.id) {
            return;
        }
        let address = person.account.address.as_str();
        match AccountStatus::of(&person.account, op.now) {
            AccountStatus::LockedPermanently => {
                found.locked_permanently += 1;
                found.locked.add(address);
            }
            AccountStatus::Locked => found.locked.add(address),
            AccountStatus::Disabled => found.disabled.add(address),
            AccountStatus::Unregistered | AccountStatus::Active => {}
        }
    })?;
    let ending = PersonFilter {
        ends_before: Some(op.now.checked_add(SOON).unwrap_or(Timestamp::MAX)),
        ..here.clone()
    };
    each(tx, &ending, |person| {
        if person.access.is_running(op.now) {
            found.expiring.add(person.account.address.as_str());
        }
    })?;
    let invited = PersonFilter {
        statuses: &["pending"],
        ..here
    };
    each(tx, &invited, |person| {
        if is_pending(person, op.now) {
            found.pending.add(person.account.address.as_str());
        }
    })?;
    let (waiting, oldest) = tx.waiting_mail()?;
    found.mail_waiting = (u64::try_from(waiting).unwrap_or(0), oldest);
    found.mail_failed = u64::try_from(tx.failed_mail()?.0).unwrap_or(0);
    found.backed_up_at = tx.backed_up_at()?;
    Ok(found)
}

fn each(
    tx: &Tx<'_>,
    filter: &PersonFilter<'_>,
    mut take: impl FnMut(&Person),
) -> Result<(), Fault> {
    tx.each_person(filter, |person| {
        take(&person);
        Ok(true)
    })
}

/// Whether somebody has an invitation that they can still accept.
pub fn is_pending(person: &Person, now: Timestamp) -> bool {
    !person.account.is_registered()
        && AccessStatus::of(&person.account, Some(&person.access), now) == AccessStatus::Invited
        && person
            .invitation
            .is_some_and(|link| link.open && now < link.expires_at)
}
