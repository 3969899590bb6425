//! Ending everything at once, and what a store says of itself.

use admit::domain::link::LinkPurpose;
use admit::domain::trusted_ip::Network;
use admit::store::{Done, Fault, NewLink, NewSession, NewTrust};

use super::accounts::add;
use crate::support::bench_store::{ADA, BOB, Lab, START, at, on_each_engine};

const END: &str = "2026-03-02T12:00:00Z";

fn with_everything(lab: &mut Lab) -> i64 {
    let mut id = 0;
    lab.settle(|tx| {
        let account = add(tx, ADA)?;
        id = account.id;
        tx.add_session(&NewSession {
            account_id: id,
            panel_id: 1,
            created_at: at(START),
            expires_at: at(END),
            ip: None,
        })?;
        for purpose in [LinkPurpose::Invitation, LinkPurpose::Reset] {
            tx.add_link(&NewLink {
                purpose,
                account_id: id,
                panel_id: 1,
                created_at: at(START),
                expires_at: at(END),
            })?;
        }
        tx.add_ticket("set-up", id, at(START), at(END))?;
        tx.add_trust(&NewTrust {
            panel_id: 1,
            account_id: Some(id),
            network: Network::parse("192.0.2.7").unwrap(),
            note: None,
            created_by: "olga",
            created_at: at(START),
            code_entered_at: None,
            until: None,
        })?;
        Ok(())
    });
    id
}

#[test]
fn whatever_works_is_ended_and_what_was_over_is_not_counted() {
    on_each_engine(|lab| {
        let id = with_everything(lab);
        lab.settle(|tx| {
            let ended = tx.end_everything(7, at(START))?;
            assert_eq!((ended.sessions, ended.invitations, ended.links), (1, 1, 1));
            assert_eq!((ended.tickets, ended.trusted_ips), (1, 1));
            let again = tx.end_everything(7, at(START))?;
            assert_eq!(again, admit::store::AllEnded::default());
            Ok(())
        });
        lab.look(|tx| {
            assert!(tx.open_sessions(id)?.is_empty());
            assert!(tx.trust_of(id)?.is_empty());
            let link = tx.newest_link(id, LinkPurpose::Reset, None)?.unwrap();
            assert!(link.revoked_at.is_some());
            Ok(())
        });
    });
}

#[test]
fn somebody_is_erased_again_if_they_are_there() {
    on_each_engine(|lab| {
        let mut who = [0; 16];
        lab.settle(|tx| {
            add(tx, BOB)?;
            who = add(tx, ADA)?.reference;
            Ok(())
        });
        lab.settle(|tx| {
            assert!(tx.erase_again(&who)?);
            assert!(!tx.erase_again(&who)?);
            Ok(())
        });
        assert_eq!(lab.look(|tx| tx.count_accounts()), 1);
        lab.store.clear_log();
        assert!(lab.store.take_leftovers().is_none());
    });
}

#[test]
fn an_epoch_is_beyond_its_own_and_the_one_that_was_seen() {
    on_each_engine(|lab| {
        for (seen, wanted) in [(0, 2), (1, 3), (9, 10)] {
            let begun = lab
                .store
                .change(|tx| Ok::<_, Fault>(Done::unrecorded(tx.begin_epoch(seen)?)));
            assert_eq!(begun.unwrap(), wanted);
            assert_eq!(lab.look(|tx| tx.birth()).1, wanted);
        }
    });
}

#[test]
fn a_store_knows_whether_it_is_where_it_was() {
    on_each_engine(|lab| {
        assert!(lab.store.is_in_place());
        // A server says as whom it knows us; a file does not care.
        let role = lab.store.role().map(str::to_owned);
        let server = lab.store.engine().starts_with("PostgreSQL");
        assert_eq!(role.as_deref(), server.then_some("olga"));
    });
}
