//! L9: whatever writes or mails has a limit for who it is about and for where it comes from; beyond it nothing is mailed,
//! the answer is the same, and an hour's refusals of one kind are one entry.

use admit::domain::account::Disabled;
use admit::domain::link::LinkPurpose;
use admit::domain::policy::{
    CHANGES_AN_HOUR, CODES_PER_NETWORK, COUNTED_NETWORKS, FORGOT_PER_NETWORK, REFUSALS_PER_ACCOUNT,
    REFUSALS_PER_NETWORK,
};
use admit::domain::refusal::Refusal;
use admit::domain::second_factor::Method;
use admit::ops::forgot::forgot_password;
use admit::ops::housekeep::{Swept, housekeep};
use admit::ops::password::{Change, Holder, change_password};
use admit::ops::set_up;
use admit::ops::sign_in::Second;
use admit::store::AuditEntry;

use crate::support::bench_codes::{Try, granted, with};
use crate::support::bench_store::{
    ADA, IP, Lab, PASSWORD, START, WRONG, at, on_each_engine, ready_hash, refused, secret, word,
};

const NOBODY: &str = "nobody@example.com";
const NEXT_HOUR: &str = "2026-03-01T13:00:00Z";
const BEYOND: &str = "too-many-from-ip";

/// Registers somebody without waiting for a hash.
fn quick_member(lab: &mut Lab, who: &str) {
    lab.invite(who);
    let account = lab.account(who);
    let now = lab.now;
    lab.settle(|tx| {
        tx.use_invitations(account.id, now)?;
        tx.set_password(account.id, ready_hash(), 15, now)
    });
}

fn people(lab: &mut Lab, count: i64) -> Vec<String> {
    (0..count)
        .map(|number| {
            let who = format!("person{number}@example.org");
            quick_member(lab, &who);
            who
        })
        .collect()
}

fn forgot(lab: &mut Lab, who: &str, ip: Option<&str>) -> &'static str {
    let mut op = lab.op_from(IP);
    op.actor.ip = ip.map(|ip| ip.parse().unwrap());
    forgot_password(&mut lab.store, &op, who, "main").unwrap()
}

fn sweep(lab: &mut Lab) -> Swept {
    let op = lab.op();
    housekeep(&mut lab.store, &op, &mut |_| true).unwrap()
}

/// Entries with this action, without the tallies.
fn single(lab: &mut Lab, action: &str) -> usize {
    let entries = lab.audit();
    let found = entries.iter().filter(|entry| entry.action == action);
    found
        .filter(|entry| !entry.detail.contains_key("hour"))
        .count()
}

/// The tallies that the end of the hour brings.
fn tallies(lab: &mut Lab) -> Vec<AuditEntry> {
    lab.set_clock(NEXT_HOUR);
    let before = lab.head().seq;
    sweep(lab);
    lab.verify();
    let entries = lab.audit();
    entries
        .into_iter()
        .filter(|entry| entry.seq > before && entry.detail.contains_key("hour"))
        .collect()
}

fn tries(entry: &AuditEntry) -> i64 {
    assert_eq!(entry.detail["hour"], "2026-03-01T12:00:00Z");
    entry.detail["tries"].as_i64().unwrap()
}

// Forgotten passwords

#[test]
fn one_ipv4_address_has_so_many_reset_links_mailed_and_the_rest_is_one_entry() {
    on_each_engine(|lab| {
        let people = people(lab, FORGOT_PER_NETWORK + 5);
        let mut did: Vec<&str> = Vec::new();
        for who in &people {
            did.push(forgot(lab, who, Some("192.0.2.1")));
        }
        let (within, beyond) = did.split_at(usize::try_from(FORGOT_PER_NETWORK).unwrap());
        assert!(within.iter().all(|did| *did == "link-mailed"), "{did:?}");
        assert_eq!(beyond, [BEYOND; 5]);
        for who in &people[within.len()..] {
            assert_eq!(lab.mail_kinds(who), ["invitation"], "nothing was mailed");
        }
        assert_eq!(
            forgot(lab, NOBODY, Some("::ffff:192.0.2.1")),
            BEYOND,
            "unknown addresses count, too"
        );
        assert_eq!(single(lab, "forgot-password"), within.len());
        let last = people.last().unwrap();
        assert_eq!(forgot(lab, last, Some("192.0.2.2")), "link-mailed");
        let told = tallies(lab);
        assert_eq!(told.len(), 1);
        assert_eq!(
            (tries(&told[0]), told[0].action.as_str()),
            (6, "forgot-password")
        );
        assert_eq!(told[0].detail["outcome"], BEYOND);
        assert_eq!(told[0].personal.ip.as_deref(), Some("192.0.2.1"));
        assert_eq!(told[0].personal.address, None);
    });
}

