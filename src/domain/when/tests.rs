use proptest::prelude::*;

use super::*;

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(super) fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

#[test]
fn spans_are_read_and_written_back() {
    for (text, months, seconds, canonical) in [
        ("3d", 0, 3 * DAY, "3d"),
        ("2h30m", 0, 2 * HOUR + 30 * MINUTE, "2h30m"),
        ("1mo", 1, 0, "1mo"),
        ("1y", 12, 0, "1y"),
        ("1w 2d", 0, 9 * DAY, "9d"),
        ("1w", 0, WEEK, "7d"),
        ("90m", 0, 90 * MINUTE, "1h30m"),
        ("24h", 0, DAY, "1d"),
        ("30s", 0, 30, "30s"),
        (" 3 days ", 0, 3 * DAY, "3d"),
        ("1 hour 5 min", 0, HOUR + 5 * MINUTE, "1h5m"),
        ("2D", 0, 2 * DAY, "2d"),
        ("6Mo", 6, 0, "6mo"),
        ("1y6mo3d", 18, 3 * DAY, "1y6mo3d"),
        ("30m 1d", 0, DAY + 30 * MINUTE, "1d30m"),
        ("007d", 0, 7 * DAY, "7d"),
        ("100y", 1200, 0, "100y"),
        ("36500d", 0, 36500 * DAY, "36500d"),
    ] {
        let lapse = Period::parse(text).unwrap_or_else(|problem| panic!("{text}: {problem}"));
        assert_eq!(
            (lapse.months, lapse.exact.as_secs()),
            (months, seconds),
            "{text}"
        );
        assert_eq!(lapse.to_string(), canonical);
        assert_eq!(
            Period::parse(canonical),
            Ok(lapse),
            "what is written reads back"
        );
    }
    assert_eq!(Period::exact(SignedDuration::ZERO).to_string(), "0s");
}

#[test]
fn spans_that_mean_nothing_are_refused_with_help() {
    for (text, sentence) in [
        ("", "no time given; use for example 3d or 2h30m"),
        (
            "90",
            "missing unit: use 90d (days), 90h (hours), 90m (minutes) or 90mo (months)",
        ),
        ("0d", "0d is zero; a duration must be positive"),
        (
            "0",
            "missing unit: use 0d (days), 0h (hours), 0m (minutes) or 0mo (months)",
        ),
        ("-3d", "-3d is negative; a duration must be positive"),
        ("−3d", "−3d is negative; a duration must be positive"),
        ("--3d", "--3d is negative; a duration must be positive"),
        ("101y", "101y is more than 100 years"),
        ("1201mo", "1201mo is more than 100 years"),
        ("40000d", "40000d is more than 100 years"),
        ("50y40000d", "50y40000d is more than 100 years"),
        (
            "99999999999999999999d",
            "99999999999999999999d is more than 100 years",
        ),
        (
            "9223372036854775807w",
            "9223372036854775807w is more than 100 years",
        ),
        (
            "9223372036854775807mo",
            "9223372036854775807mo is more than 100 years",
        ),
        ("1M", "1M is ambiguous: use m for minutes, mo for months"),
        (
            "1.5h",
            "1.5h has a fraction; use a smaller unit instead, as in 1h30m",
        ),
        (
            "1,5h",
            "1,5h has a fraction; use a smaller unit instead, as in 1h30m",
        ),
        ("1d1d", "1d1d has the same unit twice"),
        (
            "3x",
            "unknown unit x in 3x; use m (minutes), h, d, w, mo (months) or y, as in 2h30m",
        ),
        (
            "3 fortnights",
            "unknown unit fortnights in 3 fortnights; use m (minutes), h, d, w, mo (months) or y, as in 2h30m",
        ),
        (
            "2h30",
            "2h30 is not a valid duration; use for example 3d, 2h30m, 1w or 1mo",
        ),
        (
            "tomorrow",
            "tomorrow is not a valid duration; use for example 3d, 2h30m, 1w or 1mo",
        ),
        (
            "-x",
            "-x is not a valid duration; use for example 3d, 2h30m, 1w or 1mo",
        ),
        (
            "d",
            "d is not a valid duration; use for example 3d, 2h30m, 1w or 1mo",
        ),
        (
            "３d",
            "３d is not a valid duration; use for example 3d, 2h30m, 1w or 1mo",
        ),
        (
            "3d!",
            "3d! is not a valid duration; use for example 3d, 2h30m, 1w or 1mo",
        ),
        (
            "3d\u{1b}[0m",
            r"3d\u{1b}[0m is not a valid duration; use for example 3d, 2h30m, 1w or 1mo",
        ),
    ] {
        assert_eq!(Period::parse(text).expect_err(text).to_string(), sentence);
    }
    assert!(
        Period::parse(&"9".repeat(1_000_000))
            .unwrap_err()
            .to_string()
            .len()
            < 400
    );
    assert!(Period::parse(&"-".repeat(1_000_000)).is_err());
}

