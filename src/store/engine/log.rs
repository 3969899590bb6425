//! The write-ahead log of a file.

use std::time::Duration;

use rusqlite::Connection;

use super::{Db, fault, wait_a_little};
use crate::store::fault::Fault;

/// How long emptying it waits for readers: nothing but tidiness depends on it.
const PATIENCE: Duration = Duration::from_secs(1);

/// Whether each commit waits until the log is on the disk. In a write-ahead log `normal` leaves out that sync and no other
/// (sqlite.org/pragma.html). It is not for the middle of a transaction.
pub(super) fn sync_commits(connection: &Connection, sync: bool) -> rusqlite::Result<()> {
    let level = if sync { "full" } else { "normal" };
    connection.execute_batch(&format!("pragma synchronous = {level}"))
}

impl Db {
    /// Empties the log: every page in it goes to where it belongs. False if somebody's transaction was in the way.
    pub(in crate::store) fn empty_log(&mut self) -> Result<bool, Fault> {
        let Self::Lite { connection, path } = self;
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

#[cfg(test)]
mod tests {
    use super::super::Mode;
    use super::*;

    #[test]
    fn only_notes_do_not_wait_for_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("file");
        std::fs::write(&path, "").unwrap();
        let mut db = Db::open_file(&path, true).unwrap();
        db.use_write_ahead_log().unwrap();
        // 1 is NORMAL, 2 is FULL.
        for (mode, wanted) in [
            (Mode::Write, 2),
            (Mode::Note, 1),
            (Mode::Note, 1),
            (Mode::Read, 1),
            (Mode::Write, 2),
            (Mode::Read, 2),
            (Mode::Note, 1),
            (Mode::Write, 2),
        ] {
            let tx = db.begin(mode).unwrap();
            let level = tx.one("pragma synchronous", &[], |row| {
                Ok(row.get::<i64>(0).unwrap())
            });
            assert_eq!(level.unwrap(), Some(wanted), "{mode:?}");
            tx.commit().unwrap();
        }
    }
}
