//! The only place that distinguishes the database engines.
//!
//! Every statement of the store is one text for all engines: parameters are `$1`, `$2` … **in order of first
//! appearance** (SQLite numbers named parameters that way), integers are `i64`, blobs are byte slices, there are no
//! booleans, clock functions or collations in SQL, and a computed number is cast to `bigint`. Code for a single engine
//! is in its own module: [`lite`] is an SQLite file, [`pg`] a PostgreSQL server.

mod lite;
mod param;
mod pg;

use self::lite::LiteTx;
pub(super) use self::lite::{Lite, Part};
pub(super) use self::param::{Cell, Param, Value};
use self::pg::PgTx;
pub(super) use self::pg::{Pg, SCHEMA, ServerUrl};
use super::fault::Fault;
use crate::vault::Place;

/// An open database.
pub(super) enum Db {
    /// A file.
    Lite(Lite),
    /// A server.
    Pg(Box<Pg>),
}

/// A running transaction. Dropping it rolls it back.
pub(super) enum Tx<'a> {
    /// On a file.
    Lite(LiteTx<'a>),
    /// On a server.
    Pg(PgTx<'a>),
}

/// One row of an answer.
pub(super) enum Row<'a> {
    /// Of a file.
    Lite(&'a rusqlite::Row<'a>),
    /// Of a server.
    Pg(&'a postgres::Row),
}

/// Whether a transaction may write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mode {
    /// One consistent view, no lock.
    Read,
    /// Queues with the other writers at the start: upgrading to a write in the middle would fail.
    Write,
    /// Like `Write`, but the commit does not wait for the disk. It survives a crash of the process; a power cut may
    /// undo it. The next `Write` of any process syncs it.
    Relaxed,
    /// Like `Write`, for what may be left out: other writers are waited for only for an instant.
    Brief,
    /// The first of all: there are no tables yet.
    Create,
}

impl Db {
    /// What the engine is, for people.
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Lite(_) => lite::describe(),
            Self::Pg(pg) => pg.describe(),
        }
    }

    /// Where it is, for people: a path, or a URL without secrets.
    pub(super) fn place(&self) -> String {
        match self {
            Self::Lite(lite) => lite.path().display().to_string(),
            Self::Pg(pg) => pg.place().to_owned(),
        }
    }

    /// Its place, as it is kept next to the key.
    pub(super) fn whereabouts(&self) -> Place {
        match self {
            Self::Lite(lite) => lite.whereabouts(),
            Self::Pg(pg) => pg.whereabouts(),
        }
    }

    /// Whether what was opened is still the file or database at its place.
    pub(super) fn is_in_place(&self) -> bool {
        match self {
            Self::Lite(lite) => lite.is_in_place(),
            Self::Pg(_) => true,
        }
    }

    /// The version of another program's SQLite that has written to the file and is too old to do so.
    pub(super) fn unsafe_writer(&self) -> Option<String> {
        match self {
            Self::Lite(lite) => lite.unsafe_writer(),
            Self::Pg(_) => None,
        }
    }

    /// Whether it is a replica of another server: it is read-only, and may lag behind.
    pub(super) fn is_replica(&mut self) -> bool {
        match self {
            Self::Lite(_) => false,
            Self::Pg(server) => server.is_replica(),
        }
    }

    /// The engine's own consistency check: one line per problem, empty if there is none.
    pub(super) fn check(&mut self) -> Result<Vec<String>, Fault> {
        match self {
            Self::Lite(lite) => lite.check(),
            Self::Pg(pg) => pg.check(),
        }
    }

    /// Who besides the owner of the store can change or delete audit entries with SQL, according to the server.
    pub(super) fn audit_rewriters(&mut self) -> Result<Vec<String>, Fault> {
        match self {
            Self::Lite(_) => Ok(Vec::new()),
            Self::Pg(pg) => pg.audit_rewriters(),
        }
    }

    /// Every part of a file's structure. A server's is compared in another way.
    pub(super) fn structure(&self) -> Result<Vec<Part>, Fault> {
        match self {
            Self::Lite(lite) => lite.structure(),
            Self::Pg(_) => Ok(Vec::new()),
        }
    }

    /// Its size in bytes.
    pub(super) fn size(&mut self) -> Result<i64, Fault> {
        match self {
            Self::Lite(lite) => Ok(lite.size()),
            Self::Pg(pg) => pg.size(),
        }
    }

    /// Clears what a deleted row leaves in the engine's log, as far as possible. False if a transaction prevented it.
    pub(super) fn empty_log(&mut self) -> Result<bool, Fault> {
        match self {
            Self::Lite(lite) => lite.empty_log(),
            // A server recycles its log by itself; no one else can.
            Self::Pg(_) => Ok(true),
        }
    }

    /// Starts a transaction.
    pub(super) fn begin(&mut self, mode: Mode) -> Result<Tx<'_>, Fault> {
        match self {
            Self::Lite(lite) => lite.begin(mode).map(Tx::Lite),
            Self::Pg(pg) => pg.begin(mode).map(Tx::Pg),
        }
    }

    /// Starts a transaction and queries two numbers in it; a server gets both in the same message.
    pub(super) fn begin_asking(
        &mut self,
        mode: Mode,
        sql: &'static str,
    ) -> Result<(Tx<'_>, [Option<i64>; 2]), Fault> {
        match self {
            Self::Lite(lite) => {
                let tx = Tx::Lite(lite.begin(mode)?);
                let numbers = tx.one(sql, &[], |row| Ok([row.get(0), row.get(1)]))?;
                Ok((tx, numbers.unwrap_or_default()))
            }
            Self::Pg(pg) => {
                let (tx, numbers) = pg.begin_asking(mode, sql)?;
                Ok((Tx::Pg(tx), numbers))
            }
        }
    }

    /// Whether a failed change may be retried in a new transaction. Pauses first.
    pub(super) fn try_again(&mut self, fault: &Fault, tries: u32) -> bool {
        match self {
            Self::Lite(_) => matches!(fault, Fault::Retry) && tries < lite::RETRIES,
            Self::Pg(pg) => pg.try_again(fault, tries),
        }
    }
}

