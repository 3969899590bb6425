//! Authenticators, offers and backup codes.

use admit::domain::account::Account;
use admit::store::{FactorBrief, Tx};
use admit::vault::{BackupCode, Entropy, Purpose, Token, TotpSecret};

use super::accounts::add;
use crate::support::bench_store::{ADA, BOB, Lab, START, at, on_each_engine};

const STEP: i64 = 59_076_000;

fn two(lab: &mut Lab) -> (Account, Account) {
    lab.settle(|tx| {
        add(tx, ADA)?;
        add(tx, BOB).map(drop)
    });
    (lab.account(ADA), lab.account(BOB))
}

fn random(seed: u64) -> TotpSecret {
    TotpSecret::random(&Entropy::seeded(seed)).unwrap()
}

fn holder(lab: &Lab, seed: u64) -> Token {
    lab.vault(seed).random_token(Purpose::Ticket).unwrap()
}

fn set(lab: &mut Lab, account: &Account, secret: &TotpSecret, step: i64) {
    lab.settle(|tx| tx.set_factor(account, secret, step, at(START)));
}

fn secret_of(lab: &mut Lab, account: &Account) -> Option<[u8; 20]> {
    lab.look(|tx| tx.second_factor(account))
        .map(|factor| *factor.secret.as_bytes())
}

fn brief(lab: &mut Lab, account: &Account) -> FactorBrief {
    lab.look(|tx| tx.factor_brief(account.id)).unwrap()
}

/// What a change says.
fn verdict<T: 'static>(
    lab: &mut Lab,
    mut work: impl FnMut(&mut Tx<'_>) -> Result<T, admit::store::Fault>,
) -> T {
    let mut said = None;
    lab.settle(|tx| {
        said = Some(work(tx)?);
        Ok(())
    });
    said.unwrap()
}

#[test]
fn who_set_nothing_up_has_nothing() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        assert_eq!(lab.look(|tx| tx.factor_brief(ada.id)), None);
        assert_eq!(secret_of(lab, &ada), None);
        assert_eq!(lab.look(|tx| tx.backup_codes_left(ada.id)), 0);
    });
}

#[test]
fn a_secret_comes_back_as_it_was_set_for_its_person_alone() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let secret = random(7);
        set(lab, &ada, &secret, STEP);
        assert_eq!(secret_of(lab, &ada).as_ref(), Some(secret.as_bytes()));
        assert_eq!(secret_of(lab, &bob), None);
        assert_eq!(
            brief(lab, &ada),
            FactorBrief {
                set_at: at(START),
                used_at: None,
                last_step: STEP,
                clock: None,
                backup_codes_left: 0,
            }
        );
    });
}

#[test]
fn a_secret_that_was_moved_to_another_person_does_not_open() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        set(lab, &ada, &random(7), STEP);
        lab.raw()
            .execute("update second_factor set account_id = $1", &[bob.id.into()])
            .unwrap();
        assert!(lab.store.read(|tx| tx.second_factor(&bob)).is_err());
    });
}

#[test]
fn a_step_is_spent_once_and_only_if_it_is_later_than_the_last() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        set(lab, &ada, &random(7), STEP);
        set(lab, &bob, &random(8), STEP);
        for (step, spent) in [
            (STEP - 1, false),
            (STEP, false),
            (STEP + 1, true),
            (STEP + 1, false),
            (STEP, false),
            (STEP + 3, true),
            (STEP + 2, false),
        ] {
            let said = verdict(lab, |tx| {
                tx.use_step(ada.id, step, at("2026-03-01T12:00:30Z"))
            });
            assert_eq!(said, spent, "{step}");
        }
        let now = brief(lab, &ada);
        assert_eq!(
            (now.last_step, now.used_at),
            (STEP + 3, Some(at("2026-03-01T12:00:30Z")))
        );
        assert_eq!(brief(lab, &bob).last_step, STEP);
    });
}

#[test]
fn a_step_of_nobodys_app_is_not_spent() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        assert!(!verdict(lab, |tx| tx.use_step(ada.id, STEP, at(START))));
    });
}

#[test]
fn the_offset_of_a_clock_is_kept_until_a_step_is_spent() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        set(lab, &ada, &random(7), STEP);
        let seen = at("2026-03-01T12:05:00Z");
        lab.settle(|tx| tx.note_clock(ada.id, -7, seen));
        assert_eq!(brief(lab, &ada).clock, Some((-7, seen)));
        assert!(!verdict(lab, |tx| tx.use_step(ada.id, STEP, seen)));
        assert_eq!(brief(lab, &ada).clock, Some((-7, seen)));
        assert!(verdict(lab, |tx| tx.use_step(ada.id, STEP + 10, seen)));
        assert_eq!(brief(lab, &ada).clock, None);
    });
}

