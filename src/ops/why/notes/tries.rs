//! Wrong passwords, and an attempt that was not checked because too many came from the same IP (L9).

use super::evidence::last_try;
use super::{A_WEEK, Notes};
use crate::domain::event::Action;
use crate::domain::remedy::{self, Remedy};
use crate::ops::wrong_ip::TOO_MANY;

impl Notes<'_> {
    /// Until the person signs in here, or is refused for another cause.
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
            "each one counts for an hour"
        } else {
            "attempts from there are checked again now"
        };
        let address = self.details.account.address.to_string();
        let remedies = if waits {
            vec![
                Remedy::step(
                    &["reset", "password", &address],
                    "after setting a new password, the person can sign in from there at once",
                ),
                Remedy::word("or the person waits up to an hour, or signs in from another network"),
            ]
        } else {
            vec![]
        };
        self.note(
            "ip-throttled",
            format!(
                "the last refused attempt{from} {} was rejected unchecked: too many wrong passwords from that IP to {panel} in an hour, for any account; {now}",
                self.at(entry.at)
            ),
            remedies,
        );
        if waits {
            let because = format!(
                "too many wrong passwords from {} in the last hour",
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
                "{}{last}; the account locks after {} in a row",
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
                    "{}; the {} lock without a sign-in in between is permanent",
                    locked_times(lock.streak),
                    ordinal(most)
                ),
                vec![],
            );
        }
    }
}

fn locked_times(locks: i64) -> String {
    match locks {
        1 => "locked once".to_owned(),
        2 => "locked twice".to_owned(),
        more => format!("locked {more} times"),
    }
}

/// "third", "21st".
fn ordinal(number: i64) -> String {
    match (number, number % 10, number % 100) {
        (1, ..) => "first".to_owned(),
        (2, ..) => "second".to_owned(),
        (3, ..) => "third".to_owned(),
        (4, ..) => "fourth".to_owned(),
        (5, ..) => "fifth".to_owned(),
        (_, _, 11..=13) => format!("{number}th"),
        (_, 1, _) => format!("{number}st"),
        (_, 2, _) => format!("{number}nd"),
        (_, 3, _) => format!("{number}rd"),
        _ => format!("{number}th"),
    }
}

#[cfg(test)]
mod tests {
    use super::ordinal;

    #[test]
    fn ordinals_read_as_words_or_with_their_ending() {
        let found: Vec<String> = [1, 3, 6, 11, 12, 13, 21, 22, 23, 100, 111]
            .into_iter()
            .map(ordinal)
            .collect();
        assert_eq!(
            found.join(" "),
            "first third 6th 11th 12th 13th 21st 22nd 23rd 100th 111th"
        );
    }
}
