use admit::domain::link::{LinkPurpose, LinkState};
use admit::store::{Fault, NewLink, Tx};
use admit::vault::{Purpose, Token};

use super::accounts::add;
use crate::support::bench_store::{ADA, BOB, Lab, START, at, on_each_engine};

const END: &str = "2026-03-08T12:00:00Z";

fn link(
    tx: &Tx<'_>,
    purpose: LinkPurpose,
    account_id: i64,
    panel_id: i64,
) -> Result<(i64, Token), Fault> {
    tx.add_link(&NewLink {
        purpose,
        account_id,
        panel_id,
        created_at: at(START),
        expires_at: at(END),
    })
}

/// Two people and two panels.
fn two(lab: &mut Lab) -> (i64, i64) {
    lab.add_panel("second", &[]);
    lab.settle(|tx| {
        add(tx, ADA)?;
        add(tx, BOB).map(drop)
    });
    (lab.account(ADA).id, lab.account(BOB).id)
}

/// Makes a link and returns its id and token.
fn made(lab: &mut Lab, purpose: LinkPurpose, account: i64, panel: i64) -> (i64, Token) {
    let mut made = None;
    lab.settle(|tx| {
        made = Some(link(tx, purpose, account, panel)?);
        Ok(())
    });
    made.unwrap()
}

#[test]
fn a_link_is_found_by_its_token_which_can_be_made_again() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        for (purpose, word) in [
            (LinkPurpose::Invitation, Purpose::Invitation),
            (LinkPurpose::Reset, Purpose::Reset),
            (LinkPurpose::Address, Purpose::Address),
        ] {
            let (id, token) = made(lab, purpose, ada, 1);
            assert_eq!(token.purpose(), word);
            let found = lab.look(|tx| tx.link_by_token(&token.hash())).unwrap();
            assert_eq!(
                (found.id, found.purpose, found.account_id, found.panel_id),
                (id, purpose, ada, 1)
            );
            assert_eq!((found.created_at, found.expires_at), (at(START), at(END)));
            assert_eq!(lab.look(|tx| tx.link_by_id(id)).unwrap(), found);
            assert_eq!(lab.token(id).as_str(), token.as_str());
        }
        assert_eq!(lab.look(|tx| tx.link_by_id(99)), None);
    });
}

#[test]
fn a_link_whose_key_is_gone_has_no_token() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let (id, _) = made(lab, LinkPurpose::Reset, ada, 1);
        let mut found = lab.link(id);
        found.key_id ^= 1;
        assert!(lab.look(|tx| Ok(tx.token_of(&found))).is_none());
    });
}

#[test]
fn a_link_is_used_once() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let (id, _) = made(lab, LinkPurpose::Invitation, ada, 1);
        lab.settle(|tx| {
            assert!(tx.use_link(id, at(START))?);
            assert!(!tx.use_link(id, at(START))?);
            assert!(!tx.use_link(id + 1, at(START))?);
            Ok(())
        });
        assert_eq!(lab.link_state(id), LinkState::Used);
    });
}

#[test]
fn the_newest_link_is_asked_for_by_kind_and_panel() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let (first, _) = made(lab, LinkPurpose::Invitation, ada, 1);
        let (second, _) = made(lab, LinkPurpose::Invitation, ada, 2);
        let (reset, _) = made(lab, LinkPurpose::Reset, ada, 1);
        made(lab, LinkPurpose::Invitation, bob, 1);
        let newest = |lab: &mut Lab, purpose, panel| {
            lab.look(|tx| tx.newest_link(ada, purpose, panel))
                .map(|link| link.id)
        };
        assert_eq!(newest(lab, LinkPurpose::Invitation, Some(1)), Some(first));
        assert_eq!(newest(lab, LinkPurpose::Invitation, None), Some(second));
        assert_eq!(newest(lab, LinkPurpose::Reset, None), Some(reset));
        assert_eq!(newest(lab, LinkPurpose::Reset, Some(2)), None);
        assert_eq!(newest(lab, LinkPurpose::Address, None), None);
    });
}

#[test]
fn superseding_and_revoking_touch_only_open_links_of_that_kind_person_and_panel() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let later = at("2026-03-02T00:00:00Z");
        let (used, _) = made(lab, LinkPurpose::Invitation, ada, 1);
        lab.settle(|tx| tx.use_link(used, at(START)).map(drop));
        let (open, _) = made(lab, LinkPurpose::Invitation, ada, 1);
        let (elsewhere, _) = made(lab, LinkPurpose::Invitation, ada, 2);
        let (reset, _) = made(lab, LinkPurpose::Reset, ada, 1);
        let (other, _) = made(lab, LinkPurpose::Invitation, bob, 1);
        lab.settle(|tx| {
            assert_eq!(
                tx.supersede_links(ada, LinkPurpose::Invitation, Some(1), later)?,
                1
            );
            assert_eq!(
                tx.supersede_links(ada, LinkPurpose::Invitation, Some(1), later)?,
                0
            );
            assert_eq!(
                tx.revoke_links(ada, LinkPurpose::Invitation, Some(1), later)?,
                0
            );
            Ok(())
        });
        assert_eq!(lab.link_state(used), LinkState::Used);
        assert_eq!(lab.link_state(open), LinkState::Superseded(later));
        for untouched in [elsewhere, reset, other] {
            assert_eq!(lab.link_state(untouched), LinkState::Live);
        }
        lab.settle(|tx| {
            assert_eq!(
                tx.revoke_links(ada, LinkPurpose::Invitation, None, later)?,
                1
            );
            assert_eq!(tx.supersede_links(ada, LinkPurpose::Reset, None, later)?, 1);
            Ok(())
        });
        assert_eq!(lab.link_state(elsewhere), LinkState::Revoked);
        assert_eq!(lab.link_state(reset), LinkState::Superseded(later));
        assert_eq!(lab.link_state(other), LinkState::Live);
    });
}

