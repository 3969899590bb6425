//! Which policy changes make guessing or signing in easier: `admit` asks before it applies these.

use super::policy::{LENGTH_WITH_SECOND_FACTOR, Policy, SecondFactor};
use super::second_factor::{Methods, clock_in_words};
use super::store_policy::StorePolicy;

/// What a panel's policy gives up: one sentence per change, without a full stop.
pub fn of_panel(before: &Policy, after: &Policy) -> Vec<String> {
    let mut found = second_factor(before.second_factor, after.second_factor);
    found.extend(methods(before.methods, after.methods, "codes"));
    if after.totp_ahead > before.totp_ahead {
        found.push(format!(
            "authenticator codes {} are also accepted, so each can be guessed for longer",
            clock_in_words(after.totp_ahead)
        ));
    }
    if longer(before.trusted_ips, after.trusted_ips) {
        found.push(
            "trusted IPs are not asked for a code, or for longer: people who share such an IP need only the password".into(),
        );
    }
    if after.wrong_passwords > before.wrong_passwords {
        found.push(format!(
            "the account locks after {} wrong passwords in a row instead of {}",
            after.wrong_passwords, before.wrong_passwords
        ));
    }
    if after.wrong_codes > before.wrong_codes {
        found.push(format!(
            "the account locks after {} wrong codes in a row instead of {}",
            after.wrong_codes, before.wrong_codes
        ));
    }
    let unlimited = after.wrong_per_ip == 0;
    if before.wrong_per_ip != 0 && (unlimited || after.wrong_per_ip > before.wrong_per_ip) {
        found.push(if unlimited {
            "wrong passwords from one IP are no longer limited, so one attacker can lock account after account".into()
        } else {
            format!(
                "an IP may enter {} wrong passwords in an hour instead of {}",
                after.wrong_per_ip, before.wrong_per_ip
            )
        });
    }
    match (before.locks_in_a_row, after.locks_in_a_row) {
        (Some(_), None) => found.push(
            "accounts are never locked permanently, so guessing can continue for ever".into(),
        ),
        (Some(was), Some(is)) if is > was => found.push(format!(
            "an account locks permanently after {is} locks in a row instead of {was}"
        )),
        _ => {}
    }
    // Eight characters with a required second factor are what NIST allows: no weakening.
    let follows = after.password_length.is_none()
        && after.second_factor == SecondFactor::Required
        && after.shortest_password() == LENGTH_WITH_SECOND_FACTOR;
    if after.shortest_password() < before.shortest_password() && !follows {
        found.push(format!(
            "a new password needs {} characters instead of {}",
            after.shortest_password(),
            before.shortest_password()
        ));
    }
    found
}

/// What the store's policy gives up.
pub fn of_store(before: &StorePolicy, after: &StorePolicy) -> Vec<String> {
    let mut found = methods(
        before.codes_for_operators,
        after.codes_for_operators,
        "codes for people with operator rights",
    );
    let (memory, passes, _) = before.argon2;
    let (less, fewer, _) = after.argon2;
    if u64::from(less) * u64::from(fewer) < u64::from(memory) * u64::from(passes) {
        found.push("stolen password hashes can be guessed faster".into());
    }
    found
}

fn second_factor(before: SecondFactor, after: SecondFactor) -> Vec<String> {
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

fn methods(before: Methods, after: Methods, what: &str) -> Vec<String> {
    let mut found = Vec::new();
    if before.app && !after.app {
        found.push(format!(
            "{what} no longer come from an authenticator app, and existing authenticators are no longer used"
        ));
    }
    if after.mail && !before.mail {
        found.push(format!(
            "{what} also come by mail, which NIST SP 800-63B-4 does not accept as a second factor"
        ));
    }
    if after.sms && !before.sms {
        found.push(format!(
            "{what} also come by SMS, which can be intercepted or redirected to another SIM card"
        ));
    }
    found
}

fn longer<T: PartialOrd>(before: Option<T>, after: Option<T>) -> bool {
    match (before, after) {
        (None, Some(_)) => true,
        (Some(before), Some(after)) => after > before,
        (_, None) => false,
    }
}

#[cfg(test)]
#[path = "weakening_tests.rs"]
mod tests;
