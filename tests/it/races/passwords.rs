//! Many sign-ins of one person at once: no more passwords are looked at than may be wrong, and nobody is locked out
//! by being right (L1, L2, L8).

use serde_json::{Value, json};

use super::{
    PASSWORD, Process, WRONG, World, at_once, registered, reset_link, rounds, sign_in, turn,
};

const PROCESSES: usize = 10;
const ROUNDS: usize = rounds(20);
/// Wrong passwords that lock.
const LIMIT: usize = 6;

/// Sends sign-ins with these passwords at once, spread over the processes, and gives the answers in the same order.
fn burst(streams: &mut [Process], who: &str, passwords: &[&str]) -> Vec<String> {
    let requests: Vec<Value> = passwords
        .iter()
        .enumerate()
        .map(|(id, password)| sign_in(id, who, password))
        .collect();
    ask(streams, &requests)
}

/// The same for any requests; each has its place in the list as `id`.
fn ask(streams: &mut [Process], requests: &[Value]) -> Vec<String> {
    let mut lines = vec![String::new(); streams.len()];
    for (id, request) in requests.iter().enumerate() {
        let line = &mut lines[id % streams.len()];
        line.push_str(&request.to_string());
        line.push('\n');
    }
    at_once(streams, &lines);
    let mut words = vec![String::new(); requests.len()];
    for (stream, lines) in streams.iter().zip(&lines) {
        for _ in lines.lines() {
            let answer = stream.answer();
            let word = if answer["ok"] == true {
                &answer["answer"]
            } else {
                &answer["reason"]
            };
            let id = usize::try_from(answer["id"].as_u64().unwrap()).unwrap();
            word.as_str().unwrap().clone_into(&mut words[id]);
        }
    }
    words
}

fn count(words: &[String], word: &str) -> usize {
    words.iter().filter(|found| *found == word).count()
}

/// Refusals in the audit with this reason.
fn refusals(world: &World, who: &str, reason: &str) -> Vec<Value> {
    let mut found = world.details(who, "sign-in-refused");
    found.retain(|detail| detail["reason"] == reason);
    found
}

fn lock_mails(world: &World, who: &str) -> i64 {
    world.count(
        "select count(*) from outbox where address = $1 and kind = 'locked'",
        &[who.into()],
    )
}

fn is_locked(world: &World, who: &str) -> bool {
    let sql = "select count(*) from account where address_key = $1 and locked_at is not null";
    world.count(sql, &[who.into()]) == 1
}

#[test]
fn fifty_parallel_wrong_passwords_check_at_most_six() {
    let _turn = turn();
    let world = World::new();
    let mut store = world.store();
    let mut streams = world.streams(PROCESSES);
    for round in 0..ROUNDS {
        let who = format!("person{round}@example.com");
        registered(&mut store, &who);
        let words = burst(&mut streams, &who, &[WRONG; 50]);
        assert_eq!(count(&words, "invalid-credentials"), LIMIT, "{words:?}");
        let others = count(&words, "locked") + count(&words, "throttled");
        assert_eq!(LIMIT + others, words.len(), "{words:?}");
        let counts: Vec<_> = refusals(&world, &who, "wrong-password")
            .iter()
            .map(|detail| detail["count"].as_u64().unwrap())
            .collect();
        assert_eq!(counts, [1, 2, 3, 4, 5, 6]);
        // Beyond twenty in an hour they are one entry with a count, written when the hour has ended (L9).
        assert_eq!(
            refusals(&world, &who, "locked").len(),
            count(&words, "locked").min(20)
        );
        assert!(is_locked(&world, &who));
        assert_eq!(world.details(&who, "locked").len(), 1);
        assert_eq!(lock_mails(&world, &who), 1);
        // Now also the right one.
        assert_eq!(burst(&mut streams[..1], &who, &[PASSWORD]), ["locked"]);
    }
    drop(streams);
    world.assert_whole();
}

#[test]
fn a_right_password_among_five_wrong_ones_gets_in() {
    let _turn = turn();
    let world = World::new();
    let mut store = world.store();
    let mut streams = world.streams(PROCESSES);
    for round in 0..ROUNDS {
        let who = format!("person{round}@example.com");
        registered(&mut store, &who);
        let mut passwords = [WRONG; LIMIT];
        passwords[round % LIMIT] = PASSWORD;
        let words = burst(&mut streams, &who, &passwords);
        assert_eq!(words[round % LIMIT], "signed-in", "{words:?}");
        assert_eq!(count(&words, "invalid-credentials"), LIMIT - 1, "{words:?}");
        assert_eq!(refusals(&world, &who, "wrong-password").len(), LIMIT - 1);
        assert!(!is_locked(&world, &who));
        assert_eq!(world.details(&who, "signed-in").len(), 1);
    }
}

