//! The walk over the rows.

use std::io::{BufRead as _, BufReader, Seek as _, SeekFrom};

use tempfile::SpooledTempFile;

use super::record::{Fed, Record};
use super::{BLANKS, Column, Format, Header, Row, RowProblem, json};
use crate::domain::text::csv_plain;

/// The rows of a [`Bulk`](super::Bulk), one after the other.
pub struct Rows<'a> {
    lines: Lines<'a>,
    format: &'a Format,
    usable: &'a [Column],
    record: Record,
    over: bool,
}

impl<'a> Rows<'a> {
    pub(super) fn new(
        spool: &'a mut SpooledTempFile,
        format: &'a Format,
        usable: &'a [Column],
    ) -> Self {
        let delimiter = match format {
            Format::Csv(header) => header.delimiter,
            Format::Bare | Format::JsonLines => ',',
        };
        Self {
            lines: Lines::new(spool),
            format,
            usable,
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
            let problem = |message: String| RowProblem { line, message };
            if self.lines.text.trim_matches(BLANKS).is_empty() {
                continue;
            }
            let row = match self.format {
                Format::Bare => bare(&self.lines.text),
                Format::JsonLines => {
                    Some(json::row(&self.lines.text, self.usable).map_err(problem)?)
                }
                Format::Csv(header) => self.csv(header)?,
            };
            let Some(mut row) = row else { continue };
            row.line = line;
            if row.address.is_empty() {
                return Err(problem("the address is missing".to_owned()));
            }
            if row.address.contains(['\n', '\r']) {
                return Err(problem("the address has a line break in it".to_owned()));
            }
            return Ok(Some(row));
        }
    }

    /// The row that starts on this line, if any of its cells holds something.
    fn csv(&mut self, header: &Header) -> Result<Option<Row>, RowProblem> {
        let line = self.lines.number;
        let problem = |message: String| RowProblem { line, message };
        self.record.clear();
        loop {
            match self.record.feed(&self.lines.text) {
                Fed::Complete => break,
                Fed::Fault(message) => {
                    // Inside quotes nobody knows where the next row starts.
                    self.over = self.lines.number > line;
                    return Err(problem(message.to_owned()));
                }
                Fed::Open => {}
            }
            if !self.lines.next()? {
                self.over = true;
                return Err(problem("a quote is opened and never closed".to_owned()));
            }
        }
        let cells = &mut self.record.cells;
        if cells.iter().all(String::is_empty) {
            return Ok(None);
        }
        let expected = header.columns.len();
        // Spreadsheets write delimiters for columns that nobody filled.
        while cells.len() > expected && cells.last().is_some_and(String::is_empty) {
            cells.pop();
        }
        if cells.len() != expected {
            let fault = if cells.len() < expected {
                "few"
            } else {
                "many"
            };
            return Err(problem(format!(
                "too {fault} cells: {}, where the header has {expected}",
                cells.len()
            )));
        }
        let of_results = header.columns.contains(&Column::Status);
        let mut row = Row::default();
        for (&column, cell) in header.columns.iter().zip(cells.drain(..)) {
            // `'` may start an address; only in a file written here is it sure to be protection.
            let protected = of_results || column != Column::Address;
            match csv_plain(&cell) {
                plain if protected && plain.len() < cell.len() => {
                    row.set(column, plain.to_owned());
                }
                _ => row.set(column, cell),
            }
        }
        Ok(Some(row))
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
                Err(RowProblem {
                    line: self.number,
                    message: format!("the copy of the input could not be read: {error}"),
                })
            }
        }
    }
}
