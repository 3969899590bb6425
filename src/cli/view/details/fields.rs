//! A details as data.

use serde_json::{Map, Value, json};

use super::status;
use crate::cli::base::output::{Field, field};
use crate::cli::base::times::TimeFormat;
use crate::cli::view::{audit, time};
use crate::domain::admission::{AccessStatus, AccountStatus, password_expires_at};
use crate::domain::link::{Link, LinkState};
use crate::domain::second_factor::Method;
use crate::ops::details::{PersonDetails, Room, Trusted};
use crate::vault::STEP_SECONDS;

/// The fields of the row, in their order.
pub const KEYS: &[Field] = &[
    field("address", "the address"),
    field("name", "the person's name, or null"),
    field(
        "panel",
        "their first panel, or the one that was named",
    ),
    field("role", "the role there, or null"),
    field(
        "status",
        "the reason of the first obstacle there, as why names it, else expiring or active",
    ),
    field(
        "account_status",
        "active, unregistered, locked, locked-permanently or disabled",
    ),
    field(
        "access_status",
        "invited, active, expiring, expired, removed or none",
    ),
    field("access_until", "when access there ends; null is never"),
    field("invited_at", "when the newest invitation was created, or null"),
    field(
        "invitation_expires_at",
        "when its link expires; null if it no longer works",
    ),
    field(
        "second_factor",
        "set_at, last_used_at, backup_codes_left, methods (open to them there), phone_clock (steps, seconds, seen_at, or null), mail_barred_at",
    ),
    field("last_sign_in_at", "when they last signed in, or null"),
    field(
        "account",
        "created_at, phone, lang, new_address (not yet confirmed), new_address_until, registered, disabled_at, disabled_until, disabled_reason",
    ),
    field(
        "accesses",
        "for each panel: panel, role, status, access_status, granted_at, access_until, removed_at, invitation_expires_at",
    ),
    field(
        "invitation",
        "state, created_at, expires_at; null if there is none",
    ),
    field(
        "reset_link",
        "the same for a working reset link, or null",
    ),
    field(
        "lock",
        "locked_at, permanent_at, wrong_passwords, wrong_passwords_limit, first_wrong_at, last_wrong_at, wrong_from, locks_in_a_row, locks_in_a_row_limit",
    ),
    field(
        "password",
        "set_at, expires_at, voided_at, met_length; null if there is none",
    ),
    field(
        "trusted_ips",
        "for this person alone: id, panel, network, note, created_at, last_used_at, ends_at, by (null means the person)",
    ),
    field(
        "sessions",
        "live sessions: panel, since_at, last_seen_at, ends_at, ip",
    ),
    field(
        "mail",
        "the last mails: id, kind, address, state, queued_at, detail",
    ),
    field(
        "recent",
        "the last audit log entries, with the fields of audit list",
    ),
];

/// The row.
pub(super) fn fields(details: &PersonDetails, times: &TimeFormat) -> Map<String, Value> {
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
    let mut json = Map::new();
    let mut put = |key: &str, value: Value| json.insert(key.to_owned(), value);
    put("address", account.address.as_str().into());
    put("name", account.name.clone().into());
    put("panel", first.map(|room| room.panel.name.clone()).into());
    put("role", access.map(|access| access.role.clone()).into());
    put(
        "status",
        first.map(|room| status(details, room, times)).into(),
    );
    put(
        "account_status",
        AccountStatus::of(account, times.now).as_str().into(),
    );
    put(
        "access_status",
        AccessStatus::of(account, access, times.now).as_str().into(),
    );
    put("access_until", time(access.and_then(|access| access.until)));
    put(
        "invited_at",
        time(
            first
                .and_then(|room| room.invitation.as_ref())
                .map(|link| link.created_at),
        ),
    );
    put(
        "invitation_expires_at",
        time(invitation.as_ref().map(|link| link.expires_at)),
    );
    put("second_factor", second_factor_json(details));
    put("last_sign_in_at", time(account.last_sign_in_at));
    put(
        "account",
        json!({
            "created_at": time(Some(account.created_at)),
            "phone": account.phone,
            "lang": account.lang,
            "new_address": details.address_change.as_ref().map(|change| change.address.as_str()),
            "new_address_until": time(details.address_change.as_ref().map(|change| change.expires_at)),
            "registered": account.is_registered(),
            "disabled_at": time(account.disabled_at(times.now).map(|lock| lock.at)),
            "disabled_until": time(account.disabled_at(times.now).and_then(|lock| lock.until)),
            "disabled_reason": account.disabled_at(times.now).map(|lock| lock.reason.clone()),
        }),
    );
    put(
        "accesses",
        details
            .rooms
            .iter()
            .map(|room| access_json(details, room, times))
            .collect(),
    );
    put(
        "invitation",
        invitation
            .as_ref()
            .map_or(Value::Null, |link| link_json(link, times)),
    );
    put(
        "reset_link",
        details
            .reset_link
            .as_ref()
            .map_or(Value::Null, |link| link_json(link, times)),
    );
    put("lock", lock_json(details));
    put("password", password_json(details));
    put(
        "trusted_ips",
        details.trusted.iter().map(trusted_json).collect(),
    );
    put(
        "sessions",
        details
            .sessions
            .iter()
            .map(|session| {
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
            })
            .collect(),
    );
    put(
        "mail",
        details
            .mail
            .iter()
            .map(|mail| json!({ "id": mail.id, "kind": mail.kind, "address": mail.address, "state": mail.state.as_str(), "queued_at": time(Some(mail.queued_at)), "detail": mail.detail }))
            .collect(),
    );
    put(
        "recent",
        details
            .recent
            .iter()
            .map(|entry| Value::Object(audit::fields(entry)))
            .collect(),
    );
    json
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
