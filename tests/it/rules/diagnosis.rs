//! D1, D3: why somebody cannot come in, and whether what is proposed helps.

use admit::domain::access::Term;
use admit::domain::account::Disabled;
use admit::domain::when::Period;
use admit::ops::edit::Edit;
use admit::ops::invite::Invite;
use admit::ops::reset_2fa::Reset2fa;
use admit::ops::reset_password::Reset;
use admit::ops::settings::{self, Assignment, Target, plan};
use admit::ops::unlock::Unlock;
use admit::ops::why::{Diagnosis, can_sign_in, is_known};
use admit::ops::{OpError, Scope};
use admit::store::Done;

use crate::support::bench_store::{
    ADA, BOB, IP, Lab, PASSWORD, WRONG, address, at, days, minutes, on_each_engine, word,
};

fn reasons(diagnosis: &Diagnosis) -> Vec<&'static str> {
    diagnosis
        .obstacles
        .iter()
        .map(|explained| explained.obstacle.reason.as_str())
        .collect()
}

fn notes(lab: &mut Lab, who: &str) -> Vec<&'static str> {
    lab.why(who, None)[0]
        .notes
        .iter()
        .map(|note| note.kind)
        .collect()
}

pub(super) fn disable(lab: &mut Lab, until: Option<&str>) {
    let lock = Disabled {
        at: lab.now,
        until: until.map(at),
        reason: "on leave".into(),
    };
    lab.settle(|tx| tx.disable_account(1, &lock));
}

/// The number that somebody types who is asked for one.
const NUMBER: &str = "+442071234567";

/// Runs the words of a remedy as the command would.
pub(super) fn apply(lab: &mut Lab, words: &[String]) -> Result<(), OpError> {
    let mut words: Vec<&str> = words.iter().map(String::as_str).collect();
    let mut option = |name: &str| {
        let place = words.iter().position(|word| *word == name)?;
        words.remove(place);
        Some(words.remove(place).to_owned())
    };
    let (panel, role) = (option("--panel"), option("--role"));
    let term = if let Some(time) = option("--for") {
        Some(Term::For(Period::parse(&time).unwrap()))
    } else {
        option("--until").map(|end| {
            let op = lab.op();
            Term::Until(admit::domain::when::parse_until(&end, op.now, &op.zone).unwrap())
        })
    };
    let panel = panel.as_deref();
    let set = |lab: &mut Lab, target, setting: &str| {
        let (key, value) = setting.split_once('=').unwrap();
        let assignment = Assignment {
            key: key.to_owned(),
            value: Some(value.to_owned()).filter(|value| !value.is_empty()),
        };
        let op = lab.op();
        lab.store.change(|tx| {
            // As somebody who says yes.
            let agreed = plan(
                &Scope::load(tx)?,
                &op,
                target,
                std::slice::from_ref(&assignment),
            )?
            .weakens;
            let plan =
                settings::change(tx, &op, target, std::slice::from_ref(&assignment), &agreed)?;
            assert!(plan.changes());
            Ok(Done::recorded(()))
        })
    };
    match words.as_slice() {
        ["invite", who] => {
            let request = Invite {
                panel: panel.map(str::to_owned),
                role,
                term,
                ..crate::support::bench_store::invitation(who)
            };
            lab.invite_as(&request).map(drop)
        }
        ["resend", who] => lab.resend_in(who, panel).map(drop),
        ["why", who] => {
            assert!(lab.find(who).is_some(), "{who}");
            Ok(())
        }
        ["unlock", who] => {
            // At a terminal the reason is asked for.
            lab.unlock(
                who,
                &Unlock {
                    reason: Some("asked".into()),
                    ..Unlock::default()
                },
            )
            .map(drop)
        }
        ["extend", who] => lab.extend(who, panel, term.unwrap()).map(drop),
        ["extend", who, "--permanent"] => lab.extend(who, panel, Term::Permanent).map(drop),
        ["reset", "password", who] => {
            let panel = panel.map(str::to_owned);
            let reset = Reset {
                panel,
                ..Reset::default()
            };
            lab.reset(who, &reset).map(drop)
        }
        ["reset", "2fa", who] => lab.reset_2fa(who, &Reset2fa::default()).map(drop),
        ["edit", who, "--phone"] => {
            let request = Edit {
                phone: Some(Some(NUMBER.into())),
                ..Edit::default()
            };
            lab.run(|tx, scope, op| admit::ops::edit::edit(tx, scope, op, &address(who), &request))
                .map(drop)
        }
        ["edit", who, "--address", new] => {
            let request = Edit {
                address: Some(address(new)),
                ..Edit::default()
            };
            lab.run(|tx, scope, op| admit::ops::edit::edit(tx, scope, op, &address(who), &request))
                .map(drop)
        }
        ["panel", "set", panel, setting] => set(lab, Target::Panel(Some(panel)), setting),
        ["store", "set", setting] => set(lab, Target::Store, setting),
        ["mail", "send"] => {
            lab.deliver();
            Ok(())
        }
        ["mail", "retry", id] => {
            let (id, now) = (id.parse().unwrap(), lab.now);
            lab.settle(|tx| {
                assert!(tx.requeue_mail(id, now)?);
                Ok(())
            });
            lab.deliver();
            Ok(())
        }
        // The person's own, at a terminal.
        ["self", "codes", _] => Ok(()),
        other => panic!("no such command: {other:?}"),
    }
}

