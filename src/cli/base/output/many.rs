//! Changes of several people in a table: one line each, and below it what they have in common.

use super::row::{Row, Status};
use super::table::{Heading, NONE};
use crate::cli::base::colour::Role;
use crate::cli::base::lines::Cell;
use crate::cli::base::ui::Ui;

/// The maximum number of different hints: nobody reads more.
const HINTS: usize = 3;

/// The columns.
pub(super) fn headings(conditional: bool) -> &'static [Heading] {
    const DONE: &[Heading] = &[
        Heading::words("ADDRESS"),
        Heading::names("RESULT"),
        Heading::words("MAIL"),
    ];
    const WOULD: &[Heading] = &[
        Heading::words("ADDRESS"),
        Heading::names("WOULD BE"),
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
    /// Takes the row of a change and gives its cells; none if it is told in another way.
    pub(super) fn take(&mut self, row: Row) -> Option<Vec<Cell>> {
        let (target, status) = (row.text_of("target"), row.status);
        let hint = row.hint_text().map(str::to_owned);
        let change = row.change?;
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
        Some(vec![
            Cell::from(target),
            Cell::new(change.what, role),
            Cell::new(mail, mail_role),
        ])
    }

    /// What goes below the table.
    pub(super) fn tell(self, ui: &mut Ui) {
        if let Some(common) = self.common() {
            ui.status(&common);
        }
        for hint in self.hints() {
            ui.hint(&hint);
        }
    }

    /// What applies to all of them.
    fn common(&self) -> Option<String> {
        (self.rows > 1 && !self.common.is_empty())
            .then(|| format!("For all: {}", self.common.join("; ")))
    }

    /// What to do next.
    fn hints(self) -> Vec<String> {
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
