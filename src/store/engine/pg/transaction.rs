//! A transaction on a server.

use std::cell::{Cell as Flag, RefCell};

use postgres::Client;
use postgres::types::{ToSql, Type};

use super::faults::{fault, is_lost};
use super::pending::Pending;
use crate::store::engine::{Param, Row};
use crate::store::fault::Fault;

/// How many rows a cursor fetches at first, and then.
const CHUNKS: (usize, usize) = (64, 1_024);

/// A transaction on a server.
pub(in crate::store) struct PgTx<'a> {
    client: RefCell<&'a mut Client>,
    place: &'a str,
    role: &'a str,
    state: Flag<State>,
    cursors: Flag<u32>,
    /// Collected inserts, if many are expected.
    pending: RefCell<Option<Pending>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    /// A statement failed: the server accepts no other, and would silently roll back at a commit.
    Failed,
    Ended,
}

impl<'a> PgTx<'a> {
    /// A transaction that was begun on a connection.
    pub(super) fn begun(client: &'a mut Client, place: &'a str, role: &'a str) -> Self {
        Self {
            client: RefCell::new(client),
            place,
            role,
            state: Flag::new(State::Open),
            cursors: Flag::new(0),
            pending: RefCell::default(),
        }
    }

    pub(in crate::store::engine) fn role(&self) -> &str {
        self.role
    }

    pub(in crate::store::engine) fn place(&self) -> &str {
        self.place
    }

    /// Records what an error means for the transaction.
    fn failed(&self, error: &postgres::Error) -> Fault {
        self.state.set(State::Failed);
        fault(error, self.place)
    }

    /// From now on plain inserts may be deferred.
    pub(in crate::store::engine) fn expect_many(&self) {
        self.pending.borrow_mut().get_or_insert_default();
    }

    /// Sends the collected inserts.
    fn flush(&self) -> Result<(), Fault> {
        match &mut *self.pending.borrow_mut() {
            Some(pending) => pending
                .send(&mut self.client.borrow_mut())
                .map_err(|error| self.failed(&error)),
            None => Ok(()),
        }
    }

    /// Keeps an insert for later; false if it has to be run now.
    fn keep(&self, sql: &str, params: &[&dyn Param], id: Option<i64>) -> Result<bool, Fault> {
        let mut pending = self.pending.borrow_mut();
        let Some(pending) = &mut *pending else {
            return Ok(false);
        };
        if !pending.keep(sql, params, id) {
            return Ok(false);
        }
        if pending.is_full() {
            pending
                .send(&mut self.client.borrow_mut())
                .map_err(|error| self.failed(&error))?;
        }
        Ok(true)
    }

    /// An id for an insert that can be deferred.
    fn id_for(&self, sql: &str) -> Result<Option<i64>, Fault> {
        let mut pending = self.pending.borrow_mut();
        let Some(pending) = &mut *pending else {
            return Ok(None);
        };
        let Some(table) = pending.table(sql) else {
            return Ok(None);
        };
        pending
            .id(&mut self.client.borrow_mut(), &table)
            .map(Some)
            .map_err(|error| self.failed(&error))
    }

    pub(in crate::store::engine) fn exec(
        &self,
        sql: &str,
        params: &[&dyn Param],
    ) -> Result<usize, Fault> {
        if self.keep(sql, params, None)? {
            return Ok(1);
        }
        self.flush()?;
        let changed = self
            .client
            .borrow_mut()
            .execute_typed(sql, &bound(params))
            .map_err(|error| self.failed(&error))?;
        Ok(usize::try_from(changed).unwrap_or(usize::MAX))
    }

    pub(in crate::store::engine) fn insert(
        &self,
        sql: &str,
        params: &[&dyn Param],
    ) -> Result<i64, Fault> {
        if let Some(id) = self.id_for(sql)?
            && self.keep(sql, params, Some(id))?
        {
            return Ok(id);
        }
        let rows = self.rows(&format!("{sql} returning id"), params)?;
        rows.first()
            .and_then(|row| row.try_get(0).ok())
            .ok_or_else(|| Fault::Other("the server returned no id".into()))
    }

    pub(in crate::store::engine) fn rows(
        &self,
        sql: &str,
        params: &[&dyn Param],
    ) -> Result<Vec<postgres::Row>, Fault> {
        self.flush()?;
        self.client
            .borrow_mut()
            .query_typed(sql, &bound(params))
            .map_err(|error| self.failed(&error))
    }

    /// Through a cursor, so that neither side holds the whole result and `take` may run other queries in the meantime.
    pub(in crate::store::engine) fn each<E: From<Fault>>(
        &self,
        sql: &str,
        params: &[&dyn Param],
        mut take: impl FnMut(&Row<'_>) -> Result<bool, E>,
    ) -> Result<(), E> {
        let number = self.cursors.get();
        self.cursors.set(number + 1);
        let cursor = format!("c{number}");
        self.exec(
            &format!("declare {cursor} no scroll cursor for {sql}"),
            params,
        )?;
        let mut chunk = CHUNKS.0;
        let mut going_on = true;
        while going_on {
            let rows = self.rows(&format!("fetch {chunk} from {cursor}"), &[])?;
            for row in &rows {
                going_on = take(&Row::Pg(row))?;
                if !going_on {
                    break;
                }
            }
            going_on &= rows.len() == chunk;
            chunk = CHUNKS.1;
        }
        self.batch(&format!("close {cursor}"))?;
        Ok(())
    }

    pub(in crate::store::engine) fn batch(&self, sql: &str) -> Result<(), Fault> {
        self.flush()?;
        self.client
            .borrow_mut()
            .batch_execute(sql)
            .map_err(|error| self.failed(&error))
    }

    pub(in crate::store::engine) fn commit(self) -> Result<(), Fault> {
        self.flush()?;
        if self.state.replace(State::Ended) != State::Open {
            self.client.borrow_mut().batch_execute("rollback").ok();
            return Err(Fault::Other(
                "refused to commit a change of which a part had failed".into(),
            ));
        }
        let committed = self.client.borrow_mut().batch_execute("commit");
        committed.map_err(|error| {
            if is_lost(&error) {
                Fault::Unsettled(self.place.to_owned())
            } else {
                fault(&error, self.place)
            }
        })
    }
}

impl Drop for PgTx<'_> {
    fn drop(&mut self) {
        if self.state.get() != State::Ended {
            // If this is not received, the server does the same when the connection closes.
            self.client.borrow_mut().batch_execute("rollback").ok();
        }
    }
}

fn bound<'a>(params: &[&'a dyn Param]) -> Vec<(&'a (dyn ToSql + Sync), Type)> {
    params
        .iter()
        .map(|param| (param.on_server(), param.kind()))
        .collect()
}
