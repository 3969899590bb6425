use std::net::IpAddr;

use admit::domain::trusted_ip::{Network, Trust};
use admit::store::{Fault, ListedTrust, NewTrust, TrustFilter, Tx};
use jiff::{SignedDuration, Timestamp};

use super::accounts::add;
use crate::support::bench_store::{ADA, BOB, Lab, START, at, days, on_each_engine};

const MONTH: SignedDuration = SignedDuration::from_hours(30 * 24);
const OFFICE: &str = "203.0.113.0/24";

fn network(text: &str) -> Network {
    Network::parse(text).unwrap()
}

fn ip(text: &str) -> IpAddr {
    text.parse().unwrap()
}

/// An operator's entry in panel 1, for everybody, without a stated end.
fn office(text: &str) -> NewTrust<'static> {
    NewTrust {
        panel_id: 1,
        account_id: None,
        network: network(text),
        note: Some("office"),
        created_by: "olga",
        created_at: at(START),
        code_entered_at: None,
        until: None,
    }
}

/// A person's own.
fn own(account_id: i64, text: &str) -> NewTrust<'static> {
    NewTrust {
        account_id: Some(account_id),
        note: None,
        created_by: "",
        code_entered_at: Some(at(START)),
        ..office(text)
    }
}

fn trust(lab: &mut Lab, new: &NewTrust<'_>) -> i64 {
    let mut id = 0;
    lab.settle(|tx| {
        id = tx.add_trust(new)?;
        Ok(())
    });
    id
}

/// Ada and Bob, and a second panel.
fn two(lab: &mut Lab) -> (i64, i64) {
    lab.add_panel("second", &[]);
    lab.settle(|tx| {
        add(tx, ADA)?;
        add(tx, BOB).map(drop)
    });
    (lab.account(ADA).id, lab.account(BOB).id)
}

fn listed(lab: &mut Lab, filter: TrustFilter) -> Vec<i64> {
    all(lab, filter).into_iter().map(|it| it.trust.id).collect()
}

fn all(lab: &mut Lab, filter: TrustFilter) -> Vec<ListedTrust> {
    let mut found = Vec::new();
    lab.look(|tx| {
        tx.each_trust(&filter, |it| {
            found.push(it);
            Ok::<bool, Fault>(true)
        })
    });
    found
}

#[test]
fn an_entry_comes_back_as_it_was_added() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let until = at("2026-12-31T00:00:00Z");
        let id = trust(
            lab,
            &NewTrust {
                account_id: Some(ada),
                until: Some(until),
                ..office("2001:DB8::/32")
            },
        );
        let entry = Trust {
            id,
            panel_id: 1,
            account_id: Some(ada),
            network: network("2001:db8::/32"),
            note: Some("office".into()),
            created_by: "olga".into(),
            created_at: at(START),
            code_entered_at: None,
            last_used_at: None,
            until: Some(until),
        };
        assert_eq!(lab.look(|tx| tx.trust(id)), Some(entry.clone()));
        assert_eq!(
            lab.look(|tx| tx.trust_of(ada)),
            std::slice::from_ref(&entry)
        );
        assert_eq!(lab.look(|tx| tx.trust(id + 1)), None);
        let used = at("2026-03-05T12:00:00Z");
        lab.settle(|tx| tx.touch_trust(id, used));
        lab.settle(|tx| tx.change_trust(id, None, None));
        let changed = Trust {
            note: None,
            until: None,
            last_used_at: Some(used),
            ..entry
        };
        assert_eq!(lab.look(|tx| tx.trust(id)), Some(changed));
    });
}

#[test]
fn an_address_is_found_in_every_network_around_it() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let wide = trust(lab, &office("203.0.0.0/16"));
        let narrow = trust(lab, &own(ada, "203.0.113.9"));
        let six = trust(lab, &office("2001:db8::/32"));
        trust(
            lab,
            &NewTrust {
                panel_id: 2,
                ..office(OFFICE)
            },
        );
        trust(lab, &own(bob, OFFICE));
        let around = |lab: &mut Lab, account, from: &str| -> Vec<i64> {
            let mut ids: Vec<i64> = lab
                .look(|tx| tx.trust_around(1, account, ip(from)))
                .iter()
                .map(|entry| entry.id)
                .collect();
            ids.sort_unstable();
            ids
        };
        assert_eq!(around(lab, Some(ada), "203.0.113.9"), [wide, narrow]);
        assert_eq!(around(lab, Some(ada), "::ffff:203.0.113.9"), [wide, narrow]);
        assert_eq!(around(lab, None, "203.0.113.9"), [wide]);
        assert_eq!(around(lab, Some(ada), "203.0.113.10"), [wide]);
        assert_eq!(around(lab, Some(ada), "203.1.0.0"), [0; 0]);
        assert_eq!(around(lab, None, "2001:db8:ffff::1"), [six]);
        assert_eq!(around(lab, None, "2001:db9::1"), [0; 0]);
    });
}

