//! T1, T2, T5, T7: whom a panel asks, authenticators, setting them up, a phone with a wrong clock; P2's shorter minimum.

use admit::domain::access::Term;
use admit::domain::account::Disabled;
use admit::domain::advice::Advice;
use admit::domain::refusal::Refusal;
use admit::domain::second_factor::{Method, clock_in_words};
use admit::ops::invite::Invite;
use admit::ops::password;
use admit::ops::reset_2fa::Reset2fa;
use admit::ops::set_up::Holder;
use admit::ops::sign_in::{Answer, Second};
use admit::ops::unlock::Unlock;
use admit::vault::Token;

use crate::support::bench_codes::{
    App, Try, code_near, denied, granted, no_code, typed, why_not, with,
};
use crate::support::bench_store::{
    ADA, BOB, IP, Lab, OTHER_PASSWORD, PASSWORD, at, invitation, lapse, minutes, on_each_engine,
    refused, secret, word,
};

fn session(answer: Answer) -> Token {
    match answer {
        Ok(signed_in) => signed_in.session,
        Err(denied) => panic!("not let in: {denied:?}"),
    }
}

/// The set-up ticket of a right password where a second factor is required.
fn ticket(lab: &mut Lab) -> Token {
    let ticket = denied(lab.attempt(Try::default())).ticket;
    ticket.expect("a ticket").token
}

fn required() -> Lab {
    let mut lab = Lab::new();
    lab.set_main("second-factor", "required");
    lab.member(ADA);
    lab
}

fn ended<T>(result: Result<T, admit::ops::OpError>) {
    let reason = refused(result).reason();
    assert!(
        ["session-ended", "ticket-expired"].contains(&reason),
        "{reason}"
    );
}

fn wrong_codes(lab: &mut Lab) -> i64 {
    lab.account(ADA).lock.wrong_codes
}

// T1

#[test]
fn off_asks_nobody_and_optional_those_who_set_one_up_and_required_everybody() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.member(BOB);
        lab.set_up_app(BOB);
        for (policy, without, with_app) in [
            ("off", "signed-in", "signed-in"),
            ("optional", "signed-in", "code-required"),
            ("required", "second-factor-setup-required", "code-required"),
        ] {
            lab.set_main("second-factor", policy);
            assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), without, "{policy}");
            assert_eq!(word(&lab.sign_in(BOB, PASSWORD)), with_app, "{policy}");
        }
    });
}

#[test]
fn optional_without_apps_asks_not_even_those_who_have_one() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        lab.set_main("methods", "mail,sms");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    });
}

#[test]
fn a_code_is_asked_for_by_the_panel_that_is_entered() {
    on_each_engine(|lab| {
        lab.add_panel("second", &[("second-factor", "off")]);
        lab.invite_as(&Invite {
            panel: Some("main".into()),
            ..invitation(ADA)
        })
        .unwrap();
        let link = lab.invite_to(ADA, "second").link_id.unwrap();
        let token = lab.token(link);
        lab.register(&token, PASSWORD).unwrap();
        lab.set_up_app(ADA);
        assert_eq!(
            word(&lab.try_in("main", ADA, PASSWORD, IP)),
            "code-required"
        );
        assert_eq!(word(&lab.try_in("second", ADA, PASSWORD, IP)), "signed-in");
    });
}

#[test]
fn a_wrong_password_does_not_tell_that_a_code_is_due_and_its_code_is_not_looked_at() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let code = lab.code(&app, 0);
        assert_eq!(
            lab.sign_in_with(ADA, OTHER_PASSWORD, &code),
            "invalid-credentials"
        );
        assert_eq!(lab.account(ADA).lock.wrong, 1);
        assert_eq!(wrong_codes(lab), 0);
        // It was not spent.
        assert_eq!(lab.sign_in_with(ADA, PASSWORD, &code), "signed-in");
    });
}

#[test]
fn who_is_asked_learns_which_methods_are_open() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        assert_eq!(
            denied(lab.attempt(Try::default())).methods,
            [Method::App, Method::Backup]
        );
        // Blanks are no code.
        assert_eq!(
            why_not(lab.attempt(with(" \t"))),
            ("code-required", "code-required".into())
        );
        lab.set_main("methods", "app,mail,sms");
        assert_eq!(
            denied(lab.attempt(Try::default())).methods,
            [Method::App, Method::Backup, Method::Mail]
        );
        lab.set_phone(ADA, Some("+491701234567"));
        assert_eq!(denied(lab.attempt(Try::default())).methods, Method::ALL);
    });
}

// T5

#[test]
fn required_and_not_set_up_brings_a_ticket_and_no_session() {
    let mut lab = required();
    let ((), entries) = lab.entries_of(|lab| {
        let denied = denied(lab.attempt(Try::default()));
        assert_eq!(denied.reason, "second-factor-setup-required");
        assert!(denied.ticket.is_some());
    });
    assert_eq!(entries, ["sign-in-refused"]);
    let ada = lab.account(ADA);
    assert!(lab.look(|tx| tx.open_sessions(ada.id)).is_empty());
    assert_eq!(ada.last_sign_in_at, None);
}

#[test]
fn no_ticket_comes_where_the_panel_takes_no_app() {
    let mut lab = required();
    lab.set_main("methods", "sms");
    let denied = denied(lab.attempt(Try::default()));
    assert_eq!(denied.reason, "second-factor-setup-required");
    assert!(denied.ticket.is_none());
}

