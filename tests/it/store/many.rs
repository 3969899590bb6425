//! Work on many people at once.

use admit::domain::event::Action;
use admit::domain::link::LinkPurpose;
use admit::store::{Done, Fault, NewAccount, NewLink, NewMail};

use super::accounts::add;
use crate::support::bench_store::{ADA, BOB, START, address, at, on_each_engine};

/// Whoever is there is found, whoever is not is added once, and what was written row by row is all there.
#[test]
fn who_is_expected_is_found_added_and_found_again() {
    on_each_engine(|lab| {
        lab.settle(|tx| add(tx, ADA).map(|_| ()));
        let people: Vec<_> = (0..20)
            .map(|number| address(&format!("p{number}@example.com")))
            .collect();
        let op = lab.op();
        let added = lab.store.change(|tx| {
            let mut all = people.clone();
            all.extend([address(ADA), address(BOB)]);
            tx.expect_many(&all)?;
            assert!(tx.account(&address(ADA))?.is_some());
            assert!(tx.account(&address(BOB))?.is_none());
            let mut ids = Vec::new();
            for who in &people {
                assert!(tx.account(who)?.is_none());
                let account = tx.add_account(&NewAccount {
                    address: who,
                    name: Some("Somebody"),
                    phone: None,
                    lang: None,
                    created_at: at(START),
                })?;
                tx.add_access(account.id, 1, "member", None, at(START))?;
                let (link_id, _) = tx.add_link(&NewLink {
                    purpose: LinkPurpose::Invitation,
                    account_id: account.id,
                    panel_id: 1,
                    created_at: at(START),
                    expires_at: at("2026-03-09T09:00:00Z"),
                })?;
                tx.queue_mail(&NewMail {
                    account_id: account.id,
                    panel_id: 1,
                    link_id: Some(link_id),
                    code_id: None,
                    kind: "invitation",
                    address: who.as_str(),
                    queued_at: at(START),
                })?;
                tx.record(op.event(Action::Invited).about(&account))?;
                ids.push(account.id);
            }
            // Somebody who stands in a file twice is found the second time.
            assert_eq!(
                tx.account(&people[7])?.map(|account| account.id),
                Some(ids[7])
            );
            Ok::<_, Fault>(Done::recorded(ids))
        });
        let added = added.unwrap();
        lab.look(|tx| {
            for (id, who) in added.iter().zip(&people) {
                let account = tx.account(who)?.unwrap();
                assert_eq!(
                    (account.id, account.name.as_deref()),
                    (*id, Some("Somebody"))
                );
                assert!(tx.access(*id, 1)?.is_some());
                let link = tx
                    .newest_link(*id, LinkPurpose::Invitation, Some(1))?
                    .unwrap();
                let mail = tx.mail_of(*id, 5)?;
                assert_eq!(mail.len(), 1);
                assert_eq!(mail[0].link_id, Some(link.id));
            }
            Ok(())
        });
        lab.verify();
    });
}

/// What waits for company is gone with the rest when the change is not made.
#[test]
fn nothing_stays_of_many_rows_that_are_not_committed() {
    on_each_engine(|lab| {
        lab.store
            .change(|tx| {
                tx.expect_many(&[address(ADA)])?;
                add(tx, ADA)?;
                Ok::<_, Fault>(Done::nothing(()))
            })
            .unwrap();
        assert_eq!(lab.look(|tx| tx.count_accounts()), 0);
    });
}
