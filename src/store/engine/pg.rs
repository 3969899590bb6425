//! A PostgreSQL server.
//!
//! Nothing outlives a transaction on the connection: settings are `set local`, statements have no names, long answers
//! come through a cursor. So a pooler between transactions (pgbouncer and its like) is no hindrance.
//!
//! A write transaction is SERIALIZABLE and takes its place among the writers before it looks at anything, by a lock on
//! the table `chain`, where every writer has to write its entry anyway: what it then sees cannot be overtaken, and it is
//! not thrown back at its end. Readers wait for nobody.

mod connect;
mod faults;
mod pass;
mod pending;
mod url;

use std::cell::{Cell as Flag, RefCell};
use std::time::Duration;

use postgres::Client;
use postgres::types::{ToSql, Type};

use self::faults::{fault, is_lost};
use self::pending::Pending;
pub(in crate::store) use self::url::ServerUrl;
use super::lite::BUSY_SECONDS;
use super::{Mode, Param, Row};
use crate::store::fault::Fault;

/// Where the tables are: a schema of its own, so that nothing else in the database can be mistaken for them.
pub(in crate::store) const SCHEMA: &str = "admit";

/// How many rows a cursor brings at first, and then.
const CHUNKS: (usize, usize) = (64, 1_024);

/// How often a change is run when another came first.
const RETRIES: u32 = 10;
/// How often a server that went away is looked for: about 30 seconds, in which a replica can be promoted.
const LOOKS: u32 = 20;

/// A server, and the connection to it.
pub(in crate::store) struct Pg {
    url: ServerUrl,
    client: Option<Client>,
    greeting: Greeting,
}

/// What the server says at the start.
#[derive(Clone, Debug, Default)]
struct Greeting {
    version: String,
    role: String,
}

/// A transaction on a server.
pub(in crate::store) struct PgTx<'a> {
    client: RefCell<&'a mut Client>,
    place: &'a str,
    role: &'a str,
    state: Flag<State>,
    cursors: Flag<u32>,
    /// Inserts that wait, where many are expected.
    pending: RefCell<Option<Pending>>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Open,
    /// A statement failed: the server takes no other, and would roll back at a commit without a word.
    Failed,
    Ended,
}

impl Pg {
    /// Connects.
    pub(in crate::store) fn open(url: ServerUrl) -> Result<Self, Fault> {
        let mut pg = Self {
            url,
            client: None,
            greeting: Greeting::default(),
        };
        pg.connect()?;
        Ok(pg)
    }

    /// The URL, without secrets.
    pub(super) fn place(&self) -> &str {
        self.url.place()
    }

    /// What the engine is, for people.
    pub(super) fn describe(&self) -> String {
        format!("PostgreSQL {}", self.greeting.version)
    }

    /// As whom the server knows us.
    pub(in crate::store) fn role(&self) -> &str {
        &self.greeting.role
    }

    fn connect(&mut self) -> Result<(), Fault> {
        self.client = None;
        let mut client = connect::connect(&self.url)?;
        let greeting = client
            .query_typed(
                "select current_setting('server_version'), cast(session_user as text)",
                &[],
            )
            .and_then(|rows| {
                let row = &rows[0];
                let version: String = row.try_get(0)?;
                Ok(Greeting {
                    version: version.split(' ').next().unwrap_or_default().to_owned(),
                    role: row.try_get(1)?,
                })
            })
            .map_err(|error| fault(&error, self.url.place()))?;
        self.greeting = greeting;
        self.client = Some(client);
        Ok(())
    }

    /// Starts a transaction, on a new connection if the old one is gone.
    pub(super) fn begin(&mut self, mode: Mode) -> Result<PgTx<'_>, Fault> {
        let opening = opening(mode);
        let begun = match self.client.as_mut() {
            Some(client) => client.batch_execute(&opening),
            None => {
                self.connect()?;
                self.send(&opening)
            }
        };
        if let Err(error) = begun {
            if !is_lost(&error) {
                let found = fault(&error, self.url.place());
                // What of the opening was done must not stay open.
                self.send("rollback").ok();
                return Err(found);
            }
            // It went away while nobody talked to it: nothing was begun.
            self.connect()?;
            self.send(&opening)
                .map_err(|error| fault(&error, self.url.place()))?;
        }
        let Some(client) = self.client.as_mut() else {
            return Err(Fault::Unreachable {
                place: self.url.place().to_owned(),
                why: "the connection is gone".into(),
            });
        };
        Ok(PgTx {
            client: RefCell::new(client),
            place: self.url.place(),
            role: &self.greeting.role,
            state: Flag::new(State::Open),
            cursors: Flag::new(0),
            pending: RefCell::default(),
        })
    }

    fn send(&mut self, sql: &str) -> Result<(), postgres::Error> {
        self.client
            .as_mut()
            .map_or(Ok(()), |client| client.batch_execute(sql))
    }

    /// Whether a change that failed so may be run again, after a pause that this makes.
    pub(super) fn try_again(&mut self, fault: &Fault, tries: u32) -> bool {
        let pause = match fault {
            Fault::Retry if tries < RETRIES => {
                let spread = u64::from(std::process::id().wrapping_mul(2_654_435_761) ^ tries) % 20;
                Duration::from_millis(u64::from(tries) * (5 + spread))
            }
            Fault::Unreachable { .. } if tries < LOOKS => {
                self.client = None;
                Duration::from_millis((100 << tries.min(4)).min(2_000))
            }
            _ => return false,
        };
        wait(pause);
        true
    }

    /// A server checks its pages and references by itself; what can be asked is whether it answers for every table.
    pub(super) fn check(&mut self) -> Result<Vec<String>, Fault> {
        let tx = self.begin(Mode::Read)?;
        let tables = tx.rows(
            "select cast(relname as text) from pg_class where relnamespace = to_regnamespace($1) and relkind = 'r'",
            &[&SCHEMA],
        )?;
        let mut problems = Vec::new();
        for row in &tables {
            let table: String = row
                .try_get(0)
                .map_err(|error| Fault::Other(error.to_string()))?;
            // Every column of every row is read.
            if let Err(fault) = tx.rows(
                &format!("select sum(length(cast({table} as text))) from {table}"),
                &[],
            ) {
                problems.push(format!("the table {table} cannot be read: {fault}"));
                break;
            }
        }
        Ok(problems)
    }

    /// Bytes of all tables and indexes.
    pub(super) fn size(&mut self) -> Result<i64, Fault> {
        let tx = self.begin(Mode::Read)?;
        let rows = tx.rows(
            "select cast(coalesce(sum(pg_total_relation_size(oid)), 0) as bigint) from pg_class \
             where relnamespace = to_regnamespace($1) and relkind = 'r'",
            &[&SCHEMA],
        )?;
        rows.first()
            .and_then(|row| row.try_get(0).ok())
            .ok_or_else(|| Fault::Other("the server did not say how large the store is".into()))
    }
}

