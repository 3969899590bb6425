//! X2–X5 through the operations, and what housekeeping deletes and keeps: at the instant itself and a moment before.

use std::net::Ipv4Addr;

use admit::domain::access::Term;
use admit::domain::refusal::Refusal;
use admit::domain::second_factor::Method;
use admit::domain::trusted_ip::{Network, Placeless};
use admit::ops::OpError;
use admit::ops::Scope;
use admit::ops::change::Status;
use admit::ops::details::show;
use admit::ops::housekeep::{BATCH, Swept, housekeep};
use admit::ops::trust::{
    Around, Rest, TrustChange, TrustResult, Trusting, Which, add, purge, remove, survey,
};
use admit::store::{Done, NewSession, NewTrust};
use admit::vault::TotpSecret;

use crate::support::bench_store::{
    ADA, BOB, CYD, IP, Lab, WRONG, address, at, days, lapse, minutes, on_each_engine, refused,
};

fn network(text: &str) -> Network {
    Network::parse(text).unwrap()
}

fn for_everyone() -> Trusting {
    Trusting::default()
}

fn for_person(who: &str) -> Trusting {
    Trusting {
        person: Some(address(who)),
        ..Trusting::default()
    }
}

fn trust(lab: &mut Lab, text: &str, request: &Trusting) -> Result<TrustResult, OpError> {
    let op = lab.op();
    lab.store.change(|tx| {
        let scope = Scope::load(tx)?;
        let outcome = add(tx, &scope, &op, network(text), request)?;
        Ok(match outcome.status {
            Status::Done => Done::recorded(outcome),
            Status::Unchanged => Done::nothing(outcome),
        })
    })
}

fn distrust(lab: &mut Lab, which: Which, who: Option<&str>) -> Result<TrustResult, OpError> {
    distrust_in(lab, which, None, who)
}

fn distrust_in(
    lab: &mut Lab,
    which: Which,
    panel: Option<&str>,
    who: Option<&str>,
) -> Result<TrustResult, OpError> {
    let op = lab.op();
    lab.store.change(|tx| {
        let scope = Scope::load(tx)?;
        let person = who.map(address);
        let outcome = remove(tx, &scope, &op, which, panel, person.as_ref())?;
        Ok(match outcome.status {
            Status::Done => Done::recorded(outcome),
            Status::Unchanged => Done::nothing(outcome),
        })
    })
}

/// Whether somebody coming from there would be spared a code in `main`; if so, it is noted, as a sign-in does.
fn spared(lab: &mut Lab, who: &str, from: &str) -> bool {
    let (account, now) = (lab.account(who), lab.now);
    let found = lab.look(|tx| {
        let scope = Scope::load(tx)?;
        let lifetime = scope.panels[0].policy.trusted_ips;
        tx.trusted(1, account.id, from.parse().unwrap(), lifetime, now)
    });
    if let Some(entry) = &found {
        lab.settle(|tx| tx.touch_trust(entry.id, now));
    }
    found.is_some()
}

fn sweep(lab: &mut Lab) -> Swept {
    let op = lab.op();
    housekeep(&mut lab.store, &op, &mut |_| true).unwrap()
}

#[test]
fn x2_a_network_counts_for_everyone_or_for_one_person() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.member(BOB);
        trust(lab, "203.0.113.0/24", &for_everyone()).unwrap();
        trust(lab, "198.51.100.7", &for_person(ADA)).unwrap();
        assert!(spared(lab, ADA, "203.0.113.200") && spared(lab, BOB, "::ffff:203.0.113.1"));
        assert!(spared(lab, ADA, "198.51.100.7") && !spared(lab, BOB, "198.51.100.7"));
        assert!(!spared(lab, ADA, "203.0.114.0") && !spared(lab, ADA, "198.51.100.8"));
    });
}

