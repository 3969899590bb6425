//! Codes that were sent, and the counts of wrong ones.

use admit::domain::account::Account;
use admit::domain::second_factor::Method;
use admit::store::{Fault, Tx};
use admit::vault::Token;
use jiff::Timestamp;

use super::accounts::add;
use crate::support::bench_codes::digits;
use crate::support::bench_store::{ADA, BOB, Lab, START, at, on_each_engine};

const END: &str = "2026-03-01T12:10:00Z";
const LAST: &str = "2026-03-01T12:09:59.999Z";

fn two(lab: &mut Lab) -> (Account, Account) {
    lab.settle(|tx| {
        add(tx, ADA)?;
        add(tx, BOB).map(drop)
    });
    (lab.account(ADA), lab.account(BOB))
}

fn verdict<T: 'static>(lab: &mut Lab, mut work: impl FnMut(&mut Tx<'_>) -> Result<T, Fault>) -> T {
    let mut said = None;
    lab.settle(|tx| {
        said = Some(work(tx)?);
        Ok(())
    });
    said.unwrap()
}

/// A code asked for at a time, that begins with so many tries.
fn send(lab: &mut Lab, account: &Account, tries: i64, created_at: Timestamp) -> (i64, Token) {
    verdict(lab, |tx| {
        tx.add_sent_code(account, 1, Method::Mail, tries, created_at, at(END))
    })
}

fn read(lab: &mut Lab, id: i64, account: &Account) -> Option<String> {
    lab.look(|tx| tx.code_to_send(id, account))
        .map(|code| code.expose().clone())
}

fn use_it(lab: &mut Lab, id: i64, ticket: &Token, typed: &str, time: &str) -> bool {
    verdict(lab, |tx| {
        tx.use_sent_code(id, &ticket.hash(), &digits(typed), at(time))
    })
}

fn other_than(code: &str) -> &'static str {
    if code == "123456" { "654321" } else { "123456" }
}

#[test]
fn a_code_is_found_by_its_ticket() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let (id, ticket) = send(lab, &ada, 2, at(START));
        let sent = lab.look(|tx| tx.sent_code(&ticket.hash())).unwrap();
        assert_eq!(lab.look(|tx| tx.sent_code_by_id(id)), Some(sent));
        assert_eq!((sent.id, sent.account_id, sent.panel_id), (id, ada.id, 1));
        assert_eq!((sent.method, sent.tries), (Method::Mail, 2));
        assert_eq!((sent.created_at, sent.expires_at), (at(START), at(END)));
        assert_eq!((sent.used_at, sent.superseded_at), (None, None));
        let (_, other) = send(lab, &ada, 0, at(START));
        assert_ne!(ticket.as_str(), other.as_str());
    });
}

#[test]
fn the_code_can_be_read_by_who_sends_it_until_it_is_wiped() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let (id, _) = send(lab, &ada, 0, at(START));
        let code = read(lab, id, &ada).unwrap();
        assert_eq!(code.len(), 6);
        assert!(code.bytes().all(|byte| byte.is_ascii_digit()));
        assert_eq!(read(lab, id, &bob), None);
        lab.settle(|tx| tx.wipe_code(id));
        assert_eq!(read(lab, id, &ada), None);
    });
}

#[test]
fn a_code_that_was_wiped_after_sending_still_counts() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let (id, ticket) = send(lab, &ada, 0, at(START));
        let code = read(lab, id, &ada).unwrap();
        lab.settle(|tx| tx.wipe_code(id));
        assert!(use_it(lab, id, &ticket, &code, LAST));
    });
}

#[test]
fn neither_code_nor_a_plain_hash_of_it_is_in_the_file() {
    use sha2::{Digest as _, Sha256};
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let (id, ticket) = send(lab, &ada, 0, at(START));
        let code = read(lab, id, &ada).unwrap();
        let hash: Vec<u8> = lab.raw().one("select hash from sent_code", &[]);
        let sealed: Vec<u8> = lab.raw().one("select code from sent_code", &[]);
        let mut bound = ticket.hash().as_bytes().to_vec();
        bound.extend_from_slice(code.as_bytes());
        assert_ne!(hash, Sha256::digest(code.as_bytes()).to_vec());
        assert_ne!(hash, Sha256::digest(&bound).to_vec());
        assert!(!sealed.windows(6).any(|part| part == code.as_bytes()));
    });
}

