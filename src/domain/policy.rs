//! The policy: every limit, and what a panel requires. Defaults and ranges are in [`POLICY_KEYS`]' file.

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

/// How many wrong passwords a store may allow before a permanent lock: `wrong-passwords` × `locks-in-a-row`
/// (L4; NIST SP 800-63B-4 §3.2.2 caps consecutive failures at 100).
pub const MOST_WRONG_IN_ALL: i64 = 100;

/// Shortest password where it is the only factor (NIST SP 800-63B-4 §3.1.1.2).
pub const LENGTH_ALONE: i64 = 15;
/// Shortest password where a second factor is always required (ibid.).
pub const LENGTH_WITH_SECOND_FACTOR: i64 = 8;

/// Lifetime of the link that confirms a new address (E1).
pub const CONFIRM_LIFETIME: SignedDuration = SignedDuration::from_hours(24);
/// How long notices also go to the previous address (E1).
pub const FORMER_ADDRESS_TOLD: SignedDuration = days(7);
/// How long a revoked link is answered as revoked, even if its account was erased with it (I4).
pub const REVOKED_LINKS_REMEMBERED: SignedDuration = days(30);
/// How long unconfirmed changes of address and previous addresses are kept after their end, so that `why` can
/// name the person instead of suggesting to invite them again.
pub const ADDRESSES_REMEMBERED: SignedDuration = days(30);
/// How long a wrong password counts against the IP it came from (L9).
pub const WRONG_IPS_REMEMBERED: SignedDuration = SignedDuration::from_hours(1);
/// How many times the limit of a single IPv4 address or /64 applies to an IPv6 /48 (L9).
pub const WIDER_NETWORK: i64 = 10;
/// The hour that the limits below apply to: it starts with the first request that counts.
pub const REQUESTS_REMEMBERED: SignedDuration = SignedDuration::from_hours(1);
/// "Forgot password" requests from one network in an hour that send a link, whichever addresses they name
/// (L9).
pub const FORGOT_PER_NETWORK: i64 = 20;
/// Requests from one network in an hour for which codes are sent by mail or SMS (L9).
pub const CODES_PER_NETWORK: i64 = 100;
/// How often in an hour a person can change the password by entering the old one (L9).
pub const CHANGES_AN_HOUR: i64 = 10;
/// Wrong passwords in an hour that somebody who is signed in may type when changing it, before the session ends.
pub const OWN_PASSWORD_TRIES: i64 = 5;
/// Refusals of one kind for one person that get an audit entry each in an hour; further ones share one entry
/// (L9).
pub const REFUSALS_PER_ACCOUNT: i64 = 20;
/// The same for one network, for all people together.
pub const REFUSALS_PER_NETWORK: i64 = 100;
/// Networks whose attempts at unknown addresses get an audit entry each for an hour; the others share one per
/// panel (U1).
pub const COUNTED_NETWORKS: i64 = 1_000;
/// Lifetime of the sign-in token that is issued with a new password (L9).
pub const TICKET_LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// Lifetime of a pending second-factor set-up and its token (T5): enough time to install an app.
pub const SET_UP_LIFETIME: SignedDuration = SignedDuration::from_mins(30);
/// Lifetime of a mailed or SMS code (T4).
pub const SENT_CODE_LIFETIME: SignedDuration = SignedDuration::from_mins(10);
/// How often a mailed or SMS code can be tried; codes requested one after another share the count (T4).
pub const SENT_CODE_TRIES: i64 = 5;
/// Codes sent to one person at most, in [`SENT_CODE_LIFETIME`] and in a day.
pub const SENT_CODES: (i64, i64) = (5, 20);
/// The person is notified after this many wrong codes within [`WRONG_CODES_REMEMBERED`] (T8; ASVS 5.0 6.3.5).
pub const WRONG_CODES_TOLD: [i64; 3] = [3, 10, 30];
/// Wrong codes within [`WRONG_CODES_REMEMBERED`] that lock permanently, even with correct ones in between
/// (T8).
pub const MOST_WRONG_CODES: i64 = 100;
/// See [`MOST_WRONG_CODES`].
pub const WRONG_CODES_REMEMBERED: SignedDuration = days(30);
/// Backup codes in a set (T3).
pub const BACKUP_CODES: usize = 10;
/// How often "forgot password" mails the same link again: at most once in this time (P6).
pub const FORGOT_PAUSE: SignedDuration = SignedDuration::from_mins(5);
/// "Forgot password" mails per account and day at most (P6).
pub const FORGOT_A_DAY: i64 = 5;
/// How long a count of attempts at an unknown address is kept after the last attempt (L10). An account keeps
/// its count until its owner signs in, so a count that ended within hours would show that the address has no
/// account.
pub const UNKNOWN_REMEMBERED: SignedDuration = days(90);
/// Roughly the maximum number of those counts; the ones with the oldest attempts are dropped first.
pub const MOST_UNKNOWN: i64 = 1_000_000;
/// Mail that has waited longer deserves a warning (M5).
pub const MAIL_IS_LATE: SignedDuration = SignedDuration::from_mins(5);

