//! Whether a person can sign in, and if not, why. This is the only place that decides (D3).
//!
//! Sign-in refuses with the first obstacle; `why` lists all of them with remedies; the statuses in lists come
//! from the same facts.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::access::Access;
use super::account::Account;
use super::panel::Panel;
use super::policy::Sessions;
use super::second_factor::FactorFacts;

/// The facts that the decision depends on.
#[derive(Clone, Debug)]
pub struct Facts<'a> {
    /// The panel the person wants to enter.
    pub panel: &'a Panel,
    /// The person; `None` if no account has the address.
    pub account: Option<&'a Account>,
    /// Their access to this panel, removed or not.
    pub access: Option<&'a Access>,
    /// Their second factor.
    pub factor: FactorFacts,
    /// Since when they are signed in to this panel, if they are.
    pub signed_in_since: Option<Timestamp>,
}

/// Why somebody cannot sign in: the gate's words. Their order is D3's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// No account has this address.
    UnknownAddress,
    /// Locked by an operator.
    Disabled,
    /// Too many locks in a row.
    LockedPermanently,
    /// No password yet.
    Unregistered,
    /// No access to this panel, or it was removed.
    NoAccess,
    /// The access has ended.
    AccessExpired,
    /// The panel's trial has ended.
    TrialEnded,
    /// Too many wrong passwords in a row.
    Locked,
    /// An operator voided the password.
    PasswordResetRequired,
    /// The password is older, or was shorter, than the panel allows.
    PasswordExpired,
    /// The panel requires a second factor and the person can use none of its methods.
    SecondFactorSetupRequired,
    /// Signed in elsewhere, and the panel allows one session.
    AlreadySignedIn,
}

impl Reason {
    /// All of them, in D3's order.
    pub const ALL: [Self; 12] = [
        Self::UnknownAddress,
        Self::Disabled,
        Self::LockedPermanently,
        Self::Unregistered,
        Self::NoAccess,
        Self::AccessExpired,
        Self::TrialEnded,
        Self::Locked,
        Self::PasswordResetRequired,
        Self::PasswordExpired,
        Self::SecondFactorSetupRequired,
        Self::AlreadySignedIn,
    ];

    /// The word that the gate and JSON output use.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::UnknownAddress => "unknown-address",
            Self::Disabled => "disabled",
            Self::LockedPermanently => "locked-permanently",
            Self::Unregistered => "unregistered",
            Self::NoAccess => "no-access",
            Self::AccessExpired => "access-expired",
            Self::TrialEnded => "trial-ended",
            Self::Locked => "locked",
            Self::PasswordResetRequired => "password-reset-required",
            Self::PasswordExpired => "password-expired",
            Self::SecondFactorSetupRequired => "second-factor-setup-required",
            Self::AlreadySignedIn => "already-signed-in",
        }
    }
}

/// One reason why the person cannot sign in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Obstacle {
    /// The reason.
    pub reason: Reason,
    /// Since when, if that is known.
    pub since: Option<Timestamp>,
    /// Until when, if it ends by itself.
    pub until: Option<Timestamp>,
}

/// Every obstacle at `now`, in D3's order. If it is empty, the correct password lets the person in.
pub fn obstacles(facts: &Facts<'_>, now: Timestamp) -> Vec<Obstacle> {
    let Some(account) = facts.account else {
        return vec![Obstacle {
            reason: Reason::UnknownAddress,
            since: None,
            until: None,
        }];
    };
    Reason::ALL
        .into_iter()
        .filter_map(|reason| obstacle(reason, facts, account, now))
        .collect()
}

fn obstacle(
    reason: Reason,
    facts: &Facts<'_>,
    account: &Account,
    now: Timestamp,
) -> Option<Obstacle> {
    let (since, until) = match reason {
        Reason::UnknownAddress => return None,
        Reason::Disabled => {
            let lock = account.disabled_at(now)?;
            (Some(lock.at), lock.until)
        }
        Reason::LockedPermanently => (Some(account.lock.permanent_at?), None),
        Reason::Unregistered => {
            if account.is_registered() {
                return None;
            }
            (Some(account.created_at), None)
        }
        Reason::NoAccess => match facts.access {
            None => (None, None),
            Some(access) => (Some(access.removed_at?), None),
        },
        Reason::AccessExpired => {
            let access = facts.access.filter(|access| access.removed_at.is_none())?;
            (Some(access.until.filter(|until| now >= *until)?), None)
        }
        Reason::TrialEnded => (
            Some(facts.panel.trial_ends_at.filter(|end| now >= *end)?),
            None,
        ),
        Reason::Locked => {
            if account.lock.permanent_at.is_some() {
                return None;
            }
            (Some(account.lock.locked_at?), None)
        }
        Reason::PasswordResetRequired => (Some(account.password?.voided_at?), None),
        Reason::PasswordExpired => {
            let password = account
                .password
                .filter(|password| password.voided_at.is_none())?;
            (
                Some(password_expired_at(facts.panel, &password, now)?),
                None,
            )
        }
        Reason::SecondFactorSetupRequired => {
            if !account.is_registered() || !facts.factor.is_missing(&facts.panel.policy) {
                return None;
            }
            (None, None)
        }
        Reason::AlreadySignedIn => {
            if facts.panel.policy.sessions != Sessions::OneRefuse {
                return None;
            }
            (Some(facts.signed_in_since?), None)
        }
    };
    Some(Obstacle {
        reason,
        since,
        until,
    })
}

