//! L10, A5 and U1's entry an hour: addresses behind which nothing can be locked.

use admit::domain::lockout::LockLimits;
use admit::ops::sign_in::{Credentials, Second, sign_in};
use admit::store::{Done, Fault};

use crate::support::bench_store::{
    ADA, BOB, IP, Lab, PASSWORD, WRONG, at, on_each_engine, secret, word,
};

const SIX: LockLimits = LockLimits {
    wrong_codes: 6,
    wrong_passwords: 6,
    locks_in_a_row: Some(3),
};

const NOBODY: &str = "nobody@example.com";

/// What several tries with a wrong password are answered.
fn words(lab: &mut Lab, who: &str, times: usize) -> Vec<&'static str> {
    (0..times).map(|_| word(&lab.sign_in(who, WRONG))).collect()
}

#[test]
fn an_unknown_address_is_locked_after_as_many_tries() {
    on_each_engine(|lab| {
        assert_eq!(words(lab, NOBODY, 6), ["invalid-credentials"; 6]);
        assert_eq!(word(&lab.sign_in(NOBODY, WRONG)), "locked");
        assert_eq!(
            word(&lab.sign_in(" NOBODY@Example.com", WRONG)),
            "locked",
            "one count a person"
        );
        assert_eq!(
            word(&lab.sign_in("somebody@example.com", WRONG)),
            "invalid-credentials"
        );
    });
}

/// An account keeps its count and its lock until its owner does something; so does an address that nobody has.
#[test]
fn waiting_does_not_tell_an_unknown_address_from_a_known_one() {
    on_each_engine(|lab| {
        // All from one IP, and that is not the subject.
        lab.set_main("wrong-per-ip", "0");
        lab.member(ADA);
        lab.member("grace@example.com");
        lab.invite("unregistered@example.com");
        for (clock, tries) in [
            ("2026-03-01T12:00:00Z", 5),
            ("2026-03-02T13:00:00Z", 2),
            ("2026-03-03T14:00:00Z", 1),
            ("2026-05-01T14:00:00Z", 2),
            ("2026-07-01T14:00:00Z", 1),
        ] {
            lab.set_clock(clock);
            let known = words(lab, ADA, tries);
            for other in [NOBODY, "unregistered@example.com"] {
                assert_eq!(words(lab, other, tries), known, "{other} {clock}");
            }
        }
        assert_eq!(lab.account_status(ADA), "locked");
        // A single early try is not forgotten either.
        for (clock, tries) in [("2026-07-02T12:00:00Z", 1), ("2026-08-02T12:00:00Z", 7)] {
            lab.set_clock(clock);
            let known = words(lab, "grace@example.com", tries);
            assert_eq!(words(lab, "other@example.com", tries), known, "{clock}");
            assert_eq!(known.contains(&"locked"), tries == 7);
        }
    });
}

#[test]
fn a_count_is_forgotten_ninety_days_after_the_last_try() {
    on_each_engine(|lab| {
        words(lab, NOBODY, 7);
        lab.set_clock("2026-05-30T11:59:59.999Z");
        assert_eq!(word(&lab.sign_in(NOBODY, WRONG)), "locked");
        lab.set_clock("2026-08-28T11:59:59.998Z");
        assert_eq!(word(&lab.sign_in(NOBODY, WRONG)), "locked");
        lab.set_clock("2026-11-26T11:59:59.998Z");
        assert_eq!(word(&lab.sign_in(NOBODY, WRONG)), "invalid-credentials");
    });
}

#[test]
fn an_unknown_address_has_the_limit_of_the_strictest_panel_whichever_is_named() {
    on_each_engine(|lab| {
        lab.add_panel(
            "strict",
            &[("wrong-passwords", "2"), ("locks-in-a-row", "2")],
        );
        lab.add_panel("lax", &[("wrong-passwords", "20")]);
        let link = lab.invite_to(ADA, "lax").link_id.unwrap();
        let token = lab.token(link);
        lab.register(&token, PASSWORD).unwrap();
        lab.invite_to(ADA, "strict");
        for who in [ADA, NOBODY] {
            let answers: Vec<_> = (0..3)
                .map(|_| word(&lab.try_in("lax", who, WRONG, IP)))
                .collect();
            let expected = ["invalid-credentials", "invalid-credentials", "locked"];
            assert_eq!(answers, expected, "{who}");
        }
    });
}

