//! The format of a backup: the same text for every engine, described in ARCHITECTURE.md.
//!
//! Lines of JSON. The first says what it is; then each table of the schema: a line with its name and columns, and a
//! line for each row, an array in the order of the columns, blobs as base64; the last has the rows of each table and a
//! SHA-256 over every byte before it. It is written and read in one pass, whatever its size.

mod read;
mod write;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

pub use self::read::Backup;
pub(super) use self::write::Writer;
use super::{Counts, Origin};
use crate::domain::text::{hex, unhex};
use crate::store::Head;
use crate::store::schema::{self, Table};
use crate::vault::KeyId;

/// The number of the format that is written.
const FORMAT: i64 = 1;
/// The note for people who open a backup.
const NOTE: &str = "A backup of admit. It contains personal data and password hashes. It does not contain the key: \
     keep the key file apart from it.";

/// Why a file cannot be used as a backup.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadBackup {
    /// Something else.
    #[error("it is not an admit backup")]
    Foreign,
    /// It was written by a later version of admit.
    #[error("its format is {0}, but this version of admit supports only {FORMAT}")]
    Format(i64),
    /// It is from a later version of admit, with other tables.
    #[error("its schema is {0}, but this version of admit supports only {known}", known = schema::CURRENT)]
    Schema(i64),
    /// Its end is missing.
    #[error("it is truncated after line {0}")]
    Short(u64),
    /// A line is invalid.
    #[error("line {line}: {what}")]
    Line {
        /// Its number, from 1.
        line: u64,
        /// What is wrong with it.
        what: String,
    },
    /// Rows are missing, or too many.
    #[error("according to its last line the table {table} has {wanted} rows, but it has {has}")]
    Rows {
        /// The table.
        table: &'static str,
        /// The number of rows found.
        has: u64,
        /// The number of rows expected.
        wanted: u64,
    },
    /// Some byte has changed.
    #[error("it was changed or damaged: the SHA-256 at its end does not match the content")]
    Sum,
    /// It cannot be read.
    #[error("{0}")]
    Unreadable(String),
}

/// The first line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    admit_backup: i64,
    /// The number of the schema.
    pub schema: i64,
    /// The store's random id, in hexadecimal.
    pub store: String,
    /// The generation of the store: how often an older copy was put back into use, plus one.
    pub epoch: i64,
    /// The id of the key that encrypts it.
    pub key_id: String,
    /// The engine of the store, for people.
    pub engine: String,
    /// When it was created.
    pub made_at: Timestamp,
    /// Rows of all tables.
    pub rows: u64,
    audit: HeadText,
    note: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct HeadText {
    seq: i64,
    hash: String,
}

impl Header {
    /// The first line for a store.
    pub(super) fn new(
        origin: &Origin,
        schema: i64,
        engine: String,
        now: Timestamp,
        rows: u64,
    ) -> Self {
        Self {
            admit_backup: FORMAT,
            schema,
            store: hex(&origin.identity),
            epoch: origin.epoch,
            key_id: KeyId::from_stored(origin.key_id).to_string(),
            engine,
            made_at: now,
            rows,
            audit: HeadText {
                seq: origin.head.seq,
                hash: hex(&origin.head.hash),
            },
            note: NOTE.to_owned(),
        }
    }

    /// What it says about the store, if that is readable.
    fn origin(&self) -> Option<Origin> {
        Some(Origin {
            identity: unhex(&self.store)?,
            epoch: self.epoch,
            key_id: KeyId::parse(&self.key_id)?.to_stored(),
            head: Head {
                seq: self.audit.seq,
                hash: unhex(&self.audit.hash)?,
            },
        })
    }

    /// Number and hash of the last audit entry.
    pub fn audit_head(&self) -> (i64, &str) {
        (self.audit.seq, &self.audit.hash)
    }

    fn read(line: &[u8]) -> Result<(Self, Origin), BadBackup> {
        let loose: serde_json::Value =
            serde_json::from_slice(line).map_err(|_| BadBackup::Foreign)?;
        let number = |key: &str| loose.get(key).and_then(serde_json::Value::as_i64);
        match (number("admit_backup"), number("schema")) {
            (Some(FORMAT), Some(1..=schema::CURRENT)) => {}
            (Some(FORMAT), Some(other)) => return Err(BadBackup::Schema(other)),
            (Some(FORMAT), None) | (None, _) => return Err(BadBackup::Foreign),
            (Some(other), _) => return Err(BadBackup::Format(other)),
        }
        let bad = |what: String| BadBackup::Line { line: 1, what };
        let header: Self = serde_json::from_slice(line).map_err(|error| bad(error.to_string()))?;
        match header.origin() {
            Some(origin) => Ok((header, origin)),
            None => Err(bad("an id or a hash is unreadable".into())),
        }
    }
}

#[derive(Serialize)]
struct Title<'a> {
    table: &'a str,
    columns: Vec<&'a str>,
}

impl<'a> Title<'a> {
    fn of(table: &'a Table) -> Self {
        Self {
            table: table.name,
            columns: table.columns.iter().map(|column| column.name).collect(),
        }
    }
}

/// The last line, without its end.
fn trailer(counts: &Counts, sum: &str) -> String {
    let rows: Vec<String> = counts
        .iter()
        .map(|(table, count)| format!("\"{table}\":{count}"))
        .collect();
    format!(
        "{{\"end\":{{\"rows\":{{{}}},\"sha256\":\"{sum}\"}}}}",
        rows.join(",")
    )
}
