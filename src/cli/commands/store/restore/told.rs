//! What `admit store restore` asks and says.

use std::path::Path;

use serde_json::{Value, json};

use super::super::counted;
use super::RestoreRow;
use super::plan::Applied;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::{Finish, Row, Status};
use crate::cli::base::printed::{Hint, command, hint};
use crate::domain::when;
use crate::ops::reconcile::{Accepted, Reconciled};
use crate::store::{Backup, Lost, Moved};

/// How the next command sees the store.
pub(super) enum After {
    /// It uses it.
    Usable,
    /// It refuses it as an older copy.
    Older,
    /// It uses it, and says that it is a copy of that file.
    Copy(Option<String>),
}

/// What the row says.
pub(super) struct Told<'a> {
    pub(super) place: &'a str,
    pub(super) backup: Option<(&'a str, &'a Backup<'a>)>,
    pub(super) moved: Option<&'a Moved>,
    pub(super) aside: Option<&'a Path>,
    pub(super) after: After,
    pub(super) lost: Option<&'a Lost>,
    pub(super) applied: Applied,
}

impl Told<'_> {
    pub(super) fn tell(&self, cx: &mut Context) -> Result<Finish, CliError> {
        let message = self.message(cx);
        let (reconciled, accepted) = match &self.applied {
            Applied::Reconciled(done) => (Some(done), None),
            Applied::Accepted(done) => (None, Some(done)),
            Applied::None => (None, None),
        };
        let count = |table: &str| self.moved.map(|moved| moved.counts.of(table));
        let mut row = Row::change(self.place, None, Status::Done)
            .with(RestoreRow {
                backup: self.backup.map(|(name, _)| name.to_owned()),
                made_at: json!(self.backup.map(|(_, backup)| backup.header().made_at)),
                people: count("account"),
                audit_entries: count("audit"),
                rows: self.moved.map(|moved| moved.counts.total()),
                kept_as: self.aside.map(|aside| aside.display().to_string()),
                older: matches!(self.after, After::Older),
                lost: lost_fields(self.lost),
                reconciled: reconciled_fields(reconciled),
                accepted: accepted_fields(accepted),
            })
            .message(message);
        if let Some(next) = self.next(reconciled) {
            row = row.hint(next);
        }
        cx.row(row)?;
        Ok(Finish::Done)
    }

    fn message(&self, cx: &Context) -> String {
        let mut parts = Vec::new();
        if let (Some((name, backup)), Some(moved)) = (self.backup, self.moved) {
            parts.push(format!(
                "restored from {name}, made {}: {}",
                when::local(backup.header().made_at, &cx.tz),
                counted(moved.counts.of("account"), moved.counts.of("audit"))
            ));
        }
        match &self.applied {
            Applied::Reconciled(done) => parts.push(reconciled_sentence(done)),
            Applied::Accepted(done) => parts.push(accepted_sentence(*done)),
            Applied::None => {}
        }
        if let Some(lost) = self.lost {
            let sentence = lost_entries(cx, lost);
            parts.push(sentence[..1].to_lowercase() + &sentence[1..]);
        }
        if let Some(aside) = self.aside {
            parts.push(format!("the previous store is {}", aside.display()));
        }
        let would = if cx.dry_run() { "would be: " } else { "" };
        format!("{would}{}", parts.join("; "))
    }

    fn next(&self, reconciled: Option<&Reconciled>) -> Option<Hint> {
        let accept = command(&["store", "restore", "--accept"]);
        match &self.after {
            After::Older => Some(hint!(
                "it is an older copy, and refused until ",
                command(&["store", "restore", "--reconcile"]),
                " has ended what it brings back, or ",
                accept,
                " has accepted it as it is"
            )),
            After::Copy(of) => Some(hint!(
                format!(
                    "it is a copy of the store{}, which still exists: to keep working with both, run ",
                    of.as_ref().map(|of| format!(" {of}")).unwrap_or_default()
                ),
                accept
            )),
            After::Usable if reconciled.is_some_and(|it| it.ended.invitations > 0) => Some(hint!(
                "people who have not registered need a new link; list them with ",
                command(&["list", "--status", "unregistered"]).in_no_panel(),
                ", and resend"
            )),
            After::Usable => None,
        }
    }
}

/// `--accept` on a store that is no older copy.
pub(super) fn nothing_to_accept(cx: &mut Context, place: &str) -> Result<Finish, CliError> {
    let row = Row::change(place, None, Status::Unchanged)
        .with(RestoreRow::default())
        .message("is not an older copy: nothing changed");
    cx.row(row)?;
    Ok(Finish::Done)
}

