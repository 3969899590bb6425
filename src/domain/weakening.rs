//! Which changes of a policy make guessing or getting in easier: these are asked about first.

use super::policy::{LENGTH_WITH_SECOND_FACTOR, Policy, SecondFactor};
use super::second_factor::{Methods, clock_in_words};
use super::store_policy::StorePolicy;

/// What a panel's policy gives up, one sentence a change, without a full stop.
pub fn of_panel(before: &Policy, after: &Policy) -> Vec<String> {
    let mut found = second_factor(before.second_factor, after.second_factor);
    found.extend(methods(before.methods, after.methods, "codes"));
    if after.totp_ahead > before.totp_ahead {
        found.push(format!(
            "codes of an authenticator {} are taken too, so each can be guessed for longer",
            clock_in_words(after.totp_ahead)
        ));
    }
    if longer(before.trusted_ips, after.trusted_ips) {
        found.push(
            "from a trusted IP no code is asked for, or for longer: whoever shares it needs the password alone".into(),
        );
    }
    if after.wrong_passwords > before.wrong_passwords {
        found.push(format!(
            "{} wrong passwords in a row are let through before a lock, not {}",
            after.wrong_passwords, before.wrong_passwords
        ));
    }
    if after.wrong_codes > before.wrong_codes {
        found.push(format!(
            "{} wrong codes in a row are let through before a lock, not {}",
            after.wrong_codes, before.wrong_codes
        ));
    }
    let unlimited = after.wrong_per_ip == 0;
    if before.wrong_per_ip != 0 && (unlimited || after.wrong_per_ip > before.wrong_per_ip) {
        found.push(if unlimited {
            "no number of wrong passwords from one IP makes it wait, so strangers can lock accounts one after another".into()
        } else {
            format!(
                "{} wrong passwords from one IP in an hour are put up with, not {}",
                after.wrong_per_ip, before.wrong_per_ip
            )
        });
    }
    match (before.locks_in_a_row, after.locks_in_a_row) {
        (Some(_), None) => found.push(
            "no number of locks in a row locks an account permanently, so guessing can go on for ever".into(),
        ),
        (Some(was), Some(is)) if is > was => found.push(format!(
            "{is} locks in a row lock an account permanently, not {was}"
        )),
        _ => {}
    }
    // Eight characters behind a required second factor are what NIST allows: no weakening.
    let follows = after.password_length.is_none()
        && after.second_factor == SecondFactor::Required
        && after.shortest_password() == LENGTH_WITH_SECOND_FACTOR;
    if after.shortest_password() < before.shortest_password() && !follows {
        found.push(format!(
            "a new password needs {} characters, not {}",
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
        "codes for people with rights of operators",
    );
    let (memory, passes, _) = before.argon2;
    let (less, fewer, _) = after.argon2;
    if u64::from(less) * u64::from(fewer) < u64::from(memory) * u64::from(passes) {
        found.push("whoever steals the hashes of passwords guesses faster".into());
    }
    found
}

fn second_factor(before: SecondFactor, after: SecondFactor) -> Vec<String> {
    match (before, after) {
        (SecondFactor::Required, SecondFactor::Optional) => {
            vec!["who has not set a second factor up needs the password alone".into()]
        }
        (SecondFactor::Required | SecondFactor::Optional, SecondFactor::Off) => {
            vec!["nobody is asked for a code: the password alone lets people in".into()]
        }
        _ => Vec::new(),
    }
}

fn methods(before: Methods, after: Methods, what: &str) -> Vec<String> {
    let mut found = Vec::new();
    if before.app && !after.app {
        found.push(format!(
            "{what} no longer come from an authenticator app, and those that are set up are not asked for"
        ));
    }
    if after.mail && !before.mail {
        found.push(format!(
            "{what} come by mail too, and NIST SP 800-63B-4 does not accept e-mail as a second factor"
        ));
    }
    if after.sms && !before.sms {
        found.push(format!(
            "{what} come by SMS too, which can be intercepted and follows the number to a new SIM card"
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
