//! A2–A5, A7, S1–S3, S5.

use admit::domain::access::Term;
use admit::domain::refusal::Refusal;
use admit::ops::change::Status;
use admit::ops::extend::Extension;
use admit::ops::remove::Removal;
use admit::ops::session::sign_out;

use crate::support::bench_store::{
    ADA, BOB, IP, PASSWORD, at, days, lapse, minutes, on_each_engine, refused, word,
};

#[test]
fn extending_for_counts_from_the_current_end() {
    on_each_engine(|lab| {
        lab.invite_for(ADA, "10d");
        let (outcome, entries) = lab.entries_of(|lab| lab.extend(ADA, None, lapse("7d")).unwrap());
        assert_eq!(
            (outcome.change, entries),
            (
                Extension::Moved { shortened: false },
                vec!["extended".to_owned()]
            )
        );
        assert_eq!(
            outcome.before.unwrap().access_until,
            Some(at("2026-03-11T12:00:00Z"))
        );
        assert_eq!(
            outcome.after.unwrap().access_until,
            Some(at("2026-03-18T12:00:00Z"))
        );
        assert_eq!(outcome.mail_id, None);
    });
}

#[test]
fn extending_until_sets_the_end_and_says_when_it_is_sooner() {
    on_each_engine(|lab| {
        lab.invite_for(ADA, "10d");
        for (until, deed) in [
            (
                "2026-03-20T00:00:00Z",
                Extension::Moved { shortened: false },
            ),
            ("2026-03-05T00:00:00Z", Extension::Moved { shortened: true }),
            ("2026-03-05T00:00:00Z", Extension::EndsSoAlready),
        ] {
            let outcome = lab.extend(ADA, None, Term::Until(at(until))).unwrap();
            assert_eq!(outcome.change, deed, "{until}");
            assert_eq!(outcome.after.unwrap().access_until, Some(at(until)));
        }
        let past = refused(lab.extend(ADA, None, Term::Until(at("2026-03-01T12:00:00Z"))));
        assert_eq!(
            past,
            Refusal::PastDate {
                until: at("2026-03-01T12:00:00Z")
            }
        );
    });
}

#[test]
fn permanent_access_cannot_grow_and_can_get_an_end() {
    on_each_engine(|lab| {
        lab.invite_for(ADA, "10d");
        let lifted = lab.extend(ADA, None, Term::Permanent).unwrap();
        assert_eq!(
            (lifted.change, lifted.after.unwrap().access_until),
            (Extension::Moved { shortened: false }, None)
        );
        assert_eq!(
            refused(lab.extend(ADA, None, lapse("3d"))),
            Refusal::PermanentAccess
        );
        let again = lab.extend(ADA, None, Term::Permanent).unwrap();
        assert_eq!(
            (again.status, again.change),
            (Status::Unchanged, Extension::EndsSoAlready)
        );
        let ended = lab
            .extend(ADA, None, Term::Until(at("2026-04-01T00:00:00Z")))
            .unwrap();
        assert_eq!(ended.change, Extension::Moved { shortened: true });
    });
}

#[test]
fn extending_what_was_removed_or_never_given_is_refused() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.add_panel("second", &[]);
        assert_eq!(
            refused(lab.extend(ADA, Some("second"), lapse("3d"))),
            Refusal::NoAccess {
                with: vec!["--for".into(), "3d".into()]
            }
        );
        lab.set_clock("2026-03-02T12:00:00Z");
        lab.remove(ADA, Some("main")).unwrap();
        let removed = Refusal::AccessRemoved {
            at: at("2026-03-02T12:00:00Z"),
            with: vec!["--for".into(), "3d".into()],
        };
        assert_eq!(refused(lab.extend(ADA, Some("main"), lapse("3d"))), removed);
        assert!(matches!(
            refused(lab.extend(BOB, Some("main"), lapse("3d"))),
            Refusal::UnknownAddress { .. }
        ));
    });
}