#[test]
fn the_limit_of_a_network_ends_an_hour_after_its_first_request() {
    on_each_engine(|lab| {
        quick_member(lab, ADA);
        lab.set_clock("2026-03-01T12:30:00Z");
        for _ in 0..FORGOT_PER_NETWORK {
            assert_eq!(forgot(lab, NOBODY, Some(IP)), "unknown-address");
        }
        lab.set_clock("2026-03-01T13:29:59.999Z");
        assert_eq!(forgot(lab, ADA, Some(IP)), BEYOND);
        lab.set_clock("2026-03-01T13:30:00Z");
        assert_eq!(forgot(lab, ADA, Some(IP)), "link-mailed");
    });
}

#[test]
fn an_ipv6_address_counts_with_its_64_and_ten_times_as_many_with_its_48() {
    on_each_engine(|lab| {
        quick_member(lab, ADA);
        let from = |line: i64, host: i64| format!("2001:db8:1:{line:x}::{host:x}");
        for host in 0..FORGOT_PER_NETWORK {
            assert_eq!(forgot(lab, NOBODY, Some(&from(0, host))), "unknown-address");
        }
        assert_eq!(forgot(lab, ADA, Some(&from(0, 99))), BEYOND);
        for line in 1..10 {
            for host in 0..FORGOT_PER_NETWORK {
                let did = forgot(lab, NOBODY, Some(&from(line, host)));
                assert_eq!(did, "unknown-address", "{line} {host}");
            }
        }
        assert_eq!(forgot(lab, ADA, Some(&from(10, 1))), BEYOND, "rotated");
        assert_eq!(forgot(lab, ADA, Some("2001:db8:2::1")), "link-mailed");
        let told: Vec<_> = tallies(lab)
            .into_iter()
            .filter(|entry| entry.action == "forgot-password")
            .map(|entry| {
                (
                    entry.personal.ip.clone().unwrap(),
                    entry.detail["prefix"].as_i64().unwrap(),
                    tries(&entry),
                )
            })
            .collect();
        let mut told = told;
        told.sort();
        assert_eq!(
            told,
            [
                ("2001:db8:1::".to_owned(), 48, 1),
                ("2001:db8:1::".to_owned(), 64, 1)
            ]
        );
    });
}

#[test]
fn a_flood_at_one_address_becomes_one_entry_wherever_it_comes_from() {
    on_each_engine(|lab| {
        quick_member(lab, ADA);
        for host in 0..REFUSALS_PER_ACCOUNT + 10 {
            forgot(lab, ADA, Some(&format!("198.51.100.{host}")));
        }
        // The first had its link mailed, and is an entry of its own.
        let most = usize::try_from(REFUSALS_PER_ACCOUNT).unwrap() + 1;
        assert_eq!(single(lab, "forgot-password"), most);
        let told = tallies(lab);
        assert_eq!(told.len(), 1);
        assert_eq!(tries(&told[0]), 9);
        assert_eq!(told[0].detail["outcome"], "mailed-enough");
        assert_eq!(told[0].personal.address.as_deref(), Some(ADA));
        assert_eq!(told[0].personal.ip, None, "from several places");
    });
}

