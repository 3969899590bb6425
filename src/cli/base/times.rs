//! Times as people read them.

use jiff::Timestamp;
use jiff::tz::TimeZone;

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
