use super::tests::{at, zone};
use super::*;

#[test]
fn ends_are_read_in_the_zone() {
    let now = at("2026-01-01T12:00:00Z");
    for (name, text, end) in [
        ("UTC", "2026-12-31", "2027-01-01T00:00:00Z"),
        ("Europe/Berlin", "2026-12-31", "2026-12-31T23:00:00Z"),
        ("Europe/Berlin", " 2026-06-30 ", "2026-06-30T22:00:00Z"),
        ("Europe/Berlin", "2026-03-28", "2026-03-28T23:00:00Z"),
        ("Europe/Berlin", "2026-03-29", "2026-03-29T22:00:00Z"),
        ("Europe/Berlin", "2026-10-25", "2026-10-25T23:00:00Z"),
        ("America/New_York", "2026-03-08", "2026-03-09T04:00:00Z"),
        ("America/New_York", "2026-11-01", "2026-11-02T05:00:00Z"),
        ("Asia/Kolkata", "2026-12-31", "2026-12-31T18:30:00Z"),
        // Midnight itself is left out there: the day starts at one.
        ("Asia/Beirut", "2026-03-28", "2026-03-28T22:00:00Z"),
        ("UTC", "2028-02-29", "2028-03-01T00:00:00Z"),
        ("Europe/Berlin", "2026-12-31 18:00", "2026-12-31T17:00:00Z"),
        (
            "Europe/Berlin",
            "2026-12-31T18:00:30",
            "2026-12-31T17:00:30Z",
        ),
        (
            "Europe/Berlin",
            "2026-12-31 18:00:30.1239",
            "2026-12-31T17:00:30.123Z",
        ),
        ("Europe/Berlin", "2026-03-29 02:30", "2026-03-29T01:30:00Z"),
        ("Europe/Berlin", "2026-10-25 02:30", "2026-10-25T00:30:00Z"),
        (
            "America/New_York",
            "2026-03-08 02:30",
            "2026-03-08T07:30:00Z",
        ),
        (
            "America/New_York",
            "2026-11-01 01:30",
            "2026-11-01T05:30:00Z",
        ),
        (
            "Europe/Berlin",
            "2026-12-31T18:00:00Z",
            "2026-12-31T18:00:00Z",
        ),
        (
            "Europe/Berlin",
            "2026-12-31t18:00:00z",
            "2026-12-31T18:00:00Z",
        ),
        (
            "Europe/Berlin",
            "2026-12-31T18:00:00+05:30",
            "2026-12-31T12:30:00Z",
        ),
        (
            "Europe/Berlin",
            "2026-12-31 18:00 -05:00",
            "2026-12-31T23:00:00Z",
        ),
        (
            "Europe/Berlin",
            "2026-12-31T23:59:59.999999999Z",
            "2026-12-31T23:59:59.999Z",
        ),
    ] {
        assert_eq!(
            parse_until(text, now, &zone(name)),
            Ok(at(end)),
            "{name} {text}"
        );
    }
}

