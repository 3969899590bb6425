//! What only tests about files ask of a laboratory and a world.

use std::fs;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use admit::store::{Fault, Location, Store};
use rustix::fs::{major, minor};

use super::bench_store::Lab;
use super::world::World;

impl Lab {
    pub(crate) fn path(&self) -> PathBuf {
        self.place.url().into()
    }

    /// Opens a file as this store.
    pub(crate) fn open(&self, path: &Path, writable: bool) -> Result<Store, Fault> {
        Store::open(&Location::File(path.to_owned()), self.vault(2), writable)
    }
}

impl World {
    pub(crate) fn store_file(&self) -> PathBuf {
        self.place().url().into()
    }
}

/// SQLite's shared lock on a file: bytes 2 to 511 after the first gigabyte.
pub(crate) const ON_FILE: &str = "READ 1073741826 1073742335";

/// SQLite's lock on the index of a log (`-shm`): whoever has it uses the log.
pub(crate) const ON_INDEX: &str = "READ 128 128";

/// The locks of a process on a file as the kernel lists them: kind, first byte, last byte.
pub(crate) fn locks_of(process: u32, file: &Path) -> Vec<String> {
    let Ok(about) = fs::metadata(file) else {
        return Vec::new();
    };
    let (device, inode) = (about.dev(), about.ino());
    let file = format!("{:02x}:{:02x}:{inode}", major(device), minor(device));
    let process = process.to_string();
    let list = fs::read_to_string("/proc/locks").unwrap();
    // 7: POSIX  ADVISORY  READ 4242 00:1a:99 1073741826 1073742335
    list.lines()
        .map(|line| line.split_whitespace().collect::<Vec<_>>())
        .filter(|words| words[1] == "POSIX" && words[4] == process && words[5] == file)
        .map(|words| format!("{} {} {}", words[3], words[6], words[7]))
        .collect()
}

/// Whether a process has a lock on a file. The kernel's list may skip an entry while others come and go, so it is read
/// again; a lock that SQLite has lost never comes back by itself, since SQLite believes that it still has it.
pub(crate) fn has_lock(process: u32, file: &Path, lock: &str) -> bool {
    (0..20).any(|_| {
        let found = locks_of(process, file).iter().any(|found| found == lock);
        if !found {
            std::thread::yield_now();
        }
        found
    })
}

/// The file's name with something after it: `-wal`, `-shm`.
pub(crate) fn with(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}
