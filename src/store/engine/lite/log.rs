//! The write-ahead log of a file, and who else wrote it.

use std::time::Duration;

use super::{Lite, OLDEST_SQLITE, fault, wait_a_little};
use crate::store::fault::Fault;

/// How long emptying it waits for readers: this is only cleaning up.
const PATIENCE: Duration = Duration::from_secs(1);

impl Lite {
    /// Empties the log: every page in it is moved to its place. False if a transaction prevented it.
    pub(in crate::store::engine) fn empty_log(&mut self) -> Result<bool, Fault> {
        self.hurried = false;
        let Self {
            connection, path, ..
        } = self;
        let mut empty = || -> rusqlite::Result<bool> {
            connection.busy_timeout(PATIENCE)?;
            let busy: rusqlite::Result<i64> =
                connection.query_row("pragma wal_checkpoint(truncate)", [], |row| row.get(0));
            connection.busy_handler(Some(wait_a_little))?;
            Ok(busy? == 0)
        };
        empty().map_err(|e| fault(&e, path))
    }

    /// Applies everything in the log, and works without a log from now on: possible only if no other process has the
    /// file open.
    pub(in crate::store) fn retire(&self) -> Result<(), Fault> {
        let retire = || -> rusqlite::Result<()> {
            self.connection.busy_timeout(PATIENCE)?;
            self.connection
                .query_row("pragma journal_mode = delete", [], |_| Ok(()))
        };
        retire().map_err(|e| fault(&e, &self.path))
    }

    /// The version of SQLite that last changed the first page of the file, if it is one that can lose committed rows (bytes 96
    /// to 99 of the header, "Database File Format", §1.3.20). What is still in the log is not seen, nor a change of rows alone.
    pub(in crate::store::engine) fn unsafe_writer(&self) -> Option<String> {
        let mut number = [0; 4];
        self.held.read_exact_at(&mut number, 96).ok()?;
        let number = u32::from_be_bytes(number);
        let oldest = u32::try_from(OLDEST_SQLITE).ok()?;
        (1..oldest).contains(&number).then(|| {
            let (major, rest) = (number / 1_000_000, number % 1_000_000);
            format!("{major}.{}.{}", rest / 1_000, rest % 1_000)
        })
    }
}