#[test]
fn no_ticket_comes_before_the_password_is_right() {
    let mut lab = required();
    let denied = denied(lab.sign_in(ADA, OTHER_PASSWORD));
    assert_eq!(denied.reason, "invalid-credentials");
    assert!(denied.ticket.is_none());
}

#[test]
fn a_set_up_with_the_ticket_lets_in_with_the_next_code() {
    let mut lab = required();
    let ticket = ticket(&mut lab);
    let app = lab.take_up("main", Holder::Ticket(&ticket));
    assert_eq!(app.backup.len(), 10);
    assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "code-required");
    lab.set_clock("2026-03-01T12:00:30Z");
    let code = lab.code(&app, 0);
    assert_eq!(lab.sign_in_with(ADA, PASSWORD, &code), "signed-in");
    assert_eq!(lab.mail_kinds(ADA).last().unwrap(), "second-factor-set");
}

#[test]
fn the_ticket_works_once() {
    let mut lab = required();
    let ticket = ticket(&mut lab);
    let app = lab.take_up("main", Holder::Ticket(&ticket));
    lab.advance(minutes(1));
    let code = lab.code(&app, 0);
    ended(lab.offer(Holder::Ticket(&ticket), Some(&code)));
    ended(lab.confirm(Holder::Ticket(&ticket), &code));
}

#[test]
fn the_ticket_lives_thirty_minutes() {
    let mut lab = required();
    let ticket = ticket(&mut lab);
    lab.set_clock("2026-03-01T12:29:59.999Z");
    let offered = lab.offer(Holder::Ticket(&ticket), None).unwrap();
    let offered = granted(offered);
    lab.set_clock("2026-03-01T12:30:00Z");
    ended(lab.offer(Holder::Ticket(&ticket), None));
    // The offer itself would stand for longer.
    let code = code_near(&offered.secret, lab.now, 0);
    ended(lab.confirm(Holder::Ticket(&ticket), &code));
}

#[test]
fn an_offer_stands_for_thirty_minutes() {
    for (confirmed_at, counts) in [
        ("2026-03-01T12:39:59.999Z", true),
        ("2026-03-01T12:40:00Z", false),
    ] {
        let mut lab = Lab::new();
        lab.member(ADA);
        let session = session(lab.sign_in(ADA, PASSWORD));
        lab.set_clock("2026-03-01T12:10:00Z");
        let offered = granted(lab.offer(Holder::Session(&session), None).unwrap());
        lab.set_clock(confirmed_at);
        let code = code_near(&offered.secret, lab.now, 0);
        let confirmed = lab.confirm(Holder::Session(&session), &code);
        if counts {
            assert_eq!(confirmed.unwrap().unwrap().len(), 10);
        } else {
            assert_eq!(
                why_not(confirmed.unwrap()),
                ("code-expired", "no-offer".into())
            );
            let anew = granted(lab.offer(Holder::Session(&session), None).unwrap());
            assert_ne!(anew.secret.as_bytes(), offered.secret.as_bytes());
        }
    }
}

#[test]
fn asking_again_with_the_same_ticket_brings_the_same_secret() {
    let mut lab = required();
    let ticket = ticket(&mut lab);
    let mut secrets = Vec::new();
    for time in ["2026-03-01T12:01:00Z", "2026-03-01T12:20:00Z"] {
        lab.set_clock(time);
        let offered = lab.offer(Holder::Ticket(&ticket), None).unwrap();
        secrets.push(*granted(offered).secret.as_bytes());
    }
    assert_eq!(secrets[0], secrets[1]);
}

#[test]
fn another_holder_kills_the_older_offer() {
    let mut lab = required();
    let (first, second) = (ticket(&mut lab), ticket(&mut lab));
    let older = granted(lab.offer(Holder::Ticket(&first), None).unwrap());
    let newer = granted(lab.offer(Holder::Ticket(&second), None).unwrap());
    assert_ne!(older.secret.as_bytes(), newer.secret.as_bytes());
    let code = code_near(&older.secret, lab.now, 0);
    let gone = ("code-expired", "no-offer".into());
    assert_eq!(
        why_not(lab.confirm(Holder::Ticket(&first), &code).unwrap()),
        gone
    );
    let code = code_near(&newer.secret, lab.now, 0);
    assert!(lab.confirm(Holder::Ticket(&second), &code).unwrap().is_ok());
    // Behind it stands a set-up that the first ticket does not replace.
    assert_eq!(
        why_not(lab.offer(Holder::Ticket(&first), None).unwrap()),
        ("code-required", "current-code-needed".into())
    );
}

#[test]
fn only_the_holder_of_the_offer_confirms_it() {
    let mut lab = required();
    lab.member(BOB);
    let ticket = ticket(&mut lab);
    let offered = granted(lab.offer(Holder::Ticket(&ticket), None).unwrap());
    let code = code_near(&offered.secret, lab.now, 0);
    let other = self::ticket(&mut lab);
    let bobs = denied(lab.sign_in(BOB, PASSWORD)).ticket.unwrap();
    for wrong in [&other, &bobs.token] {
        assert_eq!(
            why_not(lab.confirm(Holder::Ticket(wrong), &code).unwrap()),
            ("code-expired", "no-offer".into())
        );
    }
    // A ticket is no session.
    ended(lab.confirm(Holder::Session(&ticket), &code));
    assert!(lab.confirm(Holder::Ticket(&ticket), &code).unwrap().is_ok());
}

