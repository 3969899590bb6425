//! P2–P6.

use admit::domain::link::{LinkPurpose, LinkState};
use admit::domain::password::PasswordProblem;
use admit::domain::refusal::Refusal;
use admit::ops::OpError;
use admit::ops::change::PasswordState;
use admit::ops::password::{Change, Holder, change_password};
use admit::ops::reset_password::Reset;
use admit::ops::reset_password::ResetStarted;
use admit::ops::sign_in::Denied;
use admit::ops::sign_in::Second;
use admit::vault::Token;

use crate::support::bench_store::{
    ADA, BOB, IP, Lab, OTHER_PASSWORD, PASSWORD, WRONG, at, minutes, on_each_engine, refused,
    secret, word,
};

fn change(
    lab: &mut Lab,
    holder: &Holder<'_>,
    old: &str,
    new: &str,
) -> Result<Result<Option<Token>, Denied>, OpError> {
    let op = lab.op_from(IP);
    let change = Change {
        holder: *holder,
        panel: "main",
        old: &secret(old),
        new: &secret(new),
        second: Second::default(),
        ticket: None,
    };
    change_password(&mut lab.store, &op, &change, &|_| {})
}

#[test]
fn the_old_password_works_until_the_link_is_used() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let (outcome, entries) = lab.entries_of(|lab| lab.reset(ADA, &Reset::default()).unwrap());
        assert_eq!(
            (&outcome.change, entries),
            (
                &ResetStarted {
                    voided: false,
                    printed: false
                },
                vec!["reset-requested".to_owned()],
            )
        );
        assert_eq!(outcome.link_expires_at, Some(at("2026-03-01T14:00:00Z")));
        assert_eq!(lab.mail_of(ADA)[0].kind, "password-reset");
        let session = lab.signed_in(ADA, PASSWORD).session;
        lab.fail(ADA, 2);
        let token = lab.reset_token(ADA);
        let (_, entries) = lab.entries_of(|lab| lab.reset_by_link(&token, OTHER_PASSWORD).unwrap());
        assert_eq!(entries, ["password-set"]);
        assert!(!lab.session_lives(&session, "main"));
        assert_eq!(lab.account(ADA).lock.wrong, 0);
        assert_eq!(lab.mail_of(ADA)[0].kind, "password-changed");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "invalid-credentials");
        assert_eq!(word(&lab.sign_in(ADA, OTHER_PASSWORD)), "signed-in");
        assert_eq!(
            refused(lab.reset_by_link(&token, PASSWORD)),
            Refusal::LinkUsed
        );
    });
}

#[test]
fn a_reset_link_is_over_after_two_hours() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.reset(ADA, &Reset::default()).unwrap();
        let token = lab.reset_token(ADA);
        lab.set_clock("2026-03-01T14:00:00Z");
        let over = Refusal::LinkExpired {
            at: at("2026-03-01T14:00:00Z"),
        };
        assert_eq!(refused(lab.reset_by_link(&token, OTHER_PASSWORD)), over);
        lab.set_clock("2026-03-01T13:59:59.999Z");
        lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
    });
}

#[test]
fn only_the_newest_reset_link_works() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.reset(ADA, &Reset::default()).unwrap();
        let first = lab.reset_token(ADA);
        lab.advance(minutes(10));
        lab.reset(ADA, &Reset::default()).unwrap();
        let newer_at = at("2026-03-01T12:10:00Z");
        assert_eq!(
            refused(lab.reset_by_link(&first, OTHER_PASSWORD)),
            Refusal::LinkSuperseded { newer_at }
        );
        let second = lab.reset_token(ADA);
        lab.reset_by_link(&second, OTHER_PASSWORD).unwrap();
    });
}

