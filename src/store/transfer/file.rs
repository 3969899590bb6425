//! A file that appears complete or not at all.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use rustix::fs::{AtFlags, CWD, Mode, OFlags};

use crate::vault::unfinished::{self, claim};

/// How temporary names begin.
const PREFIX: &str = ".admit-unfinished-";

/// A file in the making. It has no name at all where the file system can do that, so that nothing stays behind whatever
/// happens; else one that begins with a dot, and is gone unless it is finished. If the program is killed then, the next one
/// that makes a file in the same folder removes it.
#[derive(Debug)]
pub struct NewFile {
    out: BufWriter<File>,
    path: PathBuf,
    folder: PathBuf,
    force: bool,
    named: Option<tempfile::TempPath>,
}

impl NewFile {
    /// A file that is to become `path`, for its owner only (0600). With `force` it takes the place of a file that is there.
    ///
    /// # Errors
    /// The name is taken, also by something that is no file, or what the operating system says.
    pub fn create(path: &Path, force: bool) -> io::Result<Self> {
        check(path, force)?;
        let folder = match path.parent() {
            Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
            _ => PathBuf::from("."),
        };
        unfinished::sweep(&folder, |name| unfinished::is_temporary(name, PREFIX));
        let flags = OFlags::WRONLY | OFlags::TMPFILE | OFlags::CLOEXEC;
        let (file, named) = match rustix::fs::open(&folder, flags, Mode::RUSR | Mode::WUSR) {
            Ok(file) => (File::from(file), None),
            Err(
                rustix::io::Errno::NOENT | rustix::io::Errno::NOTDIR | rustix::io::Errno::ACCESS,
            ) => {
                return Err(io::Error::other(format!(
                    "{} is no folder that can be written",
                    folder.display()
                )));
            }
            Err(_) => {
                let (file, named) = hidden(&folder)?;
                (file, Some(named))
            }
        };
        rustix::fs::fchmod(&file, Mode::RUSR | Mode::WUSR)?;
        Ok(Self {
            out: BufWriter::with_capacity(256 * 1024, file),
            path: path.to_owned(),
            folder,
            force,
            named,
        })
    }

    /// Makes it durable, and gives it its name. Says how many bytes it has.
    ///
    /// # Errors
    /// The name was taken meanwhile, or what the operating system says; then there is no such file.
    pub fn finish(mut self) -> io::Result<u64> {
        self.out.flush()?;
        let file = self.out.get_ref();
        file.sync_all()?;
        let size = file.metadata()?.len();
        check(&self.path, self.force)?;
        match (self.named.take(), self.force) {
            (None, false) => link(file, &self.path)?,
            (None, true) => {
                // Only a name can take the place of a name.
                let (folder, _claim) = private_folder(&self.folder)?;
                let name = folder.path().join("file");
                link(file, &name)?;
                std::fs::rename(&name, &self.path)?;
            }
            (Some(named), true) => named.persist(&self.path)?,
            (Some(named), false) => named.persist_noclobber(&self.path)?,
        }
        match File::open(&self.folder).and_then(|folder| folder.sync_all()) {
            // Some file systems cannot do it and say so.
            Err(error) if error.kind() != io::ErrorKind::InvalidInput => Err(error),
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

fn check(path: &Path, force: bool) -> io::Result<()> {
    let kind = match path.symlink_metadata() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        found => found?.file_type(),
    };
    if !kind.is_file() {
        return Err(io::Error::other("it is there already, and no regular file"));
    }
    if force {
        return Ok(());
    }
    Err(io::Error::new(
        io::ErrorKind::AlreadyExists,
        "it is there already",
    ))
}

fn link(file: &File, to: &Path) -> io::Result<()> {
    use std::os::fd::AsRawFd as _;
    let open = format!("/proc/self/fd/{}", file.as_raw_fd());
    rustix::fs::linkat(CWD, open.as_str(), CWD, to, AtFlags::SYMLINK_FOLLOW)?;
    Ok(())
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
            .permissions(std::fs::Permissions::from_mode(0o700))
            .tempdir_in(beside)?;
        // Somebody who sweeps may have been quicker.
        if let Ok(opened) = File::open(folder.path())
            && claim(&opened)
        {
            return Ok((folder, opened));
        }
    }
}
