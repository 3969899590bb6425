//! What spares a code besides the entry that a command is about: nobody is told that codes are asked for where they are not.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Place, lasts};
use crate::domain::trusted_ip::Network;
use crate::ops::{Op, OpError};
use crate::store::{TrustFilter, Tx};

/// What spares a code at a network, or in a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rest {
    /// The network in which all of it lies: of several the one that ends last.
    pub around: Option<Around>,
    /// Entries for narrower networks inside it.
    pub inside: usize,
    /// People who trust all of it, or a part, for themselves alone. Counted where the command is about everybody.
    pub people: usize,
}

/// A network around another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Around {
    /// Which.
    pub network: Network,
    /// It is trusted for everybody in the panel.
    pub for_everyone: bool,
}

/// Looks at every entry that counts now and overlaps with a network.
pub(super) fn rest(
    tx: &Tx<'_>,
    op: &Op,
    place: &Place<'_>,
    network: Network,
) -> Result<Rest, OpError> {
    let lifetime = place.panel.policy.trusted_ips;
    let filter = TrustFilter {
        panel_id: Some(place.panel.id),
        account_id: None,
        // Around one address they are found by index; what lies inside a network has to be looked for.
        ip: network.is_single().then(|| network.first()),
    };
    let mut found = Rest::default();
    let mut ends: Option<Timestamp> = None;
    let mut people = BTreeSet::new();
    tx.each_trust(&filter, |listed| {
        let trust = listed.trust;
        let (around, inside) = (trust.network.covers(network), network.covers(trust.network));
        if !(around || inside) || !trust.is_live(lifetime, op.now) {
            return Ok::<bool, OpError>(true);
        }
        match (trust.account_id, place.account_id()) {
            (Some(whose), None) => {
                people.insert(whose);
            }
            (Some(whose), Some(who)) if whose != who => {}
            // An operator's entry of this very network is what the command is about; a code that the person entered there is
            // besides it, and so is what everybody there trusts.
            (whose, who)
                if trust.network == network && whose == who && trust.code_entered_at.is_none() => {}
            (whose, _) if around => {
                let lasts = lasts(&trust, lifetime);
                if ends.is_none_or(|ends| ends < lasts) {
                    ends = Some(lasts);
                    found.around = Some(Around {
                        network: trust.network,
                        for_everyone: whose.is_none(),
                    });
                }
            }
            _ => found.inside += 1,
        }
        Ok(true)
    })?;
    found.people = people.len();
    Ok(found)
}
