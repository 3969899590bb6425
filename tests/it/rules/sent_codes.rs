//! T4: codes by mail and SMS; and what somebody who owns the mailbox gets.

use admit::domain::advice::Advice;
use admit::domain::second_factor::Method;
use admit::ops::address_change::confirm_address;
use admit::ops::change::ChangeResult;
use admit::ops::edit::Edited;
use admit::ops::edit::{Edit, edit};
use admit::ops::reset_2fa::Reset2fa;
use admit::ops::set_up::Holder;
use admit::ops::sign_in::Denied;
use admit::store::{MailRow, MailState};
use admit::vault::Token;
use jiff::SignedDuration;

use crate::support::bench_codes::{App, Try, denied, granted, no_code, why_not, with};
use crate::support::bench_store::{
    ADA, BOB, IP, Lab, OTHER_PASSWORD, PASSWORD, address, minutes, on_each_engine, word,
};

const PHONE: &str = "+491701234567";

/// Ada, where a code by one of these methods is required.
fn asked_for(methods: &str) -> Lab {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.set_phone(ADA, Some(PHONE));
    lab.set_panel(
        "main",
        &[("second-factor", "required"), ("methods", methods)],
    );
    lab
}

fn typed<'a>(ticket: &'a Token, code: &'a str) -> Try<'a> {
    Try {
        ticket: Some(ticket),
        ..with(code)
    }
}

/// Six digits that are not these.
fn other_than(code: &str) -> &'static str {
    if code == "123456" { "654321" } else { "123456" }
}

/// Types wrong codes with a ticket.
fn fail(lab: &mut Lab, ticket: &Token, code: &str, times: usize) {
    for _ in 0..times {
        assert_eq!(
            why_not(lab.attempt(typed(ticket, other_than(code)))),
            ("code-invalid", "wrong-code".into())
        );
    }
}

fn edit_phone(lab: &mut Lab, who: &str, number: Option<&str>) -> ChangeResult<Edited> {
    let request = Edit {
        phone: Some(number.map(str::to_owned)),
        ..Edit::default()
    };
    lab.run(|tx, scope, op| edit(tx, scope, op, &address(who), &request))
        .unwrap()
}

fn is_sms(row: &MailRow) -> bool {
    row.kind == "sign-in-code-sms"
}

fn refused_because(answer: Result<Token, Denied>) -> Advice {
    let denied = denied(answer);
    assert_eq!(denied.cause, "method-not-open");
    denied.advice.unwrap()
}

#[test]
fn a_mailed_code_of_six_digits_lets_in() {
    let mut lab = asked_for("mail");
    assert_eq!(denied(lab.attempt(Try::default())).methods, [Method::Mail]);
    let ((ticket, code), entries) = lab.entries_of(|lab| lab.sent(Method::Mail));
    assert_eq!(entries, ["code-sent"]);
    assert_eq!(code.len(), 6);
    let mail = lab.mail_of(ADA).remove(0);
    assert_eq!(
        (mail.kind.as_str(), mail.address.as_str()),
        ("sign-in-code", ADA)
    );
    assert_eq!(lab.answer(typed(&ticket, &code)), "signed-in");
}

#[test]
fn a_code_by_sms_goes_to_the_number_and_lets_in() {
    let mut lab = asked_for("sms");
    let (ticket, code) = lab.sent(Method::Sms);
    let mail = lab.mail_of(ADA).remove(0);
    assert_eq!(
        (mail.kind.as_str(), mail.address.as_str()),
        ("sign-in-code-sms", PHONE)
    );
    assert_eq!(lab.answer(typed(&ticket, &code)), "signed-in");
}

#[test]
fn a_code_lives_ten_minutes() {
    for (time, expected) in [
        ("2026-03-01T12:09:59.999Z", None),
        ("2026-03-01T12:10:00Z", Some("code-expired")),
    ] {
        let mut lab = asked_for("mail");
        let (ticket, code) = lab.sent(Method::Mail);
        lab.set_clock(time);
        let answer = lab.attempt(typed(&ticket, &code));
        assert_eq!(
            answer.err().map(|denied| (denied.reason, denied.cause)),
            expected.map(|cause| ("code-expired", cause.to_owned())),
            "{time}"
        );
        assert_eq!(lab.account(ADA).lock.wrong_codes, 0);
    }
}