#[test]
fn x4_a_stated_end_ends_it_used_or_not() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let term = Trusting {
            term: Some(lapse("7d")),
            ..for_everyone()
        };
        trust(lab, IP, &term).unwrap();
        lab.set_clock("2026-03-08T11:59:59.999Z");
        assert!(spared(lab, ADA, IP));
        lab.set_clock("2026-03-08T12:00:00Z");
        assert!(!spared(lab, ADA, IP));
    });
}

#[test]
fn x4_without_a_stated_end_it_lives_thirty_days_from_its_last_use() {
    on_each_engine(|lab| {
        lab.member(ADA);
        trust(lab, IP, &for_everyone()).unwrap();
        lab.set_clock("2026-03-31T11:59:59.999Z");
        assert!(spared(lab, ADA, IP), "and is used once more");
        lab.set_clock("2026-04-30T11:59:59.998Z");
        assert!(spared(lab, ADA, IP));
        lab.set_clock("2026-05-30T11:59:59.998Z");
        assert!(!spared(lab, ADA, IP));
    });
}

#[test]
fn x5_what_is_wider_than_8_or_32_bits_is_refused_without_force() {
    on_each_engine(|lab| {
        for (text, wide) in [
            ("10.0.0.0/8", false),
            ("10.0.0.0/7", true),
            ("2001:db8::/32", false),
            ("2001:db8::/31", true),
            ("0.0.0.0/0", true),
        ] {
            if wide {
                let head = lab.head();
                let network = network(text);
                assert_eq!(
                    refused(trust(lab, text, &for_everyone())),
                    Refusal::TooWide { network }
                );
                assert_eq!(lab.head(), head);
            }
            let forced = Trusting {
                force: wide,
                ..for_everyone()
            };
            assert_eq!(trust(lab, text, &forced).unwrap().status, Status::Done);
        }
    });
}

#[test]
fn what_says_nothing_about_a_place_is_trusted_by_force_alone() {
    on_each_engine(|lab| {
        for (text, why) in [
            ("127.0.0.1", Some(Placeless::Loopback)),
            ("127.0.0.0/8", Some(Placeless::Loopback)),
            ("::1", Some(Placeless::Loopback)),
            ("::ffff:127.0.0.2", Some(Placeless::Loopback)),
            ("169.254.7.7", Some(Placeless::LinkLocal)),
            ("fe80::/64", Some(Placeless::LinkLocal)),
            ("255.255.255.255", Some(Placeless::Broadcast)),
            // An office.
            ("10.1.2.0/24", None),
            ("192.168.0.0/16", None),
            ("fd00:1::/48", None),
        ] {
            if let Some(why) = why {
                let (head, network) = (lab.head(), network(text));
                assert_eq!(
                    refused(trust(lab, text, &for_everyone())),
                    Refusal::Placeless { network, why }
                );
                assert_eq!(lab.head(), head);
            }
            let forced = Trusting {
                force: why.is_some(),
                ..for_everyone()
            };
            assert_eq!(trust(lab, text, &forced).unwrap().status, Status::Done);
        }
    });
}

#[test]
fn x5_one_address_in_two_forms_is_one_entry() {
    on_each_engine(|lab| {
        trust(lab, "203.0.113.9", &for_everyone()).unwrap();
        let again = trust(lab, "::ffff:203.0.113.9", &for_everyone()).unwrap();
        assert_eq!(again.change, TrustChange::TrustedAlready);
        assert_eq!(again.status, Status::Unchanged);
    });
}

