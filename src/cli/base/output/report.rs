//! The report of one command: rows in, and at the end exactly one answer.

use std::io::Write;

use serde_json::Value;
use tempfile::SpooledTempFile;

use super::document::{self, cannot_hold};
use super::fields::Field;
use super::format::Format;
use super::many::{self, Many};
use super::row::{Record, Row, Status, Text};
use super::table::{Heading, Table};
use super::totals::Totals;
use super::verdict::{Finish, First, judge, named};
use super::{csv, json};
use crate::cli::base::colour::Role;
use crate::cli::base::error::CliError;
use crate::cli::base::lines::{Cell, Line};
use crate::cli::base::printed::Hint;
use crate::cli::base::ui::Ui;
use crate::domain::text::shown;

/// What is kept in memory before a file is used.
const IN_MEMORY: usize = 4 * 1024 * 1024;

/// Where a piece goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum To {
    /// The result.
    Result,
    /// Standard error.
    Talk,
}

/// The report of one command.
///
/// JSON waits for the end, since the document starts with whether all went well; the other forms stream.
pub struct Report {
    command: String,
    format: Format,
    keys: Vec<String>,
    table: Table,
    pub(super) totals: Totals,
    rows: u64,
    first: Option<First>,
    empty: Option<Hint>,
    document: SpooledTempFile,
    in_document: bool,
    headed: bool,
    conditional: bool,
    /// The zone of times in tables.
    zone: String,
    /// Changes of several people are told in a table.
    many: Option<Many>,
}

impl Report {
    /// The report of a command, named in full words (`reset password`).
    pub fn new(command: &str, format: Format) -> Self {
        Self {
            command: command.to_owned(),
            format,
            keys: Vec::new(),
            table: Table::default(),
            totals: Totals::default(),
            rows: 0,
            first: None,
            empty: None,
            document: SpooledTempFile::new(IN_MEMORY),
            in_document: false,
            headed: false,
            conditional: false,
            zone: String::new(),
            many: None,
        }
    }

    /// Nothing is kept (`--dry-run`): the totals are what would be.
    pub fn conditional(&mut self) {
        self.conditional = true;
    }

    /// Names the zone of the times in tables.
    pub fn times_in(&mut self, zone: String) {
        self.zone = zone;
    }

    /// From now on changes are told to people in a table, one line each. What all of them have in common and what to do
    /// next goes below it.
    pub fn many(&mut self) {
        self.headings(many::headings(self.conditional));
        self.many = Some(Many::default());
    }

    /// All of them are there: prints the table, and what goes below it.
    pub fn end_many(&mut self, ui: &mut Ui) -> Result<(), CliError> {
        self.flush(ui)?;
        self.tell_many(ui);
        Ok(())
    }

    fn tell_many(&mut self, ui: &mut Ui) {
        if let Some(many) = self.many.take() {
            many.tell(ui);
        }
    }

    /// How the result is printed.
    pub fn format(&self) -> Format {
        self.format
    }

    /// Declares the fields of a row in their order. They are CSV's columns, and a row that lacks one gets null.
    pub fn keys<K: AsRef<str>>(&mut self, keys: &[K]) {
        self.keys = keys.iter().map(|key| key.as_ref().to_owned()).collect();
    }

    /// Declares one more field after the others: one that an option adds.
    pub fn key(&mut self, field: &Field) {
        self.keys.push(field.name.to_owned());
    }

    /// Declares the columns of the table.
    pub fn headings(&mut self, headings: &[Heading]) {
        self.table.headings(headings, &self.zone);
    }

    /// What to say to people if there are no rows.
    pub fn empty(&mut self, message: impl Into<Hint>) {
        self.empty = Some(message.into());
    }

    /// Refuses JSON for a result without an end (`--follow`, `--watch`).
    pub fn endless(&self, option: &str) -> Result<(), CliError> {
        if self.format == Format::Json {
            return Err(CliError::usage(format!(
                "{option} never ends, so it cannot produce a JSON document"
            ))
            .hinted("use `--output jsonl`, with one JSON object per line"));
        }
        Ok(())
    }

