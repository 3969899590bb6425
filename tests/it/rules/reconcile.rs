//! U4: an older copy brings nothing back: what was used, ended, cancelled or erased after it was made stays so once it was
//! reconciled.

use std::collections::BTreeSet;

use admit::domain::account::AccountRef;
use admit::domain::link::{LinkPurpose, LinkState};
use admit::ops::deliver::deliver;
use admit::ops::reconcile::{Reconciled, reconcile};
use admit::ops::reset_password::Reset;
use admit::store::{AllEnded, Backup, Done, Landing, Store};
use jiff::SignedDuration;

use super::erase::{ZOE, forget, holds, zoe};
use crate::engine::Place;
use crate::support::bench_codes::with;
use crate::support::bench_store::{ADA, BOB, Lab, PASSWORD, folder, minutes, word};

const NOBODY: BTreeSet<AccountRef> = BTreeSet::new();

fn reconciled(lab: &mut Lab, erased: &BTreeSet<AccountRef>, seen: i64) -> Reconciled {
    let op = lab.op();
    lab.store
        .change(|tx| reconcile(tx, &op, erased, seen).map(Done::recorded))
        .unwrap()
}

fn backup_of(lab: &mut Lab) -> Vec<u8> {
    let mut bytes = Vec::new();
    let now = lab.now;
    lab.store.back_up(&mut bytes, now, &mut |_| true).unwrap();
    bytes
}

/// The laboratory goes on with a copy from before, reconciled as it was restored.
fn go_back(lab: &mut Lab, backup: &[u8], erased: &BTreeSet<AccountRef>, seen: i64) -> Reconciled {
    let folder = folder();
    let place = Place::of_lab(folder.path());
    let location = place.location();
    let landing = Landing {
        location: &location,
        aside: None,
        dry_run: false,
    };
    let op = lab.op();
    let mut backup = Backup::open(Box::new(backup), "b").unwrap();
    let (_, done) = Store::restore(
        landing,
        lab.vault(8),
        &mut backup,
        &mut |_| true,
        &mut |tx| reconcile(tx, &op, erased, seen),
    )
    .unwrap();
    lab.store = Store::open(&location, lab.vault(9), true).unwrap();
    lab.place = place;
    lab.folder = folder;
    done
}

#[test]
fn what_was_used_or_ended_since_does_not_come_back() {
    let mut lab = Lab::new();
    let app = lab.member_with_app(ADA);
    let codes = app.backup.clone();
    let code = lab.code(&app, 0);
    let ada = lab.attempt(with(&code)).unwrap();
    lab.trust("192.0.2.7", Some(ADA), None);
    lab.trust("198.51.100.0/24", None, None);
    let bob = lab.invite(BOB).link_id.unwrap();
    let bobs = lab.token(bob);
    lab.reset(ADA, &Reset::default()).unwrap();
    let reset = lab.reset_token(ADA);
    let copy = backup_of(&mut lab);
    assert!(lab.session_lives(&ada.session, "main"));

    // A code of the phone is used after the copy was made.
    lab.advance(minutes(2));
    let used = lab.code(&app, 0);
    assert_eq!(lab.answer(with(&used)), "signed-in");

    let done = go_back(&mut lab, &copy, &NOBODY, 1);
    assert_eq!(done.epoch, 2);
    assert_eq!(done.erased, 0);
    assert_eq!(
        done.ended,
        AllEnded {
            sessions: done.ended.sessions,
            invitations: 1,
            links: 1,
            tickets: done.ended.tickets,
            backup_codes: done.ended.backup_codes,
            trusted_ips: 2,
            ..AllEnded::default()
        }
    );
    assert!(done.ended.sessions >= 1 && done.ended.backup_codes == codes.len());
    assert!(!lab.session_lives(&ada.session, "main"));
    assert_eq!(lab.answer(with(&used)), "code-invalid");
    for code in &codes[..2] {
        assert_eq!(lab.answer(with(code)), "code-invalid");
    }
    assert!(lab.trust_of(ADA).is_empty());
    assert!(lab.register(&bobs, PASSWORD).is_err());
    assert!(lab.reset_by_link(&reset, PASSWORD).is_err());
    assert_eq!(lab.link_state(bob), LinkState::Revoked);

    // People and what they know stay: the phone's next code, and a new link for who was invited.
    lab.advance(minutes(2));
    let next = lab.code(&app, 0);
    assert_eq!(lab.answer(with(&next)), "signed-in");
    let again = lab.resend(BOB).unwrap().link_id.unwrap();
    let token = lab.token(again);
    lab.register(&token, PASSWORD).unwrap();
    assert_eq!(word(&lab.sign_in(BOB, PASSWORD)), "signed-in");
    lab.verify();
}

