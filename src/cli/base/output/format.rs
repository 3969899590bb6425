//! The forms in which results are printed.

use clap::ValueEnum;

/// How results are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    #[default]
    Table,
    /// One JSON document
    Json,
    /// A JSON object a line
    Jsonl,
    /// Comma-separated, with a header
    Csv,
    /// Addresses only, one a line
    Plain,
}

impl Format {
    /// Whether people read it: then what is refused is told on standard error, row by row.
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Table | Self::Plain)
    }
}
