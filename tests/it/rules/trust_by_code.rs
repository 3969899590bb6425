//! X1, X4, X7: an IP that is trusted because a code was entered there, and an operator's networks at the door.

use admit::domain::account::Disabled;
use admit::ops::invite::Invite;
use admit::ops::password::Holder;
use admit::ops::reset_2fa::Reset2fa;
use admit::ops::sign_in::{NotTrusted, Second};
use admit::ops::unlock::Unlock;
use jiff::Timestamp;

use crate::support::bench_codes::{App, Try, granted, no_code, with};
use crate::support::bench_store::{
    ADA, BOB, IP, Lab, OTHER_PASSWORD, at, days, invitation, lapse, minutes, on_each_engine,
};

/// Somewhere else.
const ELSEWHERE: &str = "198.51.100.7";

/// Ada enters a code at noon of March 1 and a minute, and trusts [`IP`].
fn trusting(lab: &mut Lab) -> App {
    let app = lab.member_with_app(ADA);
    trust_here(lab, &app);
    app
}

fn trust_here(lab: &mut Lab, app: &App) -> Option<Timestamp> {
    let code = lab.code(app, 0);
    let attempt = Try {
        trust: true,
        ..with(&code)
    };
    match lab.attempt(attempt) {
        Ok(signed_in) => signed_in.authenticated.context.ip_trusted_until,
        Err(denied) => panic!("{denied:?}"),
    }
}

fn plain(lab: &mut Lab) -> &'static str {
    lab.answer(Try::default())
}

fn from(lab: &mut Lab, ip: &str) -> &'static str {
    lab.answer(Try {
        ip: Some(ip),
        ..Try::default()
    })
}

// X1, X4

#[test]
fn from_an_ip_trusted_with_a_right_code_none_is_asked_for() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        assert_eq!(trust_here(lab, &app), Some(at("2026-03-31T12:01:00Z")));
        assert_eq!(plain(lab), "signed-in");
        let trust = lab.trust_of(ADA).remove(0);
        assert_eq!(trust.network.to_string(), IP);
        assert_eq!(trust.code_entered_at, Some(at("2026-03-01T12:01:00Z")));
        let entry = lab.audit().pop().unwrap();
        assert_eq!(entry.detail["second_factor"], "trusted-ip");
    });
}

/// From such an IP everybody may come: the sign-in goes on, and says that the next one asks for a code again.
#[test]
fn an_ip_that_says_nothing_about_a_place_is_not_trusted() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        for (ip, why) in [
            (Some("127.0.0.1"), "loopback"),
            (Some("127.255.0.9"), "loopback"),
            (Some("::1"), "loopback"),
            (Some("::ffff:127.0.0.1"), "loopback"),
            (Some("169.254.1.1"), "link-local"),
            (Some("fe80::1"), "link-local"),
            (Some("::ffff:169.254.1.1"), "link-local"),
            (Some("0.0.0.0"), "unspecified"),
            (Some("::"), "unspecified"),
            (Some("224.0.0.1"), "multicast"),
            (Some("ff02::1"), "multicast"),
            (Some("255.255.255.255"), "broadcast"),
            (None, "no-ip"),
        ] {
            lab.advance(minutes(1));
            let code = lab.code(&app, 0);
            let attempt = Try {
                ip,
                trust: true,
                ..with(&code)
            };
            let context = granted(lab.attempt(attempt)).authenticated.context;
            assert_eq!(context.ip_trusted_until, None, "{ip:?}");
            assert_eq!(context.not_trusted.map(NotTrusted::as_str), Some(why));
            assert!(lab.trust_of(ADA).is_empty());
            assert_eq!(lab.audit().pop().unwrap().detail["not_trusted"], why);
            let again = Try {
                ip,
                ..Try::default()
            };
            assert_eq!(lab.answer(again), "code-required");
        }
        // In an office on a LAN, an address from there is where somebody is.
        for ip in ["10.1.2.3", "192.168.1.7", "fd00::7"] {
            lab.advance(minutes(1));
            let code = lab.code(&app, 0);
            let attempt = Try {
                ip: Some(ip),
                trust: true,
                ..with(&code)
            };
            let context = granted(lab.attempt(attempt)).authenticated.context;
            assert!(context.ip_trusted_until.is_some(), "{ip}");
            assert_eq!(context.not_trusted, None);
            assert_eq!(from(lab, ip), "signed-in");
        }
        // Where the panel trusts none, that is told as well.
        lab.set_main("trusted-ips", "off");
        lab.advance(minutes(1));
        let code = lab.code(&app, 0);
        let attempt = Try {
            trust: true,
            ..with(&code)
        };
        let context = granted(lab.attempt(attempt)).authenticated.context;
        assert_eq!(context.not_trusted, Some(NotTrusted::SwitchedOff));
    });
}