#[test]
fn registering_uses_every_open_invitation_and_nothing_else() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let (main, _) = made(lab, LinkPurpose::Invitation, ada, 1);
        let (second, _) = made(lab, LinkPurpose::Invitation, ada, 2);
        let (revoked, _) = made(lab, LinkPurpose::Invitation, ada, 2);
        lab.raw()
            .execute(
                "update link set revoked_at = 5 where id = $1",
                &[revoked.into()],
            )
            .unwrap();
        let (reset, _) = made(lab, LinkPurpose::Reset, ada, 1);
        let (other, _) = made(lab, LinkPurpose::Invitation, bob, 1);
        lab.settle(|tx| {
            assert_eq!(tx.use_invitations(ada, at(START))?, 2);
            Ok(())
        });
        assert_eq!(lab.link_state(main), LinkState::Used);
        assert_eq!(lab.link_state(second), LinkState::Used);
        assert_eq!(lab.link_state(revoked), LinkState::Revoked);
        assert_eq!(lab.link_state(reset), LinkState::Live);
        assert_eq!(lab.link_state(other), LinkState::Live);
    });
}

#[test]
fn a_ticket_is_good_once_for_its_person_and_purpose_until_its_end() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let end = at("2026-03-01T12:10:00Z");
        let last = at("2026-03-01T12:09:59.999Z");
        lab.settle(|tx| {
            let token = tx.add_ticket("sign-in", ada, at(START), end)?;
            assert_eq!(token.purpose(), Purpose::Ticket);
            let hash = token.hash();
            assert!(!tx.use_ticket("set-up", ada, &hash, last)?);
            assert!(!tx.use_ticket("sign-in", bob, &hash, last)?);
            assert!(
                !tx.use_ticket("sign-in", ada, &hash, end)?,
                "over at the instant it ends"
            );
            assert!(tx.use_ticket("sign-in", ada, &hash, last)?);
            assert!(!tx.use_ticket("sign-in", ada, &hash, last)?);
            Ok(())
        });
    });
}

#[test]
fn a_ticket_that_was_given_back_is_good_once_more_until_its_end() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let end = at("2026-03-01T12:10:00Z");
        let last = at("2026-03-01T12:09:59.999Z");
        lab.settle(|tx| {
            let ticket = tx.add_ticket("sign-in", ada, at(START), end)?.hash();
            let other = tx.add_ticket("sign-in", ada, at(START), end)?.hash();
            assert!(tx.use_ticket("sign-in", ada, &ticket, last)?);
            assert!(tx.use_ticket("sign-in", ada, &other, last)?);
            tx.return_ticket(&ticket)?;
            assert!(!tx.use_ticket("sign-in", ada, &ticket, end)?);
            assert!(tx.use_ticket("sign-in", ada, &ticket, last)?);
            assert!(!tx.use_ticket("sign-in", ada, &ticket, last)?);
            assert!(
                !tx.use_ticket("sign-in", ada, &other, last)?,
                "another's stays"
            );
            Ok(())
        });
    });
}

#[test]
fn a_link_is_shortened_and_never_lengthened_and_only_where_it_is_open() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let (sooner, later) = (at("2026-03-02T00:00:00Z"), at("2026-12-01T00:00:00Z"));
        let (used, _) = made(lab, LinkPurpose::Invitation, ada, 1);
        lab.settle(|tx| tx.use_link(used, at(START)).map(drop));
        let (open, _) = made(lab, LinkPurpose::Invitation, ada, 1);
        let (elsewhere, _) = made(lab, LinkPurpose::Invitation, ada, 2);
        let (reset, _) = made(lab, LinkPurpose::Reset, ada, 1);
        let (other, _) = made(lab, LinkPurpose::Invitation, bob, 1);
        lab.settle(|tx| {
            let shorten = |end| tx.shorten_links(ada, LinkPurpose::Invitation, 1, end);
            assert_eq!(shorten(later)?, 0);
            assert_eq!(shorten(sooner)?, 1);
            assert_eq!(shorten(sooner)?, 0);
            assert_eq!(shorten(later)?, 0);
            Ok(())
        });
        assert_eq!(lab.link(open).expires_at, sooner);
        for id in [used, elsewhere, reset, other] {
            assert_eq!(lab.link(id).expires_at, at(END), "{id}");
        }
    });
}

#[test]
fn a_link_that_an_operator_made_is_known_as_such() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let (id, _) = made(lab, LinkPurpose::Reset, ada, 1);
        assert_eq!(lab.link(id).operator_at, None);
        lab.settle(|tx| tx.link_is_operators(id, at(START)));
        assert_eq!(lab.link(id).operator_at, Some(at(START)));
    });
}
