//! M2, T4: a code waits sealed, is sent once and in time, and is wiped with that.

use std::time::Duration;

use admit::domain::policy::SENT_CODE_LIFETIME;
use admit::domain::second_factor::Method;
use admit::mail::{DeliveryFault, MailKind, SmsCommand, Templates, Transport};
use admit::ops::deliver::{Mailer, Wording, deliver};
use admit::ops::queue_code;
use admit::store::MailState;
use admit::vault::{Code, Token};
use jiff::SignedDuration;

use super::mail::{assert_nowhere, bytes, holds};
use crate::support::bench_store::{ADA, BOB, CYD, Lab, at, minutes, on_each_engine};

const NUMBER: &str = "+436641234567";

/// Asks for a code: the ids of the mail and of the code, and the ticket that it is bound to.
fn ask(lab: &mut Lab, who: &str, kind: MailKind) -> (i64, i64, Token) {
    let (op, account) = (lab.op(), lab.account(who));
    let (method, to) = match kind {
        MailKind::SignInCodeSms => (Method::Sms, NUMBER),
        _ => (Method::Mail, who),
    };
    let over_at = op.now.checked_add(SENT_CODE_LIFETIME).unwrap();
    let mut made = None;
    lab.settle(|tx| {
        let panel = tx.panels()?.remove(0);
        let (code, ticket) = tx.add_sent_code(&account, panel.id, method, 0, op.now, over_at)?;
        let mail = queue_code(tx, &op, &panel, &account, kind, to, code)?;
        made = Some((mail, code, ticket));
        Ok(())
    });
    made.unwrap()
}

/// What a row came to: its state and the reason.
fn fate(lab: &mut Lab, mail: i64) -> (MailState, String) {
    let row = lab.look(|tx| tx.mail(mail)).unwrap();
    (row.state, row.detail.unwrap_or_default())
}

/// Whether the code still lies in the store, sealed.
fn waits(lab: &mut Lab, code: i64) -> bool {
    let account = lab.account(ADA);
    lab.look(|tx| tx.code_to_send(code, &account)).is_some()
}

fn refuse(lab: &Lab, retry: bool, detail: &str) {
    let detail = detail.to_owned();
    lab.mailbox.fail_with(Some(DeliveryFault { retry, detail }));
}

#[test]
fn a_code_is_sent_once_lets_in_and_is_wiped() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.deliver();
        for (kind, to) in [
            (MailKind::SignInCode, ADA),
            (MailKind::SignInCodeSms, NUMBER),
        ] {
            let (mail, code, ticket) = ask(lab, ADA, kind);
            assert!(waits(lab, code));
            let before = lab.mailbox.letters().len();
            assert_eq!(lab.deliver().sent, 1, "{kind}");
            assert_eq!(fate(lab, mail), (MailState::Sent, "kept in memory".into()));
            assert!(!waits(lab, code), "{kind} is wiped");
            assert_eq!(lab.deliver().total(), 0);
            assert_eq!(lab.mailbox.letters().len(), before + 1);

            let digits = lab.mailbox.last_to(to).unwrap().code().unwrap();
            let Some(Code::Digits(typed)) = Code::parse(&digits) else {
                panic!("{kind} carries no six digits");
            };
            let now = lab.now;
            let mut used = false;
            lab.settle(|tx| {
                used = tx.use_sent_code(code, &ticket.hash(), &typed, now)?;
                Ok(())
            });
            assert!(used, "the code of the {kind} is the one that counts");
        }
    });
}

