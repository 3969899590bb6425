//! The settings of the whole store: limits that no single panel decides.

use jiff::SignedDuration;

use super::form::{Argon2, MethodList, Span};
use super::key::{self, Key, keys};
use super::policy::PolicyProblem;
use super::second_factor::Methods;
use super::weakening;

/// The settings of the whole store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StorePolicy {
    /// Lifetime of a reset link (P3).
    pub reset_lifetime: SignedDuration,
    /// Argon2id: memory in KiB, passes, lanes (P1).
    pub argon2: (u32, u32, u32),
    /// How codes may reach people with operator rights (T4).
    pub codes_for_operators: Methods,
}

impl Default for StorePolicy {
    fn default() -> Self {
        Self {
            reset_lifetime: SignedDuration::from_hours(2),
            argon2: (65_536, 3, 4),
            codes_for_operators: Methods::APP,
        }
    }
}

/// Every key of the store's policy, in display order.
pub static STORE_KEYS: &[Key<StorePolicy>] = keys! {
    StorePolicy;
    "reset-lifetime", reset_lifetime, Span(SignedDuration::from_mins(10), SignedDuration::from_hours(24)),
        "how long a reset link works",
        asks |before, after| weakening::link("a reset link", before.reset_lifetime, after.reset_lifetime);
    "argon2", argon2, Argon2,
        "cost of a password hash: memory in KiB, passes, lanes",
        asks |before, after| weakening::argon2(before.argon2, after.argon2);
    "codes-for-operators", codes_for_operators, MethodList,
        "how people with operator rights may get a code",
        asks |before, after| weakening::methods("codes for people with operator rights", before.codes_for_operators, after.codes_for_operators);
};

impl StorePolicy {
    /// Sets one key.
    ///
    /// # Errors
    /// An unknown key, or a value out of range.
    pub fn set(&mut self, name: &str, value: &str) -> Result<(), PolicyProblem> {
        match key::find(STORE_KEYS, name) {
            Some(key) => key.set(self, value),
            None => Err(PolicyProblem::UnknownKey(name.to_owned())),
        }
    }
}
