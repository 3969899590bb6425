//! What a rule can refuse, with the data that a message needs. The words for people are made in `cli`.

use jiff::Timestamp;

use super::address::{Address, AddressProblem};
use super::password::PasswordProblem;
use super::policy::PolicyProblem;
use super::text::TextProblem;
use super::trusted_ip::{Network, Placeless};
use super::when::WhenProblem;

/// How somebody is connected with an address that no account has (E1).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It is their new address and waits to be confirmed.
    Waits {
        /// Their current address.
        holder: String,
        /// When the link was sent to the new one.
        asked_at: Timestamp,
        /// When the link expires.
        until: Timestamp,
    },
    /// It was their address, and still gets notices.
    Former {
        /// Their current address.
        holder: String,
        /// When the notices stop.
        until: Timestamp,
    },
}

impl Claim {
    /// Whether it has ended.
    pub fn is_over(&self, now: Timestamp) -> bool {
        let (Self::Waits { until, .. } | Self::Former { until, .. }) = self;
        *until <= now
    }

    /// The claims in the order in which they explain why no account has an address: one that waits to be
    /// confirmed, an address that somebody gave up, then changes whose link has expired.
    pub fn in_order(mut claims: Vec<Self>, now: Timestamp) -> Vec<Self> {
        claims.sort_by_key(|claim| match claim {
            Self::Waits { .. } if !claim.is_over(now) => 0,
            Self::Former { .. } => 1,
            Self::Waits { .. } => 2,
        });
        claims
    }
}

/// A rule refused it. Nothing was changed.
#[derive(Clone, Debug, PartialEq)]
pub enum Refusal {
    /// Not an address.
    Address {
        /// As it was typed.
        typed: String,
        /// What is wrong with it.
        problem: AddressProblem,
    },
    /// No account has this address.
    UnknownAddress {
        /// As it was typed.
        address: String,
        /// The most similar address that exists.
        nearest: Option<String>,
        /// People who are about to get it, or had it.
        claims: Vec<Claim>,
    },
    /// No panel has this name.
    UnknownPanel {
        /// As it was typed.
        name: String,
        /// The most similar name.
        nearest: Option<String>,
        /// The existing names.
        known: Vec<String>,
    },
    /// A change has to name a panel.
    WhichPanel {
        /// The existing names.
        known: Vec<String>,
    },
    /// No role has this name.
    UnknownRole {
        /// As it was typed.
        name: String,
        /// The most similar name.
        nearest: Option<String>,
        /// The existing names.
        known: Vec<String>,
    },
    /// A text value that cannot be stored.
    Text {
        /// Which value.
        field: &'static str,
        /// What is wrong with it.
        problem: TextProblem,
    },
    /// An invalid time or duration.
    When(WhenProblem),
    /// Both `for` and `until` were given.
    ForAndUntil,
    /// Neither `for` nor `until` was given, although one is required.
    NoTerm,
    /// An instant that has passed.
    PastDate {
        /// The instant.
        until: Timestamp,
    },
    /// `extend --for` on permanent access.
    PermanentAccess,
    /// The access has ended: `extend` restores it.
    AccessEnded {
        /// When.
        at: Timestamp,
    },
    /// The access was removed: `invite` gives it again.
    AccessRemoved {
        /// When.
        at: Timestamp,
        /// The options of `invite` that keep role and end, or give what was asked for.
        with: Vec<String>,
    },
    /// The person never had access to this panel.
    NoAccess {
        /// The options of `invite` that give what was asked for.
        with: Vec<String>,
    },
    /// There is no invitation to resend or revoke, because the person has registered.
    Registered,
    /// There is no password to reset, because the person never registered.
    Unregistered,
    /// Only an unlock helps.
    LockedPermanently {
        /// Since when.
        at: Timestamp,
    },
    /// Another account has the new address already.
    AddressTaken {
        /// As it was typed.
        address: String,
    },
    /// A role is required, and none was named.
    NoRole,
    /// A permanent lock is opened only with a reason.
    ReasonNeeded,
    /// Not a token of this store.
    LinkInvalid,
    /// It has expired.
    LinkExpired {
        /// Since when.
        at: Timestamp,
    },
    /// A newer link was sent.
    LinkSuperseded {
        /// When.
        newer_at: Timestamp,
    },
    /// It was used.
    LinkUsed,
    /// It was revoked.
    LinkRevoked,
    /// The new password was refused.
    Password(Vec<PasswordProblem>),
    /// No setting has this name.
    UnknownKey {
        /// As it was typed.
        name: String,
        /// The most similar name.
        nearest: Option<&'static str>,
        /// The existing names.
        known: Vec<&'static str>,
        /// The command that sets it: it is a key of the other kind.
        elsewhere: Option<Vec<String>>,
    },
    /// An invalid policy value.
    Policy(PolicyProblem),
    /// The ticket of an earlier step has expired, was used, or never existed.
    TicketExpired,
    /// The session has ended, or never existed.
    SessionEnded,
    /// The session, or the sign-in token, was ended for this cause.
    SessionEndedFor {
        /// The obstacle's word, or why the session was ended.
        cause: String,
    },
    /// The panel accepts no authenticator, so none can be set up for it.
    NoAppsHere {
        /// The panel.
        panel: String,
    },
    /// There is no authenticator to which backup codes could belong.
    NoSecondFactor,
    /// A network wider than anybody should trust (X5).
    TooWide {
        /// The network.
        network: Network,
    },
    /// A network with addresses that say nothing about where somebody is.
    Placeless {
        /// The network.
        network: Network,
        /// Which addresses.
        why: Placeless,
    },
    /// The panel trusts no IPs.
    TrustsNoIps {
        /// Its name.
        panel: String,
    },
    /// No trusted IP has this id.
    UnknownTrust {
        /// As it was typed.
        id: String,
    },
}

