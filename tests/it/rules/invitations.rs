//! I1–I10.

use admit::domain::access::Term;
use admit::domain::link::{LinkPurpose, LinkState};
use admit::domain::refusal::Refusal;
use admit::ops::OpError;
use admit::ops::change::Status;
use admit::ops::erase::{erase, remove_everywhere};
use admit::ops::extend::Extension;
use admit::ops::grant::Granted;
use admit::ops::housekeep::housekeep;
use admit::ops::invite::{Invite, invite};
use admit::ops::remove::Removal;
use admit::ops::reset_password::Reset;
use admit::ops::revoke::Revocation;
use admit::ops::unlock::Unlock;
use admit::ops::unlock::Unlocking;
use admit::ops::unmet::Unmet;
use admit::store::{Fault, Store};

use crate::engine::Place;
use crate::support::bench_store::{
    ADA, BOB, Lab, PASSWORD, address, at, days, folder, invitation, lapse, on_each_engine,
    operator, refused, word,
};

#[test]
fn inviting_a_new_address_makes_everything_at_once() {
    on_each_engine(|lab| {
        let request = Invite {
            name: Some("Ada".into()),
            role: Some("admin".into()),
            ..invitation(ADA)
        };
        let (outcome, entries) = lab.entries_of(|lab| lab.invite_as(&request).unwrap());
        assert_eq!(
            (outcome.status, &outcome.change, &outcome.before),
            (Status::Done, &Granted::Invited, &None)
        );
        assert_eq!(entries, ["invited"]);
        let after = outcome.after.unwrap();
        assert_eq!(
            (after.account_status.as_str(), after.access_status.as_str()),
            ("unregistered", "invited")
        );
        assert_eq!(
            (after.role.as_deref(), after.access_until),
            (Some("admin"), None)
        );
        assert_eq!(lab.account(ADA).name.as_deref(), Some("Ada"));
        let mails = lab.mail_of(ADA);
        assert_eq!(mails.len(), 1);
        assert_eq!(
            (mails[0].kind.as_str(), mails[0].link_id),
            ("invitation", outcome.link_id)
        );
        assert_eq!(Some(mails[0].id), outcome.mail_id);
    });
}

#[test]
fn nothing_of_an_invitation_exists_when_it_fails() {
    on_each_engine(|lab| {
        let head = lab.head();
        for request in [
            Invite {
                role: Some("emperor".into()),
                ..invitation(ADA)
            },
            Invite {
                panel: Some("attic".into()),
                ..invitation(ADA)
            },
            Invite {
                term: Some(admit::domain::access::Term::Until(at(
                    "2026-03-01T12:00:00Z",
                ))),
                ..invitation(ADA)
            },
        ] {
            assert!(lab.invite_as(&request).is_err());
        }
        // The last step fails: everything before it is taken back.
        let request = invitation(ADA);
        let failed = lab.run::<Granted>(|tx, scope, op| {
            invite(tx, scope, op, &request)?;
            Err(OpError::Store(Fault::Other("the disk is on fire".into())))
        });
        assert!(failed.is_err());
        assert!(lab.find(ADA).is_none());
        assert!(!lab.look(|tx| tx.has_accounts()));
        assert_eq!(lab.look(|tx| tx.waiting_mail()), (0, None));
        assert_eq!(lab.head(), head);
    });
}

#[test]
fn an_unknown_role_or_panel_names_the_nearest() {
    let mut lab = Lab::new();
    let role = refused(lab.invite_as(&Invite {
        role: Some("memebr".into()),
        ..invitation(ADA)
    }));
    assert!(
        matches!(&role, Refusal::UnknownRole { nearest: Some(nearest), .. } if nearest == "member"),
        "{role:?}"
    );
    let panel = refused(lab.invite_as(&Invite {
        panel: Some("mian".into()),
        ..invitation(ADA)
    }));
    assert!(
        matches!(&panel, Refusal::UnknownPanel { nearest: Some(nearest), .. } if nearest == "main"),
        "{panel:?}"
    );
    lab.add_panel("second", &[]);
    let which = refused(lab.invite_as(&invitation(ADA)));
    assert_eq!(
        which,
        Refusal::WhichPanel {
            known: vec!["main".into(), "second".into()]
        }
    );
}

