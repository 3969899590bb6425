//! Requests about the second factor that do not read, and those that do.

use super::requests::with_ip;
use super::*;

fn sign_in(more: &str) -> Vec<u8> {
    format!(r#"{{"address":"a","password":"b",{more}}}"#).into()
}

/// What is refused before anything is opened.
pub(super) fn malformed() -> Vec<(Verb, Vec<u8>)> {
    let mut all: Vec<(Verb, Vec<u8>)> = Vec::new();
    // Trusting an IP that was not named.
    all.push((Verb::SignIn, sign_in(r#""trust_ip":true"#)));
    all.push((Verb::SignIn, sign_in(r#""trust_ip":true,"code":"123456""#)));
    all.push((Verb::SignIn, sign_in(r#""trust_ip":true,"ip":"""#)));
    for method in ["App", "email", "totp", "mail ", "sms,mail", "app\\u0000"] {
        let key = format!(r#""method":"{method}""#);
        all.push((Verb::SignIn, sign_in(&key)));
        all.push((Verb::SendCode, sign_in(&key)));
        let change = format!(r#"{{"session":"s","password":"b","new_password":"c",{key}}}"#);
        all.push((Verb::ChangePassword, change.into()));
    }
    // No code is sent but by these two, and only to whoever has the password.
    for more in [
        r#""method":"app""#,
        r#""method":"backup""#,
        r#""method":null"#,
        r#""method":["mail"]"#,
        r#""ip":"192.0.2.1""#,
        r#""method":"mail","method":"sms""#,
        r#""method":"mail","code":"123456""#,
        r#""method":"mail","ticket":"t""#,
        r#""method":"mail","trust_ip":true,"ip":"192.0.2.1""#,
        r#""method":"sms","phone":"+15005550006""#,
        r#""method":"mail","to":"eve@example.com""#,
    ] {
        all.push((Verb::SendCode, sign_in(more)));
    }
    all.push((Verb::SendCode, r#"{"address":"a","method":"mail"}"#.into()));
    all.push((Verb::SendCode, r#"{"password":"b","method":"mail"}"#.into()));
    for text in [
        r#"{"code":"123456"}"#,
        r#"{"current_code":"123456"}"#,
        r#"{"ticket":"t","session":"s"}"#,
        r#"{"ticket":"t","session":"s","code":"123456"}"#,
        r#"{"ticket":null}"#,
        r#"{"ticket":1}"#,
        r#"{"session":{"x":"y"}}"#,
        r#"{"ticket":"t","ticket":"t"}"#,
        r#"{"ticket":"t","code":"1","code":"2"}"#,
        r#"{"ticket":"t","secret":"JBSWY3DPEHPK3PXP"}"#,
        r#"{"ticket":"t","password":"b"}"#,
        r#"{"address":"a","password":"b"}"#,
        r#"{"ticket":"t","method":"app"}"#,
        r#"{"ticket":"t","ip":"nowhere"}"#,
    ] {
        all.push((Verb::SetUp2fa, text.into()));
    }
    // Codes are no business of these.
    for (verb, text) in [
        (Verb::CheckSession, r#"{"session":"s","code":"123456"}"#),
        (Verb::SignOut, r#"{"session":"s","code":"123456"}"#),
        (
            Verb::ResetPassword,
            r#"{"token":"t","password":"b","code":"123456"}"#,
        ),
        (Verb::ForgotPassword, r#"{"address":"a","method":"sms"}"#),
        (
            Verb::Register,
            r#"{"token":"t","password":"b","code":"123456"}"#,
        ),
        (
            Verb::ChangePassword,
            r#"{"session":"s","password":"b","new_password":"c","ip":"192.0.2.1","trust_ip":true}"#,
        ),
    ] {
        all.push((verb, text.into()));
    }
    all
}

#[test]
fn the_message_says_what_is_wrong_with_the_key() {
    for (verb, text, message) in [
        (
            Verb::SignIn,
            r#"{"address":"a","password":"b","trust_ip":true}"#,
            "the key 'trust_ip' requires the key 'ip'",
        ),
        (
            Verb::SignIn,
            r#"{"address":"a","password":"b","method":"email"}"#,
            "the key 'method' must be one of app, backup, mail, sms",
        ),
        (
            Verb::SendCode,
            r#"{"address":"a","password":"b","method":"app"}"#,
            "the key 'method' must be one of mail, sms",
        ),
        (
            Verb::SendCode,
            r#"{"address":"a","password":"b"}"#,
            "the key 'method' is missing",
        ),
        (
            Verb::SetUp2fa,
            r#"{"code":"123456"}"#,
            "one of the keys 'ticket' and 'session' is required",
        ),
        (
            Verb::SetUp2fa,
            r#"{"ticket":"t","session":"s"}"#,
            "the keys 'ticket' and 'session' cannot be used together",
        ),
        (
            Verb::SetUp2fa,
            r#"{"ticket":"t","password":"b"}"#,
            "the key 'password' is not allowed here",
        ),
    ] {
        let (answer, opened) = once_without_store(verb, &with_ip(verb, text.into()));
        assert_eq!((answer["cause"].as_str(), opened), (Some(message), false));
    }
}

#[test]
fn what_is_well_formed_comes_to_the_store() {
    for (verb, text) in [
        (
            Verb::SendCode,
            r#"{"address":"a","password":"b","method":"mail"}"#,
        ),
        (
            Verb::SendCode,
            r#"{"address":"a","password":"b","method":"sms","ip":"192.0.2.1"}"#,
        ),
        (Verb::SetUp2fa, r#"{"ticket":"t"}"#),
        (
            Verb::SetUp2fa,
            r#"{"session":"s","current_code":"","code":"x","ip":"::1"}"#,
        ),
        (
            Verb::SignIn,
            r#"{"address":"a","password":"b","trust_ip":false}"#,
        ),
        (
            Verb::SignIn,
            r#"{"address":"a","password":"b","code":"","method":"backup"}"#,
        ),
        (
            Verb::ChangePassword,
            r#"{"address":"a","password":"b","new_password":"c","code":"1","method":"sms","ticket":"t"}"#,
        ),
    ] {
        let (answer, opened) = once_without_store(verb, &with_ip(verb, text.into()));
        assert_eq!(
            (answer["reason"].as_str(), opened),
            (Some("unavailable"), true),
            "{text}"
        );
    }
}
