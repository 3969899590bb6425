//! A file that appears complete or not at all.

use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, Read as _, Write};
use std::os::unix::fs::{OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, Mode, OFlags};

use super::Place;
use super::unfinished::{self, claim};

/// How temporary names begin.
const PREFIX: &str = ".admit-unfinished-";
/// How much of a file is read to find out its kind.
const HEAD: u64 = 64 * 1024;

/// What a new file may replace.
#[derive(Clone, Copy, Debug)]
pub enum Over {
    /// Nothing: the name must be free.
    Nothing,
    /// An empty file, or one that starts like a file of its own kind.
    Alike(fn(&[u8]) -> bool),
}

/// Why a file cannot be written. An existing file is unchanged.
#[derive(Debug, thiserror::Error)]
pub enum Unwritten {
    /// The name is taken, and nothing may be replaced.
    #[error("it already exists")]
    Exists,
    /// There is a file of another kind.
    #[error("it already exists and is another kind of file")]
    Unlike,
    /// Something other than a regular file is there: "a symbolic link".
    #[error("it already exists and is {0}")]
    Irregular(&'static str),
    /// An error of the operating system.
    #[error("{}", words(.0))]
    Io(#[from] io::Error),
}

/// An unfinished file. It has no name at all if the file system supports that, so that nothing is left behind
/// whatever happens; else one that starts with a dot and is removed unless the file is finished. If the
/// process is killed then, the next one that creates a file in the same folder removes it.
#[derive(Debug)]
pub struct NewFile {
    out: BufWriter<File>,
    path: PathBuf,
    folder: PathBuf,
    over: Over,
    named: Option<tempfile::TempPath>,
}

impl NewFile {
    /// Starts the file that will be at this place, for its owner only (0600).
    ///
    /// # Errors
    /// The name is taken by something that it must not replace, or an error of the operating system.
    pub fn create(place: &Place, over: Over) -> Result<Self, Unwritten> {
        let path = place.path();
        check(path, over)?;
        let folder = folder_of(path).to_owned();
        unfinished::sweep(&folder, |name| unfinished::is_temporary(name, PREFIX));
        let flags = OFlags::WRONLY | OFlags::TMPFILE | OFlags::CLOEXEC;
        let (file, named) = match rustix::fs::open(&folder, flags, Mode::RUSR | Mode::WUSR) {
            Ok(file) => (File::from(file), None),
            Err(
                error @ (rustix::io::Errno::NOENT
                | rustix::io::Errno::NOTDIR
                | rustix::io::Errno::ACCESS),
            ) => return Err(io::Error::from(error).into()),
            Err(_) => {
                let (file, named) = hidden(&folder)?;
                (file, Some(named))
            }
        };
        let new = Self {
            out: BufWriter::with_capacity(256 * 1024, file),
            path: path.to_owned(),
            folder,
            over,
            named,
        };
        new.set_mode(Mode::RUSR | Mode::WUSR)?;
        Ok(new)
    }

    /// Lets everybody read it (0644), whatever the umask.
    ///
    /// # Errors
    /// An error of the operating system.
    pub fn for_everybody(self) -> Result<Self, Unwritten> {
        self.set_mode(Mode::RUSR | Mode::WUSR | Mode::RGRP | Mode::ROTH)?;
        Ok(self)
    }

    fn set_mode(&self, mode: Mode) -> io::Result<()> {
        // The umask may have taken the owner's own bits away.
        Ok(rustix::fs::fchmod(self.out.get_ref(), mode)?)
    }

    /// Syncs it and gives it its name. Returns its size in bytes.
    ///
    /// # Errors
    /// The name was taken in the meantime, or an error of the operating system; then the file does
    /// not exist.
    pub fn finish(mut self) -> Result<u64, Unwritten> {
        self.out.flush()?;
        let file = self.out.get_ref();
        file.sync_all()?;
        let size = file.metadata()?.len();
        let replaces = check(&self.path, self.over)?;
        match (self.named.take(), replaces) {
            (None, false) => link(file, &self.path)?,
            (None, true) => {
                // Only a named file can replace a named file.
                let (folder, _claim) = private_folder(&self.folder)?;
                let name = folder.path().join("file");
                link(file, &name)?;
                fs::rename(&name, &self.path)?;
            }
            (Some(named), true) => named.persist(&self.path).map_err(|error| error.error)?,
            (Some(named), false) => named
                .persist_noclobber(&self.path)
                .map_err(|error| taken(error.error))?,
        }
        match File::open(&self.folder).and_then(|folder| folder.sync_all()) {
            // Some file systems do not support it and say so.
            Err(error) if error.kind() != io::ErrorKind::InvalidInput => Err(error.into()),
            _ => Ok(size),
        }
    }
}

impl Write for NewFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Whether there is a file to be replaced, and it may be.
fn check(path: &Path, over: Over) -> Result<bool, Unwritten> {
    let about = match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        found => found?,
    };
    let kind = about.file_type();
    if !kind.is_file() {
        return Err(Unwritten::Irregular(if kind.is_symlink() {
            "a symbolic link"
        } else if kind.is_dir() {
            "a folder"
        } else {
            "a device, pipe or socket"
        }));
    }
    match over {
        Over::Nothing => Err(Unwritten::Exists),
        Over::Alike(_) if about.len() == 0 => Ok(true),
        Over::Alike(alike) if alike(&head(path)?) => Ok(true),
        Over::Alike(_) => Err(Unwritten::Unlike),
    }
}

/// The start of a file. The [`Guard`](super::Guard) has made sure that it does not belong to a store.
fn head(path: &Path) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    let flags = i32::try_from((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits()).unwrap_or(0);
    File::options()
        .read(true)
        .custom_flags(flags)
        .open(path)?
        .take(HEAD)
        .read_to_end(&mut head)?;
    Ok(head)
}

/// Whether the file at this place starts like one of a kind. False if it cannot be read.
pub(super) fn begins(path: &Path, alike: fn(&[u8]) -> bool) -> bool {
    path.symlink_metadata().is_ok_and(|about| about.is_file())
        && head(path).is_ok_and(|head| alike(&head))
}

impl Place {
    /// Whether there is a file that starts like one of this kind.
    pub fn holds(&self, alike: fn(&[u8]) -> bool) -> bool {
        begins(self.path(), alike)
    }
}

fn link(file: &File, to: &Path) -> Result<(), Unwritten> {
    use std::os::fd::AsRawFd as _;
    let open = format!("/proc/self/fd/{}", file.as_raw_fd());
    rustix::fs::linkat(CWD, open.as_str(), CWD, to, AtFlags::SYMLINK_FOLLOW)
        .map_err(|errno| taken(errno.into()))
}

/// Another process was faster.
fn taken(error: io::Error) -> Unwritten {
    match error.kind() {
        io::ErrorKind::AlreadyExists => Unwritten::Exists,
        _ => error.into(),
    }
}

fn hidden(folder: &Path) -> io::Result<(File, tempfile::TempPath)> {
    loop {
        let (file, path) = tempfile::Builder::new()
            .prefix(PREFIX)
            .tempfile_in(folder)?
            .into_parts();
        if claim(&file) {
            return Ok((file, path));
        }
    }
}

fn private_folder(beside: &Path) -> io::Result<(tempfile::TempDir, File)> {
    loop {
        let folder = tempfile::Builder::new()
            .prefix(PREFIX)
            .permissions(Permissions::from_mode(0o700))
            .tempdir_in(beside)?;
        // A sweep may have been faster.
        if let Ok(opened) = File::open(folder.path())
            && claim(&opened)
        {
            return Ok((folder, opened));
        }
    }
}

/// The folder of a path; the current one for a bare name.
pub fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// The operating system's message, without its number and the temporary name.
fn words(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error ") {
        Some((words, _)) => words.to_owned(),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::super::Guard;
    use super::*;

    fn is_ours(head: &[u8]) -> bool {
        head.starts_with(b"ours")
    }

    fn write(path: &Path, over: Over) -> Result<u64, Unwritten> {
        let place = Guard::default().place(path).unwrap();
        let mut new = NewFile::create(&place, over)?;
        new.write_all(b"ours, and new")?;
        new.finish()
    }

    #[test]
    fn only_a_file_of_its_own_kind_is_replaced() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("file");
        for over in [Over::Nothing, Over::Alike(is_ours)] {
            fs::remove_file(&path).ok();
            assert_eq!(write(&path, over).unwrap(), 13);
            assert_eq!(
                path.metadata().unwrap().permissions().mode() & 0o7777,
                0o600
            );
        }
        assert!(matches!(
            write(&path, Over::Nothing),
            Err(Unwritten::Exists)
        ));
        for (before, is_replaced) in [("ours, old", true), ("", true), ("theirs", false)] {
            fs::write(&path, before).unwrap();
            let written = write(&path, Over::Alike(is_ours));
            assert_eq!(written.is_ok(), is_replaced, "{before}");
            let after = if is_replaced { "ours, and new" } else { before };
            assert_eq!(fs::read_to_string(&path).unwrap(), after);
        }
        assert!(matches!(
            write(&path, Over::Alike(is_ours)),
            Err(Unwritten::Unlike)
        ));
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_is_no_regular_file_stays_also_if_it_comes_late() {
        let home = tempfile::tempdir().unwrap();
        let path = |name: &str| home.path().join(name);
        fs::write(path("target"), "ours").unwrap();
        symlink(path("target"), path("link")).unwrap();
        symlink(path("nowhere"), path("astray")).unwrap();
        for (at, kind) in [
            (path("link"), "a symbolic link"),
            (path("astray"), "a symbolic link"),
            (home.path().to_owned(), "a folder"),
            ("/dev/null".into(), "a device, pipe or socket"),
        ] {
            let refused = write(&at, Over::Alike(is_ours)).unwrap_err();
            assert!(
                matches!(refused, Unwritten::Irregular(is) if is == kind),
                "{refused}"
            );
        }
        for over in [Over::Nothing, Over::Alike(is_ours)] {
            let place = Guard::default().place(path("late")).unwrap();
            let new = NewFile::create(&place, over).unwrap();
            symlink(path("target"), path("late")).unwrap();
            assert!(new.finish().is_err());
            fs::remove_file(path("late")).unwrap();
        }
        assert_eq!(fs::read_to_string(path("target")).unwrap(), "ours");
        assert!(!path("nowhere").exists());
    }

    #[test]
    fn what_is_not_finished_leaves_nothing() {
        let home = tempfile::tempdir().unwrap();
        let place = Guard::default().place(home.path().join("file")).unwrap();
        let mut new = NewFile::create(&place, Over::Nothing).unwrap();
        new.write_all(b"half").unwrap();
        drop(new);
        assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
    }
}
