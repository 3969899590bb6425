use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, chown, symlink};
use std::os::unix::process::CommandExt as _;

use tempfile::TempDir;

use super::*;

/// Users and groups that every system has, with numbers of their own: daemon is 1 and has the group 1, bin is 2.
const DAEMON: u32 = 1;
const BIN: u32 = 2;

struct Place {
    home: TempDir,
}

impl Place {
    fn new() -> Self {
        // Giving files away is half of what is tried here.
        assert_eq!(euid(), 0, "these tests must run as root");
        Self {
            home: tempfile::tempdir().unwrap(),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn file(&self, name: &str, mode: u32) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "x").unwrap();
        set(&path, mode);
        path
    }

    fn folder(&self, name: &str, mode: u32) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(&path).unwrap();
        set(&path, mode);
        path
    }

    /// What is said, with the home left out.
    fn says(&self, verdict: Result<(), Distrust>) -> Option<(String, String)> {
        let home = format!("{}/", self.home.path().display());
        let short = |text: String| text.replace(&home, "");
        verdict
            .err()
            .map(|why| (short(why.to_string()), short(why.hint())))
    }
}

fn set(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn give(path: &Path, uid: u32, gid: u32) {
    chown(path, Some(uid), Some(gid)).unwrap();
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "compared with what may be nothing"
)]
fn said(text: &str, hint: &str) -> Option<(String, String)> {
    Some((text.to_owned(), hint.to_owned()))
}

fn store_says(place: &Place, path: &Path) -> Option<(String, String)> {
    place.says(store(path, &path.symlink_metadata().unwrap()))
}

#[test]
fn a_file_that_others_may_write_or_that_belongs_to_others_is_not_believed() {
    let place = Place::new();
    for mode in [0o600, 0o644, 0o755, 0o440] {
        let path = place.file("good", mode);
        assert_eq!(place.says(named(&path)), None, "{mode:o}");
    }
    for mode in [0o620, 0o602, 0o666, 0o777] {
        let path = place.file("open", mode);
        assert_eq!(
            place.says(named(&path)),
            said(
                &format!("other users can write to open (mode {mode:04o})"),
                "check it, then run `chmod go-w open`"
            )
        );
    }
    let path = place.file("theirs", 0o600);
    give(&path, DAEMON, 0);
    assert_eq!(
        place.says(named(&path)),
        said(
            "theirs belongs to daemon, not to root",
            "run the command as that user (`sudo -u daemon`), or if the file is correct, run `chown root theirs`"
        )
    );
    give(&path, 3_999_999, 0);
    let (text, hint) = place.says(named(&path)).unwrap();
    assert_eq!(text, "theirs belongs to user 3999999, not to root");
    assert!(hint.contains("sudo -u '#3999999'"), "{hint}");
    // What is not there is for whoever opens it.
    assert_eq!(place.says(named(&place.path("nothing"))), None);
}

#[test]
fn a_folder_on_the_way_lets_nobody_exchange_what_is_below() {
    let place = Place::new();
    let file = place.file("a/b/file", 0o600);
    let a = place.path("a");
    for (mode, owner, group, why) in [
        (0o755, 0, 0, None),
        (0o775, 0, 0, None),
        // An administrator's decision, as for /usr/local.
        (0o2775, 0, DAEMON, None),
        // Nobody can rename what is not theirs there.
        (0o1777, 0, 0, None),
        (
            0o777,
            0,
            0,
            Some("other users can write to the folder a (mode 0777)"),
        ),
        (
            0o702,
            0,
            0,
            Some("other users can write to the folder a (mode 0702)"),
        ),
        (
            0o755,
            DAEMON,
            0,
            Some("the folder a belongs to daemon, not to root"),
        ),
        (
            0o1777,
            DAEMON,
            0,
            Some("the folder a belongs to daemon, not to root"),
        ),
    ] {
        set(&a, mode);
        give(&a, owner, group);
        set(&a, mode);
        let found = place.says(named(&file)).map(|(text, _)| text);
        assert_eq!(found.as_deref(), why, "{mode:o} {owner}:{group}");
    }
}

#[test]
fn a_link_is_as_good_as_both_of_its_ends() {
    let place = Place::new();
    let file = place.file("good/file", 0o600);
    let link = place.path("open/link");
    place.folder("open", 0o755);
    symlink(&file, &link).unwrap();
    assert_eq!(place.says(named(&link)), None);
    place.folder("open", 0o777);
    assert_eq!(
        place.says(named(&link)),
        said(
            "other users can write to the folder open (mode 0777)",
            "run `chmod go-w open`"
        )
    );
    place.folder("open", 0o755);
    place.folder("good", 0o777);
    let (text, _) = place.says(named(&link)).unwrap();
    assert_eq!(text, "other users can write to the folder good (mode 0777)");
}

#[test]
fn the_folder_of_a_store_is_nobody_elses() {
    let place = Place::new();
    let path = place.file("data/admit.db", 0o600);
    let data = place.path("data");
    let ours = "run `chmod go-w data`";
    let move_it = "move the file to a folder that only you can write to";
    for (mode, owner, group, why) in [
        (0o700, 0, 0, None),
        (0o755, 0, 0, None),
        (
            0o777,
            0,
            0,
            said("other users can write to the folder data (mode 0777)", ours),
        ),
        // Sticky keeps nobody from putting a log there.
        (
            0o1777,
            0,
            0,
            said(
                "other users can write to the folder data (mode 1777)",
                move_it,
            ),
        ),
        (
            0o770,
            0,
            DAEMON,
            said(
                "the group daemon can write to the folder data (mode 0770)",
                ours,
            ),
        ),
        (
            0o700,
            DAEMON,
            0,
            said(
                "the folder data belongs to daemon, not to root",
                "run `chown root data`, or move the file to a folder that only you can write to",
            ),
        ),
    ] {
        give(&data, owner, group);
        set(&data, mode);
        assert_eq!(store_says(&place, &path), why, "{mode:o} {owner}:{group}");
        assert_eq!(place.says(store_folder(&path)), why);
        assert_eq!(place.says(store_folder(&place.path("data/new.db"))), why);
        assert_eq!(place.says(folder(&data)), why);
    }
}