    /// Adds a row.
    pub fn row(&mut self, ui: &mut Ui, mut row: Row) -> Result<(), CliError> {
        row.print_hint(ui.run_options());
        let keys: Vec<_> = self.keys.iter().map(String::as_str).collect();
        row.ordered(&keys);
        self.rows += 1;
        let bad = row.status.is_some_and(Status::is_bad);
        if let Some(status) = row.status {
            self.totals.count(status);
        }
        if bad && self.first.is_none() {
            self.first = Some(First::of(&row));
        }
        match self.format {
            Format::Json | Format::Jsonl => {
                let piece = json::compact(&row.json)?;
                self.deliver(ui, To::Result, &piece)
            }
            Format::Csv => self.csv_row(ui, &row.json),
            Format::Plain | Format::Table if row.error.is_some() => self.bad_news(ui, row),
            Format::Plain => match (row.plain, row.text) {
                (Some(address), _) => self.text_line(ui, &address, Role::Plain),
                (None, Text::Raw(bytes)) => self.deliver(ui, To::Result, &bytes),
                _ => Ok(()),
            },
            Format::Table if self.many.is_some() && row.change.is_some() => {
                let cells = self.many.as_mut().and_then(|many| many.take(row));
                cells.map_or(Ok(()), |cells| self.cells(ui, cells))
            }
            Format::Table => {
                self.for_people(ui, &mut row)?;
                match row.hint_text().filter(|_| !ui.manner().quiet) {
                    Some(hint) => {
                        let line = ui.headed("hint:", Role::Hint, hint);
                        self.deliver(ui, To::Talk, line.as_bytes())
                    }
                    None => Ok(()),
                }
            }
        }
    }

    /// Adds a row of a list that may be long.
    pub fn record(&mut self, ui: &mut Ui, record: &impl Record) -> Result<(), CliError> {
        self.rows += 1;
        match self.format {
            Format::Json | Format::Jsonl => {
                let piece = json::compact(record)?;
                self.deliver(ui, To::Result, &piece)
            }
            Format::Csv => match serde_json::to_value(record) {
                Ok(Value::Object(json)) => self.csv_row(ui, &json),
                _ => Err(CliError::failed("cannot write a row as CSV")),
            },
            Format::Plain => match record.plain() {
                Some(address) => self.text_line(ui, &address, Role::Plain),
                None => Ok(()),
            },
            Format::Table => self.cells(ui, record.cells()),
        }
    }

    fn for_people(&mut self, ui: &mut Ui, row: &mut Row) -> Result<(), CliError> {
        let role = match row.status {
            Some(Status::Unchanged) => Role::Dim,
            _ => Role::Plain,
        };
        match std::mem::take(&mut row.text) {
            Text::None => Ok(()),
            Text::Cells(cells) => self.cells(ui, cells),
            Text::Line(line) => {
                let line = Line::of(0, [Cell::new(line, role)]).hanging(2);
                self.lines(ui, &[line])
            }
            Text::Lines(lines) => self.lines(ui, &lines),
            Text::Raw(bytes) => self.deliver(ui, To::Result, &bytes),
        }
    }

    fn lines(&mut self, ui: &mut Ui, lines: &[Line]) -> Result<(), CliError> {
        let columns = ui.terminal().stdout.then(|| ui.terminal().width);
        let mut text = String::new();
        for line in lines {
            line.write(columns, ui.manner().colour_out, &mut text);
        }
        self.deliver(ui, To::Result, text.as_bytes())
    }

    fn cells(&mut self, ui: &mut Ui, cells: Vec<Cell>) -> Result<(), CliError> {
        if self.table.push(cells) {
            self.flush_table(ui)?;
        }
        Ok(())
    }

