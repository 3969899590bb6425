//! The last known state of each store, kept next to the key (U4) to recognise an older copy.
//!
//! One entry for each store and place, all of the same length, so that it can be overwritten in place: the
//! store's id, how far its audit log had come, and where the store was. The file belongs only to its owner
//! (0600), and is not secret. It is not synced: after a power cut it may be slightly out of date, never ahead
//! of an existing store.
//!
//! Entries of the first format (128 bytes, without a place) are still read; the first place that matches
//! takes one over.

mod place;
#[cfg(test)]
mod tests;

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, Mode, OFlags, flock};

pub use self::place::Place;

use crate::domain::text::{hex, unhex};

/// The file's name, in the folder of the key file.
const NAME: &str = "seen";
/// The first word of an entry.
const FORM: &str = "admit-seen-2";
/// Bytes of an entry. It divides a disk's sectors evenly, so that none is ever half written.
const RECORD: usize = 512;
/// Bytes of an entry in the first format.
const OLD_RECORD: usize = 128;
/// The highest generation number ("epoch") that an entry can hold.
const HIGHEST_EPOCH: i64 = 999_999_999;
/// The latest time that an entry can hold, in milliseconds since 1970.
const LATEST: i64 = 999_999_999_999_999;
/// The maximum number of entries.
const MOST: usize = 10_000;

/// The last known state of a store. Of two, the greater one is later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LastSeen {
    /// The generation of the store: how often an older copy was put back into use, plus one.
    pub epoch: i64,
    /// Number of the last entry of the audit log.
    pub seq: i64,
    /// Hash of that entry.
    pub hash: [u8; 32],
}

impl LastSeen {
    /// Whether this is later than the other.
    pub fn is_later_than(&self, other: &Self) -> bool {
        (self.epoch, self.seq) > (other.epoch, other.seq)
    }
}

/// How a place is related to its store. Of two, the greater one prevails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceRole {
    /// A copy of a file that still exists at its own place: usable only if it is not older than that one.
    Copy,
    /// A copy that was accepted or reconciled next to the store: it has its own history.
    Accepted,
    /// The store itself: new places are compared with it.
    Store,
}

impl PlaceRole {
    fn letter(self) -> &'static str {
        match self {
            Self::Copy => "c",
            Self::Accepted => "a",
            Self::Store => "s",
        }
    }

    fn parse(letter: &str) -> Option<Self> {
        [Self::Copy, Self::Accepted, Self::Store]
            .into_iter()
            .find(|role| role.letter() == letter)
    }
}

/// The last known state of a store at one place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// The place.
    pub place: Place,
    /// How the place is related to the store.
    pub role: PlaceRole,
    /// The state of the store there.
    pub seen: LastSeen,
    /// The time of the last audit entry, in milliseconds since 1970; 0 if unknown.
    pub at: i64,
}

impl Sighting {
    fn to_record(&self, store: &[u8; 16]) -> String {
        let (device, inode) = self.place.file.unwrap_or_default();
        let record = format!(
            "{FORM} {} {} {:09} {:019} {} {:015} {device:016x} {inode:016x} {}",
            hex(store),
            self.role.letter(),
            self.seen.epoch.clamp(0, HIGHEST_EPOCH),
            self.seen.seq.max(0),
            hex(&self.seen.hash),
            self.at.clamp(0, LATEST),
            self.place.word,
        );
        format!("{record:<width$}\n", width = RECORD - 1)
    }
}

/// The file with the entries.
#[derive(Clone, Debug)]
pub struct LastSeenList {
    path: PathBuf,
}

/// An entry and its position in the file.
struct Found {
    offset: usize,
    length: usize,
    sighting: Sighting,
}

impl LastSeenList {
    /// The file next to a key file.
    pub fn beside(key_file: &Path) -> Self {
        Self {
            path: key_file.with_file_name(NAME),
        }
    }

    /// The path of the file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The known states of a store, in the order in which the places were first seen; empty if nothing can be
    /// read.
    pub fn of(&self, store: &[u8; 16]) -> Vec<Sighting> {
        let read = || -> io::Result<Vec<Sighting>> {
            let file = self.open(OFlags::RDONLY)?;
            flock(&file, FlockOperation::LockShared)?;
            let found = find(&content(&file)?, store);
            Ok(found.into_iter().map(|found| found.sighting).collect())
        };
        read().unwrap_or_default()
    }

    /// Records the state at a place, unless a later state is recorded there already, and forgets the places
    /// that it replaces. A place keeps its relation to the store. The file is created if it does not exist.
    ///
    /// # Errors
    /// An error of the operating system; a symbolic link is not followed.
    pub fn note(&self, store: &[u8; 16], sighting: &Sighting, gone: &[Place]) -> io::Result<()> {
        self.write(store, Some(sighting), gone, |before| {
            let later = !before.seen.is_later_than(&sighting.seen);
            later.then(|| Sighting {
                role: sighting.role.max(before.role),
                ..sighting.clone()
            })
        })
    }

    /// Records the state at a place, whatever was recorded before.
    ///
    /// # Errors
    /// As [`LastSeenList::note`].
    pub fn set(&self, store: &[u8; 16], sighting: &Sighting) -> io::Result<()> {
        self.write(store, Some(sighting), &[], |_| Some(sighting.clone()))
    }

