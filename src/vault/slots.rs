//! How many passwords are hashed at once on this machine.
//!
//! One hash takes 64 MiB, and a panel that starts a process per request starts as many as it gets requests. So each
//! takes a *slot* before it hashes: a lock on one byte of a file that all processes with the same store share. There
//! are two slots per core, and fewer where memory is short.
//!
//! Without a free slot a process takes a number, as at a counter: a lock on a byte further back, one after the highest
//! that is taken. Whoever has the lowest number takes the next free slot, so nobody is overtaken.
//!
//! The locks belong to the open file (fcntl(2), "Open file description locks"), so the kernel drops them when a process
//! ends, however it ends, and threads of one process count like processes. The file itself is empty and never removed.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use nix::fcntl::{FcntlArg, fcntl};
use nix::libc::{F_UNLCK, F_WRLCK, SEEK_SET, flock, off_t};
use rustix::fs::{Mode, OFlags};
use rustix::process::geteuid;

/// What is appended to the name of a store's file.
const SUFFIX: &str = "-hashing";
/// How long to wait in all, and between two tries: for those behind the first it is longer, so that many who wait cost
/// little.
const PATIENCE: Duration = Duration::from_secs(10);
const PAUSE: Duration = Duration::from_millis(5);
const PAUSE_BEHIND: Duration = Duration::from_millis(25);
/// After how many seconds those who waited in vain may come back.
const RETRY_AFTER: u32 = 5;
/// The most slots, and with that the byte of the first number.
const MOST: off_t = 1_000;
/// This share of the available memory is for hashing.
const SHARE: u64 = 4;

/// The slots that a store's processes share.
#[derive(Clone, Debug)]
pub struct HashSlots {
    file: SlotFile,
    cores: usize,
}

#[derive(Clone, Debug)]
enum SlotFile {
    /// The one beside this store.
    Beside(PathBuf),
    /// In the user's folder for such things, which may be named.
    OfUser(Option<PathBuf>),
}

/// A slot, until it is dropped.
#[derive(Debug)]
pub struct HashSlot(Result<File, String>);

/// No slot became free in time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NoSlot {
    /// After how many seconds to try again.
    pub retry_after: u32,
}

impl HashSlots {
    /// For a store that is a file: the lock file is beside it.
    pub fn beside(store: &Path, cores: usize) -> Self {
        Self {
            file: SlotFile::Beside(store.to_owned()),
            cores,
        }
    }

    /// For a store on a server: memory is a matter of this machine, and the lock file is in `runtime`
    /// (`XDG_RUNTIME_DIR`), `/run/user/UID` or `/tmp/admit-UID`.
    pub fn of_user(runtime: Option<&str>, cores: usize) -> Self {
        let runtime = runtime.filter(|path| path.starts_with('/'));
        Self {
            file: SlotFile::OfUser(runtime.map(PathBuf::from)),
            cores,
        }
    }

    /// Waits for a slot for a hash with this much memory, at most about 10 s. Where the lock file cannot be made,
    /// nothing is limited.
    ///
    /// # Errors
    /// [`NoSlot`].
    pub fn take(&self, memory_kib: u32, pause: &dyn Fn(Duration)) -> Result<HashSlot, NoSlot> {
        let slots = allowed(self.cores, available_kib(), memory_kib);
        match self.wait(slots, pause) {
            Ok(Some(file)) => Ok(HashSlot(Ok(file))),
            Ok(None) => Err(NoSlot {
                retry_after: RETRY_AFTER,
            }),
            Err(error) => Ok(HashSlot(Err(error.to_string()))),
        }
    }

    fn wait(&self, slots: off_t, pause: &dyn Fn(Duration)) -> io::Result<Option<File>> {
        let file = self.open()?;
        // Those who wait come first.
        if !others_first(&file, None)? && take_slot(&file, slots)? {
            return Ok(Some(file));
        }
        let number = take_number(&file)?;
        let mut waited = Duration::ZERO;
        while waited < PATIENCE {
            let first = !others_first(&file, Some(number))?;
            if first && take_slot(&file, slots)? {
                set(&file, F_UNLCK, number)?;
                return Ok(Some(file));
            }
            let time = if first { PAUSE } else { PAUSE_BEHIND };
            pause(time);
            waited += time;
        }
        Ok(None)
    }

    /// Opens the file anew: a lock belongs to what was opened.
    fn open(&self) -> io::Result<File> {
        let path = match &self.file {
            SlotFile::Beside(store) => {
                let mut name = store.as_os_str().to_owned();
                name.push(SUFFIX);
                PathBuf::from(name)
            }
            SlotFile::OfUser(runtime) => runtime_folder(runtime.as_deref())?.join("admit-hashing"),
        };
        let flags = OFlags::RDWR | OFlags::CREATE | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let file = rustix::fs::open(&path, flags, Mode::RUSR | Mode::WUSR)
            .map(File::from)
            .map_err(|errno| named(&path, &io::Error::from(errno)))?;
        if !file.metadata()?.is_file() {
            return Err(named(&path, &"it is not a regular file"));
        }
        if let SlotFile::Beside(store) = &self.file {
            share(&file, store).map_err(|error| named(&path, &error))?;
        }
        Ok(file)
    }
}

