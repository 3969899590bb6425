//! The same request again.

use std::cell::Cell;

use super::second_factor::text;
use super::*;

const KEY: &str = "6f9619ff-8b86-d011-b42d-00cf4fc964ff";

fn keyed(mut request: Value) -> Value {
    request["idempotency"] = KEY.into();
    request
}

#[test]
fn a_request_that_is_sent_again_gets_the_same_answer_and_is_not_done_twice() {
    let mut world = World::with_ada();
    let request = keyed(json!({"address": ADA, "password": PASSWORD}));
    let first = world.ask(Verb::SignIn, request.clone());
    let second = world.ask(Verb::SignIn, request.clone());
    assert_eq!(first, second);
    let id = world.id(ADA);
    assert_eq!(world.look(|tx| tx.open_sessions(id)).len(), 1);
    // In a stream, the id is that of the second.
    let op = world.op();
    let bytes = from_nowhere(Verb::SignIn, request).to_string();
    let parsed = Request::parse(Verb::SignIn, None, bytes.as_bytes()).unwrap();
    let again = answer(&mut world.store, &op, parsed, &|_| {});
    let line = one_line(&again.to_line(Some(&json!("second"))).unwrap(), 0);
    assert_eq!(
        (&line["id"], &line["session"]),
        (&json!("second"), &first["session"])
    );
    // A day later it is another request.
    world.later(SignedDuration::from_hours(24));
    let request = keyed(json!({"address": ADA, "password": PASSWORD}));
    assert_ne!(
        world.ask(Verb::SignIn, request)["session"],
        first["session"]
    );
}

#[test]
fn one_key_is_for_one_request() {
    let mut world = World::with_ada();
    world.ask(
        Verb::SignIn,
        keyed(json!({"address": ADA, "password": PASSWORD})),
    );
    let other = world.ask(
        Verb::SignIn,
        keyed(json!({"address": "bob@example.com", "password": PASSWORD})),
    );
    assert_eq!(other["reason"], "bad-request");
    assert!(other["cause"].as_str().unwrap().contains("another request"));
    // Another op has keys of its own.
    let sent = world.ask(Verb::ForgotPassword, keyed(json!({"address": ADA})));
    assert_eq!(sent["answer"], "accepted");
}

/// A page with one hidden key must not lock out whoever mistyped once.
#[test]
fn a_no_is_not_kept() {
    let mut world = World::with_ada();
    let ask =
        |password: &str, ip: &str| keyed(json!({"address": ADA, "password": password, "ip": ip}));
    let wrong = world.ask(Verb::SignIn, ask("wrong", "192.0.2.1"));
    assert_eq!(wrong["reason"], "invalid-credentials");
    let right = world.ask(Verb::SignIn, ask(PASSWORD, "192.0.2.1"));
    assert_eq!(right["answer"], "signed-in");
    // The same again, from a phone that has changed its network meanwhile.
    let again = world.ask(Verb::SignIn, ask(PASSWORD, "198.51.100.7"));
    assert_eq!(again["session"], right["session"]);
}

/// Ten backup codes that were made and never read are not lost: the answer was kept in the same transaction.
#[test]
fn an_answer_is_there_even_if_nobody_could_write_it() {
    let (mut world, _, codes) = World::with_phone();
    let session = text(&world.enter(json!({"code": codes[0]}))["session"]);
    let request = keyed(json!({"session": session, "code": codes[1]}));
    let made = world.ask(Verb::NewBackupCodes, request.clone());
    let kept = Cell::new(0);
    world.set(|tx| {
        // As if the process had been killed right after the commit: nothing is kept but by the transaction.
        kept.set(tx.forget_answers(Timestamp::UNIX_EPOCH)?);
        Ok(())
    });
    assert_eq!(kept.get(), 0);
    let again = world.ask(Verb::NewBackupCodes, request);
    assert_eq!(again["backup_codes"], made["backup_codes"]);
    assert_eq!(
        world.enter(json!({"code": made["backup_codes"][0]}))["answer"],
        "signed-in"
    );
}

/// Refuses what is an outcome, as if the process were killed there.
struct Watch(std::sync::Arc<AtomicBool>);
impl crate::store::Witness for Watch {
    fn sees(&self, _: &Tx<'_>, value: &dyn std::any::Any) -> Result<(), Fault> {
        if value.is::<crate::ops::register::Registered>()
            || value.is::<crate::ops::sign_in::Answer>()
        {
            self.0.store(true, Ordering::SeqCst);
            return Err(Fault::Other("killed before the commit".into()));
        }
        Ok(())
    }
}

#[test]
fn an_answer_is_kept_in_the_transaction_that_makes_it_true() {
    let mut world = World::with_ada();
    let token = world.invite("bob@example.com", None);
    for (verb, request) in [
        (Verb::Register, json!({"token": token, "password": OTHER})),
        (Verb::SignIn, json!({"address": ADA, "password": PASSWORD})),
    ] {
        let seen = std::sync::Arc::new(AtomicBool::new(false));
        let op = world.op();
        let bytes = from_nowhere(verb, request.clone()).to_string();
        let parsed = Request::parse(verb, None, bytes.as_bytes()).unwrap();
        world
            .store
            .set_witness(Some(std::sync::Arc::new(Watch(seen.clone()))));
        let lost = answer(&mut world.store, &op, parsed, &|_| {});
        world.store.set_witness(None);
        assert_eq!(lost.word(), "unavailable");
        assert!(
            seen.load(Ordering::SeqCst),
            "the value is known by its type"
        );
        // Nothing was done: what a witness refuses is not committed.
        let done = world.ask(verb, request);
        assert_eq!(done["ok"], true, "{done}");
    }
}

#[test]
fn what_is_kept_is_sealed_and_goes_with_the_person() {
    let mut world = World::with_ada();
    let request = keyed(json!({"address": ADA, "password": PASSWORD}));
    let session = text(&world.ask(Verb::SignIn, request)["session"]);
    let bytes = std::fs::read(world.dir.path().join("store")).unwrap();
    let log = std::fs::read(world.dir.path().join("store-wal")).unwrap_or_default();
    for file in [bytes, log] {
        let found = |needle: &[u8]| file.windows(needle.len()).any(|window| window == needle);
        assert!(!found(session.as_bytes()) && !found(KEY.as_bytes()));
    }
}

/// The name of a panel is its own; a title may change, and another panel may have the same.
#[test]
fn a_key_is_of_a_panel_whatever_its_title() {
    let mut world = World::with_ada();
    let request = keyed(json!({"address": ADA, "password": PASSWORD}));
    let first = world.ask(Verb::SignIn, request.clone());
    world.policy("title", "Customer portal");
    assert_eq!(
        world.ask(Verb::SignIn, request)["session"],
        first["session"]
    );
}
