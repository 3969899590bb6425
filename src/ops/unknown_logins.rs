//! Attempts at addresses with nothing to lock: counted by keyed hash, at the same cost as any other attempt
//! (L10), and recorded as one audit entry per network and hour, because people type passwords there (U1).

use std::net::IpAddr;
use std::time::Duration;

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::domain::lockout::{LockLimits, Reservation};
use crate::domain::origin::origins;
use crate::domain::password::normalised;
use crate::domain::policy::{COUNTED_NETWORKS, MOST_UNKNOWN, UNKNOWN_REMEMBERED};
use crate::store::{Done, Fault, OTHER_NETWORKS, Store, Tx};
use crate::vault::password::HashCosts;
use crate::vault::{Secret, Verdict};

use super::credentials::{Credentials, Denied, VerifiedPassword};
use super::limits::{flush_beyond, record_limited};
use super::turn::{AT_ONCE_AGAIN, take_turn};
use super::wrong_ip::count_against_ip;
use super::{Op, OpError, Scope};

/// The label under which attempts at addresses with nothing to lock are counted.
const UNKNOWN: &str = "stranger";

/// An address with nothing to lock.
pub(super) struct UnknownLogin {
    /// The account with this address, if there is one.
    pub(super) account: Option<Account>,
    /// Their password, if they have one.
    pub(super) phc: Option<String>,
    /// After how many attempts it answers `locked`.
    pub(super) limits: LockLimits,
}

impl UnknownLogin {
    /// An address without an account.
    pub(super) fn nobody(limits: LockLimits) -> Self {
        Self {
            account: None,
            phc: None,
            limits,
        }
    }

    /// Why an attempt was refused, for the audit log.
    fn cause(&self) -> &'static str {
        match &self.account {
            None => "unknown-address",
            Some(account) if account.is_registered() => "wrong-password",
            Some(_) => "unregistered",
        }
    }
}

/// The key under which attempts at an address are counted, with or without an account.
fn key_of(store: &Store, typed: &str) -> [u8; 32] {
    let typed = match Address::parse(typed) {
        Ok(address) => address.key().to_owned(),
        Err(_) => typed.trim().to_lowercase(),
    };
    store.vault().keyed_hash(UNKNOWN, typed.as_bytes())
}

/// Counts whose last attempt was at or before this time start again.
pub(super) fn forgotten(op: &Op) -> Timestamp {
    op.now
        .checked_sub(UNKNOWN_REMEMBERED)
        .unwrap_or(Timestamp::MIN)
}

/// Handles an address with nothing to lock: counted by keyed hash, at the same cost, and in the same steps as
/// an account (L10).
pub(super) fn verify_unknown(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    pause: &dyn Fn(Duration),
    login: &UnknownLogin,
    costs: &HashCosts,
) -> Result<Result<VerifiedPassword, Denied>, OpError> {
    let key = key_of(store, credentials.address);
    let turn = take_turn(store, costs, credentials.password, pause, |store| {
        store.change(|tx| reserve(tx, op, &key, login.limits))
    })?;
    let denied = match turn.reserved {
        Some(Reserved::Look) => return look(store, op, credentials, &key, login, costs),
        Some(Reserved::Locked) => {
            turn.work(costs, credentials.password)?;
            Denied::new("locked", login.cause())
        }
        None => Denied::throttled("too-many-at-once", AT_ONCE_AGAIN),
    };
    let account = login.account.as_ref();
    store.change(|tx| note_unknown(tx, op, credentials.panel, account, &denied.cause))?;
    Ok(Err(denied))
}

/// The result of a reservation.
enum Reserved {
    Look,
    Locked,
}

/// Counts an attempt before anything is checked, by the rules of an account's count (L8).
fn reserve(
    tx: &mut Tx<'_>,
    op: &Op,
    key: &[u8; 32],
    limits: LockLimits,
) -> Result<Done<Option<Reserved>>, OpError> {
    let count = tx.unknown_login(key, forgotten(op))?;
    let full = count.wrong >= limits.wrong_passwords;
    Ok(match count.reserve(limits, op.now) {
        Reservation::Go => {
            tx.reserve_unknown(key, forgotten(op), op.now)?;
            Done::unrecorded(Some(Reserved::Look))
        }
        Reservation::Wait if !full => Done::nothing(None),
        Reservation::Wait | Reservation::LockNow | Reservation::Locked => {
            tx.close_unknown(key, op.now)?;
            Done::unrecorded(Some(Reserved::Locked))
        }
    })
}