#[test]
fn a_code_is_used_once_until_its_end_with_its_own_digits_and_ticket() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let (id, ticket) = send(lab, &ada, 0, at(START));
        let code = read(lab, id, &ada).unwrap();
        let stranger = lab
            .vault(9)
            .random_token(admit::vault::Purpose::Ticket)
            .unwrap();
        assert!(!use_it(lab, id, &ticket, other_than(&code), LAST));
        assert!(!use_it(lab, id, &stranger, &code, LAST));
        assert!(!use_it(lab, id, &ticket, &code, END));
        assert!(use_it(lab, id, &ticket, &code, LAST));
        assert!(!use_it(lab, id, &ticket, &code, LAST));
        let sent = lab.look(|tx| tx.sent_code_by_id(id)).unwrap();
        assert_eq!(sent.used_at, Some(at(LAST)));
        assert_eq!(read(lab, id, &ada), None);
    });
}

#[test]
fn a_newer_code_kills_and_wipes_the_older_one_of_that_person_alone() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let (older, ticket) = send(lab, &ada, 0, at(START));
        let code = read(lab, older, &ada).unwrap();
        let (bobs, _) = send(lab, &bob, 0, at(START));
        let later = at("2026-03-01T12:01:00Z");
        let (newer, _) = send(lab, &ada, 0, later);
        let superseded =
            |lab: &mut Lab, id| lab.look(|tx| tx.sent_code_by_id(id)).unwrap().superseded_at;
        assert_eq!(superseded(lab, older), Some(later));
        assert_eq!(superseded(lab, newer), None);
        assert_eq!(superseded(lab, bobs), None);
        assert_eq!(read(lab, older, &ada), None);
        assert!(read(lab, bobs, &bob).is_some());
        assert!(!use_it(lab, older, &ticket, &code, LAST));
        assert!(!verdict(lab, |tx| tx.try_sent_code(older, at(LAST))));
    });
}

#[test]
fn a_code_is_looked_at_five_times_and_not_after_its_end() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let (id, _) = send(lab, &ada, 3, at(START));
        for (time, looked) in [(END, false), (LAST, true), (LAST, true), (LAST, false)] {
            assert_eq!(verdict(lab, |tx| tx.try_sent_code(id, at(time))), looked);
        }
        assert_eq!(lab.look(|tx| tx.sent_code_by_id(id)).unwrap().tries, 5);
    });
}

#[test]
fn a_code_that_was_used_is_not_looked_at_again() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let (id, ticket) = send(lab, &ada, 0, at(START));
        let code = read(lab, id, &ada).unwrap();
        assert!(use_it(lab, id, &ticket, &code, LAST));
        assert!(!verdict(lab, |tx| tx.try_sent_code(id, at(LAST))));
    });
}

#[test]
fn codes_and_tries_are_counted_since_an_instant() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let since =
            |lab: &mut Lab, time: &str| lab.look(|tx| tx.sent_codes_since(ada.id, at(time)));
        assert_eq!(since(lab, "2026-03-01T00:00:00Z"), (0, 0));
        let (first, _) = send(lab, &ada, 0, at(START));
        lab.settle(|tx| tx.try_sent_code(first, at(START)).map(drop));
        send(lab, &bob, 4, at(START));
        send(lab, &ada, 1, at("2026-03-01T12:01:00Z"));
        assert_eq!(since(lab, "2026-03-01T11:59:59.999Z"), (2, 1));
        assert_eq!(since(lab, START), (1, 1));
        assert_eq!(since(lab, "2026-03-01T12:01:00Z"), (0, 0));
    });
}

#[test]
fn tries_before_the_last_code_that_was_used_are_over() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let since =
            |lab: &mut Lab| lab.look(|tx| tx.sent_codes_since(ada.id, at("2026-03-01T00:00:00Z")));
        send(lab, &ada, 4, at(START));
        let (id, ticket) = send(lab, &ada, 4, at(START));
        let code = read(lab, id, &ada).unwrap();
        assert_eq!(since(lab), (2, 4));
        assert!(use_it(lab, id, &ticket, &code, LAST));
        assert_eq!(since(lab), (2, 0));
        send(lab, &ada, 2, at(START));
        assert_eq!(since(lab), (3, 2));
    });
}

#[test]
fn wrong_codes_are_counted_in_a_row_and_since_an_instant() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let count = |lab: &mut Lab, who: &Account, since: &str, now: &str| {
            verdict(lab, |tx| tx.count_wrong_code(who.id, at(since), at(now)))
        };
        let day = "2026-03-01T00:00:00Z";
        assert_eq!(count(lab, &ada, day, "2026-03-01T12:00:00Z"), (1, 1));
        assert_eq!(count(lab, &ada, day, "2026-03-01T12:01:00Z"), (2, 2));
        assert_eq!(count(lab, &bob, day, "2026-03-01T12:01:00Z"), (1, 1));
        let lock = lab.account(ADA).lock;
        assert_eq!(lock.wrong_codes, 2);
        assert_eq!(lock.first_wrong_code_at, Some(at("2026-03-01T12:00:00Z")));
        assert_eq!(lock.last_wrong_code_at, Some(at("2026-03-01T12:01:00Z")));
        // From an instant on: what came at that instant is over.
        let from_first = "2026-03-01T12:00:00Z";
        assert_eq!(count(lab, &ada, from_first, "2026-03-01T12:02:00Z"), (3, 2));
    });
}

