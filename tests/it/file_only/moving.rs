//! Restoring in the place of a file that is there.

use std::fs;
use std::os::unix::fs::symlink;

use admit::domain::event::{Action, Event};
use admit::store::{Done, Fault};
use insta::assert_snapshot;

use crate::support::bench_store::operator;
use crate::support::world::{HOUR, PASSWORD, World};

fn kept(world: &World) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(world.store_file().parent().unwrap())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name != "mail")
        .collect();
    names.sort_unstable();
    names
}

#[test]
fn the_store_that_is_there_is_kept_under_another_name() {
    let world = World::with_ada();
    let then = world.dump();
    world.run("store backup $HOME/b").done();
    world.advance(HOUR);
    world.run("invite bob@example.com").done();
    let later = fs::read(world.store_file()).unwrap();
    assert_snapshot!(world.run("store restore $HOME/b --replace"), @"
    ----
    error: confirmation is required: Entry 4 of the audit log, from Mon 2 Mar 2026 10:00, is lost. Restore the backup of Mon 2 Mar 2026 09:00 (1 hour ago) to $HOME/.local/share/admit/admit.db, and keep the existing store as $HOME/.local/share/admit/admit.db.before-restore-20260302T100000Z
    hint: to confirm, run `admit store restore $HOME/b --replace --yes`
    [exit 2]
    ");
    assert_snapshot!(world.run("store restore $HOME/b --replace --yes -n"), @"
    $HOME/.local/share/admit/admit.db: would be: restored from $HOME/b, made Mon 2 Mar 2026 09:00: 1 person and 3 entries of the audit log; entry 4 of the audit log, from Mon 2 Mar 2026 10:00, is lost; the previous store is $HOME/.local/share/admit/admit.db.before-restore-20260302T100000Z
    [exit 0]
    ");
    assert_eq!(kept(&world), ["admit.db"]);
    assert!(fs::read(world.store_file()).unwrap() == later);
    assert_snapshot!(world.run("store restore $HOME/b --replace --yes"), @"
    $HOME/.local/share/admit/admit.db: restored from $HOME/b, made Mon 2 Mar 2026 09:00: 1 person and 3 entries of the audit log; entry 4 of the audit log, from Mon 2 Mar 2026 10:00, is lost; the previous store is $HOME/.local/share/admit/admit.db.before-restore-20260302T100000Z
    ----
    hint: it is an older copy, and refused until `admit store restore --reconcile` has ended what it brings back, or `admit store restore --accept` has accepted it as it is
    [exit 0]
    ");
    assert_eq!(
        kept(&world),
        ["admit.db", "admit.db.before-restore-20260302T100000Z"]
    );
    assert_eq!(world.dump(), then);
    assert_eq!(world.run("list").code, 4);
    // What was put aside is the store that it was.
    let aside = "--store $HOME/.local/share/admit/admit.db.before-restore-20260302T100000Z";
    let run = world.run(&format!("list -o plain {aside}"));
    assert_eq!(run.stdout, "ada@example.com\nbob@example.com\n");
    world.advance(HOUR);
    assert_snapshot!(world.run("store restore $HOME/b --replace --reconcile --yes"), @"
    $HOME/.local/share/admit/admit.db: restored from $HOME/b, made Mon 2 Mar 2026 09:00: 1 person and 3 entries of the audit log; generation 2 begins; there was nothing to end; entry 4 of the audit log, from Mon 2 Mar 2026 10:00, is lost; the previous store is $HOME/.local/share/admit/admit.db.before-restore-20260302T110000Z
    [exit 0]
    ");
    assert_eq!(kept(&world).len(), 3);
    world.sign_in("ada@example.com", PASSWORD).done();
    // The other is the older one from now on.
    assert_eq!(world.run(&format!("list {aside}")).code, 4);
}

#[test]
fn a_second_replacement_within_a_second_keeps_both_stores() {
    let world = World::with_ada();
    world.run("store backup $HOME/b").done();
    let aside = "admit.db.before-restore-20260302T090000Z";
    for wanted in [aside.to_owned(), format!("{aside}-2"), format!("{aside}-3")] {
        let row = world.row("store restore $HOME/b --replace --yes");
        let kept_as = row["kept_as"].as_str().unwrap();
        assert!(kept_as.ends_with(&format!("/{wanted}")), "{kept_as}");
        assert!(kept(&world).contains(&wanted));
    }
    assert_eq!(kept(&world).len(), 4);
}

#[test]
fn a_damaged_store_is_put_aside_as_it_is_and_one_in_use_stays() {
    let world = World::with_ada();
    let then = world.dump();
    world.run("store backup $HOME/b").done();
    world.advance(HOUR);
    let run = world.with_store(|store| {
        // It has been written to, so that it holds the file.
        store.change(|tx| {
            tx.record(Event::new(world.now(), &operator(), Action::SettingChanged))?;
            Ok::<_, Fault>(Done::recorded(()))
        })?;
        Ok(world.run("store restore $HOME/b --replace --yes"))
    });
    assert_snapshot!(run, @"
    ----
    error: another program has the store $HOME/.local/share/admit/admit.db open
    hint: nothing was changed; stop the panels and services that use it, and run the same command again
    [exit 75]
    ");
    assert_eq!(world.run("audit verify").code, 0);
    fs::write(world.store_file(), "no store at all").unwrap();
    fs::write(world.store_file().with_extension("db-wal"), "a log").unwrap();
    assert_eq!(world.run("list").code, 1);
    world.run("store restore $HOME/b --replace --yes").done();
    let aside = "admit.db.before-restore-20260302T100000Z";
    assert_eq!(kept(&world), ["admit.db", aside, &format!("{aside}-wal")]);
    let folder = world.store_file().parent().unwrap().to_owned();
    assert_eq!(
        fs::read_to_string(folder.join(aside)).unwrap(),
        "no store at all"
    );
    assert_eq!(world.dump(), then);
}

#[test]
fn whatever_is_wrong_with_the_backup_the_store_stays_where_it_is() {
    let world = World::with_ada();
    world.run("store backup $HOME/b").done();
    let backup = world.read("b");
    world.run("invite bob@example.com").done();
    let before = world.dump();
    for bad in [
        String::new(),
        backup[..backup.len() / 2].to_owned(),
        backup.replacen("\"role\"", "\"rolf\"", 1),
        backup.replacen("ada@", "adb@", 1),
    ] {
        world.file("b", bad);
        let run = world.run("store restore $HOME/b --replace --yes");
        assert_eq!(run.code, 1, "{run}");
        assert!(run.stderr.contains("cannot use the backup "), "{run}");
        assert_eq!(
            (world.dump(), kept(&world)),
            (before.clone(), vec!["admit.db".to_owned()])
        );
    }
    let link = world.home().join("link");
    symlink(world.home().join("nowhere"), &link).unwrap();
    let run = world.run("store backup $HOME/link --force");
    assert_eq!(run.code, 1, "{run}");
    assert!(!world.home().join("nowhere").exists());
}
