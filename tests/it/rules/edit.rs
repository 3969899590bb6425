//! E1: what is known of a person, and the way to a new address.

use admit::domain::link::{LinkPurpose, LinkState};
use admit::domain::refusal::Refusal;
use admit::domain::second_factor::Method;
use admit::ops::OpError;
use admit::ops::address_change::confirm_address;
use admit::ops::change::{ChangeResult, Status};
use admit::ops::edit::{AddressStep, Edit, Edited, edit};
use admit::ops::reset_password::Reset;
use admit::ops::unlock::Unlock;
use admit::vault::Token;

use crate::support::bench_store::{
    ADA, BOB, CYD, IP, Lab, OTHER_PASSWORD, PASSWORD, WRONG, address, at, on_each_engine, refused,
    word,
};

const NEW: &str = "ada@new.example";

/// What was changed.
fn what(result: &ChangeResult<Edited>) -> (Vec<String>, AddressStep) {
    (result.change.changed.clone(), result.change.address.clone())
}

/// Nothing was.
fn nothing() -> (Vec<String>, AddressStep) {
    (vec![], AddressStep::Kept)
}

fn change(lab: &mut Lab, who: &str, request: &Edit) -> Result<ChangeResult<Edited>, OpError> {
    lab.run(|tx, scope, op| edit(tx, scope, op, &address(who), request))
}

fn to(new: &str) -> Edit {
    Edit {
        address: Some(address(new)),
        ..Edit::default()
    }
}

/// Asks for a new address; the token that went there.
fn ask(lab: &mut Lab, who: &str, new: &str) -> Token {
    let outcome = change(lab, who, &to(new)).unwrap();
    lab.token(outcome.link_id.unwrap())
}

fn confirm(lab: &mut Lab, token: &Token) -> Result<(), OpError> {
    let op = lab.op_from(IP);
    confirm_address(&mut lab.store, &op, token).map(drop)
}

fn sweep(lab: &mut Lab) -> admit::ops::housekeep::Swept {
    let op = lab.op();
    admit::ops::housekeep::housekeep(&mut lab.store, &op, &mut |_| true).unwrap()
}

/// Kind and address of everybody's mail, oldest first, behind so many.
fn mail(lab: &mut Lab, who: &str, behind: usize) -> Vec<(String, String)> {
    let rows = lab.mail_of(who);
    rows.into_iter()
        .rev()
        .skip(behind)
        .map(|row| (row.kind, row.address))
        .collect()
}

fn pair(kind: &str, address: &str) -> (String, String) {
    (kind.into(), address.into())
}

#[test]
fn name_phone_and_language_change_at_once_and_an_empty_value_clears() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let all = Edit {
            name: Some(Some("Ada Lovelace".into())),
            phone: Some(Some("+442071234567".into())),
            lang: Some(Some("en".into())),
            ..Edit::default()
        };
        let (outcome, entries) = lab.entries_of(|lab| change(lab, ADA, &all).unwrap());
        assert_eq!(
            what(&outcome),
            (
                vec!["name".into(), "phone".into(), "lang".into()],
                AddressStep::Kept
            )
        );
        assert_eq!(entries, ["edited"]);
        let account = lab.account(ADA);
        assert_eq!(account.name.as_deref(), Some("Ada Lovelace"));
        assert_eq!(account.phone.as_deref(), Some("+442071234567"));
        assert_eq!(account.lang.as_deref(), Some("en"));
        let (again, entries) = lab.entries_of(|lab| change(lab, ADA, &all).unwrap());
        assert_eq!(
            (again.status, what(&again), entries),
            (Status::Unchanged, nothing(), vec![])
        );
        let clear = Edit {
            phone: Some(None),
            ..Edit::default()
        };
        change(lab, ADA, &clear).unwrap();
        assert_eq!(lab.account(ADA).phone, None);
        assert_eq!(lab.account(ADA).name.as_deref(), Some("Ada Lovelace"));
        let last = lab.audit().pop().unwrap();
        assert_eq!(
            serde_json::Value::from(last.detail).to_string(),
            r#"{"changed":["phone"]}"#,
            "nothing personal stands in clear"
        );
    });
}

