//! T6.

use admit::domain::link::{LinkPurpose, LinkState};
use admit::domain::refusal::Refusal;
use admit::domain::second_factor::Method;
use admit::ops::change::Status;
use admit::ops::reset_2fa::FactorReset;
use admit::ops::reset_2fa::Reset2fa;
use admit::ops::reset_password::Reset;
use admit::ops::set_up::Holder;
use admit::ops::unlock::Unlock;

use crate::support::bench_codes::{Try, denied, granted, with};
use crate::support::bench_store::{
    ADA, BOB, IP, Lab, OTHER_PASSWORD, PASSWORD, at, days, minutes, on_each_engine, refused, word,
};

fn reset(lab: &mut Lab) -> FactorReset {
    lab.reset_2fa(ADA, &Reset2fa::default()).unwrap().change
}

#[test]
fn a_reset_takes_secret_backup_codes_and_trusted_ips_and_ends_sessions() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        assert_eq!(lab.answer(with(&app.backup[0])), "signed-in");
        let code = lab.code(&app, 0);
        let trusting = Try {
            trust: true,
            ip: Some("198.51.100.7"),
            ..with(&code)
        };
        let session = lab
            .attempt(trusting)
            .unwrap_or_else(|denied| panic!("{denied:?}"))
            .session;
        lab.trust("203.0.113.0/24", Some(ADA), None);
        let (deed, entries) = lab.entries_of(reset);
        assert_eq!(
            deed,
            FactorReset::Reset {
                was_set: true,
                backup_codes: 9,
                trusted_ips: 2,
                sessions: 2,
                mailed_codes_again: false,
            }
        );
        assert_eq!(entries, ["second-factor-reset"]);
        let ada = lab.account(ADA);
        assert_eq!(lab.look(|tx| tx.factor_brief(ada.id)), None);
        assert_eq!(lab.look(|tx| tx.backup_codes_left(ada.id)), 0);
        assert!(lab.trust_of(ADA).is_empty());
        assert!(!lab.session_lives(&session, "main"));
        assert_eq!(lab.mail_kinds(ADA).last().unwrap(), "second-factor-reset");
    });
}

#[test]
fn a_reset_changes_nothing_else() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        lab.member_with_app(BOB);
        lab.trust("203.0.113.0/24", None, None);
        lab.fail(ADA, 2);
        let before = lab.account(ADA);
        let access = lab.look(|tx| tx.access(before.id, 1));
        reset(lab);
        let after = lab.account(ADA);
        assert_eq!(after.password, before.password);
        assert_eq!(after.lock, before.lock);
        assert_eq!(lab.look(|tx| tx.access(before.id, 1)), access);
        // Nobody else's, and not the network of everybody.
        let bob = lab.account(BOB);
        assert!(lab.look(|tx| tx.factor_brief(bob.id)).is_some());
        assert_eq!(lab.look(|tx| tx.backup_codes_left(bob.id)), 10);
        let elsewhere = Try {
            who: BOB,
            ..Try::default()
        };
        assert_eq!(lab.answer(elsewhere), "signed-in");
    });
}

#[test]
fn a_reset_clears_the_row_of_wrong_codes_and_not_the_month() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.fail_codes(&app, 5);
        reset(lab);
        let ada = lab.account(ADA);
        assert_eq!(ada.lock.wrong_codes, 0);
        let since = at("2026-03-01T00:00:00Z");
        assert_eq!(lab.look(|tx| tx.wrong_codes_since(ada.id, since)), 5);
    });
}

#[test]
fn a_reset_opens_no_lock() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.fail_codes(&app, 6);
        let before = lab.account(ADA).lock;
        reset(lab);
        assert_eq!(lab.account(ADA).lock, before);
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "locked");
    });
}

#[test]
fn after_a_reset_the_next_sign_in_sets_up_anew_where_it_is_required() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.set_main("second-factor", "required");
        reset(lab);
        let old = lab.code(&app, 0);
        let denied = denied(lab.attempt(with(&old)));
        assert_eq!(denied.reason, "second-factor-setup-required");
        let ticket = denied.ticket.unwrap();
        let app = lab.take_up("main", Holder::Ticket(&ticket.token));
        lab.advance(minutes(1));
        let code = lab.code(&app, 0);
        assert_eq!(lab.answer(with(&code)), "signed-in");
    });
}

