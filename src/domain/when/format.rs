//! Instants and durations as people, and machines, read them.

use jiff::tz::{Offset, TimeZone};
use jiff::{SignedDuration, Timestamp};

use super::{DAY, HOUR, MINUTE};

/// `Sun 29 Nov 2026 14:02`, in the zone.
pub fn local(instant: Timestamp, tz: &TimeZone) -> String {
    let zoned = instant.to_zoned(tz.clone());
    zoned.strftime("%a %-d %b %Y %H:%M").to_string()
}

/// `2026-11-29 14:02`, in the zone: for columns, and as it may be typed.
pub fn plain(instant: Timestamp, tz: &TimeZone) -> String {
    let zoned = instant.to_zoned(tz.clone());
    zoned.strftime("%Y-%m-%d %H:%M").to_string()
}

/// The zone in a word, the same in summer and in winter: `Berlin`, `UTC`, or `+01:00` where it has no name.
pub fn zone_name(tz: &TimeZone, now: Timestamp) -> String {
    match tz.iana_name() {
        Some("Etc/Unknown") => "UTC".to_owned(),
        Some(name) => {
            let city = name.rsplit('/').next().unwrap_or(name);
            city.replace('_', " ")
        }
        None => now.to_zoned(tz.clone()).strftime("%:z").to_string(),
    }
}

/// `Sun 29 Nov 2026 14:02 CET`, in the zone and naming it.
pub fn local_zoned(instant: Timestamp, tz: &TimeZone) -> String {
    let zoned = instant.to_zoned(tz.clone());
    zoned.strftime("%a %-d %b %Y %H:%M %Z").to_string()
}

/// `Sun 29 Nov 2026 14:02 (in 7 days)`.
pub fn told(instant: Timestamp, now: Timestamp, tz: &TimeZone) -> String {
    format!("{} ({})", local(instant, tz), relative(instant, now))
}

/// `Sun 29 Nov 2026 14:02 (in 7 days)`, with midnight shown as the end of the day before.
pub fn told_end(instant: Timestamp, now: Timestamp, tz: &TimeZone) -> String {
    format!("{} ({})", end(instant, tz), relative(instant, now))
}

/// The instant at which something ends: midnight is shown as the end of the day before, as it was typed.
pub fn end(instant: Timestamp, tz: &TimeZone) -> String {
    let local_time = instant.to_zoned(tz.clone());
    if local_time.time() != jiff::civil::Time::midnight() {
        return local(instant, tz);
    }
    let day = local_time.date().yesterday().unwrap_or(local_time.date());
    format!("the end of {}", day.strftime("%a %-d %b %Y"))
}

/// The same in a column: `2026-11-29 14:02`, or `the end of 2026-11-28`.
pub fn end_plain(instant: Timestamp, tz: &TimeZone) -> String {
    let local_time = instant.to_zoned(tz.clone());
    if local_time.time() != jiff::civil::Time::midnight() {
        return plain(instant, tz);
    }
    let day = local_time.date().yesterday().unwrap_or(local_time.date());
    format!("the end of {}", day.strftime("%Y-%m-%d"))
}

/// An end as it would be typed: a date alone means the end of that day, else date and time, or RFC 3339 if
/// these are ambiguous. Fractions of a second are left out.
pub fn typed(instant: Timestamp, tz: &TimeZone) -> String {
    let second = Timestamp::from_second(instant.as_second()).unwrap_or(instant);
    let local_time = second.to_zoned(tz.clone());
    if local_time.time() == jiff::civil::Time::midnight() {
        let day = local_time.date().yesterday().unwrap_or(local_time.date());
        return day.strftime("%Y-%m-%d").to_string();
    }
    // An hour that comes twice a year means the first of the two.
    let again = local_time.datetime().to_zoned(tz.clone());
    let is_plain = again.is_ok_and(|again| again.timestamp() == second);
    if local_time.second() == 0 && is_plain {
        return local_time.strftime("%Y-%m-%d %H:%M").to_string();
    }
    rfc3339(second)
}

/// How far away an instant is, in the largest unit that fits: `in 3 days`, `2 hours ago`, `just now`. Never
/// `in 0 days`.
pub fn relative(instant: Timestamp, now: Timestamp) -> String {
    const DAYS: i64 = DAY * 1000;
    let ahead = instant > now;
    let milliseconds = (instant.as_millisecond() - now.as_millisecond()).abs();
    let rounded = |unit: i64| (milliseconds + unit / 2) / unit;
    let (seconds, minutes) = (rounded(1000), rounded(MINUTE * 1000));
    let (hours, days) = (rounded(HOUR * 1000), rounded(DAYS));
    let months = (milliseconds * 12 + DAYS * 183) / (DAYS * 365);
    let (number, unit) = if seconds < 60 {
        if seconds == 0 || (!ahead && seconds < 10) {
            return "just now".to_owned();
        }
        (seconds, "second")
    } else if minutes < 90 && minutes != 60 {
        (minutes, "minute")
    } else if hours < 36 && hours != 24 {
        (hours, "hour")
    } else if days < 60 {
        (days, "day")
    } else if months < 24 {
        (months, "month")
    } else {
        (rounded(DAYS * 365 + DAYS / 4), "year")
    };
    let plural = if number == 1 { "" } else { "s" };
    if ahead {
        format!("in {number} {unit}{plural}")
    } else {
        format!("{number} {unit}{plural} ago")
    }
}

/// `2026-11-29T13:02:00Z`; with milliseconds, three digits, only where they are not zero.
pub fn rfc3339(instant: Timestamp) -> String {
    let utc = Offset::UTC.to_datetime(instant);
    let (date, time) = (utc.date(), utc.time());
    let second = format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        date.year(),
        date.month(),
        date.day(),
        time.hour(),
        time.minute(),
        time.second()
    );
    match time.millisecond() {
        0 => second + "Z",
        milliseconds => format!("{second}.{milliseconds:03}Z"),
    }
}

/// A duration in its two largest units, truncated, not rounded: `40 s`, `2 h 5 min`, `3 days`, `1 day 4 h`.
pub fn span(span: SignedDuration) -> String {
    let sign = if span.is_negative() { "-" } else { "" };
    let span = span.abs();
    let seconds = span.as_secs();
    if seconds == 0 && span.subsec_millis() != 0 {
        return format!("{sign}{} ms", span.subsec_millis());
    }
    let parts = [
        (
            seconds / DAY,
            if seconds / DAY == 1 { "day" } else { "days" },
        ),
        (seconds % DAY / HOUR, "h"),
        (seconds % HOUR / MINUTE, "min"),
        (seconds % MINUTE, "s"),
    ];
    let first = parts
        .iter()
        .position(|&(number, _)| number != 0)
        .unwrap_or(3);
    let words: Vec<String> = parts
        .iter()
        .skip(first)
        .take(2)
        .enumerate()
        .filter(|&(at, &(number, _))| at == 0 || number != 0)
        .map(|(_, (number, unit))| format!("{number} {unit}"))
        .collect();
    format!("{sign}{}", words.join(" "))
}
