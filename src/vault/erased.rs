//! The list of erased people next to the key (U4): a copy of the store made before the erasure brings them
//! back, and restoring one uses this list to erase them again.
//!
//! One person per line: the store's id and the account's reference, both in hexadecimal, separated by a space. Neither
//! shows who it was. The file is only ever appended to, is accessible only to its owner (0600), and is not secret.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Write as _};
use std::path::{Path, PathBuf};

use rustix::fs::{Mode, OFlags};

use crate::domain::account::AccountRef;
use crate::domain::text::{hex, unhex};

/// The file's name, in the folder of the key file.
const NAME: &str = "erased";

/// Where erased people are listed.
#[derive(Clone, Debug)]
pub struct ErasedList {
    path: PathBuf,
}

impl ErasedList {
    /// The list next to a key file.
    pub fn beside(key_file: &Path) -> Self {
        Self {
            path: key_file.with_file_name(NAME),
        }
    }

    /// The path of the list.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The lines for these people of a store.
    pub fn lines(store: &[u8; 16], erased: &[AccountRef]) -> Vec<String> {
        let store = hex(store);
        erased
            .iter()
            .map(|reference| format!("{store} {}", hex(reference)))
            .collect()
    }

    /// Appends people, in one write, and syncs. The file is created if it does not exist.
    ///
    /// # Errors
    /// An error of the operating system; a symbolic link is not followed.
    pub fn add(&self, store: &[u8; 16], erased: &[AccountRef]) -> io::Result<()> {
        let mut text = Self::lines(store, erased).join("\n");
        text.push('\n');
        let flags = OFlags::WRONLY
            | OFlags::APPEND
            | OFlags::CREATE
            | OFlags::NOFOLLOW
            | OFlags::NONBLOCK
            | OFlags::CLOEXEC;
        let mut file = File::from(rustix::fs::open(
            &self.path,
            flags,
            Mode::RUSR | Mode::WUSR,
        )?);
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("it is not a regular file"));
        }
        file.write_all(text.as_bytes())?;
        file.sync_all()
    }
}

impl ErasedList {
    /// Everybody who was erased from a store, according to this list; nobody if there is no list.
    ///
    /// # Errors
    /// An error of the operating system, or which line is unreadable: the person in it must not come
    /// back unnoticed.
    pub fn of(&self, store: &[u8; 16]) -> io::Result<BTreeSet<AccountRef>> {
        let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = match rustix::fs::open(&self.path, flags, Mode::empty()) {
            Err(rustix::io::Errno::NOENT) => return Ok(BTreeSet::new()),
            opened => File::from(opened?),
        };
        if !file.metadata()?.is_file() {
            return Err(io::Error::other("it is not a regular file"));
        }
        let mut erased = BTreeSet::new();
        for (at, line) in BufReader::new(file).lines().enumerate() {
            let line = line?;
            let (whose, who) = line
                .split_once(' ')
                .and_then(|(whose, who)| Some((unhex::<16>(whose)?, unhex(who)?)))
                .ok_or_else(|| io::Error::other(format!("line {} is unreadable", at + 1)))?;
            if whose == *store {
                erased.insert(who);
            }
        }
        Ok(erased)
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::{PermissionsExt, symlink};

    use super::*;

    #[test]
    fn lines_are_appended_and_nobody_else_reads_them() {
        let folder = tempfile::tempdir().unwrap();
        let list = ErasedList::beside(&folder.path().join("key"));
        assert_eq!(list.path(), folder.path().join("erased"));
        list.add(&[0xab; 16], &[[1; 16], [2; 16]]).unwrap();
        list.add(&[0xcd; 16], &[[3; 16]]).unwrap();
        assert_eq!(
            fs::read_to_string(list.path()).unwrap(),
            "abababababababababababababababab 01010101010101010101010101010101\n\
             abababababababababababababababab 02020202020202020202020202020202\n\
             cdcdcdcdcdcdcdcdcdcdcdcdcdcdcdcd 03030303030303030303030303030303\n"
        );
        let mode = fs::metadata(list.path()).unwrap().permissions().mode();
        assert_eq!(mode & 0o7777, 0o600);
        assert_eq!(list.of(&[0xab; 16]).unwrap(), [[1; 16], [2; 16]].into());
        assert_eq!(list.of(&[0xef; 16]).unwrap(), BTreeSet::new());
    }

    #[test]
    fn without_a_list_nobody_was_erased_and_a_damaged_one_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let list = ErasedList::beside(&folder.path().join("key"));
        assert_eq!(list.of(&[0; 16]).unwrap(), BTreeSet::new());
        list.add(&[0; 16], &[[1; 16]]).unwrap();
        let whole = fs::read_to_string(list.path()).unwrap();
        for damage in ["half", "\n", "00 11\n"] {
            fs::write(list.path(), format!("{whole}{damage}")).unwrap();
            let said = list.of(&[0; 16]).unwrap_err().to_string();
            assert_eq!(said, "line 2 is unreadable", "{damage}");
        }
    }

    #[test]
    fn a_link_or_a_folder_in_its_place_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let list = ErasedList::beside(&folder.path().join("key"));
        symlink(folder.path().join("elsewhere"), list.path()).unwrap();
        assert!(list.add(&[0; 16], &[[1; 16]]).is_err());
        assert!(!folder.path().join("elsewhere").exists());
        fs::remove_file(list.path()).unwrap();
        fs::create_dir(list.path()).unwrap();
        assert!(list.add(&[0; 16], &[[1; 16]]).is_err());
    }

    /// Waits for an answer that must not wait for anybody.
    fn at_once<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
        let (tell, told) = std::sync::mpsc::channel();
        std::thread::spawn(move || tell.send(work()));
        told.recv_timeout(std::time::Duration::from_secs(20))
            .expect("it waits for the other end of a pipe")
    }

    #[test]
    fn it_is_not_read_through_a_link_nor_from_a_pipe() {
        let folder = tempfile::tempdir().unwrap();
        let list = ErasedList::beside(&folder.path().join("key"));
        let elsewhere = folder.path().join("elsewhere");
        list.add(&[0; 16], &[[1; 16]]).unwrap();
        fs::rename(list.path(), &elsewhere).unwrap();
        symlink(&elsewhere, list.path()).unwrap();
        let error = list.of(&[0; 16]).unwrap_err();
        assert_eq!(
            error.raw_os_error(),
            Some(rustix::io::Errno::LOOP.raw_os_error())
        );

        fs::remove_file(list.path()).unwrap();
        rustix::fs::mkfifoat(rustix::fs::CWD, list.path(), Mode::RUSR | Mode::WUSR).unwrap();
        let (again, path) = (
            ErasedList::beside(&folder.path().join("key")),
            list.path().to_owned(),
        );
        let error = at_once(move || again.of(&[0; 16])).unwrap_err();
        assert_eq!(error.to_string(), "it is not a regular file");
        // Nobody reads from it, so nothing can be written either, and nobody waits.
        let again = ErasedList::beside(&folder.path().join("key"));
        let error = at_once(move || again.add(&[0; 16], &[[2; 16]])).unwrap_err();
        assert_eq!(
            error.raw_os_error(),
            Some(rustix::io::Errno::NXIO.raw_os_error())
        );
        let flags = OFlags::RDONLY | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let reader = rustix::fs::open(path, flags, Mode::empty()).unwrap();
        let error = list.add(&[0; 16], &[[2; 16]]).unwrap_err();
        assert_eq!(error.to_string(), "it is not a regular file");
        drop(reader);
    }
}
