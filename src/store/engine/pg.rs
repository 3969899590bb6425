//! A PostgreSQL server.
//!
//! Nothing on the connection outlives a transaction: settings are `set local`, statements have no names, long results
//! come through a cursor. So a transaction pooler (such as pgbouncer) works.
//!
//! A write transaction is SERIALIZABLE and queues with the other writers before it reads anything, with a lock on the
//! table `chain`, where every writer has to write its entry anyway: what it reads then cannot be outdated, and it does
//! not fail at its end. Readers wait for nobody.

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
use super::lite::{BRIEFLY, BUSY_SECONDS};
use crate::store::fault::Fault;
use crate::vault::Place;

/// Where the tables are: a separate schema, so that nothing else in the database can be mistaken for them.
pub(in crate::store) const SCHEMA: &str = "admit";

/// How often a change is retried when another came first.
const RETRIES: u32 = 10;
/// How often an unreachable server is tried again: about 30 seconds, in which a replica can be promoted.
const LOOKS: u32 = 20;

/// A server, and the connection to it.
pub(in crate::store) struct Pg {
    url: ServerUrl,
    client: Option<Client>,
    greeting: Greeting,
}

/// What the server reports at the start.
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

    /// The database, as its place is kept next to the key.
    pub(super) fn whereabouts(&self) -> Place {
        Place::of_server(&self.url.database())
    }

    /// What the engine is, for people.
    pub(super) fn describe(&self) -> String {
        format!("PostgreSQL {}", self.greeting.version)
    }

    /// Our role on the server.
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

    /// The same, with a query for two numbers at the end of the message.
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
                // The connection was lost while idle: nothing was begun.
                self.connect()?;
                self.send(opening)
                    .map_err(|error| fault(&error, self.url.place()))?
            }
            Err(error) => {
                let found = fault(&error, self.url.place());
                let unsupported = error.code() == Some(&SqlState::FEATURE_NOT_SUPPORTED);
                // A partly executed opening must not stay open.
                self.send("rollback").ok();
                // A replica has no serializable transactions (PostgreSQL manual, "Hot Standby").
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

    /// Whether this is a replica, which is read-only. False if the server does not say.
    pub(super) fn is_replica(&mut self) -> bool {
        let asked = "select pg_is_in_recovery()";
        self.client.as_mut().is_some_and(|client| {
            client
                .query_typed(asked, &[])
                .is_ok_and(|rows| rows.iter().any(|row| row.try_get(0).unwrap_or(false)))
        })
    }

    /// Sends statements in one message; returns the first two numbers in the last row, if there is one.
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

    /// Whether a failed change may be retried. Pauses first.
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

    /// A server checks its pages and references by itself; here it is checked whether every table can be read.
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
            // Reads every column of every row.
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

    /// Who besides the owner was granted to change or delete audit entries.
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

/// The start of a transaction: one message, so one round trip. Temporary tables come last in the search path, because
/// otherwise they would come first: one with the name of ours may be left on a connection that a pooler shares with
/// others. A table that grew in this transaction has no statistics yet, and with the usual cost of a random page
/// hundreds of addresses would be looked up by repeatedly reading all of it.
fn opening(mode: Mode) -> String {
    let patience = match mode {
        Mode::Brief => BRIEFLY,
        _ => Duration::from_secs(BUSY_SECONDS),
    };
    let patience = format!(
        "set local lock_timeout = {}; \
         set local idle_in_transaction_session_timeout = '60s'; \
         set local random_page_cost = 1.1;",
        patience.as_millis()
    );
    match mode {
        Mode::Read => format!(
            "begin isolation level repeatable read read only; set local search_path to {SCHEMA}, pg_temp"
        ),
        Mode::Write | Mode::Brief => format!(
            "begin isolation level serializable; set local search_path to {SCHEMA}, pg_temp; {patience} \
             lock table chain in share row exclusive mode"
        ),
        // Nothing is decided by what it reads, so it does not queue.
        Mode::Relaxed => format!(
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
        for mode in [Mode::Read, Mode::Write, Mode::Relaxed, Mode::Create] {
            let text = opening(mode);
            assert!(
                text.contains("set local search_path to admit, pg_temp;")
                    || text.ends_with("set local search_path to admit, pg_temp"),
                "{text}"
            );
        }
    }
}