#[test]
fn tickets_for_something_else_set_nothing_up() {
    let mut lab = Lab::new();
    lab.set_main("methods", "app,sms");
    lab.member(ADA);
    lab.set_phone(ADA, Some("+491701234567"));
    let after_reset = lab.take_over_by_mail(ADA, OTHER_PASSWORD);
    ended(lab.offer(Holder::Ticket(&after_reset), None));
    lab.set_main("second-factor", "required");
    let of_a_code = lab
        .send_to(
            Try {
                password: OTHER_PASSWORD,
                ..Try::default()
            },
            Method::Sms,
        )
        .unwrap();
    ended(lab.offer(Holder::Ticket(&of_a_code), None));
}

#[test]
fn the_session_of_another_panel_sets_nothing_up_here() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.add_panel("second", &[]);
        lab.invite_to(ADA, "second");
        let there = session(lab.try_in("second", ADA, PASSWORD, IP));
        ended(lab.offer_in("main", Holder::Session(&there), None));
        assert!(
            lab.offer_in("second", Holder::Session(&there), None)
                .unwrap()
                .is_ok()
        );
    });
}

#[test]
fn nothing_is_set_up_where_the_panel_would_never_ask_for_it() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let session = session(lab.sign_in(ADA, PASSWORD));
        let here = Refusal::NoAppsHere {
            panel: "main".into(),
        };
        for (key, value) in [("second-factor", "off"), ("methods", "mail")] {
            lab.set_main("second-factor", "optional");
            lab.set_main("methods", "app");
            lab.set_main(key, value);
            assert_eq!(
                refused(lab.offer(Holder::Session(&session), None)),
                here,
                "{key} {value}"
            );
        }
    });
}

/// What ends a set-up, and what brings the person back to where they were.
type Ending = (&'static str, fn(&mut Lab), fn(&mut Lab));

const ENDINGS: [Ending; 6] = [
    (
        "a lock",
        |lab| lab.fail(ADA, 6),
        |lab| {
            lab.unlock(ADA, &Unlock::default()).unwrap();
        },
    ),
    (
        "a permanent lock",
        |lab| {
            lab.set_main("locks-in-a-row", "1");
            lab.fail(ADA, 6);
        },
        |lab| {
            lab.unlock(
                ADA,
                &Unlock {
                    reason: Some("case 4711".into()),
                    keep_password: true,
                    ..Unlock::default()
                },
            )
            .unwrap();
        },
    ),
    (
        "a removal",
        |lab| {
            lab.remove(ADA, None).unwrap();
        },
        |lab| {
            lab.invite(ADA);
        },
    ),
    (
        "a reset of the second factor",
        |lab| {
            lab.trust("203.0.113.0/24", Some(ADA), None);
            lab.reset_2fa(ADA, &Reset2fa::default()).unwrap();
        },
        |_| {},
    ),
    (
        "a new password by link",
        |lab| {
            lab.take_over_by_mail(ADA, PASSWORD);
        },
        |_| {},
    ),
    (
        "the end of access",
        |lab| {
            lab.extend(ADA, None, Term::Until(at("2026-03-01T12:01:00Z")))
                .unwrap();
            lab.advance(minutes(1));
        },
        |_| {},
    ),
];

#[test]
fn a_set_up_does_not_outlive_what_ends_it() {
    for (what, end, back) in ENDINGS {
        let mut lab = required();
        let ticket = ticket(&mut lab);
        let offered = granted(lab.offer(Holder::Ticket(&ticket), None).unwrap());
        end(&mut lab);
        let code = code_near(&offered.secret, lab.now, 0);
        ended(lab.confirm(Holder::Ticket(&ticket), &code));
        ended(lab.offer(Holder::Ticket(&ticket), None));
        back(&mut lab);
        let code = code_near(&offered.secret, lab.now, 0);
        ended(lab.confirm(Holder::Ticket(&ticket), &code));
        ended(lab.offer(Holder::Ticket(&ticket), None));
        let ada = lab.account(ADA);
        assert_eq!(lab.look(|tx| tx.factor_brief(ada.id)), None, "{what}");
    }
}

#[test]
fn a_lock_by_hand_holds_a_set_up_back() {
    let mut lab = required();
    let ticket = ticket(&mut lab);
    let ada = lab.account(ADA);
    let lock = Disabled {
        at: lab.now,
        until: None,
        reason: "left".into(),
    };
    lab.settle(|tx| tx.disable_account(ada.id, &lock));
    ended(lab.offer(Holder::Ticket(&ticket), None));
}

#[test]
fn who_knows_the_password_of_somebody_with_an_app_gets_a_ticket_that_replaces_nothing() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        let (ticket, is_set) = lab.begin(Try::default()).unwrap();
        assert!(is_set);
        assert_eq!(
            why_not(lab.offer(Holder::Ticket(&ticket), None).unwrap()),
            ("code-required", "current-code-needed".into())
        );
        // Nor after an operator has taken the factor off: it was begun before.
        lab.reset_2fa(ADA, &Reset2fa::default()).unwrap();
        ended(lab.offer(Holder::Ticket(&ticket), None));
    });
}