type Situation = (&'static str, fn(&mut Lab), &'static [&'static str]);

/// Ada in trouble, and what is then in her way, in order.
const SITUATIONS: &[Situation] = &[
    ("in", |lab| lab.member(ADA), &[]),
    ("unknown", |_| {}, &["unknown-address"]),
    ("invited", |lab| drop(lab.invite(ADA)), &["unregistered"]),
    (
        "disabled",
        |lab| {
            lab.member(ADA);
            disable(lab, None);
        },
        &["disabled"],
    ),
    (
        "locked",
        |lab| {
            lab.member(ADA);
            lab.fail(ADA, 6);
        },
        &["locked"],
    ),
    (
        "locked for good",
        |lab| {
            lab.set_main("locks-in-a-row", "1");
            lab.member(ADA);
            lab.fail(ADA, 6);
        },
        &["locked-permanently"],
    ),
    (
        "removed",
        |lab| {
            lab.member(ADA);
            lab.remove(ADA, None).unwrap();
        },
        &["no-access"],
    ),
    (
        "expired",
        |lab| {
            lab.member(ADA);
            lab.extend(ADA, None, Term::Until(at("2026-03-02T12:00:00Z")))
                .unwrap();
            lab.advance(days(1));
        },
        &["access-expired"],
    ),
    (
        "trial over",
        |lab| {
            lab.member(ADA);
            lab.settle(|tx| tx.set_trial_end(1, Some(at("2026-03-01T12:00:00Z"))));
        },
        &["trial-ended"],
    ),
    (
        "voided",
        |lab| {
            lab.member(ADA);
            lab.reset(
                ADA,
                &Reset {
                    now: true,
                    ..Reset::default()
                },
            )
            .unwrap();
        },
        &["password-reset-required"],
    ),
    (
        "password too old",
        |lab| {
            lab.member(ADA);
            lab.set_main("password-expiry", "30d");
            lab.advance(days(30));
        },
        &["password-expired"],
    ),
    (
        "no second factor",
        |lab| {
            lab.member(ADA);
            lab.set_main("second-factor", "required");
        },
        &["second-factor-setup-required"],
    ),
    (
        "signed in elsewhere",
        |lab| {
            lab.member(ADA);
            lab.set_main("sessions", "one-refuse");
            lab.signed_in(ADA, PASSWORD);
        },
        &["already-signed-in"],
    ),
    (
        "nearly everything",
        |lab| {
            lab.member(ADA);
            lab.set_main("sessions", "one-refuse");
            lab.set_main("second-factor", "required");
            lab.set_main("second-factor", "optional");
            lab.signed_in(ADA, PASSWORD);
            lab.set_main("second-factor", "required");
            lab.set_main("password-length", "20");
            lab.fail(ADA, 6);
            lab.extend(ADA, None, Term::Until(at("2026-03-01T13:00:00Z")))
                .unwrap();
            lab.settle(|tx| tx.set_trial_end(1, Some(at("2026-03-01T13:00:00Z"))));
            lab.advance(minutes(60));
            disable(lab, Some("2026-03-05T00:00:00Z"));
        },
        &[
            "disabled",
            "access-expired",
            "trial-ended",
            "locked",
            "password-expired",
            "second-factor-setup-required",
            "already-signed-in",
        ],
    ),
];

#[test]
fn why_names_every_obstacle_in_order() {
    for (name, make, expected) in SITUATIONS {
        let mut lab = Lab::new();
        make(&mut lab);
        let diagnoses = lab.why(ADA, None);
        assert_eq!(diagnoses.len(), 1, "{name}");
        assert_eq!(reasons(&diagnoses[0]), *expected, "{name}");
        assert_eq!(can_sign_in(&diagnoses), expected.is_empty(), "{name}");
        assert_eq!(is_known(&diagnoses), *name != "unknown");
        for explained in &diagnoses[0].obstacles {
            assert!(
                !explained.remedies.is_empty(),
                "{name}: {:?}",
                explained.obstacle.reason
            );
            assert!(!explained.detail.is_empty());
        }
    }
}

#[test]
fn sign_in_refuses_with_the_first_obstacle_that_why_names() {
    for (name, make, expected) in SITUATIONS {
        let mut lab = Lab::new();
        make(&mut lab);
        let said = word(&lab.sign_in(ADA, PASSWORD));
        // What is told before a password is right says less.
        let told = match expected.first().copied() {
            None => "signed-in",
            Some("unknown-address" | "unregistered") => "invalid-credentials",
            Some("locked-permanently") => "locked",
            _ if expected.contains(&"locked") => "locked",
            Some(first) => first,
        };
        assert_eq!(said, told, "{name}");
    }
}

#[test]
fn every_command_that_is_proposed_works_and_does_what_it_promises() {
    let mut tried = 0;
    for (name, make, expected) in SITUATIONS {
        let Some(first) = expected.first() else {
            continue;
        };
        let remedies = {
            let mut lab = Lab::new();
            make(&mut lab);
            lab.why(ADA, None).remove(0).obstacles.remove(0).remedies
        };
        for remedy in remedies
            .into_iter()
            .filter(|remedy| !remedy.words.is_empty())
        {
            let mut lab = Lab::new();
            make(&mut lab);
            let result = apply(&mut lab, &remedy.words);
            assert!(
                result.is_ok(),
                "{name}: {:?} is refused: {result:?}",
                remedy.words
            );
            let left = reasons(&lab.why(ADA, None)[0]);
            if remedy.complete {
                assert!(
                    !left.contains(first),
                    "{name}: {:?} leaves {left:?}",
                    remedy.words
                );
            } else {
                assert!(
                    !left.is_empty(),
                    "{name}: after {:?} the person has nothing to do",
                    remedy.words
                );
            }
            tried += 1;
        }
    }
    assert!(tried >= 10, "only {tried} remedies were tried");
}

#[test]
fn the_commands_in_notes_work() {
    on_each_engine(|lab| {
        lab.invite(ADA);
        lab.advance(days(8));
        lab.forgot(ADA);
        let notes = lab.why(ADA, None).remove(0).notes;
        let kinds: Vec<&str> = notes.iter().map(|note| note.kind).collect();
        assert_eq!(
            kinds,
            [
                "invitation-expired",
                "mail-waiting",
                "forgot-password-unregistered"
            ]
        );
        for remedy in notes.into_iter().flat_map(|note| note.remedies) {
            assert!(apply(lab, &remedy.words).is_ok(), "{:?}", remedy.words);
        }
    });
}

#[test]
fn an_invitation_that_ended_with_the_access_proposes_what_works() {
    on_each_engine(|lab| {
        lab.invite_for(ADA, "3d");
        lab.advance(days(3));
        lab.forgot(ADA);
        let notes = lab.why(ADA, None).remove(0).notes;
        assert!(notes.iter().any(|note| note.kind == "invitation-expired"));
        for remedy in notes.into_iter().flat_map(|note| note.remedies) {
            assert!(apply(lab, &remedy.words).is_ok(), "{:?}", remedy.words);
        }
    });
}

#[test]
fn notes_tell_what_explains_a_complaint() {
    on_each_engine(|lab| {
        let first = lab.invite(ADA).link_id.unwrap();
        assert_eq!(notes(lab, ADA), ["invitation", "mail-queued"]);
        lab.deliver();
        assert_eq!(notes(lab, ADA), ["invitation", "mail-sent"]);
        let old = lab.token(first);
        lab.resend(ADA).unwrap();
        lab.register(&old, PASSWORD).unwrap_err();
        assert_eq!(notes(lab, ADA), ["invitation", "mail-queued", "old-link"]);
        lab.set_clock("2026-03-01T12:04:59.999Z");
        assert!(notes(lab, ADA).contains(&"mail-queued"));
        lab.set_clock("2026-03-01T12:05:00Z");
        assert!(notes(lab, ADA).contains(&"mail-waiting"));
        lab.deliver();
        let link = lab
            .newest(ADA, admit::domain::link::LinkPurpose::Invitation)
            .unwrap()
            .id;
        let token = lab.token(link);
        lab.register(&token, PASSWORD).unwrap();
        lab.fail(ADA, 2);
        assert_eq!(
            notes(lab, ADA),
            [
                "wrong-passwords",
                "mail-sent",
                "old-link",
                "forgotten-password"
            ]
        );
        lab.fail(ADA, 4);
        lab.unlock(ADA, &Unlock::default()).unwrap();
        lab.deliver();
        assert_eq!(
            notes(lab, ADA),
            [
                "reset-link",
                "mail-lapsed",
                "old-link",
                "locks-in-a-row",
                "forgotten-password"
            ]
        );
        lab.signed_in(ADA, PASSWORD);
        lab.extend(ADA, None, Term::Until(at("2026-03-05T00:00:00Z")))
            .unwrap();
        let kinds = notes(lab, ADA);
        assert!(
            kinds.contains(&"access-expiring") && !kinds.contains(&"locks-in-a-row"),
            "{kinds:?}"
        );
        lab.set_clock("2026-03-08T12:00:00Z");
        assert!(
            !notes(lab, ADA).contains(&"old-link"),
            "after a week it explains nothing"
        );
    });
}

#[test]
fn an_unknown_address_names_the_nearest_and_an_invitation() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let diagnosis = lab.why("ada@exmaple.com", None).remove(0);
        let commands: Vec<String> = diagnosis.obstacles[0]
            .remedies
            .iter()
            .map(|remedy| remedy.words.join(" "))
            .collect();
        assert_eq!(commands, ["why ada@example.com", "invite ada@exmaple.com"]);
        assert_eq!(diagnosis.notes.len(), 0);
        // Where there are several panels, an invitation has to name one.
        lab.add_panel("second", &[]);
        let remedies = &lab.why("ada@exmaple.com", Some("second"))[0].obstacles[0].remedies;
        assert_eq!(remedies[0].words, ["why", ADA]);
        assert_eq!(
            remedies[1].words,
            ["invite", "ada@exmaple.com", "--panel", "second"]
        );
    });
}

