//! What can be wrong with bulk input: with all of it, or with one row.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use super::column::Row;
use crate::cli::base::error::in_words;

/// Why the input as a whole was not taken.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum InputProblem {
    /// The file or pipe cannot be read.
    #[error("cannot read the input: {}", in_words(.0))]
    Unreadable(#[source] io::Error),
    /// The copy cannot be written or read back.
    #[error("cannot store the input in the folder for temporary files: {}", in_words(.0))]
    Spool(#[source] io::Error),
    /// It is a key file: not a word of it may be repeated in an error.
    #[error("this is an admit key file, not a list of people")]
    KeyFile,
    /// The input is in UTF-16.
    #[error(
        "line {line}, byte {byte}: this looks like UTF-16; save the file as UTF-8 (in spreadsheets: CSV UTF-8)"
    )]
    Utf16 {
        /// The line, counted from 1.
        line: u64,
        /// The byte in the line, counted from 1.
        byte: usize,
    },
    /// The input is in some other encoding.
    #[error(
        "line {line}, byte {byte}: this is not UTF-8; save the file as UTF-8 (in spreadsheets: CSV UTF-8)"
    )]
    NotUtf8 {
        /// The line, counted from 1.
        line: u64,
        /// The byte in the line, counted from 1.
        byte: usize,
    },
    /// A line beyond 1 MiB.
    #[error("line {line} is longer than 1 MiB; this cannot be a list of people")]
    LongLine {
        /// The line, counted from 1.
        line: u64,
    },
    /// CSV that starts with data.
    #[error(
        "line {line} looks like data: a file with several columns needs a header in its first line, such as {example}"
    )]
    NoHeader {
        /// The line, counted from 1.
        line: u64,
        /// A header that would do.
        example: String,
    },
    /// A JSON document that is not JSON lines.
    #[error(
        "line {line} starts a JSON list; use one object per line, such as {{\"address\":\"ada@example.com\"}}"
    )]
    JsonList {
        /// The line, counted from 1.
        line: u64,
    },
    /// A header that cannot be taken apart.
    #[error("line {line}: the header cannot be read: {message}")]
    Header {
        /// The line, counted from 1.
        line: u64,
        /// What is wrong with it.
        message: String,
    },
    /// A first line of several cells of which none is a name that is known. They may be anything, so none is shown.
    #[error(
        "line {line}: none of its {columns} columns is known; map the column with the addresses"
    )]
    NothingKnown {
        /// The line, counted from 1.
        line: u64,
        /// How many there are.
        columns: usize,
    },
    /// Columns that do not exist, mean something elsewhere, are there twice or missing.
    #[error("line {line}: {faults}; supported {kind}s: {usable}")]
    Columns {
        /// The line, counted from 1.
        line: u64,
        /// Each of them, with the column that was probably meant.
        faults: String,
        /// `column` or `key`.
        kind: &'static str,
        /// Those there are.
        usable: String,
        /// Whether there are addresses.
        has_address: bool,
        /// Whether it helps to leave something out.
        left_out: bool,
    },
    /// `--map` names a column that is not there.
    #[error("line {line}: {message}")]
    Mapped {
        /// The line, counted from 1.
        line: u64,
        /// Which.
        message: String,
    },
    /// Lines of JSON that are about other things than people.
    #[error("line {line} is not about a person; lines of these types are ignored: {kinds}")]
    OtherKinds {
        /// The first such line, counted from 1.
        line: u64,
        /// What they say of themselves.
        kinds: String,
    },
    /// Nothing in it is about a person.
    #[error(
        "this is not a readable list of people: {bad} of {total} rows have no valid address; line {line}: {message}"
    )]
    NotPeople {
        /// Rows without an address that can be used.
        bad: u64,
        /// All rows.
        total: u64,
        /// The first bad line.
        line: u64,
        /// What is wrong with it.
        message: String,
    },
}

/// What helps against a problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Helps {
    /// A sentence.
    Words(&'static str),
    /// What it does, and the option to add to the same command.
    Option(&'static str, &'static str),
}

impl InputProblem {
    /// What helps.
    pub fn helps(&self) -> Option<Helps> {
        match self {
            Self::Columns {
                has_address: false,
                kind: "column",
                ..
            }
            | Self::NothingKnown { .. } => Some(Helps::Words(
                "map the column with the addresses with --map 'COLUMN=address'",
            )),
            Self::Columns { left_out: true, .. } | Self::OtherKinds { .. } => Some(Helps::Option(
                "to ignore all unknown columns",
                "--ignore-columns",
            )),
            _ => None,
        }
    }
}

/// Why one row was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {message}")]
pub struct RowProblem {
    /// The line on which the row starts, counted from 1.
    pub line: u64,
    /// What is wrong with it, safe to print: no cell is repeated in it, because its content is unknown.
    pub message: String,
    /// What could be read of it.
    pub row: Box<Row>,
    /// Whether the row was taken apart, so that its values are in their columns.
    pub whole: bool,
}

impl RowProblem {
    /// Of a row that could not be taken apart.
    pub(super) fn at(line: u64, message: impl Into<String>) -> Self {
        let row = Row {
            line,
            ..Row::default()
        };
        Self {
            line,
            message: message.into(),
            row: Box::new(row),
            whole: false,
        }
    }
}

/// Why a results file cannot be written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ResultsProblem {
    /// Something that a file must not replace.
    #[error("{} is {kind}; results are written only to a new file or over an older results file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What is there.
        kind: &'static str,
    },
    /// The folder or the disk does not allow it.
    #[error("cannot write {}: {}", path.display(), in_words(source))]
    Io {
        /// The path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}
