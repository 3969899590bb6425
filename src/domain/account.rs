//! One person: address, name, one password, one count of wrong attempts. An account belongs to no panel.

use jiff::Timestamp;

use super::address::Address;
use super::lockout::LockFacts;

/// The random identity under which the audit names an account (U5); it says nothing about the person.
pub type AccountRef = [u8; 16];

/// Everything the rules need to know about a person, without secrets.
#[derive(Clone, Debug)]
pub struct Account {
    /// Row id inside this store.
    pub id: i64,
    /// Identity in the audit.
    pub reference: AccountRef,
    /// The only address, also the sign-in name.
    pub address: Address,
    /// The person's name.
    pub name: Option<String>,
    /// The phone number in E.164 form.
    pub phone: Option<String>,
    /// BCP 47 language of their mail.
    pub lang: Option<String>,
    /// When the account was created.
    pub created_at: Timestamp,
    /// Absent until they register.
    pub password: Option<PasswordFacts>,
    /// Wrong attempts and locks (L1–L5).
    pub lock: LockFacts,
    /// Since when mailed codes do not count, because the password was reset by mail and no other method has
    /// been used since (T4): access to the mailbox alone must not be enough.
    pub mail_barred_at: Option<Timestamp>,
    /// When an operator removed the second factor after identifying the person (T6); `None` once another
    /// method was used, or the password was reset without an operator.
    pub factor_reset_at: Option<Timestamp>,
    /// Set while an operator has locked the account by hand (L7).
    pub disabled: Option<Disabled>,
    /// Last completed sign-in to any panel.
    pub last_sign_in_at: Option<Timestamp>,
}

/// What is known about a password without knowing the password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PasswordFacts {
    /// When it was chosen.
    pub set_at: Timestamp,
    /// The minimum length, in code points, that it met when it was chosen (P2).
    pub met_length: i64,
    /// When an operator voided it (P3 `--now`, L5): the person must set a new one.
    pub voided_at: Option<Timestamp>,
}

/// A lock set by an operator (L7).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Disabled {
    /// Since when.
    pub at: Timestamp,
    /// When it ends by itself, if it does.
    pub until: Option<Timestamp>,
    /// The operator's reason.
    pub reason: String,
}

impl Account {
    /// Whether the account has a password, even one that was voided.
    pub fn is_registered(&self) -> bool {
        self.password.is_some()
    }

    /// The operator's lock, if it is in force at `now` (W2).
    pub fn disabled_at(&self, now: Timestamp) -> Option<&Disabled> {
        self.disabled
            .as_ref()
            .filter(|lock| lock.until.is_none_or(|until| now < until))
    }
}