#[test]
fn a_code_is_compared_five_times() {
    let mut lab = asked_for("mail");
    let (ticket, code) = lab.sent(Method::Mail);
    fail(&mut lab, &ticket, &code, 4);
    assert_eq!(lab.answer(typed(&ticket, &code)), "signed-in");

    let mut lab = asked_for("mail");
    let (ticket, code) = lab.sent(Method::Mail);
    fail(&mut lab, &ticket, &code, 5);
    assert_eq!(
        why_not(lab.attempt(typed(&ticket, &code))),
        ("code-expired", "too-many-tries".into())
    );
    // It was not compared, so it does not count.
    assert_eq!(lab.account(ADA).lock.wrong_codes, 5);
    assert_eq!(lab.account_status(ADA), "active");
}

#[test]
fn asking_for_another_code_does_not_reset_the_count() {
    let mut lab = asked_for("mail,sms");
    let (ticket, code) = lab.sent(Method::Mail);
    fail(&mut lab, &ticket, &code, 2);
    lab.advance(minutes(4));
    let (ticket, code) = lab.sent(Method::Sms);
    fail(&mut lab, &ticket, &code, 2);
    lab.advance(minutes(4));
    let (ticket, code) = lab.sent(Method::Mail);
    fail(&mut lab, &ticket, &code, 1);
    assert_eq!(
        why_not(lab.attempt(typed(&ticket, &code))),
        ("code-expired", "too-many-tries".into())
    );
    assert_eq!(
        why_not(lab.send(Method::Mail)),
        ("throttled", "too-many-tries".into())
    );
    lab.advance(SignedDuration::from_millis(599_999));
    assert_eq!(why_not(lab.send(Method::Mail)).1, "too-many-tries");
    lab.advance(SignedDuration::from_millis(1));
    let (ticket, code) = lab.sent(Method::Mail);
    assert_eq!(lab.answer(typed(&ticket, &code)), "signed-in");
}

#[test]
fn a_right_code_starts_the_count_anew() {
    let mut lab = asked_for("mail");
    let (ticket, code) = lab.sent(Method::Mail);
    fail(&mut lab, &ticket, &code, 4);
    let (ticket, code) = lab.sent(Method::Mail);
    assert_eq!(lab.answer(typed(&ticket, &code)), "signed-in");
    let (ticket, code) = lab.sent(Method::Mail);
    fail(&mut lab, &ticket, &code, 4);
    assert_eq!(lab.answer(typed(&ticket, &code)), "signed-in");
}

#[test]
fn only_the_newest_code_counts() {
    let mut lab = asked_for("mail,sms");
    let (older, older_code) = lab.sent(Method::Mail);
    let (newer, newer_code) = lab.sent(Method::Sms);
    assert_eq!(
        why_not(lab.attempt(typed(&older, &older_code))),
        ("code-expired", "code-superseded".into())
    );
    assert_eq!(lab.answer(typed(&newer, &newer_code)), "signed-in");
}

#[test]
fn a_code_counts_once() {
    let mut lab = asked_for("mail");
    let (ticket, code) = lab.sent(Method::Mail);
    assert_eq!(lab.answer(typed(&ticket, &code)), "signed-in");
    assert_eq!(
        why_not(lab.attempt(typed(&ticket, &code))),
        ("code-invalid", "code-used".into())
    );
}

#[test]
fn a_code_is_read_however_it_is_spaced_and_no_code_costs_no_try() {
    let mut lab = asked_for("mail");
    let (ticket, code) = lab.sent(Method::Mail);
    for malformed in ["12345", "1234567", "abcdef", "١٢٣٤٥٦"] {
        assert_eq!(
            why_not(lab.attempt(typed(&ticket, malformed))).1,
            "malformed-code"
        );
    }
    fail(&mut lab, &ticket, &code, 4);
    let spaced = format!(" {} {}\n", &code[..3], &code[3..]);
    assert_eq!(lab.answer(typed(&ticket, &spaced)), "signed-in");
}

#[test]
fn a_code_is_bound_to_the_ticket_it_was_sent_with() {
    let mut lab = asked_for("mail");
    let (first, first_code) = lab.sent(Method::Mail);
    let (second, second_code) = lab.sent(Method::Mail);
    assert_ne!(first_code, second_code);
    assert_eq!(
        why_not(lab.attempt(typed(&second, &first_code))).1,
        "wrong-code"
    );
    assert_eq!(
        why_not(lab.attempt(typed(&first, &second_code))).1,
        "code-superseded"
    );
    let without = Try {
        method: Some(Method::Mail),
        ..with(&second_code)
    };
    assert_eq!(
        why_not(lab.attempt(without)),
        ("code-invalid", "no-ticket".into())
    );
    // Without ticket and method it would be an app's, which this panel does not take: nothing is compared.
    assert_eq!(
        why_not(lab.attempt(with(&second_code))),
        ("code-invalid", "method-not-open".into())
    );
    assert_eq!(lab.answer(typed(&second, &second_code)), "signed-in");
}

