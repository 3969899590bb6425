//! An authenticator at the gate: set up, asked for, and what its answers say.

use super::*;
use crate::vault::{STEP_SECONDS, TotpSecret, step_at};

/// What whoever types reads of every code that is not right.
const NOT_RIGHT: &str =
    "This code is incorrect. Each code works only once: if you use an app, wait for its next code.";

/// What an authenticator app does with a secret that was typed into it.
pub(super) struct Phone(TotpSecret);

impl Phone {
    /// Takes the secret in base 32.
    pub(super) fn of(secret: &str) -> Self {
        let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
        for letter in secret.bytes() {
            let value = match letter {
                b'A'..=b'Z' => letter - b'A',
                b'2'..=b'7' => letter - b'2' + 26,
                _ => panic!("not base 32: {secret}"),
            };
            bits = bits << 5 | u32::from(value);
            count += 5;
            if count >= 8 {
                count -= 8;
                bytes.push(u8::try_from(bits >> count & 0xff).unwrap());
            }
        }
        Self(TotpSecret::from_bytes(&bytes).unwrap())
    }

    /// The code that it shows, with its clock so many steps ahead.
    pub(super) fn shows(&self, now: Timestamp, ahead: i64) -> String {
        self.0.code_at(step_at(now) + ahead).as_str().to_owned()
    }

    /// Six digits that are no code of the last and next ten minutes.
    pub(super) fn never_shows(&self, now: Timestamp) -> String {
        let near: Vec<String> = (-21..=21).map(|ahead| self.shows(now, ahead)).collect();
        let mut codes = (0..100).map(|number| format!("{number:06}"));
        codes.find(|code| !near.contains(code)).unwrap()
    }
}

impl World {
    /// Ada, in a panel that requires a second factor, with an authenticator; also the backup codes.
    pub(super) fn with_phone() -> (Self, Phone, Vec<String>) {
        let mut world = Self::with_ada();
        world.policy("second-factor", "required");
        let ticket = text(&world.sign_in(ADA, PASSWORD)["ticket"]);
        let offer = world.ask(Verb::SetUp2fa, json!({"ticket": ticket}));
        let phone = Phone::of(offer["secret"].as_str().unwrap());
        let code = phone.shows(world.now, 0);
        let set = world.ask(Verb::SetUp2fa, json!({"ticket": ticket, "code": code}));
        let codes = set["backup_codes"].as_array().unwrap();
        let codes = codes.iter().map(text).collect();
        world.next_step();
        (world, phone, codes)
    }

    /// The next code is shown.
    pub(super) fn next_step(&mut self) {
        self.later(SignedDuration::from_secs(STEP_SECONDS));
    }

    /// Ada signs in with her password and more.
    pub(super) fn enter(&mut self, more: Value) -> Value {
        let mut request = json!({"address": ADA, "password": PASSWORD});
        let object = request.as_object_mut().unwrap();
        object.extend(more.as_object().unwrap().clone());
        self.ask(Verb::SignIn, request)
    }
}

pub(super) fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("{value}"))
        .to_owned()
}

