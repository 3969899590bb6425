//! The details of an audit entry in words: "after 6 wrong passwords from 203.0.113.9".
//!
//! The facts of an entry have keys that never change. Each has its words here; an unknown key is shown as it is, so
//! that entries of a later version can be read too.

use serde_json::{Map, Value};

use crate::cli::base::times::TimeFormat;
use crate::domain::event::Action;
use crate::domain::lockout::Guessing;
use crate::store::AuditEntry;

/// The facts of an entry in one sentence without a full stop; nothing if there are none.
pub(super) fn detail(entry: &AuditEntry, facts: &Map<String, Value>, times: &TimeFormat) -> String {
    let told = Told {
        action: Action::parse(&entry.action),
        facts,
        times,
    };
    let from = entry.personal.ip.as_ref().map(|ip| format!("from {ip}"));
    let (mut first, mut rest) = (Vec::new(), Vec::new());
    for (key, value) in facts {
        match told.clause(key, value) {
            Some((true, clause)) => first.push(clause),
            Some((false, clause)) => rest.push(clause),
            None => {}
        }
    }
    // Where from belongs to what was done, and not to what followed.
    first.extend(from);
    let first = first.join(" ");
    let clauses = (!first.is_empty()).then_some(first);
    clauses
        .into_iter()
        .chain(rest)
        .collect::<Vec<_>>()
        .join("; ")
}

struct Told<'a> {
    action: Option<Action>,
    facts: &'a Map<String, Value>,
    times: &'a TimeFormat,
}

impl Told<'_> {
    /// A fact in words, and whether it belongs to the action itself. `None`: it says nothing, or another fact says it.
    fn clause(&self, key: &str, value: &Value) -> Option<(bool, String)> {
        if let Some(clause) = self.of_action(key, value) {
            return (!clause.1.is_empty()).then_some(clause);
        }
        let count = value.as_i64();
        if count == Some(0) || *value == Value::Bool(false) {
            return None;
        }
        let text = self.text(value);
        let many = |one: &str, more: &str| {
            let count = count.unwrap_or_default();
            format!("{count} {}", if count == 1 { one } else { more })
        };
        let clause = match key {
            "role" => return Some((true, format!("as {text}"))),
            "access_until" => format!("access until {text}"),
            "link_expires_at" => format!("link valid until {text}"),
            "mail" => "mail queued".to_owned(),
            "reason" => format!("“{text}”"),
            "sessions_ended" => many("session ended", "sessions ended"),
            "trusted_ips" => many("trusted IP removed", "trusted IPs removed"),
            "backup_codes" => many("backup code", "backup codes"),
            "panels" => many("panel", "panels"),
            "voided" => "password voided".to_owned(),
            "printed" => "link printed".to_owned(),
            "erased" if count.is_none() => "account deleted".to_owned(),
            "permanent" => "permanent lock".to_owned(),
            "needs_key" => format!("unreadable without the key {text}"),
            "damaged" if count.is_none() => "part of the entry is damaged".to_owned(),
            _ => match value {
                Value::Bool(true) => plain(key),
                _ => format!("{} {text}", plain(key)),
            },
        };
        Some((false, clause))
    }

    /// Facts that mean something else with each action. Empty: another fact says it.
    fn of_action(&self, key: &str, value: &Value) -> Option<(bool, String)> {
        let text = self.text(value);
        let fact = |key: &str| self.facts.get(key);
        Some(match (self.action?, key) {
            (Action::Locked | Action::LockedPermanently, "guessing") => {
                let tries = fact("tries").and_then(Value::as_i64);
                (true, wrong(value.as_str().unwrap_or_default(), tries))
            }
            (Action::Locked | Action::LockedPermanently, "tries")
            | (Action::RoleChanged, "role_was")
            | (Action::SettingChanged, "before" | "after") => (true, String::new()),
            (Action::Locked | Action::LockedPermanently, "locks_in_a_row") => {
                let locks = match value.as_i64() {
                    Some(1) => String::new(),
                    _ => format!("lock number {text} without a sign-in in between"),
                };
                (false, locks)
            }
            (Action::SignInRefused, "reason") => match fact("cause") {
                Some(_) => (true, String::new()),
                None => (true, plain(&text)),
            },
            (Action::SignInRefused | Action::SecondFactorRefused, "cause")
            | (Action::ForgotPassword, "outcome") => (true, plain(&text)),
            (Action::SignInRefused, "count") => {
                let often = match (fact("reason").and_then(Value::as_str), value.as_i64()) {
                    (_, Some(1)) => String::new(),
                    (Some("wrong-password"), _) => format!("{text} in a row"),
                    _ => format!("{text} times"),
                };
                (false, often)
            }
            (Action::LinkRefused, "purpose") => (true, format!("{text} link")),
            (Action::LinkRefused, "reason") => (false, plain(&text)),
            (Action::SignedIn, "second_factor") => {
                let how = match text.as_str() {
                    "none" => String::new(),
                    how => format!("second factor: {}", plain(how)),
                };
                (false, how)
            }
            (Action::RoleChanged, "role") => {
                let was = fact("role_was").map_or("none".to_owned(), |was| self.text(was));
                (true, format!("{was} → {text}"))
            }
            (Action::SettingChanged, "key") => {
                let value = |key| {
                    let value = fact(key).filter(|value| !value.is_null());
                    value.map_or("default".to_owned(), |value| self.text(value))
                };
                (
                    true,
                    format!("{text}: {} → {}", value("before"), value("after")),
                )
            }
            (Action::LockedByHand, "until") => (true, format!("until {text}")),
            (Action::Edited, "changed") => (true, text),
            (Action::CodeSent, "method") => (true, format!("by {text}")),
            (Action::PasswordSet, "by") => {
                let how = match text.as_str() {
                    "reset-link" => "with a reset link".to_owned(),
                    "old-password" => "with the old password".to_owned(),
                    other => format!("by {}", plain(other)),
                };
                (true, how)
            }
            (Action::PasswordSet, "opened_lock") if *value == Value::Bool(true) => {
                (false, "lock opened".to_owned())
            }
            _ => return None,
        })
    }

    /// A value in words: times in the operator's zone, lists with commas.
    fn text(&self, value: &Value) -> String {
        match value {
            Value::String(text) => match text.parse() {
                Ok(time) if text.ends_with('Z') => self.times.end_plain(time),
                _ => text.clone(),
            },
            Value::Array(values) => {
                let texts: Vec<_> = values.iter().map(|value| self.text(value)).collect();
                texts.join(", ")
            }
            Value::Null => "none".to_owned(),
            other => other.to_string(),
        }
    }
}