#[test]
fn without_the_wish_nothing_is_trusted() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let code = lab.code(&app, 0);
        assert_eq!(lab.answer(with(&code)), "signed-in");
        assert!(lab.trust_of(ADA).is_empty());
        assert_eq!(plain(lab), "code-required");
    });
}

#[test]
fn a_wrong_code_or_none_trusts_nothing() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let wrong = no_code(&app.secret, lab.now);
        for (code, expected) in [
            (Some(wrong.as_str()), "code-invalid"),
            (Some("12345"), "code-invalid"),
            (None, "code-required"),
        ] {
            let attempt = Try {
                code,
                trust: true,
                ..Try::default()
            };
            assert_eq!(lab.answer(attempt), expected);
        }
        assert!(lab.trust_of(ADA).is_empty());
    });
}

#[test]
fn where_no_code_was_asked_for_nothing_is_trusted() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let attempt = Try {
            trust: true,
            ..Try::default()
        };
        assert_eq!(lab.answer(attempt), "signed-in");
        assert!(lab.trust_of(ADA).is_empty());
    });
}

#[test]
fn a_backup_code_and_a_mailed_code_trust_the_ip_too() {
    on_each_engine(|lab| {
        lab.set_main("methods", "app,mail");
        let app = lab.member_with_app(ADA);
        let paper = Try {
            trust: true,
            ..with(&app.backup[0])
        };
        assert_eq!(lab.answer(paper), "signed-in");
        assert_eq!(plain(lab), "signed-in");
        let (ticket, code) = lab.sent(admit::domain::second_factor::Method::Mail);
        let mailed = Try {
            trust: true,
            ip: Some(ELSEWHERE),
            ticket: Some(&ticket),
            ..with(&code)
        };
        assert_eq!(lab.answer(mailed), "signed-in");
        assert_eq!(from(lab, ELSEWHERE), "signed-in");
    });
}

#[test]
fn trust_ends_thirty_days_after_the_code_and_does_not_slide() {
    on_each_engine(|lab| {
        trusting(lab);
        for time in ["2026-03-15T12:00:00Z", "2026-03-31T12:00:59.999Z"] {
            lab.set_clock(time);
            assert_eq!(plain(lab), "signed-in", "{time}");
        }
        lab.set_clock("2026-03-31T12:01:00Z");
        assert_eq!(plain(lab), "code-required");
    });
}

#[test]
fn wishing_for_trust_at_a_trusted_ip_prolongs_nothing() {
    on_each_engine(|lab| {
        trusting(lab);
        lab.set_clock("2026-03-30T12:00:00Z");
        let again = Try {
            trust: true,
            ..Try::default()
        };
        assert_eq!(lab.answer(again), "signed-in");
        lab.set_clock("2026-03-31T12:01:00Z");
        assert_eq!(plain(lab), "code-required");
    });
}

#[test]
fn after_a_month_one_more_code_trusts_for_another_and_takes_the_place_of_the_old_entry() {
    on_each_engine(|lab| {
        let app = trusting(lab);
        lab.set_clock("2026-03-31T12:01:00Z");
        assert_eq!(trust_here(lab, &app), Some(at("2026-04-30T12:01:00Z")));
        assert_eq!(lab.trust_of(ADA).len(), 1);
        lab.set_clock("2026-04-30T12:00:59.999Z");
        assert_eq!(plain(lab), "signed-in");
    });
}

