use admit::domain::account::{Account, Disabled, PasswordFacts};
use admit::domain::lockout::{Lock, LockFacts, LockLimits};
use admit::store::{Fault, NewAccount, Tx};

use crate::support::bench_store::{ADA, BOB, Lab, START, address, at, on_each_engine};

const LIMITS: LockLimits = LockLimits {
    wrong_codes: 6,
    wrong_passwords: 3,
    locks_in_a_row: Some(2),
};
const ONCE: Lock = Lock {
    streak: 1,
    permanent: false,
    guessing: admit::domain::lockout::Guessing::Passwords,
};

pub(super) fn add(tx: &mut Tx<'_>, who: &str) -> Result<Account, Fault> {
    tx.add_account(&NewAccount {
        address: &address(who),
        name: Some("Ada Ünal"),
        phone: Some("+441234567890"),
        lang: Some("en"),
        created_at: at(START),
    })
}

/// Ada, added.
fn ada(lab: &mut Lab) -> i64 {
    lab.settle(|tx| add(tx, ADA).map(drop));
    lab.account(ADA).id
}

#[test]
fn an_account_comes_back_as_it_was_added() {
    on_each_engine(|lab| {
        assert!(!lab.look(|tx| tx.has_accounts()));
        let id = ada(lab);
        assert!(lab.look(|tx| tx.has_accounts()));
        let account = lab.look(|tx| tx.account_by_id(id)).unwrap();
        assert_eq!(account.address.as_str(), ADA);
        assert_eq!(account.name.as_deref(), Some("Ada Ünal"));
        assert_eq!(account.phone.as_deref(), Some("+441234567890"));
        assert_eq!(account.lang.as_deref(), Some("en"));
        assert_eq!(account.created_at, at(START));
        assert_eq!((account.password, account.disabled), (None, None));
        assert_eq!(
            (account.lock, account.last_sign_in_at),
            (LockFacts::default(), None)
        );
    });
}

#[test]
fn one_address_belongs_to_one_account_however_it_is_spelled() {
    on_each_engine(|lab| {
        let id = ada(lab);
        let found = lab
            .look(|tx| tx.account(&address("ADA@Example.COM")))
            .unwrap();
        assert_eq!(found.id, id);
        let second = lab
            .store
            .change(|tx| add(tx, "Ada@example.com").map(admit::store::Done::unrecorded));
        assert!(matches!(second, Err(Fault::Duplicate(_))), "{second:?}");
        assert!(lab.look(|tx| tx.account_by_id(id + 1)).is_none());
        assert!(lab.find(BOB).is_none());
    });
}

#[test]
fn name_phone_and_language_can_be_written_and_nothing_else_moves() {
    on_each_engine(|lab| {
        ada(lab);
        let mut account = lab.account(ADA);
        account.name = None;
        account.phone = Some("+15550100".into());
        account.lang = Some("de".into());
        lab.settle(|tx| tx.update_person(&account));
        let after = lab.account(ADA);
        assert_eq!(after.name, None);
        assert_eq!(after.phone.as_deref(), Some("+15550100"));
        assert_eq!(after.lang.as_deref(), Some("de"));
        assert_eq!(after.created_at, account.created_at);
        assert_eq!(after.reference, account.reference);
    });
}

#[test]
fn a_password_opens_the_lock_clears_the_count_and_keeps_the_streak() {
    on_each_engine(|lab| {
        let id = ada(lab);
        assert_eq!(lab.look(|tx| tx.password_hash(id)), None);
        let account = lab.account(ADA);
        lab.settle(|tx| {
            tx.reserve_try(id, LIMITS, at(START))?;
            tx.count_wrong(&account, 0, Some("192.0.2.1"), at(START))?;
            tx.lock_account(id, ONCE, at(START)).map(drop)
        });
        lab.settle(|tx| tx.set_password(id, "first", 15, at("2026-03-02T00:00:00Z")));
        let after = lab.account(ADA);
        let lock = LockFacts {
            round: 2,
            streak: 1,
            last_try_at: Some(at(START)),
            ..LockFacts::default()
        };
        assert_eq!(
            after.lock, lock,
            "the lock and the password each began a round"
        );
        let facts = PasswordFacts {
            set_at: at("2026-03-02T00:00:00Z"),
            met_length: 15,
            voided_at: None,
        };
        assert_eq!(after.password, Some(facts));
        assert_eq!(
            lab.look(|tx| tx.password_hash(id)).as_deref(),
            Some("first")
        );
    });
}

#[test]
fn a_password_does_not_open_a_permanent_lock() {
    on_each_engine(|lab| {
        let id = ada(lab);
        lab.settle(|tx| {
            tx.lock_account(
                id,
                Lock {
                    streak: 3,
                    permanent: true,
                    guessing: admit::domain::lockout::Guessing::Passwords,
                },
                at(START),
            )
            .map(drop)
        });
        lab.settle(|tx| tx.set_password(id, "new", 15, at(START)));
        let lock = lab.account(ADA).lock;
        assert_eq!(
            (lock.permanent_at, lock.locked_at),
            (Some(at(START)), Some(at(START)))
        );
    });
}

