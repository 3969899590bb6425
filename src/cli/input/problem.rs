//! What can be wrong with bulk input: with all of it, or with one row.

use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::cli::error::in_words;

/// Why the input as a whole was not taken.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum InputProblem {
    /// The file or pipe cannot be read.
    #[error("the input could not be read: {}", in_words(.0))]
    Unreadable(#[source] io::Error),
    /// The copy cannot be written or read back.
    #[error("the input could not be kept in the folder for temporary files: {}", in_words(.0))]
    Spool(#[source] io::Error),
    /// It is a key file: not a word of it may be repeated in an error.
    #[error("this is a key file of admit, not a list of people")]
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
        "line {line} starts a list; as JSON, one object a line is read, such as {{\"address\":\"ada@example.com\"}}"
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
    /// A header without addresses.
    #[error("line {line}: the header has no column address")]
    NoAddress {
        /// The line, counted from 1.
        line: u64,
    },
    /// Columns that do not exist.
    #[error("line {line}: {unknown}; the columns that can be used here are {usable}")]
    UnknownColumns {
        /// The line, counted from 1.
        line: u64,
        /// Each of them, with the column that was probably meant.
        unknown: String,
        /// Those there are.
        usable: String,
    },
    /// The same column twice.
    #[error("line {line}: the column {name} is there twice")]
    RepeatedColumn {
        /// The line, counted from 1.
        line: u64,
        /// The column.
        name: &'static str,
    },
    /// Columns that mean something elsewhere.
    #[error("line {line}: this command has no use for {columns}; it reads {usable}")]
    UnusedColumns {
        /// The line, counted from 1.
        line: u64,
        /// Those it cannot use.
        columns: String,
        /// Those it can.
        usable: String,
    },
}

/// Why one row was not taken.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("line {line}: {message}")]
pub struct RowProblem {
    /// The line on which the row starts, counted from 1.
    pub line: u64,
    /// What is wrong with it, safe to print.
    pub message: String,
}

/// Why a results file cannot be written.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ResultsProblem {
    /// Something that a file must not replace.
    #[error("{} is {kind}, and results are only written to a new file or over an older results file", path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
        /// What is there.
        kind: &'static str,
    },
    /// The folder or the disk does not allow it.
    #[error("{} could not be written: {}", path.display(), in_words(source))]
    Io {
        /// The path.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
}
