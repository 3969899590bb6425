//! Trusting a network (X2).

use jiff::{SignedDuration, Timestamp};

use super::rest::rest;
use super::{Place, TrustChange, TrustResult, Trusting};
use crate::domain::event::Action;
use crate::domain::refusal::Refusal;
use crate::domain::trusted_ip::{Network, Trust};
use crate::ops::change::Status;
use crate::ops::scope::Wanted;
use crate::ops::{Op, OpError, Scope};
use crate::store::{NewTrust, Tx};

/// Trusts a network for one person or for everybody in a panel (X2). An entry of an operator that is there gets the
/// end and the note that were asked for.
///
/// # Errors
/// A panel that trusts no IPs, an unknown address, a person without access to the panel, a network that is too wide or
/// says nothing about where somebody is, an end in the past.
pub fn add(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    network: Network,
    request: &Trusting,
) -> Result<TrustResult, OpError> {
    let (place, lifetime, until) = checked(tx, scope, op, network, request)?;
    let event = place
        .event(op, Action::TrustAdded, network)
        .with("until", until.map(|until| until.to_string()));
    let before = standing(tx, &place, network, lifetime, op)?;
    let Some(before) = before else {
        let new = NewTrust {
            panel_id: place.panel.id,
            account_id: place.account_id(),
            network,
            note: request.note.as_deref(),
            created_by: &op.actor.operator,
            created_at: op.now,
            code_entered_at: None,
            until,
        };
        let id = tx.add_trust(&new)?;
        tx.record(event.with("id", id))?;
        return Ok(TrustResult {
            after: tx.trust(id)?,
            rest: rest(tx, op, &place, network)?,
            ..place.outcome(network, Status::Done, TrustChange::Trusted)
        });
    };
    let after = Trust {
        note: request.note.clone().or_else(|| before.note.clone()),
        until,
        ..before.clone()
    };
    if after == before {
        return Ok(TrustResult {
            before: Some(before),
            after: Some(after),
            ..place.outcome(network, Status::Unchanged, TrustChange::TrustedAlready)
        });
    }
    tx.change_trust(after.id, after.note.as_deref(), after.until)?;
    tx.record(
        event
            .with("id", after.id)
            .with("was_until", before.until.map(|until| until.to_string())),
    )?;
    Ok(TrustResult {
        before: Some(before),
        after: Some(after),
        ..place.outcome(network, Status::Done, TrustChange::Changed)
    })
}

/// Whether a network would be trusted that is not trusted so far.
///
/// # Errors
/// As [`add`].
pub fn is_new(
    tx: &Tx<'_>,
    scope: &Scope,
    op: &Op,
    network: Network,
    request: &Trusting,
) -> Result<bool, OpError> {
    let (place, lifetime, _) = checked(tx, scope, op, network, request)?;
    let entries = tx.trust_in(place.panel.id, place.account_id(), network)?;
    Ok(!entries.iter().any(|entry| is_standing(entry, lifetime, op)))
}

/// Where a network would be trusted, for how long after its last use, and its stated end.
fn checked<'a>(
    tx: &Tx<'_>,
    scope: &'a Scope,
    op: &Op,
    network: Network,
    request: &Trusting,
) -> Result<(Place<'a>, SignedDuration, Option<Timestamp>), OpError> {
    let panel = scope.panel_to_change(request.panel.as_deref())?;
    let account = match &request.person {
        Some(address) => {
            let account = Scope::known(tx, address)?;
            Scope::given_access(tx, op, &account, panel, Wanted::default())?;
            Some(account)
        }
        None => None,
    };
    let Some(lifetime) = panel.policy.trusted_ips else {
        let panel = panel.name.clone();
        return Err(Refusal::TrustsNoIps { panel }.into());
    };
    if network.is_too_wide() && !request.force {
        return Err(Refusal::TooWide { network }.into());
    }
    if let Some(why) = network.placeless().filter(|_| !request.force) {
        return Err(Refusal::Placeless { network, why }.into());
    }
    let until = match request.term {
        Some(term) => term.end_from(op.now, &op.zone)?,
        None => None,
    };
    Ok((Place { panel, account }, lifetime, until))
}

/// Whether an operator's entry still counts. A person's own entry comes from a code that they entered, and is left alone.
fn is_standing(entry: &Trust, lifetime: SignedDuration, op: &Op) -> bool {
    entry.code_entered_at.is_none() && entry.is_live(Some(lifetime), op.now)
}

/// The entry of an operator that still counts; those that ended are deleted.
fn standing(
    tx: &Tx<'_>,
    place: &Place<'_>,
    network: Network,
    lifetime: SignedDuration,
    op: &Op,
) -> Result<Option<Trust>, OpError> {
    let mut found = None;
    for entry in tx.trust_in(place.panel.id, place.account_id(), network)? {
        if is_standing(&entry, lifetime, op) {
            found = Some(entry);
        } else if entry.code_entered_at.is_none() {
            tx.delete_trust(entry.id)?;
        }
    }
    Ok(found)
}