/// `after 6 wrong passwords`.
fn wrong(guessing: &str, tries: Option<i64>) -> String {
    let what = match Guessing::parse(guessing) {
        Some(Guessing::Codes | Guessing::CodesInAMonth) => "code",
        _ => "password",
    };
    match tries {
        Some(1) => format!("after 1 wrong {what}"),
        Some(tries) => format!("after {tries} wrong {what}s"),
        None => format!("after wrong {what}s"),
    }
}

/// A word of programs as people write it.
fn plain(word: &str) -> String {
    word.replace(['-', '_'], " ")
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use jiff::tz::TimeZone;
    use serde_json::json;

    use super::*;
    use crate::store::Personal;

    fn told(action: &str, facts: Value, ip: Option<&str>) -> String {
        let Value::Object(facts) = facts else {
            panic!("not an object")
        };
        let entry = AuditEntry {
            seq: 7,
            at: Timestamp::UNIX_EPOCH,
            source: "gate".into(),
            operator: "www".into(),
            action: action.into(),
            panel: Some("main".into()),
            account: None,
            personal: Personal {
                ip: ip.map(str::to_owned),
                ..Personal::default()
            },
            erased: false,
            needs_key: None,
            damaged: false,
            detail: facts.clone(),
            hash: [0; 32],
        };
        let times = TimeFormat {
            now: Timestamp::UNIX_EPOCH,
            zone: TimeZone::UTC,
        };
        detail(&entry, &facts, &times)
    }

    #[test]
    fn facts_read_as_words() {
        for (action, facts, ip, words) in [
            (
                "locked",
                json!({"locks_in_a_row": 1, "guessing": "passwords", "tries": 6}),
                Some("203.0.113.9"),
                "after 6 wrong passwords from 203.0.113.9",
            ),
            (
                "locked",
                json!({"locks_in_a_row": 2, "guessing": "codes"}),
                None,
                "after wrong codes; lock number 2 without a sign-in in between",
            ),
            (
                "invited",
                json!({"role": "member", "link_expires_at": "2026-12-07T10:36:21.029Z", "mail": false}),
                None,
                "as member; link valid until 2026-12-07 10:36",
            ),
            (
                "extended",
                json!({"access_until": "2027-01-01T00:00:00Z"}),
                None,
                "access until the end of 2026-12-31",
            ),
            (
                "sign-in-refused",
                json!({"reason": "wrong-password", "count": 3}),
                Some("203.0.113.9"),
                "wrong password from 203.0.113.9; 3 in a row",
            ),
            (
                "locked-by-hand",
                json!({"sessions_ended": 1, "trusted_ips": 0, "reason": "left-the company"}),
                None,
                "1 session ended; “left-the company”",
            ),
            (
                "role-changed",
                json!({"role_was": "member", "role": "admin"}),
                None,
                "member → admin",
            ),
            (
                "setting-changed",
                json!({"key": "wrong-passwords", "before": 6, "after": null}),
                None,
                "wrong-passwords: 6 → default",
            ),
            (
                "something-new",
                json!({"a_fact": 3, "is_so": true}),
                None,
                "a fact 3; is so",
            ),
            ("signed-out", json!({}), None, ""),
        ] {
            assert_eq!(told(action, facts, ip), words, "{action}");
        }
    }
}