#[test]
fn a_code_is_bound_to_the_person() {
    let mut lab = asked_for("mail");
    lab.member(BOB);
    let (ticket, code) = lab.sent(Method::Mail);
    let bobs = Try {
        who: BOB,
        ..typed(&ticket, &code)
    };
    assert_eq!(
        why_not(lab.attempt(bobs)),
        ("code-invalid", "ticket-unknown".into())
    );
    assert_eq!(lab.account(BOB).lock.wrong_codes, 1);
    assert_eq!(lab.answer(typed(&ticket, &code)), "signed-in");
}

#[test]
fn a_code_is_bound_to_the_panel() {
    let mut lab = asked_for("mail");
    lab.add_panel(
        "second",
        &[("second-factor", "required"), ("methods", "mail")],
    );
    lab.invite_to(ADA, "second");
    let (ticket, code) = lab.sent(Method::Mail);
    let there = Try {
        panel: "second",
        ..typed(&ticket, &code)
    };
    assert_eq!(
        why_not(lab.attempt(there)),
        ("code-invalid", "ticket-unknown".into())
    );
}

#[test]
fn a_code_is_bound_to_the_way_it_went() {
    let mut lab = asked_for("mail,sms");
    let (ticket, code) = lab.sent(Method::Mail);
    let by = |method| Try {
        method: Some(method),
        ..typed(&ticket, &code)
    };
    assert_eq!(why_not(lab.attempt(by(Method::Sms))).1, "ticket-unknown");
    assert_eq!(lab.answer(by(Method::Mail)), "signed-in");
}

#[test]
fn behind_a_wrong_password_a_code_is_not_looked_at() {
    let mut lab = asked_for("mail");
    let (ticket, code) = lab.sent(Method::Mail);
    let wrong = Try {
        password: OTHER_PASSWORD,
        ..typed(&ticket, &code)
    };
    assert_eq!(lab.answer(wrong), "invalid-credentials");
    assert_eq!(lab.answer(typed(&ticket, &code)), "signed-in");
}

#[test]
fn a_code_that_was_sent_before_the_method_closed_does_not_count() {
    let mut lab = asked_for("mail,sms");
    let (ticket, code) = lab.sent(Method::Mail);
    lab.set_main("methods", "sms");
    assert_eq!(
        why_not(lab.attempt(typed(&ticket, &code))),
        ("code-invalid", "method-not-open".into())
    );
}

#[test]
fn the_ticket_of_a_new_password_goes_with_a_code_of_the_app() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let ticket = lab.take_over_by_mail(ADA, OTHER_PASSWORD);
        let attempt = |code| Try {
            password: OTHER_PASSWORD,
            ticket: Some(&ticket),
            code,
            ..Try::default()
        };
        // Somebody keeps locking the account.
        lab.fail(ADA, 6);
        assert_eq!(lab.account_status(ADA), "locked");
        // Asked for a code, they have the ticket still.
        assert_eq!(lab.answer(attempt(None)), "code-required");
        assert_eq!(lab.answer(attempt(None)), "code-required");
        let code = lab.code(&app, 0);
        assert_eq!(lab.answer(attempt(Some(&code))), "signed-in");
        assert_eq!(lab.account_status(ADA), "active");
    });
}

#[test]
fn a_wrong_code_spends_the_ticket_of_a_new_password() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let ticket = lab.take_over_by_mail(ADA, OTHER_PASSWORD);
        lab.fail(ADA, 6);
        let wrong = no_code(&app.secret, lab.now);
        let right = lab.code(&app, 0);
        let attempt = |code| Try {
            password: OTHER_PASSWORD,
            ticket: Some(&ticket),
            code,
            ..Try::default()
        };
        assert_eq!(lab.answer(attempt(Some(&wrong))), "code-invalid");
        assert_eq!(lab.answer(attempt(Some(&right))), "locked");
        assert_eq!(lab.answer(attempt(None)), "locked");
    });
}

// Sending

