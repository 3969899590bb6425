//! A connection that breaks off at the worst moment: in the middle of a change, before the commit arrives, or when its
//! answer is on the way back. Whatever was said to be done is done, once.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;

use admit::ops::invite::invite;
use admit::ops::{Op, OpError, Scope};
use admit::store::{Done, Fault, Location, Store, Surroundings};
use admit::vault::{Entropy, KeyRing, Vault};

use crate::server::{Database, Server};
use crate::support::bench_store::{START, at, audit_of, invitation, operator};

/// What the line does when it sees a message to the server that holds these bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    /// The message is lost.
    Before,
    /// The message arrives and is answered, and the answer is lost.
    Answer,
    /// The message is lost, and from then on nobody gets through until the line is [mended](Line::mend).
    Down,
}

#[derive(Clone, Copy)]
struct Trap {
    at: &'static [u8],
    cut: Cut,
    /// How many such messages pass first.
    spare: usize,
}

/// A line to a server that breaks off once, where it is told to.
pub(crate) struct Line {
    pub(crate) port: u16,
    down: Arc<AtomicBool>,
    trap: Arc<Mutex<Option<Trap>>>,
    cuts: Arc<AtomicUsize>,
}

impl Line {
    pub(crate) fn to(server: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let line = Self {
            port: listener.local_addr().unwrap().port(),
            down: Arc::default(),
            trap: Arc::default(),
            cuts: Arc::default(),
        };
        let (trap, cuts) = (Arc::clone(&line.trap), Arc::clone(&line.cuts));
        let down = Arc::clone(&line.down);
        thread::spawn(move || {
            for near in listener.incoming().map_while(Result::ok) {
                if down.load(Ordering::SeqCst) {
                    continue;
                }
                let far = TcpStream::connect(("127.0.0.1", server)).unwrap();
                let (trap, cuts) = (Arc::clone(&trap), Arc::clone(&cuts));
                let (back_from, back_to) = (far.try_clone().unwrap(), near.try_clone().unwrap());
                let deaf = Arc::new(Mutex::new(false));
                let (hears, down) = (Arc::clone(&deaf), Arc::clone(&down));
                thread::spawn(move || answers(back_from, back_to, &deaf));
                thread::spawn(move || questions(near, far, &trap, (&hears, &down), &cuts));
            }
        });
        line
    }

    pub(crate) fn breaks(&self, at: &'static str, cut: Cut, spare: usize) {
        *self.trap.lock().unwrap() = Some(Trap {
            at: at.as_bytes(),
            cut,
            spare,
        });
    }

    pub(crate) fn mend(&self) {
        self.down.store(false, Ordering::SeqCst);
    }

    pub(crate) fn cuts(&self) -> usize {
        self.cuts.load(Ordering::SeqCst)
    }
}

/// From the server; once the line is deaf, what it says is lost.
fn answers(mut from: TcpStream, mut to: TcpStream, deaf: &Mutex<bool>) {
    let mut bytes = [0; 8_192];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        if *deaf.lock().unwrap() {
            // It has answered, so what it was asked for is done; now both ends find the line dead.
            break;
        }
        if to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    to.shutdown(Shutdown::Both).ok();
    from.shutdown(Shutdown::Both).ok();
}

/// To the server.
fn questions(
    mut from: TcpStream,
    mut to: TcpStream,
    trap: &Mutex<Option<Trap>>,
    (deaf, down): (&Mutex<bool>, &AtomicBool),
    cuts: &AtomicUsize,
) {
    let mut bytes = [0; 8_192];
    while let Ok(count @ 1..) = from.read(&mut bytes) {
        let mut set = trap.lock().unwrap();
        let sprung = set.as_mut().is_some_and(|trap| {
            let seen = bytes[..count]
                .windows(trap.at.len())
                .any(|part| part == trap.at);
            if seen && trap.spare > 0 {
                trap.spare -= 1;
                return false;
            }
            seen
        });
        if sprung && let Some(trap) = set.take() {
            cuts.fetch_add(1, Ordering::SeqCst);
            match trap.cut {
                Cut::Before => break,
                Cut::Answer => *deaf.lock().unwrap() = true,
                Cut::Down => {
                    down.store(true, Ordering::SeqCst);
                    break;
                }
            }
        }
        drop(set);
        if to.write_all(&bytes[..count]).is_err() {
            break;
        }
    }
    to.shutdown(Shutdown::Both).ok();
    from.shutdown(Shutdown::Both).ok();
}

/// A store behind a line that can break.
struct Bench {
    line: Line,
    store: Store,
    keys: String,
    database: Database,
}