#[test]
fn a_new_link_kills_the_older_of_that_panel_only() {
    on_each_engine(|lab| {
        lab.add_panel("second", &[]);
        let first = lab.invite_to(ADA, "main").link_id.unwrap();
        let elsewhere = lab.invite_to(ADA, "second").link_id.unwrap();
        lab.set_clock("2026-03-02T09:00:00Z");
        let second = lab.resend_in(ADA, Some("main")).unwrap().link_id.unwrap();
        let newer_at = at("2026-03-02T09:00:00Z");
        assert_eq!(lab.link_state(first), LinkState::Superseded(newer_at));
        assert_eq!(lab.link_state(elsewhere), LinkState::Live);
        let old = lab.token(first);
        assert_eq!(
            refused(lab.register(&old, PASSWORD)),
            Refusal::LinkSuperseded { newer_at }
        );
        assert!(lab.account(ADA).password.is_none());
        let new = lab.token(second);
        lab.register(&new, PASSWORD).unwrap();
        assert_eq!(
            refused(lab.register(&old, PASSWORD)),
            Refusal::LinkSuperseded { newer_at }
        );
    });
}

#[test]
fn a_link_lives_seven_days_or_as_long_as_the_access() {
    on_each_engine(|lab| {
        for (who, term, end) in [
            ("a@example.com", None, "2026-03-08T12:00:00Z"),
            ("b@example.com", Some("3d"), "2026-03-04T12:00:00Z"),
            ("c@example.com", Some("7d"), "2026-03-08T12:00:00Z"),
            ("d@example.com", Some("8d"), "2026-03-08T12:00:00Z"),
            ("e@example.com", Some("1h"), "2026-03-01T13:00:00Z"),
        ] {
            let request = Invite {
                term: term.map(lapse),
                ..invitation(who)
            };
            let outcome = lab.invite_as(&request).unwrap();
            assert_eq!(outcome.link_expires_at, Some(at(end)), "{who}");
            assert_eq!(lab.link(outcome.link_id.unwrap()).expires_at, at(end));
        }
        lab.set_main("invitation-lifetime", "2d");
        assert_eq!(
            lab.invite("f@example.com").link_expires_at,
            Some(at("2026-03-03T12:00:00Z"))
        );
    });
}

#[test]
fn extending_does_not_lengthen_a_link_that_was_sent() {
    on_each_engine(|lab| {
        let invited = lab.invite_for(ADA, "3d");
        lab.advance(days(1));
        let extended = lab.extend(ADA, None, lapse("30d")).unwrap();
        assert_eq!(extended.change, Extension::Moved { shortened: false });
        assert_eq!(
            extended.after.unwrap().access_until,
            Some(at("2026-04-03T12:00:00Z"))
        );
        let link = lab.link(invited.link_id.unwrap());
        assert_eq!(link.expires_at, at("2026-03-04T12:00:00Z"));
        // Sent again, the new link counts from now.
        let resent = lab.resend(ADA).unwrap();
        assert_eq!(resent.link_expires_at, Some(at("2026-03-09T12:00:00Z")));
        assert_eq!(
            resent.change,
            Granted::Resent {
                superseded_sent_at: Some(at("2026-03-01T12:00:00Z"))
            }
        );
    });
}

#[test]
fn a_link_is_refused_at_the_instant_it_ends_and_not_before() {
    on_each_engine(|lab| {
        let link = lab.invite(ADA).link_id.unwrap();
        let token = lab.token(link);
        lab.set_clock("2026-03-08T12:00:00Z");
        let over = Refusal::LinkExpired {
            at: at("2026-03-08T12:00:00Z"),
        };
        assert_eq!(refused(lab.register(&token, PASSWORD)), over);
        lab.set_clock("2026-03-08T11:59:59.999Z");
        lab.register(&token, PASSWORD).unwrap();
        lab.set_clock("2026-03-09T12:00:00Z");
        assert_eq!(refused(lab.register(&token, PASSWORD)), Refusal::LinkUsed);
    });
}

