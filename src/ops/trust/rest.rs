//! What makes a code unnecessary besides the entry that a command is about, so that nobody is told that codes
//! are required where they are not.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Place, lasts};
use crate::domain::trusted_ip::Network;
use crate::ops::{Op, OpError};
use crate::store::{TrustFilter, Tx};

/// What makes a code unnecessary at a network, or in a part of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rest {
    /// The network that contains all of it: of several, the one that ends last.
    pub around: Option<Around>,
    /// Entries for narrower networks inside it.
    pub inside: usize,
    /// People who trust all of it, or a part, for themselves only. Counted if the command is about everyone.
    pub people: usize,
}

/// A network around another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Around {
    /// Which.
    pub network: Network,
    /// It is trusted for everyone in the panel.
    pub for_everyone: bool,
}

/// Checks every valid entry that overlaps with a network.
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
        // Around one address they are found by index; networks inside it have to be searched.
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
            // An operator's entry for exactly this network is what the command is about; an entry based on a
            // code that the person entered there is separate from it, and so is one that everyone there
            // trusts.
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
