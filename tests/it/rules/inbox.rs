//! What people write to support, what `why` names as the cause, and whether the first remedy works when it is pasted.

use admit::domain::access::Term;
use admit::domain::second_factor::Method;
use admit::ops::edit::Edit;
use admit::ops::invite::Invite;
use admit::ops::reset_password::Reset;
use admit::ops::set_up::Holder;
use admit::ops::unlock::Unlock;
use admit::ops::why::Diagnosis;
use admit::store::MailState;
use jiff::SignedDuration;

use super::diagnosis::{apply, disable};
use crate::support::bench_codes::{Try, code_near, denied, granted, no_code, with};
use crate::support::bench_store::{
    ADA, BOB, CYD, IP, Lab, OTHER_PASSWORD, PASSWORD, WRONG, address, at, days, invitation, lapse,
    minutes, word,
};

const NEW: &str = "ada@new.example";
const SHOP: &str = "shop";

/// One complaint.
struct Case {
    /// What the person writes.
    says: &'static str,
    /// How it came about.
    make: fn(&mut Lab),
    /// The address that the operator looks at, and the panel.
    asks: (&'static str, &'static str),
    /// The cause: an obstacle, or what refuses now though it is none (`now:`), or a note (`note:`).
    cause: &'static str,
    /// The cause's first remedy; empty where it is no command.
    first: &'static str,
}

/// About Ada in main.
const fn case(
    says: &'static str,
    make: fn(&mut Lab),
    cause: &'static str,
    first: &'static str,
) -> Case {
    Case {
        says,
        make,
        asks: (ADA, "main"),
        cause,
        first,
    }
}

/// About another address.
const fn about(case: Case, who: &'static str) -> Case {
    Case {
        asks: (who, case.asks.1),
        ..case
    }
}

fn change_address(lab: &mut Lab, confirm: bool) {
    let edit = Edit {
        address: Some(address(NEW)),
        ..Edit::default()
    };
    let asked = lab
        .run(|tx, scope, op| admit::ops::edit::edit(tx, scope, op, &address(ADA), &edit))
        .unwrap();
    if confirm {
        let token = lab.token(asked.link_id.unwrap());
        let op = lab.op_from(IP);
        admit::ops::address_change::confirm_address(&mut lab.store, &op, &token).unwrap();
    }
}

fn required(lab: &mut Lab, methods: &str) {
    lab.set_main("second-factor", "required");
    lab.set_main("methods", methods);
}

fn reset(lab: &mut Lab) -> admit::vault::Token {
    lab.reset(ADA, &Reset::default()).unwrap();
    lab.reset_token(ADA)
}

/// A mail that the server refused.
fn refuse_mail(lab: &mut Lab, kind: &str) {
    let id = lab
        .mail_of(ADA)
        .iter()
        .find(|row| row.kind == kind)
        .unwrap()
        .id;
    let now = lab.now;
    let reply = "550 5.1.1 <ada@example.com>: unknown";
    lab.settle(|tx| tx.finish_mail(id, MailState::Failed, reply, now, now));
}

fn spray(lab: &mut Lab) {
    for n in 0..21 {
        drop(lab.try_in("main", &format!("guess{n}@example.com"), WRONG, IP));
    }
    assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "throttled");
}

/// A first code from a phone that is five minutes ahead.
fn set_up_with_a_wrong_clock(lab: &mut Lab, who: &str) {
    let attempt = Try {
        who,
        ..Try::default()
    };
    let (ticket, _) = granted(lab.begin(attempt));
    let offered = granted(lab.offer(Holder::Ticket(&ticket), None).unwrap());
    let early = code_near(&offered.secret, lab.now, 10);
    let refused = denied(lab.confirm(Holder::Ticket(&ticket), &early).unwrap());
    assert_eq!(refused.cause, "wrong-clock");
}

