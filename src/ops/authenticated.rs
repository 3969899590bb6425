//! What a panel learns of somebody who is in.

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::trusted_ip::Placeless;

/// Why an IP that somebody wants to trust is not trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotTrusted {
    /// Nobody says which it is.
    NoIp,
    /// The panel trusts none.
    SwitchedOff,
    /// It says nothing about where they are.
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

/// What a panel may show about the second factor of somebody who is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Until when the IP they come from is trusted, if it is (X1).
    pub ip_trusted_until: Option<Timestamp>,
    /// Why it is not, though that was asked for.
    pub not_trusted: Option<NotTrusted>,
    /// Backup codes that are left, if an authenticator is set up (T3).
    pub backup_codes_left: Option<i64>,
}

/// What a panel learns of somebody who is in.
#[derive(Clone, Debug)]
pub struct AuthenticatedUser {
    /// The person.
    pub account: Account,
    /// Their role in this panel.
    pub role: String,
    /// When the access ends.
    pub access_until: Option<Timestamp>,
    /// Their second factor.
    pub standing: Standing,
}