#[test]
fn a_new_secret_takes_the_place_of_the_old_and_knows_nothing_of_it() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        set(lab, &ada, &random(7), STEP + 9);
        lab.settle(|tx| tx.note_clock(ada.id, 4, at(START)));
        let new = random(8);
        let later = at("2026-03-02T12:00:00Z");
        lab.settle(|tx| tx.set_factor(&ada, &new, STEP + 1, later));
        assert_eq!(secret_of(lab, &ada).as_ref(), Some(new.as_bytes()));
        let brief = brief(lab, &ada);
        assert_eq!(
            (brief.set_at, brief.used_at, brief.last_step, brief.clock),
            (later, None, STEP + 1, None)
        );
    });
}

#[test]
fn an_offer_is_its_holders_alone_until_its_end() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let (mine, other) = (holder(lab, 3), holder(lab, 4));
        let secret = random(7);
        let end = at("2026-03-01T12:30:00Z");
        lab.settle(|tx| tx.offer_factor(&ada, &secret, &mine.hash(), at(START), end));
        let offered = |lab: &mut Lab, account: &Account, holder: &Token, time: &str| {
            lab.look(|tx| tx.factor_offer(account, &holder.hash(), at(time)))
                .map(|secret| *secret.as_bytes())
        };
        let last = "2026-03-01T12:29:59.999Z";
        assert_eq!(
            offered(lab, &ada, &mine, last).as_ref(),
            Some(secret.as_bytes())
        );
        assert_eq!(offered(lab, &ada, &other, last), None);
        assert_eq!(offered(lab, &bob, &mine, last), None);
        assert_eq!(offered(lab, &ada, &mine, "2026-03-01T12:30:00Z"), None);
        for (account, holder, time, taken) in [
            (&ada, &other, last, false),
            (&bob, &mine, last, false),
            (&ada, &mine, "2026-03-01T12:30:00Z", false),
            (&ada, &mine, last, true),
            (&ada, &mine, last, false),
        ] {
            let said = verdict(lab, |tx| {
                tx.take_offer(account.id, &holder.hash(), at(time))
            });
            assert_eq!(said, taken, "{time}");
        }
    });
}

#[test]
fn an_offer_is_no_factor() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let mine = holder(lab, 3);
        let end = at("2026-03-01T12:30:00Z");
        lab.settle(|tx| tx.offer_factor(&ada, &random(7), &mine.hash(), at(START), end));
        assert_eq!(secret_of(lab, &ada), None);
        // Nor does its box open as one.
        lab.raw()
            .batch(
                "insert into second_factor (account_id, secret, last_step, set_at) \
                 select account_id, secret, 0, 0 from factor_offer",
            )
            .unwrap();
        assert!(lab.store.read(|tx| tx.second_factor(&ada)).is_err());
    });
}

#[test]
fn a_newer_offer_kills_the_older_and_one_taken_back_is_gone() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let (older, newer) = (holder(lab, 3), holder(lab, 4));
        let end = at("2026-03-01T12:30:00Z");
        for holder in [&older, &newer] {
            lab.settle(|tx| tx.offer_factor(&ada, &random(7), &holder.hash(), at(START), end));
        }
        let stands = |lab: &mut Lab, holder: &Token| {
            lab.look(|tx| tx.factor_offer(&ada, &holder.hash(), at(START)))
                .is_some()
        };
        assert!(!stands(lab, &older));
        assert!(stands(lab, &newer));
        lab.settle(|tx| tx.withdraw_offer(ada.id));
        assert!(!stands(lab, &newer));
    });
}

fn codes(seed: u64, count: usize) -> Vec<BackupCode> {
    let entropy = Entropy::seeded(seed);
    (0..count)
        .map(|_| BackupCode::random(&entropy).unwrap())
        .collect()
}

#[test]
fn a_backup_code_is_used_once_by_its_person() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let set = codes(5, 10);
        lab.settle(|tx| tx.set_backup_codes(ada.id, &set, at(START)));
        assert_eq!(lab.look(|tx| tx.backup_codes_left(ada.id)), 10);
        for (who, used, left) in [(&bob, false, 10), (&ada, true, 9), (&ada, false, 9)] {
            let said = verdict(lab, |tx| tx.use_backup_code(who.id, &set[4], at(START)));
            assert_eq!(said, used);
            assert_eq!(lab.look(|tx| tx.backup_codes_left(ada.id)), left);
        }
    });
}

#[test]
fn a_new_set_of_backup_codes_takes_the_place_of_the_old() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let (old, new, bobs) = (codes(5, 10), codes(6, 10), codes(7, 10));
        lab.settle(|tx| {
            tx.set_backup_codes(ada.id, &old, at(START))?;
            tx.set_backup_codes(bob.id, &bobs, at(START))?;
            tx.set_backup_codes(ada.id, &new, at(START))
        });
        assert!(!verdict(lab, |tx| tx.use_backup_code(
            ada.id,
            &old[0],
            at(START)
        )));
        assert!(verdict(lab, |tx| tx.use_backup_code(
            ada.id,
            &new[0],
            at(START)
        )));
        assert_eq!(lab.look(|tx| tx.backup_codes_left(bob.id)), 10);
    });
}