#[test]
fn a_log_that_somebody_else_put_there_is_not_played() {
    let place = Place::new();
    let path = place.file("data/admit.db", 0o600);
    for log in LOGS {
        let name = format!("data/admit.db{log}");
        let planted = place.file(&name, 0o600);
        assert_eq!(store_says(&place, &path), None);
        give(&planted, DAEMON, 0);
        let hint = format!(
            "check who owns it with `ls -l {name}`; if they are not running admit, move it away"
        );
        assert_eq!(
            store_says(&place, &path),
            said(
                &format!(
                    "its log {name} belongs to daemon, not to root, and would be read into the store"
                ),
                &hint
            )
        );
        give(&planted, 0, DAEMON);
        for mode in [0o602, 0o620, 0o666] {
            set(&planted, mode);
            assert_eq!(
                store_says(&place, &path),
                said(
                    &format!(
                        "other users may have written to its log {name}, which would be read into the store"
                    ),
                    &hint
                ),
                "{mode:o}"
            );
        }
        fs::remove_file(&planted).unwrap();
        symlink("/dev/null", &planted).unwrap();
        let (text, _) = store_says(&place, &path).unwrap();
        assert_eq!(text, format!("{name} is not a regular file"));
        fs::remove_file(&planted).unwrap();
    }
}

#[test]
fn a_store_of_somebody_else_is_not_opened() {
    let place = Place::new();
    let path = place.file("data/admit.db", 0o600);
    give(&path, DAEMON, DAEMON);
    let (text, _) = store_says(&place, &path).unwrap();
    assert_eq!(text, "data/admit.db belongs to daemon, not to root");
}

#[test]
fn a_shared_store_belongs_to_its_group_and_to_it_alone() {
    let place = Place::new();
    let path = place.file("data/admit.db", 0o660);
    let data = place.path("data");
    let log = place.file("data/admit.db-wal", 0o660);
    for path in [&path, &log, &data] {
        give(path, DAEMON, DAEMON);
    }
    set(&data, 0o2770);
    assert_eq!(store_says(&place, &path), None);
    assert_eq!(place.says(store_folder(&path)), None);
    // The folder is another group's.
    give(&data, 0, BIN);
    set(&data, 0o2770);
    let (text, _) = store_says(&place, &path).unwrap();
    assert_eq!(
        text,
        "the group bin can write to the folder data (mode 2770)"
    );
    give(&data, 0, DAEMON);
    set(&data, 0o2770);
    // The log is somebody's who is not in the group, or another group's.
    give(&log, BIN, DAEMON);
    assert!(
        store_says(&place, &path)
            .unwrap()
            .0
            .contains("belongs to bin")
    );
    give(&log, DAEMON, BIN);
    set(&log, 0o660);
    assert!(
        store_says(&place, &path)
            .unwrap()
            .0
            .contains("other users may have written")
    );
    give(&log, DAEMON, DAEMON);
    set(&log, 0o660);
    assert_eq!(store_says(&place, &path), None);
    // The store is somebody's who is not in the group.
    give(&path, BIN, DAEMON);
    set(&path, 0o660);
    assert!(
        store_says(&place, &path)
            .unwrap()
            .0
            .contains("belongs to bin")
    );
}

/// Runs itself again as a user who is not root: what belongs to root and to that user is believed, and nobody else's.
#[test]
fn another_user_believes_root_and_themselves() {
    const NOBODY: u32 = 65_534;
    let variable = "files::trust::tests::another_user_believes_root_and_themselves";
    if euid() == NOBODY {
        let home = std::env::current_dir().unwrap();
        let verdict = |name: &str| named(&home.join(name)).map_err(|why| why.to_string());
        assert_eq!(verdict("own"), Ok(()));
        assert_eq!(verdict("root"), Ok(()));
        let theirs = home.join("theirs").display().to_string();
        assert_eq!(
            verdict("theirs"),
            Err(format!(
                "{theirs} belongs to daemon, neither to you nor to root"
            ))
        );
        let why = named(&home.join("theirs")).unwrap_err();
        assert_eq!(
            why.hint(),
            format!("check it, and if it is correct, run `sudo chown nobody {theirs}`")
        );
        return;
    }
    let place = Place::new();
    set(place.home.path(), 0o755);
    for (name, owner) in [("own", NOBODY), ("root", 0), ("theirs", DAEMON)] {
        give(&place.file(name, 0o600), owner, 0);
    }
    let binary = place.path("tests");
    fs::copy(std::env::current_exe().unwrap(), &binary).unwrap();
    set(&binary, 0o755);
    let run = std::process::Command::new(&binary)
        .args(["--exact", variable])
        .current_dir(place.home.path())
        .uid(NOBODY)
        .gid(NOBODY)
        .output()
        .unwrap();
    let says = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success() && says.contains("1 passed"), "{says}");
}
