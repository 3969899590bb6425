//! What becomes of a password, and what the old one is still good for.

use super::deeds::or_nothing;
use crate::cli::base::times::TimeFormat;
use crate::domain::old_password::OldPassword;
use crate::ops::outcome::Outcome;

/// What becomes of the password where the second factor is reset.
pub(super) fn password_is(outcome: &Outcome, times: &TimeFormat) -> String {
    match (outcome.link_expires_at, &outcome.old_password) {
        (Some(end), _) => format!(
            "; reset link valid until {}; {}",
            times.end(end),
            old_password(outcome.old_password.as_ref(), times)
        ),
        (None, Some(OldPassword::Void { since })) => format!(
            "; the password stays void since {}: a new one has to be set",
            times.at(*since)
        ),
        (None, Some(OldPassword::None)) => String::new(),
        (None, _) => "; password unchanged".to_owned(),
    }
}

/// How somebody signs in who was let in again.
pub(super) fn signs_in(outcome: &Outcome, times: &TimeFormat) -> String {
    match &outcome.old_password {
        Some(OldPassword::Void { since }) => format!(
            "the password is void since {}, so a new one has to be set first",
            times.at(*since)
        ),
        Some(OldPassword::Expired { .. }) => {
            "signs in with the password they have, which has expired here: a new one is asked for"
                .to_owned()
        }
        _ => "signs in with the password they have".to_owned(),
    }
}

/// What the password that a reset link replaces is good for until then (P3).
fn old_password(old: Option<&OldPassword>, times: &TimeFormat) -> String {
    match old {
        Some(OldPassword::Void { since }) => format!(
            "the old password has been void since {}, so only a new one lets them in",
            times.at(*since)
        ),
        Some(OldPassword::LockedByHand) => {
            "the account is locked by hand, so neither the old password nor a new one works until that is opened"
                .to_owned()
        }
        Some(OldPassword::Locked { since, .. }) => format!(
            "the account is locked since {}, so the old password does not work; a new one opens the lock",
            times.at(*since)
        ),
        Some(OldPassword::Expired {
            panels,
            works_elsewhere,
        }) => {
            let elsewhere = or_nothing(*works_elsewhere, "; elsewhere it works until the link is used");
            format!(
                "the old password has expired in {}, so a new one has to be set there{elsewhere}",
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
            "the old password has been void since {} already; open sessions ended",
            times.at(*since)
        ),
        _ if voided => "password set → voided, it no longer works; open sessions ended".to_owned(),
        old => old_password(old.as_ref(), times),
    };
    let printed = or_nothing(printed, "; a notice goes to the person, the link to you");
    format!("reset link valid until {until}; {old}{printed}")
}
