//! Why a key file was not read or not created.

use std::io;
use std::path::PathBuf;

use crate::files::trust::Distrust;
use crate::vault::keyring::KeyTextError;
use crate::vault::quote::quoted;

/// Why a key file was not read or not created. Each message says what to do; paths are quoted for a shell.
#[derive(Debug, thiserror::Error)]
pub enum KeyFileError {
    /// The file (or its folder) does not exist.
    #[error("there is no key file at {}", quoted(path))]
    Missing {
        /// The path that was tried.
        path: PathBuf,
    },
    /// It is a symbolic link.
    #[error(
        "the key file {} is a symbolic link; use the path of the file itself",
        quoted(path)
    )]
    Symlink {
        /// The link.
        path: PathBuf,
    },
    /// It is a folder, a pipe, a device or a socket.
    #[error("the key file {} is not a regular file", quoted(path))]
    NotRegular {
        /// The path of what is not a file.
        path: PathBuf,
    },
    /// Its group or everybody has some permission for it.
    #[error(
        "the key file {0} is open to other users (mode {mode:04o}); run `chmod 600 {0}`",
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
        "the key file {0} belongs to user id {owner}, not to {user}; run `chown {user} {0}`",
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
    /// There is a file, but its content is not a key ring.
    #[error(
        "the key file {} cannot be used: {fault}; restore it from your backup copy",
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
        "the key file {} is full; remove keys that are no longer needed, and keep a copy of them",
        quoted(path)
    )]
    Full {
        /// The file.
        path: PathBuf,
    },
    /// No key can be added to it. It is unchanged.
    #[error(
        "cannot add a key to the key file {}: {source}; the whole file is replaced, so its folder must be writable",
        quoted(path)
    )]
    Fixed {
        /// The file.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
    /// It has the name of a list that is kept next to every key.
    #[error(
        "the key file cannot be named {}: admit uses that name for a list next to the key",
        quoted(path)
    )]
    Reserved {
        /// The file.
        path: PathBuf,
    },
    /// Another user could replace it, or one of the lists next to it.
    #[error("the key file {} is not trusted: {why}", quoted(path))]
    Exposed {
        /// The file.
        path: PathBuf,
        /// Why it is not trusted.
        why: Distrust,
    },
    /// The operating system reported an error.
    #[error("cannot {action} {}: {source}", quoted(path))]
    Io {
        /// What was attempted: "read the key file", "create the key file" …
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The error of the operating system.
        source: io::Error,
    },
}
