//! What removes an obstacle: command lines, or a plain statement that only time or another person can.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::access::{Access, Term};
use super::account::Account;
use super::admission::{Facts, Obstacle, Reason};
use super::lockout::Guessing;
use super::panel::Panel;
use super::policy::MOST_WRONG_CODES;
use super::second_factor::{Method, Methods};
use super::when;

/// One remedy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remedy {
    /// The words of a command, without `admit`; empty if no command of the operator helps.
    pub words: Vec<String>,
    /// What happens then.
    pub effect: String,
    /// Whether the command alone removes the obstacle. If false, the person also has to do something.
    pub complete: bool,
}

impl Remedy {
    /// A command that removes the obstacle.
    pub fn command(words: &[&str], effect: impl Into<String>) -> Self {
        Self {
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            effect: effect.into(),
            complete: true,
        }
    }

    /// A command after which people can help themselves.
    pub fn step(words: &[&str], effect: impl Into<String>) -> Self {
        Self {
            complete: false,
            ..Self::command(words, effect)
        }
    }

    /// No command: only time, or another person.
    pub fn word(effect: impl Into<String>) -> Self {
        Self {
            words: Vec::new(),
            effect: effect.into(),
            complete: false,
        }
    }
}

/// What caused the lock: wrong passwords or wrong codes.
pub fn wrong_tries(account: &Account) -> String {
    match account.lock.locked_for {
        Some(Guessing::Codes) => wrong_codes(account),
        Some(Guessing::CodesInAMonth) => codes_in_a_month(),
        Some(Guessing::Passwords) | None => wrong_passwords(account),
    }
}

pub(super) fn codes_in_a_month() -> String {
    format!("{MOST_WRONG_CODES} wrong codes in 30 days after a correct password")
}

/// "6 wrong codes in 2 minutes after a correct password".
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
    text.push_str(" after a correct password");
    text
}

