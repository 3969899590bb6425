use super::*;
use jiff::SignedDuration;

use crate::domain::account::{Disabled, PasswordFacts};
use crate::domain::address::Address;
use crate::domain::lockout::LockFacts;
use crate::domain::policy::Policy;

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

const NOW: &str = "2026-03-10T12:00:00Z";

fn account() -> Account {
    Account {
        id: 1,
        reference: [1; 16],
        address: Address::parse("ada@example.com").unwrap(),
        name: None,
        phone: None,
        lang: None,
        created_at: at("2026-03-01T00:00:00Z"),
        password: Some(PasswordFacts {
            set_at: at("2026-03-02T00:00:00Z"),
            met_length: 15,
            voided_at: None,
        }),
        lock: LockFacts::default(),
        mail_barred_at: None,
        factor_reset_at: None,
        disabled: None,
        last_sign_in_at: None,
    }
}

fn panel() -> Panel {
    Panel {
        id: 1,
        name: "main".into(),
        trial_ends_at: None,
        policy: Policy::default(),
    }
}

fn access() -> Access {
    Access {
        id: 1,
        account_id: 1,
        panel_id: 1,
        role: "member".into(),
        granted_at: at("2026-03-01T00:00:00Z"),
        renewed_at: None,
        until: None,
        removed_at: None,
    }
}

fn reasons(panel: &Panel, account: Option<&Account>, access: Option<&Access>) -> Vec<&'static str> {
    reasons_at(panel, account, access, NOW)
}

fn reasons_at(
    panel: &Panel,
    account: Option<&Account>,
    access: Option<&Access>,
    now: &str,
) -> Vec<&'static str> {
    let facts = Facts {
        panel,
        account,
        access,
        factor: FactorFacts::default(),
        signed_in_since: None,
    };
    obstacles(&facts, at(now))
        .iter()
        .map(|obstacle| obstacle.reason.as_str())
        .collect()
}

#[test]
fn nothing_is_in_the_way_of_an_active_person() {
    assert!(reasons(&panel(), Some(&account()), Some(&access())).is_empty());
}

#[test]
fn an_unknown_address_is_the_only_obstacle_of_nobody() {
    assert_eq!(reasons(&panel(), None, None), ["unknown-address"]);
}

#[test]
fn everything_at_once_comes_in_the_order_of_the_rule() {
    let mut person = account();
    person.disabled = Some(Disabled {
        at: at("2026-03-09T00:00:00Z"),
        until: None,
        reason: "left".into(),
    });
    person.lock.locked_at = Some(at("2026-03-08T00:00:00Z"));
    person.password = Some(PasswordFacts {
        set_at: at("2026-01-01T00:00:00Z"),
        met_length: 8,
        voided_at: Some(at("2026-03-01T00:00:00Z")),
    });
    let mut access = access();
    access.until = Some(at("2026-03-05T00:00:00Z"));
    let mut panel = panel();
    panel.trial_ends_at = Some(at("2026-03-01T00:00:00Z"));
    panel.policy =
        Policy::from_settings([("second-factor", "required"), ("sessions", "one-refuse")]).unwrap();
    let facts = Facts {
        panel: &panel,
        account: Some(&person),
        access: Some(&access),
        factor: FactorFacts::default(),
        signed_in_since: Some(at("2026-03-10T11:00:00Z")),
    };
    let found: Vec<Reason> = obstacles(&facts, at(NOW))
        .iter()
        .map(|o| o.reason)
        .collect();
    assert_eq!(
        found,
        [
            Reason::Disabled,
            Reason::AccessExpired,
            Reason::TrialEnded,
            Reason::Locked,
            Reason::PasswordResetRequired,
            Reason::SecondFactorSetupRequired,
            Reason::AlreadySignedIn,
        ]
    );
    assert!(found.is_sorted());
}

#[test]
fn a_permanent_lock_is_one_obstacle_not_two() {
    let mut person = account();
    person.lock.locked_at = Some(at("2026-03-08T00:00:00Z"));
    person.lock.permanent_at = Some(at("2026-03-08T00:00:00Z"));
    assert_eq!(
        reasons(&panel(), Some(&person), Some(&access())),
        ["locked-permanently"]
    );
}

#[test]
fn an_unregistered_person_has_no_password_obstacles() {
    let mut person = account();
    person.password = None;
    let mut panel = panel();
    panel.policy = Policy::from_settings([("second-factor", "required")]).unwrap();
    assert_eq!(
        reasons(&panel, Some(&person), Some(&access())),
        ["unregistered"]
    );
}

