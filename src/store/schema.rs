//! The schema: numbered files, and the check that a file has exactly what they say.

use std::collections::BTreeSet;
use std::path::Path;

use super::engine::Db;
use super::fault::Fault;

/// `application_id` in the file's header: "admt" in ASCII.
pub(super) const APPLICATION: i64 = 0x6164_6d74;

/// The schema this version reads and writes.
pub(super) const CURRENT: i64 = 1;

const INITIAL: &str = include_str!("schema/sqlite/0001_initial.sql");

/// Builds the schema in an empty database, in one transaction.
pub(super) fn install(db: &Db) -> Result<(), Fault> {
    db.batch(&format!("begin immediate; {INITIAL} commit;"))?;
    db.mark(APPLICATION, CURRENT)
}

/// Compares the text of every table, index and trigger with what we would have written: a planted trigger or a
/// missing constraint is refused before anything is read.
pub(super) fn verify(db: &Db, path: &Path) -> Result<(), Fault> {
    let has = db.structure()?;
    let wanted: BTreeSet<&str> = statements().collect();
    let foreign = |why: String| Fault::Foreign {
        path: path.to_owned(),
        why,
    };
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
    INITIAL
        .split("\n\n")
        .map(|statement| statement.trim().trim_end_matches(';'))
        .filter(|s| !s.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_split_into_the_statements_they_hold() {
        let starts = ["CREATE TABLE ", "CREATE INDEX ", "CREATE TRIGGER "];
        assert!(written().count() > 20);
        assert!(written().all(|s| starts.iter().any(|start| s.starts_with(start))));
    }
}
