//! Guessing, through the gate.

use super::*;

/// Tries a wrong password so many times; the answers without their causes.
fn guess(world: &mut World, address: &str, times: usize) -> Vec<Value> {
    (0..times)
        .map(|at| without_cause(world.sign_in(address, &format!("wrong {at}"))))
        .collect()
}

#[test]
fn six_wrong_lock_and_then_right_and_wrong_are_answered_alike() {
    let mut world = World::with_ada();
    let answers = guess(&mut world, ADA, 6);
    assert!(answers.iter().all(|answer| *answer == answers[0]));
    assert_eq!(answers[0]["reason"], "invalid-credentials");
    let wrong = world.sign_in(ADA, "wrong");
    let right = world.sign_in(ADA, PASSWORD);
    assert_eq!(wrong["reason"], "locked");
    assert_eq!(right, wrong);
    let request = json!({"address": ADA, "password": PASSWORD, "new_password": OTHER});
    assert_eq!(world.ask(Verb::ChangePassword, request), wrong);
}

#[test]
fn five_wrong_do_not_lock_and_a_right_one_starts_again() {
    let mut world = World::with_ada();
    for _ in 0..3 {
        guess(&mut world, ADA, 5);
        assert_eq!(world.sign_in(ADA, PASSWORD)["answer"], "signed-in");
    }
}

#[test]
fn an_address_that_nobody_has_is_answered_like_one_that_somebody_has() {
    let mut world = World::with_ada();
    world.invite("bob@example.com", None);
    let known = guess(&mut world, ADA, 9);
    assert_eq!(known[8]["reason"], "locked");
    let impossible = format!("{}@example.com", "x".repeat(300));
    for stranger in [
        "nobody@example.com",
        "bob@example.com",
        "no address",
        "\u{1b}[2J",
        "",
        &impossible,
    ] {
        assert_eq!(guess(&mut world, stranger, 9), known, "{stranger}");
    }
    // In another spelling it is the same stranger.
    assert_eq!(
        guess(&mut world, " NOBODY@EXAMPLE.com ", 1)[0]["reason"],
        "locked"
    );
    // Waiting does not tell them apart either.
    world.later(SignedDuration::from_hours(25));
    for address in [ADA, "nobody@example.com", "bob@example.com"] {
        let answer = &guess(&mut world, address, 1)[0];
        assert_eq!(answer["reason"], "locked", "{address}");
    }
}

#[test]
fn a_lock_mails_a_link_that_opens_it_with_a_ticket_for_the_next_try() {
    let mut world = World::with_ada();
    guess(&mut world, ADA, 6);
    world.later(SignedDuration::from_mins(1));
    let token = world.reset_token(ADA);
    let answer = world.ask(
        Verb::ResetPassword,
        json!({"token": token, "password": OTHER}),
    );
    let ticket = answer["ticket"].as_str().unwrap().to_owned();
    // A stranger locks it again before the person comes.
    guess(&mut world, ADA, 6);
    assert_eq!(world.sign_in(ADA, OTHER)["reason"], "locked");
    let with = |ticket: &str| json!({"address": ADA, "password": OTHER, "ticket": ticket});
    assert_eq!(
        world.ask(Verb::SignIn, with("no ticket"))["reason"],
        "locked"
    );
    assert_eq!(
        world.ask(Verb::SignIn, with(&ticket))["answer"],
        "signed-in"
    );
    assert_eq!(world.sign_in(ADA, OTHER)["answer"], "signed-in");
}

#[test]
fn the_third_lock_is_permanent_and_looks_the_same_from_outside() {
    let mut world = World::with_ada();
    let mut locked = Vec::new();
    for at in 0..3 {
        if at == 2 {
            // Behind the mail of the lock before (P6).
            world.later(SignedDuration::from_mins(5));
            world.ask(Verb::ForgotPassword, json!({"address": ADA}));
        }
        guess(&mut world, ADA, 6);
        locked.push(without_cause(world.sign_in(ADA, PASSWORD)));
        if at < 2 {
            world.later(SignedDuration::from_mins(1));
            let token = world.reset_token(ADA);
            let answer = world.ask(
                Verb::ResetPassword,
                json!({"token": token, "password": PASSWORD}),
            );
            assert_eq!(answer["ok"], true, "{answer}");
        }
    }
    assert!(
        locked
            .iter()
            .all(|answer| *answer == locked[0] && answer["reason"] == "locked")
    );
    assert_eq!(world.sign_in(ADA, PASSWORD)["cause"], "locked-permanently");
    let token = world.reset_token(ADA);
    let answer = world.ask(
        Verb::ResetPassword,
        json!({"token": token, "password": OTHER}),
    );
    assert_eq!(answer["reason"], "link-revoked");
}

