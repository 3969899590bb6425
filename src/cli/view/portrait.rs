//! Everything known about one person.

use serde_json::{Map, Value, json};

use super::{Eyes, audit, time};
use crate::cli::output::{Line, Row};
use crate::cli::view::labelled;
use crate::domain::admission::{
    AccessStatus, AccountStatus, Facts, password_expires_at, status_word,
};
use crate::domain::link::{Link, LinkState};
use crate::domain::remedy::wrong_passwords;
use crate::ops::look::{Portrait, Room};

/// One row: the whole portrait.
pub fn row(portrait: &Portrait, eyes: &Eyes) -> Row {
    Row::new(fields(portrait, eyes))
        .lines(lines(portrait, eyes))
        .plain(portrait.account.address.as_str())
}

fn status(portrait: &Portrait, room: &Room, eyes: &Eyes) -> &'static str {
    let facts = Facts {
        panel: &room.panel,
        account: Some(&portrait.account),
        access: room.access.as_ref(),
        factor: room.factor,
        signed_in_since: None,
    };
    room.obstacles.first().map_or_else(
        || status_word(&facts, eyes.now),
        |first| first.reason.as_str(),
    )
}

fn fields(portrait: &Portrait, eyes: &Eyes) -> Map<String, Value> {
    let account = &portrait.account;
    let first = portrait.rooms.first();
    let access = first.and_then(|room| room.access.as_ref());
    let live = |room: &Room| {
        room.invitation
            .as_ref()
            .filter(|link| {
                matches!(
                    link.state(eyes.now),
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
        first.map(|room| status(portrait, room, eyes)).into(),
    );
    put(
        "account_status",
        AccountStatus::of(account, eyes.now).as_str().into(),
    );
    put(
        "access_status",
        AccessStatus::of(account, access, eyes.now).as_str().into(),
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
    put("second_factor", portrait.second_factor.is_some().into());
    put("last_sign_in_at", time(account.last_sign_in_at));
    put(
        "account",
        json!({
            "created_at": time(Some(account.created_at)),
            "phone": account.phone,
            "lang": account.lang,
            "registered": account.is_registered(),
            "disabled_at": time(account.disabled_at(eyes.now).map(|lock| lock.at)),
            "disabled_until": time(account.disabled_at(eyes.now).and_then(|lock| lock.until)),
            "disabled_reason": account.disabled_at(eyes.now).map(|lock| lock.reason.clone()),
        }),
    );
    put(
        "accesses",
        portrait
            .rooms
            .iter()
            .map(|room| access_json(portrait, room, eyes))
            .collect(),
    );
    put(
        "invitation",
        invitation
            .as_ref()
            .map_or(Value::Null, |link| link_json(link, eyes)),
    );
    put(
        "reset_link",
        portrait
            .reset_link
            .as_ref()
            .map_or(Value::Null, |link| link_json(link, eyes)),
    );
    put("lock", lock_json(portrait));
    put("password", password_json(portrait));
    put("trusted_ips", json!([]));
    put(
        "sessions",
        portrait
            .sessions
            .iter()
            .map(|session| {
                let panel = portrait
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
        portrait
            .mail
            .iter()
            .map(|mail| json!({ "id": mail.id, "kind": mail.kind, "state": mail.state.as_str(), "queued_at": time(Some(mail.queued_at)), "detail": mail.detail }))
            .collect(),
    );
    put(
        "recent",
        portrait
            .recent
            .iter()
            .map(|entry| Value::Object(audit::fields(entry)))
            .collect(),
    );
    json
}

fn access_json(portrait: &Portrait, room: &Room, eyes: &Eyes) -> Value {
    let access = room.access.as_ref();
    json!({
        "panel": room.panel.name,
        "role": access.map(|access| access.role.clone()),
        "status": status(portrait, room, eyes),
        "access_status": AccessStatus::of(&portrait.account, access, eyes.now).as_str(),
        "granted_at": time(access.map(|access| access.granted_at)),
        "access_until": time(access.and_then(|access| access.until)),
        "removed_at": time(access.and_then(|access| access.removed_at)),
        "invitation_expires_at": time(room.invitation.as_ref().filter(|link| link.state(eyes.now) == LinkState::Live).map(|link| link.expires_at)),
    })
}

fn link_json(link: &Link, eyes: &Eyes) -> Value {
    let state = match link.state(eyes.now) {
        LinkState::Live => "live",
        LinkState::Used => "used",
        LinkState::Revoked => "revoked",
        LinkState::Superseded(_) => "superseded",
        LinkState::Expired(_) => "expired",
    };
    json!({ "state": state, "created_at": time(Some(link.created_at)), "expires_at": time(Some(link.expires_at)) })
}

fn lock_json(portrait: &Portrait) -> Value {
    let lock = &portrait.account.lock;
    json!({
        "locked_at": time(lock.locked_at),
        "permanent_at": time(lock.permanent_at),
        "wrong_passwords": lock.wrong,
        "wrong_passwords_limit": portrait.limits.lock.wrong_passwords,
        "first_wrong_at": time(lock.first_wrong_at),
        "last_wrong_at": time(lock.last_wrong_at),
        "wrong_from": lock.wrong_from,
        "locks_in_a_row": lock.streak,
        "locks_in_a_row_limit": portrait.limits.lock.locks_in_a_row,
    })
}

fn password_json(portrait: &Portrait) -> Value {
    let Some(password) = portrait.account.password else {
        return Value::Null;
    };
    let expires = portrait
        .rooms
        .iter()
        .filter_map(|room| password_expires_at(&room.panel, &portrait.account))
        .min();
    json!({
        "set_at": time(Some(password.set_at)),
        "expires_at": time(expires),
        "voided_at": time(password.voided_at),
        "met_length": password.met_length,
    })
}

fn lines(portrait: &Portrait, eyes: &Eyes) -> Vec<Line> {
    let account = &portrait.account;
    let mut lines: Vec<(String, String)> = Vec::new();
    let mut add = |key: &str, value: String| lines.push((key.to_owned(), value));
    add("address", account.address.as_str().to_owned());
    if let Some(name) = &account.name {
        add("name", name.clone());
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
            AccountStatus::of(account, eyes.now).as_str(),
            eyes.at(account.created_at)
        ),
    );
    for room in &portrait.rooms {
        add("panel", room_text(portrait, room, eyes));
        if let Some(link) = room
            .invitation
            .as_ref()
            .filter(|_| !account.is_registered())
        {
            add("invitation", invitation_text(link, eyes));
        }
    }
    add("password", password_text(portrait, eyes));
    if account.lock.is_locked() || account.lock.wrong > 0 || account.lock.streak > 0 {
        add("lock", lock_text(portrait, eyes));
    }
    if let Some(link) = &portrait.reset_link {
        add(
            "reset link",
            format!("valid until {}", eyes.at(link.expires_at)),
        );
    }
    add(
        "last sign-in",
        account
            .last_sign_in_at
            .map_or("never".into(), |at| eyes.at(at)),
    );
    for session in &portrait.sessions {
        let from = session
            .ip
            .as_ref()
            .map(|ip| format!(" from {ip}"))
            .unwrap_or_default();
        add(
            "session",
            format!(
                "since {}{from}, last seen {}",
                eyes.at(session.created_at),
                eyes.ago(session.last_seen_at)
            ),
        );
    }
    for mail in portrait.mail.iter().take(3) {
        let said = mail
            .detail
            .as_ref()
            .map(|detail| format!(": {detail}"))
            .unwrap_or_default();
        add(
            "mail",
            format!(
                "{} {} {}{said}",
                mail.kind,
                mail.state.as_str(),
                eyes.ago(mail.queued_at)
            ),
        );
    }
    for entry in &portrait.recent {
        add("event", audit::line(entry, eyes));
    }
    labelled(lines)
}

fn room_text(portrait: &Portrait, room: &Room, eyes: &Eyes) -> String {
    let word = status(portrait, room, eyes);
    match &room.access {
        None => format!("{}: no access", room.panel.name),
        Some(access) => format!(
            "{}: {word}, {}, {}",
            room.panel.name,
            access.role,
            eyes.term(access.until)
        ),
    }
}

fn invitation_text(link: &Link, eyes: &Eyes) -> String {
    let made = eyes.at(link.created_at);
    match link.state(eyes.now) {
        LinkState::Live => format!("sent {made}, valid until {}", eyes.at(link.expires_at)),
        LinkState::Expired(at) => format!("sent {made}, expired {}", eyes.at(at)),
        LinkState::Used => format!("sent {made}, used"),
        LinkState::Revoked => format!("sent {made}, taken back"),
        LinkState::Superseded(_) => format!("sent {made}, replaced"),
    }
}

fn password_text(portrait: &Portrait, eyes: &Eyes) -> String {
    match portrait.account.password {
        None => "none: not registered".to_owned(),
        Some(password) => match password.voided_at {
            Some(at) => format!("voided {}", eyes.at(at)),
            None => format!("set {}", eyes.at(password.set_at)),
        },
    }
}

fn lock_text(portrait: &Portrait, eyes: &Eyes) -> String {
    let lock = &portrait.account.lock;
    let mut parts = Vec::new();
    if let Some(at) = lock.permanent_at {
        parts.push(format!("permanent since {}", eyes.at(at)));
    } else if let Some(at) = lock.locked_at {
        parts.push(format!("locked since {}", eyes.at(at)));
    }
    if lock.wrong > 0 {
        parts.push(format!(
            "{} (limit {})",
            wrong_passwords(&portrait.account),
            portrait.limits.lock.wrong_passwords
        ));
    }
    if lock.streak > 0 {
        let most = portrait
            .limits
            .lock
            .locks_in_a_row
            .map_or("no limit".into(), |most| most.to_string());
        parts.push(format!("locks in a row: {} (limit {most})", lock.streak));
    }
    parts.join("; ")
}
