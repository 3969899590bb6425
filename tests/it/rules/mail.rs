//! M1, M2, M5: mail leaves after the commit, and nothing on disk gives a secret away.

use admit::domain::link::LinkPurpose;
use admit::mail::DeliveryFault;
use admit::ops::deliver::deliver;
use admit::ops::reset_password::Reset;
use admit::ops::unlock::Unlock;
use admit::store::MailState;
use admit::vault::Token;

use crate::support::bench_store::{
    ADA, BOB, Lab, OTHER_PASSWORD, PASSWORD, WRONG, at, days, minutes, on_each_engine,
};

/// Every byte that the store leaves.
pub(super) fn bytes(lab: &Lab) -> Vec<u8> {
    lab.place.bytes()
}

pub(super) fn holds(haystack: &[u8], needle: &[u8]) -> bool {
    haystack
        .windows(needle.len())
        .any(|window| window == needle)
}

/// Nothing that the store leaves holds any of these texts.
pub(super) fn assert_nowhere(lab: &Lab, canaries: &[&str]) {
    let all = bytes(lab);
    for canary in canaries {
        assert!(!holds(&all, canary.as_bytes()), "the store holds {canary}");
    }
}

/// The 256 bits that a token's text stands for.
fn bits(token: &Token) -> Vec<u8> {
    let alphabet = b"0123456789abcdefghjkmnpqrstvwxyz";
    let (mut pending, mut count, mut out) = (0u32, 0, Vec::new());
    for character in token.as_str()[6..].bytes() {
        let value = alphabet
            .iter()
            .position(|letter| *letter == character)
            .unwrap();
        pending = (pending << 5) | u32::try_from(value).unwrap();
        count += 5;
        if count >= 8 {
            count -= 8;
            out.push(u8::try_from((pending >> count) & 0xff).unwrap());
        }
    }
    out.truncate(32);
    out
}

#[test]
fn no_token_and_no_password_lies_in_any_file() {
    let mut lab = Lab::new();
    let mut tokens = Vec::new();
    lab.member(ADA);
    let invitation = lab.newest(ADA, LinkPurpose::Invitation).unwrap().id;
    tokens.push(lab.token(invitation));
    let session = lab.signed_in(ADA, PASSWORD).session;
    lab.fail(ADA, 6);
    tokens.push(lab.reset_token(ADA));
    lab.deliver();
    let reset = lab
        .reset(
            ADA,
            &Reset {
                print_link: true,
                ..Reset::default()
            },
        )
        .unwrap();
    tokens.push(lab.token(reset.link_id.unwrap()));
    let token = lab.token(reset.link_id.unwrap());
    tokens.push(lab.reset_by_link(&token, OTHER_PASSWORD).unwrap());
    tokens.push(session);
    lab.invite(BOB);
    let link = lab.newest(BOB, LinkPurpose::Invitation).unwrap().id;
    tokens.push(lab.token(link));
    lab.sign_in(ADA, WRONG).err().unwrap();

    let all = bytes(&lab);
    // What must be found is found: the look works, also in the log.
    assert!(holds(&all, ADA.as_bytes()) && holds(&all, tokens[0].hash().as_bytes()));
    for token in &tokens {
        assert!(
            !holds(&all, token.as_str().as_bytes()),
            "{:?}",
            token.purpose()
        );
        assert!(
            !holds(&all, &token.as_str().as_bytes()[6..]),
            "{:?} without prefix",
            token.purpose()
        );
        assert!(!holds(&all, &bits(token)), "{:?} as bits", token.purpose());
        let again = Token::parse(token.as_str()).unwrap();
        assert_eq!(again.hash(), token.hash());
    }
    assert_nowhere(&lab, &[PASSWORD, OTHER_PASSWORD, WRONG, "adm_"]);
    assert_nowhere(
        &lab,
        &[lab.keys.lines().last().unwrap().split(' ').nth(2).unwrap()],
    );
}

#[test]
fn an_erased_person_is_in_no_file_once_the_log_is_written_back() {
    let mut lab = Lab::new();
    lab.invite("quetzalcoatl@example.com");
    lab.deliver();
    lab.revoke("quetzalcoatl@example.com", None).unwrap();
    lab.place.empty_log();
    assert_nowhere(&lab, &["quetzalcoatl"]);
}

