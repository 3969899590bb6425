//! A new key takes over: killed at any moment, and by several at once, while people sign in.

use std::fs;
use std::thread;
use std::time::{Duration, Instant};

use admit::store::Done;
use admit::vault::{Entropy, KeyId, TotpSecret, keyfile};
use jiff::Timestamp;
use rustix::process::{Pid, Signal, kill_process};

use super::{PASSWORD, Process, World, registered, run_at_once, sign_in, some_of, turn};
use crate::engine::ONE_ROUND_IN;
use crate::support::cell::Cell;

const ON_A_FILE: bool = ONE_ROUND_IN == 1;
const PEOPLE: usize = if ON_A_FILE { 3_000 } else { 1_200 };
/// Every so many have an authenticator.
const WITH_AUTHENTICATOR: usize = 10;
const KILLS: usize = if ON_A_FILE { 30 } else { 8 };
/// So many of them at least fall between two batches.
const MIDWAY: usize = if ON_A_FILE { 5 } else { 2 };

/// So often four change the key at once.
const ROUNDS: usize = if ON_A_FILE { 3 } else { 1 };

/// A store of some thousands of people.
fn crowd() -> World {
    let world = World::new();
    let lines: Vec<String> = (0..PEOPLE)
        .map(|number| format!("person{number}@example.com\n"))
        .collect();
    let file = world.path().join("people");
    fs::write(&file, lines.concat()).unwrap();
    let words = ["invite", "--yes", "--quiet", "--no-mail", "--from"];
    let ran = world.run(&[&words[..], &[file.to_str().unwrap()]].concat());
    assert_eq!(ran.code, Some(0), "{}", ran.err);
    let now = Timestamp::from_second(1_772_442_000).unwrap();
    world.change(|tx| {
        for id in (1..=PEOPLE).step_by(WITH_AUTHENTICATOR) {
            let account = tx.account_by_id(i64::try_from(id).unwrap())?.unwrap();
            tx.set_factor(&account, &secret(account.id), 1, now)?;
        }
        Ok(Done::unrecorded(()))
    });
    world
}

fn secret(id: i64) -> TotpSecret {
    TotpSecret::random(&Entropy::seeded(u64::try_from(id).unwrap())).unwrap()
}

fn ids(world: &World) -> Vec<KeyId> {
    let ring = keyfile::load(&world.path().join(".config/admit/key")).unwrap();
    ring.ids().collect()
}

fn key_in_use(world: &World) -> KeyId {
    KeyId::from_stored(world.count("select key_id from store", &[]))
}

/// How many boxes a key has sealed.
fn boxes(world: &World, key: KeyId) -> i64 {
    let of = |column: &str, table: &str| {
        let sql = format!("select count(*) from {table} where substr({column}, 2, 4) = $1");
        world.count(&sql, &[Cell::Blob(key.as_bytes().to_vec())])
    };
    of("audit_key", "account") + of("secret", "second_factor")
}

fn all_boxes() -> i64 {
    i64::try_from(PEOPLE + PEOPLE.div_ceil(WITH_AUTHENTICATOR)).unwrap()
}

/// Whatever was sealed opens, whichever key it is that did it.
fn assert_opens(world: &World) {
    let mut store = world.store();
    store
        .read(|tx| {
            for id in (1..=PEOPLE).step_by(WITH_AUTHENTICATOR) {
                let account = tx.account_by_id(i64::try_from(id).unwrap())?.unwrap();
                let factor = tx.second_factor(&account)?.unwrap();
                assert_eq!(factor.secret.as_bytes(), secret(account.id).as_bytes());
            }
            let mut people = 0;
            tx.each_audit_entry(&admit::store::AuditFilter::default(), |entry| {
                assert_eq!(entry.needs_key, None, "{}", entry.seq);
                people += usize::from(entry.personal.address.is_some());
                Ok::<_, admit::store::Fault>(true)
            })?;
            assert_eq!(people, PEOPLE);
            Ok::<_, admit::store::Fault>(())
        })
        .unwrap();
}

/// On a server the first run makes the key only. Where a change of keys is under way there is nothing to prepare.
fn prepared(world: &World) {
    if !ON_A_FILE {
        let ran = world.run(&["store", "rekey", "--prepare"]);
        assert!([Some(0), Some(4)].contains(&ran.code), "{}", ran.err);
    }
}

/// A change of keys from its beginning, or from where it was left, to its end.
fn to_the_end(world: &World) {
    prepared(world);
    let ran = world.run(&["store", "rekey"]);
    assert_eq!(ran.code, Some(0), "{}", ran.err);
}