#[test]
fn another_ip_is_asked() {
    on_each_engine(|lab| {
        trusting(lab);
        for ip in [ELSEWHERE, "203.0.113.8", "203.0.113.10", "2001:db8::9"] {
            assert_eq!(from(lab, ip), "code-required", "{ip}");
        }
        let nowhere = Try {
            ip: None,
            ..Try::default()
        };
        assert_eq!(lab.answer(nowhere), "code-required");
    });
}

#[test]
fn another_person_at_the_same_ip_is_asked() {
    on_each_engine(|lab| {
        trusting(lab);
        lab.member_with_app(BOB);
        let bob = Try {
            who: BOB,
            ..Try::default()
        };
        assert_eq!(lab.answer(bob), "code-required");
    });
}

#[test]
fn another_panel_asks() {
    on_each_engine(|lab| {
        trusting(lab);
        lab.add_panel("second", &[]);
        lab.invite_to(ADA, "second");
        let there = Try {
            panel: "second",
            ..Try::default()
        };
        assert_eq!(lab.answer(there), "code-required");
    });
}

#[test]
fn an_address_wrapped_in_ipv6_is_the_same_address() {
    on_each_engine(|lab| {
        trusting(lab);
        assert_eq!(from(lab, "::ffff:203.0.113.9"), "signed-in");
        assert_eq!(from(lab, "::ffff:cb00:7109"), "signed-in");
        assert_eq!(from(lab, "::ffff:203.0.113.8"), "code-required");
    });
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        let code = lab.code(&app, 0);
        let wrapped = Try {
            trust: true,
            ip: Some("::ffff:203.0.113.9"),
            ..with(&code)
        };
        assert_eq!(lab.answer(wrapped), "signed-in");
        assert_eq!(plain(lab), "signed-in");
    });
}

#[test]
fn a_session_tells_until_when_its_ip_is_trusted() {
    on_each_engine(|lab| {
        trusting(lab);
        let Ok(signed_in) = lab.attempt(Try::default()) else {
            panic!("not let in");
        };
        assert_eq!(
            signed_in.authenticated.context.ip_trusted_until,
            Some(at("2026-03-31T12:01:00Z"))
        );
    });
}

// The policy counts at once.

#[test]
fn where_the_panel_trusts_no_ip_nothing_is_trusted_and_what_was_counts_no_more() {
    on_each_engine(|lab| {
        let app = trusting(lab);
        lab.set_main("trusted-ips", "off");
        assert_eq!(plain(lab), "code-required");
        lab.advance(minutes(1));
        assert_eq!(trust_here(lab, &app), None);
        assert_eq!(plain(lab), "code-required");
    });
}

#[test]
fn a_shorter_trust_counts_at_once_and_a_longer_one_prolongs_nothing() {
    on_each_engine(|lab| {
        lab.set_main("trusted-ips", "7d");
        trusting(lab);
        lab.set_main("trusted-ips", "3d");
        lab.set_clock("2026-03-04T12:00:59.999Z");
        assert_eq!(plain(lab), "signed-in");
        lab.set_clock("2026-03-04T12:01:00Z");
        assert_eq!(plain(lab), "code-required");
        lab.set_main("trusted-ips", "30d");
        lab.set_clock("2026-03-08T12:00:59.999Z");
        assert_eq!(plain(lab), "signed-in");
        lab.set_clock("2026-03-08T12:01:00Z");
        assert_eq!(plain(lab), "code-required");
    });
}

// X7

fn enter_from_here(lab: &mut Lab, password: &str) -> &'static str {
    lab.answer(Try {
        password,
        ..Try::default()
    })
}

#[test]
fn a_new_password_by_link_ends_trust() {
    on_each_engine(|lab| {
        trusting(lab);
        lab.take_over_by_mail(ADA, OTHER_PASSWORD);
        assert_eq!(enter_from_here(lab, OTHER_PASSWORD), "code-required");
    });
}

