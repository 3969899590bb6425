//! What is not a store of ours is refused, and left as it was.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::Command;

use admit::store::{Done, Fault, Location, Store};
use admit::vault::{Entropy, KeyRing, Vault};

use crate::support::bench_store::{ADA, Lab, START, at, operator};

fn private(path: &Path) {
    fs::set_permissions(path, fs::Permissions::from_mode(0o600)).unwrap();
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

/// Opens what must be refused, twice, and says why it was.
fn fault(lab: &Lab, path: &Path) -> Fault {
    assert!(
        lab.open(path, false).is_err(),
        "{} was opened for reading",
        path.display()
    );
    lab.open(path, true)
        .err()
        .unwrap_or_else(|| panic!("{} was opened", path.display()))
}

/// A closed copy of a store with somebody in it, changed by `change`.
fn copy(lab: &mut Lab, change: impl FnOnce(&rusqlite::Connection)) -> std::path::PathBuf {
    lab.place.empty_log();
    let path = lab.folder.path().join("copy.db");
    fs::copy(lab.path(), &path).unwrap();
    private(&path);
    {
        let connection = rusqlite::Connection::open(&path).unwrap();
        connection
            .execute_batch("pragma journal_mode = delete")
            .unwrap();
        change(&connection);
    }
    path
}

#[test]
fn what_is_no_regular_file_is_refused() {
    let lab = Lab::new();
    let folder = lab.folder.path();
    let missing = folder.join("missing.db");
    assert!(matches!(fault(&lab, &missing), Fault::Missing(_)));
    assert!(!missing.exists());
    assert!(matches!(
        fault(&lab, &folder.join("no/such/folder.db")),
        Fault::Missing(_)
    ));

    assert!(matches!(fault(&lab, folder), Fault::Unopenable { .. }));
    symlink(lab.path(), folder.join("link.db")).unwrap();
    assert!(matches!(
        fault(&lab, &folder.join("link.db")),
        Fault::Unopenable { .. }
    ));
    symlink(&missing, folder.join("dangling.db")).unwrap();
    assert!(matches!(
        fault(&lab, &folder.join("dangling.db")),
        Fault::Unopenable { .. }
    ));

    let fifo = folder.join("fifo.db");
    assert!(
        Command::new("mkfifo")
            .arg(&fifo)
            .status()
            .unwrap()
            .success()
    );
    private(&fifo);
    assert!(matches!(fault(&lab, &fifo), Fault::Unopenable { .. }));
    assert!(matches!(
        fault(&lab, Path::new("/dev/null")),
        Fault::Unopenable { .. }
    ));
}

#[test]
fn a_store_is_not_made_over_anything_that_is_there() {
    let folder = tempfile::tempdir().unwrap();
    let make = |path: &Path| {
        let entropy = Entropy::seeded(5);
        let ring = KeyRing::generate(&entropy).unwrap();
        Store::create(
            &Location::File(path.to_owned()),
            Vault::new(ring, entropy),
            &operator(),
            at(START),
        )
        .err()
    };
    let file = folder.path().join("file");
    fs::write(&file, "mine").unwrap();
    let dangling = folder.path().join("dangling");
    symlink(folder.path().join("target"), &dangling).unwrap();
    let inner = folder.path().join("folder");
    fs::create_dir(&inner).unwrap();
    for path in [&file, &dangling, &inner] {
        assert!(
            matches!(make(path), Some(Fault::Exists(_))),
            "{}",
            path.display()
        );
    }
    assert_eq!(fs::read(&file).unwrap(), b"mine");
    assert!(!folder.path().join("target").exists());
    assert!(matches!(
        make(&file.join("below")),
        Some(Fault::Unopenable { .. } | Fault::Exists(_))
    ));
}

#[test]
fn files_of_other_kinds_are_refused_and_left_as_they_were() {
    let lab = Lab::new();
    let path = lab.folder.path().join("other.db");
    let header = |id: u32| {
        let mut header = vec![0u8; 4096];
        header[..16].copy_from_slice(b"SQLite format 3\0");
        header[68..72].copy_from_slice(&id.to_be_bytes());
        header
    };
    for content in [
        Vec::new(),
        b"x".to_vec(),
        b"dear diary, today nothing happened\n".repeat(100),
        vec![0; 8192],
        header(0),
        header(0x6164_6d74),
        b"SQLite format 3\0".to_vec(),
    ] {
        fs::write(&path, &content).unwrap();
        private(&path);
        let fault = fault(&lab, &path);
        assert!(matches!(fault, Fault::Foreign { .. }), "{fault}");
        assert_eq!(fs::read(&path).unwrap(), content);
        assert!(!lab.folder.path().join("other.db-journal").exists());
    }
}

#[test]
fn the_database_of_another_program_is_refused_and_left_as_it_was() {
    let lab = Lab::new();
    let path = lab.folder.path().join("other.db");
    rusqlite::Connection::open(&path)
        .unwrap()
        .execute_batch("create table store (id integer); pragma user_version = 1;")
        .unwrap();
    private(&path);
    let before = fs::read(&path).unwrap();
    assert!(matches!(fault(&lab, &path), Fault::Foreign { .. }));
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_newer_schema_is_refused_and_the_file_stays_byte_for_byte() {
    let mut lab = Lab::new();
    let path = copy(&mut lab, |raw| {
        raw.execute_batch("pragma user_version = 999").unwrap();
    });
    let before = fs::read(&path).unwrap();
    let fault = fault(&lab, &path);
    assert!(
        matches!(
            fault,
            Fault::Newer {
                found: 999,
                known: 3,
                ..
            }
        ),
        "{fault}"
    );
    assert!(fault.to_string().contains("schema 999"), "{fault}");
    assert_eq!(fs::read(&path).unwrap(), before);
    let path = copy(&mut lab, |raw| {
        raw.execute_batch("pragma user_version = 0").unwrap();
    });
    assert!(matches!(self::fault(&lab, &path), Fault::Foreign { .. }));
}

#[test]
fn a_planted_or_missing_part_of_the_structure_is_refused() {
    let mut lab = Lab::new();
    lab.member(ADA);
    let unchanged = copy(&mut lab, |_| {});
    assert!(lab.open(&unchanged, true).is_ok(), "the copy itself opens");
    for planted in [
        "create trigger spy after insert on account begin update account set streak = 0; end",
        "create trigger spy before insert on audit begin select raise(ignore); end",
        "create view everybody as select * from account",
        "create table extra (id integer primary key) strict",
        "create index extra on account (name)",
        "create unique index extra on link (account_id)",
        "create virtual table extra using fts5(text)",
        "alter table account add column extra text",
        "alter table account rename column name to nick",
        "drop trigger audit_never_updated",
        "drop trigger audit_never_deleted",
        "drop index account_locked",
        "drop table backup_code",
        "drop trigger audit_never_deleted; \
         create trigger audit_never_deleted before delete on audit begin select 1; end",
        "analyze; drop index outbox_failed",
    ] {
        let path = copy(&mut lab, |raw| raw.execute_batch(planted).unwrap());
        let before = fs::read(&path).unwrap();
        let fault = fault(&lab, &path);
        assert!(matches!(fault, Fault::Foreign { .. }), "{planted}: {fault}");
        assert_eq!(fs::read(&path).unwrap(), before, "{planted}");
    }
}

#[test]
fn a_store_without_its_birth_record_is_refused() {
    let mut lab = Lab::new();
    let path = copy(&mut lab, |raw| {
        raw.execute("delete from store", []).unwrap();
    });
    assert!(matches!(fault(&lab, &path), Fault::Other(_)));
}

#[test]
fn a_file_that_others_can_reach_is_refused() {
    let mut lab = Lab::new();
    let path = copy(&mut lab, |_| {});
    for bits in [0o604, 0o602, 0o601, 0o644, 0o666, 0o607] {
        fs::set_permissions(&path, fs::Permissions::from_mode(bits)).unwrap();
        let fault = fault(&lab, &path);
        assert!(
            matches!(fault, Fault::Open { mode, .. } if mode == bits),
            "{bits:o}: {fault}"
        );
        assert_eq!(mode(&path), bits);
    }
    for bits in [0o600, 0o660] {
        fs::set_permissions(&path, fs::Permissions::from_mode(bits)).unwrap();
        assert!(lab.open(&path, true).is_ok(), "{bits:o}");
    }
}

#[test]
fn every_file_is_private() {
    let mut lab = Lab::new();
    lab.member(ADA);
    let mut seen = 0;
    for entry in fs::read_dir(lab.folder.path()).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0o600, "{}", path.display());
        seen += 1;
    }
    assert_eq!(seen, 3, "the file, its log and its shared memory");
}

