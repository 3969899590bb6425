//! A gate that dies between the reservation of a try and its verdict (L8).

use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use admit::ops::Op;
use admit::ops::sign_in::{Credentials, sign_in as try_it};
use admit::vault::Secret;

use super::{
    PASSWORD, PATIENCE, Process, WRONG, World, kills, later, op_at, ran, registered, sign_in,
    some_of, turn,
};
use crate::engine::Raw;
use crate::support::cell::FromCell;

const KILLS: usize = kills(50);
/// Wrong passwords that lock.
const LIMIT: i64 = 6;

/// What a person's counters say.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Counters {
    wrong: i64,
    open: i64,
    locked: bool,
    last_try_at: Option<i64>,
}

impl Counters {
    fn of(db: &Raw, who: &str) -> Self {
        let sql = "select wrong, open_tries, locked_at is not null, last_try_at from account \
                   where address_key = $1";
        let row = db.rows(sql, &[who.into()]).unwrap().remove(0);
        let number = |at: usize| i64::from_cell(row[at].clone());
        Self {
            wrong: number(0).unwrap(),
            open: number(1).unwrap(),
            locked: number(2) == Some(1),
            last_try_at: number(3),
        }
    }

    fn sum(self) -> i64 {
        self.wrong + self.open
    }
}

fn one_shot(world: &World) -> Command {
    world.command(&["gate", "sign-in"])
}

fn request(who: &str, password: &str) -> String {
    let mut request = sign_in(0, who, password);
    let map = request.as_object_mut().unwrap();
    map.remove("op");
    map.remove("id");
    request.to_string()
}

/// Why a right password is refused, asked in this process, which waits for nobody.
fn refused_here(world: &World, op: &Op, who: &str) -> &'static str {
    let password = Secret::new(PASSWORD.to_owned());
    let credentials = Credentials {
        address: who,
        password: &password,
        panel: "main",
        ticket: None,
        second: admit::ops::sign_in::Second::default(),
    };
    let answer = try_it(&mut world.store(), op, &credentials, &|_| {}).unwrap();
    answer.err().unwrap().reason
}

/// Starts sign-ins, kills the process, and gives how many tries it may have made. Every other kill comes when the
/// reservation has just been seen; the rest at any time at all.
fn try_and_kill(world: &World, who: &str, before: Counters, kill: usize, lasts: Duration) -> i64 {
    // Now and then a right one, which starts the count again if it comes to its end.
    let password = if kill % 5 == 4 { PASSWORD } else { WRONG };
    let (mut process, tries) = if kill.is_multiple_of(3) {
        let mut process = Process::start(&mut world.command(&["gate", "stream"]));
        process.write(&format!(
            "{}\n{}\n",
            sign_in(0, who, password),
            sign_in(1, who, WRONG)
        ));
        (process, 2)
    } else {
        let mut process = Process::unheard(&mut one_shot(world));
        process.write(&request(who, password));
        process.input = None;
        (process, 1)
    };
    if kill.is_multiple_of(2) {
        thread::sleep(some_of(lasts.mul_f64(1.3)));
    } else {
        let (db, start) = (world.db(), Instant::now());
        while Counters::of(&db, who) == before
            && process.child.try_wait().unwrap().is_none()
            && start.elapsed() < PATIENCE / 10
        {
            thread::sleep(Duration::from_micros(500));
        }
    }
    drop(process);
    world.place().settle();
    tries
}

#[test]
fn a_gate_killed_between_reservation_and_verdict_never_gives_a_try_back() {
    let _turn = turn();
    let world = World::with_dear_passwords();
    let (mut store, db) = (world.store(), world.db());
    registered(&mut store, "clock@example.com");
    let start = Instant::now();
    let answer = ran(&mut one_shot(&world), &request("clock@example.com", WRONG));
    assert_eq!(answer.json()["reason"], "invalid-credentials");
    let lasts = start.elapsed();

    let (mut kills, mut people, mut died_open, mut locked_later) = (0, 0, 0, 0);
    while kills < KILLS || locked_later == 0 {
        people += 1;
        let who = format!("person{people}@example.com");
        registered(&mut store, &who);
        let mut before = Counters::of(&db, &who);
        while before.sum() < LIMIT && !before.locked {
            let signed_in = world.details(&who, "signed-in").len();
            let tries = try_and_kill(&world, &who, before, kills, lasts);
            kills += 1;
            assert!(kills < 4 * KILLS, "tries do not add up: {before:?}");
            let after = Counters::of(&db, &who);
            let completed = world.details(&who, "signed-in").len() > signed_in;
            // A lock takes the place of the tries without a verdict.
            let least = if completed || after.locked {
                0
            } else {
                before.sum()
            };
            assert!(after.sum() >= least, "{before:?} became {after:?}");
            assert!(
                after.sum() <= before.sum() + tries,
                "{before:?} became {after:?}"
            );
            let wrong = world.details(&who, "sign-in-refused").len();
            assert!(after.wrong <= i64::try_from(wrong).unwrap());
            died_open += usize::from(after.open > before.open);
            before = after;
        }
        if before.open > 0 {
            at_the_limit_the_next_try_locks(&world, &who, before);
            locked_later += 1;
        } else {
            assert!(before.locked, "{before:?}");
        }
    }
    assert!(
        died_open >= KILLS / 5,
        "only {died_open} of {kills} died in between"
    );
    world.assert_whole();
}

/// All tries are spent, and some have no verdict. While one could still come the next has to wait; after that it
/// locks, even if it is right, and looks at no password; those without a verdict count as wrong.
fn at_the_limit_the_next_try_locks(world: &World, who: &str, before: Counters) {
    let last = jiff::Timestamp::from_millisecond(before.last_try_at.unwrap()).unwrap();
    let db = world.db();
    assert_eq!(
        refused_here(world, &later(&op_at(last), 29), who),
        "throttled"
    );
    assert_eq!(Counters::of(&db, who), before);

    let late = later(&op_at(last), 30);
    assert_eq!(refused_here(world, &late, who), "locked");
    let after = Counters::of(&db, who);
    assert!(
        after.locked && after.wrong == before.wrong + before.open,
        "{before:?} became {after:?}"
    );
    assert_eq!(world.details(who, "locked").len(), 1);
    let mails = "select count(*) from outbox where address = $1 and kind = 'locked'";
    assert_eq!(world.count(mails, &[who.into()]), 1);
    // And it stays so.
    assert_eq!(refused_here(world, &later(&late, 1), who), "locked");
    assert_eq!(world.count(mails, &[who.into()]), 1);
}
