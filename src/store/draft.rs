//! A new file of a store: complete, or not there at all.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, Mode, OFlags, flock};

use super::fault::Fault;
use super::location::{
    self, folder_of, make_folder, new_private_file, refuse_network, shown, unopenable,
};

/// How the names of folders begin in which a file is in the making.
const PREFIX: &str = ".admit-new-";

/// A file in the making: it is built under another name, and gone with all it holds unless it is published.
pub(super) struct Draft {
    path: PathBuf,
    folder: PathBuf,
    drafts: tempfile::TempDir,
    /// Locked as long as somebody works here.
    _claim: File,
}

impl Draft {
    /// An empty file that is to become `path`, in the same file system.
    pub(super) fn new(path: &Path) -> Result<Self, Fault> {
        let folder = folder_of(path);
        make_folder(&folder).map_err(|e| unopenable(&folder, &e))?;
        let folder = folder.canonicalize().map_err(|e| unopenable(&folder, &e))?;
        refuse_network(&folder, path)?;
        sweep(&folder);
        let (drafts, claim) = claimed(&folder).map_err(|e| unopenable(path, &e))?;
        let draft = Self {
            path: path.to_owned(),
            folder,
            drafts,
            _claim: claim,
        };
        drop(new_private_file(&draft.file()).map_err(|e| unopenable(path, &e))?);
        Ok(draft)
    }

    /// Where it is until then.
    pub(super) fn file(&self) -> PathBuf {
        self.drafts.path().join("store")
    }

    /// Gives it its name, which fails if somebody else was quicker.
    pub(super) fn publish(self) -> Result<(), Fault> {
        self.sync(&self.file())?;
        std::fs::hard_link(self.file(), &self.path).map_err(|e| match e.kind() {
            ErrorKind::AlreadyExists => Fault::Exists(shown(&self.path)),
            _ => unopenable(&self.path, &e),
        })?;
        self.sync(&self.folder)
    }

    /// Gives the file that has its name another, with its logs, and then this one the name: at no moment is there none.
    pub(super) fn publish_over(self, aside: &Path) -> Result<(), Fault> {
        self.sync(&self.file())?;
        // Where nobody has it open, it has no logs afterwards. A damaged one keeps them.
        retire(&self.path)?;
        let failed = |e: std::io::Error| unopenable(&self.path, &e);
        std::fs::hard_link(&self.path, aside).map_err(failed)?;
        for log in ["-wal", "-shm"] {
            let there = with_suffix(&self.path, log);
            match std::fs::rename(&there, with_suffix(aside, log)) {
                Err(e) if e.kind() != ErrorKind::NotFound => return Err(failed(e)),
                _ => {}
            }
        }
        std::fs::rename(self.file(), &self.path).map_err(failed)?;
        self.sync(&self.folder)
    }

    /// For the draft and its folder, never for a file that has its name: it opens and closes it ([`super::held`]).
    fn sync(&self, path: &Path) -> Result<(), Fault> {
        File::open(path)
            .and_then(|file| file.sync_all())
            .map_err(|e| unopenable(&self.path, &e))
    }
}

/// Makes sure that nobody has the store open any more.
fn retire(path: &Path) -> Result<(), Fault> {
    match location::open(path, true).and_then(|file| file.retire()) {
        Err(Fault::Busy(_)) => Err(Fault::InUse(shown(path))),
        _ => Ok(()),
    }
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// A new folder that nobody sweeps. SQLite derives the names of its log files from that of the database, so the file is in
/// a folder of its own.
fn claimed(folder: &Path) -> io::Result<(tempfile::TempDir, File)> {
    loop {
        let drafts = tempfile::Builder::new().prefix(PREFIX).tempdir_in(folder)?;
        // Somebody who sweeps may have been quicker.
        let Ok(claim) = File::open(drafts.path()) else {
            continue;
        };
        flock(&claim, FlockOperation::LockExclusive)?;
        if drafts.path().exists() {
            return Ok((drafts, claim));
        }
    }
}

/// Removes what was left by programs that were killed: nobody holds it any more.
fn sweep(folder: &Path) {
    let Ok(entries) = std::fs::read_dir(folder) else {
        return;
    };
    for entry in entries.flatten() {
        if !entry.file_name().to_string_lossy().starts_with(PREFIX) {
            continue;
        }
        let Ok(left) = rustix::fs::open(
            entry.path(),
            OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC,
            Mode::empty(),
        ) else {
            continue;
        };
        if flock(&left, FlockOperation::NonBlockingLockExclusive).is_ok() {
            // What cannot be removed stays as it is: the next one tries again.
            std::fs::remove_dir_all(entry.path()).ok();
        }
    }
}
