//! What a panel learns about somebody who is signed in.

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::trusted_ip::Placeless;

/// Why an IP that somebody asked to trust is not trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTrusted {
    /// The panel did not send the IP.
    NoIp,
    /// The panel trusts no IPs.
    SwitchedOff,
    /// It says nothing about where the person is.
    Placeless(Placeless),
}

impl NotTrusted {
    /// The word in the audit log and in the gate's `cause`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::NoIp => "no-ip",
            Self::SwitchedOff => "switched-off",
            Self::Placeless(why) => why.as_str(),
        }
    }
}

/// How a session began, and when it ends at the latest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// When the person signed in.
    pub at: Timestamp,
    /// What was passed besides the password: a method, or `trusted-ip`.
    pub passed: Option<String>,
    /// The total limit of the session.
    pub expires_at: Timestamp,
}

/// What a panel may show about the second factor of somebody who is signed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AuthContext {
    /// Whether an authenticator is set up.
    pub app_set: bool,
    /// Until when the person's current IP is trusted, if it is (X1).
    pub ip_trusted_until: Option<Timestamp>,
    /// Whether that was taken on in this very sign-in.
    pub newly_trusted: bool,
    /// Why it is not trusted, although that was requested.
    pub not_trusted: Option<NotTrusted>,
    /// Unused backup codes, if an authenticator is set up (T3).
    pub backup_codes_left: Option<i64>,
}

/// What a panel learns about somebody who is signed in.
#[derive(Clone, Debug)]
pub struct AuthenticatedUser {
    /// The person.
    pub account: Account,
    /// Their role in this panel.
    pub role: String,
    /// When the access ends.
    pub access_until: Option<Timestamp>,
    /// Their session.
    pub signed: Signed,
    /// Their second factor.
    pub context: AuthContext,
}