#[test]
fn the_mail_carries_the_link_that_registers() {
    on_each_engine(|lab| {
        lab.invite(ADA);
        assert_eq!(lab.deliver().sent, 1);
        let letter = lab.mailbox.last_to(ADA).unwrap();
        let token = Token::parse(&letter.token().unwrap()).unwrap();
        lab.register(&token, PASSWORD).unwrap();
        assert_eq!(lab.deliver().total(), 0, "what was sent is not sent again");
        assert_eq!(lab.mailbox.letters().len(), 1);
    });
}

#[test]
fn mail_that_could_not_be_handed_over_is_tried_with_growing_pauses_and_given_up_after_a_day() {
    on_each_engine(|lab| {
        lab.invite(ADA);
        lab.mailbox.fail_with(Some(DeliveryFault {
            retry: true,
            detail: "451 later".into(),
        }));
        let mut last = at("2026-03-01T12:00:00Z");
        for pause in [1, 5, 15, 30, 60, 60] {
            lab.now = last;
            assert_eq!(lab.deliver().retrying, 1);
            let row = lab.mail_of(ADA).remove(0);
            assert_eq!(row.next_at.duration_since(last), minutes(pause));
            assert_eq!(row.detail.as_deref(), Some("451 later"));
            lab.now = row
                .next_at
                .checked_sub(minutes(0))
                .unwrap()
                .checked_sub(jiff::SignedDuration::from_millis(1))
                .unwrap();
            assert_eq!(lab.deliver().total(), 0, "not before it is due");
            last = row.next_at;
        }
        lab.set_clock("2026-03-02T12:00:00Z");
        assert_eq!(lab.deliver().failed, 1);
        let row = lab.mail_of(ADA).remove(0);
        assert_eq!(
            (row.state, row.done_at),
            (MailState::Failed, Some(at("2026-03-02T12:00:00Z")))
        );
        lab.mailbox.fail_with(None);
        lab.advance(days(1));
        assert_eq!(lab.deliver().total(), 0);
    });
}

#[test]
fn what_is_refused_for_good_is_given_up_at_once() {
    on_each_engine(|lab| {
        lab.invite(ADA);
        lab.mailbox.fail_with(Some(DeliveryFault {
            retry: false,
            detail: "550 no such user".into(),
        }));
        assert_eq!(lab.deliver().failed, 1);
        let row = lab.mail_of(ADA).remove(0);
        assert_eq!(
            (row.state, row.detail.as_deref()),
            (MailState::Failed, Some("550 no such user"))
        );
        let notes: Vec<&str> = lab.why(ADA, None)[0]
            .notes
            .iter()
            .map(|note| note.kind)
            .collect();
        assert!(notes.contains(&"mail-failed"), "{notes:?}");
    });
}

#[test]
fn mail_whose_link_is_dead_or_over_is_not_sent() {
    on_each_engine(|lab| {
        lab.invite(ADA);
        lab.resend(ADA).unwrap();
        let delivery = lab.deliver();
        assert_eq!(
            (delivery.sent, delivery.lapsed),
            (1, 1),
            "the superseded one lapses"
        );
        lab.invite(BOB);
        lab.advance(days(7));
        assert_eq!(lab.deliver().lapsed, 1, "the link is over");
        let row = lab.mail_of(BOB).remove(0);
        assert_eq!(row.state, MailState::Lapsed);
        assert!(row.detail.unwrap().contains("expired"));
        assert_eq!(lab.mailbox.letters().len(), 1);
    });
}

#[test]
fn a_sender_that_died_leaves_its_mail_to_another_with_the_same_message_id() {
    on_each_engine(|lab| {
        lab.invite(ADA);
        let now = lab.now;
        let id = lab.mail_of(ADA).remove(0).message_id;
        lab.settle(|tx| tx.claim_mail(None, 9, minutes(10), now).map(drop));
        assert_eq!(lab.deliver().total(), 0);
        lab.advance(minutes(10));
        assert_eq!(lab.deliver().sent, 1);
        assert!(
            lab.mailbox.letters()[0]
                .message_id
                .contains(id.trim_matches(['<', '>']))
        );
    });
}