#[test]
fn a_flood_over_many_people_becomes_one_entry_for_each() {
    on_each_engine(|lab| {
        // One network, which asks for one person after another.
        let people = people(lab, 6);
        for who in &people {
            let id = lab.account(who).id;
            let lock = Disabled {
                at: lab.now,
                until: None,
                reason: "away".into(),
            };
            lab.settle(|tx| tx.disable_account(id, &lock));
        }
        for _ in 0..REFUSALS_PER_ACCOUNT {
            for who in &people {
                assert_eq!(
                    word(&lab.try_in("main", who, PASSWORD, "192.0.2.9")),
                    "disabled"
                );
            }
        }
        let most = usize::try_from(REFUSALS_PER_NETWORK).unwrap();
        assert_eq!(single(lab, "sign-in-refused"), most);
        let told = tallies(lab);
        assert_eq!(told.len(), people.len());
        assert_eq!(told.iter().map(tries).sum::<i64>(), 20);
        assert!(told.iter().all(|entry| {
            entry.detail["reason"] == "disabled"
                && entry.personal.ip.as_deref() == Some("192.0.2.9")
        }));
    });
}

// Sign-ins

#[test]
fn a_locked_victim_gets_so_many_entries_and_then_one_an_hour() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.fail(ADA, 6);
        let before = single(lab, "sign-in-refused");
        for _ in 0..REFUSALS_PER_ACCOUNT + 7 {
            assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "locked");
        }
        let most = usize::try_from(REFUSALS_PER_ACCOUNT).unwrap();
        assert_eq!(single(lab, "sign-in-refused") - before, most);
        assert_eq!(lab.mail_kinds(ADA), ["invitation", "locked"]);
        let told = tallies(lab);
        assert_eq!(told.len(), 1);
        assert_eq!(tries(&told[0]), 7);
        assert_eq!(told[0].detail["reason"], "locked");
        assert_eq!(told[0].personal.address.as_deref(), Some(ADA));
        assert_eq!(told[0].personal.ip.as_deref(), Some(IP), "from one place");
        assert_eq!(told[0].source, "gate");
        assert_eq!(word(&lab.sign_in(ADA, PASSWORD)), "locked");
        assert_eq!(single(lab, "sign-in-refused") - before, most + 1);
    });
}

#[test]
fn refusals_of_one_kind_do_not_hide_those_of_another() {
    on_each_engine(|lab| {
        lab.member_with_app(ADA);
        for _ in 0..REFUSALS_PER_ACCOUNT + 3 {
            assert_eq!(lab.answer(Try::default()), "code-required");
        }
        let ((), entries) = lab.entries_of(|lab| {
            assert_eq!(lab.answer(with("12345")), "code-invalid");
        });
        assert_eq!(entries, ["sign-in-refused"]);
        let told = tallies(lab);
        assert_eq!(told.iter().map(tries).collect::<Vec<_>>(), [3]);
        assert_eq!(told[0].detail["reason"], "code-required");
    });
}

#[test]
fn wrong_passwords_from_a_rotated_64_are_limited_by_its_48() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.set_main("wrong-per-ip", "1");
        for line in 0..10 {
            let who = format!("sprayed{line}@example.com");
            let answer = lab.try_in("main", &who, WRONG, &format!("2001:db8:1:{line:x}::1"));
            assert_eq!(word(&answer), "invalid-credentials", "{line}");
        }
        let fresh = "2001:db8:1:aaaa::1";
        assert_eq!(word(&lab.try_in("main", ADA, PASSWORD, fresh)), "signed-in");
        let answer = lab.try_in("main", "one-more@example.com", WRONG, fresh);
        assert_eq!(
            word(&answer),
            "invalid-credentials",
            "the last that is looked at"
        );
        let fresh = "2001:db8:1:bbbb::1";
        assert_eq!(word(&lab.try_in("main", ADA, PASSWORD, fresh)), "throttled");
        let elsewhere = "2001:db8:2:bbbb::1";
        assert_eq!(
            word(&lab.try_in("main", ADA, PASSWORD, elsewhere)),
            "signed-in"
        );
    });
}

// Links, set-ups, changes, codes

