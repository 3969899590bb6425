//! What a change did, one line a person: what was, what is, what happens next.

use serde_json::{Value, json};

use super::{Eyes, time};
use crate::cli::output::{Row, Status};
use crate::domain::admission::AccessStatus;
use crate::domain::text::shown;
use crate::mail::LinkText;
use crate::ops::outcome::{self, Deed, Outcome, PasswordState, Snapshot};
use crate::store::{MailRow, MailState};

/// What is only known after the commit: the mail's fate, and the link if it is to be printed.
#[derive(Clone, Debug, Default)]
pub struct Aftermath {
    /// The mail that was queued.
    pub mail: Option<MailRow>,
    /// The link and its token.
    pub link: Option<(LinkText, String)>,
}

/// The row of an outcome.
pub fn row(
    outcome: &Outcome,
    aftermath: &Aftermath,
    dry_run: bool,
    eyes: &Eyes,
    command: &dyn Fn(&[&str]) -> String,
) -> Row {
    let status = match outcome.status {
        outcome::Status::Done => Status::Done,
        outcome::Status::Unchanged => Status::Unchanged,
    };
    let mut message = sentence(outcome, eyes);
    if let Some(mail) = &aftermath.mail {
        message.push_str("; ");
        message.push_str(&mail_sentence(mail));
    } else if would_mail(outcome, dry_run) {
        message.push_str("; mail would be queued");
    }
    if dry_run && status == Status::Done {
        message = format!("would change: {message}");
    }
    // A line of its own, to be copied.
    let lines = aftermath.link.as_ref().map(|(link, token)| {
        let link = match link {
            LinkText::Url(url) => url,
            LinkText::Token(_) => token,
        };
        let sentence = format!("{}: {message}", outcome.target);
        format!("{}\n  {}\n", shown(&sentence), shown(link))
    });
    let mut row = Row::change(&outcome.target, Some(&outcome.panel), status)
        .before(snapshot(outcome.before.as_ref()))
        .after(snapshot(outcome.after.as_ref()))
        .message(message);
    if let Some(lines) = lines {
        row = row.raw(lines);
    }
    if let Some(hint) = hint(outcome, command) {
        row = row.hint(hint);
    }
    fields(row, outcome, aftermath, dry_run)
}

/// The fields beside those that every change has.
fn fields(row: Row, outcome: &Outcome, aftermath: &Aftermath, dry_run: bool) -> Row {
    let after = outcome.after.as_ref();
    let mail = match &aftermath.mail {
        Some(mail) => json!({ "id": mail.id, "state": mail.state.as_str(), "detail": mail.detail }),
        None if would_mail(outcome, dry_run) => {
            json!({ "id": null, "state": "queued", "detail": null })
        }
        None => Value::Null,
    };
    let superseded = match &outcome.deed {
        Deed::Resent { superseded_sent_at } => *superseded_sent_at,
        _ => None,
    };
    let mut row = row
        .field("action", action(&outcome.deed))
        .field(
            "account_status",
            after.map(|after| after.account_status.as_str()),
        )
        .field("role", after.and_then(|after| after.role.clone()))
        .field(
            "access_until",
            time(after.and_then(|after| after.access_until)),
        )
        .field("mail", mail);
    row = match &outcome.deed {
        Deed::ResetStarted { .. }
        | Deed::Unlocked { .. }
        | Deed::NotLocked
        | Deed::SecondFactorReset { .. }
        | Deed::NoSecondFactor => row.field("link_expires_at", time(outcome.link_expires_at)),
        _ => row
            .field("invitation_expires_at", time(outcome.link_expires_at))
            .field("superseded_sent_at", time(superseded)),
    };
    if let Some((link, token)) = &aftermath.link {
        let url = match link {
            LinkText::Url(url) => Some(url.clone()),
            LinkText::Token(_) => None,
        };
        row = row.field("link", url).field("token", token.clone());
    }
    row
}

