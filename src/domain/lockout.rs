//! The lock against guessing (L1–L8), as a state machine over a few counters.
//!
//! ```text
//!            reserve                verdict: right and nothing else in the way
//!   open ───────────────▶ trying ──────────────────────────────────────▶ open, counters 0
//!    ▲                      │ verdict: wrong, count below the limit ───▶ open
//!    │ unlock, new password │ verdict: wrong, count at the limit
//!    │                      ▼
//!    └────────────────── locked ── third lock with no sign-in between ─▶ locked-permanently
//! ```
//!
//! A try is *reserved* (counted and committed) before the password is looked at, so that parallel tries can
//! never check more passwords than the limit allows, and a crash cannot give a try back.

use jiff::{SignedDuration, Timestamp};

use super::policy::MOST_WRONG_CODES;

/// A reservation older than this without a verdict belongs to a process that crashed.
pub const TRY_LASTS_AT_MOST: SignedDuration = SignedDuration::from_secs(30);

/// The counters of one account.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LockFacts {
    /// Wrong passwords in a row, verdict given.
    pub wrong: i64,
    /// Attempts that were reserved and have no verdict yet.
    pub open_tries: i64,
    /// When the last try was reserved.
    pub last_try_at: Option<Timestamp>,
    /// How often the counters were cleared: a verdict from before the last clearing no longer counts.
    pub round: i64,
    /// First wrong password in the row.
    pub first_wrong_at: Option<Timestamp>,
    /// Last wrong password in the row.
    pub last_wrong_at: Option<Timestamp>,
    /// Up to a hundred addresses that the row's wrong passwords came from, oldest first.
    pub wrong_from: Vec<String>,
    /// Locks without a completed sign-in in between (L4).
    pub streak: i64,
    /// Locked since.
    pub locked_at: Option<Timestamp>,
    /// Locked permanently since.
    pub permanent_at: Option<Timestamp>,
    /// What caused the lock; `None` while the account is not locked.
    pub locked_for: Option<Guessing>,
    /// Wrong codes in a row (L6), whatever the method.
    pub wrong_codes: i64,
    /// First wrong code in the row.
    pub first_wrong_code_at: Option<Timestamp>,
    /// Last wrong code in the row.
    pub last_wrong_code_at: Option<Timestamp>,
}

/// What was guessed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Guessing {
    /// Passwords (L1).
    Passwords,
    /// Codes in a row, after a correct password (L6).
    Codes,
    /// Codes within a month, after a correct password (T8).
    CodesInAMonth,
}

impl Guessing {
    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Passwords => "passwords",
            Self::Codes => "codes",
            Self::CodesInAMonth => "codes-in-a-month",
        }
    }

    /// Reads the stored word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Passwords, Self::Codes, Self::CodesInAMonth]
            .into_iter()
            .find(|guessing| guessing.as_str() == word)
    }
}

/// The limits that apply to an account (W1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockLimits {
    /// Wrong passwords in a row that lock.
    pub wrong_passwords: i64,
    /// Wrong codes in a row that lock (L6).
    pub wrong_codes: i64,
    /// Locks in a row that lock permanently; `None` turns L4 off.
    pub locks_in_a_row: Option<i64>,
}

/// What to do with a new attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reservation {
    /// Count it and check the password.
    Go,
    /// The maximum number of attempts is being checked right now: try again in a moment.
    Wait,
    /// The count reached the limit without a verdict: lock now (L8).
    LockNow,
    /// Locked already: do not check the password.
    Locked,
}

/// The lock that is applied now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lock {
    /// The number of locks in a row, including this one.
    pub streak: i64,
    /// Permanent: too many locks in a row (L4), or too many wrong codes in a month (T8).
    pub permanent: bool,
    /// What caused it.
    pub guessing: Guessing,
}

impl LockFacts {
    /// Locked, temporarily or permanently.
    pub fn is_locked(&self) -> bool {
        self.locked_at.is_some() || self.permanent_at.is_some()
    }

    /// Decides what to do with a new attempt at `now` (L8).
    pub fn reserve(&self, limits: LockLimits, now: Timestamp) -> Reservation {
        if self.is_locked() {
            return Reservation::Locked;
        }
        if self.wrong + self.open_tries < limits.wrong_passwords {
            return Reservation::Go;
        }
        let in_flight = self.open_tries > 0
            && self
                .last_try_at
                .is_some_and(|at| now.duration_since(at) < TRY_LASTS_AT_MOST);
        if in_flight {
            Reservation::Wait
        } else {
            Reservation::LockNow
        }
    }

    /// The lock that the next wrong verdict causes, if any: `wrong` is the count including that verdict.
    pub fn lock_after(&self, wrong: i64, limits: LockLimits) -> Option<Lock> {
        (wrong >= limits.wrong_passwords).then(|| self.next_lock(limits, Guessing::Passwords))
    }

    /// The lock that one more wrong code causes, if any: `in_a_row` and `in_a_month` include that code.
    pub fn lock_after_codes(
        &self,
        in_a_row: i64,
        in_a_month: i64,
        limits: LockLimits,
    ) -> Option<Lock> {
        if in_a_month >= MOST_WRONG_CODES {
            return Some(Lock {
                permanent: true,
                ..self.next_lock(limits, Guessing::CodesInAMonth)
            });
        }
        (in_a_row >= limits.wrong_codes).then(|| self.next_lock(limits, Guessing::Codes))
    }