impl Tx<'_> {
    /// Runs a statement and returns how many rows it changed.
    pub(super) fn exec(&self, sql: &str, params: &[&dyn Param]) -> Result<usize, Fault> {
        assert_named_in_order(sql);
        match self {
            Self::Lite(tx) => tx.exec(sql, params),
            Self::Pg(tx) => tx.exec(sql, params),
        }
    }

    /// Inserts one row and returns the id that the engine gave it.
    pub(super) fn insert(&self, sql: &str, params: &[&dyn Param]) -> Result<i64, Fault> {
        assert_named_in_order(sql);
        match self {
            Self::Lite(tx) => tx.insert(sql, params),
            Self::Pg(tx) => tx.insert(sql, params),
        }
    }

    /// Runs a query and passes each row to `take`, until it says to stop. Memory does not grow with the result.
    pub(super) fn each<E: From<Fault>>(
        &self,
        sql: &str,
        params: &[&dyn Param],
        take: impl FnMut(&Row<'_>) -> Result<bool, E>,
    ) -> Result<(), E> {
        assert_named_in_order(sql);
        match self {
            Self::Lite(tx) => tx.each(sql, params, take),
            Self::Pg(tx) => tx.each(sql, params, take),
        }
    }

    /// The first row, if there is one.
    pub(super) fn one<T>(
        &self,
        sql: &str,
        params: &[&dyn Param],
        mut take: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Option<T>, Fault> {
        assert_named_in_order(sql);
        match self {
            Self::Lite(tx) => {
                let mut found = None;
                tx.each(sql, params, |row| {
                    found = Some(take(row)?);
                    Ok::<bool, Fault>(false)
                })?;
                Ok(found)
            }
            Self::Pg(tx) => {
                let rows = tx.rows(sql, params)?;
                rows.first().map(|row| take(&Row::Pg(row))).transpose()
            }
        }
    }

    /// All rows. For results that are always small.
    pub(super) fn all<T>(
        &self,
        sql: &str,
        params: &[&dyn Param],
        mut take: impl FnMut(&Row<'_>) -> Result<T, Fault>,
    ) -> Result<Vec<T>, Fault> {
        assert_named_in_order(sql);
        match self {
            Self::Lite(tx) => {
                let mut found = Vec::new();
                tx.each(sql, params, |row| {
                    found.push(take(row)?);
                    Ok::<bool, Fault>(true)
                })?;
                Ok(found)
            }
            Self::Pg(tx) => {
                let rows = tx.rows(sql, params)?;
                rows.iter().map(|row| take(&Row::Pg(row))).collect()
            }
        }
    }

    /// Runs statements that take no parameters, as a schema file has them.
    pub(super) fn batch(&self, sql: &str) -> Result<(), Fault> {
        match self {
            Self::Lite(tx) => tx.batch(sql),
            Self::Pg(tx) => tx.batch(sql),
        }
    }

    /// Announces many rows: a server gets them together.
    pub(super) fn expect_many(&self) {
        if let Self::Pg(tx) = self {
            tx.expect_many();
        }
    }

    /// After rows came with their ids: continues a table's ids after them. A file does that by itself.
    pub(super) fn go_on_after_ids(&self, table: &str) -> Result<(), Fault> {
        match self {
            Self::Lite(_) => Ok(()),
            Self::Pg(tx) => tx.batch(&format!(
                "select setval(pg_get_serial_sequence('{table}', 'id'), top) \
                 from (select max(id) as top from {table}) as ids where top is not null"
            )),
        }
    }

    /// Whether text may contain every character. A server's cannot contain NUL.
    pub(super) fn takes_nul(&self) -> bool {
        matches!(self, Self::Lite(_))
    }

    /// Our role on the server.
    pub(super) fn role(&self) -> Option<&str> {
        match self {
            Self::Lite(_) => None,
            Self::Pg(tx) => Some(tx.role()),
        }
    }

    /// The URL of the server, for people; nothing for a file.
    pub(super) fn place(&self) -> String {
        match self {
            Self::Lite(_) => String::new(),
            Self::Pg(tx) => tx.place().to_owned(),
        }
    }

    /// Commits. [`Fault::Unsettled`]: the answer was lost, and the commit may have been made.
    pub(super) fn commit(self) -> Result<(), Fault> {
        match self {
            Self::Lite(tx) => tx.commit(),
            Self::Pg(tx) => tx.commit(),
        }
    }
}

impl Row<'_> {
    /// The value of a column, or `None` if it is of another type.
    pub(super) fn get<T: Cell>(&self, column: usize) -> Option<T> {
        match self {
            Self::Lite(row) => row.get(column).ok(),
            Self::Pg(row) => row.try_get(column).ok(),
        }
    }
}

/// SQLite numbers `$1`, `$2` by first appearance, so `select $2, $1` would silently swap them.
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_named_in_order_of_first_appearance() {
        assert_named_in_order("select $1, $2, $1, $3");
        let swapped = std::panic::catch_unwind(|| assert_named_in_order("select $2, $1"));
        assert!(swapped.is_err());
    }
}