#[test]
fn a_right_password_among_many_wrong_ones_is_told_what_the_audit_says() {
    let _turn = turn();
    let world = World::new();
    let mut store = world.store();
    let mut streams = world.streams(PROCESSES);
    for round in 0..6 {
        let who = format!("person{round}@example.com");
        registered(&mut store, &who);
        let mut passwords = [WRONG; 50];
        let right = 9 * round;
        passwords[right] = PASSWORD;
        let words = burst(&mut streams, &who, &passwords);
        let got_in = words[right] == "signed-in";
        assert!(
            got_in || ["locked", "throttled"].contains(&words[right].as_str()),
            "{words:?}"
        );
        assert_eq!(world.details(&who, "signed-in").len(), usize::from(got_in));
        let wrong = refusals(&world, &who, "wrong-password").len();
        assert_eq!(count(&words, "invalid-credentials"), wrong);
        // A completed sign-in starts the count again: before it at most five were looked at besides the right one.
        assert!(
            wrong <= LIMIT + if got_in { LIMIT - 1 } else { 0 },
            "{words:?}"
        );
        assert_eq!(
            is_locked(&world, &who),
            count(&words, "locked") > 0,
            "{words:?}"
        );
        assert_eq!(lock_mails(&world, &who), i64::from(is_locked(&world, &who)));
    }
    drop(streams);
    world.assert_whole();
}

#[test]
fn fifty_parallel_right_passwords_all_get_in() {
    let _turn = turn();
    let world = World::new();
    let mut store = world.store();
    let mut streams = world.streams(PROCESSES);
    for round in 0..3 {
        let who = format!("person{round}@example.com");
        registered(&mut store, &who);
        let mut waiting = 50;
        // On a slow machine somebody may be asked to try again; nobody is refused, and in the end all are in.
        while waiting > 0 {
            let words = burst(&mut streams, &who, &vec![PASSWORD; waiting]);
            let in_now = count(&words, "signed-in");
            assert!(in_now > 0, "{words:?}");
            assert_eq!(in_now + count(&words, "throttled"), waiting, "{words:?}");
            waiting -= in_now;
        }
        assert_eq!(world.details(&who, "signed-in").len(), 50);
        assert_eq!(refusals(&world, &who, "locked").len(), 0);
        assert!(!is_locked(&world, &who));
        let counters = "select wrong + open_tries from account where address_key = $1";
        assert_eq!(world.count(counters, &[(&who).into()]), 0);
    }
    drop(streams);
    world.assert_whole();
}

/// After one change of a password among many tries with the old one: who was there before the change is refused without
/// being counted, who comes after it has typed a wrong password, and no try stays open.
fn assert_every_try_has_ended(world: &World, who: &str, words: &[String]) {
    let number = |column: &str| {
        let sql = format!("select {column} from account where address_key = $1");
        world.count(&sql, &[who.into()])
    };
    assert_eq!(number("open_tries"), 0, "{words:?}");
    let wrong = refusals(world, who, "wrong-password").len();
    let changed = refusals(world, who, "password-changed").len();
    assert_eq!(
        count(words, "invalid-credentials"),
        wrong + changed,
        "{words:?}"
    );
    assert_eq!(number("wrong"), i64::try_from(wrong).unwrap(), "{words:?}");
    assert_eq!(is_locked(world, who), wrong == LIMIT, "{words:?}");
}

const CHANGERS: usize = 16;

#[test]
fn sixteen_changes_of_one_password_at_once_leave_no_try_open() {
    let _turn = turn();
    let world = World::new();
    let mut store = world.store();
    let mut streams = world.streams(CHANGERS);
    for round in 0..rounds(8) {
        let who = format!("person{round}@example.com");
        registered(&mut store, &who);
        let requests: Vec<_> = (0..CHANGERS)
            .map(|id| {
                let new = format!("the new password number {id}");
                json!({"op": "change-password", "ip": null, "id": id, "address": who, "password": PASSWORD, "new_password": new})
            })
            .collect();
        let words = ask(&mut streams, &requests);
        assert_eq!(count(&words, "password-set"), 1, "{words:?}");
        assert_every_try_has_ended(&world, &who, &words);
    }
    drop(streams);
    world.assert_whole();
}

#[test]
fn a_reset_beside_devices_with_the_old_password_leaves_no_try_open() {
    let _turn = turn();
    let world = World::new();
    let mut store = world.store();
    let mut streams = world.streams(CHANGERS);
    for round in 0..rounds(8) {
        let who = format!("person{round}@example.com");
        registered(&mut store, &who);
        let token = reset_link(&mut store, &who);
        let mut requests: Vec<_> = (0..CHANGERS)
            .map(|id| sign_in(id, &who, PASSWORD))
            .collect();
        requests[round % CHANGERS] = json!({
            "op": "reset-password", "id": round % CHANGERS, "token": token.as_str(),
            "password": "the new password of theirs",
        });
        let words = ask(&mut streams, &requests);
        assert_eq!(words[round % CHANGERS], "password-set", "{words:?}");
        assert_every_try_has_ended(&world, &who, &words);
    }
    drop(streams);
    world.assert_whole();
}
