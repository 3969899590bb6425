//! The files that are never overwritten, whatever somebody names as the place for something new.

use std::ffi::OsStr;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};

/// The files that SQLite keeps next to a database, by the end of their names.
pub(super) const LOGS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Knows the files that must not be overwritten.
///
/// A path is one of them if it leads to the same file (device and inode, with or without following a symbolic
/// link), or if it has the same name in the same folder; that also applies if nothing is there yet.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    kept: Vec<(PathBuf, &'static str)>,
}

/// A path that leads to a file that is never overwritten.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{} is {what} and is never overwritten", path.display())]
pub struct Guarded {
    /// The path as it was given.
    pub path: PathBuf,
    /// What it leads to: "the key file".
    pub what: &'static str,
}

/// A path where something may be written, according to the [`Guard`].
#[derive(Clone, Debug)]
pub struct Place(PathBuf);

impl Place {
    /// The path.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Guard {
    /// Adds a file; `what` says what it is, as in "the key file". It need not exist.
    pub fn keep(&mut self, path: impl Into<PathBuf>, what: &'static str) {
        self.kept.push((path.into(), what));
    }

    /// Adds the file of a store and the logs that SQLite keeps next to it.
    pub fn keep_store(&mut self, path: &Path) {
        self.keep(path, "the store");
        for log in LOGS {
            self.keep(with_suffix(path, log), "a log of the store");
        }
    }

    /// What this path leads to, if it is one of the protected files.
    pub fn what(&self, path: &Path) -> Option<&'static str> {
        let here = Traces::of(path);
        self.kept
            .iter()
            .find(|(kept, _)| here.meet(kept))
            .map(|(_, what)| *what)
    }

    /// Allows something to be written there.
    ///
    /// # Errors
    /// It is one of the protected files.
    pub fn place(&self, path: impl Into<PathBuf>) -> Result<Place, Guarded> {
        let path = path.into();
        match self.what(&path) {
            Some(what) => Err(Guarded { path, what }),
            None => Ok(Place(path)),
        }
    }

    /// Allows a store to be created or opened there: neither its file nor one of its logs is a protected
    /// file.
    ///
    /// # Errors
    /// The path, of the store or of its log, that is.
    pub fn store_place(&self, path: &Path) -> Result<(), Guarded> {
        self.place(path)?;
        for log in LOGS {
            self.place(with_suffix(path, log))?;
        }
        Ok(())
    }
}

/// The path with a suffix.
pub(super) fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Device and inode.
type Id = (u64, u64);

/// How a path is recognised.
struct Traces<'a> {
    /// The file that it leads to, and the symbolic link that it may be.
    files: [Option<Id>; 2],
    name: Option<&'a OsStr>,
    folder: Option<Id>,
}

impl<'a> Traces<'a> {
    fn of(path: &'a Path) -> Self {
        Self {
            files: ids(path),
            name: path.file_name(),
            folder: folder(path),
        }
    }

    fn meet(&self, kept: &Path) -> bool {
        let same_name = self.name.is_some() && self.name == kept.file_name();
        if same_name && self.folder.is_some() && self.folder == folder(kept) {
            return true;
        }
        if self.files == [None, None] {
            return false;
        }
        let theirs = ids(kept);
        self.files
            .iter()
            .flatten()
            .any(|id| theirs.contains(&Some(*id)))
    }
}

fn ids(path: &Path) -> [Option<Id>; 2] {
    let id = |about: std::fs::Metadata| (about.dev(), about.ino());
    [
        path.metadata().ok().map(id),
        path.symlink_metadata().ok().map(id),
    ]
}

fn folder(path: &Path) -> Option<Id> {
    ids(super::new::folder_of(path))[0]
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn every_way_to_a_file_that_is_kept_is_recognised() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        fs::create_dir(path("etc")).unwrap();
        fs::write(path("etc/key"), "key").unwrap();
        fs::hard_link(path("etc/key"), path("twin")).unwrap();
        symlink(path("etc/key"), path("link")).unwrap();
        symlink(path("link"), path("link-to-link")).unwrap();
        symlink(path("etc"), path("folder")).unwrap();
        fs::write(path("other"), "other").unwrap();
        // One that is kept and is itself a link: neither the link nor what it leads to is written over.
        fs::write(path("real.toml"), "").unwrap();
        symlink(path("real.toml"), path("config.toml")).unwrap();

        let mut guard = Guard::default();
        guard.keep(path("etc/key"), "the key file");
        guard.keep(path("etc/erased"), "the list of erased people");
        guard.keep(path("config.toml"), "the settings file");
        guard.keep_store(&path("admit.db"));
        for (name, what) in [
            ("etc/key", "the key file"),
            ("etc/../etc/./key", "the key file"),
            ("folder/key", "the key file"),
            ("twin", "the key file"),
            ("link", "the key file"),
            ("link-to-link", "the key file"),
            // Not there yet.
            ("etc/erased", "the list of erased people"),
            ("folder/erased", "the list of erased people"),
            ("admit.db", "the store"),
            ("admit.db-wal", "a log of the store"),
            ("admit.db-shm", "a log of the store"),
            ("admit.db-journal", "a log of the store"),
            ("config.toml", "the settings file"),
            ("real.toml", "the settings file"),
        ] {
            let refused = guard.place(path(name)).unwrap_err();
            assert_eq!((refused.path, refused.what), (path(name), what), "{name}");
        }
        for name in [
            "other",
            "new",
            "etc",
            "etc/key2",
            "key",
            "erased",
            "admit.db-wal2",
            "no/folder/key",
        ] {
            assert_eq!(guard.place(path(name)).unwrap().path(), path(name));
        }
    }

    #[test]
    fn a_store_takes_no_place_in_which_it_or_its_log_would_be_something_else() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        let mut guard = Guard::default();
        guard.keep(path("x-wal"), "the key file");
        guard.keep(path("seen"), "what was last seen of stores");
        assert_eq!(
            guard.store_place(&path("x")).unwrap_err().path,
            path("x-wal")
        );
        assert!(guard.store_place(&path("seen")).is_err());
        guard.store_place(&path("admit.db")).unwrap();
    }
}