#[test]
fn a_sender_that_is_stopped_gives_the_rest_back_untried() {
    on_each_engine(|lab| {
        for index in 0..3 {
            lab.invite(&format!("guest{index}@example.com"));
        }
        let (op, mailer) = (lab.op(), lab.mailer());
        let delivery = deliver(&mut lab.store, &op, &mailer, None, &mut |done| done < 1).unwrap();
        assert_eq!(delivery.sent, 1);
        assert_eq!(lab.look(|tx| tx.waiting_mail()).0, 2);
        assert_eq!(lab.mail_of("guest2@example.com")[0].attempts, 0);
        assert_eq!(lab.deliver().sent, 2);
    });
}

#[test]
fn more_mail_than_one_batch_is_all_sent_once() {
    on_each_engine(|lab| {
        for index in 0..120 {
            lab.invite(&format!("guest{index}@example.com"));
        }
        let only = lab.mail_of("guest7@example.com")[0].id;
        let (op, mailer) = (lab.op(), lab.mailer());
        let one = deliver(&mut lab.store, &op, &mailer, Some(only), &mut |_| true).unwrap();
        assert_eq!(one.sent, 1);
        assert_eq!(lab.mailbox.letters()[0].to, "guest7@example.com");
        assert_eq!(lab.deliver().sent, 119);
        let mut to: Vec<String> = lab
            .mailbox
            .letters()
            .into_iter()
            .map(|letter| letter.to)
            .collect();
        to.sort();
        to.dedup();
        assert_eq!(to.len(), 120);
    });
}

#[test]
fn mail_that_was_overtaken_is_not_sent() {
    type Step = fn(&mut Lab);
    let lock: Step = |lab| lab.fail(ADA, 6);
    let lock_for_good: Step = |lab| {
        lab.set_main("locks-in-a-row", "1");
        lab.fail(ADA, 6);
    };
    let open: Step = |lab| drop(lab.unlock_because(ADA));
    let keep: Step = |lab| {
        let request = Unlock {
            reason: Some("case 4711".into()),
            keep_password: true,
            ..Unlock::default()
        };
        lab.unlock(ADA, &request).map(drop).unwrap();
    };
    let give_back: Step = |lab| {
        lab.remove(ADA, None).unwrap();
        lab.invite_for(ADA, "3d");
    };
    let remove: Step = |lab| drop(lab.remove(ADA, None).unwrap());
    let wait: Step = |lab| lab.advance(days(3));
    let nothing: Step = |_| {};
    for (kind, queue, then, why) in [
        ("locked", lock, open, Some("the account was unlocked")),
        ("locked", lock, nothing, None),
        (
            "locked-permanently",
            lock_for_good,
            open,
            Some("the account was unlocked"),
        ),
        (
            "locked-permanently",
            lock_for_good,
            keep,
            Some("the account was unlocked"),
        ),
        ("locked-permanently", lock_for_good, nothing, None),
        (
            "access-restored",
            give_back,
            remove,
            Some("the access was removed again"),
        ),
        (
            "access-restored",
            give_back,
            wait,
            Some("the access has ended"),
        ),
        ("access-restored", give_back, nothing, None),
    ] {
        let mut lab = Lab::new();
        lab.member(ADA);
        lab.deliver();
        queue(&mut lab);
        let row = lab.mail_of(ADA).into_iter().find(|row| row.kind == kind);
        let id = row.unwrap_or_else(|| panic!("{kind}")).id;
        lab.advance(minutes(1));
        then(&mut lab);
        lab.deliver();
        let row = lab.look(|tx| tx.mail(id)).unwrap();
        let expected = match why {
            Some(_) => MailState::Lapsed,
            None => MailState::Sent,
        };
        assert_eq!(row.state, expected, "{kind}: {:?}", row.detail);
        if why.is_some() {
            assert_eq!(row.detail.as_deref(), why, "{kind}");
        }
    }
}

#[test]
fn of_two_locks_only_the_mail_of_the_one_that_holds_is_sent() {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.deliver();
    lab.set_main("locks-in-a-row", "1");
    lab.fail(ADA, 6);
    lab.advance(minutes(1));
    lab.unlock_because(ADA);
    lab.advance(minutes(1));
    lab.fail(ADA, 6);
    lab.deliver();
    let states: Vec<_> = lab
        .mail_of(ADA)
        .into_iter()
        .filter(|row| row.kind == "locked-permanently")
        .map(|row| row.state)
        .collect();
    assert_eq!(
        states,
        [MailState::Sent, MailState::Lapsed],
        "the newest first"
    );
}
