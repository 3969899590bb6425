//! What went wrong, in words: one error type for the terminal floor, printed in one place.
//!
//! A [`Kind`] decides the exit code and the word in JSON; the message says what went wrong and about what; the
//! hint names the command to run next. No debug form and no back-trace is ever printed.

use std::error::Error;
use std::fmt;
use std::io;

use serde_json::{Value, json};

use crate::cli::base::printed::{Hint, RunOptions};
/// The kinds of failure, with their exit codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Kind {
    /// It did not work.
    Failed = 1,
    /// The command line was wrong, or input was needed and could not be asked for.
    Usage = 2,
    /// No such person, panel, role, ….
    NotFound = 3,
    /// Refused by a rule.
    Refused = 4,
    /// The operator lacks the right.
    Denied = 5,
    /// `why` found an obstacle, `doctor` a failure, or `self sign-in` was refused.
    Obstacle = 6,
    /// Some done, some not.
    Partial = 7,
    /// Nothing was changed; the same command may work later.
    TryAgain = 75,
    /// A question was cancelled: Ctrl-C or Ctrl-D.
    Cancelled = 130,
}

impl Kind {
    /// The exit code.
    pub fn code(self) -> u8 {
        self as u8
    }

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Failed => "failed",
            Self::Usage => "usage",
            Self::NotFound => "not-found",
            Self::Refused => "refused",
            Self::Denied => "denied",
            Self::Obstacle => "obstacle",
            Self::Partial => "partial",
            Self::TryAgain => "try-again",
            Self::Cancelled => "cancelled",
        }
    }
}

/// A failure as the operator sees it.
#[derive(Debug)]
pub struct CliError {
    /// The kind of failure.
    pub kind: Kind,
    /// What went wrong, and about what: one sentence without a full stop.
    pub message: String,
    /// What to do next, with a command that can be copied.
    pub hint: Option<Hint>,
    source: Option<Box<dyn Error + Send + Sync>>,
}

impl CliError {
    /// An error of a kind.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
            hint: None,
            source: None,
        }
    }

    /// It did not work: exit code 1.
    pub fn failed(message: impl Into<String>) -> Self {
        Self::new(Kind::Failed, message)
    }

    /// The command line was wrong: exit code 2.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::new(Kind::Usage, message)
    }

    /// No such thing: exit code 3.
    pub fn not_found(message: impl Into<String>) -> Self {
        Self::new(Kind::NotFound, message)
    }

    /// Refused by a rule: exit code 4.
    pub fn refused(message: impl Into<String>) -> Self {
        Self::new(Kind::Refused, message)
    }

    /// The operator lacks the right: exit code 5.
    pub fn denied(message: impl Into<String>) -> Self {
        Self::new(Kind::Denied, message)
    }

    /// Try again later: exit code 75.
    pub fn try_again(message: impl Into<String>) -> Self {
        Self::new(Kind::TryAgain, message)
    }

    /// Somebody pressed Ctrl-C.
    pub fn interrupted() -> Self {
        Self::failed("interrupted")
    }

    /// A question was cancelled: exit code 130.
    pub fn cancelled() -> Self {
        Self::new(Kind::Cancelled, "cancelled")
    }

    /// Adds what to do next.
    #[must_use]
    pub fn hinted(mut self, hint: impl Into<Hint>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Adds what to do next, if anything is known.
    #[must_use]
    pub fn maybe_hinted(mut self, hint: Option<Hint>) -> Self {
        self.hint = hint.or(self.hint);
        self
    }

    /// Adds the error below, printed as `Caused by`.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The messages of the errors below, outermost first, without those that only repeat the one above.
    pub fn causes(&self) -> Vec<String> {
        let mut causes = Vec::new();
        let mut above = self.message.clone();
        let mut next = self.source.as_deref().map(|e| e as &(dyn Error + 'static));
        while let Some(error) = next {
            let text = error.to_string().trim().replace('\n', " ");
            if !text.is_empty() && !above.ends_with(&text) {
                above.clone_from(&text);
                causes.push(text);
            }
            next = error.source();
        }
        causes
    }

    /// Message and causes in one line.
    pub fn in_one_line(&self) -> String {
        let mut line = self.message.clone();
        for cause in self.causes() {
            line.push_str(": ");
            line.push_str(&cause);
        }
        line
    }

    /// The hint as it is printed.
    pub fn hint_text(&self, run: &RunOptions) -> Option<String> {
        self.hint.as_ref().map(|hint| hint.print(run))
    }

    /// The error in JSON.
    pub fn to_json(&self, run: &RunOptions) -> Value {
        json!({
            "kind": self.kind.word(),
            "message": self.in_one_line(),
            "hint": self.hint_text(run),
        })
    }
}

impl fmt::Display for CliError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for CliError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|e| e as _)
    }
}

/// An input or output error in the operating system's words, without "(os error 28)" and what is put behind it: the
/// name that a file had for a moment, which nobody knows.
pub fn in_words(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error ") {
        Some((words, _)) => words.to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_has_its_own_code_and_word() {
        let all = [
            Kind::Failed,
            Kind::Usage,
            Kind::NotFound,
            Kind::Refused,
            Kind::Denied,
            Kind::Obstacle,
            Kind::Partial,
            Kind::TryAgain,
            Kind::Cancelled,
        ];
        let codes: BTreeSet<_> = all.iter().map(|kind| kind.code()).collect();
        let words: BTreeSet<_> = all.iter().map(|kind| kind.word()).collect();
        assert_eq!(codes, BTreeSet::from([1, 2, 3, 4, 5, 6, 7, 75, 130]));
        assert_eq!(words.len(), all.len());
    }

    #[test]
    fn causes_do_not_repeat_themselves() {
        let below = CliError::failed("cannot open /x").caused_by(io::Error::other("disk on fire"));
        let error = CliError::failed("no store: cannot open /x").caused_by(below);
        assert_eq!(error.causes(), ["disk on fire"]);
        assert_eq!(
            error.in_one_line(),
            "no store: cannot open /x: disk on fire"
        );
    }

    #[test]
    fn the_number_of_an_error_is_not_told() {
        assert_eq!(
            in_words(&io::Error::from_raw_os_error(28)),
            "No space left on device"
        );
        assert_eq!(in_words(&io::Error::other("odd")), "odd");
    }
}
