//! Many processes change one store at once, and each compares it with what was last seen of it: nobody who is honest is
//! told that it is an older copy (U4).

use std::collections::BTreeSet;
use std::sync::{Barrier, Mutex};
use std::thread;

use admit::store::Fault;
use admit::vault::{LastSeen, LastSeenList};
use rustix::process::Signal;
use serde_json::json;

use super::{PASSWORD, Process, World, invitation, turn};

/// Who runs one command after another, at the same time as the others.
const WORKERS: usize = 8;
/// How many commands each of them runs.
const EACH: usize = 20;
/// Services that opened the store before all that, and change it meanwhile.
const STREAMS: usize = 4;

fn identity(world: &World) -> [u8; 16] {
    *world.store().vault().store_id()
}

#[test]
fn nobody_among_many_writers_is_told_that_the_store_is_an_older_copy() {
    let _turn = turn();
    let world = World::new();
    let list = LastSeenList::beside(&world.path().join(".config/admit/key"));
    let identity = identity(&world);
    let mut streams = world.streams(STREAMS);
    register_in_each(&world, &mut streams, "before");
    let (barrier, passed) = (Barrier::new(WORKERS), Mutex::new(BTreeSet::new()));
    thread::scope(|threads| {
        for worker in 0..WORKERS {
            let (world, list, barrier, passed) = (&world, &list, &barrier, &passed);
            threads.spawn(move || {
                barrier.wait();
                let mut last = 0;
                for round in 0..EACH {
                    let who = format!("p{worker}x{round}@example.com");
                    let ran = if round % 4 == 3 {
                        world.run(&["list", "-o", "plain"])
                    } else {
                        world.run(&["invite", &who, "--no-mail", "--quiet"])
                    };
                    assert_eq!(ran.code, Some(0), "{ran:?}");
                    // What is beside the key goes forward only.
                    let seen = list.of(&identity)[0].seen.seq;
                    assert!(seen >= last, "{seen} after {last}");
                    last = seen;
                    passed.lock().unwrap().insert(seen);
                }
            });
        }
    });
    register_in_each(&world, &mut streams, "after");
    for stream in streams {
        assert_eq!(stream.end().code(), Some(0));
    }
    assert!(passed.lock().unwrap().len() > EACH, "they did not meet");
    let invited = WORKERS * EACH * 3 / 4 + 2 * STREAMS;
    assert_eq!(world.entries("invited"), i64::try_from(invited).unwrap());
    world.assert_whole();
    let mut sighting = list.of(&identity).remove(0);
    assert_eq!(sighting.seen, head(&world));
    // The control: a store that ends one entry before what was seen is refused.
    sighting.seen.seq += 1;
    list.note(&identity, &sighting, &[]).unwrap();
    let ran = world.run(&["list"]);
    assert!(
        ran.code == Some(4) && ran.err.contains("older copy"),
        "{ran:?}"
    );
}

/// Each service changes something.
fn register_in_each(world: &World, streams: &mut [Process], when: &str) {
    let mut store = world.store();
    for (at, stream) in streams.iter_mut().enumerate() {
        let token = invitation(
            &mut store,
            &format!("{when}{at}@example.com"),
            "main",
            false,
        );
        let request =
            json!({"op": "register", "id": at, "token": token.as_str(), "password": PASSWORD});
        stream.write(&format!("{request}\n"));
        assert_eq!(stream.answer()["answer"], "registered");
    }
}

/// How far the store has come.
fn head(world: &World) -> LastSeen {
    world
        .store()
        .read(|tx| {
            let head = tx.audit_head()?;
            Ok::<_, Fault>(LastSeen {
                epoch: tx.creation()?.1,
                seq: head.seq,
                hash: head.hash,
            })
        })
        .unwrap()
}

/// What a service acknowledged is written down before it answers, whichever way it is ended afterwards.
#[test]
fn what_a_service_acknowledged_was_seen_also_when_it_is_killed() {
    let _turn = turn();
    let world = World::new();
    let list = LastSeenList::beside(&world.path().join(".config/admit/key"));
    let identity = identity(&world);
    for (round, signal) in [Signal::KILL, Signal::TERM, Signal::INT]
        .into_iter()
        .enumerate()
    {
        let mut streams = world.streams(1);
        register_in_each(&world, &mut streams, &format!("round{round}x"));
        let stream = streams.remove(0);
        stream.signal(signal);
        assert_eq!(list.of(&identity)[0].seen, head(&world), "{signal:?}");
    }
}
