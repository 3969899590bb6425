//! Letters as files, and in memory.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use super::*;

fn letter() -> Letter {
    let sample = Sample::new();
    compose(
        &sample.context(MailKind::Invitation),
        &Templates::builtin().unwrap(),
    )
    .unwrap()
}

fn mode(path: &Path) -> u32 {
    fs::symlink_metadata(path).unwrap().permissions().mode() & 0o7777
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_letter_becomes_a_private_file() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("a/outgoing");
    let transport = Transport::Files(FolderTransport::new(&folder));
    let receipt = transport.send(&letter(), 42).unwrap();
    let path = folder.join("0000000042-invitation.eml");
    assert_eq!(receipt.detail, format!("written to {}", path.display()));
    assert!(!receipt.leaves && !transport.leaves());
    assert_eq!(
        (mode(&folder), mode(&folder.join("..")), mode(&path)),
        (0o700, 0o700, 0o600)
    );
    assert_eq!(fs::read(&path).unwrap(), letter().bytes);
}

#[test]
fn the_same_row_writes_the_same_file_again() {
    let home = tempfile::tempdir().unwrap();
    let transport = Transport::Files(FolderTransport::new(home.path()));
    let file = home.path().join("0000000007-invitation.eml");
    fs::write(&file, "half").unwrap();
    for _ in 0..3 {
        transport.send(&letter(), 7).unwrap();
    }
    assert_eq!(names(home.path()), ["0000000007-invitation.eml"]);
    assert_eq!(fs::read(&file).unwrap(), letter().bytes);
    assert_eq!(mode(&file), 0o600, "also where another file was");
}

#[test]
fn links_are_not_followed() {
    let home = tempfile::tempdir().unwrap();
    let (real, link) = (home.path().join("real"), home.path().join("link"));
    fs::create_dir(&real).unwrap();
    symlink(&real, &link).unwrap();
    let fault = FolderTransport::new(&link).send(&letter(), 1).unwrap_err();
    assert!(
        fault.retry
            && fault
                .detail
                .ends_with("it is a symbolic link; give the folder itself"),
        "{fault}"
    );
    assert!(names(&real).is_empty());

    let dangling = home.path().join("dangling");
    symlink(home.path().join("nowhere"), &dangling).unwrap();
    let fault = FolderTransport::new(&dangling)
        .send(&letter(), 1)
        .unwrap_err();
    assert!(
        fault.retry && fault.detail.contains("symbolic link"),
        "{fault}"
    );

    let (precious, planted) = (
        home.path().join("precious"),
        real.join("0000000001-invitation.eml"),
    );
    fs::write(&precious, "precious").unwrap();
    symlink(&precious, &planted).unwrap();
    FolderTransport::new(&real).send(&letter(), 1).unwrap();
    assert_eq!(fs::read(&precious).unwrap(), b"precious");
    assert!(!fs::symlink_metadata(&planted).unwrap().is_symlink());
}

#[test]
fn a_folder_that_cannot_be_used_is_a_fault_to_try_again() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("file");
    fs::write(&file, "").unwrap();
    let cases = [
        (file.clone(), "it is a file"),
        (file.join("below"), "it is a file"),
        ("/proc/none/here".into(), ""),
        (home.path().join("x".repeat(300)), "File name too long"),
    ];
    for (folder, why) in cases {
        let fault = FolderTransport::new(&folder)
            .send(&letter(), 1)
            .unwrap_err();
        assert!(fault.retry && fault.detail.contains(why), "{fault}");
        assert!(
            fault.detail.starts_with("cannot use the folder for mail /"),
            "{fault}"
        );
    }
    let taken = home.path().join("0000000001-invitation.eml");
    fs::create_dir(&taken).unwrap();
    let fault = FolderTransport::new(home.path())
        .send(&letter(), 1)
        .unwrap_err();
    assert!(
        fault.retry && fault.detail.contains("it is a folder"),
        "{fault}"
    );
    assert_eq!(
        names(home.path()),
        ["0000000001-invitation.eml", "file"],
        "no draft is left"
    );
}

#[test]
fn a_letter_never_takes_the_place_of_a_file_that_is_kept() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("0000000001-invitation.eml");
    let mut guard = crate::files::Guard::default();
    guard.keep(&path, "the store");
    let transport = FolderTransport::new(home.path()).sparing(guard);
    for there in [false, true] {
        if there {
            fs::write(&path, "rows").unwrap();
        }
        let fault = transport.send(&letter(), 1).unwrap_err();
        assert_eq!(
            fault.detail,
            format!(
                "cannot write a mail: {} is the store and is never overwritten; set another mail.folder",
                path.display()
            )
        );
        assert!(fault.retry);
    }
    assert_eq!(fs::read_to_string(&path).unwrap(), "rows");
    transport.send(&letter(), 2).unwrap();
}

#[test]
fn memory_keeps_what_was_sent() {
    let mailbox = Mailbox::new();
    let transport = Transport::Memory(mailbox.clone());
    assert!(transport.send(&letter(), 3).unwrap().leaves);
    let got = mailbox.last_to("ada@example.com").unwrap();
    assert_eq!(
        (got.outbox_id, got.message_id.as_str()),
        (3, "<7.f00d@panel.example>")
    );
    assert_eq!(got.token().unwrap(), "adm_0123456789abcdefghjkmnpq");
    assert!(got.text().starts_with("Hello Ada Lovelace,\n") && got.html().starts_with("<!DOCTYPE"));

    let fault = DeliveryFault {
        retry: true,
        detail: "451 later".to_owned(),
    };
    mailbox.fail_with(Some(fault.clone()));
    assert_eq!(transport.send(&letter(), 4), Err(fault));
    mailbox.fail_with(None);
    transport.send(&letter(), 4).unwrap();
    assert_eq!(mailbox.drain().len(), 2);
    assert!(mailbox.letters().is_empty());
}
