//! The one descriptor per store file through which this process reads it without SQLite.
//!
//! POSIX record locks belong to a process and a file, not to a descriptor: closing *any* descriptor of a file drops
//! *all* locks that the process has on it, including those that SQLite took through others (fcntl(2), "Record locks").
//! SQLite knows that and delays closing its own. All other code has to follow this rule: **no descriptor of a store
//! file, of its -wal or of its -shm is closed while a connection of this process has the file open.** Otherwise
//! another program finds the file unlocked, believes that it is the only one, and deletes the log of changes that were
//! already confirmed.
//!
//! So a file is opened here, before SQLite opens it, and closed when the last connection to it is gone: one descriptor
//! per device and inode, however many connections and checks there are. Checking a path (stat(2)) opens nothing and is
//! always allowed. A child process inherits no lock, and the descriptors that it closes (close-on-exec) are its own
//! copies: the locks of this process stay.

use std::collections::BTreeMap;
use std::fs::{File, Metadata};
use std::io;
use std::os::unix::fs::{FileExt as _, MetadataExt as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustix::fs::{Mode, OFlags};

/// The suffixes of the files that SQLite keeps with a database.
const COMPANIONS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Which file it is, whatever its name: device and inode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct FileId(u64, u64);

impl FileId {
    fn of(file: &Metadata) -> Self {
        Self(file.dev(), file.ino())
    }

    /// Device and inode.
    pub(super) fn numbers(self) -> (u64, u64) {
        (self.0, self.1)
    }

    /// The file that has this name now. Nothing is opened, and symbolic links are not followed.
    pub(super) fn at(path: &Path) -> Option<Self> {
        Some(Self::of(&path.symlink_metadata().ok()?))
    }
}

/// A file that is open in this process.
struct Entry {
    file: File,
    path: PathBuf,
    holders: usize,
    /// Further descriptors of the same file, which cannot be closed earlier.
    spare: Vec<File>,
}

static OPEN: Mutex<BTreeMap<FileId, Entry>> = Mutex::new(BTreeMap::new());

fn open_files() -> MutexGuard<'static, BTreeMap<FileId, Entry>> {
    // The map is consistent after each step.
    OPEN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A hold on a file: while it exists, no descriptor of the file is closed. A connection takes one before it opens the
/// file and drops it after it has closed the file.
#[derive(Debug)]
pub(super) struct Held {
    id: FileId,
}

impl Held {
    /// Takes a hold on the file at this path, which is opened only if this process does not hold it yet.
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        // Locked until the end, so that nothing is closed between the check and the hold.
        let mut files = open_files();
        if let Some(id) = FileId::at(path)
            && let Some(entry) = files.get_mut(&id)
        {
            return Ok(entry.hold(id));
        }
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = File::from(rustix::fs::open(path, flags, Mode::empty())?);
        let id = FileId::of(&file.metadata()?);
        if let Some(entry) = files.get_mut(&id) {
            // Since the check, a file that is held was given this name.
            entry.spare.push(file);
            return Ok(entry.hold(id));
        }
        let entry = files.entry(id).or_insert(Entry {
            file,
            path: path.to_owned(),
            holders: 0,
            spare: Vec::new(),
        });
        Ok(entry.hold(id))
    }

    /// Which file it is.
    pub(super) fn id(&self) -> FileId {
        self.id
    }

    /// Reads from the file itself, bypassing SQLite; what is still in the log is not included.
    pub(super) fn read_exact_at(&self, bytes: &mut [u8], place: u64) -> io::Result<()> {
        match open_files().get(&self.id) {
            Some(entry) => entry.file.read_exact_at(bytes, place),
            None => Err(io::ErrorKind::NotFound.into()),
        }
    }
}

impl Entry {
    fn hold(&mut self, id: FileId) -> Held {
        self.holders += 1;
        Held { id }
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        let mut files = open_files();
        let Some(entry) = files.get_mut(&self.id) else {
            return;
        };
        entry.holders -= 1;
        if entry.holders == 0 {
            // This process has no connection left, so there is no lock to lose; and nobody can take a hold on the file
            // again before it is closed.
            files.remove(&self.id);
        }
    }
}

