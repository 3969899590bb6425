//! Signing in step by step: a ticket stands for the password, so that no page has to keep it.

use super::second_factor::text;
use super::*;
use crate::vault::Token;

fn with_ticket(ticket: &Value, code: &str) -> Value {
    json!({"ticket": ticket, "code": code})
}

#[test]
fn a_code_is_entered_with_the_ticket_of_the_first_page() {
    let (mut world, phone, codes) = World::with_phone();
    let asked = world.sign_in(ADA, PASSWORD);
    assert_eq!(asked["reason"], "code-required");
    assert_eq!(
        asked["next"],
        json!({
            "ask": "code", "methods": ["app", "backup"], "target": null,
            "expires_at": "2026-03-01T12:10:30Z", "resend_at": null, "tries_left": 6,
        })
    );
    let wrong = world.ask(
        Verb::SignIn,
        with_ticket(&asked["ticket"], &phone.never_shows(world.now)),
    );
    assert_eq!(
        (
            &wrong["reason"],
            &wrong["ticket"],
            &wrong["next"]["tries_left"]
        ),
        (&json!("code-invalid"), &asked["ticket"], &json!(5)),
        "the ticket goes on after a wrong code"
    );
    let empty = world.ask(Verb::SignIn, with_ticket(&asked["ticket"], ""));
    assert_eq!(empty["reason"], "code-required");
    let inside = world.ask(Verb::SignIn, with_ticket(&asked["ticket"], &codes[0]));
    assert_eq!(inside["answer"], "signed-in", "{inside}");
    assert_eq!(
        inside["authenticated"],
        json!({"at": "2026-03-01T12:00:30Z", "by": "code", "method": "backup"})
    );
    let again = world.ask(Verb::SignIn, with_ticket(&asked["ticket"], &codes[1]));
    assert_eq!(again["reason"], "ticket-expired", "it works once");
    assert_eq!(again["next"]["ask"], "password");
}

#[test]
fn a_ticket_lives_ten_minutes_and_is_of_one_panel_and_one_step() {
    let (mut world, _, codes) = World::with_phone();
    let asked = world.sign_in(ADA, PASSWORD);
    let id = world.id(ADA);
    // Panel and account are looked up with it: as if it had come from another panel.
    let hash = Token::parse(&text(&asked["ticket"])).unwrap().hash();
    let now = world.now;
    assert!(
        world
            .look(|tx| tx.step_of("code", 1, &hash, now))
            .is_some_and(|(of, _)| of == id)
    );
    assert!(world.look(|tx| tx.step_of("code", 2, &hash, now)).is_none());
    assert!(
        world
            .look(|tx| tx.step_of("new-password", 1, &hash, now))
            .is_none()
    );
    // Nor is it good for anything else.
    let set_up = world.ask(Verb::SetUp2fa, json!({"ticket": asked["ticket"]}));
    assert_eq!(set_up["reason"], "ticket-expired");
    let change = json!({"ticket": asked["ticket"], "new_password": OTHER});
    assert_eq!(
        world.ask(Verb::ChangePassword, change)["reason"],
        "ticket-expired"
    );
    for other in ["", "adm_t_x", &text(&asked["ticket"])[1..]] {
        let request = if other.is_empty() {
            json!({"ticket": "no ticket", "code": codes[0]})
        } else {
            json!({"ticket": other, "code": codes[0]})
        };
        assert_eq!(world.ask(Verb::SignIn, request)["reason"], "ticket-expired");
    }
    world.later(SignedDuration::from_mins(10));
    let late = world.ask(Verb::SignIn, with_ticket(&asked["ticket"], &codes[0]));
    assert_eq!(late["reason"], "ticket-expired");
}

#[test]
fn what_comes_in_between_stands_in_the_way() {
    let (mut world, _, codes) = World::with_phone();
    let ticket = world.sign_in(ADA, PASSWORD)["ticket"].clone();
    let id = world.id(ADA);
    let now = world.now;
    world.set(|tx| {
        tx.disable_account(
            id,
            &crate::domain::account::Disabled {
                at: now,
                until: None,
                reason: "left".into(),
            },
        )
    });
    let refused = world.ask(Verb::SignIn, with_ticket(&ticket, &codes[0]));
    assert_eq!(refused["reason"], "disabled");
    world.set(|tx| tx.open_lock(id, false));
    // A new password ends every ticket that the old one brought.
    world.ask(Verb::ForgotPassword, json!({"address": ADA}));
    let token = world.reset_token(ADA);
    world.ask(
        Verb::ResetPassword,
        json!({"token": token, "password": OTHER}),
    );
    let late = world.ask(Verb::SignIn, with_ticket(&ticket, &codes[0]));
    assert_eq!(late["reason"], "ticket-expired");
}

