//! What mends an obstacle: command lines, or the honest word that only time or another person can.

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::access::Access;
use super::account::Account;
use super::admission::{Facts, Obstacle, Reason};
use super::lockout::Guessing;
use super::policy::MOST_WRONG_CODES;
use super::second_factor::Method;
use super::when;

/// One way out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// The words of a command, `admit` left out; empty if no command of the operator's helps.
    pub words: Vec<String>,
    /// What happens then.
    pub effect: String,
    /// Whether the command alone removes the obstacle. False: the person has to do something too.
    pub complete: bool,
}

impl Remedy {
    /// A command after which the obstacle is gone.
    pub fn command(words: &[&str], effect: impl Into<String>) -> Self {
        Self {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            effect: effect.into(),
            complete: true,
        }
    }

    /// A command that helps the person to help themselves.
    pub fn step(words: &[&str], effect: impl Into<String>) -> Self {
        Self {
            complete: false,
            ..Self::command(words, effect)
        }
    }

    /// No command: time, or somebody else.
    pub fn word(effect: impl Into<String>) -> Self {
        Self {
            words: Vec::new(),
            effect: effect.into(),
            complete: false,
        }
    }
}

/// What an obstacle is, in a sentence.
pub fn explain(obstacle: &Obstacle, facts: &Facts<'_>, now: Timestamp, zone: &TimeZone) -> String {
    let since = obstacle
        .since
        .map(|at| {
            format!(
                " since {} ({})",
                when::local(at, zone),
                when::relative(at, now)
            )
        })
        .unwrap_or_default();
    let until = obstacle
        .until
        .map(|at| format!(" until {}", when::local(at, zone)))
        .unwrap_or_default();
    let panel = &facts.panel.name;
    match obstacle.reason {
        Reason::UnknownAddress => "nobody has this address".into(),
        Reason::Disabled => {
            let why = facts
                .account
                .and_then(|account| account.disabled.as_ref())
                .map(|lock| format!(": {}", lock.reason))
                .unwrap_or_default();
            format!("locked by an operator{since}{until}{why}")
        }
        Reason::LockedPermanently => {
            let lock = facts.account.map(|account| &account.lock);
            let after = match lock.map(|lock| (lock.locked_for, lock.streak)) {
                Some((Some(Guessing::CodesInAMonth), _)) => codes_in_a_month(),
                Some((_, 1)) => "1 lock".to_owned(),
                Some((_, streak)) => format!("{streak} locks with no sign-in between them"),
                None => "too many locks".to_owned(),
            };
            format!("locked for good{since}, after {after}")
        }
        Reason::Unregistered => "has not registered yet, so there is no password".into(),
        Reason::NoAccess if obstacle.since.is_some() => format!(
            "was taken out of {panel}{}",
            since.replacen(" since", ":", 1)
        ),
        Reason::NoAccess => format!("never had access to {panel}"),
        Reason::AccessExpired => format!(
            "the access to {panel} has ended{}",
            since.replacen(" since", ":", 1)
        ),
        Reason::TrialEnded => format!(
            "the trial of {panel} has ended{}",
            since.replacen(" since", ":", 1)
        ),
        Reason::Locked => match facts.account {
            Some(account) => format!("locked{since} after {}", wrong_tries(account)),
            None => format!("locked{since}"),
        },
        Reason::PasswordResetRequired => {
            format!("the password has been void{since}: an operator asked for a new one")
        }
        Reason::PasswordExpired => format!(
            "the password has not been good enough for {panel}{since}: a new one must be set"
        ),
        Reason::SecondFactorSetupRequired
            if facts.factor.waits_for_another(&facts.panel.policy) =>
        {
            format!(
                "the password was reset by mail, so a code by mail does not count until another method has been used, and {panel} takes no other that this person has"
            )
        }
        Reason::SecondFactorSetupRequired => {
            format!("{panel} requires a second factor, and none is set up")
        }
        Reason::AlreadySignedIn => {
            format!("signed in to {panel} already{since}, and it allows one session")
        }
    }
}

/// What the lock fell for: wrong passwords or wrong codes.
pub fn wrong_tries(account: &Account) -> String {
    match account.lock.locked_for {
        Some(Guessing::Codes) => wrong_codes(account),
        Some(Guessing::CodesInAMonth) => codes_in_a_month(),
        Some(Guessing::Passwords) | None => wrong_passwords(account),
    }
}

fn codes_in_a_month() -> String {
    format!("{MOST_WRONG_CODES} wrong codes in 30 days behind a right password")
}

/// "6 wrong codes in 2 minutes, behind a right password".
pub fn wrong_codes(account: &Account) -> String {
    let lock = &account.lock;
    let mut text = match lock.wrong_codes {
        1 => "1 wrong code".to_owned(),
        count => format!("{count} wrong codes"),
    };
    if let (Some(first), Some(last)) = (lock.first_wrong_code_at, lock.last_wrong_code_at)
        && last > first
    {
        text.push_str(&format!(" in {}", when::span(last.duration_since(first))));
    }
    text.push_str(" behind a right password");
    text
}