    fn bad_news(&mut self, ui: &mut Ui, row: Row) -> Result<(), CliError> {
        let Some(mut error) = row.error else {
            return Ok(());
        };
        error.message = named(&row.json, error.message);
        let text = ui.render(&error);
        self.deliver(ui, To::Talk, text.as_bytes())
    }

    fn text_line(&mut self, ui: &mut Ui, text: &str, role: Role) -> Result<(), CliError> {
        let mut line = String::new();
        role.paint(&shown(text), ui.manner().colour_out, &mut line);
        line.push('\n');
        self.deliver(ui, To::Result, line.as_bytes())
    }

    fn csv_row(
        &mut self,
        ui: &mut Ui,
        json: &serde_json::Map<String, Value>,
    ) -> Result<(), CliError> {
        if self.keys.is_empty() {
            self.keys = json.keys().cloned().collect();
        }
        let piece = csv::row(self.keys.iter().map(String::as_str), json)?;
        self.deliver(ui, To::Result, &piece)
    }

    fn deliver(&mut self, ui: &mut Ui, to: To, piece: &[u8]) -> Result<(), CliError> {
        if to == To::Talk {
            ui.talk(&String::from_utf8_lossy(piece));
            return Ok(());
        }
        match self.format {
            Format::Json => {
                let comma: &[u8] = if self.in_document { b"," } else { b"" };
                self.in_document = true;
                let written = self.document.write_all(comma);
                written
                    .and_then(|()| self.document.write_all(piece))
                    .map_err(cannot_hold)
            }
            Format::Jsonl => {
                ui.raw(piece)?;
                ui.raw(b"\n")
            }
            Format::Csv => {
                self.csv_header(ui)?;
                ui.raw(piece)
            }
            Format::Plain | Format::Table => ui.raw(piece),
        }
    }

    fn csv_header(&mut self, ui: &mut Ui) -> Result<(), CliError> {
        if self.headed || self.keys.is_empty() {
            return Ok(());
        }
        self.headed = true;
        ui.raw(&csv::header(self.keys.iter().map(String::as_str))?)
    }

    fn flush_table(&mut self, ui: &mut Ui) -> Result<(), CliError> {
        let terminal = ui.terminal();
        let fit = terminal.stdout.then_some(terminal.width);
        let text = self.table.render(fit, ui.manner().colour_out);
        if text.is_empty() {
            return Ok(());
        }
        self.deliver(ui, To::Result, text.as_bytes())
    }

    /// Prints the rows so far, for rows that are watched as they come.
    pub fn flush(&mut self, ui: &mut Ui) -> Result<(), CliError> {
        self.flush_table(ui)?;
        ui.flush()
    }

    /// The one answer of the command; gives the exit code.
    pub fn finish(mut self, ui: &mut Ui, result: Result<Finish, CliError>) -> u8 {
        let last = self.flush_table(ui);
        let result = result.and_then(|finish| last.map(|()| finish));
        self.tell_many(ui);
        let aborted = result.is_err();
        let (error, mut code) = judge(self.totals, self.first.take(), result);
        let told = self.format.is_for_people() && !aborted;
        if let Some(error) = error.as_ref().filter(|_| !told) {
            ui.error(error);
        }
        let written = match self.format {
            Format::Json => document::write(
                ui,
                &self.command,
                &mut self.document,
                self.totals,
                error.as_ref(),
            ),
            Format::Csv if error.is_none() => self.csv_header(ui),
            _ => Ok(()),
        };
        if self.format.is_for_people() {
            if let Some(empty) = self.empty.filter(|_| self.rows == 0 && code == 0) {
                ui.status(empty);
            }
            if self.totals.all() > 1 {
                let would_be = if self.conditional { "would be: " } else { "" };
                ui.status(format!("{would_be}{}", self.totals.sentence()));
            }
        }
        if let Err(fault) = written.and_then(|()| ui.finish()) {
            if error.is_none_or(|error| error.message != fault.message) {
                ui.error(&fault);
            }
            code = fault.kind.code();
        }
        code
    }
}