#[test]
fn taking_a_factor_off_takes_offer_and_backup_codes_along_and_says_what_went() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let (set_a, set_b) = (codes(5, 10), codes(6, 10));
        let mine = holder(lab, 3);
        let end = at("2026-03-01T12:30:00Z");
        lab.settle(|tx| {
            for (account, set) in [(&ada, &set_a), (&bob, &set_b)] {
                tx.set_factor(account, &random(7), STEP, at(START))?;
                tx.set_backup_codes(account.id, set, at(START))?;
            }
            tx.use_backup_code(ada.id, &set_a[0], at(START))?;
            tx.offer_factor(&ada, &random(9), &mine.hash(), at(START), end)
        });
        assert_eq!(verdict(lab, |tx| tx.remove_factor(ada.id)), (true, 9));
        assert_eq!(secret_of(lab, &ada), None);
        assert!(
            lab.look(|tx| tx.factor_offer(&ada, &mine.hash(), at(START)))
                .is_none()
        );
        assert!(!verdict(lab, |tx| tx.use_backup_code(
            ada.id,
            &set_a[1],
            at(START)
        )));
        assert_eq!(verdict(lab, |tx| tx.remove_factor(ada.id)), (false, 0));
        assert_eq!(brief(lab, &bob).backup_codes_left, 10);
    });
}

#[test]
fn erasing_a_person_erases_their_factor() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        set(lab, &ada, &random(7), STEP);
        lab.settle(|tx| {
            tx.set_backup_codes(ada.id, &codes(5, 10), at(START))?;
            tx.erase_account(ada.id)
        });
        let rows: i64 = lab.raw().one(
            "select (select count(*) from second_factor) + (select count(*) from backup_code)",
            &[],
        );
        assert_eq!(rows, 0);
    });
}

#[test]
fn all_tickets_of_one_purpose_end_and_no_others() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let end = at("2026-03-01T12:30:00Z");
        let mut make = |purpose: &'static str, account: &Account| {
            verdict(lab, |tx| tx.add_ticket(purpose, account.id, at(START), end))
        };
        let (first, second) = (make("set-up", &ada), make("set-up", &ada));
        let (other, bobs) = (make("sign-in", &ada), make("set-up", &bob));
        lab.settle(|tx| tx.spend_tickets("set-up", ada.id, at(START)));
        for (purpose, token, holder) in [
            ("set-up", &first, None),
            ("set-up", &second, None),
            ("sign-in", &other, Some(ada.id)),
            ("set-up", &bobs, Some(bob.id)),
        ] {
            assert_eq!(
                lab.look(|tx| tx.ticket_holder(purpose, &token.hash(), at(START))),
                holder
            );
        }
    });
}

#[test]
fn the_clock_of_a_set_up_is_kept_until_one_is_set_or_it_is_forgotten() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let clock = |lab: &mut Lab, who: &Account| lab.look(|tx| tx.set_up_clock(who.id));
        assert_eq!(clock(lab, &ada), None);
        let seen = Some((4, at(START)));
        lab.settle(|tx| tx.note_set_up_clock(ada.id, seen));
        assert_eq!((clock(lab, &ada), clock(lab, &bob)), (seen, None));
        lab.settle(|tx| tx.note_set_up_clock(ada.id, None));
        assert_eq!(clock(lab, &ada), None);
        lab.settle(|tx| tx.note_set_up_clock(ada.id, seen));
        set(lab, &ada, &random(7), STEP);
        assert_eq!(clock(lab, &ada), None);
    });
}

#[test]
fn the_clocks_of_others_are_compared_give_or_take_a_step_and_accepted_codes_are_seen() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let early = at("2026-03-01T11:00:00Z");
        let late = at("2026-03-01T11:30:00Z");
        set(lab, &bob, &random(7), STEP);
        lab.settle(|tx| {
            tx.note_set_up_clock(ada.id, Some((4, late)))?;
            tx.note_clock(bob.id, 5, early)
        });
        let same = |lab: &mut Lab, who: &Account, steps, since| {
            lab.look(|tx| tx.same_clock(who.id, steps, since))
        };
        assert_eq!(same(lab, &ada, 4, early), (1, Some(early)));
        assert_eq!(same(lab, &bob, 5, early), (1, Some(late)));
        assert_eq!(same(lab, &ada, 7, early), (0, None), "two steps apart");
        assert_eq!(same(lab, &ada, -4, early), (0, None), "the other way");
        assert_eq!(same(lab, &ada, 4, late), (0, None), "before");
        let accepted =
            |lab: &mut Lab, since: &str| lab.look(|tx| tx.any_code_accepted_since(at(since)));
        assert!(accepted(lab, START), "the first code of a set-up counts");
        assert!(!accepted(lab, "2026-03-01T12:00:00.001Z"));
        assert!(verdict(lab, |tx| tx.use_step(
            bob.id,
            STEP + 1,
            at("2026-03-02T12:00:00Z")
        )));
        assert!(accepted(lab, "2026-03-02T12:00:00Z"));
        assert!(!accepted(lab, "2026-03-02T12:00:00.001Z"));
    });
}