#[test]
fn a_code_that_was_sent_is_in_no_file_and_a_waiting_one_only_sealed() {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.deliver();
    // Of six digits there are many in a file of random numbers: the sealed bytes are looked for as well.
    let sealed = |lab: &Lab, code: i64| -> Option<Vec<u8>> {
        let query = "select code from sent_code where id = $1";
        lab.raw().one(query, &[code.into()])
    };
    let mut digits = Vec::new();
    for kind in [MailKind::SignInCode, MailKind::SignInCodeSms] {
        let (_, code, _) = ask(&mut lab, ADA, kind);
        let waiting = sealed(&lab, code).unwrap();
        assert!(
            holds(&bytes(&lab), &waiting),
            "the look finds what lies there"
        );
        let account = lab.account(ADA);
        let clear = lab.look(|tx| tx.code_to_send(code, &account)).unwrap();
        assert!(
            !holds(&bytes(&lab), clear.as_bytes()),
            "{kind} waits in clear"
        );
        assert_eq!(lab.deliver().sent, 1);
        assert_eq!(sealed(&lab, code), None);
        lab.place.empty_log();
        assert!(
            !holds(&bytes(&lab), &waiting),
            "{kind} still lies there sealed"
        );
        digits.push(clear);
    }
    let clear: Vec<&str> = digits.iter().map(|code| code.as_str()).collect();
    assert_nowhere(&lab, &clear);
}

#[test]
fn a_code_that_could_not_be_handed_over_is_kept_tried_again_and_lapses_at_its_end() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.deliver();
        let (mail, code, _) = ask(lab, ADA, MailKind::SignInCode);
        refuse(lab, true, "451 later");
        // Asked for at 12:00; the pauses grow, and the last ends with the code.
        for (now, next) in [
            ("2026-03-01T12:00:00Z", "2026-03-01T12:01:00Z"),
            ("2026-03-01T12:01:00Z", "2026-03-01T12:06:00Z"),
            ("2026-03-01T12:06:00Z", "2026-03-01T12:10:00Z"),
        ] {
            lab.set_clock(now);
            assert_eq!(lab.deliver().retrying, 1, "{now}");
            let row = lab.look(|tx| tx.mail(mail)).unwrap();
            assert_eq!((row.state, row.next_at), (MailState::Queued, at(next)));
            assert!(waits(lab, code), "a retry keeps it");
        }
        lab.mailbox.fail_with(None);
        lab.set_clock("2026-03-01T12:10:00Z");
        assert_eq!(lab.deliver().lapsed, 1);
        assert_eq!(
            fate(lab, mail),
            (
                MailState::Lapsed,
                "its code had expired; the last reply was: 451 later".into()
            )
        );
        assert!(!waits(lab, code), "and is wiped");
        assert!(
            lab.mailbox
                .last_to(ADA)
                .is_none_or(|letter| letter.code().is_none())
        );
    });
}

#[test]
fn a_retry_in_time_sends_the_same_code() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.deliver();
        let (mail, code, _) = ask(lab, ADA, MailKind::SignInCodeSms);
        let account = lab.account(ADA);
        let clear = lab.look(|tx| tx.code_to_send(code, &account)).unwrap();
        refuse(lab, true, "busy");
        lab.deliver();
        lab.mailbox.fail_with(None);
        lab.advance(minutes(1));
        assert_eq!(lab.deliver().sent, 1);
        assert_eq!(fate(lab, mail).0, MailState::Sent);
        let arrived = lab.mailbox.last_to(NUMBER).unwrap();
        assert_eq!(arrived.code().as_deref(), Some(clear.as_str()));
    });
}

#[test]
fn a_code_refused_for_good_is_wiped() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.deliver();
        let (mail, code, _) = ask(lab, ADA, MailKind::SignInCode);
        refuse(lab, false, "550 no such user");
        assert_eq!(lab.deliver().failed, 1);
        assert_eq!(
            fate(lab, mail),
            (MailState::Failed, "550 no such user".into())
        );
        assert!(!waits(lab, code));
    });
}