#[test]
fn until_the_link_is_followed_nothing_changes() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let session = lab.signed_in(ADA, PASSWORD).session;
        let behind = lab.mail_of(ADA).len();
        let (outcome, entries) = lab.entries_of(|lab| change(lab, ADA, &to(NEW)).unwrap());
        assert_eq!(
            what(&outcome),
            (vec![], AddressStep::Requested { to: NEW.into() })
        );
        assert_eq!(outcome.link_expires_at, Some(at("2026-03-02T12:00:00Z")));
        assert_eq!(entries, ["address-change-requested"]);
        assert_eq!(
            mail(lab, ADA, behind),
            [
                pair("address-change-requested", ADA),
                pair("confirm-address", NEW)
            ]
        );
        assert!(lab.session_lives(&session, "main"));
        assert!(lab.find(NEW).is_none());
        assert_eq!(word(&lab.sign_in(NEW, PASSWORD)), "invalid-credentials");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
        let diagnosis = lab.why(ADA, None).remove(0);
        assert!(
            diagnosis
                .notes
                .iter()
                .any(|note| note.kind == "address-change")
        );
    });
}

#[test]
fn the_confirmed_address_ends_sessions_and_links_and_both_are_told() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let session = lab.signed_in(ADA, PASSWORD).session;
        lab.reset(ADA, &Reset::default()).unwrap();
        let reset = lab.newest(ADA, LinkPurpose::Reset).unwrap().id;
        let token = ask(lab, ADA, NEW);
        lab.set_clock("2026-03-02T11:59:59.999Z");
        let behind = lab.mail_of(ADA).len();
        let (result, entries) = lab.entries_of(|lab| confirm(lab, &token));
        result.unwrap();
        assert_eq!(entries, ["address-changed"]);
        assert!(lab.find(ADA).is_none());
        assert_eq!(
            mail(lab, NEW, behind),
            [pair("address-changed", NEW), pair("address-changed", ADA)]
        );
        assert!(!lab.session_lives(&session, "main"));
        assert_eq!(lab.link_state(reset), LinkState::Revoked);
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "invalid-credentials");
        assert_eq!(word(&lab.sign_in(NEW, PASSWORD)), "signed-in");
        assert_eq!(refused(confirm(lab, &token)), Refusal::LinkUsed);
        lab.verify();
    });
}

#[test]
fn the_link_is_over_after_a_day() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let token = ask(lab, ADA, NEW);
        lab.set_clock("2026-03-02T12:00:00Z");
        assert_eq!(
            refused(confirm(lab, &token)),
            Refusal::LinkExpired {
                at: at("2026-03-02T12:00:00Z")
            }
        );
        assert!(lab.find(ADA).is_some() && lab.find(NEW).is_none());
        let cancel = Edit {
            cancel_address: true,
            ..Edit::default()
        };
        let again = change(lab, ADA, &cancel).unwrap();
        assert_eq!((again.status, what(&again)), (Status::Unchanged, nothing()));
        // Kept for 30 days more, for `why`.
        for (clock, gone) in [("2026-04-01T11:59:59.999Z", 0), ("2026-04-01T12:00:00Z", 1)] {
            lab.set_clock(clock);
            assert_eq!(sweep(lab).address_changes, gone, "{clock}");
        }
    });
}

#[test]
fn a_tickets_and_codes_of_before_are_dead_too() {
    on_each_engine(|lab| {
        lab.set_main("methods", "mail");
        lab.member(ADA);
        lab.reset(ADA, &Reset::default()).unwrap();
        let reset = lab.reset_token(ADA);
        let ticket = lab.reset_by_link(&reset, OTHER_PASSWORD).unwrap();
        let account = lab.account(ADA);
        let now = lab.now;
        let end = at("2026-03-01T12:10:00Z");
        lab.settle(|tx| {
            tx.add_sent_code(&account, 1, Method::Mail, 0, now, end)
                .map(drop)
        });
        let token = ask(lab, ADA, NEW);
        confirm(lab, &token).unwrap();
        let open: i64 = lab.raw().one(
            "select count(*) from sent_code where superseded_at is null",
            &[],
        );
        assert_eq!(open, 0);
        lab.fail(NEW, 6);
        let answer = lab.try_with("main", NEW, OTHER_PASSWORD, IP, Some(&ticket));
        assert_eq!(
            word(&answer),
            "locked",
            "the ticket went to the old address"
        );
    });
}

#[test]
fn only_the_newest_link_confirms_and_cancelling_kills_it() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let first = ask(lab, ADA, NEW);
        lab.set_clock("2026-03-01T13:00:00Z");
        let second = ask(lab, ADA, "ada@other.example");
        assert_eq!(
            refused(confirm(lab, &first)),
            Refusal::LinkSuperseded {
                newer_at: at("2026-03-01T13:00:00Z")
            }
        );
        let cancel = Edit {
            cancel_address: true,
            ..Edit::default()
        };
        let (outcome, entries) = lab.entries_of(|lab| change(lab, ADA, &cancel).unwrap());
        assert_eq!(
            what(&outcome),
            (
                vec![],
                AddressStep::Cancelled {
                    to: "ada@other.example".into()
                }
            )
        );
        assert_eq!(entries, ["address-change-cancelled"]);
        assert_eq!(refused(confirm(lab, &second)), Refusal::LinkRevoked);
        let again = change(lab, ADA, &cancel).unwrap();
        assert_eq!((again.status, what(&again)), (Status::Unchanged, nothing()));
        assert!(lab.find(ADA).is_some());
    });
}

