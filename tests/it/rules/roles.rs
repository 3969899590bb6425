//! Changing a role: sessions go on (S5), the trusted IPs of this panel end (X7), everything else stays.

use admit::domain::refusal::Refusal;
use admit::domain::trusted_ip::Network;
use admit::ops::OpError;
use admit::ops::change::{ChangeResult, Status};
use admit::ops::role_of::RoleChange;
use admit::ops::role_of::role_of;
use admit::store::NewTrust;

use crate::support::bench_store::{
    ADA, BOB, IP, Lab, PASSWORD, address, at, on_each_engine, refused, word,
};

fn set_role(
    lab: &mut Lab,
    who: &str,
    panel: Option<&str>,
    role: &str,
) -> Result<ChangeResult<RoleChange>, OpError> {
    lab.run(|tx, scope, op| role_of(tx, scope, op, &address(who), panel, role))
}

fn trust(lab: &mut Lab, who: Option<&str>, panel_id: i64) {
    let account_id = who.map(|who| lab.account(who).id);
    lab.settle(|tx| {
        tx.add_trust(&NewTrust {
            panel_id,
            account_id,
            network: Network::parse(IP).unwrap(),
            note: None,
            created_by: "olga",
            created_at: at("2026-03-01T12:00:00Z"),
            code_entered_at: None,
            until: None,
        })
        .map(drop)
    });
}

#[test]
fn the_session_goes_on_and_trust_in_this_panel_ends() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.add_panel("shop", &[]);
        lab.invite_to(ADA, "shop");
        let session = lab.signed_in(ADA, PASSWORD).session;
        trust(lab, Some(ADA), 1);
        trust(lab, Some(ADA), 2);
        trust(lab, None, 1);
        let (outcome, entries) =
            lab.entries_of(|lab| set_role(lab, ADA, Some("main"), "auditor").unwrap());
        assert_eq!(outcome.change, RoleChange::Changed { trusted_ips: 1 });
        assert_eq!(outcome.before.unwrap().role.as_deref(), Some("member"));
        assert_eq!(outcome.after.unwrap().role.as_deref(), Some("auditor"));
        assert_eq!(entries, ["role-changed"]);
        assert!(lab.session_lives(&session, "main"));
        assert_eq!(
            lab.look(|tx| tx.count_trust(1, None)),
            1,
            "everybody's stays"
        );
        let id = lab.account(ADA).id;
        assert_eq!(lab.look(|tx| tx.trust_of(id)).len(), 1, "that of shop");
        let shop = lab.look(|tx| tx.access(id, 2)).unwrap();
        assert_eq!(shop.role, "member");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    });
}

#[test]
fn the_check_of_a_session_tells_the_new_rights() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let session = lab.signed_in(ADA, PASSWORD).session;
        set_role(lab, ADA, None, "support").unwrap();
        let op = lab.op_from(IP);
        let authenticated =
            admit::ops::session::check_session(&mut lab.store, &op, &session, "main").unwrap();
        assert_eq!(authenticated.role, "support");
    });
}

#[test]
fn the_role_they_have_changes_nothing() {
    on_each_engine(|lab| {
        lab.member(ADA);
        trust(lab, Some(ADA), 1);
        let (outcome, entries) = lab.entries_of(|lab| set_role(lab, ADA, None, "member").unwrap());
        assert_eq!(
            (outcome.status, outcome.change, entries),
            (Status::Unchanged, RoleChange::HasRoleAlready, vec![])
        );
        assert_eq!(lab.look(|tx| tx.count_trust(1, None)), 1);
    });
}

#[test]
fn pending_and_expired_access_gets_it_and_keeps_its_end() {
    on_each_engine(|lab| {
        let link = lab.invite_for(ADA, "3d").link_id.unwrap();
        set_role(lab, ADA, None, "admin").unwrap();
        let id = lab.account(ADA).id;
        let access = lab.look(|tx| tx.access(id, 1)).unwrap();
        assert_eq!(
            (access.role.as_str(), access.until),
            ("admin", Some(at("2026-03-04T12:00:00Z")))
        );
        let token = lab.token(link);
        lab.register(&token, PASSWORD).unwrap();
        lab.set_clock("2026-03-04T12:00:00Z");
        set_role(lab, ADA, None, "auditor").unwrap();
        assert_eq!(lab.access_status(ADA, 1), "expired");
        assert_eq!(
            lab.invite(ADA).after.unwrap().role.as_deref(),
            Some("auditor")
        );
    });
}

#[test]
fn without_access_or_with_a_role_that_does_not_exist_it_is_refused() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.add_panel("shop", &[]);
        let head = lab.head();
        assert_eq!(
            refused(set_role(lab, ADA, Some("shop"), "admin")),
            Refusal::NoAccess {
                with: vec!["--role".into(), "admin".into()]
            }
        );
        assert!(matches!(
            refused(set_role(lab, ADA, Some("main"), "admim")),
            Refusal::UnknownRole { nearest: Some(near), .. } if near == "admin"
        ));
        assert!(matches!(
            refused(set_role(lab, ADA, None, "admin")),
            Refusal::WhichPanel { .. }
        ));
        assert!(matches!(
            refused(set_role(lab, BOB, Some("main"), "admin")),
            Refusal::UnknownAddress { .. }
        ));
        assert_eq!(lab.head(), head);
        lab.remove(ADA, Some("main")).unwrap();
        assert_eq!(
            refused(set_role(lab, ADA, Some("main"), "admin")),
            Refusal::AccessRemoved {
                at: at("2026-03-01T12:00:00Z"),
                with: vec!["--role".into(), "admin".into()]
            }
        );
    });
}
