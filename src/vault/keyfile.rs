//! The key file: created once, with care, and checked before it is read.
//!
//! A new key is written to a separate file in the same folder, synced, and only then linked to its name,
//! which fails if the name is taken. So the name never shows half a key, and of several simultaneous first
//! runs exactly one creates the store's key: the others read it. A key that is added later ([`key_after`])
//! comes in a new file that replaces the old one, under a lock on the folder.
//!
//! A key file that others can read is not secret, and one that others can change is worse; both are refused,
//! as is a symbolic link, which does not show who may replace its target.

mod fault;

use std::ffi::OsString;
use std::fs::File;
use std::io::{self, Read as _, Write as _};
use std::os::fd::OwnedFd;
use std::path::{Path, PathBuf};

use rustix::fs::{FileType, FlockOperation, Mode, OFlags, flock};
use rustix::io::Errno;
use zeroize::Zeroizing;

pub use self::fault::KeyFileError;
use super::keyring::{KeyId, KeyRing, KeyTextError};
use super::{Entropy, ErasedList, LastSeenList, VaultError};
use crate::files::folder_of;
use crate::files::trust;
use crate::files::unfinished::{claim, sweep};

/// A larger file is not a key file: this is room for about 150 keys.
const LARGEST: usize = 16 * 1024;
/// Permission bits for everybody but the owner.
const OTHERS: u32 = 0o077;

/// What [`create`] found or did.
#[derive(Debug)]
pub struct Created {
    /// The keys that are now in the file.
    pub ring: KeyRing,
    /// True if this call created the file, false if it already existed.
    pub fresh: bool,
}

/// Creates the key file with one new key, mode 0600 whatever the umask, synced before it returns. If the file
/// already exists, even because another process was faster, that one is read instead and left unchanged. The
/// folder must exist.
///
/// # Errors
/// [`VaultError::KeyFile`], [`VaultError::NoRandomness`].
pub fn create(path: &Path, entropy: &Entropy) -> Result<Created, VaultError> {
    check_place(path)?;
    match load(path) {
        Ok(ring) => return Ok(Created { ring, fresh: false }),
        Err(KeyFileError::Missing { .. }) => {}
        Err(error) => return Err(error.into()),
    }
    let folder = folder_of(path);
    let ring = KeyRing::generate(entropy)?;
    let draft = Draft::write(path, folder, ring.to_text().as_bytes(), entropy)?;
    let fresh = draft.link_to(path)?;
    drop(draft);
    // The loser of a race syncs too: it is about to rely on what the winner wrote.
    sync_folder(folder)?;
    let ring = if fresh { ring } else { load(path)? };
    Ok(Created { ring, fresh })
}

/// Reads the key file after checking its type, owner and mode. It is opened once, without following a link
/// and without blocking on a pipe, and the open file is checked.
///
/// # Errors
/// See [`KeyFileError`].
pub fn load(path: &Path) -> Result<KeyRing, KeyFileError> {
    Ok(load_text(path)?.1)
}

/// The name must be free for a key, and nobody else may be able to create files in its folder: the key is
/// safe there only if the lists next to it are.
fn check_place(path: &Path) -> Result<(), KeyFileError> {
    if [
        ErasedList::beside(path).path(),
        LastSeenList::beside(path).path(),
    ]
    .contains(&path)
    {
        return Err(KeyFileError::Reserved { path: path.into() });
    }
    trust::folder(folder_of(path)).map_err(|why| KeyFileError::Exposed {
        path: path.into(),
        why,
    })
}

