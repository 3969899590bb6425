//! Explains an obstacle in a sentence. The remedies are in [`super::remedy`].

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::admission::{Facts, Obstacle, Reason};
use super::lockout::Guessing;
use super::remedy::{codes_in_a_month, wrong_tries};
use super::when;

/// Describes an obstacle in a sentence.
pub fn explain(obstacle: &Obstacle, facts: &Facts<'_>, now: Timestamp, zone: &TimeZone) -> String {
    let since = obstacle
        .since
        .map(|at| format!(" since {}", when::told(at, now, zone)))
        .unwrap_or_default();
    let until = obstacle
        .until
        .map(|at| format!(" until {}", when::end(at, zone)))
        .unwrap_or_default();
    let panel = &facts.panel.name;
    match obstacle.reason {
        Reason::UnknownAddress => "no account has this address".into(),
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
                Some((_, streak)) => format!("{streak} locks without a sign-in in between"),
                None => "too many locks".to_owned(),
            };
            format!("permanently locked{since}, after {after}")
        }
        Reason::Unregistered => "has not registered yet, so there is no password".into(),
        Reason::NoAccess if obstacle.since.is_some() => format!(
            "was removed from {panel}{}",
            since.replacen(" since", ":", 1)
        ),
        Reason::NoAccess => format!("never had access to {panel}"),
        Reason::AccessExpired => format!(
            "access to {panel} has expired{}",
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
            format!("the password has been void{since}: an operator required a new one")
        }
        Reason::PasswordExpired => password_expired(obstacle, facts, now, zone),
        Reason::SecondFactorSetupRequired
            if facts.factor.waits_for_another(&facts.panel.policy) =>
        {
            format!(
                "the password was reset by mail, so codes by mail do not count until the person has used another method, and has none that {panel} accepts"
            )
        }
        Reason::SecondFactorSetupRequired => {
            format!("{panel} requires a second factor, and none is set up")
        }
        Reason::AlreadySignedIn => {
            format!("already signed in to {panel}{since}, and it allows only one session")
        }
    }
}

/// Too short, too old, or both (P2, P4), and since when.
fn password_expired(
    obstacle: &Obstacle,
    facts: &Facts<'_>,
    now: Timestamp,
    zone: &TimeZone,
) -> String {
    let panel = &facts.panel.name;
    let policy = &facts.panel.policy;
    let Some(password) = facts.account.and_then(|account| account.password) else {
        return format!("{panel} requires a new password");
    };
    let at = |time| when::told(time, now, zone);
    let mut causes = Vec::new();
    let least = policy.shortest_password();
    if password.met_length < least {
        let since = obstacle
            .since
            .map(|since| format!(" since {}", at(since)))
            .unwrap_or_default();
        causes.push(format!(
            "the password may be too short: {} characters were enough when it was set, and {panel} has required {least}{since}",
            password.met_length
        ));
    }
    if let Some(expiry) = policy.password_expiry
        && let Ok(over) = password.set_at.checked_add(expiry)
        && now >= over
    {
        causes.push(format!(
            "the password is too old: it was set {}, and {panel} accepts one for {}, so it expired {}",
            at(password.set_at),
            when::span(expiry),
            at(over)
        ));
    }
    format!("{}; the person must set a new one", causes.join("; "))
}