#[test]
fn a_right_code_clears_the_row_and_keeps_the_month_and_forgetting_clears_the_month() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let day = at("2026-03-01T00:00:00Z");
        lab.settle(|tx| {
            tx.count_wrong_code(ada.id, day, at(START))?;
            tx.count_wrong_code(bob.id, day, at(START)).map(drop)
        });
        lab.settle(|tx| tx.clear_wrong_codes(ada.id));
        let lock = lab.account(ADA).lock;
        assert_eq!(
            (
                lock.wrong_codes,
                lock.first_wrong_code_at,
                lock.last_wrong_code_at
            ),
            (0, None, None)
        );
        assert_eq!(lab.account(BOB).lock.wrong_codes, 1);
        assert_eq!(lab.look(|tx| tx.wrong_codes_since(ada.id, day)), 1);
        lab.settle(|tx| tx.forget_wrong_codes(ada.id));
        assert_eq!(lab.look(|tx| tx.wrong_codes_since(ada.id, day)), 0);
        assert_eq!(lab.look(|tx| tx.wrong_codes_since(bob.id, day)), 1);
    });
}

#[test]
fn the_bar_on_mailed_codes_is_set_and_lifted() {
    on_each_engine(|lab| {
        two(lab);
        let ada = lab.account(ADA);
        assert_eq!(ada.mail_barred_at, None);
        lab.settle(|tx| tx.bar_mailed_codes(ada.id, Some(at(START))));
        assert_eq!(lab.account(ADA).mail_barred_at, Some(at(START)));
        assert_eq!(lab.account(BOB).mail_barred_at, None);
        lab.settle(|tx| tx.bar_mailed_codes(ada.id, None));
        assert_eq!(lab.account(ADA).mail_barred_at, None);
    });
}

#[test]
fn codes_that_were_not_used_end_together_and_are_wiped() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let (first, first_ticket) = send(lab, &ada, 0, at(START));
        let code = read(lab, first, &ada).unwrap();
        let (second, _) = send(lab, &ada, 0, at(START));
        let (bobs, bobs_ticket) = send(lab, &bob, 0, at(START));
        let bobs_code = read(lab, bobs, &bob).unwrap();
        lab.settle(|tx| tx.end_sent_codes(ada.id, at(START)));
        for id in [first, second] {
            assert_eq!(read(lab, id, &ada), None, "{id}");
        }
        assert!(!use_it(lab, first, &first_ticket, &code, LAST));
        assert!(use_it(lab, bobs, &bobs_ticket, &bobs_code, LAST));
    });
}

#[test]
fn a_code_ends_with_the_way_that_it_went() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let (mailed, ticket) = send(lab, &ada, 0, at(START));
        let (bobs, _) = verdict(lab, |tx| {
            tx.add_sent_code(&bob, 1, Method::Sms, 0, at(START), at(END))
        });
        let code = read(lab, mailed, &ada).unwrap();
        lab.settle(|tx| tx.end_codes_by(ada.id, Method::Sms, at(START)));
        assert!(use_it(lab, mailed, &ticket, &code, LAST));
        let (texted, ticket) = verdict(lab, |tx| {
            tx.add_sent_code(&ada, 1, Method::Sms, 0, at(START), at(END))
        });
        let code = read(lab, texted, &ada).unwrap();
        lab.settle(|tx| tx.end_codes_by(ada.id, Method::Sms, at(LAST)));
        let ended = lab.look(|tx| tx.sent_code_by_id(texted)).unwrap();
        assert_eq!(ended.superseded_at, Some(at(LAST)));
        assert_eq!(read(lab, texted, &ada), None, "it is wiped");
        assert!(!use_it(lab, texted, &ticket, &code, LAST));
        assert!(read(lab, bobs, &bob).is_some(), "other people's stay");
        // One that ended, or was used, keeps its time.
        lab.settle(|tx| tx.end_codes_by(ada.id, Method::Sms, at(END)));
        assert_eq!(lab.look(|tx| tx.sent_code_by_id(texted)), Some(ended));
    });
}

#[test]
fn a_second_factor_that_an_operator_took_off_is_noted_for_that_person_alone() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        lab.settle(|tx| tx.note_factor_reset(ada.id, Some(at(START))));
        let noted = |lab: &mut Lab, who| lab.account(who).factor_reset_at;
        assert_eq!((noted(lab, ADA), noted(lab, BOB)), (Some(at(START)), None));
        lab.settle(|tx| tx.note_factor_reset(ada.id, None));
        assert_eq!(noted(lab, ADA), None);
    });
}
