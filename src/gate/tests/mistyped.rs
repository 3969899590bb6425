//! What a person mistypes, and what only a page can get wrong.

use super::requests::with_ip;
use super::*;

/// What a person mistypes comes to the store, and is their mistake.
#[test]
fn what_a_person_may_type_is_no_bad_request() {
    let long = |n: usize| "x".repeat(n);
    let mut all = vec![
        (
            Verb::SignIn,
            format!(r#"{{"address":"{}","password":"b"}}"#, long(321)),
        ),
        (
            Verb::SignIn,
            format!(r#"{{"address":"a","password":"{}"}}"#, long(5000)),
        ),
        (
            Verb::SignIn,
            format!(r#"{{"address":"a","password":"b","code":"{}"}}"#, long(201)),
        ),
        (
            Verb::Register,
            format!(r#"{{"token":"t","password":"b","name":"{}"}}"#, long(201)),
        ),
    ];
    for more in [
        r#""code":123456"#,
        r#""code":null"#,
        r#""code":"""#,
        r#""method":"""#,
        r#""method":" ""#,
        r#""method":null"#,
        r#""ticket":"""#,
        r#""ticket":null"#,
        r#""trust_ip":null"#,
        r#""lang":"tlh""#,
        r#""schema":2"#,
    ] {
        let text = format!(r#"{{"address":"a","password":"b",{more}}}"#);
        all.push((Verb::SignIn, text));
    }
    for name in ["", " ", "a\\nb", "a\\u0000b", "a\\u202eb", "\\u200b"] {
        let text = format!(r#"{{"token":"t","password":"b","name":"{name}"}}"#);
        all.push((Verb::Register, text));
    }
    all.push((
        Verb::SetUp2fa,
        r#"{"ticket":"t","code":123456,"ip":null}"#.into(),
    ));
    all.push((
        Verb::SetUp2fa,
        r#"{"session":"s","current_code":12345,"ip":null}"#.into(),
    ));
    for (verb, text) in all {
        let (answer, opened) = once_without_store(verb, &with_ip(verb, text.clone().into()));
        assert_eq!(
            (&answer["reason"], opened),
            (&json!("unavailable"), true),
            "{text}"
        );
    }
}

#[test]
fn where_something_can_be_guessed_an_ip_is_named_or_said_to_be_none() {
    for verb in Verb::ALL {
        let key = verb.contract().keys.iter().find(|key| key.name == "ip");
        let needed = key.is_some_and(|key| key.need == Need::OrNull);
        let guesses = verb.contract().no.iter().any(|reason| {
            ["invalid-credentials", "code-invalid", "wrong-password"].contains(reason)
        });
        assert_eq!(needed, guesses || *verb == Verb::ForgotPassword, "{verb:?}");
    }
    let text = br#"{"address":"a","password":"b"}"#;
    let (answer, opened) = once_without_store(Verb::SignIn, text);
    assert_eq!((&answer["reason"], opened), (&json!("bad-request"), false));
    assert!(
        answer["cause"]
            .as_str()
            .unwrap()
            .contains("'ip' is missing"),
        "{answer}"
    );
}

/// A panel that asks many things at once has to know which one broke off.
#[test]
fn an_id_is_given_back_where_it_was_reached() {
    use crate::gate::parse::{Line, id_in};
    let long = format!(
        r#"{{"id":"a","op":"sign-in","address":"{}"#,
        "x".repeat(80_000)
    );
    for (line, id) in [
        (r#"{"id":7,"op":"sign-in","password":"#, json!(7)),
        (r#"{"op":"sign-in","id":"b","x":tru"#, json!("b")),
        (r#"{"id":7} trailing"#, json!(7)),
        (&long, json!("a")),
        (r#"{"op":"sign-in","x":"\"id\":7"#, Value::Null),
        (r#"{"x":{"id":7},"#, Value::Null),
        (r#"{"id":7,"id":8,"#, Value::Null),
        (r#"{"id":7"#, json!(7)),
        (r#"[{"id":7}"#, Value::Null),
        ("", Value::Null),
    ] {
        assert_eq!(id_in(line.as_bytes()), id, "{line:.40}");
        let line = Line::parse(None, line.as_bytes());
        assert_eq!((line.id, line.request.is_err()), (id, true));
    }
    let mut cut = br#"{"id":9,"name":""#.to_vec();
    cut.extend([0xc3; 1]);
    assert_eq!(id_in(&cut), json!(9), "cut in the middle of a letter");
}