/// Codes of a phone that is two minutes ahead.
fn early_code(lab: &mut Lab, app: &crate::support::bench_codes::App, who: &str) {
    let code = code_near(&app.secret, lab.now, 4);
    let attempt = Try { who, ..with(&code) };
    assert_eq!(lab.answer(attempt), "code-invalid");
}

fn removed_early(lab: &mut Lab, role: &str, until: Option<Term>) {
    let invite = Invite {
        role: Some(role.into()),
        term: until,
        ..invitation(ADA)
    };
    let link = lab.invite_as(&invite).unwrap().link_id.unwrap();
    let token = lab.token(link);
    lab.register(&token, PASSWORD).unwrap();
    lab.remove(ADA, None).unwrap();
}

const INBOX: &[Case] = &[
    case(
        "I was never invited",
        |_| {},
        "unknown-address",
        "invite ada@example.com",
    ),
    about(
        case(
            "my address does not work (with a typing error in it)",
            |lab| lab.member(ADA),
            "unknown-address",
            "why ada@example.com",
        ),
        "ada@exmaple.com",
    ),
    case(
        "I still use my old address",
        |lab| {
            lab.member(ADA);
            change_address(lab, true);
        },
        "unknown-address",
        "why ada@new.example",
    ),
    case(
        "I still use my old address, weeks later",
        |lab| {
            lab.member(ADA);
            change_address(lab, true);
            lab.advance(days(20));
        },
        "unknown-address",
        "why ada@new.example",
    ),
    about(
        case(
            "my new address does not work, I have not seen a mail",
            |lab| {
                lab.member(ADA);
                change_address(lab, false);
            },
            "unknown-address",
            "edit ada@example.com --address ada@new.example",
        ),
        NEW,
    ),
    about(
        case(
            "the link to confirm my new address has expired",
            |lab| {
                lab.member(ADA);
                change_address(lab, false);
                lab.advance(days(1));
            },
            "unknown-address",
            "edit ada@example.com --address ada@new.example",
        ),
        NEW,
    ),
    case(
        "was my address not changed?",
        |lab| {
            lab.member(ADA);
            change_address(lab, false);
            lab.advance(days(1));
        },
        "note:address-change-expired",
        "edit ada@example.com --address ada@new.example",
    ),
    case(
        "you invited me at the wrong address first",
        |lab| {
            lab.invite(ADA);
            change_address(lab, false);
        },
        "unknown-address",
        "why ada@new.example",
    ),
    case(
        "what do I do with this invitation?",
        |lab| drop(lab.invite(ADA)),
        "unregistered",
        "resend ada@example.com",
    ),
    case(
        "my invitation has expired",
        |lab| {
            lab.invite(ADA);
            lab.advance(days(8));
        },
        "note:invitation-expired",
        "resend ada@example.com",
    ),
    case(
        "my invitation for three days has expired",
        |lab| {
            lab.invite_for(ADA, "3d");
            lab.advance(days(4));
        },
        "unregistered",
        "extend ada@example.com --for 30d",
    ),
    case(
        "I got no invitation by mail",
        |lab| {
            let request = Invite {
                mail: false,
                ..invitation(ADA)
            };
            lab.invite_as(&request).unwrap();
        },
        "note:invitation-not-mailed",
        "resend ada@example.com",
    ),
    case(
        "no invitation arrives (the server refused it)",
        |lab| {
            lab.invite(ADA);
            refuse_mail(lab, "invitation");
        },
        "note:mail-failed",
        "mail retry",
    ),
    case(
        "the first of my two invitations does not work",
        |lab| {
            let old = lab.invite(ADA).link_id.unwrap();
            lab.resend(ADA).unwrap();
            let old = lab.token(old);
            lab.register(&old, PASSWORD).unwrap_err();
        },
        "note:old-link",
        "",
    ),
    case(
        "none of my invitations works",
        |lab| {
            let old = lab.invite(ADA).link_id.unwrap();
            lab.advance(days(8));
            let old = lab.token(old);
            lab.register(&old, PASSWORD).unwrap_err();
        },
        "note:old-link",
        "resend ada@example.com",
    ),
    case(
        "the invitation worked yesterday, and today it does not",
        |lab| {
            let used = lab.invite(ADA).link_id.unwrap();
            let used = lab.token(used);
            lab.register(&used, PASSWORD).unwrap();
            lab.register(&used, PASSWORD).unwrap_err();
        },
        "note:old-link",
        "",
    ),
    case(
        "'forgot password' sends nothing",
        |lab| {
            lab.invite(ADA);
            lab.forgot(ADA);
        },
        "note:forgot-password-unregistered",
        "resend ada@example.com",
    ),
    case(
        "'forgot password' sent nothing yesterday",
        |lab| {
            let link = lab.invite(ADA).link_id.unwrap();
            lab.forgot(ADA);
            let token = lab.token(link);
            lab.register(&token, PASSWORD).unwrap();
        },
        "note:forgot-password-unregistered",
        "",
    ),
    case(
        "I have asked for a new password all day, and now nothing comes",
        |lab| {
            lab.member(ADA);
            for _ in 0..5 {
                lab.forgot(ADA);
                lab.advance(minutes(6));
            }
            assert_eq!(lab.forgot(ADA), "mailed-enough");
        },
        "note:reset-mails-used-up",
        "reset password ada@example.com",
    ),
    case(
        "the mail with the link does not come (refused, and a notice after it went out)",
        |lab| {
            lab.member(ADA);
            lab.deliver();
            reset(lab);
            refuse_mail(lab, "password-reset");
            let phone = Edit {
                phone: Some(Some("+442071234567".into())),
                ..Edit::default()
            };
            lab.run(|tx, scope, op| admit::ops::edit::edit(tx, scope, op, &address(ADA), &phone))
                .unwrap();
            lab.deliver();
        },
        "note:mail-failed",
        "mail retry",
    ),
    case(
        "the mail does not come (nobody sends it)",
        |lab| {
            lab.member(ADA);
            reset(lab);
            lab.advance(minutes(10));
        },
        "note:mail-waiting",
        "mail send",
    ),
    case(
        "the link in the mail says it has expired",
        |lab| {
            lab.member(ADA);
            let link = reset(lab);
            lab.advance(minutes(121));
            lab.reset_by_link(&link, OTHER_PASSWORD).unwrap_err();
        },
        "note:old-link",
        "reset password ada@example.com",
    ),
    case(
        "the link in the mail was used already",
        |lab| {
            lab.member(ADA);
            let link = reset(lab);
            lab.reset_by_link(&link, OTHER_PASSWORD).unwrap();
            lab.advance(minutes(1));
            lab.reset_by_link(&link, PASSWORD).unwrap_err();
        },
        "note:old-link",
        "reset password ada@example.com",
    ),
    case(
        "the older of two links did not work, the newer one did",
        |lab| {
            lab.member(ADA);
            let old = reset(lab);
            let new = reset(lab);
            lab.reset_by_link(&old, OTHER_PASSWORD).unwrap_err();
            lab.advance(minutes(1));
            lab.reset_by_link(&new, OTHER_PASSWORD).unwrap();
        },
        "note:old-link",
        "",
    ),
    case(
        "no link came, you said you would print it",
        |lab| {
            lab.member(ADA);
            let printed = Reset {
                print_link: true,
                ..Reset::default()
            };
            lab.reset(ADA, &printed).unwrap();
        },
        "note:reset-link",
        "reset password ada@example.com",
    ),
    case(
        "I was locked out",
        |lab| {
            lab.member(ADA);
            disable(lab, None);
        },
        "disabled",
        "unlock ada@example.com",
    ),
    case(
        "I was locked out until Thursday",
        |lab| {
            lab.member(ADA);
            disable(lab, Some("2026-03-05T00:00:00Z"));
        },
        "disabled",
        "unlock ada@example.com",
    ),
    case(
        "too many wrong passwords",
        |lab| {
            lab.member(ADA);
            lab.fail(ADA, 6);
        },
        "locked",
        "unlock ada@example.com",
    ),
    case(
        "too many wrong codes",
        |lab| {
            let app = lab.member_with_app(ADA);
            lab.fail_codes(&app, 6);
        },
        "locked",
        "unlock ada@example.com",
    ),
    case(
        "locked for good",
        |lab| {
            lab.set_main("locks-in-a-row", "1");
            lab.member(ADA);
            lab.fail(ADA, 6);
        },
        "locked-permanently",
        "unlock ada@example.com",
    ),
    case(
        "locked for good, and I do not know the password",
        |lab| {
            lab.set_main("locks-in-a-row", "1");
            lab.member(ADA);
            lab.fail(ADA, 6);
        },
        "note:forgotten-password",
        "unlock ada@example.com",
    ),
    case(
        "it locks again and again",
        |lab| {
            lab.member(ADA);
            lab.fail(ADA, 6);
            lab.unlock(ADA, &Unlock::default()).unwrap();
        },
        "note:locks-in-a-row",
        "",
    ),
    case(
        "I was removed by mistake",
        |lab| removed_early(lab, "member", None),
        "no-access",
        "invite ada@example.com",
    ),
    case(
        "I was an administrator here until the summer",
        |lab| removed_early(lab, "admin", Some(Term::Until(at("2026-07-01T00:00:00Z")))),
        "no-access",
        "invite ada@example.com --role admin --until 2026-06-30",
    ),
    Case {
        asks: (ADA, SHOP),
        ..case(
            "I have never been in the shop",
            |lab| {
                lab.member(ADA);
                lab.add_panel(SHOP, &[]);
            },
            "no-access",
            "invite ada@example.com --panel shop",
        )
    },
    case(
        "my access has ended",
        |lab| {
            lab.member(ADA);
            lab.extend(ADA, None, Term::Until(at("2026-03-02T12:00:00Z")))
                .unwrap();
            lab.advance(days(1));
        },
        "access-expired",
        "extend ada@example.com --for 30d",
    ),
    case(
        "my access ends soon",
        |lab| {
            lab.member(ADA);
            lab.extend(ADA, None, Term::Until(at("2026-03-04T12:00:00Z")))
                .unwrap();
        },
        "note:access-expiring",
        "extend ada@example.com --for 30d",
    ),
    case(
        "the trial has ended",
        |lab| {
            lab.member(ADA);
            let now = lab.now;
            lab.settle(|tx| tx.set_trial_end(1, Some(now)));
        },
        "trial-ended",
        "panel set main trial-ends=2026-03-31",
    ),
    case(
        "my password has been void since yesterday",
        |lab| {
            lab.member(ADA);
            let now = Reset {
                now: true,
                ..Reset::default()
            };
            lab.reset(ADA, &now).unwrap();
        },
        "password-reset-required",
        "reset password ada@example.com",
    ),
    case(
        "my password has expired",
        |lab| {
            lab.member(ADA);
            lab.set_main("password-expiry", "30d");
            lab.advance(days(30));
        },
        "password-expired",
        "reset password ada@example.com",
    ),
    case(
        "my password is too short all of a sudden",
        |lab| {
            lab.member(ADA);
            lab.set_main("password-length", "20");
        },
        "password-expired",
        "reset password ada@example.com",
    ),
    case(
        "I forgot my password",
        |lab| lab.member(ADA),
        "note:forgotten-password",
        "reset password ada@example.com",
    ),
    case(
        "it says the password is wrong",
        |lab| {
            lab.member(ADA);
            lab.fail(ADA, 2);
        },
        "now:wrong-passwords",
        "reset password ada@example.com",
    ),
    case(
        "the whole office is told to try again later",
        |lab| {
            lab.member(ADA);
            spray(lab);
        },
        "now:ip-throttled",
        "reset password ada@example.com",
    ),
    case(
        "an hour ago I was told to try again later",
        |lab| {
            lab.member(ADA);
            spray(lab);
            lab.advance(minutes(60));
        },
        "note:ip-throttled",
        "",
    ),
    case(
        "every code is wrong",
        |lab| {
            let app = lab.member_with_app(ADA);
            lab.advance(minutes(60));
            early_code(lab, &app, ADA);
        },
        "now:phone-clock",
        "",
    ),
    case(
        "I cannot set the codes up, the first one is always wrong",
        |lab| {
            lab.member(ADA);
            required(lab, "app");
            set_up_with_a_wrong_clock(lab, ADA);
        },
        "now:phone-clock",
        "",
    ),
    case(
        "nobody's codes work since this morning",
        |lab| {
            let (ada, bob) = (lab.member_with_app(ADA), lab.member_with_app(BOB));
            lab.advance(minutes(60));
            early_code(lab, &bob, BOB);
            early_code(lab, &ada, ADA);
        },
        "now:machine-clock",
        "",
    ),
    case(
        "I have a new phone",
        |lab| {
            let app = lab.member_with_app(ADA);
            lab.fail_codes(&app, 1);
        },
        "now:wrong-codes",
        "reset 2fa ada@example.com",
    ),
    case(
        "my phone is gone, and I have not tried anything",
        |lab| drop(lab.member_with_app(ADA)),
        "note:second-factor",
        "reset 2fa ada@example.com",
    ),
    case(
        "only a few codes are left on my paper",
        |lab| {
            let app = lab.member_with_app(ADA);
            for code in &app.backup[..7] {
                assert_eq!(lab.answer(with(code)), "signed-in");
            }
        },
        "note:backup-codes-low",
        "self codes ada@example.com",
    ),
    case(
        "it wants a second factor and I have none",
        |lab| {
            lab.member(ADA);
            required(lab, "app");
        },
        "second-factor-setup-required",
        "",
    ),
    case(
        "it wants to send an SMS, but where to?",
        |lab| {
            lab.member(ADA);
            required(lab, "sms");
        },
        "second-factor-setup-required",
        "edit ada@example.com --phone",
    ),
    case(
        "my colleagues get codes by mail, as an administrator I do not",
        |lab| {
            lab.member(ADA);
            lab.set_role(ADA, 1, "admin");
            required(lab, "mail");
        },
        "second-factor-setup-required",
        "store set codes-for-operators=app,mail",
    ),
    case(
        "since I have a new password no code by mail works",
        |lab| {
            lab.member(ADA);
            required(lab, "mail");
            lab.take_over_by_mail(ADA, OTHER_PASSWORD);
        },
        "second-factor-setup-required",
        "reset 2fa ada@example.com",
    ),
    case(
        "no more codes come by mail",
        |lab| {
            lab.member(ADA);
            required(lab, "mail");
            for _ in 0..5 {
                granted(lab.send(Method::Mail));
            }
            assert_eq!(denied(lab.send(Method::Mail)).reason, "throttled");
        },
        "now:codes-used-up",
        "",
    ),
    case(
        "a code is asked for again in the office",
        |lab| {
            drop(lab.member_with_app(ADA));
            lab.trust(IP, Some(ADA), Some("2026-03-10T00:00:00Z"));
            lab.advance(days(12));
        },
        "note:trust-ended",
        "",
    ),
    case(
        "it says I am signed in elsewhere",
        |lab| {
            lab.member(ADA);
            lab.set_main("sessions", "one-refuse");
            lab.signed_in(ADA, PASSWORD);
        },
        "already-signed-in",
        "",
    ),
];

