//! Reading everything known about one person, and why they cannot sign in (D1).

use jiff::Timestamp;

use crate::domain::access::Access;
use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::admission::{Obstacle, obstacles};
use crate::domain::link::{Link, LinkPurpose, LinkState};
use crate::domain::panel::Panel;
use crate::domain::policy::Limits;
use crate::domain::second_factor::FactorFacts;
use crate::domain::session::Session;
use crate::domain::trusted_ip::Trust;
use crate::store::{AddressChange, AuditEntry, FactorBrief, MailRow, Tx};

use super::second_factor::a_month_before;
use super::session::live_sessions;
use super::{Op, OpError, Scope};

/// Everything known about one person.
#[derive(Clone, Debug)]
pub struct PersonDetails {
    /// Who.
    pub account: Account,
    /// Their limits.
    pub limits: Limits,
    /// Every panel they have or had access to.
    pub rooms: Vec<Room>,
    /// Live sessions.
    pub sessions: Vec<Session>,
    /// The latest mails, newest first.
    pub mail: Vec<MailRow>,
    /// A reset link that works.
    pub reset_link: Option<Link>,
    /// A change of address that waits to be confirmed.
    pub address_change: Option<AddressChange>,
    /// A change of address whose link expired before it was confirmed.
    pub address_change_over: Option<AddressChange>,
    /// The authenticator, if one is set up.
    pub second_factor: Option<FactorBrief>,
    /// Trusted IPs of this person alone that are valid now.
    pub trusted: Vec<Trusted>,
    /// The person's trusted IPs that have ended and are not deleted yet, newest first.
    pub trust_ended: Vec<Trust>,
    /// Wrong codes in the last 30 days (T8).
    pub wrong_codes_of_month: i64,
    /// The latest events, newest first.
    pub recent: Vec<AuditEntry>,
}

/// A trusted IP of one person.
#[derive(Clone, Debug)]
pub struct Trusted {
    /// The entry.
    pub entry: Trust,
    /// The name of the panel it is for.
    pub panel: String,
    /// When it ends, by that panel's settings (X4).
    pub ends_at: Timestamp,
}

/// One person in one panel.
#[derive(Clone, Debug)]
pub struct Room {
    /// The panel.
    pub panel: Panel,
    /// Their access; `None` if they never had it.
    pub access: Option<Access>,
    /// The newest invitation.
    pub invitation: Option<Link>,
    /// What prevents a sign-in now.
    pub obstacles: Vec<Obstacle>,
    /// The second factor as this panel sees it.
    pub factor: FactorFacts,
}

/// Reads the details of a person, in one panel or all.
///
/// # Errors
/// An unknown panel, an unknown address.
pub fn show(
    tx: &Tx<'_>,
    scope: &Scope,
    op: &Op,
    address: &Address,
    panel: Option<&str>,
    events: usize,
) -> Result<PersonDetails, OpError> {
    let only = panel.map(|name| scope.panel(name)).transpose()?;
    let account = Scope::known(tx, address)?;
    let accesses = tx.accesses(account.id)?;
    let rooms = rooms(tx, scope, op, &account, &accesses, only)?;
    let (live, mut trust_ended): (Vec<_>, Vec<_>) =
        tx.trust_of(account.id)?.into_iter().partition(|trust| {
            scope
                .panel_by_id(trust.panel_id)
                .is_some_and(|panel| trust.is_live(panel.policy.trusted_ips, op.now))
        });
    trust_ended.reverse();
    let trusted = live
        .into_iter()
        .filter(|entry| only.is_none_or(|only| only.id == entry.panel_id))
        .filter_map(|entry| {
            let panel = scope.panel_by_id(entry.panel_id)?;
            Some(Trusted {
                ends_at: entry.ends_at(panel.policy.trusted_ips?),
                panel: panel.name.clone(),
                entry,
            })
        })
        .collect();
    let reset_link = tx
        .newest_link(account.id, LinkPurpose::Reset, None)?
        .filter(|link| link.state(op.now) == LinkState::Live);
    Ok(PersonDetails {
        limits: scope.limits(&accesses),
        rooms,
        sessions: live_sessions(tx, scope, op, account.id)?,
        mail: tx.mail_of(account.id, 10)?,
        reset_link,
        address_change: tx.address_change(account.id, op.now)?,
        address_change_over: tx
            .address_change(account.id, Timestamp::MIN)?
            .filter(|change| change.expires_at <= op.now),
        second_factor: tx.factor_brief(account.id)?,
        trusted,
        trust_ended,
        wrong_codes_of_month: tx.wrong_codes_since(account.id, a_month_before(op.now))?,
        recent: tx.last_events(account.reference, &[], events)?,
        account,
    })
}

/// The panel that was named; otherwise those the person has or had access to, or the first panel if there are
/// none.
fn rooms(
    tx: &Tx<'_>,
    scope: &Scope,
    op: &Op,
    account: &Account,
    accesses: &[Access],
    only: Option<&Panel>,
) -> Result<Vec<Room>, OpError> {
    let mut rooms = Vec::new();
    for panel in &scope.panels {
        let access = accesses
            .iter()
            .find(|access| access.panel_id == panel.id)
            .cloned();
        let wanted = match only {
            Some(only) => only.id == panel.id,
            None => access.is_some() || (accesses.is_empty() && rooms.is_empty()),
        };
        if wanted {
            let facts = scope.facts(tx, panel, Some(account), access.as_ref(), op)?;
            let (obstacles, factor) = (obstacles(&facts, op.now), facts.factor);
            let invitation = tx.newest_link(account.id, LinkPurpose::Invitation, Some(panel.id))?;
            rooms.push(Room {
                panel: panel.clone(),
                access,
                invitation,
                obstacles,
                factor,
            });
        }
    }
    Ok(rooms)
}