#[test]
fn after_a_reset_the_password_alone_is_enough_where_it_is_optional() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        reset(lab);
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    });
}

#[test]
fn a_second_reset_changes_nothing_and_mails_nothing() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        reset(lab);
        let mails = lab.mail_of(ADA).len();
        let (outcome, entries) =
            lab.entries_of(|lab| lab.reset_2fa(ADA, &Reset2fa::default()).unwrap());
        assert_eq!(outcome.status, Status::Unchanged);
        assert_eq!(outcome.change, FactorReset::NoSecondFactor);
        assert!(entries.is_empty());
        assert_eq!(lab.mail_of(ADA).len(), mails);
    });
}

#[test]
fn a_reset_for_somebody_without_a_second_factor_leaves_their_sessions() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let session = lab.signed_in(ADA, PASSWORD).session;
        assert_eq!(reset(lab), FactorReset::NoSecondFactor);
        assert!(lab.session_lives(&session, "main"));
    });
}

#[test]
fn a_reset_for_nobody_names_the_nearest_address() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let refusal = refused(lab.reset_2fa("adda@example.com", &Reset2fa::default()));
        assert_eq!(
            refusal,
            Refusal::unknown(
                &crate::support::bench_store::address("adda@example.com"),
                Some(ADA.into())
            )
        );
    });
}

#[test]
fn with_a_new_password_asked_for_a_link_is_mailed_and_the_old_one_works_until_it_is_used() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        let request = Reset2fa {
            password: true,
            reason: Some("case 4711".into()),
            ..Reset2fa::default()
        };
        let (outcome, entries) = lab.entries_of(|lab| lab.reset_2fa(ADA, &request).unwrap());
        assert_eq!(entries, ["second-factor-reset", "reset-requested"]);
        let link = lab.newest(ADA, LinkPurpose::Reset).unwrap();
        assert_eq!(outcome.link_id, Some(link.id));
        assert_eq!(lab.link_state(link.id), LinkState::Live);
        let mails = lab.mail_kinds(ADA);
        assert_eq!(
            mails[mails.len() - 2..],
            ["second-factor-reset", "password-reset"]
        );
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    });
}

#[test]
fn with_a_new_password_asked_for_the_next_set_up_goes_through_where_apps_are_the_method() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        lab.set_main("second-factor", "required");
        let request = Reset2fa {
            password: true,
            ..Reset2fa::default()
        };
        lab.reset_2fa(ADA, &request).unwrap();
        let token = lab.reset_token(ADA);
        lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
        let denied = denied(lab.sign_in(ADA, OTHER_PASSWORD));
        assert_eq!(denied.reason, "second-factor-setup-required");
        assert!(denied.ticket.is_some());
    });
}

/// The two things that an operator does while the caller is on the line, in every order.
const ORDERS: [&[&str]; 3] = [
    &["2fa --password"],
    &["2fa", "password"],
    &["password", "2fa"],
];

fn operator_does(lab: &mut Lab, steps: &[&str]) {
    for step in steps {
        match *step {
            "password" => lab.reset(ADA, &Reset::default()).map(drop).unwrap(),
            step => {
                let request = Reset2fa {
                    password: step == "2fa --password",
                    ..Reset2fa::default()
                };
                lab.reset_2fa(ADA, &request).map(drop).unwrap();
            }
        }
    }
}

