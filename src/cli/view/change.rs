//! What a change did, one line per person: before, after, what happens next.

mod deeds;
mod hints;
mod passwords;

use serde_json::{Value, json};

use self::deeds::sentence;
use self::hints::hint;
use super::mail::{mail_role, next_try};
use super::time;
use crate::cli::base::colour::Role;
use crate::cli::base::output::{Change, Row, Status};
use crate::cli::base::times::TimeFormat;
use crate::cli::base::printed::PrintedCommand;
use crate::domain::text::shown;
use crate::mail::LinkText;
use crate::ops::outcome::{self, AddressStep, Deed, Known, Outcome, Snapshot};
use crate::store::{MailRow, MailState};

/// What is known only after the commit: the state of the mail, and the link if it is printed.
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
    times: &TimeFormat,
    command: &dyn Fn(&[&str]) -> PrintedCommand,
) -> Row {
    let status = match outcome.status {
        outcome::Status::Done => Status::Done,
        outcome::Status::Unchanged => Status::Unchanged,
    };
    let mut message = sentence(outcome, times);
    let short = in_short(&message, aftermath, would_mail(outcome, dry_run));
    if let Some(mail) = &aftermath.mail {
        message.push_str("; ");
        message.push_str(&mail_sentence(mail, times));
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
        .before(state(outcome, |known| &known.0, outcome.before.as_ref()))
        .after(state(outcome, |known| &known.1, outcome.after.as_ref()))
        .message(message);
    row = match lines {
        Some(lines) => row.raw(lines),
        None => row.in_short(short),
    };
    if let Some(hint) = hint(outcome, times, command) {
        row = row.hint(hint);
    }
    fields(row, outcome, aftermath, dry_run)
}

/// The change for a table of several: what is now, which the first clause of the sentence says.
fn in_short(sentence: &str, aftermath: &Aftermath, would_mail: bool) -> Change {
    let mut clauses = sentence.split("; ").map(str::to_owned);
    Change {
        what: now(clauses.next().unwrap_or_default()),
        further: clauses.collect(),
        mail: match &aftermath.mail {
            Some(mail) => Some((mail.state.as_str(), mail_role(mail.state))),
            None => would_mail.then_some((MailState::Queued.as_str(), Role::Plain)),
        },
    }
}

/// What is now, in a clause that also says what was.
fn now(clause: String) -> String {
    match clause.rsplit_once(" → ") {
        Some((_, now)) => now.to_owned(),
        None => clause,
    }
}

/// The fields besides those that every change has. The verb decides which of them a row has: fields missing here are
/// null there.
fn fields(row: Row, outcome: &Outcome, aftermath: &Aftermath, dry_run: bool) -> Row {
    let after = outcome.after.as_ref();
    let status = after.map(|after| after.account_status.as_str());
    let mut row = row
        .field("action", action(&outcome.deed))
        .field("account_status", status);
    if outcome.known.is_none() {
        row = row
            .field("role", after.and_then(|after| after.role.clone()))
            .field(
                "access_until",
                time(after.and_then(|after| after.access_until)),
            );
    }
    if let Some(mail) = &aftermath.mail {
        row = row.field(
            "mail",
            json!({ "id": mail.id, "state": mail.state.as_str(), "detail": mail.detail }),
        );
    } else if would_mail(outcome, dry_run) {
        row = row.field(
            "mail",
            json!({ "id": null, "state": "queued", "detail": null }),
        );
    }
    if let Some(end) = outcome.link_expires_at {
        row = row.field(link_field(&outcome.deed), time(Some(end)));
    }
    match &outcome.deed {
        Deed::Resent { superseded_sent_at } => {
            row = row.field("superseded_sent_at", time(*superseded_sent_at));
        }
        Deed::Edited { changed, address } => {
            row = row
                .field("changed", json!(changed))
                .field("new_address", new_address(outcome, address));
        }
        Deed::AsItWas => row = row.field("changed", json!([])),
        _ => {}
    }
    if let Some((link, token)) = &aftermath.link {
        let url = match link {
            LinkText::Url(url) => Some(url.clone()),
            LinkText::Token(_) => None,
        };
        row = row.field("link", url).field("token", token.clone());
    }
    row
}

/// What the end of a link is called in the row.
fn link_field(deed: &Deed) -> &'static str {
    match deed {
        Deed::Edited { .. }
        | Deed::ResetStarted { .. }
        | Deed::Unlocked { .. }
        | Deed::SecondFactorReset { .. } => "link_expires_at",
        _ => "invitation_expires_at",
    }
}

/// The address that holds now, or will once it is confirmed.
fn new_address(outcome: &Outcome, step: &AddressStep) -> Option<String> {
    match step {
        AddressStep::Kept | AddressStep::Cancelled { .. } => None,
        AddressStep::Requested { to } => Some(to.clone()),
        AddressStep::Moved { .. } => Some(outcome.target.clone()),
    }
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
        Deed::Removed { .. } | Deed::RemovedEverywhere { .. } => "removed",
        Deed::Unlocked { .. } => "unlocked",
        Deed::ResetStarted { .. } => "reset-started",
        Deed::SecondFactorReset { .. } => "second-factor-reset",
        Deed::LockedByHand { .. } => "locked",
        Deed::RoleChanged { .. } => "role-changed",
        Deed::Erased { .. } => "erased",
        Deed::Edited { .. } => "edited",
        Deed::InAlready
        | Deed::PendingAlready
        | Deed::NothingPending
        | Deed::EndsSoAlready
        | Deed::NotIn
        | Deed::InNoPanel
        | Deed::AsItWas
        | Deed::NotLocked
        | Deed::NoSecondFactor
        | Deed::LockedByHandAlready
        | Deed::HasRoleAlready => "none",
    }
}

/// The state before or after: of the person if the change is about them, else of their access.
fn state(
    outcome: &Outcome,
    known: fn(&(Known, Known)) -> &Known,
    snapshot: Option<&Snapshot>,
) -> Value {
    match &outcome.known {
        Some(both) => json!(known(both)),
        None => self::snapshot(snapshot),
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
            "wrong_codes": snapshot.wrong_codes,
            "locks_in_a_row": snapshot.locks_in_a_row,
            "password": snapshot.password,
        })
    })
}

/// Whether a mail was queued and rolled back with everything else.
fn would_mail(outcome: &Outcome, dry_run: bool) -> bool {
    dry_run && outcome.mail_id.is_some()
}

/// The state of a mail, in a clause.
fn mail_sentence(mail: &MailRow, times: &TimeFormat) -> String {
    let detail = mail.detail.as_deref().unwrap_or_default();
    match mail.state {
        MailState::Sent | MailState::Written => format!("mail {detail}"),
        MailState::Queued if detail.is_empty() => "mail queued".to_owned(),
        MailState::Queued => {
            let next = next_try(mail, times).unwrap_or_default();
            format!("mail queued, {next}, not delivered so far: {detail}")
        }
        MailState::Failed => format!("mail failed: {detail}"),
        MailState::Lapsed => format!("mail not sent: {detail}"),
    }
}
