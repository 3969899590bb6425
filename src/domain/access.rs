//! An account's right to enter one panel: permanent, temporary, or removed (A1–A5).

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::account::Account;
use super::refusal::Refusal;
use super::when::Period;

/// Access that ends within this time is `expiring`.
pub const EXPIRING_WITHIN: SignedDuration = SignedDuration::from_hours(7 * 24);

/// One account's right to enter one panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Access {
    /// Row id inside this store.
    pub id: i64,
    /// The account that has the access.
    pub account_id: i64,
    /// The panel it gives access to.
    pub panel_id: i64,
    /// The name of a role of that panel.
    pub role: String,
    /// When it was first granted.
    pub granted_at: Timestamp,
    /// When it was last restored after it had expired or been removed.
    pub renewed_at: Option<Timestamp>,
    /// The instant at which it expires (W2); `None` means permanent.
    pub until: Option<Timestamp>,
    /// When an operator removed it.
    pub removed_at: Option<Timestamp>,
}

impl Access {
    /// Whether it is neither removed nor expired.
    pub fn is_running(&self, now: Timestamp) -> bool {
        self.removed_at.is_none() && !self.is_over(now)
    }

    /// Whether its end has passed, removed or not.
    pub fn is_over(&self, now: Timestamp) -> bool {
        self.until.is_some_and(|until| now >= until)
    }

    /// Whether it is running and ends within [`EXPIRING_WITHIN`].
    pub fn is_expiring(&self, now: Timestamp) -> bool {
        self.is_running(now)
            && self
                .until
                .is_some_and(|until| until.duration_since(now) <= EXPIRING_WITHIN)
    }
}

/// Since when the person has been inactive, for `--inactive`: the last sign-in, or a later event that let
/// them in or asked them to come. People who were invited, registered or given access again a moment ago are
/// not inactive.
pub fn inactive_since(
    account: &Account,
    access: &Access,
    invited_at: Option<Timestamp>,
) -> Timestamp {
    [
        account.last_sign_in_at,
        account.password.map(|password| password.set_at),
        access.renewed_at,
        Some(access.granted_at),
        invited_at,
    ]
    .into_iter()
    .flatten()
    .fold(account.created_at, Timestamp::max)
}

/// How long access is to last, as an operator states it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// No end.
    Permanent,
    /// `--for`, counted from the current end or from now.
    For(Period),
    /// `--until`, an instant.
    Until(Timestamp),
}

impl Term {
    /// The end of new access that starts at `now`. The past is refused (A1).
    pub fn end_from(self, now: Timestamp, zone: &TimeZone) -> Result<Option<Timestamp>, Refusal> {
        match self {
            Term::Permanent => Ok(None),
            Term::For(lapse) => Ok(Some(lapse.after(now, zone).map_err(Refusal::When)?)),
            Term::Until(until) if until <= now => Err(Refusal::PastDate { until }),
            Term::Until(until) => Ok(Some(until)),
        }
    }
}

