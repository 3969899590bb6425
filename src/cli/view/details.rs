//! Everything known about one person.

mod fields;
mod lines;

pub use self::fields::DetailsFields;
use crate::cli::base::output::Row;
use crate::cli::base::times::TimeFormat;
use crate::domain::admission::{Facts, status_word};
use crate::ops::details::{PersonDetails, Room};

/// One row: the whole details.
pub fn row(details: &PersonDetails, times: &TimeFormat) -> Row {
    Row::new(fields::fields(details, times))
        .lines(lines::lines(details, times))
        .plain(details.account.address.as_str())
}

fn status(details: &PersonDetails, room: &Room, times: &TimeFormat) -> &'static str {
    let facts = Facts {
        panel: &room.panel,
        account: Some(&details.account),
        access: room.access.as_ref(),
        factor: room.factor,
        signed_in_since: None,
    };
    room.obstacles.first().map_or_else(
        || status_word(&facts, times.now),
        |first| first.reason.as_str(),
    )
}
