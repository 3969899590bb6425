//! Settings: all or nothing, recorded, and whom a change concerns (T1, T5, P2, P4).

use admit::domain::policy::PolicyProblem;
use admit::domain::refusal::Refusal;
use admit::ops::settings::{Assignment, Effects, Plan, Target, change, effects, plan};
use admit::ops::{OpError, Scope};
use admit::store::{Done, Fault};
use admit::vault::{Entropy, TotpSecret};

use crate::support::bench_store::{ADA, BOB, CYD, Lab, days, refused};

fn assignments(settings: &[&str]) -> Vec<Assignment> {
    settings
        .iter()
        .map(|word| {
            let (key, value) = word.split_once('=').unwrap();
            Assignment {
                key: key.into(),
                value: Some(value.to_owned()).filter(|value| !value.is_empty()),
            }
        })
        .collect()
}

fn look(lab: &mut Lab, target: Target<'_>, settings: &[&str]) -> (Plan, Effects) {
    let (op, wanted) = (lab.op(), assignments(settings));
    lab.store
        .read(|tx| {
            let plan = plan(&Scope::load(tx)?, &op, target, &wanted)?;
            let effects = effects(tx, &op, &plan)?;
            Ok::<_, OpError>((plan, effects))
        })
        .unwrap()
}

/// Changes settings, agreeing to `agreed` of what they weaken.
fn set(
    lab: &mut Lab,
    target: Target<'_>,
    settings: &[&str],
    agreed: Option<&[String]>,
) -> Result<Plan, OpError> {
    let (op, wanted) = (lab.op(), assignments(settings));
    let all = lab
        .store
        .read(|tx| plan(&Scope::load(tx)?, &op, target, &wanted))?
        .weakens;
    lab.store.change(|tx| {
        let plan = change(tx, &op, target, &wanted, agreed.unwrap_or(&all))?;
        Ok(if plan.changes() {
            Done::recorded(plan)
        } else {
            Done::nothing(plan)
        })
    })
}

const MAIN: Target<'static> = Target::Panel(None);

#[test]
fn each_setting_that_changes_is_one_entry_with_what_was_and_is() {
    let mut lab = Lab::new();
    let ((), entries) = lab.entries_of(|lab| {
        set(
            lab,
            MAIN,
            &["sessions=one-refuse", "wrong-codes=6", "session-idle=1h"],
            None,
        )
        .unwrap();
    });
    assert_eq!(entries, ["setting-changed", "setting-changed"]);
    let last = lab.audit().pop().unwrap();
    assert_eq!(last.panel.as_deref(), Some("main"));
    assert_eq!(
        serde_json::to_string(&last.detail).unwrap(),
        r#"{"key":"session-idle","before":"12h","after":"1h"}"#
    );
    let ((), entries) = lab.entries_of(|lab| {
        set(lab, MAIN, &["session-idle=60m"], None).unwrap();
    });
    assert_eq!(entries, Vec::<String>::new(), "it was so already");
    let ((), entries) = lab.entries_of(|lab| {
        set(lab, Target::Store, &["reset-lifetime=1h"], None).unwrap();
    });
    assert_eq!(entries, ["setting-changed"]);
    lab.verify();
}

#[test]
fn one_bad_value_leaves_all_as_they_were() {
    let mut lab = Lab::new();
    let before = lab.look(|tx| tx.panels());
    for bad in [
        "session-total=1m",
        "colour=red",
        "default-role=king",
        "sender=nobody",
        "wrong-passwords=34",
    ] {
        refused(set(&mut lab, MAIN, &["sessions=one-refuse", bad], None));
        assert_eq!(lab.look(|tx| tx.panels()), before, "{bad}");
    }
    // Together they are within a hundred, whatever the order.
    set(
        &mut lab,
        MAIN,
        &["wrong-passwords=34", "locks-in-a-row=2"],
        None,
    )
    .unwrap();
    assert_eq!(
        refused(set(&mut lab, MAIN, &["locks-in-a-row="], None)),
        Refusal::Policy(PolicyProblem::TooManyTries {
            wrong: 34,
            locks: 3
        })
    );
}

#[test]
fn a_value_that_is_the_default_is_not_kept() {
    let mut lab = Lab::new();
    set(&mut lab, MAIN, &["sessions=one-refuse"], None).unwrap();
    set(&mut lab, MAIN, &["sessions=many"], None).unwrap();
    let kept: i64 = lab.raw().one("select count(*) from panel_setting", &[]);
    assert_eq!(kept, 0);
}

#[test]
fn what_weakens_is_written_only_if_somebody_agreed_to_just_that() {
    let mut lab = Lab::new();
    let not = set(&mut lab, MAIN, &["second-factor=off"], Some(&[]));
    assert!(matches!(not, Err(OpError::Store(Fault::Retry))), "{not:?}");
    let other = ["something else".to_owned()];
    assert!(set(&mut lab, MAIN, &["second-factor=off"], Some(&other)).is_err());
    assert_eq!(
        lab.look(|tx| tx.panels())[0].policy,
        admit::domain::policy::Policy::default()
    );
    set(&mut lab, MAIN, &["second-factor=off"], None).unwrap();
}