/// The first remedy of a cause, if the diagnosis names the cause where it belongs.
fn first_remedy(case: &Case, diagnosis: &Diagnosis) -> Option<String> {
    let remedies = match case.cause.split_once(':') {
        Some(("now", kind)) => {
            let now = diagnosis.refused_now()?;
            assert_eq!(now.kind, kind, "{}", case.says);
            &now.remedies
        }
        Some((_, kind)) => {
            assert!(diagnosis.refused_now().is_none(), "{}", case.says);
            &diagnosis
                .notes
                .iter()
                .find(|note| note.kind == kind)?
                .remedies
        }
        None => {
            let first = diagnosis.obstacles.first()?;
            assert_eq!(first.obstacle.reason.as_str(), case.cause, "{}", case.says);
            &first.remedies
        }
    };
    Some(
        remedies
            .first()
            .map(|way| way.words.join(" "))
            .unwrap_or_default(),
    )
}

#[test]
fn every_complaint_has_its_cause_and_a_first_remedy_that_works() {
    for case in INBOX {
        let mut lab = Lab::new();
        (case.make)(&mut lab);
        let (who, panel) = case.asks;
        let diagnosis = lab.why(who, Some(panel)).remove(0);
        let Some(first) = first_remedy(case, &diagnosis) else {
            panic!("{}: {} is not named: {diagnosis:#?}", case.says, case.cause);
        };
        // Ids have gaps on a server.
        let told =
            first.trim_end_matches(|c: char| c.is_ascii_digit() && case.first == "mail retry");
        assert_eq!(told.trim_end(), case.first, "{}", case.says);
        let registered = lab.find(who).is_some_and(|account| account.is_registered());
        let last = diagnosis.notes.last().map(|note| note.kind);
        assert_eq!(
            last == Some("forgotten-password"),
            registered,
            "{}",
            case.says
        );
        if first.is_empty() {
            continue;
        }
        let words: Vec<String> = first.split(' ').map(str::to_owned).collect();
        if let Err(error) = apply(&mut lab, &words) {
            panic!("{}: {first} is refused: {error:?}", case.says);
        }
    }
    assert!(INBOX.len() >= 55, "{}", INBOX.len());
}

