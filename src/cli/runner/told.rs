//! What a change did to one person, as a row: what was, what is, what happens next.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::cli::base::colour::Role;
use crate::cli::base::output::{Change, Field, Row, Status};
use crate::cli::base::printed::{Hint, PrintedCommand};
use crate::cli::base::times::TimeFormat;
use crate::cli::view::change::Facts;
use crate::cli::view::mail::{mail_role, next_try};
use crate::cli::view::{rows, time};
use crate::domain::text::shown;
use crate::mail::LinkText;
use crate::ops::change::{self, ChangeResult, Snapshot};
use crate::store::{MailRow, MailState};

/// The commands for people, made from their words.
pub type Commands<'a> = &'a dyn Fn(&[&str]) -> PrintedCommand;

/// A verb's result in words. Each verb implements it for its own result, beside its command; `facts` is what every change
/// has, whichever verb made it.
pub trait Told: Clone + Serialize + DeserializeOwned + 'static {
    /// The word in `action` (SURFACE) where something changed, also in a results file.
    fn action(&self) -> &'static str;

    /// What was done, or why nothing was, in a sentence.
    fn sentence(&self, facts: &Facts, times: &TimeFormat) -> String;

    /// The fields that rows of this verb have beside those of every change.
    fn fields(&self, _facts: &Facts) -> Vec<(Field, Value)> {
        Vec::new()
    }

    /// What was and what is, where the change is about the person and not about their access.
    fn person(&self) -> Option<(Value, Value)> {
        None
    }

    /// What to do next.
    fn hints(&self, _facts: &Facts, _times: &TimeFormat, _command: Commands<'_>) -> Vec<Hint> {
        Vec::new()
    }

    /// Whether somebody was erased, as was asked for.
    fn erases(&self) -> bool {
        false
    }
}

/// The word in `action`: `none` where nothing changed.
pub fn action<C: Told>(result: &ChangeResult<C>) -> &'static str {
    match result.status {
        change::Status::Done => result.change.action(),
        change::Status::Unchanged => "none",
    }
}

/// The status of the row.
pub fn status(status: change::Status) -> Status {
    match status {
        change::Status::Done => Status::Done,
        change::Status::Unchanged => Status::Unchanged,
    }
}

/// What is only known after the commit: the mail's fate, and the link if it is to be printed.
#[derive(Clone, Debug, Default)]
pub struct Aftermath {
    /// The mail that was queued.
    pub mail: Option<MailRow>,
    /// The link and its token.
    pub link: Option<(LinkText, String)>,
}

/// The row of a result.
pub fn row<C: Told>(
    result: &ChangeResult<C>,
    aftermath: &Aftermath,
    dry_run: bool,
    times: &TimeFormat,
    command: Commands<'_>,
) -> Row {
    let facts = result.clone().map(|_| ());
    let status = status(result.status);
    let mut message = result.change.sentence(&facts, times);
    let short = in_short(&message, aftermath, would_mail(&facts, dry_run));
    if let Some(mail) = &aftermath.mail {
        message.push_str("; ");
        message.push_str(&mail_sentence(mail, times));
    } else if would_mail(&facts, dry_run) {
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
        let sentence = format!("{}: {message}", facts.target);
        format!("{}\n  {}\n", shown(&sentence), shown(link))
    });
    let person = result.change.person();
    let about_access = person.is_none();
    let (was, is) = person.unwrap_or_else(|| {
        (
            snapshot(facts.before.as_ref()),
            snapshot(facts.after.as_ref()),
        )
    });
    let mut row = Row::change(&facts.target, Some(&facts.panel), status)
        .before(was)
        .after(is)
        .message(message);
    row = match lines {
        Some(lines) => row.raw(lines),
        None => row.in_short(short),
    };
    let hints = result.change.hints(&facts, times, command);
    if !hints.is_empty() {
        row = row.hint(Hint::joined(hints, "; "));
    }
    row = row.field(&rows::ACTION, action(result));
    for (field, value) in result.change.fields(&facts) {
        row = row.field(&field, value);
    }
    common_fields(row, &facts, aftermath, dry_run, about_access)
}

/// The change for a table of several: its first clause says what was and what is.
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

/// The fields that rows of several verbs have. Which of them a row has is the verb's to say: what is missing here is null
/// there.
fn common_fields(
    row: Row,
    facts: &Facts,
    aftermath: &Aftermath,
    dry_run: bool,
    about_access: bool,
) -> Row {
    let after = facts.after.as_ref();
    let mut row = row.field(
        &rows::ACCOUNT_STATUS,
        after.map(|after| after.account_status.as_str()),
    );
    if about_access {
        row = row
            .field(&rows::ROLE, after.and_then(|after| after.role.clone()))
            .field(
                &rows::ACCESS_UNTIL,
                time(after.and_then(|after| after.access_until)),
            );
    }
    if let Some(mail) = &aftermath.mail {
        row = row.field(
            &rows::MAIL,
            json!({ "id": mail.id, "state": mail.state.as_str(), "detail": mail.detail }),
        );
    } else if would_mail(facts, dry_run) {
        row = row.field(
            &rows::MAIL,
            json!({ "id": null, "state": "queued", "detail": null }),
        );
    }
    if let Some((link, token)) = &aftermath.link {
        let url = match link {
            LinkText::Url(url) => Some(url.clone()),
            LinkText::Token(_) => None,
        };
        row = row
            .field(&rows::LINK, url)
            .field(&rows::TOKEN, token.clone());
    }
    row
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

/// Whether a mail was queued and taken back with everything else.
fn would_mail(facts: &Facts, dry_run: bool) -> bool {
    dry_run && facts.mail_id.is_some()
}

/// What became of a mail, in a clause.
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
