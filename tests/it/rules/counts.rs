//! L8: whatever becomes of a try, it ends as a wrong one or is given back. An account never locks after tries none of
//! which was wrong.

use std::cell::{Cell, RefCell};

use admit::domain::lockout::LockLimits;
use admit::ops::OpError;
use admit::ops::backup_codes::backup_codes;
use admit::ops::credentials::Denied;
use admit::ops::password::{Change, Holder, change_password};
use admit::ops::send_code::send_code;
use admit::ops::set_up;
use admit::ops::sign_in::{Credentials, Second, sign_in};
use admit::store::{Done, Fault};
use admit::vault::{Secret, Token};

use crate::support::bench_store::{
    ADA, IP, Lab, OTHER_PASSWORD, PASSWORD, WRONG, at, on_each_engine, secret, word,
};

const SIX: LockLimits = LockLimits {
    wrong_codes: 6,
    wrong_passwords: 6,
    locks_in_a_row: Some(3),
};

fn credentials(password: &Secret<String>) -> Credentials<'_> {
    Credentials {
        address: ADA,
        password,
        panel: "main",
        ticket: None,
        second: Second::default(),
    }
}

/// Wrong passwords, and tries without a verdict.
fn counts(lab: &mut Lab) -> (i64, i64) {
    let lock = lab.account(ADA).lock;
    (lock.wrong, lock.open_tries)
}

/// What a try does that waits for others.
type Try = fn(&mut Lab, &dyn Fn(std::time::Duration)) -> Denied;

fn by_signing_in(lab: &mut Lab, pause: &dyn Fn(std::time::Duration)) -> Denied {
    let (op, old) = (lab.op_from(IP), secret(PASSWORD));
    let answer = sign_in(&mut lab.store, &op, &credentials(&old), pause);
    answer.unwrap().err().expect("not with the old password")
}

fn by_changing_it(lab: &mut Lab, pause: &dyn Fn(std::time::Duration)) -> Denied {
    let (op, old, new) = (
        lab.op_from(IP),
        secret(PASSWORD),
        secret("a third one of theirs"),
    );
    let change = Change {
        holder: Holder::Address(ADA),
        panel: "main",
        old: &old,
        new: &new,
        second: Second::default(),
        ticket: None,
    };
    let answer = change_password(&mut lab.store, &op, &change, pause);
    answer.unwrap().expect_err("not with the old password")
}

/// As many tries as are allowed are under way, one more waits, and the password is changed: through a reset link, or by
/// the first of several who change it.
#[test]
fn a_try_that_waited_for_a_change_of_the_password_counts_for_nothing() {
    let tries: [Try; 2] = [by_signing_in, by_changing_it];
    for work in tries {
        let mut lab = Lab::new();
        lab.member(ADA);
        for round in 0..16 {
            lab.set_clock(&format!("2026-03-01T12:00:{:02}Z", 2 * round));
            let now = lab.now;
            for _ in 0..6 {
                lab.settle(|tx| tx.reserve_try(1, SIX, now).map(drop));
            }
            let phc = lab.look(|tx| tx.password_hash(1)).unwrap();
            let other = RefCell::new(lab.another(100 + round));
            let waits = Cell::new(0);
            // Everybody else gets their verdict, and the password is another one.
            let pause = |_| {
                waits.set(waits.get() + 1);
                let later = now.checked_add(jiff::SignedDuration::from_secs(1)).unwrap();
                let new = admit::vault::HashCost::FLOOR
                    .hash(&secret(OTHER_PASSWORD), &admit::vault::Entropy::seeded(5))
                    .unwrap();
                let set: Result<(), Fault> = other
                    .borrow_mut()
                    .change(|tx| Ok(Done::unrecorded(tx.set_password(1, &new, 15, later)?)));
                set.unwrap();
            };
            let (denied, entries) = lab.entries_of(|lab| work(lab, &pause));
            assert_eq!(
                (denied.reason, denied.cause.as_str(), waits.get()),
                ("invalid-credentials", "password-changed", 1)
            );
            assert_eq!(entries, ["sign-in-refused"]);
            let entry = lab.audit().pop().unwrap();
            assert_eq!(entry.detail["reason"], "password-changed");
            assert_eq!(counts(&mut lab), (0, 0));
            lab.settle(|tx| tx.set_password(1, &phc, 15, now));
        }
        assert_eq!(lab.account_status(ADA), "active");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    }
}

