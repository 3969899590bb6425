//! Each reason for a no.

use super::*;
use crate::domain::account::Disabled;
use crate::ops::remove::remove;
use crate::ops::reset_password::{Reset, reset_password};

fn forgot(world: &mut World) {
    world.ask(Verb::ForgotPassword, json!({"address": ADA}));
}

fn reason_of_sign_in(change: impl FnOnce(&mut World)) -> Value {
    let mut world = World::with_ada();
    change(&mut world);
    // A wrong password never tells what is in the way.
    assert_eq!(
        world.sign_in(ADA, "a wrong one")["reason"],
        "invalid-credentials"
    );
    world.sign_in(ADA, PASSWORD)
}

#[test]
fn after_a_right_password_the_first_obstacle_is_told() {
    let answer = reason_of_sign_in(|world| {
        let (id, now) = (world.id(ADA), world.now);
        world.policy("support-contact", "help@example.com");
        world.set(|tx| {
            tx.disable_account(
                id,
                &Disabled {
                    at: now,
                    until: None,
                    reason: "x".into(),
                },
            )
        });
    });
    assert_eq!(answer["reason"], "disabled");
    let message = answer["message"]["text"].as_str().unwrap();
    assert!(
        message.contains("2026") && message.ends_with("Please contact help@example.com."),
        "{message}"
    );

    let answer = reason_of_sign_in(|world| {
        let op = world.op();
        let gone = world.store.change(|tx| {
            let scope = Scope::load(tx)?;
            remove(tx, &scope, &op, &Address::parse(ADA).unwrap(), None)?;
            Ok::<_, OpError>(Done::recorded(()))
        });
        gone.unwrap();
    });
    assert_eq!(answer["reason"], "no-access");

    let answer = reason_of_sign_in(|world| {
        let (id, now) = (world.id(ADA), world.now);
        world.set(|tx| {
            let access = tx.accesses(id)?[0].id;
            tx.set_access(access, "member", Some(now))
        });
    });
    assert_eq!(answer["reason"], "access-expired");

    let answer = reason_of_sign_in(|world| {
        let now = world.now;
        world.set(|tx| {
            let panel = tx.panels()?[0].id;
            tx.set_trial_end(panel, Some(now))
        });
    });
    assert_eq!(answer["reason"], "trial-ended");

    let answer = reason_of_sign_in(|world| world.policy("second-factor", "required"));
    assert_eq!(answer["reason"], "second-factor-setup-required");

    let answer = reason_of_sign_in(|world| {
        world.policy("sessions", "one-refuse");
        world.session();
    });
    assert_eq!(answer["reason"], "already-signed-in");
    assert!(
        answer["message"]["text"]
            .as_str()
            .unwrap()
            .contains("since Sun 1 Mar 2026 12:00"),
        "{answer}"
    );
}

#[test]
fn a_voided_password_opens_nothing_and_cannot_be_changed() {
    let mut world = World::with_ada();
    let session = world.session();
    let op = world.op();
    let voided = world.store.change(|tx| {
        let scope = Scope::load(tx)?;
        let reset = Reset {
            now: true,
            ..Reset::default()
        };
        reset_password(tx, &scope, &op, &Address::parse(ADA).unwrap(), &reset)?;
        Ok::<_, OpError>(Done::recorded(()))
    });
    voided.unwrap();
    assert_eq!(
        world.sign_in(ADA, PASSWORD)["reason"],
        "password-reset-required"
    );
    // Sessions ended with it.
    for (who, holder, reason) in [
        ("address", ADA, "password-reset-required"),
        ("session", &session, "session-ended"),
    ] {
        let request = json!({who: holder, "password": PASSWORD, "new_password": OTHER});
        let answer = world.ask(Verb::ChangePassword, request);
        assert_eq!(answer["reason"], reason, "{who}");
    }
    assert_eq!(world.sign_in(ADA, OTHER)["reason"], "invalid-credentials");
    // None of the right tries counted.
    let id = world.id(ADA);
    let lock = world.look(|tx| Ok(tx.account_by_id(id)?.unwrap().lock));
    assert_eq!((lock.wrong, lock.open_tries), (1, 0));
}

#[test]
fn who_is_disabled_or_out_cannot_change_the_password_either() {
    let mut world = World::with_ada();
    let (id, now) = (world.id(ADA), world.now);
    let request = || json!({"address": ADA, "password": PASSWORD, "new_password": OTHER});
    world.set(|tx| {
        tx.disable_account(
            id,
            &Disabled {
                at: now,
                until: None,
                reason: "x".into(),
            },
        )
    });
    assert_eq!(
        world.ask(Verb::ChangePassword, request())["reason"],
        "disabled"
    );
    world.set(|tx| tx.open_lock(id, false));
    world.set(|tx| {
        let access = tx.accesses(id)?[0].id;
        tx.remove_access(access, now).map(|_| ())
    });
    assert_eq!(
        world.ask(Verb::ChangePassword, request())["reason"],
        "no-access"
    );
}

