//! Results: rows go in, a table, JSON, CSV or addresses come out.
//!
//! A command drives a [`Report`]; [`Context`](super::context::Context) finishes it, whatever happens, so that a
//! JSON reader gets exactly one document even when the command fails half-way.

mod csv;
pub mod fields;
mod grid;
mod held;
mod json;
mod lines;
mod many;
mod report;
mod row;
mod table;
#[cfg(test)]
mod tests;
mod verdict;

use clap::ValueEnum;
use serde::Serialize;

pub use self::fields::{Field, field};
pub use self::lines::Line;
pub use self::many::Change;
pub use self::report::Report;
pub use self::row::{Cell, Record, Row, Status};
pub use self::table::{Align, Heading, NONE};
pub use self::verdict::Finish;

/// How results are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Table,
    /// One JSON document
    Json,
    /// A JSON object a line
    Jsonl,
    /// Comma-separated, with a header
    Csv,
    /// Addresses only, one a line
    Plain,
}

impl Format {
    /// Whether people read it: then what is refused is told on standard error, row by row.
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Table | Self::Plain)
    }
}

/// How many rows came to what. Only rows with a [`Status`] count: a list has none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Changed as asked.
    pub done: u64,
    /// Was so already.
    pub unchanged: u64,
    /// Refused by a rule, or there was no such thing.
    pub refused: u64,
    /// Did not work.
    pub failed: u64,
}

impl Totals {
    fn count(&mut self, status: Status) {
        match status {
            Status::Done => self.done += 1,
            Status::Unchanged => self.unchanged += 1,
            Status::Refused => self.refused += 1,
            Status::Failed => self.failed += 1,
        }
    }

    /// How many rows there were.
    pub fn all(self) -> u64 {
        self.done + self.unchanged + self.bad()
    }

    /// How many are not as asked.
    pub fn bad(self) -> u64 {
        self.refused + self.failed
    }

    /// The sentence at the end: "2 done, 1 refused".
    fn sentence(self) -> String {
        let parts = [
            (self.done, "done"),
            (self.unchanged, "unchanged"),
            (self.refused, "refused"),
            (self.failed, "failed"),
        ];
        let parts: Vec<_> = parts
            .iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, word)| format!("{n} {word}"))
            .collect();
        parts.join(", ")
    }
}