/// Where one session refuses the next: an app is set up beside it.
#[test]
fn who_is_signed_in_elsewhere_may_begin_a_set_up() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.set_main("sessions", "one-refuse");
        lab.signed_in(ADA, PASSWORD);
        let (ticket, is_set) = lab.begin(Try::default()).unwrap();
        assert!(!is_set);
        lab.take_up("main", Holder::Ticket(&ticket));
    });
}

// A first app, where a sign-in asks for a code by mail or SMS.

#[test]
fn behind_a_code_by_sms_the_password_alone_sets_no_app_up() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.set_phone(ADA, Some("+491701234567"));
        lab.set_panel(
            "main",
            &[("second-factor", "required"), ("methods", "app,sms")],
        );
        let denied = denied(lab.begin(Try::default()));
        assert_eq!(denied.reason, "code-required");
        assert_eq!(denied.methods, [Method::Sms]);
        let (ticket, code) = lab.sent(Method::Sms);
        let wrong = if code == "000000" { "000001" } else { "000000" };
        let attempt = Try {
            ticket: Some(&ticket),
            ..with(wrong)
        };
        assert_eq!(why_not(lab.begin(attempt)).0, "code-invalid");
        assert_eq!(wrong_codes(lab), 1);
        let (holder, is_set) = lab
            .begin(Try {
                ticket: Some(&ticket),
                ..with(&code)
            })
            .unwrap();
        assert!(!is_set);
        lab.take_up("main", Holder::Ticket(&holder));
    });
}

#[test]
fn behind_a_code_by_sms_no_app_is_set_up_by_way_of_another_panel() {
    for other in ["optional", "required"] {
        let mut lab = Lab::new();
        lab.member(ADA);
        lab.set_phone(ADA, Some("+491701234567"));
        lab.set_panel(
            "main",
            &[("second-factor", "required"), ("methods", "app,sms")],
        );
        lab.add_panel("second", &[]);
        lab.invite_to(ADA, "second");
        let there = session(lab.try_in("second", ADA, PASSWORD, IP));
        lab.set_panel("second", &[("second-factor", other)]);
        let answer = lab.try_in("second", ADA, PASSWORD, IP);
        if other == "required" {
            let denied = denied(answer);
            assert_eq!(denied.reason, "second-factor-setup-required");
            assert!(denied.ticket.is_none());
            assert_eq!(denied.advice, Some(Advice::CodeElsewhere));
        } else {
            assert_eq!(word(&answer), "signed-in");
        }
        assert_eq!(
            why_not(
                lab.offer_in("second", Holder::Session(&there), None)
                    .unwrap()
            ),
            ("code-required", "code-elsewhere".into())
        );
        assert!(
            lab.begin(Try {
                panel: "second",
                ..Try::default()
            })
            .is_err(),
            "{other}"
        );
        // In the panel that asks for the code, behind it, an app is set up, and opens the other one.
        let (ticket, code) = lab.sent(Method::Sms);
        let here = session(lab.attempt(Try {
            ticket: Some(&ticket),
            ..with(&code)
        }));
        let app = lab.take_up("main", Holder::Session(&here));
        lab.advance(minutes(1));
        let code = lab.code(&app, 0);
        assert_eq!(
            lab.answer(Try {
                panel: "second",
                ..with(&code)
            }),
            "signed-in"
        );
    }
}

#[test]
fn a_panel_that_takes_no_app_does_not_keep_anybody_from_setting_one_up_elsewhere() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.set_phone(ADA, Some("+491701234567"));
        lab.add_panel(
            "second",
            &[("second-factor", "required"), ("methods", "sms")],
        );
        lab.invite_to(ADA, "second");
        let here = session(lab.sign_in(ADA, PASSWORD));
        lab.take_up("main", Holder::Session(&here));
    });
}

#[test]
fn access_that_is_over_elsewhere_does_not_keep_anybody_from_setting_one_up() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.set_phone(ADA, Some("+491701234567"));
        lab.add_panel(
            "second",
            &[("second-factor", "required"), ("methods", "app,sms")],
        );
        lab.invite_as(&Invite {
            panel: Some("second".into()),
            term: Some(lapse("1d")),
            ..invitation(ADA)
        })
        .unwrap();
        let here = session(lab.sign_in(ADA, PASSWORD));
        assert!(lab.offer(Holder::Session(&here), None).unwrap().is_err());
        lab.set_clock("2026-03-02T12:00:00Z");
        let here = session(lab.sign_in(ADA, PASSWORD));
        lab.take_up("main", Holder::Session(&here));
    });
}

// T2

#[test]
fn the_current_and_the_previous_code_count_and_the_next_only_where_the_panel_says_so() {
    for (ahead, steps, expected) in [
        ("0", 0, "signed-in"),
        ("0", -1, "signed-in"),
        ("0", -2, "code-invalid"),
        ("0", 1, "code-invalid"),
        ("1", 1, "signed-in"),
        ("1", 0, "signed-in"),
        ("1", -1, "signed-in"),
        ("1", -2, "code-invalid"),
        ("1", 2, "code-invalid"),
    ] {
        let mut lab = Lab::new();
        lab.set_main("totp-ahead", ahead);
        let app = lab.member_with_app(ADA);
        lab.set_clock("2026-03-01T13:00:00Z");
        let code = lab.code(&app, steps);
        assert_eq!(
            lab.sign_in_with(ADA, PASSWORD, &code),
            expected,
            "{steps} steps, {ahead} ahead"
        );
    }
}