#[test]
fn ends_that_cannot_be_are_named() {
    let now = at("2026-06-15T12:00:00Z");
    let tz = zone("Europe/Berlin");
    let not_a_time = |text: &str| {
        format!(
            "{text} is not a valid date or time; use 2026-12-31, 2026-12-31 18:00, or with an offset 2026-12-31T18:00:00+01:00"
        )
    };
    for (text, sentence) in [
        (
            "",
            "no time given; use for example 2026-12-31 or 2026-12-31 18:00",
        ),
        (
            "2026-02-30",
            "2026-02-30 does not exist: February 2026 has 28 days",
        ),
        (
            "2027-02-29",
            "2027-02-29 does not exist: February 2027 has 28 days",
        ),
        (
            "2026-11-31 10:00",
            "2026-11-31 does not exist: November 2026 has 30 days",
        ),
        (
            "2026-12-00",
            "2026-12-00 does not exist: December 2026 has 31 days",
        ),
        (
            "2026-13-01",
            "2026-13-01 does not exist: the months are 01 to 12",
        ),
        (
            "2026-12-31 24:00",
            "24:00 does not exist: a day ends at 23:59:59; for the end of a day use the date alone",
        ),
        (
            "2026-12-31 18:60",
            "18:60 does not exist: a day has 24 hours of 60 minutes of 60 seconds",
        ),
        (
            "2026-06-14",
            "2026-06-14 is in the past: that was Mon 15 Jun 2026 00:00 CEST, 14 hours ago",
        ),
        (
            "2026-06-15 14:00",
            "2026-06-15 14:00 is in the past: that was Mon 15 Jun 2026 14:00 CEST, just now",
        ),
        (
            "2026-06-15T12:00:00Z",
            "2026-06-15T12:00:00Z is in the past: that was Mon 15 Jun 2026 14:00 CEST, just now",
        ),
        (
            "1999-12-31",
            "1999-12-31 is not between the years 2000 and 2200",
        ),
        (
            "1999-12-30",
            "1999-12-30 is not between the years 2000 and 2200",
        ),
        (
            "2201-01-02",
            "2201-01-02 is not between the years 2000 and 2200",
        ),
        (
            "9999-12-31",
            "9999-12-31 is not between the years 2000 and 2200",
        ),
        (
            "3d",
            "3d is a duration; use a date here, such as 2026-12-31",
        ),
        (
            "31.12.2026",
            "31.12.2026 is not a valid date; use YYYY-MM-DD: 2026-12-31",
        ),
        (
            "12/31/2026",
            "12/31/2026 is not a valid date; use YYYY-MM-DD: 2026-12-31",
        ),
        (
            "3/4/2026",
            "3/4/2026 is not a valid date; use YYYY-MM-DD: 2026-04-03 or 2026-03-04",
        ),
        (
            "2026/12/31",
            "2026/12/31 is not a valid date; use YYYY-MM-DD: 2026-12-31",
        ),
        (
            "2026-1-5",
            "2026-1-5 is not a valid date; use YYYY-MM-DD: 2026-01-05",
        ),
        ("30.2.2026", &not_a_time("30.2.2026")),
        ("tomorrow", &not_a_time("tomorrow")),
        ("2026-12", &not_a_time("2026-12")),
        ("18:00", &not_a_time("18:00")),
        ("2026-12-31 18", &not_a_time("2026-12-31 18")),
        ("2026-12-31 18:0", &not_a_time("2026-12-31 18:0")),
        ("2026-12-31 18:00:00.", &not_a_time("2026-12-31 18:00:00.")),
        ("2026-12-31 18:00 CET", &not_a_time("2026-12-31 18:00 CET")),
        (
            "2026-12-31T18:00:00+0100",
            &not_a_time("2026-12-31T18:00:00+0100"),
        ),
        (
            "2026-12-31T18:00:00+24:00",
            &not_a_time("2026-12-31T18:00:00+24:00"),
        ),
        ("2026-12-31x", &not_a_time("2026-12-31x")),
        ("２０２６-12-31", &not_a_time("２０２６-12-31")),
        ("2026-12-31\u{202e}", &not_a_time(r"2026-12-31\u{202e}")),
    ] {
        assert_eq!(
            parse_until(text, now, &tz).expect_err(text).to_string(),
            sentence
        );
    }
}

#[test]
fn periods_start_at_a_date_or_some_time_ago() {
    let now = at("2026-03-29T12:00:00Z");
    let tz = zone("Europe/Berlin");
    for (text, start) in [
        ("2026-03-01", "2026-02-28T23:00:00Z"),
        ("2026-03-29", "2026-03-28T23:00:00Z"),
        ("2026-12-31", "2026-12-30T23:00:00Z"),
        ("2026-03-01 10:00", "2026-03-01T09:00:00Z"),
        ("2d", "2026-03-27T12:00:00Z"),
        ("90m", "2026-03-29T10:30:00Z"),
        ("1mo", "2026-02-28T13:00:00Z"),
    ] {
        assert_eq!(parse_since(text, now, &tz), Ok(at(start)), "{text}");
    }
    assert!(matches!(
        parse_since("90", now, &tz),
        Err(WhenProblem::NoUnit(_))
    ));
    assert!(matches!(
        parse_since("100y", now, &tz),
        Err(WhenProblem::OutOfRange(_))
    ));
    assert!(matches!(
        parse_since("2026-02-30", now, &tz),
        Err(WhenProblem::Impossible { .. })
    ));
    assert!(matches!(
        parse_since("yesterday", now, &tz),
        Err(WhenProblem::NotAnInstant(_))
    ));
    assert_eq!(
        parse_before("2026-03-01", &tz),
        Ok(at("2026-03-01T23:00:00Z"))
    );
}

#[test]
fn an_end_is_typed_as_it_is_read() {
    let tz = TimeZone::get("Europe/Berlin").unwrap();
    let now = "2026-01-01T00:00:00Z".parse().unwrap();
    for (instant, text) in [
        ("2026-12-31T23:00:00Z", "2026-12-31"),
        ("2026-12-31T17:00:00Z", "2026-12-31 18:00"),
        ("2026-12-31T17:00:07.5Z", "2026-12-31T17:00:07Z"),
        // 02:30 comes twice that night, and as it is typed it is the first.
        ("2026-10-25T00:30:00Z", "2026-10-25 02:30"),
        ("2026-10-25T01:30:00Z", "2026-10-25T01:30:00Z"),
    ] {
        let instant: Timestamp = instant.parse().unwrap();
        let typed = typed(instant, &tz);
        assert_eq!(typed, text);
        let second = Timestamp::from_second(instant.as_second()).unwrap();
        assert_eq!(parse_until(&typed, now, &tz).unwrap(), second);
    }
}