#[test]
fn each_dead_link_says_why_and_the_refusal_is_kept() {
    on_each_engine(|lab| {
        lab.add_panel("second", &[]);
        let link = lab.invite_to(ADA, "main").link_id.unwrap();
        lab.invite_to(ADA, "second");
        let token = lab.token(link);
        lab.revoke(ADA, Some("main")).unwrap();
        let (refusal, entries) = lab.entries_of(|lab| refused(lab.register(&token, PASSWORD)));
        assert_eq!(refusal, Refusal::LinkRevoked);
        assert_eq!(entries, ["link-refused"]);
        let entry = lab.audit().pop().unwrap();
        assert_eq!(
            (
                entry.detail["reason"].as_str(),
                entry.detail["purpose"].as_str()
            ),
            (Some("link-revoked"), Some("invitation"),)
        );
    });
}

#[test]
fn a_token_of_another_purpose_or_store_is_no_link() {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.forgot(ADA);
    let reset = lab.reset_token(ADA);
    assert_eq!(
        refused(lab.register(&reset, PASSWORD)),
        Refusal::LinkInvalid
    );
    let link = lab.invite(BOB).link_id.unwrap();
    let invitation = lab.token(link);
    assert_eq!(
        refused(lab.reset_by_link(&invitation, PASSWORD)),
        Refusal::LinkInvalid
    );
    assert!(lab.account(BOB).password.is_none());
    let session = lab.signed_in(ADA, PASSWORD).session;
    assert_eq!(
        refused(lab.register(&session, PASSWORD)),
        Refusal::LinkInvalid
    );
    // Another store under the same keys.
    let mut other = Lab::new();
    let folder = folder();
    let place = Place::of_lab(folder.path());
    other.store = Store::create(&place.location(), other.vault(9), &operator(), other.now).unwrap();
    let link = other.invite(BOB).link_id.unwrap();
    let foreign = other.token(link);
    assert_eq!(
        refused(lab.register(&foreign, PASSWORD)),
        Refusal::LinkInvalid
    );
    lab.register(&invitation, PASSWORD).unwrap();
}

#[test]
fn resending_works_at_any_time_unless_the_access_has_ended() {
    on_each_engine(|lab| {
        lab.invite_for(ADA, "10d");
        lab.set_clock("2026-03-09T12:00:00Z");
        assert_eq!(
            lab.resend(ADA).unwrap().link_expires_at,
            Some(at("2026-03-11T12:00:00Z"))
        );
        lab.set_clock("2026-03-11T11:59:59.999Z");
        lab.resend(ADA).unwrap();
        lab.set_clock("2026-03-11T12:00:00Z");
        let ended = Refusal::AccessEnded {
            at: at("2026-03-11T12:00:00Z"),
        };
        assert_eq!(refused(lab.resend(ADA)), ended);
        let (extended, entries) = lab.entries_of(|lab| lab.extend(ADA, None, lapse("5d")).unwrap());
        assert_eq!(
            (extended.change, entries),
            (
                Extension::Granted(Granted::Invited),
                vec!["invited".to_owned()]
            )
        );
        assert_eq!(extended.link_expires_at, Some(at("2026-03-16T12:00:00Z")));
        assert_eq!(lab.mail_of(ADA)[0].link_id, extended.link_id);
        assert_eq!(
            refused(lab.resend(BOB)),
            Refusal::unknown(&address(BOB), None)
        );
    });
}

#[test]
fn asking_for_a_reset_link_before_registering_sends_none_and_touches_no_invitation() {
    on_each_engine(|lab| {
        let link = lab.invite(ADA).link_id.unwrap();
        let (did, entries) = lab.entries_of(|lab| lab.forgot(ADA));
        assert_eq!(
            (did, entries),
            ("unregistered", vec!["forgot-password".to_owned()])
        );
        assert_eq!(lab.mail_kinds(ADA), ["invitation"]);
        assert!(lab.newest(ADA, LinkPurpose::Reset).is_none());
        assert_eq!(lab.link_state(link), LinkState::Live);
        assert_eq!(lab.audit().pop().unwrap().detail["outcome"], "unregistered");
        let notes: Vec<&str> = lab.why(ADA, None)[0]
            .notes
            .iter()
            .map(|note| note.kind)
            .collect();
        assert!(notes.contains(&"forgot-password-unregistered"), "{notes:?}");
    });
}

