//! What a change did to one person: plain data, from which the terminal makes words and rows.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::access::Access;
use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::admission::{AccessStatus, AccountStatus};
use crate::domain::old_password::OldPassword;

use super::Op;
use super::unmet::Unmet;

/// Whether something changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// Yes.
    Done,
    /// It held already.
    Unchanged,
}

/// What there is of a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PasswordState {
    /// Nothing: not registered.
    None,
    /// One that works.
    Set,
    /// One that an operator voided.
    Voided,
}

/// The state of one person in one panel, as `before` and `after` show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// The account's status.
    pub account_status: AccountStatus,
    /// The access's status.
    pub access_status: AccessStatus,
    /// The role, if there is access.
    pub role: Option<String>,
    /// The end of access; absent is permanent, or none.
    pub access_until: Option<Timestamp>,
    /// Wrong passwords in a row.
    pub wrong_passwords: i64,
    /// Wrong codes in a row.
    pub wrong_codes: i64,
    /// Locks in a row.
    pub locks_in_a_row: i64,
    /// What there is of a password.
    pub password: PasswordState,
}

impl Snapshot {
    /// The state at the command's `now`.
    pub fn of(account: &Account, access: Option<&Access>, op: &Op) -> Self {
        Self {
            account_status: AccountStatus::of(account, op.now),
            access_status: AccessStatus::of(account, access, op.now),
            role: access.map(|access| access.role.clone()),
            access_until: access.and_then(|access| access.until),
            wrong_passwords: account.lock.wrong,
            wrong_codes: account.lock.wrong_codes,
            locks_in_a_row: account.lock.streak,
            password: match account.password {
                None => PasswordState::None,
                Some(password) if password.voided_at.is_some() => PasswordState::Voided,
                Some(_) => PasswordState::Set,
            },
        }
    }
}

/// What was done, or why nothing was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "kebab-case")]
pub enum Deed {
    /// Somebody new, or new in this panel, was invited.
    Invited,
    /// A new link went to somebody pending.
    Resent {
        /// When the link that is dead now was made.
        superseded_sent_at: Option<Timestamp>,
    },
    /// A registered person got access to one more panel.
    AccessAdded,
    /// Expired or removed access runs again.
    AccessRestored,
    /// Access runs already: nothing to invite to.
    InAlready,
    /// Invited already, and in bulk nobody is mailed twice.
    PendingAlready,
    /// An invitation was taken back.
    Revoked {
        /// The account had nothing else and was erased.
        erased: bool,
    },
    /// There was no invitation to take back.
    NothingPending,
    /// The end of access was moved.
    Extended {
        /// It is sooner than before.
        shortened: bool,
    },
    /// The end of access was there already.
    EndsSoAlready,
    /// Taken out of the panel.
    Removed {
        /// Sessions that ended.
        sessions: usize,
    },
    /// Not in the panel anyway.
    NotIn,
    /// A lock was opened.
    Unlocked {
        /// What the lock was, in words.
        was: Vec<String>,
        /// The password was voided.
        voided: bool,
        /// Locks in a row that still count, and the limit.
        streak: (i64, Option<i64>),
        /// It had locked by itself: who or what went on trying may lock it again.
        may_lock_again: bool,
    },
    /// There was no lock.
    NotLocked,
    /// A reset link was made.
    ResetStarted {
        /// The password was voided at once.
        voided: bool,
        /// The link was printed, and a notice mailed instead.
        printed: bool,
    },
    /// The second factor was taken off.
    SecondFactorReset {
        /// An authenticator was set up.
        was_set: bool,
        /// Unused backup codes that went with it.
        backup_codes: usize,
        /// Trusted IPs that were forgotten.
        trusted_ips: usize,
        /// Sessions that ended.
        sessions: usize,
        /// Codes by mail had stopped to count, and count again.
        mailed_codes_again: bool,
    },
    /// There was no second factor.
    NoSecondFactor,
    /// Locked by hand.
    LockedByHand {
        /// Until when, if it ends by itself.
        until: Option<Timestamp>,
        /// It was locked by hand already, with another reason or end.
        changed: bool,
        /// Sessions that ended.
        sessions: usize,
        /// Trusted IPs that were forgotten.
        trusted_ips: usize,
    },
    /// Locked by hand already, just so.
    LockedByHandAlready,
    /// The role was changed.
    RoleChanged {
        /// Trusted IPs that were forgotten.
        trusted_ips: usize,
    },
    /// The role was that already.
    HasRoleAlready,
    /// Taken out of every panel.
    RemovedEverywhere {
        /// Which.
        panels: Vec<String>,
        /// Sessions that ended.
        sessions: usize,
        /// They never registered, had nothing else, and were erased.
        erased: bool,
    },
    /// In no panel anyway.
    InNoPanel,
    /// What is known of the person was changed.
    Edited {
        /// Which of `name`, `phone`, `lang`.
        changed: Vec<String>,
        /// What became of the address.
        address: AddressStep,
    },
    /// It was so already.
    AsItWas,
    /// Forgotten.
    Erased {
        /// In how many panels they had or had had access.
        panels: usize,
    },
}

