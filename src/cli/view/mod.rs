//! Outcomes and portraits as rows: the sentence, the cells and the JSON of each.

pub mod audit;
pub mod change;
pub mod details;
pub mod housekeep;
pub mod mail;
pub mod panel;
pub mod person;
pub mod qr;
pub mod safety;
pub mod setting;
pub mod trust;
pub mod why;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::Value;

use crate::cli::output::{Cell, Line};
use crate::cli::ui::Role;
use crate::domain::when;

/// The present and the place, for showing times.
#[derive(Clone, Debug)]
pub struct TimeFormat {
    /// The command's `now`.
    pub now: Timestamp,
    /// The operator's zone.
    pub zone: TimeZone,
}

impl TimeFormat {
    /// `Sun 29 Nov 2026 14:02 (in 7 days)`.
    pub fn at(&self, time: Timestamp) -> String {
        when::told(time, self.now, &self.zone)
    }

    /// `in 7 days`.
    pub fn ago(&self, time: Timestamp) -> String {
        when::relative(time, self.now)
    }

    /// `Sun 29 Nov 2026 14:02 (in 7 days)`, where midnight is the end of the day before.
    pub fn end(&self, time: Timestamp) -> String {
        when::told_end(time, self.now, &self.zone)
    }

    /// `2026-11-29 14:02` for a column; midnight, where something ends, is `the end of 2026-11-28`.
    pub fn end_plain(&self, time: Timestamp) -> String {
        when::end_plain(time, &self.zone)
    }

    /// `permanent`, or `until Sun 29 Nov 2026 14:02 (in 7 days)`.
    pub fn term(&self, until: Option<Timestamp>) -> String {
        match until {
            None => "permanent".to_owned(),
            Some(until) => {
                format!("until {}", self.end(until))
            }
        }
    }
}

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