/// The umask is the whole process's, and other tests make folders meanwhile: so it is set for another process.
#[test]
fn every_file_is_private_whatever_the_umask() {
    let tests = std::env::current_exe().unwrap();
    for mask in ["022", "000", "077"] {
        let run = Command::new("sh")
            .args([
                "-c",
                "umask $1; exec \"$0\" --exact file_only::opening::every_file_is_private",
            ])
            .arg(&tests)
            .arg(mask)
            .output()
            .unwrap();
        let says = String::from_utf8_lossy(&run.stdout);
        assert!(
            run.status.success() && says.contains("1 passed"),
            "umask {mask}: {says}"
        );
    }
}

/// Somebody who may write to the folder of a store puts a log there, which SQLite would play into it.
#[test]
fn a_planted_log_is_not_played() {
    use std::os::unix::fs::chown;
    let mut lab = Lab::new();
    lab.member(ADA);
    let victim = copy(&mut lab, |_| {});
    let before = fs::read(&victim).unwrap();
    // A log of the same database that renames everybody: made in a copy elsewhere, and taken while it is open.
    let elsewhere = tempfile::tempdir().unwrap();
    let twin = elsewhere.path().join("twin.db");
    fs::copy(&victim, &twin).unwrap();
    let raw = rusqlite::Connection::open(&twin).unwrap();
    raw.execute_batch("pragma journal_mode = wal; update account set name = 'Mallory'")
        .unwrap();
    let planted = PathBuf::from(format!("{}-wal", victim.display()));
    let plant = || {
        fs::copy(elsewhere.path().join("twin.db-wal"), &planted).unwrap();
        fs::set_permissions(&planted, fs::Permissions::from_mode(0o600)).unwrap();
    };

    plant();
    chown(&planted, Some(1), Some(1)).unwrap();
    let fault = fault(&lab, &victim);
    assert!(matches!(fault, Fault::Distrusted { .. }), "{fault}");
    assert!(
        fault
            .to_string()
            .contains("belongs to daemon, not to root, and would be read into the store"),
        "{fault}"
    );
    fs::remove_file(&planted).unwrap();

    // One that looks like ours, in a folder where others may write.
    let folder = victim.parent().unwrap();
    for (mode, why) in [
        (0o777, "other users can write to the folder"),
        (0o1777, "other users can write to the folder"),
    ] {
        plant();
        fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
        let fault = self::fault(&lab, &victim);
        assert!(
            matches!(fault, Fault::Distrusted { .. }) && fault.to_string().contains(why),
            "{fault}"
        );
        assert!(planted.exists());
        fs::set_permissions(folder, fs::Permissions::from_mode(0o700)).unwrap();
    }
    assert_eq!(fs::read(&victim).unwrap(), before);

    // The control: without these looks it would have been.
    let played = rusqlite::Connection::open(&victim).unwrap();
    let name: String = played
        .query_row("select name from account", [], |row| row.get(0))
        .unwrap();
    assert_eq!(name, "Mallory");
}

