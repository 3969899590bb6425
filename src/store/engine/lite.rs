//! An SQLite file.

mod log;
mod structure;

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{Connection, ErrorCode, OpenFlags, TransactionBehavior};

pub(in crate::store) use self::structure::Part;
use super::{Mode, Param, Row};
use crate::store::fault::Fault;
use crate::store::held::{FileId, Held};
use crate::store::location::unopenable;
use crate::vault::Place;

/// Seconds to wait for another process's transaction.
pub(in crate::store) const BUSY_SECONDS: u64 = 10;

/// How long [`Mode::Brief`] waits for another transaction.
pub(in crate::store) const BRIEFLY: Duration = Duration::from_millis(50);

/// How often a change is retried when another came first.
pub(super) const RETRIES: u32 = 10;

/// SQLite before this loses committed rows when two processes write and checkpoint (the WAL-reset bug,
/// 3.7.0–3.51.2).
const OLDEST_SQLITE: i32 = 3_051_003;

/// An open file.
pub(in crate::store) struct Lite {
    connection: Connection,
    path: PathBuf,
    /// Whether commits are currently not synced ([`Mode::Relaxed`]).
    notes: bool,
    /// Whether other transactions are currently waited for only for an instant ([`Mode::Brief`]).
    hurried: bool,
    /// The last field, because it is dropped last: until then no descriptor of the file is closed.
    held: Held,
}

/// A transaction on a file.
pub(in crate::store) struct LiteTx<'a> {
    transaction: rusqlite::Transaction<'a>,
    path: &'a Path,
}

/// What the engine is, for people.
pub(super) fn describe() -> String {
    format!("SQLite {}", rusqlite::version())
}

impl Lite {
    /// Opens an existing file. `path` must not contain symbolic links.
    pub(in crate::store) fn open(path: &Path, writable: bool) -> Result<Self, Fault> {
        loop {
            let held = Held::open(path).map_err(|e| unopenable(path, &e))?;
            if let Some(file) = Self::over(path, held, writable)? {
                return Ok(file);
            }
        }
    }

    /// Opens the file that is held; nothing if another file has its name by now.
    pub(in crate::store) fn over(
        path: &Path,
        held: Held,
        writable: bool,
    ) -> Result<Option<Self>, Fault> {
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
        let mut connection =
            Connection::open_with_flags(path, flags).map_err(|e| fault(&e, path))?;
        if FileId::at(path) != Some(held.id()) {
            return Ok(None);
        }
        configure(&mut connection).map_err(|e| fault(&e, path))?;
        Ok(Some(Self {
            connection,
            path: path.to_owned(),
            notes: false,
            hurried: false,
            held,
        }))
    }

    /// Where it is.
    pub(in crate::store) fn path(&self) -> &Path {
        &self.path
    }

    /// The file, as its place is kept next to the key.
    pub(super) fn whereabouts(&self) -> Place {
        Place::of_file(&self.path, Some(self.held.id().numbers()))
    }

    /// Whether the file that was opened is still the one at its place.
    pub(super) fn is_in_place(&self) -> bool {
        FileId::at(&self.path) == Some(self.held.id())
    }

    /// Switches the file to a write-ahead log, so that readers and one writer do not wait for each other.
    pub(in crate::store) fn use_write_ahead_log(&self) -> Result<(), Fault> {
        self.connection
            .query_row("pragma journal_mode = wal", [], |row| {
                row.get::<_, String>(0)
            })
            .map_err(|e| fault(&e, &self.path))
            .and_then(|mode| match mode.as_str() {
                "wal" => Ok(()),
                other => Err(Fault::Other(format!(
                    "SQLite stayed in journal mode {other}"
                ))),
            })
    }

    /// For a draft that is synced as a whole before anybody sees it: makes writing many rows fast.
    pub(in crate::store) fn expect_many(&self) -> Result<(), Fault> {
        self.connection
            .execute_batch("pragma synchronous = off; pragma cache_size = -65536;")
            .map_err(|e| fault(&e, &self.path))
    }

    /// The number of its schema.
    pub(in crate::store) fn schema(&self) -> Result<i64, Fault> {
        self.connection
            .query_row("pragma user_version", [], |row| row.get(0))
            .map_err(|e| fault(&e, &self.path))
    }

    /// Writes the current content to another file, which must be empty; writers are not blocked.
    pub(in crate::store) fn copy_into(&self, path: &Path) -> Result<(), Fault> {
        use std::os::unix::ffi::OsStrExt;
        let name = ValueRef::Text(path.as_os_str().as_bytes());
        self.connection
            .execute("vacuum into ?1", [ToSqlOutput::Borrowed(name)])
            .map_err(|e| fault(&e, path))?;
        Ok(())
    }

