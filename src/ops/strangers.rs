//! Tries at addresses with nothing to lock: counted by keyed hash, at the same cost as any other try (L10), and
//! recorded as one entry per network and hour, because people type passwords there (U1).

use std::net::IpAddr;

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::domain::origin::origins;
use crate::domain::password::normalised;
use crate::domain::policy::{STRANGERS_REMEMBERED, TALLIED_NETWORKS};
use crate::store::{Done, Fault, OTHER_NETWORKS, Store, Tx};
use crate::vault::password::{dummy, verify};
use crate::vault::{HashCost, Secret, Verdict};

use super::credentials::{Credentials, Denied, Proven};
use super::limits::{flush_beyond, record_limited};
use super::wrong_ip::count_against_ip;
use super::{Op, OpError, Scope};

/// Under this word tries at addresses with nothing to lock are counted.
const STRANGER: &str = "stranger";
/// Under this one those at locked accounts, which nobody reads.
pub(super) const LOCKED: &str = "locked";

/// Counts a try at an address, whoever has it, and returns the count with it in. A try at a locked account costs
/// this too, so that its answer takes no less time than that of a stranger.
pub(super) fn count(store: &mut Store, op: &Op, as_what: &str, typed: &str) -> Result<i64, Fault> {
    let typed = match Address::parse(typed) {
        Ok(address) => address.key().to_owned(),
        Err(_) => typed.trim().to_lowercase(),
    };
    let key = store.vault().keyed_hash(as_what, typed.as_bytes());
    let forgotten = forgotten(op);
    store.change(|tx| {
        Ok(Done::unrecorded(
            tx.count_stranger(&key, forgotten, op.now)?,
        ))
    })
}

/// Counts that began before this start again.
pub(super) fn forgotten(op: &Op) -> Timestamp {
    op.now
        .checked_sub(STRANGERS_REMEMBERED)
        .unwrap_or(Timestamp::MIN)
}

/// An address with nothing to lock: counted by keyed hash, at the same cost (L10).
pub(super) fn prove_stranger(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    account: Option<&Account>,
    phc: Option<&str>,
    cost: &HashCost,
    limit: i64,
) -> Result<Result<Proven, Denied>, OpError> {
    let password = &Secret::new(normalised(credentials.password.expose()));
    let tries = count(store, op, STRANGER, credentials.address)?;
    let allowed = tries <= limit;
    let verdict = if let Some(phc) = phc.filter(|_| allowed) {
        verify(password, phc, cost)?
    } else {
        dummy(password, cost)?;
        Verdict::Wrong
    };
    if let (Verdict::Right { .. }, Some(account), Some(phc)) = (&verdict, account, phc) {
        return Ok(Ok(Proven {
            account_id: account.id,
            round: None,
            phc: phc.to_owned(),
            rehash: false,
            by_ticket: false,
        }));
    }
    let cause = match account {
        None => "unknown-address",
        Some(account) if account.is_registered() => "wrong-password",
        Some(_) => "unregistered",
    };
    store.change(|tx| {
        if allowed {
            let scope = Scope::load(tx)?;
            count_against_ip(tx, op, scope.panel(credentials.panel)?)?;
        }
        note_stranger(tx, op, credentials.panel, account, cause)
    })?;
    Ok(Err(Denied::new(
        if allowed {
            "invalid-credentials"
        } else {
            "locked"
        },
        cause,
    )))
}

/// Tries at unknown addresses become one audit entry per IP and hour, written when the hour is over (U1).
pub(super) fn note_stranger(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &str,
    account: Option<&Account>,
    cause: &str,
) -> Result<Done<()>, OpError> {
    let written = flush_tallies(tx, op)? > 0;
    if written {
        tx.forget_strangers(forgotten(op))?;
    }
    if let Some(account) = account {
        let event = op.event(Action::SignInRefused).in_panel(panel);
        record_limited(tx, op, account, event.with("reason", cause))?;
        return Ok(Done::recorded(()));
    }
    tally_unknown(tx, op, panel)?;
    Ok(if written {
        Done::recorded(())
    } else {
        Done::unrecorded(())
    })
}

/// Counts a try at an unknown address for the entry of its network and hour.
pub(super) fn tally_unknown(tx: &Tx<'_>, op: &Op, panel: &str) -> Result<(), Fault> {
    let line = op
        .actor
        .ip
        .map(origins)
        .and_then(|from| from.first().copied());
    let ip = line.map(|line| line.to_string()).unwrap_or_default();
    tx.tally_stranger(&ip, panel, hour_of(op.now), TALLIED_NETWORKS)
}

pub(super) fn hour_of(now: Timestamp) -> Timestamp {
    let seconds = now.as_second();
    Timestamp::from_second(seconds - seconds.rem_euclid(3_600)).unwrap_or(now)
}

/// So many tallies become entries in one transaction: whoever asks from many IPs makes nobody wait.
pub(super) const TALLIES: usize = 10_000;

/// Writes the entries of hours that are over, at most [`TALLIES`] of each kind; returns how many.
pub(super) fn flush_tallies(tx: &mut Tx<'_>, op: &Op) -> Result<usize, OpError> {
    let most = i64::try_from(TALLIES).unwrap_or(i64::MAX);
    let tallies = tx.take_tallies(hour_of(op.now), most)?;
    for tally in &tallies {
        let mut event = op.event(Action::UnknownAddressTried).in_panel(&tally.panel);
        event.actor.ip = tally.ip.parse().ok();
        if let Some(IpAddr::V6(_)) = event.actor.ip {
            event = event.with("prefix", 64);
        }
        if tally.ip == OTHER_NETWORKS {
            event = event.with("from", "other-networks");
        }
        tx.record(
            event
                .with("tries", tally.tries)
                .with("hour", tally.hour.to_string()),
        )?;
    }
    Ok(tallies.len() + flush_beyond(tx, op, hour_of(op.now))?)
}
