//! The one place that knows one database engine from another.
//!
//! Every statement of the store is one text for all engines: parameters are `$1`, `$2` … **in order of first
//! appearance** (SQLite numbers named parameters so), integers are `i64`, blobs are byte slices, there are no
//! booleans, clock functions or collations in SQL. A second engine is one more arm of [`Db`], [`Tx`] and
//! [`Row`], its driver's traits added to [`Param`] and [`Cell`], and a schema folder.

mod log;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

use super::fault::Fault;

/// Seconds to wait for somebody else's transaction.
pub(super) const BUSY_SECONDS: u64 = 10;

/// SQLite before this loses committed rows when two processes write and checkpoint (the WAL-reset bug,
/// 3.7.0–3.51.2).
const OLDEST_SQLITE: i32 = 3_051_003;

/// What can be bound to a statement.
pub(super) trait Param: rusqlite::ToSql {}
impl<T: rusqlite::ToSql> Param for T {}

/// What can be read from a column.
pub(super) trait Cell: rusqlite::types::FromSql {}
impl<T: rusqlite::types::FromSql> Cell for T {}

/// An open database.
pub(super) enum Db {
    /// A file.
    Lite {
        /// The connection.
        connection: Connection,
        /// Where it is, for messages.
        path: PathBuf,
    },
}

/// A running transaction.
pub(super) enum Tx<'a> {
    /// On a file.
    Lite {
        /// Rolls back when dropped.
        transaction: rusqlite::Transaction<'a>,
        /// Where it is, for messages.
        path: &'a Path,
    },
}

/// One row of an answer.
pub(super) enum Row<'a> {
    /// Of a file.
    Lite(&'a rusqlite::Row<'a>),
}

/// Whether a transaction may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// One consistent view, no lock.
    Read,
    /// Takes the write lock at the start: an upgrade in the middle would fail at once.
    Write,
    /// As `Write`, but the commit does not wait for the disk. It outlives the process, killed or not; a power cut may
    /// undo it. The next `Write`, whoever's, makes it last: it syncs the whole log.
    Note,
}

impl Db {
    /// Opens a file that exists. `path` must have no symbolic link in it.
    pub(super) fn open_file(path: &Path, writable: bool) -> Result<Self, Fault> {
        if rusqlite::version_number() < OLDEST_SQLITE {
            return Err(Fault::Other(format!(
                "this admit was built with SQLite {}, which can lose committed rows; 3.51.3 or later is needed",
                rusqlite::version()
            )));
        }
        let access = if writable {
            OpenFlags::SQLITE_OPEN_READ_WRITE
        } else {
            OpenFlags::SQLITE_OPEN_READ_ONLY
        };
        let flags = access | OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_NOFOLLOW;
        let connection = Connection::open_with_flags(path, flags).map_err(|e| fault(&e, path))?;
        let mut db = Self::Lite {
            connection,
            path: path.to_owned(),
        };
        db.configure()?;
        Ok(db)
    }

