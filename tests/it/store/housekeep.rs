use admit::domain::link::LinkPurpose;
use admit::domain::second_factor::Method;
use admit::store::{AddressChange, Key, NewLink, NewSession, Remnant};
use admit::vault::TotpSecret;

use super::accounts::add;
use crate::support::bench_store::{ADA, BOB, Lab, START, address, at, on_each_engine};

const KINDS: [Remnant; 11] = [
    Remnant::Tickets,
    Remnant::SentCodes,
    Remnant::FactorOffers,
    Remnant::WrongCodes,
    Remnant::WrongIps,
    Remnant::UnknownLogins,
    Remnant::Requests,
    Remnant::AddressChanges,
    Remnant::FormerAddresses,
    Remnant::Sessions,
    Remnant::RevokedLinks,
];

const FIRST: &str = "2026-03-01T12:10:00Z";
const SECOND: &str = "2026-03-01T12:20:00Z";

/// Two rows of each kind: one that is over at [`FIRST`], one at [`SECOND`].
fn two_of_each(lab: &mut Lab) {
    lab.settle(|tx| {
        let (start, first, second) = (at(START), at(FIRST), at(SECOND));
        let ada = add(tx, ADA)?;
        let bob = add(tx, BOB)?;
        for (account, end, key) in [(&ada, first, 1), (&bob, second, 2)] {
            tx.add_ticket("set-up", account.id, start, end)?;
            let (_, ticket) = tx.add_sent_code(account, 1, Method::Mail, 0, start, end)?;
            let secret = TotpSecret::from_bytes(&[7; 20])?;
            tx.offer_factor(account, &secret, &ticket.hash(), start, end)?;
            tx.count_wrong_code(account.id, start, end)?;
            tx.note_wrong_ip(1, &[key; 32], end)?;
            tx.reserve_unknown(&[key; 32], at("2026-01-01T00:00:00Z"), end)?;
            tx.count_request(&[key; 32], start, end)?;
            let (link_id, _) = tx.add_link(&NewLink {
                purpose: LinkPurpose::Address,
                account_id: account.id,
                panel_id: 1,
                created_at: start,
                expires_at: end,
            })?;
            let change = AddressChange {
                link_id,
                address: address("new@example.com"),
                asked_at: start,
                expires_at: end,
            };
            tx.ask_for_address(account.id, &change)?;
            tx.keep_former_address(account.id, &address("old@example.com"), end)?;
            tx.add_session(&NewSession {
                account_id: account.id,
                panel_id: 1,
                created_at: start,
                expires_at: if key == 1 {
                    at("2026-12-31T00:00:00Z")
                } else {
                    end
                },
                ip: None,
                passed: None,
            })?;
        }
        assert!(tx.end_session(1, "signed-out", first)?);
        // Of people who are gone, the earlier link first.
        for (who, revoked_at) in [("cyd@example.com", first), ("dan@example.com", second)] {
            let gone = add(tx, who)?;
            tx.add_link(&NewLink {
                purpose: LinkPurpose::Invitation,
                account_id: gone.id,
                panel_id: 1,
                created_at: start,
                expires_at: at("2026-12-31T00:00:00Z"),
            })?;
            assert_eq!(tx.keep_revoked_links(gone.id, start, revoked_at)?, 1);
            tx.erase_account(gone.id)?;
        }
        Ok(())
    });
}

/// The keys of all rows of a kind that were over at an instant.
fn over(lab: &mut Lab, kind: Remnant, before: &str) -> Vec<Key> {
    lab.look(|tx| tx.remnants(kind, at(before), &kind.first_key(), 10))
}

#[test]
fn a_row_is_found_from_the_instant_on_at_which_it_is_over() {
    on_each_engine(|lab| {
        two_of_each(lab);
        for kind in KINDS {
            let found = |lab: &mut Lab, before| over(lab, kind, before).len();
            assert_eq!(found(lab, "2026-03-01T12:09:59.999Z"), 0, "{kind:?}");
            assert_eq!(found(lab, FIRST), 1, "{kind:?}");
            assert_eq!(found(lab, "2026-03-01T12:19:59.999Z"), 1, "{kind:?}");
            assert_eq!(found(lab, SECOND), 2, "{kind:?}");
        }
    });
}

#[test]
fn rows_are_found_in_the_order_of_keys_so_many_at_a_time() {
    on_each_engine(|lab| {
        two_of_each(lab);
        for kind in KINDS {
            let all = over(lab, kind, SECOND);
            let one = lab.look(|tx| tx.remnants(kind, at(SECOND), &kind.first_key(), 1));
            assert_eq!(one, all[..1], "{kind:?}");
            let other = lab.look(|tx| tx.remnants(kind, at(SECOND), &all[0], 10));
            assert_eq!(other, all[1..], "{kind:?}");
            let behind = lab.look(|tx| tx.remnants(kind, at(SECOND), &all[1], 10));
            assert_eq!(behind, [], "{kind:?}");
        }
        let strangers = over(lab, Remnant::UnknownLogins, SECOND);
        assert_eq!(strangers, [Key::Hash(vec![1; 32]), Key::Hash(vec![2; 32])]);
    });
}

#[test]
fn a_row_that_is_not_over_is_not_deleted_and_one_that_is_only_once() {
    on_each_engine(|lab| {
        two_of_each(lab);
        for kind in KINDS {
            let all = over(lab, kind, SECOND);
            // Keys of hashes are in no order of time.
            let earliest = over(lab, kind, FIRST);
            let (first, later) = match &earliest[..] {
                [first] if *first == all[0] => (first.clone(), all[1].clone()),
                [first] => (first.clone(), all[0].clone()),
                other => panic!("{kind:?}: {other:?}"),
            };
            lab.settle(|tx| {
                assert!(!tx.delete_remnant(kind, &later, at(FIRST))?, "{kind:?}");
                assert!(tx.delete_remnant(kind, &later, at(SECOND))?, "{kind:?}");
                assert!(!tx.delete_remnant(kind, &later, at(SECOND))?, "{kind:?}");
                Ok(())
            });
            assert_eq!(over(lab, kind, SECOND), [first], "{kind:?}");
        }
    });
}

#[test]
fn a_mail_outlives_the_code_that_it_carried() {
    let mut lab = Lab::new();
    lab.invite(ADA);
    let account = lab.account(ADA);
    let (start, end) = (at(START), at(FIRST));
    lab.settle(|tx| {
        tx.add_sent_code(&account, 1, Method::Mail, 0, start, end)
            .map(drop)
    });
    let outbox = |lab: &Lab| -> (i64, Option<i64>) {
        let raw = lab.raw();
        (
            raw.one("select count(*) from outbox", &[]),
            raw.one("select max(code_id) from outbox", &[]),
        )
    };
    lab.raw()
        .execute("update outbox set code_id = 1", &[])
        .unwrap();
    assert_eq!(outbox(&lab), (1, Some(1)));
    lab.settle(|tx| {
        assert!(tx.delete_remnant(Remnant::SentCodes, &Key::Id(1), end)?);
        Ok(())
    });
    assert_eq!(outbox(&lab), (1, None));
}