#[test]
fn a_new_password_by_the_old_one_ends_trust() {
    on_each_engine(|lab| {
        trusting(lab);
        let Ok(signed_in) = lab.attempt(Try::default()) else {
            panic!("not let in");
        };
        let holder = Holder::Session(&signed_in.session);
        assert!(lab.change(holder, Second::default(), None).is_ok());
        assert_eq!(enter_from_here(lab, OTHER_PASSWORD), "code-required");
    });
    on_each_engine(|lab| {
        trusting(lab);
        // The trusted IP spares the code here too.
        assert!(lab.change_by_address(Second::default(), None).is_ok());
        assert_eq!(enter_from_here(lab, OTHER_PASSWORD), "code-required");
    });
}

#[test]
fn a_reset_of_the_second_factor_ends_trust() {
    on_each_engine(|lab| {
        trusting(lab);
        lab.reset_2fa(ADA, &Reset2fa::default()).unwrap();
        assert!(lab.trust_of(ADA).is_empty());
        lab.set_up_app(ADA);
        assert_eq!(plain(lab), "code-required");
    });
}

#[test]
fn a_permanent_lock_over_passwords_ends_trust() {
    on_each_engine(|lab| {
        trusting(lab);
        lab.set_main("locks-in-a-row", "1");
        lab.fail(ADA, 6);
        assert_eq!(lab.account_status(ADA), "locked-permanently");
        let request = Unlock {
            reason: Some("case 4711".into()),
            keep_password: true,
            ..Unlock::default()
        };
        lab.unlock(ADA, &request).unwrap();
        assert_eq!(plain(lab), "code-required");
    });
}

#[test]
fn a_lock_over_passwords_ends_no_trust() {
    on_each_engine(|lab| {
        trusting(lab);
        lab.fail(ADA, 6);
        lab.unlock(ADA, &Unlock::default()).unwrap();
        assert_eq!(plain(lab), "signed-in");
    });
}

#[test]
fn access_restored_with_another_role_ends_trust_in_that_panel_alone() {
    for (role, expected) in [
        (Some("admin"), "code-required"),
        (Some("member"), "signed-in"),
        (None, "signed-in"),
    ] {
        let mut lab = Lab::new();
        lab.add_panel("second", &[]);
        lab.invite_as(&Invite {
            panel: Some("main".into()),
            term: Some(lapse("3d")),
            ..invitation(ADA)
        })
        .unwrap();
        let link = lab.invite_to(ADA, "second").link_id.unwrap();
        let token = lab.token(link);
        lab.register(&token, crate::support::bench_store::PASSWORD)
            .unwrap();
        let app = lab.set_up_app(ADA);
        for panel in ["main", "second"] {
            lab.advance(minutes(1));
            let code = lab.code(&app, 0);
            let trusted = Try {
                panel,
                trust: true,
                ..with(&code)
            };
            assert_eq!(lab.answer(trusted), "signed-in");
        }
        lab.advance(days(4));
        assert_eq!(plain(&mut lab), "access-expired");
        lab.invite_as(&Invite {
            panel: Some("main".into()),
            role: role.map(str::to_owned),
            ..invitation(ADA)
        })
        .unwrap();
        assert_eq!(plain(&mut lab), expected, "{role:?}");
        let there = Try {
            panel: "second",
            ..Try::default()
        };
        assert_eq!(lab.answer(there), "signed-in");
    }
}

#[test]
fn who_was_taken_out_and_comes_back_is_asked_again() {
    on_each_engine(|lab| {
        trusting(lab);
        lab.remove(ADA, None).unwrap();
        assert!(lab.trust_of(ADA).is_empty());
        lab.invite(ADA);
        assert_eq!(plain(lab), "code-required");
    });
}

#[test]
fn taken_out_of_one_panel_a_person_is_trusted_in_the_other() {
    on_each_engine(|lab| {
        trusting(lab);
        lab.add_panel("second", &[]);
        lab.invite_to(ADA, "second");
        lab.remove(ADA, Some("second")).unwrap();
        assert_eq!(plain(lab), "signed-in");
    });
}

