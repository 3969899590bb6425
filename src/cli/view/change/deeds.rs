//! What was done to one person, in a sentence.

use jiff::Timestamp;

use super::passwords::{password_is, reset_started, signs_in};
use crate::cli::base::times::TimeFormat;
use crate::domain::admission::AccessStatus;
use crate::ops::outcome::{AddressStep, Deed, Outcome, PasswordState, Snapshot};

pub(super) fn sentence(outcome: &Outcome, times: &TimeFormat) -> String {
    let panel = outcome.panel.as_str();
    let (was, is) = (outcome.before.as_ref(), outcome.after.as_ref());
    let access_was = was.map_or("unknown", |was| match was.access_status {
        AccessStatus::None => "no access",
        other => other.as_str(),
    });
    let role = is.and_then(|is| is.role.as_deref()).unwrap_or("member");
    let term = times.term(is.and_then(|is| is.access_until));
    let link = outcome
        .link_expires_at
        .map(|end| format!("; link valid until {}", times.end(end)))
        .unwrap_or_default();
    match &outcome.deed {
        Deed::Invited => format!("{access_was} → invited to {panel} as {role}, {term}{link}"),
        Deed::Resent { superseded_sent_at } => {
            let dead = superseded_sent_at
                .map(|sent| format!("; the previous link, from {}, no longer works", times.at(sent)))
                .unwrap_or_default();
            format!("invited → invited again to {panel} as {role}, {term}{dead}{link}")
        }
        Deed::AccessAdded | Deed::AccessRestored => format!(
            "{access_was} → active in {panel} as {role}, {term}; {}",
            signs_in(outcome, times)
        ),
        Deed::InAlready => {
            let notifies = outcome.unmet.as_ref().is_some_and(|unmet| unmet.notify);
            let no_mail = or_nothing(notifies, ", no mail");
            format!("already in {panel} as {role}, {term}: {NOTHING}{no_mail}")
        }
        Deed::PendingAlready => {
            format!("already invited to {panel} as {role}, {term}: {NOTHING}, no mail")
        }
        Deed::Revoked { erased } => revoked(panel, *erased),
        Deed::NothingPending => format!("has no invitation to {panel}: {NOTHING}"),
        Deed::Extended { shortened } => {
            let before = times.term(was.and_then(|was| was.access_until));
            let sooner = or_nothing(*shortened, "; sooner than before");
            let link = outcome
                .link_expires_at
                .map(|end| format!("; the invitation link ends with it, {}", times.end(end)))
                .unwrap_or_default();
            format!("{before} → {term} in {panel}{sooner}{link}")
        }
        Deed::EndsSoAlready => format!("already {term} in {panel}: {NOTHING}"),
        Deed::Removed { sessions } => format!(
            "{access_was} → removed from {panel}; {}; account, password and other panels stay",
            ended(*sessions)
        ),
        Deed::NotIn => format!("is not in {panel}: {NOTHING}"),
        Deed::Unlocked {
            was: locks,
            voided,
            streak,
            may_lock_again,
        } => unlocked(locks, *voided, *streak, *may_lock_again, was, is, &link),
        Deed::LockedByHand {
            until,
            changed,
            sessions,
            trusted_ips,
        } => locked_by_hand(was, *until, *changed, *sessions, *trusted_ips, times),
        Deed::LockedByHandAlready => {
            format!("already locked by an operator, with this reason and end: {NOTHING}")
        }
        Deed::RoleChanged { trusted_ips } => format!(
            "{} → {role} in {panel}{}; open sessions get the new rights at their next check",
            was.and_then(|was| was.role.as_deref()).unwrap_or("none"),
            forgotten(*trusted_ips)
        ),
        Deed::HasRoleAlready => format!("already {role} in {panel}: {NOTHING}"),
        Deed::RemovedEverywhere {
            panels,
            sessions,
            erased,
        } => removed_everywhere(panels, *sessions, *erased),
        Deed::InNoPanel => format!("is in no panel: {NOTHING}"),
        Deed::Erased { panels } => format!(
            "erased: account, links, sessions, trusted IPs and mail, in {}; the audit log keeps the events, without name and address",
            count(*panels, "panel", "panels")
        ),
        Deed::Edited { address, .. } => edited(outcome, address, times),
        Deed::AsItWas => format!("already so: {NOTHING}"),
        Deed::NotLocked => format!("is not locked: {NOTHING}"),
        Deed::NoSecondFactor => format!("has no second factor: {NOTHING}"),
        Deed::SecondFactorReset {
            was_set,
            backup_codes,
            trusted_ips,
            sessions,
            mailed_codes_again,
        } => [
            factor_was(*was_set, *backup_codes),
            or_nothing(*mailed_codes_again, "; codes by mail count again").to_owned(),
            wrong_codes(was, is),
            forgotten(*trusted_ips),
            some_ended(*sessions),
            password_is(outcome, times),
            or_nothing(
                *was_set,
                "; no authenticator protects the account until a new one is set up",
            )
            .to_owned(),
        ]
        .concat(),
        Deed::ResetStarted { voided, printed } => reset_started(*voided, *printed, outcome, times),
    }
}

/// If nothing had to change.
const NOTHING: &str = "nothing changed";

