use admit::domain::link::LinkPurpose;
use admit::domain::second_factor::Method;
use admit::store::{Fault, MailRow, MailState, NewLink, NewMail};
use jiff::{SignedDuration, Timestamp};

use super::accounts::add;
use crate::support::bench_store::{ADA, BOB, Lab, START, at, on_each_engine};

const LEASE: SignedDuration = SignedDuration::from_mins(10);

fn queue(lab: &mut Lab, who: &str, kind: &str, queued_at: Timestamp, link_id: Option<i64>) -> i64 {
    let account = lab.account(who);
    let mut queued = 0;
    let new = NewMail {
        account_id: account.id,
        panel_id: 1,
        link_id,
        code_id: None,
        kind,
        address: who,
        queued_at,
    };
    lab.settle(|tx| {
        queued = tx.queue_mail(&new)?;
        Ok(())
    });
    queued
}

fn claim(lab: &mut Lab, only: Option<i64>, most: i64, now: &str) -> Vec<i64> {
    let mut claimed = Vec::new();
    lab.settle(|tx| {
        claimed = tx
            .claim_mail(only, most, LEASE, at(now))?
            .iter()
            .map(|row| row.id)
            .collect();
        Ok(())
    });
    claimed
}

fn mail(lab: &mut Lab, id: i64) -> MailRow {
    lab.look(|tx| tx.mail(id)).unwrap()
}

fn people(lab: &mut Lab) {
    lab.settle(|tx| {
        add(tx, ADA)?;
        add(tx, BOB).map(drop)
    });
}

#[test]
fn queued_mail_waits_with_a_message_id_of_its_own() {
    on_each_engine(|lab| {
        people(lab);
        let first = queue(lab, ADA, "invitation", at(START), None);
        let second = queue(lab, ADA, "invitation", at(START), None);
        let row = mail(lab, first);
        assert_eq!(
            (row.kind.as_str(), row.address.as_str(), row.link_id),
            ("invitation", ADA, None)
        );
        assert_eq!(
            (row.state, row.attempts, row.done_at, row.detail),
            (MailState::Queued, 0, None, None)
        );
        assert_eq!((row.queued_at, row.next_at), (at(START), at(START)));
        assert!(row.message_id.starts_with('<') && row.message_id.ends_with("@admit.invalid>"));
        assert_ne!(row.message_id, mail(lab, second).message_id);
        assert!(lab.look(|tx| tx.mail(99)).is_none());
        assert_eq!(lab.look(|tx| tx.waiting_mail()), (2, Some(at(START))));
        assert_eq!(lab.look(|tx| tx.failed_mail()), (0, None));
    });
}

#[test]
fn a_claimed_mail_belongs_to_one_sender_until_the_lease_ends() {
    on_each_engine(|lab| {
        people(lab);
        let id = queue(lab, ADA, "invitation", at(START), None);
        assert_eq!(claim(lab, None, 10, START), [id]);
        assert_eq!(claim(lab, None, 10, "2026-03-01T12:09:59.999Z"), [0; 0]);
        assert_eq!(claim(lab, None, 10, "2026-03-01T12:10:00Z"), [id]);
        assert_eq!(mail(lab, id).attempts, 2);
    });
}

#[test]
fn mail_is_claimed_when_due_oldest_first_and_no_more_than_asked_for() {
    on_each_engine(|lab| {
        people(lab);
        let late = queue(lab, ADA, "invitation", at("2026-03-01T12:00:02Z"), None);
        let early = queue(lab, BOB, "invitation", at("2026-03-01T12:00:01Z"), None);
        let future = queue(lab, BOB, "invitation", at("2026-03-01T13:00:00Z"), None);
        assert_eq!(claim(lab, None, 1, "2026-03-01T12:30:00Z"), [early]);
        assert_eq!(claim(lab, Some(future), 10, "2026-03-01T12:30:00Z"), [0; 0]);
        assert_eq!(claim(lab, Some(late), 10, "2026-03-01T12:30:00Z"), [late]);
        assert_eq!(
            claim(lab, None, 10, "2026-03-01T12:39:59Z"),
            [0; 0],
            "both leases run"
        );
        assert_eq!(
            claim(lab, None, 10, "2026-03-01T13:00:00Z"),
            [late, early, future]
        );
    });
}