#[test]
fn each_dead_link_says_why() {
    let mut world = World::new();
    let first = world.invite(ADA, None);
    let register = |world: &mut World, token: &str| {
        world.ask(
            Verb::Register,
            json!({"token": token, "password": PASSWORD}),
        )
    };
    world.later(SignedDuration::from_mins(5));
    let second = world.invite(ADA, None);
    let answer = register(&mut world, &first);
    assert_eq!(answer["reason"], "link-superseded");
    assert_eq!(
        answer["message"]["text"],
        "A newer link was sent on Sun 1 Mar 2026 12:05 UTC. Please use the one in the newest mail."
    );
    let session_like = second.replace("adm_i_", "adm_s_");
    for wrong in [
        "",
        "x",
        "no token",
        &session_like,
        &second.to_uppercase(),
        &format!("{}0", &second[..57]),
    ] {
        if wrong != second {
            assert_eq!(
                register(&mut world, wrong)["reason"],
                "link-invalid",
                "{wrong}"
            );
        }
    }
    // An invitation is no reset link.
    let reset = json!({"token": second, "password": PASSWORD});
    assert_eq!(
        world.ask(Verb::ResetPassword, reset)["reason"],
        "link-invalid"
    );
    world.later(SignedDuration::from_hours(24 * 7));
    assert_eq!(register(&mut world, &second)["reason"], "link-expired");
    let third = world.invite(ADA, None);
    assert_eq!(register(&mut world, &format!(" {third}\n"))["ok"], true);
    assert_eq!(register(&mut world, &third)["reason"], "link-used");

    forgot(&mut world);
    let token = world.reset_token(ADA);
    let id = world.id(ADA);
    let now = world.now;
    world.set(|tx| {
        tx.revoke_links(id, LinkPurpose::Reset, None, now)
            .map(|_| ())
    });
    let answer = world.ask(
        Verb::ResetPassword,
        json!({"token": token, "password": OTHER}),
    );
    assert_eq!(answer["reason"], "link-revoked");
}

#[test]
fn a_password_that_does_not_do_is_refused_with_every_reason() {
    let mut world = World::new();
    let token = world.invite(ADA, None);
    let answer = world.ask(Verb::Register, json!({"token": token, "password": "ada1"}));
    assert_eq!(answer["reason"], "password-refused");
    assert_eq!(answer["problems"], json!(["too-short", "personal"]));
    let message = answer["message"]["text"].as_str().unwrap();
    assert!(
        message.contains("it has 4 characters; the minimum is 15"),
        "{message}"
    );
    let long: String = (0..1100u32)
        .filter_map(|n| char::from_u32(97 + (n * n + n / 7) % 26))
        .collect();
    let answer = world.ask(Verb::Register, json!({"token": token, "password": long}));
    assert_eq!(answer["problems"], json!(["too-long"]));
    // The link still works.
    assert_eq!(
        world.ask(
            Verb::Register,
            json!({"token": token, "password": PASSWORD})
        )["ok"],
        true
    );

    let session = world.session();
    let request = json!({"session": session, "password": PASSWORD, "new_password": "short"});
    assert_eq!(
        world.ask(Verb::ChangePassword, request)["reason"],
        "password-refused"
    );
    assert_eq!(
        world.ask(Verb::CheckSession, json!({"session": session}))["ok"],
        true
    );
}

#[test]
fn what_is_no_session_has_ended() {
    let mut world = World::with_ada();
    let token = world.invite("bob@example.com", None);
    let other = token.replace("adm_i_", "adm_s_");
    for session in ["", "x", &token, &other] {
        for verb in [Verb::CheckSession, Verb::SignOut] {
            assert_eq!(
                world.ask(verb, json!({"session": session}))["reason"],
                "session-ended"
            );
        }
        let request = json!({"session": session, "password": PASSWORD, "new_password": OTHER});
        assert_eq!(
            world.ask(Verb::ChangePassword, request)["reason"],
            "session-ended"
        );
    }
}

#[test]
fn a_store_that_fails_is_no_yes() {
    let mut world = World::with_ada();
    // Damaged in the one place that every change comes to.
    world.set(|tx| tx.set_store_setting("argon2", "1,1,1"));
    let answer = world.sign_in(ADA, PASSWORD);
    assert_eq!(answer["reason"], "unavailable");
    assert!(
        answer["cause"].as_str().unwrap().contains("argon2"),
        "{answer}"
    );
    assert!(
        !answer["message"]["text"]
            .as_str()
            .unwrap()
            .contains("argon2")
    );
}