#[test]
fn where_there_are_several_panels_each_is_diagnosed_and_named() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.add_panel("second", &[]);
        lab.add_panel("third", &[]);
        lab.invite_to(ADA, "second");
        lab.remove(ADA, Some("second")).unwrap();
        let diagnoses = lab.why(ADA, None);
        let seen: Vec<_> = diagnoses
            .iter()
            .map(|diagnosis| (diagnosis.panel.as_str(), reasons(diagnosis)))
            .collect();
        assert_eq!(seen, [("main", vec![]), ("second", vec!["no-access"])]);
        assert_eq!(
            diagnoses[1].obstacles[0].remedies[0].words,
            ["invite", ADA, "--panel", "second"]
        );
        let third = lab.why(ADA, Some("third"));
        assert_eq!(reasons(&third[0]), ["no-access"]);
        assert!(
            third[0].obstacles[0].detail.contains("never"),
            "{}",
            third[0].obstacles[0].detail
        );
    });
}

#[test]
fn the_lock_is_told_with_its_count_and_source() {
    on_each_engine(|lab| {
        lab.member(ADA);
        for second in 0..6 {
            lab.set_clock(&format!("2026-03-01T12:00:{:02}Z", second * 8));
            assert_eq!(word(&lab.sign_in(ADA, WRONG)), "invalid-credentials");
        }
        let detail = lab.why(ADA, None).remove(0).obstacles.remove(0).detail;
        for part in ["6 wrong passwords", "40 s", IP, "probably a saved password"] {
            assert!(detail.contains(part), "{detail}");
        }
    });
}

