//! Wrong passwords, and a try that was not looked at because too many had come from the same IP (L9).

use super::evidence::last_try;
use super::{A_WEEK, Notes};
use crate::domain::event::Action;
use crate::domain::remedy::{self, Remedy};
use crate::ops::wrong_ip::TOO_MANY;

impl Notes<'_> {
    /// Until the person signs in here, or is refused for something else.
    pub(super) fn ip_over_limit(&mut self) {
        let entry = last_try(self.details, self.room)
            .filter(|entry| entry.action == Action::SignInRefused.as_str())
            .filter(|entry| self.op.now.duration_since(entry.at) < A_WEEK);
        let Some(entry) = entry else {
            return;
        };
        if entry.word("reason") != Some(TOO_MANY) {
            return;
        }
        let ip = entry.personal.ip.as_deref();
        let from = ip.map(|ip| format!(" from {ip}")).unwrap_or_default();
        let panel = &self.room.panel.name;
        let waits = self.evidence.ip_waits;
        let now = if waits {
            "each counts for an hour"
        } else {
            "tries from there are checked again by now"
        };
        let address = self.details.account.address.to_string();
        let remedies = if waits {
            vec![
                Remedy::step(
                    &["reset", "password", &address],
                    "after setting a new password the person can sign in from there at once",
                ),
                Remedy::word("or the person waits up to an hour, or signs in from another network"),
            ]
        } else {
            vec![]
        };
        self.note(
            "ip-try-later",
            format!(
                "the last refused try{from} {} was rejected unchecked: too many wrong passwords came from that IP to {panel} in an hour, for any account; {now}",
                self.at(entry.at)
            ),
            remedies,
        );
        if waits {
            let because = format!(
                "too many wrong passwords came from {} in the last hour",
                ip.unwrap_or("that IP")
            );
            self.refused(entry.at, because);
        }
    }

    pub(super) fn wrong_passwords(&mut self) {
        let details = self.details;
        let account = &details.account;
        let lock = &account.lock;
        if lock.wrong > 0 && !lock.is_locked() {
            let last = lock
                .last_wrong_at
                .map(|at| format!(", the last one {}", self.at(at)))
                .unwrap_or_default();
            let detail = format!(
                "{}{last}; {} in a row lock",
                remedy::wrong_passwords(account),
                details.limits.lock.wrong_passwords
            );
            let remedy = remedy::forgotten_password(account, account.address.as_str());
            self.note("wrong-passwords", detail, vec![remedy]);
            if let Some(at) = lock.last_wrong_at {
                self.refused(at, "the last password entered was wrong");
            }
        }
        if let Some(most) = details.limits.lock.locks_in_a_row
            && lock.streak > 0
            && lock.permanent_at.is_none()
        {
            self.note(
                "locks-in-a-row",
                format!(
                    "{} of {most} locks in a row; the last of them is permanent",
                    lock.streak
                ),
                vec![],
            );
        }
    }
}
