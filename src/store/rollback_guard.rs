//! Recording how far a store has come, to recognise an older copy (U4).
//!
//! The last known state is kept next to the key, in [`LastSeenList`], for each store and place. It is compared when a
//! store is opened, and recorded then, after each change, and when the store is closed. Only existing entries with
//! their hash count: the end of the audit log is its last row, whatever the table `chain` says.
//!
//! A place with its own entry is compared only with that, so nothing that happens to a copy elsewhere makes it an older
//! one. A new place must not be older than the store at any of its places. Then it is
//!
//! - the store, if it was moved: nothing is left where it was;
//! - a copy, if the store's file is still there. It stays comparable with the store until it is accepted or reconciled;
//! - the store under another name, on a server: whether that is another database cannot be determined from here.

mod judge;

use jiff::Timestamp;

use self::judge::Known;
pub use self::judge::{Arrival, Lost};
use super::engine::{Db, Mode};
use super::fault::Fault;
use super::held::FileId;
use super::location::{self, Location};
use super::rows::{Columns, ms};
use super::transfer::Backup;
use super::{Head, Store};
use crate::domain::text::hex;
use crate::vault::{LastSeen, LastSeenList, Place, PlaceRole, Sighting};

/// The end of the audit log.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct End {
    seq: i64,
    hash: [u8; 32],
    at: i64,
}

/// The identity of a store, and how far it has come.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct StoreIdentity {
    pub(super) identity: [u8; 16],
    pub(super) key_id: i64,
    pub(super) epoch: i64,
    /// The last existing entry; zeros if there is none.
    end: End,
    /// The last entry that was pruned.
    pruned: i64,
    /// Whether the chain ends at that last entry. If not, somebody changed the file by hand.
    sound: bool,
}

/// Reads it: the first query to a store.
pub(super) fn read_identity(db: &mut Db) -> Result<StoreIdentity, Fault> {
    let tx = db.begin(Mode::Read)?;
    tx.one(
        "select store.identity, store.key_id, store.epoch, chain.seq, chain.hash, chain.pruned_seq, \
         audit.seq, audit.hash, audit.at from store left join chain on chain.id = 1 \
         left join audit on audit.seq = (select max(seq) from audit) where store.id = 1",
        &[],
        |row| {
            let mut columns = Columns::of("store", row);
            let identity = columns.bytes()?;
            let key_id = columns.int()?;
            let epoch = columns.int()?;
            let chain = (columns.opt_int()?, columns.opt_blob()?);
            let pruned = columns.opt_int()?.unwrap_or(0);
            let end = match columns.opt_int()? {
                Some(seq) => End {
                    seq,
                    hash: columns.bytes()?,
                    at: columns.int()?,
                },
                None => End::default(),
            };
            Ok(StoreIdentity {
                identity,
                key_id,
                epoch,
                end,
                pruned,
                sound: chain == (Some(end.seq), Some(end.hash.to_vec())),
            })
        },
    )?
    .ok_or_else(Fault::no_identity)
}

/// The last known state of an open store.
pub(super) struct RollbackGuard {
    list: LastSeenList,
    store: [u8; 16],
    /// How far it has come.
    latest: Sighting,
    /// Whether that is recorded.
    noted: bool,
    /// Whether it may be recorded.
    sound: bool,
    arrival: Arrival,
}

impl RollbackGuard {
    /// Records it. If that is not possible, nothing is known later: no command fails because of it.
    fn record(&mut self, gone: &[Place]) {
        if self.sound && !self.noted {
            self.noted = self.list.note(&self.store, &self.latest, gone).is_ok();
        }
    }
}

impl Drop for RollbackGuard {
    fn drop(&mut self) {
        self.record(&[]);
    }
}

/// The place of a location, whether or not there is a store.
fn place_of(location: &Location) -> Result<Place, Fault> {
    match location {
        Location::File(path) => {
            let folder = location::folder_of(path);
            let folder = folder
                .canonicalize()
                .or_else(|_| std::path::absolute(&folder));
            let folder = folder.map_err(|error| location::unopenable(path, &error))?;
            let path = folder.join(path.file_name().unwrap_or_default());
            let file = FileId::at(&path).map(FileId::numbers);
            Ok(Place::of_file(&path, file))
        }
        Location::Server(server) => Ok(Place::of_server(&server.read()?.database())),
        Location::Unknown(url) => Err(Fault::UnknownUrl(url.clone())),
    }
}

/// How a copy becomes usable at its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Claim {
    /// It was accepted or reconciled.
    Accepted,
    /// The store was copied there to be used there.
    Moved,
}

impl Store {
    /// Compares the store with what was recorded before; from now on its state is recorded.
    ///
    /// # Errors
    /// [`Fault::Older`]: it is an older copy, or another one. [`Fault::Behind`]: the same for a replica, which may
    /// only lag behind.
    pub fn watch(&mut self, list: LastSeenList) -> Result<(), Fault> {
        let place = self.db.whereabouts();
        let sightings = list.of(&self.identity.identity);
        let known = Known::among(&sightings, &place);
        if self.older_than(&known)?.is_some() {
            // Another process may have changed the store, and recorded that, since it was opened: a second query shows
            // it.
            self.identity = read_identity(&mut self.db)?;
            if let Some(older) = self.older_than(&known)? {
                let why = known.why(older, self.identity.epoch, self.identity.end.seq);
                let place = self.place();
                return Err(if self.db.is_replica() {
                    Fault::Behind { place, why }
                } else {
                    Fault::Older { place, why }
                });
            }
        }
        let placement = known.placement(&place);
        let latest = self.sighting(placement.place, placement.role);
        let noted = placement.gone.is_empty() && sightings.contains(&latest);
        let mut guard = RollbackGuard {
            list,
            store: self.identity.identity,
            latest,
            noted,
            sound: self.identity.sound,
            arrival: placement.arrival,
        };
        // A replica is read-only, and may lag behind: what it shows proves nothing.
        if !noted && guard.sound {
            guard.sound = !self.db.is_replica();
            guard.record(&placement.gone);
        }
        self.guard = Some(guard);
        Ok(())
    }

