//! The machine's clock, and the latest time that a store has recorded.
//!
//! What has expired must not become valid again because somebody set a clock back, so expiry is judged by the
//! later of the two. Authenticator codes are not: the phone's clock keeps running.

use jiff::{SignedDuration, Timestamp};

/// A clock may be corrected by this much without a warning.
pub const TOLERANCE: SignedDuration = SignedDuration::from_secs(90);

/// The time by which expiry is judged.
pub fn at_least(clock: Timestamp, seen: Option<Timestamp>) -> Timestamp {
    seen.map_or(clock, |seen| clock.max(seen))
}

/// How far the clock is behind, if that is more than a small correction.
pub fn behind(clock: Timestamp, seen: Option<Timestamp>) -> Option<SignedDuration> {
    seen.map(|seen| seen.duration_since(clock))
        .filter(|gap| *gap > TOLERANCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn time_does_not_go_back() {
        let noon = at("2026-03-01T12:00:00Z");
        for (clock, seen, judged) in [
            ("2026-03-01T12:00:00Z", None, "2026-03-01T12:00:00Z"),
            (
                "2026-03-01T12:00:00.001Z",
                Some(noon),
                "2026-03-01T12:00:00.001Z",
            ),
            ("2026-03-01T12:00:00Z", Some(noon), "2026-03-01T12:00:00Z"),
            (
                "2026-03-01T11:59:59.999Z",
                Some(noon),
                "2026-03-01T12:00:00Z",
            ),
            ("2016-03-01T12:00:00Z", Some(noon), "2026-03-01T12:00:00Z"),
        ] {
            assert_eq!(at_least(at(clock), seen), at(judged), "{clock}");
        }
    }

    #[test]
    fn a_clock_is_behind_from_90_seconds_on() {
        let noon = Some(at("2026-03-01T12:00:00Z"));
        for (clock, seconds) in [
            ("2026-03-01T12:00:01Z", None),
            ("2026-03-01T11:58:30Z", None),
            ("2026-03-01T11:58:29Z", Some(91)),
            ("2026-02-28T12:00:00Z", Some(86_400)),
        ] {
            let gap = behind(at(clock), noon);
            assert_eq!(gap.map(|gap| gap.as_secs()), seconds, "{clock}");
            assert_eq!(behind(at(clock), None), None);
        }
        assert!(behind(at("2026-03-01T11:58:29.999Z"), noon).is_some());
    }
}
