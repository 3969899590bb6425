use admit::domain::event::Action;
use admit::domain::link::LinkPurpose;
use admit::domain::second_factor::Method;
use admit::domain::trusted_ip::Network;
use admit::store::{
    AddressChange, AuditFilter, Done, Fault, NewLink, NewMail, NewSession, NewTrust, Personal, Tx,
};
use admit::vault::ErasedList;

use super::accounts::add;
use crate::support::bench_store::{ADA, BOB, IP, Lab, START, address, at, on_each_engine};

const END: &str = "2026-03-02T12:00:00Z";

/// Somebody with access, link, change of address, former address, ticket, session, mail, code, trust and an entry.
fn settled(tx: &mut Tx<'_>, who: &str) -> Result<(), Fault> {
    let account = add(tx, who)?;
    let (id, start, end) = (account.id, at(START), at(END));
    tx.add_access(id, 1, "member", None, start)?;
    let (link_id, _) = tx.add_link(&NewLink {
        purpose: LinkPurpose::Address,
        account_id: id,
        panel_id: 1,
        created_at: start,
        expires_at: end,
    })?;
    let change = AddressChange {
        link_id,
        address: address(&format!("new.{who}")),
        asked_at: start,
        expires_at: end,
    };
    tx.ask_for_address(id, &change)?;
    tx.keep_former_address(id, &address(&format!("old.{who}")), end)?;
    tx.add_ticket("set-up", id, start, end)?;
    tx.add_session(&NewSession {
        account_id: id,
        panel_id: 1,
        created_at: start,
        expires_at: end,
        ip: Some(IP),
        passed: None,
    })?;
    let (code_id, _) = tx.add_sent_code(&account, 1, Method::Mail, 0, start, end)?;
    tx.queue_mail(&NewMail {
        account_id: id,
        panel_id: 1,
        link_id: Some(link_id),
        code_id: Some(code_id),
        kind: "confirm-address",
        address: who,
        queued_at: start,
    })?;
    tx.count_wrong_code(id, start, start)?;
    tx.add_trust(&NewTrust {
        panel_id: 1,
        account_id: Some(id),
        network: Network::parse(IP).unwrap(),
        note: None,
        created_by: "olga",
        created_at: start,
        code_entered_at: None,
        until: None,
    })?;
    Ok(())
}

fn two(lab: &mut Lab) {
    let op = lab.op();
    lab.store
        .change(|tx| {
            for who in [ADA, BOB] {
                settled(tx, who)?;
                let account = tx.account(&address(who))?.unwrap();
                tx.record(op.event(Action::Invited).about(&account))?;
            }
            Ok::<_, Fault>(Done::recorded(()))
        })
        .unwrap();
}

#[test]
fn erasing_takes_all_that_belongs_to_the_account_and_nothing_of_others() {
    on_each_engine(|lab| {
        two(lab);
        let (ada, bob) = (lab.account(ADA), lab.account(BOB));
        lab.settle(|tx| tx.erase_account(ada.id));
        assert!(lab.find(ADA).is_none());
        let now = at(START);
        for (id, count) in [(ada.id, 0), (bob.id, 1)] {
            let found = lab.look(|tx| {
                Ok([
                    tx.accesses(id)?.len(),
                    usize::from(tx.newest_link(id, LinkPurpose::Address, None)?.is_some()),
                    usize::from(tx.address_change(id, now)?.is_some()),
                    tx.former_addresses(id, now)?.len(),
                    tx.open_sessions(id)?.len(),
                    tx.mail_of(id, 9)?.len(),
                    tx.trust_of(id)?.len(),
                ])
            });
            assert_eq!(found, [count; 7], "{id}");
        }
        assert_eq!(
            lab.look(|tx| tx.address_claims(&address(&format!("new.{ADA}")))),
            []
        );
    });
}

#[test]
fn the_record_shows_who_was_erased_as_such_and_still_verifies() {
    on_each_engine(|lab| {
        two(lab);
        let (ada, bob) = (lab.account(ADA), lab.account(BOB));
        lab.settle(|tx| tx.erase_account(ada.id));
        lab.verify();
        let entries = |lab: &mut Lab, account| {
            let mut found = Vec::new();
            lab.look(|tx| {
                let filter = AuditFilter {
                    account: Some(account),
                    ..AuditFilter::default()
                };
                tx.each_audit_entry(&filter, |entry| {
                    found.push((entry.erased, entry.personal));
                    Ok::<bool, Fault>(true)
                })
            });
            found
        };
        assert_eq!(entries(lab, ada.reference), [(true, Personal::default())]);
        let bobs = entries(lab, bob.reference).remove(0);
        assert_eq!((bobs.0, bobs.1.address.as_deref()), (false, Some(BOB)));
    });
}