    /// Forgets places of a store.
    ///
    /// # Errors
    /// As [`LastSeenList::note`].
    pub fn forget(&self, store: &[u8; 16], gone: &[Place]) -> io::Result<()> {
        self.write(store, None, gone, |_| None)
    }

    fn write(
        &self,
        store: &[u8; 16],
        sighting: Option<&Sighting>,
        gone: &[Place],
        over: impl FnOnce(&Sighting) -> Option<Sighting>,
    ) -> io::Result<()> {
        let file = self.open(OFlags::RDWR | OFlags::CREATE)?;
        // Held until the file is closed: nobody reads half an entry, and nothing goes backwards.
        flock(&file, FlockOperation::LockExclusive)?;
        let content = content(&file)?;
        let found = find(&content, store);
        let is_at = |place: &Place| {
            found
                .iter()
                .find(|found| found.sighting.place.has_name_of(place))
        };
        if let Some(sighting) = sighting {
            let (offset, new) = match is_at(&sighting.place) {
                Some(there) => (
                    Some(there.offset),
                    over(&there.sighting).filter(|new| *new != there.sighting),
                ),
                None => (free(&content), Some(sighting.clone())),
            };
            if let Some(new) = new {
                let offset = offset.ok_or_else(|| io::Error::other("it is full"))?;
                file.write_all_at(new.to_record(store).as_bytes(), offset as u64)?;
            }
        }
        for place in gone {
            if let Some(found) = is_at(place) {
                let blank = format!("{:<width$}\n", "", width = found.length - 1);
                file.write_all_at(blank.as_bytes(), found.offset as u64)?;
            }
        }
        Ok(())
    }

    fn open(&self, access: OFlags) -> io::Result<File> {
        let flags = access | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = File::from(rustix::fs::open(
            &self.path,
            flags,
            Mode::RUSR | Mode::WUSR,
        )?);
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("it is not a regular file"));
        }
        Ok(file)
    }
}

fn content(file: &File) -> io::Result<Vec<u8>> {
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(usize::MAX);
    let mut content = vec![0; length.min(MOST * RECORD)];
    file.read_exact_at(&mut content, 0)?;
    Ok(content)
}

/// The entries of a store.
fn find(content: &[u8], store: &[u8; 16]) -> Vec<Found> {
    let mut found = Vec::new();
    let mut offset = 0;
    while offset + OLD_RECORD <= content.len() {
        let rest = &content[offset..];
        let new = (offset % RECORD == 0)
            .then(|| rest.get(..RECORD).and_then(parse))
            .flatten();
        let (length, read) = match new {
            Some(read) => (RECORD, Some(read)),
            None => (OLD_RECORD, parse_old(&rest[..OLD_RECORD])),
        };
        if let Some((whose, sighting)) = read
            && whose == *store
        {
            found.push(Found {
                offset,
                length,
                sighting,
            });
        }
        offset += length;
    }
    found
}

/// The position of a new entry: the first empty one, else the end.
fn free(content: &[u8]) -> Option<usize> {
    let is_empty = |record: &[u8]| record.iter().all(|byte| b"\0 \n".contains(byte));
    let records = content.chunks_exact(RECORD);
    let place = records.clone().position(is_empty).unwrap_or_else(|| {
        let whole = records.len();
        whole + usize::from(!records.remainder().is_empty())
    });
    (place < MOST).then_some(place * RECORD)
}

fn parse(record: &[u8]) -> Option<([u8; 16], Sighting)> {
    let text = std::str::from_utf8(record).ok()?.strip_suffix('\n')?;
    let mut words = text.trim_end_matches(' ').split(' ');
    if words.next()? != FORM {
        return None;
    }
    let store = unhex(words.next()?)?;
    let role = PlaceRole::parse(words.next()?)?;
    let seen = LastSeen {
        epoch: words.next()?.parse().ok()?,
        seq: words.next()?.parse().ok()?,
        hash: unhex(words.next()?)?,
    };
    let at = words.next()?.parse().ok()?;
    let number = |word: &str| u64::from_str_radix(word, 16).ok();
    let file = (number(words.next()?)?, number(words.next()?)?);
    let place = Place {
        word: words.next()?.to_owned(),
        file: (file != (0, 0)).then_some(file),
    };
    let sighting = Sighting {
        place,
        role,
        seen,
        at,
    };
    words.next().is_none().then_some((store, sighting))
}

fn parse_old(record: &[u8]) -> Option<([u8; 16], Sighting)> {
    let text = std::str::from_utf8(record).ok()?.strip_suffix('\n')?;
    let mut words = text.split(' ');
    let store = unhex(words.next()?)?;
    let seen = LastSeen {
        epoch: words.next()?.parse().ok()?,
        seq: words.next()?.parse().ok()?,
        hash: unhex(words.next()?)?,
    };
    let sighting = Sighting {
        place: Place::unknown(),
        role: PlaceRole::Store,
        seen,
        at: 0,
    };
    words.next().is_none().then_some((store, sighting))
}