#[test]
fn removed_access_is_no_access_even_when_it_is_also_over() {
    let mut access = access();
    access.until = Some(at("2026-03-05T00:00:00Z"));
    access.removed_at = Some(at("2026-03-06T00:00:00Z"));
    assert_eq!(
        reasons(&panel(), Some(&account()), Some(&access)),
        ["no-access"]
    );
    assert_eq!(reasons(&panel(), Some(&account()), None), ["no-access"]);
}

#[test]
fn everything_is_over_at_the_instant_it_ends() {
    let mut access = access();
    access.until = Some(at(NOW));
    let mut trial = panel();
    trial.trial_ends_at = Some(at(NOW));
    let mut disabled = account();
    disabled.disabled = Some(Disabled {
        at: at("2026-03-09T00:00:00Z"),
        until: Some(at(NOW)),
        reason: "x".into(),
    });
    let mut expiring = panel();
    expiring.policy = Policy::from_settings([("password-expiry", "30d")]).unwrap();
    let mut old = account();
    old.password = Some(PasswordFacts {
        set_at: at("2026-02-08T12:00:00Z"),
        met_length: 15,
        voided_at: None,
    });

    let before = "2026-03-10T11:59:59.999Z";
    let ada = account();
    let whole = self::access();
    for (now, over) in [
        (before, false),
        (NOW, true),
        ("2026-03-10T12:00:00.001Z", true),
    ] {
        assert_eq!(
            !reasons_at(&panel(), Some(&ada), Some(&access), now).is_empty(),
            over,
            "access {now}"
        );
        assert_eq!(
            !reasons_at(&trial, Some(&ada), Some(&whole), now).is_empty(),
            over,
            "trial {now}"
        );
        assert_eq!(
            reasons_at(&panel(), Some(&disabled), Some(&whole), now).is_empty(),
            over,
            "lock by hand {now}"
        );
        assert_eq!(
            !reasons_at(&expiring, Some(&old), Some(&whole), now).is_empty(),
            over,
            "password {now}"
        );
    }
}

#[test]
fn a_password_chosen_under_a_shorter_minimum_is_expired_in_a_panel_that_asks_for_more() {
    let mut person = account();
    person.password = Some(PasswordFacts {
        set_at: at("2026-03-02T00:00:00Z"),
        met_length: 8,
        voided_at: None,
    });
    assert_eq!(
        reasons(&panel(), Some(&person), Some(&access())),
        ["password-expired"]
    );
    let mut required = panel();
    required.policy = Policy::from_settings([("second-factor", "required")]).unwrap();
    assert_eq!(
        reasons(&required, Some(&person), Some(&access())),
        ["second-factor-setup-required"]
    );
}

#[test]
fn the_status_word_is_the_first_obstacle_else_expiring_or_active() {
    let panel = panel();
    let person = account();
    let mut soon = access();
    soon.until = Some(at("2026-03-12T00:00:00Z"));
    let mut over = access();
    over.until = Some(at("2026-03-05T00:00:00Z"));
    for (access, word) in [
        (access(), "active"),
        (soon, "expiring"),
        (over, "access-expired"),
    ] {
        let facts = Facts {
            panel: &panel,
            account: Some(&person),
            access: Some(&access),
            factor: FactorFacts::default(),
            signed_in_since: None,
        };
        assert_eq!(status_word(&facts, at(NOW)), word);
    }
}

#[test]
fn account_statuses_come_in_their_order() {
    let now = at(NOW);
    let mut person = account();
    assert_eq!(AccountStatus::of(&person, now), AccountStatus::Active);
    person.password = None;
    assert_eq!(AccountStatus::of(&person, now), AccountStatus::Unregistered);
    person.lock.locked_at = Some(now);
    assert_eq!(AccountStatus::of(&person, now), AccountStatus::Locked);
    person.lock.permanent_at = Some(now);
    assert_eq!(
        AccountStatus::of(&person, now),
        AccountStatus::LockedPermanently
    );
    person.disabled = Some(Disabled {
        at: now,
        until: None,
        reason: "x".into(),
    });
    assert_eq!(AccountStatus::of(&person, now), AccountStatus::Disabled);
}

#[test]
fn a_trial_has_ended_at_the_instant_of_its_end() {
    let now = at(NOW);
    let of = |trial_ends_at| {
        Panel {
            trial_ends_at,
            ..panel()
        }
        .status(now)
    };
    let second = SignedDuration::from_secs(1);
    assert_eq!(
        [None, Some(now + second), Some(now), Some(now - second)].map(of),
        ["open", "trial", "trial-ended", "trial-ended"]
    );
}