#[test]
fn a_wrong_old_password_counts_like_any_other() {
    let mut world = World::with_ada();
    let session = world.session();
    for _ in 0..6 {
        let request = json!({"address": ADA, "password": "wrong", "new_password": OTHER});
        assert_eq!(
            world.ask(Verb::ChangePassword, request)["reason"],
            "invalid-credentials"
        );
    }
    assert_eq!(world.sign_in(ADA, PASSWORD)["reason"], "locked");
    // A lock does not end what is open (S5).
    assert_eq!(
        world.ask(Verb::CheckSession, json!({"session": session}))["ok"],
        true
    );
}

/// Whoever sits down at somebody's open session may guess a few times, and locks nobody out.
#[test]
fn in_a_session_wrong_old_passwords_end_the_session_and_lock_nobody() {
    let mut world = World::with_ada();
    let session = world.session();
    let wrong = json!({"session": session, "password": "wrong", "new_password": OTHER});
    for left in (1..5).rev() {
        let answer = world.ask(Verb::ChangePassword, wrong.clone());
        assert_eq!(answer["reason"], "wrong-password");
        assert_eq!(answer["next"]["tries_left"], left);
    }
    let answer = world.ask(Verb::ChangePassword, wrong);
    assert_eq!(
        (&answer["reason"], &answer["cause"]),
        (&json!("session-ended"), &json!("too-many-wrong-passwords")),
        "the fifth is the last"
    );
    let over = world.ask(Verb::CheckSession, json!({"session": session}));
    assert_eq!(over["cause"], "too-many-wrong-passwords");
    assert_eq!(world.sign_in(ADA, PASSWORD)["answer"], "signed-in");
    // A right one begins the count anew, even if the new password is refused.
    let session = world.session();
    for _ in 0..3 {
        for _ in 0..4 {
            let wrong = json!({"session": session, "password": "wrong", "new_password": OTHER});
            assert_eq!(
                world.ask(Verb::ChangePassword, wrong)["reason"],
                "wrong-password"
            );
        }
        let short = json!({"session": session, "password": PASSWORD, "new_password": "short"});
        assert_eq!(
            world.ask(Verb::ChangePassword, short)["reason"],
            "password-refused"
        );
    }
    // Of several at the same moment none is looked at beyond the limit: they were counted first.
    let right = json!({"session": session, "password": PASSWORD, "new_password": OTHER});
    assert_eq!(
        world.ask(Verb::ChangePassword, right)["answer"],
        "password-set"
    );
}

#[test]
fn a_session_that_ends_while_the_old_password_is_looked_at_changes_nothing() {
    let mut world = World::with_ada();
    let session = crate::vault::Token::parse(&world.session()).unwrap();
    let (op, open) = (world.op(), super::streams::door(&world));
    let (old, new) = (
        crate::vault::Secret::new(PASSWORD.to_owned()),
        crate::vault::Secret::new(OTHER.to_owned()),
    );
    let change = crate::ops::own_password::OwnChange {
        panel: "main",
        session: &session,
        old: &old,
        new: &new,
    };
    let changed = crate::ops::own_password::change_meanwhile(&mut world.store, &op, change, || {
        let mut elsewhere = open().unwrap();
        crate::ops::session::sign_out(&mut elsewhere, &op, &session, "main").unwrap();
    });
    assert!(matches!(changed, Err(OpError::Refused(_))));
    assert_eq!(world.sign_in(ADA, OTHER)["reason"], "invalid-credentials");
    assert_eq!(world.sign_in(ADA, PASSWORD)["answer"], "signed-in");
}
