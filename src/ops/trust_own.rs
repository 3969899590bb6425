//! Trusting the IP that somebody comes from who has entered a code (X1).

use jiff::Timestamp;

use crate::domain::trusted_ip::Network;
use crate::store::{NewTrust, Tx};

use super::authenticated::NotTrusted;
use super::second_factor::SecondFactorInfo;
use super::{Op, OpError};

/// Trusts the IP that the person comes from (X1): from now on, replacing an older entry of theirs. Returns
/// until when, or why not: the sign-in continues without it.
pub(super) fn trust_ip(
    tx: &mut Tx<'_>,
    op: &Op,
    who: &SecondFactorInfo<'_>,
) -> Result<Result<Timestamp, NotTrusted>, OpError> {
    let Some(lifetime) = who.panel.policy.trusted_ips else {
        return Ok(Err(NotTrusted::SwitchedOff));
    };
    let Some(network) = op.actor.ip.map(Network::of) else {
        return Ok(Err(NotTrusted::NoIp));
    };
    if let Some(why) = network.placeless() {
        return Ok(Err(NotTrusted::Placeless(why)));
    }
    let until = op.now.checked_add(lifetime).unwrap_or(Timestamp::MAX);
    tx.forget_own_trust(who.account.id, who.panel.id, network)?;
    tx.add_trust(&NewTrust {
        panel_id: who.panel.id,
        account_id: Some(who.account.id),
        network,
        note: None,
        created_by: "",
        created_at: op.now,
        code_entered_at: Some(op.now),
        until: Some(until),
    })?;
    Ok(Ok(until))
}