fn headline(lab: &mut Lab, who: &str) -> Option<String> {
    let diagnosis = lab.why(who, Some("main")).remove(0);
    diagnosis.refused.map(|refused| refused.because)
}

#[test]
fn what_refused_last_is_told_until_the_person_is_let_in() {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.fail(ADA, 1);
    let wrong = Some("the last password entered was wrong".to_owned());
    assert_eq!(headline(&mut lab, ADA), wrong);
    // Whatever refused last: an IP over the limit after a wrong password.
    lab.advance(minutes(1));
    spray(&mut lab);
    let waits = headline(&mut lab, ADA).unwrap();
    assert!(waits.contains(IP), "{waits}");
    // From elsewhere the person comes in: nothing refuses them any more.
    lab.advance(minutes(1));
    let elsewhere = lab.try_in("main", ADA, PASSWORD, "198.51.100.7");
    assert_eq!(word(&elsewhere), "signed-in");
    assert_eq!(headline(&mut lab, ADA), None);
    let notes = lab.why(ADA, None).remove(0).notes;
    assert!(notes.iter().all(|note| note.kind != "ip-throttled"));
    // What is a week old explains nothing.
    let wrong_again = lab.try_in("main", ADA, WRONG, "198.51.100.7");
    assert_eq!(word(&wrong_again), "invalid-credentials");
    lab.advance(days(7) - SignedDuration::from_millis(1));
    assert_eq!(headline(&mut lab, ADA), wrong);
    lab.advance(SignedDuration::from_millis(1));
    assert_eq!(headline(&mut lab, ADA), None);
}

