//! The forms in which results are printed.

use clap::ValueEnum;

/// How results are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A table for people
    #[default]
    Table,
    /// One JSON document
    Json,
    /// One JSON object per line
    Jsonl,
    /// Comma-separated, with a header
    Csv,
    /// Addresses only, one per line
    Plain,
}

impl Format {
    /// Whether people read it: then what is refused is told on standard error, row by row.
    pub fn is_for_people(self) -> bool {
        matches!(self, Self::Table | Self::Plain)
    }
}
