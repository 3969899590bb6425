//! The expected schema on a server.

mod guard;

use std::collections::BTreeSet;

use super::{foreign, known, steps};
use crate::store::engine::{SCHEMA, Tx};
use crate::store::fault::Fault;
use crate::store::rows::Columns;

/// The number of the schema, after checking that every table has the known columns.
pub(super) fn verify(tx: &Tx<'_>, place: &str) -> Result<i64, Fault> {
    let there = tx.one(
        "select cast(count(*) as bigint) from pg_class join pg_namespace on pg_namespace.oid = relnamespace \
         where nspname = $1 and relname = 'schema_version'",
        &[&SCHEMA],
        |row| Columns::of("pg_class", row).int(),
    )?;
    if there != Some(1) {
        return Err(Fault::Missing(place.to_owned()));
    }
    let may = tx.one(
        "select cast(count(*) as bigint) from pg_namespace where nspname = $1 and has_schema_privilege(oid, 'usage')",
        &[&SCHEMA],
        |row| Columns::of("pg_namespace", row).int(),
    )?;
    if may != Some(1) {
        return Err(Fault::Denied {
            place: place.to_owned(),
            why: format!("no usage of the schema {SCHEMA} was granted"),
        });
    }
    let found = tx
        .one(
            "select version from schema_version where id = 1",
            &[],
            |row| Columns::of("schema_version", row).int(),
        )?
        .ok_or_else(|| foreign(place, "it has no schema number".into()))?;
    let found = known(found, place)?;
    let has = tx.all(
        // Ten times as fast as information_schema.columns, which also shows only what was granted.
        "select cast(c.relname as text), cast(a.attname as text), format_type(a.atttypid, a.atttypmod), \
         case when a.attnotnull then 'NO' else 'YES' end \
         from pg_attribute a join pg_class c on c.oid = a.attrelid \
         where c.relnamespace = to_regnamespace($1) and c.relkind not in ('i', 'I', 'S') \
         and a.attnum > 0 and not a.attisdropped",
        &[&SCHEMA],
        |row| {
            let mut columns = Columns::of("pg_attribute", row);
            Ok(ServerColumn {
                table: columns.text()?,
                name: columns.text()?,
                kind: columns.text()?,
                nullable: columns.text()? == "YES",
            })
        },
    )?;
    let has: BTreeSet<ServerColumn> = has.into_iter().collect();
    let wanted = columns(found);
    if let Some(odd) = has.difference(&wanted).next() {
        return Err(foreign(
            place,
            format!(
                "it contains something that admit did not create: {}.{}",
                odd.table, odd.name
            ),
        ));
    }
    if let Some(missing) = wanted.difference(&has).next() {
        return Err(foreign(
            place,
            format!("a part is missing: {}.{}", missing.table, missing.name),
        ));
    }
    guard::verify(tx, found, place)?;
    Ok(found)
}

/// From here to the end of the transaction, what is created belongs to the owner of the schema, if we are a member of
/// that role: a store has one owner, even if a member of that role creates or upgrades it. Returns the owner if we are
/// not.
pub(super) fn become_owner(tx: &Tx<'_>) -> Result<Option<String>, Fault> {
    let owner = tx.one(
        "select cast(pg_get_userbyid(nspowner) as text), \
         cast(case when pg_has_role(nspowner, 'usage') then 1 else 0 end as bigint) \
         from pg_namespace where nspname = $1 and pg_get_userbyid(nspowner) <> current_user",
        &[&SCHEMA],
        |row| {
            let mut columns = Columns::of("pg_namespace", row);
            Ok((columns.text()?, columns.int()? == 1))
        },
    )?;
    match owner {
        Some((owner, true)) => tx
            .one("select set_config('role', $1, true)", &[&owner], |_| Ok(()))
            .map(|_| None),
        Some((owner, false)) => Ok(Some(owner)),
        None => Ok(None),
    }
}

/// One column of a table on a server.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct ServerColumn {
    table: String,
    name: String,
    kind: String,
    nullable: bool,
}

/// The columns that a schema's steps create: a table's lines are indented by two, one column each, and a column that
/// was added later has a statement in one line.
fn columns(schema: i64) -> BTreeSet<ServerColumn> {
    let mut columns = BTreeSet::new();
    let mut table = "";
    for line in steps::up_to(schema)
        .iter()
        .flat_map(|step| step.postgres.lines())
    {
        if let Some(name) = line.strip_prefix("CREATE TABLE ") {
            table = name.trim_end_matches(" (");
        }
        let added = steps::added(line);
        let Some((table, column)) = added.or_else(|| Some((table, line.strip_prefix("  ")?)))
        else {
            continue;
        };
        columns.extend(server_column(table, column));
    }
    columns
}

fn server_column(table: &str, column: &str) -> Option<ServerColumn> {
    let (name, rest) = column.split_once(' ')?;
    if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
        return None;
    }
    let kind = match rest.split([' ', ',', ';']).next().unwrap_or_default() {
        "BIGINT" => "bigint",
        "BYTEA" => "bytea",
        _ => "text",
    };
    Some(ServerColumn {
        table: table.to_owned(),
        name: name.to_owned(),
        kind: kind.to_owned(),
        nullable: !rest.contains("NOT NULL") && !rest.contains("PRIMARY KEY"),
    })
}