#[test]
fn an_obstacle_refuses_before_everything_else() {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.fail(ADA, 1);
    disable(&mut lab, None);
    assert_eq!(headline(&mut lab, ADA), None);
}

#[test]
fn the_clock_is_the_phones_where_a_code_of_somebody_else_was_right_meanwhile() {
    let mut lab = Lab::new();
    let apps = [ADA, BOB, CYD].map(|who| (who, lab.member_with_app(who)));
    lab.advance(minutes(60));
    for (who, app) in &apps[..2] {
        early_code(&mut lab, app, who);
    }
    let notes = |lab: &mut Lab| -> Vec<&str> {
        let notes = lab.why(ADA, Some("main")).remove(0).notes;
        let kinds = notes.into_iter().map(|note| note.kind);
        kinds.filter(|kind| kind.ends_with("-clock")).collect()
    };
    assert_eq!(notes(&mut lab), ["machine-clock"]);
    let told = headline(&mut lab, ADA).unwrap();
    assert!(told.contains("about 2 minutes behind"), "{told}");
    let (cyd, app) = &apps[2];
    let right = code_near(&app.secret, lab.now, 0);
    let attempt = Try {
        who: cyd,
        ..with(&right)
    };
    assert_eq!(lab.answer(attempt), "signed-in");
    assert_eq!(notes(&mut lab), ["phone-clock"]);
}

