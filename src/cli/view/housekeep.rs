//! What was deleted because it was over.

use crate::cli::output::{Row, Status};
use crate::ops::housekeep::Swept;

/// The fields of the row, in their order.
pub const KEYS: &[&str] = &[
    "target",
    "panel",
    "status",
    "deleted",
    "trusted_ips",
    "tickets",
    "sent_codes",
    "factor_offers",
    "wrong_codes",
    "wrong_ips",
    "strangers",
    "address_changes",
    "former_addresses",
    "sessions",
    "tries_recorded",
    "before",
    "after",
    "message",
    "hint",
];

/// The one row.
pub fn row(swept: &Swept, dry_run: bool) -> Row {
    let parts = [
        (swept.trusted_ips, "trusted IP", "trusted IPs"),
        (swept.tickets, "ticket", "tickets"),
        (swept.sent_codes, "sent code", "sent codes"),
        (
            swept.factor_offers,
            "offered second factor",
            "offered second factors",
        ),
        (swept.wrong_codes, "wrong code", "wrong codes"),
        (
            swept.wrong_ips,
            "wrong password of an IP",
            "wrong passwords of IPs",
        ),
        (
            swept.strangers,
            "count of tries at an unknown address",
            "counts of tries at unknown addresses",
        ),
        (
            swept.address_changes,
            "unconfirmed address",
            "unconfirmed addresses",
        ),
        (swept.former_addresses, "former address", "former addresses"),
        (swept.sessions, "session", "sessions"),
    ];
    let parts: Vec<String> = parts
        .iter()
        .filter(|(count, _, _)| *count > 0)
        .map(|(count, one, many)| format!("{count} {}", if *count == 1 { one } else { many }))
        .collect();
    let mut clauses = Vec::new();
    if !parts.is_empty() {
        let deleted = if dry_run { "would delete" } else { "deleted" };
        clauses.push(format!("{deleted} {}", parts.join(", ")));
    }
    if swept.tries_recorded > 0 {
        let wrote = if dry_run { "would write" } else { "wrote" };
        let entries = match swept.tries_recorded {
            1 => "1 entry".to_owned(),
            many => format!("{many} entries"),
        };
        clauses.push(format!("{wrote} {entries} of tries at unknown addresses"));
    }
    let (status, message) = if clauses.is_empty() {
        (
            Status::Unchanged,
            "nothing is over, and nothing was deleted".to_owned(),
        )
    } else {
        (Status::Done, clauses.join("; "))
    };
    let row = Row::change("store", None, status)
        .message(message)
        .without_plain()
        .field("deleted", swept.total())
        .field("tries_recorded", swept.tries_recorded);
    swept
        .deleted()
        .into_iter()
        .fold(row, |row, (word, count)| row.field(word, count))
}