#[test]
fn what_lets_nobody_in_any_more_is_not_sent() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.deliver();
        let (older, _, _) = ask(lab, ADA, MailKind::SignInCode);
        let (newer, code, _) = ask(lab, ADA, MailKind::SignInCodeSms);
        let delivery = lab.deliver();
        assert_eq!((delivery.sent, delivery.lapsed), (1, 1));
        let lapsed = |why: &str| (MailState::Lapsed, why.to_owned());
        assert_eq!(fate(lab, older), lapsed("a newer code was requested"));
        assert_eq!(fate(lab, newer).0, MailState::Sent);

        // The same code a second time.
        let (op, account) = (lab.op(), lab.account(ADA));
        let mut again = 0;
        lab.settle(|tx| {
            let panel = tx.panels()?.remove(0);
            again = queue_code(tx, &op, &panel, &account, MailKind::SignInCode, ADA, code)?;
            Ok(())
        });
        assert_eq!(lab.deliver().lapsed, 1);
        assert_eq!(fate(lab, again), lapsed("its code has already been sent"));

        for (change, why) in [
            (
                "update sent_code set tries = 5",
                "its code was tried too often",
            ),
            (
                "update sent_code set used_at = 1",
                "its code has already been used",
            ),
            ("delete from sent_code", "its code is gone"),
        ] {
            let (mail, ..) = ask(lab, ADA, MailKind::SignInCode);
            lab.raw().batch(change).unwrap();
            assert_eq!(lab.deliver().lapsed, 1, "{change}");
            assert_eq!(fate(lab, mail), lapsed(why));
        }
        let (mail, code, _) = ask(lab, ADA, MailKind::SignInCode);
        lab.advance(minutes(10) - SignedDuration::from_millis(1));
        refuse(lab, true, "busy");
        assert_eq!(lab.deliver().retrying, 1, "in its last moment it is tried");
        lab.mailbox.fail_with(None);
        lab.advance(SignedDuration::from_millis(1));
        assert_eq!(lab.deliver().lapsed, 1);
        assert!(fate(lab, mail).1.starts_with("its code had expired"));
        assert!(!waits(lab, code));
    });
}

#[test]
fn a_code_is_not_sent_after_its_end_however_long_the_run_takes() {
    on_each_engine(|lab| {
        for who in [ADA, BOB] {
            lab.member(who);
        }
        lab.deliver();
        let (first, ..) = ask(lab, ADA, MailKind::SignInCode);
        let (second, ..) = ask(lab, BOB, MailKind::SignInCode);
        let began = lab.now;
        let (op, mailbox) = (lab.op(), lab.mailbox.clone());
        // Handing over the first takes ten minutes.
        let clock = move || match mailbox.last_to(ADA).and_then(|letter| letter.code()) {
            Some(_) => began.checked_add(minutes(10)).unwrap(),
            None => began,
        };
        let mailer = Mailer::new(
            Transport::Memory(lab.mailbox.clone()),
            Templates::builtin().unwrap(),
            Wording::default(),
        )
        .with_clock(clock);
        let delivery = deliver(&mut lab.store, &op, &mailer, None, &mut |_| true).unwrap();
        assert_eq!((delivery.sent, delivery.lapsed), (1, 1));
        let row = lab.look(|tx| tx.mail(first)).unwrap();
        assert_eq!(row.done_at, Some(at("2026-03-01T12:10:00Z")));
        assert_eq!(
            fate(lab, second),
            (MailState::Lapsed, "its code had expired".into())
        );
    });
}

