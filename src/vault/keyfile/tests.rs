mod places;

use std::collections::HashSet;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt as _, PermissionsExt as _, chown, symlink};
use std::sync::Barrier;
use std::thread;

use tempfile::TempDir;

use super::*;
use crate::vault::KeyId;

struct Place {
    folder: TempDir,
    key: PathBuf,
}

fn place() -> Place {
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("admit.key");
    Place { folder, key }
}

fn made() -> Place {
    let place = place();
    assert!(create(&place.key, &Entropy::os()).unwrap().fresh);
    place
}

fn set_mode(path: &Path, mode: u32) {
    fs::set_permissions(path, Permissions::from_mode(mode)).unwrap();
}

fn only_id(ring: &KeyRing) -> KeyId {
    ring.ids().next().unwrap()
}

fn names(place: &Place) -> Vec<OsString> {
    let entries = fs::read_dir(place.folder.path()).unwrap();
    entries.map(|entry| entry.unwrap().file_name()).collect()
}

#[test]
fn created_private_and_read_again() {
    let place = place();
    let created = create(&place.key, &Entropy::os()).unwrap();
    assert!(created.fresh);
    let meta = fs::metadata(&place.key).unwrap();
    assert_eq!(meta.mode() & 0o7777, 0o600);
    assert_eq!(meta.nlink(), 1);
    assert_eq!(only_id(&load(&place.key).unwrap()), only_id(&created.ring));
    assert_eq!(names(&place), ["admit.key"]);
}

#[test]
fn creating_again_keeps_the_first_key() {
    let place = made();
    let before = fs::read(&place.key).unwrap();
    let again = create(&place.key, &Entropy::os()).unwrap();
    assert!(!again.fresh);
    assert_eq!(fs::read(&place.key).unwrap(), before);
}

#[test]
fn sixteen_first_runs_at_once_end_with_one_key() {
    for _ in 0..20 {
        let place = place();
        let start = Barrier::new(16);
        let created: Vec<Created> = thread::scope(|scope| {
            let workers: Vec<_> = (0..16)
                .map(|_| {
                    scope.spawn(|| {
                        start.wait();
                        create(&place.key, &Entropy::os()).unwrap()
                    })
                })
                .collect();
            workers.into_iter().map(|w| w.join().unwrap()).collect()
        });
        let ids: HashSet<KeyId> = created.iter().map(|c| only_id(&c.ring)).collect();
        assert_eq!(ids.len(), 1);
        assert_eq!(created.iter().filter(|c| c.fresh).count(), 1);
        assert_eq!(names(&place), ["admit.key"]);
    }
}

#[test]
fn a_temporary_name_that_is_taken_is_not_used() {
    let place = place();
    let taken = Entropy::seeded(4);
    KeyRing::generate(&taken).unwrap();
    let name = format!(
        ".admit.key.{:016x}",
        u64::from_be_bytes(taken.bytes().unwrap())
    );
    let trap = place.folder.path().join(name);
    symlink(place.folder.path().join("elsewhere"), &trap).unwrap();
    assert!(create(&place.key, &Entropy::seeded(4)).unwrap().fresh);
    assert!(!place.folder.path().join("elsewhere").exists());
}

#[test]
fn what_others_may_touch_is_refused() {
    let place = made();
    for mode in [
        0o640, 0o604, 0o620, 0o602, 0o610, 0o601, 0o644, 0o666, 0o777,
    ] {
        set_mode(&place.key, mode);
        let error = load(&place.key).unwrap_err();
        assert!(matches!(error, KeyFileError::OpenToOthers { mode: m, .. } if m == mode));
        let command = format!("`chmod 600 {}`", place.key.display());
        assert!(error.to_string().ends_with(&command), "{error}");
        assert!(create(&place.key, &Entropy::os()).is_err());
    }
    for mode in [0o400, 0o600, 0o700] {
        set_mode(&place.key, mode);
        load(&place.key).unwrap();
    }
}

#[test]
fn a_strangers_file_is_refused() {
    let place = made();
    if !rustix::process::geteuid().is_root() {
        return; // Only root can give a file away.
    }
    chown(&place.key, Some(12345), None).unwrap();
    let error = load(&place.key).unwrap_err();
    assert!(matches!(
        error,
        KeyFileError::NotOwned {
            owner: 12345,
            user: 0,
            ..
        }
    ));
    assert!(error.to_string().contains("chown 0 "), "{error}");
}

/// The name of the variable with which [`as_another_user_its_own_file_and_roots_are_taken`] runs itself.
const AS_ANOTHER: &str = "TEST_KEY_FILE";

