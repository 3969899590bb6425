//! L9: an IP with too many wrong passwords in an hour waits, counts nothing, and the real person gets in by a new password.

use admit::ops::housekeep::housekeep;
use admit::ops::reset_password::Reset;
use admit::ops::sign_in::Answer;

use crate::support::bench_store::{
    ADA, BOB, CYD, IP, Lab, OTHER_PASSWORD, PASSWORD, WRONG, on_each_engine, word,
};

const ELSEWHERE: &str = "198.51.100.7";
const UNKNOWN: &str = "nobody@example.com";

/// Reason and cause.
fn why_not(answer: &Answer) -> (&'static str, &str) {
    match answer {
        Ok(_) => ("signed-in", ""),
        Err(denied) => (denied.reason, &denied.cause),
    }
}

/// Wrong passwords from an IP, each at another address that nobody has.
fn spray(lab: &mut Lab, times: usize, ip: &str) {
    for n in 0..times {
        let who = format!("sprayed{n}@{}.example", lab.now.as_millisecond());
        let answer = lab.try_in("main", &who, WRONG, ip);
        assert_eq!(word(&answer), "invalid-credentials", "{n}");
    }
}

const OVER: (&str, &str) = ("throttled", "too-many-from-ip");

#[test]
fn more_than_twenty_in_an_hour_are_not_looked_at_known_or_unknown() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.invite(BOB);
        spray(lab, 20, IP);
        assert_eq!(
            word(&lab.sign_in(ADA, PASSWORD)),
            "signed-in",
            "20 are put up with"
        );
        lab.fail(ADA, 1);
        for who in [ADA, BOB, UNKNOWN, "no address"] {
            for password in [PASSWORD, WRONG] {
                let answer = lab.try_in("main", who, password, IP);
                assert_eq!(why_not(&answer), OVER, "{who}");
            }
        }
        assert_eq!(
            word(&lab.try_in("main", ADA, PASSWORD, ELSEWHERE)),
            "signed-in"
        );
    });
}

#[test]
fn over_the_limit_nothing_counts() {
    on_each_engine(|lab| {
        lab.member(ADA);
        spray(lab, 21, IP);
        for _ in 0..10 {
            assert_eq!(why_not(&lab.sign_in(ADA, WRONG)), OVER);
            assert_eq!(why_not(&lab.sign_in(UNKNOWN, WRONG)), OVER);
        }
        let lock = lab.account(ADA).lock;
        assert_eq!((lock.wrong, lock.open_tries), (0, 0));
        let answer = lab.try_in("main", UNKNOWN, WRONG, ELSEWHERE);
        assert_eq!(word(&answer), "invalid-credentials", "not locked");
        lab.set_clock("2026-03-01T13:00:00Z");
        assert_eq!(
            word(&lab.sign_in(ADA, PASSWORD)),
            "signed-in",
            "the tries over the limit did not count against the IP either"
        );
    });
}

#[test]
fn each_counts_for_an_hour() {
    on_each_engine(|lab| {
        lab.member(ADA);
        spray(lab, 1, IP);
        lab.set_clock("2026-03-01T12:30:00Z");
        spray(lab, 20, IP);
        lab.set_clock("2026-03-01T12:59:59.999Z");
        assert_eq!(why_not(&lab.sign_in(ADA, PASSWORD)), OVER);
        lab.set_clock("2026-03-01T13:00:00Z");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
        lab.fail(ADA, 1);
        assert_eq!(why_not(&lab.sign_in(ADA, PASSWORD)), OVER);
        lab.set_clock("2026-03-01T13:29:59.999Z");
        assert_eq!(why_not(&lab.sign_in(ADA, PASSWORD)), OVER);
        lab.set_clock("2026-03-01T13:30:00Z");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "signed-in");
    });
}

#[test]
fn it_holds_for_one_panel_and_its_own_limit() {
    on_each_engine(|lab| {
        lab.add_panel("shop", &[("wrong-per-ip", "2")]);
        lab.add_panel("wiki", &[("wrong-per-ip", "0")]);
        lab.invite_to(ADA, "main");
        let link = lab.invite_to(ADA, "shop").link_id.unwrap();
        let token = lab.token(link);
        lab.register(&token, PASSWORD).unwrap();
        for n in 0..3 {
            let who = format!("shop{n}@example.com");
            let answer = lab.try_in("shop", &who, WRONG, IP);
            assert_eq!(word(&answer), "invalid-credentials");
        }
        assert_eq!(why_not(&lab.try_in("shop", ADA, PASSWORD, IP)), OVER);
        assert_eq!(word(&lab.try_in("main", ADA, PASSWORD, IP)), "signed-in");
        for n in 0..50 {
            let who = format!("wiki{n}@example.com");
            let answer = lab.try_in("wiki", &who, WRONG, IP);
            assert_eq!(word(&answer), "invalid-credentials", "0 is no limit");
        }
    });
}