#[test]
fn a_hash_is_replaced_only_where_it_is_still_the_old_one() {
    on_each_engine(|lab| {
        let id = ada(lab);
        lab.settle(|tx| tx.set_password(id, "first", 15, at(START)));
        lab.settle(|tx| {
            assert!(!tx.rehash_password(id, "other", "second")?);
            assert!(tx.rehash_password(id, "first", "second")?);
            assert!(!tx.rehash_password(id, "first", "third")?);
            Ok(())
        });
        assert_eq!(
            lab.look(|tx| tx.password_hash(id)).as_deref(),
            Some("second")
        );
        assert_eq!(lab.account(ADA).password.unwrap().met_length, 15);
    });
}

#[test]
fn voiding_needs_a_password_and_a_new_one_ends_it() {
    on_each_engine(|lab| {
        let id = ada(lab);
        lab.settle(|tx| tx.void_password(id, at(START)));
        assert_eq!(lab.account(ADA).password, None);
        lab.settle(|tx| tx.set_password(id, "first", 15, at(START)));
        lab.settle(|tx| tx.void_password(id, at("2026-03-03T00:00:00Z")));
        let voided = lab.account(ADA).password.unwrap().voided_at;
        assert_eq!(voided, Some(at("2026-03-03T00:00:00Z")));
        lab.settle(|tx| tx.set_password(id, "second", 8, at("2026-03-04T00:00:00Z")));
        assert_eq!(lab.account(ADA).password.unwrap().voided_at, None);
    });
}

#[test]
fn no_more_tries_are_reserved_than_the_limit_allows() {
    on_each_engine(|lab| {
        let id = ada(lab);
        lab.settle(|tx| {
            for _ in 0..3 {
                assert!(tx.reserve_try(id, LIMITS, at(START))?);
            }
            assert!(!tx.reserve_try(id, LIMITS, at(START))?);
            Ok(())
        });
        let lock = lab.account(ADA).lock;
        assert_eq!(
            (lock.open_tries, lock.wrong, lock.last_try_at),
            (3, 0, Some(at(START)))
        );
        let account = lab.account(ADA);
        lab.settle(|tx| {
            assert_eq!(tx.count_wrong(&account, 0, None, at(START))?, Some(1));
            assert!(
                !tx.reserve_try(id, LIMITS, at(START))?,
                "a verdict does not make room"
            );
            tx.release_try(id, 0)?;
            assert!(
                tx.reserve_try(id, LIMITS, at(START))?,
                "a right password does"
            );
            Ok(())
        });
    });
}

#[test]
fn a_verdict_from_before_a_clearing_no_longer_counts() {
    on_each_engine(|lab| {
        let id = ada(lab);
        lab.settle(|tx| tx.reserve_try(id, LIMITS, at(START)).map(drop));
        let before = lab.account(ADA);
        lab.settle(|tx| tx.clear_tries(id, at("2026-03-01T12:00:01Z")));
        lab.settle(|tx| tx.reserve_try(id, LIMITS, at(START)).map(drop));
        lab.settle(|tx| {
            assert_eq!(
                tx.count_wrong(&before, before.lock.round, None, at(START))?,
                None
            );
            tx.release_try(id, before.lock.round)
        });
        let lock = lab.account(ADA).lock;
        assert_eq!(
            (lock.wrong, lock.open_tries),
            (0, 1),
            "the try of the new round stays open"
        );
        assert_eq!(
            lab.account(ADA).last_sign_in_at,
            Some(at("2026-03-01T12:00:01Z"))
        );
    });
}

#[test]
fn the_row_of_wrong_passwords_remembers_its_ends_and_every_source() {
    on_each_engine(|lab| {
        let id = ada(lab);
        let many = LockLimits {
            wrong_codes: 6,
            wrong_passwords: 100,
            locks_in_a_row: None,
        };
        for (index, ip) in ["1", "2", "1", "3", "4", "5", "6"].iter().enumerate() {
            let when = at(&format!("2026-03-01T12:00:0{index}Z"));
            let ip = format!("192.0.2.{ip}");
            let account = lab.account(ADA);
            lab.settle(|tx| {
                tx.reserve_try(id, many, when)?;
                tx.count_wrong(&account, 0, Some(&ip), when).map(drop)
            });
        }
        let lock = lab.account(ADA).lock;
        assert_eq!((lock.wrong, lock.open_tries), (7, 0));
        assert_eq!(lock.first_wrong_at, Some(at("2026-03-01T12:00:00Z")));
        assert_eq!(lock.last_wrong_at, Some(at("2026-03-01T12:00:06Z")));
        assert_eq!(
            lock.wrong_from,
            [
                "192.0.2.1",
                "192.0.2.2",
                "192.0.2.3",
                "192.0.2.4",
                "192.0.2.5",
                "192.0.2.6"
            ]
        );
    });
}

