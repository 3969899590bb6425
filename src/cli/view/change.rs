//! Words that the sentences of several verbs share.

use serde_json::Value;

use super::time;
use crate::cli::base::output::Field;
use crate::cli::base::printed::{Hint, PrintedCommand, hint};
use crate::cli::base::times::TimeFormat;
use crate::domain::admission::AccessStatus;
use crate::domain::old_password::OldPassword;
use crate::ops::change::ChangeResult;

/// What every change has, without the verb's own result.
pub type Facts = ChangeResult<()>;

/// Where it was so already.
pub const NOTHING: &str = "nothing changed";

/// The access as it was.
pub fn access_was(facts: &Facts) -> &'static str {
    facts
        .before
        .as_ref()
        .map_or("unknown", |was| match was.access_status {
            AccessStatus::None => "no access",
            other => other.as_str(),
        })
}

/// The role as it is.
pub fn role(facts: &Facts) -> &str {
    let is = facts.after.as_ref();
    is.and_then(|is| is.role.as_deref()).unwrap_or("member")
}

/// How long access runs now: `permanent`, or `until …`.
pub fn term(facts: &Facts, times: &TimeFormat) -> String {
    times.term(facts.after.as_ref().and_then(|is| is.access_until))
}

/// A clause about the end of a link, where one was made.
pub fn link(facts: &Facts, times: &TimeFormat) -> String {
    facts
        .link_expires_at
        .map(|end| format!("; link valid until {}", times.end(end)))
        .unwrap_or_default()
}

/// The field about the end of a link, where one was made.
pub fn link_end(field: Field, facts: &Facts) -> Vec<(Field, Value)> {
    let end = facts.link_expires_at;
    end.map(|end| (field, time(Some(end))))
        .into_iter()
        .collect()
}

/// The text where something holds, else nothing.
pub fn or_nothing(holds: bool, text: &'static str) -> &'static str {
    if holds { text } else { "" }
}

/// "2 sessions ended".
pub fn ended(sessions: usize) -> String {
    count(sessions, "session ended", "sessions ended")
}

/// A clause of its own, where there were any.
pub fn forgotten(trusted_ips: usize) -> String {
    match trusted_ips {
        0 => String::new(),
        some => format!(
            "; {}",
            count(some, "trusted IP removed", "trusted IPs removed")
        ),
    }
}

/// A number of tries, as [`count`].
pub fn counted(number: i64, one: &str, many: &str) -> String {
    count(usize::try_from(number).unwrap_or(0), one, many)
}

/// "no sessions", "1 session", "2 sessions".
pub fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

/// How somebody signs in who was let in again.
pub fn signs_in(facts: &Facts, times: &TimeFormat) -> String {
    match &facts.old_password {
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

/// What the password that a reset link replaces is good for until then (P3).
pub fn old_password(old: Option<&OldPassword>, times: &TimeFormat) -> String {
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

/// Only where somebody is let in, or gets a new password, is it news that they cannot sign in all the same (L7).
pub fn still_out(facts: &Facts, command: &dyn Fn(&[&str]) -> PrintedCommand) -> Option<Hint> {
    let status = facts.still_barred.as_ref()?;
    Some(hint!(
        format!("the account is {} all the same: see ", status.as_str()),
        command(&["why", &facts.target])
    ))
}

/// What keeps somebody out who was let in, and the command that helps.
pub fn let_in(facts: &Facts, command: &dyn Fn(&[&str]) -> PrintedCommand) -> Option<Hint> {
    still_out(facts, command).or_else(|| match &facts.old_password {
        Some(OldPassword::Void { .. }) => Some(hint!(
            "to mail a link for a new password, use ",
            command(&["reset", "password", &facts.target])
        )),
        _ => None,
    })
}

/// The same after a reset: a new password opens the locks of wrong tries, and no other.
pub fn after_reset(facts: &Facts, command: &dyn Fn(&[&str]) -> PrintedCommand) -> Option<Hint> {
    still_out(facts, command).filter(|_| facts.old_password == Some(OldPassword::LockedByHand))
}