#[test]
fn now_voids_the_password_at_once() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let outcome = lab.reset(
            ADA,
            &Reset {
                now: true,
                reason: Some("phished".into()),
                ..Reset::default()
            },
        );
        let outcome = outcome.unwrap();
        assert_eq!(
            outcome.change,
            ResetStarted {
                voided: true,
                printed: false
            }
        );
        assert_eq!(outcome.after.unwrap().password, PasswordState::Voided);
        let denied = lab.sign_in(ADA, PASSWORD).err().unwrap();
        assert_eq!(
            (denied.reason, denied.since),
            ("password-reset-required", Some(at("2026-03-01T12:00:00Z")))
        );
        assert_eq!(lab.obstacles(ADA), ["password-reset-required"]);
        let token = lab.reset_token(ADA);
        lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
        assert_eq!(word(&lab.sign_in(ADA, OTHER_PASSWORD)), "signed-in");
    });
}

#[test]
fn now_ends_open_sessions() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let session = lab.signed_in(ADA, PASSWORD).session;
        lab.reset(ADA, &Reset::default()).unwrap();
        assert!(
            lab.session_lives(&session, "main"),
            "without --now it lives"
        );
        let now = Reset {
            now: true,
            ..Reset::default()
        };
        lab.reset(ADA, &now).unwrap();
        assert!(!lab.session_lives(&session, "main"));
        let entry = lab.audit().pop().unwrap();
        assert_eq!(entry.detail["sessions_ended"], 1);
    });
}

/// What is wrong with a new password, in words.
fn problems<T>(result: Result<T, OpError>) -> Vec<&'static str> {
    match refused(result) {
        Refusal::Password(problems) => problems.iter().map(PasswordProblem::as_str).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_voided_password_cannot_be_set_again() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let now = Reset {
            now: true,
            ..Reset::default()
        };
        lab.reset(ADA, &now).unwrap();
        let token = lab.reset_token(ADA);
        assert_eq!(problems(lab.reset_by_link(&token, PASSWORD)), ["unchanged"]);
        assert_eq!(problems(lab.reset_by_link(&token, "short")), ["too-short"]);
        lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
        assert_eq!(word(&lab.sign_in(ADA, OTHER_PASSWORD)), "signed-in");
    });
}

#[test]
fn an_expired_password_cannot_be_set_again_by_link_or_by_who_knows_it() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.add_panel("strict", &[("password-expiry", "30d")]);
        lab.invite_to(ADA, "strict");
        lab.set_clock("2026-03-31T12:00:00Z");
        let reset = Reset {
            panel: Some("main".into()),
            ..Reset::default()
        };
        lab.reset(ADA, &reset).unwrap();
        let token = lab.reset_token(ADA);
        assert_eq!(problems(lab.reset_by_link(&token, PASSWORD)), ["unchanged"]);
        let again = change(lab, &Holder::Address(ADA), PASSWORD, PASSWORD);
        assert_eq!(problems(again), ["unchanged"]);
        assert_eq!(lab.account(ADA).lock.open_tries, 0, "the try is given back");
        lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
    });
}

#[test]
fn a_password_that_still_counts_may_be_set_again_by_link() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.add_panel("strict", &[("password-expiry", "30d")]);
        lab.invite_to(ADA, "strict");
        lab.remove(ADA, Some("strict")).unwrap();
        lab.set_clock("2026-03-31T12:00:00Z");
        lab.fail(ADA, 6);
        let token = lab.reset_token(ADA);
        lab.reset_by_link(&token, PASSWORD).unwrap();
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    });
}

#[test]
fn a_printed_link_is_not_mailed_but_told() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let outcome = lab
            .reset(
                ADA,
                &Reset {
                    print_link: true,
                    ..Reset::default()
                },
            )
            .unwrap();
        let mail = lab.mail_of(ADA).remove(0);
        assert_eq!(
            (mail.kind.as_str(), mail.link_id),
            ("reset-by-operator-printed", None)
        );
        assert_eq!(lab.audit().pop().unwrap().detail["printed"], true);
        let token = lab.token(outcome.link_id.unwrap());
        lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
    });
}