#[test]
fn a_member_with_running_access_is_added_to_one_more_panel_without_mail() {
    on_each_engine(|lab| {
        lab.member(ADA);
        for name in ["second", "third"] {
            lab.add_panel(name, &[("default-role", "auditor")]);
        }
        let mails = lab.mail_of(ADA).len();
        let (outcome, entries) = lab.entries_of(|lab| lab.invite_to(ADA, "second"));
        assert_eq!(
            (outcome.change, outcome.link_id, outcome.mail_id),
            (Granted::AccessAdded, None, None)
        );
        assert_eq!(entries, ["access-added"]);
        assert_eq!(outcome.after.unwrap().role.as_deref(), Some("auditor"));
        assert_eq!(lab.mail_of(ADA).len(), mails);
        assert_eq!(
            word(&lab.try_in("second", ADA, PASSWORD, "192.0.2.1")),
            "signed-in"
        );
        let told = Invite {
            panel: Some("third".into()),
            notify: true,
            ..invitation(ADA)
        };
        assert!(lab.invite_as(&told).unwrap().mail_id.is_some());
        assert_eq!(lab.mail_of(ADA)[0].kind, "access-added");
    });
}

#[test]
fn expired_access_is_restored_with_its_role_and_a_mail() {
    on_each_engine(|lab| {
        lab.add_panel("second", &[("default-role", "auditor")]);
        let request = |role: Option<&str>, term| Invite {
            panel: Some("second".into()),
            role: role.map(str::to_owned),
            term,
            ..invitation(ADA)
        };
        let link = lab
            .invite_as(&request(Some("admin"), Some(lapse("3d"))))
            .unwrap()
            .link_id
            .unwrap();
        let token = lab.token(link);
        lab.register(&token, PASSWORD).unwrap();
        lab.invite_to(ADA, "main");
        lab.advance(days(3));
        assert_eq!(
            word(&lab.try_in("second", ADA, PASSWORD, "192.0.2.1")),
            "access-expired"
        );
        // This goes before I6: it runs elsewhere, and is restored all the same.
        let (outcome, entries) = lab.entries_of(|lab| lab.invite_as(&request(None, None)).unwrap());
        assert_eq!(
            (&outcome.change, entries),
            (&Granted::AccessRestored, vec!["access-restored".to_owned()])
        );
        let after = outcome.after.unwrap();
        assert_eq!(
            (after.role.as_deref(), after.access_until),
            (Some("admin"), None)
        );
        assert_eq!(after.access_status.as_str(), "active");
        assert_eq!(lab.mail_of(ADA)[0].kind, "access-restored");
        assert_eq!(
            word(&lab.try_in("second", ADA, PASSWORD, "192.0.2.1")),
            "signed-in"
        );
    });
}

#[test]
fn expired_access_takes_the_role_and_period_that_are_named() {
    on_each_engine(|lab| {
        lab.invite_for(ADA, "3d");
        let link = lab.newest(ADA, LinkPurpose::Invitation).unwrap().id;
        let token = lab.token(link);
        lab.register(&token, PASSWORD).unwrap();
        lab.advance(days(3));
        let request = Invite {
            role: Some("auditor".into()),
            term: Some(lapse("2d")),
            ..invitation(ADA)
        };
        let after = lab.invite_as(&request).unwrap().after.unwrap();
        assert_eq!(after.role.as_deref(), Some("auditor"));
        assert_eq!(after.access_until, Some(at("2026-03-06T12:00:00Z")));
    });
}

#[test]
fn removed_access_comes_back_with_the_default_role() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.add_panel("second", &[]);
        let mut as_admin = invitation(ADA);
        as_admin.panel = Some("second".into());
        as_admin.role = Some("admin".into());
        lab.invite_as(&as_admin).unwrap();
        lab.remove(ADA, Some("second")).unwrap();
        // It runs in main, so it is added and not restored.
        let added = lab.invite_to(ADA, "second");
        assert_eq!((added.change, added.mail_id), (Granted::AccessAdded, None));
        assert_eq!(added.after.unwrap().role.as_deref(), Some("member"));
        // Nothing runs anywhere: restored, with a mail.
        lab.remove(ADA, Some("second")).unwrap();
        lab.remove(ADA, Some("main")).unwrap();
        let restored = lab.invite_to(ADA, "second");
        assert_eq!(restored.change, Granted::AccessRestored);
        assert!(restored.mail_id.is_some() && restored.link_id.is_none());
        assert_eq!(restored.after.unwrap().role.as_deref(), Some("member"));
        assert_eq!(
            word(&lab.try_in("second", ADA, PASSWORD, "192.0.2.1")),
            "signed-in"
        );
    });
}

