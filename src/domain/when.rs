//! Durations and instants as people write and read them.
//!
//! The time and the zone are always parameters. An end is an instant: a date alone includes that whole day,
//! so its end is the first instant of the next day in the operator's zone.

mod format;
mod instant;

pub use format::{
    end, end_plain, local, local_zoned, plain, relative, rfc3339, span, told, told_end, typed,
    zone_name,
};
pub use instant::{parse_before, parse_since, parse_until};

use std::fmt;
use std::str::FromStr;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, Timestamp, Zoned};
use thiserror::Error;

use super::text::excerpt;

/// No access is planned further ahead than this.
const LONGEST_YEARS: i128 = 100;
const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const WEEK: i64 = 7 * DAY;

/// Why a duration or an instant was refused. Each is one sentence that shows how to write it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum WhenProblem {
    /// Empty, or only spaces.
    #[error("no time given; use for example {0}")]
    Empty(&'static str),
    /// A number without a unit.
    #[error("missing unit: use {0}d (days), {0}h (hours), {0}m (minutes) or {0}mo (months)")]
    NoUnit(String),
    /// A unit that does not exist.
    #[error(
        "unknown unit {unit} in {text}; use m (minutes), h, d, w, mo (months) or y, as in 2h30m"
    )]
    UnknownUnit {
        /// The unit.
        unit: String,
        /// The whole text.
        text: String,
    },
    /// A capital M.
    #[error("{0} is ambiguous: use m for minutes, mo for months")]
    CapitalM(String),
    /// The same unit twice.
    #[error("{0} has the same unit twice")]
    RepeatedUnit(String),
    /// A fraction, such as 1.5h.
    #[error("{0} has a fraction; use a smaller unit instead, as in 1h30m")]
    Fraction(String),
    /// Not a duration.
    #[error("{0} is not a valid duration; use for example 3d, 2h30m, 1w or 1mo")]
    NotALapse(String),
    /// Negative.
    #[error("{0} is negative; a duration must be positive")]
    Negative(String),
    /// Zero.
    #[error("{0} is zero; a duration must be positive")]
    Zero(String),
    /// More than a hundred years.
    #[error("{0} is more than 100 years")]
    TooLong(String),
    /// Not an instant.
    #[error(
        "{0} is not a valid date or time; use 2026-12-31, 2026-12-31 18:00, or with an offset 2026-12-31T18:00:00+01:00"
    )]
    NotAnInstant(String),
    /// A duration where a date is expected.
    #[error("{0} is a duration; use a date here, such as 2026-12-31")]
    LapseNotDate(String),
    /// A date that does not start with the year.
    #[error("{text} is not a valid date; use YYYY-MM-DD: {better}")]
    YearFirst {
        /// What was typed.
        text: String,
        /// How to write it.
        better: String,
    },
    /// A date that does not exist.
    #[error("{text} does not exist: {why}")]
    Impossible {
        /// The date or time.
        text: String,
        /// What is wrong with it.
        why: String,
    },
    /// An end in the past.
    #[error("{text} is in the past: that was {instant}, {ago}")]
    Past {
        /// What was typed.
        text: String,
        /// The instant it means.
        instant: String,
        /// How long ago that is.
        ago: String,
    },
    /// Before 2000 or after 2200.
    #[error("{0} is not between the years 2000 and 2200")]
    OutOfRange(String),
}

/// A duration: a part that follows the calendar, and a part that is exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Period {
    /// Calendar months; a year is 12.
    pub months: i32,
    /// Exact time; a day is 24 hours, a week 7 such days.
    pub exact: SignedDuration,
}

impl Period {
    /// An exact duration.
    pub fn exact(exact: SignedDuration) -> Self {
        Self { months: 0, exact }
    }

