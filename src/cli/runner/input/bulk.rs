//! One input, whatever its form.

use std::io::Read;

use tempfile::SpooledTempFile;

use super::column::Column;
use super::format::{Format, Header};
use super::problem::InputProblem;
use super::rows::Rows;
use super::wanted::Wanted;
use super::{detect, header, names, spool};
use crate::domain::text::excerpt;
use crate::vault::KeyRing;

/// The rows of one input, to be walked as often as needed.
#[derive(Debug)]
pub struct Bulk {
    pub(super) spool: SpooledTempFile,
    pub(super) byte_order_mark: bool,
    format: Format,
    wanted: Wanted,
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
    pub(super) fn delimiter(&self) -> u8 {
        match &self.format {
            Format::Csv(Header { delimiter: ';', .. }) => b';',
            Format::Csv(Header {
                delimiter: '\t', ..
            }) => b'\t',
            _ => b',',
        }
    }
}
