//! Where SQL restates a rule to spare a look at a million rows, it must never hide one that the rule would show.

use admit::domain::account::Disabled;
use admit::domain::admission::{AccessStatus, AccountStatus, Reason, obstacles, status_word};
use admit::domain::link::{LinkPurpose, LinkState};
use admit::domain::lockout::Lock;
use admit::ops::{Op, Scope};
use admit::store::{Done, Fault, NewAccount, NewLink, PersonFilter, Tx};
use admit::vault::{Entropy, TotpSecret};
use jiff::{SignedDuration, Timestamp};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::support::bench_store::{Lab, START, address, at, seed};

/// Everything about one person that a status may rest on; times in hours after the start.
#[derive(Clone, Debug)]
struct Someone {
    password: Option<i64>,
    voided: Option<i64>,
    locked: Option<(i64, bool)>,
    relocked_password: bool,
    disabled: Option<(i64, Option<i64>)>,
    until: Option<i64>,
    removed: Option<i64>,
    panel: i64,
    app: bool,
    phone: bool,
    barred: bool,
    role: &'static str,
}

/// The panels beside `main`, with what may make a second factor missing in each.
const PANELS: [(&str, &[(&str, &str)]); 5] = [
    (
        "second",
        &[("password-expiry", "30d"), ("second-factor", "required")],
    ),
    (
        "by-mail",
        &[("second-factor", "required"), ("methods", "mail")],
    ),
    (
        "by-sms",
        &[("second-factor", "required"), ("methods", "sms")],
    ),
    (
        "by-all",
        &[
            ("second-factor", "required"),
            ("methods", "app,mail,sms"),
            ("sessions", "one-refuse"),
        ],
    ),
    (
        "without",
        &[("second-factor", "off"), ("methods", "app,mail,sms")],
    ),
];

fn hour() -> impl Strategy<Value = i64> {
    0..400i64
}

fn someone() -> impl Strategy<Value = Someone> {
    let maybe = || proptest::option::of(hour());
    (
        maybe(),
        maybe(),
        proptest::option::of((hour(), any::<bool>())),
        any::<bool>(),
        proptest::option::of((hour(), maybe())),
        maybe(),
        proptest::option::weighted(0.3, hour()),
        (
            1..=6i64,
            any::<bool>(),
            any::<bool>(),
            any::<bool>(),
            prop_oneof![Just("member"), Just("support")],
        ),
    )
        .prop_map(
            |(password, voided, locked, relocked_password, disabled, until, removed, more)| {
                let (panel, app, phone, barred, role) = more;
                Someone {
                    password,
                    voided,
                    locked,
                    relocked_password,
                    disabled,
                    until,
                    removed,
                    panel,
                    app,
                    phone,
                    barred,
                    role,
                }
            },
        )
}

fn instant(hours: i64) -> Timestamp {
    at(START)
        .checked_add(SignedDuration::from_hours(hours))
        .unwrap()
}

fn add(tx: &mut Tx<'_>, index: usize, someone: &Someone) -> Result<(), Fault> {
    let account = tx.add_account(&NewAccount {
        address: &address(&format!("guest{index}@example.com")),
        name: None,
        phone: someone.phone.then_some("+491701234567"),
        lang: None,
        created_at: at(START),
    })?;
    if someone.app {
        let secret = TotpSecret::random(&Entropy::seeded(5))?;
        tx.set_factor(&account, &secret, 1, at(START))?;
    }
    if someone.barred {
        tx.bar_mailed_codes(account.id, Some(at(START)))?;
    }
    let set = |tx: &Tx<'_>, hours| tx.set_password(account.id, "hash", 15, instant(hours));
    if let Some(hours) = someone.password {
        set(tx, hours)?;
    }
    if let Some((hours, permanent)) = someone.locked {
        tx.lock_account(
            account.id,
            Lock {
                streak: 1,
                permanent,
                guessing: admit::domain::lockout::Guessing::Passwords,
            },
            instant(hours),
        )?;
        if someone.relocked_password {
            set(tx, hours)?;
        }
    }
    if let Some(hours) = someone.voided {
        tx.void_password(account.id, instant(hours))?;
    }
    if let Some((hours, until)) = someone.disabled {
        let lock = Disabled {
            at: instant(hours),
            until: until.map(instant),
            reason: "x".into(),
        };
        tx.disable_account(account.id, &lock)?;
    }
    tx.add_access(
        account.id,
        someone.panel,
        someone.role,
        someone.until.map(instant),
        at(START),
    )?;
    if let Some(hours) = someone.removed {
        let access = tx.access(account.id, someone.panel)?.unwrap();
        tx.remove_access(access.id, instant(hours))?;
    }
    Ok(())
}