#[test]
fn the_clock_of_a_set_up_is_recorded_without_the_offset_and_forgotten_once_it_is_set_up() {
    let mut lab = Lab::new();
    lab.member(ADA);
    required(&mut lab, "app");
    let ((), entries) = lab.entries_of(|lab| set_up_with_a_wrong_clock(lab, ADA));
    assert_eq!(entries, ["second-factor-offered", "second-factor-refused"]);
    let entry = lab.audit().pop().unwrap();
    assert_eq!(entry.detail.len(), 1, "{:?}", entry.detail);
    let told = lab.why(ADA, None).remove(0);
    assert_eq!(
        told.refused.unwrap().because,
        "the phone's clock is about 5 minutes ahead"
    );
    assert!(told.notes[0].detail.contains("the first code of a set-up"));
    let app = lab.set_up_app(ADA);
    lab.advance(minutes(1));
    assert_eq!(headline(&mut lab, ADA), None);
    // A wrong code of a phone whose clock is right is a wrong code.
    let wrong = no_code(&app.secret, lab.now);
    assert_eq!(lab.answer(with(&wrong)), "code-invalid");
    assert_eq!(
        headline(&mut lab, ADA).as_deref(),
        Some("the last code entered was wrong")
    );
}

#[test]
fn a_password_that_no_longer_does_says_why_and_since_when() {
    let mut lab = Lab::new();
    lab.set_main("password-length", "8");
    lab.member(ADA);
    let found = |lab: &mut Lab| {
        let found = lab.why(ADA, None).remove(0).obstacles.remove(0);
        (
            found.obstacle.since.map(|since| since.to_string()),
            found.detail,
        )
    };
    let set = |lab: &mut Lab, setting: &str| {
        let words = ["panel", "set", "main", setting].map(str::to_owned);
        apply(lab, &words).unwrap();
        lab.advance(days(1));
    };
    lab.advance(days(1));
    set(&mut lab, "password-length=10");
    set(&mut lab, "password-length=20");
    set(&mut lab, "second-factor=required");
    let (since, detail) = found(&mut lab);
    assert_eq!(since.as_deref(), Some("2026-03-02T12:00:00Z"), "{detail}");
    for part in [
        "too short",
        "8 characters were enough",
        "required 20 since Mon 2 Mar",
    ] {
        assert!(detail.contains(part), "{detail}");
    }
    assert!(!detail.contains("too old"), "{detail}");
    set(&mut lab, "password-expiry=30d");
    lab.advance(days(30));
    let (_, detail) = found(&mut lab);
    assert!(
        detail.contains("too short") && detail.contains("too old"),
        "{detail}"
    );
    set(&mut lab, "password-length=8");
    let (since, detail) = found(&mut lab);
    assert_eq!(since.as_deref(), Some("2026-03-31T12:00:00Z"));
    for part in [
        "too old",
        "was set Sun 1 Mar",
        "30 days",
        "expired Tue 31 Mar",
    ] {
        assert!(detail.contains(part), "{detail}");
    }
    assert!(!detail.contains("too short"), "{detail}");
}