/// Ways out for somebody who needs a second factor and has none that counts.
fn no_second_factor(facts: &Facts<'_>, address: &str) -> Vec<Remedy> {
    let policy = &facts.panel.policy;
    if facts.factor.waits_for_another(policy) {
        let mut ways = vec![Remedy::command(
            &["reset", "2fa", address],
            "once you know who is calling: codes by mail count again",
        )];
        if facts.factor.app_set_at.is_some() {
            ways.push(Remedy::word(
                "or the person signs in where the authenticator counts: then codes by mail count again, and it stays",
            ));
        }
        return ways;
    }
    if facts.factor.may_set_up(policy) {
        return vec![Remedy::word(
            "only the person can set it up: it is offered at the next sign-in",
        )];
    }
    if facts.factor.codes_elsewhere && policy.methods.app {
        return vec![Remedy::word(
            "another panel asks for a code by mail or SMS: the person signs in there and sets the authenticator up",
        )];
    }
    let mut lacking = Vec::new();
    if policy.methods.sms && facts.factor.allowed.sms && !facts.factor.has_phone {
        lacking.push("the account has no phone number");
    }
    if !Method::ALL
        .into_iter()
        .any(|method| policy.methods.has(method) && facts.factor.allowed.has(method))
    {
        lacking.push("people with this role may not use the methods of this panel");
    }
    lacking.insert(0, "");
    vec![Remedy::word(format!(
        "{} takes {} only{}; an administrator can change its methods, or what the store leaves to operators",
        facts.panel.name,
        policy.methods.in_words(),
        lacking.join(", and ")
    ))]
}

/// "6 wrong passwords in 40 s from 203.0.113.9, probably a saved password".
pub fn wrong_passwords(account: &Account) -> String {
    let lock = &account.lock;
    let mut text = match lock.wrong {
        1 => "1 wrong password".to_owned(),
        count => format!("{count} wrong passwords"),
    };
    if let (Some(first), Some(last)) = (lock.first_wrong_at, lock.last_wrong_at)
        && last > first
    {
        text.push_str(&format!(" in {}", when::span(last.duration_since(first))));
    }
    match lock.wrong_from.as_slice() {
        [] => {}
        [one] => text.push_str(&format!(" from {one}")),
        [first, rest @ ..] => {
            text.push_str(&format!(" from {first} and {} other addresses", rest.len()));
        }
    }
    if lock.looks_like_a_saved_password() {
        text.push_str(", probably a saved password");
    }
    text
}

/// What mails somebody pending a new invitation: access that has ended, or is not there, has to be given first (I4).
pub fn new_invitation(access: Option<&Access>, address: &str, now: Timestamp) -> Remedy {
    match access {
        Some(access) if access.is_running(now) => Remedy::step(
            &["resend", address],
            "mails a new invitation link; the person registers with it",
        ),
        Some(access) if access.removed_at.is_none() => Remedy::step(
            &["extend", address, "--for", "30d"],
            "access for 30 days from now, and a new invitation link; the person registers with it",
        ),
        _ => Remedy::step(
            &["invite", address],
            "gives access and mails an invitation link; the person registers with it",
        ),
    }
}

/// What mends an obstacle. `address` is the person's, as it is stored.
pub fn remedies(
    obstacle: &Obstacle,
    facts: &Facts<'_>,
    address: &str,
    now: Timestamp,
    zone: &TimeZone,
) -> Vec<Remedy> {
    let panel = &facts.panel.name;
    let contact = facts
        .panel
        .policy
        .support_contact
        .as_ref()
        .map(|contact| format!(" ({contact})"))
        .unwrap_or_default();
    match obstacle.reason {
        Reason::UnknownAddress => vec![Remedy::step(
            &["invite", address],
            format!("invites this address to {panel}; the person then registers"),
        )],
        Reason::Disabled => {
            let mut ways = vec![Remedy::command(
                &["unlock", address],
                "opens the lock; the password stays",
            )];
            if let Some(until) = obstacle.until {
                ways.push(Remedy::word(format!(
                    "or wait: it opens by itself on {}",
                    when::local(until, zone)
                )));
            }
            ways
        }
        Reason::LockedPermanently => vec![Remedy::command(
            &["unlock", address],
            format!(
                "asks for the reason, opens the lock, voids the password and mails a reset link; needs the right 'support'{contact}"
            ),
        )],
        Reason::Unregistered => vec![
            new_invitation(facts.access, address, now),
            Remedy::word("only the person can register: with the newest link in their mail"),
        ],
        Reason::NoAccess => {
            let registered = facts.account.is_some_and(Account::is_registered);
            let with = if registered {
                "with the password they have"
            } else {
                "and mails an invitation link"
            };
            vec![Remedy::command(
                &["invite", address],
                format!("gives access to {panel}, {with}"),
            )]
        }
        Reason::AccessExpired => vec![
            Remedy::command(
                &["extend", address, "--for", "30d"],
                "access for 30 days from now, and a mail that says so",
            ),
            Remedy::command(&["extend", address, "--permanent"], "access without end"),
        ],
        Reason::TrialEnded => {
            vec![Remedy::word(format!(
                "only who looks after {panel} can extend its trial{contact}"
            ))]
        }
        Reason::Locked => vec![
            Remedy::command(&["unlock", address], "opens the lock; the password stays"),
            Remedy::step(
                &["reset", "password", address],
                "mails a new reset link; setting a new password opens the lock too",
            ),
        ],
        Reason::PasswordResetRequired | Reason::PasswordExpired => vec![
            Remedy::step(
                &["reset", "password", address],
                "mails a reset link; the person sets a new password with it",
            ),
            Remedy::word("only the person can set a new password"),
        ],
        Reason::SecondFactorSetupRequired => no_second_factor(facts, address),
        Reason::AlreadySignedIn => vec![Remedy::word(
            "only the person can sign out where they are signed in",
        )],
    }
}

#[cfg(test)]
#[path = "remedy_tests.rs"]
mod tests;
