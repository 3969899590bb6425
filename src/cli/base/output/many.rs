//! Changes of several people in a table: one line each, and below it what they have in common.

use super::{Cell, Heading, NONE, Status};
use crate::cli::base::colour::Role;

/// So many different hints are shown: with more of them nobody reads any.
const HINTS: usize = 3;

/// A change in short.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// What was and what is, in a clause.
    pub what: String,
    /// What else there is to say, each in a clause.
    pub further: Vec<String>,
    /// What became of its mail, in a word.
    pub mail: Option<(&'static str, Role)>,
}

/// The columns.
pub(super) fn headings(conditional: bool) -> &'static [Heading] {
    const DONE: &[Heading] = &[
        Heading::words("ADDRESS"),
        Heading::names("CHANGE"),
        Heading::words("MAIL"),
    ];
    const WOULD: &[Heading] = &[
        Heading::words("ADDRESS"),
        Heading::names("WOULD CHANGE"),
        Heading::words("MAIL"),
    ];
    if conditional { WOULD } else { DONE }
}

/// What several changes have in common.
#[derive(Debug, Default)]
pub(super) struct Many {
    rows: u64,
    common: Vec<String>,
    hints: Vec<String>,
    further_hints: u64,
}

impl Many {
    /// Takes a change and gives its cells.
    pub(super) fn take(
        &mut self,
        target: &str,
        status: Option<Status>,
        change: Change,
        hint: Option<String>,
    ) -> Vec<Cell> {
        let role = match status {
            Some(Status::Unchanged) => Role::Dim,
            _ => Role::Plain,
        };
        if status == Some(Status::Done) {
            if self.rows == 0 {
                self.common = change.further;
            } else {
                self.common.retain(|clause| change.further.contains(clause));
            }
            self.rows += 1;
        }
        if let Some(hint) = hint.filter(|hint| !self.hints.contains(hint)) {
            if self.hints.len() < HINTS {
                self.hints.push(hint);
            } else {
                self.further_hints += 1;
            }
        }
        let (mail, mail_role) = change.mail.unwrap_or((NONE, Role::Plain));
        vec![
            Cell::from(target),
            Cell::new(change.what, role),
            Cell::new(mail, mail_role),
        ]
    }

    /// What holds for all of them.
    pub(super) fn common(&self) -> Option<String> {
        (self.rows > 1 && !self.common.is_empty())
            .then(|| format!("For all: {}", self.common.join("; ")))
    }

    /// What to do next.
    pub(super) fn hints(self) -> Vec<String> {
        let mut hints = self.hints;
        if self.further_hints > 0 {
            hints.push(format!(
                "{} more hints are in --output json",
                self.further_hints
            ));
        }
        hints
    }
}