#[test]
fn a_token_of_another_purpose_confirms_nothing() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.reset(ADA, &Reset::default()).unwrap();
        let reset = lab.reset_token(ADA);
        let token = ask(lab, ADA, NEW);
        assert_eq!(refused(confirm(lab, &reset)), Refusal::LinkInvalid);
        assert_eq!(
            refused(lab.reset_by_link(&token, OTHER_PASSWORD)),
            Refusal::LinkInvalid
        );
        confirm(lab, &token).unwrap();
    });
}

#[test]
fn an_address_that_somebody_has_is_refused_also_if_they_came_later() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.member(BOB);
        let head = lab.head();
        assert_eq!(
            refused(change(lab, ADA, &to("BOB@example.com"))),
            Refusal::AddressTaken {
                address: "BOB@example.com".into()
            }
        );
        assert_eq!(lab.head(), head);
        let token = ask(lab, ADA, CYD);
        lab.invite(CYD);
        let (result, entries) = lab.entries_of(|lab| confirm(lab, &token));
        assert_eq!(refused(result), Refusal::LinkRevoked);
        assert_eq!(entries, ["link-refused"]);
        assert_eq!(refused(confirm(lab, &token)), Refusal::LinkRevoked);
        assert!(lab.find(ADA).unwrap().is_registered());
        assert!(!lab.find(CYD).unwrap().is_registered());
        assert_eq!(
            change(lab, ADA, &to("ADA@example.com")).unwrap().status,
            Status::Unchanged
        );
    });
}

#[test]
fn notices_go_to_the_old_address_for_seven_days_and_links_never() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let token = ask(lab, ADA, NEW);
        confirm(lab, &token).unwrap();
        lab.set_clock("2026-03-08T11:59:59.999Z");
        let behind = lab.mail_of(NEW).len();
        lab.reset(NEW, &Reset::default()).unwrap();
        let reset = lab.reset_token(NEW);
        lab.reset_by_link(&reset, OTHER_PASSWORD).unwrap();
        lab.fail(NEW, 6);
        assert_eq!(
            mail(lab, NEW, behind),
            [
                pair("password-reset", NEW),
                pair("password-changed", NEW),
                pair("password-changed", ADA),
                pair("locked", NEW),
            ]
        );
        lab.unlock(NEW, &Unlock::default()).unwrap();
        lab.set_clock("2026-03-08T12:00:00Z");
        let behind = lab.mail_of(NEW).len();
        lab.reset(NEW, &Reset::default()).unwrap();
        let reset = lab.reset_token(NEW);
        lab.reset_by_link(&reset, PASSWORD).unwrap();
        assert_eq!(
            mail(lab, NEW, behind),
            [pair("password-reset", NEW), pair("password-changed", NEW)]
        );
        // Kept for 30 days more, for `why`.
        for (clock, gone) in [("2026-04-07T11:59:59.999Z", 0), ("2026-04-07T12:00:00Z", 1)] {
            lab.set_clock(clock);
            assert_eq!(sweep(lab).former_addresses, gone, "{clock}");
        }
    });
}

#[test]
fn a_copy_does_not_count_as_asking_twice_and_leaves_with_its_original() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let token = ask(lab, ADA, NEW);
        confirm(lab, &token).unwrap();
        for _ in 0..2 {
            lab.fail(NEW, 6);
            lab.unlock(NEW, &Unlock::default()).unwrap();
        }
        lab.fail(NEW, 6);
        assert_eq!(lab.account_status(NEW), "locked-permanently");
        let id = lab.account(NEW).id;
        let since = at("2026-03-01T00:00:00Z");
        let (count, _) = lab.look(|tx| tx.mail_since(id, &["locked-permanently"], since));
        assert_eq!(count, 1);
        lab.deliver();
        let copies: Vec<_> = lab
            .mail_of(NEW)
            .into_iter()
            .filter(|row| row.kind == "locked-permanently")
            .map(|row| (row.address, row.with_id.is_some(), row.state.as_str()))
            .collect();
        assert_eq!(
            copies,
            [
                (ADA.to_owned(), true, "sent"),
                (NEW.to_owned(), false, "sent")
            ]
        );
    });
}

