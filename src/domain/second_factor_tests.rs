use super::*;

fn set() -> FactorFacts {
    FactorFacts {
        app_set_at: Some("2026-03-01T00:00:00Z".parse().unwrap()),
        backup_codes_left: 10,
        ..FactorFacts::default()
    }
}

fn policy(second_factor: SecondFactor, methods: &str) -> Policy {
    Policy {
        second_factor,
        methods: Methods::parse(methods).unwrap(),
        ..Policy::default()
    }
}

#[test]
fn lists_of_methods_read_and_write() {
    for (typed, shown) in [
        ("app", "app"),
        ("sms, app", "app,sms"),
        ("mail,sms,app", "app,mail,sms"),
    ] {
        assert_eq!(Methods::parse(typed).unwrap().to_string(), shown);
    }
    for wrong in ["", "app,", "app,app", "backup", "App", "app mail"] {
        assert_eq!(Methods::parse(wrong), None, "{wrong}");
    }
}

#[test]
fn optional_asks_those_who_set_one_up_and_required_everybody() {
    let (none, app) = (FactorFacts::default(), set());
    for (second_factor, without, with) in [
        (SecondFactor::Off, false, false),
        (SecondFactor::Optional, false, true),
        (SecondFactor::Required, true, true),
    ] {
        let policy = policy(second_factor, "app,mail");
        assert_eq!(none.is_asked(&policy), without, "{second_factor:?}");
        assert_eq!(app.is_asked(&policy), with, "{second_factor:?}");
    }
    assert!(!app.is_asked(&policy(SecondFactor::Optional, "mail")));
}

#[test]
fn methods_need_what_they_need() {
    let all = policy(SecondFactor::Required, "app,mail,sms");
    assert_eq!(FactorFacts::default().open_methods(&all), [Method::Mail]);
    let mut facts = set();
    facts.has_phone = true;
    assert_eq!(facts.open_methods(&all), Method::ALL);
    facts.backup_codes_left = 0;
    facts.mail_barred = true;
    assert_eq!(facts.open_methods(&all), [Method::App, Method::Sms]);
    facts.allowed = Methods::APP;
    assert_eq!(facts.open_methods(&all), [Method::App]);
}

#[test]
fn a_mailbox_alone_neither_gets_in_nor_sets_up() {
    let mailed = policy(SecondFactor::Required, "app,mail");
    let mut facts = FactorFacts::default();
    assert!(!facts.may_set_up(&mailed), "a code by mail is due first");
    assert!(!facts.is_missing(&mailed));
    assert!(facts.may_add_app(&mailed));
    facts.relies_on_mail = true;
    facts.mail_barred = true;
    assert!(facts.is_missing(&mailed));
    assert!(!facts.may_add_app(&mailed));
    assert!(!facts.may_set_up(&mailed));
    assert!(facts.asks_an_operator(&mailed));
    // Nor by way of another panel.
    let app = policy(SecondFactor::Required, "app");
    assert!(!facts.may_add_app(&app));
    assert!(!facts.may_add_app(&policy(SecondFactor::Optional, "app")));
    // Where mail never was a second factor, the first set-up stands on the password (T5).
    facts.relies_on_mail = false;
    assert!(facts.is_missing(&app));
    assert!(facts.may_set_up(&app));
}

#[test]
fn where_a_code_by_sms_is_due_an_app_is_set_up_behind_it() {
    let sms = policy(SecondFactor::Required, "app,sms");
    let optional = policy(SecondFactor::Optional, "app,sms");
    let mut facts = FactorFacts::default();
    assert!(facts.may_set_up(&sms));
    facts.has_phone = true;
    assert!(!facts.may_set_up(&sms));
    assert!(facts.may_add_app(&sms));
    assert!(facts.may_set_up(&optional));
    // The panel that asks for the code is another one.
    facts.codes_elsewhere = true;
    assert!(!facts.may_set_up(&optional));
    assert!(!facts.may_add_app(&optional));
    assert!(facts.may_add_app(&sms));
}

#[test]
fn who_lacks_something_is_told_apart() {
    let sms = policy(SecondFactor::Optional, "app,sms");
    let mut facts = FactorFacts::default();
    assert!(facts.lacks_something(&sms));
    facts.has_phone = true;
    assert!(!facts.lacks_something(&sms));
    facts.allowed = Methods::APP;
    assert!(facts.lacks_something(&policy(SecondFactor::Required, "sms")));
    assert!(!facts.lacks_something(&policy(SecondFactor::Off, "sms")));
    // An operator whom the store leaves SMS alone, in a panel that takes apps alone.
    facts.allowed = Methods::parse("sms").unwrap();
    let app = policy(SecondFactor::Required, "app");
    assert!(facts.lacks_something(&app) && !facts.may_set_up(&app));
}

#[test]
fn offsets_of_the_clock_are_told_in_minutes() {
    for (steps, words) in [
        (1, "about half a minute ahead"),
        (-2, "about 1 minute behind"),
        (3, "about 2 minutes ahead"),
        (4, "about 2 minutes ahead"),
        (-20, "about 10 minutes behind"),
    ] {
        assert_eq!(clock_in_words(steps), words);
    }
}

#[test]
fn methods_are_named_for_people() {
    for (methods, words) in [
        ("app", "authenticator apps"),
        ("mail,sms", "codes by mail and codes by SMS"),
    ] {
        assert_eq!(Methods::parse(methods).unwrap().in_words(), words);
    }
}

/// After a reset by mail the mailbox must not be the second factor too, whatever was set up elsewhere.
#[test]
fn who_has_an_app_asks_an_operator_only_where_nothing_but_the_mailbox_counts() {
    let reset = |allowed: &str| FactorFacts {
        mail_barred: true,
        allowed: Methods::parse(allowed).unwrap(),
        ..set()
    };
    for (second_factor, methods, allowed, asks) in [
        (SecondFactor::Required, "mail", "app,mail,sms", true),
        (SecondFactor::Required, "app,mail", "app,mail,sms", false),
        (SecondFactor::Required, "sms", "app,mail,sms", false),
        (SecondFactor::Required, "mail", "app", false),
        (SecondFactor::Optional, "mail", "app,mail,sms", false),
    ] {
        let policy = policy(second_factor, methods);
        let facts = reset(allowed);
        assert_eq!(
            facts.asks_an_operator(&policy),
            asks,
            "{second_factor:?} {methods} {allowed}"
        );
        let before = FactorFacts {
            mail_barred: false,
            ..facts
        };
        assert!(!before.asks_an_operator(&policy));
    }
}

#[test]
fn codes_by_mail_wait_only_where_they_would_count_otherwise() {
    let waits = |methods, allowed, mail_barred| {
        let facts = FactorFacts {
            mail_barred,
            allowed: Methods::parse(allowed).unwrap(),
            ..FactorFacts::default()
        };
        facts.waits_for_another(&policy(SecondFactor::Required, methods))
    };
    for (methods, allowed, barred, expected) in [
        ("mail", "app,mail,sms", true, true),
        ("mail", "app,mail,sms", false, false),
        ("mail", "app", true, false),
        ("sms", "app,mail,sms", true, false),
        ("sms", "app,mail,sms", false, false),
        ("app,mail", "app,mail,sms", true, false),
    ] {
        assert_eq!(
            waits(methods, allowed, barred),
            expected,
            "{methods} {allowed} {barred}"
        );
    }
}