#[test]
fn the_same_again_changes_nothing_up_to_its_end_and_then_makes_it_anew() {
    on_each_engine(|lab| {
        let until = at("2026-03-08T12:00:00Z");
        let request = Trusting {
            term: Some(Term::Until(until)),
            note: Some("office".into()),
            ..for_everyone()
        };
        let first = trust(lab, IP, &request).unwrap().after.unwrap();
        lab.set_clock("2026-03-08T11:59:59.999Z");
        let (again, entries) = lab.entries_of(|lab| trust(lab, IP, &request).unwrap());
        assert_eq!(
            (again.change, entries),
            (TrustChange::TrustedAlready, vec![])
        );
        let later = Trusting {
            term: Some(lapse("1d")),
            note: None,
            ..for_everyone()
        };
        let (changed, entries) = lab.entries_of(|lab| trust(lab, IP, &later).unwrap());
        assert_eq!(changed.change, TrustChange::Changed);
        assert_eq!(entries, ["trust-added"]);
        let after = changed.after.unwrap();
        assert_eq!(
            (after.id, after.note.as_deref()),
            (first.id, Some("office"))
        );
        assert_eq!(after.until, Some(at("2026-03-09T11:59:59.999Z")));
        lab.set_clock("2026-03-09T11:59:59.999Z");
        let anew = trust(lab, IP, &later).unwrap();
        assert_eq!((anew.change, anew.before), (TrustChange::Trusted, None));
        assert_eq!(anew.after.unwrap().created_at, lab.now);
        assert_eq!(lab.look(|tx| tx.count_trust(1, None)), 1);
    });
}

#[test]
fn a_persons_own_entry_is_not_an_operators() {
    on_each_engine(|lab| {
        lab.member(ADA);
        own_trust(lab, ADA, IP);
        let added = trust(lab, IP, &for_person(ADA)).unwrap();
        assert_eq!(added.change, TrustChange::Trusted);
        // Removing the network takes both.
        let which = Which::Network(network(IP));
        let removed = distrust(lab, which, Some(ADA)).unwrap();
        assert_eq!(removed.rest, Rest::default());
        let TrustChange::Removed { ids, was_over } = removed.change else {
            panic!("{:?}", removed.change);
        };
        assert_eq!((ids.len(), was_over), (2, false));
        assert!(!spared(lab, ADA, IP));
    });
}

fn own_trust(lab: &mut Lab, who: &str, from: &str) {
    let (account, now) = (lab.account(who), lab.now);
    lab.settle(|tx| {
        tx.add_trust(&NewTrust {
            panel_id: 1,
            account_id: Some(account.id),
            network: network(from),
            note: None,
            created_by: "",
            created_at: now,
            code_entered_at: Some(now),
            until: None,
        })
        .map(drop)
    });
}

#[test]
fn nothing_is_trusted_for_who_is_not_in_or_where_it_is_switched_off() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.member(BOB);
        lab.add_panel("second", &[]);
        lab.remove(BOB, Some("main")).unwrap();
        let in_main = |who| Trusting {
            panel: Some("main".into()),
            ..for_person(who)
        };
        let removed = refused(trust(lab, IP, &in_main(BOB)));
        let at = lab.now;
        assert_eq!(removed, Refusal::AccessRemoved { at, with: vec![] });
        assert!(matches!(
            refused(trust(lab, IP, &in_main(CYD))),
            Refusal::UnknownAddress { .. }
        ));
        let second = Trusting {
            panel: Some("second".into()),
            ..for_person(ADA)
        };
        let never = Refusal::NoAccess { with: vec![] };
        assert_eq!(refused(trust(lab, IP, &second)), never);
        assert!(matches!(
            refused(trust(lab, IP, &for_everyone())),
            Refusal::WhichPanel { .. }
        ));
        let past = Trusting {
            term: Some(Term::Until(lab.now)),
            ..in_main(ADA)
        };
        assert_eq!(
            refused(trust(lab, IP, &past)),
            Refusal::PastDate { until: lab.now }
        );
        lab.set_main("trusted-ips", "off");
        let panel = "main".to_owned();
        assert_eq!(
            refused(trust(lab, IP, &in_main(ADA))),
            Refusal::TrustsNoIps { panel }
        );
    });
}

