//! A change of address that waits explains why somebody cannot sign in with the new one.

use super::Notes;
use crate::domain::remedy::Remedy;

impl Notes<'_> {
    pub(super) fn address_change(&mut self) {
        let Some(change) = &self.portrait.address_change else {
            return;
        };
        let address = self.portrait.account.address.as_str();
        let new = change.address.as_str();
        self.note(
            "address-change",
            format!(
                "{new} waits to be confirmed as the new address, by the link that went there {}; until then {address} holds; the link works until {}",
                self.at(change.asked_at),
                self.at(change.expires_at)
            ),
            vec![
                Remedy::step(
                    &["edit", address, "--address", new],
                    "mails a new link there",
                ),
                Remedy::step(&["edit", address, "--cancel-address"], "calls it off"),
            ],
        );
    }
}
