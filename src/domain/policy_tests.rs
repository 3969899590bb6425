use super::*;
use crate::domain::key::Key;

fn set(key: &str, value: &str) -> Result<Policy, PolicyProblem> {
    Policy::from_settings([(key, value)])
}

/// Of every key with bounds: just outside, the two ends, just outside.
const BOUNDS: &[(&str, &str, &str, &str, &str)] = &[
    ("invitation-lifetime", "59m59s", "1h", "30d", "30d1s"),
    ("wrong-passwords", "0", "1", "100", "101"),
    ("locks-in-a-row", "0", "1", "10", "11"),
    ("wrong-per-ip", "-1", "0", "10000", "10001"),
    ("wrong-codes", "0", "1", "100", "101"),
    ("password-length", "7", "8", "64", "65"),
    ("password-expiry", "29d23h59m59s", "30d", "365d", "365d1s"),
    ("totp-ahead", "-1", "0", "1", "2"),
    ("trusted-ips", "23h59m59s", "1d", "30d", "30d1s"),
    ("session-idle", "4m59s", "5m", "30d", "30d1s"),
    ("session-total", "59m59s", "1h", "365d", "365d1s"),
    ("reset-lifetime", "9m59s", "10m", "24h", "24h1s"),
    (
        "argon2",
        "19455,2,1",
        "19456,2,1",
        "1048576,16,16",
        "1048577,16,16",
    ),
];

/// Of every other key: what it takes, and what it does not.
const OTHERS: &[(&str, &[&str], &[&str])] = &[
    (
        "second-factor",
        &["off", "optional", "required"],
        &["on", "", "Required"],
    ),
    (
        "methods",
        &["app", "app,mail", "app,mail,sms", "sms"],
        &["", "none", "app,app", "app;mail", "backup"],
    ),
    ("codes-for-operators", &["app", "app,mail"], &["", "off"]),
    (
        "sessions",
        &["many", "one-refuse", "one-replace"],
        &["one", "1"],
    ),
    ("title", &["Customer portal"], &["", "a\nb", "\u{1b}[31m"]),
    (
        "support-contact",
        &["help@example.com", "+49 170 1234567"],
        &["", "a\nb", "\u{1b}[31m"],
    ),
    (
        "links.register",
        &[
            "https://panel.example.com/{token}",
            "http://localhost:8000/{token}",
        ],
        &[
            "https://panel.example.com/",
            "http://panel.example.com/{token}",
            "panel.example.com/{token}",
        ],
    ),
    (
        "links.reset",
        &["https://panel.example.com/?t={token}"],
        &["https://{token}/"],
    ),
    (
        "links.confirm",
        &["https://panel.example.com/?t={token}"],
        &["https://{token}/"],
    ),
    (
        "sender",
        &["Panel <panel@example.com>"],
        &["", "a\r\nBcc: b@example.com"],
    ),
    ("default-role", &["member", "auditor"], &[""]),
    (
        "argon2",
        &["65536,3,4"],
        &[
            "65536,3",
            "65536,1,1",
            "19456,17,1",
            "19456,2,0",
            "19456,2,17",
            "x",
        ],
    ),
];

/// Sets a key of whichever policy has it, and writes it back.
fn round(name: &str, value: &str) -> Result<Option<String>, PolicyProblem> {
    use crate::domain::store_policy::{STORE_KEYS, StorePolicy};
    if let Some(key) = key::find(POLICY_KEYS, name) {
        let mut policy = Policy::default();
        key.set(&mut policy, value)?;
        return Ok(key.value(&policy));
    }
    let key = key::find(STORE_KEYS, name).unwrap();
    let mut policy = StorePolicy::default();
    key.set(&mut policy, value)?;
    Ok(key.value(&policy))
}

#[test]
fn every_range_holds_at_both_ends_and_not_beyond() {
    for (key, below, least, most, above) in BOUNDS {
        for outside in [below, above] {
            let problem = round(key, outside).unwrap_err().to_string();
            assert!(problem.contains(key), "{problem}");
        }
        for end in [least, most] {
            let written = round(key, end).unwrap().unwrap();
            assert_eq!(
                round(key, &written),
                Ok(Some(written.clone())),
                "{key}={end}"
            );
        }
    }
    for (key, good, bad) in OTHERS {
        for value in *good {
            assert_eq!(round(key, value), Ok(Some((*value).to_owned())), "{key}");
        }
        for value in *bad {
            assert!(round(key, value).is_err(), "{key}={value:?}");
        }
    }
}