impl Refusal {
    /// The gate's word for it (SURFACE).
    pub fn reason(&self) -> &'static str {
        match self {
            Self::LinkInvalid => "link-invalid",
            Self::LinkExpired { .. } => "link-expired",
            Self::LinkSuperseded { .. } => "link-superseded",
            Self::LinkUsed => "link-used",
            Self::LinkRevoked => "link-revoked",
            Self::Password(_) => "password-refused",
            Self::TicketExpired => "ticket-expired",
            Self::SessionEnded | Self::SessionEndedFor { .. } => "session-ended",
            Self::NoAppsHere { .. } => "no-apps-here",
            Self::NoSecondFactor => "no-second-factor",
            Self::LockedPermanently { .. } => "locked-permanently",
            Self::Unregistered => "unregistered",
            Self::NoAccess { .. } | Self::AccessRemoved { .. } => "no-access",
            Self::AccessEnded { .. } => "access-expired",
            _ => "bad-request",
        }
    }

    /// The refusal for an invalid address.
    pub fn address(typed: &str, problem: AddressProblem) -> Self {
        Self::Address {
            typed: typed.to_owned(),
            problem,
        }
    }

    /// The refusal for an address that no account has.
    #[cfg(feature = "testing")]
    pub fn unknown(address: &Address, nearest: Option<String>) -> Self {
        Self::UnknownAddress {
            address: address.as_str().to_owned(),
            nearest,
            claims: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_has_its_word_of_the_gate() {
        let at = Timestamp::UNIX_EPOCH;
        for (refusal, word) in [
            (Refusal::LinkInvalid, "link-invalid"),
            (Refusal::LinkExpired { at }, "link-expired"),
            (Refusal::LinkSuperseded { newer_at: at }, "link-superseded"),
            (Refusal::LinkUsed, "link-used"),
            (Refusal::LinkRevoked, "link-revoked"),
            (Refusal::Password(Vec::new()), "password-refused"),
            (Refusal::SessionEnded, "session-ended"),
            (Refusal::Unregistered, "unregistered"),
            (Refusal::LockedPermanently { at }, "locked-permanently"),
            (Refusal::NoAccess { with: vec![] }, "no-access"),
            (Refusal::AccessRemoved { at, with: vec![] }, "no-access"),
            (Refusal::AccessEnded { at }, "access-expired"),
            (Refusal::UnknownTrust { id: "7".into() }, "bad-request"),
        ] {
            assert_eq!(refusal.reason(), word);
        }
    }
}