#[test]
fn mail_does_not_wait_for_the_program_and_no_row_is_held_longer_than_its_lease() {
    on_each_engine(|lab| {
        for who in [ADA, BOB, CYD] {
            lab.member(who);
        }
        lab.deliver();
        let slow = [
            ask(lab, ADA, MailKind::SignInCodeSms).0,
            ask(lab, BOB, MailKind::SignInCodeSms).0,
        ];
        let (quick, ..) = ask(lab, CYD, MailKind::SignInCode);
        let began = lab.now;
        let (op, mailbox) = (lab.op(), lab.mailbox.clone());
        // Handing over the mail takes six minutes, and an SMS may take five: more than the ten of a lease.
        let clock = move || match mailbox.last_to(CYD).and_then(|letter| letter.code()) {
            Some(_) => began.checked_add(minutes(6)).unwrap(),
            None => began,
        };
        let program = SmsCommand::new("/bin/true", [""; 0], Duration::from_mins(5), Vec::new());
        let mailer = Mailer::new(
            Transport::Memory(lab.mailbox.clone()),
            Templates::builtin().unwrap(),
            Wording::default(),
        )
        .with_sms(Some(program))
        .with_clock(clock);
        let raw = lab.raw();
        let held = |mail: i64| -> Option<i64> {
            let query = "select lease_until from outbox where id = $1";
            raw.one(query, &[mail.into()])
        };
        let until = |minute: i64| began.checked_add(minutes(minute)).unwrap().as_millisecond();
        let mut leases = Vec::new();
        let delivery = deliver(&mut lab.store, &op, &mailer, None, &mut |_| {
            leases.push((held(quick), slow.map(held)));
            true
        });
        assert_eq!(delivery.unwrap().sent, 3);
        assert_eq!(
            leases,
            [
                // The mail went first, though it came last, and was written down at once.
                (None, [Some(until(10)); 2]),
                // Both SMS were given back and claimed anew; what is done is written down at once.
                (None, [None, Some(until(16))]),
                (None, [None, None]),
            ]
        );
        for id in slow {
            let row = lab.look(|tx| tx.mail(id)).unwrap();
            assert_eq!((row.state, row.attempts), (MailState::Sent, 1));
            assert_eq!(row.detail.as_deref(), Some("delivered to /bin/true"));
        }
    });
}

#[test]
fn a_number_that_is_none_is_told_and_lapses() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.deliver();
        let (mail, ..) = ask(lab, ADA, MailKind::SignInCodeSms);
        lab.raw()
            .execute(
                "update outbox set address = '0664' where id = $1",
                &[mail.into()],
            )
            .unwrap();
        assert_eq!(lab.deliver().retrying, 1);
        let why = "the phone number is not of the form +442071234567";
        assert_eq!(fate(lab, mail), (MailState::Queued, why.into()));
        lab.advance(minutes(10));
        assert_eq!(lab.deliver().lapsed, 1);
    });
}

#[test]
fn how_long_an_sms_may_take_does_not_matter_to_mail() {
    on_each_engine(|lab| {
        for who in [ADA, BOB, CYD] {
            lab.member(who);
        }
        lab.deliver();
        let [first, second, third] =
            [ADA, BOB, CYD].map(|who| ask(lab, who, MailKind::SignInCode).0);
        let began = lab.now;
        let (op, mailbox) = (lab.op(), lab.mailbox.clone());
        let before = mailbox.letters().len();
        // Each mail takes two minutes. An SMS might take nine.
        let clock = move || {
            let sent = i64::try_from(mailbox.letters().len() - before).unwrap();
            began.checked_add(minutes(2 * sent)).unwrap()
        };
        let program = SmsCommand::new("/bin/true", [""; 0], Duration::from_mins(9), Vec::new());
        let mailer = Mailer::new(
            Transport::Memory(lab.mailbox.clone()),
            Templates::builtin().unwrap(),
            Wording::default(),
        )
        .with_sms(Some(program))
        .with_clock(clock);
        let raw = lab.raw();
        let held = |mail: i64| -> Option<i64> {
            raw.one(
                "select lease_until from outbox where id = $1",
                &[mail.into()],
            )
        };
        let until = began.checked_add(minutes(10)).unwrap().as_millisecond();
        let mut leases = Vec::new();
        let delivery = deliver(&mut lab.store, &op, &mailer, None, &mut |_| {
            leases.push([first, second, third].map(held));
            true
        });
        assert_eq!(delivery.unwrap().sent, 3);
        // All three in one go: none is given back and claimed anew.
        assert_eq!(
            leases,
            [
                [None, Some(until), Some(until)],
                [None, None, Some(until)],
                [None, None, None],
            ]
        );
    });
}
