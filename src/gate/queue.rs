//! A bounded queue in which callers take turns.
//!
//! Requests of one IP (an IPv4 address, an IPv6 /64) stay in their order; IPs take turns, one request each. So
//! somebody with a thousand requests delays somebody else's by one request and no more. Requests without an IP
//! are one caller together.

use std::collections::{HashMap, VecDeque};
use std::net::IpAddr;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::domain::origin::origins;

/// Who takes turns: the first address of the narrowest network.
pub(super) type Caller = Option<IpAddr>;

/// The caller of a request from this IP.
pub(super) fn caller(ip: Option<IpAddr>) -> Caller {
    origins(ip?).first().map(|origin| origin.first)
}

/// How many may wait.
#[derive(Clone, Copy, Debug)]
pub(super) struct Room {
    /// In all, and so for the requests without an IP, which are many callers.
    pub(super) all: usize,
    /// Of one IP.
    pub(super) per_ip: usize,
}

/// The queue.
pub(super) struct Queue<T> {
    room: Room,
    state: Mutex<State<T>>,
    filled: Condvar,
    taken: Condvar,
}

struct State<T> {
    /// Only callers with something waiting.
    waiting: HashMap<Caller, VecDeque<T>>,
    /// The same callers, the next one first.
    turns: VecDeque<Caller>,
    count: usize,
    closed: bool,
}

impl<T> Queue<T> {
    pub(super) fn new(room: Room) -> Self {
        Self {
            room,
            state: Mutex::new(State {
                waiting: HashMap::new(),
                turns: VecDeque::new(),
                count: 0,
                closed: false,
            }),
            filled: Condvar::new(),
            taken: Condvar::new(),
        }
    }

    /// Adds an item, unless there is no room: then it comes back, with the number of those that are waiting.
    pub(super) fn add(&self, caller: Caller, item: T) -> Result<(), (T, usize)> {
        let mut state = self.state();
        if state.is_full(caller, self.room) {
            let count = state.count;
            return Err((item, count));
        }
        state.add(caller, item);
        drop(state);
        self.filled.notify_one();
        Ok(())
    }

    /// Adds an item as soon as there is room.
    pub(super) fn add_in_time(&self, caller: Caller, item: T) {
        let mut state = self.state();
        while state.is_full(caller, self.room) && !state.closed {
            state = self
                .taken
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
        state.add(caller, item);
        drop(state);
        self.filled.notify_one();
    }

    /// The next item, as soon as there is one; none after the queue was closed and is empty.
    pub(super) fn next(&self) -> Option<T> {
        let mut state = self.state();
        loop {
            if let Some(item) = state.next() {
                drop(state);
                self.taken.notify_all();
                return Some(item);
            }
            if state.closed {
                return None;
            }
            state = self
                .filled
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Nothing more will be added.
    pub(super) fn close(&self) {
        self.state().closed = true;
        self.filled.notify_all();
        self.taken.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        // It is consistent after each step.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> State<T> {
    fn is_full(&self, caller: Caller, room: Room) -> bool {
        let own = self.waiting.get(&caller).map_or(0, VecDeque::len);
        self.count >= room.all || (caller.is_some() && own >= room.per_ip)
    }

    fn add(&mut self, caller: Caller, item: T) {
        let own = self.waiting.entry(caller).or_default();
        if own.is_empty() {
            self.turns.push_back(caller);
        }
        own.push_back(item);
        self.count += 1;
    }

    fn next(&mut self) -> Option<T> {
        let caller = self.turns.pop_front()?;
        let own = self.waiting.get_mut(&caller)?;
        let item = own.pop_front();
        if own.is_empty() {
            self.waiting.remove(&caller);
        } else {
            self.turns.push_back(caller);
        }
        self.count -= usize::from(item.is_some());
        item
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: Room = Room { all: 6, per_ip: 3 };

    fn from(ip: &str) -> Caller {
        caller(Some(ip.parse().unwrap()))
    }

    fn all(queue: &Queue<u32>) -> Vec<u32> {
        queue.close();
        std::iter::from_fn(|| queue.next()).collect()
    }

    #[test]
    fn callers_take_turns_and_each_keeps_its_order() {
        let queue = Queue::new(ROOM);
        for (ip, item) in [
            ("192.0.2.1", 10),
            ("192.0.2.1", 11),
            ("192.0.2.1", 12),
            ("192.0.2.2", 20),
            ("192.0.2.2", 21),
        ] {
            queue.add(from(ip), item).unwrap();
        }
        queue.add(None, 30).unwrap();
        assert_eq!(all(&queue), [10, 20, 30, 11, 21, 12]);
    }

    #[test]
    fn who_comes_back_is_behind_those_who_wait() {
        let queue = Queue::new(ROOM);
        queue.add(from("192.0.2.1"), 1).unwrap();
        queue.add(from("192.0.2.2"), 2).unwrap();
        assert_eq!(queue.next(), Some(1));
        queue.add(from("192.0.2.1"), 3).unwrap();
        assert_eq!(all(&queue), [2, 3]);
    }

    #[test]
    fn a_line_with_ipv6_is_one_caller() {
        assert_eq!(from("2001:db8:1:2::1"), from("2001:db8:1:2:ffff::"));
        assert_ne!(from("2001:db8:1:2::1"), from("2001:db8:1:3::1"));
        assert_eq!(from("::ffff:192.0.2.1"), from("192.0.2.1"));
        assert_eq!(caller(None), None);
    }

    #[test]
    fn there_is_room_for_some_of_each_ip_and_for_some_in_all() {
        let queue = Queue::new(ROOM);
        for item in 0..3 {
            queue.add(from("192.0.2.1"), item).unwrap();
        }
        assert_eq!(queue.add(from("192.0.2.1"), 3), Err((3, 3)));
        for item in 4..7 {
            queue.add(None, item).unwrap();
        }
        assert_eq!(queue.add(None, 7), Err((7, 6)));
        assert_eq!(queue.add(from("192.0.2.2"), 8), Err((8, 6)));
        assert_eq!(queue.next(), Some(0));
        queue.add(from("192.0.2.2"), 9).unwrap();
        assert_eq!(all(&queue), [4, 1, 9, 5, 2, 6]);
    }

    #[test]
    fn without_room_somebody_may_wait_for_it() {
        let queue = Queue::new(Room { all: 1, per_ip: 1 });
        std::thread::scope(|threads| {
            threads.spawn(|| {
                for item in 0..100 {
                    queue.add_in_time(None, item);
                }
                queue.close();
            });
            let items: Vec<u32> = std::iter::from_fn(|| queue.next()).collect();
            assert_eq!(items, (0..100).collect::<Vec<_>>());
        });
    }
}