#[test]
fn there_is_nothing_to_reset_before_registering() {
    on_each_engine(|lab| {
        lab.invite(ADA);
        assert_eq!(
            refused(lab.reset(ADA, &Reset::default())),
            Refusal::Unregistered
        );
        assert!(matches!(
            refused(lab.reset(BOB, &Reset::default())),
            Refusal::UnknownAddress { .. }
        ));
    });
}

#[test]
fn asking_mails_the_same_link_at_most_once_in_five_minutes() {
    on_each_engine(|lab| {
        lab.member(ADA);
        assert_eq!(lab.forgot(ADA), "link-mailed");
        let link = lab.newest(ADA, LinkPurpose::Reset).unwrap();
        lab.set_clock("2026-03-01T12:04:59.999Z");
        assert_eq!(lab.forgot(ADA), "mailed-enough");
        lab.set_clock("2026-03-01T12:05:00Z");
        assert_eq!(lab.forgot(ADA), "same-link-mailed");
        let newest = lab.newest(ADA, LinkPurpose::Reset).unwrap();
        assert_eq!(newest, link, "asking kills no link and makes none");
        let mails = lab.mail_of(ADA);
        assert_eq!(
            (mails[0].link_id, mails[1].link_id),
            (Some(link.id), Some(link.id))
        );
        assert_eq!(lab.account(ADA).lock.wrong, 0);
    });
}

#[test]
fn the_link_that_a_lock_or_an_operator_mailed_is_not_mailed_again_at_once() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.fail(ADA, 6);
        assert_eq!(lab.mail_of(ADA)[0].kind, "locked");
        let link = lab.newest(ADA, LinkPurpose::Reset).unwrap();
        assert_eq!(lab.forgot(ADA), "mailed-enough");
        lab.set_clock("2026-03-01T12:04:59.999Z");
        assert_eq!(lab.forgot(ADA), "mailed-enough");
        lab.set_clock("2026-03-01T12:05:00Z");
        assert_eq!(lab.forgot(ADA), "same-link-mailed");
        assert_eq!(lab.mail_of(ADA)[0].link_id, Some(link.id));
        lab.set_clock("2026-03-01T12:30:00Z");
        lab.reset(ADA, &Reset::default()).unwrap();
        lab.set_clock("2026-03-01T12:34:59.999Z");
        assert_eq!(lab.forgot(ADA), "mailed-enough");
        lab.set_clock("2026-03-01T12:35:00Z");
        assert_eq!(lab.forgot(ADA), "same-link-mailed");
        lab.set_clock("2026-03-01T12:50:00Z");
        assert_eq!(lab.forgot(ADA), "same-link-mailed");
        lab.set_clock("2026-03-01T13:10:00Z");
        assert_eq!(
            lab.forgot(ADA),
            "mailed-enough",
            "the lock's, the operator's and three that were asked for"
        );
    });
}

#[test]
fn a_link_that_was_printed_is_mailed_when_it_is_asked_for() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let printed = Reset {
            print_link: true,
            ..Reset::default()
        };
        lab.reset(ADA, &printed).unwrap();
        assert_eq!(lab.forgot(ADA), "same-link-mailed");
    });
}

#[test]
fn asking_mails_at_most_five_times_a_day() {
    on_each_engine(|lab| {
        lab.member(ADA);
        for index in 0..5 {
            let did = lab.forgot(ADA);
            assert!(did.ends_with("mailed"), "{index}: {did}");
            lab.advance(minutes(60));
        }
        assert_eq!(lab.forgot(ADA), "mailed-enough");
        lab.set_clock("2026-03-02T11:59:59.999Z");
        assert_eq!(lab.forgot(ADA), "mailed-enough");
        lab.set_clock("2026-03-02T12:00:00Z");
        assert_eq!(
            lab.forgot(ADA),
            "link-mailed",
            "the first of the five is a day old"
        );
        let resets = lab
            .mail_kinds(ADA)
            .iter()
            .filter(|kind| *kind == "password-reset")
            .count();
        assert_eq!(resets, 6);
    });
}

