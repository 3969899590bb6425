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
        let Some(change) = &self.portrait.address_change else {
            return;
        };
        let claim = Claim::Waits {
            holder: self.portrait.account.address.as_str().to_owned(),
            asked_at: change.asked_at,
            until: change.expires_at,
        };
        let note = claimed(&claim, &change.address, self.op);
        self.note(note.kind, note.detail, note.remedies);
    }
}

/// What somebody who has another address has to do with this one.
pub(in crate::ops) fn claimed(claim: &Claim, address: &Address, op: &Op) -> Note {
    let new = address.as_str();
    let at = |time: Timestamp| {
        format!(
            "{} ({})",
            when::local(time, &op.zone),
            when::relative(time, op.now)
        )
    };
    match claim {
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
        },
        Claim::Former { holder, until } => Note {
            kind: "former-address",
            detail: format!(
                "{new} was the address of {holder}, who signs in with that one now; notices go to both until {}",
                at(*until)
            ),
            remedies: vec![Remedy::step(
                &["why", holder],
                "tells whether they can sign in",
            )],
        },
    }
}