fn load_text(path: &Path) -> Result<(Zeroizing<String>, KeyRing), KeyFileError> {
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let file = match rustix::fs::open(path, flags, Mode::empty()) {
        Ok(file) => file,
        Err(Errno::NOENT) => return Err(KeyFileError::Missing { path: path.into() }),
        Err(Errno::LOOP) => return Err(KeyFileError::Symlink { path: path.into() }),
        Err(Errno::NXIO) => return Err(KeyFileError::NotRegular { path: path.into() }),
        Err(errno) => return Err(io_error("read the key file", path, errno)),
    };
    let stat = rustix::fs::fstat(&file).map_err(|e| io_error("check the key file", path, e))?;
    if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
        return Err(KeyFileError::NotRegular { path: path.into() });
    }
    let user = rustix::process::geteuid().as_raw();
    if stat.st_uid != user && stat.st_uid != 0 {
        return Err(KeyFileError::NotOwned {
            path: path.into(),
            owner: stat.st_uid,
            user,
        });
    }
    if stat.st_mode & OTHERS != 0 {
        return Err(KeyFileError::OpenToOthers {
            path: path.into(),
            mode: stat.st_mode & 0o7777,
        });
    }
    check_place(path)?;
    read(File::from(file), path)
}

fn read(file: File, path: &Path) -> Result<(Zeroizing<String>, KeyRing), KeyFileError> {
    // Allocated at full size: growing would leave a copy behind.
    let mut text = Zeroizing::new(String::with_capacity(LARGEST + 1));
    let unusable = |fault| KeyFileError::Unusable {
        path: path.into(),
        fault,
    };
    match file.take(LARGEST as u64 + 1).read_to_string(&mut text) {
        Ok(length) if length <= LARGEST => {}
        Err(error) if error.kind() != io::ErrorKind::InvalidData => {
            return Err(io_error("read the key file", path, error));
        }
        _ => return Err(unusable(KeyTextError::Damaged(1))),
    }
    let ring = KeyRing::parse(&text).map_err(unusable)?;
    Ok((text, ring))
}

/// The key that comes after another.
#[derive(Debug)]
pub struct Next {
    /// Its id.
    pub id: KeyId,
    /// Whether this call created it.
    pub fresh: bool,
}

/// The key to change to from `current`: the first one of the key file, or, if that is the current one, a new
/// key in front of all others. The file is replaced as a whole and synced on return; comments in it stay. Of
/// several simultaneous calls, one creates the key.
///
/// # Errors
/// [`VaultError::KeyFile`], [`VaultError::NoRandomness`]; the file is unchanged then.
pub fn key_after(path: &Path, current: KeyId, entropy: &Entropy) -> Result<Next, VaultError> {
    let fixed = |source: io::Error| KeyFileError::Fixed {
        path: path.into(),
        source,
    };
    let folder = folder_of(path);
    // Held until the end: nobody replaces the file between the check and the new one.
    let _lock = lock_folder(folder).map_err(|errno| fixed(errno.into()))?;
    let (before, ring) = load_text(path)?;
    if ring.first() != current {
        // Another process may have crashed between the new name and syncing it.
        sync_folder(folder)?;
        return Ok(Next {
            id: ring.first(),
            fresh: false,
        });
    }
    let (text, id) = KeyRing::with_new_key(&before, entropy)?;
    if text.len() > LARGEST || ring.ids().any(|other| other == id) {
        return Err(KeyFileError::Full { path: path.into() }.into());
    }
    let draft = Draft::write(path, folder, text.as_bytes(), entropy).map_err(|error| {
        if let VaultError::KeyFile(KeyFileError::Io { source, .. }) = error {
            return fixed(source).into();
        }
        error
    })?;
    rustix::fs::rename(&draft.path, path).map_err(|errno| fixed(errno.into()))?;
    sync_folder(folder)?;
    // What others will rely on is checked again.
    let ids: Vec<KeyId> = load(path)?.ids().collect();
    if ids.first() != Some(&id) || !ring.ids().all(|other| ids.contains(&other)) {
        let changed = io::Error::other("another process changed it in the meantime");
        return Err(fixed(changed).into());
    }
    Ok(Next { id, fresh: true })
}