#[test]
fn a_link_that_is_over_is_replaced_when_asked_for() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.forgot(ADA);
        let first = lab.newest(ADA, LinkPurpose::Reset).unwrap().id;
        lab.set_clock("2026-03-01T13:59:59.999Z");
        assert_eq!(lab.forgot(ADA), "same-link-mailed");
        lab.set_clock("2026-03-01T14:05:00Z");
        assert_eq!(lab.forgot(ADA), "link-mailed");
        assert_ne!(lab.newest(ADA, LinkPurpose::Reset).unwrap().id, first);
    });
}

#[test]
fn asking_never_locks() {
    on_each_engine(|lab| {
        lab.member(ADA);
        for _ in 0..30 {
            lab.forgot(ADA);
            lab.forgot(BOB);
            lab.advance(minutes(1));
        }
        assert_eq!(lab.account_status(ADA), "active");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
        assert_eq!(word(&lab.sign_in(BOB, WRONG)), "invalid-credentials");
    });
}

#[test]
fn a_bad_new_password_names_every_reason_and_uses_no_link() {
    on_each_engine(|lab| {
        let link = lab.invite(ADA).link_id.unwrap();
        let token = lab.token(link);
        let Refusal::Password(problems) = refused(lab.register(&token, "ada")) else {
            panic!()
        };
        let words: Vec<&str> = problems
            .iter()
            .map(admit::domain::password::PasswordProblem::as_str)
            .collect();
        assert_eq!(words, ["too-short", "personal"]);
        assert_eq!(lab.link_state(link), LinkState::Live);
        assert!(matches!(
            refused(lab.register(&token, "ada@example.com!!!!")),
            Refusal::Password(_)
        ));
        assert!(matches!(
            refused(lab.register(&token, &"x".repeat(1025))),
            Refusal::Password(_)
        ));
        lab.register(&token, PASSWORD).unwrap();
    });
}

#[test]
fn the_shortest_password_is_that_of_the_strictest_panel() {
    on_each_engine(|lab| {
        lab.set_main("second-factor", "required");
        lab.add_panel("long", &[("password-length", "30")]);
        let link = lab.invite_to(ADA, "main").link_id.unwrap();
        let token = lab.token(link);
        assert!(matches!(
            refused(lab.register(&token, "7 chars")),
            Refusal::Password(_)
        ));
        lab.invite_to(ADA, "long");
        assert!(matches!(
            refused(lab.register(&token, "a horse of 8")),
            Refusal::Password(_)
        ));
        lab.revoke(ADA, Some("long")).unwrap();
        lab.register(&token, "a horse!").unwrap();
        assert_eq!(lab.account(ADA).password.unwrap().met_length, 8);
        assert_eq!(
            word(&lab.sign_in(ADA, "a horse!")),
            "second-factor-setup-required"
        );
        // A panel that asks for more answers so there.
        lab.invite_to(ADA, "long");
        assert_eq!(
            word(&lab.try_in("long", ADA, "a horse!", IP)),
            "password-expired"
        );
    });
}

#[test]
fn an_expired_password_is_changed_by_who_knows_it() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.set_main("password-expiry", "30d");
        lab.set_clock("2026-03-31T11:59:59.999Z");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
        lab.set_clock("2026-03-31T12:00:00Z");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "password-expired");
        let changed = change(lab, &Holder::Address(ADA), PASSWORD, OTHER_PASSWORD)
            .unwrap()
            .unwrap();
        assert!(changed.is_none(), "no session comes of it");
        assert_eq!(word(&lab.sign_in(ADA, OTHER_PASSWORD)), "signed-in");
    });
}

