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
}
