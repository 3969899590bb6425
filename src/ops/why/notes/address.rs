//! A pending change of address explains why somebody cannot sign in with the new one.

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

/// Explains how an unknown address is connected with somebody's account. The first remedy is the most likely
/// one.
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
                "{new} was requested as the new address of {holder}, but the link sent there {} expired {} unused, so {holder} still signs in with the old address",
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
                "{new} is the new address of {holder}, but not confirmed yet: the link was sent there {} and works until {}; until then they sign in as {holder}",
                at(*asked_at),
                at(*until)
            ),
            remedies: vec![
                Remedy::step(
                    &["edit", holder, "--address", new],
                    "mails a new link there",
                ),
                Remedy::step(&["edit", holder, "--cancel-address"], "cancels the change"),
            ],
            refused: None,
        },
        Claim::Former { holder, until } => Note {
            kind: "former-address",
            detail: if over {
                format!("{new} was the address of {holder}, who now signs in with the new one")
            } else {
                format!(
                    "{new} was the address of {holder}, who now signs in with the new one; notices go to both until {}",
                    at(*until)
                )
            },
            remedies: vec![Remedy::step(
                &["why", holder],
                "shows whether they can sign in",
            )],
            refused: None,
        },
    }
}

/// Why an address that is connected with an account has none itself.
pub(in crate::ops) fn cause(claim: &Claim, op: &Op) -> String {
    match claim {
        Claim::Waits { holder, .. } if claim.is_over(op.now) => format!(
            "no account has this address: the link to confirm it as the new address of {holder} has expired"
        ),
        Claim::Waits { holder, .. } => format!(
            "no account has this address yet: it waits to be confirmed as the new address of {holder}"
        ),
        Claim::Former { holder, .. } => {
            format!("no account has this address any more: it was the address of {holder}")
        }
    }
}
