//! L10, A5 and U1's entry an hour: addresses behind which nothing can be locked.

use crate::support::bench_store::{ADA, BOB, IP, Lab, PASSWORD, WRONG, at, on_each_engine, word};

const NOBODY: &str = "nobody@example.com";

#[test]
fn an_unknown_address_is_locked_after_as_many_tries_and_forgotten_after_a_day() {
    on_each_engine(|lab| {
        for _ in 0..6 {
            assert_eq!(word(&lab.sign_in(NOBODY, WRONG)), "invalid-credentials");
        }
        assert_eq!(word(&lab.sign_in(NOBODY, WRONG)), "locked");
        assert_eq!(
            word(&lab.sign_in(" NOBODY@Example.com", WRONG)),
            "locked",
            "one count a person"
        );
        assert_eq!(
            word(&lab.sign_in("somebody@example.com", WRONG)),
            "invalid-credentials"
        );
        lab.set_clock("2026-03-02T11:59:59.999Z");
        assert_eq!(word(&lab.sign_in(NOBODY, WRONG)), "locked");
        lab.set_clock("2026-03-02T12:00:00Z");
        assert_eq!(word(&lab.sign_in(NOBODY, WRONG)), "invalid-credentials");
    });
}

#[test]
fn what_is_no_address_is_counted_like_one() {
    on_each_engine(|lab| {
        // All from one IP, and that is not the subject.
        lab.set_main("wrong-per-ip", "0");
        for typed in [
            "",
            "not an address",
            "a\u{0}b@example.com",
            "ada@example.com; drop table account",
        ] {
            for _ in 0..6 {
                assert_eq!(
                    word(&lab.sign_in(typed, WRONG)),
                    "invalid-credentials",
                    "{typed:?}"
                );
            }
            assert_eq!(word(&lab.sign_in(typed, WRONG)), "locked", "{typed:?}");
        }
    });
}

#[test]
fn tries_at_unknown_addresses_are_one_entry_an_ip_and_hour() {
    on_each_engine(|lab| {
        let ((), entries) = lab.entries_of(|lab| {
            for _ in 0..3 {
                lab.sign_in(NOBODY, WRONG).err().unwrap();
                lab.try_in("main", "hunter2", WRONG, "198.51.100.7")
                    .err()
                    .unwrap();
            }
            lab.set_clock("2026-03-01T12:59:59Z");
            lab.sign_in("other@example.com", WRONG).err().unwrap();
        });
        assert_eq!(entries, [""; 0], "the hour is not over");
        lab.set_clock("2026-03-01T13:00:00Z");
        let (_, entries) = lab.entries_of(|lab| lab.sign_in(NOBODY, WRONG).err().unwrap());
        assert_eq!(entries, ["unknown-address-tried", "unknown-address-tried"]);
        let audit = lab.audit();
        let told: Vec<_> = audit
            .iter()
            .filter(|entry| entry.action == "unknown-address-tried")
            .map(|entry| {
                (
                    entry.personal.ip.clone().unwrap(),
                    entry.detail["tries"].as_i64().unwrap(),
                )
            })
            .collect();
        assert_eq!(told, [("198.51.100.7".to_owned(), 3), (IP.to_owned(), 4)]);
        let hour: jiff::Timestamp = audit.last().unwrap().detail["hour"]
            .as_str()
            .unwrap()
            .parse()
            .unwrap();
        assert_eq!(hour, at("2026-03-01T12:00:00Z"));
        lab.verify();
    });
}

#[test]
fn what_was_typed_at_unknown_addresses_is_kept_nowhere() {
    let mut lab = Lab::new();
    lab.sign_in("my-secret-typed-here", WRONG).err().unwrap();
    lab.set_clock("2026-03-01T13:00:00Z");
    lab.sign_in("my-secret-typed-here", WRONG).err().unwrap();
    super::mail::assert_nowhere(&lab, &["my-secret-typed-here"]);
}

#[test]
fn a_member_without_any_access_is_told_so_after_a_right_password_only() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.remove(ADA, None).unwrap();
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "no-access");
        assert_eq!(word(&lab.sign_in(ADA, WRONG)), "invalid-credentials");
        for _ in 0..4 {
            lab.sign_in(ADA, WRONG).err().unwrap();
        }
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "locked");
        assert_eq!(lab.account(ADA).lock.wrong, 0);
        assert_eq!(lab.account_status(ADA), "active");
    });
}

#[test]
fn access_elsewhere_is_no_access_here() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.add_panel("second", &[]);
        assert_eq!(word(&lab.try_in("second", ADA, PASSWORD, IP)), "no-access");
        assert_eq!(
            word(&lab.try_in("second", ADA, WRONG, IP)),
            "invalid-credentials"
        );
        lab.invite_to(ADA, "second");
        lab.remove(ADA, Some("second")).unwrap();
        assert_eq!(word(&lab.try_in("second", ADA, PASSWORD, IP)), "no-access");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    });
}

#[test]
fn a_made_up_ticket_does_not_help_anybody() {
    let mut lab = Lab::new();
    lab.member(ADA);
    let text = format!("adm_t_{}", "0".repeat(52));
    let ticket = admit::vault::Token::parse(&text).unwrap();
    lab.fail(ADA, 6);
    assert_eq!(
        word(&lab.try_with("main", ADA, PASSWORD, IP, Some(&ticket))),
        "locked"
    );
    lab.remove(ADA, None).unwrap();
    assert_eq!(
        word(&lab.try_with("main", ADA, PASSWORD, IP, Some(&ticket))),
        "locked",
        "a locked account answers right and wrong alike (L2), whatever else is in the way"
    );
    assert_eq!(lab.account_status(ADA), "locked");
}

/// The person is told nothing, but whoever reads the log learns why.
#[test]
fn the_record_tells_somebody_unregistered_from_a_wrong_password() {
    on_each_engine(|lab| {
        lab.invite(BOB);
        lab.member(ADA);
        lab.remove(ADA, Some("main")).unwrap();
        for (who, reason) in [(BOB, "unregistered"), (ADA, "wrong-password")] {
            let denied = lab.sign_in(who, WRONG).err().unwrap();
            assert_eq!(
                (denied.reason, denied.cause.as_str()),
                ("invalid-credentials", reason)
            );
            let entry = lab.audit().pop().unwrap();
            assert_eq!(entry.action, "sign-in-refused");
            assert_eq!(entry.detail["reason"], reason);
        }
    });
}