#[test]
fn who_was_erased_is_erased_again() {
    let mut lab = Lab::new();
    zoe(&mut lab);
    lab.member(ADA);
    let reference = lab.account(ZOE).reference;
    let copy = backup_of(&mut lab);
    forget(&mut lab, ZOE).unwrap();
    let gone: BTreeSet<AccountRef> = [reference, [9; 16]].into();
    let done = go_back(&mut lab, &copy, &gone, 1);
    assert_eq!(done.erased, 1);
    assert!(lab.find(ZOE).is_none());
    assert!(lab.find(ADA).is_some());
    assert!(!holds(&lab, ZOE));
    lab.verify();
    let last = lab.audit().pop().unwrap();
    assert_eq!(last.action, "store-reconciled");
    assert_eq!(
        (&last.detail["erased"], &last.detail["epoch"]),
        (&1.into(), &2.into())
    );
}

#[test]
fn the_epoch_goes_beyond_every_one_that_was() {
    let mut lab = Lab::new();
    assert_eq!(reconciled(&mut lab, &NOBODY, 0).epoch, 2);
    assert_eq!(reconciled(&mut lab, &NOBODY, 7).epoch, 8);
    assert_eq!(reconciled(&mut lab, &NOBODY, 3).epoch, 9);
    let (_, epoch) = lab.look(|tx| tx.creation());
    assert_eq!(epoch, 9);
}

#[test]
fn queued_mail_whose_link_is_dead_is_not_sent() {
    let mut lab = Lab::new();
    lab.invite(BOB);
    let copy = backup_of(&mut lab);
    go_back(&mut lab, &copy, &NOBODY, 1);
    let (op, mailer) = (lab.op(), lab.mailer());
    deliver(&mut lab.store, &op, &mailer, None, &mut |_| true).unwrap();
    assert!(lab.mailbox.letters().is_empty());
    let states: Vec<_> = lab
        .mail_of(BOB)
        .into_iter()
        .map(|row| row.state.as_str())
        .collect();
    assert_eq!(states, ["lapsed"]);
    assert!(lab.newest(BOB, LinkPurpose::Invitation).is_some());
}

/// With a panel that takes the next code too, that one may have been used after the copy was made.
#[test]
fn where_a_panel_takes_the_next_code_that_one_is_spent_as_well() {
    let mut lab = Lab::new();
    let app = lab.member_with_app(ADA);
    lab.set_main("totp-ahead", "1");
    let copy = backup_of(&mut lab);
    let (last, now, next) = (lab.code(&app, -1), lab.code(&app, 0), lab.code(&app, 1));
    assert_eq!(lab.answer(with(&next)), "signed-in");
    go_back(&mut lab, &copy, &NOBODY, 1);
    for code in [&last, &now, &next] {
        assert_eq!(lab.answer(with(code)), "code-invalid");
    }
    lab.advance(SignedDuration::from_secs(30));
    let beyond = lab.code(&app, 1);
    assert_eq!(lab.answer(with(&beyond)), "signed-in");
}