#[test]
fn extending_what_expired_restores_it_from_now() {
    on_each_engine(|lab| {
        lab.invite_for(ADA, "3d");
        let link = lab.newest(ADA, LinkPurpose::Invitation).unwrap().id;
        let token = lab.token(link);
        lab.register(&token, PASSWORD).unwrap();
        lab.set_clock("2026-03-20T12:00:00Z");
        let (outcome, entries) = lab.entries_of(|lab| lab.extend(ADA, None, lapse("3d")).unwrap());
        assert_eq!(
            (outcome.change, entries),
            (
                Extension::Granted(Granted::AccessRestored),
                vec!["access-restored".to_owned()]
            )
        );
        assert_eq!(
            outcome.after.unwrap().access_until,
            Some(at("2026-03-23T12:00:00Z"))
        );
        assert_eq!(lab.mail_of(ADA)[0].kind, "access-restored");
    });
}

#[test]
fn inviting_the_unregistered_again_is_a_resend_that_updates() {
    on_each_engine(|lab| {
        let first = lab.invite_for(ADA, "3d");
        lab.advance(days(1));
        let again = Invite {
            name: Some("Ada Lovelace".into()),
            role: Some("auditor".into()),
            term: Some(lapse("30d")),
            ..invitation(ADA)
        };
        let (outcome, entries) = lab.entries_of(|lab| lab.invite_as(&again).unwrap());
        assert_eq!(
            outcome.change,
            Granted::Resent {
                superseded_sent_at: Some(at("2026-03-01T12:00:00Z"))
            }
        );
        assert_eq!(entries, ["resent"]);
        assert_eq!(lab.account(ADA).name.as_deref(), Some("Ada Lovelace"));
        let after = outcome.after.unwrap();
        assert_eq!(after.role.as_deref(), Some("auditor"));
        assert_eq!(after.access_until, Some(at("2026-04-01T12:00:00Z")));
        assert!(matches!(
            lab.link_state(first.link_id.unwrap()),
            LinkState::Superseded(_)
        ));
        // What is not named stays.
        let after = lab.invite(ADA).after.unwrap();
        assert_eq!(after.role.as_deref(), Some("auditor"));
        assert_eq!(after.access_until, Some(at("2026-04-01T12:00:00Z")));
        assert_eq!(lab.account(ADA).name.as_deref(), Some("Ada Lovelace"));
    });
}

#[test]
fn registering_with_one_link_answers_for_every_panel() {
    on_each_engine(|lab| {
        lab.add_panel("second", &[]);
        let main = lab.invite_to(ADA, "main").link_id.unwrap();
        let second = lab.invite_to(ADA, "second").link_id.unwrap();
        let (main, second) = (lab.token(main), lab.token(second));
        lab.register(&second, PASSWORD).unwrap();
        assert_eq!(refused(lab.register(&main, PASSWORD)), Refusal::LinkUsed);
        assert_eq!(
            (lab.access_status(ADA, 1), lab.access_status(ADA, 2)),
            ("active", "active")
        );
        for panel in ["main", "second"] {
            assert_eq!(
                word(&lab.try_in(panel, ADA, PASSWORD, "192.0.2.1")),
                "signed-in",
                "{panel}"
            );
        }
    });
}

#[test]
fn registering_twice_is_refused_and_keeps_the_first_password() {
    on_each_engine(|lab| {
        let link = lab.invite(ADA).link_id.unwrap();
        let token = lab.token(link);
        lab.register(&token, PASSWORD).unwrap();
        assert_eq!(
            refused(lab.register(&token, "another good password")),
            Refusal::LinkUsed
        );
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
        assert_eq!(
            word(&lab.sign_in(ADA, "another good password")),
            "invalid-credentials"
        );
    });
}