pub(super) fn or_nothing(holds: bool, text: &'static str) -> &'static str {
    if holds { text } else { "" }
}

fn ended(sessions: usize) -> String {
    count(sessions, "session ended", "sessions ended")
}

/// A clause of its own, where there were any.
fn forgotten(trusted_ips: usize) -> String {
    match trusted_ips {
        0 => String::new(),
        some => format!(
            "; {}",
            count(some, "trusted IP removed", "trusted IPs removed")
        ),
    }
}

fn revoked(panel: &str, erased: bool) -> String {
    let rest = or_nothing(
        erased,
        "; account deleted: it had no other access",
    );
    format!("invited → not in {panel}; the link no longer works{rest}")
}

fn removed_everywhere(panels: &[String], sessions: usize, erased: bool) -> String {
    let panels = panels.join(", ");
    if erased {
        return format!(
            "invited to {panels} → in no panel; account deleted: they never registered"
        );
    }
    let ended = ended(sessions);
    format!("in {panels} → in no panel; {ended}; account and password stay")
}

fn locked_by_hand(
    was: Option<&Snapshot>,
    until: Option<Timestamp>,
    changed: bool,
    sessions: usize,
    trusted_ips: usize,
    times: &TimeFormat,
) -> String {
    let was = was.map_or("active", |was| was.account_status.as_str());
    let since = or_nothing(changed, ", with a new reason or end");
    let end = until.map_or_else(
        || "until an operator unlocks it".to_owned(),
        |until| format!("until {}", times.end(until)),
    );
    format!(
        "{was} → disabled {end}{since}; {}{}; password, access and second factor stay",
        ended(sessions),
        forgotten(trusted_ips)
    )
}

fn factor_was(was_set: bool, backup_codes: usize) -> String {
    if was_set {
        format!(
            "second factor: an authenticator and {} → none",
            count(backup_codes, "backup code", "backup codes")
        )
    } else {
        "no second factor was set".to_owned()
    }
}

fn some_ended(sessions: usize) -> String {
    match sessions {
        0 => String::new(),
        some => format!("; {}", ended(some)),
    }
}

/// Wrong codes that no longer count.
fn wrong_codes(was: Option<&Snapshot>, is: Option<&Snapshot>) -> String {
    let wrong = was.map_or(0, |was| was.wrong_codes);
    if wrong == 0 || is.is_none_or(|is| is.wrong_codes != 0) {
        return String::new();
    }
    format!("; {} → 0", counted(wrong, "wrong code", "wrong codes"))
}

fn edited(outcome: &Outcome, address: &AddressStep, times: &TimeFormat) -> String {
    let mut parts = Vec::new();
    if let Some((was, is)) = outcome.known.as_deref() {
        let words = ["name", "phone", "language"];
        for ((word, was), is) in words.iter().zip(was.fields()).zip(is.fields()) {
            if was != is {
                let told = |value: Option<&str>| value.unwrap_or("none").to_owned();
                parts.push(format!("{word} {} → {}", told(was.1), told(is.1)));
            }
        }
    }
    if let Deed::Edited { changed, .. } = &outcome.deed
        && changed.iter().any(|word| word == "phone")
        && outcome.mail_id.is_some()
        && !matches!(address, AddressStep::Moved { .. })
    {
        parts.push("a notice about the phone number is mailed".to_owned());
    }
    match address {
        AddressStep::Kept => {}
        AddressStep::Requested { to } => {
            let until = outcome
                .link_expires_at
                .map(|end| times.at(end))
                .unwrap_or_default();
            parts.push(format!(
                "a link to confirm {to} was mailed there, valid until {until}; until then nothing changes; the old address is notified"
            ));
        }
        AddressStep::Moved { from, invitations } => {
            let sent = match invitations {
                0 => "no running access, so no invitation was sent".to_owned(),
                some => format!(
                    "{}; links sent to the old address no longer work",
                    count(*some, "new invitation", "new invitations")
                ),
            };
            parts.push(format!(
                "address {from} → {}, at once, since they never registered; {sent}",
                outcome.target
            ));
        }
        AddressStep::Cancelled { to } => {
            parts.push(format!(
                "the change to {to} is cancelled; its link no longer works"
            ));
        }
    }
    parts.join("; ")
}

fn unlocked(
    locks: &[String],
    voided: bool,
    (streak, most): (i64, Option<i64>),
    may_lock_again: bool,
    was: Option<&Snapshot>,
    is: Option<&Snapshot>,
    link: &str,
) -> String {
    let mut parts = vec![format!(
        "{} → {}",
        locks.join(" and "),
        is.map_or("active", |is| is.account_status.as_str())
    )];
    let (passwords, codes) = was.map_or((0, 0), |was| (was.wrong_passwords, was.wrong_codes));
    for (wrong, one, many) in [
        (passwords, "wrong password", "wrong passwords"),
        (codes, "wrong code", "wrong codes"),
    ] {
        if wrong > 0 {
            parts.push(format!("{} → 0", counted(wrong, one, many)));
        }
    }
    match is.map(|is| is.password) {
        None | Some(PasswordState::None) => {}
        Some(_) if voided => parts.push("password voided".into()),
        Some(PasswordState::Set) => parts.push("password unchanged".into()),
        Some(PasswordState::Voided) => {
            parts.push("the password stays void: the person must set a new one".into());
        }
    }
    if let Some(most) = most.filter(|_| streak > 0) {
        parts.push(format!(
            "locks in a row stay {streak} of {most} until they sign in"
        ));
    }
    if may_lock_again {
        parts.push("it will lock again if the same device keeps trying".into());
    }
    format!("{}{link}", parts.join("; "))
}

fn counted(number: i64, one: &str, many: &str) -> String {
    count(usize::try_from(number).unwrap_or(0), one, many)
}

fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}
