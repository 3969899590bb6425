//! Bulk input: many people from a file or from standard input, for every verb.
//!
//! The input may be CSV with a header, JSON lines, or bare addresses one a line; [`Bulk`] finds out which. It is
//! copied once, so that all rows can be checked before the first is acted on, also when they come from a pipe; from
//! then on rows are streamed, and memory does not grow with them.
//!
//! Only the shape is judged here: a [`Row`] holds text, and what `for` or `role` may be is for whoever acts on it.
//! What is wrong with the whole input is an [`InputProblem`], what is wrong with one row a [`RowProblem`].
//!
//! A file written by [`ResultsWriter`] is input again: rows that are [settled](Row::settled) then need no work.

mod bulk;
mod column;
mod detect;
mod format;
mod header;
mod json;
mod names;
mod problem;
mod record;
mod results;
mod rows;
mod spool;
#[cfg(test)]
mod tests;
mod wanted;

pub use bulk::Bulk;
pub use column::{Column, Row};
pub use problem::{Helps, InputProblem, ResultsProblem, RowProblem};
pub use results::{ResultsWriter, Verdict};
pub use rows::Rows;
pub use wanted::Wanted;
