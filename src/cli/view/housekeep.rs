//! The expired records that were deleted.

use crate::cli::base::output::{Field, Row, Status, field};
use crate::cli::view::rows;
use crate::ops::housekeep::Swept;

/// The fields of the row, in their order.
pub const KEYS: &[Field] = &[
    field("target", "store"),
    field("panel", "null"),
    rows::STATUS,
    field("deleted", "how many rows were deleted in total"),
    field("trusted_ips", "trusted IPs that no longer counted"),
    field("tickets", "sign-in tokens"),
    field("sent_codes", "codes by mail or SMS"),
    field(
        "factor_offers",
        "second-factor set-ups that were not completed",
    ),
    field("wrong_codes", "wrong codes that no longer counted"),
    field(
        "wrong_ips",
        "wrong passwords that no longer counted against an IP",
    ),
    field("strangers", "counts of attempts at unknown addresses"),
    field("requests", "counts of requests that have a limit"),
    field(
        "address_changes",
        "changes of address that were not confirmed",
    ),
    field(
        "former_addresses",
        "previous addresses that no longer get notices",
    ),
    field("sessions", "sessions that ended more than 30 days ago"),
    field(
        "revoked_links",
        "links of erased people that were revoked more than 30 days ago",
    ),
    field(
        "tries_recorded",
        "audit entries written for attempts at unknown addresses, or beyond a limit",
    ),
    field("before", "null"),
    field("after", "null"),
    rows::MESSAGE,
    rows::HINT,
];

/// One and many of each kind, in the order of [`Swept::deleted`].
const NAMES: [(&str, &str); 12] = [
    ("trusted IP", "trusted IPs"),
    ("ticket", "tickets"),
    ("sent code", "sent codes"),
    ("pending second-factor set-up", "pending second-factor set-ups"),
    ("wrong code", "wrong codes"),
    ("wrong password of an IP", "wrong passwords of IPs"),
    (
        "count of attempts at an unknown address",
        "counts of attempts at unknown addresses",
    ),
    ("count of limited requests", "counts of limited requests"),
    ("unconfirmed address", "unconfirmed addresses"),
    ("former address", "former addresses"),
    ("session", "sessions"),
    (
        "revoked link of an erased person",
        "revoked links of erased people",
    ),
];

/// The one row.
pub fn row(swept: &Swept, dry_run: bool) -> Row {
    let parts: Vec<String> = swept
        .deleted()
        .iter()
        .zip(NAMES)
        .filter(|((_, count), _)| *count > 0)
        .map(|((_, count), (one, many))| {
            format!("{count} {}", if *count == 1 { one } else { many })
        })
        .collect();
    let mut clauses = Vec::new();
    if !parts.is_empty() {
        let deleted = if dry_run { "would delete" } else { "deleted" };
        clauses.push(format!("{deleted} {}", parts.join(", ")));
    }
    if swept.tries_recorded > 0 {
        let wrote = if dry_run { "would write" } else { "wrote" };
        let entries = match swept.tries_recorded {
            1 => "1 audit entry about counted attempts".to_owned(),
            many => format!("{many} audit entries about counted attempts"),
        };
        clauses.push(format!("{wrote} {entries}"));
    }
    let (status, message) = if clauses.is_empty() {
        (
            Status::Unchanged,
            "nothing has expired: nothing deleted".to_owned(),
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
