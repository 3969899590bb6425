//! A details as data.

use serde_json::{Value, json};

use super::status;
use crate::cli::base::output::{Fields, fields};
use crate::cli::base::times::TimeFormat;
use crate::cli::view::audit::EntryFields;
use crate::cli::view::time;
use crate::domain::admission::{AccessStatus, AccountStatus, password_expires_at};
use crate::domain::link::{Link, LinkState};
use crate::domain::second_factor::Method;
use crate::domain::session::Session;
use crate::ops::details::{PersonDetails, Room, Trusted};
use crate::vault::STEP_SECONDS;

fields! {
    /// A person.
    pub struct DetailsFields {
        address: String = "the address",
        name: Option<String> = "the person's name, or null",
        panel: Option<String> = "their first panel, or the one that was named",
        role: Option<String> = "the role there, or null",
        status: Option<&'static str> = "the reason of the first obstacle there, as why names it, else expiring or active",
        account_status: &'static str = "active, unregistered, locked, locked-permanently or disabled",
        access_status: &'static str = "invited, active, expiring, expired, removed or none",
        access_until: Value = "when access there ends; null is never",
        invited_at: Value = "when the newest invitation was created, or null",
        invitation_expires_at: Value = "when its link expires; null if it no longer works",
        second_factor: Value = "set_at, last_used_at, backup_codes_left, methods (open to them there), phone_clock (steps, seconds, seen_at, or null), mail_barred_at",
        last_sign_in_at: Value = "when they last signed in, or null",
        account: Value = "created_at, phone, lang, new_address (not yet confirmed), new_address_until, registered, disabled_at, disabled_until, disabled_reason",
        accesses: Value = "for each panel: panel, role, status, access_status, granted_at, access_until, removed_at, invitation_expires_at",
        invitation: Value = "state, created_at, expires_at; null if there is none",
        reset_link: Value = "the same for a working reset link, or null",
        lock: Value = "locked_at, permanent_at, wrong_passwords, wrong_passwords_limit, first_wrong_at, last_wrong_at, wrong_from, locks_in_a_row, locks_in_a_row_limit",
        password: Value = "set_at, expires_at, voided_at, met_length; null if there is none",
        trusted_ips: Value = "for this person alone: id, panel, network, note, created_at, last_used_at, ends_at, by (null means the person)",
        sessions: Value = "live sessions: panel, since_at, last_seen_at, ends_at, ip",
        mail: Value = "the last mails: id, kind, address, state, queued_at, detail",
        recent: Value = "the last audit log entries, with the fields of audit list",
    }
}

/// The row.
pub(super) fn fields(details: &PersonDetails, times: &TimeFormat) -> DetailsFields {
    let account = &details.account;
    let first = details.rooms.first();
    let access = first.and_then(|room| room.access.as_ref());
    let live = |room: &Room| {
        room.invitation
            .as_ref()
            .filter(|link| {
                matches!(
                    link.state(times.now),
                    LinkState::Live | LinkState::Expired(_)
                )
            })
            .cloned()
    };
    let invitation = first.and_then(live);
    let new_address = details.address_change.as_ref();
    let disabled = account.disabled_at(times.now);
    let link = |link: Option<&Link>| link.map_or(Value::Null, |link| link_json(link, times));
    DetailsFields {
        address: account.address.as_str().to_owned(),
        name: account.name.clone(),
        panel: first.map(|room| room.panel.name.clone()),
        role: access.map(|access| access.role.clone()),
        status: first.map(|room| status(details, room, times)),
        account_status: AccountStatus::of(account, times.now).as_str(),
        access_status: AccessStatus::of(account, access, times.now).as_str(),
        access_until: time(access.and_then(|access| access.until)),
        invited_at: time(
            first
                .and_then(|room| room.invitation.as_ref())
                .map(|link| link.created_at),
        ),
        invitation_expires_at: time(invitation.as_ref().map(|link| link.expires_at)),
        second_factor: second_factor_json(details),
        last_sign_in_at: time(account.last_sign_in_at),
        account: json!({
            "created_at": time(Some(account.created_at)),
            "phone": account.phone,
            "lang": account.lang,
            "new_address": new_address.map(|change| change.address.as_str()),
            "new_address_until": time(new_address.map(|change| change.expires_at)),
            "registered": account.is_registered(),
            "disabled_at": time(disabled.map(|lock| lock.at)),
            "disabled_until": time(disabled.and_then(|lock| lock.until)),
            "disabled_reason": disabled.map(|lock| lock.reason.clone()),
        }),
        accesses: details
            .rooms
            .iter()
            .map(|room| access_json(details, room, times))
            .collect(),
        invitation: link(invitation.as_ref()),
        reset_link: link(details.reset_link.as_ref()),
        lock: lock_json(details),
        password: password_json(details),
        trusted_ips: details.trusted.iter().map(trusted_json).collect(),
        sessions: details
            .sessions
            .iter()
            .map(|session| session_json(details, session))
            .collect(),
        mail: details
            .mail
            .iter()
            .map(|mail| json!({ "id": mail.id, "kind": mail.kind, "address": mail.address, "state": mail.state.as_str(), "queued_at": time(Some(mail.queued_at)), "detail": mail.detail }))
            .collect(),
        recent: details
            .recent
            .iter()
            .map(|entry| Value::Object(EntryFields::of(entry).json()))
            .collect(),
    }
}

