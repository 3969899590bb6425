//! L1–L5, L8, W1, W2.

use admit::domain::link::{LinkPurpose, LinkState};
use admit::domain::lockout::LockLimits;
use admit::domain::refusal::Refusal;
use admit::ops::change::PasswordState;
use admit::ops::change::Status;
use admit::ops::reset_password::Reset;
use admit::ops::unlock::Unlock;
use admit::ops::unlock::Unlocking;

use crate::support::bench_store::{
    ADA, IP, Lab, OTHER_PASSWORD, PASSWORD, WRONG, at, minutes, on_each_engine, refused, secret,
    word,
};

const SIX: LockLimits = LockLimits {
    wrong_codes: 6,
    wrong_passwords: 6,
    locks_in_a_row: Some(3),
};

/// Locks Ada once more.
fn lock(lab: &mut Lab) {
    lab.fail(ADA, 6);
    assert!(lab.account(ADA).lock.is_locked());
}

/// Locks Ada until it is permanent.
fn lock_for_good(lab: &mut Lab) {
    for _ in 0..2 {
        lock(lab);
        lab.unlock(ADA, &Unlock::default()).unwrap();
    }
    lock(lab);
    assert_eq!(lab.account_status(ADA), "locked-permanently");
}

#[test]
fn the_sixth_wrong_password_locks() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.fail(ADA, 5);
        assert_eq!(lab.account_status(ADA), "active");
        lab.advance(minutes(1));
        let ((), entries) = lab.entries_of(|lab| lab.fail(ADA, 1));
        assert_eq!(entries, ["sign-in-refused", "locked"]);
        assert_eq!(lab.account_status(ADA), "locked");
        let facts = lab.account(ADA).lock;
        assert_eq!(
            (facts.wrong, facts.streak, facts.locked_at),
            (6, 1, Some(at("2026-03-01T12:01:00Z")))
        );
        assert_eq!(facts.wrong_from, [IP]);
    });
}

#[test]
fn a_completed_sign_in_starts_the_count_again_and_a_right_password_alone_does_not() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.fail(ADA, 5);
        lab.signed_in(ADA, PASSWORD);
        assert_eq!(lab.account(ADA).lock.wrong, 0);
        lab.fail(ADA, 5);
        assert_eq!(lab.account_status(ADA), "active");
        lab.settle(|tx| tx.set_trial_end(1, Some(at("2026-03-01T12:00:00Z"))));
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "trial-ended");
        assert_eq!(lab.account(ADA).lock.wrong, 5);
        assert_eq!(lab.account(ADA).lock.open_tries, 0);
        lab.fail(ADA, 1);
        assert_eq!(lab.account_status(ADA), "locked");
    });
}

#[test]
fn wrong_passwords_count_over_all_panels_and_spellings() {
    on_each_engine(|lab| {
        lab.add_panel("second", &[]);
        let link = lab.invite_to(ADA, "main").link_id.unwrap();
        let token = lab.token(link);
        lab.register(&token, PASSWORD).unwrap();
        lab.invite_to(ADA, "second");
        for who in ["ada@example.com", " ADA@EXAMPLE.COM ", "Ada@Example.com"] {
            for panel in ["main", "second"] {
                assert_eq!(
                    word(&lab.try_in(panel, who, WRONG, IP)),
                    "invalid-credentials",
                    "{who} {panel}"
                );
            }
        }
        assert_eq!(lab.account_status(ADA), "locked");
    });
}

#[test]
fn the_count_survives_reopening_the_store() {
    let mut lab = Lab::new();
    lab.member(ADA);
    for index in 0..6 {
        lab.store = lab.another(50 + index);
        lab.fail(ADA, 1);
    }
    assert_eq!(lab.account_status(ADA), "locked");
}

#[test]
fn while_locked_right_and_wrong_passwords_get_the_same_answer() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lock(lab);
        for password in [PASSWORD, WRONG] {
            let (answer, entries) = lab.entries_of(|lab| lab.sign_in(ADA, password));
            let denied = answer.err().unwrap();
            assert_eq!((denied.reason, denied.since), ("locked", None));
            assert_eq!(entries, ["sign-in-refused"]);
        }
        assert_eq!(
            lab.account(ADA).lock.wrong,
            6,
            "tries at a locked account do not count"
        );
    });
}