/// Whether a path leads to a store that this process has open, or to its log. Reading and closing such a file would
/// drop the locks of the store.
pub fn is_open_here(path: &Path) -> bool {
    let Ok(file) = path.metadata() else {
        return false;
    };
    let id = FileId::of(&file);
    let files = open_files();
    files.contains_key(&id)
        || files.values().any(|entry| {
            COMPANIONS.iter().any(|companion| {
                let mut name = entry.path.clone().into_os_string();
                name.push(companion);
                FileId::at(Path::new(&name)) == Some(id)
            })
        })
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    /// Descriptors of this process that lead to a file.
    fn descriptors(file: &Path) -> usize {
        let found = fs::read_dir("/proc/self/fd").unwrap();
        found
            .filter(|entry| {
                let target = fs::read_link(entry.as_ref().unwrap().path());
                target.is_ok_and(|target| target == file)
            })
            .count()
    }

    fn file_in(folder: &tempfile::TempDir, name: &str) -> PathBuf {
        let path = folder.path().canonicalize().unwrap().join(name);
        fs::write(&path, name).unwrap();
        path
    }

    #[test]
    fn a_file_is_open_once_however_many_hold_it_and_closed_after_the_last() {
        let folder = tempfile::tempdir().unwrap();
        let path = file_in(&folder, "store");
        let other_name = folder.path().join("other name");
        fs::hard_link(&path, &other_name).unwrap();
        let first = Held::open(&path).unwrap();
        let second = Held::open(&other_name).unwrap();
        let third = Held::open(&path).unwrap();
        assert_eq!((second.id(), third.id()), (first.id(), first.id()));
        assert_eq!(FileId::at(&path), Some(first.id()));
        let mut bytes = [0; 5];
        second.read_exact_at(&mut bytes, 0).unwrap();
        assert_eq!(&bytes, b"store");
        for held in [first, third] {
            assert_eq!(descriptors(&path), 1);
            drop(held);
        }
        assert_eq!(descriptors(&path), 1);
        drop(second);
        assert_eq!(descriptors(&path), 0);
        // And again.
        let held = Held::open(&path).unwrap();
        assert_eq!(descriptors(&path), 1);
        drop(held);
        assert_eq!(descriptors(&path), 0);
    }

    #[test]
    fn a_file_that_takes_the_name_of_another_is_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = file_in(&folder, "store");
        let before = Held::open(&path).unwrap();
        fs::rename(file_in(&folder, "new"), &path).unwrap();
        let after = Held::open(&path).unwrap();
        assert_ne!(before.id(), after.id());
        assert_eq!(FileId::at(&path), Some(after.id()));
        let mut bytes = [0; 3];
        after.read_exact_at(&mut bytes, 0).unwrap();
        assert_eq!(&bytes, b"new");
        before.read_exact_at(&mut bytes, 0).unwrap();
        assert_eq!(&bytes, b"sto");
    }

    #[test]
    fn a_link_is_not_followed_and_what_is_missing_is_not_held() {
        let folder = tempfile::tempdir().unwrap();
        let path = file_in(&folder, "store");
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        assert!(Held::open(&link).is_err());
        assert!(Held::open(&folder.path().join("missing")).is_err());
        assert_eq!(descriptors(&path), 0);
    }

    #[test]
    fn a_store_is_known_by_each_of_its_names_and_so_is_its_log() {
        let folder = tempfile::tempdir().unwrap();
        let path = file_in(&folder, "store");
        let log = file_in(&folder, "store-wal");
        let index = file_in(&folder, "store-shm");
        let other = file_in(&folder, "store-old");
        let link = folder.path().join("link");
        std::os::unix::fs::symlink(&path, &link).unwrap();
        let ours = [&path, &log, &index, &link];
        let held = Held::open(&path).unwrap();
        assert!(ours.iter().all(|path| is_open_here(path)));
        assert!(!is_open_here(&other) && !is_open_here(&folder.path().join("missing")));
        drop(held);
        assert!(!ours.iter().any(|path| is_open_here(path)));
    }
}
