//! What happens to a password, and what the old one is still good for.

use super::deeds::or_nothing;
use crate::cli::base::times::TimeFormat;
use crate::domain::old_password::OldPassword;
use crate::ops::outcome::Outcome;

/// What happens to the password when the second factor is reset.
pub(super) fn password_is(outcome: &Outcome, times: &TimeFormat) -> String {
    match (outcome.link_expires_at, &outcome.old_password) {
        (Some(end), _) => format!(
            "; reset link valid until {}; {}",
            times.end(end),
            old_password(outcome.old_password.as_ref(), times)
        ),
        (None, Some(OldPassword::Void { since })) => format!(
            "; the password stays void since {}: the person must set a new one",
            times.at(*since)
        ),
        (None, Some(OldPassword::None)) => String::new(),
        (None, _) => "; password unchanged".to_owned(),
    }
}

/// How somebody signs in after access was restored.
pub(super) fn signs_in(outcome: &Outcome, times: &TimeFormat) -> String {
    match &outcome.old_password {
        Some(OldPassword::Void { since }) => format!(
            "the password has been void since {}, so the person must first set a new one",
            times.at(*since)
        ),
        Some(OldPassword::Expired { .. }) => {
            "signs in with the existing password, which has expired here: they will be asked for a new one"
                .to_owned()
        }
        _ => "signs in with the existing password".to_owned(),
    }
}

/// What the password that a reset link will replace is good for until then (P3).
fn old_password(old: Option<&OldPassword>, times: &TimeFormat) -> String {
    match old {
        Some(OldPassword::Void { since }) => format!(
            "the old password has been void since {}, so only a new one works",
            times.at(*since)
        ),
        Some(OldPassword::LockedByHand) => {
            "an operator has locked the account, so neither the old nor a new password works until it is unlocked"
                .to_owned()
        }
        Some(OldPassword::Locked { since, .. }) => format!(
            "the account has been locked since {}, so the old password does not work; a new one unlocks it",
            times.at(*since)
        ),
        Some(OldPassword::Expired {
            panels,
            works_elsewhere,
        }) => {
            let elsewhere = or_nothing(*works_elsewhere, "; elsewhere it works until the link is used");
            format!(
                "the old password has expired in {}, so a new one is required there{elsewhere}",
                panels.join(", ")
            )
        }
        Some(OldPassword::None | OldPassword::Works) | None => {
            "the old password works until it is used".to_owned()
        }
    }
}

/// A reset link was made.
pub(super) fn reset_started(
    voided: bool,
    printed: bool,
    outcome: &Outcome,
    times: &TimeFormat,
) -> String {
    let until = outcome
        .link_expires_at
        .map(|end| times.end(end))
        .unwrap_or_default();
    let old = match &outcome.old_password {
        Some(OldPassword::Void { since }) if voided => format!(
            "the old password was already void, since {}; open sessions ended",
            times.at(*since)
        ),
        _ if voided => "password set → voided; open sessions ended".to_owned(),
        old => old_password(old.as_ref(), times),
    };
    let printed = or_nothing(printed, "; the person is mailed a notice, and the link is printed here");
    format!("reset link valid until {until}; {old}{printed}")
}