#[test]
fn the_old_password_is_a_wrong_one_from_the_change_on() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.forgot(ADA);
        let token = lab.reset_token(ADA);
        lab.advance(jiff::SignedDuration::from_secs(1));
        lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
        for wrong in 1..=6 {
            assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "invalid-credentials");
            let lock = lab.account(ADA).lock;
            assert_eq!((lock.wrong, lock.open_tries), (wrong, 0));
        }
        assert_eq!(lab.account_status(ADA), "locked");
    });
}

#[test]
fn a_hash_that_cannot_be_read_costs_nobody_a_try() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let phc = lab.look(|tx| tx.password_hash(1)).unwrap();
        lab.settle(|tx| tx.set_password(1, "no hash", 15, at("2026-03-01T12:00:00Z")));
        let (op, password) = (lab.op_from(IP), secret(PASSWORD));
        for _ in 0..16 {
            let answer = sign_in(&mut lab.store, &op, &credentials(&password), &|_| {});
            assert!(matches!(answer, Err(OpError::Store(_))));
            assert_eq!(counts(lab), (0, 0));
        }
        lab.settle(|tx| tx.set_password(1, &phc, 15, at("2026-03-01T12:00:00Z")));
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    });
}

#[test]
fn a_ticket_is_not_used_up_by_a_hash_that_cannot_be_read() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.forgot(ADA);
        let token = lab.reset_token(ADA);
        let ticket = lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
        lab.fail(ADA, 6);
        let set_at = lab.account(ADA).password.unwrap().set_at;
        let phc = lab.look(|tx| tx.password_hash(1)).unwrap();
        let lock = lab.account(ADA).lock;
        let tamper = |lab: &mut Lab, phc: &str| {
            lab.settle(|tx| {
                tx.set_password(1, phc, 15, set_at)?;
                let lock = admit::domain::lockout::Lock {
                    streak: lock.streak,
                    permanent: false,
                    guessing: admit::domain::lockout::Guessing::Passwords,
                };
                tx.lock_account(1, lock, set_at).map(drop)
            });
        };
        tamper(lab, "no hash");
        let (op, password) = (lab.op_from(IP), secret(OTHER_PASSWORD));
        let with = Credentials {
            ticket: Some(&ticket),
            ..credentials(&password)
        };
        assert!(sign_in(&mut lab.store, &op, &with, &|_| {}).is_err());
        tamper(lab, &phc);
        let answer = lab.try_with("main", ADA, OTHER_PASSWORD, IP, Some(&ticket));
        assert_eq!(word(&answer), "signed-in");
    });
}

/// Sixteen times each thing that can follow a right password and is no sign-in.
#[test]
fn nothing_that_follows_a_right_password_leaves_a_try_open() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let session: Token = lab.signed_in(ADA, PASSWORD).session;
        let (op, password) = (lab.op_from(IP), secret(PASSWORD));
        for round in 0..16 {
            for (holder, refused) in [
                (Holder::Address(ADA), "short"),
                (Holder::Session(&session), ADA),
            ] {
                let new = secret(refused);
                let change = Change {
                    holder,
                    panel: "main",
                    old: &password,
                    new: &new,
                    second: Second::default(),
                    ticket: None,
                };
                let changed = change_password(&mut lab.store, &op, &change, &|_| {});
                assert!(matches!(changed, Err(OpError::Refused(_))), "{refused}");
                assert_eq!(counts(lab), (0, 0), "{round}");
            }
            let known = credentials(&password);
            let method = admit::domain::second_factor::Method::Mail;
            let sent = send_code(&mut lab.store, &op, &known, method, &|_| {});
            assert!(sent.unwrap().is_err(), "mail is not open");
            let codes = backup_codes(&mut lab.store, &op, &known, &|_| {});
            assert!(codes.is_err(), "no authenticator");
            set_up::begin(&mut lab.store, &op, &known, &|_| {})
                .unwrap()
                .unwrap();
            assert_eq!(counts(lab), (0, 0), "{round}");
        }
        lab.settle(|tx| tx.set_trial_end(1, Some(at("2026-03-01T12:00:00Z"))));
        for _ in 0..16 {
            assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "trial-ended");
            assert_eq!(counts(lab), (0, 0));
        }
    });
}

/// A lock over tries that died says how many there were.
#[test]
fn an_account_never_locks_after_no_wrong_password() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let now = lab.now;
        for _ in 0..6 {
            lab.settle(|tx| tx.reserve_try(1, SIX, now).map(drop));
        }
        lab.set_clock("2026-03-01T12:00:30Z");
        assert_eq!(word(&lab.sign_in(ADA, WRONG)), "locked");
        let lock = lab.account(ADA).lock;
        assert_eq!((lock.wrong, lock.open_tries), (6, 0));
    });
}