/// Root may write everything, so this test runs itself again as a user who may not.
#[test]
fn what_cannot_be_written_says_so_and_stays_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
    if rustix::process::geteuid().is_root() {
        use std::os::unix::process::CommandExt;
        let binary = folder.path().join("it");
        fs::copy(std::env::current_exe().unwrap(), &binary).unwrap();
        fs::set_permissions(&binary, fs::Permissions::from_mode(0o755)).unwrap();
        let name = "file_only::opening::what_cannot_be_written_says_so_and_stays_as_it_was";
        let run = Command::new(&binary)
            .args(["--exact", name])
            .uid(65_534)
            .gid(65_534)
            .output()
            .unwrap();
        let says = String::from_utf8_lossy(&run.stdout);
        assert!(run.status.success() && says.contains("1 passed"), "{says}");
        return;
    }
    let mut lab = Lab::new();
    lab.member(ADA);
    let path = copy(&mut lab, |_| {});
    let inner = lab.folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    fs::rename(&path, inner.join("store.db")).unwrap();
    let path = inner.join("store.db");
    let before = fs::read(&path).unwrap();
    let change = |lab: &Lab| {
        let mut store = lab.open(&path, true)?;
        store.change(|tx| tx.add_panel("second", at(START)).map(Done::unrecorded))
    };

    fs::set_permissions(&path, fs::Permissions::from_mode(0o400)).unwrap();
    let fault = change(&lab).unwrap_err();
    assert!(
        matches!(fault, Fault::ReadOnly(_)),
        "a read-only file: {fault}"
    );
    assert!(
        lab.open(&path, false)
            .unwrap()
            .read(|tx| tx.has_accounts())
            .unwrap()
    );

    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    fs::set_permissions(&inner, fs::Permissions::from_mode(0o500)).unwrap();
    let fault = change(&lab).unwrap_err();
    assert!(
        matches!(fault, Fault::ReadOnly(_) | Fault::Unopenable { .. }),
        "a read-only folder: {fault}"
    );
    fs::set_permissions(&inner, fs::Permissions::from_mode(0o700)).unwrap();
    assert_eq!(fs::read(&path).unwrap(), before);

    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    let fault = change(&lab).unwrap_err();
    assert!(
        matches!(fault, Fault::Unopenable { .. }),
        "a closed file: {fault}"
    );
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    change(&lab).unwrap();
}

#[test]
fn a_file_that_was_moved_away_is_no_longer_in_its_place() {
    let lab = Lab::new();
    assert!(lab.store.is_in_place());
    let path = lab.path();
    fs::rename(&path, path.with_extension("away")).unwrap();
    assert!(!lab.store.is_in_place());
    fs::write(&path, "another").unwrap();
    assert!(!lab.store.is_in_place());
    fs::rename(path.with_extension("away"), &path).unwrap();
    assert!(lab.store.is_in_place());
}
