//! Who may ask for which panel, and how many connections they may have.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};

/// A client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Peer {
    /// A user of this machine, as the kernel vouches for.
    User(u32),
    /// Anybody on this machine, through a loopback address.
    Network,
}

impl fmt::Display for Peer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::User(id) => write!(f, "the user with the id {id}"),
            Self::Network => f.write_str("a client on the network"),
        }
    }
}

/// Who may ask for which panel. Root and the server's own user may ask for all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Rules {
    /// The server's own user.
    pub own: u32,
    /// The panel that is meant where none is named.
    pub panel: Option<String>,
    /// The panels of other users, by id.
    pub users: BTreeMap<u32, BTreeSet<String>>,
    /// The panels of everybody on the loopback address.
    pub network: BTreeSet<String>,
}

impl Rules {
    /// Whether a client may ask for this panel. Who may not ask for all has to name one.
    pub(super) fn allow(&self, peer: Peer, panel: Option<&str>) -> bool {
        let of = match peer {
            Peer::User(id) if id == 0 || id == self.own => return true,
            Peer::User(id) => self.users.get(&id),
            Peer::Network => Some(&self.network),
        };
        of.zip(panel).is_some_and(|(of, panel)| of.contains(panel))
    }
}

/// Counts connections.
#[derive(Clone)]
pub(super) struct Counted {
    most: usize,
    open: Arc<Mutex<BTreeMap<Peer, usize>>>,
}

/// A counted connection, until it is dropped.
pub(super) struct Place {
    peer: Peer,
    open: Arc<Mutex<BTreeMap<Peer, usize>>>,
}

impl Counted {
    pub(super) fn new(most: usize) -> Self {
        Self {
            most,
            open: Arc::default(),
        }
    }

    /// A place for a connection, if there is one: a quarter of all is the most that one client gets, so that others
    /// find room.
    pub(super) fn enter(&self, peer: Peer) -> Option<Place> {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = open.values().sum();
        let own = open.get(&peer).copied().unwrap_or_default();
        if all >= self.most || own >= (self.most / 4).max(1) {
            return None;
        }
        open.insert(peer, own + 1);
        Some(Place {
            peer,
            open: Arc::clone(&self.open),
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.open.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = open.get_mut(&self.peer) {
            *own = own.saturating_sub(1);
            if *own == 0 {
                open.remove(&self.peer);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn root_and_the_own_user_may_ask_for_all_and_others_for_what_is_theirs() {
        let rules = Rules {
            own: 7,
            panel: None,
            users: [(33, ["north".to_owned()].into())].into(),
            network: ["south".to_owned()].into(),
        };
        for (peer, panel, allowed) in [
            (Peer::User(0), None, true),
            (Peer::User(7), Some("north"), true),
            (Peer::User(33), Some("north"), true),
            (Peer::User(33), Some("south"), false),
            (Peer::User(33), None, false),
            (Peer::User(34), Some("north"), false),
            (Peer::Network, Some("south"), true),
            (Peer::Network, Some("north"), false),
            (Peer::Network, None, false),
        ] {
            assert_eq!(rules.allow(peer, panel), allowed, "{peer} {panel:?}");
        }
        assert!(!Rules::default().allow(Peer::User(33), Some("north")));
    }

    #[test]
    fn nobody_takes_all_places_and_each_comes_free_again() {
        let counted = Counted::new(8);
        let of = |id| counted.enter(Peer::User(id));
        let mine: Vec<Place> = (0..2).map(|_| of(1).unwrap()).collect();
        assert!(of(1).is_none());
        let others: Vec<Place> = [2, 2, 3, 3, 4, 4].map(|id| of(id).unwrap()).into();
        assert!(of(5).is_none());
        drop(others);
        assert!(of(1).is_none());
        drop(mine);
        assert!(of(1).is_some());
        assert!(counted.open.lock().unwrap().is_empty());
    }
}