#[test]
fn inviting_somebody_who_is_in_changes_nothing() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let mails = lab.mail_of(ADA).len();
        let unmet = |unmet: Unmet| Some(Box::new(unmet));
        for (request, asked) in [
            (invitation(ADA), None),
            (
                Invite {
                    role: Some("member".into()),
                    ..invitation(ADA)
                },
                None,
            ),
            (
                Invite {
                    role: Some("admin".into()),
                    notify: true,
                    ..invitation(ADA)
                },
                unmet(Unmet {
                    role: Some("admin".to_owned()),
                    notify: true,
                    ..Unmet::default()
                }),
            ),
            (
                Invite {
                    term: Some(lapse("3d")),
                    ..invitation(ADA)
                },
                unmet(Unmet {
                    until: Some(at("2026-03-04T12:00:00Z")),
                    ..Unmet::default()
                }),
            ),
            (
                Invite {
                    name: Some("Ada".into()),
                    phone: Some("+15550100".into()),
                    lang: Some("de".into()),
                    ..invitation(ADA)
                },
                unmet(Unmet {
                    name: Some("Ada".into()),
                    phone: Some("+15550100".into()),
                    lang: Some("de".into()),
                    ..Unmet::default()
                }),
            ),
        ] {
            let (outcome, entries) = lab.entries_of(|lab| lab.invite_as(&request).unwrap());
            assert_eq!(outcome.status, Status::Unchanged);
            assert_eq!((outcome.change, outcome.unmet), (Granted::InAlready, asked));
            assert_eq!((outcome.before, entries.len()), (outcome.after, 0));
        }
        let access = lab.look(|tx| tx.access(1, 1)).unwrap();
        assert_eq!((access.role.as_str(), access.until), ("member", None));
        assert_eq!(lab.mail_of(ADA).len(), mails);
    });
}

#[test]
fn what_a_row_asks_for_and_does_not_get_is_named_for_the_pending_as_for_the_registered() {
    on_each_engine(|lab| {
        lab.invite(ADA);
        lab.member(BOB);
        lab.remove(BOB, None).unwrap();
        let row = |who| Invite {
            name: Some("Ada".into()),
            phone: Some("+15550100".into()),
            lang: Some("de".into()),
            role: Some("admin".into()),
            term: Some(lapse("3d")),
            bulk: true,
            ..invitation(who)
        };
        let pending = lab.invite_as(&row(ADA)).unwrap();
        let person = Unmet {
            name: Some("Ada".into()),
            phone: Some("+15550100".into()),
            lang: Some("de".into()),
            ..Unmet::default()
        };
        let all = Unmet {
            role: Some("admin".into()),
            until: Some(at("2026-03-04T12:00:00Z")),
            ..person.clone()
        };
        assert_eq!(pending.change, Granted::PendingAlready);
        assert_eq!(pending.unmet.as_deref(), Some(&all));
        // Sent again it gets all of it, and then asks for nothing more.
        let again = Invite {
            resend_pending: true,
            ..row(ADA)
        };
        assert_eq!(lab.invite_as(&again).unwrap().unmet, None);
        let pending = lab.invite_as(&row(ADA)).unwrap();
        assert_eq!(
            (pending.change, pending.unmet),
            (Granted::PendingAlready, None)
        );
        // Access that is given back has the role and the end; who the person is does not change with it.
        let back = lab.invite_as(&row(BOB)).unwrap();
        assert_eq!(back.change, Granted::AccessRestored);
        assert_eq!(back.unmet.as_deref(), Some(&person));
        let account = lab.account(BOB);
        assert_eq!(
            (account.name, account.phone, account.lang),
            (None, None, None)
        );
    });
}

