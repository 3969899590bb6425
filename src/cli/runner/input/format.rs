//! How an input is written, and what its rows are made of.

use super::{header, json};

/// No line, and no row, is longer than this.
pub(super) const LONGEST_LINE: usize = 1024 * 1024;

/// What people leave around values: blanks, tabs, and the blanks of web pages. Line breaks are not among them.
pub(super) const BLANKS: [char; 3] = [' ', '\t', '\u{a0}'];

/// How the rows are written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Format {
    /// An address a line.
    Bare,
    /// An object a line.
    JsonLines(json::Keys),
    /// Cells under a header.
    Csv(Header),
}

/// The header of a CSV file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// It ends before this line.
    pub(super) next_line: u64,
    pub(super) delimiter: char,
    /// What each column holds; none: it is left out.
    pub(super) columns: header::Meaning,
    /// The columns as the file spells them.
    pub(super) names: Vec<String>,
    /// Whether the file was written here.
    pub(super) ours: bool,
}
