//! A change of address that waits explains why somebody cannot sign in with the new one.

use jiff::Timestamp;

use super::{Note, Notes};
use crate::domain::address::Address;
use crate::domain::refusal::Claim;
use crate::domain::remedy::Remedy;
use crate::domain::when;
use crate::ops::Op;

impl Notes<'_> {
    pub(super) fn address_change(&mut self) {
        let details = self.details;
        let changes = [&details.address_change, &details.address_change_over];
        let Some(change) = changes.into_iter().flatten().next() else {
            return;
        };
        let claim = Claim::Waits {
            holder: self.details.account.address.as_str().to_owned(),
            asked_at: change.asked_at,
            until: change.expires_at,
        };
        let note = claimed(&claim, &change.address, self.op);
        self.note(note.kind, note.detail, note.remedies);
    }
}

/// What somebody who has another address has to do with this one. The first remedy is the way on.
pub(in crate::ops) fn claimed(claim: &Claim, address: &Address, op: &Op) -> Note {
    let new = address.as_str();
    let over = claim.is_over(op.now);
    let at = |time: Timestamp| when::told(time, op.now, &op.zone);
    match claim {
        Claim::Waits {
            holder,
            asked_at,
            until,
        } if over => Note {
            kind: "address-change-expired",
            detail: format!(
                "{new} was to become the address of {holder}: the link that went there {} expired {} and was not used, so {holder} still signs in with the old address",
                at(*asked_at),
                at(*until)
            ),
            remedies: vec![
                Remedy::step(
                    &["edit", holder, "--address", new],
                    "mails a new link to the new address",
                ),
                Remedy::step(&["why", holder], "shows whether they can sign in"),
            ],
            refused: None,
        },
        Claim::Waits {
            holder,
            asked_at,
            until,
        } => Note {
            kind: "address-change",
            detail: format!(
                "{new} waits to be confirmed as the new address of {holder}, by the link that went there {}; until then {holder} holds; the link works until {}",
                at(*asked_at),
                at(*until)
            ),
            remedies: vec![
                Remedy::step(
                    &["edit", holder, "--address", new],
                    "mails a new link there",
                ),
                Remedy::step(&["edit", holder, "--cancel-address"], "calls it off"),
            ],
            refused: None,
        },
        Claim::Former { holder, until } => Note {
            kind: "former-address",
            detail: if over {
                format!("{new} was the address of {holder}, who signs in with that one now")
            } else {
                format!(
                    "{new} was the address of {holder}, who signs in with that one now; notices go to both until {}",
                    at(*until)
                )
            },
            remedies: vec![Remedy::step(
                &["why", holder],
                "tells whether they can sign in",
            )],
            refused: None,
        },
    }
}

/// Why nobody has an address that somebody else has to do with.
pub(in crate::ops) fn cause(claim: &Claim, op: &Op) -> String {
    match claim {
        Claim::Waits { holder, .. } if claim.is_over(op.now) => format!(
            "nobody has this address: the link to confirm it as the new address of {holder} has expired"
        ),
        Claim::Waits { holder, .. } => format!(
            "nobody has this address yet: it waits to be confirmed as the new address of {holder}"
        ),
        Claim::Former { holder, .. } => {
            format!("nobody has this address any more: it was the address of {holder}")
        }
    }
}
