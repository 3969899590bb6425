//! The schema: numbered files, and the check that a file has exactly what they say.

mod tables;

use std::collections::BTreeSet;

use super::engine::{Db, Mode, SCHEMA, Tx};
use super::fault::Fault;
use super::rows::Columns;
pub(super) use tables::{Column, Holds, Table, tables};

/// `application_id` in the file's header: "admt" in ASCII.
pub(super) const APPLICATION: i64 = 0x6164_6d74;

/// The schema this version reads and writes.
pub(super) const CURRENT: i64 = 1;

const SQLITE: &str = include_str!("schema/sqlite/0001_initial.sql");
const POSTGRES: &str = include_str!("schema/postgres/0001_initial.sql");

/// Builds the schema in an empty database.
pub(super) fn install(tx: &Tx<'_>) -> Result<(), Fault> {
    match tx {
        Tx::Lite(_) => {
            tx.batch(SQLITE)?;
            tx.batch(&format!(
                "pragma application_id = {APPLICATION}; pragma user_version = {CURRENT};"
            ))
        }
        Tx::Pg(_) => {
            tx.batch(&format!("create schema if not exists {SCHEMA}"))?;
            tx.batch(POSTGRES)?;
            tx.exec(
                "insert into schema_version (id, version) values (1, $1)",
                &[&CURRENT],
            )?;
            Ok(())
        }
    }
}

/// Compares what is there with what we would have written, before anything else is read.
pub(super) fn verify(db: &mut Db) -> Result<(), Fault> {
    let place = db.place();
    match db {
        Db::Lite(file) => verify_file(&file.structure()?, &place),
        Db::Pg(_) => verify_server(&db.begin(Mode::Read)?, &place),
    }
}

/// A server: the number of the schema, and that every table has the columns we know.
fn verify_server(tx: &Tx<'_>, place: &str) -> Result<(), Fault> {
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
    if found > CURRENT {
        return Err(Fault::Newer {
            place: place.to_owned(),
            found,
            known: CURRENT,
        });
    }
    if found < CURRENT {
        return Err(foreign(place, format!("it has schema {found}")));
    }
    let has = tx.all(
        // Ten times as fast as information_schema.columns, which besides shows only what was granted.
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
    let wanted = columns(POSTGRES);
    if let Some(odd) = has.difference(&wanted).next() {
        return Err(foreign(
            place,
            format!(
                "its structure holds something that admit did not put there: {}.{}",
                odd.table, odd.name
            ),
        ));
    }
    if let Some(missing) = wanted.difference(&has).next() {
        return Err(foreign(
            place,
            format!(
                "part of its structure is missing: {}.{}",
                missing.table, missing.name
            ),
        ));
    }
    let planted = tx.all(
        "select cast(tgname as text) || case when tgenabled in ('O', 'A') then '' else ' (disabled)' end \
         from pg_trigger where not tgisinternal and tgrelid in \
         (select oid from pg_class where relnamespace = to_regnamespace($1)) order by tgname",
        &[&SCHEMA],
        |row| Columns::of("pg_trigger", row).text(),
    )?;
    if planted != TRIGGERS {
        return Err(foreign(
            place,
            format!(
                "its triggers are not those that admit made: {}",
                planted.join(", ")
            ),
        ));
    }
    Ok(())
}

/// The triggers that keep the audit append-only, in the order of their names.
const TRIGGERS: [&str; 3] = [
    "audit_never_deleted",
    "audit_never_truncated",
    "audit_never_updated",
];

/// Where a table stands in the schema: behind every table that it refers to.
pub(super) fn place_of(table: &str) -> Option<usize> {
    static TABLES: std::sync::OnceLock<Vec<&str>> = std::sync::OnceLock::new();
    let tables = TABLES.get_or_init(|| {
        POSTGRES
            .lines()
            .filter_map(|line| line.strip_prefix("CREATE TABLE ")?.strip_suffix(" ("))
            .collect()
    });
    tables.iter().position(|name| *name == table)
}

/// One column of a table on a server.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
struct ServerColumn {
    table: String,
    name: String,
    kind: String,
    nullable: bool,
}

/// The columns that the file of a schema makes: a table's lines are indented by two, one column each.
fn columns(schema: &str) -> BTreeSet<ServerColumn> {
    let mut table = String::new();
    let mut columns = BTreeSet::new();
    for line in schema.lines() {
        if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            rest.trim_end_matches(" (").clone_into(&mut table);
        }
        let Some((name, rest)) = line
            .strip_prefix("  ")
            .and_then(|line| line.split_once(' '))
        else {
            continue;
        };
        if !name.starts_with(|c: char| c.is_ascii_lowercase()) {
            continue;
        }
        let kind = match rest.split([' ', ',']).next().unwrap_or_default() {
            "BIGINT" => "bigint",
            "BYTEA" => "bytea",
            _ => "text",
        };
        columns.insert(ServerColumn {
            table: table.clone(),
            name: name.to_owned(),
            kind: kind.to_owned(),
            nullable: !rest.contains("NOT NULL") && !rest.contains("PRIMARY KEY"),
        });
    }
    columns
}

