//! Sessions: one sign-in that has not ended (S2, S3 without heartbeats, S5).

use jiff::{SignedDuration, Timestamp};

use super::admission::{Obstacle, Reason};

/// Last-seen is written at most once in this time where a panel sends no heartbeats (S3).
pub const LAST_SEEN_EVERY: SignedDuration = SignedDuration::from_secs(60);

/// How long an ended session is remembered.
pub const REMEMBERED: SignedDuration = SignedDuration::from_hours(30 * 24);

/// One sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// Row id inside this store.
    pub id: i64,
    /// The person.
    pub account_id: i64,
    /// The panel.
    pub panel_id: i64,
    /// Signed in at.
    pub created_at: Timestamp,
    /// Last seen, to within [`LAST_SEEN_EVERY`].
    pub last_seen_at: Timestamp,
    /// The total limit: it ends at this instant, even if it is in use.
    pub expires_at: Timestamp,
    /// When it was ended.
    pub ended_at: Option<Timestamp>,
    /// Why it was ended.
    pub ended_why: Option<String>,
    /// The IP address that it was started from.
    pub ip: Option<String>,
    /// What was passed besides the password when it was started: a method, or `trusted-ip`; `None` is nothing.
    pub passed: Option<String>,
}

impl Session {
    /// Whether it is live at `now` by itself: not ended, not idle for too long, not past its total.
    pub fn is_live(&self, idle: SignedDuration, now: Timestamp) -> bool {
        self.ended_at.is_none()
            && now < self.expires_at
            && now.duration_since(self.last_seen_at) < idle
    }

    /// Why it is no longer live, for the panel's own log: why it was ended, or the limit that it reached.
    pub fn cause_of_end(&self, now: Timestamp) -> &str {
        if self.ended_at.is_some() {
            self.ended_why.as_deref().unwrap_or("session-ended")
        } else if now >= self.expires_at {
            "session-total"
        } else {
            "session-idle"
        }
    }
}

/// Whether an obstacle also ends open sessions (S5). A lock after wrong passwords does not: anyone who
/// guesses could otherwise sign people out.
pub fn ends_sessions(obstacle: &Obstacle) -> bool {
    matches!(
        obstacle.reason,
        Reason::UnknownAddress
            | Reason::Disabled
            | Reason::LockedPermanently
            | Reason::Unregistered
            | Reason::NoAccess
            | Reason::AccessExpired
            | Reason::TrialEnded
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_session_ends_idle_or_at_its_total() {
        let idle = SignedDuration::from_hours(12);
        let mut session = Session {
            id: 1,
            account_id: 1,
            panel_id: 1,
            created_at: at("2026-03-01T00:00:00Z"),
            last_seen_at: at("2026-03-01T00:00:00Z"),
            expires_at: at("2026-03-31T00:00:00Z"),
            ended_at: None,
            ended_why: None,
            ip: None,
            passed: None,
        };
        assert!(session.is_live(idle, at("2026-03-01T11:59:59.999Z")));
        assert!(!session.is_live(idle, at("2026-03-01T12:00:00Z")));
        session.last_seen_at = at("2026-03-30T20:00:00Z");
        assert!(session.is_live(idle, at("2026-03-30T23:59:59Z")));
        assert!(!session.is_live(idle, at("2026-03-31T00:00:00Z")));
        let cause = |session: &Session, now| session.cause_of_end(at(now)).to_owned();
        assert_eq!(cause(&session, "2026-03-31T00:00:00Z"), "session-total");
        assert_eq!(cause(&session, "2026-03-30T23:59:59Z"), "session-idle");
        session.ended_why = Some("signed-out".into());
        session.ended_at = Some(at("2026-03-30T21:00:00Z"));
        assert!(!session.is_live(idle, at("2026-03-30T21:00:01Z")));
        assert_eq!(cause(&session, "2026-03-31T00:00:00Z"), "signed-out");
    }
}