#[test]
fn a_link_that_no_longer_works_is_recorded_so_often_and_then_counted() {
    on_each_engine(|lab| {
        lab.member(ADA);
        assert_eq!(lab.forgot(ADA), "link-mailed");
        let token = lab.reset_token(ADA);
        let link = lab.newest(ADA, LinkPurpose::Reset).unwrap();
        let now = lab.now;
        lab.settle(|tx| tx.use_link(link.id, now).map(|_| ()));
        for _ in 0..REFUSALS_PER_ACCOUNT + 4 {
            let refusal = refused(lab.reset_by_link(&token, PASSWORD));
            assert_eq!(refusal, Refusal::LinkUsed);
        }
        let most = usize::try_from(REFUSALS_PER_ACCOUNT).unwrap();
        assert_eq!(single(lab, "link-refused"), most);
        let told = tallies(lab);
        assert_eq!(told.iter().map(tries).collect::<Vec<_>>(), [4]);
        assert_eq!(told[0].detail["reason"], "link-used");
    });
}

#[test]
fn set_ups_offered_in_turn_to_two_sessions_are_recorded_so_often_and_then_counted() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let one = lab.signed_in(ADA, PASSWORD).session;
        let other = lab.signed_in(ADA, PASSWORD).session;
        for turn in 0..REFUSALS_PER_ACCOUNT + 2 {
            let token = if turn % 2 == 0 { &one } else { &other };
            granted(lab.offer(set_up::Holder::Session(token), None).unwrap());
        }
        let most = usize::try_from(REFUSALS_PER_ACCOUNT).unwrap();
        assert_eq!(single(lab, "second-factor-offered"), most);
        let told = tallies(lab);
        assert_eq!(told.iter().map(tries).collect::<Vec<_>>(), [2]);
    });
}

#[test]
fn a_password_is_changed_so_often_in_an_hour() {
    on_each_engine(|lab| {
        quick_member(lab, ADA);
        let names: Vec<String> = (0..=CHANGES_AN_HOUR)
            .map(|number| format!("another fine phrase {number}"))
            .collect();
        let mut old = PASSWORD.to_owned();
        let mut change = |lab: &mut Lab, new: &str| {
            let op = lab.op_from(IP);
            let (before, new) = (secret(&old), secret(new));
            let change = Change {
                holder: Holder::Address(ADA),
                panel: "main",
                old: &before,
                new: &new,
                second: Second::default(),
                ticket: None,
            };
            let changed = change_password(&mut lab.store, &op, &change, &|_| {}).unwrap();
            if changed.is_ok() {
                old = new.expose().clone();
            }
            changed
                .map(|_| ())
                .map_err(|denied| (denied.reason, denied.cause))
        };
        let (last, within) = names.split_last().unwrap();
        for new in within {
            assert_eq!(change(lab, new), Ok(()));
        }
        let refused = Err(("throttled", "too-many-changes".to_owned()));
        assert_eq!(change(lab, last), refused);
        let notices = lab
            .mail_kinds(ADA)
            .into_iter()
            .filter(|kind| kind == "password-changed");
        assert_eq!(i64::try_from(notices.count()).unwrap(), CHANGES_AN_HOUR);
        assert_eq!(lab.account(ADA).lock.open_tries, 0);
        lab.set_clock(NEXT_HOUR);
        assert_eq!(change(lab, last), Ok(()));
    });
}

#[test]
fn one_network_has_so_many_codes_sent() {
    on_each_engine(|lab| {
        lab.set_main("methods", "mail");
        lab.set_main("second-factor", "required");
        let people = people(lab, CODES_PER_NETWORK / 5 + 1);
        let (last, rest) = people.split_last().unwrap();
        let from = |who| Try {
            who,
            ip: Some("192.0.2.7"),
            ..Try::default()
        };
        for who in rest {
            for _ in 0..5 {
                assert!(lab.send_to(from(who), Method::Mail).is_ok(), "{who}");
            }
        }
        let denied = lab.send_to(from(last), Method::Mail).err().unwrap();
        assert_eq!(
            (denied.reason, denied.cause.as_str()),
            ("throttled", BEYOND)
        );
        assert_eq!(lab.mail_kinds(last), ["invitation"]);
        let elsewhere = Try {
            ip: Some("192.0.2.8"),
            ..from(last)
        };
        assert!(lab.send_to(elsewhere, Method::Mail).is_ok());
    });
}