#[test]
fn trust_does_not_help_past_a_lock_by_hand() {
    on_each_engine(|lab| {
        trusting(lab);
        let ada = lab.account(ADA);
        let lock = Disabled {
            at: lab.now,
            until: None,
            reason: "left".into(),
        };
        lab.settle(|tx| tx.disable_account(ada.id, &lock));
        assert_eq!(plain(lab), "disabled");
    });
}

// Operators' networks

#[test]
fn an_operators_network_spares_everybody_in_it_the_code_in_that_panel() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        lab.member_with_app(BOB);
        lab.add_panel("second", &[]);
        lab.invite_to(ADA, "second");
        lab.trust("203.0.113.0/24", None, None);
        for who in [ADA, BOB] {
            for (ip, expected) in [
                ("203.0.113.0", "signed-in"),
                ("203.0.113.255", "signed-in"),
                ("::ffff:203.0.113.77", "signed-in"),
                ("203.0.112.255", "code-required"),
                ("203.0.114.0", "code-required"),
            ] {
                let attempt = Try {
                    who,
                    ip: Some(ip),
                    ..Try::default()
                };
                assert_eq!(lab.answer(attempt), expected, "{who} from {ip}");
            }
        }
        let there = Try {
            panel: "second",
            ..Try::default()
        };
        assert_eq!(lab.answer(there), "code-required");
    });
}

#[test]
fn an_operators_network_for_one_person_spares_no_other() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        lab.member_with_app(BOB);
        lab.trust("2001:db8::/32", Some(BOB), None);
        for (who, expected) in [(ADA, "code-required"), (BOB, "signed-in")] {
            let attempt = Try {
                who,
                ip: Some("2001:db8:1::1"),
                ..Try::default()
            };
            assert_eq!(lab.answer(attempt), expected, "{who}");
        }
    });
}

#[test]
fn an_operators_network_does_not_spare_the_set_up() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.set_main("second-factor", "required");
        lab.trust("203.0.113.0/24", None, None);
        assert_eq!(plain(lab), "second-factor-setup-required");
    });
}

#[test]
fn using_an_operators_network_is_noted_and_keeps_it_for_thirty_days_more() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        lab.trust("203.0.113.0/24", Some(ADA), None);
        assert_eq!(lab.trust_of(ADA)[0].last_used_at, None);
        lab.set_clock("2026-03-31T12:00:59.999Z");
        assert_eq!(plain(lab), "signed-in");
        assert_eq!(
            lab.trust_of(ADA)[0].last_used_at,
            Some(at("2026-03-31T12:00:59.999Z"))
        );
        lab.set_clock("2026-04-30T12:00:59.998Z");
        assert_eq!(plain(lab), "signed-in");
        lab.set_clock("2026-05-30T12:00:59.998Z");
        assert_eq!(plain(lab), "code-required");
    });
}

#[test]
fn an_operators_network_with_an_end_ends_there_however_much_it_is_used() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        lab.trust("203.0.113.0/24", None, Some("2026-06-01T00:00:00Z"));
        lab.set_clock("2026-05-31T23:59:59.999Z");
        assert_eq!(plain(lab), "signed-in");
        lab.set_clock("2026-06-01T00:00:00Z");
        assert_eq!(plain(lab), "code-required");
    });
}

#[test]
fn trust_of_ones_own_leaves_an_operators_entry_alone() {
    on_each_engine(|lab| {
        let app = lab.member_with_app(ADA);
        lab.trust("203.0.113.9", Some(ADA), Some("2026-03-01T13:00:00Z"));
        lab.set_clock("2026-03-01T13:00:00Z");
        trust_here(lab, &app);
        assert_eq!(lab.trust_of(ADA).len(), 2);
    });
}

#[test]
fn a_trusted_ip_does_not_spare_the_password() {
    on_each_engine(|lab| {
        trusting(lab);
        assert_eq!(enter_from_here(lab, OTHER_PASSWORD), "invalid-credentials");
    });
}