/// The keys of an answer, in their order.
pub(super) fn keys(answer: &Value) -> Vec<&str> {
    answer
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn a_second_factor_is_asked_for_set_up_and_used() {
    let mut world = World::with_ada();
    world.policy("second-factor", "required");
    let mut asked = world.sign_in(ADA, PASSWORD);
    let ticket = text(&asked["ticket"]);
    assert!(ticket.starts_with("adm_t_"), "{ticket}");
    asked["ticket"] = "…".into();
    assert_eq!(
        told(asked),
        json!({
            "schema": 2, "ok": false, "reason": "second-factor-setup-required", "ticket": "…",
            "message": "This site requires a second factor. Please set one up.",
            "cause": "second-factor-setup-required",
        })
    );
    let offer = world.ask(Verb::SetUp2fa, json!({"ticket": ticket}));
    let secret = text(&offer["secret"]);
    assert_eq!(secret.len(), 32, "160 bits in base 32");
    assert_eq!(
        told(offer.clone()),
        json!({
            "schema": 2, "ok": true, "answer": "second-factor-offered",
            "otpauth": format!("otpauth://totp/main:ada%40example.com?secret={secret}&issuer=main"),
            "secret": secret,
            "message": "Scan the QR code with an authenticator app, or type in the secret. Then enter the code that the app shows.",
            "cause": null,
        })
    );
    let again = world.ask(Verb::SetUp2fa, json!({"ticket": ticket, "code": " "}));
    assert_eq!(again, offer, "a page that is loaded again shows the same");
    let phone = Phone::of(&secret);
    let now = world.now;
    let wrong = world.ask(
        Verb::SetUp2fa,
        json!({"ticket": ticket, "code": phone.never_shows(now)}),
    );
    assert_eq!(
        (&wrong["reason"], &wrong["methods"], &wrong["cause"]),
        (&json!("code-invalid"), &json!([]), &json!("wrong-code"))
    );
    let mut set = world.ask(
        Verb::SetUp2fa,
        json!({"ticket": ticket, "code": phone.shows(now, 0)}),
    );
    let codes: Vec<String> = set["backup_codes"]
        .as_array()
        .unwrap()
        .iter()
        .map(text)
        .collect();
    let distinct: std::collections::BTreeSet<&String> = codes.iter().collect();
    assert_eq!((codes.len(), distinct.len()), (10, 10));
    for code in &codes {
        let groups: Vec<&str> = code.split('-').collect();
        assert_eq!(groups.len(), 6, "{code}");
        for group in groups {
            let plain = |c: char| c.is_ascii_digit() || c.is_ascii_lowercase();
            assert!(group.len() == 4 && group.chars().all(plain), "{code}");
        }
    }
    set["backup_codes"] = Value::Null;
    // Who has just shown the password and a code is asked for neither.
    let session = text(&set["session"]);
    let live = world.ask(Verb::CheckSession, json!({"session": session}));
    assert_eq!(live["authenticated"], set["authenticated"]);
    set["session"] = session[..6].into();
    let account = set["account"].clone();
    assert_eq!(account["address"], ADA);
    assert_eq!(
        told(set),
        json!({
            "schema": 2, "ok": true, "answer": "second-factor-set",
            "session": "adm_s_",
            "session_expires_at": "2026-03-31T12:00:00Z",
            "account": account,
            "role": "member",
            "rights": {},
            "access_until": null,
            "authenticated": {"at": "2026-03-01T12:00:00Z", "by": "code", "method": "app"},
            "second_factor_set": true,
            "backup_codes_left": 10,
            "ip_trusted_until": null,
            "ip_newly_trusted": false,
            "backup_codes": null,
            "message": "The second factor is set up. Keep the backup codes where you can find them without your phone.",
            "cause": null,
        })
    );
    let over = world.ask(Verb::SetUp2fa, json!({"ticket": ticket}));
    assert_eq!(over["reason"], "ticket-expired", "a ticket works once");

    assert_eq!(
        told(world.sign_in(ADA, PASSWORD)),
        json!({
            "schema": 2, "ok": false, "reason": "code-required", "methods": ["app", "backup"], "ticket": "…",
            "message": "Please also enter a code.", "cause": "code-required",
        })
    );
    let spent = world.enter(json!({"code": phone.shows(now, 0)}));
    assert_eq!(
        (&spent["reason"], &spent["cause"]),
        (&json!("code-invalid"), &json!("code-used")),
        "the code of the set-up was spent there"
    );
    world.next_step();
    let inside = world.enter(json!({"code": phone.shows(world.now, 0)}));
    assert_eq!(
        keys(&inside),
        [
            "schema",
            "ok",
            "answer",
            "session",
            "session_expires_at",
            "account",
            "role",
            "rights",
            "access_until",
            "authenticated",
            "second_factor_set",
            "backup_codes_left",
            "ip_trusted_until",
            "ip_newly_trusted",
            "message",
            "next",
            "cause"
        ]
    );
    assert_eq!(
        (
            &inside["answer"],
            &inside["backup_codes_left"],
            &inside["ip_trusted_until"]
        ),
        (&json!("signed-in"), &json!(10), &Value::Null)
    );
    let live = world.ask(Verb::CheckSession, json!({"session": inside["session"]}));
    assert_eq!(live["backup_codes_left"], 10);
}

#[test]
fn backup_codes_count_down_and_each_works_once() {
    let (mut world, _, codes) = World::with_phone();
    let left = |answer: &Value| answer["backup_codes_left"].as_i64();
    assert_eq!(left(&world.enter(json!({"code": codes[0]}))), Some(9));
    // As people type them.
    let typed = codes[1].to_uppercase().replace('-', " ");
    assert_eq!(
        left(&world.enter(json!({"code": typed, "method": "backup"}))),
        Some(8)
    );
    let bare = codes[2].replace('-', "");
    let inside = world.enter(json!({"code": bare, "method": "app"}));
    assert_eq!(left(&inside), Some(7), "its looks tell what it is");
    let again = world.enter(json!({"code": codes[0]}));
    assert_eq!(
        told(again),
        json!({
            "schema": 2, "ok": false, "reason": "code-invalid", "methods": ["app", "backup"], "ticket": "…",
            "message": "This code is incorrect. Each code works only once: if you use an app, wait for its next code.",
            "cause": "wrong-backup-code",
        })
    );
    let live = world.ask(Verb::CheckSession, json!({"session": inside["session"]}));
    assert_eq!(left(&live), Some(7));
}

#[test]
fn a_wrong_phone_clock_is_told_to_the_panels_log_and_not_to_who_types() {
    let (mut world, phone, _) = World::with_phone();
    world.later(SignedDuration::from_hours(1));
    for (ahead, words) in [
        (4, "about 2 minutes ahead"),
        (-6, "about 3 minutes behind"),
        (2, "about 1 minute ahead"),
        (1, "about half a minute ahead"),
        (20, "about 10 minutes ahead"),
    ] {
        let answer = world.enter(json!({"code": phone.shows(world.now, ahead)}));
        assert_eq!(
            told(answer),
            json!({
                "schema": 2, "ok": false, "reason": "code-invalid", "methods": ["app", "backup"], "ticket": "…",
                "message": NOT_RIGHT,
                "cause": format!("wrong-clock: {words}"),
            })
        );
    }
    // The row of six that locks is made of these, too.
    let answer = world.enter(json!({"code": phone.never_shows(world.now)}));
    assert_eq!(
        (&answer["cause"], &answer["message"]["text"]),
        (&json!("wrong-code"), &json!(NOT_RIGHT)),
        "the person who types cannot tell the two apart"
    );
    let locked = world.enter(json!({"code": phone.shows(world.now, 0)}));
    assert_eq!(locked["reason"], "locked");
    assert_eq!(
        keys(&locked),
        ["schema", "ok", "reason", "message", "next", "cause"]
    );
}

#[test]
fn the_code_before_still_counts_and_one_ahead_only_where_the_panel_says_so() {
    let (mut world, phone, _) = World::with_phone();
    world.later(SignedDuration::from_hours(1));
    let now = world.now;
    let early = json!({"code": phone.shows(now, 1)});
    assert_eq!(world.enter(early.clone())["reason"], "code-invalid");
    let late = json!({"code": phone.shows(now, -1)});
    assert_eq!(world.enter(late.clone())["answer"], "signed-in");
    assert_eq!(world.enter(late)["cause"], "code-used");
    world.policy("totp-ahead", "1");
    assert_eq!(world.enter(early)["answer"], "signed-in");
    // A later one was accepted, so this one is over.
    assert_eq!(
        world.enter(json!({"code": phone.shows(now, 0)}))["cause"],
        "code-used"
    );
}

#[test]
fn from_a_trusted_ip_no_code_is_asked_for_until_the_end_that_is_told() {
    let (mut world, phone, _) = World::with_phone();
    let code = phone.shows(world.now, 0);
    let inside = world.enter(json!({"code": code, "ip": "::ffff:203.0.113.9", "trust_ip": true}));
    assert_eq!(inside["answer"], "signed-in", "{inside}");
    assert_eq!(inside["ip_trusted_until"], "2026-03-31T12:00:30Z");
    let session = inside["session"].clone();
    let seen = |world: &mut World, ip: &str| {
        let live = world.ask(Verb::CheckSession, json!({"session": session, "ip": ip}));
        live["ip_trusted_until"].clone()
    };
    assert_eq!(seen(&mut world, "203.0.113.9"), "2026-03-31T12:00:30Z");
    assert_eq!(seen(&mut world, "203.0.113.10"), Value::Null);
    world.later(SignedDuration::from_hours(30 * 24) - SignedDuration::from_secs(1));
    let inside = world.enter(json!({"ip": "203.0.113.9"}));
    assert_eq!(inside["answer"], "signed-in", "{inside}");
    assert_eq!(
        inside["ip_trusted_until"], "2026-03-31T12:00:30Z",
        "it never slides"
    );
    assert_eq!(
        world.enter(json!({"ip": "203.0.113.10"}))["reason"],
        "code-required"
    );
    assert_eq!(world.enter(json!({}))["reason"], "code-required");
    world.later(SignedDuration::from_secs(1));
    assert_eq!(
        world.enter(json!({"ip": "203.0.113.9"}))["reason"],
        "code-required"
    );
}

#[test]
fn an_ip_that_cannot_be_trusted_is_said_to_be_not() {
    let (mut world, phone, _) = World::with_phone();
    for (ip, cause) in [
        ("127.0.0.1", "ip-not-trusted: loopback"),
        ("::ffff:127.0.0.1", "ip-not-trusted: loopback"),
        ("fe80::1", "ip-not-trusted: link-local"),
        ("255.255.255.255", "ip-not-trusted: broadcast"),
    ] {
        world.later(SignedDuration::from_mins(1));
        let code = phone.shows(world.now, 0);
        let inside = world.enter(json!({"code": code, "ip": ip, "trust_ip": true}));
        assert_eq!(inside["answer"], "signed-in", "{inside}");
        assert_eq!(inside["ip_trusted_until"], Value::Null);
        assert_eq!(inside["cause"], cause);
        assert_eq!(
            inside["message"]["text"],
            "You are signed in. Your network could not be added to the trusted networks: you will be asked for a code again."
        );
        let again = world.enter(json!({"ip": ip}));
        assert_eq!(again["reason"], "code-required");
    }
}