#[test]
fn at_its_end_access_refuses_sign_ins_and_sessions() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.extend(ADA, None, Term::Until(at("2026-03-01T18:00:00Z")))
            .unwrap();
        let session = lab.signed_in(ADA, PASSWORD).session;
        lab.set_clock("2026-03-01T17:59:59.999Z");
        assert!(lab.session_lives(&session, "main"));
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
        lab.set_clock("2026-03-01T18:00:00Z");
        assert!(!lab.session_lives(&session, "main"));
        let denied = lab.sign_in(ADA, PASSWORD).err().unwrap();
        assert_eq!(
            (denied.reason, denied.since),
            ("access-expired", Some(at("2026-03-01T18:00:00Z")))
        );
    });
}

#[test]
fn a_session_does_not_come_back_with_access_that_had_ended() {
    on_each_engine(|lab| {
        lab.member(ADA);
        for round in ["extend", "invite"] {
            let end = lab.now.checked_add(minutes(60)).unwrap();
            lab.extend(ADA, None, Term::Until(end)).unwrap();
            let session = lab.signed_in(ADA, PASSWORD).session;
            lab.advance(minutes(60));
            if round == "extend" {
                lab.extend(ADA, None, lapse("3d")).unwrap();
            } else {
                lab.invite(ADA);
            }
            assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in", "{round}");
            assert!(!lab.session_lives(&session, "main"), "{round}");
        }
    });
}

#[test]
fn removing_ends_that_access_and_its_sessions_and_nothing_else() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.add_panel("second", &[]);
        lab.invite_to(ADA, "second");
        let main = lab.signed_in(ADA, PASSWORD).session;
        let second = lab.try_in("second", ADA, PASSWORD, IP).unwrap().session;
        let (outcome, entries) = lab.entries_of(|lab| lab.remove(ADA, Some("main")).unwrap());
        assert_eq!(
            (outcome.change, entries),
            (Removal::Removed { sessions: 1 }, vec!["removed".to_owned()])
        );
        assert!(!lab.session_lives(&main, "main"));
        assert!(lab.session_lives(&second, "second"));
        assert!(lab.account(ADA).password.is_some());
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "no-access");
        assert_eq!(word(&lab.try_in("second", ADA, PASSWORD, IP)), "signed-in");
        let (again, entries) = lab.entries_of(|lab| lab.remove(ADA, Some("main")).unwrap());
        assert_eq!(
            (again.status, again.change, entries.len()),
            (Status::Unchanged, Removal::NotIn, 0)
        );
        lab.invite_to(ADA, "main");
        assert!(
            !lab.session_lives(&main, "main"),
            "a session does not come back with the access"
        );
    });
}

#[test]
fn a_trial_that_ended_refuses_and_extending_it_restores_everybody() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let session = lab.signed_in(ADA, PASSWORD).session;
        lab.settle(|tx| tx.set_trial_end(1, Some(at("2026-03-01T13:00:00Z"))));
        lab.set_clock("2026-03-01T12:59:59.999Z");
        assert!(lab.session_lives(&session, "main"));
        lab.set_clock("2026-03-01T13:00:00Z");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "trial-ended");
        assert!(!lab.session_lives(&session, "main"));
        lab.settle(|tx| tx.set_trial_end(1, Some(at("2026-03-02T13:00:00Z"))));
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    });
}

#[test]
fn a_session_ends_idle_and_at_its_total() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.set_main("session-idle", "1h");
        lab.set_main("session-total", "2h");
        let idle = lab.signed_in(ADA, PASSWORD).session;
        lab.set_clock("2026-03-01T12:59:59.999Z");
        let busy = lab.signed_in(ADA, PASSWORD).session;
        assert!(lab.session_lives(&busy, "main"));
        lab.set_clock("2026-03-01T13:00:00Z");
        assert!(!lab.session_lives(&idle, "main"));
        for _ in 0..4 {
            assert!(lab.session_lives(&busy, "main"));
            lab.advance(minutes(24));
        }
        lab.set_clock("2026-03-01T14:59:59.998Z");
        assert!(lab.session_lives(&busy, "main"));
        lab.set_clock("2026-03-01T14:59:59.999Z");
        assert!(!lab.session_lives(&busy, "main"), "however busy");
    });
}

