//! Instants as people type them: a date, a date and a time, RFC 3339.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time};
use jiff::tz::{Offset, TimeZone};

use super::super::text::excerpt;
use super::{Period, WhenProblem, local_zoned, relative};

/// An end in the future: `2026-12-31` (the end of that day in the zone), `2026-12-31 18:00`, or RFC 3339.
///
/// A clock time skipped by a change to summer time moves forward as the clock does; of one that occurs twice,
/// the first is used.
pub fn parse_until(text: &str, now: Timestamp, tz: &TimeZone) -> Result<Timestamp, WhenProblem> {
    let instant = parse_before(text, tz)?;
    if instant <= now {
        return Err(WhenProblem::Past {
            text: excerpt(text),
            instant: local_zoned(instant, tz),
            ago: relative(instant, now),
        });
    }
    Ok(instant)
}

/// The end of a period to search, exclusive: like [`parse_until`], but past dates are allowed.
pub fn parse_before(text: &str, tz: &TimeZone) -> Result<Timestamp, WhenProblem> {
    if Period::parse(text).is_ok() {
        return Err(WhenProblem::LapseNotDate(excerpt(text)));
    }
    parse(text, tz, Edge::End)
}

/// The start of a period to search: a date (its first instant), a date and a time, RFC 3339, or `2d`, `90m`
/// for that long ago.
pub fn parse_since(text: &str, now: Timestamp, tz: &TimeZone) -> Result<Timestamp, WhenProblem> {
    match Period::parse(text) {
        Ok(lapse) => lapse.before(now, tz),
        Err(problem @ (WhenProblem::NoUnit(_) | WhenProblem::CapitalM(_))) => Err(problem),
        Err(_) => parse(text, tz, Edge::Start),
    }
}

/// The instant as the store keeps it: whole milliseconds, in the years 2000 to 2200.
pub(super) fn storable(instant: Timestamp) -> Option<Timestamp> {
    let instant = Timestamp::from_millisecond(instant.as_millisecond()).ok()?;
    let year = Offset::UTC.to_datetime(instant).year();
    (2000..=2200).contains(&year).then_some(instant)
}

#[derive(Clone, Copy)]
enum Edge {
    Start,
    End,
}

fn parse(text: &str, tz: &TimeZone, edge: Edge) -> Result<Timestamp, WhenProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(WhenProblem::Empty("2026-12-31 or 2026-12-31 18:00"));
    }
    let not_an_instant =
        || year_first(text).unwrap_or_else(|| WhenProblem::NotAnInstant(excerpt(text)));
    let (date, clock) = split(text).ok_or_else(not_an_instant)?;
    let date = read_date(date)?;
    let out_of_range = || WhenProblem::OutOfRange(excerpt(text));

    let instant = match clock {
        None => {
            let day = match edge {
                Edge::Start => date,
                Edge::End => date.tomorrow().map_err(|_| out_of_range())?,
            };
            day.to_zoned(tz.clone())
                .map_err(|_| out_of_range())?
                .timestamp()
        }
        Some(clock) => {
            let (clock, offset) = read_clock(clock).ok_or_else(not_an_instant)??;
            let moment = DateTime::from_parts(date, clock);
            match offset {
                Some(offset) => offset.to_timestamp(moment),
                None => tz.to_ambiguous_timestamp(moment).compatible(),
            }
            .map_err(|_| out_of_range())?
        }
    };
    storable(instant).ok_or_else(out_of_range)
}

/// The date and, if present, the text after it.
fn split(text: &str) -> Option<(&str, Option<&str>)> {
    let (date, rest) = text.split_at_checked(10)?;
    let is_date = date.bytes().enumerate().all(|(at, b)| match at {
        4 | 7 => b == b'-',
        _ => b.is_ascii_digit(),
    });
    match (is_date, rest.strip_prefix(['T', 't', ' '])) {
        (true, None) if rest.is_empty() => Some((date, None)),
        (true, Some(clock)) => Some((date, Some(clock.trim()))),
        _ => None,
    }
}