#[test]
fn sending_needs_the_right_password_and_a_wrong_one_counts() {
    let mut lab = asked_for("mail");
    let wrong = Try {
        password: OTHER_PASSWORD,
        ..Try::default()
    };
    assert_eq!(
        why_not(lab.send_to(wrong, Method::Mail)).0,
        "invalid-credentials"
    );
    assert_eq!(lab.account(ADA).lock.wrong, 1);
    // A right one does not start the count again: nobody is in yet.
    lab.sent(Method::Mail);
    assert_eq!(lab.account(ADA).lock.wrong, 1);
    lab.fail(ADA, 5);
    assert_eq!(why_not(lab.send(Method::Mail)).0, "locked");
}

#[test]
fn five_codes_are_sent_in_ten_minutes() {
    let mut lab = asked_for("mail,sms");
    for method in [
        Method::Mail,
        Method::Sms,
        Method::Mail,
        Method::Sms,
        Method::Mail,
    ] {
        lab.sent(method);
        lab.advance(minutes(1));
    }
    for method in [Method::Mail, Method::Sms] {
        assert_eq!(
            why_not(lab.send(method)),
            ("throttled", "too-many-codes".into())
        );
    }
    lab.set_clock("2026-03-01T12:09:59.999Z");
    assert_eq!(why_not(lab.send(Method::Mail)).1, "too-many-codes");
    lab.set_clock("2026-03-01T12:10:00Z");
    assert!(lab.send(Method::Mail).is_ok());
    assert_eq!(why_not(lab.send(Method::Mail)).1, "too-many-codes");
}

#[test]
fn twenty_codes_are_sent_in_a_day() {
    let mut lab = asked_for("mail");
    for _ in 0..20 {
        lab.sent(Method::Mail);
        lab.advance(minutes(30));
    }
    assert_eq!(
        why_not(lab.send(Method::Mail)),
        ("throttled", "too-many-codes".into())
    );
    lab.set_clock("2026-03-02T11:59:59.999Z");
    assert_eq!(why_not(lab.send(Method::Mail)).1, "too-many-codes");
    lab.set_clock("2026-03-02T12:00:00Z");
    assert!(lab.send(Method::Mail).is_ok());
}

#[test]
fn what_was_sent_for_other_panels_counts_too() {
    let mut lab = asked_for("mail");
    lab.add_panel(
        "second",
        &[("second-factor", "required"), ("methods", "mail")],
    );
    lab.invite_to(ADA, "second");
    for _ in 0..5 {
        lab.sent(Method::Mail);
    }
    let there = Try {
        panel: "second",
        ..Try::default()
    };
    assert_eq!(
        why_not(lab.send_to(there, Method::Mail)),
        ("throttled", "too-many-codes".into())
    );
}

#[test]
fn a_refusal_to_send_is_recorded_and_mails_nothing() {
    let mut lab = asked_for("mail");
    let before = lab.mail_of(ADA).len();
    let (answer, entries) = lab.entries_of(|lab| lab.send(Method::Sms));
    assert_eq!(denied(answer).reason, "code-required");
    assert_eq!(entries, ["sign-in-refused"]);
    assert_eq!(lab.mail_of(ADA).len(), before);
}

#[test]
fn a_method_that_the_panel_does_not_take_is_refused_clearly() {
    let mut lab = asked_for("mail");
    assert_eq!(
        refused_because(lab.send(Method::Sms)),
        Advice::NotInPanel(Method::Sms)
    );
    lab.set_main("methods", "sms");
    assert_eq!(
        refused_because(lab.send(Method::Mail)),
        Advice::NotInPanel(Method::Mail)
    );
}

#[test]
fn without_a_number_a_code_by_sms_is_refused_clearly() {
    let mut lab = asked_for("mail,sms");
    lab.set_phone(ADA, None);
    assert_eq!(refused_because(lab.send(Method::Sms)), Advice::NoPhone);
}

#[test]
fn where_no_code_is_asked_for_none_is_sent() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.set_main("methods", "app,mail");
        for policy in ["off", "optional"] {
            lab.set_main("second-factor", policy);
            assert_eq!(refused_because(lab.send(Method::Mail)), Advice::NoCodeAsked);
        }
    });
}

