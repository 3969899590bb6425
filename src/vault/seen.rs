//! What was last seen of each store, beside the key (U4): a copy from before is known by it.
//!
//! One line a store, each of the same length, so that it is overwritten in place: the store's id, its epoch, and number
//! and hash of the last entry of its record. The file belongs to its owner alone (0600), and is no secret. It is not
//! synced: after a power cut it may be a little behind, never ahead of a store that is.

use std::fs::File;
use std::io;
use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, Mode, OFlags, flock};

use crate::domain::text::{hex, unhex};

/// The file's name, in the folder of the key file.
const NAME: &str = "seen";
/// Bytes of a line: 32 for the store, 9 for the epoch, 19 for the number, 64 for the hash, three blanks and the end.
/// It divides a disk's sectors evenly, so that none is ever written by half.
const LINE: usize = 128;
/// The highest epoch that a line can hold.
const HIGHEST_EPOCH: i64 = 999_999_999;
/// More lines are not looked at.
const MOST: u64 = 10_000;

/// What was seen of a store. Of two, the greater one is later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen {
    /// How often it was reconciled, plus one.
    pub epoch: i64,
    /// Number of the record's last entry.
    pub seq: i64,
    /// Hash of that entry.
    pub hash: [u8; 32],
}

impl Seen {
    /// Whether this comes behind the other.
    pub fn is_later_than(&self, other: &Self) -> bool {
        (self.epoch, self.seq) > (other.epoch, other.seq)
    }
}

/// Where it is written down.
#[derive(Clone, Debug)]
pub struct SeenList {
    path: PathBuf,
}

impl SeenList {
    /// The list beside a key file.
    pub fn beside(key_file: &Path) -> Self {
        Self {
            path: key_file.with_file_name(NAME),
        }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What was seen of a store; nothing if there is no such line, or none that reads.
    pub fn of(&self, store: &[u8; 16]) -> Option<Seen> {
        let file = self.open(OFlags::RDONLY).ok()?;
        flock(&file, FlockOperation::LockShared).ok()?;
        let (_, seen) = find(&file, store).ok()?;
        seen
    }

    /// Writes down what was seen, unless something later is written there already. The file is made if it is not there.
    ///
    /// # Errors
    /// What the operating system says; a symbolic link is not followed.
    pub fn note(&self, store: &[u8; 16], seen: &Seen) -> io::Result<()> {
        let file = self.open(OFlags::RDWR | OFlags::CREATE)?;
        // Held until the file is closed: nobody reads half a line, and nothing goes backwards.
        flock(&file, FlockOperation::LockExclusive)?;
        let (place, before) = find(&file, store)?;
        if before.is_some_and(|before| !seen.is_later_than(&before)) {
            return Ok(());
        }
        let line = format!(
            "{} {:09} {:019} {}\n",
            hex(store),
            seen.epoch.clamp(0, HIGHEST_EPOCH),
            seen.seq.max(0),
            hex(&seen.hash)
        );
        file.write_all_at(line.as_bytes(), place)
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

/// Where a store's line is, or is to be, and what it says.
fn find(file: &File, store: &[u8; 16]) -> io::Result<(u64, Option<Seen>)> {
    let mut place = 0;
    let mut line = [0; LINE];
    while place < MOST * LINE as u64 {
        match file.read_exact_at(&mut line, place) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => break,
            Err(error) => return Err(error),
        }
        if let Some((whose, seen)) = parse(&line)
            && whose == *store
        {
            return Ok((place, Some(seen)));
        }
        place += LINE as u64;
    }
    Ok((place, None))
}

fn parse(line: &[u8; LINE]) -> Option<([u8; 16], Seen)> {
    let text = std::str::from_utf8(line).ok()?.strip_suffix('\n')?;
    let mut words = text.split(' ');
    let store = unhex(words.next()?)?;
    let seen = Seen {
        epoch: words.next()?.parse().ok()?,
        seq: words.next()?.parse().ok()?,
        hash: unhex(words.next()?)?,
    };
    words.next().is_none().then_some((store, seen))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt as _, symlink};

    use super::*;

    const A: [u8; 16] = [0xab; 16];
    const B: [u8; 16] = [0xcd; 16];

    fn seen(epoch: i64, seq: i64) -> Seen {
        let hash = [u8::try_from(seq % 251).unwrap(); 32];
        Seen { epoch, seq, hash }
    }

    fn list() -> (tempfile::TempDir, SeenList) {
        let folder = tempfile::tempdir().unwrap();
        let list = SeenList::beside(&folder.path().join("key"));
        (folder, list)
    }

    #[test]
    fn each_store_has_one_line_which_only_goes_forward() {
        let (folder, list) = list();
        assert_eq!(list.path(), folder.path().join("seen"));
        assert_eq!(list.of(&A), None);
        list.note(&A, &seen(1, 5)).unwrap();
        list.note(&B, &seen(1, i64::MAX)).unwrap();
        list.note(&A, &seen(1, 9)).unwrap();
        assert_eq!(list.of(&A), Some(seen(1, 9)));
        assert_eq!(list.of(&B), Some(seen(1, i64::MAX)));
        for before in [seen(1, 8), seen(1, 9), seen(0, 99)] {
            list.note(&A, &before).unwrap();
            assert_eq!(list.of(&A), Some(seen(1, 9)));
        }
        // A new epoch begins with fewer entries.
        list.note(&A, &seen(2, 3)).unwrap();
        assert_eq!(list.of(&A), Some(seen(2, 3)));
        let text = fs::read_to_string(list.path()).unwrap();
        assert_eq!(text.len(), 2 * LINE);
        assert_eq!(
            text.lines().next().unwrap(),
            format!(
                "{} 000000002 0000000000000000003 {}",
                "ab".repeat(16),
                "03".repeat(32)
            )
        );
        let mode = fs::metadata(list.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o7777, 0o600);
    }

    #[test]
    fn what_does_not_read_is_not_known_and_written_anew() {
        let (_folder, list) = list();
        for damaged in [
            b"".to_vec(),
            b"half a li".to_vec(),
            vec![0; LINE],
            vec![0xff; 3 * LINE],
        ] {
            fs::write(list.path(), &damaged).unwrap();
            assert_eq!(list.of(&A), None);
            list.note(&A, &seen(1, 1)).unwrap();
            assert_eq!(list.of(&A), Some(seen(1, 1)), "{damaged:?}");
        }
    }

    #[test]
    fn a_link_or_a_folder_in_its_place_is_left_alone() {
        let (folder, list) = list();
        symlink(folder.path().join("elsewhere"), list.path()).unwrap();
        assert!(list.note(&A, &seen(1, 1)).is_err());
        assert!(!folder.path().join("elsewhere").exists());
        fs::remove_file(list.path()).unwrap();
        fs::create_dir(list.path()).unwrap();
        assert!(list.note(&A, &seen(1, 1)).is_err());
        assert_eq!(list.of(&A), None);
    }

    #[test]
    fn many_at_once_never_go_backwards() {
        let (_folder, list) = list();
        std::thread::scope(|scope| {
            for offset in 0..4 {
                let list = &list;
                scope.spawn(move || {
                    let mut last = 0;
                    for round in 1..200 {
                        list.note(&A, &seen(1, 4 * round + offset)).unwrap();
                        let now = list.of(&A).unwrap();
                        assert!(now.seq >= last && now == seen(1, now.seq));
                        last = now.seq;
                    }
                });
            }
        });
        assert_eq!(list.of(&A), Some(seen(1, 4 * 199 + 3)));
    }
}
