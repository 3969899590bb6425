//! Each op, when all is well.

use super::*;

fn forget_secrets(mut answer: Value) -> Value {
    for key in ["session", "ticket"] {
        if let Some(secret) = answer.get_mut(key).filter(|secret| secret.is_string()) {
            *secret = secret.as_str().unwrap()[..6].into();
        }
    }
    answer
}

#[test]
fn somebody_registers_signs_in_and_signs_out() {
    let mut world = World::new();
    let token = world.invite(ADA, Some(10));
    let request = json!({"token": token, "password": PASSWORD, "name": "  Ada Lovelace\u{2003}"});
    let answer = world.ask(Verb::Register, request);
    assert_eq!(
        told(answer),
        json!({
            "schema": 2, "ok": true, "answer": "registered",
            "message": "You are registered. You can sign in now.", "cause": null,
        })
    );
    world.later(SignedDuration::from_mins(1));
    let answer = world.sign_in("ADA@example.com", PASSWORD);
    let session = answer["session"].as_str().unwrap().to_owned();
    let id = answer["account"]["id"].clone();
    assert_eq!(id.as_str().map(str::len), Some(32));
    let expected = json!({
        "schema": 2, "ok": true, "answer": "signed-in",
        "session": "adm_s_",
        "session_expires_at": "2026-03-31T12:01:00Z",
        "account": {"id": id, "address": ADA, "name": "Ada Lovelace", "lang": null},
        "role": "member",
        "rights": {},
        "access_until": "2026-03-11T12:00:00Z",
        "authenticated": {"at": "2026-03-01T12:01:00Z", "by": "password", "method": null},
        "second_factor_set": false,
        "backup_codes_left": null,
        "ip_trusted_until": null,
        "ip_newly_trusted": false,
        "message": "You are signed in.", "cause": null,
    });
    assert_eq!(told(forget_secrets(answer)), expected);
    let live = world.ask(
        Verb::CheckSession,
        json!({"session": session, "ip": "192.0.2.7"}),
    );
    assert_eq!(live["answer"], "session-live");
    assert_eq!(live["session"], session.as_str());
    for key in [
        "account",
        "role",
        "rights",
        "access_until",
        "session_expires_at",
        "authenticated",
        "second_factor_set",
        "ip_trusted_until",
        "backup_codes_left",
    ] {
        assert_eq!(live[key], expected[key], "{key}");
    }
    for _ in 0..2 {
        let out = world.ask(Verb::SignOut, json!({"session": session}));
        assert_eq!(out["answer"], "signed-out");
    }
    let over = world.ask(Verb::CheckSession, json!({"session": session}));
    assert_eq!(over["reason"], "session-ended");
}

#[test]
fn the_matrix_of_the_role_goes_along() {
    let mut world = World::with_ada();
    world.set(|tx| {
        let id = tx.account(&Address::parse(ADA).unwrap())?.unwrap().id;
        let access = tx.accesses(id)?[0].id;
        tx.set_access(access, "support", None)
    });
    let answer = world.sign_in(ADA, PASSWORD);
    assert_eq!(answer["role"], "support");
    assert_eq!(answer["access_until"], Value::Null);
    assert_eq!(
        answer["rights"]["locks"],
        json!(["read", "create", "edit", "delete"])
    );
    assert_eq!(answer["rights"]["people"], json!(["read"]));
    assert_eq!(answer["rights"].get("store"), None);
}

#[test]
fn the_ip_is_kept_in_its_one_spelling() {
    let mut world = World::with_ada();
    let request = json!({"address": ADA, "password": PASSWORD, "ip": "::ffff:192.0.2.1"});
    assert_eq!(world.ask(Verb::SignIn, request)["ok"], true);
    let id = world.id(ADA);
    let ip = world.look(|tx| Ok(tx.open_sessions(id)?[0].ip.clone()));
    assert_eq!(ip.as_deref(), Some("192.0.2.1"));
}

#[test]
fn forgot_password_answers_everybody_alike_and_mails_who_is_known() {
    let mut world = World::with_ada();
    world.invite("bob@example.com", None);
    let ask = |world: &mut World, address: &str| {
        world.ask(Verb::ForgotPassword, json!({"address": address}))
    };
    let ada = ask(&mut world, ADA);
    assert_eq!(ada["cause"], "link-mailed");
    let nobody = ask(&mut world, "nobody@example.com");
    assert_eq!(nobody["cause"], "unknown-address");
    let bob = ask(&mut world, "bob@example.com");
    assert_eq!(bob["cause"], "unregistered");
    let nothing = ask(&mut world, "\u{0} no address");
    let again = ask(&mut world, ADA);
    let ada = without_cause(ada);
    for other in [nobody, bob, nothing, again] {
        assert_eq!(without_cause(other), ada);
    }
    world.later(SignedDuration::from_mins(1));
    let token = world.reset_token(ADA);
    let answer = world.ask(
        Verb::ResetPassword,
        json!({"token": token, "password": OTHER}),
    );
    assert_eq!(
        told(forget_secrets(answer)),
        json!({
            "schema": 2, "ok": true, "answer": "password-set", "ticket": "…",
            "message": "Your new password is set.", "cause": null,
        })
    );
    assert_eq!(
        world.sign_in(ADA, PASSWORD)["reason"],
        "invalid-credentials"
    );
    assert_eq!(world.sign_in(ADA, OTHER)["answer"], "signed-in");
}

