//! The place of a store, as it is kept next to the key.

use std::ffi::OsStr;
use std::os::unix::ffi::OsStrExt as _;
use std::path::{Path, PathBuf};

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, percent_encode};
use sha2::{Digest as _, Sha256};

use crate::domain::text::hex;

/// Bytes for it in an entry.
const ROOM: usize = 318;
/// What is escaped in its word.
const ODD: &AsciiSet = &CONTROLS.add(b' ').add(b'%');

/// Where a store is: a file, or a database on a server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// One word: a path, a URL, `#` and a digest if that is too long, or `-` if unknown.
    pub(super) word: String,
    /// Device and inode of a file.
    pub(super) file: Option<(u64, u64)>,
}

impl Place {
    /// A file: its absolute path without symbolic links, with its device and inode if it exists.
    pub fn of_file(path: &Path, file: Option<(u64, u64)>) -> Self {
        Self {
            word: word(path.as_os_str().as_bytes()),
            file,
        }
    }

    /// A database on a server: a URL without user and parameters.
    pub fn of_server(url: &str) -> Self {
        Self {
            word: word(url.as_bytes()),
            file: None,
        }
    }

    /// The place in an entry of the first format.
    pub(super) fn unknown() -> Self {
        Self {
            word: "-".into(),
            file: None,
        }
    }

    /// Whether it is a file.
    pub fn is_file(&self) -> bool {
        self.word.starts_with('/')
    }

    /// Whether both have the same name.
    pub fn has_name_of(&self, other: &Self) -> bool {
        self.word == other.word
    }

    /// Whether both are the same file, whatever its name.
    pub fn is_file_of(&self, other: &Self) -> bool {
        self.file.is_some() && self.file == other.file
    }

    /// Whether a store may still exist there. Unknown for a server, and for a path that was too long to keep;
    /// unknown for an entry of the first format.
    pub fn may_exist(&self) -> bool {
        match self.path() {
            Some(path) => path.symlink_metadata().is_ok_and(|about| about.is_file()),
            None => self.word != "-",
        }
    }

    fn path(&self) -> Option<PathBuf> {
        let bytes: Vec<u8> = percent_decode_str(&self.word).collect();
        self.is_file()
            .then(|| PathBuf::from(OsStr::from_bytes(&bytes)))
    }

    /// For people; nothing if unknown.
    pub fn shown(&self) -> Option<String> {
        match self.word.as_bytes().first() {
            Some(b'-' | b'#') | None => None,
            _ => Some(
                percent_decode_str(&self.word)
                    .decode_utf8_lossy()
                    .into_owned(),
            ),
        }
    }
}

fn word(bytes: &[u8]) -> String {
    let word = percent_encode(bytes, ODD).to_string();
    if word.len() <= ROOM {
        return word;
    }
    format!("#{}", hex(&<[u8; 32]>::from(Sha256::digest(bytes))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_one_word_from_which_its_name_comes_back() {
        for name in ["/srv/admit.db", "/srv/a b%20/\u{e9}\n", "/"] {
            let place = Place::of_file(Path::new(name), Some((1, 2)));
            assert!(!place.word.contains([' ', '\n']), "{}", place.word);
            assert_eq!(place.shown().unwrap(), name);
            assert!(place.is_file());
        }
        let odd = Path::new(OsStr::from_bytes(b"/\xff"));
        assert_eq!(Place::of_file(odd, None).path().unwrap(), odd);
        let server = Place::of_server("postgres://db.example.com/panel");
        assert_eq!(server.shown().unwrap(), "postgres://db.example.com/panel");
        assert!(!server.is_file() && server.may_exist());
        // Too long to be kept: it is still told from others.
        let long =
            |end: &str| Place::of_file(Path::new(&format!("/{}{end}", "x".repeat(ROOM))), None);
        assert!(long("a").has_name_of(&long("a")) && !long("a").has_name_of(&long("b")));
        assert!(long("a").word.len() <= ROOM);
        assert_eq!(long("a").shown(), None);
        assert!(long("a").may_exist());
        assert!(!Place::unknown().may_exist() && Place::unknown().shown().is_none());
    }

    #[test]
    fn only_a_file_at_its_path_may_exist() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store");
        let place = Place::of_file(&path, Some((1, 2)));
        assert!(!place.may_exist());
        std::fs::create_dir(&path).unwrap();
        assert!(!place.may_exist());
        std::fs::remove_dir(&path).unwrap();
        std::fs::write(&path, "").unwrap();
        assert!(place.may_exist());
        let elsewhere = Path::new("/elsewhere");
        assert!(place.is_file_of(&Place::of_file(elsewhere, Some((1, 2)))));
        assert!(!place.is_file_of(&Place::of_file(elsewhere, Some((1, 3)))));
        let unknown = Place::of_file(elsewhere, None);
        assert!(!unknown.is_file_of(&unknown));
    }
}
