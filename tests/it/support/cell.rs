//! Values of a store as a look past the rules sees them, the same on every engine.

use crate::engine::Raw;

/// What a column of a row holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Cell {
    Null,
    Integer(i64),
    Text(String),
    Blob(Vec<u8>),
}

impl From<i64> for Cell {
    fn from(number: i64) -> Self {
        Self::Integer(number)
    }
}

impl From<&String> for Cell {
    fn from(text: &String) -> Self {
        Self::Text(text.clone())
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.into())
    }
}

/// What a test wants to see in a column.
pub(crate) trait FromCell: Sized {
    fn from_cell(cell: Cell) -> Option<Self>;
}

impl FromCell for Cell {
    fn from_cell(cell: Cell) -> Option<Self> {
        Some(cell)
    }
}

impl FromCell for i64 {
    fn from_cell(cell: Cell) -> Option<Self> {
        match cell {
            Cell::Integer(number) => Some(number),
            _ => None,
        }
    }
}

impl FromCell for String {
    fn from_cell(cell: Cell) -> Option<Self> {
        match cell {
            Cell::Text(text) => Some(text),
            _ => None,
        }
    }
}

impl FromCell for Vec<u8> {
    fn from_cell(cell: Cell) -> Option<Self> {
        match cell {
            Cell::Blob(blob) => Some(blob),
            _ => None,
        }
    }
}

impl<T: FromCell> FromCell for Option<T> {
    fn from_cell(cell: Cell) -> Option<Self> {
        match cell {
            Cell::Null => Some(None),
            cell => T::from_cell(cell).map(Some),
        }
    }
}

fn taken<T: FromCell>(cell: Cell) -> T {
    let said = format!("{cell:?} was not expected");
    T::from_cell(cell).expect(&said)
}

impl Raw {
    /// The first column of every row.
    pub(crate) fn column<T: FromCell>(&self, sql: &str, params: &[Cell]) -> Vec<T> {
        let rows = self.rows(sql, params).unwrap();
        rows.into_iter()
            .map(|mut row| taken(row.swap_remove(0)))
            .collect()
    }

    /// The first column of the only row.
    pub(crate) fn one<T: FromCell>(&self, sql: &str, params: &[Cell]) -> T {
        let mut column = self.column(sql, params);
        assert_eq!(column.len(), 1, "{sql}");
        column.remove(0)
    }

    /// Every row of every table, in words.
    pub(crate) fn dump(&self) -> std::collections::BTreeMap<String, Vec<String>> {
        let rows = |table: &String| {
            let rows = self.rows(&format!("select * from {table}"), &[]).unwrap();
            let mut rows: Vec<String> = rows.iter().map(|row| format!("{row:?}")).collect();
            rows.sort_unstable();
            rows
        };
        let tables = self.tables();
        assert!(tables.len() > 20, "{tables:?}");
        tables
            .iter()
            .map(|name| (name.clone(), rows(name)))
            .collect()
    }
}
