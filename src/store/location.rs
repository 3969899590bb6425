//! Where a store is, and whether the file may be opened at all.

mod fuse;

use std::fs::{File, Metadata};
use std::io::ErrorKind;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::{Path, PathBuf};

use super::draft::{self, Draft};
use super::engine::{Lite, ServerUrl};
use super::fault::Fault;
use super::held::Held;
use super::schema;
use crate::files::trust::{self, Distrust};
use crate::vault::Authorities;

/// The place of a store, as `--store` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// An SQLite file.
    File(PathBuf),
    /// A PostgreSQL server.
    Server(ServerLocation),
    /// Something this version does not know, kept for the message.
    Unknown(String),
}

/// A database on a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerLocation {
    url: String,
    surroundings: Surroundings,
}

/// What a connection to a server takes from the environment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Surroundings {
    /// The user if the URL names none.
    pub user: Option<String>,
    /// Where passwords are (`PGPASSFILE`, else `~/.pgpass`).
    pub password_file: Option<PathBuf>,
    /// Who may have signed the server's certificate.
    pub authorities: Authorities,
}

impl Location {
    /// Reads a path, `sqlite:PATH`, `sqlite://PATH` or `postgres://…`.
    pub fn parse(url: &str, surroundings: &Surroundings) -> Self {
        if let Some(path) = url
            .strip_prefix("sqlite://")
            .or_else(|| url.strip_prefix("sqlite:"))
        {
            return Self::File(PathBuf::from(path));
        }
        match url.split_once("://") {
            Some(("postgres" | "postgresql", _)) => Self::Server(ServerLocation {
                url: url.to_owned(),
                surroundings: surroundings.clone(),
            }),
            Some(_) => Self::Unknown(url.to_owned()),
            None => Self::File(PathBuf::from(url)),
        }
    }

    /// Whether it is certain that there is no store: the file does not exist. A server has to be asked.
    pub fn is_missing(&self) -> bool {
        matches!(self, Self::File(path) if std::fs::symlink_metadata(path).is_err())
    }
}

/// Removes what killed processes left next to a store while creating or replacing it. A server cleans up by itself.
pub fn sweep_beside(location: &Location) {
    if let Location::File(path) = location {
        draft::sweep(&folder_of(path));
    }
}

impl ServerLocation {
    pub(super) fn read(&self) -> Result<ServerUrl, Fault> {
        ServerUrl::parse(&self.url, &self.surroundings).map_err(Fault::BadUrl)
    }
}

/// Creates the file with all its content, or not at all.
pub(super) fn create<T>(
    path: &Path,
    fill: impl FnOnce(&Path) -> Result<T, Fault>,
) -> Result<T, Fault> {
    if std::fs::symlink_metadata(path).is_ok() {
        return Err(Fault::Exists(shown(path)));
    }
    check_folder(path)?;
    let draft = Draft::new(path)?;
    let filled = fill(&draft.file())?;
    draft.publish()?;
    Ok(filled)
}

/// Refuses a folder in which another user could put a log next to a store that is about to be created there.
pub(super) fn check_folder(path: &Path) -> Result<(), Fault> {
    trust::store_folder(path).map_err(|why| distrusted(path, why))
}

fn distrusted(path: &Path, why: Distrust) -> Fault {
    Fault::Distrusted {
        place: shown(path),
        why,
    }
}

pub(super) fn new_private_file(path: &Path) -> std::io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    File::options()
        .read(true)
        .write(true)
        .create_new(true)
        .mode(0o600)
        .custom_flags(i32::try_from(rustix::fs::OFlags::NOFOLLOW.bits()).unwrap_or(0))
        .open(path)
}

pub(super) fn make_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)
}

pub(super) fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// How often a file is opened again if it was replaced while it was being opened.
const TRIES: u32 = 5;

/// Opens the file at this path after checking it without SQLite, so that foreign files are never touched.
pub(super) fn open(path: &Path, writable: bool) -> Result<Lite, Fault> {
    for _ in 0..TRIES {
        let (path, held) = checked(path)?;
        // The file that was checked is the one that is opened.
        if let Some(file) = Lite::over(&path, held, writable)? {
            return Ok(file);
        }
    }
    Err(unopenable_why(path, "it is constantly being replaced"))
}

