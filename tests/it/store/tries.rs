//! Tries without a verdict, tries at addresses that nobody has, and what the hashes in the store cost.

use admit::domain::lockout::{LockFacts, LockLimits};
use admit::vault::password::PHC_HEAD;
use admit::vault::{Entropy, HashCost};

use super::accounts::add;
use crate::support::bench_store::{ADA, BOB, Lab, START, at, minutes, on_each_engine, secret};

const KEY: [u8; 32] = [1; 32];
const LONG_AGO: &str = "2026-01-01T00:00:00Z";
const SIX: LockLimits = LockLimits {
    wrong_passwords: 6,
    wrong_codes: 6,
    locks_in_a_row: Some(3),
};

/// Tries and open tries of a stranger.
fn counted(lab: &mut Lab, key: [u8; 32]) -> (i64, i64) {
    let facts = lab.look(|tx| tx.unknown_login(&key, at(LONG_AGO)));
    (facts.wrong, facts.open_tries)
}

#[test]
fn a_strangers_try_is_open_until_it_is_settled() {
    on_each_engine(|lab| {
        let nobody = lab.look(|tx| tx.unknown_login(&KEY, at(LONG_AGO)));
        assert_eq!(nobody, LockFacts::default());
        let now = at(START);
        for open in 1..=3 {
            lab.settle(|tx| tx.reserve_unknown(&KEY, at(LONG_AGO), now));
            assert_eq!(counted(lab, KEY), (0, open));
        }
        lab.settle(|tx| tx.finish_unknown(&KEY, 1));
        assert_eq!(counted(lab, KEY), (1, 2));
        lab.settle(|tx| tx.finish_unknown(&KEY, 0));
        assert_eq!(counted(lab, KEY), (1, 1), "given back");
        lab.settle(|tx| {
            tx.finish_unknown(&KEY, 1)?;
            tx.finish_unknown(&KEY, 0)?;
            tx.finish_unknown(&[9; 32], 1)
        });
        assert_eq!(counted(lab, KEY), (2, 0), "no more than were open");
        assert_eq!(counted(lab, [9; 32]), (0, 0), "nobody tried there");
        let facts = lab.look(|tx| tx.unknown_login(&KEY, at(LONG_AGO)));
        assert_eq!(facts.last_try_at, Some(now));
    });
}

#[test]
fn a_full_count_takes_in_what_died_and_is_kept_from_then() {
    on_each_engine(|lab| {
        let (now, later) = (at(START), at("2026-03-02T12:00:00Z"));
        lab.settle(|tx| {
            tx.reserve_unknown(&KEY, at(LONG_AGO), now)?;
            tx.reserve_unknown(&KEY, at(LONG_AGO), now)?;
            tx.finish_unknown(&KEY, 1)?;
            tx.close_unknown(&KEY, later)
        });
        let facts = lab.look(|tx| tx.unknown_login(&KEY, at(LONG_AGO)));
        assert_eq!(
            (facts.wrong, facts.open_tries, facts.last_try_at),
            (2, 0, Some(later))
        );
    });
}

#[test]
fn a_count_starts_again_when_its_last_try_is_forgotten() {
    on_each_engine(|lab| {
        let now = at(START);
        lab.settle(|tx| {
            tx.reserve_unknown(&KEY, at(LONG_AGO), now)?;
            tx.finish_unknown(&KEY, 1)
        });
        let before = now.checked_sub(minutes(1)).unwrap();
        assert_eq!(lab.look(|tx| tx.unknown_login(&KEY, before)).wrong, 1);
        assert_eq!(
            lab.look(|tx| tx.unknown_login(&KEY, now)),
            LockFacts::default()
        );
        let later = now.checked_add(minutes(1)).unwrap();
        lab.settle(|tx| tx.reserve_unknown(&KEY, before, later));
        assert_eq!(counted(lab, KEY), (1, 1));
        lab.settle(|tx| tx.reserve_unknown(&KEY, later, later));
        assert_eq!(counted(lab, KEY), (0, 1));
    });
}

#[test]
fn counts_are_forgotten_by_their_last_try_and_beyond_a_number() {
    on_each_engine(|lab| {
        lab.settle(|tx| {
            for minute in 0..6 {
                let now = at(START).checked_add(minutes(minute)).unwrap();
                let key = [u8::try_from(minute).unwrap(); 32];
                tx.reserve_unknown(&key, at(LONG_AGO), now)?;
            }
            // A row of the schema before: only when its count began is known.
            let first = at(START);
            assert_eq!(tx.forget_unknown(first, 100)?, 1);
            assert_eq!(tx.forget_unknown(first, 100)?, 0);
            assert_eq!(tx.forget_unknown(first, 5)?, 0);
            assert_eq!(tx.forget_unknown(first, 3)?, 2);
            Ok(())
        });
        let left: Vec<_> = (0..6).map(|key| counted(lab, [key; 32]).1).collect();
        assert_eq!(left, [0, 0, 0, 1, 1, 1], "the newest stay");
    });
}

#[test]
fn tries_that_died_count_as_wrong_from_then_on() {
    on_each_engine(|lab| {
        lab.settle(|tx| {
            let ada = add(tx, ADA)?.id;
            let bob = add(tx, BOB)?.id;
            for id in [ada, ada, bob] {
                assert!(tx.reserve_try(id, SIX, at(START))?);
            }
            tx.count_unanswered(ada)
        });
        let (ada, bob) = (lab.account(ADA).lock, lab.account(BOB).lock);
        assert_eq!((ada.wrong, ada.open_tries), (2, 0));
        assert_eq!((bob.wrong, bob.open_tries), (0, 1));
    });
}

#[test]
fn a_try_at_a_locked_account_is_noted_and_nothing_else() {
    on_each_engine(|lab| {
        lab.settle(|tx| add(tx, ADA).map(drop));
        let (before, now) = (lab.account(ADA), at(START));
        lab.settle(|tx| tx.note_try(before.id, now));
        let mut expected = before.lock;
        expected.last_try_at = Some(now);
        assert_eq!(lab.account(ADA).lock, expected);
    });
}

#[test]
fn the_costs_of_hashes_are_found_one_after_another() {
    on_each_engine(|lab| {
        assert_eq!(lab.look(|tx| tx.password_hash_after("")), None);
        let cheap = |passes| HashCost {
            memory_kib: 64,
            passes,
            lanes: 1,
        };
        let hash = |passes| {
            let entropy = Entropy::seeded(u64::from(passes));
            cheap(passes).hash(&secret("x"), &entropy).unwrap()
        };
        lab.settle(|tx| {
            let (ada, bob) = (add(tx, ADA)?.id, add(tx, BOB)?.id);
            add(tx, "grace@example.com")?;
            tx.set_password(ada, &hash(1), 15, at(START))?;
            tx.set_password(bob, &hash(10), 15, at(START))
        });
        let mut found = Vec::new();
        let mut after = String::new();
        while let Some(head) = lab.look(|tx| tx.password_hash_after(&after)) {
            assert!(head.len() <= PHC_HEAD);
            let cost = HashCost::of_phc(&head).unwrap();
            after = format!("{}%", cost.phc_start());
            found.push(cost);
        }
        assert_eq!(found, [cheap(1), cheap(10)]);
    });
}
