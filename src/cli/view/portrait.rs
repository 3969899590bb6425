//! Everything known about one person.

mod fields;
mod lines;

pub use self::fields::KEYS;
use super::Eyes;
use crate::cli::output::Row;
use crate::domain::admission::{Facts, status_word};
use crate::ops::look::{Portrait, Room};

/// One row: the whole portrait.
pub fn row(portrait: &Portrait, eyes: &Eyes) -> Row {
    Row::new(fields::fields(portrait, eyes))
        .lines(lines::lines(portrait, eyes))
        .plain(portrait.account.address.as_str())
}

fn status(portrait: &Portrait, room: &Room, eyes: &Eyes) -> &'static str {
    let facts = Facts {
        panel: &room.panel,
        account: Some(&portrait.account),
        access: room.access.as_ref(),
        factor: room.factor,
        signed_in_since: None,
    };
    room.obstacles.first().map_or_else(
        || status_word(&facts, eyes.now),
        |first| first.reason.as_str(),
    )
}
