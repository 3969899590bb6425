//! Links that are mailed: invitations, reset links, changes of address. One lifetime, only the newest works,
//! used once.

use jiff::{SignedDuration, Timestamp};

use super::refusal::Refusal;

/// What following the link does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LinkPurpose {
    /// Registers an account that has no password.
    Invitation,
    /// Sets a new password.
    Reset,
    /// Confirms a new address.
    Address,
}

impl LinkPurpose {
    /// The word stored in the database.
    pub fn as_str(self) -> &'static str {
        match self {
            LinkPurpose::Invitation => "invitation",
            LinkPurpose::Reset => "reset",
            LinkPurpose::Address => "address",
        }
    }

    /// Reads the stored word.
    pub fn parse(word: &str) -> Option<Self> {
        [Self::Invitation, Self::Reset, Self::Address]
            .into_iter()
            .find(|purpose| purpose.as_str() == word)
    }
}

/// A link as the store keeps it: its facts, and what the vault needs to derive its token again. No secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Row id inside this store.
    pub id: i64,
    /// What it does.
    pub purpose: LinkPurpose,
    /// The account it is for.
    pub account_id: i64,
    /// The panel it is for; a reset link names the panel whose settings its mail uses.
    pub panel_id: i64,
    /// The vault key under which the token is derived.
    pub key_id: i64,
    /// The public half of the token's derivation.
    pub nonce: [u8; 16],
    /// When it was created.
    pub created_at: Timestamp,
    /// The instant at which it expires (W2).
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
    /// When an operator or a later event revoked it.
    pub revoked_at: Option<Timestamp>,
    /// When a newer one replaced it.
    pub superseded_at: Option<Timestamp>,
    /// When an operator created it; `None` for one that a lock or the person caused.
    pub operator_at: Option<Timestamp>,
}

/// The state of a link at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// It works.
    Live,
    /// It was used.
    Used,
    /// It was revoked.
    Revoked,
    /// A newer one was sent at this instant.
    Superseded(Timestamp),
    /// It expired at this instant.
    Expired(Timestamp),
}

impl Link {
    /// The state of the link at `now` (I2–I4).
    pub fn state(&self, now: Timestamp) -> LinkState {
        if self.used_at.is_some() {
            LinkState::Used
        } else if self.revoked_at.is_some() {
            LinkState::Revoked
        } else if let Some(at) = self.superseded_at {
            LinkState::Superseded(at)
        } else if now >= self.expires_at {
            LinkState::Expired(self.expires_at)
        } else {
            LinkState::Live
        }
    }

    /// Refuses a link that does not work at `now`.
    ///
    /// # Errors
    /// `link-used`, `link-revoked`, `link-superseded` or `link-expired`.
    pub fn check(&self, now: Timestamp) -> Result<(), Refusal> {
        match self.state(now) {
            LinkState::Live => Ok(()),
            LinkState::Used => Err(Refusal::LinkUsed),
            LinkState::Revoked => Err(Refusal::LinkRevoked),
            LinkState::Superseded(newer_at) => Err(Refusal::LinkSuperseded { newer_at }),
            LinkState::Expired(at) => Err(Refusal::LinkExpired { at }),
        }
    }
}

/// When a new invitation expires: after `lifetime`, or with the access if that is sooner (I3).
pub fn invitation_end(
    now: Timestamp,
    lifetime: SignedDuration,
    access_until: Option<Timestamp>,
) -> Timestamp {
    let end = end_of(now, lifetime);
    access_until.map_or(end, |until| until.min(end))
}

/// When a link with this lifetime expires. Saturates at the end of representable time.
pub fn end_of(now: Timestamp, lifetime: SignedDuration) -> Timestamp {
    now.checked_add(lifetime).unwrap_or(Timestamp::MAX)
}

/// Checks the URL of a page that receives tokens: `{token}` occurs once, after the host, and the connection
/// is encrypted.
///
/// # Errors
/// What is wrong with it.
pub fn check_page(text: &str) -> Result<(), &'static str> {
    let address = if let Some(rest) = text.strip_prefix("https://") {
        rest
    } else if let Some(rest) = text.strip_prefix("http://") {
        let host = rest.split(['/', '?', '#', ':']).next();
        if host != Some("localhost") {
            return Err("it must start with https:// (http:// only for localhost)");
        }
        rest
    } else {
        return Err("it must start with https://");
    };
    let (host, rest) = address.split_at(address.find(['/', '?', '#']).unwrap_or(address.len()));
    if host.is_empty() || host.contains(['@', '{', '\\']) || text.contains(char::is_whitespace) {
        return Err("it is not the URL of a page");
    }
    match rest.matches("{token}").count() {
        1 => check_link(&text.replace("{token}", SAMPLE)),
        0 => Err("it must contain `{token}` where the secret part of the link goes"),
        _ => Err("it must contain `{token}` only once"),
    }
}