#[test]
fn a_lock_mails_its_link_once() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lock(lab);
        for _ in 0..3 {
            lab.sign_in(ADA, WRONG).err().unwrap();
        }
        assert_eq!(lab.mail_kinds(ADA), ["invitation", "locked"]);
        let link = lab.newest(ADA, LinkPurpose::Reset).unwrap();
        assert_eq!(lab.mail_of(ADA)[0].link_id, Some(link.id));
        assert_eq!(link.expires_at, at("2026-03-01T14:00:00Z"));
        lab.unlock(ADA, &Unlock::default()).unwrap();
        lock(lab);
        assert_eq!(
            lab.mail_kinds(ADA),
            ["invitation", "locked", "locked"],
            "once per lock"
        );
    });
}

#[test]
fn a_new_password_through_the_link_opens_the_lock_and_keeps_the_streak() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lock(lab);
        let token = lab.reset_token(ADA);
        lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
        let facts = lab.account(ADA).lock;
        assert_eq!(
            (facts.is_locked(), facts.wrong, facts.streak),
            (false, 0, 1)
        );
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "invalid-credentials");
        assert_eq!(word(&lab.sign_in(ADA, OTHER_PASSWORD)), "signed-in");
        assert_eq!(lab.account(ADA).lock.streak, 0);
    });
}

#[test]
fn the_third_lock_with_no_sign_in_between_is_permanent() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lock(lab);
        lab.unlock(ADA, &Unlock::default()).unwrap();
        lock(lab);
        let token = lab.reset_token(ADA);
        lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
        assert_eq!(
            lab.account(ADA).lock.streak,
            2,
            "a new password is no completed sign-in"
        );
        let ((), entries) = lab.entries_of(|lab| lab.fail(ADA, 6));
        assert_eq!(&entries[5..], ["sign-in-refused", "locked-permanently"]);
        assert_eq!(lab.account_status(ADA), "locked-permanently");
        assert_eq!(lab.mail_of(ADA)[0].kind, "locked-permanently");
        assert_eq!(lab.mail_of(ADA)[0].link_id, None, "a notice without link");
    });
}

#[test]
fn a_sign_in_between_locks_starts_the_streak_again() {
    on_each_engine(|lab| {
        // All from one IP, and that is not the subject.
        lab.set_main("wrong-per-ip", "0");
        lab.member(ADA);
        for _ in 0..4 {
            lock(lab);
            lab.unlock(ADA, &Unlock::default()).unwrap();
            lab.signed_in(ADA, PASSWORD);
        }
        lock(lab);
        assert_eq!(
            (lab.account_status(ADA), lab.account(ADA).lock.streak),
            ("locked", 1)
        );
    });
}

#[test]
fn a_permanent_lock_kills_reset_links_and_sessions_and_makes_none() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let session = lab.signed_in(ADA, PASSWORD).session;
        lock(lab);
        let link = lab.newest(ADA, LinkPurpose::Reset).unwrap();
        let token = lab.token(link.id);
        assert!(
            lab.session_lives(&session, "main"),
            "a wrong-password lock ends no session"
        );
        lab.unlock(ADA, &Unlock::default()).unwrap();
        lock(lab);
        let link = lab.newest(ADA, LinkPurpose::Reset).unwrap();
        let newer = lab.token(link.id);
        lab.unlock(ADA, &Unlock::default()).unwrap();
        lock(lab);
        assert!(!lab.session_lives(&session, "main"));
        assert_eq!(lab.link_state(link.id), LinkState::Revoked);
        assert_eq!(
            refused(lab.reset_by_link(&newer, OTHER_PASSWORD)),
            Refusal::LinkRevoked
        );
        assert!(matches!(
            refused(lab.reset_by_link(&token, OTHER_PASSWORD)),
            Refusal::LinkSuperseded { .. }
        ));

        lab.advance(minutes(60));
        assert_eq!(lab.forgot(ADA), "locked-permanently");
        assert_eq!(lab.mail_of(ADA)[0].kind, "locked-permanently");
        let refusal = refused(lab.reset(ADA, &Reset::default()));
        assert_eq!(
            refusal,
            Refusal::LockedPermanently {
                at: at("2026-03-01T12:00:00Z")
            }
        );
        assert_eq!(
            lab.newest(ADA, LinkPurpose::Reset).unwrap().id,
            link.id,
            "no new link"
        );
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "locked");
        assert_eq!(lab.obstacles(ADA), ["locked-permanently"]);
    });
}

