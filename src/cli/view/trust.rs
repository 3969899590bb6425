//! Trusted IPs.

mod told;

use std::borrow::Cow;

use jiff::{SignedDuration, Timestamp};
use serde::Serialize;
use serde_json::{Value, json};

use self::told::{hint, sentence};
use super::time;
use crate::cli::base::colour::Role;
use crate::cli::base::lines::Cell;
use crate::cli::base::output::{Heading, Record, Row, Status, fields};
use crate::cli::base::printed::PrintedCommand;
use crate::cli::base::times::TimeFormat;
use crate::cli::view::rows;
use crate::domain::panel::Panel;
use crate::domain::trusted_ip::Trust;
use crate::domain::when::{rfc3339, span};
use crate::ops::change;
use crate::ops::trust::{Purged, TrustChange, TrustResult};
use crate::store::ListedTrust;

/// The columns of the table.
pub const HEADINGS: &[Heading] = &[
    Heading::numbers("ID"),
    Heading::words("NETWORK"),
    Heading::words("FOR"),
    Heading::words("PANEL"),
    Heading::words("LAST USED").spare(1),
    Heading::words("ENDS"),
    Heading::sentences("ADDED"),
];

/// The columns where there is one panel only: it need not be named in each row.
pub const HEADINGS_OF_ONE: &[Heading] = &[
    Heading::numbers("ID"),
    Heading::words("NETWORK"),
    Heading::words("FOR"),
    Heading::words("LAST USED").spare(1),
    Heading::words("ENDS"),
    Heading::sentences("ADDED"),
];

fields! {
    /// A change of a trusted IP.
    pub struct ChangeFields {
        target = "the address or network",
        ..rows::PANEL,
        ..rows::STATUS,
        action: &'static str = "trusted, changed, removed or none",
        id: Option<i64> = "the number of the entry, or null",
        address: Option<String> = "the person; null means everyone in the panel",
        ends_at: Value = "when it ends, or null",
        removed: usize = "how many entries were removed",
        before = "the entry before, or null: note, last_used_at, stated_end_at, ends_at",
        after = "the entry after, in the same fields, or null",
        ..rows::MESSAGE,
        ..rows::HINT,
    }
}

fields! {
    /// A purge of trusted IPs.
    pub struct PurgeFields {
        target = "the person, or the panel",
        ..rows::PANEL,
        ..rows::STATUS,
        action: &'static str = "purged or none",
        address: Option<String> = "the person; null means everyone in the panel",
        removed: usize = "how many entries were removed",
        before = "trusted_ips: how many before",
        after = "trusted_ips: how many after",
        ..rows::MESSAGE,
        ..rows::HINT,
    }
}

fields! {
    /// One row of the list.
    #[derive(Serialize)]
    pub struct ListedRow<'a> {
        id: i64 = "its number",
        network: String = "the address or network",
        panel: &'a str = "the panel it is for",
        address: Option<&'a str> = "the person; null means everyone in the panel",
        status: &'static str = "live, over (ended), or off if the panel trusts no IPs",
        created_by: Option<&'a str> = "the operator; null if the person created it",
        created_at: String = "since when it is trusted",
        code_entered_at: Option<String> = "when the person entered the code that it is based on, or null",
        last_used_at: Option<String> = "when it last made a code unnecessary, or null",
        ends_at: Option<String> = "when it ends; null if the panel trusts no IPs",
        note: Option<&'a str> = "the operator's note, or null",
        #[serde(skip)]
        trust: &'a Trust,
        #[serde(skip)]
        lifetime: Option<SignedDuration>,
        #[serde(skip)]
        one_panel: bool,
        #[serde(skip)]
        times: &'a TimeFormat,
    }
}

impl<'a> ListedRow<'a> {
    /// The row of an entry of a panel, which is named in the table unless it is the only one.
    pub fn new(
        listed: &'a ListedTrust,
        panel: &'a Panel,
        one_panel: bool,
        times: &'a TimeFormat,
    ) -> Self {
        let trust = &listed.trust;
        let lifetime = panel.policy.trusted_ips;
        Self {
            id: trust.id,
            network: trust.network.to_string(),
            panel: &panel.name,
            address: listed.address.as_deref(),
            status: match lifetime {
                None => "off",
                Some(_) if trust.is_live(lifetime, times.now) => "live",
                Some(_) => "over",
            },
            created_by: Some(trust.created_by.as_str()).filter(|by| !by.is_empty()),
            created_at: rfc3339(trust.created_at),
            code_entered_at: trust.code_entered_at.map(rfc3339),
            last_used_at: trust.last_used_at.map(rfc3339),
            ends_at: ends_at(trust, lifetime).map(rfc3339),
            note: trust.note.as_deref(),
            trust,
            lifetime,
            one_panel,
            times,
        }
    }
}

