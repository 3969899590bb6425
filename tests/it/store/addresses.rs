use admit::domain::link::LinkPurpose;
use admit::domain::refusal::Claim;
use admit::store::{AddressChange, Fault, NewLink, Tx};

use super::accounts::add;
use crate::support::bench_store::{ADA, BOB, CYD, Lab, START, address, at, on_each_engine};

const NEW: &str = "ada@new.example";
const END: &str = "2026-03-02T12:00:00Z";

fn link(tx: &Tx<'_>, account_id: i64) -> Result<i64, Fault> {
    let (id, _) = tx.add_link(&NewLink {
        purpose: LinkPurpose::Address,
        account_id,
        panel_id: 1,
        created_at: at(START),
        expires_at: at(END),
    })?;
    Ok(id)
}

fn change(link_id: i64, new: &str, asked_at: &str) -> AddressChange {
    AddressChange {
        link_id,
        address: address(new),
        asked_at: at(asked_at),
        expires_at: at(END),
    }
}

/// Ada and Bob; their ids.
fn two(lab: &mut Lab) -> (i64, i64) {
    lab.settle(|tx| {
        add(tx, ADA)?;
        add(tx, BOB).map(drop)
    });
    (lab.account(ADA).id, lab.account(BOB).id)
}

#[test]
fn a_change_waits_until_its_end_in_place_of_an_older_one() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        assert_eq!(lab.look(|tx| tx.address_change(ada, at(START))), None);
        lab.settle(|tx| {
            let first = link(tx, ada)?;
            tx.ask_for_address(ada, &change(first, CYD, START))?;
            let second = link(tx, ada)?;
            tx.ask_for_address(ada, &change(second, "ADA@new.example", START))
        });
        let found = lab.look(|tx| tx.address_change(ada, at("2026-03-02T11:59:59.999Z")));
        assert_eq!(found, Some(change(2, "ADA@new.example", START)));
        assert_eq!(
            found.map(|found| found.address.as_str().to_owned()),
            Some("ADA@new.example".to_owned()),
            "as it was typed"
        );
        assert_eq!(lab.look(|tx| tx.address_change(ada, at(END))), None);
        assert_eq!(lab.look(|tx| tx.address_change(bob, at(START))), None);
    });
}

#[test]
fn a_change_is_forgotten_once() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        lab.settle(|tx| {
            for who in [ada, bob] {
                let link = link(tx, who)?;
                tx.ask_for_address(who, &change(link, NEW, START))?;
            }
            assert!(tx.forget_address_change(ada)?);
            assert!(!tx.forget_address_change(ada)?);
            Ok(())
        });
        assert_eq!(lab.look(|tx| tx.address_change(ada, at(START))), None);
        assert!(
            lab.look(|tx| tx.address_change(bob, at(START))).is_some(),
            "another's stays, to the same address too"
        );
    });
}

#[test]
fn an_account_is_found_by_its_new_address_and_no_longer_by_the_old_one() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        lab.settle(|tx| tx.set_address(ada, &address("ADA@new.example")));
        let account = lab.account(NEW);
        assert_eq!(
            (account.id, account.address.as_str()),
            (ada, "ADA@new.example")
        );
        assert!(lab.find(ADA).is_none());
        assert!(lab.find(BOB).is_some());
    });
}

#[test]
fn nobody_gets_an_address_that_somebody_has() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let taken = lab.store.change(|tx| {
            tx.set_address(ada, &address("BOB@example.com"))?;
            Ok::<_, Fault>(admit::store::Done::unrecorded(()))
        });
        assert!(matches!(taken, Err(Fault::Duplicate(_))), "{taken:?}");
        assert_eq!(lab.account(ADA).id, ada);
    });
}

#[test]
fn former_addresses_are_kept_each_until_its_end() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let first = at("2026-03-08T12:00:00Z");
        let second = at("2026-03-09T12:00:00Z");
        lab.settle(|tx| {
            tx.keep_former_address(ada, &address("one@example.com"), first)?;
            tx.keep_former_address(ada, &address("two@example.com"), second)?;
            tx.keep_former_address(bob, &address("one@example.com"), second)
        });
        let kept = |lab: &mut Lab, who, now| lab.look(|tx| tx.former_addresses(who, at(now)));
        assert_eq!(
            kept(lab, ada, "2026-03-08T11:59:59.999Z"),
            ["one@example.com", "two@example.com"]
        );
        assert_eq!(kept(lab, ada, "2026-03-08T12:00:00Z"), ["two@example.com"]);
        assert_eq!(kept(lab, ada, "2026-03-09T12:00:00Z"), [] as [&str; 0]);
        assert_eq!(kept(lab, bob, "2026-03-08T12:00:00Z"), ["one@example.com"]);
    });
}

#[test]
fn an_address_that_was_left_twice_is_kept_once_and_one_that_holds_again_not_at_all() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let (first, second) = (at("2026-03-08T12:00:00Z"), at("2026-03-09T12:00:00Z"));
        lab.settle(|tx| {
            tx.keep_former_address(ada, &address("one@example.com"), first)?;
            tx.keep_former_address(ada, &address("ONE@example.com"), second)?;
            tx.keep_former_address(bob, &address("one@example.com"), second)
        });
        let kept = |lab: &mut Lab, who| lab.look(|tx| tx.former_addresses(who, first));
        assert_eq!(kept(lab, ada), ["ONE@example.com"], "with the later end");
        lab.settle(|tx| tx.drop_former_address(ada, &address("one@example.com")));
        assert_eq!(kept(lab, ada), [] as [&str; 0]);
        assert_eq!(kept(lab, bob), ["one@example.com"]);
        lab.settle(|tx| tx.drop_former_address(ada, &address("one@example.com")));
    });
}

#[test]
fn who_is_to_have_an_address_or_had_it_is_found_by_it() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let later = "2026-03-01T13:00:00Z";
        let left = at("2026-03-08T12:00:00Z");
        lab.settle(|tx| {
            tx.keep_former_address(ada, &address(NEW), left)?;
            for (who, asked) in [(ada, START), (bob, later)] {
                let link = link(tx, who)?;
                tx.ask_for_address(who, &change(link, NEW, asked))?;
            }
            Ok(())
        });
        let waits = |holder: &str, asked_at: &str| Claim::Waits {
            holder: holder.into(),
            asked_at: at(asked_at),
            until: at(END),
        };
        let former = Claim::Former {
            holder: ADA.into(),
            until: left,
        };
        assert_eq!(
            lab.look(|tx| tx.address_claims(&address("ADA@new.example"))),
            [waits(BOB, later), waits(ADA, START), former.clone()],
            "the newest first"
        );
        assert_eq!(lab.look(|tx| tx.address_claims(&address(ADA))), []);
        assert!(former.is_over(left));
        assert!(!former.is_over(at("2026-03-08T11:59:59.999Z")));
    });
}