#[test]
fn unlocking_clears_lock_and_count_and_keeps_password_and_streak() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.fail(ADA, 3);
        lab.advance(minutes(2));
        lab.fail(ADA, 3);
        lab.advance(minutes(10));
        let (outcome, entries) = lab.entries_of(|lab| lab.unlock(ADA, &Unlock::default()).unwrap());
        assert_eq!(entries, ["unlocked"]);
        let Unlocking::Unlocked {
            was,
            voided,
            streak,
            may_lock_again,
        } = &outcome.change
        else {
            panic!()
        };
        assert_eq!(
            (*voided, *streak, *may_lock_again),
            (false, (1, Some(3)), true)
        );
        assert!(
            was[0].cause.contains("6 wrong passwords") && was[0].cause.contains(IP),
            "{was:?}"
        );
        let (before, after) = (outcome.before.unwrap(), outcome.after.unwrap());
        assert_eq!(
            (
                before.account_status.as_str(),
                after.account_status.as_str()
            ),
            ("locked", "active")
        );
        assert_eq!(
            (
                before.wrong_passwords,
                after.wrong_passwords,
                after.locks_in_a_row
            ),
            (6, 0, 1)
        );
        assert_eq!(
            (outcome.mail_id, after.password),
            (None, PasswordState::Set)
        );
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
        let (again, entries) = lab.entries_of(|lab| lab.unlock(ADA, &Unlock::default()).unwrap());
        assert_eq!(
            (again.status, again.change, entries.len()),
            (Status::Unchanged, Unlocking::NotLocked, 0)
        );
    });
}

#[test]
fn many_wrong_passwords_in_a_moment_look_like_a_saved_one() {
    let mut lab = Lab::new();
    lab.member(ADA);
    lock(&mut lab);
    let Unlocking::Unlocked { was, .. } = lab.unlock(ADA, &Unlock::default()).unwrap().change
    else {
        panic!()
    };
    assert!(
        was[0].cause.contains("probably a saved password"),
        "{was:?}"
    );
    for minute in 0..6 {
        lab.advance(minutes(minute));
        lab.fail(ADA, 1);
    }
    let Unlocking::Unlocked { was, .. } = lab.unlock(ADA, &Unlock::default()).unwrap().change
    else {
        panic!()
    };
    assert!(!was[0].cause.contains("saved"), "{was:?}");
}

#[test]
fn unlocking_with_reset_mails_a_link_too() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lock(lab);
        let old = lab.reset_token(ADA);
        let outcome = lab
            .unlock(
                ADA,
                &Unlock {
                    reset: true,
                    ..Unlock::default()
                },
            )
            .unwrap();
        assert!(outcome.mail_id.is_some());
        assert_eq!(lab.mail_of(ADA)[0].kind, "password-reset");
        assert!(matches!(
            refused(lab.reset_by_link(&old, OTHER_PASSWORD)),
            Refusal::LinkSuperseded { .. }
        ));
        assert_eq!(
            word(&lab.sign_in(ADA, PASSWORD)),
            "signed-in",
            "the password stays"
        );
        let token = lab.token(outcome.link_id.unwrap());
        lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
    });
}

