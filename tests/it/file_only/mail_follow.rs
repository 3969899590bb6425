//! The service that sends mail, while the store's file is moved about.

use std::fs;
use std::path::PathBuf;

use admit::cli::base::interrupt::Interrupt;
use admit::mail::DeliveryFault;
use insta::assert_snapshot;

use crate::support::world::{MINUTE, SECOND, World};

/// A world in which one mail waits for its next try, a minute from now.
fn world() -> World {
    let world = World::with_ada();
    world.mail().drain();
    world.mail().fail_with(Some(DeliveryFault {
        retry: true,
        detail: "451 later".into(),
    }));
    world.run("invite bob@example.com").done();
    world.mail().fail_with(None);
    world
}

/// The store's file, its log, and what goes with it, moved from one folder to another.
fn move_store(from: PathBuf, to: PathBuf) -> impl FnOnce() + Send {
    move || {
        fs::create_dir_all(&to).unwrap();
        for entry in fs::read_dir(&from).unwrap() {
            let entry = entry.unwrap();
            if entry.file_name().to_str().unwrap().starts_with("admit.db") {
                fs::rename(entry.path(), to.join(entry.file_name())).unwrap();
            }
        }
    }
}

fn ctrl_c(interrupt: &Interrupt) -> impl FnOnce() + Send + 'static {
    let interrupt = interrupt.clone();
    move || interrupt.raise()
}

#[test]
fn a_store_that_is_away_for_minutes_is_waited_for_and_its_mail_is_sent() {
    let world = world();
    let folder = world.store_file().parent().unwrap().to_owned();
    let elsewhere = world.home().join("elsewhere");
    let interrupt = Interrupt::manual();
    world.after(10 * SECOND, move_store(folder.clone(), elsewhere.clone()));
    world.after(4 * MINUTE, move_store(elsewhere, folder));
    world.after(6 * MINUTE, ctrl_c(&interrupt));
    let run = world
        .line("mail send --follow -v")
        .interrupt(interrupt)
        .run();
    assert_snapshot!(run, @"
    ----
    warning: no store at $HOME/.local/share/admit/admit.db; trying to open it again in 1 s
    warning: no store at $HOME/.local/share/admit/admit.db; trying to open it again in 2 s
    warning: no store at $HOME/.local/share/admit/admit.db; trying to open it again in 4 s
    warning: no store at $HOME/.local/share/admit/admit.db; trying to open it again in 8 s
    warning: no store at $HOME/.local/share/admit/admit.db; trying to open it again in 16 s
    warning: no store at $HOME/.local/share/admit/admit.db; trying to open it again in 32 s
    warning: no store at $HOME/.local/share/admit/admit.db; trying to open it again in 60 s
    warning: no store at $HOME/.local/share/admit/admit.db; trying to open it again in 60 s
    warning: no store at $HOME/.local/share/admit/admit.db; trying to open it again in 60 s
    mail 2 to bob@example.com: sent – kept in memory
    [exit 0]
    ");
    assert_eq!(world.letters(), 1);
}

#[test]
fn a_store_that_stays_away_ends_it() {
    let world = world();
    let folder = world.store_file().parent().unwrap().to_owned();
    let elsewhere = world.home().join("elsewhere");
    world.after(10 * SECOND, move_store(folder, elsewhere));
    let began = world.now();
    let run = world.run("mail send --follow");
    assert_eq!(run.code, 3, "{run}");
    let last = run.stderr.lines().rev().nth(1).unwrap();
    assert!(last.starts_with("error: no store at "), "{run}");
    let took = world.now().duration_since(began);
    assert!((5..=7).contains(&took.as_mins()), "{took}");
    assert_eq!(world.letters(), 0);
}

#[test]
fn ctrl_c_is_heard_while_the_store_is_away() {
    let world = world();
    let folder = world.store_file().parent().unwrap().to_owned();
    let interrupt = Interrupt::manual();
    world.after(
        10 * SECOND,
        move_store(folder, world.home().join("elsewhere")),
    );
    world.after(3 * MINUTE, ctrl_c(&interrupt));
    let began = world.now();
    let run = world.line("mail send --follow").interrupt(interrupt).run();
    assert_eq!(run.code, 0, "{run}");
    let took = world.now().duration_since(began);
    assert_eq!(took.as_mins(), 3, "{took}");
}

#[test]
fn a_store_that_is_put_in_its_place_is_the_one_that_counts() {
    let world = world();
    let folder = world.store_file().parent().unwrap().to_owned();
    let elsewhere = world.home().join("elsewhere");
    let interrupt = Interrupt::manual();
    // A copy, as a backup is: in it somebody else waits for mail.
    let copy = world.home().join("copy");
    fs::create_dir_all(&copy).unwrap();
    let (original, backup) = (world.store_file(), copy.join("admit.db"));
    rusqlite::Connection::open(&original)
        .unwrap()
        .execute("vacuum into ?1", [backup.to_str().unwrap()])
        .unwrap();
    let db = rusqlite::Connection::open(&backup).unwrap();
    db.execute(
        "update outbox set address = 'carol@example.com' where id = 2",
        [],
    )
    .unwrap();
    db.query_row("pragma journal_mode = wal", [], |_| Ok(()))
        .unwrap();
    drop(db);
    fs::set_permissions(&backup, fs::metadata(&original).unwrap().permissions()).unwrap();
    world.after(20 * SECOND, move || {
        move_store(folder.clone(), elsewhere)();
        move_store(copy, folder)();
    });
    world.after(2 * MINUTE, ctrl_c(&interrupt));
    let run = world.line("mail send --follow").interrupt(interrupt).run();
    assert_eq!(run.code, 0, "{run}");
    let letters = world.mail().letters();
    let to: Vec<&str> = letters.iter().map(|letter| letter.to.as_str()).collect();
    assert_eq!(to, ["carol@example.com"]);
}
