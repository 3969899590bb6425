//! Which policy changes make guessing or signing in easier: `admit` asks before it applies these. Every key in the tables of
//! keys says in its last column which of these functions judges its change.

use jiff::SignedDuration;

use super::policy::{LENGTH_WITH_SECOND_FACTOR, POLICY_KEYS, Policy, SecondFactor, Sessions};
use super::role::BuiltIn;
use super::second_factor::{Methods, clock_in_words};
use super::store_policy::{STORE_KEYS, StorePolicy};
use super::when::Period;

/// What a panel's policy gives up: one sentence per change, without a full stop.
pub fn of_panel(before: &Policy, after: &Policy) -> Vec<String> {
    (POLICY_KEYS.iter())
        .flat_map(|key| key.weakened(before, after))
        .collect()
}

/// What the store's policy gives up.
pub fn of_store(before: &StorePolicy, after: &StorePolicy) -> Vec<String> {
    (STORE_KEYS.iter())
        .flat_map(|key| key.weakened(before, after))
        .collect()
}

/// One sentence if a condition holds.
fn if_so(holds: bool, sentence: impl FnOnce() -> String) -> Vec<String> {
    holds.then(sentence).into_iter().collect()
}

/// A link that works longer.
pub(super) fn link(what: &str, before: SignedDuration, after: SignedDuration) -> Vec<String> {
    if_so(after > before, || {
        format!(
            "{what} works for {} instead of {}, for anyone who gets hold of it",
            Period::exact(after),
            Period::exact(before)
        )
    })
}

/// More wrong passwords, or codes, before a lock.
pub(super) fn tries(what: &str, before: i64, after: i64) -> Vec<String> {
    if_so(after > before, || {
        format!("the account locks after {after} wrong {what} in a row instead of {before}")
    })
}

/// More locks before the permanent one, or none that is permanent.
pub(super) fn locks(before: Option<i64>, after: Option<i64>) -> Vec<String> {
    match (before, after) {
        (Some(_), None) => {
            vec!["accounts are never locked permanently, so guessing can continue for ever".into()]
        }
        (Some(was), Some(is)) if is > was => vec![format!(
            "an account locks permanently after {is} locks in a row instead of {was}"
        )],
        _ => Vec::new(),
    }
}

/// More wrong passwords from one IP; 0 is no limit.
pub(super) fn wrong_per_ip(before: i64, after: i64) -> Vec<String> {
    match (before, after) {
        (0, _) => Vec::new(),
        (_, 0) => vec![
            "wrong passwords from one IP are no longer limited, so one attacker can lock account after account".into(),
        ],
        _ => if_so(after > before, || {
            format!("an IP may enter {after} wrong passwords in an hour instead of {before}")
        }),
    }
}

/// Shorter passwords, whether by the limit itself or by what the second factor allows.
pub(super) fn password_length(before: &Policy, after: &Policy) -> Vec<String> {
    // Eight characters with a required second factor are what NIST allows: no weakening.
    let follows = after.password_length.is_none()
        && after.second_factor == SecondFactor::Required
        && after.shortest_password() == LENGTH_WITH_SECOND_FACTOR;
    let (was, is) = (before.shortest_password(), after.shortest_password());
    if_so(is < was && !follows, || {
        format!("a new password needs {is} characters instead of {was}")
    })
}

/// A second factor that is asked for less.
pub(super) fn second_factor(before: SecondFactor, after: SecondFactor) -> Vec<String> {
    match (before, after) {
        (SecondFactor::Required, SecondFactor::Optional) => {
            vec!["people who have not set up a second factor need only the password".into()]
        }
        (SecondFactor::Required | SecondFactor::Optional, SecondFactor::Off) => {
            vec!["nobody is asked for a code: the password alone is enough".into()]
        }
        _ => Vec::new(),
    }
}

/// Weaker ways for codes to come, or no authenticator any more.
pub(super) fn methods(what: &str, before: Methods, after: Methods) -> Vec<String> {
    let app = if_so(before.app && !after.app, || {
        format!(
            "{what} no longer come from an authenticator app, and existing authenticators are no longer used"
        )
    });
    let mail = if_so(after.mail && !before.mail, || {
        format!(
            "{what} also come by mail, which NIST SP 800-63B-4 does not accept as a second factor"
        )
    });
    let sms = if_so(after.sms && !before.sms, || {
        format!(
            "{what} also come by SMS, which can be intercepted or redirected to another SIM card"
        )
    });
    [app, mail, sms].concat()
}

/// Codes that are accepted for longer.
pub(super) fn totp_ahead(before: i64, after: i64) -> Vec<String> {
    if_so(after > before, || {
        format!(
            "authenticator codes {} are also accepted, so each can be guessed for longer",
            clock_in_words(after)
        )
    })
}

/// IPs that are trusted, or for longer.
pub(super) fn trusted_ips(
    before: Option<SignedDuration>,
    after: Option<SignedDuration>,
) -> Vec<String> {
    let longer = match (before, after) {
        (None, Some(_)) => true,
        (Some(before), Some(after)) => after > before,
        (_, None) => false,
    };
    if_so(longer, || {
        "trusted IPs are not asked for a code, or for longer: people who share such an IP need only the password".into()
    })
}

/// More than one session.
pub(super) fn sessions(before: Sessions, after: Sessions) -> Vec<String> {
    if_so(before != Sessions::Many && after == Sessions::Many, || {
        "a person may be signed in more than once at a time, so a second sign-in by somebody else goes unnoticed".into()
    })
}

/// Sessions that stay open longer when nobody uses them.
pub(super) fn session_idle(before: SignedDuration, after: SignedDuration) -> Vec<String> {
    if_so(after > before, || {
        format!(
            "an unattended session stays open for {} instead of {}",
            Period::exact(after),
            Period::exact(before)
        )
    })
}

/// Sessions that last longer.
pub(super) fn session_total(before: SignedDuration, after: SignedDuration) -> Vec<String> {
    if_so(after > before, || {
        format!(
            "a session, stolen or not, lasts up to {} instead of {}",
            Period::exact(after),
            Period::exact(before)
        )
    })
}

/// Another page that gets tokens. Back to the page of the configuration is no weakening.
pub(super) fn page(
    tokens: &str,
    can: &str,
    before: Option<&str>,
    after: Option<&str>,
) -> Vec<String> {
    match after {
        Some(page) if after != before => vec![format!(
            "{tokens} go to {page}: the people who run that page can {can}"
        )],
        _ => Vec::new(),
    }
}

/// A role with rights that the one before lacks.
pub(super) fn default_role(before: &str, after: &str) -> Vec<String> {
    let more = match (BuiltIn::parse(before), BuiltIn::parse(after)) {
        (Some(before), Some(after)) => after.outranks(before),
        _ => before != after,
    };
    if_so(more, || {
        format!("people invited without a role become {after} instead of {before}")
    })
}

/// Hashes that cost less to try.
pub(super) fn argon2(before: (u32, u32, u32), after: (u32, u32, u32)) -> Vec<String> {
    let work = |(memory, passes, _): (u32, u32, u32)| u64::from(memory) * u64::from(passes);
    if_so(work(after) < work(before), || {
        "stolen password hashes can be guessed faster".into()
    })
}

#[cfg(test)]
#[path = "weakening_tests.rs"]
mod tests;