#[test]
fn a_permanent_lock_opens_with_a_reason_and_voids_the_password() {
    on_each_engine(|lab| {
        // All from one IP, and that is not the subject.
        lab.set_main("wrong-per-ip", "0");
        lab.member(ADA);
        lock_for_good(lab);
        assert_eq!(
            refused(lab.unlock(ADA, &Unlock::default())),
            Refusal::ReasonNeeded
        );
        assert_eq!(lab.account_status(ADA), "locked-permanently");
        let (outcome, entries) = lab.entries_of(|lab| lab.unlock_because(ADA));
        assert_eq!(entries, ["unlocked"]);
        assert_eq!(lab.audit().pop().unwrap().detail["reason"], "case 4711");
        let Unlocking::Unlocked {
            voided,
            streak,
            may_lock_again,
            ..
        } = outcome.change
        else {
            panic!()
        };
        assert_eq!((voided, streak, may_lock_again), (true, (0, Some(3)), true));
        assert_eq!(outcome.after.unwrap().password, PasswordState::Voided);
        assert_eq!(lab.mail_of(ADA)[0].kind, "password-reset");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "password-reset-required");
        let token = lab.token(outcome.link_id.unwrap());
        lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
        assert_eq!(word(&lab.sign_in(ADA, OTHER_PASSWORD)), "signed-in");
        lock(lab);
        assert_eq!(lab.account(ADA).lock.streak, 1, "the streak was cleared");
    });
}

#[test]
fn keep_password_opens_a_permanent_lock_without_mail() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lock_for_good(lab);
        let mails = lab.mail_of(ADA).len();
        let request = Unlock {
            reason: Some("called back".into()),
            keep_password: true,
            ..Unlock::default()
        };
        let outcome = lab.unlock(ADA, &request).unwrap();
        let Unlocking::Unlocked { voided, streak, .. } = outcome.change else {
            panic!()
        };
        assert_eq!(
            (voided, streak, outcome.mail_id),
            (false, (0, Some(3)), None)
        );
        assert_eq!(lab.mail_of(ADA).len(), mails);
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    });
}

#[test]
fn a_voided_password_does_not_set_a_new_one() {
    use admit::ops::password::{Holder, change_password};
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.reset(
            ADA,
            &Reset {
                now: true,
                ..Reset::default()
            },
        )
        .unwrap();
        let op = lab.op_from(IP);
        let (old, new) = (secret(PASSWORD), secret(OTHER_PASSWORD));
        let change = admit::ops::password::Change {
            holder: Holder::Address(ADA),
            panel: "main",
            old: &old,
            new: &new,
            second: admit::ops::sign_in::Second::default(),
            ticket: None,
        };
        let changed = change_password(&mut lab.store, &op, &change, &|_| {});
        let denied = changed
            .unwrap()
            .expect_err("who knows the voided password must not get in with it");
        assert_eq!(denied.reason, "password-reset-required");
        assert_eq!(
            word(&lab.sign_in(ADA, OTHER_PASSWORD)),
            "invalid-credentials"
        );
    });
}

#[test]
fn a_crashed_try_counts_and_locks_at_the_limit_after_thirty_seconds() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.fail(ADA, 5);
        // A process reserved the sixth try and died.
        lab.settle(|tx| tx.reserve_try(1, SIX, at("2026-03-01T12:00:00Z")).map(drop));
        lab.set_clock("2026-03-01T12:00:29.999Z");
        let mut waits = 0;
        let op = lab.op_from(IP);
        let password = secret(PASSWORD);
        let credentials = admit::ops::sign_in::Credentials {
            address: ADA,
            password: &password,
            panel: "main",
            ticket: None,
            second: admit::ops::sign_in::Second::default(),
        };
        let count = std::cell::Cell::new(0);
        let answer = admit::ops::sign_in::sign_in(&mut lab.store, &op, &credentials, &|_| {
            count.set(count.get() + 1);
        });
        waits += count.get();
        assert_eq!(word(&answer.unwrap()), "throttled", "in flight: wait");
        assert_eq!(waits, 100);
        assert_eq!(lab.account_status(ADA), "active");

        lab.set_clock("2026-03-01T12:00:30Z");
        let (answer, entries) = lab.entries_of(|lab| lab.sign_in(ADA, PASSWORD));
        assert_eq!(
            word(&answer),
            "locked",
            "the right password is not even looked at"
        );
        assert_eq!(entries, ["locked", "sign-in-refused"]);
        assert_eq!(
            lab.account(ADA).lock.locked_at,
            Some(at("2026-03-01T12:00:30Z"))
        );
        assert_eq!(lab.mail_of(ADA)[0].kind, "locked");
    });
}

