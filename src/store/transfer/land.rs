//! Creating a new store from moved rows: complete, or not at all.

use super::{Landing, Moved, Source, Tick, counted, origin};
use crate::store::draft::Draft;
use crate::store::engine::{self, Db, Lite, Mode, Pg, Value};
use crate::store::fault::Fault;
use crate::store::location::{self, Location};
use crate::store::schema::{self, Table, tables};
use crate::store::{Store, StoreError, Tx};
use crate::vault::Vault;

/// Creates the new store at its place.
pub(super) fn land<T, E: StoreError>(
    landing: Landing<'_>,
    vault: Vault,
    source: &mut dyn Source,
    tick: Tick<'_>,
    then: &mut dyn FnMut(&mut Tx<'_>) -> Result<T, E>,
) -> Result<(Moved, T), E> {
    match landing.location {
        Location::File(path) => {
            if landing.aside.is_none() && std::fs::symlink_metadata(path).is_ok() {
                return Err(Fault::Exists(path.display().to_string()).into());
            }
            location::check_folder(path)?;
            let draft = Draft::new(path)?;
            let file = Lite::open(&draft.file(), true)?;
            file.expect_many()?;
            let mut store = Store::on(Db::Lite(file), vault);
            let done = fill(&mut store, source, tick, then, true)?;
            if let Db::Lite(file) = &store.db {
                file.use_write_ahead_log()?;
            }
            drop(store);
            match (landing.dry_run, landing.aside) {
                (true, _) => {}
                (false, None) => draft.publish()?,
                (false, Some(aside)) => draft.publish_over(aside)?,
            }
            Ok(done)
        }
        Location::Server(server) => {
            let mut store = Store::on(Db::Pg(Box::new(Pg::open(server.read()?)?)), vault);
            if !matches!(schema::verify(&mut store.db), Err(Fault::Missing(_))) {
                return Err(Fault::Exists(store.place()).into());
            }
            fill(&mut store, source, tick, then, !landing.dry_run)
        }
        Location::Unknown(url) => Err(Fault::UnknownUrl(url.clone()).into()),
    }
}

/// One transaction.
fn fill<T, E: StoreError>(
    store: &mut Store,
    source: &mut dyn Source,
    tick: Tick<'_>,
    then: &mut dyn FnMut(&mut Tx<'_>) -> Result<T, E>,
    commit: bool,
) -> Result<(Moved, T), E> {
    let mut tx = Tx::new(store.db.begin(Mode::Create)?, &store.vault);
    let moved = load(&tx, source, tick)?;
    let value = then(&mut tx)?;
    tx.write_head()?;
    if commit {
        tx.sql.commit()?;
    }
    Ok((moved, value))
}

/// Writes every row of a source into an empty database, checks that all have arrived, and upgrades it to the current
/// schema.
fn load(tx: &Tx<'_>, source: &mut dyn Source, tick: Tick<'_>) -> Result<Moved, Fault> {
    let sql = &tx.sql;
    let schema = source.schema();
    let tables = tables(schema);
    schema::install(sql, schema)?;
    sql.expect_many();
    let statements: Vec<String> = tables.iter().map(insert).collect();
    let takes_nul = sql.takes_nul();
    let (wanted, origin_wanted) = source.feed(&mut |place, row| {
        if !takes_nul {
            refuse_nul(&tables[place], row)?;
        }
        let params: Vec<&dyn engine::Param> = row.iter().map(|cell| cell as _).collect();
        sql.exec(&statements[place], &params)?;
        if tick(1) {
            Ok(())
        } else {
            Err(Fault::Interrupted)
        }
    })?;
    for table in tables.iter().filter(|table| table.key == "id") {
        sql.go_on_after_ids(table.name)?;
    }
    let counts = counted(sql, schema)?;
    if counts != wanted {
        return Err(Fault::Incomplete("rows are missing".into()));
    }
    if origin(sql)? != origin_wanted {
        return Err(Fault::Incomplete(
            "it is another store, or has another last audit entry".into(),
        ));
    }
    for from in schema..schema::CURRENT {
        schema::step(sql, from)?;
    }
    match tx.verify_audit(None, |_| {})? {
        Ok(head) => Ok(Moved { counts, head }),
        Err(broken) => Err(Fault::BrokenRecord(broken.seq, broken.what)),
    }
}

fn insert(table: &Table) -> String {
    let places: Vec<String> = (1..=table.columns.len()).map(|n| format!("${n}")).collect();
    format!(
        "insert into {} ({}) values ({})",
        table.name,
        table.list(),
        places.join(", ")
    )
}

fn refuse_nul(table: &'static Table, row: &[Value]) -> Result<(), Fault> {
    let has_nul = |value: &Value| matches!(value, Value::Text(Some(text)) if text.contains('\0'));
    match row.iter().position(has_nul) {
        None => Ok(()),
        Some(column) => Err(Fault::Row {
            table: table.name,
            key: match row.first() {
                Some(Value::Int(Some(id))) => format!("row {id}"),
                _ => "(row)".to_owned(),
            },
            column,
            wanted: "text without a NUL, which a server does not accept",
        }),
    }
}