/// What extending running access does to its end (A3).
///
/// # Errors
/// `--for` on permanent access, and an end in the past.
pub fn extend_running(
    access: &Access,
    term: Term,
    now: Timestamp,
    zone: &TimeZone,
) -> Result<Option<Timestamp>, Refusal> {
    match (term, access.until) {
        (Term::For(_), None) => Err(Refusal::PermanentAccess),
        (Term::For(lapse), Some(until)) => {
            Ok(Some(lapse.after(until, zone).map_err(Refusal::When)?))
        }
        (term, _) => term.end_from(now, zone),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn access(until: Option<&str>) -> Access {
        Access {
            id: 1,
            account_id: 1,
            panel_id: 1,
            role: "member".into(),
            granted_at: at("2026-01-01T00:00:00Z"),
            renewed_at: None,
            until: until.map(at),
            removed_at: None,
        }
    }

    #[test]
    fn access_is_over_at_the_instant_it_ends() {
        let access = access(Some("2026-03-01T12:00:00Z"));
        assert!(access.is_running(at("2026-03-01T11:59:59.999Z")));
        assert!(!access.is_running(at("2026-03-01T12:00:00Z")));
        assert!(!access.is_running(at("2026-03-01T12:00:00.001Z")));
    }

    #[test]
    fn access_is_expiring_in_its_last_seven_days_only() {
        let access = access(Some("2026-03-08T12:00:00Z"));
        assert!(!access.is_expiring(at("2026-03-01T11:59:59.999Z")));
        assert!(access.is_expiring(at("2026-03-01T12:00:00Z")));
        assert!(access.is_expiring(at("2026-03-08T11:59:59Z")));
        assert!(!access.is_expiring(at("2026-03-08T12:00:00Z")));
    }

    #[test]
    fn extending_for_counts_from_the_current_end() {
        let now = at("2026-03-01T00:00:00Z");
        let lapse = Term::For(Period::parse("7d").unwrap());
        let zone = TimeZone::UTC;
        assert_eq!(
            extend_running(&access(Some("2026-03-05T00:00:00Z")), lapse, now, &zone).unwrap(),
            Some(at("2026-03-12T00:00:00Z"))
        );
        assert!(matches!(
            extend_running(&access(None), lapse, now, &zone),
            Err(Refusal::PermanentAccess)
        ));
    }

    #[test]
    fn extending_until_sets_the_end_and_refuses_the_past() {
        let now = at("2026-03-01T00:00:00Z");
        let zone = TimeZone::UTC;
        let running = access(Some("2026-03-05T00:00:00Z"));
        let sooner = at("2026-03-02T00:00:00Z");
        assert_eq!(
            extend_running(&running, Term::Until(sooner), now, &zone).unwrap(),
            Some(sooner)
        );
        assert!(matches!(
            extend_running(&running, Term::Until(now), now, &zone),
            Err(Refusal::PastDate { .. })
        ));
        assert_eq!(
            extend_running(&running, Term::Permanent, now, &zone).unwrap(),
            None
        );
    }

    #[test]
    fn somebody_is_inactive_since_the_latest_thing_that_let_them_in() {
        let account = || Account {
            id: 1,
            reference: [1; 16],
            address: crate::domain::address::Address::parse("ada@example.com").unwrap(),
            name: None,
            phone: None,
            lang: None,
            created_at: at("2026-01-01T00:00:00Z"),
            password: None,
            lock: crate::domain::lockout::LockFacts::default(),
            mail_barred_at: None,
            factor_reset_at: None,
            disabled: None,
            last_sign_in_at: None,
        };
        let given = access(None);
        let since = |account: &Account, access: &Access, invited_at: Option<&str>| {
            inactive_since(account, access, invited_at.map(at)).to_string()
        };
        assert_eq!(since(&account(), &given, None), "2026-01-01T00:00:00Z");
        let later = "2026-02-01T00:00:00Z";
        assert_eq!(since(&account(), &given, Some(later)), later);
        let granted = Access {
            granted_at: at(later),
            ..given.clone()
        };
        assert_eq!(since(&account(), &granted, None), later);
        let renewed = Access {
            renewed_at: Some(at(later)),
            ..given.clone()
        };
        assert_eq!(since(&account(), &renewed, None), later);
        let registered = Account {
            password: Some(crate::domain::account::PasswordFacts {
                set_at: at(later),
                met_length: 15,
                voided_at: None,
            }),
            ..account()
        };
        assert_eq!(
            since(&registered, &given, Some("2026-01-15T00:00:00Z")),
            later
        );
        let signed_in = Account {
            last_sign_in_at: Some(at("2026-03-01T00:00:00Z")),
            ..registered
        };
        assert_eq!(
            since(&signed_in, &renewed, Some(later)),
            "2026-03-01T00:00:00Z"
        );
    }
}