#[test]
fn of_several_entries_the_one_that_ends_last_spares_the_code() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let from = ip("203.0.113.9");
        let spared = |tx: &mut Tx<'_>, account, lifetime, now: &str| {
            let found = tx.trusted(1, account, from, lifetime, at(now))?;
            Ok::<_, Fault>(found.map(|entry| entry.id))
        };
        assert_eq!(
            lab.look(|tx| spared(tx, ada, Some(MONTH), START)),
            None,
            "nothing is trusted"
        );
        let hers = trust(lab, &own(ada, "203.0.113.9"));
        let ours = trust(
            lab,
            &NewTrust {
                until: Some(at("2026-03-10T12:00:00Z")),
                ..office(OFFICE)
            },
        );
        lab.look(|tx| {
            assert_eq!(spared(tx, ada, Some(MONTH), START)?, Some(hers));
            assert_eq!(spared(tx, bob, Some(MONTH), START)?, Some(ours));
            // A shorter policy lets her own end sooner.
            assert_eq!(spared(tx, ada, Some(days(1)), START)?, Some(ours));
            assert_eq!(spared(tx, ada, None, START)?, None, "switched off");
            let last = "2026-03-10T11:59:59.999Z";
            assert_eq!(spared(tx, bob, Some(MONTH), last)?, Some(ours));
            let over = "2026-03-10T12:00:00Z";
            assert_eq!(spared(tx, bob, Some(MONTH), over)?, None);
            Ok(())
        });
    });
}

#[test]
fn an_entry_is_found_by_exactly_its_network_and_person() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let everyone = trust(lab, &office(OFFICE));
        let hers = trust(lab, &own(ada, OFFICE));
        let for_her = trust(
            lab,
            &NewTrust {
                account_id: Some(ada),
                ..office(OFFICE)
            },
        );
        let ids = |lab: &mut Lab, panel, account, text: &str| -> Vec<i64> {
            let found = lab.look(|tx| tx.trust_in(panel, account, network(text)));
            found.iter().map(|entry| entry.id).collect()
        };
        assert_eq!(ids(lab, 1, None, OFFICE), [everyone]);
        assert_eq!(ids(lab, 1, Some(ada), OFFICE), [hers, for_her]);
        assert_eq!(ids(lab, 1, Some(bob), OFFICE), [0; 0]);
        assert_eq!(ids(lab, 2, None, OFFICE), [0; 0]);
        assert_eq!(ids(lab, 1, None, "203.0.113.0/25"), [0; 0]);
    });
}

#[test]
fn the_list_is_narrowed_by_panel_person_and_address() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let a = trust(lab, &office(OFFICE));
        let b = trust(lab, &own(ada, "203.0.113.9"));
        let c = trust(
            lab,
            &NewTrust {
                panel_id: 2,
                ..own(ada, "203.0.113.9")
            },
        );
        let d = trust(lab, &own(bob, "198.51.100.7"));
        let every = TrustFilter::default();
        assert_eq!(listed(lab, every), [a, b, c, d]);
        let addresses: Vec<Option<String>> =
            all(lab, every).into_iter().map(|it| it.address).collect();
        let named = |who: &str| Some(who.to_owned());
        assert_eq!(addresses, [None, named(ADA), named(ADA), named(BOB)]);
        let panel = |id| TrustFilter {
            panel_id: Some(id),
            ..every
        };
        assert_eq!(listed(lab, panel(1)), [a, b, d]);
        assert_eq!(listed(lab, panel(2)), [c]);
        let person = TrustFilter {
            account_id: Some(ada),
            ..every
        };
        assert_eq!(listed(lab, person), [b, c]);
        let from = |text: &str| TrustFilter {
            ip: Some(ip(text)),
            ..every
        };
        assert_eq!(listed(lab, from("203.0.113.9")), [a, b, c]);
        assert_eq!(listed(lab, from("::ffff:203.0.113.8")), [a]);
        assert_eq!(listed(lab, from("192.0.2.1")), [0; 0]);
        let narrow = TrustFilter {
            panel_id: Some(1),
            account_id: Some(ada),
            ip: Some(ip("203.0.113.9")),
        };
        assert_eq!(listed(lab, narrow), [b]);
        let mut taken = 0;
        lab.look(|tx| {
            tx.each_trust(&every, |_| {
                taken += 1;
                Ok::<bool, Fault>(taken < 2)
            })
        });
        assert_eq!(taken, 2, "it stops when it is told to");
    });
}

