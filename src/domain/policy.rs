//! The policy: every limit, and what a panel asks for. Defaults and ranges stand in [`POLICY_KEYS`]' file.

use jiff::SignedDuration;

mod keys;

use super::key;
use super::lockout::LockLimits;
use super::second_factor::Methods;

pub use keys::POLICY_KEYS;

const MINUTE: SignedDuration = SignedDuration::from_mins(1);
const HOUR: SignedDuration = SignedDuration::from_hours(1);

const fn days(count: i64) -> SignedDuration {
    SignedDuration::from_hours(24 * count)
}

/// How many wrong passwords a store may let through before a permanent lock: `wrong-passwords` ×
/// `locks-in-a-row` (L4; NIST SP 800-63B-4 §3.2.2 caps consecutive failures at 100).
pub const MOST_WRONG_IN_ALL: i64 = 100;

/// Shortest password where it is the only factor (NIST SP 800-63B-4 §3.1.1.2).
pub const LENGTH_ALONE: i64 = 15;
/// Shortest password where a second factor is always required (ibid.).
pub const LENGTH_WITH_SECOND_FACTOR: i64 = 8;

/// How long the link works that confirms a new address (E1).
pub const CONFIRM_LIFETIME: SignedDuration = SignedDuration::from_hours(24);
/// How long notices go to the address before, too (E1).
pub const FORMER_ADDRESS_TOLD: SignedDuration = days(7);
/// A link that was taken back says so for so long, also where its account was erased with it (I4).
pub const REVOKED_LINKS_REMEMBERED: SignedDuration = days(30);
/// Changes of address that were not confirmed, and the addresses before, are kept this long after their end, so that
/// `why` can name the person instead of proposing to invite them again.
pub const ADDRESSES_REMEMBERED: SignedDuration = days(30);
/// For so long a wrong password counts against the IP it came from (L9).
pub const WRONG_IPS_REMEMBERED: SignedDuration = SignedDuration::from_hours(1);
/// An IPv6 /48 may do so many times what a single IPv4 address or /64 may (L9).
pub const WIDER_NETWORK: i64 = 10;
/// The hour that the limits below are about: it begins with the first request that counts.
pub const REQUESTS_REMEMBERED: SignedDuration = SignedDuration::from_hours(1);
/// "Forgot password" mails links for so many requests of one network in an hour, whichever addresses they name (L9).
pub const FORGOT_PER_NETWORK: i64 = 20;
/// Codes are sent by mail or SMS for so many requests of one network in an hour (L9).
pub const CODES_PER_NETWORK: i64 = 100;
/// A person sets a new password with the old one so many times in an hour (L9).
pub const CHANGES_AN_HOUR: i64 = 10;
/// Refusals of one kind for one person that get an audit entry each in an hour; the others become one entry (L9).
pub const REFUSALS_PER_ACCOUNT: i64 = 20;
/// The same for one network, for all people together.
pub const REFUSALS_PER_NETWORK: i64 = 100;
/// Networks whose tries at unknown addresses get an audit entry each for an hour; the others share one per panel (U1).
pub const TALLIED_NETWORKS: i64 = 1_000;
/// Lifetime of the ticket that follows a new password (L9).
pub const TICKET_LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// Lifetime of the ticket and the offer with which a second factor is set up (T5): time to install an app.
pub const SET_UP_LIFETIME: SignedDuration = SignedDuration::from_mins(30);
/// Lifetime of a mailed or SMS code (T4).
pub const SENT_CODE_LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// A mailed or SMS code is compared so often, and codes asked for one after another share the count (T4).
pub const SENT_CODE_TRIES: i64 = 5;
/// So many codes are sent to one person in [`SENT_CODE_LIFETIME`], and so many in a day.
pub const SENT_CODES: (i64, i64) = (5, 20);
/// The person is told when so many wrong codes were entered within [`WRONG_CODES_REMEMBERED`] (T8; ASVS 5.0 6.3.5).
pub const WRONG_CODES_TOLD: [i64; 3] = [3, 10, 30];
/// Wrong codes within [`WRONG_CODES_REMEMBERED`] that lock for good, right ones between or not (T8).
pub const MOST_WRONG_CODES: i64 = 100;
/// See [`MOST_WRONG_CODES`].
pub const WRONG_CODES_REMEMBERED: SignedDuration = days(30);
/// Backup codes in a set (T3).
pub const BACKUP_CODES: usize = 10;
/// "Forgot password" mails the same link again at most once in this time (P6).
pub const FORGOT_PAUSE: SignedDuration = SignedDuration::from_mins(5);
/// "Forgot password" mails at most so often in a day for one account (P6).
pub const FORGOT_A_DAY: i64 = 5;
/// A count of tries at an unknown address is kept for this long after the last of them (L10). An account keeps its
/// count until its owner signs in, so a count that ended within hours would show that nobody has the address.
pub const STRANGERS_REMEMBERED: SignedDuration = days(90);
/// At most about this many of those counts are kept; the ones with the oldest last tries go first.
pub const MOST_STRANGERS: i64 = 1_000_000;
/// Mail that has waited for longer deserves a warning (M5).
pub const MAIL_IS_LATE: SignedDuration = SignedDuration::from_mins(5);

