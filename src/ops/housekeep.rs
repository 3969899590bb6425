//! Deleting expired records. They are invalid without it (W2): this only keeps the store small.
//!
//! Expired records are searched without a lock and deleted in batches, each a transaction with its own audit
//! entry: nothing waits for long, and if it is interrupted, everything deleted so far is recorded.

use jiff::{SignedDuration, Timestamp};

use crate::domain::event::{Action, Source};
use crate::domain::policy::{
    ADDRESSES_REMEMBERED, ONE_DAY, REQUESTS_REMEMBERED, REVOKED_LINKS_REMEMBERED,
    WRONG_CODES_REMEMBERED, WRONG_IPS_REMEMBERED,
};
use crate::domain::session::REMEMBERED;
use crate::domain::trusted_ip::LONGEST;
use crate::store::{Done, Fault, Key, Remnant, Store, Tx};

use super::unknown_logins::{HOURLY_COUNTS, flush_hourly_counts, forgotten, hour_of};
use super::{Op, OpError, Scope};

/// Maximum number of rows deleted in one transaction.
pub const BATCH: usize = 10_000;

/// What is searched, in this order.
const KINDS: [Kind; 12] = [
    Kind::TrustedIps,
    Kind::Rows(Remnant::Tickets),
    Kind::Rows(Remnant::SentCodes),
    Kind::Rows(Remnant::FactorOffers),
    Kind::Rows(Remnant::WrongCodes),
    Kind::Rows(Remnant::WrongIps),
    Kind::Rows(Remnant::UnknownLogins),
    Kind::Rows(Remnant::Requests),
    Kind::Rows(Remnant::AddressChanges),
    Kind::Rows(Remnant::FormerAddresses),
    Kind::Rows(Remnant::Sessions),
    Kind::Rows(Remnant::RevokedLinks),
];

#[derive(Clone, Copy, Debug)]
enum Kind {
    /// By a rule that depends on the panel's policy (X4).
    TrustedIps,
    /// By a single instant.
    Rows(Remnant),
}

/// How many rows of each kind were deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Trusted IPs that are no longer valid.
    pub trusted_ips: u64,
    /// Expired sign-in tokens.
    pub tickets: u64,
    /// Codes that expired more than a day ago; until then they count towards the daily limit.
    pub sent_codes: u64,
    /// Second-factor set-ups that were not completed in time.
    pub factor_offers: u64,
    /// Wrong codes that no longer count towards a lock.
    pub wrong_codes: u64,
    /// Wrong passwords that no longer count against an IP.
    pub wrong_ips: u64,
    /// Counts of attempts at unknown addresses.
    pub strangers: u64,
    /// Counts of requests with a limit.
    pub requests: u64,
    /// Changes of address that were not confirmed in time.
    pub address_changes: u64,
    /// Previous addresses to which notices no longer go.
    pub former_addresses: u64,
    /// Sessions that ended long ago.
    pub sessions: u64,
    /// Links of erased people that were revoked long ago.
    pub revoked_links: u64,
    /// Audit entries written for an hour's attempts at unknown addresses, or beyond a limit.
    pub tries_recorded: u64,
}

