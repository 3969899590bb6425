//! Unfinished files, and what killed processes left of them.
//!
//! A file with a temporary name is locked (flock(2)) by the process that writes it for as long as it has that
//! name. The kernel drops the lock when the process ends, however it ends. So a temporary file that nobody
//! has locked can be removed, however old it is; and one that is locked is never touched. Neither the age of
//! a file nor a process id, which another process may reuse, can tell that.

use std::fs;
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;

use rustix::fs::{AtFlags, FileType, FlockOperation, Mode, OFlags, Stat, flock};
use rustix::io::Errno;

/// Locks a new temporary file (or folder) for as long as it stays open. False if a sweep was faster: then it
/// is gone, or about to be removed, and another name is needed. If the file system does not support such
/// locks, nothing is ever swept.
pub fn claim(file: impl AsFd) -> bool {
    match flock(&file, FlockOperation::NonBlockingLockExclusive) {
        Err(Errno::WOULDBLOCK) => false,
        _ => rustix::fs::fstat(&file).is_ok_and(|about| about.st_nlink > 0),
    }
}

/// Removes what killed processes left in a folder: regular files and folders whose name matches `ours`, that
/// belong to this user (root: to anybody), and that nobody has locked. What cannot be removed stays: the next
/// run tries again.
pub fn sweep(folder: &Path, ours: impl Fn(&str) -> bool) {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
    let (Ok(entries), Ok(opened)) = (
        fs::read_dir(folder),
        rustix::fs::open(folder, flags, Mode::empty()),
    ) else {
        return;
    };
    for entry in entries.flatten() {
        let name = entry.file_name();
        if let Some(name) = name.to_str().filter(|name| ours(name)) {
            remove(folder, &opened, name);
        }
    }
}

fn remove(path: &Path, folder: &OwnedFd, name: &str) {
    // Check the status first: anything but a file or folder is not even opened.
    let about = || rustix::fs::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW);
    let Ok(kind) = about().map(|about| kind(&about)) else {
        return;
    };
    if !matches!(kind, FileType::RegularFile | FileType::Directory) {
        return;
    }
    let flags = OFlags::RDONLY | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
    let Ok(left) = rustix::fs::openat(folder, name, flags, Mode::empty()) else {
        return;
    };
    let Ok(found) = rustix::fs::fstat(&left) else {
        return;
    };
    let user = rustix::process::geteuid();
    if found.st_uid != user.as_raw() && !user.is_root() {
        return;
    }
    if flock(&left, FlockOperation::NonBlockingLockExclusive).is_err() {
        return;
    }
    // Locked from here on: the name cannot pass to a file that another process is writing.
    let same = about().is_ok_and(|now| (now.st_dev, now.st_ino) == (found.st_dev, found.st_ino));
    if !same {
        return;
    }
    if kind == FileType::Directory {
        fs::remove_dir_all(path.join(name)).ok();
    } else {
        rustix::fs::unlinkat(folder, name, AtFlags::empty()).ok();
    }
}

fn kind(about: &Stat) -> FileType {
    FileType::from_raw_mode(about.st_mode)
}

/// Whether a name is this prefix and the six letters or digits that make a temporary name unique.
pub fn is_temporary(name: &str, prefix: &str) -> bool {
    name.strip_prefix(prefix)
        .is_some_and(|rest| rest.len() == 6 && rest.chars().all(|c| c.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::os::unix::fs::symlink;

    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<String> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort_unstable();
        names
    }

    #[test]
    fn only_what_is_ours_and_nobody_holds_is_removed() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let made = |name: &str| File::create_new(at(name)).unwrap();
        drop(made("t-dead00"));
        let held = made("t-held00");
        assert!(claim(&held));
        fs::create_dir(at("t-folder")).unwrap();
        fs::write(at("t-folder/store"), "half").unwrap();
        fs::create_dir(at("t-worked")).unwrap();
        let worked = File::open(at("t-worked")).unwrap();
        assert!(claim(&worked));
        drop(made("theirs"));
        symlink(at("theirs"), at("t-link00")).unwrap();
        rustix::fs::mknodat(
            rustix::fs::CWD,
            at("t-pipe00"),
            FileType::Fifo,
            Mode::RUSR | Mode::WUSR,
            0,
        )
        .unwrap();
        sweep(folder.path(), |name| name.starts_with("t-"));
        let left = ["t-held00", "t-link00", "t-pipe00", "t-worked", "theirs"];
        assert_eq!(names(folder.path()), left);
        // What its program has let go of is next.
        drop((held, worked));
        sweep(folder.path(), |name| name.starts_with("t-"));
        assert_eq!(names(folder.path()), ["t-link00", "t-pipe00", "theirs"]);
        sweep(&at("missing"), |_| true);
    }

    #[test]
    fn a_file_that_was_swept_already_is_not_claimed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("new");
        let file = File::create_new(&path).unwrap();
        sweep(folder.path(), |_| true);
        assert!(!path.exists() && !claim(&file));
        // Nor one that is just being swept.
        let file = File::create_new(&path).unwrap();
        let sweeping = File::open(&path).unwrap();
        assert!(claim(&sweeping) && !claim(&file));
    }

    #[test]
    fn makers_and_sweepers_at_once_lose_no_finished_file() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path();
        let done = std::sync::atomic::AtomicBool::new(false);
        std::thread::scope(|threads| {
            threads.spawn(|| {
                while !done.load(std::sync::atomic::Ordering::SeqCst) {
                    sweep(path, |name| name.starts_with(".new"));
                }
            });
            for number in 0..500 {
                let draft = path.join(format!(".new-{number}"));
                loop {
                    let file = File::create_new(&draft).unwrap();
                    if claim(&file) {
                        fs::rename(&draft, path.join(format!("{number}"))).unwrap();
                        break;
                    }
                    fs::remove_file(&draft).ok();
                }
            }
            done.store(true, std::sync::atomic::Ordering::SeqCst);
        });
        assert_eq!(names(path).len(), 500);
    }

    #[test]
    fn a_temporary_name_is_its_prefix_and_six_more() {
        for (name, is) in [
            (".admit-new-a1B2c3", true),
            (".admit-new-", false),
            (".admit-new-a1B2c34", false),
            (".admit-new-a1B2c.", false),
            ("admit-new-a1B2c3", false),
            (".admit-new-store.db", false),
        ] {
            assert_eq!(is_temporary(name, ".admit-new-"), is, "{name}");
        }
    }
}
