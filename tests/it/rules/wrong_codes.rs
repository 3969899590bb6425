//! L6, T8, and W1 for wrong codes.

use admit::domain::link::{LinkPurpose, LinkState};
use admit::domain::lockout::Guessing;
use admit::ops::unlock::Unlock;
use admit::ops::unlock::Unlocking;
use jiff::Timestamp;

use crate::support::bench_codes::{App, Try, denied, no_code, why_not, with};
use crate::support::bench_store::{
    ADA, IP, Lab, OTHER_PASSWORD, PASSWORD, at, days, minutes, on_each_engine, word,
};

fn right(lab: &mut Lab, app: &App) {
    lab.advance(minutes(1));
    let code = lab.code(app, 0);
    assert_eq!(lab.answer(with(&code)), "signed-in");
}

fn wrong_codes(lab: &mut Lab) -> i64 {
    lab.account(ADA).lock.wrong_codes
}

fn of_the_month(lab: &mut Lab) -> i64 {
    let ada = lab.account(ADA);
    let since = lab.now.checked_sub(days(30)).unwrap();
    lab.look(|tx| tx.wrong_codes_since(ada.id, since))
}

/// Wrong codes of earlier, with right ones between.
fn wrong_before(lab: &mut Lab, count: usize, when: Timestamp) {
    let ada = lab.account(ADA);
    lab.settle(|tx| {
        for _ in 0..count {
            tx.count_wrong_code(ada.id, when, when)?;
        }
        tx.clear_wrong_codes(ada.id)
    });
}

fn sent(lab: &mut Lab, kind: &str) -> usize {
    lab.mail_kinds(ADA)
        .iter()
        .filter(|sent| *sent == kind)
        .count()
}

fn because() -> Unlock {
    Unlock {
        reason: Some("case 4711".into()),
        keep_password: true,
        ..Unlock::default()
    }
}

// L6

#[test]
fn the_sixth_wrong_code_in_a_row_locks() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.fail_codes(&app, 5);
        assert_eq!(lab.account_status(ADA), "active");
        let ((), entries) = lab.entries_of(|lab| lab.fail_codes(&app, 1));
        assert_eq!(entries, ["sign-in-refused", "locked"]);
        assert_eq!(lab.account_status(ADA), "locked");
        let lock = lab.account(ADA).lock;
        assert_eq!(
            (lock.wrong, lock.wrong_codes, lock.streak, lock.locked_for),
            (0, 6, 1, Some(Guessing::Codes))
        );
    });
}

#[test]
fn a_lock_over_codes_mails_one_link() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.fail_codes(&app, 6);
        for _ in 0..3 {
            assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "locked");
        }
        assert_eq!(sent(lab, "locked"), 1);
        let link = lab.newest(ADA, LinkPurpose::Reset).unwrap();
        assert_eq!(lab.link_state(link.id), LinkState::Live);
    });
}

#[test]
fn while_locked_right_and_wrong_codes_get_the_same_answer() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.fail_codes(&app, 6);
        lab.advance(minutes(1));
        let (wrong, right) = (no_code(&app.secret, lab.now), lab.code(&app, 0));
        assert_eq!(lab.answer(with(&wrong)), "locked");
        assert_eq!(lab.answer(with(&right)), "locked");
        assert_eq!(lab.answer(with(&app.backup[0])), "locked");
        assert_eq!(wrong_codes(lab), 6);
        // None was spent.
        lab.unlock(ADA, &Unlock::default()).unwrap();
        assert_eq!(lab.answer(with(&right)), "signed-in");
        assert_eq!(lab.answer(with(&app.backup[0])), "signed-in");
    });
}

#[test]
fn a_right_code_starts_the_row_again() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.fail_codes(&app, 5);
        right(lab, &app);
        assert_eq!(wrong_codes(lab), 0);
        lab.fail_codes(&app, 5);
        assert_eq!(lab.account_status(ADA), "active");
        assert_eq!(lab.answer(with(&app.backup[0])), "signed-in");
        assert_eq!(wrong_codes(lab), 0);
    });
}

#[test]
fn a_right_password_alone_does_not_start_the_row_again() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.fail_codes(&app, 5);
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "code-required");
        lab.fail_codes(&app, 1);
        assert_eq!(lab.account_status(ADA), "locked");
    });
}

#[test]
fn a_sign_in_from_a_trusted_ip_does_not_start_the_row_again() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.trust("198.51.100.0/24", None, None);
        lab.fail_codes(&app, 5);
        let trusted = Try {
            ip: Some("198.51.100.7"),
            ..Try::default()
        };
        assert_eq!(lab.answer(trusted), "signed-in");
        assert_eq!(wrong_codes(lab), 5);
        lab.fail_codes(&app, 1);
        assert_eq!(lab.account_status(ADA), "locked");
    });
}

