//! The expired records that were deleted.

use crate::cli::base::output::{Row, Status, fields};
use crate::cli::view::rows;
use crate::ops::housekeep::Swept;

fields! {
    /// The expired records that were deleted.
    pub struct SweptFields {
        target = "store",
        panel = "null",
        ..rows::STATUS,
        deleted: u64 = "how many rows were deleted in total",
        trusted_ips: u64 = "trusted IPs that no longer counted",
        tickets: u64 = "sign-in tokens",
        sent_codes: u64 = "codes by mail or SMS",
        factor_offers: u64 = "second-factor set-ups that were not completed",
        wrong_codes: u64 = "wrong codes that no longer counted",
        wrong_ips: u64 = "wrong passwords that no longer counted against an IP",
        strangers: u64 = "counts of attempts at unknown addresses",
        requests: u64 = "counts of requests that have a limit",
        address_changes: u64 = "changes of address that were not confirmed",
        former_addresses: u64 = "previous addresses that no longer get notices",
        sessions: u64 = "sessions that ended more than 30 days ago",
        revoked_links: u64 = "links of erased people that were revoked more than 30 days ago",
        tries_recorded: u64 = "audit entries written for attempts at unknown addresses, or beyond a limit",
        before = "null",
        after = "null",
        ..rows::MESSAGE,
        ..rows::HINT,
    }
}

/// One and many of each kind, in the order of [`Swept::deleted`].
const NAMES: [(&str, &str); 12] = [
    ("trusted IP", "trusted IPs"),
    ("ticket", "tickets"),
    ("sent code", "sent codes"),
    (
        "pending second-factor set-up",
        "pending second-factor set-ups",
    ),
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
    Row::change("store", None, status)
        .message(message)
        .without_plain()
        .with(SweptFields {
            deleted: swept.total(),
            trusted_ips: swept.trusted_ips,
            tickets: swept.tickets,
            sent_codes: swept.sent_codes,
            factor_offers: swept.factor_offers,
            wrong_codes: swept.wrong_codes,
            wrong_ips: swept.wrong_ips,
            strangers: swept.strangers,
            requests: swept.requests,
            address_changes: swept.address_changes,
            former_addresses: swept.former_addresses,
            sessions: swept.sessions,
            revoked_links: swept.revoked_links,
            tries_recorded: swept.tries_recorded,
        })
}
