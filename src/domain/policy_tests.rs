use super::*;

fn set(key: &str, value: &str) -> Result<Policy, PolicyProblem> {
    Policy::from_settings([(key, value)])
}

#[test]
fn every_range_holds_at_both_ends_and_not_beyond() {
    for (key, below, least, most, above) in [
        ("invitation-lifetime", "59m", "1h", "30d", "30d1h"),
        ("wrong-passwords", "0", "1", "33", "101"),
        ("locks-in-a-row", "0", "1", "10", "11"),
        ("password-length", "7", "8", "64", "65"),
        ("password-expiry", "29d", "30d", "365d", "366d"),
        ("session-idle", "4m", "5m", "30d", "31d"),
        ("session-total", "59m", "1h", "365d", "366d"),
    ] {
        assert!(set(key, below).is_err(), "{key}={below}");
        assert!(set(key, least).is_ok(), "{key}={least}");
        assert!(set(key, most).is_ok(), "{key}={most}");
        assert!(set(key, above).is_err(), "{key}={above}");
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