impl Deed {
    /// Whether somebody was forgotten, as was asked for.
    pub fn erases(&self) -> bool {
        matches!(self, Self::Erased { .. })
    }
}

/// What became of an address.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "step", rename_all = "kebab-case")]
pub enum AddressStep {
    /// Nothing.
    Kept,
    /// A link went to the new one.
    Requested {
        /// The new one.
        to: String,
    },
    /// They never registered: it was changed at once.
    Moved {
        /// The one before.
        from: String,
        /// How many new invitations were made.
        invitations: usize,
    },
    /// A change that waited was called off.
    Cancelled {
        /// The address that it was to be.
        to: String,
    },
}

/// What `edit` changes of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// The address.
    pub address: String,
    /// What people call them.
    pub name: Option<String>,
    /// E.164.
    pub phone: Option<String>,
    /// BCP 47.
    pub lang: Option<String>,
    /// An address that waits to be confirmed.
    pub new_address: Option<String>,
}

impl Known {
    /// What is known of an account, and the address that waits to become its.
    pub fn of(account: &Account, waits: Option<&Address>) -> Self {
        Self {
            address: account.address.as_str().to_owned(),
            name: account.name.clone(),
            phone: account.phone.clone(),
            lang: account.lang.clone(),
            new_address: waits.map(|waits| waits.as_str().to_owned()),
        }
    }

    /// Name, phone and language, each with its word.
    pub fn fields(&self) -> [(&'static str, Option<&str>); 3] {
        [
            ("name", self.name.as_deref()),
            ("phone", self.phone.as_deref()),
            ("lang", self.lang.as_deref()),
        ]
    }
}

/// One person's row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// The address, as it is stored.
    pub target: String,
    /// The panel.
    pub panel: String,
    /// Whether something changed.
    pub status: Status,
    /// What was done.
    pub deed: Deed,
    /// What was; absent if nobody had the address.
    pub before: Option<Snapshot>,
    /// What is; absent if the account was erased.
    pub after: Option<Snapshot>,
    /// What was and is known of the person, where that is what the change is about.
    pub known: Option<Box<(Known, Known)>>,
    /// The link that was made.
    pub link_id: Option<i64>,
    /// When that link is over.
    pub link_expires_at: Option<Timestamp>,
    /// The mail that was queued.
    pub mail_id: Option<i64>,
    /// A notice that was queued besides, to be sent as well.
    pub notice_id: Option<i64>,
    /// Locked or disabled all the same (L7): the status, if it stands in the way.
    pub still_barred: Option<AccountStatus>,
    /// What the password that the person has is good for, where that matters to what was done.
    pub old_password: Option<OldPassword>,
    /// What was asked for and did not come about.
    pub unmet: Option<Box<Unmet>>,
}

impl Outcome {
    /// A row in which nothing changed.
    pub(super) fn unchanged(
        account: &Account,
        access: Option<&Access>,
        panel: &str,
        deed: Deed,
        op: &Op,
    ) -> Self {
        let now = Snapshot::of(account, access, op);
        Self {
            target: account.address.as_str().to_owned(),
            panel: panel.to_owned(),
            status: Status::Unchanged,
            deed,
            before: Some(now.clone()),
            after: Some(now.clone()),
            known: None,
            link_id: None,
            link_expires_at: None,
            mail_id: None,
            notice_id: None,
            still_barred: barred(&now),
            old_password: None,
            unmet: None,
        }
    }

    /// A row in which something changed.
    pub(super) fn done(
        target: &str,
        panel: &str,
        deed: Deed,
        before: Option<Snapshot>,
        after: Option<Snapshot>,
    ) -> Self {
        let still_barred = after.as_ref().and_then(barred);
        Self {
            target: target.to_owned(),
            panel: panel.to_owned(),
            status: Status::Done,
            deed,
            before,
            after,
            known: None,
            link_id: None,
            link_expires_at: None,
            mail_id: None,
            notice_id: None,
            still_barred,
            old_password: None,
            unmet: None,
        }
    }
}

/// The status that keeps somebody out whatever their access (L7).
fn barred(now: &Snapshot) -> Option<AccountStatus> {
    Some(now.account_status).filter(|status| {
        matches!(
            status,
            AccountStatus::Disabled | AccountStatus::Locked | AccountStatus::LockedPermanently
        )
    })
}