#[test]
fn changing_the_password_by_session_gives_a_new_session_and_ends_the_old() {
    let mut world = World::with_ada();
    let session = world.session();
    let request = json!({"session": session, "password": PASSWORD, "new_password": OTHER});
    let answer = world.ask(Verb::ChangePassword, request);
    assert_eq!(answer["answer"], "password-set");
    let new = answer["session"].as_str().unwrap().to_owned();
    assert_ne!(new, session);
    assert_eq!(
        world.ask(Verb::CheckSession, json!({"session": new}))["ok"],
        true
    );
    assert_eq!(
        world.ask(Verb::CheckSession, json!({"session": session}))["reason"],
        "session-ended"
    );
}

#[test]
fn changing_an_expired_password_by_address_gives_no_session() {
    let mut world = World::with_ada();
    world.policy("password-expiry", "30d");
    world.later(SignedDuration::from_hours(24 * 30));
    assert_eq!(world.sign_in(ADA, PASSWORD)["reason"], "password-expired");
    let request = json!({"address": ADA, "password": PASSWORD, "new_password": OTHER});
    let answer = world.ask(Verb::ChangePassword, request);
    assert_eq!(answer["answer"], "password-set");
    assert_eq!(answer.get("session"), Some(&Value::Null));
    assert_eq!(world.sign_in(ADA, OTHER)["answer"], "signed-in");
}

#[test]
fn the_only_panel_is_meant_and_of_several_one_must_be_named() {
    let mut world = World::with_ada();
    let request = || json!({"address": ADA, "password": PASSWORD});
    assert_eq!(
        world.ask_in(Some("main"), Verb::SignIn, request())["ok"],
        true
    );
    assert_eq!(
        world.ask_in(Some("Main"), Verb::SignIn, request())["reason"],
        "bad-request"
    );
    let now = world.now;
    world.set(|tx| tx.add_panel("shop", now).map(|_| ()));
    assert_eq!(
        world.ask_in(None, Verb::SignIn, request())["reason"],
        "bad-request"
    );
    assert_eq!(
        world.ask_in(Some("main"), Verb::SignIn, request())["ok"],
        true
    );
    assert_eq!(
        world.ask_in(Some("shop"), Verb::SignIn, request())["reason"],
        "no-access"
    );
}

#[test]
fn a_ticket_to_set_up_ends_with_the_password_that_brought_it() {
    let mut world = World::with_ada();
    world.policy("second-factor", "required");
    let refused = world.sign_in(ADA, PASSWORD);
    assert_eq!(refused["reason"], "second-factor-setup-required");
    let ask = json!({"ticket": refused["ticket"]});
    let offered = world.ask(Verb::SetUp2fa, ask.clone());
    assert_eq!(offered["answer"], "second-factor-offered");

    world.ask(Verb::ForgotPassword, json!({"address": ADA}));
    let token = world.reset_token(ADA);
    let set = world.ask(
        Verb::ResetPassword,
        json!({"token": token, "password": OTHER}),
    );
    assert_eq!(set["answer"], "password-set");
    let late = world.ask(Verb::SetUp2fa, ask);
    assert_eq!(late["reason"], "ticket-expired", "{late}");
    // The ticket that the new password brought is not among those.
    let request = json!({"address": ADA, "password": OTHER, "ticket": set["ticket"]});
    let answer = world.ask(Verb::SignIn, request);
    assert_eq!(answer["reason"], "second-factor-setup-required");
    assert!(answer["ticket"].is_string());
}

#[test]
fn a_new_address_is_confirmed_once() {
    let mut world = World::with_ada();
    let op = world.op();
    let edit = crate::ops::edit::Edit {
        address: Some(Address::parse("ada@new.example").unwrap()),
        ..crate::ops::edit::Edit::default()
    };
    let outcome = world
        .store
        .change(|tx| {
            let scope = Scope::load(tx)?;
            let ada = Address::parse(ADA).unwrap();
            let outcome = crate::ops::edit::edit(tx, &scope, &op, &ada, &edit)?;
            Ok::<_, OpError>(Done::recorded(outcome))
        })
        .unwrap();
    let token = world.look(|tx| {
        let link = tx.link_by_id(outcome.link_id.unwrap())?.unwrap();
        Ok(tx.token_of(&link).unwrap().as_str().to_owned())
    });
    assert!(token.starts_with("adm_a_"));
    for wrong in [Verb::ResetPassword, Verb::Register] {
        let answer = world.ask(wrong, json!({"token": token, "password": PASSWORD}));
        assert_eq!(answer["reason"], "link-invalid");
    }
    let answer = world.ask(Verb::ConfirmAddress, json!({"token": token}));
    assert_eq!(
        told(answer),
        json!({
            "schema": 2, "ok": true, "answer": "address-changed",
            "message": "Your new address is confirmed. Sign in with it and your current password.",
            "cause": null,
        })
    );
    let again = world.ask(Verb::ConfirmAddress, json!({"token": token}));
    assert_eq!(again["reason"], "link-used");
    assert_eq!(world.sign_in("ada@new.example", PASSWORD)["ok"], true);
    assert_eq!(
        world.sign_in(ADA, PASSWORD)["reason"],
        "invalid-credentials"
    );
}
