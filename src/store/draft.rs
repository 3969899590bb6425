//! A new store file: complete, or not created at all.

use std::fs::File;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, flock};

use super::fault::Fault;
use super::location::{
    self, folder_of, make_folder, new_private_file, refuse_network, shown, unopenable,
};
use crate::files::unfinished;

/// The prefix of folders for unfinished files.
const PREFIX: &str = ".admit-new-";

/// An unfinished file: it is built under another name, and removed with everything in it unless it is published.
pub(super) struct Draft {
    path: PathBuf,
    folder: PathBuf,
    drafts: tempfile::TempDir,
    /// Locked while this process works here.
    _claim: File,
}

impl Draft {
    /// An empty file that will become `path`, in the same file system.
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

    /// Its path until then.
    pub(super) fn file(&self) -> PathBuf {
        self.drafts.path().join("store")
    }

    /// Gives it its name, which fails if another process was faster.
    pub(super) fn publish(self) -> Result<(), Fault> {
        self.sync(&self.file())?;
        std::fs::hard_link(self.file(), &self.path).map_err(|e| match e.kind() {
            ErrorKind::AlreadyExists => Fault::Exists(shown(&self.path)),
            _ => unopenable(&self.path, &e),
        })?;
        self.sync(&self.folder)
    }

    /// Renames the existing file and its logs, and then gives this one the name: at no moment is there none. The other
    /// name must be free, so that nothing that was put aside before is lost.
    pub(super) fn publish_over(self, aside: &Path) -> Result<(), Fault> {
        self.sync(&self.file())?;
        // If no process has it open, it has no logs afterwards. A damaged one keeps them.
        retire(&self.path)?;
        let failed = |e: std::io::Error| unopenable(&self.path, &e);
        std::fs::hard_link(&self.path, aside).map_err(|e| match e.kind() {
            ErrorKind::AlreadyExists => Fault::Exists(shown(aside)),
            _ => failed(e),
        })?;
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

    /// For the draft and its folder, never for a file in use: it opens and closes it ([`super::held`]).
    fn sync(&self, path: &Path) -> Result<(), Fault> {
        File::open(path)
            .and_then(|file| file.sync_all())
            .map_err(|e| unopenable(&self.path, &e))
    }
}

/// Makes sure that no process has the store open any more.
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

/// The name, or if it is taken, the first of `NAME-2`, `NAME-3` … that is free, so that files put aside within the
/// same second are kept too.
pub fn free_name(name: &Path) -> PathBuf {
    // A log that was put aside with a damaged store counts too.
    let taken = |path: &Path| {
        ["", "-wal", "-shm"]
            .iter()
            .any(|log| with_suffix(path, log).symlink_metadata().is_ok())
    };
    let mut path = name.to_owned();
    let mut number = 1;
    while taken(&path) {
        number += 1;
        path = with_suffix(name, &format!("-{number}"));
    }
    path
}

/// A new folder that no sweep removes. SQLite derives the names of its log files from the database name, so the file
/// is in a folder of its own.
fn claimed(folder: &Path) -> io::Result<(tempfile::TempDir, File)> {
    loop {
        let drafts = tempfile::Builder::new().prefix(PREFIX).tempdir_in(folder)?;
        // A sweep may have been faster.
        let Ok(claim) = File::open(drafts.path()) else {
            continue;
        };
        flock(&claim, FlockOperation::LockExclusive)?;
        if drafts.path().exists() {
            return Ok((drafts, claim));
        }
    }
}

/// Removes what killed processes left in a folder while creating a store there.
pub(super) fn sweep(folder: &Path) {
    unfinished::sweep(folder, |name| unfinished::is_temporary(name, PREFIX));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_that_is_taken_gets_a_number() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("aside");
        let made = |name: &str| drop(File::create(folder.path().join(name)).unwrap());
        assert_eq!(free_name(&name), name);
        made("aside");
        assert_eq!(free_name(&name), folder.path().join("aside-2"));
        made("aside-2");
        made("aside-3-wal");
        std::os::unix::fs::symlink("nowhere", folder.path().join("aside-4")).unwrap();
        assert_eq!(free_name(&name), folder.path().join("aside-5"));
    }
}
