//! What a file is made of: its tables, indexes, triggers and views.

use std::path::Path;

use rusqlite::Connection;

use super::{Lite, fault};
use crate::store::fault::Fault;

/// A part of a file's structure.
#[derive(Clone, Debug)]
pub(in crate::store) struct Part {
    /// `table`, `index`, `trigger` or `view`.
    pub(in crate::store) kind: String,
    pub(in crate::store) name: String,
    /// The table that it belongs to.
    pub(in crate::store) table: String,
    /// The statement that created it.
    pub(in crate::store) sql: String,
}

impl Lite {
    /// Every table, index and trigger, in no particular order.
    pub(in crate::store) fn structure(&self) -> Result<Vec<Part>, Fault> {
        structure(&self.connection).map_err(|e| fault(&e, &self.path))
    }

    /// The structure of a file in which these statements were run.
    pub(in crate::store) fn structure_of(steps: &[&str]) -> Result<Vec<Part>, Fault> {
        let read = || {
            let connection = Connection::open_in_memory()?;
            for step in steps {
                connection.execute_batch(step)?;
            }
            structure(&connection)
        };
        read().map_err(|e| fault(&e, Path::new(":memory:")))
    }
}

fn structure(connection: &Connection) -> rusqlite::Result<Vec<Part>> {
    connection
        .prepare("select type, name, tbl_name, sql from sqlite_schema where sql is not null")?
        .query_map([], |row| {
            Ok(Part {
                kind: row.get(0)?,
                name: row.get(1)?,
                table: row.get(2)?,
                sql: row.get(3)?,
            })
        })?
        .collect()
}