/// Mail that could not be handed over is given up after this (M1).
pub const MAIL_GIVEN_UP: SignedDuration = SignedDuration::from_hours(24);

/// The pause before mail is tried again, growing with each attempt (M1).
pub fn mail_pause(attempts: i64) -> SignedDuration {
    match attempts {
        ..=1 => MINUTE,
        2 => MINUTE * 5,
        3 => MINUTE * 15,
        4 => MINUTE * 30,
        _ => HOUR,
    }
}

/// Whether a panel asks for a second factor (T1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SecondFactor {
    /// Never.
    Off,
    /// From those who set one up.
    #[default]
    Optional,
    /// From everybody.
    Required,
}

/// Whether a person may be signed in more than once (S1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sessions {
    /// Any number.
    #[default]
    Many,
    /// A second sign-in is refused.
    OneRefuse,
    /// A second sign-in ends the first.
    OneReplace,
}

/// What one panel asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// How long an invitation lives (I3).
    pub invitation_lifetime: SignedDuration,
    /// Wrong passwords in a row that lock (L1).
    pub wrong_passwords: i64,
    /// Locks in a row that lock permanently (L4); `None` is off.
    pub locks_in_a_row: Option<i64>,
    /// Wrong codes in a row that lock (L6).
    pub wrong_codes: i64,
    /// Wrong passwords from one IP in an hour that are put up with; 0 is no limit (L9).
    pub wrong_per_ip: i64,
    /// Shortest password; `None` follows the second factor (P2).
    pub password_length: Option<i64>,
    /// Oldest password (P4); `None` is off.
    pub password_expiry: Option<SignedDuration>,
    /// Whether a second factor is asked for (T1).
    pub second_factor: SecondFactor,
    /// By which methods codes may come (T1).
    pub methods: Methods,
    /// Steps of 30 s that an authenticator may be ahead (T2).
    pub totp_ahead: i64,
    /// For how long an IP is trusted (X1, X4); `None` is off.
    pub trusted_ips: Option<SignedDuration>,
    /// How many sessions a person may have (S1).
    pub sessions: Sessions,
    /// A session without a sign of life ends after this (S3).
    pub session_idle: SignedDuration,
    /// A session ends after this in any case (S3).
    pub session_total: SignedDuration,
    /// What mail and authenticators call the panel.
    pub title: Option<String>,
    /// Whom to ask when only an operator can help.
    pub support_contact: Option<String>,
    /// `https://…{token}…` for invitations.
    pub links_register: Option<String>,
    /// `https://…{token}…` for reset links.
    pub links_reset: Option<String>,
    /// `https://…{token}…` for confirming a new address.
    pub links_confirm: Option<String>,
    /// Who mail is from.
    pub sender: Option<String>,
    /// The role of an invitation that names none (R2).
    pub default_role: String,
}