#[test]
fn revoking_erases_who_has_nothing_else() {
    on_each_engine(|lab| {
        let link = lab.invite(ADA).link_id.unwrap();
        let token = lab.token(link);
        let reference = lab.account(ADA).reference;
        let (outcome, entries) = lab.entries_of(|lab| lab.revoke(ADA, None).unwrap());
        assert_eq!(
            (outcome.change, outcome.after),
            (Revocation::Revoked { erased: true }, None)
        );
        assert_eq!(entries, ["revoked"]);
        assert!(lab.find(ADA).is_none());
        assert_eq!(
            refused(lab.register(&token, PASSWORD)),
            Refusal::LinkRevoked
        );
        assert_eq!(lab.look(|tx| tx.waiting_mail()), (0, None));
        let entry = lab.audit().pop().unwrap();
        assert!(entry.erased && entry.account == Some(reference));
        lab.verify();
        assert!(matches!(
            refused(lab.revoke(ADA, None)),
            Refusal::UnknownAddress { .. }
        ));
        // The address can be invited anew, as somebody new.
        lab.invite(ADA);
        assert_ne!(lab.account(ADA).reference, reference);
    });
}

#[test]
fn a_link_that_was_revoked_says_so_for_thirty_days_also_when_its_account_is_gone() {
    type Gone = fn(&mut Lab);
    let revoke: Gone = |lab| drop(lab.revoke(ADA, None).unwrap());
    let remove: Gone = |lab| drop(lab.remove(ADA, None).unwrap());
    let everywhere: Gone = |lab| {
        lab.run(|tx, scope, op| remove_everywhere(tx, scope, op, &address(ADA)))
            .map(drop)
            .unwrap();
    };
    let forget: Gone = |lab| {
        lab.run(|tx, scope, op| erase(tx, scope, op, &address(ADA), None))
            .map(drop)
            .unwrap();
    };
    for gone in [revoke, remove, everywhere, forget] {
        on_each_engine(|lab| {
            let first = lab.invite(ADA).link_id.unwrap();
            let replaced = lab.token(first);
            let link = lab.resend(ADA).unwrap().link_id.unwrap();
            let token = lab.token(link);
            gone(lab);
            assert!(lab.find(ADA).is_none());
            let (said, entries) = lab.entries_of(|lab| refused(lab.register(&token, PASSWORD)));
            assert_eq!((said, entries.len()), (Refusal::LinkRevoked, 0));
            // One that was replaced before was not taken back.
            assert_eq!(
                refused(lab.register(&replaced, PASSWORD)),
                Refusal::LinkInvalid
            );
            let sweep = |lab: &mut Lab| {
                let op = lab.op();
                housekeep(&mut lab.store, &op, &mut |_| true).unwrap()
            };
            lab.set_clock("2026-03-31T11:59:59.999Z");
            assert_eq!(sweep(lab).revoked_links, 0);
            assert_eq!(
                refused(lab.register(&token, PASSWORD)),
                Refusal::LinkRevoked
            );
            lab.set_clock("2026-03-31T12:00:00Z");
            assert_eq!(
                refused(lab.register(&token, PASSWORD)),
                Refusal::LinkInvalid
            );
            assert_eq!(sweep(lab).revoked_links, 1);
            lab.verify();
        });
    }
}

#[test]
fn a_reset_link_of_somebody_who_was_erased_was_revoked_too() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.reset(ADA, &Reset::default()).unwrap();
        let token = lab.reset_token(ADA);
        lab.run(|tx, scope, op| erase(tx, scope, op, &address(ADA), None))
            .unwrap();
        assert_eq!(
            refused(lab.reset_by_link(&token, PASSWORD)),
            Refusal::LinkRevoked
        );
    });
}

#[test]
fn revoking_keeps_who_is_invited_elsewhere() {
    on_each_engine(|lab| {
        lab.add_panel("second", &[]);
        let main = lab.invite_to(ADA, "main").link_id.unwrap();
        let second = lab.invite_to(ADA, "second").link_id.unwrap();
        let outcome = lab.revoke(ADA, Some("main")).unwrap();
        assert_eq!(outcome.change, Revocation::Revoked { erased: false });
        assert_eq!(outcome.after.unwrap().access_status.as_str(), "removed");
        assert_eq!(
            (lab.link_state(main), lab.link_state(second)),
            (LinkState::Revoked, LinkState::Live)
        );
        let (again, entries) = lab.entries_of(|lab| lab.revoke(ADA, Some("main")).unwrap());
        assert_eq!(
            (again.status, again.change, entries.len()),
            (Status::Unchanged, Revocation::NothingPending, 0)
        );
        assert_eq!(
            lab.revoke(ADA, Some("second")).unwrap().change,
            Revocation::Revoked { erased: true }
        );
        assert!(lab.find(ADA).is_none());
    });
}

