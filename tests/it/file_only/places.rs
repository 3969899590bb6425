//! Files that no command writes over, whatever names them, and places at which there can be no store.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};

use insta::assert_snapshot;

use crate::support::world::World;

/// A store with everything beside it that must stay as it is, by its name in a sentence.
fn world() -> (World, Vec<(PathBuf, &'static str)>) {
    let mut world = World::with_ada();
    let config = world.file(".config/admit/config.toml", "panel = \"main\"\n");
    let password = world.file("smtp-password", "hidden words\n");
    world.vars.insert(
        "ADMIT_MAIL_PASSWORD_FILE".into(),
        password.display().to_string(),
    );
    world.vars.insert("ADMIT_MAIL_USER".into(), "ada".into());
    world.run("list").done();
    let key = world.key_file();
    let store = world.store_file();
    let beside = |suffix: &str| {
        let mut name = store.clone().into_os_string();
        name.push(suffix);
        PathBuf::from(name)
    };
    let kept = vec![
        (key.clone(), "the key file"),
        (
            key.with_file_name("seen"),
            "the last known state of stores, next to the key",
        ),
        // Not there yet.
        (
            key.with_file_name("erased"),
            "the list of erased people next to the key",
        ),
        (store.clone(), "the store"),
        (beside("-wal"), "a log of the store"),
        (beside("-shm"), "a log of the store"),
        (beside("-journal"), "a log of the store"),
        (config, "a settings file"),
        (password, "mail.password-file"),
    ];
    (world, kept)
}

/// What each of them holds. The logs come and go by themselves.
fn contents(kept: &[(PathBuf, &'static str)]) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
    kept.iter()
        .filter(|(_, what)| *what != "a log of the store")
        .map(|(path, _)| (path.clone(), fs::read(path).ok()))
        .collect()
}

/// Everything that writes to a path that somebody names.
fn writers(path: &Path) -> Vec<String> {
    let path = path.display();
    vec![
        format!("store backup {path}"),
        format!("store backup {path} --force"),
        format!("invite --from $HOME/people.csv --results {path}"),
        format!("self 2fa ada@example.com --qr-file {path} --codes-file $HOME/codes"),
        format!("self 2fa ada@example.com --show --codes-file {path}"),
        format!("self codes ada@example.com --codes-file {path}"),
    ]
}

#[test]
fn nothing_is_written_over_the_key_the_store_and_the_settings() {
    let (world, kept) = world();
    world.file("people.csv", "address\nbob@example.com\n");
    let dump = world.dump();
    let before = contents(&kept);
    for (path, what) in &kept {
        let link = world.home().join("link");
        symlink(path, &link).unwrap();
        let twin = world.home().join("twin");
        if path.exists() {
            fs::hard_link(path, &twin).unwrap();
        }
        let mut ways = vec![path.clone()];
        // A link that leads nowhere is refused as a link.
        ways.extend(
            [&link, &twin]
                .into_iter()
                .filter(|way| way.exists())
                .cloned(),
        );
        for way in ways {
            for line in writers(&way) {
                let run = world.run(&line);
                assert_eq!(run.code, 4, "{line}\n{run}");
                let wanted = format!("{} is {what} and is never overwritten", way.display());
                let home = world.home().display().to_string();
                assert!(
                    run.stderr.replace("$HOME", &home).contains(&wanted),
                    "{line}\n{run}"
                );
                assert!(!run.stderr.contains("--force"), "{line}\n{run}");
                assert_eq!(contents(&kept), before, "{line}");
            }
        }
        fs::remove_file(&link).unwrap();
        fs::remove_file(&twin).ok();
    }
    assert_eq!(world.dump(), dump, "nobody was invited");
    assert!(!world.home().join("codes").exists());
}

#[test]
fn a_folder_for_the_manual_may_hold_a_file_that_is_kept() {
    let mut world = World::with_ada();
    let store = world.home().join("man").join("admit.1");
    fs::create_dir(store.parent().unwrap()).unwrap();
    fs::rename(world.store_file(), &store).unwrap();
    for log in ["-wal", "-shm"] {
        fs::remove_file(format!("{}{log}", world.store_file().display())).ok();
    }
    let before = fs::read(&store).unwrap();
    world
        .vars
        .insert("ADMIT_STORE".into(), store.display().to_string());
    let run = world.run("man --dir $HOME/man");
    assert_eq!(run.code, 4, "{run}");
    assert!(run.stderr.contains("man/admit.1 is the store"), "{run}");
    assert_eq!(fs::read(&store).unwrap(), before);
}

#[test]
fn only_a_page_of_the_manual_is_replaced_by_one() {
    let world = World::fresh();
    fs::create_dir(world.home().join("man")).unwrap();
    world.run("man --dir $HOME/man").done();
    world.run("man --dir $HOME/man").done();
    let mine = world.file("man/admit-list.1", "my notes");
    let run = world.run("man --dir $HOME/man");
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stderr.contains("is another kind of file"), "{run}");
    assert_eq!(fs::read_to_string(mine).unwrap(), "my notes");
    fs::remove_file(world.home().join("man/admit-list.1")).unwrap();
    let target = world.file("target", "my notes");
    symlink(&target, world.home().join("man/admit-list.1")).unwrap();
    assert_eq!(world.run("man --dir $HOME/man").code, 1);
    assert_eq!(fs::read_to_string(target).unwrap(), "my notes");
}

#[test]
fn force_replaces_only_a_backup_and_is_named_only_for_one() {
    let world = World::with_ada();
    world.file("notes", "address\nada@example.com\n");
    assert_snapshot!(world.run("store backup $HOME/notes"), @"
    ----
    error: cannot write the backup $HOME/notes: it already exists
    hint: use another file
    [exit 4]
    ");
    assert_snapshot!(world.run("store backup $HOME/notes --force"), @"
    ----
    error: cannot write the backup $HOME/notes: it already exists and is another kind of file
    hint: use another file: --force replaces only an older backup
    [exit 4]
    ");
    assert_eq!(world.read("notes"), "address\nada@example.com\n");
    // Half a backup is one, and an empty file is nobody's loss.
    for before in ["{\"admit_backup\":1,\"sch", ""] {
        world.file("b", before);
        world.run("store backup $HOME/b --force").done();
        assert!(world.read("b").contains("\"end\""));
    }
}

#[test]
fn no_store_takes_the_name_of_a_list_beside_the_key() {
    let (world, kept) = world();
    world.run("store backup $HOME/b").done();
    let before = contents(&kept);
    for (path, what) in kept
        .iter()
        .filter(|(_, what)| !["the store", "a log of the store"].contains(what))
    {
        let path = path.display();
        for line in [
            format!("store init --store {path}"),
            format!("store init --dry-run --store {path}"),
            format!("store copy --to {path}"),
            format!("store restore $HOME/b --store {path} --yes"),
            format!("store restore $HOME/b --store {path} --replace --yes"),
            format!("list --store {path}"),
        ] {
            let run = world.run(&line);
            assert_eq!(run.code, 4, "{line}\n{run}");
            assert!(
                run.stderr.contains(" as a store: ")
                    && run.stderr.contains(&format!("it is {what}")),
                "{line}\n{run}"
            );
            assert_eq!(contents(&kept), before, "{line}");
        }
    }
    // Nor one whose log would be such a file, or a log of the first.
    let key = world.key_file();
    fs::rename(&key, key.with_file_name("k-wal")).unwrap();
    let mut world = world;
    world.vars.insert(
        "ADMIT_KEY_FILE".into(),
        key.with_file_name("k-wal").display().to_string(),
    );
    assert_snapshot!(world.run("store init --store $HOME/.config/admit/k"), @"
    ----
    error: cannot use $HOME/.config/admit/k as a store: its log $HOME/.config/admit/k-wal would be the key file
    hint: use another file, as in --store $HOME/.config/admit/k.db
    [exit 4]
    ");
    assert_snapshot!(world.run("store copy --to $HOME/.local/share/admit/admit.db-journal"), @"
    ----
    error: cannot use $HOME/.local/share/admit/admit.db-journal as a store: it is a log of the store
    hint: use another file, as in --store $HOME/.local/share/admit/admit.db-journal.db
    [exit 4]
    ");
}

#[test]
fn no_key_takes_the_name_of_a_list_beside_it() {
    let mut world = World::fresh();
    let key = world.key_file();
    for name in ["seen", "erased"] {
        let path = key.with_file_name(name);
        world
            .vars
            .insert("ADMIT_KEY_FILE".into(), path.display().to_string());
        let run = world.run("list");
        assert_eq!(run.code, 1, "{run}");
        assert!(
            run.stderr.contains(&format!(
                "admit/{name}: admit uses that name for a list next to the key"
            )),
            "{run}"
        );
        assert!(!path.exists() && !world.store_file().exists());
    }
}