#[test]
fn what_became_of_a_mail_is_written_once() {
    on_each_engine(|lab| {
        people(lab);
        for (state, done) in [
            (MailState::Sent, true),
            (MailState::Failed, true),
            (MailState::Lapsed, true),
            (MailState::Queued, false),
        ] {
            let id = queue(lab, ADA, "invitation", at(START), None);
            claim(lab, Some(id), 1, START);
            let (next, now) = (at("2026-03-01T12:05:00Z"), at("2026-03-01T12:00:09Z"));
            lab.settle(|tx| tx.finish_mail(id, state, "250 ok", next, now));
            let row = mail(lab, id);
            assert_eq!(
                (row.state, row.next_at, row.detail.as_deref()),
                (state, next, Some("250 ok"))
            );
            assert_eq!(row.done_at, done.then_some(now));
            lab.settle(|tx| tx.finish_mail(id, MailState::Failed, "again", next, now));
            let second = mail(lab, id).state;
            assert_eq!(
                second,
                if done { state } else { MailState::Failed },
                "only what waits is finished"
            );
        }
        let now = at("2026-03-01T12:00:09Z");
        assert_eq!(lab.look(|tx| tx.failed_mail()), (2, Some(now)));
    });
}

#[test]
fn mail_given_back_can_be_claimed_at_once_and_was_not_tried() {
    on_each_engine(|lab| {
        people(lab);
        let id = queue(lab, ADA, "invitation", at(START), None);
        claim(lab, None, 1, START);
        lab.settle(|tx| tx.return_mail(id));
        assert_eq!(mail(lab, id).attempts, 0);
        assert_eq!(claim(lab, None, 1, START), [id]);
    });
}

#[test]
fn mail_is_listed_by_person_state_and_link_newest_first() {
    on_each_engine(|lab| {
        people(lab);
        let ada = lab.account(ADA).id;
        let mut link = 0;
        lab.settle(|tx| {
            let new = NewLink {
                purpose: LinkPurpose::Reset,
                account_id: ada,
                panel_id: 1,
                created_at: at(START),
                expires_at: at(START),
            };
            link = tx.add_link(&new)?.0;
            Ok(())
        });
        let first = queue(lab, ADA, "password-reset", at(START), Some(link));
        let bobs = queue(lab, BOB, "invitation", at(START), None);
        let second = queue(
            lab,
            ADA,
            "password-reset",
            at("2026-03-01T12:30:00Z"),
            Some(link),
        );
        lab.settle(|tx| tx.finish_mail(first, MailState::Sent, "ok", at(START), at(START)));
        let ids = |rows: Vec<MailRow>| rows.iter().map(|row| row.id).collect::<Vec<_>>();
        assert_eq!(ids(lab.look(|tx| tx.mail_of(ada, 10))), [second, first]);
        assert_eq!(ids(lab.look(|tx| tx.mail_of(ada, 1))), [second]);
        let each = |lab: &mut Lab, state, account, most: usize| {
            lab.look(|tx| {
                let mut rows = Vec::new();
                tx.each_mail(state, account, |row| {
                    rows.push(row.id);
                    Ok::<bool, Fault>(rows.len() < most)
                })?;
                Ok(rows)
            })
        };
        assert_eq!(each(lab, None, None, 9), [second, bobs, first]);
        assert_eq!(each(lab, None, None, 2), [second, bobs]);
        assert_eq!(each(lab, Some(MailState::Sent), None, 9), [first]);
        assert_eq!(each(lab, None, Some(ada), 9), [second, first]);
        assert_eq!(each(lab, Some(MailState::Queued), Some(ada), 9), [second]);
        assert_eq!(
            lab.look(|tx| tx.mail_with_link(link, ada)).unwrap().id,
            second
        );
        assert!(lab.look(|tx| tx.mail_with_link(link, ada + 1)).is_none());
        assert_eq!(lab.look(|tx| tx.waiting_mail()), (2, Some(at(START))));

        let since = |lab: &mut Lab, kind: &str, since: &str| {
            lab.look(|tx| tx.mail_since(ada, &[kind], at(since)))
        };
        let newest = Some(at("2026-03-01T12:30:00Z"));
        assert_eq!(
            since(lab, "password-reset", "2026-03-01T11:59:59Z"),
            (2, newest)
        );
        assert_eq!(
            since(lab, "password-reset", START),
            (1, newest),
            "since means after"
        );
        assert_eq!(since(lab, "invitation", "2026-03-01T00:00:00Z"), (0, None));
        let both = ["invitation", "password-reset"];
        let both = lab.look(|tx| tx.mail_since(ada, &both, at("2026-03-01T11:59:59Z")));
        assert_eq!(both, (2, newest), "of any of them");
        let none = lab.look(|tx| tx.mail_since(ada, &["locked"], at(START)));
        assert_eq!(none, (0, None));
    });
}

