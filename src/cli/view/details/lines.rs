//! A details for people.

use super::status;
use crate::cli::base::lines::Line;
use crate::cli::base::times::TimeFormat;
use crate::cli::view::mail::next_try;
use crate::cli::view::{audit, labelled};
use crate::domain::admission::AccountStatus;
use crate::domain::link::{Link, LinkState};
use crate::domain::policy::{BACKUP_CODES, SecondFactor};
use crate::domain::remedy::wrong_passwords;
use crate::domain::second_factor::{Method, clock_in_words};
use crate::ops::details::{PersonDetails, Room, Trusted};

/// The lines for people.
pub(super) fn lines(details: &PersonDetails, times: &TimeFormat) -> Vec<Line> {
    let account = &details.account;
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut add = |key: &str, value: String| lines.push((key.to_owned(), value));
    add("address", account.address.as_str().to_owned());
    if let Some(name) = &account.name {
        add("name", name.clone());
    }
    if let Some(change) = &details.address_change {
        add(
            "new address",
            format!(
                "{}, not yet confirmed, until {}",
                change.address.as_str(),
                times.end(change.expires_at)
            ),
        );
    }
    if let Some(phone) = &account.phone {
        add("phone", phone.clone());
    }
    if let Some(lang) = &account.lang {
        add("language", lang.clone());
    }
    add(
        "account",
        format!(
            "{}, created {}",
            AccountStatus::of(account, times.now).as_str(),
            times.at(account.created_at)
        ),
    );
    for room in &details.rooms {
        add("panel", room_text(details, room, times));
        if let Some(link) = room
            .invitation
            .as_ref()
            .filter(|_| !account.is_registered())
        {
            add("invitation", invitation_text(link, times));
        }
    }
    add("password", password_text(details, times));
    if account.lock.is_locked() || account.lock.wrong > 0 || account.lock.streak > 0 {
        add("lock", lock_text(details, times));
    }
    if let Some(link) = &details.reset_link {
        add(
            "reset link",
            format!("valid until {}", times.end(link.expires_at)),
        );
    }
    add(
        "last sign-in",
        account
            .last_sign_in_at
            .map_or("never".into(), |at| times.at(at)),
    );
    if let Some(text) = second_factor_text(details, times) {
        add("2FA", text);
    }
    for text in notes_on_codes(details, times) {
        add("2FA", text);
    }
    for trusted in &details.trusted {
        add("trusted IPs", trusted_text(trusted, details, times));
    }
    for session in &details.sessions {
        let from = session
            .ip
            .as_ref()
            .map(|ip| format!(" from {ip}"))
            .unwrap_or_default();
        add(
            "session",
            format!(
                "since {}{from}, last seen {}",
                times.at(session.created_at),
                times.ago(session.last_seen_at)
            ),
        );
    }
    for mail in details.mail.iter().take(3) {
        let said = mail
            .detail
            .as_ref()
            .map(|detail| format!(": {detail}"))
            .unwrap_or_default();
        let address = details.account.address.as_str();
        let to = if mail.address == address {
            String::new()
        } else {
            format!(" to {}", mail.address)
        };
        let next = next_try(mail, times)
            .map(|next| format!(", {next}"))
            .unwrap_or_default();
        let when = times.ago(mail.done_at.unwrap_or(mail.queued_at));
        add(
            "mail",
            format!(
                "{}{to} {} {when}{next}{said}",
                mail.kind,
                mail.state.as_str()
            ),
        );
    }
    for entry in &details.recent {
        add("event", audit::line(entry, times));
    }
    labelled(lines)
}

fn room_text(details: &PersonDetails, room: &Room, times: &TimeFormat) -> String {
    let word = status(details, room, times);
    match &room.access {
        None => format!("{}: no access", room.panel.name),
        Some(access) => format!(
            "{}: {word}, {}, {}",
            room.panel.name,
            access.role,
            times.term(access.until)
        ),
    }
}