/// Since when the password has not been good enough for this panel: too old (P4), or chosen under a shorter
/// minimum length than the panel requires (P2).
pub fn password_expired_at(
    panel: &Panel,
    password: &super::account::PasswordFacts,
    now: Timestamp,
) -> Option<Timestamp> {
    if password.met_length < panel.policy.shortest_password() {
        return Some(password.set_at);
    }
    let expiry = panel.policy.password_expiry?;
    let over = password.set_at.checked_add(expiry).ok()?;
    (now >= over).then_some(over)
}

/// When the current password expires in a panel that lets passwords expire (P4).
pub fn password_expires_at(panel: &Panel, account: &Account) -> Option<Timestamp> {
    account
        .password?
        .set_at
        .checked_add(panel.policy.password_expiry?)
        .ok()
}

/// The status of a person, in any panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccountStatus {
    /// Locked by an operator.
    Disabled,
    /// Too many locks in a row.
    LockedPermanently,
    /// Too many wrong passwords.
    Locked,
    /// No password yet.
    Unregistered,
    /// None of the above.
    Active,
}

impl AccountStatus {
    /// All of them; the first that applies is the status.
    pub const ALL: [Self; 5] = [
        Self::Disabled,
        Self::LockedPermanently,
        Self::Locked,
        Self::Unregistered,
        Self::Active,
    ];

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Disabled => "disabled",
            Self::LockedPermanently => "locked-permanently",
            Self::Locked => "locked",
            Self::Unregistered => "unregistered",
            Self::Active => "active",
        }
    }

    /// The status of an account at `now`.
    pub fn of(account: &Account, now: Timestamp) -> Self {
        if account.disabled_at(now).is_some() {
            Self::Disabled
        } else if account.lock.permanent_at.is_some() {
            Self::LockedPermanently
        } else if account.lock.locked_at.is_some() {
            Self::Locked
        } else if account.is_registered() {
            Self::Active
        } else {
            Self::Unregistered
        }
    }
}

/// The status of a person's access to one panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AccessStatus {
    /// Running, but the person has not registered.
    Invited,
    /// Running.
    Active,
    /// Running, and ends within a week.
    Expiring,
    /// Its end has passed.
    Expired,
    /// Removed by an operator.
    Removed,
    /// Never granted.
    None,
}

impl AccessStatus {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Invited,
        Self::Active,
        Self::Expiring,
        Self::Expired,
        Self::Removed,
        Self::None,
    ];

    /// The word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::Removed => "removed",
            Self::None => "none",
        }
    }

    /// The status of an access at `now`.
    pub fn of(account: &Account, access: Option<&Access>, now: Timestamp) -> Self {
        match access {
            None => Self::None,
            Some(access) if access.removed_at.is_some() => Self::Removed,
            Some(access) if access.is_over(now) => Self::Expired,
            Some(_) if !account.is_registered() => Self::Invited,
            Some(access) if access.is_expiring(now) => Self::Expiring,
            Some(_) => Self::Active,
        }
    }
}

/// The words that a list can be filtered by, in alphabetical order.
pub fn list_statuses() -> Vec<&'static str> {
    let mut known: Vec<&str> = vec!["active", "expiring", "pending"];
    known.extend(Reason::ALL.map(Reason::as_str));
    known.extend(AccountStatus::ALL.map(AccountStatus::as_str));
    known.extend(AccessStatus::ALL.map(AccessStatus::as_str));
    known.sort_unstable();
    known.dedup();
    known
}

/// The status shown in lists: the first obstacle's reason, else `expiring` or `active`.
pub fn status_word(facts: &Facts<'_>, now: Timestamp) -> &'static str {
    if let Some(first) = obstacles(facts, now).first() {
        return first.reason.as_str();
    }
    if facts.access.is_some_and(|access| access.is_expiring(now)) {
        "expiring"
    } else {
        "active"
    }
}

#[cfg(test)]
#[path = "admission_tests.rs"]
mod tests;
