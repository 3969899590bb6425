//! What a person's current password is still good for, for an operator to whom somebody reports that it is
//! known or lost.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::access::Access;
use super::account::Account;
use super::admission::password_expired_at;
use super::panel::Panel;

/// What the password is good for, apart from access: the first that applies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "is", rename_all = "kebab-case")]
pub enum OldPassword {
    /// There is no password: not registered.
    None,
    /// It works.
    Works,
    /// An operator voided it.
    Void {
        /// Since when.
        since: Timestamp,
    },
    /// An operator locked the account.
    LockedByHand,
    /// Too many wrong attempts locked the account.
    Locked {
        /// Since when.
        since: Timestamp,
        /// Until an operator unlocks it.
        permanent: bool,
    },
    /// Too old or too short: signing in with it only leads to setting a new one.
    Expired {
        /// In these panels.
        panels: Vec<String>,
        /// It still works in other panels of the person.
        works_elsewhere: bool,
    },
}

impl OldPassword {
    /// What an account's password is good for in the panels that the person has access to now.
    pub fn of<'a>(
        account: &Account,
        given: impl IntoIterator<Item = (&'a Panel, &'a Access)>,
        now: Timestamp,
    ) -> Self {
        let Some(password) = account.password else {
            return Self::None;
        };
        if let Some(since) = password.voided_at {
            return Self::Void { since };
        }
        if account.disabled_at(now).is_some() {
            return Self::LockedByHand;
        }
        if let Some(since) = account.lock.permanent_at.or(account.lock.locked_at) {
            let permanent = account.lock.permanent_at.is_some();
            return Self::Locked { since, permanent };
        }
        let (expired, good): (Vec<_>, Vec<_>) = given
            .into_iter()
            .filter(|(_, access)| access.is_running(now))
            .partition(|(panel, _)| password_expired_at(panel, &password, now).is_some());
        if expired.is_empty() {
            return Self::Works;
        }
        Self::Expired {
            panels: expired
                .into_iter()
                .map(|(panel, _)| panel.name.clone())
                .collect(),
            works_elsewhere: !good.is_empty(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::account::{Disabled, PasswordFacts};
    use crate::domain::address::Address;
    use crate::domain::lockout::LockFacts;
    use crate::domain::policy::Policy;

    const NOW: &str = "2026-03-10T12:00:00Z";

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn account() -> Account {
        Account {
            id: 1,
            reference: [1; 16],
            address: Address::parse("ada@example.com").unwrap(),
            name: None,
            phone: None,
            lang: None,
            created_at: at("2026-01-01T00:00:00Z"),
            password: Some(PasswordFacts {
                set_at: at("2026-01-02T00:00:00Z"),
                met_length: 15,
                voided_at: None,
            }),
            lock: LockFacts::default(),
            mail_barred_at: None,
            factor_reset_at: None,
            disabled: None,
            last_sign_in_at: None,
        }
    }

    /// A panel in which passwords live so many days, and the end of the access to it.
    fn panel(id: i64, name: &str, days: Option<i64>, until: Option<&str>) -> (Panel, Access) {
        let policy = Policy {
            password_expiry: days.map(|days| jiff::SignedDuration::from_hours(24 * days)),
            ..Policy::default()
        };
        let panel = Panel {
            id,
            name: name.into(),
            trial_ends_at: None,
            policy,
        };
        let access = Access {
            id,
            account_id: 1,
            panel_id: id,
            role: "member".into(),
            granted_at: at("2026-01-01T00:00:00Z"),
            renewed_at: None,
            until: until.map(at),
            removed_at: None,
        };
        (panel, access)
    }

    fn of(account: &Account, given: &[(Panel, Access)]) -> OldPassword {
        let given = given.iter().map(|(panel, access)| (panel, access));
        OldPassword::of(account, given, at(NOW))
    }

    #[test]
    fn what_stands_in_its_way_first_is_told() {
        let mut account = account();
        let plain = [panel(1, "main", None, None)];
        assert_eq!(of(&account, &plain), OldPassword::Works);
        account.lock.locked_at = Some(at(NOW));
        let locked = |permanent| OldPassword::Locked {
            since: at(NOW),
            permanent,
        };
        assert_eq!(of(&account, &plain), locked(false));
        account.lock.permanent_at = Some(at(NOW));
        assert_eq!(of(&account, &plain), locked(true));
        account.disabled = Some(Disabled {
            at: at("2026-03-09T12:00:00Z"),
            until: Some(at("2026-03-10T12:00:00.001Z")),
            reason: "left".into(),
        });
        assert_eq!(of(&account, &plain), OldPassword::LockedByHand);
        account.password.as_mut().unwrap().voided_at = Some(at("2026-03-08T12:00:00Z"));
        let void = OldPassword::Void {
            since: at("2026-03-08T12:00:00Z"),
        };
        assert_eq!(of(&account, &plain), void);
        account.password = None;
        assert_eq!(of(&account, &plain), OldPassword::None);
    }

    #[test]
    fn it_expires_panel_by_panel_at_the_instant() {
        let account = account();
        // Set on 2 January at midnight: 67 days end on 10 March at midnight, 68 on the 11th.
        let expired = |panels: &[&str], works_elsewhere| OldPassword::Expired {
            panels: panels.iter().map(|name| (*name).to_owned()).collect(),
            works_elsewhere,
        };
        let main = |days| panel(1, "main", Some(days), None);
        assert_eq!(of(&account, &[main(68)]), OldPassword::Works);
        assert_eq!(of(&account, &[main(67)]), expired(&["main"], false));
        let other = panel(2, "billing", None, None);
        assert_eq!(of(&account, &[main(67), other]), expired(&["main"], true));
        // Access that is over makes no difference.
        let over = panel(2, "billing", None, Some(NOW));
        assert_eq!(of(&account, &[main(67), over]), expired(&["main"], false));
        let over = panel(1, "main", Some(67), Some(NOW));
        assert_eq!(of(&account, &[over]), OldPassword::Works);
    }
}