#[test]
fn a_code_counts_until_the_end_of_the_step_after_its_own() {
    for (time, expected) in [
        ("2026-03-01T13:00:00Z", "signed-in"),
        ("2026-03-01T13:00:59.999Z", "signed-in"),
        ("2026-03-01T13:01:00Z", "code-invalid"),
        ("2026-03-01T12:59:59.999Z", "code-invalid"),
    ] {
        let mut lab = Lab::new();
        let app = lab.member_with_app(ADA);
        let code = code_near(&app.secret, at("2026-03-01T13:00:00Z"), 0);
        lab.set_clock(time);
        assert_eq!(lab.sign_in_with(ADA, PASSWORD, &code), expected, "{time}");
    }
}

#[test]
fn a_code_is_accepted_once() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let code = lab.code(&app, 0);
        assert_eq!(lab.sign_in_with(ADA, PASSWORD, &code), "signed-in");
        assert_eq!(
            why_not(lab.attempt(with(&code))),
            ("code-invalid", "code-used".into())
        );
        lab.set_clock("2026-03-01T12:01:30Z");
        assert_eq!(
            why_not(lab.attempt(with(&code))),
            ("code-invalid", "code-used".into())
        );
        assert_eq!(wrong_codes(lab), 2);
    });
}

#[test]
fn a_code_is_accepted_once_over_all_panels() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.add_panel("second", &[]);
        lab.invite_to(ADA, "second");
        let (ticket, _) = lab.begin(Try::default()).unwrap();
        let app = lab.take_up("main", Holder::Ticket(&ticket));
        lab.advance(minutes(1));
        let code = lab.code(&app, 0);
        assert_eq!(lab.answer(with(&code)), "signed-in");
        let there = Try {
            panel: "second",
            ..with(&code)
        };
        assert_eq!(why_not(lab.attempt(there)).1, "code-used");
    });
}

#[test]
fn after_the_current_code_the_previous_one_is_refused() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.set_clock("2026-03-01T13:00:00Z");
        let (current, previous) = (lab.code(&app, 0), lab.code(&app, -1));
        assert_eq!(lab.sign_in_with(ADA, PASSWORD, &current), "signed-in");
        assert_eq!(
            why_not(lab.attempt(with(&previous))),
            ("code-invalid", "code-used".into())
        );
    });
}

#[test]
fn after_the_previous_code_the_current_one_counts() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.set_clock("2026-03-01T13:00:00Z");
        let (current, previous) = (lab.code(&app, 0), lab.code(&app, -1));
        assert_eq!(lab.sign_in_with(ADA, PASSWORD, &previous), "signed-in");
        assert_eq!(lab.sign_in_with(ADA, PASSWORD, &current), "signed-in");
    });
}

#[test]
fn the_first_code_of_a_set_up_is_spent() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let app = lab.set_up_app(ADA);
        let first = lab.code(&app, 0);
        assert_eq!(
            why_not(lab.attempt(with(&first))),
            ("code-invalid", "code-used".into())
        );
    });
}

#[test]
fn the_code_of_somebody_else_is_wrong() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        let bobs = lab.member_with_app(BOB);
        let code = lab.code(&bobs, 0);
        assert_eq!(
            why_not(lab.attempt(with(&code))),
            ("code-invalid", "wrong-code".into())
        );
        assert_eq!(lab.sign_in_with(BOB, PASSWORD, &code), "signed-in");
    });
}

#[test]
fn a_code_is_read_however_it_is_spaced() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        for (time, shape) in [
            ("2026-03-01T13:00:00Z", "AAA AAA"),
            ("2026-03-01T13:01:00Z", " AAA-AAA "),
            ("2026-03-01T13:02:00Z", "AA AA AA\r\n"),
            ("2026-03-01T13:03:00Z", "AAA\u{a0}AAA"),
        ] {
            lab.set_clock(time);
            let code = lab.code(&app, 0);
            let mut digits = code.chars();
            let typed: String = shape
                .chars()
                .map(|c| if c == 'A' { digits.next().unwrap() } else { c })
                .collect();
            assert_eq!(lab.answer(with(&typed)), "signed-in", "{shape:?}");
            // And is the same code however it is spaced.
            assert_eq!(
                why_not(lab.attempt(with(&code))).1,
                "code-used",
                "{shape:?}"
            );
        }
    });
}

#[test]
fn what_is_no_code_at_all_does_not_count() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let code = lab.code(&app, 0);
        let seven = format!("{code}0");
        let arabic: String = code
            .chars()
            .map(|digit| char::from_u32(0x660 + digit.to_digit(10).unwrap()).unwrap())
            .collect();
        let wide: String = code
            .chars()
            .map(|digit| char::from_u32(0xff10 + digit.to_digit(10).unwrap()).unwrap())
            .collect();
        for typed in [&code[..5], &seven, &arabic, &wide, "abcdef", "12.345"] {
            assert_eq!(
                why_not(lab.attempt(with(typed))),
                ("code-invalid", "malformed-code".into()),
                "{typed}"
            );
        }
        assert_eq!(wrong_codes(lab), 0);
        assert_eq!(lab.answer(with(&code)), "signed-in");
    });
}