#[test]
fn a_crashed_try_is_never_given_back() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.settle(|tx| tx.reserve_try(1, SIX, at("2026-03-01T12:00:00Z")).map(drop));
        lab.advance(minutes(60));
        lab.fail(ADA, 5);
        assert_eq!(lab.account(ADA).lock.wrong, 5);
        lab.advance(minutes(1));
        assert_eq!(
            word(&lab.sign_in(ADA, WRONG)),
            "locked",
            "five verdicts and one crash are six tries"
        );
    });
}

#[test]
fn an_account_without_password_is_never_counted() {
    on_each_engine(|lab| {
        lab.invite(ADA);
        for _ in 0..6 {
            assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "invalid-credentials");
        }
        assert_eq!(
            word(&lab.sign_in(ADA, PASSWORD)),
            "locked",
            "the same answers as for everybody"
        );
        assert_eq!(
            lab.account(ADA).lock,
            admit::domain::lockout::LockFacts::default()
        );
        assert_eq!(lab.account_status(ADA), "unregistered");
    });
}

#[test]
fn the_strictest_panel_counts_whichever_is_named() {
    on_each_engine(|lab| {
        lab.add_panel(
            "strict",
            &[("wrong-passwords", "2"), ("locks-in-a-row", "2")],
        );
        lab.add_panel(
            "lax",
            &[("wrong-passwords", "20"), ("locks-in-a-row", "off")],
        );
        let link = lab.invite_to(ADA, "lax").link_id.unwrap();
        let token = lab.token(link);
        lab.register(&token, PASSWORD).unwrap();
        for _ in 0..7 {
            assert_eq!(
                word(&lab.try_in("lax", ADA, WRONG, IP)),
                "invalid-credentials"
            );
        }
        assert_eq!(
            lab.account_status(ADA),
            "active",
            "the lax panel alone allows twenty"
        );
        lab.try_in("lax", ADA, PASSWORD, IP).unwrap();

        lab.invite_to(ADA, "strict");
        for _ in 0..2 {
            assert_eq!(
                word(&lab.try_in("lax", ADA, WRONG, IP)),
                "invalid-credentials"
            );
        }
        assert_eq!(
            lab.account_status(ADA),
            "locked",
            "naming the lax panel changes nothing"
        );
        lab.unlock(ADA, &Unlock::default()).unwrap();
        for _ in 0..2 {
            lab.try_in("lax", ADA, WRONG, IP).err().unwrap();
        }
        assert_eq!(lab.account_status(ADA), "locked-permanently");

        lab.unlock(
            ADA,
            &Unlock {
                reason: Some("x".into()),
                keep_password: true,
                ..Unlock::default()
            },
        )
        .unwrap();
        lab.remove(ADA, Some("strict")).unwrap();
        for _ in 0..7 {
            lab.try_in("lax", ADA, WRONG, IP).err().unwrap();
        }
        assert_eq!(
            lab.account_status(ADA),
            "active",
            "a panel one was removed from no longer counts"
        );
    });
}

#[test]
fn a_lock_by_hand_outlives_passwords_and_ends_at_its_instant() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let end = at("2026-03-02T00:00:00Z");
        lab.settle(|tx| {
            tx.disable_account(
                1,
                &admit::domain::account::Disabled {
                    at: at("2026-03-01T12:00:00Z"),
                    until: Some(end),
                    reason: "on leave".into(),
                },
            )
        });
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "disabled");
        assert_eq!(word(&lab.sign_in(ADA, WRONG)), "invalid-credentials");
        assert_eq!(lab.forgot(ADA), "disabled");
        lab.reset(ADA, &Reset::default()).unwrap();
        let token = lab.reset_token(ADA);
        lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
        lab.set_clock("2026-03-01T23:59:59.999Z");
        assert_eq!(word(&lab.sign_in(ADA, OTHER_PASSWORD)), "disabled");
        lab.set_clock("2026-03-02T00:00:00Z");
        assert_eq!(word(&lab.sign_in(ADA, OTHER_PASSWORD)), "signed-in");
    });
}