#[test]
fn access_that_was_removed_comes_back_as_it_was_or_the_difference_is_named() {
    for (role, term, words, effect) in [
        (
            "member",
            None,
            "invite ada@example.com",
            "permanent access to main again, with the role member",
        ),
        (
            "admin",
            None,
            "invite ada@example.com --role admin",
            "with the role admin",
        ),
        (
            "auditor",
            Some(lapse("7d")),
            "invite ada@example.com --role auditor --until 2026-03-08 12:00",
            "until Sun 8 Mar 2026 12:00",
        ),
    ] {
        let mut lab = Lab::new();
        removed_early(&mut lab, role, term);
        let way = lab
            .why(ADA, None)
            .remove(0)
            .obstacles
            .remove(0)
            .remedies
            .remove(0);
        assert_eq!(way.words.join(" "), words);
        assert!(way.effect.contains(effect), "{}", way.effect);
        let was = lab.account(ADA).id;
        let was = lab.look(|tx| tx.access(was, 1)).unwrap();
        apply(&mut lab, &way.words).unwrap();
        let is = lab.look(|tx| tx.access(was.account_id, 1)).unwrap();
        assert_eq!(
            (is.role, is.until, is.removed_at),
            (was.role, was.until, None)
        );
    }
    let mut lab = Lab::new();
    removed_early(&mut lab, "admin", Some(lapse("7d")));
    lab.advance(days(8));
    let way = lab
        .why(ADA, None)
        .remove(0)
        .obstacles
        .remove(0)
        .remedies
        .remove(0);
    assert_eq!(way.words.join(" "), "invite ada@example.com --role admin");
    for part in ["permanent", "would have ended Sun 8 Mar 2026"] {
        assert!(way.effect.contains(part), "{}", way.effect);
    }
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.add_panel(SHOP, &[("default-role", "auditor")]);
    let way = lab
        .why(ADA, Some(SHOP))
        .remove(0)
        .obstacles
        .remove(0)
        .remedies
        .remove(0);
    assert!(
        way.effect
            .contains("permanent access to shop with the default role, auditor"),
        "{}",
        way.effect
    );
}

