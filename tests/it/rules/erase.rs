//! A4, E2, I10 and U5: out of every panel, and forgotten. Of somebody forgotten neither address nor name nor IP is left
//! in any file of the store, and the record still verifies.

use std::fs;

use admit::domain::event::Action;
use admit::domain::refusal::Refusal;
use admit::domain::trusted_ip::Network;
use admit::ops::OpError;
use admit::ops::change::{ChangeResult, Status};
use admit::ops::edit::Edit;
use admit::ops::erase::Departure;
use admit::ops::erase::{erase, remove_everywhere};
use admit::ops::invite::Invite;
use admit::ops::lock_by_hand::{ByHand, lock_by_hand};
use admit::ops::reset_2fa::{Reset2fa, reset_2fa};
use admit::ops::reset_password::Reset;
use admit::ops::trust::{self, Trusting};
use admit::ops::unlock::Unlock;
use admit::store::{Done, NewTrust};
use admit::vault::{BackupCode, Entropy, ErasedList, TotpSecret};

use crate::support::bench_store::{
    ADA, BOB, IP, Lab, PASSWORD, WRONG, address, at, invitation, on_each_engine, refused, word,
};
use crate::support::cell::Cell;

pub(crate) fn forget(lab: &mut Lab, who: &str) -> Result<ChangeResult<Departure>, OpError> {
    lab.run(|tx, scope, op| erase(tx, scope, op, &address(who), Some("asked for it")))
}

fn leave_all(lab: &mut Lab, who: &str) -> Result<ChangeResult<Departure>, OpError> {
    lab.run(|tx, scope, op| remove_everywhere(tx, scope, op, &address(who)))
}

/// Whether the store holds a text, whatever its case: in a file of it, or in a row on a server.
pub(crate) fn holds(lab: &Lab, text: &str) -> bool {
    let wanted = text.to_ascii_lowercase().into_bytes();
    let bytes = lab.place.bytes().to_ascii_lowercase();
    bytes.windows(wanted.len()).any(|part| part == wanted)
}

pub(crate) const ZOE: &str = "zoe.unmistakable@example.org";
pub(crate) const FORMER: &str = "zoe.before@example.org";
pub(crate) const PENDING: &str = "zoe.waiting@example.org";
pub(crate) const NAME: &str = "Zoe Unmistakable-Name";
pub(crate) const HERS: &str = "198.51.100.77";
pub(crate) const PHONE: &str = "+4915112345678";

/// Somebody who has left a trace in every table.
pub(crate) fn zoe(lab: &mut Lab) {
    let request = Invite {
        name: Some(NAME.into()),
        phone: Some(PHONE.into()),
        lang: Some("de".into()),
        ..invitation(ZOE)
    };
    let link = lab.invite_as(&request).unwrap().link_id.unwrap();
    let token = lab.token(link);
    lab.register(&token, PASSWORD).unwrap();
    let wrong = lab.try_in("main", ZOE, WRONG, HERS);
    assert_eq!(word(&wrong), "invalid-credentials");
    let session = lab.try_in("main", ZOE, PASSWORD, HERS);
    assert_eq!(word(&session), "signed-in");
    let wrong = lab.try_in("main", ZOE, WRONG, HERS);
    assert_eq!(word(&wrong), "invalid-credentials", "it stays counted");
    lab.reset(ZOE, &Reset::default()).unwrap();
    let now = lab.now;
    let id = lab.account(ZOE).id;
    lab.settle(|tx| tx.keep_former_address(id, &address(FORMER), at("2026-03-08T12:00:00Z")));
    let edit = Edit {
        address: Some(address(PENDING)),
        ..Edit::default()
    };
    lab.run(|tx, scope, op| admit::ops::edit::edit(tx, scope, op, &address(ZOE), &edit))
        .unwrap();
    assert!(lab.look(|tx| tx.address_change(id, now)).is_some());
    let account = lab.account(ZOE);
    lab.settle(|tx| {
        tx.add_trust(&NewTrust {
            panel_id: 1,
            account_id: Some(account.id),
            network: Network::parse(HERS).unwrap(),
            note: Some(NAME),
            created_by: "",
            created_at: at("2026-03-01T12:00:00Z"),
            code_entered_at: Some(at("2026-03-01T12:00:00Z")),
            until: None,
        })?;
        let entropy = Entropy::seeded(5);
        let secret = TotpSecret::random(&entropy).unwrap();
        tx.set_factor(&account, &secret, 1, at("2026-03-01T12:00:00Z"))?;
        let code = BackupCode::random(&entropy).unwrap();
        tx.set_backup_codes(account.id, &[code], at("2026-03-01T12:00:00Z"))
    });
}