#[test]
fn spans_follow_the_calendar_and_the_zone() {
    for (name, start, lapse, end) in [
        // The end of the month is as far as a month goes.
        ("UTC", "2026-01-31T12:00:00Z", "1mo", "2026-02-28T12:00:00Z"),
        ("UTC", "2028-01-31T12:00:00Z", "1mo", "2028-02-29T12:00:00Z"),
        ("UTC", "2028-02-29T12:00:00Z", "1y", "2029-02-28T12:00:00Z"),
        (
            "UTC",
            "2026-01-31T12:00:00Z",
            "1mo1d",
            "2026-03-01T12:00:00Z",
        ),
        // The month's end is the zone's, not that of UTC.
        (
            "Europe/Berlin",
            "2026-01-30T23:30:00Z",
            "1mo",
            "2026-02-27T23:30:00Z",
        ),
        // Summer time begins on 29 March 2026 and ends on 25 October: the clock time stays, days are exact.
        (
            "Europe/Berlin",
            "2026-03-15T11:00:00Z",
            "1mo",
            "2026-04-15T10:00:00Z",
        ),
        (
            "Europe/Berlin",
            "2026-03-28T11:00:00Z",
            "1d",
            "2026-03-29T11:00:00Z",
        ),
        (
            "Europe/Berlin",
            "2026-10-15T10:00:00Z",
            "1mo",
            "2026-11-15T11:00:00Z",
        ),
        (
            "Europe/Berlin",
            "2026-10-24T22:30:00Z",
            "24h",
            "2026-10-25T22:30:00Z",
        ),
        // 02:30 on 29 March does not exist; 02:30 on 25 October comes twice.
        (
            "Europe/Berlin",
            "2026-02-28T01:30:00Z",
            "1mo1s",
            "2026-03-28T01:30:01Z",
        ),
        (
            "Europe/Berlin",
            "2026-01-29T01:30:00Z",
            "2mo",
            "2026-03-29T01:30:00Z",
        ),
        (
            "Europe/Berlin",
            "2026-09-25T00:30:00Z",
            "1mo",
            "2026-10-25T00:30:00Z",
        ),
        (
            "America/New_York",
            "2026-02-08T17:00:00Z",
            "1mo",
            "2026-03-08T16:00:00Z",
        ),
        (
            "America/New_York",
            "2026-02-08T07:30:00Z",
            "1mo",
            "2026-03-08T07:30:00Z",
        ),
        (
            "America/New_York",
            "2026-10-01T05:30:00Z",
            "1mo",
            "2026-11-01T05:30:00Z",
        ),
        (
            "UTC",
            "2026-01-01T00:00:00.123456789Z",
            "1d",
            "2026-01-02T00:00:00.123Z",
        ),
    ] {
        let lapse = Period::parse(lapse).unwrap();
        assert_eq!(
            lapse.after(at(start), &zone(name)),
            Ok(at(end)),
            "{name} {start} + {lapse}"
        );
    }
    let century = Period::parse("100y").unwrap();
    assert!(matches!(
        century.after(at("2150-01-01T00:00:00Z"), &TimeZone::UTC),
        Err(WhenProblem::OutOfRange(_))
    ));
    let endless = Period {
        months: i32::MAX,
        exact: SignedDuration::MAX,
    };
    assert!(
        endless
            .after(at("2026-01-01T00:00:00Z"), &TimeZone::UTC)
            .is_err()
    );
    assert!(
        endless
            .before(at("2026-01-01T00:00:00Z"), &TimeZone::UTC)
            .is_err()
    );
}