#[test]
fn people_with_rights_of_operators_get_no_codes_by_mail_or_sms_unless_that_is_switched_on() {
    for role in ["owner", "admin", "support", "auditor"] {
        let mut lab = asked_for("app,mail,sms");
        lab.set_role(ADA, 1, role);
        for method in [Method::Mail, Method::Sms] {
            // Nothing is open to them: they set up an app.
            let denied = denied(lab.send(method));
            assert_eq!(denied.reason, "second-factor-setup-required", "{role}");
            assert!(denied.ticket.is_some());
        }
        lab.set_up_app(ADA);
        assert_eq!(
            refused_because(lab.send(Method::Mail)),
            Advice::NotWithRole(Method::Mail)
        );
        lab.set_store("codes-for-operators", "app,mail");
        let (ticket, code) = lab.sent(Method::Mail);
        assert_eq!(
            refused_because(lab.send(Method::Sms)),
            Advice::NotWithRole(Method::Sms)
        );
        assert_eq!(lab.answer(typed(&ticket, &code)), "signed-in", "{role}");
    }
}

#[test]
fn members_get_codes_by_mail_whatever_operators_get() {
    let mut lab = asked_for("mail");
    lab.set_store("codes-for-operators", "app");
    assert!(lab.send(Method::Mail).is_ok());
}

#[test]
fn a_mailed_code_that_was_sent_to_a_member_does_not_count_for_an_operator() {
    let mut lab = asked_for("app,mail");
    let (ticket, code) = lab.sent(Method::Mail);
    lab.set_role(ADA, 1, "admin");
    assert_eq!(
        word(&lab.attempt(typed(&ticket, &code))),
        "second-factor-setup-required"
    );
}

// After a reset by mail

/// Ada with a new password through the mailbox.
fn reset(lab: &mut Lab) {
    lab.take_over_by_mail(ADA, OTHER_PASSWORD);
    assert!(lab.account(ADA).mail_barred_at.is_some());
}

fn after<'a>(code: &'a str, ticket: Option<&'a Token>) -> Try<'a> {
    Try {
        password: OTHER_PASSWORD,
        ticket,
        ..with(code)
    }
}

const AGAIN: Try<'_> = Try {
    panel: "main",
    who: ADA,
    password: OTHER_PASSWORD,
    ip: Some(IP),
    code: None,
    method: None,
    ticket: None,
    trust: false,
};

#[test]
fn after_a_reset_by_mail_a_mailed_code_is_not_even_sent() {
    let mut lab = asked_for("mail,sms");
    reset(&mut lab);
    assert_eq!(denied(lab.attempt(AGAIN)).methods, [Method::Sms]);
    assert_eq!(
        refused_because(lab.send_to(AGAIN, Method::Mail)),
        Advice::MailBarred
    );
}

#[test]
fn a_code_that_was_mailed_before_the_reset_does_not_count_after_it() {
    let mut lab = asked_for("mail,sms");
    let (ticket, code) = lab.sent(Method::Mail);
    reset(&mut lab);
    assert_eq!(
        why_not(lab.attempt(after(&code, Some(&ticket)))),
        ("code-invalid", "method-not-open".into())
    );
}

#[test]
fn a_code_by_sms_lets_mailed_codes_count_again() {
    let mut lab = asked_for("mail,sms");
    reset(&mut lab);
    let ticket = granted(lab.send_to(AGAIN, Method::Sms));
    let code = lab.read_code(&ticket);
    // A wrong one does not.
    assert_eq!(
        word(&lab.attempt(after(other_than(&code), Some(&ticket)))),
        "code-invalid"
    );
    assert!(lab.account(ADA).mail_barred_at.is_some());
    assert_eq!(lab.answer(after(&code, Some(&ticket))), "signed-in");
    assert_eq!(lab.account(ADA).mail_barred_at, None);
    let ticket = granted(lab.send_to(AGAIN, Method::Mail));
    let code = lab.read_code(&ticket);
    assert_eq!(lab.answer(after(&code, Some(&ticket))), "signed-in");
}

fn with_app() -> (Lab, App) {
    let mut lab = Lab::new();
    let app = lab.member_with_app(ADA);
    lab.set_panel(
        "main",
        &[("second-factor", "required"), ("methods", "app,mail")],
    );
    (lab, app)
}

#[test]
fn a_code_of_the_app_lets_mailed_codes_count_again() {
    let (mut lab, app) = with_app();
    reset(&mut lab);
    let code = lab.code(&app, 0);
    assert_eq!(lab.answer(after(&code, None)), "signed-in");
    assert!(lab.send_to(AGAIN, Method::Mail).is_ok());
}

