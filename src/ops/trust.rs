//! Trusted IPs, as operators manage them (X2–X5).

mod add;
mod rest;

use jiff::{SignedDuration, Timestamp};

pub use add::{add, is_new};
pub use rest::{Around, Rest};

use crate::domain::access::Term;
use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::event::{Action, Event};
use crate::domain::panel::Panel;
use crate::domain::refusal::Refusal;
use crate::domain::trusted_ip::{Network, Trust};
use crate::store::{TrustFilter, Tx};

use self::rest::rest;
use super::change::Status;
use super::{Op, OpError, Scope};

/// The person and period for trusting a network.
#[derive(Clone, Debug, Default)]
pub struct Trusting {
    /// The panel, if one was named.
    pub panel: Option<String>,
    /// The person; `None` is everyone in the panel.
    pub person: Option<Address>,
    /// A note; `None` keeps the existing one.
    pub note: Option<String>,
    /// Its stated end; `None` keeps it as long as it is used (X4).
    pub term: Option<Term>,
    /// Accept any width (X5) and any addresses in it.
    pub force: bool,
}

/// Which entries to remove.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// The one with this id.
    Id(i64),
    /// Those for this network, for one person or for everyone.
    Network(Network),
}

/// What was done, or why nothing was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TrustChange {
    /// A network is trusted now.
    Trusted,
    /// Its end or its note was changed.
    Changed,
    /// It was trusted so already.
    TrustedAlready,
    /// Entries were removed.
    Removed {
        /// Their ids.
        ids: Vec<i64>,
        /// None of them counted any more.
        was_over: bool,
    },
    /// There was no entry for exactly this.
    NotTrusted,
}

/// One network's row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustResult {
    /// The network.
    pub network: Network,
    /// The panel.
    pub panel: String,
    /// The person; `None` is everyone in the panel.
    pub address: Option<String>,
    /// How long the panel trusts IPs.
    pub lifetime: Option<SignedDuration>,
    /// Whether something changed.
    pub status: Status,
    /// What was done.
    pub change: TrustChange,
    /// The entry as it was.
    pub before: Option<Trust>,
    /// The entry as it is.
    pub after: Option<Trust>,
    /// What else makes a code unnecessary there.
    pub rest: Rest,
}

/// Where an entry is valid, and for whom.
struct Place<'a> {
    panel: &'a Panel,
    account: Option<Account>,
}

impl Place<'_> {
    fn outcome(&self, network: Network, status: Status, change: TrustChange) -> TrustResult {
        TrustResult {
            network,
            panel: self.panel.name.clone(),
            address: self.address(),
            lifetime: self.panel.policy.trusted_ips,
            status,
            change,
            before: None,
            after: None,
            rest: Rest::default(),
        }
    }

    fn address(&self) -> Option<String> {
        let account = self.account.as_ref();
        account.map(|account| account.address.as_str().to_owned())
    }

    fn account_id(&self) -> Option<i64> {
        self.account.as_ref().map(|account| account.id)
    }

    /// Where a person is belongs to them and is not in any entry in plain text: the id has to do there (U5).
    fn event(&self, op: &Op, action: Action, network: Network) -> Event {
        let event = op.event(action).in_panel(&self.panel.name);
        match &self.account {
            Some(account) => event.about(account),
            None => event.with("network", network.to_string()),
        }
    }
}