/// Root's own file is root's either way, so only another user can tell "mine or root's" from "mine and root's". This test runs
/// itself as one, who may read what root keeps to itself, as a service with a credential may.
#[test]
#[expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "the test itself, as another user, says on its output what it found"
)]
fn as_another_user_its_own_file_and_roots_are_taken() {
    const OTHER: u32 = 12345;
    if let Some(path) = std::env::var_os(AS_ANOTHER) {
        let found = load(Path::new(&path));
        match found {
            Ok(_) => println!("accepted by {}", rustix::process::geteuid().as_raw()),
            Err(error) => println!("refused: {error:?}"),
        }
        return;
    }
    if !rustix::process::geteuid().is_root() {
        eprintln!("not tried: only root can become another user; CI does");
        return;
    }
    let place = made();
    let as_other = || {
        let ended = std::process::Command::new("setpriv")
            .args([
                "--reuid=12345",
                "--regid=12345",
                "--clear-groups",
                "--inh-caps=+dac_read_search",
                "--ambient-caps=+dac_read_search",
            ])
            .arg(std::env::current_exe().unwrap())
            .args([
                "--exact",
                "--nocapture",
                "vault::keyfile::tests::as_another_user_its_own_file_and_roots_are_taken",
            ])
            .env(AS_ANOTHER, &place.key)
            .output()
            .expect("setpriv, of util-linux");
        assert!(ended.status.success(), "{ended:?}");
        String::from_utf8(ended.stdout).unwrap()
    };
    for (owner, taken) in [(OTHER, true), (0, true), (54321, false)] {
        chown(&place.key, Some(owner), None).unwrap();
        let said = as_other();
        if taken {
            assert!(said.contains("accepted by 12345"), "{owner}: {said}");
        } else {
            assert!(said.contains("NotOwned"), "{owner}: {said}");
        }
    }
}

#[test]
fn links_are_refused_and_nothing_is_made_through_them() {
    let place = made();
    let link = place.folder.path().join("link");
    symlink(&place.key, &link).unwrap();
    assert!(matches!(load(&link), Err(KeyFileError::Symlink { .. })));
    let dangling = place.folder.path().join("dangling");
    let target = place.folder.path().join("target");
    symlink(&target, &dangling).unwrap();
    let refused = create(&dangling, &Entropy::os());
    assert!(matches!(
        refused,
        Err(VaultError::KeyFile(KeyFileError::Symlink { .. }))
    ));
    assert!(!target.exists());
}

#[test]
fn what_is_no_file_is_refused_without_waiting() {
    let place = place();
    let fifo = place.folder.path().join("fifo");
    let flags = FileType::Fifo;
    rustix::fs::mknodat(rustix::fs::CWD, &fifo, flags, Mode::RUSR | Mode::WUSR, 0).unwrap();
    let socket = place.folder.path().join("socket");
    let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
    for path in [place.folder.path(), &fifo, &socket, Path::new("/dev/null")] {
        assert!(
            matches!(load(path), Err(KeyFileError::NotRegular { .. })),
            "{path:?}"
        );
    }
}

#[test]
fn a_missing_file_has_its_own_name() {
    let place = place();
    assert!(matches!(
        load(&place.key),
        Err(KeyFileError::Missing { .. })
    ));
    let nowhere = place.folder.path().join("no").join("folder");
    let error = create(&nowhere, &Entropy::os()).unwrap_err();
    assert!(matches!(
        error,
        VaultError::KeyFile(KeyFileError::Io { .. })
    ));
    assert!(error.to_string().contains("folder"), "{error}");
}

#[test]
fn damaged_content_is_refused_and_left_alone() {
    let place = made();
    let good = fs::read(&place.key).unwrap();
    let too_long = vec![b'#'; LARGEST + 1];
    let cases: [(&[u8], KeyTextError); 4] = [
        (b"", KeyTextError::Empty),
        (&[0xff, 0xfe, 0x00], KeyTextError::Damaged(1)),
        (&good[..good.len() - 5], KeyTextError::Damaged(3)),
        (&too_long, KeyTextError::Damaged(1)),
    ];
    for (content, expected) in cases {
        fs::write(&place.key, content).unwrap();
        let error = load(&place.key).unwrap_err();
        assert!(matches!(&error, KeyFileError::Unusable { fault, .. } if *fault == expected));
        assert!(create(&place.key, &Entropy::os()).is_err());
        assert_eq!(fs::read(&place.key).unwrap(), content);
    }
}

#[test]
fn no_message_shows_a_key() {
    let place = made();
    let text = fs::read_to_string(&place.key).unwrap();
    let key = text.lines().last().unwrap().split(' ').nth(2).unwrap();
    let created = create(&place.key, &Entropy::os()).unwrap();
    assert!(!format!("{created:?}").contains(&key[..8]));
    fs::write(&place.key, text.replace("admit-key-1", "admit-key-x")).unwrap();
    let error = load(&place.key).unwrap_err();
    assert!(!format!("{error} {error:?}").contains(&key[..8]));
}

