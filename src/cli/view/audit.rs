//! Audit entries.

mod detail;

use serde_json::{Map, Value};

use self::detail::detail;
use crate::cli::base::lines::Cell;
use crate::cli::base::output::{Heading, NONE, fields};
use crate::cli::base::times::TimeFormat;
use crate::domain::event::Action;
use crate::domain::text::hex;
use crate::domain::when::{self, rfc3339};
use crate::store::AuditEntry;

/// The columns of the table.
pub const HEADINGS: &[Heading] = &[
    Heading::numbers("SEQ"),
    Heading::times("WHEN"),
    Heading::words("WHO").spare(2),
    Heading::words("ACTION"),
    Heading::words("ADDRESS").spare(3),
    Heading::words("PANEL").spare(1),
    Heading::sentences("DETAIL"),
];

fields! {
    /// An audit entry.
    pub struct EntryFields {
        seq: i64 = "its number, from 1",
        at: String = "when",
        operator: String = "the operating-system user who ran the command, or under whom the panel runs",
        source: String = "command (an operator), gate (a panel) or self (the person)",
        action: String = "what was done: a word of --action",
        address: Option<String> = "the person; erased-… after an erasure, unreadable-… if a key is missing or the entry is damaged; null if it is not about a person",
        panel: Option<String> = "the panel, or null",
        ip: Option<String> = "the person's IP, or null",
        detail: Map<String, Value> = "what changed, as an object; its fields depend on the action; needs_key is the key that is missing in the key file where address, ip, reason and note cannot be read, and damaged is true where part of the entry is damaged",
        hash: String = "the entry's hash, which the next entry contains",
    }
}

/// Whom an entry is about: the address, or `erased-…` once the person is forgotten (U5).
pub fn address(entry: &AuditEntry) -> Option<String> {
    match (&entry.personal.address, entry.account) {
        (Some(address), _) => Some(address.clone()),
        (None, Some(reference)) => {
            let why = if entry.needs_key.is_some() || entry.damaged {
                "unreadable"
            } else {
                "erased"
            };
            Some(format!("{why}-{}", hex(&reference[..6])))
        }
        (None, None) => None,
    }
}

impl EntryFields {
    /// Those of an entry.
    pub fn of(entry: &AuditEntry) -> Self {
        Self {
            seq: entry.seq,
            at: rfc3339(entry.at),
            operator: entry.operator.clone(),
            source: entry.source.clone(),
            action: entry.action.clone(),
            address: address(entry),
            panel: entry.panel.clone(),
            ip: entry.personal.ip.clone(),
            detail: facts(entry),
            hash: hex(&entry.hash),
        }
    }
}

/// The cells of the table.
pub fn cells(entry: &AuditEntry, times: &TimeFormat) -> Vec<Cell> {
    vec![
        Cell::from(entry.seq.to_string()),
        Cell::from(when::plain(entry.at, &times.zone)),
        Cell::from(who(entry)),
        Cell::from(entry.action.clone()),
        Cell::from(address(entry).unwrap_or_else(|| NONE.into())),
        Cell::from(entry.panel.clone().unwrap_or_else(|| NONE.into())),
        Cell::from(detail(entry, &facts(entry), times)),
    ]
}

fn who(entry: &AuditEntry) -> String {
    if matches!(
        Action::parse(&entry.action),
        Some(Action::Locked | Action::LockedPermanently)
    ) {
        return "admit itself".to_owned();
    }
    match entry.source.as_str() {
        "gate" => "panel".to_owned(),
        "self" => "the person".to_owned(),
        _ => entry.operator.clone(),
    }
}

/// What changed, and why the rest is not there.
fn facts(entry: &AuditEntry) -> Map<String, Value> {
    let mut facts = entry.detail.clone();
    if let Some(key) = entry.needs_key {
        facts.insert("needs_key".into(), key.to_string().into());
    }
    if entry.damaged {
        facts.insert("damaged".into(), true.into());
    }
    facts
}

/// One line: for `show`.
pub fn line(entry: &AuditEntry, times: &TimeFormat) -> String {
    let detail = detail(entry, &facts(entry), times);
    let rest = if detail.is_empty() {
        String::new()
    } else {
        format!(": {detail}")
    };
    format!(
        "{} {} by {}{rest}",
        times.at(entry.at),
        entry.action,
        who(entry)
    )
}