#[test]
fn no_key_is_forgotten_by_these_tests_and_none_stands_twice() {
    use crate::domain::store_policy::STORE_KEYS;
    let mut names: Vec<&str> = POLICY_KEYS.iter().map(|key| key.name).collect();
    names.extend(STORE_KEYS.iter().map(|key| key.name));
    names.sort_unstable();
    let mut tried: Vec<&str> = BOUNDS.iter().map(|bounds| bounds.0).collect();
    tried.extend(OTHERS.iter().map(|other| other.0));
    tried.sort_unstable();
    tried.dedup();
    assert_eq!(names, tried);
}

#[test]
fn every_default_is_written_as_it_is_read() {
    use crate::domain::store_policy::{STORE_KEYS, StorePolicy};
    let mut unset = Vec::new();
    for key in POLICY_KEYS {
        let mut policy = Policy::default();
        match key.default() {
            Some(text) => key.set(&mut policy, &text).unwrap(),
            None => unset.push(key.name),
        }
        assert_eq!(policy, Policy::default(), "{}", key.name);
        assert_eq!(
            key.default().is_none(),
            !key.unset.is_empty(),
            "{}",
            key.name
        );
        assert!(!key.about.is_empty() && !key.about.ends_with('.') && !key.range().is_empty());
    }
    assert_eq!(
        unset,
        [
            "password-length",
            "title",
            "support-contact",
            "links.register",
            "links.reset",
            "links.confirm",
            "sender"
        ]
    );
    for key in STORE_KEYS {
        let mut policy = StorePolicy::default();
        key.set(&mut policy, &key.default().unwrap()).unwrap();
        assert_eq!(policy, StorePolicy::default(), "{}", key.name);
    }
    let defaults: Vec<String> = POLICY_KEYS.iter().filter_map(Key::default).collect();
    assert_eq!(
        defaults.join(" "),
        "7d 6 3 6 20 off optional app 0 30d many 12h 30d member"
    );
}

#[test]
fn going_back_to_the_default_undoes_any_value() {
    for (name, _, least, most, _) in BOUNDS {
        let Some(key) = key::find(POLICY_KEYS, name) else {
            continue;
        };
        for value in [least, most] {
            let mut policy = Policy::default();
            key.set(&mut policy, value).unwrap();
            key.reset(&mut policy);
            assert_eq!(policy, Policy::default(), "{name}={value}");
        }
    }
}

proptest::proptest! {
    #[test]
    fn whatever_is_taken_is_written_in_one_form_that_reads_back(
        which in 0..POLICY_KEYS.len(),
        value in "[0-9]{1,3}[dhm]?|off|app(,mail)?(, sms)?|[ -~]{1,20}",
    ) {
        let key = &POLICY_KEYS[which];
        let mut policy = Policy::default();
        if key.set(&mut policy, &value).is_ok() {
            let written = key.value(&policy).unwrap();
            let mut again = Policy::default();
            key.set(&mut again, &written).unwrap();
            proptest::prop_assert_eq!(&again, &policy);
            proptest::prop_assert_eq!(key.value(&again).unwrap(), written);
        }
    }
}

#[test]
fn a_password_expiry_is_off_or_in_days_never_a_month() {
    assert_eq!(set("password-expiry", "off").unwrap().password_expiry, None);
    assert!(set("password-expiry", "3mo").is_err());
}

#[test]
fn more_than_a_hundred_tries_before_a_permanent_lock_are_refused() {
    let settings = |wrong, locks| {
        Policy::from_settings([("wrong-passwords", wrong), ("locks-in-a-row", locks)])
    };
    assert!(settings("10", "10").is_ok());
    assert!(matches!(
        settings("11", "10"),
        Err(PolicyProblem::TooManyTries { .. })
    ));
    assert!(settings("100", "off").is_ok());
}

#[test]
fn the_strictest_panel_sets_the_limits_on_an_account() {
    let lax =
        Policy::from_settings([("wrong-passwords", "20"), ("locks-in-a-row", "off")]).unwrap();
    let strict =
        Policy::from_settings([("wrong-passwords", "4"), ("password-length", "20")]).unwrap();
    let limits = Limits::strictest([&lax, &strict]);
    assert_eq!(
        limits.lock,
        LockLimits {
            wrong_codes: 6,
            wrong_passwords: 4,
            locks_in_a_row: Some(3)
        }
    );
    assert_eq!(limits.password_length, 20);
    assert_eq!(Limits::strictest([]).lock.wrong_passwords, 6);
}

#[test]
fn eight_characters_do_only_where_every_panel_requires_a_second_factor() {
    let required = Policy::from_settings([("second-factor", "required")]).unwrap();
    let optional = Policy::default();
    assert_eq!(Limits::strictest([&required]).password_length, 8);
    assert_eq!(
        Limits::strictest([&required, &optional]).password_length,
        15
    );
}

#[test]
fn an_unknown_key_is_refused() {
    assert_eq!(
        set("colour", "red"),
        Err(PolicyProblem::UnknownKey("colour".into()))
    );
}
