use std::collections::BTreeSet;

use super::*;
use crate::domain::key::{Key, Weakens};

fn policy(settings: &[(&str, &str)]) -> Policy {
    Policy::from_settings(settings.iter().copied()).unwrap()
}

#[test]
fn whatever_makes_getting_in_easier_is_seen_and_the_way_back_is_not() {
    let mut judged = BTreeSet::from(["links.register", "links.reset", "links.confirm"]);
    let table = [
        ("second-factor", "required", "optional"),
        ("second-factor", "required", "off"),
        ("second-factor", "optional", "off"),
        ("methods", "app", "app,mail"),
        ("methods", "app", "app,sms"),
        ("totp-ahead", "0", "1"),
        ("trusted-ips", "off", "1d"),
        ("trusted-ips", "1d", "30d"),
        ("wrong-passwords", "6", "7"),
        ("wrong-codes", "6", "7"),
        ("locks-in-a-row", "3", "4"),
        ("locks-in-a-row", "3", "off"),
        ("password-length", "15", "14"),
        ("wrong-per-ip", "20", "21"),
        ("wrong-per-ip", "20", "0"),
        ("invitation-lifetime", "7d", "8d"),
        ("sessions", "one-refuse", "many"),
        ("sessions", "one-replace", "many"),
        ("session-idle", "12h", "13h"),
        ("session-total", "30d", "31d"),
        ("default-role", "member", "owner"),
        ("default-role", "member", "auditor"),
        ("default-role", "support", "admin"),
    ];
    for (key, strong, weak) in table {
        judged.insert(key);
        let (strong, weak) = (policy(&[(key, strong)]), policy(&[(key, weak)]));
        assert_eq!(of_panel(&strong, &weak).len(), 1, "{key} to the weaker");
        let back = of_panel(&weak, &strong);
        // Each of support and admin has a right that the other lacks.
        let either = key == "default-role" && back.len() == 1 && back[0].contains("support");
        assert!(back.is_empty() || either, "{key} back: {back:?}");
        assert_eq!(of_panel(&weak, &weak), Vec::<String>::new());
    }
    let asks = |key: &&Key<Policy>| matches!(key.weakens, Weakens::By(_));
    let asking: BTreeSet<_> = POLICY_KEYS
        .iter()
        .filter(asks)
        .map(|key| key.name)
        .collect();
    assert_eq!(judged, asking, "every key that asks is in the table");
    let neither = policy(&[("methods", "sms")]);
    assert_eq!(
        of_panel(&policy(&[]), &neither).len(),
        2,
        "app goes, SMS comes"
    );
}

#[test]
fn another_page_for_tokens_is_asked_about_and_the_configured_one_is_not() {
    for key in ["links.register", "links.reset", "links.confirm"] {
        let page = |host: &str| policy(&[(key, &format!("https://{host}/{{token}}"))]);
        let (ours, theirs) = (page("panel.example.com"), page("panel.example.org"));
        for before in [&policy(&[]), &ours] {
            let told = of_panel(before, &theirs);
            assert_eq!(told.len(), 1, "{key}");
            assert!(
                told[0].contains("https://panel.example.org/{token}"),
                "{told:?}"
            );
        }
        assert_eq!(of_panel(&ours, &ours), Vec::<String>::new(), "{key}");
        assert_eq!(of_panel(&ours, &policy(&[])), Vec::<String>::new(), "{key}");
    }
}

#[test]
fn the_shorter_minimum_behind_a_required_factor_is_no_weakening() {
    let required = policy(&[("second-factor", "required")]);
    assert_eq!(required.shortest_password(), 8);
    assert_eq!(of_panel(&policy(&[]), &required), Vec::<String>::new());
    let twelve = policy(&[("second-factor", "required"), ("password-length", "12")]);
    assert_eq!(of_panel(&policy(&[]), &twelve).len(), 1);
}

#[test]
fn a_store_gives_up_with_codes_by_mail_and_cheaper_hashes() {
    let set = |key: &str, value: &str| {
        let mut policy = StorePolicy::default();
        policy.set(key, value).unwrap();
        policy
    };
    let usual = StorePolicy::default();
    let mail = of_store(&usual, &set("codes-for-operators", "app,mail"));
    assert_eq!(mail.len(), 1);
    assert!(mail[0].contains("NIST SP 800-63B-4"), "{mail:?}");
    assert_eq!(of_store(&usual, &set("argon2", "19456,2,1")).len(), 1);
    assert_eq!(
        of_store(&set("argon2", "19456,2,1"), &usual),
        Vec::<String>::new()
    );
    assert_eq!(of_store(&usual, &set("reset-lifetime", "24h")).len(), 1);
    assert_eq!(
        of_store(&usual, &set("reset-lifetime", "1h")),
        Vec::<String>::new()
    );
}