    /// How the store came to its place, if that is known.
    pub fn arrival(&self) -> Option<&Arrival> {
        self.guard.as_ref().map(|guard| &guard.arrival)
    }

    /// Which entries the store lacks that were recorded at its place, or at the place of the store that it is a copy
    /// of; nothing if it is not an older copy.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn lost(&mut self, list: &LastSeenList) -> Result<Option<Lost>, Fault> {
        let place = self.db.whereabouts();
        self.identity = read_identity(&mut self.db)?;
        let sightings = list.of(&self.identity.identity);
        let known = Known::among(&sightings, &place);
        let older = self.older_than(&known)?;
        Ok(older.map(|older| Lost::between(older, self.identity.epoch, self.identity.end.seq)))
    }

    /// The same for a backup that is to become the store at this place, according to its first line.
    ///
    /// # Errors
    /// An invalid place.
    pub fn lost_by(
        location: &Location,
        list: &LastSeenList,
        backup: &Backup<'_>,
    ) -> Result<Option<Lost>, Fault> {
        let place = place_of(location)?;
        let sightings = list.of(&backup.identity());
        let mut known = Known::among(&sightings, &place);
        known.forget_unless_there(&place);
        let epoch = backup.header().epoch;
        let (seq, hash) = backup.header().audit_head();
        let is_later = |sighting: &&Sighting| {
            let before = &sighting.seen;
            let ends_alike = (epoch, seq) == (before.epoch, before.seq);
            (epoch, seq) < (before.epoch, before.seq) || (ends_alike && hash != hex(&before.hash))
        };
        let older = known.to_compare().into_iter().find(is_later);
        Ok(older.map(|older| Lost::between(older, epoch, seq)))
    }

    /// Before a store is created where there is none: forgets what was recorded of a copy there. What was recorded of
    /// the store itself is kept.
    ///
    /// # Errors
    /// An invalid place.
    pub fn forget_copy_at(
        location: &Location,
        list: &LastSeenList,
        store: &[u8; 16],
    ) -> Result<(), Fault> {
        let place = place_of(location)?;
        let is_copy = |sighting: &Sighting| {
            sighting.role != PlaceRole::Store && sighting.place.has_name_of(&place)
        };
        if list.of(store).iter().any(is_copy) {
            list.forget(store, &[place]).ok();
        }
        Ok(())
    }

    /// Makes the store usable at its place, after it was accepted, reconciled or copied there.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn claim(&mut self, list: &LastSeenList, claim: Claim) -> Result<(), Fault> {
        let place = self.db.whereabouts();
        self.identity = read_identity(&mut self.db)?;
        let sightings = list.of(&self.identity.identity);
        let placement = Known::among(&sightings, &place).placement(&place);
        let store = &self.identity.identity;
        // If it cannot be written, the next command reports it: the copy is refused there.
        match claim {
            Claim::Moved => list.set(store, &self.sighting(place, PlaceRole::Store)),
            Claim::Accepted => {
                let role = placement.role.max(PlaceRole::Accepted);
                list.note(
                    store,
                    &self.sighting(placement.place, role),
                    &placement.gone,
                )
            }
        }
        .ok();
        Ok(())
    }

    fn sighting(&self, place: Place, role: PlaceRole) -> Sighting {
        let StoreIdentity { epoch, end, .. } = self.identity;
        Sighting {
            place,
            role,
            seen: LastSeen {
                epoch,
                seq: end.seq,
                hash: end.hash,
            },
            at: end.at,
        }
    }

    /// The first recorded state that the store does not contain.
    fn older_than<'k>(&mut self, known: &Known<'k>) -> Result<Option<&'k Sighting>, Fault> {
        for sighting in known.to_compare() {
            if !self.contains(&sighting.seen)? {
                return Ok(Some(sighting));
            }
        }
        Ok(None)
    }

    fn contains(&mut self, seen: &LastSeen) -> Result<bool, Fault> {
        let StoreIdentity {
            epoch, end, pruned, ..
        } = self.identity;
        if epoch != seen.epoch {
            return Ok(epoch > seen.epoch);
        }
        if end.seq <= seen.seq {
            return Ok((end.seq, end.hash) == (seen.seq, seen.hash));
        }
        let tx = self.db.begin(Mode::Read)?;
        let hash: Option<[u8; 32]> = tx.one(
            "select hash from audit where seq = $1",
            &[&seen.seq],
            |row| Columns::of("audit", row).bytes(),
        )?;
        // What was pruned in the meantime cannot be compared; only a later state can have pruned it.
        Ok(hash.map_or(seen.seq <= pruned, |hash| hash == seen.hash))
    }

    /// Records a committed change: before it is acknowledged, so that killing this process loses nothing.
    pub(super) fn saw(&mut self, head: Option<Head>, at: Option<Timestamp>) {
        let epoch = self.identity.epoch;
        if let (Some(guard), Some(head), Some(at)) = (&mut self.guard, head, at) {
            guard.latest.seen = LastSeen {
                epoch,
                seq: head.seq,
                hash: head.hash,
            };
            guard.latest.at = ms(at);
            guard.noted = false;
            guard.record(&[]);
        }
    }
}
