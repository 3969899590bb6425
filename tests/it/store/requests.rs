//! Counts of requests, and tallies of what is beyond a limit.

use admit::domain::event::Action;
use admit::store::Beyond;
use serde_json::Map;

use super::accounts::add;
use crate::support::bench_store::{ADA, IP, START, at, on_each_engine};

const HERE: [u8; 32] = [1; 32];
const THERE: [u8; 32] = [2; 32];
const HOUR: &str = "2026-03-01T12:00:00Z";
const NEXT: &str = "2026-03-01T13:00:00Z";

#[test]
fn requests_are_counted_by_key_until_what_was_counted_is_forgotten() {
    on_each_engine(|lab| {
        lab.settle(|tx| {
            let (start, before) = (at(START), at("2026-03-01T11:00:00Z"));
            assert_eq!(tx.count_request(&HERE, before, start)?, 1);
            assert_eq!(tx.count_request(&HERE, before, start)?, 2);
            assert_eq!(tx.count_request(&THERE, before, start)?, 1);
            let later = at("2026-03-01T12:59:59.999Z");
            let forgotten = at("2026-03-01T11:59:59.999Z");
            assert_eq!(tx.count_request(&HERE, forgotten, later)?, 3);
            assert_eq!(tx.count_request(&HERE, start, at(NEXT))?, 1);
            // It began again: the instant of its new beginning decides.
            assert_eq!(tx.count_request(&HERE, start, at(NEXT))?, 2);
            assert_eq!(tx.count_request(&HERE, at(NEXT), at(NEXT))?, 1);
            Ok(())
        });
    });
}

#[test]
fn tallies_of_one_key_are_one_and_are_taken_once_when_their_hour_has_ended() {
    on_each_engine(|lab| {
        let mut event = lab.op_from(IP).event(Action::SignInRefused);
        event = event.in_panel("main").with("reason", "locked");
        let mut elsewhere = event.clone();
        elsewhere.actor.ip = Some("198.51.100.7".parse().unwrap());
        lab.settle(|tx| {
            let ada = add(tx, ADA)?.id;
            for _ in 0..3 {
                tx.count_hourly(&HERE, at(HOUR), &event, Some(ada))?;
            }
            tx.count_hourly(&THERE, at(HOUR), &event, None)?;
            tx.count_hourly(&THERE, at(HOUR), &elsewhere, None)?;
            tx.count_hourly(&[0; 32], at(NEXT), &event, None)?;
            assert_eq!(tx.count_beyond(at(HOUR))?, 0);
            assert_eq!(tx.count_beyond(at(NEXT))?, 2);
            assert_eq!(tx.take_beyond(at(HOUR), 10)?, []);
            let beyond = |account_id, ip: &str, times| Beyond {
                hour: at(HOUR),
                action: Action::SignInRefused,
                panel: "main".into(),
                account_id,
                ip: ip.into(),
                detail: Map::from_iter([("reason".to_owned(), "locked".into())]),
                times,
            };
            assert_eq!(tx.take_beyond(at(NEXT), 1)?, [beyond(Some(ada), IP, 3)]);
            assert_eq!(tx.take_beyond(at(NEXT), 10)?, [beyond(None, "", 2)]);
            assert_eq!(tx.take_beyond(at(NEXT), 10)?, []);
            Ok(())
        });
    });
}

#[test]
fn a_tally_is_as_good_as_an_entry_for_its_transaction() {
    on_each_engine(|lab| {
        let event = lab
            .op_from(IP)
            .event(Action::ForgotPassword)
            .in_panel("main");
        let seq = lab.head().seq;
        lab.store
            .change(|tx| {
                tx.count_hourly(&HERE, at(HOUR), &event, None)?;
                Ok::<_, admit::store::Fault>(admit::store::Done::recorded(()))
            })
            .unwrap();
        assert_eq!(lab.head().seq, seq);
        assert_eq!(lab.look(|tx| tx.count_beyond(at(NEXT))), 1);
    });
}