#[test]
fn an_entry_about_somebody_erased_in_the_same_transaction_keeps_nothing_personal() {
    on_each_engine(|lab| {
        two(lab);
        let ada = lab.account(ADA);
        let event = lab.op().event(Action::Erased).about(&ada);
        lab.store
            .change(|tx| {
                tx.erase_account(ada.id)?;
                tx.record(event.clone())?;
                Ok::<_, Fault>(Done::recorded(()))
            })
            .unwrap();
        let last = lab.audit().pop().unwrap();
        assert_eq!((last.account, last.erased), (Some(ada.reference), true));
        assert_eq!(last.personal, Personal::default());
        lab.verify();
    });
}

#[test]
fn erasing_nobody_is_no_failure_and_lists_nobody() {
    on_each_engine(|lab| {
        let list = ErasedList::beside(&lab.folder.path().join("key"));
        lab.store.list_erased_in(list.clone());
        lab.settle(|tx| tx.erase_account(17));
        assert!(!list.path().exists());
        assert!(lab.store.take_leftovers().is_none());
    });
}

#[test]
fn only_who_is_erased_by_what_was_committed_is_listed() {
    on_each_engine(|lab| {
        two(lab);
        let list = ErasedList::beside(&lab.folder.path().join("key"));
        lab.store.list_erased_in(list.clone());
        let (ada, bob) = (lab.account(ADA), lab.account(BOB));
        lab.store
            .change(|tx| {
                tx.erase_account(ada.id)?;
                Ok::<_, Fault>(Done::nothing(()))
            })
            .unwrap();
        let failed = lab.store.change(|tx| {
            tx.erase_account(ada.id)?;
            Err::<Done<()>, _>(Fault::Other("stop".into()))
        });
        assert!(failed.is_err() && !list.path().exists());
        assert!(lab.find(ADA).is_some());
        lab.settle(|tx| {
            tx.erase_account(bob.id)?;
            tx.erase_account(ada.id)
        });
        let lines = ErasedList::lines(
            lab.store.vault().store_id(),
            &[bob.reference, ada.reference],
        );
        assert_eq!(
            std::fs::read_to_string(list.path()).unwrap(),
            lines.join("\n") + "\n"
        );
    });
}

#[test]
fn clearing_the_log_leaves_nothing_to_tell_where_nobody_else_is() {
    on_each_engine(|lab| {
        two(lab);
        lab.store.clear_log();
        assert!(lab.store.take_leftovers().is_none());
        assert!(lab.find(ADA).is_some());
    });
}

#[test]
fn of_revoked_links_of_the_erased_only_that_is_kept_and_not_of_used_or_replaced_ones() {
    on_each_engine(|lab| {
        lab.settle(|tx| settled(tx, ADA));
        let ada = lab.account(ADA).id;
        let (early, late) = (at("2026-02-01T00:00:00Z"), at("2026-03-05T00:00:00Z"));
        let mut hashes = Vec::new();
        lab.settle(|tx| {
            hashes.clear();
            let mut link = |tx: &mut Tx<'_>, purpose| {
                let new = NewLink {
                    purpose,
                    account_id: ada,
                    panel_id: 1,
                    created_at: early,
                    expires_at: at("2026-03-08T00:00:00Z"),
                };
                let (id, token) = tx.add_link(&new)?;
                hashes.push(token.hash());
                Ok::<_, Fault>(id)
            };
            link(tx, LinkPurpose::Reset)?;
            tx.revoke_links(ada, LinkPurpose::Reset, None, early)?;
            link(tx, LinkPurpose::Reset)?;
            tx.revoke_links(ada, LinkPurpose::Reset, None, late)?;
            let used = link(tx, LinkPurpose::Invitation)?;
            assert!(tx.use_link(used, late)?);
            link(tx, LinkPurpose::Invitation)?;
            tx.supersede_links(ada, LinkPurpose::Invitation, None, late)?;
            link(tx, LinkPurpose::Invitation)?;
            Ok(())
        });
        let since = at("2026-02-03T00:00:00Z");
        let now = at("2026-03-06T00:00:00Z");
        lab.settle(|tx| {
            // The one that was revoked after `since`, and the one that still works.
            assert_eq!(tx.keep_revoked_links(ada, since, now)?, 2);
            tx.erase_account(ada)
        });
        let known = |lab: &mut Lab, since| {
            hashes
                .iter()
                .map(|hash| lab.look(|tx| tx.was_revoked(hash, since)))
                .collect::<Vec<_>>()
        };
        assert_eq!(known(lab, since), [false, true, false, false, true]);
        assert_eq!(known(lab, late), [false, false, false, false, true]);
        assert_eq!(known(lab, now), [false; 5]);
        // A hash and a time, and nothing else.
        let kept: i64 = lab.raw().one("select count(*) from revoked_link", &[]);
        assert_eq!(kept, 2);
    });
}
