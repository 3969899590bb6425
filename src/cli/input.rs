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
mod header;
mod json;
mod names;
mod problem;
mod record;
mod results;
mod rows;
mod spool;
mod wanted;

pub use column::{Column, Row};
pub use problem::{Helps, InputProblem, ResultsProblem, RowProblem};
pub use results::{ResultsWriter, Verdict};
pub use rows::Rows;
pub use wanted::Wanted;

use std::io::Read;

use tempfile::SpooledTempFile;

use crate::domain::text::excerpt;
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
    wanted: Wanted,
}

/// How the rows are written.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Format {
    /// An address a line.
    Bare,
    /// An object a line.
    JsonLines(json::Keys),
    /// Cells under a header.
    Csv(Header),
}

/// The header of a CSV file.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Header {
    /// It ends before this line.
    next_line: u64,
    delimiter: char,
    /// What each column holds; none: it is left out.
    columns: header::Meaning,
    /// The columns as the file spells them.
    names: Vec<String>,
    /// Whether the file was written here.
    ours: bool,
}

impl Bulk {
    /// Takes in the whole input, and finds out what its columns hold.
    pub fn read(input: impl Read, wanted: Wanted) -> Result<Self, InputProblem> {
        let (mut spool, byte_order_mark) = spool::copy(input)?;
        if spool::starts_with(&mut spool, KeyRing::FAMILY.as_bytes())? {
            return Err(InputProblem::KeyFile);
        }
        let format = detect::format(&mut spool, &wanted)?;
        Ok(Self {
            spool,
            byte_order_mark,
            format,
            wanted,
        })
    }

    /// The rows from the first on. The walk continues after a faulty row, except where a quote is never closed:
    /// nothing after it can be trusted.
    pub fn rows(&mut self) -> Rows<'_> {
        Rows::new(&mut self.spool, &self.format, &self.wanted)
    }

    /// Whether nothing says which part of a line is what: a list of bare addresses.
    pub fn is_bare(&self) -> bool {
        self.format == Format::Bare
    }

    /// The columns that a results file repeats, each with its name as read, in order; one that was named by hand has
    /// our name, so that the file can be fed back. JSON lines name their keys row by row, so there it is every
    /// column that the command has a use for.
    pub fn columns(&self) -> Vec<(Column, String)> {
        let named = |&column: &Column| (column, column.name().to_owned());
        match &self.format {
            Format::Bare => vec![named(&Column::Address)],
            Format::JsonLines(_) => self.wanted.usable.iter().map(named).collect(),
            Format::Csv(header) => (header.columns.iter())
                .zip(&header.names)
                .filter_map(|(column, name)| {
                    let column = (*column).filter(|column| !column.is_result())?;
                    let by_hand = self.wanted.by_hand(name).is_some();
                    let known = !by_hand && names::find(name) == Some(column);
                    let name = if known { name } else { column.name() };
                    Some((column, name.to_owned()))
                })
                .collect(),
        }
    }

    /// The columns of a CSV file as it spells them; of JSON lines, as they are called here.
    pub fn spelled(&self) -> Vec<(Column, String)> {
        match &self.format {
            Format::Csv(header) => (header.columns.iter())
                .zip(&header.names)
                .filter_map(|(column, name)| Some(((*column)?, name.clone())))
                .collect(),
            Format::Bare | Format::JsonLines(_) => self.columns(),
        }
    }

    /// The columns or keys that are not read because the operator said so, as the file spells them.
    pub fn left_out(&self) -> Vec<String> {
        let mut names: Vec<&String> = match &self.format {
            _ if !self.wanted.ignore => return vec![],
            Format::Bare => return vec![],
            Format::JsonLines(keys) => (keys.iter())
                .filter_map(|(name, column)| column.is_none().then_some(name))
                .collect(),
            Format::Csv(header) => (header.names.iter().zip(&header.columns))
                .filter_map(|(name, column)| column.is_none().then_some(name))
                .collect(),
        };
        if matches!(self.format, Format::JsonLines(_)) {
            names.sort_unstable();
        }
        header::first_ones(names.into_iter().map(|name| excerpt(name)).collect())
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
