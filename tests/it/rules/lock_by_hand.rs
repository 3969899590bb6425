//! L7 through the operation: what a lock by hand ends, what does not open it, and the instant at which it ends.

use admit::domain::access::Term;
use admit::domain::refusal::Refusal;
use admit::ops::OpError;
use admit::ops::change::{ChangeResult, Status};
use admit::ops::extend::Extension;
use admit::ops::grant::Granted;
use admit::ops::lock_by_hand::HandLock;
use admit::ops::lock_by_hand::{ByHand, lock_by_hand};
use admit::ops::reset_password::Reset;
use admit::ops::unlock::Unlock;
use admit::ops::unlock::Unlocking;
use admit::store::NewTrust;
use jiff::Timestamp;

use crate::support::bench_store::{
    ADA, IP, Lab, OTHER_PASSWORD, PASSWORD, WRONG, address, at, invitation, minutes,
    on_each_engine, refused, word,
};

fn lock(
    lab: &mut Lab,
    who: &str,
    reason: &str,
    until: Option<Timestamp>,
) -> Result<ChangeResult<HandLock>, OpError> {
    let request = ByHand {
        panel: None,
        reason: reason.into(),
        until,
    };
    lab.run(|tx, scope, op| lock_by_hand(tx, scope, op, &address(who), &request))
}

fn locked(lab: &mut Lab, who: &str) {
    assert_eq!(
        lock(lab, who, "left", None).unwrap().status,
        Status::Done,
        "{who}"
    );
}

#[test]
fn it_ends_sessions_and_trust_at_once_and_keeps_the_rest() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.add_panel("shop", &[]);
        lab.invite_to(ADA, "shop");
        let here = lab.signed_in(ADA, PASSWORD).session;
        let there = match lab.try_in("shop", ADA, PASSWORD, IP) {
            Ok(signed_in) => signed_in.session,
            Err(denied) => panic!("{denied:?}"),
        };
        let id = lab.account(ADA).id;
        lab.settle(|tx| {
            for panel_id in [1, 2] {
                tx.add_trust(&NewTrust {
                    panel_id,
                    account_id: Some(id),
                    network: admit::domain::trusted_ip::Network::parse(IP).unwrap(),
                    note: None,
                    created_by: "olga",
                    created_at: at("2026-03-01T12:00:00Z"),
                    code_entered_at: None,
                    until: None,
                })?;
            }
            Ok(())
        });
        let (outcome, entries) = lab.entries_of(|lab| lock(lab, ADA, "left", None).unwrap());
        assert_eq!(
            outcome.change,
            HandLock::Locked {
                until: None,
                changed: false,
                sessions: 2,
                trusted_ips: 2
            }
        );
        assert_eq!(entries, ["locked-by-hand"]);
        assert!(!lab.session_lives(&here, "main") && !lab.session_lives(&there, "shop"));
        assert_eq!(lab.look(|tx| tx.count_trust(1, None)), 0);
        assert_eq!(lab.look(|tx| tx.count_trust(2, None)), 0);
        assert_eq!(lab.account_status(ADA), "disabled");
        assert_eq!(lab.access_status(ADA, 1), "active");
        lab.unlock(ADA, &Unlock::default()).unwrap();
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    });
}

#[test]
fn only_a_right_password_is_told_of_it() {
    on_each_engine(|lab| {
        lab.member(ADA);
        locked(lab, ADA);
        assert_eq!(word(&lab.sign_in(ADA, WRONG)), "invalid-credentials");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "disabled");
        lab.fail(ADA, 5);
        assert_eq!(
            word(&lab.sign_in(ADA, WRONG)),
            "locked",
            "wrong passwords count on"
        );
    });
}

#[test]
fn it_ends_at_its_instant_and_not_a_moment_before() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lock(lab, ADA, "on leave", Some(at("2026-03-08T12:00:00Z"))).unwrap();
        lab.set_clock("2026-03-08T11:59:59.999Z");
        assert_eq!(lab.account_status(ADA), "disabled");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "disabled");
        lab.set_clock("2026-03-08T12:00:00Z");
        assert_eq!(lab.account_status(ADA), "active");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
        let outcome = lab.unlock(ADA, &Unlock::default()).unwrap();
        assert_eq!(outcome.change, Unlocking::NotLocked);
    });
}

#[test]
fn a_lock_after_one_that_has_ended_is_a_new_one() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lock(lab, ADA, "on leave", Some(at("2026-03-08T12:00:00Z"))).unwrap();
        lab.set_clock("2026-03-08T12:00:00Z");
        let outcome = lock(lab, ADA, "on leave", Some(at("2026-03-09T12:00:00Z"))).unwrap();
        assert_eq!(
            outcome.change,
            HandLock::Locked {
                until: Some(at("2026-03-09T12:00:00Z")),
                changed: false,
                sessions: 0,
                trusted_ips: 0
            }
        );
        let now = lab.now;
        assert_eq!(lab.account(ADA).disabled_at(now).unwrap().at, now);
    });
}

