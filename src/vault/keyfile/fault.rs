//! Why a key file was not read or not created.

use std::io;
use std::path::PathBuf;

use crate::files::trust::Distrust;
use crate::vault::keyring::KeyTextError;
use crate::vault::quote::quoted;

/// Why a key file was not read or not created. Each says what to do; paths are quoted for
/// a shell.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// There is no such file (or no such folder).
    #[error("there is no key file at {}", quoted(path))]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// It is a symbolic link.
    #[error(
        "the key file {} is a symbolic link: name the file itself",
        quoted(path)
    )]
    Symlink {
        /// The link.
        path: PathBuf,
    },
    /// It is a folder, a pipe, a device or a socket.
    #[error("the key file {} is not a regular file", quoted(path))]
    NotRegular {
        /// What is no file.
        path: PathBuf,
    },
    /// Its group or everybody has some permission on it.
    #[error(
        "the key file {0} is open to others (mode {mode:04o}): chmod 600 {0}",
        quoted(path)
    )]
    OpenToOthers {
        /// The file.
        path: PathBuf,
        /// Its permission bits.
        mode: u32,
    },
    /// It belongs neither to the user of this process nor to root.
    #[error(
        "the key file {0} belongs to user id {owner}, not to {user}: chown {user} {0}",
        quoted(path)
    )]
    NotOwned {
        /// The file.
        path: PathBuf,
        /// The user id that owns it.
        owner: u32,
        /// The effective user id of this process.
        user: u32,
    },
    /// There is a file, but its content is no key ring.
    #[error(
        "the key file {} cannot be used: {fault}; put the copy back that was kept of it",
        quoted(path)
    )]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong with the text.
        fault: KeyTextError,
    },
    /// There is no room for one more key.
    #[error(
        "the key file {} is full: take out keys that nothing needs any more, and keep a copy of them",
        quoted(path)
    )]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// No key can be added to it. It is as it was.
    #[error(
        "no key can be added to the key file {}: {source}; it is replaced as a whole, so its folder must be writable",
        quoted(path)
    )]
    Fixed {
        /// The file.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
    /// It has the name of a list that is kept beside every key.
    #[error(
        "the key file cannot be called {}: beside a key that is the name of a list which admit writes",
        quoted(path)
    )]
    Reserved {
        /// The file.
        path: PathBuf,
    },
    /// Somebody else could exchange it, or put one of the lists beside it there.
    #[error("the key file {} is not trusted: {why}", quoted(path))]
    Exposed {
        /// The file.
        path: PathBuf,
        /// In which folder.
        why: Distrust,
    },
    /// The operating system refused something.
    #[error("cannot {action} {}: {source}", quoted(path))]
    Io {
        /// What was tried: "read the key file", "create the key file" …
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: io::Error,
    },
}