#[test]
fn nothing_of_somebody_forgotten_is_left_in_any_file_and_the_record_holds() {
    on_each_engine(|lab| {
        lab.member(ADA);
        zoe(lab);
        for trace in [ZOE, FORMER, PENDING, NAME, HERS, PHONE] {
            assert!(holds(lab, trace), "{trace} was there");
        }
        let reference = lab.account(ZOE).reference;
        let (outcome, entries) = lab.entries_of(|lab| forget(lab, ZOE).unwrap());
        assert_eq!(outcome.change, Departure::Erased { panels: 1 });
        assert_eq!(entries, ["erased"]);
        assert!(lab.store.take_leftovers().is_none());
        for trace in [
            ZOE,
            FORMER,
            PENDING,
            NAME,
            HERS,
            PHONE,
            "zoe.",
            "unmistakable",
        ] {
            assert!(!holds(lab, trace), "{trace} is left");
        }
        lab.verify();
        let about: Vec<_> = lab
            .audit()
            .into_iter()
            .filter(|entry| entry.account == Some(reference))
            .collect();
        assert!(about.len() >= 6, "{}", about.len());
        for entry in about {
            assert!(entry.erased, "{}", entry.action);
            assert_eq!(entry.personal, admit::store::Personal::default());
        }
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    });
}

/// What operators type about somebody, and where: the action of the entry, and the field of its detail.
const SAID: [(&str, &str, &str); 6] = [
    ("invited", "note", "Zoe-phoned before the invitation"),
    (
        "locked-by-hand",
        "reason",
        "Zoe-phoned about the lock, +49 151 7654321",
    ),
    ("unlocked", "reason", "Zoe-phoned from the station"),
    ("reset-requested", "reason", "Zoe-phoned without her papers"),
    (
        "second-factor-reset",
        "reason",
        "Zoe-phoned and lost her telephone",
    ),
    ("erased", "reason", "Zoe-phoned for the last time"),
];

/// Every operation about a person that takes a reason or a note, but erasing.
fn talked_about(lab: &mut Lab) {
    let said = |at: usize| SAID[at].2.to_owned();
    let request = Invite {
        note: Some(said(0)),
        ..invitation(ZOE)
    };
    let link = lab.invite_as(&request).unwrap().link_id.unwrap();
    let token = lab.token(link);
    lab.register(&token, PASSWORD).unwrap();
    let zoe = address(ZOE);
    let by_hand = ByHand {
        panel: None,
        reason: said(1),
        until: None,
    };
    lab.run(|tx, scope, op| lock_by_hand(tx, scope, op, &zoe, &by_hand))
        .unwrap();
    let unlock = Unlock {
        reason: Some(said(2)),
        ..Unlock::default()
    };
    lab.unlock(ZOE, &unlock).unwrap();
    let reset = Reset {
        reason: Some(said(3)),
        ..Reset::default()
    };
    lab.reset(ZOE, &reset).unwrap();
    let account = lab.account(ZOE);
    lab.settle(|tx| {
        let secret = TotpSecret::random(&Entropy::seeded(5)).unwrap();
        tx.set_factor(&account, &secret, 1, at("2026-03-01T12:00:00Z"))
    });
    let two = Reset2fa {
        panel: None,
        password: true,
        reason: Some(said(4)),
    };
    lab.run(|tx, scope, op| reset_2fa(tx, scope, op, &zoe, &two))
        .unwrap();
    let trusting = Trusting {
        person: Some(zoe.clone()),
        note: Some("Zoe-phoned from home".into()),
        ..Trusting::default()
    };
    let network = Network::parse(HERS).unwrap();
    let op = lab.op();
    lab.settle(|tx| {
        let scope = admit::ops::Scope::load(tx)?;
        trust::add(tx, &scope, &op, network, &trusting).unwrap();
        Ok(())
    });
}