fn lock_folder(folder: &Path) -> Result<OwnedFd, Errno> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let folder = rustix::fs::open(folder, flags, Mode::empty())?;
    loop {
        match flock(&folder, FlockOperation::LockExclusive) {
            Err(Errno::INTR) => {}
            outcome => return outcome.map(|()| folder),
        }
    }
}

/// Removes what killed processes left next to the key file while creating or replacing it: it contains keys.
pub fn sweep_beside(path: &Path) {
    let Some(file) = path.file_name().and_then(|name| name.to_str()) else {
        return;
    };
    sweep(folder_of(path), |name| is_draft(name, file));
}

/// Whether a name has the form used by [`Draft::open`].
fn is_draft(name: &str, file: &str) -> bool {
    name.strip_prefix('.')
        .and_then(|name| name.strip_prefix(file))
        .and_then(|name| name.strip_prefix('.'))
        .is_some_and(|random| {
            random.len() == 16
                && random
                    .bytes()
                    .all(|c| c.is_ascii_digit() || (b'a'..=b'f').contains(&c))
        })
}

/// The written but not yet named file. Dropping it removes its temporary name.
struct Draft {
    path: PathBuf,
    /// Locked, so that no sweep removes it.
    file: File,
}

impl Draft {
    fn write(
        path: &Path,
        folder: &Path,
        text: &[u8],
        entropy: &Entropy,
    ) -> Result<Self, VaultError> {
        let mut draft = Self::open(path, folder, entropy)?;
        // The umask may have taken the owner's own bits away.
        rustix::fs::fchmod(&draft.file, Mode::RUSR | Mode::WUSR)
            .map_err(|e| io_error("set the mode of", &draft.path, e))?;
        (draft.file.write_all(text))
            .and_then(|()| draft.file.sync_all())
            .map_err(|e| io_error("write", &draft.path, e))?;
        Ok(draft)
    }

    /// Opens a new file with a unique name.
    fn open(path: &Path, folder: &Path, entropy: &Entropy) -> Result<Self, VaultError> {
        let flags =
            OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        loop {
            let mut name = OsString::from(".");
            name.push(path.file_name().unwrap_or_default());
            name.push(format!(".{:016x}", u64::from_be_bytes(entropy.bytes()?)));
            let draft = folder.join(name);
            match rustix::fs::open(&draft, flags, Mode::RUSR | Mode::WUSR) {
                Ok(file) => {
                    let draft = Self {
                        path: draft,
                        file: File::from(file),
                    };
                    if claim(&draft.file) {
                        return Ok(draft);
                    }
                }
                Err(Errno::EXIST | Errno::INTR) => {}
                Err(errno) => {
                    return Err(io_error("create the key file", path, errno).into());
                }
            }
        }
    }

    /// Gives the file its name; false if the name is taken.
    fn link_to(&self, path: &Path) -> Result<bool, KeyFileError> {
        match rustix::fs::link(&self.path, path) {
            Ok(()) => Ok(true),
            Err(Errno::EXIST) => Ok(false),
            Err(errno) => Err(io_error("create the key file", path, errno)),
        }
    }
}

impl Drop for Draft {
    fn drop(&mut self) {
        // If this fails, a second name of the key is left behind, as private as the first.
        rustix::fs::unlink(&self.path).ok();
    }
}

/// Syncs the names in a folder.
fn sync_folder(folder: &Path) -> Result<(), KeyFileError> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let synced = rustix::fs::open(folder, flags, Mode::empty()).and_then(rustix::fs::fsync);
    match synced {
        // Some file systems do not support it and say so.
        Ok(()) | Err(Errno::INVAL) => Ok(()),
        Err(errno) => Err(io_error("sync the folder", folder, errno)),
    }
}

fn io_error(action: &'static str, path: &Path, error: impl Into<io::Error>) -> KeyFileError {
    KeyFileError::Io {
        action,
        path: path.into(),
        source: error.into(),
    }
}

#[cfg(test)]
mod tests;