/// Every word that `--status` takes.
fn words() -> Vec<&'static str> {
    let mut words: Vec<&str> = Reason::ALL.iter().map(|reason| reason.as_str()).collect();
    words.extend(AccountStatus::ALL.iter().map(|status| status.as_str()));
    words.extend(AccessStatus::ALL.iter().map(|status| status.as_str()));
    words.push("pending");
    words.sort_unstable();
    words.dedup();
    words
}

/// The people that a filter leaves, with every word that holds for them at the operation's `now`.
fn listed(
    tx: &Tx<'_>,
    filter: &PersonFilter<'_>,
    scope: &Scope,
    op: &Op,
) -> Result<Vec<(i64, Vec<&'static str>)>, Fault> {
    let now = op.now;
    let mut found = Vec::new();
    tx.each_person(filter, |person| {
        let panel = scope.panel_by_id(person.access.panel_id).unwrap();
        let facts = scope.facts_of(tx, panel, &person, op)?;
        let mut words: Vec<&str> = obstacles(&facts, now)
            .iter()
            .map(|obstacle| obstacle.reason.as_str())
            .collect();
        words.push(status_word(&facts, now));
        words.push(AccountStatus::of(&person.account, now).as_str());
        words.push(AccessStatus::of(&person.account, Some(&person.access), now).as_str());
        if person
            .invitation
            .is_some_and(|invitation| invitation.open && now < invitation.expires_at)
        {
            words.push("pending");
        }
        found.push((person.account.id, words));
        Ok::<bool, Fault>(true)
    })?;
    Ok(found)
}

/// t−1, t and t+1 ms of every boundary in the population, and of those that follow from it.
fn boundaries(people: &[Someone]) -> Vec<Timestamp> {
    let mut hours = vec![0];
    for someone in people {
        for hour in [
            someone.until,
            someone.removed,
            someone.disabled.and_then(|(_, until)| until),
        ] {
            hours.extend(hour);
        }
        // A week before the end, access is expiring; a link and a password of thirty days have their ends too.
        hours.extend(someone.until.map(|until| until - 7 * 24));
        hours.extend(someone.password.map(|set| set + 30 * 24));
    }
    hours.extend([7 * 24, 100]);
    hours.sort_unstable();
    hours.dedup();
    hours
        .into_iter()
        .map(instant)
        .flat_map(|t| [-1, 0, 1].map(|ms| t.checked_add(SignedDuration::from_millis(ms)).unwrap()))
        .collect()
}