#[test]
fn what_operators_typed_is_in_the_record_in_clear_nowhere_and_goes_with_the_person() {
    on_each_engine(|lab| {
        lab.member(ADA);
        talked_about(lab);
        let shown = |lab: &mut Lab, action: &str, key: &str| -> Vec<String> {
            lab.audit()
                .iter()
                .filter(|entry| entry.action == action)
                .filter_map(|entry| Some(entry.detail.get(key)?.as_str()?.to_owned()))
                .collect()
        };
        for (action, key, text) in &SAID[..5] {
            assert!(
                shown(lab, action, key).contains(&(*text).to_owned()),
                "{action}"
            );
        }
        // The reason of a reset that goes with a new second factor is there twice.
        assert_eq!(shown(lab, "reset-requested", "reason").len(), 2);
        let in_clear = |lab: &Lab| {
            let rows = lab.raw().rows("select detail from audit", &[]).unwrap();
            rows.into_iter().flatten().any(|cell| match cell {
                Cell::Text(text) => text.contains("Zoe-phoned"),
                _ => false,
            })
        };
        assert!(!in_clear(lab));

        let why = SAID[5].2;
        lab.run(|tx, scope, op| erase(tx, scope, op, &address(ZOE), Some(why)))
            .unwrap();
        assert!(lab.store.take_leftovers().is_none());
        assert!(!holds(lab, "Zoe-phoned"));
        assert!(!holds(lab, "7654321"));
        for (action, key, _) in &SAID[..5] {
            assert!(shown(lab, action, key).is_empty(), "{action}");
        }
        // Why somebody was erased is sealed too, with the store's key: it must outlive them.
        assert_eq!(shown(lab, "erased", "reason"), [why]);
        lab.verify();
    });
}

/// What somebody types about nobody in particular is sealed too, with the store's key.
#[test]
fn words_about_nobody_are_sealed_as_well() {
    on_each_engine(|lab| {
        let event = lab
            .op()
            .event(Action::StoreReconciled)
            .with_words("reason", Some("the disk-failed"))
            .with_words("note", None);
        lab.settle(|tx| tx.record(event.clone()));
        let entry = lab.audit().pop().unwrap();
        assert_eq!(entry.detail["reason"], "the disk-failed");
        assert_eq!(entry.detail.len(), 1);
        assert!(!holds(lab, "disk-failed"));
        lab.verify();
    });
}

/// An entry as version 1 wrote it.
#[test]
fn a_reason_in_clear_from_an_early_version_is_still_shown() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let account = lab.account(ADA);
        let event = lab
            .op()
            .event(Action::Unlocked)
            .about(&account)
            .with("reason", "case 4711");
        lab.settle(|tx| tx.record(event.clone()));
        let entry = lab.audit().pop().unwrap();
        assert_eq!(entry.detail["reason"], "case 4711");
        assert_eq!(entry.personal.address.as_deref(), Some(ADA));
    });
}

#[test]
fn among_many_people_whose_rows_fill_pages_nothing_is_left_either() {
    on_each_engine(|lab| {
        for n in 0..150 {
            let request = Invite {
                name: Some(format!("Person Number {n} of Many")),
                ..invitation(&format!("crowd{n:03}@example.com"))
            };
            lab.invite_as(&request).unwrap();
            if n == 75 {
                zoe(lab);
            }
        }
        // Rows that grow move about in their pages.
        for n in (0..150).step_by(3) {
            lab.invite(&format!("crowd{n:03}@example.com"));
        }
        forget(lab, ZOE).unwrap();
        for trace in [ZOE, FORMER, PENDING, NAME, HERS, PHONE] {
            assert!(!holds(lab, trace), "{trace} is left");
        }
        lab.verify();
    });
}

#[test]
fn every_row_of_the_person_goes_and_nobody_elses() {
    on_each_engine(|lab| {
        lab.member(ADA);
        zoe(lab);
        let id = lab.account(ZOE).id;
        let session = lab.signed_in(ADA, PASSWORD).session;
        forget(lab, ZOE).unwrap();
        let raw = lab.raw();
        for table in [
            "access",
            "link",
            "ticket",
            "session",
            "outbox",
            "second_factor",
            "factor_offer",
            "backup_code",
            "sent_code",
            "wrong_code",
            "trusted_ip",
            "address_change",
            "former_address",
        ] {
            let left: i64 = raw.one(
                &format!("select count(*) from {table} where account_id = {id}"),
                &[],
            );
            assert_eq!(left, 0, "{table}");
        }
        drop(raw);
        assert!(lab.find(ZOE).is_none());
        assert!(lab.session_lives(&session, "main"));
        assert!(!lab.mail_of(ADA).is_empty());
    });
}