#[test]
fn after_both_resets_somebody_gets_in_whatever_methods_the_panel_takes() {
    for methods in ["app", "app,mail", "mail", "mail,sms"] {
        for steps in ORDERS {
            let mut lab = Lab::new();
            lab.member_with_app(ADA);
            lab.set_panel(
                "main",
                &[("second-factor", "required"), ("methods", methods)],
            );
            operator_does(&mut lab, steps);
            let token = lab.reset_token(ADA);
            lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
            let again = Try {
                password: OTHER_PASSWORD,
                ..Try::default()
            };
            if methods.contains("app") {
                // The mailbox that reset the password is no second factor; the next sign-in sets one up.
                assert!(
                    lab.send_to(again, Method::Mail).is_err(),
                    "{methods} {steps:?}"
                );
                let denied = denied(lab.attempt(again));
                assert_eq!(denied.reason, "second-factor-setup-required");
                let ticket = denied
                    .ticket
                    .unwrap_or_else(|| panic!("{methods} {steps:?}"));
                let app = lab.take_up("main", Holder::Ticket(&ticket.token));
                lab.advance(minutes(1));
                let code = lab.code(&app, 0);
                let with_code = Try {
                    code: Some(&code),
                    ..again
                };
                assert_eq!(lab.answer(with_code), "signed-in", "{methods} {steps:?}");
                let ada = lab.account(ADA);
                assert_eq!((ada.mail_barred_at, ada.factor_reset_at), (None, None));
            } else {
                // There is nothing to set up: the code by mail is what there is.
                let ticket = granted(lab.send_to(again, Method::Mail));
                let code = lab.read_code(&ticket);
                let with_code = Try {
                    code: Some(&code),
                    ticket: Some(&ticket),
                    method: Some(Method::Mail),
                    ..again
                };
                assert_eq!(lab.answer(with_code), "signed-in", "{methods} {steps:?}");
            }
        }
    }
}

#[test]
fn a_mailbox_alone_gets_nobody_in_after_a_reset_of_the_second_factor() {
    // Whoever owns the mailbox asks for a link of their own: no operator identified them.
    let barred = |lab: &mut Lab, case: &str| {
        let token = lab.reset_token(ADA);
        lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
        let again = Try {
            password: OTHER_PASSWORD,
            ..Try::default()
        };
        let denied = denied(lab.attempt(again));
        assert_eq!(denied.reason, "second-factor-setup-required", "{case}");
        assert!(denied.ticket.is_none(), "{case}");
        assert!(lab.send_to(again, Method::Mail).is_err(), "{case}");
        assert_eq!(lab.account(ADA).factor_reset_at, None, "{case}");
    };
    let ready = || {
        let mut lab = Lab::new();
        lab.member_with_app(ADA);
        lab.set_panel(
            "main",
            &[("second-factor", "required"), ("methods", "app,mail")],
        );
        lab
    };
    let mut lab = ready();
    operator_does(&mut lab, &["2fa"]);
    assert_eq!(lab.forgot(ADA), "link-mailed");
    barred(&mut lab, "a forgotten password");

    // The link that a lock mails is nobody's either.
    let mut lab = ready();
    operator_does(&mut lab, &["2fa"]);
    lab.fail(ADA, 6);
    barred(&mut lab, "a lock");

    // The operator's link ran out, and was asked for again without the operator.
    let mut lab = ready();
    operator_does(&mut lab, &["2fa --password"]);
    lab.advance(minutes(120));
    assert_eq!(lab.forgot(ADA), "link-mailed");
    barred(&mut lab, "a link of their own");

    // Who was identified a day before the link was made is not by that for ever.
    let mut lab = ready();
    operator_does(&mut lab, &["2fa"]);
    lab.advance(days(1) + minutes(1));
    operator_does(&mut lab, &["password"]);
    barred(&mut lab, "another day");
}

#[test]
fn with_a_permanent_lock_a_new_password_is_refused_and_nothing_is_taken_off() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        lab.set_main("locks-in-a-row", "1");
        lab.fail(ADA, 6);
        let request = Reset2fa {
            password: true,
            ..Reset2fa::default()
        };
        let locked_at = lab.now;
        assert_eq!(
            refused(lab.reset_2fa(ADA, &request)),
            Refusal::LockedPermanently { at: locked_at }
        );
        let ada = lab.account(ADA);
        assert!(lab.look(|tx| tx.factor_brief(ada.id)).is_some());
    });
}

