use admit::store::{HourlyCount, NewSession, OTHER_NETWORKS, Tx};
use admit::vault::{Purpose, Token};
use jiff::Timestamp;

use super::accounts::add;
use crate::support::bench_store::{ADA, BOB, IP, Lab, START, at, minutes, on_each_engine};

fn begin(lab: &mut Lab, account_id: i64, panel_id: i64, created_at: Timestamp) -> Token {
    let mut begun = None;
    let new = NewSession {
        account_id,
        panel_id,
        created_at,
        expires_at: at("2026-03-31T12:00:00Z"),
        ip: Some(IP),
        passed: None,
    };
    lab.settle(|tx| {
        begun = Some(tx.add_session(&new)?);
        Ok(())
    });
    begun.unwrap()
}

fn two(lab: &mut Lab) -> (i64, i64) {
    lab.add_panel("second", &[]);
    lab.settle(|tx| {
        add(tx, ADA)?;
        add(tx, BOB).map(drop)
    });
    (lab.account(ADA).id, lab.account(BOB).id)
}

#[test]
fn a_session_is_found_by_its_token_alone() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let token = begin(lab, ada, 2, at(START));
        assert_eq!(token.purpose(), Purpose::Session);
        let session = lab.look(|tx| tx.session(&token.hash())).unwrap();
        assert_eq!((session.account_id, session.panel_id), (ada, 2));
        assert_eq!(
            (session.created_at, session.last_seen_at),
            (at(START), at(START))
        );
        assert_eq!(
            (session.expires_at, session.ended_at),
            (at("2026-03-31T12:00:00Z"), None)
        );
        assert_eq!(session.ip.as_deref(), Some(IP));
        let other = begin(lab, ada, 2, at(START));
        assert_ne!(token.as_str(), other.as_str());
    });
}

#[test]
fn a_sign_of_life_moves_last_seen_only() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let token = begin(lab, ada, 1, at(START));
        let before = lab.look(|tx| tx.session(&token.hash())).unwrap();
        let later = at("2026-03-01T13:00:00Z");
        lab.settle(|tx| tx.touch_session(before.id, later));
        let after = lab.look(|tx| tx.session(&token.hash())).unwrap();
        assert_eq!(
            after,
            admit::domain::session::Session {
                last_seen_at: later,
                ..before
            }
        );
    });
}

#[test]
fn sessions_end_one_by_one_by_panel_and_all() {
    on_each_engine(|lab| {
        let (ada, bob) = two(lab);
        let first = begin(lab, ada, 1, at(START));
        begin(lab, ada, 1, at(START));
        begin(lab, ada, 2, at(START));
        begin(lab, ada, 2, at(START));
        begin(lab, bob, 1, at(START));
        let open = |tx: &Tx<'_>, account| tx.open_sessions(account).map(|open| open.len());
        let id = lab.look(|tx| tx.session(&first.hash())).unwrap().id;
        let end = at("2026-03-01T14:00:00Z");
        lab.settle(|tx| {
            assert!(tx.end_session(id, "signed-out", end)?);
            assert!(!tx.end_session(id, "signed-out", end)?);
            assert_eq!(open(tx, ada)?, 3);
            assert_eq!(tx.end_sessions(ada, Some(1), "removed", end)?, 1);
            assert_eq!(tx.end_sessions(ada, None, "new-password", end)?, 2);
            assert_eq!((open(tx, ada)?, open(tx, bob)?), (0, 1));
            Ok(())
        });
        assert_eq!(
            lab.look(|tx| tx.session(&first.hash())).unwrap().ended_at,
            Some(end)
        );
    });
}

