//! How a place is related to a store, and whether the store there is older: decided from recorded states, without the
//! store.

use jiff::Timestamp;

use crate::vault::{Place, PlaceRole, Sighting};

/// How a store came to the place where it was opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrival {
    /// It was there before, or has never been seen.
    Known,
    /// It was moved here: nothing is left at the previous place.
    Moved {
        /// The previous place.
        from: String,
    },
    /// On a server: it was seen under another place, which may be the same database with another name.
    AlsoAt {
        /// The other place.
        other: String,
    },
    /// It is a copy of a file that still exists.
    Copy {
        /// The file; nothing if its name is unknown.
        of: Option<String>,
    },
}

/// Audit entries that were seen, and that an older copy does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// The first; nothing if unknown.
    pub first: Option<i64>,
    /// The last.
    pub last: i64,
    /// When the last one was made, if known.
    pub last_at: Option<Timestamp>,
    /// Their generation ("epoch").
    pub epoch: i64,
}

impl Lost {
    /// The recorded state, compared with a copy that ends at this entry.
    pub(super) fn between(before: &Sighting, epoch: i64, end: i64) -> Self {
        let seen = &before.seen;
        Self {
            // In another generation, or after another entry with the same number, it is not known where the two diverge.
            first: (epoch == seen.epoch && end < seen.seq).then_some(end + 1),
            last: seen.seq,
            last_at: Timestamp::from_millisecond(before.at)
                .ok()
                .filter(|_| before.at > 0),
            epoch: seen.epoch,
        }
    }
}

/// The recorded states of a store that matter for one place.
pub(super) struct Known<'k> {
    /// The state recorded there.
    own: Option<&'k Sighting>,
    /// The states of the store itself recorded elsewhere.
    stores: Vec<&'k Sighting>,
}

/// The consequences for a store that is not older.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Placement {
    /// The place under which it is recorded.
    pub(super) place: Place,
    pub(super) role: PlaceRole,
    pub(super) arrival: Arrival,
    /// The places that it replaces.
    pub(super) gone: Vec<Place>,
}

impl<'k> Known<'k> {
    pub(super) fn among(sightings: &'k [Sighting], place: &Place) -> Self {
        let by_name = sightings.iter().find(|it| it.place.has_name_of(place));
        // The store's file under another name: moved within a file system, linked, or also mounted elsewhere. The
        // inode of a copy that was removed may have been reused for another file.
        let same_file = || {
            let mut stores = sightings.iter().filter(|it| it.role == PlaceRole::Store);
            stores.find(|it| it.place.is_file_of(place))
        };
        let own = by_name.or_else(same_file);
        let is_other = |it: &&Sighting| own.is_none_or(|own| own.place != it.place);
        Self {
            own,
            stores: sightings
                .iter()
                .filter(|it| it.role == PlaceRole::Store)
                .filter(is_other)
                .collect(),
        }
    }

    /// For a place that no longer has a file: what a copy was there says nothing about what comes next.
    pub(super) fn forget_unless_there(&mut self, place: &Place) {
        self.own = self
            .own
            .filter(|own| own.role == PlaceRole::Store || place.may_exist());
    }

    /// What a store at this place must contain.
    pub(super) fn to_compare(&self) -> Vec<&'k Sighting> {
        match self.own {
            Some(own) if own.role != PlaceRole::Copy => vec![own],
            own => own.into_iter().chain(self.stores.iter().copied()).collect(),
        }
    }

    /// Why a store is an older copy: it does not contain this.
    pub(super) fn why(&self, before: &Sighting, epoch: i64, end: i64) -> String {
        let seen = &before.seen;
        let here = self.own.is_some_and(|own| own.place == before.place);
        let place = match before.place.shown() {
            Some(place) if !here => format!("at {place}"),
            _ => "here".to_owned(),
        };
        if epoch < seen.epoch {
            format!(
                "it is generation {epoch}, but generation {} was {place}",
                seen.epoch
            )
        } else if end < seen.seq {
            format!(
                "its audit log ends at entry {end}, but entry {} was {place}",
                seen.seq
            )
        } else {
            format!(
                "entry {} of its audit log is not the one that was {place}",
                seen.seq
            )
        }
    }

    /// How the place is related to a store that is not older.
    pub(super) fn placement(&self, place: &Place) -> Placement {
        let placement = |role, arrival, gone| Placement {
            place: place.clone(),
            role,
            arrival,
            gone,
        };
        if let Some(own) = self.own.filter(|own| own.role != PlaceRole::Copy) {
            return at_home(own, place);
        }
        let names = || self.stores.iter().rev().find_map(|it| it.place.shown());
        let there = self.stores.iter().find(|it| it.place.may_exist());
        match there {
            Some(_) if !place.is_file() => placement(
                PlaceRole::Store,
                names().map_or(Arrival::Known, |other| Arrival::AlsoAt { other }),
                Vec::new(),
            ),
            Some(there) => placement(
                PlaceRole::Copy,
                Arrival::Copy {
                    of: there.place.shown(),
                },
                Vec::new(),
            ),
            None => placement(
                PlaceRole::Store,
                names().map_or(Arrival::Known, |from| Arrival::Moved { from }),
                self.stores.iter().map(|it| it.place.clone()).collect(),
            ),
        }
    }
}

