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
mod guard;
mod pass;
mod pending;
mod transaction;
mod url;

use std::time::Duration;

use postgres::error::SqlState;
use postgres::{Client, SimpleQueryMessage};

use self::faults::{fault, is_lost};
pub(super) use self::transaction::PgTx;
pub(in crate::store) use self::url::ServerUrl;
use super::Mode;
use super::lite::BUSY_SECONDS;
use crate::store::fault::Fault;
use crate::vault::Place;

/// Where the tables are: a schema of its own, so that nothing else in the database can be mistaken for them.
pub(in crate::store) const SCHEMA: &str = "admit";

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

    /// The database, as it is kept beside the key.
    pub(super) fn whereabouts(&self) -> Place {
        Place::of_server(&self.url.database())
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
        Ok(self.begin_with(&opening(mode))?.0)
    }

    /// The same, with a question for two numbers at the end of the message.
    pub(super) fn begin_asking(
        &mut self,
        mode: Mode,
        sql: &str,
    ) -> Result<(PgTx<'_>, [Option<i64>; 2]), Fault> {
        self.begin_with(&format!("{}; {sql}", opening(mode)))
    }

    fn begin_with(&mut self, opening: &str) -> Result<(PgTx<'_>, [Option<i64>; 2]), Fault> {
        if self.client.is_none() {
            self.connect()?;
        }
        let answer = match self.send(opening) {
            Ok(answer) => answer,
            Err(error) if is_lost(&error) => {
                // It went away while nobody talked to it: nothing was begun.
                self.connect()?;
                self.send(opening)
                    .map_err(|error| fault(&error, self.url.place()))?
            }
            Err(error) => {
                let found = fault(&error, self.url.place());
                let unsupported = error.code() == Some(&SqlState::FEATURE_NOT_SUPPORTED);
                // What of the opening was done must not stay open.
                self.send("rollback").ok();
                // A replica has no transactions that are serializable (PostgreSQL manual, "Hot Standby").
                if unsupported && self.is_replica() {
                    return Err(Fault::Replica(self.url.place().to_owned()));
                }
                return Err(found);
            }
        };
        let Some(client) = self.client.as_mut() else {
            return Err(Fault::Unreachable {
                place: self.url.place().to_owned(),
                why: "the connection is gone".into(),
            });
        };
        let tx = PgTx::begun(client, self.url.place(), &self.greeting.role);
        Ok((tx, answer))
    }

    /// Whether this is a replica, which only reads. A server that does not say is none.
    pub(super) fn is_replica(&mut self) -> bool {
        let asked = "select pg_is_in_recovery()";
        self.client.as_mut().is_some_and(|client| {
            client
                .query_typed(asked, &[])
                .is_ok_and(|rows| rows.iter().any(|row| row.try_get(0).unwrap_or(false)))
        })
    }

    /// Sends statements in one message; the answer is the first two numbers in the last row, if there is one.
    fn send(&mut self, sql: &str) -> Result<[Option<i64>; 2], postgres::Error> {
        let Some(client) = self.client.as_mut() else {
            return Ok([None; 2]);
        };
        let answers = client.simple_query(sql)?;
        let last = answers.iter().rev().find_map(|answer| match answer {
            SimpleQueryMessage::Row(row) => Some(row),
            _ => None,
        });
        let number = |at| last?.try_get(at).ok().flatten()?.parse().ok();
        Ok([number(0), number(1)])
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

    /// Who besides the owner was granted to change or delete entries of the record.
    pub(super) fn audit_rewriters(&mut self) -> Result<Vec<String>, Fault> {
        let tx = self.begin(Mode::Read)?;
        let rows = tx.rows(
            "select distinct case when grantee = 0 then 'public' else cast(pg_get_userbyid(grantee) as text) end as name \
             from pg_class, aclexplode(relacl) where relnamespace = to_regnamespace($1) and relname = 'audit' \
             and grantee <> relowner and privilege_type in ('UPDATE', 'DELETE', 'TRUNCATE', 'TRIGGER') order by name",
            &[&SCHEMA],
        )?;
        rows.iter()
            .map(|row| {
                row.try_get(0)
                    .map_err(|error| Fault::Other(error.to_string()))
            })
            .collect()
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

/// What begins a transaction: one message, so one round trip. Temporary tables come last, because otherwise they would come
/// first: one with the name of ours may be left on a connection that a pooler shares with somebody else. A table that grew in this transaction has no statistics yet,
/// and at the usual price of a random page hundreds of addresses would be looked up by reading all of it, again and again.
fn opening(mode: Mode) -> String {
    let patience = format!(
        "set local lock_timeout = '{BUSY_SECONDS}s'; \
         set local idle_in_transaction_session_timeout = '60s'; \
         set local random_page_cost = 1.1;"
    );
    match mode {
        Mode::Read => format!(
            "begin isolation level repeatable read read only; set local search_path to {SCHEMA}, pg_temp"
        ),
        Mode::Write => format!(
            "begin isolation level serializable; set local search_path to {SCHEMA}, pg_temp; {patience} \
             lock table chain in share row exclusive mode"
        ),
        // Nothing is decided by what it reads, so nobody need wait.
        Mode::Note => format!(
            "begin isolation level read committed; set local search_path to {SCHEMA}, pg_temp; {patience} \
             set local synchronous_commit = off"
        ),
        Mode::Create => format!(
            "begin isolation level serializable; set local search_path to {SCHEMA}, pg_temp; {patience}"
        ),
    }
}

fn wait(pause: Duration) {
    #[expect(
        clippy::disallowed_methods,
        reason = "between two tries of one change; nothing else can wait here"
    )]
    std::thread::sleep(pause);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_temporary_table_never_comes_before_ours() {
        for mode in [Mode::Read, Mode::Write, Mode::Note, Mode::Create] {
            let text = opening(mode);
            assert!(
                text.contains("set local search_path to admit, pg_temp;")
                    || text.ends_with("set local search_path to admit, pg_temp"),
                "{text}"
            );
        }
    }
}