#[test]
fn instants_are_written_for_people_and_machines() {
    let instant = at("2026-11-29T13:02:00Z");
    let berlin = zone("Europe/Berlin");
    assert_eq!(local(instant, &berlin), "Sun 29 Nov 2026 14:02");
    assert_eq!(local_zoned(instant, &berlin), "Sun 29 Nov 2026 14:02 CET");
    assert_eq!(
        local_zoned(at("2026-07-04T13:02:00Z"), &zone("America/New_York")),
        "Sat 4 Jul 2026 09:02 EDT"
    );
    assert_eq!(
        local_zoned(instant, &TimeZone::UTC),
        "Sun 29 Nov 2026 13:02 UTC"
    );
    assert_eq!(rfc3339(instant), "2026-11-29T13:02:00Z");
    assert_eq!(
        rfc3339(at("2026-11-29T13:02:00.050Z")),
        "2026-11-29T13:02:00.050Z"
    );
    assert_eq!(
        rfc3339(at("2026-11-29T13:02:00.0009Z")),
        "2026-11-29T13:02:00Z"
    );
}

#[test]
fn distances_are_told_in_the_unit_that_says_something() {
    let now = at("2026-01-01T12:00:00Z");
    for (milliseconds, ahead, ago) in [
        (0, "just now", "just now"),
        (499, "just now", "just now"),
        (1_000, "in 1 second", "just now"),
        (40_000, "in 40 seconds", "40 seconds ago"),
        (59_499, "in 59 seconds", "59 seconds ago"),
        (59_500, "in 1 minute", "1 minute ago"),
        (5 * 60_000 - 1, "in 5 minutes", "5 minutes ago"),
        (3_600_000, "in 1 hour", "1 hour ago"),
        (75 * 60_000, "in 75 minutes", "75 minutes ago"),
        (2 * 3_600_000 - 1, "in 2 hours", "2 hours ago"),
        (35 * 3_600_000, "in 35 hours", "35 hours ago"),
        (24 * 3_600_000 - 1, "in 1 day", "1 day ago"),
        (3 * 86_400_000 - 30_000, "in 3 days", "3 days ago"),
        (7 * 86_400_000, "in 7 days", "7 days ago"),
        (59 * 86_400_000, "in 59 days", "59 days ago"),
        (60 * 86_400_000, "in 2 months", "2 months ago"),
        (61 * 86_400_000, "in 2 months", "2 months ago"),
        (365 * 86_400_000, "in 12 months", "12 months ago"),
        (731 * 86_400_000, "in 2 years", "2 years ago"),
    ] {
        let distance = SignedDuration::from_millis(milliseconds);
        assert_eq!(relative(now + distance, now), ahead, "{milliseconds}");
        assert_eq!(relative(now - distance, now), ago, "{milliseconds}");
    }
    for minutes in (0..2_000_000_i64).step_by(13) {
        let text = relative(now + SignedDuration::from_secs(minutes * 60), now);
        assert!(
            !text.contains(" 0 ") && !text.contains(" 1 minutes"),
            "{text}"
        );
    }
}

#[test]
fn spans_are_told_in_two_units() {
    for (seconds, expected) in [
        (0, "0 s"),
        (40, "40 s"),
        (60, "1 min"),
        (330, "5 min 30 s"),
        (2 * HOUR + 5 * MINUTE + 59, "2 h 5 min"),
        (2 * HOUR + 59, "2 h"),
        (3 * DAY, "3 days"),
        (DAY + 4 * HOUR, "1 day 4 h"),
        (DAY + 59 * MINUTE, "1 day"),
        (-40, "-40 s"),
    ] {
        assert_eq!(span(SignedDuration::from_secs(seconds)), expected);
    }
    assert_eq!(span(SignedDuration::from_millis(250)), "250 ms");
}

proptest! {
    #[test]
    fn no_text_is_too_odd(text in "[-0-9TZ:+. dhmwyo/]{0,30}|\\PC{0,20}", months in 0..1200_i32, seconds in 1..1_000_000_000_i64) {
        let now = at("2026-01-01T00:00:00Z");
        for tz in [TimeZone::UTC, zone("Europe/Berlin"), zone("America/New_York")] {
            if let Ok(end) = parse_until(&text, now, &tz) {
                prop_assert!(end > now);
                prop_assert_eq!(parse_until(&rfc3339(end), now, &tz), Ok(end));
            }
            let _ = parse_since(&text, now, &tz);
        }
        let lapse = Period { months, exact: SignedDuration::from_secs(seconds) };
        if let Ok(read) = Period::parse(&lapse.to_string()) {
            prop_assert_eq!(read, lapse);
        }
        if let Ok(lapse) = Period::parse(&text) {
            prop_assert_eq!(Period::parse(&lapse.to_string()), Ok(lapse));
        }
    }
}
