//! The format of a backup: one text for every engine, described in ARCHITECTURE.md.
//!
//! Lines of JSON. The first says what it is; then each table of the schema: a line with its name and columns, and a line
//! for each row, an array in the order of the columns, blobs as base64; the last has the rows of each table and a SHA-256
//! over every byte before it. It is written and read in one go, whatever its size.

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
/// What a backup says about itself to whoever opens it.
const NOTE: &str = "A backup of admit. It holds personal data and password hashes. It does not hold the key: \
     keep the key file apart from it.";

/// Why a file cannot be used as a backup.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
pub enum BadBackup {
    /// Something else.
    #[error("it is not a backup of admit")]
    Foreign,
    /// A later version of admit wrote it.
    #[error("its format is {0}, and this version of admit knows {FORMAT}")]
    Format(i64),
    /// It is from a later version of admit, with other tables.
    #[error("its schema is {0}, and this version of admit knows {known}", known = schema::CURRENT)]
    Schema(i64),
    /// Its end is missing.
    #[error("it is cut short after line {0}")]
    Short(u64),
    /// A line does not say what can stand there.
    #[error("line {line}: {what}")]
    Line {
        /// Its number, from 1.
        line: u64,
        /// What is wrong with it.
        what: String,
    },
    /// Rows are missing, or too many.
    #[error("its end says that the table {table} has {wanted} rows, and it has {has}")]
    Rows {
        /// The table.
        table: &'static str,
        /// How many there are.
        has: u64,
        /// How many there were.
        wanted: u64,
    },
    /// Some byte is not as it was written.
    #[error("it was changed or damaged: the SHA-256 at its end does not fit what stands before")]
    Sum,
    /// It does not read.
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
    /// How often the store was reconciled, plus one.
    pub epoch: i64,
    /// The id of the key under which it is sealed.
    pub key_id: String,
    /// What the store lay in, for people.
    pub engine: String,
    /// When it was made.
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
    /// What the first line says of a store.
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

    /// What it says of the store, if that reads.
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

    /// Number and hash of the record's last entry.
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
            None => Err(bad("an id or a hash does not read".into())),
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
