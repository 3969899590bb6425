//! The limit on wrong passwords from one IP (L9): it keeps an attacker from locking one account after
//! another.
//!
//! Each wrong password counts for an hour after it was typed, in the panel where it was typed, for any
//! account. An IPv6 address counts with its /64, and ten times as many with its /48. While an IP is over the
//! limit, nothing from it is checked, and so nothing counts: neither against the IP nor against any account.
//!
//! Checking the count and counting are two transactions: attempts in progress at the same moment may take an
//! IP slightly over the limit. The account's own limit (L8) is strict; if this one were too, an office full
//! of correct passwords would block itself.

use std::net::IpAddr;

use jiff::SignedDuration;

use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::origin::{Origin, origins};
use crate::domain::panel::Panel;
use crate::domain::policy::WRONG_IPS_REMEMBERED;
use crate::store::{Fault, Store, Tx};
use crate::vault::Token;
use crate::vault::password::HashCosts;

use super::costs::{dummy, hash_costs};
use super::credentials::{Credentials, Denied};
use super::second_factor::before;
use super::tickets::SIGN_IN_TICKET;
use super::unknown_logins::note_unknown;
use super::{Op, OpError, Scope};

/// Why an attempt was not checked.
pub(super) const TOO_MANY: &str = "too-many-from-ip";

/// The label under which IPs are hashed.
const WRONG_IP: &str = "wrong-ip";

fn key(tx: &Tx<'_>, origin: &Origin) -> [u8; 32] {
    tx.vault()
        .keyed_hash(WRONG_IP, origin.to_string().as_bytes())
}

/// Counts a wrong password against the IP it came from, if the panel reported the IP and limits it.
pub(super) fn count_against_ip(tx: &Tx<'_>, op: &Op, panel: &Panel) -> Result<(), Fault> {
    let ip = op.actor.ip.filter(|_| panel.policy.wrong_per_ip > 0);
    for origin in ip.into_iter().flat_map(origins) {
        tx.note_wrong_ip(panel.id, &key(tx, &origin), op.now)?;
    }
    Ok(())
}

/// Refuses attempts from an IP over the limit, before anything is checked: at the cost of a check, and the
/// same for every address. A sign-in token issued with a new password lets the real person through, once.
pub(super) fn refuse_over_limit(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
) -> Result<Option<Denied>, OpError> {
    let Some((account, costs, wait)) = store.read(|tx| over_limit(tx, op, credentials))? else {
        return Ok(None);
    };
    dummy(&costs, credentials.password)?;
    store.change(|tx| note_unknown(tx, op, credentials.panel, account.as_ref(), TOO_MANY))?;
    Ok(Some(Denied::throttled(TOO_MANY, wait)))
}

/// The typed address, the cost of a check and how long to wait, if the IP is over the limit.
fn over_limit(
    tx: &Tx<'_>,
    op: &Op,
    credentials: &Credentials<'_>,
) -> Result<Option<(Option<Account>, HashCosts, SignedDuration)>, OpError> {
    let Some(ip) = op.actor.ip else {
        return Ok(None);
    };
    let scope = Scope::load(tx)?;
    let panel = scope.panel(credentials.panel)?;
    let Some(wait) = waits(tx, op, panel, ip)? else {
        return Ok(None);
    };
    let account = match Address::parse(credentials.address) {
        Ok(address) => tx.account(&address)?,
        Err(_) => None,
    };
    if let (Some(account), Some(ticket)) = (&account, credentials.ticket.map(Token::hash))
        && tx.ticket_holder(SIGN_IN_TICKET, &ticket, op.now)? == Some(account.id)
    {
        return Ok(None);
    }
    Ok(Some((account, hash_costs(tx, &scope)?, wait)))
}

/// How long attempts from an IP are not checked in a panel, if they are not now.
pub(super) fn waits(
    tx: &Tx<'_>,
    op: &Op,
    panel: &Panel,
    ip: IpAddr,
) -> Result<Option<SignedDuration>, Fault> {
    let limit = panel.policy.wrong_per_ip;
    if limit == 0 {
        return Ok(None);
    }
    let hour_ago = before(op.now, WRONG_IPS_REMEMBERED);
    for origin in origins(ip) {
        let most = limit.saturating_mul(origin.share);
        let key = key(tx, &origin);
        // Once this one has left the hour, no more than allowed are in it.
        if let Some(at) = tx.wrong_from_ip_before(panel.id, &key, hour_ago, most)? {
            return Ok(Some(at.duration_since(hour_ago)));
        }
    }
    Ok(None)
}
