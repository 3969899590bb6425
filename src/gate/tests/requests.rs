//! What does not read is refused: never a yes, never a panic, always one line.

use proptest::prelude::*;

use super::*;
use crate::gate::LIMIT;
use crate::gate::contract::{Key, Need};
use crate::gate::object::Object;
use crate::gate::parse::Line;

/// A request with a value for the key, which stands in for a secret everywhere.
fn with(value: &str) -> Vec<u8> {
    format!(r#"{{"address":"{CANARY}","password":{value}}}"#).into_bytes()
}

fn malformed() -> Vec<(Verb, Vec<u8>)> {
    let mut all: Vec<(Verb, Vec<u8>)> = Vec::new();
    let good = format!(r#"{{"address":"{CANARY}","password":"{CANARY}"}}"#);
    let deep = |open: &str, n: usize| open.repeat(n);
    // No JSON, or not one object.
    for text in [
        "",
        " ",
        "\n\n",
        "\0",
        "x",
        "null",
        "true",
        "0",
        "1e9",
        "\"text\"",
        "[]",
        "[{}]",
        "{",
        "}",
        "{}{}",
        "{\"",
        "{\"address\"",
        "{\"address\":",
        "{address:1}",
        "{'address':'x'}",
        "{\"address\":\"x\",}",
        "{,}",
        "//\n{}",
        "{}x",
        "{} {}",
        "{}\0",
        "\u{feff}{}",
        "NaN",
        "{\"a\":NaN}",
        "{\"a\":01}",
        "{\"a\":+1}",
        "{\"a\":\"\\x\"}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\t\"}",
        "{\"a\":tru}",
        "{\"a\" \"b\"}",
        "{\"a\":1e999}",
    ] {
        all.push((Verb::SignIn, text.into()));
    }
    for bytes in [
        &b"\xff"[..],
        b"{\"address\":\"\xff\"}",
        b"\xef\xbb\xbf{}",
        b"\xfe\xff\0{",
        b"{\xc0\xaf}",
    ] {
        all.push((Verb::SignIn, bytes.to_vec()));
    }
    for end in 0..good.len() {
        all.push((Verb::SignIn, good.as_bytes()[..end].to_vec()));
    }
    for tail in ["{}", "x", "\0", ",", "]", "\u{feff}", "\u{a0}", "null"] {
        all.push((Verb::SignIn, format!("{good}{tail}").into()));
    }
    for value in ["\"\\ud800\"", "\"\\udc00x\"", "\"\\ud800\\u0041\""] {
        all.push((Verb::SignIn, with(value)));
    }
    // The wrong type, also nested.
    for value in [
        "null",
        "true",
        "1",
        "-1",
        "1.5",
        "[]",
        "{}",
        "[\"x\"]",
        "{\"x\":\"y\"}",
        "[[[]]]",
    ] {
        all.push((Verb::SignIn, with(value)));
        for key in ["code", "method", "ticket", "ip"] {
            // Nothing at all, and a code that a library has made a number of.
            let number = value.parse::<f64>().is_ok();
            if value == "null" || (key == "code" && number) {
                continue;
            }
            all.push((
                Verb::SignIn,
                format!(r#"{{"address":"a","password":"b","{key}":{value}}}"#).into(),
            ));
        }
    }
    for value in ["0", "1", "\"true\"", "[true]", "{}"] {
        for key in ["trust_ip", "end_other"] {
            all.push((
                Verb::SignIn,
                format!(r#"{{"address":"a","password":"b","{key}":{value}}}"#).into(),
            ));
        }
    }
    all.push((
        Verb::SignIn,
        with(&format!("{}{}", deep("[", 10_000), deep("]", 10_000))),
    ));
    all.push((Verb::SignIn, with(&deep("[", 30_000))));
    all.push((Verb::SignIn, with(&deep("{\"a\":", 10_000))));
    all.push((Verb::SignIn, deep("[", 60_000).into()));
    all.push((
        Verb::SignIn,
        format!("{{{}}}", deep("\"a\":1,", 10_000)).into(),
    ));
    // Keys that repeat, are missing or unknown.
    for text in [
        r#"{"address":"a","address":"a","password":"b"}"#,
        r#"{"address":"a","\u0061ddress":"b","password":"b"}"#,
        r#"{"address":"a","password":"b","password":"c"}"#,
        r#"{"address":"a","password":"b","Password":"c"}"#,
        r#"{"address":"a","password":"b","user":"c"}"#,
        r#"{"address":"a","password":"b","":"c"}"#,
        r#"{"address":"a","password":"b","op":"sign-in"}"#,
        r#"{"address":"a","password":"b","panel":"main"}"#,
        r#"{"address":"a","password":"b","id":1}"#,
        r#"{"address":"a","password ":"b"}"#,
        r#"{"address":"a"}"#,
        r#"{"password":"b"}"#,
        "{}",
    ] {
        all.push((Verb::SignIn, text.into()));
    }
    // Too long.
    let long = |n: usize| "x".repeat(n);
    all.push((Verb::SignIn, format!("{good}{}", " ".repeat(LIMIT)).into()));
    all.push((Verb::SignIn, long(10 << 20).into()));
    // No address of a machine, or more than one.
    for ip in [
        "",
        " ",
        "x",
        "1.2.3.4.5",
        "01.2.3.4",
        "1.2.3.4/24",
        "1.2.3.4:80",
        " 1.2.3.4",
        "1.2.3.4,5.6.7.8",
        "1.2.3.4, 5.6.7.8",
        "fe80::1%eth0",
        "fe80::1%2",
        "[::1]",
        "[::1]:80",
        "0.0.0.0",
        "::",
        "::ffff:0.0.0.0",
        "::ffff:01.2.3.4",
        "1:2:3:4:5:6:7:8:9",
        "2130706433",
        "localhost",
        "unknown",
        "_hidden",
        "1.2.3.4\\u0000",
        "\u{ff11}.2.3.4",
    ] {
        let text = format!(r#"{{"address":"{CANARY}","password":"{CANARY}","ip":"{ip}"}}"#);
        all.push((Verb::SignIn, text.into()));
    }
    // What the other verbs need, and do not take.
    for verb in Verb::ALL {
        for text in [
            "[]",
            r#"{"x":"y"}"#,
            r#"{"token":null}"#,
            r#"{"session":1}"#,
            r#"{"address":["a@b.c"]}"#,
        ] {
            all.push((*verb, text.into()));
        }
        if verb
            .contract()
            .keys
            .iter()
            .any(|key| key.need != Need::Optional)
        {
            all.push((*verb, "{}".into()));
        }
    }
    for text in [
        r#"{"session":"s","address":"a","password":"b","new_password":"c"}"#,
        r#"{"password":"b","new_password":"c"}"#,
        r#"{"session":"s","new_password":"c"}"#,
        r#"{"session":"s","password":"b"}"#,
        r#"{"session":"s","password":"b","new_password":"c","name":"t"}"#,
    ] {
        all.push((Verb::ChangePassword, text.into()));
    }
    all.extend(second_requests::malformed());
    // What is wrong with them is not that they name no IP.
    for (verb, bytes) in &mut all {
        *bytes = with_ip(*verb, std::mem::take(bytes));
    }
    all
}

/// The same with a null for the IP, where one has to be named and is not.
pub(super) fn with_ip(verb: Verb, bytes: Vec<u8>) -> Vec<u8> {
    let asks = |key: &Key| key.name == "ip" && key.need == Need::OrNull;
    let needed = verb.contract().keys.iter().any(asks);
    match serde_json::from_slice(&bytes) {
        Ok(Value::Object(map)) if needed && !map.contains_key("ip") && !map.is_empty() => [
            br#"{"ip":null,"#,
            bytes.trim_ascii_start().get(1..).unwrap(),
        ]
        .concat(),
        _ => bytes,
    }
}

#[test]
fn a_request_may_be_as_long_as_the_limit_and_no_longer() {
    let mut text = b"{}".to_vec();
    text.resize(LIMIT, b' ');
    assert!(Object::read(&text).is_ok());
    text.push(b' ');
    assert!(Object::read(&text).is_err());
}

#[test]
fn what_is_malformed_is_a_bad_request_and_opens_nothing() {
    let all = malformed();
    assert!(all.len() > 300, "{}", all.len());
    for (verb, bytes) in all {
        let (answer, opened) = once_without_store(verb, &bytes);
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(80)]).into_owned();
        assert_eq!(answer["reason"], "bad-request", "{} {start}", verb.as_str());
        assert!(!opened, "{start}");
    }
}

#[test]
fn what_is_malformed_leaves_a_stream_line_a_bad_request_too() {
    for (verb, bytes) in malformed() {
        let Ok(text) = String::from_utf8(bytes) else {
            continue;
        };
        let Some(rest) = text.strip_prefix('{') else {
            continue;
        };
        // The keys of a stream, put in front of what is wrong; some of it is right in a stream.
        let text = format!(
            r#"{{"op":"{}","id":"i-1"{}{rest}"#,
            verb.as_str(),
            if rest.starts_with('}') { "" } else { "," }
        );
        let line = Line::parse(None, text.as_bytes());
        let fine = rest.contains(r#""panel":"main""#);
        assert_eq!(
            line.request.is_ok(),
            fine,
            "{}",
            &text[..text.len().min(120)]
        );
    }
}

#[test]
fn a_message_names_the_key() {
    for (text, part) in [
        (
            r#"{"address":"a","pasword":"b"}"#,
            "the key 'pasword' is not allowed here",
        ),
        (
            r#"{"address":"a","address":"b","password":"b"}"#,
            "the key 'address' is repeated",
        ),
        (r#"{"address":"a"}"#, "the key 'password' is missing"),
        (
            r#"{"address":"a","password":["b"]}"#,
            "the key 'password' must be a string",
        ),
        (
            r#"{"address":"a","password":"b","trust_ip":1}"#,
            "the key 'trust_ip' must be true or false",
        ),
        (
            r#"{"address":"a","password":"b","ip":"x"}"#,
            "the key 'ip' must be one IP address",
        ),
        ("\u{feff}{}", "byte order mark"),
    ] {
        let (answer, _) = once_without_store(Verb::SignIn, &with_ip(Verb::SignIn, text.into()));
        let message = answer["cause"].as_str().unwrap();
        assert!(message.contains(part), "{message}");
    }
    let hostile = format!(r#"{{"{}\u001b[2J":1}}"#, "k".repeat(300));
    let (answer, _) = once_without_store(Verb::SignIn, hostile.as_bytes());
    assert!(answer["cause"].as_str().unwrap().chars().count() < 130);
}

#[test]
fn what_is_well_formed_comes_to_the_store_which_may_be_away() {
    let long = "p".repeat(4096);
    for (verb, text) in [
        (Verb::SignIn, r#" {"address":"","password":""} "#.to_owned()),
        (Verb::SignIn, "\r\n\t{\"address\":\"a\",\"password\":\"b\"}\r\n\t ".to_owned()),
        (Verb::SignIn, format!(r#"{{"address":"a","password":"{long}"}}"#)),
        (Verb::SignIn, r#"{"address":"no address\u0000","password":"\u0000","ip":"::ffff:192.0.2.1"}"#.to_owned()),
        (
            Verb::SignIn,
            r#"{"address":"a","password":"b","code":"1","method":"app","ticket":"t","ip":"192.0.2.1","trust_ip":true,"end_other":false}"#
                .to_owned(),
        ),
        (Verb::Register, r#"{"token":"no token","password":"b","name":"Zoë"}"#.to_owned()),
        (Verb::ChangePassword, r#"{"session":"","password":"b","new_password":"c","code":"1"}"#.to_owned()),
        (Verb::ForgotPassword, r#"{"address":"x","ip":"2001:db8::1"}"#.to_owned()),
    ] {
        let (answer, opened) = once_without_store(verb, &with_ip(verb, text.clone().into()));
        assert_eq!(answer["reason"], "unavailable", "{text}");
        assert_eq!(answer["cause"], "no store here");
        assert!(opened);
    }
}

#[test]
fn an_id_comes_back_as_it_was_or_is_refused() {
    let id = |text: &str| {
        let line = format!(r#"{{"id":{text},"op":"sign-out","session":"s"}}"#);
        let line = Line::parse(None, line.as_bytes());
        (line.id, line.request.is_ok())
    };
    for good in [
        "\"\"",
        "\"a b\"",
        "0",
        "-1",
        "18446744073709551615",
        "-9223372036854775808",
    ] {
        assert_eq!(
            id(good),
            (serde_json::from_str(good).unwrap(), true),
            "{good}"
        );
    }
    let long = format!("\"{}\"", "x".repeat(201));
    for bad in [
        "null",
        "1.5",
        "1e2",
        "18446744073709551616",
        "true",
        "[]",
        "{}",
        "1,\"id\":1",
        &long,
    ] {
        assert_eq!(id(bad), (Value::Null, false), "{bad}");
    }
    // Also where the rest is wrong.
    let line = Line::parse(None, br#"{"op":"sing-in","id":7}"#);
    assert_eq!((line.id, line.request.is_err()), (json!(7), true));
    let line = Line::parse(
        None,
        br#"{"id":7,"op":"sign-out","op":"sign-out","session":"s"}"#,
    );
    assert_eq!((line.id, line.request.is_err()), (json!(7), true));
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        for verb in Verb::ALL {
            if verb.contract().keys.iter().any(|key| key.need != Need::Optional) {
                prop_assert!(Request::parse(*verb, None, &bytes).is_err());
            }
        }
        prop_assert!(Line::parse(None, &bytes).request.is_err());
    }

    #[test]
    fn whatever_one_byte_of_a_request_becomes_it_reads_or_not(at in 0usize..60, byte: u8) {
        let mut bytes = br#"{"op":"sign-in","id":1,"address":"a","password":"b","ip":"::1"}"#.to_vec();
        bytes[at] = byte;
        if let Ok(request) = Line::parse(None, &bytes).request {
            let is_sign_in = matches!(request.ask, crate::gate::Ask::SignIn { .. });
            prop_assert!(is_sign_in);
        }
    }
}