#[test]
fn right_passwords_and_tries_at_locked_addresses_do_not_count() {
    on_each_engine(|lab| {
        lab.set_main("wrong-per-ip", "12");
        lab.member(ADA);
        lab.member(BOB);
        for _ in 0..30 {
            assert_eq!(word(&lab.sign_in(BOB, PASSWORD)), "signed-in");
        }
        lab.fail(ADA, 6);
        for _ in 0..6 {
            assert_eq!(word(&lab.sign_in(UNKNOWN, WRONG)), "invalid-credentials");
        }
        for who in [ADA, UNKNOWN] {
            for _ in 0..10 {
                assert_eq!(word(&lab.sign_in(who, WRONG)), "locked", "{who}");
            }
        }
        assert_eq!(word(&lab.sign_in(BOB, PASSWORD)), "signed-in");
    });
}

#[test]
fn an_ipv6_line_is_one_ip_and_a_wrapped_ipv4_address_is_itself() {
    on_each_engine(|lab| {
        lab.member(ADA);
        spray(lab, 21, "2001:db8:1:2::1");
        let neighbour = lab.try_in("main", ADA, PASSWORD, "2001:db8:1:2:ffff::9");
        assert_eq!(why_not(&neighbour), OVER);
        let other = lab.try_in("main", ADA, PASSWORD, "2001:db8:1:3::1");
        assert_eq!(word(&other), "signed-in");
        spray(lab, 21, IP);
        let wrapped = lab.try_in("main", ADA, PASSWORD, &format!("::ffff:{IP}"));
        assert_eq!(why_not(&wrapped), OVER);
    });
}

#[test]
fn the_ticket_of_a_new_password_lets_the_real_person_in_once() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.member(BOB);
        spray(lab, 21, IP);
        lab.reset(ADA, &Reset::default()).unwrap();
        let token = lab.reset_token(ADA);
        let ticket = lab.reset_by_link(&token, OTHER_PASSWORD).unwrap();
        let bobs = lab.try_with("main", BOB, PASSWORD, IP, Some(&ticket));
        assert_eq!(why_not(&bobs), OVER, "another's ticket is none");
        assert_eq!(why_not(&lab.sign_in(ADA, OTHER_PASSWORD)), OVER);
        let answer = lab.try_with("main", ADA, OTHER_PASSWORD, IP, Some(&ticket));
        assert_eq!(word(&answer), "signed-in");
        let again = lab.try_with("main", ADA, OTHER_PASSWORD, IP, Some(&ticket));
        assert_eq!(why_not(&again), OVER);
    });
}

#[test]
fn it_is_recorded_and_why_tells_it() {
    on_each_engine(|lab| {
        lab.member(ADA);
        spray(lab, 21, IP);
        let ((), entries) = lab.entries_of(|lab| {
            assert_eq!(why_not(&lab.sign_in(ADA, PASSWORD)), OVER);
            assert_eq!(why_not(&lab.sign_in(CYD, PASSWORD)), OVER);
        });
        assert_eq!(
            entries,
            ["sign-in-refused"],
            "unknown addresses are tallied"
        );
        let diagnosis = lab.why(ADA, None).remove(0);
        let note = diagnosis
            .notes
            .iter()
            .find(|note| note.kind == "ip-throttled")
            .unwrap();
        assert!(note.detail.contains(IP), "{}", note.detail);
        assert!(diagnosis.obstacles.is_empty());
        let later = lab.try_in("main", ADA, WRONG, ELSEWHERE);
        assert_eq!(word(&later), "invalid-credentials");
        let diagnosis = lab.why(ADA, None).remove(0);
        assert!(
            diagnosis
                .notes
                .iter()
                .all(|note| note.kind != "ip-throttled")
        );
        lab.verify();
    });
}

#[test]
fn the_ip_stands_nowhere_in_clear_and_its_rows_are_deleted_after_the_hour() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.fail(ADA, 1);
        let ips: Vec<Vec<u8>> = lab.raw().column("select ip from wrong_ip", &[]);
        assert_eq!(ips.len(), 1);
        assert_eq!(ips[0].len(), 32);
        for (clock, gone) in [
            ("2026-03-01T12:59:59.999Z", 0),
            ("2026-03-01T13:00:00Z", 1),
            ("2026-03-01T13:00:00Z", 0),
        ] {
            lab.set_clock(clock);
            let op = lab.op();
            let swept = housekeep(&mut lab.store, &op, &mut |_| true).unwrap();
            assert_eq!(swept.wrong_ips, gone, "{clock}");
        }
    });
}
