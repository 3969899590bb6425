//! Keeping an eye on how far a store has come, so that a copy from before is known as one (U4).
//!
//! What was seen is kept beside the key, by [`SeenList`]. It is compared when a store is opened, and written down once a
//! minute behind changes, and when the store is let go of.

use jiff::{SignedDuration, Timestamp};

use super::engine::{Db, Mode};
use super::fault::Fault;
use super::rows::Columns;
use super::{Head, Store};
use crate::vault::{Seen, SeenList};

/// How long what was seen may be behind, in a program that runs on.
const BEHIND: SignedDuration = SignedDuration::from_mins(1);

/// What identifies a store, and how far it has come.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Birth {
    pub(super) identity: [u8; 16],
    pub(super) key_id: i64,
    pub(super) epoch: i64,
    pub(super) head: Option<Head>,
}

/// Reads it: the first thing that is asked of a store.
pub(super) fn read_birth(db: &mut Db) -> Result<Birth, Fault> {
    let tx = db.begin(Mode::Read)?;
    tx.one(
        "select store.identity, store.key_id, store.epoch, chain.seq, chain.hash from store \
         left join chain on chain.id = 1 where store.id = 1",
        &[],
        |row| {
            let mut columns = Columns::of("store", row);
            Ok(Birth {
                identity: columns.bytes()?,
                key_id: columns.int()?,
                epoch: columns.int()?,
                head: match columns.opt_int()? {
                    Some(seq) => Some(Head {
                        seq,
                        hash: columns.bytes()?,
                    }),
                    None => None,
                },
            })
        },
    )?
    .ok_or_else(Fault::no_birth)
}

/// What was seen of an open store.
pub(super) struct Watch {
    list: SeenList,
    store: [u8; 16],
    /// What is written down.
    noted: Option<Seen>,
    /// When that was done, in the time of the changes.
    noted_at: Option<Timestamp>,
    /// How far it has come.
    latest: Option<Seen>,
}

impl Watch {
    /// After a change was committed.
    fn go_on(&mut self, latest: Seen, at: Timestamp) {
        self.latest = Some(latest);
        let since = self.noted_at.get_or_insert(at);
        if at.duration_since(*since) >= BEHIND {
            self.noted_at = Some(at);
            self.note();
        }
    }

    /// Writes it down. Where that cannot be done, nothing is known: no command fails for it.
    fn note(&mut self) {
        if let Some(latest) = self.latest
            && self.noted != Some(latest)
            && self.list.note(&self.store, &latest).is_ok()
        {
            self.noted = Some(latest);
        }
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.note();
    }
}

impl Store {
    /// From now on what is seen of the store is written down there, after a look at what was seen before.
    ///
    /// # Errors
    /// [`Fault::Older`]: it is a copy from before, or another one. [`Fault::Behind`]: the same of a replica, which may
    /// only lag.
    pub fn watch(&mut self, list: SeenList) -> Result<(), Fault> {
        let noted = list.of(&self.birth.identity);
        if let Some(seen) = &noted
            && self.older_than(seen)?.is_some()
        {
            // Somebody may have changed the store, and written that down, since it was opened: only a second look tells.
            self.birth = read_birth(&mut self.db)?;
            if let Some(why) = self.older_than(seen)? {
                let place = self.place();
                return Err(if self.db.is_replica() {
                    Fault::Behind { place, why }
                } else {
                    Fault::Older { place, why }
                });
            }
        }
        let epoch = self.birth.epoch;
        self.watch = Some(Watch {
            list,
            store: self.birth.identity,
            noted,
            noted_at: None,
            latest: self.birth.head.map(|head| seen(epoch, head)),
        });
        Ok(())
    }

    /// What shows that the store is from before what was seen, or another copy; nothing if it is neither.
    fn older_than(&mut self, seen: &Seen) -> Result<Option<String>, Fault> {
        let Some(head) = self.birth.head else {
            return Ok(None);
        };
        let epoch = self.birth.epoch;
        if epoch > seen.epoch {
            return Ok(None);
        }
        if epoch < seen.epoch {
            return Ok(Some(format!(
                "it is of epoch {epoch}, and epoch {} was here",
                seen.epoch
            )));
        }
        if head.seq < seen.seq {
            return Ok(Some(format!(
                "its record ends at entry {}, and entry {} was here",
                head.seq, seen.seq
            )));
        }
        let hash = if head.seq == seen.seq {
            Some(head.hash)
        } else {
            let tx = self.db.begin(Mode::Read)?;
            tx.one(
                "select hash from audit where seq = $1",
                &[&seen.seq],
                |row| Columns::of("audit", row).bytes(),
            )?
        };
        // What was pruned meanwhile cannot be compared; only a store that has come further prunes it.
        Ok(hash.filter(|hash| *hash != seen.hash).map(|_| {
            format!(
                "entry {} of its record is not the one that was here",
                seen.seq
            )
        }))
    }

    /// Takes note of a change that was committed.
    pub(super) fn saw(&mut self, head: Option<Head>, at: Option<Timestamp>) {
        let epoch = self.birth.epoch;
        if let (Some(watch), Some(head), Some(at)) = (&mut self.watch, head, at) {
            watch.go_on(seen(epoch, head), at);
        }
    }
}

fn seen(epoch: i64, head: Head) -> Seen {
    Seen {
        epoch,
        seq: head.seq,
        hash: head.hash,
    }
}
