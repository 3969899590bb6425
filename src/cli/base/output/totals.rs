//! Totals of the rows.

use serde::Serialize;

use super::row::Status;

/// Totals of the rows. Only rows with a [`Status`] count: a list has none.
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
    pub(super) fn count(&mut self, status: Status) {
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

    /// How many are not as requested.
    pub fn bad(self) -> u64 {
        self.refused + self.failed
    }

    /// The sentence at the end: "2 done, 1 refused".
    pub(super) fn sentence(self) -> String {
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
