//! Questions to the person at the terminal.
//!
//! A [`Prompter`] is a capability: it asks, or it says that there is nobody to ask.
//! [`Context`](super::context::Context) decides whether a question is asked at all (`--yes`, `--no-input`) and which
//! option could have answered it.

mod terminal;

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

pub use self::terminal::TerminalPrompter;
use super::error::CliError;

/// What was typed unseen.
pub type Secret = crate::vault::Secret<String>;

/// Somebody to ask.
pub trait Prompter: Send {
    /// Whether there is anybody.
    fn available(&self) -> bool;
    /// A question that is answered by yes or no; just pressing Enter answers `default`.
    fn confirm(&mut self, question: &str, default: bool) -> Result<bool, CliError>;
    /// A question that is answered by a line.
    fn line(&mut self, question: &str) -> Result<String, CliError>;
    /// A question whose answer is not shown.
    fn secret(&mut self, question: &str) -> Result<Secret, CliError>;
}

/// There is nobody to ask.
#[derive(Clone, Copy, Debug, Default)]
pub struct NoPrompter;

impl NoPrompter {
    fn nobody<T>() -> Result<T, CliError> {
        Err(CliError::usage("there is no terminal"))
    }
}

impl Prompter for NoPrompter {
    fn available(&self) -> bool {
        false
    }
    fn confirm(&mut self, _: &str, _: bool) -> Result<bool, CliError> {
        Self::nobody()
    }
    fn line(&mut self, _: &str) -> Result<String, CliError> {
        Self::nobody()
    }
    fn secret(&mut self, _: &str) -> Result<Secret, CliError> {
        Self::nobody()
    }
}

/// An answer of a [`ScriptedPrompter`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg(feature = "testing")]
pub enum Answer {
    /// Yes.
    Yes,
    /// No.
    No,
    /// Just Enter.
    Enter,
    /// A line, or a secret.
    Text(String),
    /// Ctrl-C or Ctrl-D.
    Cancel,
}

/// Answers from a list, for tests; clones share the list and the record of questions.
#[derive(Clone, Debug, Default)]
#[cfg(feature = "testing")]
pub struct ScriptedPrompter {
    script: Arc<Mutex<Script>>,
}

#[derive(Debug, Default)]
#[cfg(feature = "testing")]
struct Script {
    answers: VecDeque<Answer>,
    asked: Vec<String>,
}

#[cfg(feature = "testing")]
impl ScriptedPrompter {
    /// Will give these answers, in this order, and then fail.
    pub fn new(answers: impl IntoIterator<Item = Answer>) -> Self {
        let prompter = Self::default();
        prompter.answer(answers);
        prompter
    }

    /// Adds answers.
    pub fn answer(&self, answers: impl IntoIterator<Item = Answer>) {
        self.with(|script| script.answers.extend(answers));
    }

    /// The questions so far.
    pub fn asked(&self) -> Vec<String> {
        self.with(|script| script.asked.clone())
    }

    fn next(&self, question: &str) -> Result<Answer, CliError> {
        let answer = self.with(|script| {
            script.asked.push(question.to_owned());
            script.answers.pop_front()
        });
        match answer {
            None => Err(CliError::failed(format!("no answer: {question}"))),
            Some(Answer::Cancel) => Err(CliError::cancelled()),
            Some(answer) => Ok(answer),
        }
    }

    fn text(&self, question: &str) -> Result<String, CliError> {
        Ok(match self.next(question)? {
            Answer::Yes => "y".into(),
            Answer::No => "n".into(),
            Answer::Text(text) => text,
            Answer::Enter | Answer::Cancel => String::new(),
        })
    }

    fn with<T>(&self, f: impl FnOnce(&mut Script) -> T) -> T {
        f(&mut self.script.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(feature = "testing")]
impl Prompter for ScriptedPrompter {
    fn available(&self) -> bool {
        true
    }

    fn confirm(&mut self, question: &str, default: bool) -> Result<bool, CliError> {
        Ok(match self.next(question)? {
            Answer::Yes => true,
            Answer::Enter => default,
            _ => false,
        })
    }

    fn line(&mut self, question: &str) -> Result<String, CliError> {
        self.text(question)
    }

    fn secret(&mut self, question: &str) -> Result<Secret, CliError> {
        self.text(question).map(Secret::new)
    }
}