#[test]
fn locking_twice_keeps_the_first_time() {
    on_each_engine(|lab| {
        let id = ada(lab);
        lab.settle(|tx| {
            assert!(tx.lock_account(id, ONCE, at(START))?);
            assert!(!tx.lock_account(
                id,
                Lock {
                    streak: 2,
                    permanent: true,
                    guessing: admit::domain::lockout::Guessing::Passwords,
                },
                at("2026-03-01T12:01:00Z")
            )?);
            assert!(
                !tx.reserve_try(id, LIMITS, at(START))?,
                "nothing is tried while locked"
            );
            Ok(())
        });
        let lock = lab.account(ADA).lock;
        assert_eq!(
            (lock.locked_at, lock.permanent_at, lock.streak),
            (Some(at(START)), None, 1)
        );
    });
}

#[test]
fn opening_a_lock_keeps_the_streak_unless_told_otherwise() {
    on_each_engine(|lab| {
        let id = ada(lab);
        let by_hand = Disabled {
            at: at(START),
            until: None,
            reason: "left".into(),
        };
        for (clears, streak) in [(false, 1), (true, 0)] {
            lab.settle(|tx| {
                tx.lock_account(id, ONCE, at(START))?;
                tx.disable_account(id, &by_hand)
            });
            assert_eq!(lab.account(ADA).disabled.as_ref(), Some(&by_hand));
            lab.settle(|tx| tx.open_lock(id, clears));
            let account = lab.account(ADA);
            assert_eq!(
                (account.lock.streak, account.lock.is_locked()),
                (streak, false)
            );
            assert_eq!(account.disabled, None);
        }
        lab.settle(|tx| tx.lock_account(id, ONCE, at(START)).map(drop));
        lab.settle(|tx| tx.open_lock(id, false));
        lab.settle(|tx| tx.clear_tries(id, at(START)));
        assert_eq!(
            lab.account(ADA).lock.streak,
            0,
            "a completed sign-in ends the streak"
        );
    });
}

#[test]
fn addresses_are_found_by_their_beginning_and_their_neighbourhood() {
    on_each_engine(|lab| {
        for who in [
            "adam@example.com",
            ADA,
            "bea@example.com",
            "zoe@example.com",
            "ada@other.example",
        ] {
            lab.settle(|tx| add(tx, who).map(drop));
        }
        let found = lab.look(|tx| tx.addresses_with_prefix("ada", 10));
        assert_eq!(found, [ADA, "ada@other.example", "adam@example.com"]);
        assert_eq!(lab.look(|tx| tx.addresses_with_prefix("ada", 1)), [ADA]);
        assert_eq!(lab.look(|tx| tx.addresses_with_prefix("%", 10)), [""; 0]);
        let near = lab.look(|tx| tx.addresses_near("ada@exmaple.com"));
        assert!(near.iter().any(|found| found == ADA), "{near:?}");
        let near = lab.look(|tx| tx.addresses_near("xoe@example.com"));
        assert!(
            near.iter().any(|found| found == "zoe@example.com"),
            "{near:?}"
        );
    });
}

#[test]
fn erasing_takes_everything_that_belongs_to_the_person() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let session = lab
            .signed_in(ADA, crate::support::bench_store::PASSWORD)
            .session;
        lab.reset(ADA, &admit::ops::reset_password::Reset::default())
            .unwrap();
        lab.member(BOB);
        let id = lab.account(ADA).id;
        lab.settle(|tx| tx.erase_account(id));
        assert!(lab.find(ADA).is_none());
        assert!(lab.look(|tx| tx.session(&session.hash())).is_none());
        assert_eq!(lab.look(|tx| tx.mail_of(id, 10)).len(), 0);
        assert_eq!(lab.look(|tx| tx.accesses(id)), []);
        for table in ["link", "session", "ticket", "outbox", "access"] {
            let left: i64 = lab.raw().one(
                &format!("select count(*) from {table} where account_id = $1"),
                &[id.into()],
            );
            assert_eq!(left, 0, "{table}");
        }
        assert_eq!(lab.account_status(BOB), "active");
        assert_eq!(lab.store.check().unwrap(), [""; 0]);
    });
}

#[test]
fn many_who_are_expected_are_found_or_not_as_one_by_one() {
    on_each_engine(|lab| {
        ada(lab);
        let all = [ADA, BOB, "CYD@example.com"].map(address);
        lab.settle(|tx| {
            tx.expect_many(&all)?;
            assert!(tx.account(&all[0])?.is_some());
            assert!(tx.account(&all[1])?.is_none());
            let bob = add(tx, BOB)?;
            assert_eq!(tx.account(&all[1])?.map(|found| found.id), Some(bob.id));
            // Somebody comes to have an address that nobody was expected to have.
            tx.set_address(bob.id, &address("cyd@example.com"))?;
            assert_eq!(tx.account(&all[2])?.map(|found| found.id), Some(bob.id));
            assert!(tx.account(&all[1])?.is_none());
            tx.expect_many(&[])?;
            assert_eq!(tx.account(&all[2])?.map(|found| found.id), Some(bob.id));
            Ok(())
        });
        assert_eq!(lab.look(|tx| tx.count_accounts()), 2);
    });
}
