//! A row of a result, in all its forms.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::{Map, Value};

use super::fields::{Field, Fields};
use crate::cli::base::colour::Role;
use crate::cli::base::error::{CliError, Kind};
use crate::cli::base::lines::{Cell, Line};
use crate::cli::base::printed::{Hint, RunOptions};

/// The result for one person in a command that changes something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Changed as asked.
    Done,
    /// Was so already.
    Unchanged,
    /// Refused by a rule, or it does not exist.
    Refused,
    /// Did not work.
    Failed,
}

impl Status {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Unchanged => "unchanged",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }

    /// What an error of a kind makes of a row.
    pub fn of(kind: Kind) -> Self {
        match kind {
            Kind::Failed | Kind::TryAgain | Kind::Partial => Self::Failed,
            _ => Self::Refused,
        }
    }

    /// Whether the row is not as asked.
    pub fn is_bad(self) -> bool {
        matches!(self, Self::Refused | Self::Failed)
    }
}

/// A row of a list that may be long: each form is made only if it is the one that is printed.
pub trait Record: Serialize {
    /// The row of the table.
    fn cells(&self) -> Vec<Cell>;
    /// The address, where the row is about a person.
    fn plain(&self) -> Option<Cow<'_, str>> {
        None
    }
}

/// A change in short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The state after the change, in a clause.
    pub what: String,
    /// Further information, each in a clause.
    pub further: Vec<String>,
    /// The state of its mail, in a word.
    pub mail: Option<(&'static str, Role)>,
}

/// A row of a result.
#[derive(Debug, Default)]
pub struct Row {
    pub(super) json: Map<String, Value>,
    pub(super) plain: Option<String>,
    pub(super) text: Text,
    pub(super) status: Option<Status>,
    pub(super) error: Option<CliError>,
    hint: Option<Hint>,
    pub(super) change: Option<Change>,
}

/// How a row looks to people.
#[derive(Debug, Default)]
pub(super) enum Text {
    /// Nothing.
    #[default]
    None,
    /// A row of a table.
    Cells(Vec<Cell>),
    /// A sentence.
    Line(String),
    /// Lines, wrapped at a terminal.
    Lines(Vec<Line>),
    /// Many lines that are safe for a terminal: a page, a script, a picture.
    Raw(Vec<u8>),
}

impl Row {
    /// A row with these fields, for a list or for something shown.
    pub fn new(fields: impl Fields) -> Self {
        Self {
            json: fields.json(),
            ..Self::default()
        }
    }

    /// The fields that this change has beside those of every change.
    #[must_use]
    pub fn with(self, fields: impl Fields) -> Self {
        let values = fields.values().into_iter();
        values.fold(self, |row, (name, value)| row.set(name, value))
    }

    /// The result for a person, or for something else, in a command that changes something. It has the fields that all
    /// such rows have; [`Row::before`], [`Row::message`] and so on set them, [`Row::with`] adds others.
    pub fn change(target: impl Into<String>, panel: Option<&str>, status: Status) -> Self {
        let target = target.into();
        let mut json = Map::new();
        json.insert("target".into(), target.clone().into());
        json.insert("panel".into(), panel.into());
        json.insert("status".into(), status.word().into());
        for field in ["before", "after", "message", "hint"] {
            json.insert(field.into(), Value::Null);
        }
        Self {
            json,
            plain: (!status.is_bad()).then_some(target),
            status: Some(status),
            ..Self::default()
        }
    }

    /// The failure for a person.
    pub fn failure(target: impl Into<String>, panel: Option<&str>, error: CliError) -> Self {
        let mut row = Self::change(target, panel, Status::of(error.kind));
        row.json
            .insert("message".into(), error.in_one_line().into());
        row.hint.clone_from(&error.hint);
        row.error = Some(error);
        row
    }

    /// The sentence about a change.
    pub fn sentence(&self) -> &str {
        let message = self.json.get("message");
        message.and_then(Value::as_str).unwrap_or_default()
    }

    /// The state before.
    #[must_use]
    pub fn before(self, facts: impl Into<Value>) -> Self {
        self.set("before", facts)
    }

    /// The state after.
    #[must_use]
    pub fn after(self, facts: impl Into<Value>) -> Self {
        self.set("after", facts)
    }

    /// The sentence for people: what was, what is, what happens next.
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        let message = message.into();
        let target = self.json.get("target").and_then(Value::as_str);
        self.text = Text::Line(match target {
            Some(target) => format!("{target}: {message}"),
            None => message.clone(),
        });
        self.set("message", message)
    }

    /// The change in short, for a table of several.
    #[must_use]
    pub fn in_short(mut self, change: Change) -> Self {
        self.change = Some(change);
        self
    }

    /// What to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<Hint>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Writes the hint to its field, as it is printed.
    pub(super) fn print_hint(&mut self, run: &RunOptions) {
        if let Some(hint) = &self.hint {
            self.json.insert("hint".into(), hint.print(run).into());
        }
    }

    /// The line of the input that asked for this, in bulk.
    #[must_use]
    pub fn input_line(self, line: u64) -> Self {
        self.set("line", line)
    }

    /// A field that is declared by itself.
    #[must_use]
    pub fn field(self, field: &Field, value: impl Into<Value>) -> Self {
        self.set(field.name, value)
    }

    fn set(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.json.insert(name.into(), value.into());
        self
    }

    /// The address, printed by `-o plain`.
    #[must_use]
    pub fn plain(mut self, address: impl Into<String>) -> Self {
        self.plain = Some(address.into());
        self
    }

    /// Not printed by `-o plain`: the row is not about a person.
    #[must_use]
    pub fn without_plain(mut self) -> Self {
        self.plain = None;
        self
    }

    /// The row of the table.
    #[must_use]
    pub fn cells(mut self, cells: impl IntoIterator<Item = Cell>) -> Self {
        self.text = Text::Cells(cells.into_iter().collect());
        self
    }

    /// A sentence instead of a row of a table.
    #[must_use]
    pub fn line(mut self, line: impl Into<String>) -> Self {
        self.text = Text::Line(line.into());
        self
    }

    /// Lines of text instead of a row of a table.
    #[must_use]
    pub fn lines(mut self, lines: impl IntoIterator<Item = Line>) -> Self {
        self.text = Text::Lines(lines.into_iter().collect());
        self
    }

    /// Many lines instead of a row of a table. The caller has made them safe for a terminal.
    #[must_use]
    pub fn raw(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        self.text = Text::Raw(bytes.into());
        self
    }

    pub(super) fn text_of(&self, field: &str) -> String {
        let text = self.json.get(field).and_then(Value::as_str);
        text.unwrap_or_default().to_owned()
    }

    pub(super) fn hint_text(&self) -> Option<&str> {
        self.json.get("hint").and_then(Value::as_str)
    }

    /// The fields in the declared order; what is missing is null.
    pub(super) fn ordered(&mut self, keys: &[&str]) {
        if keys.is_empty()
            || self
                .json
                .keys()
                .map(String::as_str)
                .eq(keys.iter().copied())
        {
            return;
        }
        let mut taken = std::mem::take(&mut self.json);
        self.json = Map::with_capacity(taken.len().max(keys.len()));
        for key in keys {
            let (key, value) = taken
                .remove_entry(*key)
                .unwrap_or_else(|| ((*key).to_owned(), Value::Null));
            self.json.insert(key, value);
        }
        for (key, value) in taken {
            self.json.entry(key).or_insert(value);
        }
    }
}
