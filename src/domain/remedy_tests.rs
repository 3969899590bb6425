use super::*;
use crate::domain::panel::Panel;
use crate::domain::policy::{Policy, SecondFactor};
use crate::domain::second_factor::{FactorFacts, Methods};

const ALL: &str = "app,mail,sms";

/// What is said where somebody needs a second factor and has none that counts.
fn said(methods: &str, allowed: &str, change: fn(&mut FactorFacts)) -> String {
    let panel = Panel {
        id: 1,
        name: "shop".into(),
        trial_ends_at: None,
        policy: Policy {
            second_factor: SecondFactor::Required,
            methods: Methods::parse(methods).unwrap(),
            ..Policy::default()
        },
    };
    let mut factor = FactorFacts {
        allowed: Methods::parse(allowed).unwrap(),
        ..FactorFacts::default()
    };
    change(&mut factor);
    let facts = Facts {
        panel: &panel,
        account: None,
        access: None,
        factor,
        signed_in_since: None,
    };
    let ways = no_second_factor(&facts, "ada@example.com");
    assert_eq!(ways.len(), 1);
    ways[0].effect.clone()
}

#[test]
fn a_missing_second_factor_is_explained_by_what_is_lacking() {
    let nothing: fn(&mut FactorFacts) = |_| {};
    let offered = "only the person can set it up: it is offered at the next sign-in";
    let elsewhere = "another panel asks for a code by mail or SMS: the person signs in there and sets the authenticator up";
    let end = "; an administrator can change its methods, or what the store leaves to operators";
    let no_phone = "the account has no phone number";
    let not_theirs = "people with this role may not use the methods of this panel";
    for (methods, allowed, change, expected) in [
        ("app", ALL, nothing, offered.to_owned()),
        (
            "app",
            ALL,
            |facts| facts.codes_elsewhere = true,
            elsewhere.into(),
        ),
        (
            "sms",
            ALL,
            |facts| facts.codes_elsewhere = true,
            format!("shop takes codes by SMS only, and {no_phone}{end}"),
        ),
        (
            "sms",
            ALL,
            nothing,
            format!("shop takes codes by SMS only, and {no_phone}{end}"),
        ),
        (
            "sms",
            ALL,
            |facts| facts.has_phone = true,
            format!("shop takes codes by SMS only{end}"),
        ),
        // Without a right to use it a number would not help.
        (
            "sms",
            "app",
            nothing,
            format!("shop takes codes by SMS only, and {not_theirs}{end}"),
        ),
        (
            "mail",
            "app",
            nothing,
            format!("shop takes codes by mail only, and {not_theirs}{end}"),
        ),
        (
            "mail",
            ALL,
            nothing,
            format!("shop takes codes by mail only{end}"),
        ),
    ] {
        assert_eq!(
            said(methods, allowed, change),
            expected,
            "{methods} {allowed}"
        );
    }
}