#[test]
fn revoking_after_registration_is_refused() {
    on_each_engine(|lab| {
        lab.member(ADA);
        assert_eq!(refused(lab.revoke(ADA, None)), Refusal::Registered);
        assert_eq!(refused(lab.resend(ADA)), Refusal::Registered);
        assert_eq!(lab.access_status(ADA, 1), "active");
    });
}

#[test]
fn removing_somebody_pending_is_a_revoke() {
    on_each_engine(|lab| {
        lab.invite(ADA);
        let (outcome, entries) = lab.entries_of(|lab| lab.remove(ADA, None).unwrap());
        assert_eq!(
            outcome.change,
            Removal::Revoked(Revocation::Revoked { erased: true })
        );
        assert_eq!(entries, ["revoked"]);
        assert!(lab.find(ADA).is_none());
    });
}

#[test]
fn inviting_the_locked_is_done_with_a_warning() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.fail(ADA, 6);
        lab.add_panel("second", &[]);
        let outcome = lab.invite_to(ADA, "second");
        assert_eq!(
            outcome.still_barred.map(|status| status.as_str()),
            Some("locked")
        );
        assert_eq!(
            lab.account_status(ADA),
            "locked",
            "an invitation opens no lock"
        );
        lab.settle(|tx| {
            let lock = admit::domain::account::Disabled {
                at: at("2026-03-01T12:00:00Z"),
                until: None,
                reason: "left".into(),
            };
            let id = tx.account(&address(ADA))?.unwrap().id;
            tx.disable_account(id, &lock)
        });
        let outcome = lab.extend(
            ADA,
            Some("second"),
            admit::domain::access::Term::Until(at("2027-01-01T00:00:00Z")),
        );
        assert_eq!(
            outcome.unwrap().still_barred.map(|status| status.as_str()),
            Some("disabled")
        );
        let Unlocking::Unlocked { was, .. } = lab.unlock(ADA, &Unlock::default()).unwrap().change
        else {
            panic!()
        };
        assert_eq!(was.len(), 2, "{was:?}");
        assert!(was[0].cause.contains("left"), "{was:?}");
    });
}

#[test]
fn a_link_ends_with_access_that_was_shortened_after_it_was_sent_and_never_later() {
    let until = |text: &str| Term::Until(at(text));
    on_each_engine(|lab| {
        lab.add_panel("second", &[]);
        let link = lab.invite_to(ADA, "main").link_id.unwrap();
        let other = lab.invite_to(ADA, "second").link_id.unwrap();
        let week = at("2026-03-08T12:00:00Z");
        // A later end moves nothing.
        let outcome = lab.extend(ADA, Some("main"), until("2026-03-20T12:00:00Z"));
        assert_eq!(outcome.unwrap().link_expires_at, None);
        assert_eq!(lab.link(link).expires_at, week);
        let token = lab.token(link);
        let (outcome, entries) = lab.entries_of(|lab| {
            lab.extend(ADA, Some("main"), until("2026-03-03T12:00:00Z"))
                .unwrap()
        });
        let sooner = at("2026-03-03T12:00:00Z");
        assert_eq!(outcome.link_expires_at, Some(sooner));
        assert_eq!(entries, ["extended"]);
        assert_eq!(
            lab.audit().pop().unwrap().detail["link_expires_at"],
            "2026-03-03T12:00:00Z"
        );
        assert_eq!(lab.link(link).expires_at, sooner);
        assert_eq!(lab.link(other).expires_at, week, "of another panel");
        // Lengthened again, the link stays as short (I3).
        lab.extend(ADA, Some("main"), Term::Permanent).unwrap();
        lab.set_clock("2026-03-03T11:59:59.999Z");
        assert_eq!(lab.link_state(link), LinkState::Live);
        lab.set_clock("2026-03-03T12:00:00Z");
        assert_eq!(
            refused(lab.register(&token, PASSWORD)),
            Refusal::LinkExpired { at: sooner }
        );
    });
}