/// Removes entries: from the next sign-in on a code is required again (X3).
///
/// # Errors
/// An unknown panel, address or id. An id of another panel or person than the one named is unknown,
/// too.
pub fn remove(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    which: Which,
    panel: Option<&str>,
    person: Option<&Address>,
) -> Result<TrustResult, OpError> {
    let account = person
        .map(|address| Scope::known(tx, address))
        .transpose()?;
    let (place, network, entries) = match which {
        Which::Id(id) => {
            let unknown = || Refusal::UnknownTrust { id: id.to_string() };
            let only = panel.map(|name| scope.panel(name)).transpose()?;
            let entry = tx.trust(id)?.ok_or_else(unknown)?;
            let panel = scope
                .panel_by_id(entry.panel_id)
                .filter(|panel| only.is_none_or(|only| only.id == panel.id))
                .ok_or_else(unknown)?;
            if account.is_some_and(|account| entry.account_id != Some(account.id)) {
                return Err(unknown().into());
            }
            let account = match entry.account_id {
                Some(id) => tx.account_by_id(id)?,
                None => None,
            };
            (Place { panel, account }, entry.network, vec![entry])
        }
        Which::Network(network) => {
            let panel = scope.panel_to_change(panel)?;
            let place = Place { panel, account };
            let entries = tx.trust_in(panel.id, place.account_id(), network)?;
            (place, network, entries)
        }
    };
    let lifetime = place.panel.policy.trusted_ips;
    let lasts = |trust: &Trust| lasts(trust, lifetime);
    let Some(before) = entries.iter().max_by_key(|trust| lasts(trust)).cloned() else {
        return Ok(TrustResult {
            rest: rest(tx, op, &place, network)?,
            ..place.outcome(network, Status::Unchanged, TrustChange::NotTrusted)
        });
    };
    let ids: Vec<i64> = entries.iter().map(|trust| trust.id).collect();
    for id in &ids {
        tx.delete_trust(*id)?;
    }
    tx.record(
        place
            .event(op, Action::TrustRemoved, network)
            .with("ids", ids.clone()),
    )?;
    let change = TrustChange::Removed {
        ids,
        was_over: !before.is_live(lifetime, op.now),
    };
    Ok(TrustResult {
        before: Some(before),
        rest: rest(tx, op, &place, network)?,
        ..place.outcome(network, Status::Done, change)
    })
}

fn lasts(trust: &Trust, lifetime: Option<SignedDuration>) -> Timestamp {
    trust.ends_at(lifetime.unwrap_or_default())
}

/// The result of removing all entries of a person or a panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Purged {
    /// The panel.
    pub panel: String,
    /// The person; `None` is everyone in the panel.
    pub address: Option<String>,
    /// How many entries there were.
    pub entries: usize,
    /// For a person in a panel: some network is trusted for everyone there, so they still need no code from
    /// it.
    pub for_everyone: bool,
}

/// How many entries [`purge`] would remove, and from which panel.
///
/// # Errors
/// An unknown panel or address.
pub fn survey(
    tx: &Tx<'_>,
    scope: &Scope,
    op: &Op,
    panel: Option<&str>,
    person: Option<&Address>,
) -> Result<Purged, OpError> {
    let place = whose(tx, scope, panel, person)?;
    let entries = tx.count_trust(place.panel.id, place.account_id())?;
    Ok(Purged {
        panel: place.panel.name.clone(),
        address: place.address(),
        entries: usize::try_from(entries).unwrap_or(0),
        for_everyone: spares_everyone(tx, op, &place)?,
    })
}

/// Removes every entry of a person in a panel, or of the whole panel: the operators' and people's own.
///
/// # Errors
/// An unknown panel or address.
pub fn purge(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    panel: Option<&str>,
    person: Option<&Address>,
) -> Result<Purged, OpError> {
    let place = whose(tx, scope, panel, person)?;
    let entries = match &place.account {
        Some(account) => tx.forget_trust(account.id, Some(place.panel.id))?,
        None => tx.forget_panel_trust(place.panel.id)?,
    };
    if entries > 0 {
        let event = op.event(Action::TrustPurged).in_panel(&place.panel.name);
        let event = match &place.account {
            Some(account) => event.about(account),
            None => event,
        };
        tx.record(event.with("entries", entries))?;
    }
    Ok(Purged {
        panel: place.panel.name.clone(),
        address: place.address(),
        entries,
        for_everyone: spares_everyone(tx, op, &place)?,
    })
}

/// Whether a panel trusts some network for everyone, after a purge for one person.
fn spares_everyone(tx: &Tx<'_>, op: &Op, place: &Place<'_>) -> Result<bool, OpError> {
    if place.account.is_none() {
        return Ok(false);
    }
    let filter = TrustFilter {
        panel_id: Some(place.panel.id),
        ..TrustFilter::default()
    };
    let mut found = false;
    tx.each_trust(&filter, |listed| {
        let trust = listed.trust;
        found = trust.account_id.is_none() && trust.is_live(place.panel.policy.trusted_ips, op.now);
        Ok::<bool, OpError>(!found)
    })?;
    Ok(found)
}

fn whose<'a>(
    tx: &Tx<'_>,
    scope: &'a Scope,
    panel: Option<&str>,
    person: Option<&Address>,
) -> Result<Place<'a>, OpError> {
    let panel = scope.panel_to_change(panel)?;
    let account = person
        .map(|address| Scope::known(tx, address))
        .transpose()?;
    Ok(Place { panel, account })
}
