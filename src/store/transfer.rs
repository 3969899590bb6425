//! Moving a whole store: to a backup, from one, and from one engine to another.
//!
//! Nothing here knows what a row means: tables and columns come from the schema's file, and rows keep their ids. A
//! store is read in one transaction, so writers are not blocked; and a new one appears complete, with the same number
//! of rows and a valid audit log, or not at all.

mod backup;
mod land;

use std::io::Write;
use std::path::Path;

use jiff::Timestamp;

use self::backup::Writer;
pub use self::backup::{Backup, BadBackup, Header};
use self::land::land;
use super::audit::{Head, read_head};
use super::engine::{self, Mode, Value};
use super::fault::Fault;
use super::location::Location;
use super::rows::Columns;
use super::schema::{self, Holds, Table, tables};
use super::{Store, StoreError, Tx, bound};
use crate::vault::{KeyId, Vault};

/// The number of rows in each table, in the order of the schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Counts {
    schema: i64,
    rows: Vec<u64>,
}

impl Counts {
    fn none(schema: i64) -> Self {
        Self {
            schema,
            rows: vec![0; tables(schema).len()],
        }
    }

    fn add(&mut self, place: usize) {
        self.rows[place] += 1;
    }

    /// Each table with its number of rows.
    pub fn iter(&self) -> impl Iterator<Item = (&'static str, u64)> {
        tables(self.schema)
            .iter()
            .map(|table| table.name)
            .zip(self.rows.iter().copied())
    }

    /// Rows of one table.
    pub fn of(&self, table: &str) -> u64 {
        self.iter()
            .find(|(name, _)| *name == table)
            .map_or(0, |(_, count)| count)
    }

    /// Rows of all tables.
    pub fn total(&self) -> u64 {
        self.rows.iter().sum()
    }
}

/// Gets the number of rows moved; false stops the work.
pub type Tick<'t> = &'t mut dyn FnMut(u64) -> bool;

/// Which store it is, and its last audit entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Origin {
    identity: [u8; 16],
    epoch: i64,
    key_id: i64,
    head: Head,
}

/// What was moved.
#[derive(Clone, Debug)]
pub struct Moved {
    /// Rows of each table.
    pub counts: Counts,
    /// The end of the audit log.
    pub head: Head,
}

/// A completed backup.
#[derive(Clone, Debug)]
pub struct Made {
    /// Its first line.
    pub header: Header,
    /// Rows of each table.
    pub counts: Counts,
    /// The SHA-256 at its end.
    pub sum: String,
}

/// How to create the store at its new place.
#[derive(Clone, Copy, Debug)]
pub struct Landing<'a> {
    /// Where.
    pub location: &'a Location,
    /// The existing file is renamed to this first.
    pub aside: Option<&'a Path>,
    /// Do everything, and leave nothing behind.
    pub dry_run: bool,
}

/// The rows of one transaction, or of a backup: each with the position of its table.
type Take<'t> = &'t mut dyn FnMut(usize, &[Value]) -> Result<(), Fault>;

trait Source {
    /// The number of its schema.
    fn schema(&self) -> i64;

    /// Passes on every row, and returns what must have arrived.
    fn feed(&mut self, take: Take<'_>) -> Result<(Counts, Origin), Fault>;
}

impl Source for Backup<'_> {
    fn schema(&self) -> i64 {
        self.header().schema
    }

    fn feed(&mut self, take: Take<'_>) -> Result<(Counts, Origin), Fault> {
        let counts = Backup::feed(self, take)?;
        Ok((counts, self.origin()))
    }
}

/// A transaction on a store of this schema.
struct Whole<'a> {
    sql: engine::Tx<'a>,
    schema: i64,
}

impl Source for Whole<'_> {
    fn schema(&self) -> i64 {
        self.schema
    }

    fn feed(&mut self, take: Take<'_>) -> Result<(Counts, Origin), Fault> {
        let mut counts = Counts::none(self.schema);
        for (place, table) in tables(self.schema).iter().enumerate() {
            let sql = format!(
                "select {} from {} order by {}",
                table.list(),
                table.name,
                table.key
            );
            self.sql.each(&sql, &[], |row| {
                take(place, &cells(table, row)?)?;
                counts.add(place);
                Ok::<bool, Fault>(true)
            })?;
        }
        Ok((counts, origin(&self.sql)?))
    }
}

fn cells(table: &'static Table, row: &engine::Row<'_>) -> Result<Vec<Value>, Fault> {
    let mut columns = Columns::of(table.name, row);
    let cell = |column: &schema::Column| {
        Ok(match column.holds {
            Holds::Numbers => Value::Int(columns.opt_int()?),
            Holds::Text => Value::Text(columns.opt_text()?),
            Holds::Blobs => Value::Blob(columns.opt_blob()?),
        })
    };
    table.columns.iter().map(cell).collect()
}