#[test]
fn a_row_names_its_code_and_outlives_it() {
    on_each_engine(|lab| {
        people(lab);
        let ada = lab.account(ADA);
        let mut made = (0, 0);
        lab.settle(|tx| {
            let over_at = at("2026-03-01T12:10:00Z");
            let (code, _) = tx.add_sent_code(&ada, 1, Method::Sms, 0, at(START), over_at)?;
            let mail = tx.queue_mail(&NewMail {
                account_id: ada.id,
                panel_id: 1,
                link_id: None,
                code_id: Some(code),
                kind: "sign-in-code-sms",
                address: "+436641234567",
                queued_at: at(START),
            })?;
            made = (code, mail);
            Ok(())
        });
        let (code, id) = made;
        let row = mail(lab, id);
        assert_eq!((row.code_id, row.link_id), (Some(code), None));
        assert_eq!(
            (row.kind.as_str(), row.address.as_str()),
            ("sign-in-code-sms", "+436641234567")
        );
        let mut claimed = Vec::new();
        lab.settle(|tx| {
            claimed = tx.claim_mail(Some(id), 1, LEASE, at(START))?;
            Ok(())
        });
        assert_eq!(claimed[0].code_id, Some(code));
        let clear = lab.look(|tx| tx.code_to_send(code, &ada)).unwrap();
        assert!(
            !format!("{claimed:?}").contains(clear.as_str()),
            "a row holds no code"
        );

        lab.settle(|tx| {
            tx.finish_mail(id, MailState::Sent, "ok", at(START), at(START))?;
            tx.wipe_code(code)
        });
        assert!(lab.look(|tx| tx.code_to_send(code, &ada)).is_none());
        assert_eq!(lab.look(|tx| tx.sent_code_by_id(code)).unwrap().tries, 0);
        lab.raw().batch("delete from sent_code").unwrap();
        let row = mail(lab, id);
        assert_eq!((row.code_id, row.state), (None, MailState::Sent));
    });
}

#[test]
fn every_state_has_a_word_that_reads_back() {
    for state in MailState::ALL {
        assert_eq!(MailState::parse(state.as_str()), Some(state));
    }
    assert_eq!(MailState::parse("delivered"), None);
}

#[test]
fn mail_goes_out_together_with_the_one_it_was_joined_to() {
    on_each_engine(|lab| {
        people(lab);
        let notice = queue(lab, ADA, "password-changed", at(START), None);
        let copy = queue(lab, ADA, "password-changed", at(START), None);
        let other = queue(lab, ADA, "password-changed", at(START), None);
        lab.settle(|tx| tx.join_mail(copy, notice));
        assert_eq!(mail(lab, copy).with_id, Some(notice));
        assert_eq!(claim(lab, Some(notice), 9, START), [notice, copy]);
        assert_eq!(claim(lab, None, 9, START), [other]);
        let id = lab.account(ADA).id;
        let before = at("2026-03-01T11:00:00Z");
        let (count, _) = lab.look(|tx| tx.mail_since(id, &["password-changed"], before));
        assert_eq!(count, 2, "a copy counts with its original");
    });
}

