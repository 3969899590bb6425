//! Who may set up an authenticator at the gate, and with what.

use super::second_factor::{Phone, text};
use super::*;

#[test]
fn replacing_an_authenticator_by_a_session_needs_a_code_of_the_old_one() {
    let (mut world, old, codes) = World::with_phone();
    let session = text(&world.enter(json!({"code": old.shows(world.now, 0)}))["session"]);
    let asked = world.ask(Verb::SetUp2fa, json!({"session": session}));
    assert_eq!(
        asked,
        json!({
            "schema": 1, "ok": false, "reason": "code-required", "methods": ["app", "backup"],
            "message": "Please enter a code, too.", "cause": "current-code-needed",
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
    for request in [
        json!({"session": session}),
        json!({"session": "adm_s_x"}),
        json!({"session": ""}),
        json!({"ticket": session}),
        json!({"ticket": "no token"}),
        json!({"ticket": "no token", "code": "123456"}),
        json!({"session": session, "code": "123456"}),
    ] {
        let answer = world.ask(Verb::SetUp2fa, request.clone());
        assert_eq!(
            answer,
            json!({
                "schema": 1, "ok": false, "reason": "session-ended",
                "message": "You are not signed in any more. Please sign in again.",
                "cause": "session-ended",
            }),
            "{request}"
        );
    }
    // Nor where the panel would never ask for it.
    let mut world = World::with_ada();
    let session = world.session();
    world.policy("second-factor", "off");
    let answer = world.ask(Verb::SetUp2fa, json!({"session": session}));
    assert_eq!(
        answer,
        json!({
            "schema": 1, "ok": false, "reason": "bad-request",
            "message": "This site asks for no code of an authenticator app.",
            "cause": "main takes no authenticator apps",
        })
    );
}
