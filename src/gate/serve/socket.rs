//! The file of a Unix socket.

use std::fs::{self, Permissions};
use std::io;
use std::os::unix::fs::{FileTypeExt as _, MetadataExt as _, PermissionsExt as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::{Path, PathBuf};

use rustix::fs::{FlockOperation, Mode, OFlags, flock};

use crate::files::trust;

/// Owner and group connect.
const MODE: u32 = 0o660;

/// The file of a socket on which this process listens; removed when dropped.
#[derive(Debug)]
pub struct SocketFile {
    path: PathBuf,
    file: (u64, u64),
}

/// Listens at a path. A socket that a server of this user left is replaced; anything else that is there is not touched.
///
/// # Errors
/// Why that is not possible: a sentence without a full stop.
pub fn listen(path: &Path) -> Result<(UnixListener, SocketFile), String> {
    let shown = path.display();
    let cannot = |error: io::Error| format!("cannot listen at {shown}: {error}");
    let path = std::path::absolute(path).map_err(cannot)?;
    trust::way_to(&path).map_err(|why| format!("cannot listen at {shown}: {why}"))?;
    let folder = path.parent().unwrap_or(Path::new("/"));
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let folder =
        rustix::fs::open(folder, flags, Mode::empty()).map_err(|errno| cannot(errno.into()))?;
    // Two servers that start at once must not both take the same socket for an abandoned one.
    flock(&folder, FlockOperation::LockExclusive).map_err(|errno| cannot(errno.into()))?;
    make_room(&path).map_err(|why| format!("cannot listen at {shown}: {why}"))?;
    let listener = UnixListener::bind(&path).map_err(cannot)?;
    fs::set_permissions(&path, Permissions::from_mode(MODE)).map_err(cannot)?;
    let about = path.symlink_metadata().map_err(cannot)?;
    let file = (about.dev(), about.ino());
    Ok((listener, SocketFile { path, file }))
}

/// Removes a socket that nobody listens at, if it is ours.
fn make_room(path: &Path) -> Result<(), String> {
    let about = match path.symlink_metadata() {
        Ok(about) => about,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(error.to_string()),
    };
    if about.file_type().is_symlink() {
        return Err("it is a symbolic link".into());
    }
    if !about.file_type().is_socket() {
        return Err("a file that is not a socket has this name".into());
    }
    if about.uid() != rustix::process::geteuid().as_raw() {
        return Err("the socket there belongs to another user".into());
    }
    match UnixStream::connect(path) {
        Err(error) if error.kind() == io::ErrorKind::ConnectionRefused => {
            fs::remove_file(path).map_err(|error| error.to_string())
        }
        Err(error) => Err(error.to_string()),
        Ok(_) => Err("another server is listening there".into()),
    }
}

impl Drop for SocketFile {
    fn drop(&mut self) {
        let about = self.path.symlink_metadata();
        if about.is_ok_and(|about| (about.dev(), about.ino()) == self.file) {
            fs::remove_file(&self.path).ok();
        }
    }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn a_socket_is_for_owner_and_group_and_goes_with_its_server() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gate");
        let (listener, file) = listen(&path).unwrap();
        assert_eq!(path.metadata().unwrap().mode() & 0o777, MODE);
        let refused = listen(&path).unwrap_err();
        assert!(
            refused.ends_with("another server is listening there"),
            "{refused}"
        );
        drop((listener, file));
        assert!(!path.exists());
    }

    #[test]
    fn an_abandoned_socket_is_replaced_and_nothing_else() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gate");
        drop(UnixListener::bind(&path).unwrap());
        let (_listener, file) = listen(&path).unwrap();
        // Another has its name by now: it stays.
        fs::remove_file(&path).unwrap();
        fs::write(&path, "x").unwrap();
        drop(file);
        let refused = listen(&path).unwrap_err();
        assert!(
            refused.ends_with("a file that is not a socket has this name"),
            "{refused}"
        );
        let link = folder.path().join("link");
        symlink(folder.path().join("nowhere"), &link).unwrap();
        assert!(
            listen(&link)
                .unwrap_err()
                .ends_with("it is a symbolic link")
        );
        assert_eq!(fs::read(&path).unwrap(), b"x");
    }

    #[test]
    fn where_anybody_can_write_nobody_listens() {
        let folder = tempfile::tempdir().unwrap();
        fs::set_permissions(folder.path(), Permissions::from_mode(0o777)).unwrap();
        assert!(listen(&folder.path().join("gate")).is_err());
        assert!(listen(&folder.path().join("missing/gate")).is_err());
    }
}
