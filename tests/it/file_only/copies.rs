//! Copies of a file at another place, and stores that were moved (U4).

use std::fs;
use std::path::{Path, PathBuf};

use admit::vault::{LastSeenList, Sighting};
use insta::assert_snapshot;

use crate::support::world::{HOUR, PASSWORD, Run, World};

fn seen(world: &World) -> Vec<Sighting> {
    let store = world.with_store(|store| Ok(*store.vault().store_id()));
    LastSeenList::beside(&world.key_file()).of(&store)
}

/// A copy of the store's file.
fn copied(world: &World, name: &str) -> PathBuf {
    let copy = world.home().join(name);
    fs::copy(world.store_file(), &copy).unwrap();
    copy
}

/// The commands in the hints of a run.
fn commands(run: &Run) -> Vec<String> {
    let pieces = run.stderr.split('`').skip(1).step_by(2);
    pieces.map(str::to_owned).collect()
}

#[test]
fn a_scratch_copy_is_named_and_never_makes_the_store_older() {
    let world = World::with_ada();
    copied(&world, "scratch.db");
    assert_snapshot!(world.run("invite bob@example.com --store $HOME/scratch.db --no-mail"), @"
    bob@example.com: unknown → invited to main as member, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days)
    ----
    warning: $HOME/scratch.db is a copy of the store $HOME/.local/share/admit/admit.db, which still exists: changes to one are not in the other
    hint: if the store was moved, move the old file away; to keep working with both, run `admit --store $HOME/scratch.db store restore --accept`
    [exit 0]
    ");
    for line in ["list", "invite cyd@example.com --no-mail", "list"] {
        let run = world.run(line);
        assert_eq!(run.code, 0, "{run}");
        assert!(!run.stderr.contains("copy"), "{run}");
    }
    // The store has gone on: what was used there since would work again in the copy.
    let refused = world.run("list --store $HOME/scratch.db");
    assert_snapshot!(refused, @"
    ----
    error: the store $HOME/scratch.db is an older copy: entry 4 of its audit log is not the one that was at $HOME/.local/share/admit/admit.db
    hint: put the newer one back, or use this one: `admit --store $HOME/scratch.db store restore --reconcile` first ends every session, link, code and trusted IP in it, `admit --store $HOME/scratch.db store restore --accept` keeps them. Both show what is lost and ask first
    [exit 4]
    ");
    let store = world.dump();
    let accept = commands(&refused).pop().unwrap();
    assert!(accept.contains("--accept"), "{accept}");
    world
        .paste(&format!("{accept} --reason drill --yes"))
        .done();
    assert_eq!(world.dump(), store, "the command was about the copy");
    for store in [
        "",
        "--store $HOME/scratch.db",
        "",
        "--store $HOME/scratch.db",
    ] {
        let run = world.run(&format!("invite dan@example.com --no-mail {store}"));
        assert_eq!(run.code, 0, "{run}");
        assert!(!run.stderr.contains("copy"), "{run}");
    }
}

#[test]
fn a_restore_drill_leaves_the_store_alone_and_its_hint_is_about_the_drill() {
    let world = World::with_ada();
    world.sign_in("ada@example.com", PASSWORD).done();
    world.run("store backup $HOME/b").done();
    world.advance(HOUR);
    world.run("invite bob@example.com").done();
    let before = seen(&world);
    let restored = world.run("--store $HOME/drill.db store restore $HOME/b --yes");
    assert_snapshot!(restored, @"
    $HOME/drill.db: restored from $HOME/b, made Mon 2 Mar 2026 09:00: 1 person and 4 entries of the audit log; entry 5 of the audit log, from Mon 2 Mar 2026 10:00, is lost
    ----
    hint: it is an older copy, and refused until `admit --store $HOME/drill.db store restore --reconcile` has ended what it brings back, or `admit --store $HOME/drill.db store restore --accept` has accepted it as it is
    [exit 0]
    ");
    assert_eq!(seen(&world), before, "nothing was seen of the drill yet");
    assert_eq!(world.run("list").code, 0);
    assert_eq!(world.run("list --store $HOME/drill.db").code, 4);
    let store = world.dump();
    let reconcile = &commands(&restored)[0];
    let asked = world.paste(reconcile);
    assert!(asked.stderr.contains("End 1 session in "), "{asked}");
    world.paste(&format!("{reconcile} --yes")).done();
    assert_eq!(world.dump(), store, "the command was about the drill");
    let drill = world.run("list --store $HOME/drill.db -o plain");
    assert_eq!(drill.stdout, "ada@example.com\n");
    assert_eq!(world.run("list").code, 0);
    assert_eq!(seen(&world)[0], before[0]);
}

#[test]
fn drills_at_one_place_are_not_compared_with_each_other() {
    let world = World::with_ada();
    world.run("store backup $HOME/b").done();
    world.run("invite bob@example.com").done();
    let line = "--store $HOME/drill.db store restore $HOME/b --reconcile --yes";
    for epoch in [2, 3] {
        let row = world.row(line);
        assert_eq!(
            (&row["older"], &row["reconciled"]["epoch"]),
            (&false.into(), &epoch.into())
        );
        let run = world.run("invite cyd@example.com --no-mail --store $HOME/drill.db");
        assert_eq!(run.code, 0, "{run}");
        fs::remove_file(world.home().join("drill.db")).unwrap();
    }
    world.run("store backup $HOME/b --force").done();
    let row = world.row("--store $HOME/drill.db store restore $HOME/b --yes");
    assert_eq!(row["older"], false);
    let hint = row["hint"].as_str().unwrap();
    assert!(hint.contains("it is a copy of the store "), "{hint}");
}

#[test]
fn a_store_that_was_moved_continues_there_and_an_older_one_does_not() {
    let world = World::with_ada();
    world.run("store backup $HOME/b").done();
    world.run("invite bob@example.com").done();
    let moved = copied(&world, "moved.db");
    fs::remove_file(world.store_file()).unwrap();
    let at = "--store $HOME/moved.db";
    // Whatever is restored at a new place was there before, too.
    let other = world.run("store restore $HOME/b --yes --store $HOME/other.db");
    assert_eq!(other.code, 0, "{other}");
    assert_eq!(world.run("list --store $HOME/other.db").code, 4);
    assert_snapshot!(world.run(&format!("list -o plain {at}")), @"
    ada@example.com
    bob@example.com
    ----
    The store was moved here from $HOME/.local/share/admit/admit.db
    [exit 0]
    ");
    let run = world.run(&format!("list -o plain {at}"));
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run}");
    // Renamed in the same file system, it is the same file: nobody is told.
    fs::rename(&moved, world.home().join("renamed.db")).unwrap();
    let run = world.run("list -o plain --store $HOME/renamed.db");
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run}");
    let list = LastSeenList::beside(&world.key_file());
    let names: Vec<String> = fs::read_to_string(list.path())
        .unwrap()
        .lines()
        .filter_map(|line| line.trim_end().rsplit('/').next().map(str::to_owned))
        .filter(|name| !name.is_empty())
        .collect();
    assert_eq!(names, ["renamed.db"]);
    fs::rename(world.home().join("renamed.db"), world.store_file()).unwrap();
    world.run("invite cyd@example.com").done();
    world.run("audit verify").done();
}

#[test]
fn an_old_copy_put_back_is_refused_whatever_its_chain_says() {
    let world = World::with_ada();
    let old = fs::read(world.store_file()).unwrap();
    world.run("invite bob@example.com").done();
    let new = fs::read(world.store_file()).unwrap();
    let put = |bytes: &[u8]| fs::write(world.store_file(), bytes).unwrap();
    put(&old);
    assert_eq!(world.run("list").code, 4);
    world
        .place()
        .raw()
        .batch("update chain set seq = seq + 1")
        .unwrap();
    assert_eq!(world.run("list").code, 4);
    // By hand in the good one: nothing of it is kept.
    put(&new);
    world.run("list").done();
    world
        .place()
        .raw()
        .batch("update chain set seq = seq + 1")
        .unwrap();
    let run = world.run("audit verify");
    assert_eq!(run.code, 1, "{run}");
    put(&new);
    world.run("list").done();
}

#[test]
fn hints_of_a_run_with_its_own_settings_name_them() {
    let world = World::with_ada();
    world.place().raw().batch("analyze").unwrap();
    let settings = world.file("other settings.toml", "panel = \"main\"\n");
    copied(&world, "scratch.db");
    world.run("invite bob@example.com --no-mail").done();
    let line = format!(
        "--config '{}' --store $HOME/scratch.db list",
        settings.display()
    );
    let refused = world.run(&line);
    assert_eq!(refused.code, 4, "{refused}");
    let printed = commands(&refused);
    assert_eq!(printed.len(), 2, "{refused}");
    for command in printed {
        assert!(command.contains("--config '"), "{command}");
        assert!(command.contains("--store "), "{command}");
        let run = world.paste(&format!("{command} --reason x -n"));
        assert!(matches!(run.code, 0 | 2), "{run}");
    }
    // Every other fault, too.
    let file = world.home().join("text.db");
    fs::write(&file, "no store").unwrap();
    fs::set_permissions(
        &file,
        fs::metadata(world.store_file()).unwrap().permissions(),
    )
    .unwrap();
    let run = world.run("--store $HOME/text.db list");
    for command in commands(&run) {
        assert!(command.contains("--store "), "{command}");
    }
    assert!(Path::new(&file).exists());
    // And what is said beside an answer.
    let check = world.run("--store $HOME/scratch.db store check");
    assert!(
        check.stderr.contains("store check --drop-helpers`"),
        "{check}"
    );
    let printed = commands(&check);
    for command in &printed {
        assert!(command.starts_with("admit --store "), "{check}");
    }
    world.paste(&printed[printed.len() - 1]).done();
}