fn origin(sql: &engine::Tx<'_>) -> Result<Origin, Fault> {
    let odd = |what: &str| Fault::Other(format!("the store has no {what}"));
    let head = sql
        .one("select seq, hash from chain where id = 1", &[], read_head)?
        .ok_or_else(|| odd("recorded end of the audit log"))?;
    sql.one(
        "select identity, epoch, key_id from store where id = 1",
        &[],
        |row| {
            let mut columns = Columns::of("store", row);
            Ok(Origin {
                identity: columns.bytes()?,
                epoch: columns.int()?,
                key_id: columns.int()?,
                head,
            })
        },
    )?
    .ok_or_else(|| odd("identity"))
}

fn counted(sql: &engine::Tx<'_>, schema: i64) -> Result<Counts, Fault> {
    let count = |table: &Table| {
        let text = format!("select cast(count(*) as bigint) from {}", table.name);
        let found = sql.one(&text, &[], |row| Columns::of(table.name, row).int())?;
        Ok(found
            .and_then(|count| u64::try_from(count).ok())
            .unwrap_or(0))
    };
    let rows = tables(schema).iter().map(count);
    Ok(Counts {
        schema,
        rows: rows.collect::<Result<_, Fault>>()?,
    })
}

impl Store {
    /// How many rows it has, for progress.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn rows(&mut self) -> Result<u64, Fault> {
        let schema = self.schema;
        Ok(counted(&self.db.begin(Mode::Read)?, schema)?.total())
    }

    /// Writes a backup: one consistent state, while others continue writing. An invalid audit log is refused, because
    /// such a backup could not be restored.
    ///
    /// # Errors
    /// Those of the engine, and [`Fault::Unwritten`]; what was written then is worthless.
    pub fn back_up(
        &mut self,
        out: &mut dyn Write,
        now: Timestamp,
        tick: Tick<'_>,
    ) -> Result<Made, Fault> {
        let engine = self.engine();
        let tx = Tx::new(self.db.begin(Mode::Read)?, &self.vault);
        if let Err(broken) = tx.verify_audit(None, |_| {})? {
            return Err(Fault::BrokenRecord(broken.seq, broken.what));
        }
        let schema = self.schema;
        let rows = counted(&tx.sql, schema)?.total();
        let header = Header::new(&origin(&tx.sql)?, schema, engine, now, rows);
        let mut writer = Writer::begin(out, &header)?;
        let Tx { sql, .. } = tx;
        Whole { sql, schema }.feed(&mut |place, row| {
            writer.row(place, row)?;
            if tick(1) {
                Ok(())
            } else {
                Err(Fault::Interrupted)
            }
        })?;
        let (counts, sum) = writer.end()?;
        Ok(Made {
            header,
            counts,
            sum,
        })
    }

    /// Creates a store from a backup; `then` continues in the same transaction, and its failure undoes everything.
    ///
    /// # Errors
    /// [`Fault::Exists`], [`Fault::Backup`], [`Fault::WrongKey`], errors of the file system or the server, and those
    /// of `then`. There is no new store then, and the old one, if any, is unchanged.
    pub fn restore<T, E: StoreError>(
        landing: Landing<'_>,
        vault: Vault,
        backup: &mut Backup<'_>,
        tick: Tick<'_>,
        then: &mut dyn FnMut(&mut Tx<'_>) -> Result<T, E>,
    ) -> Result<(Moved, T), E> {
        let origin = backup.origin();
        let vault = bound(vault, origin.identity, KeyId::from_stored(origin.key_id))?;
        land(landing, vault, backup, tick, then)
    }

    /// Copies this store to another place, where there is none. This one is only read.
    ///
    /// # Errors
    /// [`Fault::Exists`], and errors of the engines. There is no new store then.
    pub fn copy_to(
        &mut self,
        landing: Landing<'_>,
        vault: Vault,
        tick: Tick<'_>,
    ) -> Result<Moved, Fault> {
        let schema = self.schema;
        let sql = self.db.begin(Mode::Read)?;
        let origin = origin(&sql)?;
        let vault = bound(vault, origin.identity, KeyId::from_stored(origin.key_id))?;
        let mut whole = Whole { sql, schema };
        let (moved, ()) = land(
            landing,
            vault,
            &mut whole,
            tick,
            &mut |_| Ok::<_, Fault>(()),
        )?;
        Ok(moved)
    }
}
