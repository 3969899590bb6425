//! The result of a whole command: its error, if any, and its exit code.

use serde_json::{Map, Value};

use super::row::{Row, Status};
use super::totals::Totals;
use crate::cli::base::error::{CliError, Kind};
use crate::cli::base::printed::Hint;

/// How a command ended that did not fail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Finish {
    /// As it should be; what became of the rows decides the exit code.
    #[default]
    Done,
    /// The answer is an obstacle: exit code 6, though nothing went wrong.
    Obstacle,
}

/// The first row that is not as asked.
pub(super) struct First {
    kind: Kind,
    message: String,
    hint: Option<String>,
}

impl First {
    pub(super) fn of(row: &Row) -> Self {
        let (kind, message) = match (&row.error, row.status) {
            (Some(error), _) => (error.kind, error.in_one_line()),
            (None, Some(Status::Refused)) => (Kind::Refused, row.text_of("message")),
            (None, _) => (Kind::Failed, row.text_of("message")),
        };
        Self {
            kind,
            message: named(&row.json, message),
            hint: row.hint_text().map(str::to_owned),
        }
    }
}

/// The result of the whole command.
pub(super) fn judge(
    totals: Totals,
    first: Option<First>,
    result: Result<Finish, CliError>,
) -> (Option<CliError>, u8) {
    let some_done = totals.done + totals.unchanged > 0;
    match result {
        Err(mut error) => {
            if some_done {
                error.kind = Kind::Partial;
            }
            let code = error.kind.code();
            (Some(error), code)
        }
        Ok(finish) => {
            let Some(first) = first else {
                let obstacle = finish == Finish::Obstacle;
                return (None, if obstacle { Kind::Obstacle.code() } else { 0 });
            };
            let code = exit_code(totals, Some(first.kind));
            let kind = if some_done { Kind::Partial } else { first.kind };
            let message = match totals.all() {
                0 | 1 => first.message,
                all => format!("{} of {all} failed; first {}", totals.bad(), first.message),
            };
            let error = CliError::new(kind, message).maybe_hinted(first.hint.map(Hint::from));
            (Some(error), code)
        }
    }
}

/// A message with whom it is about in front, unless it says so itself.
pub(super) fn named(json: &Map<String, Value>, message: String) -> String {
    match json.get("target").and_then(Value::as_str) {
        Some(target) if !message.contains(target) => format!("{target}: {message}"),
        _ => message,
    }
}

/// The exit code of a command about several people: 0 if every one is as requested, the first failure's code if none
/// is, else 7. People for whom nothing had to change count as done.
fn exit_code(totals: Totals, first_failure: Option<Kind>) -> u8 {
    match first_failure {
        None => 0,
        Some(_) if totals.done + totals.unchanged > 0 => Kind::Partial.code(),
        Some(kind) => kind.code(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_exit_code_follows_who_is_done() {
        let totals = |done, unchanged, refused| Totals {
            done,
            unchanged,
            refused,
            failed: 0,
        };
        assert_eq!(exit_code(totals(2, 1, 0), None), 0);
        assert_eq!(exit_code(totals(1, 0, 1), Some(Kind::Refused)), 7);
        assert_eq!(exit_code(totals(0, 1, 1), Some(Kind::Refused)), 7);
        assert_eq!(exit_code(totals(0, 0, 2), Some(Kind::NotFound)), 3);
        assert_eq!(exit_code(totals(0, 0, 1), Some(Kind::TryAgain)), 75);
    }
}