#[test]
fn leading_zeros_belong_to_the_code() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        while !lab.code(&app, 0).starts_with('0') {
            lab.advance(jiff::SignedDuration::from_secs(30));
        }
        let code = lab.code(&app, 0);
        assert_eq!(
            why_not(lab.attempt(with(&code[1..]))),
            ("code-invalid", "malformed-code".into())
        );
        assert_eq!(lab.answer(with(&code)), "signed-in");
    });
}

#[test]
fn the_secret_is_160_bits_and_not_in_the_file_in_clear() {
    let mut lab = Lab::new();
    let app = lab.member_with_app(ADA);
    assert_eq!(app.secret.as_bytes().len(), 20);
    let sealed: Vec<u8> = lab.raw().one("select secret from second_factor", &[]);
    assert!(sealed.len() > 20);
    assert!(!sealed.windows(20).any(|part| part == app.secret.as_bytes()));
}

// Replacing

/// A new app in place of the present one, with this code of it.
fn replace(lab: &mut Lab, holder: Holder<'_>, current: &str) -> App {
    let offered = match lab.offer(holder, Some(current)).unwrap() {
        Ok(offered) => offered,
        Err(denied) => panic!("{denied:?}"),
    };
    assert!(offered.replaces);
    let first = code_near(&offered.secret, lab.now, 0);
    let codes = lab.confirm(holder, &first).unwrap().unwrap();
    App {
        secret: offered.secret,
        backup: codes
            .iter()
            .map(|code| code.shown().expose().clone())
            .collect(),
    }
}

#[test]
fn replacing_an_app_needs_a_code_of_it() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let code = lab.code(&app, 0);
        let session = session(lab.attempt(with(&code)));
        for nothing in [None, Some(""), Some("  ")] {
            let denied = denied(lab.offer(Holder::Session(&session), nothing).unwrap());
            assert_eq!(
                (denied.reason, denied.cause.as_str()),
                ("code-required", "current-code-needed")
            );
            assert_eq!(denied.methods, [Method::App, Method::Backup]);
        }
        // The one that let them in is spent.
        assert_eq!(
            why_not(lab.offer(Holder::Session(&session), Some(&code)).unwrap()),
            ("code-invalid", "code-used".into())
        );
        lab.advance(minutes(1));
        let code = lab.code(&app, 0);
        let new = replace(lab, Holder::Session(&session), &code);
        lab.advance(minutes(1));
        let (old, new_code) = (lab.code(&app, 0), lab.code(&new, 0));
        assert_eq!(lab.answer(with(&old)), "code-invalid");
        assert_eq!(lab.answer(with(&app.backup[0])), "code-invalid");
        assert_eq!(lab.answer(with(&new_code)), "signed-in");
        assert_eq!(lab.answer(with(&new.backup[0])), "signed-in");
    });
}

#[test]
fn replacing_an_app_works_with_a_backup_code_and_by_ticket_too() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let (ticket, _) = lab.begin(Try::default()).unwrap();
        let new = replace(lab, Holder::Ticket(&ticket), &app.backup[3]);
        lab.advance(minutes(1));
        let code = lab.code(&new, 0);
        assert_eq!(lab.answer(with(&code)), "signed-in");
    });
}

#[test]
fn until_the_new_app_is_confirmed_the_old_one_counts() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let (ticket, _) = lab.begin(Try::default()).unwrap();
        let code = lab.code(&app, 0);
        let offered = granted(lab.offer(Holder::Ticket(&ticket), Some(&code)).unwrap());
        lab.advance(minutes(1));
        let (old, new) = (lab.code(&app, 0), code_near(&offered.secret, lab.now, 0));
        assert_eq!(lab.answer(with(&new)), "code-invalid");
        assert_eq!(lab.answer(with(&old)), "signed-in");
    });
}

#[test]
fn wrong_codes_for_replacing_count_and_lock() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let (ticket, _) = lab.begin(Try::default()).unwrap();
        let wrong = no_code(&app.secret, lab.now);
        assert_eq!(
            why_not(lab.offer(Holder::Ticket(&ticket), Some("12345")).unwrap()).1,
            "malformed-code"
        );
        for count in 1..=6 {
            assert_eq!(
                why_not(lab.offer(Holder::Ticket(&ticket), Some(&wrong)).unwrap()),
                ("code-invalid", "wrong-code".into())
            );
            assert_eq!(wrong_codes(lab), count);
        }
        assert_eq!(lab.account_status(ADA), "locked");
        let code = lab.code(&app, 0);
        ended(lab.offer(Holder::Ticket(&ticket), Some(&code)));
    });
}

#[test]
fn a_code_by_mail_replaces_no_app() {
    on_each_engine(|lab| {
        lab.set_main("methods", "app,mail");
        lab.member_with_app(ADA);
        let (_, mailed) = lab.sent(Method::Mail);
        let (holder, _) = lab.begin(Try::default()).unwrap();
        assert_eq!(
            why_not(lab.offer(Holder::Ticket(&holder), Some(&mailed)).unwrap()),
            ("code-invalid", "wrong-code".into())
        );
    });
}