    /// Settings of a connection, after SQLite's "Defense Against Dark Arts".
    fn configure(&mut self) -> Result<(), Fault> {
        let Self::Lite { connection, path } = self;
        let mut set = || -> rusqlite::Result<()> {
            connection.busy_handler(Some(wait_a_little))?;
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
            connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY, true)?;
            connection.execute_batch(
                "pragma synchronous = full; pragma cell_size_check = on; pragma mmap_size = 0;
                 pragma secure_delete = on; pragma temp_store = memory; pragma cache_size = -16384;",
            )?;
            connection.set_prepared_statement_cache_capacity(64);
            Ok(())
        };
        set().map_err(|e| fault(&e, path))
    }

    /// Makes the file use a write-ahead log, so that readers and one writer do not wait for each other.
    pub(super) fn use_write_ahead_log(&self) -> Result<(), Fault> {
        let Self::Lite { connection, path } = self;
        connection
            .query_row("pragma journal_mode = wal", [], |row| {
                row.get::<_, String>(0)
            })
            .map_err(|e| fault(&e, path))
            .and_then(|mode| match mode.as_str() {
                "wal" => Ok(()),
                other => Err(Fault::Other(format!(
                    "SQLite stayed in journal mode {other}"
                ))),
            })
    }

    /// Runs statements that take no parameters, as a schema file has them.
    pub(super) fn batch(&self, sql: &str) -> Result<(), Fault> {
        let Self::Lite { connection, path } = self;
        connection.execute_batch(sql).map_err(|e| fault(&e, path))
    }

    /// Sets the two numbers in the file's header that say whose file it is.
    pub(super) fn mark(&self, application: i64, version: i64) -> Result<(), Fault> {
        self.batch(&format!(
            "pragma application_id = {application}; pragma user_version = {version};"
        ))
    }

    /// The text of every table, index and trigger, in no particular order.
    pub(super) fn structure(&self) -> Result<Vec<String>, Fault> {
        let Self::Lite { connection, path } = self;
        let read = || -> rusqlite::Result<Vec<String>> {
            connection
                .prepare("select sql from sqlite_schema where sql is not null")?
                .query_map([], |row| row.get(0))?
                .collect()
        };
        read().map_err(|e| fault(&e, path))
    }

    /// The engine's own consistency check: one line a problem, empty when all is well.
    pub(super) fn check(&self) -> Result<Vec<String>, Fault> {
        let Self::Lite { connection, path } = self;
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut problems: Vec<String> = connection
                .prepare("pragma integrity_check(20)")?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            problems.retain(|line| line != "ok");
            let mut broken = connection.prepare("pragma foreign_key_check")?;
            let mut rows = broken.query([])?;
            while let Some(row) = rows.next()? {
                let table: String = row.get(0)?;
                problems.push(format!("a row of {table} refers to nothing"));
            }
            Ok(problems)
        };
        read().map_err(|e| fault(&e, path))
    }

    /// What the engine is, for people.
    pub(super) fn describe() -> String {
        format!("SQLite {}", rusqlite::version())
    }

    /// Starts a transaction.
    pub(super) fn begin(&mut self, mode: Mode) -> Result<Tx<'_>, Fault> {
        let Self::Lite { connection, path } = self;
        let behavior = match mode {
            Mode::Read => TransactionBehavior::Deferred,
            Mode::Write | Mode::Note => TransactionBehavior::Immediate,
        };
        if mode != Mode::Read {
            log::sync_commits(connection, mode == Mode::Write).map_err(|e| fault(&e, path))?;
        }
        match connection.transaction_with_behavior(behavior) {
            Ok(transaction) => Ok(Tx::Lite { transaction, path }),
            Err(e) => Err(fault(&e, path)),
        }
    }
}

impl Tx<'_> {
    /// Runs a statement and returns how many rows it changed.
    pub(super) fn exec(&self, sql: &str, params: &[&dyn Param]) -> Result<usize, Fault> {
        assert_named_in_order(sql);
        let Self::Lite { transaction, path } = self;
        transaction
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(&*lite(params)))
            .map_err(|e| fault(&e, path))
    }

    /// Inserts one row and returns the id that the engine gave it. The statement does not ask for it: a server's
    /// engine adds its own `returning id`, a file knows it anyway, and twice as fast.
    pub(super) fn insert(&self, sql: &str, params: &[&dyn Param]) -> Result<i64, Fault> {
        self.exec(sql, params)?;
        let Self::Lite { transaction, .. } = self;
        Ok(transaction.last_insert_rowid())
    }

    /// Runs a query and hands each row to `take`, as long as it says so.
    pub(super) fn each<E: From<Fault>>(
        &self,
        sql: &str,
        params: &[&dyn Param],
        mut take: impl FnMut(&Row<'_>) -> Result<bool, E>,
    ) -> Result<(), E> {
        assert_named_in_order(sql);
        let Self::Lite { transaction, path } = self;
        let mut statement = transaction
            .prepare_cached(sql)
            .map_err(|e| fault(&e, path))?;
        let mut rows = statement
            .query(&*lite(params))
            .map_err(|e| fault(&e, path))?;
        while let Some(row) = rows.next().map_err(|e| fault(&e, path))? {
            if !take(&Row::Lite(row))? {
                break;
            }
        }
        Ok(())
    }

    /// The first row, if there is one.
    pub(super) fn one<T>(
        &self,
        sql: &str,
        params: &[&dyn Param],
        mut take: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        let mut found = None;
        self.each(sql, params, |row| {
            found = Some(take(row)?);
            Ok::<bool, Fault>(false)
        })?;
        Ok(found)
    }

    /// All rows. For answers that are small by nature.
    pub(super) fn all<T>(
        &self,
        sql: &str,
        params: &[&dyn Param],
        mut take: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        let mut found = Vec::new();
        self.each(sql, params, |row| {
            found.push(take(row)?);
            Ok::<bool, Fault>(true)
        })?;
        Ok(found)
    }

    /// Makes it so.
    pub(super) fn commit(self) -> Result<(), Fault> {
        let Self::Lite { transaction, path } = self;
        transaction.commit().map_err(|e| fault(&e, path))
    }
}

