//! The engine of this test binary: a store is an SQLite file. `tests/postgres/engine.rs` is its counterpart.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use admit::store::{Location, Surroundings};
use rusqlite::Connection;
use rusqlite::types::{ToSqlOutput, Value, ValueRef};

use crate::support::cell::Cell;

/// What `admit store info` says of it.
pub(crate) const NAME: &str = "SQLite 3.";

/// A blob of one byte, in SQL.
pub(crate) const BYTE: &str = "x'00'";

/// Ways around the guard of the audit that only this engine has.
pub(crate) const REPLACING: &[&str] = &["pragma recursive_triggers = on; \
     replace into audit select * from audit where seq = 1"];

/// Races: every round is run.
pub(crate) const ONE_ROUND_IN: usize = 1;

/// Every command that a story prints is run, too.
pub(crate) const RUNS_WHAT_IS_PRINTED: bool = true;

/// A place for one store, where nothing is yet.
pub(crate) struct Place {
    path: PathBuf,
}

impl Place {
    /// A store of the laboratory, in its folder.
    pub(crate) fn of_lab(folder: &Path) -> Self {
        Self {
            path: folder.join("store.db"),
        }
    }

    /// Where commands find it that are told nothing.
    pub(crate) fn of_home(home: &Path) -> Self {
        Self {
            path: home.join(".local/share/admit/admit.db"),
        }
    }

    /// What commands have to be told to find it.
    #[expect(clippy::unused_self, reason = "on a server it is the place's own")]
    pub(crate) fn variable(&self, _: &str) -> Option<(&'static str, String)> {
        None
    }

    /// What `--store` takes.
    pub(crate) fn url(&self) -> String {
        self.path.to_str().unwrap().to_owned()
    }

    pub(crate) fn location(&self) -> Location {
        Location::parse(&self.url(), &Surroundings::default())
    }

    /// The same for another operator: a file does not know them.
    pub(crate) fn location_of(&self, _: &str) -> Location {
        self.location()
    }

    /// Puts a store of an earlier version here.
    pub(crate) fn hold_released(&self, folder: &Path) {
        use std::os::unix::fs::PermissionsExt;
        fs::create_dir_all(self.path.parent().unwrap()).unwrap();
        fs::copy(folder.join("store"), &self.path).unwrap();
        fs::set_permissions(&self.path, fs::Permissions::from_mode(0o600)).unwrap();
    }

    /// A connection that knows nothing of the rules.
    pub(crate) fn raw(&self) -> Raw {
        let connection = Connection::open(&self.path).unwrap();
        connection.busy_timeout(Duration::from_mins(2)).unwrap();
        connection
            .execute_batch("pragma synchronous = off; pragma foreign_keys = on")
            .unwrap();
        Raw(connection)
    }

    /// What of it is in no file of the home.
    #[expect(clippy::unused_self, reason = "a server has something")]
    pub(crate) fn rows_of_server(&self) -> Option<Vec<u8>> {
        None
    }

    /// Writes back what lies beside the file, so that what was deleted is gone from there too.
    pub(crate) fn empty_log(&self) {
        let raw = self.raw();
        raw.batch("pragma wal_checkpoint(truncate)").unwrap();
    }

    /// How many bytes the log beside the file has.
    pub(crate) fn log_meter(&self) -> impl Fn() -> u64 {
        let log = self.path.with_extension("db-wal");
        move || fs::metadata(&log).map_or(0, |log| log.len())
    }

    /// Whoever was killed is gone from a file at once.
    #[expect(clippy::unused_self, reason = "a server takes a moment to notice")]
    pub(crate) fn settle(&self) {}

    /// Every byte that it leaves: the file, and what lies beside it.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let mut all = Vec::new();
        for entry in fs::read_dir(self.path.parent().unwrap()).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                all.extend(fs::read(path).unwrap());
            }
        }
        assert!(all.windows(15).any(|part| part == b"SQLite format 3"));
        all
    }
}

/// A connection that knows nothing of the rules.
pub(crate) struct Raw(Connection);

impl rusqlite::ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Owned(Value::Null),
            Self::Integer(number) => ToSqlOutput::Owned(Value::Integer(*number)),
            Self::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Self::Blob(blob) => ToSqlOutput::Borrowed(ValueRef::Blob(blob)),
        })
    }
}

impl rusqlite::types::FromSql for Cell {
    fn column_result(value: ValueRef<'_>) -> rusqlite::types::FromSqlResult<Self> {
        match value {
            ValueRef::Null => Ok(Self::Null),
            ValueRef::Integer(number) => Ok(Self::Integer(number)),
            ValueRef::Text(_) => value.as_str().map(|text| Self::Text(text.to_owned())),
            ValueRef::Blob(blob) => Ok(Self::Blob(blob.to_owned())),
            ValueRef::Real(_) => Err(rusqlite::types::FromSqlError::InvalidType),
        }
    }
}

impl Raw {
    /// How many rows a statement changed.
    pub(crate) fn execute(&self, sql: &str, params: &[Cell]) -> Result<usize, String> {
        self.0
            .execute(sql, rusqlite::params_from_iter(params))
            .map_err(|error| error.to_string())
    }

    pub(crate) fn batch(&self, sql: &str) -> Result<(), String> {
        self.0.execute_batch(sql).map_err(|error| error.to_string())
    }

    pub(crate) fn rows(&self, sql: &str, params: &[Cell]) -> Result<Vec<Vec<Cell>>, String> {
        let read = || -> rusqlite::Result<Vec<Vec<Cell>>> {
            let mut statement = self.0.prepare(sql)?;
            let width = statement.column_count();
            statement
                .query_map(rusqlite::params_from_iter(params), |row| {
                    (0..width).map(|at| row.get(at)).collect()
                })?
                .collect()
        };
        read().map_err(|error| error.to_string())
    }

    /// The tables of the store.
    pub(crate) fn tables(&self) -> Vec<String> {
        self.column("select name from sqlite_schema where type = 'table'", &[])
    }

    /// Takes the place of the one writer, until `rollback`.
    pub(crate) fn hold_writers(&self) {
        self.batch("begin immediate").unwrap();
    }

    /// Takes away what keeps the audit append-only. Gives what puts it back.
    pub(crate) fn open_audit(&self) -> String {
        let back: Vec<String> =
            self.column("select sql from sqlite_schema where type = 'trigger'", &[]);
        assert_eq!(back.len(), 2);
        self.batch("drop trigger audit_never_updated; drop trigger audit_never_deleted")
            .unwrap();
        back.join(";\n")
    }
}
