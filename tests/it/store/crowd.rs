//! Many writers at once: nothing is lost, nothing happens twice, and nobody waits for ever.

use std::sync::Barrier;
use std::thread;
use std::time::Duration;

use admit::domain::event::Action;
use admit::domain::link::LinkPurpose;
use admit::domain::lockout::LockLimits;
use admit::domain::refusal::Refusal;
use admit::ops::OpError;
use admit::ops::register::register;
use admit::ops::sign_in::{Credentials, sign_in};
use admit::store::{Done, Fault, Store};

use super::accounts::add;
use crate::support::bench_store::{ADA, IP, Lab, PASSWORD, START, WRONG, at, secret};

/// Runs `work` in `count` threads, each with a connection of its own, from the same instant on.
fn crowd<T: Send>(lab: &Lab, count: u64, work: impl Fn(u64, &mut Store) -> T + Sync) -> Vec<T> {
    let barrier = Barrier::new(usize::try_from(count).unwrap());
    let stores: Vec<Store> = (0..count).map(|index| lab.another(100 + index)).collect();
    thread::scope(|scope| {
        let threads: Vec<_> = stores
            .into_iter()
            .zip(0..count)
            .map(|(mut store, index)| {
                let (barrier, work) = (&barrier, &work);
                scope.spawn(move || {
                    barrier.wait();
                    work(index, &mut store)
                })
            })
            .collect();
        threads
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    })
}

#[test]
fn eight_writers_lose_no_change_and_the_chain_holds() {
    const WRITERS: u64 = 8;
    const EACH: u64 = 200;
    let mut lab = Lab::new();
    lab.settle(|tx| add(tx, ADA).map(drop));
    let ada = lab.account(ADA);
    let before = lab.head().seq;
    let limits = LockLimits {
        wrong_codes: 6,
        wrong_passwords: 1_000_000,
        locks_in_a_row: None,
    };
    let event = lab.op().event(Action::SettingChanged).about(&ada);
    crowd(&lab, WRITERS, |_, store| {
        for _ in 0..EACH {
            store
                .change(|tx| {
                    assert!(tx.reserve_try(ada.id, limits, at(START))?);
                    let now = tx.account_by_id(ada.id)?.unwrap();
                    tx.count_wrong(&now, 0, Some(IP), at(START))?;
                    tx.record(event.clone())?;
                    Ok::<_, Fault>(Done::recorded(()))
                })
                .unwrap();
        }
    });
    let all = i64::try_from(WRITERS * EACH).unwrap();
    let lock = lab.account(ADA).lock;
    assert_eq!((lock.wrong, lock.open_tries), (all, 0));
    assert_eq!(lab.head().seq, before + all);
    lab.verify();
    assert_eq!(lab.store.check().unwrap(), [""; 0]);
}

#[test]
fn one_of_many_registrations_with_the_same_link_wins() {
    let mut lab = Lab::new();
    for round in 0..3 {
        let who = format!("guest{round}@example.com");
        let link = lab.invite(&who).link_id.unwrap();
        let token = lab.token(link);
        let op = lab.op_from(IP);
        let results = crowd(&lab, 4, |index, store| {
            let password = secret(&format!("{PASSWORD} {index}"));
            register(store, &op, &token, &password, None).map(drop)
        });
        let won = results.iter().filter(|result| result.is_ok()).count();
        assert_eq!(won, 1, "{results:?}");
        for result in results {
            if let Err(OpError::Refused(refusal)) = result {
                assert_eq!(*refusal, Refusal::LinkUsed);
            }
        }
        let account = lab.account(&who);
        let entries = lab.look(|tx| tx.last_events(account.reference, &[Action::Registered], 9));
        assert_eq!(entries.len(), 1);
    }
}

#[test]
fn one_of_many_resets_with_the_same_link_wins() {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.forgot(ADA);
    let token = lab.reset_token(ADA);
    let op = lab.op_from(IP);
    let won = crowd(&lab, 4, |index, store| {
        let password = secret(&format!("{PASSWORD} {index}"));
        admit::ops::password::reset_by_link(store, &op, &token, &password).is_ok()
    });
    assert_eq!(won.iter().filter(|won| **won).count(), 1);
    assert_eq!(
        lab.mail_kinds(ADA)
            .iter()
            .filter(|kind| *kind == "password-changed")
            .count(),
        1
    );
}

#[test]
fn a_burst_of_wrong_passwords_checks_no_more_than_the_limit() {
    let mut lab = Lab::new();
    lab.member(ADA);
    let op = lab.op_from(IP);
    let results = crowd(&lab, 12, |_, store| {
        let password = secret(WRONG);
        let credentials = Credentials {
            address: ADA,
            password: &password,
            panel: "main",
            ticket: None,
            second: admit::ops::sign_in::Second::default(),
        };
        #[expect(
            clippy::disallowed_methods,
            reason = "other threads need the time to come to their verdict"
        )]
        let pause = |time: Duration| thread::sleep(time);
        let answer = sign_in(store, &op, &credentials, &pause).unwrap();
        answer.err().unwrap().reason
    });
    let looked_at = results
        .iter()
        .filter(|reason| **reason == "invalid-credentials")
        .count();
    assert_eq!(looked_at, 6, "{results:?}");
    assert!(
        results
            .iter()
            .all(|reason| ["invalid-credentials", "locked"].contains(reason)),
        "{results:?}"
    );
    let lock = lab.account(ADA).lock;
    assert_eq!((lock.wrong, lock.streak, lock.open_tries), (6, 1, 0));
    let mails = lab
        .mail_kinds(ADA)
        .iter()
        .filter(|kind| *kind == "locked")
        .count();
    assert_eq!(mails, 1, "one lock, one mail");
    assert!(lab.newest(ADA, LinkPurpose::Reset).is_some());
    lab.verify();
}

#[test]
fn two_senders_never_claim_the_same_mail() {
    let mut lab = Lab::new();
    for index in 0..60 {
        lab.invite(&format!("guest{index}@example.com"));
    }
    let claimed = crowd(&lab, 4, |_, store| {
        let mut mine = Vec::new();
        for _ in 0..20 {
            let rows = store
                .change(|tx| {
                    tx.claim_mail(None, 2, jiff::SignedDuration::from_mins(10), at(START))
                        .map(Done::unrecorded)
                })
                .unwrap();
            mine.extend(rows.into_iter().map(|row| row.id));
        }
        mine
    });
    let mut all: Vec<i64> = claimed.into_iter().flatten().collect();
    all.sort_unstable();
    assert_eq!(all, (1..=60).collect::<Vec<_>>());
}

#[test]
#[expect(
    clippy::disallowed_methods,
    reason = "how long the wait lasts is what is measured"
)]
fn a_writer_that_never_lets_go_is_reported_as_busy_and_nothing_was_changed() {
    let mut lab = Lab::new();
    let head = lab.head();
    let holder = lab.raw();
    holder.hold_writers();
    let start = std::time::Instant::now();
    let outcome = lab.run(|tx, scope, op| {
        admit::ops::invite::invite(tx, scope, op, &crate::support::bench_store::invitation(ADA))
    });
    let waited = start.elapsed();
    let Err(OpError::Store(fault)) = outcome else {
        panic!("not busy")
    };
    assert!(
        matches!(fault, Fault::Busy(10)) && fault.is_passing(),
        "{fault}"
    );
    assert!(waited.as_secs() >= 8, "waited {waited:?}");
    assert!(lab.find(ADA).is_none(), "readers go on");
    drop(holder);
    assert_eq!(lab.head(), head);
    lab.invite(ADA);
}
