//! What `admit status` counts, at the instant before and at the instant when it changes.

use admit::ops::lock_by_hand::{ByHand, lock_by_hand};
use admit::ops::status::{Attention, status};
use admit::ops::{OpError, Scope};

use crate::support::bench_store::{ADA, BOB, CYD, Lab, START, address, at, on_each_engine};

fn seen(lab: &mut Lab, panel: Option<&str>) -> Attention {
    let op = lab.op();
    lab.store
        .read(|tx| {
            let scope = Scope::load(tx)?;
            status(tx, &scope, &op, panel)
        })
        .unwrap_or_else(|error: OpError| panic!("{error}"))
}

#[test]
fn an_empty_store_needs_nothing() {
    on_each_engine(|lab| assert_eq!(seen(lab, None), Attention::default()));
}

#[test]
fn locked_people_are_counted_once_however_many_panels_they_are_in() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.member(BOB);
        lab.add_panel("shop", &[]);
        lab.invite_to(ADA, "shop");
        lab.fail(ADA, 6);
        let request = ByHand {
            panel: None,
            reason: "left".into(),
            until: None,
        };
        lab.run(|tx, scope, op| lock_by_hand(tx, scope, op, &address(BOB), &request))
            .unwrap();
        let all = seen(lab, None);
        assert_eq!((all.locked.count, all.locked.first), (1, vec![ADA.into()]));
        assert_eq!(all.locked_permanently, 0);
        assert_eq!(
            (all.disabled.count, all.disabled.first),
            (1, vec![BOB.into()])
        );
        let shop = seen(lab, Some("shop"));
        assert_eq!((shop.locked.count, shop.disabled.count), (1, 0));
    });
}

#[test]
fn access_that_ends_within_seven_days_counts_until_it_has_ended() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.extend(
            ADA,
            None,
            admit::domain::access::Term::Until(at("2026-03-11T12:00:00Z")),
        )
        .unwrap();
        for (now, count) in [
            ("2026-03-04T12:00:00Z", 0),
            ("2026-03-04T12:00:00.001Z", 1),
            ("2026-03-11T11:59:59.999Z", 1),
            ("2026-03-11T12:00:00Z", 0),
        ] {
            lab.set_clock(now);
            assert_eq!(seen(lab, None).expiring.count, count, "{now}");
        }
    });
}

#[test]
fn an_invitation_is_pending_until_it_expires_or_is_accepted_or_revoked() {
    on_each_engine(|lab| {
        for who in [ADA, BOB, CYD] {
            lab.invite(who);
        }
        let all = seen(lab, None);
        assert_eq!((all.pending.count, all.pending.first.len()), (3, 3));
        lab.revoke(BOB, None).unwrap();
        let link = lab
            .newest(CYD, admit::domain::link::LinkPurpose::Invitation)
            .unwrap();
        let token = lab.token(link.id);
        lab.register(&token, crate::support::bench_store::PASSWORD)
            .unwrap();
        assert_eq!(seen(lab, None).pending.first, [ADA.to_owned()]);
        let end = lab
            .newest(ADA, admit::domain::link::LinkPurpose::Invitation)
            .unwrap()
            .expires_at;
        lab.set_clock(&(end - jiff::SignedDuration::from_millis(1)).to_string());
        assert_eq!(seen(lab, None).pending.count, 1);
        lab.set_clock(&end.to_string());
        assert_eq!(seen(lab, None).pending.count, 0);
    });
}

#[test]
fn mail_and_the_last_backup_are_the_whole_stores() {
    on_each_engine(|lab| {
        lab.invite(ADA);
        lab.settle(|tx| tx.set_backed_up_at(at(START)));
        let all = seen(lab, None);
        assert_eq!(all.mail_waiting, (1, Some(at(START))));
        assert_eq!((all.mail_failed, all.backed_up_at), (0, Some(at(START))));
        assert_eq!(seen(lab, Some("main")).mail_waiting.0, 1);
    });
}