/// Six wrong codes lock, whichever way they come (L6).
#[test]
fn wrong_codes_behind_a_ticket_count_like_any_other() {
    let (mut world, phone, codes) = World::with_phone();
    let ticket = world.sign_in(ADA, PASSWORD)["ticket"].clone();
    let never = phone.never_shows(world.now);
    for left in (1..6).rev() {
        let answer = world.ask(Verb::SignIn, with_ticket(&ticket, &never));
        assert_eq!(
            (&answer["reason"], &answer["next"]["tries_left"]),
            (&json!("code-invalid"), &json!(left))
        );
    }
    let last = world.ask(Verb::SignIn, with_ticket(&ticket, &never));
    assert_eq!(
        (&last["reason"], &last["next"]),
        (&json!("code-invalid"), &Value::Null),
        "nothing is left to ask for"
    );
    let locked = world.ask(Verb::SignIn, with_ticket(&ticket, &codes[0]));
    assert_eq!(locked["reason"], "locked");
}

#[test]
fn an_expired_password_is_renewed_with_the_ticket_that_says_so() {
    let (mut world, _, codes) = World::with_phone();
    world.policy("password-expiry", "30d");
    world.later(SignedDuration::from_hours(24 * 31));
    let expired = world.sign_in(ADA, PASSWORD);
    assert_eq!(expired["reason"], "password-expired");
    assert_eq!(expired["next"]["ask"], "new-password");
    let ticket = expired["ticket"].clone();
    let renew = |new: &str, code: Option<&str>| json!({"ticket": ticket, "new_password": new, "code": code});
    let same = world.ask(Verb::ChangePassword, renew(PASSWORD, None));
    assert_eq!(
        (&same["reason"], &same["problems"]),
        (&json!("password-refused"), &json!(["unchanged"]))
    );
    let asked = world.ask(Verb::ChangePassword, renew(OTHER, None));
    assert_eq!(
        (&asked["reason"], &asked["ticket"]),
        (&json!("code-required"), &ticket)
    );
    let set = world.ask(Verb::ChangePassword, renew(OTHER, Some(&codes[0])));
    assert_eq!(set["answer"], "password-set", "{set}");
    let live = world.ask(Verb::CheckSession, json!({"session": set["session"]}));
    assert_eq!(live["authenticated"]["method"], "backup");
    let again = world.ask(
        Verb::ChangePassword,
        renew("yet another fine phrase", Some(&codes[1])),
    );
    assert_eq!(again["reason"], "ticket-expired");
    assert_eq!(
        world.sign_in(ADA, PASSWORD)["reason"],
        "invalid-credentials"
    );
}

#[test]
fn the_own_second_factor_is_renewed_and_removed_with_a_code() {
    let (mut world, phone, codes) = World::with_phone();
    let session = text(&world.enter(json!({"code": codes[0]}))["session"]);
    let ask = |code: &str| json!({"session": session, "code": code});
    let never = phone.never_shows(world.now);
    assert_eq!(
        world.ask(Verb::NewBackupCodes, ask(&never))["reason"],
        "code-invalid"
    );
    let made = world.ask(Verb::NewBackupCodes, ask(&codes[1]));
    assert_eq!(made["answer"], "backup-codes-made", "{made}");
    assert_eq!(
        world.enter(json!({"code": codes[2]}))["reason"],
        "code-invalid"
    );
    let fresh = text(&made["backup_codes"][0]);
    world.policy("second-factor", "required");
    let kept = world.ask(Verb::SecondFactorOff, ask(&fresh));
    assert_eq!(
        kept["reason"], "second-factor-required",
        "and the code was not spent"
    );
    world.policy("second-factor", "optional");
    let off = world.ask(Verb::SecondFactorOff, ask(&fresh));
    assert_eq!(off["answer"], "second-factor-removed", "{off}");
    assert_eq!(
        world.ask(Verb::CheckSession, json!({"session": session}))["second_factor_set"],
        false
    );
    assert_eq!(world.sign_in(ADA, PASSWORD)["answer"], "signed-in");
    for verb in [Verb::SecondFactorOff, Verb::NewBackupCodes] {
        assert_eq!(world.ask(verb, ask(&fresh))["reason"], "no-second-factor");
    }
}

