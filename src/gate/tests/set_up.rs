//! Who may set up an authenticator at the gate, and with what.

use super::second_factor::{Phone, text};
use super::*;

#[test]
fn replacing_an_authenticator_by_a_session_needs_a_code_of_the_old_one() {
    let (mut world, old, codes) = World::with_phone();
    let session = text(&world.enter(json!({"code": old.shows(world.now, 0)}))["session"]);
    let asked = world.ask(Verb::SetUp2fa, json!({"session": session}));
    assert_eq!(
        told(asked),
        json!({
            "schema": 2, "ok": false, "reason": "code-required", "methods": ["app", "backup"], "ticket": null,
            "message": "Please also enter a code.", "cause": "current-code-needed",
        })
    );
    let never = old.never_shows(world.now);
    let wrong = world.ask(
        Verb::SetUp2fa,
        json!({"session": session, "current_code": never}),
    );
    assert_eq!(wrong["reason"], "code-invalid");
    world.next_step();
    let code = old.shows(world.now, 0);
    let offer = world.ask(
        Verb::SetUp2fa,
        json!({"session": session, "current_code": code}),
    );
    assert_eq!(offer["answer"], "second-factor-offered");
    // Until the new one is confirmed the old one counts.
    world.next_step();
    let code = old.shows(world.now, 0);
    assert_eq!(world.enter(json!({"code": code}))["answer"], "signed-in");
    let new = Phone::of(offer["secret"].as_str().unwrap());
    let code = new.shows(world.now, 0);
    let set = world.ask(Verb::SetUp2fa, json!({"session": session, "code": code}));
    assert_eq!(set["answer"], "second-factor-set");
    world.next_step();
    for dead in [old.shows(world.now, 0), codes[0].clone()] {
        assert_eq!(world.enter(json!({"code": dead}))["reason"], "code-invalid");
    }
    let code = new.shows(world.now, 0);
    assert_eq!(world.enter(json!({"code": code}))["answer"], "signed-in");
    // The set-up itself ends no session of its owner.
    let live = world.ask(Verb::CheckSession, json!({"session": session}));
    assert_eq!(live["answer"], "session-live");
}

#[test]
fn whoever_holds_nothing_that_counts_sets_nothing_up() {
    let (mut world, phone, _) = World::with_phone();
    let session = text(&world.enter(json!({"code": phone.shows(world.now, 0)}))["session"]);
    let answer = world.ask(Verb::SignOut, json!({"session": session}));
    assert_eq!(answer["answer"], "signed-out");
    for (request, cause) in [
        (json!({"session": session}), "signed-out"),
        (json!({"session": "adm_s_x"}), "session-ended"),
        (json!({"session": ""}), "session-ended"),
        (json!({"session": session, "code": "123456"}), "signed-out"),
    ] {
        let answer = world.ask(Verb::SetUp2fa, request.clone());
        assert_eq!(
            told(answer),
            json!({
                "schema": 2, "ok": false, "reason": "session-ended",
                "message": "You are no longer signed in. Please sign in again.",
                "cause": cause,
            }),
            "{request}"
        );
    }
    for request in [
        json!({"ticket": session}),
        json!({"ticket": ""}),
        json!({"ticket": "no token"}),
        json!({"ticket": "no token", "code": "123456"}),
    ] {
        let answer = world.ask(Verb::SetUp2fa, request);
        assert_eq!(answer["reason"], "ticket-expired");
        assert_eq!(answer["next"]["ask"], "password");
    }
    // Nor where the panel would never ask for it.
    let mut world = World::with_ada();
    let session = world.session();
    world.policy("second-factor", "off");
    let answer = world.ask(Verb::SetUp2fa, json!({"session": session}));
    assert_eq!(
        told(answer),
        json!({
            "schema": 2, "ok": false, "reason": "no-apps-here",
            "message": "This site does not use codes from authenticator apps.",
            "cause": "main does not accept authenticator apps",
        })
    );
}

#[test]
fn a_lock_by_wrong_passwords_leaves_a_session_its_set_up() {
    let mut world = World::with_ada();
    let session = world.session();
    for _ in 0..6 {
        world.sign_in(ADA, "wrong");
    }
    assert_eq!(world.sign_in(ADA, PASSWORD)["reason"], "locked");
    let live = world.ask(Verb::CheckSession, json!({"session": session}));
    assert_eq!(live["answer"], "session-live");
    let offer = world.ask(Verb::SetUp2fa, json!({"session": session}));
    assert_eq!(offer["answer"], "second-factor-offered", "{offer}");
    let phone = Phone::of(offer["secret"].as_str().unwrap());
    let code = phone.shows(world.now, 0);
    let set = world.ask(Verb::SetUp2fa, json!({"session": session, "code": code}));
    assert_eq!(set["answer"], "second-factor-set", "{set}");
    // Another one would need a code, and a locked account takes none.
    world.next_step();
    for code in [phone.shows(world.now, 0), phone.never_shows(world.now)] {
        let request = json!({"session": session, "current_code": code});
        let answer = world.ask(Verb::SetUp2fa, request);
        assert_eq!(
            (&answer["reason"], &answer["cause"]),
            (&json!("locked"), &json!("locked"))
        );
    }
    assert_eq!(world.sign_in(ADA, PASSWORD)["reason"], "locked");
}

#[test]
fn the_cause_of_an_ended_session_is_what_ended_it() {
    let causes = |world: &mut World, session: &str| {
        [
            (Verb::CheckSession, json!({"session": session})),
            (Verb::SetUp2fa, json!({"session": session})),
            (
                Verb::ChangePassword,
                json!({"session": session, "password": PASSWORD, "new_password": OTHER}),
            ),
        ]
        .map(|(verb, request)| {
            let answer = world.ask(verb, request);
            assert_eq!(answer["reason"], "session-ended", "{answer}");
            assert_eq!(
                answer["message"]["text"],
                "You are no longer signed in. Please sign in again."
            );
            text(&answer["cause"])
        })
    };
    let mut world = World::new();
    let token = world.invite(ADA, Some(3));
    let registered = world.ask(
        Verb::Register,
        json!({"token": token, "password": PASSWORD}),
    );
    assert_eq!(registered["answer"], "registered");
    world.policy("session-idle", "10d");
    let session = world.session();
    world.later(SignedDuration::from_hours(72));
    assert_eq!(causes(&mut world, &session), ["access-expired"; 3]);
    for (policy, cause) in [
        ("session-idle", "session-idle"),
        ("session-total", "session-total"),
    ] {
        let mut world = World::with_ada();
        world.policy(policy, "1h");
        let session = world.session();
        world.later(SignedDuration::from_hours(1));
        assert_eq!(causes(&mut world, &session), [cause; 3]);
    }
    let mut world = World::with_ada();
    let (session, other) = (world.session(), world.session());
    let change = json!({"session": other, "password": PASSWORD, "new_password": OTHER});
    assert_eq!(
        world.ask(Verb::ChangePassword, change)["answer"],
        "password-set"
    );
    assert_eq!(causes(&mut world, &session), ["new-password"; 3]);
}