#[test]
fn a_backup_code_lets_mailed_codes_count_again() {
    let (mut lab, app) = with_app();
    reset(&mut lab);
    assert_eq!(lab.answer(after(&app.backup[0], None)), "signed-in");
    assert!(lab.send_to(AGAIN, Method::Mail).is_ok());
}

#[test]
fn a_trusted_network_does_not_let_mailed_codes_count_again() {
    let (mut lab, _) = with_app();
    lab.trust("203.0.113.0/24", None, None);
    reset(&mut lab);
    assert_eq!(lab.answer(AGAIN), "signed-in");
    assert!(lab.account(ADA).mail_barred_at.is_some());
}

#[test]
fn a_reset_of_the_second_factor_lets_mailed_codes_count_again() {
    let mut lab = asked_for("mail");
    reset(&mut lab);
    assert_eq!(word(&lab.attempt(AGAIN)), "second-factor-setup-required");
    lab.reset_2fa(ADA, &Reset2fa::default()).unwrap();
    let ticket = granted(lab.send_to(AGAIN, Method::Mail));
    let code = lab.read_code(&ticket);
    assert_eq!(lab.answer(after(&code, Some(&ticket))), "signed-in");
}

#[test]
fn a_new_password_by_the_old_one_bars_nothing() {
    let mut lab = asked_for("mail");
    let (ticket, code) = lab.sent(Method::Mail);
    let code = crate::support::bench_store::secret(&code);
    let second = crate::support::bench_codes::typed(&code);
    assert!(lab.change_by_address(second, Some(&ticket)).is_ok());
    assert_eq!(lab.account(ADA).mail_barred_at, None);
    assert!(lab.send_to(AGAIN, Method::Mail).is_ok());
}

#[test]
fn who_has_no_other_method_is_sent_to_an_operator() {
    let mut lab = asked_for("app,mail");
    reset(&mut lab);
    let denied = denied(lab.attempt(AGAIN));
    assert_eq!(denied.reason, "second-factor-setup-required");
    assert!(denied.ticket.is_none());
    let diagnosis = lab.why(ADA, Some("main")).remove(0);
    let obstacle = &diagnosis.obstacles[0];
    assert!(
        obstacle
            .detail
            .starts_with("the password was reset by mail"),
        "{}",
        obstacle.detail
    );
    assert_eq!(obstacle.remedies[0].words, ["reset", "2fa", ADA]);
}

/// What somebody tries who owns Ada's mailbox and nothing else: every way there is. Returns the one that got them in.
fn mailbox(lab: &mut Lab) -> Option<&'static str> {
    let first = lab.take_over_by_mail(ADA, OTHER_PASSWORD);
    let with_ticket = Try {
        ticket: Some(&first),
        ..AGAIN
    };
    if lab.attempt(with_ticket).is_ok() || lab.attempt(AGAIN).is_ok() {
        return Some("password");
    }
    // A mailed code, for the sign-in or for a set-up.
    if let Ok(ticket) = lab.send_to(AGAIN, Method::Mail) {
        let code = lab.read_code(&ticket);
        let attempt = after(&code, Some(&ticket));
        if lab.attempt(attempt).is_ok() || lab.try_to_begin(attempt).is_some() {
            return Some("mailed code");
        }
    }
    // A set-up, with whatever ticket is handed out.
    let tickets = [
        lab.attempt(AGAIN)
            .err()
            .and_then(|denied| denied.ticket)
            .map(|ticket| ticket.token),
        lab.try_to_begin(AGAIN),
        Some(first),
    ];
    for ticket in tickets.into_iter().flatten() {
        let holder = Holder::Ticket(&ticket);
        if let Ok(Ok(_)) = lab.offer(holder, None) {
            let app = lab.take_up("main", holder);
            lab.advance(minutes(1));
            let code = lab.code(&app, 0);
            assert_eq!(lab.answer(after(&code, None)), "signed-in");
            return Some("set-up");
        }
    }
    assert!(matches!(
        word(&lab.attempt(AGAIN)),
        "code-required" | "second-factor-setup-required"
    ));
    None
}

