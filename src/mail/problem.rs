//! Why a message could not be rendered.

use std::path::PathBuf;

use super::kind::MailKind;
use crate::files::trust::Distrust;

/// A message that cannot be rendered. No variant contains a link, a token, a code or a complete hostile
/// value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MailProblem {
    /// A value must not go into a message.
    #[error("{field} {why}")]
    Value {
        /// Which value, in words: "the sender's name".
        field: &'static str,
        /// What is wrong with it: "contains a line break".
        why: String,
    },
    /// This kind of mail carries a link, and no link (or no expiry) was given.
    #[error("a mail of kind {kind} needs a link and its expiry time")]
    LinkMissing {
        /// The mail's kind.
        kind: MailKind,
    },
    /// A notice must never carry a link.
    #[error("a mail of kind {kind} must not carry a link")]
    LinkUnexpected {
        /// The mail's kind.
        kind: MailKind,
    },
    /// This kind of message carries a code, and none was given.
    #[error("a message of kind {kind} needs a code")]
    CodeMissing {
        /// The message's kind.
        kind: MailKind,
    },
    /// Only the kinds that are meant for it carry a code.
    #[error("a message of kind {kind} must not carry a code")]
    CodeUnexpected {
        /// The message's kind.
        kind: MailKind,
    },
    /// Rendered for the wrong channel.
    #[error("messages of kind {kind} cannot be sent this way")]
    Channel {
        /// The message's kind.
        kind: MailKind,
    },
    /// A template is wrong, or uses something that does not exist.
    #[error("{file}{}: {detail}", line.map(|line| format!(", line {line}")).unwrap_or_default())]
    Template {
        /// The file, or `built-in en/…`.
        file: String,
        /// The line in it, where known.
        line: Option<usize>,
        /// What is wrong.
        detail: String,
    },
    /// A message whose purpose is its code or link must show it.
    #[error("{file}: does not show {what} must be in it")]
    Unshown {
        /// The file, or `built-in en/…`.
        file: String,
        /// What, and how it is written in a template.
        what: &'static str,
    },
    /// The folder of templates, or a file in it, cannot be used.
    #[error("{}: {detail}", path.display())]
    Folder {
        /// The folder or file.
        path: PathBuf,
        /// What is wrong.
        detail: String,
    },
    /// Another user could have written a template.
    #[error("{0}")]
    Distrusted(#[from] Distrust),
    /// The message could not be built for another reason.
    #[error("cannot build the message: {0}")]
    Message(String),
}

impl MailProblem {
    /// The value of `field` was refused because of `why`.
    pub(super) fn value(field: &'static str, why: impl Into<String>) -> Self {
        Self::Value {
            field,
            why: why.into(),
        }
    }

    /// What to do about it, if that is a command.
    pub fn hint(&self) -> Option<String> {
        match self {
            Self::Distrusted(why) => Some(why.hint()),
            _ => None,
        }
    }

    /// `path` cannot be used because of `detail`.
    pub(super) fn folder(path: impl Into<PathBuf>, detail: impl ToString) -> Self {
        Self::Folder {
            path: path.into(),
            detail: detail.to_string(),
        }
    }
}
