//! A try that was not looked at, because too many wrong passwords had come from the same IP (L9).

use super::{Notes, recent};
use crate::domain::event::Action;
use crate::domain::remedy::Remedy;
use crate::ops::wrong_ip::TOO_MANY;

impl Notes<'_> {
    pub(super) fn ip_over_limit(&mut self) {
        let Some(entry) = recent(self.portrait, Action::SignInRefused, self.op) else {
            return;
        };
        let reason = entry
            .detail
            .get("reason")
            .and_then(|reason| reason.as_str());
        if reason != Some(TOO_MANY) {
            return;
        }
        let from = entry
            .personal
            .ip
            .as_ref()
            .map(|ip| format!(" from {ip}"))
            .unwrap_or_default();
        let panel = entry.panel.clone().unwrap_or_default();
        let address = self.portrait.account.address.to_string();
        self.note(
            "ip-try-later",
            format!(
                "the last refused try{from} {} was not looked at: that IP had too many wrong passwords at {panel} in an hour, whosever; each counts for an hour",
                self.at(entry.at)
            ),
            vec![Remedy::step(
                &["reset", "password", &address],
                "who sets a new password is let in from there all the same",
            )],
        );
    }
}