/// The place has its own entry, possibly under another name.
fn at_home(own: &Sighting, place: &Place) -> Placement {
    let renamed = !own.place.has_name_of(place);
    // Another name that still exists, of this file or of one that was put there since, keeps the entry.
    let keeps = renamed && own.place.may_exist();
    Placement {
        place: if keeps {
            own.place.clone()
        } else {
            place.clone()
        },
        role: own.role,
        arrival: Arrival::Known,
        gone: if renamed && !keeps {
            vec![own.place.clone()]
        } else {
            Vec::new()
        },
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::vault::LastSeen;

    /// A place in a folder: its file exists if the folder has it.
    fn place(folder: &Path, name: &str, inode: u64) -> Place {
        Place::of_file(&folder.join(name), Some((1, inode)))
    }

    fn sighting(place: &Place, role: PlaceRole, seq: i64) -> Sighting {
        Sighting {
            place: place.clone(),
            role,
            seen: LastSeen {
                epoch: 2,
                seq,
                hash: [7; 32],
            },
            at: 5_000,
        }
    }

    struct Folder(tempfile::TempDir);

    impl Folder {
        fn with(names: &[&str]) -> Self {
            let folder = tempfile::tempdir().unwrap();
            for name in names {
                std::fs::write(folder.path().join(name), "").unwrap();
            }
            Self(folder)
        }

        fn place(&self, name: &str, inode: u64) -> Place {
            place(self.0.path(), name, inode)
        }

        fn name(&self, name: &str) -> String {
            self.0.path().join(name).to_str().unwrap().to_owned()
        }
    }

    fn compared(sightings: &[Sighting], place: &Place) -> Vec<i64> {
        let known = Known::among(sightings, place);
        known.to_compare().iter().map(|it| it.seen.seq).collect()
    }

    #[test]
    fn a_place_with_a_record_of_its_own_is_compared_with_that_alone() {
        let folder = Folder::with(&["a", "b"]);
        let (a, b) = (folder.place("a", 1), folder.place("b", 2));
        let both = [
            sighting(&a, PlaceRole::Store, 10),
            sighting(&b, PlaceRole::Accepted, 20),
        ];
        assert_eq!(compared(&both, &a), [10]);
        assert_eq!(compared(&both, &b), [20]);
        for place in [&a, &b] {
            let placement = Known::among(&both, place).placement(place);
            assert_eq!(placement.arrival, Arrival::Known);
            assert_eq!((&placement.place, placement.gone.len()), (place, 0));
        }
        // One that was accepted beside it says nothing of a third.
        assert_eq!(compared(&both, &folder.place("c", 3)), [10]);
    }

    #[test]
    fn a_copy_is_compared_with_the_store_too_as_long_as_it_is_not_accepted() {
        let folder = Folder::with(&["a", "b"]);
        let (a, b) = (folder.place("a", 1), folder.place("b", 2));
        let store = sighting(&a, PlaceRole::Store, 10);
        let is_copy = |sightings: &[Sighting]| {
            let placement = Known::among(sightings, &b).placement(&b);
            assert_eq!(placement.role, PlaceRole::Copy);
            let of = Some(folder.name("a"));
            assert_eq!(placement.arrival, Arrival::Copy { of });
        };
        assert_eq!(compared(std::slice::from_ref(&store), &b), [10]);
        is_copy(std::slice::from_ref(&store));
        let both = [store, sighting(&b, PlaceRole::Copy, 12)];
        assert_eq!(compared(&both, &b), [12, 10]);
        is_copy(&both);
        assert_eq!(compared(&both, &a), [10]);
    }

    #[test]
    fn a_store_that_was_moved_takes_over_from_where_it_was() {
        let folder = Folder::with(&["b"]);
        let (a, b) = (folder.place("a", 1), folder.place("b", 2));
        let store = [sighting(&a, PlaceRole::Store, 10)];
        assert_eq!(compared(&store, &b), [10]);
        let placement = Known::among(&store, &b).placement(&b);
        assert_eq!(placement.role, PlaceRole::Store);
        assert_eq!(placement.gone, [a]);
        let from = folder.name("a");
        assert_eq!(placement.arrival, Arrival::Moved { from });
    }

    #[test]
    fn a_file_is_known_under_another_name() {
        let moved = Folder::with(&["b"]);
        let (a, b) = (moved.place("a", 1), moved.place("b", 1));
        let store = [sighting(&a, PlaceRole::Store, 10)];
        let placement = Known::among(&store, &b).placement(&b);
        assert_eq!((&placement.place, &placement.gone), (&b, &vec![a]));
        assert_eq!(placement.arrival, Arrival::Known);
        // Linked or mounted twice, or put aside while another file came to its place.
        let linked = Folder::with(&["a", "b"]);
        let (a, b) = (linked.place("a", 1), linked.place("b", 1));
        let store = [sighting(&a, PlaceRole::Store, 10)];
        let placement = Known::among(&store, &b).placement(&b);
        assert_eq!((&placement.place, placement.gone.len()), (&a, 0));
        assert_eq!(placement.arrival, Arrival::Known);
    }

    #[test]
    fn the_inode_of_a_copy_that_was_removed_says_nothing() {
        let folder = Folder::with(&["a", "c"]);
        let (a, b) = (folder.place("a", 1), folder.place("b", 2));
        for role in [PlaceRole::Accepted, PlaceRole::Copy] {
            let both = [sighting(&a, PlaceRole::Store, 10), sighting(&b, role, 20)];
            assert_eq!(compared(&both, &folder.place("c", 2)), [10]);
        }
    }

    #[test]
    fn a_server_under_a_new_name_is_the_store_unless_it_is_older() {
        let named = |name: &str| Place::of_server(&format!("postgres://{name}/panel"));
        let store = [sighting(&named("a"), PlaceRole::Store, 10)];
        assert_eq!(compared(&store, &named("b")), [10]);
        let placement = Known::among(&store, &named("b")).placement(&named("b"));
        assert_eq!(placement.role, PlaceRole::Store);
        assert!(placement.gone.is_empty());
        let other = "postgres://a/panel".to_owned();
        assert_eq!(placement.arrival, Arrival::AlsoAt { other });
        assert_eq!(compared(&store, &named("a")), [10]);
    }

    #[test]
    fn what_is_lost_is_told_as_far_as_it_is_known() {
        let folder = Folder::with(&[]);
        let before = sighting(&folder.place("a", 1), PlaceRole::Store, 10);
        let lost = |epoch, end| Lost::between(&before, epoch, end);
        assert_eq!((lost(2, 7).first, lost(2, 7).last), (Some(8), 10));
        for (epoch, end) in [(1, 7), (1, 12), (2, 10), (2, 12)] {
            assert_eq!(lost(epoch, end).first, None);
        }
        assert_eq!(lost(2, 7).last_at, Timestamp::from_second(5).ok());
        let undated = Sighting { at: 0, ..before };
        assert_eq!(Lost::between(&undated, 2, 7).last_at, None);
    }

    #[test]
    fn a_copy_that_is_gone_leaves_its_place_free() {
        let folder = Folder::with(&["a"]);
        let (a, b) = (folder.place("a", 1), folder.place("b", 2));
        let both = [
            sighting(&a, PlaceRole::Store, 10),
            sighting(&b, PlaceRole::Accepted, 20),
        ];
        let compared = |place: &Place| {
            let mut known = Known::among(&both, place);
            known.forget_unless_there(place);
            known.to_compare().first().map(|it| it.seen.seq)
        };
        assert_eq!(compared(&b), Some(10));
        assert_eq!(compared(&a), Some(10));
        std::fs::write(folder.name("b"), "").unwrap();
        assert_eq!(compared(&b), Some(20));
    }
}
