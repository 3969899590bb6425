//! Outcomes and portraits as rows: the sentence, the cells and the JSON of each.

pub mod audit;
pub mod change;
pub mod details;
pub mod housekeep;
pub mod mail;
pub mod panel;
pub mod person;
pub mod qr;
pub mod rows;
pub mod safety;
pub mod setting;
pub mod trust;
pub mod why;

use jiff::Timestamp;
use serde_json::Value;

use crate::cli::base::colour::Role;
use crate::cli::base::lines::{Cell, Line};
use crate::domain::when;

/// Facts in two columns: what, and how it is. A label that comes again is shown once.
pub fn labelled(facts: impl IntoIterator<Item = (String, String)>) -> Vec<Line> {
    const LABEL: usize = 14;
    let mut last = String::new();
    facts
        .into_iter()
        .map(|(label, value)| {
            let shown = if label == last { "" } else { label.as_str() };
            let cells = [
                Cell::new(format!("{shown:<LABEL$}"), Role::Dim),
                Cell::from(value),
            ];
            last.clone_from(&label);
            Line::of(0, cells).hanging(LABEL)
        })
        .collect()
}

/// A time in JSON: RFC 3339 UTC, or null.
pub fn time(time: Option<Timestamp>) -> Value {
    time.map_or(Value::Null, |time| when::rfc3339(time).into())
}
