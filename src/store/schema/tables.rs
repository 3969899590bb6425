//! What the schema's file says about tables and columns, for moving rows without knowing what they mean.

use std::sync::OnceLock;

use super::steps;

/// A table.
#[derive(Debug)]
pub(in crate::store) struct Table {
    /// Its name.
    pub(in crate::store) name: &'static str,
    /// Its columns, in order.
    pub(in crate::store) columns: Vec<Column>,
    /// Its primary key: it gives rows the same order on every engine.
    pub(in crate::store) key: &'static str,
}

/// A column.
#[derive(Debug)]
pub(in crate::store) struct Column {
    /// Its name.
    pub(in crate::store) name: &'static str,
    /// What it contains, unless null.
    pub(in crate::store) holds: Holds,
}

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::store) enum Holds {
    /// 64-bit numbers.
    Numbers,
    /// Text.
    Text,
    /// Blobs.
    Blobs,
}

impl Table {
    /// The columns' names, separated by commas.
    pub(in crate::store) fn list(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        names.join(", ")
    }
}

/// Every table of a schema, in the order of its steps: each comes after those that it refers to.
pub(in crate::store) fn tables(schema: i64) -> &'static [Table] {
    static TABLES: OnceLock<Vec<Vec<Table>>> = OnceLock::new();
    let all = TABLES.get_or_init(|| (0..=steps::CURRENT).map(read).collect());
    let schema = usize::try_from(schema).unwrap_or(0);
    all.get(schema).map_or(&[], Vec::as_slice)
}

/// The position of a table in the current schema: after every table that it refers to.
pub(in crate::store) fn place_of(table: &str) -> Option<usize> {
    let tables = tables(steps::CURRENT);
    tables.iter().position(|it| it.name == table)
}

/// A table's lines are indented by two: one per column, and the constraints, which start with capitals. A column that
/// was added later has a statement in one line.
fn read(schema: i64) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for line in steps::up_to(schema)
        .iter()
        .flat_map(|step| step.sqlite.lines())
    {
        if let Some(name) = line.strip_prefix("CREATE TABLE ") {
            tables.push(Table {
                name: name.trim_end_matches(" ("),
                columns: Vec::new(),
                key: "",
            });
        }
        let (table, line) = match steps::added(line) {
            Some((name, column)) => (tables.iter_mut().find(|it| it.name == name), Some(column)),
            None => (tables.last_mut(), line.strip_prefix("  ")),
        };
        let (Some(table), Some(line)) = (table, line) else {
            continue;
        };
        if let Some(key) = line.strip_prefix("PRIMARY KEY (") {
            table.key = key.split(')').next().unwrap_or_default();
            continue;
        }
        let Some((name, rest)) = line
            .split_once(' ')
            .filter(|(name, _)| name.starts_with(|c: char| c.is_ascii_lowercase()))
        else {
            continue;
        };
        if rest.contains("PRIMARY KEY") {
            table.key = name;
        }
        let holds = match rest.split([' ', ',', ';']).next().unwrap_or_default() {
            "INTEGER" => Holds::Numbers,
            "BLOB" => Holds::Blobs,
            _ => Holds::Text,
        };
        table.columns.push(Column { name, holds });
    }
    tables
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_table_has_columns_and_a_key_among_them() {
        assert!(tables(0).is_empty() && tables(steps::CURRENT + 1).is_empty());
        for schema in 1..=steps::CURRENT {
            let tables = tables(schema);
            assert!(tables.len() > 20);
            for table in tables {
                assert!(table.columns.len() > 1, "{table:?}");
                for name in table.key.split(", ") {
                    let column = table.columns.iter().find(|column| column.name == name);
                    assert!(column.is_some(), "{table:?}");
                }
            }
        }
        assert_eq!(place_of("store"), Some(0));
        assert_eq!(place_of("nothing"), None);
    }

    #[test]
    fn a_column_that_came_later_stands_at_the_end_of_its_table() {
        let last = |schema: i64| tables(schema)[0].columns.last().unwrap().name;
        assert_eq!((last(1), last(2)), ("key_id", "former_key_id"));
    }

    #[test]
    fn columns_are_told_apart_by_what_they_hold() {
        let table = |name: &str| tables(1).iter().find(|it| it.name == name).unwrap();
        let kinds = |name: &str| -> Vec<_> {
            let table = table(name);
            let columns = table.columns.iter();
            columns.map(|it| (it.name, it.holds)).collect()
        };
        assert_eq!(
            kinds("stranger"),
            [
                ("key", Holds::Blobs),
                ("tries", Holds::Numbers),
                ("since_at", Holds::Numbers)
            ]
        );
        assert_eq!(
            kinds("panel_setting"),
            [
                ("panel_id", Holds::Numbers),
                ("key", Holds::Text),
                ("value", Holds::Text)
            ]
        );
        assert_eq!(table("panel_setting").key, "panel_id, key");
        assert_eq!(table("outbox").key, "id");
        assert_eq!(table("stranger").list(), "key, tries, since_at");
    }
}