fn session_json(details: &PersonDetails, session: &Session) -> Value {
    let panel = details
        .rooms
        .iter()
        .find(|room| room.panel.id == session.panel_id);
    json!({
        "panel": panel.map(|room| room.panel.name.clone()),
        "since_at": time(Some(session.created_at)),
        "last_seen_at": time(Some(session.last_seen_at)),
        "ends_at": time(Some(session.expires_at)),
        "ip": session.ip,
    })
}

fn access_json(details: &PersonDetails, room: &Room, times: &TimeFormat) -> Value {
    let access = room.access.as_ref();
    json!({
        "panel": room.panel.name,
        "role": access.map(|access| access.role.clone()),
        "status": status(details, room, times),
        "access_status": AccessStatus::of(&details.account, access, times.now).as_str(),
        "granted_at": time(access.map(|access| access.granted_at)),
        "access_until": time(access.and_then(|access| access.until)),
        "removed_at": time(access.and_then(|access| access.removed_at)),
        "invitation_expires_at": time(room.invitation.as_ref().filter(|link| link.state(times.now) == LinkState::Live).map(|link| link.expires_at)),
    })
}

fn link_json(link: &Link, times: &TimeFormat) -> Value {
    let state = match link.state(times.now) {
        LinkState::Live => "live",
        LinkState::Used => "used",
        LinkState::Revoked => "revoked",
        LinkState::Superseded(_) => "superseded",
        LinkState::Expired(_) => "expired",
    };
    json!({ "state": state, "created_at": time(Some(link.created_at)), "expires_at": time(Some(link.expires_at)) })
}

fn lock_json(details: &PersonDetails) -> Value {
    let lock = &details.account.lock;
    json!({
        "locked_at": time(lock.locked_at),
        "permanent_at": time(lock.permanent_at),
        "wrong_passwords": lock.wrong,
        "wrong_passwords_limit": details.limits.lock.wrong_passwords,
        "first_wrong_at": time(lock.first_wrong_at),
        "last_wrong_at": time(lock.last_wrong_at),
        "wrong_from": lock.wrong_from,
        "locks_in_a_row": lock.streak,
        "locks_in_a_row_limit": details.limits.lock.locks_in_a_row,
    })
}

fn password_json(details: &PersonDetails) -> Value {
    let Some(password) = details.account.password else {
        return Value::Null;
    };
    let expires = details
        .rooms
        .iter()
        .filter_map(|room| password_expires_at(&room.panel, &details.account))
        .min();
    json!({
        "set_at": time(Some(password.set_at)),
        "expires_at": time(expires),
        "voided_at": time(password.voided_at),
        "met_length": password.met_length,
    })
}

fn second_factor_json(details: &PersonDetails) -> Value {
    let brief = details.second_factor;
    let methods: Vec<&str> = details
        .rooms
        .first()
        .map(|room| room.factor.open_methods(&room.panel.policy))
        .unwrap_or_default()
        .into_iter()
        .map(Method::as_str)
        .collect();
    let clock = brief.and_then(|brief| brief.clock).map(|(steps, seen_at)| {
        json!({ "steps": steps, "seconds": steps * STEP_SECONDS, "seen_at": time(Some(seen_at)) })
    });
    json!({
        "set_at": time(brief.map(|brief| brief.set_at)),
        "last_used_at": time(brief.and_then(|brief| brief.used_at)),
        "backup_codes_left": brief.map_or(0, |brief| brief.backup_codes_left),
        "methods": methods,
        "phone_clock": clock,
        "mail_barred_at": time(details.account.mail_barred_at),
    })
}

fn trusted_json(trusted: &Trusted) -> Value {
    let entry = &trusted.entry;
    json!({
        "id": entry.id,
        "panel": trusted.panel,
        "network": entry.network.to_string(),
        "note": entry.note,
        "created_at": time(Some(entry.created_at)),
        "last_used_at": time(entry.last_used_at),
        "ends_at": time(Some(trusted.ends_at)),
        "by": Some(&entry.created_by).filter(|by| !by.is_empty()),
    })
}
