//! Messages as files, if no mail server is configured.

use std::fs::{DirBuilder, File};
use std::io::Write;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::fs::DirBuilderExt;
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};

use rustix::fs::{AtFlags, Mode, OFlags};
use rustix::io::Errno;

use super::delivery_receipt::{DeliveryFault, DeliveryReceipt};
use super::kind::MailKind;
use super::letter::Letter;
use super::sms::TextMessage;
use crate::files::Guard;
use crate::files::unfinished;

/// Numbers the temporary files of this process.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// Writes each message to its own file, named after its outbox row.
///
/// A file appears complete or not at all: it is written under a temporary name and renamed. Nothing is synced
/// to the disk, so that 10,000 messages take a second and not minutes: anything lost in a power cut is also
/// in the outbox, and `admit mail send` writes the same file again. Links are never followed, neither at the
/// folder nor in it.
#[derive(Clone, Debug)]
pub struct FolderTransport {
    folder: PathBuf,
    guard: Guard,
}

impl FolderTransport {
    /// Messages go to `folder`, which is created (0700) with the first one if it is missing.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        Self {
            folder: folder.into(),
            guard: Guard::default(),
        }
    }

    /// No message replaces a file that this guard protects, whatever the folder and the file are called.
    #[must_use]
    pub fn sparing(self, guard: Guard) -> Self {
        Self { guard, ..self }
    }

    pub(super) fn send(
        &self,
        letter: &Letter,
        outbox_id: i64,
    ) -> Result<DeliveryReceipt, DeliveryFault> {
        self.write(&file_name(letter.kind, outbox_id, "eml"), &letter.bytes)
    }

    /// What a program would get: the number, then the text.
    pub(super) fn send_sms(
        &self,
        message: &TextMessage,
        outbox_id: i64,
    ) -> Result<DeliveryReceipt, DeliveryFault> {
        let bytes = message.to_bytes();
        self.write(&file_name(message.kind, outbox_id, "txt"), bytes.as_bytes())
    }

    fn write(&self, name: &str, bytes: &[u8]) -> Result<DeliveryReceipt, DeliveryFault> {
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
        Ok(DeliveryReceipt {
            detail: format!("written to {}", path.display()),
            leaves: false,
        })
    }

    /// Removes what killed processes left in the folder while writing: such a file contains a token.
    pub fn sweep(&self) {
        unfinished::sweep(&self.folder, is_draft);
    }

    /// Keeps the folder itself open, so that it cannot be replaced between two steps.
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
            Errno::NOTDIR | Errno::EXIST => "it is a file".to_owned(),
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

/// Whether a name is one that [`put`] makes: `.0000000001-invitation.eml.4242-0`.
fn is_draft(name: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|c| c.is_ascii_digit());
    let parts = || {
        let (letter, unique) = name.strip_prefix('.')?.rsplit_once('.')?;
        let (process, number) = unique.split_once('-')?;
        let (letter, ending) = letter.rsplit_once('.')?;
        let (row, kind) = letter.split_once('-')?;
        let kind = kind.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-');
        let named = digits(row) && row.len() >= 10 && kind && ["eml", "txt"].contains(&ending);
        Some(named && digits(process) && digits(number))
    };
    parts().unwrap_or(false)
}

/// Writes and renames; leaves nothing behind on failure.
fn put(folder: &OwnedFd, name: &str, bytes: &[u8]) -> Result<(), Errno> {
    let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mode = Mode::RUSR | Mode::WUSR;
    let (draft, file) = loop {
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let draft = format!(".{name}.{}-{number}", std::process::id());
        match rustix::fs::openat(folder.as_fd(), &draft, flags, mode) {
            // Left by an earlier process with this id, and not swept yet.
            Err(Errno::EXIST) => {}
            opened => {
                let file = File::from(opened?);
                if unfinished::claim(&file) {
                    break (draft, file);
                }
                rustix::fs::unlinkat(folder, &draft, AtFlags::empty()).ok();
            }
        }
    };
    let mut file = file;
    // It is closed, and with that no longer locked, when it has its name.
    let written = file
        .write_all(bytes)
        .map_err(|error| Errno::from_io_error(&error).unwrap_or(Errno::IO))
        .and_then(|()| rustix::fs::renameat(folder, &draft, folder, name));
    if written.is_err() {
        // The message stays in the outbox either way; a second error here would only hide the first.
        rustix::fs::unlinkat(folder, &draft, AtFlags::empty()).ok();
    }
    written
}

fn words(error: Errno) -> String {
    match error {
        Errno::NOSPC | Errno::DQUOT => "the disk is full".to_owned(),
        Errno::ACCESS | Errno::PERM => "no permission".to_owned(),
        Errno::ROFS => "the file system is read-only".to_owned(),
        Errno::ISDIR => "it is a folder".to_owned(),
        error => std::io::Error::from(error).to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_letter_in_the_making_is_swept() {
        let folder = tempfile::tempdir().unwrap();
        let transport = FolderTransport::new(folder.path());
        let opened = transport.open().unwrap();
        put(&opened, "0000000001-invitation.eml", b"whole").unwrap();
        let ours = [
            ".0000000002-invitation.eml.4242-0",
            ".12345678901-sms-code.txt.1-17",
        ];
        let theirs = [
            ".0000000002-invitation.eml",
            ".0000000002-invitation.eml.4242",
            ".0000000002-invitation.pdf.4242-0",
            ".2-invitation.eml.4242-0",
            ".note.eml.4242-0",
            "0000000002-invitation.eml.4242-0",
        ];
        for name in ours.iter().chain(&theirs) {
            std::fs::write(folder.path().join(name), "adm_i_").unwrap();
        }
        transport.sweep();
        let left: Vec<_> = std::fs::read_dir(folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        assert_eq!(left.len(), 1 + theirs.len(), "{left:?}");
        assert!(!ours.iter().any(|name| left.contains(&(*name).to_owned())));
        FolderTransport::new(folder.path().join("missing")).sweep();
        assert!(!folder.path().join("missing").exists());
    }

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