#[test]
fn a_bare_name_means_the_current_folder() {
    assert_eq!(folder_of(Path::new("admit.key")), Path::new("."));
    assert_eq!(folder_of(Path::new("/a/b")), Path::new("/a"));
}

fn all_ids(place: &Place) -> Vec<KeyId> {
    load(&place.key).unwrap().ids().collect()
}

#[test]
fn a_new_key_comes_first_and_waits_until_it_is_the_current_one() {
    let place = made();
    let old = only_id(&load(&place.key).unwrap());
    let text = fs::read_to_string(&place.key).unwrap();
    let note = "\n# the old one\n\n";
    fs::write(&place.key, text.replace("\nadmit", &format!("{note}admit"))).unwrap();
    let before = fs::read_to_string(&place.key).unwrap();

    let next = key_after(&place.key, old, &Entropy::os()).unwrap();
    assert!(next.fresh);
    assert_eq!(all_ids(&place), [next.id, old]);
    let again = key_after(&place.key, old, &Entropy::os()).unwrap();
    assert_eq!((again.id, again.fresh), (next.id, false));
    let third = key_after(&place.key, next.id, &Entropy::os()).unwrap();
    assert_eq!(all_ids(&place), [third.id, next.id, old]);

    let after = fs::read_to_string(&place.key).unwrap();
    let is_new =
        |line: &&str| line.contains(&third.id.to_string()) || line.contains(&next.id.to_string());
    let kept: Vec<&str> = after.lines().filter(|line| !is_new(line)).collect();
    assert_eq!(kept, before.lines().collect::<Vec<_>>());
    let meta = fs::metadata(&place.key).unwrap();
    assert_eq!(meta.mode() & 0o7777, 0o600);
    assert_eq!(names(&place), ["admit.key"]);
}

#[test]
fn of_many_who_add_keys_at_once_nobody_loses_one() {
    const HANDS: usize = 8;
    const ROUNDS: usize = 6;
    let place = made();
    let start = Barrier::new(HANDS);
    let add = || {
        start.wait();
        let one = |_| {
            let first = only_id(&load(&place.key).unwrap());
            key_after(&place.key, first, &Entropy::os()).unwrap()
        };
        (0..ROUNDS).map(one).collect::<Vec<Next>>()
    };
    let made: Vec<Next> = thread::scope(|scope| {
        let hands: Vec<_> = (0..HANDS).map(|_| scope.spawn(add)).collect();
        hands
            .into_iter()
            .flat_map(|hand| hand.join().unwrap())
            .collect()
    });
    let there = all_ids(&place);
    assert!(made.iter().all(|next| there.contains(&next.id)));
    let fresh: HashSet<KeyId> = made
        .iter()
        .filter(|next| next.fresh)
        .map(|next| next.id)
        .collect();
    assert_eq!(there.len(), 1 + fresh.len());
    assert_eq!(
        fresh.len(),
        made.iter().filter(|next| next.fresh).count(),
        "no key is made twice"
    );
    assert_eq!(names(&place), ["admit.key"]);
}

#[test]
fn a_key_file_that_cannot_take_one_more_stays_as_it_is() {
    let place = made();
    let old = only_id(&load(&place.key).unwrap());
    let before = fs::read(&place.key).unwrap();
    set_mode(&place.key, 0o640);
    let refused = key_after(&place.key, old, &Entropy::os()).unwrap_err();
    assert!(matches!(
        refused,
        VaultError::KeyFile(KeyFileError::OpenToOthers { .. })
    ));
    set_mode(&place.key, 0o600);
    let mut text = String::from_utf8(before).unwrap();
    while text.len() < LARGEST - 10 {
        text.push_str("# note\n");
    }
    fs::write(&place.key, &text).unwrap();
    let refused = key_after(&place.key, old, &Entropy::os()).unwrap_err();
    assert!(refused.to_string().contains("remove keys"), "{refused}");
    assert_eq!(fs::read_to_string(&place.key).unwrap(), text);
    assert_eq!(names(&place), ["admit.key"]);
}

#[test]
fn where_no_new_file_can_be_made_no_key_is_added() {
    // Root may write to any folder, but nobody can give a file beside this one a longer name.
    let folder = tempfile::tempdir().unwrap();
    let key = folder.path().join("k".repeat(250));
    let place = made();
    fs::rename(&place.key, &key).unwrap();
    let before = fs::read(&key).unwrap();
    let old = only_id(&load(&key).unwrap());
    let refused = key_after(&key, old, &Entropy::os()).unwrap_err();
    assert!(
        matches!(refused, VaultError::KeyFile(KeyFileError::Fixed { .. }))
            && refused.to_string().contains("its folder must be writable"),
        "{refused}"
    );
    assert_eq!(fs::read(&key).unwrap(), before);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