#[test]
fn signed_in_since_is_the_oldest_session_that_lives_in_that_panel() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        let idle = minutes(60);
        let since = |lab: &mut Lab, panel, now: &str| {
            lab.look(|tx| tx.signed_in_since(ada, panel, idle, at(now)))
        };
        begin(lab, ada, 1, at("2026-03-01T12:00:00Z"));
        begin(lab, ada, 1, at("2026-03-01T12:30:00Z"));
        begin(lab, ada, 2, at("2026-03-01T12:10:00Z"));
        assert_eq!(
            since(lab, 1, "2026-03-01T12:59:59.999Z"),
            Some(at("2026-03-01T12:00:00Z"))
        );
        assert_eq!(
            since(lab, 1, "2026-03-01T13:00:00Z"),
            Some(at("2026-03-01T12:30:00Z"))
        );
        assert_eq!(
            since(lab, 2, "2026-03-01T13:00:00Z"),
            Some(at("2026-03-01T12:10:00Z"))
        );
        assert_eq!(since(lab, 1, "2026-03-01T13:30:00Z"), None);
    });
}

#[test]
fn a_session_is_not_overlooked_behind_a_hundred_newer_ones_elsewhere() {
    on_each_engine(|lab| {
        let (ada, _) = two(lab);
        begin(lab, ada, 1, at(START));
        for _ in 0..100 {
            begin(lab, ada, 2, at("2026-03-01T12:01:00Z"));
        }
        let since =
            lab.look(|tx| tx.signed_in_since(ada, 1, minutes(60), at("2026-03-01T12:02:00Z")));
        assert_eq!(since, Some(at(START)));
        assert_eq!(
            lab.look(|tx| tx.open_sessions(ada)).len(),
            100,
            "a list for people is cut"
        );
    });
}

#[test]
fn tallies_are_taken_once_when_their_hour_is_over() {
    on_each_engine(|lab| {
        let hour = at("2026-03-01T12:00:00Z");
        let next = at("2026-03-01T13:00:00Z");
        lab.settle(|tx| {
            for (ip, panel, hour) in [
                (IP, "main", next),
                (IP, "main", hour),
                ("", "main", hour),
                (IP, "main", hour),
                (IP, "b", hour),
            ] {
                tx.count_unknown_hourly(ip, panel, hour, 10)?;
            }
            assert_eq!(tx.take_hourly_counts(hour, 10)?, []);
            assert_eq!((tx.waiting_counts(hour)?, tx.waiting_counts(next)?), (0, 3));
            let tally = |ip: &str, panel: &str, tries| HourlyCount {
                ip: ip.into(),
                panel: panel.into(),
                hour,
                tries,
            };
            assert_eq!(
                tx.take_hourly_counts(next, 2)?,
                [tally("", "main", 1), tally(IP, "b", 1)],
                "no more than was asked for, the first of them"
            );
            assert_eq!(tx.take_hourly_counts(next, 2)?, [tally(IP, "main", 2)]);
            assert_eq!(tx.take_hourly_counts(next, 10)?, []);
            Ok(())
        });
    });
}

#[test]
fn beyond_so_many_tallies_an_hour_the_others_share_one_for_each_panel() {
    on_each_engine(|lab| {
        let (hour, next) = (at("2026-03-01T12:00:00Z"), at("2026-03-01T13:00:00Z"));
        lab.settle(|tx| {
            // Those of another hour do not count.
            tx.count_unknown_hourly("192.0.2.9", "main", at("2026-03-01T11:00:00Z"), 2)?;
            for ip in [
                "192.0.2.1",
                "192.0.2.2",
                "192.0.2.3",
                "192.0.2.4",
                "192.0.2.1",
            ] {
                tx.count_unknown_hourly(ip, "main", hour, 2)?;
            }
            tx.count_unknown_hourly("192.0.2.1", "b", hour, 2)?;
            let told: Vec<_> = tx
                .take_hourly_counts(next, 10)?
                .into_iter()
                .filter(|tally| tally.hour == hour)
                .map(|tally| (tally.ip, tally.panel, tally.tries))
                .collect();
            let tally = |ip: &str, panel: &str, tries| (ip.to_owned(), panel.to_owned(), tries);
            assert_eq!(
                told,
                [
                    tally(OTHER_NETWORKS, "b", 1),
                    tally(OTHER_NETWORKS, "main", 2),
                    tally("192.0.2.1", "main", 2),
                    tally("192.0.2.2", "main", 1),
                ]
            );
            Ok(())
        });
    });
}
