use admit::domain::policy::Policy;
use admit::domain::store_policy::StorePolicy;
use admit::store::{Done, Fault};
use jiff::SignedDuration;

use super::accounts::add;
use crate::support::bench_store::{ADA, BOB, CYD, Lab, START, address, at, on_each_engine};

#[test]
fn a_new_store_has_the_panel_main_with_the_defaults() {
    on_each_engine(|lab| {
        let panels = lab.look(|tx| tx.panels());
        assert_eq!(panels.len(), 1);
        assert_eq!(
            (panels[0].name.as_str(), panels[0].trial_ends_at),
            ("main", None)
        );
        assert_eq!(panels[0].policy, Policy::default());
        assert_eq!(lab.look(|tx| tx.creation()), (at(START), 1));
    });
}

#[test]
fn the_last_backup_is_noted() {
    on_each_engine(|lab| {
        assert_eq!(lab.look(|tx| tx.backed_up_at()), None);
        lab.store.note_backup(at(START)).unwrap();
        assert_eq!(lab.look(|tx| tx.backed_up_at()), Some(at(START)));
        lab.settle(|tx| tx.set_backed_up_at(at("2026-03-02T12:00:00Z")));
        let later = lab.look(|tx| tx.backed_up_at());
        assert_eq!(later, Some(at("2026-03-02T12:00:00Z")));
    });
}

#[test]
fn settings_belong_to_one_panel_and_go_back_to_the_default() {
    on_each_engine(|lab| {
        lab.add_panel(
            "second",
            &[("wrong-passwords", "9"), ("default-role", "auditor")],
        );
        let panels = lab.look(|tx| tx.panels());
        assert_eq!(panels[0].policy, Policy::default());
        assert_eq!(panels[1].policy.wrong_passwords, 9);
        assert_eq!(panels[1].policy.default_role, "auditor");
        lab.settle(|tx| tx.set_panel_setting(2, "wrong-passwords", Some("8")));
        assert_eq!(lab.look(|tx| tx.panels())[1].policy.wrong_passwords, 8);
        lab.settle(|tx| tx.set_panel_setting(2, "wrong-passwords", None));
        assert_eq!(lab.look(|tx| tx.panels())[1].policy.wrong_passwords, 6);
    });
}

#[test]
fn a_panel_has_one_name_and_a_setting_needs_a_panel() {
    on_each_engine(|lab| {
        let twice = lab
            .store
            .change(|tx| tx.add_panel("main", at(START)).map(Done::unrecorded));
        assert!(matches!(twice, Err(Fault::Duplicate(_))), "{twice:?}");
        let nowhere = lab.store.change(|tx| {
            tx.set_panel_setting(9, "sessions", Some("many"))
                .map(Done::unrecorded)
        });
        assert!(matches!(nowhere, Err(Fault::Reference)), "{nowhere:?}");
    });
}

#[test]
fn a_trial_end_is_set_and_taken_away() {
    on_each_engine(|lab| {
        let end = at("2026-04-01T00:00:00Z");
        lab.settle(|tx| tx.set_trial_end(1, Some(end)));
        assert_eq!(lab.look(|tx| tx.panels())[0].trial_ends_at, Some(end));
        lab.settle(|tx| tx.set_trial_end(1, None));
        assert_eq!(lab.look(|tx| tx.panels())[0].trial_ends_at, None);
    });
}

#[test]
fn settings_of_the_store_replace_each_other() {
    on_each_engine(|lab| {
        lab.settle(|tx| tx.set_store_setting("reset-lifetime", "30m"));
        lab.settle(|tx| tx.set_store_setting("reset-lifetime", "1h"));
        let policy = lab.look(|tx| tx.store_policy());
        let argon2 = (19_456, 2, 1);
        assert_eq!(
            policy,
            StorePolicy {
                reset_lifetime: SignedDuration::from_hours(1),
                argon2,
                ..StorePolicy::default()
            }
        );
    });
}

#[test]
fn a_setting_that_does_not_read_is_a_fault_that_names_the_panel() {
    on_each_engine(|lab| {
        lab.settle(|tx| tx.set_panel_setting(1, "wrong-passwords", Some("none")));
        let fault = lab.store.read(|tx| tx.panels()).unwrap_err().to_string();
        assert!(
            fault.contains("main") && fault.contains("wrong-passwords"),
            "{fault}"
        );
        lab.settle(|tx| tx.set_store_setting("argon2", "1,1,1"));
        assert!(lab.store.read(|tx| tx.store_policy()).is_err());
    });
}

