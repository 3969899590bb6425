//! Bulk input: many people from a file or from standard input, for every verb.
//!
//! The input may be CSV with a header, JSON lines, or bare addresses one a line; [`Bulk`] finds out which. It is
//! copied once, so that all rows can be checked before the first is acted on, also when they come from a pipe; from
//! then on rows are streamed, and memory does not grow with them.
//!
//! Only the shape is judged here: a [`Row`] holds text, and what `for` or `role` may be is for whoever acts on it.
//! What is wrong with the whole input is an [`InputProblem`], what is wrong with one row a [`RowProblem`].
//!
//! A file written by [`ResultsWriter`] is input again: rows that are [settled](Row::settled) then need no work.

mod column;
mod detect;
mod json;
mod problem;
mod record;
mod results;
mod rows;
mod spool;

pub use column::{Column, Row};
pub use problem::{InputProblem, ResultsProblem, RowProblem};
pub use results::{ResultsWriter, Verdict};
pub use rows::Rows;

use std::io::Read;

use tempfile::SpooledTempFile;

use crate::vault::KeyRing;

/// No line, and no row, is longer than this.
const LONGEST_LINE: usize = 1024 * 1024;

/// What people leave around values: blanks, tabs, and the blanks of web pages. Line breaks are not among them.
const BLANKS: [char; 3] = [' ', '\t', '\u{a0}'];

/// The rows of one input, to be walked as often as needed.
#[derive(Debug)]
pub struct Bulk {
    spool: SpooledTempFile,
    byte_order_mark: bool,
    format: Format,
    allowed: Vec<Column>,
}

/// How the rows are written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Format {
    /// An address a line.
    Bare,
    /// An object a line.
    JsonLines,
    /// Cells under a header.
    Csv(Header),
}

/// The first line of a CSV file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Header {
    /// It ends before this line.
    next_line: u64,
    delimiter: char,
    columns: Vec<Column>,
    /// The columns as the file spells them.
    names: Vec<String>,
}

impl Bulk {
    /// Takes in the whole input. `allowed` are the columns that the command has a use for; `address` and the columns
    /// of a results file always are.
    pub fn read(input: impl Read, allowed: &[Column]) -> Result<Self, InputProblem> {
        let (mut spool, byte_order_mark) = spool::copy(input)?;
        if spool::starts_with(&mut spool, KeyRing::FAMILY.as_bytes())? {
            return Err(InputProblem::KeyFile);
        }
        let mut usable = vec![Column::Address];
        usable.extend(allowed.iter().filter(|&&column| column != Column::Address));
        let format = detect::format(&mut spool, &usable)?;
        Ok(Self {
            spool,
            byte_order_mark,
            format,
            allowed: usable,
        })
    }

    /// The rows from the first on. Faulty rows are told and the walk goes on behind them, except where a quote is
    /// never closed: nothing behind it can be trusted.
    pub fn rows(&mut self) -> Rows<'_> {
        Rows::new(&mut self.spool, &self.format, &self.allowed)
    }

    /// The columns that a results file repeats, each with its name as read, in order. JSON lines name their keys row by
    /// row, so there it is every column that the command has a use for.
    pub fn columns(&self) -> Vec<(Column, String)> {
        let named = |&column: &Column| (column, column.name().to_owned());
        match &self.format {
            Format::Bare => vec![named(&Column::Address)],
            Format::JsonLines => self.allowed.iter().map(named).collect(),
            Format::Csv(header) => {
                let columns = header.columns.iter().copied();
                columns
                    .zip(header.names.iter().cloned())
                    .filter(|(column, _)| !column.is_result())
                    .collect()
            }
        }
    }

    /// What stands between the cells of a results file: as read.
    fn delimiter(&self) -> u8 {
        match &self.format {
            Format::Csv(Header { delimiter: ';', .. }) => b';',
            Format::Csv(Header {
                delimiter: '\t', ..
            }) => b'\t',
            _ => b',',
        }
    }
}

#[cfg(test)]
mod tests;
