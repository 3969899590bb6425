//! Reading rows without trusting them: every error names table, key and column.

use jiff::Timestamp;

use super::engine::{Cell, Row};
use super::fault::Fault;

/// A time as the store keeps it: UTC milliseconds.
pub(super) fn ms(time: Timestamp) -> i64 {
    time.as_millisecond()
}

/// An optional time as the store keeps it.
pub(super) fn opt_ms(time: Option<Timestamp>) -> Option<i64> {
    time.map(ms)
}

/// Walks the columns of one row from left to right.
pub(super) struct Columns<'r, 'a> {
    row: &'r Row<'a>,
    table: &'static str,
    at: usize,
}

impl<'r, 'a> Columns<'r, 'a> {
    /// Starts at the first column. `table` is for messages.
    pub(super) fn of(table: &'static str, row: &'r Row<'a>) -> Self {
        Self { row, table, at: 0 }
    }

    fn next<T: Cell>(&mut self, wanted: &'static str) -> Result<T, Fault> {
        let value = self.row.get(self.at).ok_or_else(|| self.bad(wanted))?;
        self.at += 1;
        Ok(value)
    }

    /// The fault for the next column.
    pub(super) fn bad(&self, wanted: &'static str) -> Fault {
        let key = self
            .row
            .get::<i64>(0)
            .map_or_else(|| "(row)".to_owned(), |id| format!("row {id}"));
        Fault::Row {
            table: self.table,
            key,
            column: self.at,
            wanted,
        }
    }

    pub(super) fn int(&mut self) -> Result<i64, Fault> {
        self.next("a number")
    }

    pub(super) fn opt_int(&mut self) -> Result<Option<i64>, Fault> {
        self.next("a number or null")
    }

    pub(super) fn text(&mut self) -> Result<String, Fault> {
        self.next("text")
    }

    pub(super) fn opt_text(&mut self) -> Result<Option<String>, Fault> {
        self.next("text or null")
    }

    pub(super) fn blob(&mut self) -> Result<Vec<u8>, Fault> {
        self.next("a blob")
    }

    pub(super) fn opt_blob(&mut self) -> Result<Option<Vec<u8>>, Fault> {
        self.next("a blob or null")
    }

    pub(super) fn bytes<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let blob: Vec<u8> = self.next("a blob")?;
        blob.try_into().map_err(|_| Fault::Row {
            table: self.table,
            key: "(row)".into(),
            column: self.at - 1,
            wanted: "a blob of another length",
        })
    }

    pub(super) fn time(&mut self) -> Result<Timestamp, Fault> {
        let value = self.int()?;
        self.as_time(value)
    }

    pub(super) fn opt_time(&mut self) -> Result<Option<Timestamp>, Fault> {
        self.opt_int()?.map(|value| self.as_time(value)).transpose()
    }

    fn as_time(&self, value: i64) -> Result<Timestamp, Fault> {
        Timestamp::from_millisecond(value).map_err(|_| self.bad("a time in milliseconds"))
    }

    /// A word that one of our enums reads.
    pub(super) fn word<T>(
        &mut self,
        read: impl Fn(&str) -> Option<T>,
        wanted: &'static str,
    ) -> Result<T, Fault> {
        let word = self.text()?;
        read(&word).ok_or_else(|| self.bad(wanted))
    }
}