#[test]
fn the_ticket_of_a_new_password_tries_whatever_the_count() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.forgot(ADA);
        let token = lab.reset_token(ADA);
        let ticket = lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
        lock(lab);
        lab.set_clock("2026-03-01T12:09:59.999Z");
        assert_eq!(word(&lab.sign_in(ADA, OTHER_PASSWORD)), "locked");
        let answer = lab.try_with("main", ADA, OTHER_PASSWORD, IP, Some(&ticket));
        assert_eq!(word(&answer), "signed-in");
        assert_eq!(lab.account_status(ADA), "active");
        lock(lab);
        let again = lab.try_with("main", ADA, OTHER_PASSWORD, IP, Some(&ticket));
        assert_eq!(word(&again), "locked", "once");
    });
}

#[test]
fn a_ticket_is_over_after_ten_minutes_and_good_for_one_wrong_password() {
    on_each_engine(|lab| {
        lab.member(ADA);
        for (clock, word_at) in [
            ("2026-03-01T12:10:00Z", "locked"),
            ("2026-03-01T14:09:59.999Z", "signed-in"),
        ] {
            lab.forgot(ADA);
            let token = lab.reset_token(ADA);
            let ticket = lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
            lock(lab);
            lab.set_clock(clock);
            assert_eq!(
                word(&lab.try_with("main", ADA, OTHER_PASSWORD, IP, Some(&ticket))),
                word_at
            );
            lab.unlock(ADA, &Unlock::default()).unwrap();
            lab.set_clock("2026-03-01T14:00:00Z");
        }
        lab.set_clock("2026-03-01T18:00:00Z");
        lab.forgot(ADA);
        let token = lab.reset_token(ADA);
        let ticket = lab.reset_by_link(&token, PASSWORD).unwrap();
        assert_eq!(
            word(&lab.try_with("main", ADA, WRONG, IP, Some(&ticket))),
            "invalid-credentials"
        );
        assert_eq!(lab.account(ADA).lock.wrong, 0, "it was not counted");
        lock(lab);
        assert_eq!(
            word(&lab.try_with("main", ADA, PASSWORD, IP, Some(&ticket))),
            "locked"
        );
    });
}

#[test]
fn every_lock_of_wrong_tries_falls_again_if_the_same_device_goes_on() {
    on_each_engine(|lab| {
        lab.set_main("wrong-per-ip", "0");
        lab.member(ADA);
        for (reason, keep_password) in
            [(None, false), (Some("case 4711"), true), (Some("x"), false)]
        {
            match reason {
                None => lock(lab),
                Some(_) => lock_for_good(lab),
            }
            let request = Unlock {
                reason: reason.map(str::to_owned),
                keep_password,
                ..Unlock::default()
            };
            let outcome = lab.unlock(ADA, &request).unwrap();
            let Unlocking::Unlocked { may_lock_again, .. } = outcome.change else {
                panic!("{:?}", outcome.change)
            };
            assert!(may_lock_again, "{request:?}");
            // It is true, also of a password that was voided.
            lock(lab);
            assert!(lab.account(ADA).lock.is_locked(), "{request:?}");
            lab.unlock_because(ADA);
            let ada = lab.account(ADA).id;
            lab.settle(|tx| tx.open_lock(ada, true));
        }
    });
}

#[test]
fn addresses_of_wrong_passwords_are_all_told() {
    on_each_engine(|lab| {
        lab.member(ADA);
        for last in 1..=6 {
            let ip = format!("203.0.113.{last}");
            lab.try_in("main", ADA, WRONG, &ip).err().unwrap();
        }
        let lock = lab.account(ADA).lock;
        assert!(lock.is_locked());
        assert_eq!(lock.wrong_from.len(), 6);
        let Unlocking::Unlocked { was, .. } = lab.unlock(ADA, &Unlock::default()).unwrap().change
        else {
            panic!()
        };
        assert!(
            was[0].cause.contains("from 203.0.113.1 and 5 other"),
            "{was:?}"
        );
    });
}