/// Everything is sealed with one key; every key that was ever made was moved to, and no other was.
fn assert_one_key(world: &World) {
    let current = key_in_use(world);
    assert_eq!(ids(world)[0], current, "no key waits");
    assert_eq!(boxes(world, current), all_boxes());
    let moves = world.entries("store-rekeyed");
    assert_eq!(i64::try_from(ids(world).len()).unwrap(), 1 + moves);
    assert_eq!(world.entries("store-resealed"), moves);
}

#[test]
fn a_rekey_killed_at_any_moment_is_gone_on_with() {
    let _turn = turn();
    let world = crowd();
    let start = Instant::now();
    to_the_end(&world);
    let lasts = start.elapsed();
    assert_one_key(&world);

    let (mut kills, mut midway) = (0, 0);
    while kills < KILLS || midway < MIDWAY {
        prepared(&world);
        let mut process = Process::unheard(&mut world.command(&["store", "rekey"]));
        process.input = None;
        thread::sleep(some_of(lasts.mul_f64(1.1)));
        let before = process.child.try_wait().unwrap();
        drop(process);
        world.place().settle();
        kills += 1;
        assert!(kills < 10 * KILLS, "no kill meets it in the middle");
        let sealed = boxes(&world, key_in_use(&world));
        midway += usize::from(before.is_none() && 0 < sealed && sealed < all_boxes());
        assert!(ids(&world).contains(&key_in_use(&world)));
        assert_opens(&world);
        if kills % 3 == 0 {
            to_the_end(&world);
            assert_one_key(&world);
        }
    }
    // A killed run may have left a key that waits, or a change that is under way: the next one ends it.
    to_the_end(&world);
    assert_one_key(&world);
    assert_opens(&world);
    world.assert_whole();
}

#[test]
fn ctrl_c_stops_it_between_two_batches() {
    let _turn = turn();
    let world = crowd();
    let old = key_in_use(&world);
    let db = world.db();
    prepared(&world);
    let mut process = Process::unheard(&mut world.command(&["store", "rekey"]));
    process.input = None;
    let start = Instant::now();
    while db.one::<i64>(
        "select count(*) from audit where action = 'store-rekeyed'",
        &[],
    ) == 0
    {
        assert!(start.elapsed() < super::PATIENCE);
        thread::sleep(Duration::from_millis(1));
    }
    let pid = Pid::from_child(&process.child);
    kill_process(pid, Signal::INT).unwrap();
    assert_eq!(process.child.wait().unwrap().code(), Some(1));
    let new = key_in_use(&world);
    let sealed = boxes(&world, new);
    assert!(
        new != old && sealed < all_boxes(),
        "it came to its end: {sealed}"
    );
    assert_eq!(sealed % 500, 0, "whole batches");
    let ran = world.run(&["store", "rekey"]);
    assert_eq!((ran.code, key_in_use(&world)), (Some(0), new));
    assert_one_key(&world);
    assert_opens(&world);
}

#[test]
fn several_at_once_do_no_harm_and_people_sign_in_meanwhile() {
    let _turn = turn();
    let world = crowd();
    registered(&mut world.store(), "ada@example.com");
    let mut stream = Process::start(&mut world.command(&["gate", "stream"]));
    let mut id = 0;
    let mut enter = |stream: &mut Process| {
        stream.write(&format!("{}\n", sign_in(id, "ada@example.com", PASSWORD)));
        let answer = stream.answer();
        assert_eq!(answer["ok"], true, "{answer}");
        id += 1;
    };
    for _ in 0..ROUNDS {
        prepared(&world);
        enter(&mut stream);
        thread::scope(|scope| {
            let rekeys = scope.spawn(|| {
                let words = ["store", "rekey"];
                let command = || (world.command(&words), "", Duration::ZERO);
                run_at_once((0..4).map(|_| command()).collect())
            });
            while !rekeys.is_finished() {
                enter(&mut stream);
            }
            for ran in rekeys.join().unwrap() {
                assert_eq!(ran.code, Some(0), "{}{}", ran.out, ran.err);
            }
        });
    }
    drop(stream);
    let current = key_in_use(&world);
    assert_eq!(boxes(&world, current), all_boxes() + 1);
    let moves = world.entries("store-rekeyed");
    let keys = i64::try_from(ids(&world).len()).unwrap();
    // On a server somebody who comes last makes one that waits.
    assert!(keys == 1 + moves || !ON_A_FILE && keys == 2 + moves);
    let rounds = i64::try_from(ROUNDS).unwrap();
    assert!((rounds..=4 * rounds).contains(&moves), "{moves}");
    world.assert_whole();
}