#[test]
fn a_wrong_first_code_costs_nothing_and_sets_nothing_up() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let session = session(lab.sign_in(ADA, PASSWORD));
        let offered = granted(lab.offer(Holder::Session(&session), None).unwrap());
        let wrong = no_code(&offered.secret, lab.now);
        for _ in 0..7 {
            assert_eq!(
                why_not(lab.confirm(Holder::Session(&session), &wrong).unwrap()),
                ("code-invalid", "wrong-code".into())
            );
        }
        assert_eq!(lab.account_status(ADA), "active");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
        let right = code_near(&offered.secret, lab.now, 0);
        assert!(
            lab.confirm(Holder::Session(&session), &right)
                .unwrap()
                .is_ok()
        );
    });
}

#[test]
fn a_first_code_from_a_wrong_clock_is_told_apart() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let session = session(lab.sign_in(ADA, PASSWORD));
        let offered = granted(lab.offer(Holder::Session(&session), None).unwrap());
        let early = code_near(&offered.secret, lab.now, 10);
        let denied = denied(lab.confirm(Holder::Session(&session), &early).unwrap());
        assert_eq!(denied.cause, "wrong-clock");
        assert_eq!(denied.advice, Some(Advice::PhoneClock(10)));
    });
}

// T7

fn clock(lab: &mut Lab) -> Option<i64> {
    let ada = lab.account(ADA);
    lab.look(|tx| tx.factor_brief(ada.id))
        .unwrap()
        .clock
        .map(|(steps, _)| steps)
}

#[test]
fn the_offset_of_a_clock_up_to_ten_minutes_off_is_recorded() {
    let mut lab = Lab::new();
    lab.set_main("wrong-codes", "100");
    let app = lab.member_with_app(ADA);
    lab.set_clock("2026-03-01T13:00:00Z");
    for steps in (-20..=-2).chain(1..=20) {
        let code = lab.code(&app, steps);
        let denied = denied(lab.attempt(with(&code)));
        let cause = format!("wrong-clock: {}", clock_in_words(steps));
        assert_eq!(
            (denied.reason, denied.cause, denied.advice),
            ("code-invalid", cause, None),
            "{steps}"
        );
        assert_eq!(clock(&mut lab), Some(steps));
    }
    assert_eq!(wrong_codes(&mut lab), 39);
}

#[test]
fn a_clock_further_off_is_not_looked_for() {
    let mut lab = Lab::new();
    let app = lab.member_with_app(ADA);
    lab.set_clock("2026-03-01T13:00:00Z");
    for steps in [-21, 21, 120, -90] {
        let code = lab.code(&app, steps);
        assert_eq!(
            why_not(lab.attempt(with(&code))),
            ("code-invalid", "wrong-code".into()),
            "{steps}"
        );
    }
    assert_eq!(clock(&mut lab), None);
}

#[test]
fn where_the_next_code_counts_it_is_no_wrong_clock() {
    let mut lab = Lab::new();
    lab.set_main("totp-ahead", "1");
    let app = lab.member_with_app(ADA);
    lab.set_clock("2026-03-01T13:00:00Z");
    let code = lab.code(&app, 1);
    assert_eq!(lab.answer(with(&code)), "signed-in");
    assert_eq!(clock(&mut lab), None);
}

#[test]
fn the_offset_is_told_by_why_and_never_to_the_person_who_types_and_cleared_by_a_right_code() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.set_clock("2026-03-01T13:00:00Z");
        let late = lab.code(&app, -8);
        let denied = denied(lab.attempt(with(&late)));
        assert_eq!(denied.cause, "wrong-clock: about 4 minutes behind");
        assert_eq!(
            denied.advice, None,
            "a guesser would know when to come back"
        );
        let notes = |lab: &mut Lab| -> Vec<String> {
            lab.why(ADA, Some("main"))
                .remove(0)
                .notes
                .into_iter()
                .filter(|note| note.kind == "phone-clock")
                .map(|note| note.detail)
                .collect()
        };
        let told = notes(lab);
        assert_eq!(told.len(), 1);
        assert!(
            told[0].starts_with("the phone's clock is about 4 minutes behind"),
            "{told:?}"
        );
        assert!(!told[0].contains(&late));
        let right = lab.code(&app, 0);
        assert_eq!(lab.answer(with(&right)), "signed-in");
        assert!(notes(lab).is_empty());
        assert_eq!(clock(lab), None);
    });
}

#[test]
fn the_code_of_a_wrong_clock_is_in_no_audit_entry() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.set_clock("2026-03-01T13:00:00Z");
        let late = lab.code(&app, -8);
        assert_eq!(lab.answer(with(&late)), "code-invalid");
        let entry = lab.audit().pop().unwrap();
        assert_eq!(entry.detail["cause"], "wrong-clock");
        assert!(!format!("{:?}", entry.detail).contains(&late));
    });
}

#[test]
fn a_code_that_was_used_before_is_no_wrong_clock() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.set_clock("2026-03-01T13:00:00Z");
        let code = lab.code(&app, 0);
        assert_eq!(lab.answer(with(&code)), "signed-in");
        lab.set_clock("2026-03-01T13:05:00Z");
        assert_eq!(
            why_not(lab.attempt(with(&code))),
            ("code-invalid", "code-used".into())
        );
        assert_eq!(clock(lab), None);
    });
}

// Changing the password