/// How a try is answered, and how often it waits, with `open` tries of the same address under way and `wrong` counted.
fn at_once(
    lab: &mut Lab,
    who: &str,
    wrong: usize,
    open: usize,
    clock: &str,
) -> (&'static str, u32) {
    words(lab, who, wrong);
    let now = lab.now;
    let account = lab.find(who);
    let key = lab.store.vault().keyed_hash("stranger", who.as_bytes());
    let long_ago = at("2026-01-01T00:00:00Z");
    for _ in 0..open {
        lab.settle(|tx| match &account {
            Some(account) => tx.reserve_try(account.id, SIX, now).map(drop),
            None => tx.reserve_unknown(&key, long_ago, now),
        });
    }
    lab.set_clock(clock);
    let (op, password) = (lab.op_from(IP), secret(WRONG));
    let credentials = Credentials {
        address: who,
        password: &password,
        panel: "main",
        ticket: None,
        second: Second::default(),
    };
    let waits = std::cell::Cell::new(0);
    let answer = sign_in(&mut lab.store, &op, &credentials, &|_| {
        waits.set(waits.get() + 1);
    });
    (word(&answer.unwrap()), waits.get())
}

#[test]
fn unknown_addresses_reserve_and_wait_as_known_ones_do() {
    for (wrong, open, clock, expected) in [
        (3, 1, "2026-03-01T12:00:01Z", ("invalid-credentials", 0)),
        (5, 1, "2026-03-01T12:00:01Z", ("throttled", 100)),
        (0, 6, "2026-03-01T12:00:01Z", ("throttled", 100)),
        (5, 1, "2026-03-01T12:00:29.999Z", ("throttled", 100)),
        (5, 1, "2026-03-01T12:00:30Z", ("locked", 0)),
        (0, 6, "2026-03-01T12:00:30Z", ("locked", 0)),
        (6, 0, "2026-03-01T12:00:01Z", ("locked", 0)),
    ] {
        for who in [ADA, NOBODY] {
            let mut lab = Lab::new();
            lab.member(ADA);
            let found = at_once(&mut lab, who, wrong, open, clock);
            assert_eq!(
                found, expected,
                "{who}: {wrong} wrong, {open} open, {clock}"
            );
            let again = at_once(&mut lab, who, 0, 0, "2026-03-01T12:01:00Z").0;
            let locked = expected.0 == "locked" || wrong + open == 6;
            assert_eq!(
                again == "locked",
                locked,
                "{who}: {wrong} wrong, {open} open"
            );
        }
    }
}

/// Two tries at once with one left: the second waits for the verdict on the first, and is then locked out.
#[test]
fn the_one_that_waits_hears_of_the_other_ones_verdict_whether_the_address_exists_or_not() {
    for who in [ADA, NOBODY] {
        let mut lab = Lab::new();
        lab.member(ADA);
        words(&mut lab, who, 5);
        let (now, account) = (lab.now, lab.find(who));
        let key = lab.store.vault().keyed_hash("stranger", who.as_bytes());
        let long_ago = at("2026-01-01T00:00:00Z");
        lab.settle(|tx| match &account {
            Some(account) => tx.reserve_try(account.id, SIX, now).map(drop),
            None => tx.reserve_unknown(&key, long_ago, now),
        });
        let other = std::cell::RefCell::new(lab.another(91));
        let waits = std::cell::Cell::new(0);
        let pause = |_| {
            waits.set(waits.get() + 1);
            if waits.get() != 3 {
                return;
            }
            let settled: Result<(), Fault> = other.borrow_mut().change(|tx| {
                match &account {
                    Some(account) => {
                        let lock = admit::domain::lockout::Lock {
                            streak: 1,
                            permanent: false,
                            guessing: admit::domain::lockout::Guessing::Passwords,
                        };
                        tx.count_wrong(account, account.lock.round, None, now)?;
                        tx.lock_account(account.id, lock, now)?;
                    }
                    None => tx.finish_unknown(&key, 1)?,
                }
                Ok(Done::unrecorded(()))
            });
            settled.unwrap();
        };
        let (op, password) = (lab.op_from(IP), secret(WRONG));
        let credentials = Credentials {
            address: who,
            password: &password,
            panel: "main",
            ticket: None,
            second: Second::default(),
        };
        let answer = sign_in(&mut lab.store, &op, &credentials, &pause);
        assert_eq!(
            (word(&answer.unwrap()), waits.get()),
            ("locked", 3),
            "{who}"
        );
    }
}

#[test]
fn what_is_no_address_is_counted_like_one() {
    on_each_engine(|lab| {
        // All from one IP, and that is not the subject.
        lab.set_main("wrong-per-ip", "0");
        for typed in [
            "",
            "not an address",
            "a\u{0}b@example.com",
            "ada@example.com; drop table account",
        ] {
            for _ in 0..6 {
                assert_eq!(
                    word(&lab.sign_in(typed, WRONG)),
                    "invalid-credentials",
                    "{typed:?}"
                );
            }
            assert_eq!(word(&lab.sign_in(typed, WRONG)), "locked", "{typed:?}");
        }
    });
}