#[test]
fn a_trial_is_extended_by_either_command_and_everybody_is_as_before() {
    for number in [0, 1] {
        let mut lab = Lab::new();
        lab.member(ADA);
        let now = lab.now;
        lab.settle(|tx| tx.set_trial_end(1, Some(now)));
        let ways = lab.why(ADA, None).remove(0).obstacles.remove(0).remedies;
        assert_eq!(ways.len(), 2);
        apply(&mut lab, &ways[number].words).unwrap();
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    }
}

#[test]
fn a_missing_number_and_methods_for_operators_open_the_way_in() {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.set_role(ADA, 1, "admin");
    required(&mut lab, "sms");
    for _ in 0..2 {
        let ways = lab.why(ADA, None).remove(0).obstacles.remove(0).remedies;
        apply(&mut lab, &ways[0].words).unwrap();
    }
    assert_eq!(lab.obstacles(ADA), [""; 0]);
}

#[test]
fn an_older_mail_that_failed_is_told_while_the_person_needs_it() {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.deliver();
    reset(&mut lab);
    refuse_mail(&mut lab, "password-reset");
    let failed = |lab: &mut Lab| {
        let notes = lab.why(ADA, None).remove(0).notes;
        notes.iter().any(|note| note.kind == "mail-failed")
    };
    assert!(failed(&mut lab));
    // A newer link that went out replaces it.
    let link = reset(&mut lab);
    lab.deliver();
    assert!(!failed(&mut lab));
    // With a new password nobody needs the one that failed last.
    reset(&mut lab);
    refuse_mail(&mut lab, "password-reset");
    let newest = lab.reset_token(ADA);
    assert!(failed(&mut lab));
    lab.advance(minutes(1));
    lab.reset_by_link(&link, OTHER_PASSWORD).unwrap_err();
    lab.reset_by_link(&newest, OTHER_PASSWORD).unwrap();
    lab.deliver();
    assert!(!failed(&mut lab));
}
