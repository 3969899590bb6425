//! What the schema's file says about tables and columns, for moving rows without knowing what they mean.

use std::sync::OnceLock;

use super::SQLITE;

/// A table.
#[derive(Debug)]
pub(in crate::store) struct Table {
    /// Its name.
    pub(in crate::store) name: &'static str,
    /// Its columns, in their order.
    pub(in crate::store) columns: Vec<Column>,
    /// Its primary key: by it rows have one order on every engine.
    pub(in crate::store) key: &'static str,
}

/// A column.
#[derive(Debug)]
pub(in crate::store) struct Column {
    /// Its name.
    pub(in crate::store) name: &'static str,
    /// What it holds, unless null.
    pub(in crate::store) holds: Holds,
}

/// What a column holds.
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
    /// The columns' names, parted by commas.
    pub(in crate::store) fn list(&self) -> String {
        let names: Vec<&str> = self.columns.iter().map(|column| column.name).collect();
        names.join(", ")
    }
}

/// Every table, in the order of the schema: each stands behind those that it refers to.
pub(in crate::store) fn tables() -> &'static [Table] {
    static TABLES: OnceLock<Vec<Table>> = OnceLock::new();
    TABLES.get_or_init(|| read(SQLITE))
}

/// A table's lines are indented by two: a column each, and the constraints, which begin with capitals.
fn read(schema: &'static str) -> Vec<Table> {
    let mut tables: Vec<Table> = Vec::new();
    for line in schema.lines() {
        if let Some(name) = line.strip_prefix("CREATE TABLE ") {
            tables.push(Table {
                name: name.trim_end_matches(" ("),
                columns: Vec::new(),
                key: "",
            });
        }
        let (Some(table), Some(line)) = (tables.last_mut(), line.strip_prefix("  ")) else {
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
        let holds = match rest.split([' ', ',']).next().unwrap_or_default() {
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
        assert!(tables().len() > 20);
        for table in tables() {
            assert!(table.columns.len() > 1, "{table:?}");
            for name in table.key.split(", ") {
                let column = table.columns.iter().find(|column| column.name == name);
                assert!(column.is_some(), "{table:?}");
            }
            assert_eq!(super::super::place_of(table.name), {
                let place = tables().iter().position(|it| it.name == table.name);
                // A server has one table more in front: the schema's number.
                place.map(|place| place + 1)
            });
        }
    }

    #[test]
    fn columns_are_told_apart_by_what_they_hold() {
        let table = |name: &str| tables().iter().find(|it| it.name == name).unwrap();
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