#[test]
fn a_code_typed_at_a_trusted_ip_is_not_looked_at() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.trust("203.0.113.0/24", None, None);
        let wrong = no_code(&app.secret, lab.now);
        assert_eq!(lab.answer(with(&wrong)), "signed-in");
        assert_eq!(wrong_codes(lab), 0);
    });
}

#[test]
fn wrong_passwords_and_wrong_codes_count_apart() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.fail(ADA, 5);
        lab.fail_codes(&app, 5);
        let lock = lab.account(ADA).lock;
        assert_eq!(
            (lock.wrong, lock.wrong_codes, lock.is_locked()),
            (5, 5, false)
        );
        lab.fail(ADA, 1);
        let lock = lab.account(ADA).lock;
        assert_eq!(lock.locked_for, Some(Guessing::Passwords));
    });
}

#[test]
fn wrong_codes_of_every_kind_count_together() {
    on_each_engine(|lab| {
        lab.set_main("methods", "app,mail");
        let app = lab.member_with_app(ADA);
        let (ticket, code) = lab.sent(admit::domain::second_factor::Method::Mail);
        let wrong = if code == "123456" { "654321" } else { "123456" };
        for _ in 0..3 {
            let mailed = Try {
                ticket: Some(&ticket),
                ..with(wrong)
            };
            assert_eq!(lab.answer(mailed), "code-invalid");
        }
        assert_eq!(
            why_not(lab.attempt(with("0000-0000-0000-0000-0000-0000"))),
            ("code-invalid", "wrong-backup-code".into())
        );
        lab.fail_codes(&app, 2);
        assert_eq!(lab.account_status(ADA), "locked");
    });
}

#[test]
fn a_new_password_opens_the_lock_and_clears_the_row_but_not_the_month() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.fail_codes(&app, 6);
        let token = lab.reset_token(ADA);
        lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
        let lock = lab.account(ADA).lock;
        assert_eq!(
            (lock.is_locked(), lock.wrong_codes, lock.streak),
            (false, 0, 1)
        );
        assert_eq!(of_the_month(lab), 6);
    });
}

#[test]
fn unlocking_clears_the_row_and_keeps_password_streak_and_month() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.fail_codes(&app, 6);
        lab.unlock(ADA, &Unlock::default()).unwrap();
        let lock = lab.account(ADA).lock;
        assert_eq!(
            (lock.is_locked(), lock.wrong_codes, lock.streak),
            (false, 0, 1)
        );
        assert_eq!(of_the_month(lab), 6);
        right(lab, &app);
        assert_eq!(lab.account(ADA).lock.streak, 0);
    });
}

#[test]
fn locks_over_codes_and_over_passwords_are_one_streak() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.fail_codes(&app, 6);
        lab.unlock(ADA, &Unlock::default()).unwrap();
        lab.fail(ADA, 6);
        lab.unlock(ADA, &Unlock::default()).unwrap();
        lab.fail_codes(&app, 6);
        assert_eq!(lab.account_status(ADA), "locked-permanently");
    });
}

#[test]
fn the_strictest_of_the_panels_decides_and_a_removed_one_does_not() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.add_panel("second", &[("wrong-codes", "2")]);
        lab.add_panel("third", &[("wrong-codes", "1")]);
        lab.invite_to(ADA, "second");
        lab.invite_to(ADA, "third");
        lab.remove(ADA, Some("third")).unwrap();
        lab.fail_codes(&app, 1);
        assert_eq!(lab.account_status(ADA), "active");
        lab.fail_codes(&app, 1);
        assert_eq!(lab.account_status(ADA), "locked");
    });
}

#[test]
fn the_strictest_of_the_panels_decides_while_an_app_is_replaced() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.add_panel("second", &[("wrong-codes", "1")]);
        lab.invite_to(ADA, "second");
        let (ticket, _) = lab.begin(Try::default()).unwrap();
        let wrong = no_code(&app.secret, lab.now);
        let holder = admit::ops::set_up::Holder::Ticket(&ticket);
        assert!(lab.offer(holder, Some(&wrong)).unwrap().is_err());
        assert_eq!(lab.account_status(ADA), "locked");
    });
}

#[test]
fn wrong_codes_for_new_backup_codes_count() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let wrong = no_code(&app.secret, lab.now);
        for _ in 0..6 {
            assert_eq!(why_not(lab.backup_codes(with(&wrong))).0, "code-invalid");
        }
        assert_eq!(lab.account_status(ADA), "locked");
    });
}

#[test]
fn wrong_codes_for_a_new_password_count() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let wrong = crate::support::bench_store::secret(&no_code(&app.secret, lab.now));
        for _ in 0..6 {
            let second = crate::support::bench_codes::typed(&wrong);
            assert_eq!(
                why_not(lab.change_by_address(second, None)).0,
                "code-invalid"
            );
        }
        assert_eq!(lab.account_status(ADA), "locked");
        // Nothing is left of the tries at the password, which was right.
        assert_eq!(lab.account(ADA).lock.open_tries, 0);
    });
}