/// Checks the password, if there is one, and counts the attempt in any case.
fn look(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    key: &[u8; 32],
    login: &UnknownLogin,
    costs: &HashCosts,
) -> Result<Result<VerifiedPassword, Denied>, OpError> {
    let password = Secret::new(normalised(credentials.password.expose()));
    let verdict = match &login.phc {
        Some(phc) => costs.verify(&password, phc),
        None => costs.dummy(&password).map(|()| Verdict::Wrong),
    };
    let verdict = match verdict {
        Ok(verdict) => verdict,
        Err(error) => {
            // Nothing was compared: given back, if the store allows it.
            let given: Result<(), Fault> = store.change(|tx| {
                tx.finish_unknown(key, 0)?;
                Ok(Done::unrecorded(()))
            });
            given.ok();
            return Err(error.into());
        }
    };
    let account = login.account.as_ref();
    if let (Verdict::Right { .. }, Some(account), Some(phc)) = (verdict, account, &login.phc) {
        store.change(|tx| {
            tx.finish_unknown(key, 1)?;
            Ok::<_, Fault>(Done::unrecorded(()))
        })?;
        return Ok(Ok(VerifiedPassword {
            account_id: account.id,
            reference: account.reference,
            round: None,
            phc: phc.clone(),
            set_at: account.password.map(|password| password.set_at),
            rehash: false,
            by_ticket: false,
        }));
    }
    let cause = login.cause();
    store.change(|tx| {
        tx.finish_unknown(key, 1)?;
        let scope = Scope::load(tx)?;
        count_against_ip(tx, op, scope.panel(credentials.panel)?)?;
        note_unknown(tx, op, credentials.panel, account, cause)
    })?;
    Ok(Err(Denied::new("invalid-credentials", cause)))
}

/// Attempts at unknown addresses become one audit entry per IP and hour, written when the hour has ended
/// (U1).
pub(super) fn note_unknown(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &str,
    account: Option<&Account>,
    cause: &str,
) -> Result<Done<()>, OpError> {
    let written = flush_hourly_counts(tx, op)? > 0;
    if written {
        tx.forget_unknown(forgotten(op), MOST_UNKNOWN)?;
    }
    if let Some(account) = account {
        let event = op.event(Action::SignInRefused).in_panel(panel);
        record_limited(tx, op, account, event.with("reason", cause))?;
        return Ok(Done::recorded(()));
    }
    count_unknown(tx, op, panel)?;
    Ok(if written {
        Done::recorded(())
    } else {
        Done::unrecorded(())
    })
}

/// Counts an attempt at an unknown address for the entry of its network and hour.
pub(super) fn count_unknown(tx: &Tx<'_>, op: &Op, panel: &str) -> Result<(), Fault> {
    let line = op
        .actor
        .ip
        .map(origins)
        .and_then(|from| from.first().copied());
    let ip = line.map(|line| line.to_string()).unwrap_or_default();
    tx.count_unknown_hourly(&ip, panel, hour_of(op.now), COUNTED_NETWORKS)
}

pub(super) fn hour_of(now: Timestamp) -> Timestamp {
    let seconds = now.as_second();
    Timestamp::from_second(seconds - seconds.rem_euclid(3_600)).unwrap_or(now)
}

/// How many counts become entries in one transaction: requests from many IPs must not make anybody wait.
pub(super) const HOURLY_COUNTS: usize = 10_000;

/// Writes the entries of hours that have ended, at most [`HOURLY_COUNTS`] of each kind; returns how many.
pub(super) fn flush_hourly_counts(tx: &mut Tx<'_>, op: &Op) -> Result<usize, OpError> {
    let most = i64::try_from(HOURLY_COUNTS).unwrap_or(i64::MAX);
    let counts = tx.take_hourly_counts(hour_of(op.now), most)?;
    for count in &counts {
        let mut event = op.event(Action::UnknownAddressTried).in_panel(&count.panel);
        event.actor.ip = count.ip.parse().ok();
        if let Some(IpAddr::V6(_)) = event.actor.ip {
            event = event.with("prefix", 64);
        }
        if count.ip == OTHER_NETWORKS {
            event = event.with("from", "other-networks");
        }
        tx.record(
            event
                .with("tries", count.tries)
                .with("hour", count.hour.to_string()),
        )?;
    }
    Ok(counts.len() + flush_beyond(tx, op, hour_of(op.now))?)
}