#[test]
fn changing_the_password_by_address_needs_a_code_where_a_sign_in_does() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        assert_eq!(
            why_not(lab.change_by_address(Second::default(), None)),
            ("code-required", "code-required".into())
        );
        let wrong = secret(&no_code(&app.secret, lab.now));
        assert_eq!(
            why_not(lab.change_by_address(typed(&wrong), None)).0,
            "code-invalid"
        );
        assert_eq!(wrong_codes(lab), 1);
        let right = secret(&lab.code(&app, 0));
        assert!(
            lab.change_by_address(typed(&right), None)
                .unwrap()
                .is_none()
        );
        assert_eq!(word(&lab.sign_in(ADA, OTHER_PASSWORD)), "code-required");
    });
}

#[test]
fn changing_the_password_by_session_needs_no_code() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let code = lab.code(&app, 0);
        let session = session(lab.attempt(with(&code)));
        let changed = lab.change(password::Holder::Session(&session), Second::default(), None);
        assert!(changed.unwrap().is_some());
    });
}

#[test]
fn changing_an_expired_password_takes_a_code_by_sms() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.set_phone(ADA, Some("+491701234567"));
        lab.set_panel(
            "main",
            &[
                ("second-factor", "required"),
                ("methods", "sms"),
                ("password-expiry", "30d"),
            ],
        );
        lab.set_clock("2026-03-31T12:00:00Z");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "password-expired");
        let (ticket, code) = lab.sent(Method::Sms);
        let code = secret(&code);
        assert_eq!(
            why_not(lab.change_by_address(Second::default(), None)).0,
            "code-required"
        );
        assert!(lab.change_by_address(typed(&code), Some(&ticket)).is_ok());
    });
}

#[test]
fn a_password_that_is_refused_spends_no_code() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let code = secret(&lab.code(&app, 0));
        let (old, short) = (secret(PASSWORD), secret("short"));
        let op = lab.op_from(IP);
        let change = password::Change {
            holder: password::Holder::Address(ADA),
            panel: "main",
            old: &old,
            new: &short,
            second: typed(&code),
            ticket: None,
        };
        let refusal = refused(password::change_password(
            &mut lab.store,
            &op,
            &change,
            &|_| {},
        ));
        assert!(matches!(refusal, Refusal::Password(_)), "{refusal:?}");
        assert!(lab.change_by_address(typed(&code), None).is_ok());
    });
}

// P2

#[test]
fn eight_characters_do_where_every_panel_of_the_person_requires_a_second_factor() {
    on_each_engine(|lab| {
        lab.set_main("second-factor", "required");
        let link = lab.invite(ADA).link_id.unwrap();
        let token = lab.token(link);
        let seven = refused(lab.register(&token, "ninepin"));
        assert!(matches!(seven, Refusal::Password(_)), "{seven:?}");
        let bearer = lab.register(&token, "ninepins").unwrap();
        assert_eq!(bearer.least(), 8);
        assert_eq!(lab.account(ADA).password.unwrap().met_length, 8);
    });
}

#[test]
fn fifteen_characters_are_needed_where_one_panel_of_the_person_requires_none() {
    on_each_engine(|lab| {
        lab.set_main("second-factor", "required");
        lab.add_panel("second", &[]);
        lab.invite_to(ADA, "main");
        let link = lab.invite_to(ADA, "second").link_id.unwrap();
        let token = lab.token(link);
        let refusal = refused(lab.register(&token, "fourteen-chars"));
        assert!(matches!(refusal, Refusal::Password(_)), "{refusal:?}");
        assert_eq!(lab.register(&token, "fifteen-letters").unwrap().least(), 15);
    });
}

#[test]
fn a_panel_that_asks_for_a_longer_password_answers_password_expired_and_the_other_does_not() {
    on_each_engine(|lab| {
        lab.set_main("second-factor", "required");
        let link = lab.invite(ADA).link_id.unwrap();
        let token = lab.token(link);
        lab.register(&token, "ninepins").unwrap();
        lab.add_panel("second", &[]);
        lab.invite_to(ADA, "second");
        assert_eq!(
            word(&lab.try_in("main", ADA, "ninepins", IP)),
            "second-factor-setup-required"
        );
        assert_eq!(
            word(&lab.try_in("second", ADA, "ninepins", IP)),
            "password-expired"
        );
        lab.set_main("second-factor", "optional");
        assert_eq!(
            word(&lab.try_in("main", ADA, "ninepins", IP)),
            "password-expired"
        );
    });
}

#[test]
fn an_apps_code_counts_only_where_the_panel_takes_apps() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.set_phone(ADA, Some("+442071234567"));
        lab.set_panel("main", &[("second-factor", "required"), ("methods", "sms")]);
        let code = lab.code(&app, 0);
        for attempt in [
            with(&code),
            Try {
                method: Some(Method::App),
                ..with(&code)
            },
        ] {
            assert_eq!(
                why_not(lab.attempt(attempt)),
                ("code-invalid", "method-not-open".into())
            );
        }
        // With the ticket of a new password the code would be the app's, too.
        let reset = lab.take_over_by_mail(ADA, OTHER_PASSWORD);
        let attempt = Try {
            password: OTHER_PASSWORD,
            ticket: Some(&reset),
            ..with(&code)
        };
        assert_eq!(
            why_not(lab.attempt(attempt)),
            ("code-invalid", "ticket-unknown".into())
        );
        // None of it was compared with the app: its code is still good where apps are taken.
        lab.set_main("methods", "app,sms");
        assert_eq!(lab.sign_in_with(ADA, OTHER_PASSWORD, &code), "signed-in");
    });
}
