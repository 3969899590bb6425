use admit::domain::link::{LinkPurpose, LinkState};
use admit::domain::second_factor::Method;
use admit::domain::trusted_ip::Network;
use admit::store::{AddressChange, AllEnded, Fault, NewLink, NewSession, NewTrust, Tx};
use admit::vault::{BackupCode, Entropy, ErasedList, TotpSecret};

use super::accounts::add;
use crate::support::bench_store::{ADA, BOB, Lab, START, address, at, on_each_engine};

const END: &str = "2026-03-02T12:00:00Z";
/// What is over already is not ended once more.
const OVER: &str = "2026-03-01T11:59:59Z";

fn link(tx: &Tx<'_>, account_id: i64, purpose: LinkPurpose, end: &str) -> Result<i64, Fault> {
    let (id, _) = tx.add_link(&NewLink {
        purpose,
        account_id,
        panel_id: 1,
        created_at: at("2026-03-01T10:00:00Z"),
        expires_at: at(end),
    })?;
    Ok(id)
}

/// Somebody with two of each kind that ends: one that works, one that is over.
fn settled(tx: &mut Tx<'_>) -> Result<(), Fault> {
    let ada = add(tx, ADA)?;
    let entropy = Entropy::seeded(5);
    let secret = TotpSecret::random(&entropy).unwrap();
    tx.set_factor(&ada, &secret, 7, at(START))?;
    let codes = [(); 3].map(|()| BackupCode::random(&entropy).unwrap());
    tx.set_backup_codes(ada.id, &codes, at(START))?;
    for end in [OVER, END] {
        tx.add_session(&NewSession {
            account_id: ada.id,
            panel_id: 1,
            created_at: at("2026-03-01T10:00:00Z"),
            expires_at: at(end),
            ip: None,
            passed: None,
        })?;
        let ticket = tx.add_ticket("set-up", ada.id, at("2026-03-01T10:00:00Z"), at(end))?;
        tx.add_sent_code(&ada, 1, Method::Mail, 0, at(START), at(end))?;
        tx.offer_factor(&ada, &secret, &ticket.hash(), at(START), at(end))?;
        link(tx, ada.id, LinkPurpose::Invitation, end)?;
        link(tx, ada.id, LinkPurpose::Reset, end)?;
    }
    let link_id = link(tx, ada.id, LinkPurpose::Address, END)?;
    let change = AddressChange {
        link_id,
        address: address("new@example.com"),
        asked_at: at(START),
        expires_at: at(END),
    };
    tx.ask_for_address(ada.id, &change)?;
    for account_id in [Some(ada.id), None] {
        tx.add_trust(&NewTrust {
            panel_id: 1,
            account_id,
            network: Network::parse("203.0.113.9").unwrap(),
            note: None,
            created_by: "olga",
            created_at: at(START),
            code_entered_at: None,
            until: None,
        })?;
    }
    Ok(())
}

fn end(lab: &mut Lab, step: i64) -> AllEnded {
    let mut ended = AllEnded::default();
    lab.settle(|tx| {
        ended = tx.end_everything(step, at(START))?;
        Ok(())
    });
    ended
}

#[test]
fn whatever_works_is_ended_and_counted_and_nothing_is_ended_twice() {
    on_each_engine(|lab| {
        lab.settle(settled);
        let ada = lab.account(ADA);
        assert_eq!(
            end(lab, 9),
            AllEnded {
                sessions: 1,
                invitations: 1,
                links: 2,
                tickets: 1,
                sent_codes: 1,
                backup_codes: 3,
                factor_offers: 1,
                trusted_ips: 2,
                address_changes: 1,
            }
        );
        assert_eq!(end(lab, 9), AllEnded::default());
        let now = at(START);
        for purpose in [LinkPurpose::Invitation, LinkPurpose::Reset] {
            let newest = lab.look(|tx| tx.newest_link(ada.id, purpose, None));
            assert_ne!(newest.unwrap().state(now), LinkState::Live, "{purpose:?}");
        }
        assert_eq!(lab.look(|tx| tx.backup_codes_left(ada.id)), 0);
        assert_eq!(lab.look(|tx| tx.count_trust(1, None)), 0);
        assert!(lab.look(|tx| tx.address_change(ada.id, now)).is_none());
        assert!(
            lab.look(|tx| tx.factor_brief(ada.id)).is_some(),
            "the authenticator stays"
        );
    });
}

#[test]
fn steps_of_an_authenticator_are_spent_up_to_the_one_that_was_named_and_never_given_back() {
    on_each_engine(|lab| {
        lab.settle(settled);
        let ada = lab.account(ADA);
        let last = |lab: &mut Lab| {
            let factor = lab.look(|tx| tx.second_factor(&ada));
            factor.unwrap().last_step
        };
        end(lab, 5);
        assert_eq!(last(lab), 7);
        end(lab, 9);
        assert_eq!(last(lab), 9);
    });
}

#[test]
fn who_was_erased_before_is_erased_again_and_not_listed_again() {
    on_each_engine(|lab| {
        lab.settle(|tx| {
            add(tx, ADA)?;
            add(tx, BOB).map(drop)
        });
        let list = ErasedList::beside(&lab.folder.path().join("key"));
        lab.store.list_erased_in(list.clone());
        let ada = lab.account(ADA).reference;
        lab.settle(|tx| {
            assert!(tx.erase_again(&ada, at(START), at(START))?);
            assert!(!tx.erase_again(&ada, at(START), at(START))?);
            assert!(!tx.erase_again(&[9; 16], at(START), at(START))?);
            Ok(())
        });
        assert!(lab.find(ADA).is_none() && lab.find(BOB).is_some());
        assert!(!list.path().exists());
    });
}

#[test]
fn a_new_epoch_is_beyond_the_stores_own_and_the_one_that_was_seen() {
    on_each_engine(|lab| {
        let begin = |lab: &mut Lab, seen| {
            let mut epoch = 0;
            lab.settle(|tx| {
                epoch = tx.begin_epoch(seen)?;
                Ok(())
            });
            epoch
        };
        assert_eq!(begin(lab, 0), 2);
        assert_eq!(begin(lab, 7), 8);
        assert_eq!(begin(lab, 3), 9);
        assert_eq!(lab.look(|tx| tx.creation()).1, 9);
    });
}