#[test]
fn a_link_is_looked_at_and_not_used() {
    let mut world = World::new();
    let token = world.invite(ADA, None);
    for _ in 0..2 {
        let seen = world.ask(Verb::Peek, json!({"token": token}));
        assert_eq!(
            (
                &seen["purpose"],
                &seen["address"],
                &seen["expires_at"],
                &seen["password_length"]
            ),
            (
                &json!("register"),
                &json!(ADA),
                &json!("2026-03-08T12:00:00Z"),
                &json!(15)
            )
        );
    }
    world.ask(
        Verb::Register,
        json!({"token": token, "password": PASSWORD}),
    );
    assert_eq!(
        world.ask(Verb::Peek, json!({"token": token}))["reason"],
        "link-used"
    );
    let text = |world: &mut World, token: &str| {
        let answer = world.ask(Verb::Peek, json!({"token": token}));
        assert_eq!(answer["reason"], "link-invalid");
        answer["message"]["text"].as_str().unwrap().to_owned()
    };
    let unknown = format!("adm_i_{}", "0".repeat(52));
    assert!(text(&mut world, &unknown).ends_with("Please request a new invitation."));
    assert!(text(&mut world, "x").ends_with("Please ask whoever sent it for a new one."));
    world.ask(Verb::ForgotPassword, json!({"address": ADA}));
    let token = world.reset_token(ADA);
    assert_eq!(
        world.ask(Verb::Peek, json!({"token": token}))["purpose"],
        "reset"
    );
}

#[test]
fn a_panel_learns_what_happened_to_its_people() {
    let mut world = World::with_ada();
    let first = world.ask(Verb::Events, json!({}));
    let actions: Vec<&str> = (first["events"].as_array().unwrap().iter())
        .map(|event| event["action"].as_str().unwrap())
        .collect();
    assert_eq!(actions, ["invited", "registered"]);
    let id = text(&world.sign_in(ADA, PASSWORD)["account"]["id"]);
    assert_eq!(first["events"][1]["account"], id.as_str());
    let since = first["latest"].clone();
    world.set(|tx| {
        let account = tx.account(&Address::parse(ADA).unwrap())?.unwrap();
        let access = tx.accesses(account.id)?[0].id;
        tx.set_access(access, "support", None)
    });
    let op = world.op();
    world
        .store
        .change(|tx| {
            let scope = Scope::load(tx)?;
            let address = Address::parse(ADA).unwrap();
            Ok::<_, OpError>(Done::recorded(crate::ops::role_of::role_of(
                tx, &scope, &op, &address, None, "auditor",
            )?))
        })
        .unwrap();
    let next = world.ask(Verb::Events, json!({"since": since, "limit": 1}));
    assert_eq!(next["events"][0]["action"], "role-changed");
    assert_eq!(next["events"][0]["address"], ADA);
    let ahead = world.ask(Verb::Events, json!({"since": 99_999}));
    assert_eq!(
        ahead["latest"], next["latest"],
        "a panel that is ahead learns how far the log goes"
    );
    let none = world.ask(Verb::Events, json!({"since": next["latest"]}));
    assert_eq!(
        (&none["events"], &none["latest"]),
        (&json!([]), &next["latest"])
    );
}

#[test]
fn the_rules_of_the_panel_and_of_the_gate_are_told() {
    let mut world = World::new();
    world.policy("second-factor", "required");
    world.policy("title", "Customer portal");
    let policy = world.ask(Verb::Policy, json!({}));
    assert_eq!(
        (
            &policy["title"],
            &policy["password_length"],
            &policy["second_factor"],
            &policy["methods"]
        ),
        (
            &json!("Customer portal"),
            &json!(8),
            &json!("required"),
            &json!(["app"])
        )
    );
    let hello = world.ask(Verb::Hello, json!({}));
    assert_eq!(hello["schemas"], json!([2]));
    assert_eq!(hello["ops"].as_array().unwrap().len(), Verb::ALL.len());
    assert_eq!(world.ask(Verb::Health, json!({}))["answer"], "healthy");
}

/// What the contract says of an answer is what is in it, for every answer that these tests see.
#[test]
fn messages_come_in_the_persons_language() {
    let mut world = World::with_ada();
    let ask = |lang: &str| json!({"address": ADA, "password": "wrong", "lang": lang});
    let german = world.ask(Verb::SignIn, ask("de-AT"));
    assert_eq!(
        german["message"]["text"],
        "Adresse oder Passwort ist falsch."
    );
    assert_eq!(german["message"]["code"], "invalid-credentials");
    let french = world.ask(Verb::SignIn, ask("fr"));
    assert_eq!(
        french["message"]["text"],
        "L’adresse ou le mot de passe est incorrect."
    );
}