fn read_date(text: &str) -> Result<Date, WhenProblem> {
    let impossible = |why: String| WhenProblem::Impossible {
        text: text.to_owned(),
        why,
    };
    let out_of_range = || WhenProblem::OutOfRange(text.to_owned());
    let year: i16 = text[..4].parse().map_err(|_| out_of_range())?;
    let month: i8 = text[5..7].parse().map_err(|_| out_of_range())?;
    let day: i8 = text[8..].parse().map_err(|_| out_of_range())?;
    let first =
        Date::new(year, month, 1).map_err(|_| impossible("the months are 01 to 12".to_owned()))?;
    Date::new(year, month, day).map_err(|_| {
        let days = first.days_in_month();
        impossible(format!("{} has {days} days", first.strftime("%B %Y")))
    })
}

type Clock = (Time, Option<Offset>);

/// `18:00`, `18:00:00.250`, optionally followed by `Z` or `+01:00`. `None` if it is nothing of the kind.
fn read_clock(text: &str) -> Option<Result<Clock, WhenProblem>> {
    let (hour, rest) = two_digits(text)?;
    let (minute, mut rest) = two_digits(rest.strip_prefix(':')?)?;
    let (mut second, mut nanosecond) = (0, 0);
    if let Some(tail) = rest.strip_prefix(':') {
        (second, rest) = two_digits(tail)?;
        if let Some(tail) = rest.strip_prefix('.') {
            let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
            let (fraction, tail) = tail.split_at(digits);
            if fraction.is_empty() {
                return None;
            }
            nanosecond = format!("{fraction:0<9.9}").parse().ok()?;
            rest = tail;
        }
    }
    let offset = match rest.trim_start() {
        "" => None,
        "Z" | "z" => Some(Offset::UTC),
        rest => Some(read_offset(rest)?),
    };
    let impossible = |why: &str| WhenProblem::Impossible {
        text: excerpt(text),
        why: why.to_owned(),
    };
    Some(match Time::new(hour, minute, second, nanosecond) {
        Ok(clock) => Ok((clock, offset)),
        Err(_) if hour == 24 => Err(impossible(
            "a day ends at 23:59:59; for the end of a day use the date alone",
        )),
        Err(_) => Err(impossible("a day has 24 hours of 60 minutes of 60 seconds")),
    })
}

fn read_offset(text: &str) -> Option<Offset> {
    let (sign, rest) = match text.split_at_checked(1)? {
        ("+", rest) => (1, rest),
        ("-", rest) => (-1, rest),
        _ => return None,
    };
    let (hours, rest) = two_digits(rest)?;
    let (minutes, rest) = two_digits(rest.strip_prefix(':')?)?;
    if !rest.is_empty() || hours > 23 || minutes > 59 {
        return None;
    }
    Offset::from_seconds(sign * (i32::from(hours) * 3600 + i32::from(minutes) * 60)).ok()
}

fn two_digits(text: &str) -> Option<(i8, &str)> {
    let (digits, rest) = text.split_at_checked(2)?;
    if !digits.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    Some((digits.parse().ok()?, rest))
}

/// `31.12.2026`, `12/31/2026`, `2026/12/31`: the same date as YYYY-MM-DD.
fn year_first(text: &str) -> Option<WhenProblem> {
    let date = text.split_whitespace().next()?;
    let parts: Vec<&str> = date.split(['.', '/', '-']).collect();
    let [a, b, c] = parts.as_slice() else {
        return None;
    };
    let number = |part: &str, longest: usize| {
        (part.len() <= longest && part.bytes().all(|b| b.is_ascii_digit()))
            .then(|| part.parse::<i16>().ok())?
    };
    let write = |year, month, day| {
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        Some(date.to_string())
    };
    let better = if a.len() == 4 {
        write(number(a, 4)?, number(b, 2)?, number(c, 2)?)?
    } else if c.len() == 4 {
        let (a, b, year) = (number(a, 2)?, number(b, 2)?, number(c, 4)?);
        match (write(year, b, a), write(year, a, b)) {
            (Some(day_first), Some(month_first)) if a != b && date.contains('/') => {
                format!("{day_first} or {month_first}")
            }
            (Some(day_first), _) => day_first,
            (None, month_first) => month_first?,
        }
    } else {
        return None;
    };
    // The date is fine: the text after it is not.
    if better == date {
        return None;
    }
    Some(WhenProblem::YearFirst {
        text: excerpt(text),
        better,
    })
}