/// Checks the file, and returns its path without symbolic links, with a hold on it.
fn checked(path: &Path) -> Result<(PathBuf, Held), Fault> {
    let metadata = std::fs::symlink_metadata(path).map_err(|e| match e.kind() {
        ErrorKind::NotFound => Fault::Missing(shown(path)),
        _ => unopenable(path, &e),
    })?;
    refuse_other_kinds(path, &metadata)?;
    let mode = metadata.mode() & 0o777;
    if mode & 0o007 != 0 {
        return Err(Fault::Open {
            place: shown(path),
            mode,
        });
    }
    let folder = folder_of(path)
        .canonicalize()
        .map_err(|e| unopenable(path, &e))?;
    trust::store(path, &metadata).map_err(|why| distrusted(path, why))?;
    refuse_network(&folder, path)?;
    let name = path
        .file_name()
        .ok_or_else(|| unopenable_why(path, "it has no file name"))?;
    let real = folder.join(name);
    let held = Held::open(&real).map_err(|e| unopenable(path, &e))?;
    check_header(path, &held)?;
    Ok((real, held))
}

fn refuse_other_kinds(path: &Path, metadata: &Metadata) -> Result<(), Fault> {
    let kind = metadata.file_type();
    let why = if kind.is_dir() {
        "it is a folder"
    } else if kind.is_symlink() {
        "it is a symbolic link; use the path of the file itself"
    } else if kind.is_fifo() || kind.is_socket() || kind.is_char_device() || kind.is_block_device()
    {
        "it is not a regular file"
    } else {
        return Ok(());
    };
    Err(unopenable_why(path, why))
}

/// SQLite's file header: the magic, and big-endian numbers at bytes 60 (`user_version`) and 68 (`application_id`)
/// (SQLite "Database File Format", §1.3).
fn check_header(path: &Path, held: &Held) -> Result<(), Fault> {
    let foreign = |why: &str| Fault::Foreign {
        place: shown(path),
        why: why.to_owned(),
    };
    let mut header = [0u8; 100];
    held.read_exact_at(&mut header, 0)
        .map_err(|e| match e.kind() {
            ErrorKind::UnexpectedEof => foreign("it is too short"),
            _ => unopenable(path, &e),
        })?;
    if !header.starts_with(b"SQLite format 3\0") {
        return Err(foreign("it is not an SQLite database"));
    }
    let number = |at: usize| {
        header[at..at + 4]
            .iter()
            .fold(0i64, |value, byte| (value << 8) | i64::from(*byte))
    };
    if number(68) != schema::APPLICATION {
        return Err(foreign("it belongs to another program"));
    }
    let found = number(60);
    if found > schema::CURRENT {
        return Err(Fault::Newer {
            place: shown(path),
            found,
            known: schema::CURRENT,
        });
    }
    if found < 1 {
        return Err(foreign("it has no schema number"));
    }
    Ok(())
}

/// Kinds of file systems on which SQLite's shared memory does not work between machines, by the magic numbers of
/// statfs(2).
const NETWORKS: [(i128, &str); 10] = [
    (0x6969, "NFS"),
    (0x517b, "SMB"),
    (0xfe53_4d42, "SMB"),
    (0xff53_4d42, "CIFS"),
    (0x0102_1997, "9p"),
    (0x5346_414f, "AFS"),
    (0x00c3_6400, "Ceph"),
    (0x0bd0_0bd0, "Lustre"),
    (0x7461_636f, "OCFS2"),
    (0x0116_1970, "GFS2"),
];

pub(super) fn refuse_network(folder: &Path, path: &Path) -> Result<(), Fault> {
    let statfs = rustix::fs::statfs(folder).map_err(|e| unopenable(path, &e.into()))?;
    let magic = i128::from(statfs.f_type) & 0xffff_ffff;
    if magic == fuse::MAGIC {
        return fuse::refuse(folder, path);
    }
    match NETWORKS.iter().find(|(number, _)| *number == magic) {
        Some((_, kind)) => Err(Fault::Network {
            place: shown(path),
            kind,
        }),
        None => Ok(()),
    }
}

pub(super) fn unopenable(path: &Path, error: &std::io::Error) -> Fault {
    match error.kind() {
        ErrorKind::StorageFull => Fault::Full(shown(path)),
        ErrorKind::ReadOnlyFilesystem => Fault::ReadOnly(shown(path)),
        _ => unopenable_why(path, &error.to_string()),
    }
}

fn unopenable_why(path: &Path, why: &str) -> Fault {
    Fault::Unopenable {
        place: shown(path),
        why: why.to_owned(),
    }
}

pub(super) fn shown(path: &Path) -> String {
    path.display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_full_disk_and_one_that_is_only_read_are_told_apart_from_the_rest() {
        let path = Path::new("/srv/admit.db");
        let says = |kind: ErrorKind| unopenable(path, &kind.into());
        assert!(
            matches!(says(ErrorKind::StorageFull), Fault::Full(place) if place == "/srv/admit.db")
        );
        assert!(
            matches!(says(ErrorKind::ReadOnlyFilesystem), Fault::ReadOnly(place) if place == "/srv/admit.db")
        );
        assert!(
            matches!(says(ErrorKind::PermissionDenied), Fault::Unopenable { place, .. } if place == "/srv/admit.db")
        );
    }
}