#[test]
fn no_status_hides_a_row_that_has_it() {
    let mut runner = TestRunner::new(Config {
        failure_persistence: None,
        rng_seed: seed(),
        ..Config::with_cases(48)
    });
    runner
        .run(&proptest::collection::vec(someone(), 1..14), |people| {
            let mut lab = Lab::new();
            for (name, settings) in PANELS {
                lab.add_panel(name, settings);
            }
            lab.settle(|tx| {
                tx.set_trial_end(2, Some(instant(100)))?;
                people
                    .iter()
                    .enumerate()
                    .try_for_each(|(index, someone)| add(tx, index, someone))
            });
            lab.now = at(START);
            if people[0].password.is_none() && people[0].removed.is_none() {
                let panel = match people[0].panel {
                    1 => "main",
                    id => PANELS[usize::try_from(id).unwrap() - 2].0,
                };
                lab.invite_to("guest0@example.com", panel);
            }
            let (words, times) = (words(), boundaries(&people));
            let op = lab.op();
            lab.look(|tx| {
                let scope = Scope::load(tx)?;
                let all = times
                    .iter()
                    .map(|now| {
                        let op = Op {
                            now: *now,
                            ..op.clone()
                        };
                        listed(tx, &PersonFilter::default(), &scope, &op)
                    })
                    .collect::<Result<Vec<_>, _>>()?;
                let without = PersonFilter {
                    no_second_factor: true,
                    ..PersonFilter::default()
                };
                let mut left = Vec::new();
                tx.each_person(&without, |person| {
                    left.push(person.account.id);
                    Ok::<bool, Fault>(true)
                })?;
                let bare = people.iter().filter(|someone| !someone.app).count();
                assert_eq!(left.len(), bare);
                assert!(
                    left.iter()
                        .all(|id| !people[usize::try_from(*id).unwrap() - 1].app)
                );
                for word in &words {
                    let filter = PersonFilter {
                        statuses: &[word],
                        ..PersonFilter::default()
                    };
                    let mut left = Vec::new();
                    tx.each_person(&filter, |person| {
                        left.push(person.account.id);
                        Ok::<bool, Fault>(true)
                    })?;
                    for (now, everybody) in times.iter().zip(&all) {
                        for (id, has) in everybody {
                            assert!(
                                !has.contains(word) || left.contains(id),
                                "{word} hides {id} at {now}: {:?}",
                                people[usize::try_from(*id).unwrap() - 1]
                            );
                        }
                    }
                }
                Ok(())
            });
            Ok(())
        })
        .unwrap();
}

#[test]
fn a_status_narrows_where_it_can() {
    let mut lab = Lab::new();
    lab.invite("guest@example.com");
    for (word, rows) in [
        ("unregistered", 1),
        ("locked", 0),
        ("removed", 0),
        ("expired", 0),
        ("active", 1),
        ("second-factor-setup-required", 0),
    ] {
        let filter = PersonFilter {
            statuses: &[word],
            ..PersonFilter::default()
        };
        let op = lab.op();
        let left = lab.look(|tx| listed(tx, &filter, &Scope::load(tx)?, &op));
        assert_eq!(left.len(), rows, "{word}");
    }
}

#[test]
fn who_has_access_is_counted_as_the_rule_has_it() {
    let mut lab = Lab::new();
    let end = at("2026-03-08T12:00:00Z");
    lab.settle(|tx| {
        for (index, (until, removed)) in [(None, false), (Some(end), false), (None, true)]
            .into_iter()
            .enumerate()
        {
            let account = tx.add_account(&NewAccount {
                address: &address(&format!("guest{index}@example.com")),
                name: None,
                phone: None,
                lang: None,
                created_at: at(START),
            })?;
            tx.add_access(account.id, 1, "member", until, at(START))?;
            if removed {
                let access = tx.access(account.id, 1)?.unwrap();
                tx.remove_access(access.id, at(START))?;
            }
        }
        Ok(())
    });
    for (now, running) in [
        ("2026-03-08T11:59:59.999Z", 2),
        ("2026-03-08T12:00:00Z", 1),
        ("2026-03-08T12:00:00.001Z", 1),
    ] {
        let now = at(now);
        assert_eq!(lab.look(|tx| tx.count_running(1, now)), running, "{now}");
        let mut by_rule = 0;
        lab.look(|tx| {
            tx.each_person(&PersonFilter::default(), |person| {
                by_rule += i64::from(person.access.is_running(now));
                Ok::<bool, Fault>(true)
            })
        });
        assert_eq!(by_rule, running, "{now}");
    }
}

/// What was done to a link before it is looked at.
#[derive(Clone, Copy, Debug)]
enum Fate {
    None,
    Used,
    Revoked,
    Superseded,
}

