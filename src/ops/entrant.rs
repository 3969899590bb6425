//! What a panel learns of somebody who is in.

use jiff::Timestamp;

use crate::domain::account::Account;

/// What a panel may show about the second factor of somebody who is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Until when the IP they come from is trusted, if it is (X1).
    pub ip_trusted_until: Option<Timestamp>,
    /// Backup codes that are left, if an authenticator is set up (T3).
    pub backup_codes_left: Option<i64>,
}

/// What a panel learns of somebody who is in.
#[derive(Clone, Debug)]
pub struct Entrant {
    /// The person.
    pub account: Account,
    /// Their role in this panel.
    pub role: String,
    /// When the access ends.
    pub access_until: Option<Timestamp>,
    /// Their second factor.
    pub standing: Standing,
}