#[test]
fn a_lock_by_hand_is_told_with_its_reason_and_end() {
    on_each_engine(|lab| {
        lab.member(ADA);
        disable(lab, Some("2026-03-05T00:00:00Z"));
        let explained = lab.why(ADA, None).remove(0).obstacles.remove(0);
        assert!(
            explained.detail.contains("on leave"),
            "{}",
            explained.detail
        );
        assert_eq!(explained.obstacle.until, Some(at("2026-03-05T00:00:00Z")));
        assert_eq!(explained.remedies.len(), 2);
        lab.set_clock("2026-03-05T00:00:00Z");
        assert_eq!(lab.obstacles(ADA), [""; 0]);
    });
}

#[test]
fn a_portrait_shows_every_room_session_and_mail() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.invite(BOB);
        lab.add_panel("second", &[]);
        lab.invite_to(ADA, "second");
        lab.signed_in(ADA, PASSWORD);
        lab.extend(ADA, Some("second"), Term::Until(at("2026-04-01T00:00:00Z")))
            .unwrap();
        lab.forgot(ADA);
        let op = lab.op();
        let details = lab
            .store
            .read(|tx| {
                let scope = admit::ops::Scope::load(tx)?;
                admit::ops::details::show(
                    tx,
                    &scope,
                    &op,
                    &crate::support::bench_store::address(ADA),
                    None,
                    3,
                )
            })
            .unwrap();
        assert_eq!(details.rooms.len(), 2);
        assert_eq!(
            (
                details.sessions.len(),
                details.mail.len(),
                details.recent.len()
            ),
            (1, 2, 3)
        );
        assert!(details.reset_link.is_some() && details.second_factor.is_none());
        assert_eq!(details.limits.lock.wrong_passwords, 6);
    });
}