#[test]
fn a_reset_between_password_and_admission_counts() {
    use std::cell::RefCell;

    use admit::ops::reset_2fa::reset_2fa;
    use admit::ops::sign_in::{Credentials, Second, sign_in};
    use admit::ops::{Op, OpError, Scope};
    use admit::store::Done;

    // As many tries as are allowed are under way: the sign-in waits, and meanwhile the operator acts.
    let mut lab = Lab::new();
    let app = lab.member_with_app(ADA);
    lab.set_main("second-factor", "required");
    lab.set_main("wrong-passwords", "1");
    let account = lab.account(ADA);
    let limits = admit::domain::lockout::LockLimits {
        wrong_passwords: 1,
        wrong_codes: 6,
        locks_in_a_row: Some(3),
    };
    let now = lab.now;
    lab.settle(|tx| tx.reserve_try(account.id, limits, now).map(drop));
    let other = RefCell::new(lab.another(9));
    let operator: Op = lab.op();
    let (code, password) = (
        crate::support::bench_store::secret(&lab.code(&app, 0)),
        crate::support::bench_store::secret(PASSWORD),
    );
    let credentials = Credentials {
        address: ADA,
        password: &password,
        panel: "main",
        ticket: None,
        second: Second {
            code: Some(&code),
            ..Second::default()
        },
    };
    let op = lab.op_from(IP);
    let answer = sign_in(&mut lab.store, &op, &credentials, &|_| {
        other
            .borrow_mut()
            .change(|tx| {
                let scope = Scope::load(tx)?;
                let address = crate::support::bench_store::address(ADA);
                let outcome = reset_2fa(tx, &scope, &operator, &address, &Reset2fa::default())?;
                tx.release_try(account.id, account.lock.round)?;
                Ok::<_, OpError>(match outcome.status {
                    Status::Done => Done::recorded(()),
                    Status::Unchanged => Done::unrecorded(()),
                })
            })
            .unwrap();
    })
    .unwrap();
    let denied = denied(answer);
    assert_eq!(denied.reason, "second-factor-setup-required");
    assert!(denied.ticket.is_some());
}

// How safe the password is

#[test]
fn before_a_reset_the_safety_of_the_password_is_shown() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.set_clock("2026-03-02T08:00:00Z");
        let code = lab.code(&app, 0);
        assert_eq!(lab.answer(with(&code)), "signed-in");
        lab.set_clock("2026-03-03T08:00:00Z");
        lab.fail(ADA, 2);
        lab.fail_codes(&app, 6);
        lab.unlock(ADA, &Unlock::default()).unwrap();
        let safety = lab.safety(ADA);
        assert_eq!((safety.wrong_lately, safety.locks_lately), (8, 1));
        assert_eq!(
            safety.last_sign_ins,
            [(at("2026-03-02T08:00:00Z"), Some(IP.to_owned()))]
        );
        assert_eq!(
            safety.second_factor_set_at,
            Some(at("2026-03-01T12:00:00Z"))
        );
        assert_eq!(
            safety.account.password.unwrap().set_at,
            at("2026-03-01T12:00:00Z")
        );
    });
}

#[test]
fn what_is_thirty_days_old_does_not_count_against_the_password() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        lab.set_clock("2026-03-02T12:00:00Z");
        lab.fail(ADA, 6);
        lab.set_clock("2026-04-01T11:59:59.999Z");
        let safety = lab.safety(ADA);
        assert_eq!((safety.wrong_lately, safety.locks_lately), (6, 1));
        lab.set_clock("2026-04-01T12:00:00Z");
        let safety = lab.safety(ADA);
        assert_eq!((safety.wrong_lately, safety.locks_lately), (0, 0));
    });
}

#[test]
fn three_sign_ins_are_shown_the_last_first() {
    on_each_engine(|lab| {
        lab.member(ADA);
        for ip in ["192.0.2.1", "192.0.2.2", "192.0.2.3", "192.0.2.4"] {
            lab.advance(days(1));
            assert_eq!(word(&lab.try_in("main", ADA, PASSWORD, ip)), "signed-in");
        }
        let from: Vec<_> = lab
            .safety(ADA)
            .last_sign_ins
            .into_iter()
            .filter_map(|(_, ip)| ip)
            .collect();
        assert_eq!(from, ["192.0.2.4", "192.0.2.3", "192.0.2.2"]);
        assert_eq!(lab.safety(ADA).second_factor_set_at, None);
    });
}
