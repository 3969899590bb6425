//! Results: rows go in, a table, JSON, CSV or addresses come out.
//!
//! A command drives a [`Report`]; [`Context`](super::context::Context) finishes it, whatever happens, so that a
//! JSON reader gets exactly one document even when the command fails half-way.

mod csv;
mod document;
pub mod fields;
mod format;
mod grid;
mod json;
mod many;
mod report;
mod row;
mod table;
#[cfg(test)]
mod tests;
mod totals;
mod verdict;

pub(crate) use self::fields::fields;
pub use self::fields::{Field, Fields, field};
pub use self::format::Format;
pub use self::report::Report;
pub use self::row::{Change, Record, Row, Status};
pub use self::table::{Align, Heading, NONE};
pub use self::totals::Totals;
pub use self::verdict::Finish;
pub use super::lines::{Cell, Line};