/// Where a mailbox is enough. Everywhere else it is not.
///
/// | policy   | methods  | app set | phone | way in   | why                                                          |
/// |----------|----------|---------|-------|----------|--------------------------------------------------------------|
/// | optional | any      | no      | any   | password | T1: who set nothing up is asked for nothing                  |
/// | optional | no `app` | yes     | any   | password | T1: asked are those who set up what the panel takes          |
/// | required | app      | no      | any   | set-up   | T5: there never was a second factor; the password sets it up |
/// | required | app+sms  | no      | no    | set-up   | T5: the same                                                 |
fn enough(policy: &str, methods: &str, has_app: bool, phone: bool) -> Option<&'static str> {
    match (policy, methods, has_app, phone) {
        ("optional", _, false, _) | ("optional", "mail" | "sms" | "mail,sms", true, _) => {
            Some("password")
        }
        ("required", "app", false, _) | ("required", "app,sms", false, false) => Some("set-up"),
        _ => None,
    }
}

fn try_the_mailbox(policy: &str) {
    for methods in [
        "app",
        "mail",
        "app,mail",
        "app,sms",
        "mail,sms",
        "sms",
        "app,mail,sms",
    ] {
        for (has_app, phone) in [(false, false), (false, true), (true, false), (true, true)] {
            let mut lab = Lab::new();
            lab.member(ADA);
            if has_app {
                lab.set_up_app(ADA);
                lab.advance(minutes(1));
            }
            lab.set_phone(ADA, phone.then_some(PHONE));
            lab.set_panel("main", &[("second-factor", policy), ("methods", methods)]);
            assert_eq!(
                mailbox(&mut lab),
                enough(policy, methods, has_app, phone),
                "{policy} {methods}, app set: {has_app}, phone: {phone}"
            );
        }
    }
}

#[test]
fn where_it_is_optional_a_mailbox_alone_gets_in_only_where_nothing_was_set_up() {
    try_the_mailbox("optional");
}

#[test]
fn where_it_is_required_a_mailbox_alone_gets_in_only_where_there_never_was_a_second_factor() {
    try_the_mailbox("required");
}

#[test]
fn required_codes_by_sms_alone_without_a_number_let_nobody_in() {
    let mut lab = asked_for("sms");
    lab.set_phone(ADA, None);
    assert_eq!(mailbox(&mut lab), None);
}

#[test]
fn a_mailbox_does_not_get_in_by_the_detour_of_another_panel() {
    for methods in ["mail", "app,mail"] {
        for there in ["optional", "required"] {
            let mut lab = Lab::new();
            lab.member(ADA);
            lab.set_panel(
                "main",
                &[("second-factor", "required"), ("methods", methods)],
            );
            lab.add_panel("second", &[("second-factor", there)]);
            lab.invite_to(ADA, "second");
            reset(&mut lab);
            let second = Try {
                panel: "second",
                ..AGAIN
            };
            match lab.attempt(second) {
                Ok(signed_in) => {
                    assert_eq!(there, "optional");
                    let session = Holder::Session(&signed_in.session);
                    assert_eq!(
                        why_not(lab.offer_in("second", session, None).unwrap()),
                        ("code-required", "mail-barred".into())
                    );
                }
                Err(denied) => {
                    assert_eq!(denied.reason, "second-factor-setup-required");
                    assert!(denied.ticket.is_none());
                }
            }
            assert!(lab.try_to_begin(second).is_none());
            assert!(lab.try_to_begin(AGAIN).is_none());
            assert!(lab.send_to(AGAIN, Method::Mail).is_err());
            // An operator knows who is calling.
            lab.run(|tx, scope, op| {
                let request = Reset2fa {
                    panel: Some("main".into()),
                    ..Reset2fa::default()
                };
                admit::ops::reset_2fa::reset_2fa(
                    tx,
                    scope,
                    op,
                    &crate::support::bench_store::address(ADA),
                    &request,
                )
            })
            .unwrap();
            let ticket = granted(lab.send_to(AGAIN, Method::Mail));
            let code = lab.read_code(&ticket);
            assert_eq!(lab.answer(after(&code, Some(&ticket))), "signed-in");
        }
    }
}

#[test]
fn asking_for_the_link_again_and_again_lifts_nothing() {
    let mut lab = asked_for("mail");
    reset(&mut lab);
    lab.advance(minutes(10));
    lab.take_over_by_mail(ADA, PASSWORD);
    assert_eq!(
        word(&lab.sign_in(ADA, PASSWORD)),
        "second-factor-setup-required"
    );
    assert!(lab.send(Method::Mail).is_err());
}