impl Row<'_> {
    /// The value of a column, or `None` if it is of another type.
    pub(super) fn get<T: Cell>(&self, column: usize) -> Option<T> {
        let Self::Lite(row) = self;
        row.get(column).ok()
    }
}

fn lite<'a>(params: &'a [&'a dyn Param]) -> Vec<&'a dyn rusqlite::ToSql> {
    params
        .iter()
        .map(|param| *param as &dyn rusqlite::ToSql)
        .collect()
}

/// Waits between tries to get the write lock: short at first, longer later, with jitter, because SQLite's own
/// back-off starves the loser for most of a second.
fn wait_a_little(tries: i32) -> bool {
    let tries = u64::try_from(tries).unwrap_or(0);
    // 0.3–2.3 ms for the first hundred tries, 5–9 ms after.
    let (base, spread) = if tries < 100 {
        (300, 2_000)
    } else {
        (5_000, 4_000)
    };
    let micros =
        base + (tries.wrapping_mul(2_654_435_761) ^ u64::from(std::process::id())) % spread;
    let waited_ms = if tries < 100 {
        tries
    } else {
        100 + (tries - 100) * 7
    };
    if waited_ms >= BUSY_SECONDS * 1_000 {
        return false;
    }
    #[expect(
        clippy::disallowed_methods,
        reason = "SQLite calls this between tries; nothing else can wait here"
    )]
    std::thread::sleep(Duration::from_micros(micros));
    true
}

/// SQLite numbers `$1`, `$2` by first appearance, so `select $2, $1` would swap them without a word.
fn assert_named_in_order(sql: &str) {
    if cfg!(debug_assertions) {
        let mut next = 1;
        for piece in sql.split('$').skip(1) {
            let digits: String = piece.chars().take_while(char::is_ascii_digit).collect();
            let number: usize = digits.parse().unwrap_or(0);
            assert!(
                number <= next && number > 0,
                "parameters out of order: {sql}"
            );
            next = next.max(number + 1);
        }
    }
}

fn folder_is_writable(path: &Path) -> bool {
    path.parent()
        .is_none_or(|folder| rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_ok())
}

/// Tells failures apart by what can be done about them.
fn fault(error: &rusqlite::Error, path: &Path) -> Fault {
    let rusqlite::Error::SqliteFailure(code, message) = error else {
        return Fault::Other(error.to_string());
    };
    let says = || message.clone().unwrap_or_else(|| code.to_string());
    match code.code {
        ErrorCode::ConstraintViolation => match code.extended_code {
            rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE
            | rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY => Fault::Duplicate(says()),
            rusqlite::ffi::SQLITE_CONSTRAINT_FOREIGNKEY => Fault::Reference,
            _ => Fault::Other(says()),
        },
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => Fault::Busy(BUSY_SECONDS),
        ErrorCode::DiskFull => Fault::Full(path.to_owned()),
        ErrorCode::ReadOnly => Fault::ReadOnly(path.to_owned()),
        ErrorCode::DatabaseCorrupt => Fault::Corrupt {
            path: path.to_owned(),
            why: says(),
        },
        ErrorCode::NotADatabase => Fault::Foreign {
            path: path.to_owned(),
            why: "it is not an SQLite database".into(),
        },
        // The log files of a store lie beside it: in a folder that cannot be written it does not open.
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied if !folder_is_writable(path) => {
            Fault::ReadOnly(path.to_owned())
        }
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Fault::Unopenable {
            path: path.to_owned(),
            why: says(),
        },
        _ => Fault::Other(says()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_named_in_order_of_first_appearance() {
        assert_named_in_order("select $1, $2, $1, $3");
        let swapped = std::panic::catch_unwind(|| assert_named_in_order("select $2, $1"));
        assert!(swapped.is_err());
    }

    #[test]
    fn the_busy_handler_gives_up_after_the_timeout() {
        assert!(wait_a_little(0));
        let last = i32::try_from(BUSY_SECONDS).unwrap() * 1_000;
        assert!(!wait_a_little(last));
    }
}