#[test]
fn entries_go_one_by_one_by_person_and_by_panel() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let first = trust(lab, &office(OFFICE));
        for panel_id in [1, 1, 2] {
            trust(
                lab,
                &NewTrust {
                    panel_id,
                    ..own(ada, "203.0.113.9")
                },
            );
        }
        trust(lab, &own(bob, "203.0.113.9"));
        let operators = trust(
            lab,
            &NewTrust {
                account_id: Some(bob),
                ..office("203.0.113.9")
            },
        );
        lab.settle(|tx| {
            let count = |panel, account| tx.count_trust(panel, account);
            assert_eq!((count(1, None)?, count(2, None)?), (5, 1));
            assert_eq!((count(1, Some(ada))?, count(2, Some(bob))?), (2, 0));
            assert!(tx.delete_trust(first)?);
            assert!(!tx.delete_trust(first)?);
            tx.forget_own_trust(bob, 1, network("203.0.113.9"))?;
            assert_eq!(tx.trust_of(bob)?.len(), 1);
            assert_eq!(tx.trust_of(bob)?[0].id, operators);
            assert_eq!(tx.forget_trust(ada, Some(2))?, 1);
            assert_eq!(tx.forget_trust(ada, None)?, 2);
            assert_eq!(tx.forget_trust(ada, None)?, 0);
            assert_eq!(tx.forget_panel_trust(2)?, 0);
            assert_eq!(tx.forget_panel_trust(1)?, 1);
            assert_eq!(tx.count_trust(1, None)?, 0);
            Ok(())
        });
    });
}

#[test]
fn who_is_erased_leaves_no_entry_behind() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        trust(lab, &own(ada, "203.0.113.9"));
        let everyone = trust(lab, &office(OFFICE));
        lab.settle(|tx| tx.erase_account(ada));
        assert_eq!(listed(lab, TrustFilter::default()), [everyone]);
    });
}

#[test]
fn what_may_be_over_is_found_in_the_order_of_ids() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let stated = |until: &str| NewTrust {
            until: Some(at(until)),
            ..office(OFFICE)
        };
        let ended = trust(lab, &stated("2026-04-01T12:00:00Z"));
        trust(lab, &stated("2026-04-01T12:00:00.001Z"));
        let entered = trust(lab, &own(ada, "203.0.113.9"));
        let unused = trust(lab, &office("198.51.100.7"));
        let used = trust(lab, &office("198.51.100.8"));
        lab.settle(|tx| tx.touch_trust(used, at("2026-03-01T12:00:00.001Z")));
        let perhaps = |lab: &mut Lab, begun: Timestamp, after| {
            let mut ids = Vec::new();
            lab.look(|tx| {
                tx.each_trust_perhaps_over(at("2026-04-01T12:00:00Z"), begun, after, |entry| {
                    ids.push(entry.id);
                    true
                })
            });
            ids
        };
        assert_eq!(perhaps(lab, at(START), i64::MIN), [ended, entered, unused]);
        assert_eq!(perhaps(lab, at(START), entered), [unused]);
        let sooner = at("2026-03-01T11:59:59.999Z");
        assert_eq!(perhaps(lab, sooner, i64::MIN), [ended]);
    });
}

#[test]
fn a_network_in_another_form_is_a_damaged_row() {
    let mut lab = Lab::new();
    trust(&mut lab, &office(OFFICE));
    lab.raw()
        .execute("update trusted_ip set network = 'the office'", &[])
        .unwrap();
    let fault = lab.store.read(|tx| tx.trust(1)).unwrap_err();
    assert!(
        matches!(
            fault,
            Fault::Row {
                table: "trusted_ip",
                wanted: "a network",
                ..
            }
        ),
        "{fault:?}"
    );
}