impl Record for ListedRow<'_> {
    fn cells(&self) -> Vec<Cell> {
        let used = self.trust.last_used_at;
        let ends = ends_at(self.trust, self.lifetime);
        let mut cells = vec![
            Cell::from(self.id.to_string()),
            Cell::from(self.network.as_str()),
            Cell::from(if self.one_panel || self.address.is_some() {
                whom(self.address, self.panel)
            } else {
                "everyone".to_owned()
            }),
        ];
        if !self.one_panel {
            cells.push(Cell::from(self.panel));
        }
        let note = self.note.map(|note| format!(" ({note})"));
        cells.extend([
            Cell::from(used.map_or_else(|| "never".to_owned(), |at| self.times.ago(at))),
            match (self.status, ends) {
                ("live", Some(at)) => Cell::from(self.times.ago(at)),
                (_, Some(at)) => Cell::new(format!("ended {}", self.times.ago(at)), Role::Dim),
                (_, None) => Cell::new("not used", Role::Dim),
            },
            Cell::from(format!(
                "{} by {}{}",
                self.times.ago(self.trust.created_at),
                self.created_by.unwrap_or("the person"),
                note.unwrap_or_default()
            )),
        ]);
        cells
    }

    fn plain(&self) -> Option<Cow<'_, str>> {
        Some(Cow::Borrowed(&self.network))
    }
}

/// `everyone in main`, or the address.
fn whom(address: Option<&str>, panel: &str) -> String {
    address.map_or_else(|| format!("everyone in {panel}"), str::to_owned)
}

fn ends_at(trust: &Trust, lifetime: Option<SignedDuration>) -> Option<Timestamp> {
    lifetime.map(|lifetime| trust.ends_at(lifetime))
}

/// The row of a change.
pub fn row(
    outcome: &TrustResult,
    dry_run: bool,
    times: &TimeFormat,
    command: &dyn Fn(&[&str]) -> PrintedCommand,
) -> Row {
    let status = status(outcome.status);
    let entry = outcome.after.as_ref().or(outcome.before.as_ref());
    let now = outcome.after.as_ref();
    let is_new = dry_run && outcome.change == TrustChange::Trusted;
    let row = Row::change(outcome.network.to_string(), Some(&outcome.panel), status)
        .with(ChangeFields {
            action: match outcome.change {
                TrustChange::Trusted => "trusted",
                TrustChange::Changed => "changed",
                TrustChange::Removed { .. } => "removed",
                TrustChange::TrustedAlready | TrustChange::NotTrusted => "none",
            },
            // An id that a dry run got will be another's.
            id: entry.filter(|_| !is_new).map(|entry| entry.id),
            address: outcome.address.clone(),
            ends_at: time(now.and_then(|entry| ends_at(entry, outcome.lifetime))),
            removed: match &outcome.change {
                TrustChange::Removed { ids, .. } => ids.len(),
                _ => 0,
            },
        })
        .before(snapshot(outcome.before.as_ref(), outcome.lifetime))
        .after(snapshot(now, outcome.lifetime))
        .message(conditional(sentence(outcome, times), status, dry_run));
    match hint(outcome, command) {
        Some(hint) => row.hint(hint),
        None => row,
    }
}

fn status(status: change::Status) -> Status {
    match status {
        change::Status::Done => Status::Done,
        change::Status::Unchanged => Status::Unchanged,
    }
}

fn conditional(message: String, status: Status, dry_run: bool) -> String {
    if dry_run && status == Status::Done {
        format!("would change: {message}")
    } else {
        message
    }
}

fn snapshot(entry: Option<&Trust>, lifetime: Option<SignedDuration>) -> Value {
    entry.map_or(Value::Null, |entry| {
        json!({
            "note": entry.note,
            "last_used_at": time(entry.last_used_at),
            "stated_end_at": time(entry.until),
            "ends_at": time(ends_at(entry, lifetime)),
        })
    })
}

/// `until Thu 31 Dec 2026 …`, or `until unused for 30 days`.
fn term(entry: Option<&Trust>, lifetime: Option<SignedDuration>, times: &TimeFormat) -> String {
    match (entry.and_then(|entry| entry.until), lifetime) {
        (None, Some(lifetime)) => {
            format!("until it is unused for {}", span(lifetime))
        }
        (until, _) => times.term(until),
    }
}

/// `1 trusted IP`, `12 trusted IPs`.
pub fn number(entries: usize) -> String {
    match entries {
        1 => "1 trusted IP".to_owned(),
        entries => format!("{entries} trusted IPs"),
    }
}

/// The row of a purge.
pub fn purged(done: &Purged, dry_run: bool) -> Row {
    let some = done.entries > 0;
    let status = if some {
        Status::Done
    } else {
        Status::Unchanged
    };
    let target = done.address.as_deref().unwrap_or(&done.panel);
    let message = if some {
        format!(
            "{} → none in {}; codes are required again from the next sign-in on",
            number(done.entries),
            done.panel
        )
    } else {
        format!("has no trusted IPs in {}: nothing changed", done.panel)
    };
    let message = if done.for_everyone {
        format!("{message}; entries for everyone there still make a code unnecessary")
    } else {
        message
    };
    Row::change(target, Some(&done.panel), status)
        .with(PurgeFields {
            action: if some { "purged" } else { "none" },
            address: done.address.clone(),
            removed: done.entries,
        })
        .before(json!({ "trusted_ips": done.entries }))
        .after(json!({ "trusted_ips": 0 }))
        .message(conditional(message, status, dry_run))
}