#[test]
fn access_is_given_changed_taken_away_and_given_again() {
    on_each_engine(|lab| {
        lab.add_panel("second", &[]);
        lab.settle(|tx| add(tx, ADA).map(drop));
        let ada = lab.account(ADA).id;
        assert_eq!(lab.look(|tx| tx.access(ada, 1)), None);
        let end = at("2026-05-01T00:00:00Z");
        lab.settle(|tx| {
            tx.add_access(ada, 2, "member", None, at(START))?;
            tx.add_access(ada, 1, "admin", Some(end), at(START))
        });
        let both = lab.look(|tx| tx.accesses(ada));
        assert_eq!(
            both.iter()
                .map(|access| access.panel_id)
                .collect::<Vec<_>>(),
            [1, 2]
        );
        let access = lab.look(|tx| tx.access(ada, 1)).unwrap();
        assert_eq!(access, both[0]);
        assert_eq!(
            (access.role.as_str(), access.until, access.removed_at),
            ("admin", Some(end), None)
        );
        let again = lab.store.change(|tx| {
            tx.add_access(ada, 1, "member", None, at(START))
                .map(Done::unrecorded)
        });
        assert!(matches!(again, Err(Fault::Duplicate(_))), "{again:?}");

        let gone = at("2026-03-02T00:00:00Z");
        lab.settle(|tx| {
            assert!(tx.remove_access(access.id, gone)?);
            assert!(!tx.remove_access(access.id, at("2026-03-03T00:00:00Z"))?);
            Ok(())
        });
        assert_eq!(
            lab.look(|tx| tx.access(ada, 1)).unwrap().removed_at,
            Some(gone)
        );
        lab.settle(|tx| tx.set_access(access.id, "member", None));
        let back = lab.look(|tx| tx.access(ada, 1)).unwrap();
        assert_eq!(
            (back.role.as_str(), back.until, back.removed_at),
            ("member", None, None)
        );
        assert_eq!((back.granted_at, back.renewed_at), (at(START), None));
        lab.settle(|tx| {
            assert!(tx.remove_access(access.id, gone)?);
            tx.renew_access(access.id, "admin", Some(end), gone)
        });
        let back = lab.look(|tx| tx.access(ada, 1)).unwrap();
        assert_eq!(
            (back.role.as_str(), back.until, back.removed_at),
            ("admin", Some(end), None)
        );
        assert_eq!((back.granted_at, back.renewed_at), (at(START), Some(gone)));
        assert_eq!(lab.look(|tx| tx.access(ada, 2)), Some(both[1].clone()));
    });
}

#[test]
fn a_setting_of_the_store_goes_back_to_its_default() {
    on_each_engine(|lab| {
        let default = StorePolicy::default().reset_lifetime;
        let lifetime = |lab: &mut Lab| lab.look(|tx| tx.store_policy()).reset_lifetime;
        lab.settle(|tx| tx.set_store_setting("reset-lifetime", "1h"));
        assert_ne!(lifetime(lab), default);
        lab.settle(|tx| tx.clear_store_setting("reset-lifetime"));
        assert_eq!(lifetime(lab), default);
        lab.settle(|tx| tx.clear_store_setting("reset-lifetime"));
    });
}

#[test]
fn who_has_access_that_runs_is_counted_by_panel() {
    on_each_engine(|lab| {
        lab.add_panel("second", &[]);
        let end = at("2026-03-08T12:00:00Z");
        lab.settle(|tx| {
            assert_eq!(tx.count_accounts()?, 0);
            for (who, until) in [(ADA, None), (BOB, Some(end)), (CYD, None)] {
                let account = add(tx, who)?;
                tx.add_access(account.id, 1, "member", until, at(START))?;
            }
            let cyd = tx.account(&address(CYD))?.unwrap();
            let access = tx.access(cyd.id, 1)?.unwrap();
            assert!(tx.remove_access(access.id, at(START))?);
            tx.add_access(cyd.id, 2, "member", None, at(START))?;
            assert_eq!(tx.count_accounts()?, 3);
            Ok(())
        });
        let count =
            |lab: &mut Lab, panel, now: &str| lab.look(|tx| tx.count_running(panel, at(now)));
        assert_eq!(count(lab, 1, "2026-03-08T11:59:59.999Z"), 2);
        assert_eq!(count(lab, 1, "2026-03-08T12:00:00Z"), 1);
        assert_eq!(count(lab, 2, START), 1);
        assert_eq!(count(lab, 3, START), 0);
    });
}