#[test]
fn changing_the_password_in_a_session_ends_the_others() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let mine = lab.signed_in(ADA, PASSWORD).session;
        let other = lab.signed_in(ADA, PASSWORD).session;
        lab.forgot(ADA);
        let reset = lab.newest(ADA, LinkPurpose::Reset).unwrap().id;
        let (new, entries) = lab.entries_of(|lab| {
            change(lab, &Holder::Session(&mine), PASSWORD, OTHER_PASSWORD)
                .unwrap()
                .unwrap()
        });
        assert_eq!(entries, ["password-set"]);
        assert!(!lab.session_lives(&mine, "main") && !lab.session_lives(&other, "main"));
        assert!(lab.session_lives(&new.unwrap(), "main"));
        assert_eq!(lab.link_state(reset), LinkState::Revoked);
        assert_eq!(lab.mail_of(ADA)[0].kind, "password-changed");
        let over = change(lab, &Holder::Session(&mine), OTHER_PASSWORD, PASSWORD);
        assert_eq!(refused(over).reason(), "session-ended");
    });
}

#[test]
fn a_wrong_old_password_counts_like_any_other() {
    on_each_engine(|lab| {
        lab.member(ADA);
        for _ in 0..5 {
            let denied = change(lab, &Holder::Address(ADA), WRONG, OTHER_PASSWORD)
                .unwrap()
                .err()
                .unwrap();
            assert_eq!(denied.reason, "invalid-credentials");
        }
        let bad = change(lab, &Holder::Address(ADA), PASSWORD, "short");
        assert!(matches!(refused(bad), Refusal::Password(_)));
        let lock = lab.account(ADA).lock;
        assert_eq!(
            (lock.wrong, lock.open_tries),
            (5, 0),
            "a right old password gives its try back"
        );
        change(lab, &Holder::Address(ADA), WRONG, OTHER_PASSWORD)
            .unwrap()
            .err()
            .unwrap();
        assert_eq!(lab.account_status(ADA), "locked");
        let denied = change(lab, &Holder::Address(ADA), PASSWORD, OTHER_PASSWORD)
            .unwrap()
            .err()
            .unwrap();
        assert_eq!(denied.reason, "locked");
    });
}

#[test]
fn who_could_not_come_in_cannot_change_the_password_either() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let refuses = |lab: &mut Lab, reason: &str| {
            let (answer, entries) = lab.entries_of(|lab| {
                change(lab, &Holder::Address(ADA), PASSWORD, OTHER_PASSWORD).unwrap()
            });
            assert_eq!(answer.err().map(|denied| denied.reason), Some(reason));
            assert_eq!(entries, ["sign-in-refused"], "{reason}");
            assert_eq!(lab.account(ADA).lock.open_tries, 0, "{reason}");
        };
        lab.settle(|tx| {
            tx.disable_account(
                1,
                &admit::domain::account::Disabled {
                    at: at("2026-03-01T12:00:00Z"),
                    until: None,
                    reason: "left".into(),
                },
            )
        });
        refuses(lab, "disabled");
        lab.settle(|tx| tx.open_lock(1, false));
        lab.settle(|tx| tx.void_password(1, at("2026-03-01T12:00:00Z")));
        refuses(lab, "password-reset-required");
        lab.settle(|tx| {
            tx.set_password(
                1,
                crate::support::bench_store::ready_hash(),
                15,
                at("2026-03-01T12:00:00Z"),
            )
        });
        lab.remove(ADA, None).unwrap();
        refuses(lab, "no-access");
    });
}

#[test]
fn a_hash_made_at_another_cost_is_renewed_at_the_next_right_password() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let before = lab.look(|tx| tx.password_hash(1)).unwrap();
        assert!(
            before.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"),
            "{before}"
        );
        lab.settle(|tx| tx.set_store_setting("argon2", "19457,2,1"));
        lab.fail(ADA, 1);
        assert_eq!(lab.look(|tx| tx.password_hash(1)).unwrap(), before);
        lab.signed_in(ADA, PASSWORD);
        let after = lab.look(|tx| tx.password_hash(1)).unwrap();
        assert!(
            after.starts_with("$argon2id$v=19$m=19457,t=2,p=1$"),
            "{after}"
        );
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    });
}
