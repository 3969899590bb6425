//! The walk over the rows.

use std::io::{BufRead as _, BufReader, Seek as _, SeekFrom};

use tempfile::SpooledTempFile;

use super::column::{Column, Row};
use super::format::{BLANKS, Format, Header};
use super::json;
use super::problem::RowProblem;
use super::record::{Fed, Record};
use super::wanted::Wanted;
use crate::domain::text::csv_plain;

/// The rows of a [`Bulk`](super::Bulk), one after the other.
pub struct Rows<'a> {
    lines: Lines<'a>,
    format: &'a Format,
    wanted: &'a Wanted,
    record: Record,
    over: bool,
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        spool: &'a mut SpooledTempFile,
        format: &'a Format,
        wanted: &'a Wanted,
    ) -> Self {
        let delimiter = match format {
            Format::Csv(header) => header.delimiter,
            Format::Bare | Format::JsonLines(_) => ',',
        };
        Self {
            lines: Lines::new(spool),
            format,
            wanted,
            record: Record::new(delimiter),
            over: false,
        }
    }

    /// The next row that is not empty. `Ok(None)` at the end.
    fn advance(&mut self) -> Result<Option<Row>, RowProblem> {
        loop {
            if !self.lines.next()? {
                return Ok(None);
            }
            let line = self.lines.number;
            if let Format::Csv(header) = self.format
                && line < header.next_line
            {
                continue;
            }
            if self.lines.text.trim_matches(BLANKS).is_empty() {
                continue;
            }
            let read = match self.format {
                Format::Bare => bare(&self.lines.text).map(|row| (row, Vec::new())),
                Format::JsonLines(keys) => json::row(&self.lines.text, keys),
                Format::Csv(header) => self.csv(header)?.map(|row| (row, Vec::new())),
            };
            let Some((mut row, mut faults)) = read else {
                continue;
            };
            row.line = line;
            if row.first_name.is_some() || row.last_name.is_some() {
                row.join_name();
            }
            if let Some(role) = row.role.take() {
                row.role = self.wanted.role(role);
            }
            if row.address.is_empty() {
                if faults.is_empty() {
                    faults.push("the address is missing".to_owned());
                }
            } else if row.address.contains(['\n', '\r']) {
                faults.push("the address contains a line break".to_owned());
            }
            if faults.is_empty() {
                return Ok(Some(row));
            }
            return Err(RowProblem {
                line,
                message: faults.join("; "),
                row: Box::new(row),
                whole: true,
            });
        }
    }

    /// The row that starts on this line, if any of its cells holds something.
    fn csv(&mut self, header: &Header) -> Result<Option<Row>, RowProblem> {
        let line = self.lines.number;
        self.record.clear();
        loop {
            match self.record.feed(&self.lines.text) {
                Fed::Complete => break,
                Fed::Fault(message) => {
                    // Inside quotes it is unknown where the next row starts.
                    self.over = self.lines.number > line;
                    return Err(RowProblem::at(line, message));
                }
                Fed::Open => {}
            }
            if !self.lines.next()? {
                self.over = true;
                return Err(RowProblem::at(line, "a quote is not closed"));
            }
        }
        let cells = &mut self.record.cells;
        if cells.iter().all(String::is_empty) {
            return Ok(None);
        }
        let expected = header.columns.len();
        // Spreadsheets write delimiters for empty columns.
        while cells.len() > expected && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        let has = cells.len();
        let mut row = Row::default();
        for (column, cell) in header.columns.iter().zip(cells.drain(..)) {
            let Some(column) = *column else { continue };
            // `'` may start an address; only in a file written here is it sure to be protection.
            let protected = header.ours || column != Column::Address;
            match csv_plain(&cell) {
                plain if protected && plain.len() < cell.len() => {
                    row.set(column, plain.to_owned());
                }
                _ => row.set(column, cell),
            }
        }
        if has == expected {
            return Ok(Some(row));
        }
        let fault = if has < expected { "few" } else { "many" };
        row.line = line;
        Err(RowProblem {
            row: Box::new(row),
            ..RowProblem::at(
                line,
                format!("too {fault} cells: {has}, where the header has {expected}"),
            )
        })
    }
}

/// The address on a line, unless the line is a comment.
fn bare(line: &str) -> Option<Row> {
    let address = line.trim_matches(BLANKS);
    (!address.starts_with('#')).then(|| Row {
        address: address.to_owned(),
        ..Row::default()
    })
}

impl Iterator for Rows<'_> {
    type Item = Result<Row, RowProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.over {
            return None;
        }
        let next = self.advance().transpose();
        self.over |= next.is_none() || self.lines.failed;
        next
    }
}

impl std::iter::FusedIterator for Rows<'_> {}

/// The lines of the copy, in one buffer that is used again.
struct Lines<'a> {
    reader: BufReader<&'a mut SpooledTempFile>,
    text: String,
    number: u64,
    failed: bool,
}

impl<'a> Lines<'a> {
    fn new(spool: &'a mut SpooledTempFile) -> Self {
        Self {
            reader: BufReader::with_capacity(64 * 1024, spool),
            text: String::new(),
            number: 0,
            failed: false,
        }
    }

    /// Reads the next line into `text`; false at the end.
    fn next(&mut self) -> Result<bool, RowProblem> {
        self.text.clear();
        let read = if self.number == 0 {
            self.reader.seek(SeekFrom::Start(0)).map(drop)
        } else {
            Ok(())
        };
        let read = read.and_then(|()| self.reader.read_line(&mut self.text));
        self.number += 1;
        match read {
            Ok(bytes) => {
                if self.text.ends_with('\n') {
                    self.text.pop();
                }
                Ok(bytes > 0)
            }
            Err(error) => {
                self.failed = true;
                Err(RowProblem::at(
                    self.number,
                    format!("cannot read the copy of the input: {error}"),
                ))
            }
        }
    }
}