#[test]
fn somebody_forgotten_is_unknown_and_may_come_anew_as_somebody_else() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let reference = lab.account(ADA).reference;
        let session = lab.signed_in(ADA, PASSWORD).session;
        forget(lab, ADA).unwrap();
        assert!(!lab.session_lives(&session, "main"));
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "invalid-credentials");
        assert!(matches!(
            refused(forget(lab, ADA)),
            Refusal::UnknownAddress { .. }
        ));
        lab.member(ADA);
        assert_ne!(lab.account(ADA).reference, reference);
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
        lab.verify();
    });
}

#[test]
fn who_was_erased_is_listed_beside_the_key_behind_the_commit() {
    on_each_engine(|lab| {
        let key = lab.folder.path().join("key");
        let list = ErasedList::beside(&key);
        lab.store.list_erased_in(list.clone());
        lab.member(ADA);
        lab.invite(BOB);
        let (ada, bob) = (lab.account(ADA).reference, lab.account(BOB).reference);
        let store = *lab.store.vault().store_id();
        // Rolled back: not listed.
        let op = lab.op();
        lab.store
            .change(|tx| {
                let scope = admit::ops::Scope::load(tx)?;
                erase(tx, &scope, &op, &address(ADA), None)?;
                Ok::<_, OpError>(Done::nothing(()))
            })
            .unwrap();
        assert!(!list.path().exists());
        lab.revoke(BOB, None).unwrap();
        forget(lab, ADA).unwrap();
        assert_eq!(
            fs::read_to_string(list.path()).unwrap(),
            ErasedList::lines(&store, &[bob, ada]).join("\n") + "\n"
        );
        assert!(lab.store.take_leftovers().is_none());
    });
}

#[test]
fn a_list_that_cannot_be_written_undoes_nothing_and_is_told() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.member(BOB);
        let gone = lab.folder.path().join("no such folder/key");
        lab.store.list_erased_in(ErasedList::beside(&gone));
        let store = *lab.store.vault().store_id();
        let both = [lab.account(ADA).reference, lab.account(BOB).reference];
        forget(lab, ADA).unwrap();
        forget(lab, BOB).unwrap();
        assert!(lab.find(ADA).is_none());
        let leftovers = lab.store.take_leftovers().unwrap();
        assert!(!leftovers.log);
        let unlisted = leftovers.unlisted.unwrap();
        assert_eq!(unlisted.lines, ErasedList::lines(&store, &both));
        assert!(lab.store.take_leftovers().is_none());
    });
}

#[test]
fn out_of_every_panel_keeps_account_and_password() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.add_panel("shop", &[]);
        lab.add_panel("wiki", &[]);
        lab.invite_to(ADA, "shop");
        let session = lab.signed_in(ADA, PASSWORD).session;
        let (outcome, entries) = lab.entries_of(|lab| leave_all(lab, ADA).unwrap());
        assert_eq!(
            outcome.change,
            Departure::Everywhere {
                panels: vec!["main".into(), "shop".into()],
                sessions: 1,
                erased: false
            }
        );
        assert_eq!(entries, ["removed", "removed"]);
        assert!(!lab.session_lives(&session, "main"));
        assert_eq!(lab.access_status(ADA, 1), "removed");
        assert_eq!(lab.access_status(ADA, 2), "removed");
        assert!(lab.account(ADA).is_registered());
        let (again, entries) = lab.entries_of(|lab| leave_all(lab, ADA).unwrap());
        assert_eq!(
            (again.status, again.change, entries),
            (Status::Unchanged, Departure::InNoPanel, vec![])
        );
        lab.invite_to(ADA, "shop");
        assert_eq!(word(&lab.try_in("shop", ADA, PASSWORD, IP)), "signed-in");
    });
}

#[test]
fn somebody_who_never_registered_is_gone_with_the_last_invitation() {
    on_each_engine(|lab| {
        lab.add_panel("shop", &[]);
        lab.invite_to(ADA, "main");
        lab.invite_to(ADA, "shop");
        let (outcome, entries) = lab.entries_of(|lab| leave_all(lab, ADA).unwrap());
        assert_eq!(
            outcome.change,
            Departure::Everywhere {
                panels: vec!["main".into(), "shop".into()],
                sessions: 0,
                erased: true
            }
        );
        assert_eq!(outcome.after, None);
        assert_eq!(entries, ["revoked", "revoked"]);
        assert!(lab.find(ADA).is_none());
        lab.verify();
    });
}
