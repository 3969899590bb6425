use super::*;
use crate::domain::panel::Panel;
use crate::domain::policy::{Policy, SecondFactor};
use crate::domain::second_factor::{FactorFacts, Methods};

const ALL: &str = "app,mail,sms";

/// The commands where somebody needs a second factor and has none that counts; a sentence where no command helps.
fn ways(methods: &str, allowed: &str, change: fn(&mut FactorFacts)) -> Vec<String> {
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
    no_second_factor(&facts, "ada@example.com")
        .into_iter()
        .map(|way| match way.words.as_slice() {
            [] => way.effect,
            words => words.join(" "),
        })
        .collect()
}

#[test]
fn a_missing_second_factor_has_the_commands_for_what_is_lacking() {
    let nothing: fn(&mut FactorFacts) = |_| {};
    let codes_elsewhere: fn(&mut FactorFacts) = |facts| facts.codes_elsewhere = true;
    let with_phone: fn(&mut FactorFacts) = |facts| facts.has_phone = true;
    let phone = "edit ada@example.com --phone";
    let with_app = "panel set shop methods=app,sms";
    for (methods, allowed, change, expected) in [
        (
            "app",
            ALL,
            nothing,
            vec!["the person sets it up at the next sign-in"],
        ),
        (
            "app",
            ALL,
            codes_elsewhere,
            vec![
                "the person signs in to another panel with a code by mail or SMS and sets up the authenticator there",
            ],
        ),
        ("sms", ALL, codes_elsewhere, vec![phone, with_app]),
        ("sms", ALL, nothing, vec![phone, with_app]),
        ("sms", ALL, with_phone, vec![with_app]),
        // A number does not help people who may not use it.
        (
            "sms",
            "app",
            nothing,
            vec!["store set codes-for-operators=app,sms", with_app],
        ),
        (
            "mail",
            "app",
            nothing,
            vec![
                "store set codes-for-operators=app,mail",
                "panel set shop methods=app,mail",
            ],
        ),
        (
            "app",
            "mail,sms",
            nothing,
            vec!["store set codes-for-operators=app,mail,sms"],
        ),
    ] {
        assert_eq!(
            ways(methods, allowed, change),
            expected,
            "{methods} {allowed}"
        );
    }
}
