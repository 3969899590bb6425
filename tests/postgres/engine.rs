//! The engine of this test binary: a store is a database on a PostgreSQL server. `tests/it/engine.rs` is its
//! counterpart.

use std::cell::RefCell;
use std::path::Path;

use admit::store::{Location, Surroundings};
use postgres::types::private::BytesMut;
use postgres::types::{IsNull, ToSql, Type, to_sql_checked};
use postgres::{Client, NoTls};

use crate::server::{Database, Server};
use crate::support::cell::Cell;

/// What `admit store info` says of it.
pub(crate) const NAME: &str = "PostgreSQL ";

/// A blob of one byte, in SQL.
pub(crate) const BYTE: &str = "'\\x00'";

/// Ways around the guard of the audit that only this engine has.
pub(crate) const REPLACING: &[&str] = &[
    "insert into audit select * from audit where seq = 1 on conflict (seq) do update set operator = 'eve'",
    "merge into audit using (select 1) as it on seq = 1 when matched then delete",
    "truncate audit",
];

/// Races: one round in four is run. Each statement is a message to a server that works on the same processors as those
/// who race, so a round takes some three times as long as on a file. What the processes do between the statements is the
/// same code, and has had all its rounds there; a claim without its condition is found in the first rounds.
pub(crate) const ONE_ROUND_IN: usize = 4;

/// The commands that the stories print are run where the store is a file: they are the same here, word for word.
pub(crate) const RUNS_WHAT_IS_PRINTED: bool = false;

/// A database for one store, where nothing is yet.
pub(crate) struct Place {
    database: Database,
}

impl Place {
    /// A store of the laboratory.
    pub(crate) fn of_lab(_: &Path) -> Self {
        Self {
            database: Server::running().database(),
        }
    }

    /// One that commands find by [`variable`](Self::variable).
    pub(crate) fn of_home(home: &Path) -> Self {
        Self::of_lab(home)
    }

    /// What commands have to be told to find it.
    #[expect(clippy::unnecessary_wraps, reason = "a file needs none")]
    pub(crate) fn variable(&self, operator: &str) -> Option<(&'static str, String)> {
        Some(("ADMIT_STORE", self.database.url(operator)))
    }

    /// What `--store` takes.
    pub(crate) fn url(&self) -> String {
        self.database.url("olga")
    }

    pub(crate) fn location(&self) -> Location {
        self.location_of("olga")
    }

    /// The same for another operator.
    pub(crate) fn location_of(&self, operator: &str) -> Location {
        Location::parse(&self.database.url(operator), &Surroundings::default())
    }

    /// Puts a store of an earlier version here.
    pub(crate) fn hold_released(&self, folder: &Path) {
        let made = std::fs::read_to_string(folder.join("server.sql")).unwrap();
        let mut client = Client::connect(&self.url(), NoTls).unwrap();
        client.batch_execute(&made).unwrap();
    }

    /// A connection that knows nothing of the rules.
    pub(crate) fn raw(&self) -> Raw {
        let mut client = Client::connect(&self.url(), NoTls).unwrap();
        client.batch_execute("set search_path to admit").unwrap();
        Raw(RefCell::new(client))
    }

    /// What of it is in no file of the home.
    pub(crate) fn rows_of_server(&self) -> Option<Vec<u8>> {
        let raw = self.raw();
        let made = !raw.tables().is_empty();
        made.then(|| self.bytes())
    }

    /// A server recycles its log by itself.
    #[expect(clippy::unused_self, reason = "a file has one beside it")]
    pub(crate) fn empty_log(&self) {}

    /// How many bytes the server wrote into its log since.
    pub(crate) fn log_meter(&self) -> impl Fn() -> u64 {
        let raw = self.raw();
        let position = move || -> u64 {
            let sql = "select cast(pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as bigint)";
            u64::try_from(raw.one::<i64>(sql, &[])).unwrap()
        };
        let start = position();
        move || position() - start
    }

    /// Waits until the server has noticed that somebody was killed, and is done with what they had sent. It must not take
    /// it longer than others wait for their turn to write (10 s).
    pub(crate) fn settle(&self) {
        let raw = self.raw();
        let busy = "select count(*) from pg_stat_activity where datname = current_database() \
                    and state <> 'idle' and pid <> pg_backend_pid()";
        let is_done = |_| {
            raw.batch("select pg_sleep(0.002)").unwrap();
            raw.one::<i64>(busy, &[]) == 0
        };
        assert!((0..5_000).any(is_done), "the dead still hold the server");
    }