    /// Takes `3d`, `2h30m`, `1mo`, `1y`, `1w 2d`: `s` are seconds, `m` minutes, `mo` months.
    ///
    /// ```
    /// # use admit::domain::when::Period;
    /// assert_eq!(Period::parse("1w 2d").unwrap().to_string(), "9d");
    /// assert!(Period::parse("90").unwrap_err().to_string().starts_with("missing unit"));
    /// ```
    pub fn parse(text: &str) -> Result<Self, WhenProblem> {
        let whole = text.trim();
        let shown = || excerpt(whole);
        if whole.is_empty() {
            return Err(WhenProblem::Empty("3d or 2h30m"));
        }
        if let Some(rest) = whole.strip_prefix(['-', '−', '–']) {
            return Err(
                match Self::parse(rest.trim_start_matches(['-', '−', '–'])) {
                    Ok(_) => WhenProblem::Negative(shown()),
                    Err(_) => WhenProblem::NotALapse(shown()),
                },
            );
        }
        let (mut months, mut seconds) = (0_i64, 0_i64);
        let mut seen: Vec<Unit> = Vec::new();
        let mut rest = whole;
        while !rest.is_empty() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            let (number, tail) = rest.split_at(digits);
            let tail = tail.trim_start();
            if number.is_empty() {
                return Err(WhenProblem::NotALapse(shown()));
            }
            if tail.starts_with(['.', ',']) {
                return Err(WhenProblem::Fraction(shown()));
            }
            let letters = tail
                .find(|c: char| !c.is_alphabetic())
                .unwrap_or(tail.len());
            let (unit, tail) = tail.split_at(letters);
            if unit.is_empty() {
                return Err(if tail.is_empty() && number.len() == whole.len() {
                    WhenProblem::NoUnit(shown())
                } else {
                    WhenProblem::NotALapse(shown())
                });
            }
            if unit == "M" {
                return Err(WhenProblem::CapitalM(shown()));
            }
            let unit = Unit::parse(unit).ok_or_else(|| WhenProblem::UnknownUnit {
                unit: excerpt(unit),
                text: shown(),
            })?;
            if seen.contains(&unit) {
                return Err(WhenProblem::RepeatedUnit(shown()));
            }
            seen.push(unit);
            let too_long = || WhenProblem::TooLong(shown());
            let number: i64 = number.parse().map_err(|_| too_long())?;
            let (sum, size) = match unit {
                Unit::Months(size) => (&mut months, size),
                Unit::Seconds(size) => (&mut seconds, size),
            };
            *sum = number
                .checked_mul(size)
                .and_then(|n| sum.checked_add(n))
                .ok_or_else(too_long)?;
            rest = tail.trim_start();
        }
        if months == 0 && seconds == 0 {
            return Err(WhenProblem::Zero(shown()));
        }
        // By the mean lengths of the calendar: 146,097 days in 400 years.
        let mean = i128::from(months) * 2_629_746 + i128::from(seconds);
        match i32::try_from(months) {
            Ok(months) if mean <= LONGEST_YEARS * 12 * 2_629_746 => Ok(Self {
                months,
                exact: SignedDuration::from_secs(seconds),
            }),
            _ => Err(WhenProblem::TooLong(shown())),
        }
    }

    /// The instant this long after `start`: first the calendar part, in the zone and no further than the month's
    /// end (31 January and a month is the last of February), then the exact part.
    pub fn after(&self, start: Timestamp, tz: &TimeZone) -> Result<Timestamp, WhenProblem> {
        self.from(start, tz, 1)
    }

    /// The instant this long before `end`.
    pub fn before(&self, end: Timestamp, tz: &TimeZone) -> Result<Timestamp, WhenProblem> {
        self.from(end, tz, -1)
    }

    fn from(&self, start: Timestamp, tz: &TimeZone, sign: i32) -> Result<Timestamp, WhenProblem> {
        let beyond = |_| {
            let side = if sign < 0 { "before" } else { "after" };
            WhenProblem::OutOfRange(format!("{self} {side} {}", rfc3339(start)))
        };
        let calendar = if self.months == 0 {
            start
        } else {
            Span::new()
                .try_months(i64::from(self.months) * i64::from(sign))
                .and_then(|months| Zoned::new(start, tz.clone()).checked_add(months))
                .map_err(beyond)?
                .timestamp()
        };
        let instant = calendar.checked_add(self.exact * sign).map_err(beyond)?;
        instant::storable(instant).ok_or_else(|| {
            let local = local(instant, tz);
            WhenProblem::OutOfRange(local)
        })
    }
}

impl FromStr for Period {
    type Err = WhenProblem;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

/// The shortest form that reads back as the same: `3d`, `2h30m`, `1mo`, `1y6mo`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.exact.as_secs();
        let mut out = String::new();
        for (number, unit) in [
            (i64::from(self.months / 12), "y"),
            (i64::from(self.months % 12), "mo"),
            (seconds / DAY, "d"),
            (seconds % DAY / HOUR, "h"),
            (seconds % HOUR / MINUTE, "m"),
            (seconds % MINUTE, "s"),
        ] {
            if number != 0 {
                out.push_str(&number.to_string());
                out.push_str(unit);
            }
        }
        f.pad(if out.is_empty() { "0s" } else { &out })
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Unit {
    Months(i64),
    Seconds(i64),
}

impl Unit {
    fn parse(unit: &str) -> Option<Self> {
        Some(match unit.to_ascii_lowercase().as_str() {
            "s" | "sec" | "second" | "seconds" => Self::Seconds(1),
            "m" | "min" | "minute" | "minutes" => Self::Seconds(MINUTE),
            "h" | "hour" | "hours" => Self::Seconds(HOUR),
            "d" | "day" | "days" => Self::Seconds(DAY),
            "w" | "week" | "weeks" => Self::Seconds(WEEK),
            "mo" | "month" | "months" => Self::Months(1),
            "y" | "year" | "years" => Self::Months(12),
            _ => return None,
        })
    }
}

#[cfg(test)]
mod instant_tests;
#[cfg(test)]
mod tests;