/// Which entries are lost, as a sentence without a full stop.
pub(super) fn lost_entries(cx: &Context, lost: &Lost) -> String {
    let at = lost.last_at.map(|at| when::local(at, &cx.tz));
    let one = at.as_ref().map(|at| format!(", from {at},"));
    let one = one.unwrap_or_default();
    let last = lost.last;
    match lost.first {
        Some(first) if first == last => format!("Entry {last} of the audit log{one} is lost"),
        Some(first) => {
            let until = at.map(|at| format!(" (the last one is from {at})"));
            let until = until.unwrap_or_default();
            format!("Entries {first} to {last} of the audit log are lost{until}")
        }
        None => format!(
            "Entry {last} of the audit log (generation {}){one} is lost, and an unknown number of entries before it",
            lost.epoch
        ),
    }
}

/// What reconciling would do, as the start of a question.
pub(super) fn to_be_ended(done: &Reconciled) -> String {
    let (ended, erased) = listed(done);
    let mut parts = Vec::new();
    if !ended.is_empty() {
        parts.push(format!("end {}", ended.join(", ")));
    }
    if let Some(erased) = erased {
        parts.push(format!("erase {erased} again"));
    }
    let text = if parts.is_empty() {
        format!("begin generation {}, with nothing to end,", done.epoch)
    } else {
        parts.join(" and ")
    };
    text[..1].to_uppercase() + &text[1..]
}

fn lost_fields(lost: Option<&Lost>) -> Value {
    match lost {
        None => Value::Null,
        Some(lost) => json!({
            "first": lost.first,
            "last": lost.last,
            "last_at": lost.last_at,
            "epoch": lost.epoch,
        }),
    }
}

fn accepted_fields(done: Option<&Accepted>) -> Value {
    match done {
        None => Value::Null,
        Some(done) => json!({ "epoch": done.epoch, "erased": done.erased }),
    }
}

fn accepted_sentence(done: Accepted) -> String {
    let erased = match done.erased {
        0 => String::new(),
        1 => "; 1 person erased again".to_owned(),
        many => format!("; {many} people erased again"),
    };
    format!(
        "accepted as it is; generation {} begins{erased}",
        done.epoch
    )
}

/// Each number with its words, one and many.
fn numbers(done: &Reconciled) -> [(&'static str, usize, &'static str, &'static str); 10] {
    let ended = &done.ended;
    [
        ("erased", done.erased, "person", "people"),
        ("sessions", ended.sessions, "session", "sessions"),
        (
            "invitations",
            ended.invitations,
            "invitation",
            "invitations",
        ),
        ("links", ended.links, "other link", "other links"),
        ("tickets", ended.tickets, "ticket", "tickets"),
        ("sent_codes", ended.sent_codes, "sent code", "sent codes"),
        (
            "backup_codes",
            ended.backup_codes,
            "backup code",
            "backup codes",
        ),
        (
            "factor_offers",
            ended.factor_offers,
            "pending second-factor set-up",
            "pending second-factor set-ups",
        ),
        (
            "trusted_ips",
            ended.trusted_ips,
            "trusted IP",
            "trusted IPs",
        ),
        (
            "address_changes",
            ended.address_changes,
            "unconfirmed address",
            "unconfirmed addresses",
        ),
    ]
}

/// What is ended, in words, and who is erased again.
fn listed(done: &Reconciled) -> (Vec<String>, Option<String>) {
    let mut erased = None;
    let mut ended = Vec::new();
    for (key, count, one, many) in numbers(done) {
        let words = format!("{count} {}", if count == 1 { one } else { many });
        match (key, count) {
            (_, 0) => {}
            ("erased", _) => erased = Some(words),
            _ => ended.push(words),
        }
    }
    (ended, erased)
}

fn reconciled_sentence(done: &Reconciled) -> String {
    let (ended, erased) = listed(done);
    let erased = erased.map(|erased| format!("; {erased} erased again"));
    let ended = if ended.is_empty() {
        "there was nothing to end".to_owned()
    } else {
        format!("ended {}", ended.join(", "))
    };
    format!(
        "generation {} begins; {ended}{}",
        done.epoch,
        erased.unwrap_or_default()
    )
}

fn reconciled_fields(done: Option<&Reconciled>) -> Value {
    let Some(done) = done else {
        return Value::Null;
    };
    let mut fields = serde_json::Map::new();
    fields.insert("epoch".into(), done.epoch.into());
    for (key, count, _, _) in numbers(done) {
        fields.insert(key.into(), count.into());
    }
    Value::Object(fields)
}