#[test]
fn tries_at_unknown_addresses_are_one_entry_an_ip_and_hour() {
    on_each_engine(|lab| {
        let ((), entries) = lab.entries_of(|lab| {
            for _ in 0..3 {
                lab.sign_in(NOBODY, WRONG).err().unwrap();
                lab.try_in("main", "hunter2", WRONG, "198.51.100.7")
                    .err()
                    .unwrap();
            }
            lab.set_clock("2026-03-01T12:59:59Z");
            lab.sign_in("other@example.com", WRONG).err().unwrap();
        });
        assert_eq!(entries, [""; 0], "the hour is not over");
        lab.set_clock("2026-03-01T13:00:00Z");
        let (_, entries) = lab.entries_of(|lab| lab.sign_in(NOBODY, WRONG).err().unwrap());
        assert_eq!(entries, ["unknown-address-tried", "unknown-address-tried"]);
        let audit = lab.audit();
        let told: Vec<_> = audit
            .iter()
            .filter(|entry| entry.action == "unknown-address-tried")
            .map(|entry| {
                (
                    entry.personal.ip.clone().unwrap(),
                    entry.detail["tries"].as_i64().unwrap(),
                )
            })
            .collect();
        assert_eq!(told, [("198.51.100.7".to_owned(), 3), (IP.to_owned(), 4)]);
        let hour: jiff::Timestamp = audit.last().unwrap().detail["hour"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap();
        assert_eq!(hour, at("2026-03-01T12:00:00Z"));
        lab.verify();
    });
}

#[test]
fn what_was_typed_at_unknown_addresses_is_kept_nowhere() {
    let mut lab = Lab::new();
    lab.sign_in("my-secret-typed-here", WRONG).err().unwrap();
    lab.set_clock("2026-03-01T13:00:00Z");
    lab.sign_in("my-secret-typed-here", WRONG).err().unwrap();
    super::mail::assert_nowhere(&lab, &["my-secret-typed-here"]);
}

#[test]
fn a_member_without_any_access_is_told_so_after_a_right_password_only() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.remove(ADA, None).unwrap();
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "no-access");
        assert_eq!(word(&lab.sign_in(ADA, WRONG)), "invalid-credentials");
        for _ in 0..4 {
            lab.sign_in(ADA, WRONG).err().unwrap();
        }
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "locked");
        assert_eq!(lab.account(ADA).lock.wrong, 0);
        assert_eq!(lab.account_status(ADA), "active");
    });
}

#[test]
fn access_elsewhere_is_no_access_here() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.add_panel("second", &[]);
        assert_eq!(word(&lab.try_in("second", ADA, PASSWORD, IP)), "no-access");
        assert_eq!(
            word(&lab.try_in("second", ADA, WRONG, IP)),
            "invalid-credentials"
        );
        lab.invite_to(ADA, "second");
        lab.remove(ADA, Some("second")).unwrap();
        assert_eq!(word(&lab.try_in("second", ADA, PASSWORD, IP)), "no-access");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    });
}

#[test]
fn a_made_up_ticket_does_not_help_anybody() {
    let mut lab = Lab::new();
    lab.member(ADA);
    let text = format!("adm_t_{}", "0".repeat(52));
    let ticket = admit::vault::Token::parse(&text).unwrap();
    lab.fail(ADA, 6);
    assert_eq!(
        word(&lab.try_with("main", ADA, PASSWORD, IP, Some(&ticket))),
        "locked"
    );
    lab.remove(ADA, None).unwrap();
    assert_eq!(
        word(&lab.try_with("main", ADA, PASSWORD, IP, Some(&ticket))),
        "locked",
        "a locked account answers right and wrong alike (L2), whatever else is in the way"
    );
    assert_eq!(lab.account_status(ADA), "locked");
}

/// The person is told nothing, but whoever reads the log learns why.
#[test]
fn the_record_tells_somebody_unregistered_from_a_wrong_password() {
    on_each_engine(|lab| {
        lab.invite(BOB);
        lab.member(ADA);
        lab.remove(ADA, Some("main")).unwrap();
        for (who, reason) in [(BOB, "unregistered"), (ADA, "wrong-password")] {
            let denied = lab.sign_in(who, WRONG).err().unwrap();
            assert_eq!(
                (denied.reason, denied.cause.as_str()),
                ("invalid-credentials", reason)
            );
            let entry = lab.audit().pop().unwrap();
            assert_eq!(entry.action, "sign-in-refused");
            assert_eq!(entry.detail["reason"], reason);
        }
    });
}
