//! What holds for the whole store: the limits that no panel decides alone.

use jiff::SignedDuration;

use super::policy::{ONE_DAY, PolicyProblem, lapse, methods};
use super::second_factor::Methods;

/// What holds for the whole store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StorePolicy {
    /// How long a reset link lives (P3).
    pub reset_lifetime: SignedDuration,
    /// Argon2id: memory in KiB, passes, lanes (P1).
    pub argon2: (u32, u32, u32),
    /// By which methods codes may come to people whose role has rights of operators (T4).
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

impl StorePolicy {
    /// Sets one key.
    ///
    /// # Errors
    /// An unknown key, or a value out of range.
    pub fn set(&mut self, key: &str, value: &str) -> Result<(), PolicyProblem> {
        match key {
            "reset-lifetime" => {
                self.reset_lifetime = lapse(
                    "reset-lifetime",
                    value,
                    SignedDuration::from_mins(10),
                    ONE_DAY,
                )?;
            }
            "codes-for-operators" => {
                self.codes_for_operators = methods("codes-for-operators", value)?;
            }
            "argon2" => {
                let numbers: Option<Vec<u32>> = value
                    .split(',')
                    .map(|number| number.trim().parse().ok())
                    .collect();
                match numbers.as_deref() {
                    // OWASP's floor, and the most that is read back.
                    Some(&[memory @ 19_456..=1_048_576, passes @ 2..=16, lanes @ 1..=16]) => {
                        self.argon2 = (memory, passes, lanes);
                    }
                    _ => {
                        return Err(PolicyProblem::BadValue {
                            key: "argon2",
                            value: value.to_owned(),
                            wanted: "KiB,passes,lanes from 19456,2,1 to 1048576,16,16".into(),
                        });
                    }
                }
            }
            _ => return Err(PolicyProblem::UnknownKey(key.to_owned())),
        }
        Ok(())
    }
}
