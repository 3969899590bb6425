//! A clock that goes back: what has ended does not begin again, and the panel's log says why.

use super::*;

impl World {
    fn at(&mut self, time: &str) {
        self.now = time.parse().unwrap();
    }

    /// Something that is recorded, so that the store has seen the time.
    fn something_happens(&mut self) {
        assert_eq!(self.sign_in(ADA, "wrong")["reason"], "invalid-credentials");
    }
}

const BEHIND: &str = "behind the latest time in the store";

#[test]
fn a_session_that_has_ended_stays_so() {
    let mut world = World::with_ada();
    let session = world.session();
    let check = |world: &mut World| world.ask(Verb::CheckSession, json!({"session": session}));
    // Idle for twelve hours.
    world.at("2026-03-02T00:00:00Z");
    world.something_happens();
    assert_eq!(check(&mut world)["cause"], "session-idle");
    for (time, cause) in [
        ("2026-03-01T23:59:59Z", "session-idle".to_owned()),
        ("2026-03-01T23:58:30Z", "session-idle".to_owned()),
        (
            "2026-03-01T23:58:29Z",
            format!("session-idle; the clock is 1 min 31 s {BEHIND}"),
        ),
        (
            "2026-03-01T13:00:00Z",
            format!("session-idle; the clock is 11 h {BEHIND}"),
        ),
        (
            "2016-03-01T12:00:00Z",
            format!("session-idle; the clock is 3652 days 12 h {BEHIND}"),
        ),
    ] {
        world.at(time);
        let answer = check(&mut world);
        assert_eq!(
            (&answer["reason"], answer["cause"].as_str()),
            (&json!("session-ended"), Some(cause.as_str())),
            "{time}"
        );
        assert!(
            !answer["message"]["text"]
                .as_str()
                .unwrap()
                .contains("clock")
        );
    }
    // A new one lives, and its answer says nothing of it.
    let answer = world.sign_in(ADA, PASSWORD);
    assert_eq!(
        (&answer["answer"], &answer["cause"]),
        (&json!("signed-in"), &Value::Null)
    );
}

#[test]
fn links_and_access_that_have_ended_stay_so() {
    let mut world = World::with_ada();
    let bob = world.invite("bob@example.com", None);
    let cyd = world.invite("cyd@example.com", Some(3));
    let register = |world: &mut World, token: &str| {
        world.ask(
            Verb::Register,
            json!({"token": token, "password": PASSWORD}),
        )
    };
    assert_eq!(register(&mut world, &cyd)["answer"], "registered");
    world.at("2026-03-08T12:00:00Z");
    world.something_happens();
    world.at("2026-03-01T12:01:00Z");
    let answer = register(&mut world, &bob);
    assert_eq!(answer["reason"], "link-expired");
    let cause = answer["cause"].as_str().unwrap();
    assert!(
        cause.ends_with(&format!("; the clock is 6 days 23 h {BEHIND}")),
        "{cause}"
    );
    let answer = world.sign_in("cyd@example.com", PASSWORD);
    assert_eq!(answer["reason"], "access-expired");
    assert_eq!(
        answer["cause"],
        format!("access-expired; the clock is 6 days 23 h {BEHIND}")
    );
}

#[test]
fn a_phone_goes_by_its_own_clock_and_no_code_is_taken_twice() {
    let (mut world, phone, _) = World::with_phone();
    world.at("2026-03-08T12:00:00Z");
    world.something_happens();
    let ahead = phone.shows(world.now, 0);
    world.at("2026-03-01T12:05:00Z");
    assert_eq!(
        world.enter(json!({"code": ahead}))["reason"],
        "code-invalid"
    );
    let code = phone.shows(world.now, 0);
    assert_eq!(world.enter(json!({"code": code}))["answer"], "signed-in");
    assert_eq!(world.enter(json!({"code": code}))["reason"], "code-invalid");
    // Entries have the time of the clock, and the latest time stays.
    world.look(|tx| {
        assert_eq!(tx.latest_time(), "2026-03-08T12:00:00Z".parse().ok());
        Ok(())
    });
}

#[test]
fn time_goes_on_once_the_clock_has_caught_up() {
    let mut world = World::with_ada();
    world.at("2026-03-01T13:00:00Z");
    world.something_happens();
    world.at("2026-03-01T12:30:00Z");
    let session = world.session();
    // Idle for twelve hours from the latest time in the store before.
    for (time, ok) in [
        ("2026-03-01T12:31:00Z", true),
        ("2026-03-02T00:59:59Z", true),
    ] {
        world.at(time);
        let answer = world.ask(Verb::CheckSession, json!({"session": session}));
        assert_eq!(answer["ok"], ok, "{time}: {answer}");
    }
}
