//! The write-ahead log of a file.

use std::time::Duration;

use super::{Lite, fault, wait_a_little};
use crate::store::fault::Fault;

/// How long emptying it waits for readers: nothing but tidiness depends on it.
const PATIENCE: Duration = Duration::from_secs(1);

impl Lite {
    /// Empties the log: every page in it goes to where it belongs. False if somebody's transaction was in the way.
    pub(in crate::store::engine) fn empty_log(&mut self) -> Result<bool, Fault> {
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

    /// Takes everything in the log over, and does without a log from now on: that works only where nobody else has the
    /// file open.
    pub(in crate::store) fn retire(&self) -> Result<(), Fault> {
        let retire = || -> rusqlite::Result<()> {
            self.connection.busy_timeout(PATIENCE)?;
            self.connection
                .query_row("pragma journal_mode = delete", [], |_| Ok(()))
        };
        retire().map_err(|e| fault(&e, &self.path))
    }
}