    /// The lock that would be applied next.
    pub fn next_lock(&self, limits: LockLimits, guessing: Guessing) -> Lock {
        let streak = self.streak + 1;
        Lock {
            streak,
            permanent: limits.locks_in_a_row.is_some_and(|most| streak >= most),
            guessing,
        }
    }

    /// Whether the wrong passwords came so fast from one place that a saved password is the likely cause.
    pub fn looks_like_a_saved_password(&self) -> bool {
        match (self.first_wrong_at, self.last_wrong_at) {
            (Some(first), Some(last)) => {
                self.wrong > 1
                    && self.wrong_from.len() <= 1
                    && last.duration_since(first) <= SignedDuration::from_secs(60)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: LockLimits = LockLimits {
        wrong_passwords: 6,
        wrong_codes: 6,
        locks_in_a_row: Some(3),
    };

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_sixth_wrong_password_locks_and_not_the_fifth() {
        let facts = LockFacts::default();
        assert_eq!(facts.lock_after(5, LIMITS), None);
        assert_eq!(
            facts.lock_after(6, LIMITS),
            Some(Lock {
                streak: 1,
                permanent: false,
                guessing: Guessing::Passwords,
            })
        );
    }

    #[test]
    fn the_third_lock_in_a_row_is_permanent_unless_switched_off() {
        let facts = LockFacts {
            streak: 2,
            ..LockFacts::default()
        };
        assert_eq!(
            facts.lock_after(6, LIMITS),
            Some(Lock {
                streak: 3,
                permanent: true,
                guessing: Guessing::Passwords,
            })
        );
        let off = LockLimits {
            locks_in_a_row: None,
            ..LIMITS
        };
        assert_eq!(
            facts.lock_after(6, off),
            Some(Lock {
                streak: 3,
                permanent: false,
                guessing: Guessing::Passwords,
            })
        );
    }

    #[test]
    fn reservations_and_wrong_tries_share_one_budget() {
        let now = at("2026-03-01T12:00:00Z");
        for (wrong, open, expected) in [
            (0, 0, Reservation::Go),
            (5, 0, Reservation::Go),
            (3, 2, Reservation::Go),
            (3, 3, Reservation::Wait),
            (0, 6, Reservation::Wait),
            (6, 0, Reservation::LockNow),
        ] {
            let facts = LockFacts {
                wrong,
                open_tries: open,
                last_try_at: Some(at("2026-03-01T11:59:59Z")),
                ..LockFacts::default()
            };
            assert_eq!(
                facts.reserve(LIMITS, now),
                expected,
                "{wrong} wrong, {open} open"
            );
        }
    }

    #[test]
    fn a_try_that_died_at_the_limit_locks_at_the_next_try() {
        let facts = LockFacts {
            wrong: 5,
            open_tries: 1,
            last_try_at: Some(at("2026-03-01T12:00:00Z")),
            ..LockFacts::default()
        };
        assert_eq!(
            facts.reserve(LIMITS, at("2026-03-01T12:00:29.999Z")),
            Reservation::Wait
        );
        assert_eq!(
            facts.reserve(LIMITS, at("2026-03-01T12:00:30Z")),
            Reservation::LockNow
        );
    }

    #[test]
    fn a_locked_account_takes_no_try() {
        let now = at("2026-03-01T12:00:00Z");
        let locked = LockFacts {
            locked_at: Some(now),
            ..LockFacts::default()
        };
        let permanent = LockFacts {
            permanent_at: Some(now),
            ..LockFacts::default()
        };
        assert_eq!(locked.reserve(LIMITS, now), Reservation::Locked);
        assert_eq!(permanent.reserve(LIMITS, now), Reservation::Locked);
    }

    #[test]
    fn wrong_codes_lock_like_wrong_passwords_and_a_hundred_in_a_month_for_good() {
        let facts = LockFacts::default();
        assert_eq!(facts.lock_after_codes(5, 5, LIMITS), None);
        let lock = |permanent, guessing| {
            Some(Lock {
                streak: 1,
                permanent,
                guessing,
            })
        };
        assert_eq!(
            facts.lock_after_codes(6, 6, LIMITS),
            lock(false, Guessing::Codes)
        );
        assert_eq!(facts.lock_after_codes(1, 99, LIMITS), None);
        assert_eq!(
            facts.lock_after_codes(1, 100, LIMITS),
            lock(true, Guessing::CodesInAMonth)
        );
    }

    #[test]
    fn a_burst_from_one_place_looks_like_a_saved_password() {
        let mut facts = LockFacts {
            wrong: 6,
            first_wrong_at: Some(at("2026-03-01T12:00:00Z")),
            last_wrong_at: Some(at("2026-03-01T12:00:40Z")),
            wrong_from: vec!["203.0.113.9".into()],
            ..LockFacts::default()
        };
        assert!(facts.looks_like_a_saved_password());
        facts.wrong_from.push("198.51.100.7".into());
        assert!(!facts.looks_like_a_saved_password());
    }
}