#[test]
fn back_to_the_old_address_notices_go_to_the_other() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let token = ask(lab, ADA, NEW);
        confirm(lab, &token).unwrap();
        let token = ask(lab, NEW, ADA);
        let behind = lab.mail_of(NEW).len();
        confirm(lab, &token).unwrap();
        assert_eq!(
            mail(lab, ADA, behind),
            [pair("address-changed", ADA), pair("address-changed", NEW)]
        );
    });
}

#[test]
fn somebody_who_never_registered_is_moved_at_once_and_invited_anew() {
    on_each_engine(|lab| {
        lab.add_panel("shop", &[]);
        let first = lab.invite_to(ADA, "main").link_id.unwrap();
        let second = lab.invite_to(ADA, "shop").link_id.unwrap();
        let behind = lab.mail_of(ADA).len();
        let (outcome, entries) = lab.entries_of(|lab| change(lab, ADA, &to(NEW)).unwrap());
        assert_eq!(
            what(&outcome),
            (
                vec![],
                AddressStep::Moved {
                    from: ADA.into(),
                    invitations: 2
                }
            )
        );
        assert_eq!(outcome.target, NEW);
        assert_eq!(entries, ["address-changed", "resent", "resent"]);
        assert_eq!(
            mail(lab, NEW, behind),
            [pair("invitation", NEW), pair("invitation", NEW)]
        );
        assert!(lab.find(ADA).is_none());
        for old in [first, second] {
            assert_eq!(
                lab.link_state(old),
                LinkState::Superseded(at("2026-03-01T12:00:00Z"))
            );
        }
        let token = lab.token(outcome.link_id.unwrap());
        lab.register(&token, PASSWORD).unwrap();
        assert_eq!(word(&lab.sign_in(NEW, PASSWORD)), "signed-in");
    });
}

#[test]
fn a_pending_person_whose_access_ended_is_moved_and_nobody_is_mailed() {
    on_each_engine(|lab| {
        let link = lab.invite_for(ADA, "3d").link_id.unwrap();
        lab.set_clock("2026-03-04T12:00:00Z");
        let outcome = change(lab, ADA, &to(NEW)).unwrap();
        assert_eq!(
            what(&outcome),
            (
                vec![],
                AddressStep::Moved {
                    from: ADA.into(),
                    invitations: 0
                }
            )
        );
        assert_eq!(outcome.mail_id, None);
        assert_eq!(lab.link_state(link), LinkState::Revoked);
    });
}

#[test]
fn somebody_locked_confirms_and_stays_locked() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let token = ask(lab, ADA, NEW);
        lab.fail(ADA, 6);
        confirm(lab, &token).unwrap();
        assert_eq!(lab.account_status(NEW), "locked");
        assert_eq!(word(&lab.sign_in(NEW, WRONG)), "locked");
    });
}

#[test]
fn the_mail_of_a_change_that_was_called_off_is_not_sent() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.deliver();
        ask(lab, ADA, NEW);
        let cancel = Edit {
            cancel_address: true,
            ..Edit::default()
        };
        change(lab, ADA, &cancel).unwrap();
        let delivery = lab.deliver();
        assert_eq!((delivery.sent, delivery.lapsed), (1, 1));
        assert!(lab.mailbox.last_to(NEW).is_none());
    });
}

#[test]
fn a_second_change_within_the_week_is_told_at_both_addresses_at_once() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let token = ask(lab, ADA, NEW);
        confirm(lab, &token).unwrap();
        lab.deliver();
        let outcome = change(lab, NEW, &to(CYD)).unwrap();
        // A command sends what it queued, and what goes with that; nobody else may ever come by.
        for id in [outcome.notice_id.unwrap(), outcome.mail_id.unwrap()] {
            lab.deliver_only(id);
        }
        let waiting: Vec<_> = lab
            .mail_of(NEW)
            .into_iter()
            .filter(|row| row.state.as_str() == "queued")
            .map(|row| (row.kind, row.address))
            .collect();
        assert_eq!(waiting, []);
        for (who, kind) in [
            (NEW, "address-change-requested"),
            (ADA, "address-change-requested"),
            (CYD, "confirm-address"),
        ] {
            let newest = lab.mail_of(NEW).into_iter().find(|row| row.address == who);
            assert_eq!(newest.map(|row| row.kind), Some(kind.to_owned()), "{who}");
        }
    });
}