#[test]
fn x3_removing_one_of_two_that_overlap_says_what_still_counts() {
    on_each_engine(|lab| {
        lab.member(ADA);
        let office = network("203.0.113.0/24");
        trust(lab, "203.0.113.0/24", &for_everyone()).unwrap();
        let wide = trust(lab, "203.0.0.0/16", &for_person(ADA)).unwrap();
        let id = trust(lab, IP, &for_person(ADA)).unwrap().after.unwrap().id;
        // It ends last of what is left.
        let used = at("2026-03-02T12:00:00Z");
        lab.settle(|tx| tx.touch_trust(1, used));
        let outcome = distrust(lab, Which::Id(id), None).unwrap();
        let (ids, was_over) = (vec![id], false);
        assert_eq!(outcome.change, TrustChange::Removed { ids, was_over });
        let around = Some(Around {
            network: office,
            for_everyone: true,
        });
        assert_eq!(outcome.rest.around, around);
        // A network is not covered by a narrower one.
        let which = Which::Id(wide.after.unwrap().id);
        let outcome = distrust(lab, which, None).unwrap();
        let rest = outcome.rest;
        assert_eq!((rest.around, rest.inside), (None, 1));
        assert!(spared(lab, ADA, IP));
        let which = Which::Network(office);
        distrust(lab, which, None).unwrap();
        assert!(!spared(lab, ADA, IP));
        let (nothing, entries) = lab.entries_of(|lab| distrust(lab, which, None).unwrap());
        assert_eq!(nothing.change, TrustChange::NotTrusted);
        assert_eq!(entries, [""; 0]);
    });
}

#[test]
fn what_is_trusted_by_another_entry_is_never_called_untrusted() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.member(BOB);
        let office = "203.0.113.0/24";
        trust(lab, office, &for_everyone()).unwrap();
        trust(lab, "198.51.100.0/24", &for_person(ADA)).unwrap();
        trust(lab, "198.51.100.128/25", &for_person(BOB)).unwrap();
        own_trust(lab, BOB, "192.0.2.1");
        let around = |text: &str, for_everyone| Rest {
            around: Some(Around {
                network: network(text),
                for_everyone,
            }),
            ..Rest::default()
        };
        let inside = |inside, people| Rest {
            around: None,
            inside,
            people,
        };
        for (typed, who, rest) in [
            (IP, None, around(office, true)),
            (IP, Some(ADA), around(office, true)),
            (office, Some(ADA), around(office, true)),
            ("203.0.0.0/16", None, inside(1, 0)),
            ("203.0.0.0/16", Some(BOB), inside(1, 0)),
            ("198.51.100.7", Some(ADA), around("198.51.100.0/24", false)),
            ("198.51.100.7", Some(BOB), inside(0, 0)),
            ("198.51.100.7", None, inside(0, 1)),
            ("198.51.100.200", None, inside(0, 2)),
            ("198.51.0.0/16", None, inside(0, 2)),
            ("192.0.2.0/24", None, inside(0, 1)),
            ("192.0.2.2", None, inside(0, 0)),
        ] {
            let outcome = distrust(lab, Which::Network(network(typed)), who).unwrap();
            let expected = (TrustChange::NotTrusted, rest);
            assert_eq!((outcome.change, outcome.rest), expected, "{typed} {who:?}");
        }
        // A new entry says so, too: one for everybody, and one beside a code of the person's own.
        let added = trust(lab, IP, &for_person(ADA)).unwrap();
        assert_eq!(added.rest, around(office, true));
        let added = trust(lab, "192.0.2.1", &for_person(BOB)).unwrap();
        assert_eq!(added.rest, around("192.0.2.1", false));
        // What is over spares nobody anything.
        lab.advance(days(30));
        let outcome = distrust(lab, Which::Network(network("203.0.113.1")), None).unwrap();
        assert_eq!(outcome.rest, Rest::default());
    });
}