#[test]
fn last_seen_is_written_at_most_once_a_minute_and_without_an_entry() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let session = lab.signed_in(ADA, PASSWORD).session;
        let head = lab.head();
        for (clock, seen) in [
            ("2026-03-01T12:00:59.999Z", "2026-03-01T12:00:00Z"),
            ("2026-03-01T12:01:00Z", "2026-03-01T12:01:00Z"),
            ("2026-03-01T12:01:30Z", "2026-03-01T12:01:00Z"),
        ] {
            lab.set_clock(clock);
            assert!(lab.session_lives(&session, "main"));
            let found = lab.look(|tx| tx.session(&session.hash())).unwrap();
            assert_eq!(found.last_seen_at, at(seen), "{clock}");
        }
        assert_eq!(lab.head(), head);
    });
}

#[test]
fn signing_out_ends_the_session_once() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.add_panel("second", &[]);
        let session = lab.signed_in(ADA, PASSWORD).session;
        assert!(
            !lab.session_lives(&session, "second"),
            "a session belongs to its panel"
        );
        let op = lab.op_from(IP);
        assert!(sign_out(&mut lab.store, &op, &session, "second").is_err());
        let ((), entries) = lab.entries_of(|lab| {
            sign_out(&mut lab.store, &op, &session, "main").unwrap();
            sign_out(&mut lab.store, &op, &session, "main").unwrap();
        });
        assert_eq!(entries, ["signed-out"]);
        assert!(!lab.session_lives(&session, "main"));
    });
}

#[test]
fn one_session_a_person_refuses_the_second() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.set_main("sessions", "one-refuse");
        let first = lab.signed_in(ADA, PASSWORD).session;
        lab.advance(minutes(5));
        let denied = lab.sign_in(ADA, PASSWORD).err().unwrap();
        assert_eq!(
            (denied.reason, denied.since),
            ("already-signed-in", Some(at("2026-03-01T12:00:00Z")))
        );
        assert_eq!(lab.obstacles(ADA), ["already-signed-in"]);
        assert!(lab.session_lives(&first, "main"));
        lab.advance(minutes(12 * 60));
        assert_eq!(
            word(&lab.sign_in(ADA, PASSWORD)),
            "signed-in",
            "the first one went idle"
        );
    });
}

#[test]
fn one_session_a_person_replaces_the_first() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.set_main("sessions", "one-replace");
        let first = lab.signed_in(ADA, PASSWORD).session;
        let second = lab.signed_in(ADA, PASSWORD).session;
        assert!(!lab.session_lives(&first, "main"));
        assert!(lab.session_lives(&second, "main"));
    });
}

#[test]
fn access_statuses_change_at_the_instant() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.extend(ADA, None, Term::Until(at("2026-03-21T12:00:00Z")))
            .unwrap();
        for (clock, status) in [
            ("2026-03-14T11:59:59.999Z", "active"),
            ("2026-03-14T12:00:00Z", "expiring"),
            ("2026-03-21T11:59:59.999Z", "expiring"),
            ("2026-03-21T12:00:00Z", "expired"),
        ] {
            lab.set_clock(clock);
            assert_eq!(lab.access_status(ADA, 1), status, "{clock}");
        }
        lab.advance(days(1));
        lab.remove(ADA, None).unwrap();
        assert_eq!(
            (lab.access_status(ADA, 1), lab.access_status(ADA, 2)),
            ("removed", "none")
        );
    });
}