/// Remedies for somebody who needs a second factor and has none that counts.
fn no_second_factor(facts: &Facts<'_>, address: &str) -> Vec<Remedy> {
    let policy = &facts.panel.policy;
    if facts.factor.waits_for_another(policy) {
        let mut ways = vec![Remedy::command(
            &["reset", "2fa", address],
            "after you have verified who is calling; codes by mail count again",
        )];
        if facts.factor.app_set_at.is_some() {
            ways.push(Remedy::word(
                "or the person signs in to a panel that accepts the authenticator; codes by mail then count again, and the authenticator stays",
            ));
        }
        return ways;
    }
    if facts.factor.may_set_up(policy) {
        return vec![Remedy::word("the person sets it up at the next sign-in")];
    }
    if facts.factor.codes_elsewhere && policy.methods.app {
        return vec![Remedy::word(
            "the person signs in to another panel with a code by mail or SMS and sets up the authenticator there",
        )];
    }
    let mut ways = Vec::new();
    let allowed = facts.factor.allowed;
    if policy.methods.sms && allowed.sms && !facts.factor.has_phone {
        ways.push(Remedy::command(
            &["edit", address, "--phone"],
            "asks for the missing phone number; codes can then be sent by SMS",
        ));
    }
    let open = |method| policy.methods.has(method) && allowed.has(method);
    if !Method::ALL.into_iter().any(open) {
        let more = Methods {
            app: allowed.app || policy.methods.app,
            mail: allowed.mail || policy.methods.mail,
            sms: allowed.sms || policy.methods.sms,
        };
        ways.push(Remedy::step(
            &["store", "set", &format!("codes-for-operators={more}")],
            format!(
                "allows people with operator rights to use {}, in every panel; asks first if that weakens security",
                policy.methods.in_words()
            ),
        ));
    }
    if !policy.methods.app && allowed.app {
        let more = Methods {
            app: true,
            ..policy.methods
        };
        ways.push(Remedy::step(
            &[
                "panel",
                "set",
                &facts.panel.name,
                &format!("methods={more}"),
            ],
            "or also accepts authenticator apps; the person sets one up at the next sign-in",
        ));
    }
    ways
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

/// The options with which `invite` gives access as it was, or as it was asked for: the role and the end.
pub fn invite_options(
    panel: &Panel,
    access: Option<&Access>,
    role: Option<&str>,
    term: Option<Term>,
    now: Timestamp,
    zone: &TimeZone,
) -> Vec<String> {
    let mut options = Vec::new();
    let role = role.or(access.map(|access| access.role.as_str()));
    if let Some(role) = role.filter(|role| *role != panel.policy.default_role) {
        options.extend(["--role".to_owned(), role.to_owned()]);
    }
    let until = access.and_then(|access| access.until.filter(|until| now < *until));
    match (term, until) {
        (Some(Term::Permanent), _) | (None, None) => {}
        (Some(Term::For(lapse)), _) => options.extend(["--for".to_owned(), lapse.to_string()]),
        (Some(Term::Until(until)), _) | (None, Some(until)) => {
            options.extend(["--until".to_owned(), when::typed(until, zone)]);
        }
    }
    options
}

/// Restores access that is missing or was removed, with its previous role and end. Differences are named.
fn give_access(
    panel: &Panel,
    access: Option<&Access>,
    address: &str,
    now: Timestamp,
    zone: &TimeZone,
) -> (Vec<String>, String) {
    let mut words = vec!["invite".to_owned(), address.to_owned()];
    words.extend(invite_options(panel, access, None, None, now, zone));
    let role = access.map_or(&panel.policy.default_role, |access| &access.role);
    let name = &panel.name;
    let end = |until| when::end(until, zone);
    let effect = match access.map(|access| access.until) {
        None => format!("gives permanent access to {name} with the default role, {role}"),
        Some(None) => format!("gives permanent access to {name} again, with the role {role}"),
        Some(Some(until)) if now < until => format!(
            "gives access to {name} again, with the role {role} and until {}",
            end(until)
        ),
        Some(Some(until)) => format!(
            "gives access to {name} again, with the role {role}, but permanently: it would have ended {} (--for or --until sets an end)",
            end(until)
        ),
    };
    (words, effect)
}

/// What sends a pending person a new invitation: access that has expired or is missing has to be given first
/// (I4).
pub fn new_invitation(
    panel: &Panel,
    access: Option<&Access>,
    address: &str,
    now: Timestamp,
    zone: &TimeZone,
) -> Remedy {
    match access {
        Some(access) if access.is_running(now) => Remedy::step(
            &["resend", address],
            "mails a new invitation link; the person registers with it",
        ),
        Some(access) if access.removed_at.is_none() => Remedy::step(
            &["extend", address, "--for", "30d"],
            "gives access for 30 days from now and mails a new invitation link; the person registers with it",
        ),
        _ => {
            let (words, effect) = give_access(panel, access, address, now, zone);
            let effect =
                format!("{effect}; mails an invitation link, and the person registers with it");
            Remedy {
                words,
                effect,
                complete: false,
            }
        }
    }
}

/// What lets people into a panel again after its trial has ended (A7).
fn longer_trial(panel: &str, contact: &str, now: Timestamp, zone: &TimeZone) -> Vec<Remedy> {
    let set = |end: &str, effect: String| {
        let setting = format!("trial-ends={end}");
        Remedy::command(&["panel", "set", panel, &setting], effect)
    };
    let in_30_days = now
        .checked_add(SignedDuration::from_hours(30 * 24))
        .unwrap_or(now);
    let day = in_30_days.to_zoned(zone.clone()).date().to_string();
    let mut ways = vec![
        set(
            &day,
            format!("extends the trial to the end of {day}: everyone can sign in as before"),
        ),
        set(
            "",
            "removes the end of the trial: everyone can sign in as before, without a time limit"
                .to_owned(),
        ),
    ];
    if !contact.is_empty() {
        ways.push(Remedy::word(format!(
            "check first whether it may be extended{contact}"
        )));
    }
    ways
}

/// What helps somebody who registered and forgot the password (D1).
pub fn forgotten_password(account: &Account, address: &str) -> Remedy {
    if account.lock.permanent_at.is_some() {
        return Remedy::step(
            &["unlock", address],
            "asks for a reason, removes the permanent lock and mails a link to set a new password",
        );
    }
    Remedy::step(
        &["reset", "password", address],
        "mails the person a link to set a new password",
    )
}

/// What removes an obstacle. `address` is the person's, as it is stored.
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
                "unlocks the account; the password stays",
            )];
            if let Some(until) = obstacle.until {
                let end = when::end(until, zone);
                let at = if end == when::local(until, zone) {
                    "on"
                } else {
                    "at"
                };
                ways.push(Remedy::word(format!(
                    "or wait: the lock ends by itself {at} {end}"
                )));
            }
            ways
        }
        Reason::LockedPermanently => vec![Remedy::command(
            &["unlock", address],
            format!(
                "asks for a reason, unlocks the account, voids the password and mails a reset link; requires the right 'support'{contact}"
            ),
        )],
        Reason::Unregistered => vec![
            new_invitation(facts.panel, facts.access, address, now, zone),
            Remedy::word("only the person can register, with the newest link in their mail"),
        ],
        Reason::NoAccess => {
            let registered = facts.account.is_some_and(Account::is_registered);
            let with = if registered {
                "the password stays"
            } else {
                "mails an invitation link"
            };
            let (words, effect) = give_access(facts.panel, facts.access, address, now, zone);
            vec![Remedy {
                words,
                effect: format!("{effect}; {with}"),
                complete: true,
            }]
        }
        Reason::AccessExpired => vec![
            Remedy::command(
                &["extend", address, "--for", "30d"],
                "gives access for 30 days from now, with the same role, and notifies the person by mail",
            ),
            Remedy::command(
                &["extend", address, "--permanent"],
                "gives permanent access, with the same role",
            ),
        ],
        Reason::TrialEnded => longer_trial(panel, &contact, now, zone),
        Reason::Locked => vec![
            Remedy::command(
                &["unlock", address],
                "unlocks the account; the password stays",
            ),
            Remedy::step(
                &["reset", "password", address],
                "mails a new reset link; setting a new password also unlocks the account",
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