/// Ada has an authenticator, Bob a phone, Cyd neither.
fn three() -> Lab {
    let mut lab = Lab::new();
    for who in [ADA, BOB, CYD] {
        lab.member(who);
    }
    let (ada, mut bob, now) = (lab.account(ADA), lab.account(BOB), lab.now);
    bob.phone = Some("+491701234567".into());
    lab.settle(|tx| {
        let secret = TotpSecret::random(&Entropy::seeded(4))?;
        tx.set_factor(&ada, &secret, 1, now)?;
        tx.update_person(&bob)
    });
    lab
}

#[test]
fn requiring_a_factor_concerns_those_without_and_lacking_those_who_cannot() {
    let mut lab = three();
    let (_, effects) = look(&mut lab, MAIN, &["second-factor=required"]);
    assert_eq!((effects.everybody.count, effects.setting_up.count), (3, 2));
    assert_eq!(effects.setting_up.first, [BOB, CYD]);
    assert_eq!((effects.lacking.count, effects.expired.count), (0, 0));

    let (_, effects) = look(&mut lab, MAIN, &["second-factor=required", "methods=sms"]);
    assert_eq!(effects.lacking.first, [ADA, CYD]);
    assert_eq!(effects.setting_up.count, 0, "who cannot is not told to");

    let (_, effects) = look(
        &mut lab,
        MAIN,
        &["second-factor=required", "methods=app,mail"],
    );
    assert_eq!((effects.lacking.count, effects.setting_up.count), (0, 0));

    // Whose access is over or removed is nobody's concern.
    lab.remove(CYD, None).unwrap();
    let (_, effects) = look(&mut lab, MAIN, &["second-factor=required"]);
    assert_eq!((effects.everybody.count, effects.setting_up.count), (2, 1));

    // Nothing is asked of anybody by what does not concern people.
    let (plan, effects) = look(&mut lab, MAIN, &["sessions=one-refuse"]);
    assert!(plan.changes());
    assert_eq!(effects, Effects::default());
}

#[test]
fn no_more_than_ten_are_named_and_all_are_counted() {
    let mut lab = Lab::new();
    for number in 0..13 {
        lab.invite(&format!("guest{number:02}@example.com"));
    }
    let (_, effects) = look(&mut lab, MAIN, &["methods=app,sms"]);
    assert_eq!(effects.lacking.count, 13);
    assert_eq!(effects.lacking.first.len(), 10);
    assert_eq!(effects.lacking.first[0], "guest00@example.com");
}

#[test]
fn a_person_in_several_panels_is_counted_once_for_the_store() {
    let mut lab = three();
    lab.add_panel("second", &[("methods", "app,sms")]);
    lab.set_main("methods", "app,sms");
    let cyd = lab.account(CYD);
    lab.settle(|tx| {
        let access = tx.access(cyd.id, 1)?.unwrap();
        tx.set_access(access.id, "support", None)?;
        tx.add_access(cyd.id, 2, "support", None, access.granted_at)
    });
    // Cyd's role has rights of operators, to whom no code came by SMS until now.
    let (plan, effects) = look(&mut lab, Target::Store, &["codes-for-operators=app,sms"]);
    assert_eq!(plan.weakens.len(), 1);
    assert_eq!((effects.everybody.count, effects.lacking.count), (3, 1));
    assert_eq!(effects.lacking.first, [CYD]);
}

#[test]
fn a_longer_minimum_and_an_expiry_ask_for_new_passwords() {
    let mut lab = Lab::new();
    lab.set_main("second-factor", "required");
    lab.member(ADA);
    let (plan, effects) = look(&mut lab, MAIN, &["second-factor=optional"]);
    assert_eq!(plan.weakens.len(), 1);
    assert_eq!(
        effects.expired.first,
        [ADA],
        "it met 8 characters, and 15 are needed"
    );
    let (_, effects) = look(
        &mut lab,
        MAIN,
        &["second-factor=optional", "password-length=8"],
    );
    assert_eq!(effects.expired.count, 0);
    let (_, effects) = look(&mut lab, MAIN, &["password-expiry=30d"]);
    assert_eq!(effects.expired.count, 0);
    lab.advance(days(30));
    let (_, effects) = look(&mut lab, MAIN, &["password-expiry=30d"]);
    assert_eq!(effects.expired.count, 1);
    set(&mut lab, MAIN, &["password-expiry=30d"], None).unwrap();
    let (_, effects) = look(&mut lab, MAIN, &["password-expiry=60d"]);
    assert_eq!(effects.expired.count, 0);
}

#[test]
fn an_unknown_key_names_the_nearest_or_where_it_belongs() {
    let mut lab = Lab::new();
    for (target, setting, near, elsewhere) in [
        (MAIN, "sesions=many", Some("sessions"), None),
        (MAIN, "argon2=19456,2,1", None, Some("store")),
        (
            Target::Store,
            "reset-lifetim=1h",
            Some("reset-lifetime"),
            None,
        ),
        (Target::Store, "sessions=many", None, Some("panel")),
        (Target::Store, "trial-ends=never", None, Some("panel")),
        (Target::Store, "colour=red", None, None),
    ] {
        let refusal = refused(set(&mut lab, target, &[setting], None));
        let Refusal::UnknownKey {
            nearest,
            elsewhere: other,
            ..
        } = refusal
        else {
            panic!("{refusal:?}");
        };
        assert_eq!(nearest, near, "{setting}");
        assert_eq!(
            other,
            elsewhere.map(|noun| vec![noun.to_owned(), "set".into(), setting.into()]),
            "{setting}"
        );
    }
}
