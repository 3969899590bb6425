//! Mail that is out of date: what it says was true when it was queued, and no longer is.

use jiff::Timestamp;

use crate::domain::access::Access;
use crate::domain::account::Account;
use crate::mail::MailKind;

/// Why a mail is not sent although its link, if it has one, works. Notices about past events stay true.
pub(super) fn overtaken(
    kind: MailKind,
    queued_at: Timestamp,
    account: &Account,
    access: Option<&Access>,
    now: Timestamp,
) -> Option<&'static str> {
    match kind {
        MailKind::Locked => {
            let lock = account.lock.locked_at.or(account.lock.permanent_at);
            opened(lock, queued_at)
        }
        MailKind::LockedPermanently => {
            let lock = account.lock.permanent_at;
            opened(lock, queued_at)
        }
        MailKind::AccessAdded | MailKind::AccessRestored => match access {
            Some(access) if access.is_running(now) => None,
            Some(access) if access.removed_at.is_none() => Some("the access has ended"),
            _ => Some("the access was removed again"),
        },
        MailKind::Invitation
        | MailKind::PasswordReset
        | MailKind::PasswordChanged
        | MailKind::ResetByOperatorPrinted
        | MailKind::ConfirmAddress
        | MailKind::AddressChangeRequested
        | MailKind::AddressChanged
        | MailKind::PhoneChanged
        | MailKind::SecondFactorSet
        | MailKind::SecondFactorReset
        | MailKind::SecondFactorRemoved
        | MailKind::WrongCodes
        | MailKind::BackupCodeUsed
        | MailKind::BackupCodesMade
        | MailKind::SignInCode
        | MailKind::SignInCodeSms => None,
    }
}

/// Unlocked now, or locked again since.
fn opened(locked_at: Option<Timestamp>, queued_at: Timestamp) -> Option<&'static str> {
    match locked_at {
        Some(at) if at <= queued_at => None,
        _ => Some("the account was unlocked"),
    }
}