#[test]
fn a_purge_of_a_person_leaves_other_people_and_everyone_alone() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.member(BOB);
        trust(lab, IP, &for_person(ADA)).unwrap();
        own_trust(lab, ADA, "198.51.100.7");
        trust(lab, IP, &for_person(BOB)).unwrap();
        trust(lab, "203.0.113.0/24", &for_everyone()).unwrap();
        let op = lab.op();
        let mut purge_of = |who: Option<&str>| {
            let person = who.map(address);
            let person = person.as_ref();
            let count = lab.store.read(|tx| {
                let scope = Scope::load(tx)?;
                survey(tx, &scope, &op, None, person)
            });
            let purged = lab.store.change(|tx| {
                let scope = Scope::load(tx)?;
                let done = purge(tx, &scope, &op, None, person)?;
                Ok::<_, OpError>(if done.entries > 0 {
                    Done::recorded(done)
                } else {
                    Done::nothing(done)
                })
            });
            let purged = purged.unwrap();
            assert_eq!(count.unwrap(), purged);
            purged.entries
        };
        assert_eq!(purge_of(Some(ADA)), 2);
        assert_eq!(purge_of(Some(ADA)), 0);
        assert_eq!(purge_of(None), 2);
        assert_eq!(purge_of(None), 0);
        lab.verify();
    });
}