/// Why a policy value was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyProblem {
    /// There is no such key.
    #[error("there is no policy key '{0}'")]
    UnknownKey(String),
    /// The value does not fit.
    #[error("'{value}' is not a value for {key}: it is {wanted}")]
    BadValue {
        /// The key.
        key: &'static str,
        /// What was given.
        value: String,
        /// What would do.
        wanted: String,
    },
    /// L1 × L4 above 100.
    #[error(
        "{wrong} wrong passwords × {locks} locks would let {} passwords be tried before a permanent lock; at most {MOST_WRONG_IN_ALL} are allowed",
        .wrong * .locks
    )]
    TooManyTries {
        /// `wrong-passwords`.
        wrong: i64,
        /// `locks-in-a-row`.
        locks: i64,
    },
}

impl Policy {
    /// The policy that rows of `key, value` make of the defaults.
    ///
    /// # Errors
    /// An unknown key, a value out of range, or a combination that is refused.
    pub fn from_settings<'a>(
        settings: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, PolicyProblem> {
        let mut policy = Self::default();
        for (name, value) in settings {
            match key::find(POLICY_KEYS, name) {
                Some(key) => key.set(&mut policy, value)?,
                None => return Err(PolicyProblem::UnknownKey(name.to_owned())),
            }
        }
        policy.check()?;
        Ok(policy)
    }

    /// Whether the values go together.
    ///
    /// # Errors
    /// [`PolicyProblem::TooManyTries`].
    pub fn check(&self) -> Result<(), PolicyProblem> {
        match self.locks_in_a_row {
            Some(locks) if locks * self.wrong_passwords > MOST_WRONG_IN_ALL => {
                Err(PolicyProblem::TooManyTries {
                    wrong: self.wrong_passwords,
                    locks,
                })
            }
            _ => Ok(()),
        }
    }

    /// The shortest password with which this panel can be entered (P2).
    pub fn shortest_password(&self) -> i64 {
        self.password_length.unwrap_or(match self.second_factor {
            SecondFactor::Required => LENGTH_WITH_SECOND_FACTOR,
            SecondFactor::Off | SecondFactor::Optional => LENGTH_ALONE,
        })
    }
}

/// The limits on an account as a whole: the strictest among its panels (W1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// When it locks.
    pub lock: LockLimits,
    /// Shortest new password, in code points.
    pub password_length: i64,
}

impl Limits {
    /// The strictest of the policies of every panel where the account has access that is not removed; of the
    /// defaults where there is none (W1).
    pub fn strictest<'a>(policies: impl IntoIterator<Item = &'a Policy>) -> Self {
        policies
            .into_iter()
            .map(Self::of)
            .reduce(|a, b| Self {
                lock: LockLimits {
                    wrong_codes: a.lock.wrong_codes.min(b.lock.wrong_codes),
                    wrong_passwords: a.lock.wrong_passwords.min(b.lock.wrong_passwords),
                    locks_in_a_row: match (a.lock.locks_in_a_row, b.lock.locks_in_a_row) {
                        (Some(a), Some(b)) => Some(a.min(b)),
                        (one, other) => one.or(other),
                    },
                },
                password_length: a.password_length.max(b.password_length),
            })
            .unwrap_or_else(|| Self::of(&Policy::default()))
    }

    fn of(policy: &Policy) -> Self {
        Self {
            lock: LockLimits {
                wrong_codes: policy.wrong_codes,
                wrong_passwords: policy.wrong_passwords,
                locks_in_a_row: policy.locks_in_a_row,
            },
            password_length: policy.shortest_password(),
        }
    }
}

/// One day, for callers that count in days.
pub const ONE_DAY: SignedDuration = days(1);

#[cfg(test)]
#[path = "policy_tests.rs"]
mod tests;
