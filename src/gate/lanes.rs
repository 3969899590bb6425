//! Three lanes, so that what is quick never waits for what is slow.
//!
//! | lane | requests | workers |
//! |---|---|---|
//! | look | read the store | [`LOOKERS`] |
//! | change | write to it, and so may wait for another writer | [`CHANGERS`] |
//! | hash | hash a password | one per core |
//!
//! Each worker has a connection of its own, opened when it is first needed. In each lane callers take turns
//! ([`Queue`]). A request for which there is no room is refused at once, with the time after which to repeat
//! it; only for looks the reader waits instead, since they take no time.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::SyncSender;
use std::thread::{Builder, Scope as Threads};

use super::queue::{Caller, Queue, Room, caller};
use super::{Answer, Ask, GateContext, Request, Verb, answer_in_turn, unharmed};
use crate::store::Store;

/// Workers that read.
const LOOKERS: usize = 2;
/// Workers that write. One at a time can write, but another's answer can be sent meanwhile.
const CHANGERS: usize = 2;
/// How many requests wait in each lane.
const ROOM: Room = Room {
    all: 256,
    per_ip: 32,
};
/// How many requests a worker is expected to answer in a second, for the time after which to come back.
const HASHES_A_SECOND: usize = 5;
const CHANGES_A_SECOND: usize = 100;

/// A lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lane {
    Look,
    Change,
    Hash,
}

impl Lane {
    const ALL: [Self; 3] = [Self::Look, Self::Change, Self::Hash];

    /// The lane of a request.
    pub(super) fn of(ask: &Ask) -> Self {
        let contract = ask.verb().contract();
        if ask.is_by_ticket() {
            Self::Change
        } else if contract.hashes {
            Self::Hash
        } else if contract.changes {
            Self::Change
        } else {
            // A look may write that a session is in use, and leaves that out while somebody else writes.
            Self::Look
        }
    }

    fn name(self) -> &'static str {
        match self {
            Self::Look => "gate-look",
            Self::Change => "gate-change",
            Self::Hash => "gate-hash",
        }
    }
}

/// A request, and what becomes of its answer.
pub(super) struct Job<'a> {
    pub(super) request: Request,
    /// Runs on the worker's thread: the next request of the lane waits for it.
    pub(super) reply: Box<dyn FnOnce(&Answer) + Send + 'a>,
}

/// The lanes: one set for everybody who asks this process.
pub(super) struct Lanes<'a> {
    gate: &'a GateContext<'a>,
    hashers: usize,
    look: Queue<Job<'a>>,
    change: Queue<Job<'a>>,
    hash: Queue<Job<'a>>,
    /// Nobody hears the answers any more: what waits is dropped.
    given_up: &'a AtomicBool,
}

impl<'a> Lanes<'a> {
    /// `hashers` passwords are hashed at the same time. `given_up` becomes true when the answers can no longer be
    /// delivered.
    pub(super) fn new(gate: &'a GateContext<'a>, hashers: usize, given_up: &'a AtomicBool) -> Self {
        Self {
            gate,
            hashers: hashers.max(1),
            look: Queue::new(ROOM),
            change: Queue::new(ROOM),
            hash: Queue::new(ROOM),
            given_up,
        }
    }

    /// Starts the workers, which end after [`Lanes::close`]. `bell` is rung after each request that may have queued
    /// mail. False if a lane has no worker.
    pub(super) fn start<'t>(
        &'t self,
        threads: &'t Threads<'t, '_>,
        bell: Option<&SyncSender<()>>,
    ) -> bool {
        Lane::ALL.into_iter().all(|lane| {
            let started = (0..self.workers(lane)).filter(|_| {
                let bell = bell.cloned();
                let work = move || self.work(lane, bell.as_ref());
                let named = Builder::new().name(lane.name().to_owned());
                named.spawn_scoped(threads, work).is_ok()
            });
            // With fewer it is slower.
            started.count() > 0
        })
    }

    /// Queues a request, or answers it at once if there is no room; in the lane that is quick it waits for room.
    pub(super) fn submit(&self, job: Job<'a>) {
        let lane = Lane::of(&job.request.ask);
        let from: Caller = caller(job.request.ip);
        if lane == Lane::Look {
            self.look.add_in_time(from, job);
        } else if let Err((job, waiting)) = self.queue(lane).add(from, job) {
            (job.reply)(&Answer::busy(self.retry_after(lane, waiting)));
        }
    }

    /// Nothing more will be submitted: the workers answer what waits, and end.
    pub(super) fn close(&self) {
        for lane in Lane::ALL {
            self.queue(lane).close();
        }
    }

    /// Whether nobody hears the answers any more.
    pub(super) fn has_given_up(&self) -> bool {
        self.given_up.load(Ordering::SeqCst)
    }

    fn queue(&self, lane: Lane) -> &Queue<Job<'a>> {
        match lane {
            Lane::Look => &self.look,
            Lane::Change => &self.change,
            Lane::Hash => &self.hash,
        }
    }

    fn workers(&self, lane: Lane) -> usize {
        match lane {
            Lane::Look => LOOKERS,
            Lane::Change => CHANGERS,
            Lane::Hash => self.hashers,
        }
    }

    /// When those who wait now will have been answered, more or less.
    fn retry_after(&self, lane: Lane, waiting: usize) -> u32 {
        let a_second = match lane {
            Lane::Look | Lane::Change => CHANGES_A_SECOND,
            Lane::Hash => HASHES_A_SECOND * self.hashers,
        };
        1 + u32::try_from(waiting / a_second).unwrap_or(u32::MAX - 1)
    }

    /// One worker.
    fn work(&self, lane: Lane, bell: Option<&SyncSender<()>>) {
        let mut store = None;
        while let Some(Job { request, reply }) = self.queue(lane).next() {
            if self.has_given_up() {
                continue;
            }
            let verb = request.ask.verb();
            let answer = unharmed(|| match connection(self.gate, &mut store) {
                Ok(store) => answer_in_turn(self.gate, store, request),
                Err(cause) => Answer::unavailable(cause),
            });
            if answer.broken {
                store = None;
            }
            reply(&answer);
            if let Some(bell) = bell.filter(|_| may_have_queued(verb)) {
                // Full means that the signal is already set.
                bell.try_send(()).ok();
            }
        }
    }
}

/// The existing connection, or a new one: an unreachable store may come back.
pub(super) fn connection<'s>(
    gate: &GateContext<'_>,
    store: &'s mut Option<Store>,
) -> Result<&'s mut Store, String> {
    match store {
        Some(store) => Ok(store),
        None => Ok(store.insert((gate.open)()?)),
    }
}

/// Whether a request of this kind can have queued mail: a lock, a notice, a link, a code.
fn may_have_queued(verb: Verb) -> bool {
    verb.contract().changes && !matches!(verb, Verb::Register | Verb::SignOut)
}