/// What begins a transaction: one message, so one round trip.
fn opening(mode: Mode) -> String {
    let patience = format!(
        "set local lock_timeout = '{BUSY_SECONDS}s'; \
         set local idle_in_transaction_session_timeout = '60s';"
    );
    match mode {
        Mode::Read => format!(
            "begin isolation level repeatable read read only; set local search_path to {SCHEMA}"
        ),
        Mode::Write => format!(
            "begin isolation level serializable; set local search_path to {SCHEMA}; {patience} \
             lock table chain in share row exclusive mode"
        ),
        // Nothing is decided by what it reads, so nobody need wait.
        Mode::Note => format!(
            "begin isolation level read committed; set local search_path to {SCHEMA}; {patience} \
             set local synchronous_commit = off"
        ),
        Mode::Create => format!(
            "begin isolation level serializable; set local search_path to {SCHEMA}; {patience}"
        ),
    }
}

impl PgTx<'_> {
    pub(super) fn role(&self) -> &str {
        self.role
    }

    /// Notes what a failure means for the transaction.
    fn failed(&self, error: &postgres::Error) -> Fault {
        self.state.set(State::Failed);
        fault(error, self.place)
    }

    /// From now on plain inserts may wait.
    pub(super) fn expect_many(&self) {
        self.pending.borrow_mut().get_or_insert_default();
    }

    /// Sends the inserts that wait.
    fn settle(&self) -> Result<(), Fault> {
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

    /// An id for an insert that can wait.
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

    pub(super) fn exec(&self, sql: &str, params: &[&dyn Param]) -> Result<usize, Fault> {
        if self.keep(sql, params, None)? {
            return Ok(1);
        }
        self.settle()?;
        let changed = self
            .client
            .borrow_mut()
            .execute_typed(sql, &bound(params))
            .map_err(|error| self.failed(&error))?;
        Ok(usize::try_from(changed).unwrap_or(usize::MAX))
    }

    pub(super) fn insert(&self, sql: &str, params: &[&dyn Param]) -> Result<i64, Fault> {
        if let Some(id) = self.id_for(sql)?
            && self.keep(sql, params, Some(id))?
        {
            return Ok(id);
        }
        let rows = self.rows(&format!("{sql} returning id"), params)?;
        rows.first()
            .and_then(|row| row.try_get(0).ok())
            .ok_or_else(|| Fault::Other("the server gave no id".into()))
    }

    pub(super) fn rows(
        &self,
        sql: &str,
        params: &[&dyn Param],
    ) -> Result<Vec<postgres::Row>, Fault> {
        self.settle()?;
        self.client
            .borrow_mut()
            .query_typed(sql, &bound(params))
            .map_err(|error| self.failed(&error))
    }

    /// Through a cursor, so that neither side holds the whole answer and `take` may ask other things meanwhile.
    pub(super) fn each<E: From<Fault>>(
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

    pub(super) fn batch(&self, sql: &str) -> Result<(), Fault> {
        self.settle()?;
        self.client
            .borrow_mut()
            .batch_execute(sql)
            .map_err(|error| self.failed(&error))
    }

    pub(super) fn commit(self) -> Result<(), Fault> {
        self.settle()?;
        if self.state.replace(State::Ended) != State::Open {
            self.client.borrow_mut().batch_execute("rollback").ok();
            return Err(Fault::Other(
                "a change was to be committed of which a part had failed".into(),
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
            // If it is not heard, the server does the same when the connection goes.
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

fn wait(pause: Duration) {
    #[expect(
        clippy::disallowed_methods,
        reason = "between two tries of one change; nothing else can wait here"
    )]
    std::thread::sleep(pause);
}