fn foreign(place: &str, why: String) -> Fault {
    Fault::Foreign {
        place: place.to_owned(),
        why,
    }
}

/// A file: the text of every table, index and trigger. A planted trigger or a missing constraint is refused.
fn verify_file(has: &[String], place: &str) -> Result<(), Fault> {
    let wanted: BTreeSet<&str> = statements().collect();
    let foreign = |why: String| foreign(place, why);
    if let Some(planted) = has.iter().find(|sql| !wanted.contains(sql.as_str())) {
        return Err(foreign(format!(
            "its structure holds something that admit did not put there: {}",
            title(planted)
        )));
    }
    if has.len() != wanted.len() {
        let missing = wanted
            .iter()
            .find(|sql| !has.iter().any(|other| other == *sql));
        return Err(foreign(format!(
            "part of its structure is missing: {}",
            missing.map_or("?".into(), |sql| title(sql))
        )));
    }
    Ok(())
}

/// The first words of a statement: what it makes.
fn title(sql: &str) -> String {
    sql.split([' ', '\n', '('])
        .filter(|word| !word.is_empty())
        .take(3)
        .collect::<Vec<_>>()
        .join(" ")
}

/// The statements of the schema as SQLite keeps them: without the final semicolon.
fn statements() -> impl Iterator<Item = &'static str> {
    // SQLite keeps the numbers of AUTOINCREMENT in a table that it makes by itself.
    std::iter::once("CREATE TABLE sqlite_sequence(name,seq)").chain(written())
}

/// The statements that the file holds.
fn written() -> impl Iterator<Item = &'static str> {
    SQLITE
        .split("\n\n")
        .map(|statement| statement.trim().trim_end_matches(';'))
        .filter(|s| !s.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The statements of a file that begin so, with the types and words of one engine in the place of the other's.
    fn neutral(schema: &str, begins: &str) -> Vec<String> {
        let alike = [
            (
                "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
                "INTEGER PRIMARY KEY",
            ),
            ("INTEGER PRIMARY KEY AUTOINCREMENT", "INTEGER PRIMARY KEY"),
            ("BIGINT", "INTEGER"),
            ("BYTEA", "BLOB"),
            (" COLLATE \"C\"", ""),
            (") STRICT, WITHOUT ROWID", ")"),
            (") STRICT", ")"),
        ];
        let mut found: Vec<String> = schema
            .split("\n\n")
            .map(|statement| statement.trim().trim_end_matches(';').to_owned())
            .filter(|statement| statement.starts_with(begins))
            .map(|statement| {
                alike
                    .iter()
                    .fold(statement, |text, (one, other)| text.replace(one, other))
            })
            .filter(|statement| !statement.starts_with("CREATE TABLE schema_version "))
            .collect();
        found.sort();
        found
    }

    /// Tables with their columns in the same order, whether they may be null, keys, references and checks; indexes with
    /// their conditions.
    #[test]
    fn both_files_make_the_same() {
        for (begins, least) in [("CREATE TABLE ", 20), ("CREATE INDEX ", 15)] {
            let (file, server) = (neutral(SQLITE, begins), neutral(POSTGRES, begins));
            assert!(file.len() >= least, "{}", file.len());
            assert_eq!(file, server);
        }
        let guards = |schema: &str| {
            schema
                .matches("CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit")
                .count()
                + schema
                    .matches("CREATE TRIGGER audit_never_updated BEFORE UPDATE ON audit")
                    .count()
        };
        assert_eq!((guards(SQLITE), guards(POSTGRES)), (2, 2));
    }

    #[test]
    fn the_files_split_into_the_statements_they_hold() {
        let starts = ["CREATE TABLE ", "CREATE INDEX ", "CREATE TRIGGER "];
        assert!(written().count() > 20);
        assert!(written().all(|s| starts.iter().any(|start| s.starts_with(start))));
    }
}