#[test]
fn why_and_unlock_say_that_it_was_codes() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.fail_codes(&app, 5);
        let notes = lab.why(ADA, Some("main")).remove(0).notes;
        let note = notes
            .iter()
            .find(|note| note.kind == "wrong-codes")
            .unwrap();
        assert_eq!(
            note.detail,
            "5 wrong codes after a correct password, the last one Sun 1 Mar 2026 12:01 (just now); the account locks after 6 in a row"
        );
        lab.advance(minutes(2));
        lab.fail_codes(&app, 1);
        let obstacle = lab.why(ADA, Some("main")).remove(0).obstacles.remove(0);
        assert_eq!(obstacle.obstacle.reason.as_str(), "locked");
        assert!(
            obstacle
                .detail
                .ends_with("after 6 wrong codes in 2 min after a correct password"),
            "{}",
            obstacle.detail
        );
        let Unlocking::Unlocked { was, .. } = lab.unlock(ADA, &Unlock::default()).unwrap().change
        else {
            panic!("not unlocked");
        };
        assert!(
            was[0]
                .cause
                .starts_with("6 wrong codes in 2 min after a correct password"),
            "{was:?}"
        );
    });
}

// T8

#[test]
fn the_third_wrong_code_of_a_month_is_told_by_mail_and_then_the_tenth_and_the_thirtieth() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        for count in 1..=40 {
            lab.fail_codes(&app, 1);
            let mails = [3, 10, 30].iter().filter(|told| **told <= count).count();
            assert_eq!(sent(lab, "wrong-codes"), mails, "{count}");
            if count % 5 == 0 {
                right(lab, &app);
            }
        }
    });
}

#[test]
fn two_wrong_codes_before_each_sign_in_of_the_owner_are_told_to_the_owner_and_by_why() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        for _ in 0..2 {
            lab.fail_codes(&app, 2);
            right(lab, &app);
        }
        assert_eq!(sent(lab, "wrong-codes"), 1);
        let notes = lab.why(ADA, Some("main")).remove(0).notes;
        let told: Vec<&str> = notes
            .iter()
            .filter(|note| note.kind == "wrong-codes-in-a-month")
            .map(|note| note.detail.as_str())
            .collect();
        assert_eq!(
            told,
            [
                "4 wrong codes in 30 days after a correct password; the account locks permanently after 100"
            ]
        );
    });
}

#[test]
fn wrong_codes_that_are_thirty_days_old_no_longer_bring_a_mail() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.fail_codes(&app, 2);
        right(lab, &app);
        lab.advance(days(31));
        lab.fail_codes(&app, 2);
        assert_eq!(sent(lab, "wrong-codes"), 0);
        lab.fail_codes(&app, 1);
        assert_eq!(sent(lab, "wrong-codes"), 1);
    });
}

#[test]
fn wrong_codes_behind_a_wrong_password_are_told_to_nobody() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let wrong = no_code(&app.secret, lab.now);
        for _ in 0..5 {
            assert_eq!(
                lab.sign_in_with(ADA, OTHER_PASSWORD, &wrong),
                "invalid-credentials"
            );
        }
        assert_eq!(sent(lab, "wrong-codes"), 0);
        assert_eq!(wrong_codes(lab), 0);
    });
}

#[test]
fn the_hundredth_wrong_code_locks_for_good_however_many_right_ones_between() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        for _ in 0..33 {
            lab.fail_codes(&app, 3);
            right(lab, &app);
        }
        assert_eq!(of_the_month(lab), 99);
        assert_eq!(lab.account_status(ADA), "active");
        let ((), entries) = lab.entries_of(|lab| lab.fail_codes(&app, 1));
        assert_eq!(entries, ["sign-in-refused", "locked-permanently"]);
        assert_eq!(lab.account_status(ADA), "locked-permanently");
        assert_eq!(sent(lab, "locked-permanently"), 1);
    });
}

#[test]
fn codes_that_are_thirty_days_old_do_not_count() {
    for (time, status) in [
        ("2026-03-31T12:00:59.999Z", "locked-permanently"),
        ("2026-03-31T12:01:00Z", "active"),
    ] {
        let mut lab = Lab::new();
        let app = lab.member_with_app(ADA);
        assert_eq!(lab.now, at("2026-03-01T12:01:00Z"));
        let then = lab.now;
        wrong_before(&mut lab, 99, then);
        lab.set_clock(time);
        lab.fail_codes(&app, 1);
        assert_eq!(lab.account_status(ADA), status, "{time}");
    }
}