#[test]
fn mail_in_a_state_is_found_in_its_order_so_many_at_a_time() {
    on_each_engine(|lab| {
        people(lab);
        let ids: Vec<i64> = (0..4)
            .map(|_| queue(lab, ADA, "invitation", at(START), None))
            .collect();
        lab.settle(|tx| tx.finish_mail(ids[1], MailState::Failed, "550", at(START), at(START)));
        let found = |lab: &mut Lab, state, after, most| -> Vec<i64> {
            let rows = lab.look(|tx| tx.mail_in(state, after, most));
            rows.iter().map(|row| row.id).collect()
        };
        assert_eq!(found(lab, MailState::Queued, 0, 2), [ids[0], ids[2]]);
        assert_eq!(found(lab, MailState::Queued, ids[2], 2), [ids[3]]);
        assert_eq!(found(lab, MailState::Failed, 0, 9), [ids[1]]);
        assert_eq!(found(lab, MailState::Sent, 0, 9), [] as [i64; 0]);
    });
}

#[test]
fn the_next_mail_is_due_after_its_pause_or_the_lease_of_who_has_it() {
    on_each_engine(|lab| {
        people(lab);
        let due = |lab: &mut Lab| lab.look(|tx| tx.next_mail_due());
        assert_eq!(due(lab), None);
        let first = queue(lab, ADA, "invitation", at(START), None);
        assert_eq!(due(lab), Some(at(START)));
        assert_eq!(claim(lab, None, 9, START), [first]);
        assert_eq!(due(lab), Some(at("2026-03-01T12:10:00Z")), "the lease");
        let later = at("2026-03-01T12:30:00Z");
        lab.settle(|tx| tx.finish_mail(first, MailState::Queued, "451", later, at(START)));
        assert_eq!(due(lab), Some(later), "the pause");
        queue(lab, BOB, "invitation", at("2026-03-01T12:20:00Z"), None);
        assert_eq!(due(lab), Some(at("2026-03-01T12:20:00Z")), "the soonest");
        lab.settle(|tx| tx.finish_mail(first, MailState::Sent, "250", later, later));
        assert_eq!(due(lab), Some(at("2026-03-01T12:20:00Z")));
    });
}

#[test]
fn mail_that_was_given_up_begins_anew_and_what_was_sent_is_left_alone() {
    on_each_engine(|lab| {
        people(lab);
        let ids: Vec<i64> = (0..3)
            .map(|_| queue(lab, ADA, "invitation", at(START), None))
            .collect();
        let later = at("2026-03-01T13:00:00Z");
        claim(lab, None, 9, START);
        lab.settle(|tx| {
            tx.finish_mail(ids[0], MailState::Failed, "550", at(START), at(START))?;
            tx.finish_mail(ids[1], MailState::Queued, "451", later, at(START))?;
            tx.finish_mail(ids[2], MailState::Sent, "250", at(START), at(START))
        });
        let now = at("2026-03-01T12:30:00Z");
        let again = |lab: &mut Lab, id| {
            let mut done = false;
            lab.settle(|tx| {
                done = tx.requeue_mail(id, now)?;
                Ok(())
            });
            done
        };
        assert!(again(lab, ids[0]) && again(lab, ids[1]));
        assert!(!again(lab, ids[2]) && !again(lab, 99));
        let given_up = mail(lab, ids[0]);
        assert_eq!(
            (given_up.state, given_up.attempts, given_up.queued_at),
            (MailState::Queued, 0, now)
        );
        assert_eq!((given_up.next_at, given_up.done_at), (now, None));
        let waiting = mail(lab, ids[1]);
        assert_eq!(
            (waiting.attempts, waiting.queued_at, waiting.next_at),
            (0, at(START), now)
        );
    });
}