impl Bench {
    fn new() -> Self {
        let database = Server::running().database();
        let line = Line::to(Server::running().port());
        let entropy = Entropy::seeded(1);
        let ring = KeyRing::generate(&entropy).unwrap();
        let keys = ring.to_text().expose().clone();
        let location = at_port(&database, line.port);
        let store =
            Store::create(&location, Vault::new(ring, entropy), &operator(), at(START)).unwrap();
        Self {
            line,
            store,
            keys,
            database,
        }
    }

    fn op() -> Op {
        Op {
            now: at(START),
            wall: at(START),
            zone: jiff::tz::TimeZone::UTC,
            actor: operator(),
        }
    }

    fn invite(&mut self, who: &str) -> Result<(), OpError> {
        let op = Self::op();
        self.store.change(|tx| {
            let scope = Scope::load(tx)?;
            invite(tx, &scope, &op, &invitation(who))?;
            Ok(Done::recorded(()))
        })
    }

    /// Somebody who has another line looks: what was done to a person, and does the record hold?
    fn actions(&self, who: &str) -> Vec<String> {
        let vault = Vault::new(KeyRing::parse(&self.keys).unwrap(), Entropy::seeded(3));
        let url = Location::parse(&self.database.url("olga"), &Surroundings::default());
        let mut store = Store::open(&url, vault, true).unwrap();
        let verified = store.read(|tx| tx.verify_audit(None, |_| {})).unwrap();
        assert!(verified.is_ok(), "{verified:?}");
        audit_of(&mut store)
            .iter()
            .filter(|entry| entry.personal.address.as_deref() == Some(who))
            .map(|entry| entry.action.clone())
            .collect()
    }
}

fn at_port(database: &Database, port: u16) -> Location {
    let url = database.url("olga");
    let name = url.rsplit('/').next().unwrap();
    Location::parse(
        &format!("postgres://olga@127.0.0.1:{port}/{name}"),
        &Surroundings::default(),
    )
}

#[test]
fn a_commit_whose_answer_is_lost_is_found_by_its_entry_and_not_made_twice() {
    let mut bench = Bench::new();
    bench.line.breaks("commit", Cut::Answer, 0);
    bench.invite("ada@example.com").unwrap();
    assert_eq!(bench.line.cuts(), 1);
    assert_eq!(bench.actions("ada@example.com"), ["invited"]);
    bench.invite("bob@example.com").unwrap();
    assert_eq!(bench.actions("bob@example.com"), ["invited"]);
}

#[test]
fn a_commit_that_never_arrived_is_made_again() {
    let mut bench = Bench::new();
    bench.line.breaks("commit", Cut::Before, 0);
    bench.invite("ada@example.com").unwrap();
    assert_eq!(bench.line.cuts(), 1);
    assert_eq!(bench.actions("ada@example.com"), ["invited"]);
}

#[test]
fn a_line_that_breaks_inside_a_change_begins_it_anew() {
    for at in [
        "begin isolation level serializable",
        "insert into account",
        "insert into audit",
    ] {
        for cut in [Cut::Before, Cut::Answer] {
            let mut bench = Bench::new();
            bench.line.breaks(at, cut, 0);
            bench.invite("ada@example.com").unwrap();
            assert_eq!(bench.line.cuts(), 1, "{at} {cut:?}");
            assert_eq!(
                bench.actions("ada@example.com"),
                ["invited"],
                "{at} {cut:?}"
            );
        }
    }
}

/// Without an entry nobody can tell whether it was made, so nobody claims to know.
#[test]
fn an_unrecorded_commit_whose_answer_is_lost_is_not_claimed() {
    let mut bench = Bench::new();
    bench.line.breaks("commit", Cut::Answer, 0);
    let change = bench.store.change(|tx| {
        tx.set_store_setting("reset-lifetime", "1h")?;
        Ok::<_, Fault>(Done::unrecorded(()))
    });
    assert!(matches!(change, Err(Fault::Unsettled(_))), "{change:?}");
    assert_eq!(bench.line.cuts(), 1);
}

/// Nobody listens any more, for good: it is said that nothing was changed, and that is so.
#[test]
fn a_server_that_stays_away_inside_a_change_leaves_nothing() {
    let mut bench = Bench::new();
    bench.line.breaks("insert into audit", Cut::Before, 0);
    let mut runs = 0;
    let op = Bench::op();
    let outcome: Result<(), OpError> = bench.store.change(|tx| {
        runs += 1;
        if runs > 1 {
            return Err(OpError::Interrupted);
        }
        let scope = Scope::load(tx)?;
        invite(tx, &scope, &op, &invitation("ada@example.com"))?;
        Ok(Done::recorded(()))
    });
    assert!(matches!(outcome, Err(OpError::Interrupted)));
    assert_eq!(runs, 2);
    assert!(bench.actions("ada@example.com").is_empty());
}