fn invitation_text(link: &Link, times: &TimeFormat) -> String {
    let made = times.at(link.created_at);
    match link.state(times.now) {
        LinkState::Live => format!("created {made}, valid until {}", times.end(link.expires_at)),
        LinkState::Expired(at) => format!("created {made}, expired {}", times.end(at)),
        LinkState::Used => format!("created {made}, used"),
        LinkState::Revoked => format!("created {made}, revoked"),
        LinkState::Superseded(_) => format!("created {made}, replaced"),
    }
}

fn password_text(details: &PersonDetails, times: &TimeFormat) -> String {
    match details.account.password {
        None => "none: not registered".to_owned(),
        Some(password) => match password.voided_at {
            Some(at) => format!("voided {}", times.at(at)),
            None => format!("set {}", times.at(password.set_at)),
        },
    }
}

fn lock_text(details: &PersonDetails, times: &TimeFormat) -> String {
    let lock = &details.account.lock;
    let mut parts = Vec::new();
    if let Some(at) = lock.permanent_at {
        parts.push(format!("permanent since {}", times.at(at)));
    } else if let Some(at) = lock.locked_at {
        parts.push(format!("locked since {}", times.at(at)));
    }
    if lock.wrong > 0 {
        parts.push(format!(
            "{} (limit {})",
            wrong_passwords(&details.account),
            details.limits.lock.wrong_passwords
        ));
    }
    if lock.streak > 0 {
        let most = details
            .limits
            .lock
            .locks_in_a_row
            .map_or("no limit".into(), |most| most.to_string());
        parts.push(format!("locks in a row: {} (limit {most})", lock.streak));
    }
    parts.join("; ")
}

/// The authenticator, or what replaces it; nothing if the panels require none.
fn second_factor_text(details: &PersonDetails, times: &TimeFormat) -> Option<String> {
    if let Some(brief) = details.second_factor {
        let used = brief.used_at.map_or("never used".to_owned(), |at| {
            format!("last used {}", times.at(at))
        });
        return Some(format!(
            "authenticator app since {}, {used}, {} of {BACKUP_CODES} backup codes left",
            times.at(brief.set_at),
            brief.backup_codes_left
        ));
    }
    let rooms = || details.rooms.iter().filter(|room| room.access.is_some());
    if let Some(room) = rooms().find(|room| room.factor.is_missing(&room.panel.policy)) {
        let next = if room.factor.may_set_up(&room.panel.policy) {
            "to be set up at the next sign-in"
        } else {
            "which they cannot set up without an operator"
        };
        return Some(format!("none; {} requires one, {next}", room.panel.name));
    }
    let sent: Vec<&str> = rooms()
        .find(|room| room.factor.is_asked(&room.panel.policy))
        .map(|room| room.factor.open_methods(&room.panel.policy))?
        .into_iter()
        .map(Method::in_words)
        .collect();
    Some(sent.join(", "))
}

/// What explains a complaint: a phone whose clock is wrong, mail that does not count.
fn notes_on_codes(details: &PersonDetails, times: &TimeFormat) -> Vec<String> {
    let clock = details
        .second_factor
        .and_then(|brief| brief.clock)
        .map(|(steps, seen)| {
            format!(
                "the phone's clock was {}, {}",
                clock_in_words(steps),
                times.ago(seen)
            )
        });
    // Elsewhere nobody misses it.
    let by_mail = details
        .rooms
        .iter()
        .map(|room| &room.panel.policy)
        .any(|policy| policy.second_factor != SecondFactor::Off && policy.methods.mail);
    let barred = details
        .account
        .mail_barred_at
        .filter(|_| by_mail)
        .map(|at| {
            format!(
                "mailed codes have not counted since the password was reset by mail, {}",
                times.at(at)
            )
        });
    clock.into_iter().chain(barred).collect()
}

fn trusted_text(trusted: &Trusted, details: &PersonDetails, times: &TimeFormat) -> String {
    let entry = &trusted.entry;
    let place = if details.rooms.len() > 1 {
        format!("{}: {}", trusted.panel, entry.network)
    } else {
        entry.network.to_string()
    };
    let by = if entry.created_by.is_empty() {
        String::new()
    } else {
        format!(", by {}", entry.created_by)
    };
    format!("{place} until {}{by}", times.end(trusted.ends_at))
}