/// The word in `action` (SURFACE), also in a results file.
pub fn action(deed: &Deed) -> &'static str {
    match deed {
        Deed::Invited => "invited",
        Deed::Resent { .. } => "resent",
        Deed::AccessAdded => "access-added",
        Deed::AccessRestored => "access-restored",
        Deed::Revoked { .. } => "revoked",
        Deed::Extended { .. } => "extended",
        Deed::Removed { .. } => "removed",
        Deed::Unlocked { .. } => "unlocked",
        Deed::ResetStarted { .. } => "reset-started",
        Deed::SecondFactorReset { .. } => "second-factor-reset",
        Deed::InAlready { .. }
        | Deed::PendingAlready
        | Deed::NothingPending
        | Deed::EndsSoAlready
        | Deed::NotIn
        | Deed::NotLocked
        | Deed::NoSecondFactor => "none",
    }
}

fn snapshot(snapshot: Option<&Snapshot>) -> Value {
    snapshot.map_or(Value::Null, |snapshot| {
        json!({
            "account_status": snapshot.account_status.as_str(),
            "access_status": snapshot.access_status.as_str(),
            "role": snapshot.role,
            "access_until": time(snapshot.access_until),
            "wrong_passwords": snapshot.wrong_passwords,
            "locks_in_a_row": snapshot.locks_in_a_row,
            "password": snapshot.password,
        })
    })
}

fn sentence(outcome: &Outcome, eyes: &Eyes) -> String {
    let panel = &outcome.panel;
    let was = outcome.before.as_ref();
    let access_was = was.map_or("unknown", |was| match was.access_status {
        AccessStatus::None => "no access",
        other => other.as_str(),
    });
    let is = outcome.after.as_ref();
    let role = is.and_then(|is| is.role.as_deref()).unwrap_or("member");
    let term = eyes.term(is.and_then(|is| is.access_until));
    let link = outcome
        .link_expires_at
        .map(|end| format!("; link valid until {}", eyes.at(end)))
        .unwrap_or_default();
    match &outcome.deed {
        Deed::Invited => format!("{access_was} → invited to {panel} as {role}, {term}{link}"),
        Deed::Resent { superseded_sent_at } => {
            let dead = superseded_sent_at
                .map(|sent| format!("; the link from {} is dead", eyes.at(sent)))
                .unwrap_or_default();
            format!("invited → invited again to {panel} as {role}, {term}{dead}{link}")
        }
        Deed::AccessAdded | Deed::AccessRestored => {
            format!(
                "{access_was} → active in {panel} as {role}, {term}; signs in with the password they have"
            )
        }
        Deed::InAlready { .. } => {
            format!("is in {panel} already as {role}, {term}: nothing changed")
        }
        Deed::PendingAlready => {
            format!("is invited to {panel} already as {role}, {term}: nothing changed, no mail")
        }
        Deed::Revoked { erased } => {
            let rest = if *erased {
                "; they had nothing else, so the account is gone too"
            } else {
                ""
            };
            format!("invited → not in {panel}; the link is dead{rest}")
        }
        Deed::NothingPending => format!("has no invitation to {panel}: nothing changed"),
        Deed::Extended { shortened } => {
            let sooner = if *shortened {
                "; that is sooner than before"
            } else {
                ""
            };
            format!(
                "{} → {term} in {panel}{sooner}",
                eyes.term(was.and_then(|was| was.access_until))
            )
        }
        Deed::EndsSoAlready => format!("is {term} in {panel} already: nothing changed"),
        Deed::Removed { sessions } => {
            let ended = count(*sessions, "session ended", "sessions ended");
            format!(
                "{access_was} → removed from {panel}; {ended}; account, password and other panels stay"
            )
        }
        Deed::NotIn => format!("is not in {panel}: nothing changed"),
        Deed::Unlocked {
            was: locks,
            voided,
            streak,
            may_lock_again,
        } => unlocked(locks, *voided, *streak, *may_lock_again, was, is, &link),
        Deed::NotLocked => "is not locked: nothing changed".to_owned(),
        Deed::NoSecondFactor => "has no second factor: nothing changed".to_owned(),
        Deed::SecondFactorReset {
            was_set,
            backup_codes,
            trusted_ips,
            sessions,
            mailed_codes_again,
        } => {
            let mut parts = vec![if *was_set {
                format!(
                    "second factor: an authenticator and {} → none",
                    count(*backup_codes, "backup code", "backup codes")
                )
            } else {
                "no second factor was set".to_owned()
            }];
            if *mailed_codes_again {
                parts.push("codes by mail count again".to_owned());
            }
            if *trusted_ips > 0 {
                parts.push(count(
                    *trusted_ips,
                    "trusted IP forgotten",
                    "trusted IPs forgotten",
                ));
            }
            if *sessions > 0 {
                parts.push(count(*sessions, "session ended", "sessions ended"));
            }
            parts.push(match outcome.link_expires_at {
                Some(end) => format!("reset link valid until {}", eyes.at(end)),
                None => "password unchanged".to_owned(),
            });
            if *was_set {
                parts.push(
                    "no authenticator protects the account until a new one is set up".to_owned(),
                );
            }
            parts.join("; ")
        }
        Deed::ResetStarted { voided, printed } => {
            let until = outcome
                .link_expires_at
                .map(|end| eyes.at(end))
                .unwrap_or_default();
            let old = if *voided {
                "password set → voided, it no longer works"
            } else {
                "the old password works until it is used"
            };
            let printed = if *printed {
                "; a notice goes to the person, the link to you"
            } else {
                ""
            };
            format!("reset link valid until {until}; {old}{printed}")
        }
    }
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
    let wrong = was.map_or(0, |was| was.wrong_passwords);
    if wrong > 0 {
        parts.push(format!(
            "{} → 0",
            count(
                usize::try_from(wrong).unwrap_or(0),
                "wrong password",
                "wrong passwords"
            )
        ));
    }
    if is.is_some_and(|is| is.password != PasswordState::None) {
        parts.push(if voided {
            "password voided".into()
        } else {
            "password unchanged".into()
        });
    }
    if let Some(most) = most.filter(|_| streak > 0) {
        parts.push(format!(
            "locks in a row stay {streak} of {most} until they sign in"
        ));
    }
    if may_lock_again {
        parts.push("it will lock again if the same device goes on trying".into());
    }
    format!("{}{link}", parts.join("; "))
}

fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}

/// Whether a mail was queued and taken back with everything else.
fn would_mail(outcome: &Outcome, dry_run: bool) -> bool {
    dry_run && outcome.mail_id.is_some()
}

/// What became of a mail, in a clause.
fn mail_sentence(mail: &MailRow) -> String {
    let detail = mail.detail.as_deref().unwrap_or_default();
    match mail.state {
        MailState::Sent => format!("mail {detail}"),
        MailState::Queued if detail.is_empty() => "mail queued".to_owned(),
        MailState::Queued => format!("mail queued, tried in vain so far: {detail}"),
        MailState::Failed => format!("mail failed: {detail}"),
        MailState::Lapsed => format!("mail not sent: {detail}"),
    }
}

fn hint(outcome: &Outcome, command: &dyn Fn(&[&str]) -> String) -> Option<String> {
    let target = outcome.target.as_str();
    // Only where somebody is let in is it news that they cannot come in all the same (L7).
    let lets_in = matches!(
        outcome.deed,
        Deed::Invited
            | Deed::Resent { .. }
            | Deed::AccessAdded
            | Deed::AccessRestored
            | Deed::Extended { .. }
            | Deed::InAlready { .. }
            | Deed::PendingAlready
            | Deed::EndsSoAlready
    );
    if let Some(status) = outcome.still_barred.as_ref().filter(|_| lets_in) {
        return Some(format!(
            "the account is {} all the same: see `{}`",
            status.as_str(),
            command(&["why", target])
        ));
    }
    match &outcome.deed {
        Deed::InAlready {
            other_period: true, ..
        } => Some(format!(
            "to move the end of access, use `{}`",
            command(&["extend", target, "--for", "30d"])
        )),
        Deed::InAlready {
            other_role: true, ..
        } => Some(format!(
            "an invitation does not change a role: `{}` and then invite again with --role",
            command(&["remove", target])
        )),
        Deed::PendingAlready => Some(format!(
            "to mail a new link, use `{}` or --resend-pending",
            command(&["resend", target])
        )),
        _ => None,
    }
}