#[test]
fn where_a_person_sits_is_in_no_entry_in_clear() {
    let mut lab = Lab::new();
    lab.member(ADA);
    let before = lab.head().seq;
    trust(&mut lab, "192.0.2.77", &for_person(ADA)).unwrap();
    distrust(&mut lab, Which::Network(network("192.0.2.77")), Some(ADA)).unwrap();
    trust(&mut lab, "203.0.113.0/24", &for_everyone()).unwrap();
    let last: i64 = lab.raw().one("select id from trusted_ip", &[]);
    let told: Vec<String> = lab
        .audit()
        .into_iter()
        .filter(|entry| entry.seq > before)
        .map(|entry| serde_json::Value::Object(entry.detail).to_string())
        .collect();
    assert_eq!(
        told,
        [
            r#"{"id":1}"#.to_owned(),
            r#"{"ids":[1]}"#.to_owned(),
            format!(r#"{{"network":"203.0.113.0/24","id":{last}}}"#)
        ]
    );
}

// Housekeeping.

/// Something that is over at some instant: made, and then counted a moment before and at that instant.
fn over_at(instant: &str, make: impl Fn(&mut Lab), count: impl Fn(&Swept) -> u64) {
    on_each_engine(|lab| {
        lab.member(ADA);
        make(lab);
        let end = at(instant);
        lab.now = end
            .checked_sub(jiff::SignedDuration::from_millis(1))
            .unwrap();
        let (swept, entries) = lab.entries_of(sweep);
        assert_eq!((count(&swept), entries), (0, vec![]), "a moment before");
        lab.now = end;
        let (swept, entries) = lab.entries_of(sweep);
        assert_eq!((count(&swept), swept.total()), (1, 1), "{swept:?}");
        assert_eq!(entries, ["housekept"]);
        let (swept, entries) = lab.entries_of(sweep);
        assert_eq!((swept, entries), (Swept::default(), vec![]), "once");
        lab.verify();
    });
}

#[test]
fn an_entry_with_a_stated_end_is_deleted_at_it() {
    over_at(
        "2026-03-08T12:00:00Z",
        |lab| {
            let term = Trusting {
                term: Some(lapse("7d")),
                ..for_everyone()
            };
            trust(lab, IP, &term).unwrap();
            trust(lab, "198.51.100.7", &for_everyone()).unwrap();
        },
        |swept| swept.trusted_ips,
    );
}

#[test]
fn an_entry_without_one_is_deleted_thirty_days_after_its_last_use() {
    over_at(
        "2026-04-04T12:00:00Z",
        |lab| {
            trust(lab, IP, &for_everyone()).unwrap();
            lab.settle(|tx| tx.touch_trust(1, at("2026-03-05T12:00:00Z")));
        },
        |swept| swept.trusted_ips,
    );
}

#[test]
fn a_persons_own_entry_is_deleted_thirty_days_after_the_code_used_or_not() {
    over_at(
        "2026-03-31T12:00:00Z",
        |lab| {
            own_trust(lab, ADA, IP);
            lab.settle(|tx| tx.touch_trust(1, at("2026-03-30T12:00:00Z")));
        },
        |swept| swept.trusted_ips,
    );
}

#[test]
fn each_panel_has_its_own_lifetime() {
    over_at(
        "2026-03-03T12:00:00Z",
        |lab| {
            lab.add_panel("brief", &[("trusted-ips", "2d")]);
            for panel in ["main", "brief"] {
                let request = Trusting {
                    panel: Some(panel.into()),
                    ..for_everyone()
                };
                trust(lab, IP, &request).unwrap();
            }
        },
        |swept| swept.trusted_ips,
    );
}

#[test]
fn where_trust_is_switched_off_entries_are_kept_as_long_as_they_could_count_again() {
    over_at(
        "2026-03-31T12:00:00Z",
        |lab| {
            trust(lab, IP, &for_everyone()).unwrap();
            lab.set_main("trusted-ips", "off");
        },
        |swept| swept.trusted_ips,
    );
}

#[test]
fn a_ticket_is_deleted_at_its_end() {
    over_at(
        "2026-03-01T12:10:00Z",
        |lab| {
            let (account, now) = (lab.account(ADA), lab.now);
            let end = at("2026-03-01T12:10:00Z");
            lab.settle(|tx| tx.add_ticket("set-up", account.id, now, end).map(drop));
            let end = at("2026-03-01T12:30:00Z");
            lab.settle(|tx| tx.add_ticket("set-up", account.id, now, end).map(drop));
        },
        |swept| swept.tickets,
    );
}

#[test]
fn a_sent_code_is_deleted_a_day_after_its_end() {
    over_at(
        "2026-03-02T12:10:00Z",
        |lab| {
            let (account, now) = (lab.account(ADA), lab.now);
            let end = at("2026-03-01T12:10:00Z");
            lab.settle(|tx| {
                tx.add_sent_code(&account, 1, Method::Mail, 0, now, end)
                    .map(drop)
            });
        },
        |swept| swept.sent_codes,
    );
}

#[test]
fn an_offer_is_deleted_at_its_end() {
    over_at(
        "2026-03-01T12:30:00Z",
        |lab| {
            let (account, now) = (lab.account(ADA), lab.now);
            let end = at("2026-03-01T12:30:00Z");
            lab.settle(|tx| {
                let secret = TotpSecret::from_bytes(&[7; 20])?;
                let holder = tx.add_ticket("set-up", account.id, now, days_on(now))?;
                tx.offer_factor(&account, &secret, &holder.hash(), now, end)
            });
        },
        |swept| swept.factor_offers,
    );
}

fn days_on(now: jiff::Timestamp) -> jiff::Timestamp {
    now.checked_add(days(1)).unwrap()
}

#[test]
fn a_wrong_code_is_deleted_after_thirty_days() {
    over_at(
        "2026-03-31T12:00:00Z",
        |lab| {
            let account = lab.account(ADA);
            for time in ["2026-03-01T12:00:00Z", "2026-03-02T12:00:00Z"] {
                lab.settle(|tx| {
                    tx.count_wrong_code(account.id, at(time), at(time))
                        .map(drop)
                });
            }
        },
        |swept| swept.wrong_codes,
    );
}

#[test]
fn a_stranger_is_forgotten_ninety_days_after_the_last_try() {
    over_at(
        "2026-05-30T12:00:00Z",
        |lab| {
            let now = lab.now;
            let long_ago = at("2026-01-01T00:00:00Z");
            lab.settle(|tx| tx.reserve_unknown(&[1; 32], long_ago, now));
            lab.settle(|tx| tx.reserve_unknown(&[2; 32], long_ago, now));
            let later = now.checked_add(minutes(1)).unwrap();
            lab.settle(|tx| tx.close_unknown(&[2; 32], later));
        },
        |swept| swept.strangers,
    );
}

#[test]
fn a_session_is_deleted_thirty_days_after_it_ended() {
    over_at(
        "2026-04-04T12:00:00Z",
        |lab| {
            session(lab, "2026-06-01T12:00:00Z");
            session(lab, "2026-06-01T12:00:00Z");
            let end = at("2026-03-05T12:00:00Z");
            lab.settle(|tx| tx.end_session(1, "signed-out", end).map(drop));
        },
        |swept| swept.sessions,
    );
}

#[test]
fn a_session_that_nobody_ended_is_deleted_thirty_days_after_its_total() {
    over_at(
        "2026-04-10T12:00:00Z",
        |lab| session(lab, "2026-03-11T12:00:00Z"),
        |swept| swept.sessions,
    );
}

fn session(lab: &mut Lab, expires_at: &str) {
    let (account, now) = (lab.account(ADA), lab.now);
    lab.settle(|tx| {
        tx.add_session(&NewSession {
            account_id: account.id,
            panel_id: 1,
            created_at: now,
            expires_at: at(expires_at),
            ip: None,
            passed: None,
        })
        .map(drop)
    });
}

#[test]
fn tries_at_unknown_addresses_are_written_down_as_the_panels_when_their_hour_is_over() {
    on_each_engine(|lab| {
        lab.set_main("wrong-per-ip", "0");
        lab.sign_in("nobody@example.com", WRONG).err().unwrap();
        lab.set_clock("2026-03-01T12:59:59.999Z");
        let (swept, entries) = lab.entries_of(sweep);
        assert_eq!((swept.tries_recorded, entries), (0, vec![]));
        lab.set_clock("2026-03-01T13:00:00Z");
        let (swept, entries) = lab.entries_of(sweep);
        assert_eq!((swept.tries_recorded, swept.total()), (1, 0));
        assert_eq!(entries, ["unknown-address-tried"]);
        let entry = lab.audit().pop().unwrap();
        assert_eq!(
            (entry.source.as_str(), entry.personal.ip.as_deref()),
            ("gate", Some(IP))
        );
        let (swept, _) = lab.entries_of(sweep);
        assert_eq!(swept, Swept::default());
    });
}

/// So many wrong codes that are over, and one that is not.
fn many(lab: &mut Lab, count: usize) {
    lab.member(ADA);
    let account = lab.account(ADA);
    let old = at("2026-01-01T00:00:00Z").as_millisecond();
    lab.raw()
        .execute(
            "with recursive n (i) as (select cast(1 as bigint) union all select i + 1 from n where i < $1) \
             insert into wrong_code (account_id, at) select cast($2 as bigint), cast($3 as bigint) from n",
            &[
                i64::try_from(count).unwrap().into(),
                account.id.into(),
                old.into(),
            ],
        )
        .unwrap();
    let now = lab.now;
    lab.settle(|tx| tx.count_wrong_code(account.id, now, now).map(drop));
}

#[test]
fn much_is_deleted_in_batches_each_with_its_own_entry() {
    let mut lab = Lab::new();
    many(&mut lab, 2 * BATCH + 1);
    let mut batches = Vec::new();
    let op = lab.op();
    let (swept, entries) = lab.entries_of(|lab| {
        housekeep(&mut lab.store, &op, &mut |deleted| {
            batches.push(deleted);
            true
        })
        .unwrap()
    });
    assert_eq!(swept.wrong_codes, 20_001);
    assert_eq!(batches, [10_000, 10_000, 1]);
    assert_eq!(entries, ["housekept"; 3]);
    assert_eq!(lab.audit().pop().unwrap().detail["wrong_codes"], 1);
    assert_eq!(
        sweep(&mut lab),
        Swept::default(),
        "the one that lives is kept"
    );
    lab.verify();
}

#[test]
fn an_interrupted_run_keeps_what_it_recorded_and_the_next_one_goes_on() {
    let mut lab = Lab::new();
    many(&mut lab, BATCH + 5);
    let op = lab.op();
    let swept = housekeep(&mut lab.store, &op, &mut |_| false).unwrap();
    assert_eq!(swept.wrong_codes, 10_000);
    assert_eq!(lab.audit().pop().unwrap().detail["wrong_codes"], 10_000);
    assert_eq!(sweep(&mut lab).wrong_codes, 5);
    lab.verify();
}

#[test]
fn a_dry_run_counts_everything_and_deletes_nothing() {
    let mut lab = Lab::new();
    many(&mut lab, BATCH + 5);
    let head = lab.head();
    let mut dry = lab.another(3);
    dry.dry_run();
    let op = lab.op();
    let swept = housekeep(&mut dry, &op, &mut |_| true).unwrap();
    assert_eq!(swept.wrong_codes, 10_005);
    assert_eq!(lab.head(), head);
    assert_eq!(sweep(&mut lab).wrong_codes, 10_005);
}

#[test]
fn a_dry_run_counts_trusted_ips_beyond_a_batch_too() {
    let mut lab = Lab::new();
    let now = lab.now;
    lab.settle(|tx| {
        for number in 0..20_000_u32 {
            let ip = Ipv4Addr::from(0x0a00_0000 + number);
            tx.add_trust(&NewTrust {
                panel_id: 1,
                account_id: None,
                network: Network::of(ip.into()),
                note: None,
                created_by: "olga",
                created_at: now,
                code_entered_at: None,
                until: Some(now),
            })?;
        }
        Ok(())
    });
    let mut dry = lab.another(3);
    dry.dry_run();
    let op = lab.op();
    let mut batches = Vec::new();
    let swept = housekeep(&mut dry, &op, &mut |deleted| {
        batches.push(deleted);
        batches.len() < 10
    })
    .unwrap();
    assert_eq!((swept.trusted_ips, batches), (20_000, vec![10_000, 10_000]));
    assert_eq!(lab.look(|tx| tx.count_trust(1, None)), 20_000);
}

#[test]
fn a_person_is_shown_in_a_panel_with_what_is_trusted_there() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.add_panel("shop", &[]);
        lab.invite_to(ADA, "shop");
        lab.trust("203.0.113.9", Some(ADA), None);
        let op = lab.op();
        let mut shown = |panel: Option<&str>| {
            let details = lab.store.read(|tx| {
                let scope = Scope::load(tx)?;
                show(tx, &scope, &op, &address(ADA), panel, 5)
            });
            let trusted = details.unwrap().trusted;
            let places = trusted.iter();
            places
                .map(|it| (it.panel.clone(), it.entry.network.to_string()))
                .collect::<Vec<_>>()
        };
        let there = vec![("main".to_owned(), "203.0.113.9".to_owned())];
        assert_eq!(shown(None), there);
        assert_eq!(shown(Some("main")), there);
        assert_eq!(shown(Some("shop")), []);
    });
}

#[test]
fn an_id_removes_nothing_of_another_panel_or_person() {
    on_each_engine(|lab| {
        lab.member(ADA);
        lab.member(BOB);
        let id = trust(lab, IP, &for_person(ADA)).unwrap().after.unwrap().id;
        lab.add_panel("shop", &[]);
        for (panel, who) in [(Some("shop"), None), (Some("main"), Some(BOB))] {
            let refusal = refused(distrust_in(lab, Which::Id(id), panel, who));
            assert!(
                matches!(refusal, Refusal::UnknownTrust { .. }),
                "{refusal:?}"
            );
            assert!(spared(lab, ADA, IP));
        }
        distrust_in(lab, Which::Id(id), Some("main"), Some(ADA)).unwrap();
        assert!(!spared(lab, ADA, IP));
    });
}
