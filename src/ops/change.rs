//! What a change did to one person: plain data, from which the terminal makes words and rows.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::access::Access;
use crate::domain::account::Account;
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

/// What a change did to one person. `C` is the verb's own result: what was done, or why nothing was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeResult<C> {
    /// The address, as it is stored.
    pub target: String,
    /// The panel.
    pub panel: String,
    /// Whether something changed.
    pub status: Status,
    /// What was done, or why nothing was.
    pub change: C,
    /// What was; absent if nobody had the address.
    pub before: Option<Snapshot>,
    /// What is; absent if the account was erased.
    pub after: Option<Snapshot>,
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

impl<C> ChangeResult<C> {
    /// The same as the result of another verb.
    pub fn map<D>(self, turn: impl FnOnce(C) -> D) -> ChangeResult<D> {
        ChangeResult {
            target: self.target,
            panel: self.panel,
            status: self.status,
            change: turn(self.change),
            before: self.before,
            after: self.after,
            link_id: self.link_id,
            link_expires_at: self.link_expires_at,
            mail_id: self.mail_id,
            notice_id: self.notice_id,
            still_barred: self.still_barred,
            old_password: self.old_password,
            unmet: self.unmet,
        }
    }

    /// A row in which nothing changed.
    pub(super) fn unchanged(
        account: &Account,
        access: Option<&Access>,
        panel: &str,
        change: C,
        op: &Op,
    ) -> Self {
        let now = Snapshot::of(account, access, op);
        Self {
            target: account.address.as_str().to_owned(),
            panel: panel.to_owned(),
            status: Status::Unchanged,
            change,
            before: Some(now.clone()),
            after: Some(now.clone()),
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
        change: C,
        before: Option<Snapshot>,
        after: Option<Snapshot>,
    ) -> Self {
        let still_barred = after.as_ref().and_then(barred);
        Self {
            target: target.to_owned(),
            panel: panel.to_owned(),
            status: Status::Done,
            change,
            before,
            after,
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
