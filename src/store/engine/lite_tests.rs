use super::*;

#[test]
fn only_notes_do_not_wait_for_the_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    std::fs::write(&path, "").unwrap();
    let mut file = Lite::open(&path, true).unwrap();
    file.use_write_ahead_log().unwrap();
    let level = |file: &mut Lite, mode| {
        let tx = file.begin(mode).unwrap();
        let mut level = None;
        tx.each("pragma synchronous", &[], |row| {
            level = row.get::<i64>(0);
            Ok::<bool, Fault>(true)
        })
        .unwrap();
        tx.commit().unwrap();
        level
    };
    // 1 is NORMAL, 2 is FULL.
    for (mode, wanted) in [
        (Mode::Write, 2),
        (Mode::Relaxed, 1),
        (Mode::Relaxed, 1),
        (Mode::Read, 1),
        (Mode::Write, 2),
        (Mode::Read, 2),
        (Mode::Relaxed, 1),
        (Mode::Write, 2),
    ] {
        assert_eq!(level(&mut file, mode), Some(wanted), "{mode:?}");
    }
}

#[test]
fn the_busy_handler_gives_up_after_the_timeout() {
    assert!(wait_a_little(0));
    let last = i32::try_from(BUSY_SECONDS).unwrap() * 1_000;
    assert!(!wait_a_little(last));
}

#[test]
fn failures_are_told_apart_by_what_can_be_done() {
    use rusqlite::ffi;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("file");
    let says = |code: i32| {
        let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
        fault(&error, &path)
    };
    assert!(matches!(
        says(ffi::SQLITE_CONSTRAINT_UNIQUE),
        Fault::Duplicate(_)
    ));
    assert!(matches!(
        says(ffi::SQLITE_CONSTRAINT_FOREIGNKEY),
        Fault::Reference
    ));
    assert!(matches!(
        says(ffi::SQLITE_CONSTRAINT_NOTNULL),
        Fault::Other(_)
    ));
    assert!(matches!(says(ffi::SQLITE_BUSY), Fault::Busy(_)));
    assert!(matches!(says(ffi::SQLITE_FULL), Fault::Full(_)));
    assert!(matches!(says(ffi::SQLITE_READONLY), Fault::ReadOnly(_)));
    assert!(matches!(says(ffi::SQLITE_CORRUPT), Fault::Corrupt { .. }));
    assert!(matches!(says(ffi::SQLITE_NOTADB), Fault::Foreign { .. }));
    assert!(matches!(
        says(ffi::SQLITE_CANTOPEN),
        Fault::Unopenable { .. }
    ));
    assert!(matches!(says(ffi::SQLITE_PERM), Fault::Unopenable { .. }));
    assert!(matches!(says(ffi::SQLITE_NOMEM), Fault::Other(_)));
    // In a folder that is not there (or cannot be written) the files beside a store cannot be made.
    let error = rusqlite::Error::SqliteFailure(ffi::Error::new(ffi::SQLITE_CANTOPEN), None);
    let gone = folder.path().join("gone").join("file");
    assert!(matches!(fault(&error, &gone), Fault::ReadOnly(_)));
}