    /// Every value of every row. What lies in the server's own files is its business.
    pub(crate) fn bytes(&self) -> Vec<u8> {
        let raw = self.raw();
        let mut all = Vec::new();
        for table in raw.tables() {
            for row in raw.rows(&format!("select * from {table}"), &[]).unwrap() {
                for cell in row {
                    match cell {
                        Cell::Text(text) => all.extend(text.into_bytes()),
                        Cell::Blob(blob) => all.extend(blob),
                        Cell::Integer(_) | Cell::Null => {}
                    }
                    all.push(0);
                }
            }
        }
        assert!(all.windows(5).any(|part| part == b"main\0"));
        all
    }
}

/// A connection that knows nothing of the rules.
pub(crate) struct Raw(RefCell<Client>);

impl ToSql for Cell {
    fn to_sql(
        &self,
        kind: &Type,
        out: &mut BytesMut,
    ) -> Result<IsNull, Box<dyn std::error::Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Integer(number) if *kind == Type::INT8 => number.to_sql(kind, out),
            Self::Text(text) if *kind == Type::TEXT => text.to_sql(kind, out),
            Self::Blob(blob) if *kind == Type::BYTEA => blob.to_sql(kind, out),
            other => Err(format!("{other:?} is no {kind}").into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn bound(params: &[Cell]) -> Vec<&(dyn ToSql + Sync)> {
    params
        .iter()
        .map(|cell| cell as &(dyn ToSql + Sync))
        .collect()
}

fn said(error: postgres::Error) -> String {
    match error.as_db_error() {
        Some(server) => server.message().to_owned(),
        None => error.to_string(),
    }
}

impl Raw {
    /// How many rows a statement changed.
    pub(crate) fn execute(&self, sql: &str, params: &[Cell]) -> Result<usize, String> {
        let changed = self.0.borrow_mut().execute(sql, &bound(params));
        changed
            .map_err(said)
            .map(|count| usize::try_from(count).unwrap())
    }

    pub(crate) fn batch(&self, sql: &str) -> Result<(), String> {
        self.0.borrow_mut().batch_execute(sql).map_err(said)
    }

    pub(crate) fn rows(&self, sql: &str, params: &[Cell]) -> Result<Vec<Vec<Cell>>, String> {
        let rows = self
            .0
            .borrow_mut()
            .query(sql, &bound(params))
            .map_err(said)?;
        Ok(rows.iter().map(cells).collect())
    }

    /// The tables of the store.
    pub(crate) fn tables(&self) -> Vec<String> {
        self.column(
            "select cast(relname as text) from pg_class \
             where relnamespace = to_regnamespace('admit') and relkind = 'r'",
            &[],
        )
    }

    /// Takes the place of the one writer, until `rollback`.
    pub(crate) fn hold_writers(&self) {
        self.batch("begin; lock table chain in share row exclusive mode")
            .unwrap();
    }

    /// Takes away what keeps the audit append-only. Gives what puts it back.
    pub(crate) fn open_audit(&self) -> String {
        let back: Vec<String> = self.column(
            "select pg_get_triggerdef(oid) from pg_trigger \
             where not tgisinternal and tgrelid = to_regclass('admit.audit')",
            &[],
        );
        assert_eq!(back.len(), 3);
        for guard in ["deleted", "truncated", "updated"] {
            self.batch(&format!("drop trigger audit_never_{guard} on audit"))
                .unwrap();
        }
        back.join(";\n")
    }
}

fn cells(row: &postgres::Row) -> Vec<Cell> {
    let cell = |(at, column): (usize, &postgres::Column)| match *column.type_() {
        Type::INT8 => row.get::<_, Option<i64>>(at).map(Cell::Integer),
        Type::INT4 => row
            .get::<_, Option<i32>>(at)
            .map(|number| Cell::Integer(number.into())),
        Type::BOOL => row
            .get::<_, Option<bool>>(at)
            .map(|yes| Cell::Integer(yes.into())),
        Type::TEXT => row.get::<_, Option<String>>(at).map(Cell::Text),
        Type::BYTEA => row.get::<_, Option<Vec<u8>>>(at).map(Cell::Blob),
        ref other => panic!("a column is {other}"),
    };
    row.columns()
        .iter()
        .enumerate()
        .map(|column| cell(column).unwrap_or(Cell::Null))
        .collect()
}
