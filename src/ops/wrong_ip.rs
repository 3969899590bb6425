//! The limit on wrong passwords from one IP (L9): it keeps strangers from locking one account after another.
//!
//! Each wrong password counts for an hour from when it was typed, in the panel it was typed at, whosever address it
//! came with. An IPv6 address counts with its /64, and ten times as many with its /48. While an IP is over the limit nothing that
//! comes from it is looked at, and so nothing counts: neither against the IP nor against any account.
//!
//! The look at the count and the count itself are two transactions: what is under way at the same moment may take an IP
//! a little over the limit. The account's own limit (L8) is strict; were this one too, an office full of right passwords
//! would be in its own way.

use std::net::IpAddr;

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

/// Why a try was not looked at.
pub(super) const TOO_MANY: &str = "too-many-from-ip";

/// Under this word IPs are hashed.
const WRONG_IP: &str = "wrong-ip";

fn key(tx: &Tx<'_>, origin: &Origin) -> [u8; 32] {
    tx.vault()
        .keyed_hash(WRONG_IP, origin.to_string().as_bytes())
}

/// Counts a wrong password against the IP it came from, if the panel said where that was and asks for it.
pub(super) fn count_against_ip(tx: &Tx<'_>, op: &Op, panel: &Panel) -> Result<(), Fault> {
    let ip = op.actor.ip.filter(|_| panel.policy.wrong_per_ip > 0);
    for origin in ip.into_iter().flat_map(origins) {
        tx.note_wrong_ip(panel.id, &key(tx, &origin), op.now)?;
    }
    Ok(())
}

/// Refuses what comes from an IP over the limit, before anything is looked at: at the cost of a look, and alike for
/// every address. A ticket that setting a new password handed out gets the real person past it, once.
pub(super) fn refuse_over_limit(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
) -> Result<Option<Denied>, OpError> {
    let Some((account, costs)) = store.read(|tx| over_limit(tx, op, credentials))? else {
        return Ok(None);
    };
    dummy(&costs, credentials.password)?;
    store.change(|tx| note_unknown(tx, op, credentials.panel, account.as_ref(), TOO_MANY))?;
    Ok(Some(Denied::new("try-later", TOO_MANY)))
}

/// Whose address was typed and what a look costs, if the IP is over the limit.
fn over_limit(
    tx: &Tx<'_>,
    op: &Op,
    credentials: &Credentials<'_>,
) -> Result<Option<(Option<Account>, HashCosts)>, OpError> {
    let Some(ip) = op.actor.ip else {
        return Ok(None);
    };
    let scope = Scope::load(tx)?;
    let panel = scope.panel(credentials.panel)?;
    if !waits(tx, op, panel, ip)? {
        return Ok(None);
    }
    let account = match Address::parse(credentials.address) {
        Ok(address) => tx.account(&address)?,
        Err(_) => None,
    };
    if let (Some(account), Some(ticket)) = (&account, credentials.ticket.map(Token::hash))
        && tx.ticket_holder(SIGN_IN_TICKET, &ticket, op.now)? == Some(account.id)
    {
        return Ok(None);
    }
    Ok(Some((account, hash_costs(tx, &scope)?)))
}

/// Whether nothing that comes from an IP is looked at in a panel now.
pub(super) fn waits(tx: &Tx<'_>, op: &Op, panel: &Panel, ip: IpAddr) -> Result<bool, Fault> {
    let limit = panel.policy.wrong_per_ip;
    if limit == 0 {
        return Ok(false);
    }
    let hour_ago = before(op.now, WRONG_IPS_REMEMBERED);
    for origin in origins(ip) {
        let most = limit.saturating_mul(origin.share);
        let key = key(tx, &origin);
        if tx.wrong_from_ip(panel.id, &key, hour_ago, most + 1)? > most {
            return Ok(true);
        }
    }
    Ok(false)
}