// Unknown addresses

#[test]
fn unknown_addresses_bring_so_many_entries_an_hour_however_many_networks_ask() {
    on_each_engine(|lab| {
        let network = |number: i64| format!("198.18.{}.{}", number / 256, number % 256);
        lab.settle(|tx| {
            (0..COUNTED_NETWORKS - 1).try_for_each(|number| {
                tx.count_unknown_hourly(&network(number), "main", at(START), COUNTED_NETWORKS)
            })
        });
        for number in COUNTED_NETWORKS - 1..COUNTED_NETWORKS + 3 {
            let did = forgot(lab, NOBODY, Some(&network(number)));
            assert_eq!(did, "unknown-address");
        }
        assert_eq!(forgot(lab, NOBODY, Some("198.18.0.0")), "unknown-address");
        let told = tallies(lab);
        assert_eq!(i64::try_from(told.len()).unwrap(), COUNTED_NETWORKS + 1);
        let others: Vec<_> = told
            .iter()
            .filter(|entry| entry.detail.contains_key("from"))
            .map(|entry| (tries(entry), entry.personal.ip.clone()))
            .collect();
        assert_eq!(others, [(3, None)], "the others share one");
        assert_eq!(told.iter().map(tries).max(), Some(3));
        let first = told
            .iter()
            .find(|entry| entry.personal.ip.as_deref() == Some("198.18.0.0"));
        assert_eq!(tries(first.unwrap()), 2, "who has a tally keeps it");
    });
}

#[test]
fn tries_at_unknown_addresses_from_one_64_are_one_entry() {
    on_each_engine(|lab| {
        for host in 1..4 {
            forgot(lab, NOBODY, Some(&format!("2001:db8:5:6::{host}")));
        }
        let told = tallies(lab);
        assert_eq!(told.len(), 1);
        assert_eq!(tries(&told[0]), 3);
        assert_eq!(told[0].personal.ip.as_deref(), Some("2001:db8:5:6::"));
        assert_eq!(told[0].detail["prefix"], 64);
    });
}

// What is kept

#[test]
fn counts_are_deleted_after_their_hour_and_hold_no_address_in_clear() {
    on_each_engine(|lab| {
        quick_member(lab, ADA);
        forgot(lab, ADA, Some("192.0.2.55"));
        forgot(lab, ADA, Some("192.0.2.55"));
        let keys: Vec<Vec<u8>> = lab.raw().column("select key from request_count", &[]);
        assert_eq!(keys.len(), 3, "the network twice, what is said of her once");
        assert!(keys.iter().all(|key| key.len() == 32));
        lab.set_clock("2026-03-01T12:59:59.999Z");
        assert_eq!(sweep(lab).requests, 0);
        lab.set_clock(NEXT_HOUR);
        assert_eq!(sweep(lab).requests, 3);
        assert_eq!(sweep(lab).requests, 0);
    });
}

#[test]
fn what_was_counted_of_somebody_goes_with_them() {
    on_each_engine(|lab| {
        quick_member(lab, ADA);
        for _ in 0..REFUSALS_PER_ACCOUNT + 5 {
            forgot(lab, ADA, None);
        }
        let count = |lab: &mut Lab| lab.look(|tx| tx.count_beyond(at(NEXT_HOUR)));
        assert_eq!(count(lab), 1);
        let account = lab.account(ADA);
        lab.settle(|tx| tx.erase_account(account.id));
        assert_eq!(count(lab), 0);
    });
}

/// The growth of an hour, in numbers that do not depend on how long the flood lasts.
#[test]
fn a_flood_four_times_as_long_leaves_no_more_behind() {
    let mut grown = Vec::new();
    for times in [50, 200] {
        let mut lab = Lab::new();
        quick_member(&mut lab, ADA);
        let before = lab.head().seq;
        for _ in 0..times {
            forgot(&mut lab, ADA, Some(IP));
        }
        tallies(&mut lab);
        let mails = lab.mail_of(ADA).len();
        grown.push((lab.head().seq - before, mails));
    }
    assert_eq!(grown[0], grown[1]);
}