/// Whoever may use the store may lock the file: its owner, although root was here first, and its group if it has one.
fn share(file: &File, store: &Path) -> io::Result<()> {
    let (own, wanted) = (file.metadata()?, store.symlink_metadata()?);
    let user = geteuid();
    let may = user.is_root() || own.uid() == user.as_raw();
    let mode = 0o600 | wanted.mode() & 0o060;
    let others = user.is_root() && own.uid() != wanted.uid();
    let group = mode & 0o060 != 0 && own.gid() != wanted.gid();
    if may && (others || group) {
        let owner = others.then(|| wanted.uid());
        std::os::unix::fs::fchown(file, owner, Some(wanted.gid()))?;
    }
    if may && own.mode() & 0o777 != mode {
        file.set_permissions(fs::Permissions::from_mode(mode))?;
    }
    Ok(())
}

impl HashSlot {
    /// Why nothing was limited, if so.
    pub fn unlimited(&self) -> Option<&str> {
        self.0.as_ref().err().map(String::as_str)
    }
}

fn named(path: &Path, why: &dyn std::fmt::Display) -> io::Error {
    io::Error::other(format!("cannot use {}: {why}", path.display()))
}

/// How many hashes fit: two per core, in a quarter of the available memory, and always one.
fn allowed(cores: usize, available_kib: Option<u64>, memory_kib: u32) -> off_t {
    let by_cores = off_t::try_from(cores).map_or(MOST, |cores| cores.saturating_mul(2));
    let by_memory = available_kib.map_or(MOST, |kib| {
        off_t::try_from(kib / SHARE / u64::from(memory_kib.max(1))).unwrap_or(MOST)
    });
    by_cores.min(by_memory).clamp(1, MOST)
}

/// The memory that new work can have without swapping, as the kernel estimates it.
fn available_kib() -> Option<u64> {
    available_in(&fs::read_to_string("/proc/meminfo").ok()?)
}

fn available_in(meminfo: &str) -> Option<u64> {
    let line = meminfo
        .lines()
        .find_map(|line| line.strip_prefix("MemAvailable:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

fn take_slot(file: &File, slots: off_t) -> io::Result<bool> {
    for slot in 0..slots {
        if set(file, F_WRLCK, slot)? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Locks the byte after the highest that is locked.
fn take_number(file: &File) -> io::Result<off_t> {
    let mut number = MOST;
    loop {
        while let Some(taken) = next_taken(file, number, 0)? {
            number = number.max(taken) + 1;
        }
        // Somebody else may be as fast.
        if set(file, F_WRLCK, number)? {
            return Ok(number);
        }
    }
}

/// Whether somebody else has a number; with an own one, whether it is lower.
fn others_first(file: &File, own: Option<off_t>) -> io::Result<bool> {
    // To the system no length means all from there on.
    let before = own.map_or(0, |own| own - MOST);
    Ok(own != Some(MOST) && next_taken(file, MOST, before)?.is_some())
}

/// A byte that somebody else has locked, of this many from `start` on; 0 are all.
fn next_taken(file: &File, start: off_t, length: off_t) -> io::Result<Option<off_t>> {
    let mut lock = bytes(F_WRLCK, start, length);
    fcntl(file, FcntlArg::F_OFD_GETLK(&mut lock))?;
    let taken = i32::from(lock.l_type) != F_UNLCK;
    Ok(taken.then_some(lock.l_start))
}

/// Locks or unlocks a byte. False: somebody else has it.
fn set(file: &File, kind: i32, byte: off_t) -> io::Result<bool> {
    match fcntl(file, FcntlArg::F_OFD_SETLK(&bytes(kind, byte, 1))) {
        Ok(_) => Ok(true),
        Err(nix::Error::EAGAIN | nix::Error::EACCES) => Ok(false),
        Err(errno) => Err(errno.into()),
    }
}

fn bytes(kind: i32, start: off_t, length: off_t) -> flock {
    flock {
        l_type: i16::try_from(kind).unwrap_or_default(),
        l_whence: i16::try_from(SEEK_SET).unwrap_or_default(),
        l_start: start,
        l_len: length,
        l_pid: 0,
    }
}

/// A folder that only this user can write to, and that the machine forgets when it starts again.
fn runtime_folder(named_one: Option<&Path>) -> io::Result<PathBuf> {
    let user = geteuid().as_raw();
    let usual = PathBuf::from(format!("/run/user/{user}"));
    let found = named_one.map(Path::to_owned).into_iter().chain([usual]);
    if let Some(folder) = found.into_iter().find(|folder| is_ours(folder, user)) {
        return Ok(folder);
    }
    let own = PathBuf::from(format!("/tmp/admit-{user}"));
    match fs::DirBuilder::new().mode(0o700).create(&own) {
        Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
            return Err(named(&own, &error));
        }
        _ => {}
    }
    // Anybody can make such a folder, or a link that looks like it.
    if is_ours(&own, user) {
        Ok(own)
    } else {
        Err(named(
            &own,
            &"it belongs to another user, or others can write to it",
        ))
    }
}

fn is_ours(folder: &Path, user: u32) -> bool {
    let about = folder.symlink_metadata();
    about.is_ok_and(|about| about.is_dir() && about.uid() == user && about.mode() & 0o022 == 0)
}

#[cfg(test)]
mod tests;