#[test]
fn the_same_again_changes_nothing_and_a_new_reason_keeps_since_when() {
    on_each_engine(|lab| {
        lab.member(ADA);
        locked(lab, ADA);
        lab.set_clock("2026-03-02T12:00:00Z");
        let (outcome, entries) = lab.entries_of(|lab| lock(lab, ADA, "left", None).unwrap());
        assert_eq!(
            (outcome.status, outcome.change, entries),
            (Status::Unchanged, HandLock::LockedAlready, vec![])
        );
        let end = Some(at("2026-03-04T12:00:00Z"));
        let outcome = lock(lab, ADA, "left for good", end).unwrap();
        assert_eq!(
            outcome.change,
            HandLock::Locked {
                until: end,
                changed: true,
                sessions: 0,
                trusted_ips: 0
            }
        );
        let now = lab.now;
        let account = lab.account(ADA);
        let lock = account.disabled_at(now).unwrap();
        assert_eq!(
            (lock.at, lock.until, lock.reason.as_str()),
            (at("2026-03-01T12:00:00Z"), end, "left for good")
        );
    });
}

#[test]
fn no_password_link_invitation_or_change_of_access_opens_it() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.reset(ADA, &Reset::default()).unwrap();
        lab.add_panel("shop", &[]);
        let token = lab.reset_token(ADA);
        locked(lab, ADA);
        assert_eq!(lab.forgot(ADA), "disabled", "no link is mailed");
        let ticket = lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
        let answer = lab.try_with("main", ADA, OTHER_PASSWORD, IP, Some(&ticket));
        assert_eq!(word(&answer), "disabled");
        let added = lab.invite_to(ADA, "shop");
        assert_eq!(added.change, Granted::AccessAdded);
        assert_eq!(added.still_barred.unwrap().as_str(), "disabled");
        assert_eq!(
            word(&lab.try_in("shop", ADA, OTHER_PASSWORD, IP)),
            "disabled"
        );
        let term = Term::Until(at("2026-12-31T00:00:00Z"));
        let extended = lab.extend(ADA, Some("shop"), term).unwrap();
        assert_eq!(extended.change, Extension::Moved { shortened: true });
        assert_eq!(extended.still_barred.unwrap().as_str(), "disabled");
        lab.remove(ADA, Some("shop")).unwrap();
        let again = lab.invite_to(ADA, "shop");
        assert_eq!(again.change, Granted::AccessAdded);
        assert_eq!(lab.account_status(ADA), "disabled");
        assert_eq!(lab.obstacles(ADA), ["disabled"]);
    });
}

#[test]
fn somebody_pending_registers_and_stays_out() {
    on_each_engine(|lab| {
        let link = lab.invite(ADA).link_id.unwrap();
        locked(lab, ADA);
        let again = lab.invite_as(&invitation(ADA)).unwrap();
        assert_eq!(again.still_barred.unwrap().as_str(), "disabled");
        let newer = lab.token(again.link_id.unwrap());
        assert_ne!(again.link_id, Some(link));
        lab.register(&newer, PASSWORD).unwrap();
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "disabled");
    });
}

#[test]
fn an_unlock_opens_it_together_with_a_lock_by_wrong_passwords_and_shows_the_reason() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.fail(ADA, 6);
        assert_eq!(lab.account_status(ADA), "locked");
        lock(lab, ADA, "on leave", Some(at("2026-03-08T12:00:00Z"))).unwrap();
        assert_eq!(lab.account_status(ADA), "disabled");
        let Unlocking::Unlocked { was, .. } = lab.unlock(ADA, &Unlock::default()).unwrap().change
        else {
            panic!()
        };
        assert_eq!(was.len(), 2, "{was:?}");
        assert!(was[0].cause.contains("on leave"), "{was:?}");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    });
}

#[test]
fn behind_it_a_permanent_lock_still_needs_a_reason() {
    on_each_engine(|lab| {
        lab.member(ADA);
        for _ in 0..2 {
            lab.fail(ADA, 6);
            lab.unlock(ADA, &Unlock::default()).unwrap();
        }
        lab.fail(ADA, 6);
        locked(lab, ADA);
        assert_eq!(
            refused(lab.unlock(ADA, &Unlock::default())),
            Refusal::ReasonNeeded
        );
        lab.unlock_because(ADA);
        assert_eq!(lab.account_status(ADA), "active");
        assert_eq!(lab.obstacles(ADA), ["password-reset-required"]);
    });
}

#[test]
fn an_unknown_address_is_refused() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let head = lab.head();
        assert!(matches!(
            refused(lock(lab, "aida@example.com", "left", None)),
            Refusal::UnknownAddress { nearest: Some(near), .. } if near == ADA
        ));
        assert_eq!(lab.head(), head);
    });
}

#[test]
fn sessions_that_were_over_are_not_said_to_end() {
    on_each_engine(|lab| {
        lab.set_main("session-idle", "1h");
        lab.member(ADA);
        lab.signed_in(ADA, PASSWORD);
        lab.advance(minutes(60));
        lab.signed_in(ADA, PASSWORD);
        let outcome = lock(lab, ADA, "left", None).unwrap();
        assert!(
            matches!(outcome.change, HandLock::Locked { sessions: 1, .. }),
            "{:?}",
            outcome.change
        );
    });
}

#[test]
fn what_concerns_the_account_is_told_of_a_panel_that_the_person_is_in() {
    on_each_engine(|lab| {
        lab.add_panel("shop", &[]);
        lab.invite_to(ADA, "main");
        let link = lab.invite_to(ADA, "shop").link_id.unwrap();
        let token = lab.token(link);
        lab.register(&token, PASSWORD).unwrap();
        assert_eq!(lock(lab, ADA, "left", None).unwrap().panel, "main");
        lab.remove(ADA, Some("main")).unwrap();
        assert_eq!(lock(lab, ADA, "other", None).unwrap().panel, "shop");
        lab.remove(ADA, Some("shop")).unwrap();
        assert_eq!(lock(lab, ADA, "third", None).unwrap().panel, "main");
    });
}