impl Swept {
    /// Each count of deleted rows with its JSON field.
    pub fn deleted(&self) -> [(&'static str, u64); 12] {
        [
            ("trusted_ips", self.trusted_ips),
            ("tickets", self.tickets),
            ("sent_codes", self.sent_codes),
            ("factor_offers", self.factor_offers),
            ("wrong_codes", self.wrong_codes),
            ("wrong_ips", self.wrong_ips),
            ("strangers", self.strangers),
            ("requests", self.requests),
            ("address_changes", self.address_changes),
            ("former_addresses", self.former_addresses),
            ("sessions", self.sessions),
            ("revoked_links", self.revoked_links),
        ]
    }

    /// How many rows were deleted in total.
    pub fn total(&self) -> u64 {
        self.deleted().iter().map(|(_, count)| count).sum()
    }

    fn count(&mut self, kind: Kind) -> &mut u64 {
        match kind {
            Kind::TrustedIps => &mut self.trusted_ips,
            Kind::Rows(Remnant::Tickets) => &mut self.tickets,
            Kind::Rows(Remnant::SentCodes) => &mut self.sent_codes,
            Kind::Rows(Remnant::FactorOffers) => &mut self.factor_offers,
            Kind::Rows(Remnant::WrongCodes) => &mut self.wrong_codes,
            Kind::Rows(Remnant::WrongIps) => &mut self.wrong_ips,
            Kind::Rows(Remnant::UnknownLogins) => &mut self.strangers,
            Kind::Rows(Remnant::Requests) => &mut self.requests,
            Kind::Rows(Remnant::AddressChanges) => &mut self.address_changes,
            Kind::Rows(Remnant::FormerAddresses) => &mut self.former_addresses,
            Kind::Rows(Remnant::Sessions) => &mut self.sessions,
            Kind::Rows(Remnant::RevokedLinks) => &mut self.revoked_links,
        }
    }

    fn add(&mut self, other: &Self) {
        for kind in KINDS {
            let mut other = *other;
            *self.count(kind) += *other.count(kind);
        }
    }
}

/// Deletes expired records, and writes the audit entries for attempts at unknown addresses. `go_on` is called
/// after each batch, and may end the work.
///
/// # Errors
/// A failing store. Complete batches were deleted, and recorded.
pub fn housekeep(
    store: &mut Store,
    op: &Op,
    go_on: &mut dyn FnMut(u64) -> bool,
) -> Result<Swept, OpError> {
    let mut swept = Swept::default();
    if !record_tries(store, op, &mut swept, go_on)? {
        return Ok(swept);
    }
    let mut walk = Walk::default();
    loop {
        let found = store.read(|tx| walk.collect(tx, op))?;
        if found.is_empty() {
            return Ok(swept);
        }
        let deleted = store.change(|tx| delete(tx, op, &found))?;
        swept.add(&deleted);
        if !go_on(deleted.total()) {
            return Ok(swept);
        }
    }
}

/// Attempts at unknown addresses become entries when their hour has ended (U1). False: the work was stopped.
fn record_tries(
    store: &mut Store,
    op: &Op,
    swept: &mut Swept,
    go_on: &mut dyn FnMut(u64) -> bool,
) -> Result<bool, OpError> {
    let hour = hour_of(op.now);
    if store.is_dry_run() {
        let waiting =
            store.read(|tx| Ok::<_, Fault>(tx.waiting_counts(hour)? + tx.count_beyond(hour)?))?;
        swept.tries_recorded = u64::try_from(waiting).unwrap_or(0);
        return Ok(true);
    }
    // They came from panels, whoever records them.
    let mut panels = op.clone();
    panels.actor.source = Source::Gate;
    loop {
        let written = store.change(|tx| {
            let written = flush_hourly_counts(tx, &panels)?;
            Ok::<_, OpError>(if written == 0 {
                Done::nothing(0)
            } else {
                Done::recorded(written)
            })
        })?;
        swept.tries_recorded += u64::try_from(written).unwrap_or(0);
        if written < HOURLY_COUNTS {
            return Ok(true);
        }
        if !go_on(0) {
            return Ok(false);
        }
    }
}

/// A row is deleted if it expired at or before this instant.
fn cutoff(kind: Remnant, op: &Op) -> Timestamp {
    let ago = |time: SignedDuration| op.now.checked_sub(time).unwrap_or(Timestamp::MIN);
    match kind {
        Remnant::Tickets | Remnant::FactorOffers => op.now,
        Remnant::AddressChanges | Remnant::FormerAddresses => ago(ADDRESSES_REMEMBERED),
        // They count towards the daily limit of sent codes.
        Remnant::SentCodes => ago(ONE_DAY),
        Remnant::WrongCodes => ago(WRONG_CODES_REMEMBERED),
        Remnant::WrongIps => ago(WRONG_IPS_REMEMBERED),
        Remnant::UnknownLogins => forgotten(op),
        Remnant::Requests => ago(REQUESTS_REMEMBERED),
        Remnant::Sessions => ago(REMEMBERED),
        Remnant::RevokedLinks => ago(REVOKED_LINKS_REMEMBERED),
    }
}

/// How far the search has come: kept between batches, so that a dry run ends too.
#[derive(Default)]
struct Walk {
    kind: usize,
    after: Option<Key>,
}

impl Walk {
    /// The next expired rows, at most [`BATCH`].
    fn collect(&mut self, tx: &Tx<'_>, op: &Op) -> Result<Vec<(Kind, Key)>, OpError> {
        let scope = Scope::load(tx)?;
        let mut found = Vec::new();
        while let Some(kind) = KINDS.get(self.kind).copied() {
            let room = BATCH - found.len();
            let keys = match kind {
                Kind::TrustedIps => over_trust(tx, &scope, op, self.after.as_ref(), room)?,
                Kind::Rows(remnant) => {
                    let first = remnant.first_key();
                    let after = self.after.as_ref().unwrap_or(&first);
                    let most = i64::try_from(room).unwrap_or(i64::MAX);
                    tx.remnants(remnant, cutoff(remnant, op), after, most)?
                }
            };
            let full = keys.len() == room;
            if full {
                self.after = keys.last().cloned();
            } else {
                self.kind += 1;
                self.after = None;
            }
            found.extend(keys.into_iter().map(|key| (kind, key)));
            if full {
                break;
            }
        }
        Ok(found)
    }
}

/// Trusted IPs that have ended, by the rule.
fn over_trust(
    tx: &Tx<'_>,
    scope: &Scope,
    op: &Op,
    after: Option<&Key>,
    room: usize,
) -> Result<Vec<Key>, Fault> {
    let shortest = scope
        .panels
        .iter()
        .filter_map(|panel| panel.policy.trusted_ips)
        .min()
        .unwrap_or(LONGEST);
    let begun = op.now.checked_sub(shortest).unwrap_or(Timestamp::MIN);
    let after = match after {
        Some(Key::Id(id)) => *id,
        _ => i64::MIN,
    };
    let mut found = Vec::new();
    tx.each_trust_perhaps_over(op.now, begun, after, |trust| {
        if is_over(scope, trust, op) {
            found.push(Key::Id(trust.id));
        }
        found.len() < room
    })?;
    Ok(found)
}

fn is_over(scope: &Scope, trust: &crate::domain::trusted_ip::Trust, op: &Op) -> bool {
    let panel = scope.panel_by_id(trust.panel_id);
    trust.is_over(panel.and_then(|panel| panel.policy.trusted_ips), op.now)
}

/// Deletes them, unless they are valid again.
fn delete(tx: &mut Tx<'_>, op: &Op, found: &[(Kind, Key)]) -> Result<Done<Swept>, OpError> {
    let scope = Scope::load(tx)?;
    let mut swept = Swept::default();
    for (kind, key) in found {
        let gone = match (kind, key) {
            (Kind::Rows(remnant), key) => tx.delete_remnant(*remnant, key, cutoff(*remnant, op))?,
            (Kind::TrustedIps, Key::Id(id)) => match tx.trust(*id)? {
                Some(trust) if is_over(&scope, &trust, op) => tx.delete_trust(*id)?,
                _ => false,
            },
            (Kind::TrustedIps, Key::Hash(_)) => false,
        };
        *swept.count(*kind) += u64::from(gone);
    }
    if swept.total() == 0 {
        return Ok(Done::nothing(swept));
    }
    let counts = swept.deleted().into_iter().filter(|(_, count)| *count > 0);
    let event = counts.fold(op.event(Action::Housekept), |event, (word, count)| {
        event.with(word, count)
    });
    tx.record(event)?;
    Ok(Done::recorded(swept))
}