/// Undelivered mail is marked as failed after this time (M1).
pub const MAIL_GIVEN_UP: SignedDuration = SignedDuration::from_hours(24);

/// The delay before delivery is retried, growing with each attempt (M1).
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
    /// From people who have set one up.
    #[default]
    Optional,
    /// From everybody.
    Required,
}

impl SecondFactor {
    /// The word in settings and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Optional => "optional",
            Self::Required => "required",
        }
    }
}

impl Sessions {
    /// The word in settings and answers.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Many => "many",
            Self::OneRefuse => "one-refuse",
            Self::OneReplace => "one-replace",
        }
    }
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

/// The settings of one panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Lifetime of an invitation (I3).
    pub invitation_lifetime: SignedDuration,
    /// Wrong passwords in a row that lock (L1).
    pub wrong_passwords: i64,
    /// Locks in a row that lock permanently (L4); `None` is off.
    pub locks_in_a_row: Option<i64>,
    /// Wrong codes in a row that lock (L6).
    pub wrong_codes: i64,
    /// Wrong passwords from one IP in an hour that are tolerated; 0 means no limit (L9).
    pub wrong_per_ip: i64,
    /// Shortest password; `None` follows the second factor (P2).
    pub password_length: Option<i64>,
    /// Maximum age of a password (P4); `None` turns it off.
    pub password_expiry: Option<SignedDuration>,
    /// Whether a second factor is required (T1).
    pub second_factor: SecondFactor,
    /// How codes reach people (T1).
    pub methods: Methods,
    /// How many steps of 30 s an authenticator's clock may be ahead (T2).
    pub totp_ahead: i64,
    /// How long an IP is trusted (X1, X4); `None` turns it off.
    pub trusted_ips: Option<SignedDuration>,
    /// How many sessions a person may have (S1).
    pub sessions: Sessions,
    /// Idle time after which a session ends (S3).
    pub session_idle: SignedDuration,
    /// Maximum lifetime of a session (S3).
    pub session_total: SignedDuration,
    /// What mail and authenticators call the panel.
    pub title: Option<String>,
    /// Who to contact when only an operator can help.
    pub support_contact: Option<String>,
    /// `https://…{token}…` for invitations.
    pub links_register: Option<String>,
    /// `https://…{token}…` for reset links.
    pub links_reset: Option<String>,
    /// `https://…{token}…` for confirming a new address.
    pub links_confirm: Option<String>,
    /// The sender of mail.
    pub sender: Option<String>,
    /// The role of an invitation that names none (R2).
    pub default_role: String,
}

/// Why a policy value was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PolicyProblem {
    /// No policy key has this name.
    #[error("there is no policy key '{0}'")]
    UnknownKey(String),
    /// The value does not fit.
    #[error("invalid value '{value}' for {key}: expected {wanted}")]
    BadValue {
        /// The key.
        key: &'static str,
        /// What was given.
        value: String,
        /// What is accepted.
        wanted: String,
    },
    /// L1 × L4 above 100.
    #[error(
        "{wrong} wrong passwords × {locks} locks would allow {} password attempts before a permanent lock; the maximum is {MOST_WRONG_IN_ALL}",
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
    /// The defaults, changed by rows of `key, value`.
    ///
    /// # Errors
    /// An unknown key, a value out of range, or a combination that is not allowed.
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

    /// Checks that the values fit together.
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
    /// The strictest of the policies of every panel that the account has access to; the defaults if there is
    /// none (W1).
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
