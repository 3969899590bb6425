//! Letters as files, where no mail server is configured.

use std::fs::{DirBuilder, File};
use std::io::Write;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::fs::{AtFlags, Mode, OFlags};
use rustix::io::Errno;

use super::kind::MailKind;
use super::letter::Letter;
use super::receipt::{DeliveryFault, Receipt};
use super::sms::TextMessage;
use crate::files::Guard;

/// Numbers the temporary files of this process.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// Writes each letter to a file of its own, named after its outbox row.
///
/// A file appears whole or not at all: it is written under a temporary name and renamed. Nothing is synced to the
/// disk, so that 10,000 letters take a second and not minutes: whatever a power cut takes is also in the outbox,
/// and `admit mail send` writes the same file again. Links are never followed, neither at the folder nor in it.
#[derive(Clone, Debug)]
pub struct FolderTransport {
    folder: PathBuf,
    guard: Guard,
}

impl FolderTransport {
    /// Letters go into `folder`, which the first one makes (0700) if it is missing.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            guard: Guard::default(),
        }
    }

    /// No letter takes the place of a file that this guard keeps, whatever the folder and the file are called.
    #[must_use]
    pub fn sparing(self, guard: Guard) -> Self {
        Self { guard, ..self }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file for a letter: the row's number, so that they sort, and the kind.
    pub fn path_for(&self, letter: &Letter, outbox_id: i64) -> PathBuf {
        self.folder.join(file_name(letter.kind, outbox_id, "eml"))
    }

    pub(super) fn send(&self, letter: &Letter, outbox_id: i64) -> Result<Receipt, DeliveryFault> {
        self.write(&file_name(letter.kind, outbox_id, "eml"), &letter.bytes)
    }

    /// What a program would get: the number, then the text.
    pub(super) fn send_sms(
        &self,
        message: &TextMessage,
        outbox_id: i64,
    ) -> Result<Receipt, DeliveryFault> {
        let bytes = message.to_bytes();
        self.write(&file_name(message.kind, outbox_id, "txt"), bytes.as_bytes())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<Receipt, DeliveryFault> {
        let folder = self.open().map_err(|error| self.fault(error))?;
        let path = self.folder.join(name);
        self.guard.place(&path).map_err(|guarded| DeliveryFault {
            retry: true,
            detail: format!("cannot write a mail: {guarded}; set another mail.folder"),
        })?;
        put(&folder, name, bytes).map_err(|error| DeliveryFault {
            retry: true,
            detail: format!("cannot write {}: {}", path.display(), words(error)),
        })?;
        Ok(Receipt {
            detail: format!("written to {}", path.display()),
            leaves: false,
        })
    }

    /// Holds on to the folder itself, so that it cannot be exchanged between two steps.
    fn open(&self) -> Result<OwnedFd, Errno> {
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
        let open = || rustix::fs::open(&self.folder, flags, Mode::empty());
        match open() {
            Err(Errno::NOENT) => {}
            done => return done,
        }
        let made = DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(&self.folder);
        made.map_err(|error| Errno::from_io_error(&error).unwrap_or(Errno::IO))?;
        open()
    }

    fn fault(&self, error: Errno) -> DeliveryFault {
        let link = self
            .folder
            .symlink_metadata()
            .is_ok_and(|found| found.is_symlink());
        let why = match error {
            Errno::NOTDIR | Errno::LOOP | Errno::EXIST if link => {
                "it is a symbolic link; give the folder itself".to_owned()
            }
            Errno::NOTDIR | Errno::EXIST => "there is a file in its place".to_owned(),
            error => words(error),
        };
        DeliveryFault {
            retry: true,
            detail: format!(
                "cannot use the folder for mail {}: {why}",
                self.folder.display()
            ),
        }
    }
}

fn file_name(kind: MailKind, outbox_id: i64, ending: &str) -> String {
    let kind: String = kind
        .as_str()
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '-')
        .collect();
    format!("{outbox_id:010}-{kind}.{ending}")
}

/// Writes and renames; leaves nothing behind when it fails.
fn put(folder: &OwnedFd, name: &str, bytes: &[u8]) -> Result<(), Errno> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mode = Mode::RUSR | Mode::WUSR;
    let (draft, file) = loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let draft = format!(".{name}.{}-{number}", std::process::id());
        match rustix::fs::openat(folder.as_fd(), &draft, flags, mode) {
            // What an earlier process with this number left behind: it stays, the next name is taken.
            Err(Errno::EXIST) => {}
            opened => break (draft, opened?),
        }
    };
    let written = File::from(file)
        .write_all(bytes)
        .map_err(|error| Errno::from_io_error(&error).unwrap_or(Errno::IO))
        .and_then(|()| rustix::fs::renameat(folder, &draft, folder, name));
    if written.is_err() {
        // The letter stays in the outbox either way; a second fault here would only hide the first.
        rustix::fs::unlinkat(folder, &draft, AtFlags::empty()).ok();
    }
    written
}

fn words(error: Errno) -> String {
    match error {
        Errno::NOSPC | Errno::DQUOT => "the disk is full".to_owned(),
        Errno::ACCESS | Errno::PERM => "no permission".to_owned(),
        Errno::ROFS => "the file system is read-only".to_owned(),
        Errno::ISDIR => "there is a folder in its place".to_owned(),
        error => std::io::Error::from(error).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_told_in_words() {
        let transport = FolderTransport::new("/var/mail/out");
        let cases = [
            (Errno::NOSPC, "the disk is full"),
            (Errno::ACCESS, "no permission"),
            (Errno::ROFS, "the file system is read-only"),
        ];
        for (error, why) in cases {
            let fault = transport.fault(error);
            assert!(fault.retry);
            assert_eq!(
                fault.detail,
                format!("cannot use the folder for mail /var/mail/out: {why}")
            );
        }
    }
}