    /// The file's consistency check: one line per problem.
    pub(super) fn check(&self) -> Result<Vec<String>, Fault> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut problems: Vec<String> = self
                .connection
                .prepare("pragma integrity_check(20)")?
                .query_map([], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            problems.retain(|line| line != "ok");
            let mut broken = self.connection.prepare("pragma foreign_key_check")?;
            let mut rows = broken.query([])?;
            while let Some(row) = rows.next()? {
                let table: String = row.get(0)?;
                problems.push(format!("a row of {table} refers to a missing row"));
            }
            Ok(problems)
        };
        read().map_err(|e| fault(&e, &self.path))
    }

    /// Bytes of the file, without its log.
    pub(super) fn size(&self) -> i64 {
        std::fs::metadata(&self.path)
            .map_or(0, |file| i64::try_from(file.len()).unwrap_or(i64::MAX))
    }

    /// Starts a transaction.
    pub(super) fn begin(&mut self, mode: Mode) -> Result<LiteTx<'_>, Fault> {
        let behavior = match mode {
            Mode::Read => TransactionBehavior::Deferred,
            Mode::Write | Mode::Relaxed | Mode::Brief | Mode::Create => {
                TransactionBehavior::Immediate
            }
        };
        if mode != Mode::Read && self.notes != (mode == Mode::Relaxed) {
            // In a write-ahead log `normal` leaves out the sync after each commit, and no other (sqlite.org/pragma.html).
            let level = if self.notes { "full" } else { "normal" };
            self.connection
                .execute_batch(&format!("pragma synchronous = {level}"))
                .map_err(|e| fault(&e, &self.path))?;
            self.notes = !self.notes;
        }
        self.wait_for_writers(mode != Mode::Brief)
            .map_err(|e| fault(&e, &self.path))?;
        let begun = self.connection.transaction_with_behavior(behavior);
        begun
            .map(|transaction| LiteTx {
                transaction,
                path: &self.path,
            })
            .map_err(|e| fault(&e, &self.path))
    }
}

impl Lite {
    /// How long other transactions are waited for from now on.
    fn wait_for_writers(&mut self, long: bool) -> rusqlite::Result<()> {
        if self.hurried != long {
            return Ok(());
        }
        if long {
            self.connection.busy_handler(Some(wait_a_little))?;
        } else {
            self.connection.busy_timeout(BRIEFLY)?;
        }
        self.hurried = !long;
        Ok(())
    }
}

/// Settings of a connection, after SQLite's "Defense Against Dark Arts".
fn configure(connection: &mut Connection) -> rusqlite::Result<()> {
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
}

impl LiteTx<'_> {
    pub(super) fn exec(&self, sql: &str, params: &[&dyn Param]) -> Result<usize, Fault> {
        self.transaction
            .prepare_cached(sql)
            .and_then(|mut statement| statement.execute(&*bound(params)))
            .map_err(|e| fault(&e, self.path))
    }

    /// The statement does not return the id: the file knows it anyway, and twice as fast.
    pub(super) fn insert(&self, sql: &str, params: &[&dyn Param]) -> Result<i64, Fault> {
        self.exec(sql, params)?;
        Ok(self.transaction.last_insert_rowid())
    }

    pub(super) fn each<E: From<Fault>>(
        &self,
        sql: &str,
        params: &[&dyn Param],
        mut take: impl FnMut(&Row<'_>) -> Result<bool, E>,
    ) -> Result<(), E> {
        let fault = |e: rusqlite::Error| fault(&e, self.path);
        let mut statement = self.transaction.prepare_cached(sql).map_err(fault)?;
        let mut rows = statement.query(&*bound(params)).map_err(fault)?;
        while let Some(row) = rows.next().map_err(fault)? {
            if !take(&Row::Lite(row))? {
                break;
            }
        }
        Ok(())
    }

    pub(super) fn batch(&self, sql: &str) -> Result<(), Fault> {
        self.transaction
            .execute_batch(sql)
            .map_err(|e| fault(&e, self.path))
    }

    pub(super) fn commit(self) -> Result<(), Fault> {
        let Self { transaction, path } = self;
        transaction.commit().map_err(|e| fault(&e, path))
    }
}

fn bound<'a>(params: &'a [&'a dyn Param]) -> Vec<&'a dyn rusqlite::ToSql> {
    params
        .iter()
        .map(|param| *param as &dyn rusqlite::ToSql)
        .collect()
}

/// Waits between attempts to get the write lock: short at first, longer later, with jitter, because SQLite's own
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

fn folder_is_writable(path: &Path) -> bool {
    path.parent()
        .is_none_or(|folder| rustix::fs::access(folder, rustix::fs::Access::WRITE_OK).is_ok())
}

/// Groups errors by what can be done about them.
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
        ErrorCode::DiskFull => Fault::Full(place(path)),
        ErrorCode::ReadOnly => Fault::ReadOnly(place(path)),
        ErrorCode::DatabaseCorrupt => Fault::Corrupt {
            place: place(path),
            why: says(),
        },
        ErrorCode::NotADatabase => Fault::Foreign {
            place: place(path),
            why: "it is not an SQLite database".into(),
        },
        // The log files of a store are next to it: in a read-only folder it cannot be opened.
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied if !folder_is_writable(path) => {
            Fault::ReadOnly(place(path))
        }
        ErrorCode::CannotOpen | ErrorCode::PermissionDenied => Fault::Unopenable {
            place: place(path),
            why: says(),
        },
        _ => Fault::Other(says()),
    }
}

fn place(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
#[path = "lite_tests.rs"]
mod tests;