/// As long as a token, and made of its characters.
const SAMPLE: &str = "adm_i_0000000000000000000000000000000000000000000000000000";

/// Longest link in a mail, in bytes: with the overhead of quoted-printable it stays far below the length at
/// which mail programs cut.
const LONGEST_LINK: usize = 1_500;

/// Checks a link for a mail: a web address, in the form it has on the wire.
///
/// # Errors
/// What is wrong with it.
pub fn check_link(text: &str) -> Result<(), &'static str> {
    let rest = text
        .strip_prefix("https://")
        .or_else(|| text.strip_prefix("http://"));
    if !rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_alphanumeric() || c == '[')) {
        return Err("it must start with https:// or http:// and a host");
    }
    let host = rest
        .and_then(|rest| rest.split(['/', '?', '#']).next())
        .unwrap_or_default();
    if !host.is_ascii() {
        return Err("its host must be written in ASCII (xn--…)");
    }
    if !text
        .bytes()
        .all(|b| b.is_ascii_graphic() && !b"\"'<>\\^`{|}".contains(&b))
    {
        return Err("it contains a character that must be percent-encoded");
    }
    if text.len() > LONGEST_LINK {
        return Err("it is longer than 1,500 bytes");
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_that_no_mail_could_carry_is_refused_where_it_is_set() {
        let long = format!("https://panel.example.com/{}{{token}}", "x".repeat(1_500));
        for (page, why) in [
            ("https://panel.example.com/r#{token}", None),
            ("https://panel.example.com:8443/r?t={token}&l=de", None),
            ("http://localhost/r#{token}", None),
            ("https://[2001:db8::1]/r#{token}", None),
            ("https://xn--bcher-kva.example/r#{token}", None),
            ("https://bücher.example/r#{token}", Some("xn--")),
            (
                "https://panel.example.com/ü#{token}",
                Some("percent-encoded"),
            ),
            (
                "https://panel.example.com/<b>{token}",
                Some("percent-encoded"),
            ),
            (
                "https://panel.example.com/'{token}'",
                Some("percent-encoded"),
            ),
            (
                "https://panel.example.com/{id}/{token}",
                Some("percent-encoded"),
            ),
            ("https://:443/{token}", Some("a host")),
            (&long, Some("1,500 bytes")),
        ] {
            match (check_page(page), why) {
                (Ok(()), None) => {}
                (Err(said), Some(why)) => assert!(said.contains(why), "{page}: {said}"),
                (said, _) => panic!("{page}: {said:?}"),
            }
        }
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn link() -> Link {
        Link {
            id: 1,
            purpose: LinkPurpose::Invitation,
            account_id: 1,
            panel_id: 1,
            key_id: 1,
            nonce: [0; 16],
            created_at: at("2026-03-01T00:00:00Z"),
            expires_at: at("2026-03-08T00:00:00Z"),
            used_at: None,
            revoked_at: None,
            superseded_at: None,
            operator_at: None,
        }
    }

    #[test]
    fn a_link_is_over_at_the_instant_it_ends() {
        assert_eq!(
            link().state(at("2026-03-07T23:59:59.999Z")),
            LinkState::Live
        );
        assert_eq!(
            link().state(at("2026-03-08T00:00:00Z")),
            LinkState::Expired(at("2026-03-08T00:00:00Z"))
        );
    }

    #[test]
    fn the_first_fact_that_killed_a_link_names_its_state() {
        let later = at("2027-01-01T00:00:00Z");
        let mut link = link();
        link.superseded_at = Some(at("2026-03-02T00:00:00Z"));
        assert_eq!(
            link.state(later),
            LinkState::Superseded(at("2026-03-02T00:00:00Z"))
        );
        link.revoked_at = Some(at("2026-03-03T00:00:00Z"));
        assert_eq!(link.state(later), LinkState::Revoked);
        link.used_at = Some(at("2026-03-04T00:00:00Z"));
        assert_eq!(link.state(later), LinkState::Used);
    }

    #[test]
    fn an_invitation_lives_seven_days_or_as_long_as_the_access() {
        let now = at("2026-03-01T00:00:00Z");
        let week = SignedDuration::from_hours(7 * 24);
        for (until, end) in [
            (None, "2026-03-08T00:00:00Z"),
            (Some("2026-03-04T00:00:00Z"), "2026-03-04T00:00:00Z"),
            (Some("2026-03-08T00:00:00Z"), "2026-03-08T00:00:00Z"),
            (Some("2026-06-01T00:00:00Z"), "2026-03-08T00:00:00Z"),
        ] {
            assert_eq!(
                invitation_end(now, week, until.map(at)),
                at(end),
                "{until:?}"
            );
        }
    }
}