#[test]
fn a_code_asked_for_before_the_number_was_changed_goes_nowhere_and_lets_nobody_in() {
    let new = "+442071234567";
    for phone in [Some(new), None] {
        // It waits in the outbox.
        let mut lab = asked_for("mail,sms");
        let (ticket, code) = lab.sent(Method::Sms);
        edit_phone(&mut lab, ADA, phone);
        lab.deliver();
        let row = lab.mail_of(ADA).into_iter().find(is_sms).unwrap();
        assert_eq!(
            (row.state, row.detail.as_deref(), row.address.as_str()),
            (
                MailState::Lapsed,
                Some("the phone number or address was changed"),
                PHONE
            )
        );
        let expected = match phone {
            Some(_) => ("code-expired", "code-superseded".to_owned()),
            None => ("code-invalid", "method-not-open".to_owned()),
        };
        assert_eq!(why_not(lab.attempt(typed(&ticket, &code))), expected);

        // It was sent already.
        let mut lab = asked_for("mail,sms");
        let (ticket, code) = lab.sent(Method::Sms);
        lab.deliver();
        edit_phone(&mut lab, ADA, phone);
        edit_phone(&mut lab, ADA, Some(PHONE));
        assert_eq!(
            why_not(lab.attempt(typed(&ticket, &code))),
            ("code-expired", "code-superseded".into()),
            "nor when the number is the old one again"
        );
        assert_eq!(lab.account(ADA).lock.wrong_codes, 0);
    }
    // A new name ends no code, and a new number none that was mailed.
    let mut lab = asked_for("mail,sms");
    let (ticket, code) = lab.sent(Method::Sms);
    let name = Edit {
        name: Some(Some("Ada Lovelace".into())),
        phone: Some(Some(PHONE.into())),
        ..Edit::default()
    };
    lab.run(|tx, scope, op| edit(tx, scope, op, &address(ADA), &name))
        .unwrap();
    assert_eq!(lab.answer(typed(&ticket, &code)), "signed-in");
    let (ticket, code) = lab.sent(Method::Mail);
    edit_phone(&mut lab, ADA, Some(new));
    assert_eq!(lab.answer(typed(&ticket, &code)), "signed-in");
}

#[test]
fn a_code_asked_for_before_the_address_was_changed_goes_nowhere() {
    let mut lab = asked_for("mail");
    let (_, _) = lab.sent(Method::Mail);
    let new = "ada@new.example";
    let request = Edit {
        address: Some(address(new)),
        ..Edit::default()
    };
    let link = lab
        .run(|tx, scope, op| edit(tx, scope, op, &address(ADA), &request))
        .unwrap()
        .link_id;
    let (token, op) = (lab.token(link.unwrap()), lab.op_from(IP));
    confirm_address(&mut lab.store, &op, &token).unwrap();
    lab.deliver();
    let rows = lab.mail_of(new);
    let row = rows.iter().find(|row| row.kind == "sign-in-code").unwrap();
    assert_eq!(
        (row.state, row.detail.as_deref()),
        (
            MailState::Lapsed,
            Some("the phone number or address was changed")
        )
    );
}

#[test]
fn people_who_registered_are_told_of_a_change_of_number() {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.invite(BOB);
    for (number, told) in [
        (Some(PHONE), 1),
        (Some(PHONE), 0),
        (Some("+442071234567"), 1),
        (None, 1),
    ] {
        let before = lab.mail_of(ADA).len();
        let outcome = edit_phone(&mut lab, ADA, number);
        let mails = lab.mail_of(ADA);
        assert_eq!(mails.len() - before, told, "{number:?}");
        assert_eq!(outcome.mail_id.is_some(), told == 1);
        if told == 1 {
            assert_eq!(outcome.mail_id, Some(mails[0].id));
            assert_eq!(
                (mails[0].kind.as_str(), mails[0].address.as_str()),
                ("phone-changed", ADA)
            );
        }
    }
    let before = lab.mail_of(BOB).len();
    assert_eq!(edit_phone(&mut lab, BOB, Some(PHONE)).mail_id, None);
    assert_eq!(lab.mail_of(BOB).len(), before, "they have no way in yet");

    // Together with a new address: it goes out with the notice about that.
    let both = Edit {
        address: Some(address("ada@new.example")),
        phone: Some(Some(PHONE.into())),
        ..Edit::default()
    };
    let outcome = lab
        .run(|tx, scope, op| edit(tx, scope, op, &address(ADA), &both))
        .unwrap();
    let mails = lab.mail_of(ADA);
    let notice = mails
        .iter()
        .find(|row| row.kind == "phone-changed")
        .unwrap();
    assert_eq!(notice.with_id, outcome.notice_id);
    assert_eq!(notice.address, ADA);
}