#[test]
fn using_a_link_agrees_with_its_state_around_every_boundary() {
    let mut lab = Lab::new();
    lab.settle(|tx| {
        let new = NewAccount {
            address: &address("guest@example.com"),
            name: None,
            phone: None,
            lang: None,
            created_at: at(START),
        };
        tx.add_account(&new).map(drop)
    });
    let end = at("2026-03-08T12:00:00Z");
    let mut live = 0;
    for fate in [Fate::None, Fate::Used, Fate::Revoked, Fate::Superseded] {
        for offset in [
            -SignedDuration::from_hours(1).as_millis(),
            -1,
            0,
            1,
            3_600_000,
        ] {
            let now = end
                .checked_add(SignedDuration::from_millis(offset.try_into().unwrap()))
                .unwrap();
            let mut outcome = None;
            // Rolled back, so that each case begins with one link.
            lab.store
                .change(|tx| {
                    let new = NewLink {
                        purpose: LinkPurpose::Reset,
                        account_id: 1,
                        panel_id: 1,
                        created_at: at(START),
                        expires_at: end,
                    };
                    let (id, _) = tx.add_link(&new)?;
                    match fate {
                        Fate::None => {}
                        Fate::Used => assert!(tx.use_link(id, at(START))?),
                        Fate::Revoked => {
                            assert_eq!(tx.revoke_links(1, LinkPurpose::Reset, None, at(START))?, 1);
                        }
                        Fate::Superseded => {
                            assert_eq!(
                                tx.supersede_links(1, LinkPurpose::Reset, Some(1), at(START))?,
                                1
                            );
                        }
                    }
                    let link = tx.link_by_id(id)?.unwrap();
                    let state = link.state(now);
                    assert_eq!(link.check(now).is_ok(), state == LinkState::Live);
                    let used = tx.use_link(id, now)?;
                    assert_eq!(
                        used,
                        state == LinkState::Live,
                        "{fate:?} {offset}: {state:?}"
                    );
                    // What is already dead is not superseded a second time: its story stays as it was.
                    let after = tx.link_by_id(id)?.unwrap();
                    let again = tx.supersede_links(1, LinkPurpose::Reset, None, now)?;
                    let open = after.used_at.is_none()
                        && after.revoked_at.is_none()
                        && after.superseded_at.is_none();
                    assert_eq!(again, usize::from(open), "{fate:?} {offset}");
                    outcome = Some(used);
                    Ok::<_, Fault>(Done::nothing(()))
                })
                .unwrap();
            live += usize::from(outcome.unwrap());
        }
    }
    assert_eq!(live, 2, "only what is untouched and not over is used");
}

#[test]
fn the_reservation_in_sql_agrees_with_the_state_machine() {
    use admit::domain::lockout::{LockLimits, Reservation};
    let mut lab = Lab::new();
    lab.settle(|tx| {
        let new = NewAccount {
            address: &address("guest@example.com"),
            name: None,
            phone: None,
            lang: None,
            created_at: at(START),
        };
        tx.add_account(&new).map(drop)
    });
    let mut went = 0;
    for wrong in 0..4 {
        for open in 0..4 {
            for lock in [None, Some(false), Some(true)] {
                let limits = LockLimits {
                    wrong_codes: 6,
                    wrong_passwords: 3,
                    locks_in_a_row: Some(2),
                };
                let all = LockLimits {
                    wrong_codes: 6,
                    wrong_passwords: 100,
                    locks_in_a_row: None,
                };
                lab.store
                    .change(|tx| {
                        for _ in 0..wrong + open {
                            assert!(tx.reserve_try(1, all, at(START))?);
                        }
                        for _ in 0..wrong {
                            let account = tx.account_by_id(1)?.unwrap();
                            tx.count_wrong(&account, account.lock.round, None, at(START))?;
                        }
                        if let Some(permanent) = lock {
                            tx.lock_account(
                                1,
                                Lock {
                                    streak: 1,
                                    permanent,
                                    guessing: admit::domain::lockout::Guessing::Passwords,
                                },
                                at(START),
                            )?;
                        }
                        let facts = tx.account_by_id(1)?.unwrap().lock;
                        let goes = facts.reserve(limits, at(START)) == Reservation::Go;
                        assert_eq!(tx.reserve_try(1, limits, at(START))?, goes, "{facts:?}");
                        went += usize::from(goes);
                        Ok::<_, Fault>(Done::nothing(()))
                    })
                    .unwrap();
            }
        }
    }
    assert_eq!(went, 6);
}
