//! Hourly limits on requests that write or mail (L9).
//!
//! A request counts against the person it is about and against where it comes from: an IPv4 address, an IPv6
//! /64, and ten times as many for the /48. Within the limits each request is handled and recorded. Beyond
//! them nothing is mailed, the answer is the same, and all requests of one kind in one hour share one audit
//! entry with a count.

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::event::{Action, Event};
use crate::domain::origin::{Origin, origins};
use crate::domain::policy::{REFUSALS_PER_ACCOUNT, REFUSALS_PER_NETWORK, REQUESTS_REMEMBERED};
use crate::store::{Fault, Tx};

use super::second_factor::before;
use super::unknown_logins::{HOURLY_COUNTS, flush_hourly_counts, hour_of};
use super::wrong_ip::TOO_MANY;
use super::{Op, OpError};

/// The label under which requests are hashed for counting.
const REQUEST: &str = "request";

/// A request with a limit per network.
#[derive(Clone, Copy, Debug)]
pub(super) enum Asked {
    /// A reset link.
    ResetLink,
    /// A code by mail or SMS.
    Code,
}

impl Asked {
    fn as_str(self) -> &'static str {
        match self {
            Self::ResetLink => "reset-link",
            Self::Code => "code",
        }
    }
}

fn key(tx: &Tx<'_>, parts: &[&[u8]]) -> [u8; 32] {
    tx.vault().keyed_hash_of(REQUEST, parts)
}

/// Counts one request, and returns whether it is within `most`.
fn counts(tx: &Tx<'_>, op: &Op, parts: &[&[u8]], most: i64) -> Result<bool, Fault> {
    let forgotten = before(op.now, REQUESTS_REMEMBERED);
    Ok(tx.count_request(&key(tx, parts), forgotten, op.now)? <= most)
}

/// Counts a request against the networks it comes from; `Some` is the first that is beyond its limit.
/// Requests beyond the limit of a /64 do not count for its /48, and so not against its neighbours.
fn beyond_network(tx: &Tx<'_>, op: &Op, what: &str, most: i64) -> Result<Option<Origin>, Fault> {
    for origin in op.actor.ip.into_iter().flat_map(origins) {
        let from = origin.to_string();
        let parts = [b"network", what.as_bytes(), from.as_bytes()];
        if !counts(tx, op, &parts, most.saturating_mul(origin.share))? {
            return Ok(Some(origin));
        }
    }
    Ok(None)
}

/// Checks whether a network may cause one more mail or SMS; returns the network that has exceeded its limit.
pub(super) fn refusing_network(
    tx: &Tx<'_>,
    op: &Op,
    asked: Asked,
    most: i64,
) -> Result<Option<Origin>, Fault> {
    beyond_network(tx, op, asked.as_str(), most)
}

/// Whether somebody may do something again that is limited per hour.
pub(super) fn may_once_more(
    tx: &Tx<'_>,
    op: &Op,
    account: &Account,
    what: Action,
    most: i64,
) -> Result<bool, Fault> {
    counts(
        tx,
        op,
        &[b"account", what.as_str().as_bytes(), &account.reference],
        most,
    )
}

/// Counts a try at the own password in a session; returns the count of the hour, with this one.
pub(super) fn count_own_password(tx: &Tx<'_>, op: &Op, session_id: i64) -> Result<i64, Fault> {
    let forgotten = before(op.now, REQUESTS_REMEMBERED);
    tx.count_request(&own_password(tx, session_id), forgotten, op.now)
}

/// The password was right: the count begins again.
pub(super) fn forget_own_password(tx: &Tx<'_>, session_id: i64) -> Result<(), Fault> {
    tx.forget_request(&own_password(tx, session_id))
}

fn own_password(tx: &Tx<'_>, session_id: i64) -> [u8; 32] {
    key(tx, &[b"own-password", &session_id.to_be_bytes()])
}

/// Records an event that anybody can cause any number of times: within the limits as it is, beyond them in
/// one entry per hour.
pub(super) fn record_limited(
    tx: &mut Tx<'_>,
    op: &Op,
    account: &Account,
    event: Event,
) -> Result<(), OpError> {
    let action = event.action.as_str();
    let said = serde_json::Value::Object(event.detail.clone()).to_string();
    let about: [&[u8]; 4] = [
        b"about",
        action.as_bytes(),
        said.as_bytes(),
        &account.reference,
    ];
    let within = counts(tx, op, &about, REFUSALS_PER_ACCOUNT)?
        && beyond_network(tx, op, action, REFUSALS_PER_NETWORK)?.is_none();
    let event = event.about(account);
    if within {
        return Ok(tx.record(event)?);
    }
    count_hourly(tx, op, &about, &event, Some(account.id))
}

/// Counts a request that was not handled because too many came from one network.
pub(super) fn count_network(
    tx: &mut Tx<'_>,
    op: &Op,
    origin: Origin,
    event: Event,
) -> Result<(), OpError> {
    let from = origin.to_string();
    let mut event = event
        .with("outcome", TOO_MANY)
        .with("prefix", origin.prefix);
    event.actor.ip = Some(origin.first);
    let parts: [&[u8]; 3] = [
        b"network",
        event.action.as_str().as_bytes(),
        from.as_bytes(),
    ];
    count_hourly(tx, op, &parts, &event, None)
}

fn count_hourly(
    tx: &mut Tx<'_>,
    op: &Op,
    parts: &[&[u8]],
    event: &Event,
    account_id: Option<i64>,
) -> Result<(), OpError> {
    // The first count of an hour writes the entries of previous hours.
    flush_hourly_counts(tx, op)?;
    let hour = hour_of(op.now);
    let panel = event.panel.as_deref().unwrap_or_default().as_bytes();
    let when = hour.as_second().to_be_bytes();
    let all: Vec<&[u8]> = parts.iter().copied().chain([panel, &when[..]]).collect();
    Ok(tx.count_hourly(&key(tx, &all), hour, event, account_id)?)
}

/// Writes the entries of hours that have ended; returns how many.
pub(super) fn flush_beyond(tx: &mut Tx<'_>, op: &Op, hour: Timestamp) -> Result<usize, OpError> {
    let most = i64::try_from(HOURLY_COUNTS).unwrap_or(i64::MAX);
    let taken = tx.take_beyond(hour, most)?;
    for beyond in &taken {
        let account = match beyond.account_id {
            Some(id) => tx.account_by_id(id)?,
            None => None,
        };
        let mut event = op.event(beyond.action).in_panel(&beyond.panel);
        event.actor.ip = beyond.ip.parse().ok();
        event.detail.clone_from(&beyond.detail);
        if let Some(account) = &account {
            event = event.about(account);
        }
        tx.record(
            event
                .with("tries", beyond.times)
                .with("hour", beyond.hour.to_string()),
        )?;
    }
    Ok(taken.len())
}