#[test]
fn what_was_and_what_is_known_of_the_person_is_told() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let request = Edit {
            name: Some(Some("Ada Lovelace".into())),
            ..to(NEW)
        };
        let outcome = change(lab, ADA, &request).unwrap();
        let Edited { was, is, .. } = outcome.change;
        assert_eq!(
            (was.address.as_str(), was.name, was.new_address),
            (ADA, None, None)
        );
        assert_eq!(
            (
                is.address.as_str(),
                is.name.as_deref(),
                is.new_address.as_deref()
            ),
            (ADA, Some("Ada Lovelace"), Some(NEW))
        );
        let cancel = Edit {
            cancel_address: true,
            ..Edit::default()
        };
        let Edited { was, is, .. } = change(lab, ADA, &cancel).unwrap().change;
        assert_eq!(
            (was.new_address.as_deref(), is.new_address),
            (Some(NEW), None)
        );
    });
}

#[test]
fn an_address_that_waits_or_was_left_says_whose_it_is() {
    on_each_engine(|lab| {
        lab.add_panel("shop", &[]);
        lab.invite_to(ADA, "main");
        let link = lab.invite_to(ADA, "shop").link_id.unwrap();
        let token = lab.token(link);
        lab.register(&token, PASSWORD).unwrap();
        let token = ask(lab, ADA, NEW);
        let found = |lab: &mut Lab, who: &str| {
            let diagnosis = lab.why(who, None).remove(0);
            let notes: Vec<_> = diagnosis.notes.iter().map(|note| note.kind).collect();
            let words = |words: &[String]| words.join(" ");
            let ways: Vec<String> = diagnosis.obstacles[0]
                .remedies
                .iter()
                .chain(diagnosis.notes.iter().flat_map(|note| &note.remedies))
                .map(|remedy| words(&remedy.words))
                .collect();
            (notes, ways)
        };
        assert_eq!(
            found(lab, NEW),
            (
                vec!["address-change"],
                vec![
                    format!("edit {ADA} --address {NEW}"),
                    format!("edit {ADA} --cancel-address"),
                ]
            )
        );
        confirm(lab, &token).unwrap();
        // Inviting the old address would make a second account: also when notices no longer go there.
        for clock in ["2026-03-01T12:00:00Z", "2026-03-08T12:00:00Z"] {
            lab.set_clock(clock);
            assert_eq!(
                found(lab, ADA),
                (vec!["former-address"], vec![format!("why {NEW}")]),
                "{clock}"
            );
        }
    });
}

#[test]
fn the_address_of_somebody_who_never_registered_is_known_and_gets_no_notices() {
    on_each_engine(|lab| {
        lab.invite(ADA);
        change(lab, ADA, &to(NEW)).unwrap();
        let diagnosis = lab.why(ADA, None).remove(0);
        assert_eq!(diagnosis.obstacles[0].remedies[0].words, ["why", NEW]);
        assert!(
            diagnosis.obstacles[0].detail.contains(NEW),
            "{}",
            diagnosis.obstacles[0].detail
        );
        let token = lab.newest(NEW, LinkPurpose::Invitation).unwrap().id;
        let token = lab.token(token);
        lab.register(&token, PASSWORD).unwrap();
        let behind = lab.mail_of(NEW).len();
        lab.reset(NEW, &Reset::default()).unwrap();
        let reset = lab.reset_token(NEW);
        lab.reset_by_link(&reset, OTHER_PASSWORD).unwrap();
        assert_eq!(
            mail(lab, NEW, behind),
            [pair("password-reset", NEW), pair("password-changed", NEW)]
        );
    });
}

#[test]
fn a_confirm_link_that_ran_out_is_sent_again_and_nobody_is_invited() {
    on_each_engine(|lab| {
        lab.member(ADA);
        ask(lab, ADA, NEW);
        lab.set_clock("2026-03-02T12:00:00Z");
        let diagnosis = lab.why(NEW, None).remove(0);
        let ways: Vec<String> = diagnosis.obstacles[0]
            .remedies
            .iter()
            .map(|remedy| remedy.words.join(" "))
            .collect();
        assert_eq!(
            ways,
            [format!("edit {ADA} --address {NEW}"), format!("why {ADA}")]
        );
        assert_eq!(diagnosis.notes[0].kind, "address-change-expired");
        // The person is told of it under the old address too.
        let notes = lab.why(ADA, None).remove(0).notes;
        let note = notes
            .iter()
            .find(|note| note.kind == "address-change-expired")
            .unwrap();
        assert_eq!(
            note.remedies[0].words,
            ["edit", ADA, "--address", NEW],
            "{}",
            note.detail
        );
        let token = ask(lab, ADA, NEW);
        confirm(lab, &token).unwrap();
        assert!(lab.why(NEW, None)[0].obstacles.is_empty());
    });
}