#[test]
fn a_new_password_does_not_forget_the_codes_of_the_month() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let now = lab.now;
        wrong_before(lab, 99, now);
        lab.take_over_by_mail(ADA, OTHER_PASSWORD);
        let wrong = no_code(&app.secret, lab.now);
        assert_eq!(
            lab.sign_in_with(ADA, OTHER_PASSWORD, &wrong),
            "code-invalid"
        );
        assert_eq!(lab.account_status(ADA), "locked-permanently");
    });
}

#[test]
fn opening_a_permanent_lock_forgets_the_codes_of_the_month() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let now = lab.now;
        wrong_before(lab, 99, now);
        lab.fail_codes(&app, 1);
        lab.unlock(ADA, &because()).unwrap();
        assert_eq!(lab.account_status(ADA), "active");
        assert_eq!(of_the_month(lab), 0);
        lab.fail_codes(&app, 5);
        assert_eq!(lab.account_status(ADA), "active");
        right(lab, &app);
    });
}

#[test]
fn opening_another_lock_does_not_forget_the_codes_of_the_month() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let now = lab.now;
        wrong_before(lab, 93, now);
        lab.fail_codes(&app, 6);
        assert_eq!(lab.account_status(ADA), "locked");
        lab.unlock(ADA, &Unlock::default()).unwrap();
        lab.fail_codes(&app, 1);
        assert_eq!(lab.account_status(ADA), "locked-permanently");
    });
}

#[test]
fn the_permanent_lock_ends_sessions_trust_and_reset_links() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let code = lab.code(&app, 0);
        let session = lab
            .attempt(Try {
                trust: true,
                ip: Some("198.51.100.7"),
                ..with(&code)
            })
            .unwrap_or_else(|denied| panic!("{denied:?}"))
            .session;
        assert_eq!(lab.trust_of(ADA).len(), 1);
        lab.forgot(ADA);
        let link = lab.newest(ADA, LinkPurpose::Reset).unwrap();
        let now = lab.now;
        wrong_before(lab, 99, now);
        lab.fail_codes(&app, 1);
        assert!(lab.trust_of(ADA).is_empty());
        assert!(!lab.session_lives(&session, "main"));
        assert_eq!(lab.link_state(link.id), LinkState::Revoked);
    });
}

#[test]
fn a_lock_over_codes_ends_neither_sessions_nor_trust() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let code = lab.code(&app, 0);
        let session = lab
            .attempt(Try {
                trust: true,
                ip: Some("198.51.100.7"),
                ..with(&code)
            })
            .unwrap_or_else(|denied| panic!("{denied:?}"))
            .session;
        lab.fail_codes(&app, 6);
        assert_eq!(lab.trust_of(ADA).len(), 1);
        lab.unlock(ADA, &Unlock::default()).unwrap();
        assert!(lab.session_lives(&session, "main"));
    });
}

#[test]
fn what_was_not_compared_does_not_count_towards_the_hundred() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        let now = lab.now;
        wrong_before(lab, 99, now);
        assert_eq!(denied(lab.attempt(with("12345"))).cause, "malformed-code");
        assert_eq!(lab.account_status(ADA), "active");
        assert_eq!(of_the_month(lab), 99);
    });
}

#[test]
fn why_and_unlock_say_that_it_was_a_hundred_codes() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let now = lab.now;
        wrong_before(lab, 99, now);
        lab.fail_codes(&app, 1);
        let said = "100 wrong codes in 30 days after a correct password";
        let obstacle = lab.why(ADA, Some("main")).remove(0).obstacles.remove(0);
        assert_eq!(obstacle.obstacle.reason.as_str(), "locked-permanently");
        assert!(obstacle.detail.contains(said), "{}", obstacle.detail);
        let Unlocking::Unlocked { was, .. } = lab.unlock(ADA, &because()).unwrap().change else {
            panic!("not unlocked");
        };
        assert!(was[0].cause.ends_with(said), "{was:?}");
    });
}

#[test]
fn why_warns_of_many_wrong_codes_in_a_month() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        let now = lab.now;
        wrong_before(lab, 50, now);
        let notes = lab.why(ADA, Some("main")).remove(0).notes;
        let note = notes
            .iter()
            .find(|note| note.kind == "wrong-codes-in-a-month")
            .unwrap();
        assert_eq!(
            note.detail,
            "50 wrong codes in 30 days after a correct password; the account locks permanently after 100"
        );
    });
}

#[test]
fn a_try_from_the_ip_of_the_person_counts_like_any_other() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let wrong = no_code(&app.secret, lab.now);
        for ip in [Some(IP), Some("198.51.100.7"), None] {
            assert_eq!(lab.answer(Try { ip, ..with(&wrong) }), "code-invalid");
        }
        assert_eq!(wrong_codes(lab), 3);
    });
}
