//! U1, U5: every operation leaves exactly its entries, and says nothing that it should not.

use admit::domain::access::Term;
use admit::ops::reset_password::Reset;
use admit::ops::unlock::Unlock;

use crate::support::bench_store::{
    ADA, BOB, IP, Lab, OTHER_PASSWORD, PASSWORD, WRONG, at, lapse, minutes, on_each_engine,
};

type Step = (&'static str, fn(&mut Lab), &'static [&'static str]);

/// A life of one person, step by step, with the entries of each step.
const LIFE: &[Step] = &[
    (
        "invite",
        |lab| drop(lab.invite_for(ADA, "30d")),
        &["invited"],
    ),
    ("invite again", |lab| drop(lab.invite(ADA)), &["resent"]),
    ("resend", |lab| drop(lab.resend(ADA).unwrap()), &["resent"]),
    (
        "a refused command",
        |lab| drop(lab.reset(ADA, &Reset::default()).unwrap_err()),
        &[],
    ),
    (
        "forgot before registering",
        |lab| {
            lab.forgot(ADA);
        },
        &["forgot-password"],
    ),
    (
        "register",
        |lab| {
            let link = lab
                .newest(ADA, admit::domain::link::LinkPurpose::Invitation)
                .unwrap();
            let token = lab.token(link.id);
            drop(lab.register(&token, PASSWORD).unwrap());
        },
        &["registered"],
    ),
    ("invite who is in", |lab| drop(lab.invite(ADA)), &[]),
    (
        "sign in",
        |lab| drop(lab.signed_in(ADA, PASSWORD)),
        &["signed-in"],
    ),
    (
        "a wrong password",
        |lab| lab.fail(ADA, 1),
        &["sign-in-refused"],
    ),
    (
        "extend",
        |lab| drop(lab.extend(ADA, None, lapse("3d")).unwrap()),
        &["extended"],
    ),
    (
        "extend to the same end",
        |lab| {
            drop(
                lab.extend(ADA, None, Term::Until(at("2026-04-03T12:00:00Z")))
                    .unwrap(),
            );
        },
        &[],
    ),
    (
        "unlock who is not locked",
        |lab| drop(lab.unlock(ADA, &Unlock::default()).unwrap()),
        &[],
    ),
    (
        "forgot",
        |lab| {
            lab.forgot(ADA);
        },
        &["forgot-password"],
    ),
    (
        "forgot again",
        |lab| {
            lab.forgot(ADA);
        },
        &["forgot-password"],
    ),
    (
        "reset",
        |lab| drop(lab.reset(ADA, &Reset::default()).unwrap()),
        &["reset-requested"],
    ),
    (
        "use the reset link",
        |lab| {
            let token = lab.reset_token(ADA);
            drop(lab.reset_by_link(&token, OTHER_PASSWORD).unwrap());
        },
        &["password-set"],
    ),
    (
        "use it again",
        |lab| {
            let token = lab.reset_token(ADA);
            drop(lab.reset_by_link(&token, PASSWORD).unwrap_err());
        },
        &["link-refused"],
    ),
    (
        "five wrong passwords",
        |lab| lab.fail(ADA, 5),
        &["sign-in-refused"; 5],
    ),
    (
        "the sixth",
        |lab| lab.fail(ADA, 1),
        &["sign-in-refused", "locked"],
    ),
    (
        "while locked",
        |lab| drop(lab.sign_in(ADA, WRONG)),
        &["sign-in-refused"],
    ),
    (
        "unlock",
        |lab| drop(lab.unlock(ADA, &Unlock::default()).unwrap()),
        &["unlocked"],
    ),
    (
        "unlock with reset",
        |lab| {
            lab.fail(ADA, 6);
            drop(
                lab.unlock(
                    ADA,
                    &Unlock {
                        reset: true,
                        ..Unlock::default()
                    },
                )
                .unwrap(),
            );
        },
        &[
            "sign-in-refused",
            "sign-in-refused",
            "sign-in-refused",
            "sign-in-refused",
            "sign-in-refused",
            "sign-in-refused",
            "locked",
            "unlocked",
        ],
    ),
    ("deliver", |lab| assert!(lab.deliver().sent > 0), &[]),
    ("why", |lab| drop(lab.why(ADA, None)), &[]),
    (
        "an unknown address",
        |lab| drop(lab.sign_in("nobody@example.com", WRONG)),
        &[],
    ),
    (
        "forgot at an unknown address",
        |lab| {
            lab.forgot("nobody@example.com");
        },
        &[],
    ),
    (
        "an unknown address an hour later",
        |lab| {
            lab.advance(minutes(60));
            drop(lab.sign_in("nobody@example.com", WRONG));
        },
        &["unknown-address-tried"],
    ),
    (
        "remove",
        |lab| drop(lab.remove(ADA, None).unwrap()),
        &["removed"],
    ),
    (
        "remove again",
        |lab| drop(lab.remove(ADA, None).unwrap()),
        &[],
    ),
    (
        "the right password without access",
        |lab| drop(lab.sign_in(ADA, OTHER_PASSWORD)),
        &["sign-in-refused"],
    ),
    (
        "invite back",
        |lab| drop(lab.invite(ADA)),
        &["access-restored"],
    ),
    (
        "revoke somebody else",
        |lab| {
            lab.invite(BOB);
            lab.revoke(BOB, None).unwrap();
        },
        &["invited", "revoked"],
    ),
];

#[test]
fn every_step_of_a_life_leaves_exactly_its_entries() {
    on_each_engine(|lab| {
        for (name, step, expected) in LIFE {
            let ((), entries) = lab.entries_of(step);
            assert_eq!(entries, *expected, "{name}");
        }
        lab.verify();
    });
}

#[test]
fn no_entry_holds_a_secret_and_none_outside_its_box_a_person() {
    let mut lab = Lab::new();
    for (_, step, _) in LIFE {
        step(&mut lab);
    }
    let texts: Vec<String> = lab.raw().column(
        "select operator || action || coalesce(panel, '') || coalesce(detail, '') from audit",
        &[],
    );
    assert!(texts.len() > 30);
    for text in texts {
        for canary in [
            "adm_",
            "argon2",
            PASSWORD,
            OTHER_PASSWORD,
            WRONG,
            ADA,
            BOB,
            "nobody",
            IP,
        ] {
            assert!(!text.contains(canary), "{canary} in {text}");
        }
    }
}

#[test]
fn a_sign_in_refused_after_a_right_password_names_the_obstacle() {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.settle(|tx| tx.set_trial_end(1, Some(at("2026-03-01T12:00:00Z"))));
    lab.sign_in(ADA, PASSWORD).err().unwrap();
    let entry = lab.audit().pop().unwrap();
    assert_eq!(
        (entry.action.as_str(), entry.detail["reason"].as_str()),
        ("sign-in-refused", Some("trial-ended"))
    );
    assert_eq!(entry.personal.ip.as_deref(), Some(IP));
}

#[test]
fn a_try_that_had_to_wait_too_long_is_recorded_too() {
    let mut lab = Lab::new();
    lab.member(ADA);
    let limits = admit::domain::lockout::LockLimits {
        wrong_codes: 6,
        wrong_passwords: 6,
        locks_in_a_row: Some(3),
    };
    lab.settle(|tx| {
        for _ in 0..6 {
            tx.reserve_try(1, limits, at("2026-03-01T12:00:00Z"))?;
        }
        Ok(())
    });
    let (answer, entries) = lab.entries_of(|lab| lab.sign_in(ADA, PASSWORD));
    assert_eq!(answer.err().unwrap().reason, "throttled");
    assert_eq!(entries, ["sign-in-refused"]);
}
