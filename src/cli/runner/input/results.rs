//! The results file: every row as it was read, and what became of it.

use std::io::{self, Write as _};
use std::path::PathBuf;

use super::bulk::Bulk;
use super::column::{Column, Row};
use super::problem::{ResultsProblem, RowProblem};
use crate::domain::text::csv_cell;
use crate::files::{NewFile, Over, Place, Unwritten};

/// The result of a row.
#[derive(Clone, Copy, Debug, Default)]
pub struct Verdict<'a> {
    /// What was done, such as `invited`.
    pub action: &'a str,
    /// `done`, `unchanged`, `refused` or `failed`.
    pub status: &'a str,
    /// The sentence about it.
    pub message: &'a str,
    /// When the link ends, in RFC 3339.
    pub expires_at: Option<&'a str>,
}

impl<'a> Verdict<'a> {
    /// Of a row that could have been done and was not. Fed back, it is still to be done.
    pub fn not_written(why: &'a str) -> Self {
        Self {
            action: "",
            status: "failed",
            message: why,
            expires_at: None,
        }
    }
}

/// Writes a results file and puts it in place in one step at the end: nobody ever sees half of it, and without
/// [`finish`](Self::finish) there is none.
#[derive(Debug)]
pub struct ResultsWriter {
    out: csv::Writer<NewFile>,
    path: PathBuf,
    columns: Vec<Column>,
}

impl ResultsWriter {
    /// Starts a results file for these rows. Call it before anything is done: a place that cannot be written is told
    /// now. The file is for this user only; a regular file that is there already is replaced, anything else is refused.
    pub fn create(place: &Place, bulk: &Bulk) -> Result<Self, ResultsProblem> {
        let path = place.path();
        let failed = |source| ResultsProblem::Io {
            path: path.to_owned(),
            source,
        };
        let mut file = NewFile::create(place, Over::Alike(is_results))
            .map_err(|why| ResultsProblem::of(path, why))?;
        if bulk.byte_order_mark {
            file.write_all("\u{feff}".as_bytes()).map_err(failed)?;
        }
        let out = csv::WriterBuilder::new()
            .delimiter(bulk.delimiter())
            .from_writer(file);
        let (columns, names): (Vec<_>, Vec<_>) = bulk.columns().into_iter().unzip();
        let mut writer = Self {
            out,
            path: path.to_owned(),
            columns,
        };
        let header = names.iter().map(String::as_str);
        let header = header.chain(Column::RESULT.map(Column::name));
        writer.record(header.map(str::to_owned).collect())?;
        Ok(writer)
    }

    /// Writes a row and what became of it.
    pub fn write(&mut self, row: &Row, verdict: Verdict<'_>) -> Result<(), ResultsProblem> {
        let read = self.columns.iter().map(|&column| row.get(column));
        let mut cells: Vec<String> = read.map(|cell| cell.unwrap_or_default().into()).collect();
        cells.extend([
            row.line.to_string(),
            verdict.action.to_owned(),
            verdict.status.to_owned(),
            verdict.message.to_owned(),
            verdict.expires_at.unwrap_or_default().to_owned(),
        ]);
        self.record(cells)
    }

    /// Writes a [settled](Row::settled) row with what an earlier run said about it.
    pub fn carry(&mut self, row: &Row) -> Result<(), ResultsProblem> {
        let text = |column| row.get(column).unwrap_or_default();
        let verdict = Verdict {
            action: text(Column::Action),
            status: text(Column::Status),
            message: text(Column::Message),
            expires_at: row.get(Column::ExpiresAt),
        };
        self.write(row, verdict)
    }

    /// Writes a row that could not be read, with what could be read of it and the sentence that refuses it.
    pub fn write_problem(
        &mut self,
        problem: &RowProblem,
        message: &str,
    ) -> Result<(), ResultsProblem> {
        let verdict = Verdict {
            action: "",
            status: "refused",
            message,
            expires_at: None,
        };
        self.write(&problem.row, verdict)
    }

    /// Puts the file in its place.
    pub fn finish(self) -> Result<(), ResultsProblem> {
        let Self { out, path, .. } = self;
        let failed = |source| ResultsProblem::Io {
            path: path.clone(),
            source,
        };
        let file = (out.into_inner()).map_err(|error| failed(error.into_error()))?;
        file.finish()
            .map_err(|why| ResultsProblem::of(&path, why))?;
        Ok(())
    }

    fn record(&mut self, cells: Vec<String>) -> Result<(), ResultsProblem> {
        let cells = cells.iter().map(|cell| csv_cell(cell));
        let cells: Vec<_> = cells.collect();
        (self.out)
            .write_record(cells.iter().map(|cell| cell.as_bytes()))
            .map_err(|error| ResultsProblem::Io {
                path: self.path.clone(),
                source: match error.into_kind() {
                    csv::ErrorKind::Io(error) => error,
                    kind => io::Error::other(format!("{kind:?}")),
                },
            })
    }
}

/// Whether a file that begins like this is an older results file: never a store, a key, somebody's list.
fn is_results(head: &[u8]) -> bool {
    let header = String::from_utf8_lossy(head);
    let header = header.lines().next().unwrap_or_default();
    let has = |column: &Column| {
        header
            .split([',', ';', '\t'])
            .any(|cell| cell.trim() == column.name())
    };
    Column::RESULT.iter().all(has)
}

impl ResultsProblem {
    fn of(path: &std::path::Path, why: Unwritten) -> Self {
        let path = path.to_owned();
        let kind = match why {
            Unwritten::Io(source) => return Self::Io { path, source },
            Unwritten::Irregular(kind) => kind,
            Unwritten::Exists | Unwritten::Unlike => "a file of another kind",
        };
        Self::NotAFile { path, kind }
    }
}
