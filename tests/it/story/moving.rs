//! Backups, restoring, copying; and older copies, which no command uses before they were reconciled.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;

use admit::cli::args::Cli;
use admit::cli::base::prompt::Answer;
use admit::store::Store;
use admit::vault::{ErasedList, LastSeen, LastSeenList};
use clap::CommandFactory as _;
use insta::assert_snapshot;

use crate::engine::Place;
use crate::support::world::{HOUR, PASSWORD, World};

/// What opens a store, with the exit code of a refusal.
pub(crate) const OPENING: &[(&str, u8)] = &[
    ("invite bob@example.com", 4),
    ("resend ada@example.com", 4),
    ("revoke ada@example.com", 4),
    ("list", 4),
    ("status", 4),
    ("show ada@example.com", 4),
    ("why ada@example.com", 4),
    ("unlock ada@example.com", 4),
    ("lock ada@example.com --reason x --yes", 4),
    ("extend ada@example.com --for 3d", 4),
    ("remove ada@example.com --yes", 4),
    ("role-of ada@example.com --set admin --yes", 4),
    ("edit ada@example.com --name Ada", 4),
    ("reset password ada@example.com", 4),
    ("reset 2fa ada@example.com --yes", 4),
    ("trust list", 4),
    ("trust add 192.0.2.1 --yes", 4),
    ("trust remove 1 --yes", 4),
    ("trust purge --person ada@example.com --yes", 4),
    ("panel list", 4),
    ("panel show", 4),
    ("panel set wrong-passwords=5", 4),
    ("mail list", 4),
    ("mail show 1", 4),
    ("mail send", 4),
    ("mail retry 1", 4),
    ("mail preview invitation --person ada@example.com", 4),
    ("audit list", 4),
    ("audit verify", 4),
    ("audit head", 4),
    ("audit prune --before 2026-01-01 --head $HOME/head --yes", 4),
    ("store init", 4),
    ("store set reset-lifetime=1h", 4),
    ("store backup $HOME/b", 4),
    ("store copy --to $HOME/copy.db", 4),
    ("store rekey", 4),
    ("housekeep", 4),
    ("self register", 4),
    ("self sign-in ada@example.com", 4),
    ("self password", 4),
    ("self 2fa ada@example.com --show", 4),
    ("self codes ada@example.com --show", 4),
    ("gate register", 111),
    ("gate sign-in", 111),
    ("gate send-code", 111),
    ("gate set-up-2fa", 111),
    ("gate second-factor-off", 111),
    ("gate new-backup-codes", 111),
    ("gate policy", 111),
    ("gate peek", 111),
    ("gate events", 111),
    ("gate hello", 111),
    ("gate health", 111),
    ("gate forgot-password", 111),
    ("gate reset-password", 111),
    ("gate change-password", 111),
    ("gate confirm-address", 111),
    ("gate check-session", 111),
    ("gate sign-out", 111),
];

/// What opens none, or also an older copy.
const BEARING: &[&str] = &[
    "store info",
    "store check",
    "store restore",
    "store upgrade",
    "config init",
    "mail test",
    "config show",
    "config path",
    "completions",
    "man",
];

/// Every command without commands of its own.
fn leaves(command: &clap::Command, name: &str, found: &mut Vec<String>) {
    let mut leaf = true;
    for sub in command
        .get_subcommands()
        .filter(|sub| sub.get_name() != "help")
    {
        leaf = false;
        let name = format!("{name} {}", sub.get_name());
        leaves(sub, name.trim_start(), found);
    }
    if leaf {
        found.push(name.to_owned());
    }
}

/// As if the store had come further than it has.
fn make_old(world: &World) {
    let list = LastSeenList::beside(&world.key_file());
    let store = world.with_store(|store| Ok(*store.vault().store_id()));
    let mut before = list.of(&store).remove(0);
    before.seen.seq += 5;
    list.set(&store, &before).unwrap();
}

fn seen(world: &World) -> LastSeen {
    let store = world.with_store(|store| Ok(*store.vault().store_id()));
    LastSeenList::beside(&world.key_file()).of(&store)[0].seen
}

/// What such a command reads.
pub(crate) fn input_for(line: &str) -> String {
    let token = format!("adm_i_{}", "a".repeat(52));
    match line {
        "self register" | "self password" => format!("{token}\n{PASSWORD}\n"),
        line if line.starts_with("self ") => format!("{PASSWORD}\n"),
        "gate register" | "gate reset-password" => {
            format!(r#"{{"token":"{token}","password":"{PASSWORD}"}}"#)
        }
        "gate sign-in" => {
            format!(r#"{{"ip":null,"address":"ada@example.com","password":"{PASSWORD}"}}"#)
        }
        "gate send-code" => {
            format!(
                r#"{{"ip":null,"address":"ada@example.com","password":"{PASSWORD}","method":"mail"}}"#
            )
        }
        "gate forgot-password" => r#"{"ip":null,"address":"ada@example.com"}"#.to_owned(),
        "gate change-password" => {
            format!(
                r#"{{"ip":null,"address":"ada@example.com","password":"{PASSWORD}","new_password":"x"}}"#
            )
        }
        "gate confirm-address" | "gate peek" => format!(r#"{{"token":"{token}"}}"#),
        "gate set-up-2fa" => format!(r#"{{"session":"{token}","ip":null}}"#),
        "gate second-factor-off" | "gate new-backup-codes" => {
            format!(r#"{{"session":"{token}","code":"123456","ip":null}}"#)
        }
        "gate policy" | "gate events" | "gate hello" | "gate health" => "{}".to_owned(),
        "gate check-session" | "gate sign-out" => {
            format!(r#"{{"session":"{token}"}}"#)
        }
        _ => String::new(),
    }
}

#[test]
fn an_older_copy_is_refused_by_every_command_that_opens_a_store() {
    let world = World::with_ada();
    make_old(&world);
    world.file("head", format!("1 {}", "00".repeat(32)));
    let (before, letters) = (world.dump(), world.letters());
    for (line, code) in OPENING {
        let run = world.pipe(line, input_for(line));
        assert_eq!(run.code, *code, "{line}\n{run}");
        let said = if *code == 111 {
            &run.stdout
        } else {
            &run.stderr
        };
        assert!(
            said.contains("is an older copy: its audit log ends at entry "),
            "{line}\n{run}"
        );
    }
    assert_eq!(world.dump(), before);
    assert_eq!(world.letters(), letters);
    assert!(!world.home().join("b").exists() && !world.home().join("copy.db").exists());

    let mut known: Vec<String> = OPENING.iter().map(|(line, _)| (*line).to_owned()).collect();
    known.extend(BEARING.iter().map(|line| (*line).to_owned()));
    let mut all = Vec::new();
    leaves(&Cli::command(), "", &mut all);
    for name in all.iter().filter(|name| !name.starts_with("gate")) {
        let listed = known
            .iter()
            .any(|line| line == name || line.starts_with(&format!("{name} ")));
        assert!(listed, "does `{name}` refuse an older copy?");
    }
    for line in ["store info", "store check"] {
        let run = world.run(line);
        assert_eq!(run.code, 0, "{run}");
        assert!(run.stderr.contains("warning: the store "), "{run}");
    }
}

#[test]
fn a_backup_says_what_is_in_it_and_what_is_not() {
    let world = World::with_ada();
    assert_snapshot!(world.run("store backup $HOME/b --dry-run"), @"
    $HOME/b: would contain 1 person and 3 entries of the audit log; the key is not included, so also back up $HOME/.config/admit/key, separately
    [exit 0]
    ");
    assert!(!world.home().join("b").exists());
    assert_snapshot!(world.run("store backup $HOME/b"), @"
    $HOME/b: 1 person and 3 entries of the audit log; the key is not included, so also back up $HOME/.config/admit/key, separately
    [exit 0]
    ");
    let mode = fs::metadata(world.home().join("b"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o7777, 0o600);
    assert_snapshot!(world.run("store backup $HOME/b"), @"
    ----
    error: cannot write the backup $HOME/b: it already exists
    hint: use another file, or, to replace that older backup, run `admit store backup $HOME/b --force`
    [exit 4]
    ");
    world.run("invite bob@example.com").done();
    let row = world.row("store backup $HOME/b --force");
    assert_eq!((&row["people"], &row["epoch"]), (&2.into(), &1.into()));
    assert_eq!(
        row["size_bytes"],
        fs::metadata(world.home().join("b")).unwrap().len()
    );
    assert_snapshot!(world.run("store backup $HOME/nowhere/b"), @"
    ----
    error: cannot write the backup $HOME/nowhere/b: $HOME/nowhere is not a writable folder
    hint: use a new file in one of your folders, with enough space
    [exit 1]
    ");
    assert_snapshot!(world.run("store backup -"), @"
    ----
    error: a backup must be written to a file, not to standard output
    hint: name one, as in `admit store backup admit.backup`
    [exit 2]
    ");
    assert_snapshot!(world.run("store backup /dev/null --force"), @"
    ----
    error: cannot write the backup /dev/null: it already exists and is a device, pipe or socket
    hint: use another file
    [exit 1]
    ");
    // Of the key nothing is in it, nor of the password or a link.
    let backup = world.read("b");
    for secret in fs::read_to_string(world.key_file())
        .unwrap()
        .split_whitespace()
    {
        assert!(secret.len() < 12 || !backup.contains(secret));
    }
    assert!(!backup.contains(PASSWORD) && !backup.contains(&world.token("bob@example.com")));
}

#[test]
fn a_copy_goes_elsewhere_as_a_whole_and_says_what_comes_next() {
    let world = World::with_ada();
    assert_snapshot!(world.run("store copy --to $HOME/copy.db -n"), @r#"
    $HOME/copy.db: would become a copy of $HOME/.local/share/admit/admit.db: 1 person and 3 entries of the audit log
    ----
    hint: the panels must be stopped; then set store = "$HOME/copy.db" in the configuration, look with `admit store check --store $HOME/copy.db`, and start them again. What is written to $HOME/.local/share/admit/admit.db from now on is not in the copy
    [exit 0]
    "#);
    assert!(!world.home().join("copy.db").exists());
    assert_snapshot!(world.run("store copy --to $HOME/copy.db"), @r#"
    $HOME/copy.db: copied from $HOME/.local/share/admit/admit.db: 1 person and 3 entries of the audit log, all compared, and the audit log is valid
    ----
    hint: the panels must be stopped; then set store = "$HOME/copy.db" in the configuration, look with `admit store check --store $HOME/copy.db`, and start them again. What is written to $HOME/.local/share/admit/admit.db from now on is not in the copy
    [exit 0]
    "#);
    assert_snapshot!(world.run("store copy --to $HOME/copy.db"), @"
    ----
    error: a store already exists at $HOME/copy.db
    hint: copy to another place; an existing store is never overwritten
    [exit 4]
    ");
    for line in [
        "list -o jsonl",
        "audit list -o jsonl",
        "trust list -o jsonl",
        "mail list -o jsonl",
    ] {
        let here = world.run(line).stdout;
        assert_eq!(
            world.run(&format!("{line} --store $HOME/copy.db")).stdout,
            here,
            "{line}"
        );
    }
    // Both go on from there, each by itself: a change to one never makes the other an older copy.
    for (who, store) in [
        ("bob@example.com", "--store $HOME/copy.db"),
        ("cyd@example.com", ""),
        ("dan@example.com", "--store $HOME/copy.db"),
    ] {
        let run = world.run(&format!("invite {who} {store}"));
        assert_eq!(run.code, 0, "{run}");
        assert!(!run.stderr.contains("copy"), "{run}");
    }
    assert_snapshot!(world.run("store copy --to ftp://example.com/x --store $HOME/copy.db"), @"
    ----
    error: this version cannot open a store such as 'ftp://example.com/x'
    hint: use a file, as in --store admit.db, or a server: postgres://USER@HOST/DATABASE
    [exit 2]
    ");
}

#[test]
fn a_backup_is_restored_where_there_is_no_store() {
    let world = World::with_ada();
    world.run("store backup $HOME/b").done();
    world.advance(HOUR);
    let there = world.run("store restore $HOME/b");
    assert_eq!(there.code, 4, "{there}");
    assert!(there.stderr.contains("already exists at "), "{there}");
    let elsewhere = tempfile::tempdir_in(world.home()).unwrap();
    let place = Place::of_lab(elsewhere.path());
    let line = format!("store restore $HOME/b --store {}", place.url());
    let run = world.run(&line);
    assert_eq!(run.code, 2, "{run}");
    let run = world.run(&format!("{line} -n"));
    assert_eq!(run.code, 0, "{run}");
    assert!(!Store::is_there(&place.location()).unwrap());
    let row = world.row(&format!("{line} --yes"));
    assert_eq!((&row["people"], &row["older"]), (&1.into(), &false.into()));
    let list = world.run("list -o jsonl").stdout;
    let there = world.run(&format!("list -o jsonl --store {}", place.url()));
    assert_eq!(there.stdout, list);
}

#[test]
fn reconciling_asks_and_says_in_numbers_what_it_did() {
    let world = World::with_ada();
    world.run("invite bob@example.com").done();
    world.sign_in("ada@example.com", PASSWORD).done();
    world.run("trust add 192.0.2.0/24 --yes").done();
    make_old(&world);
    assert_snapshot!(world.run("store restore"), @"
    ----
    error: the following required arguments were not provided: <FILE>
    hint: run `admit store restore --help`
    [exit 2]
    ");
    assert_snapshot!(world.run("store restore --reconcile"), @"
    ----
    error: confirmation is required: Entries 7 to 11 of the audit log are lost (the last one is from Mon 2 Mar 2026 09:00). End 1 session, 1 invitation, 1 trusted IP in $HOME/.local/share/admit/admit.db
    hint: to confirm, run `admit store restore --reconcile --yes`
    [exit 2]
    ");
    assert_snapshot!(world.ask("store restore --reconcile", [Answer::No]), @"
    ----
    error: not confirmed; nothing was changed
    [asked: Entries 7 to 11 of the audit log are lost (the last one is from Mon 2 Mar 2026 09:00). End 1 session, 1 invitation, 1 trusted IP in $HOME/.local/share/admit/admit.db?]
    [exit 1]
    ");
    let before = world.dump();
    assert_snapshot!(world.run("store restore --reconcile -n"), @"
    $HOME/.local/share/admit/admit.db: would be: generation 2 begins; ended 1 session, 1 invitation, 1 trusted IP; entries 7 to 11 of the audit log are lost (the last one is from Mon 2 Mar 2026 09:00)
    ----
    hint: people who have not registered need a new link; list them with `admit list --status unregistered`, and resend
    [exit 0]
    ");
    assert_eq!(world.dump(), before);
    assert_eq!(world.run("list").code, 4);
    assert_snapshot!(world.run("store restore --reconcile --yes"), @"
    $HOME/.local/share/admit/admit.db: generation 2 begins; ended 1 session, 1 invitation, 1 trusted IP; entries 7 to 11 of the audit log are lost (the last one is from Mon 2 Mar 2026 09:00)
    ----
    hint: people who have not registered need a new link; list them with `admit list --status unregistered`, and resend
    [exit 0]
    ");
    assert_eq!(seen(&world).epoch, 2);
    assert_snapshot!(world.run("list"), @"
    ADDRESS          NAME          ROLE    STATUS        2FA  ACCESS     LAST SIGN-IN
    ada@example.com  Ada Lovelace  member  active        –    permanent  just now
    bob@example.com  –             member  unregistered  –    permanent  never
    [exit 0]
    ");
    world.run("resend bob@example.com").done();
    world.register("bob@example.com");
    world.run("audit verify").done();
}

#[test]
fn a_list_of_the_erased_that_does_not_read_stops_it() {
    let world = World::with_ada();
    make_old(&world);
    fs::write(ErasedList::beside(&world.key_file()).path(), "half a li").unwrap();
    let before = world.dump();
    assert_snapshot!(world.run("store restore --reconcile --yes"), @"
    ----
    error: cannot read the list of erased people: $HOME/.config/admit/erased: line 1 is unreadable
    hint: nothing was changed; fix that file first, so that erased people do not come back
    [exit 1]
    ");
    assert_eq!(world.dump(), before);
}

#[test]
fn without_the_key_nothing_is_restored() {
    let world = World::with_ada();
    world.run("store backup $HOME/b").done();
    fs::rename(world.key_file(), world.home().join("key")).unwrap();
    let elsewhere = tempfile::tempdir_in(world.home()).unwrap();
    let place = Place::of_lab(elsewhere.path());
    let line = format!("store restore $HOME/b --yes --store {}", place.url());
    assert_snapshot!(world.run(&line), @"
    ----
    error: the key file $HOME/.config/admit/key does not exist, and backups do not contain it
    hint: restore the key file from your copy, or set ADMIT_KEY_FILE to its path
    [exit 1]
    ");
    assert!(!Store::is_there(&place.location()).unwrap());
    fs::rename(world.home().join("key"), world.key_file()).unwrap();
    world.file("b", "not one\n");
    assert_snapshot!(world.run(&line), @"
    ----
    error: cannot use the backup $HOME/b: it is not an admit backup
    hint: nothing was restored; use another backup, and keep this one unchanged
    [exit 1]
    ");
    assert_snapshot!(world.run("store restore $HOME/none"), @"
    ----
    error: cannot read the backup $HOME/none: No such file or directory
    [exit 1]
    ");
}

#[test]
fn accepting_needs_a_reason_says_what_is_lost_and_keeps_sessions() {
    let world = World::with_ada();
    world.run("invite bob@example.com").done();
    let request = format!(r#"{{"ip":null,"address":"ada@example.com","password":"{PASSWORD}"}}"#);
    let signed_in = world.pipe("gate sign-in", request);
    make_old(&world);
    assert_snapshot!(world.run("store restore --accept"), @"
    ----
    Entries 6 to 10 of the audit log are lost (the last one is from Mon 2 Mar 2026 09:00)
    error: --reason is required when not run at a terminal
    hint: add --reason, or run it at a terminal
    [exit 2]
    ");
    assert_snapshot!(world.run("store restore --accept --reason 'case 4711'"), @"
    ----
    error: confirmation is required: Entries 6 to 10 of the audit log are lost (the last one is from Mon 2 Mar 2026 09:00). Sessions, links and codes that were used or ended since then will work again. Use $HOME/.local/share/admit/admit.db as it is
    hint: to confirm, run `admit store restore --accept --reason 'case 4711' --yes`
    [exit 2]
    ");
    assert_snapshot!(world.run("store restore --accept --reconcile --reason x"), @"
    ----
    error: the argument '--accept' cannot be used with '--reconcile'
    hint: run `admit store restore --help`
    [exit 2]
    ");
    let both = world.run("store restore --reconcile --reason x --yes");
    assert_eq!(both.code, 2, "{both}");
    assert!(both.stderr.contains("cannot be used with"), "{both}");
    let before = world.dump();
    assert_snapshot!(world.run("store restore --accept --reason 'case 4711' -n"), @"
    $HOME/.local/share/admit/admit.db: would be: accepted as it is; generation 2 begins; entries 6 to 10 of the audit log are lost (the last one is from Mon 2 Mar 2026 09:00)
    [exit 0]
    ");
    assert_snapshot!(world.ask("store restore --accept", [Answer::Text("case 4711".into()), Answer::No]), @"
    ----
    Entries 6 to 10 of the audit log are lost (the last one is from Mon 2 Mar 2026
    09:00)
    error: not confirmed; nothing was changed
    [asked: Reason for accepting the older copy]
    [asked: Entries 6 to 10 of the audit log are lost (the last one is from Mon 2 Mar 2026 09:00). Sessions, links and codes that were used or ended since then will work again. Use $HOME/.local/share/admit/admit.db as it is?]
    [exit 1]
    ");
    assert_eq!(world.dump(), before);
    assert_eq!(world.run("list").code, 4);
    let accepted = world.ask(
        "store restore --accept",
        [Answer::Text("case 4711".into()), Answer::Yes],
    );
    assert_eq!((accepted.code, accepted.asked.len()), (0, 2), "{accepted}");
    assert!(accepted.stdout.contains("accepted as it is"), "{accepted}");
    assert_eq!(seen(&world).epoch, 2);
    let mut words = signed_in.stdout.split('"');
    let session = words.find(|word| word.starts_with("adm_s_")).unwrap();
    let run = world.pipe(
        "gate check-session",
        format!(r#"{{"session":"{session}"}}"#),
    );
    assert!(run.stdout.contains("session-live"), "{run}");
    let entry = world.row("audit list --action store-accepted");
    assert_eq!(
        entry["detail"],
        serde_json::json!({
            "epoch": 2, "erased": 0, "lost_epoch": 1, "lost_first": 6, "lost_last": 10, "reason": "case 4711",
        })
    );
    assert_snapshot!(world.run("store restore --accept --reason again --yes"), @"
    $HOME/.local/share/admit/admit.db: is not an older copy: nothing changed
    [exit 0]
    ");
    world.register("bob@example.com");
    world.run("audit verify").done();
}

#[test]
fn who_was_erased_does_not_come_back_with_an_accepted_copy() {
    let world = World::with_ada();
    world.run("invite bob@example.com").done();
    world.run("store backup $HOME/b").done();
    world.run("remove bob@example.com --erase --yes").done();
    world.run("invite cyd@example.com").done();
    let elsewhere = tempfile::tempdir_in(world.home()).unwrap();
    let place = Place::of_lab(elsewhere.path());
    let line = format!(
        "store restore $HOME/b --accept --reason drill --store {}",
        place.url()
    );
    let row = world.row(&format!("{line} --yes"));
    assert_eq!(
        row["accepted"],
        serde_json::json!({"epoch": 2, "erased": 1})
    );
    assert_eq!(
        (&row["lost"]["first"], &row["lost"]["last"]),
        (&5.into(), &6.into())
    );
    assert_eq!(row["older"], false);
    let run = world.run(&format!("list -o plain --store {}", place.url()));
    assert_eq!(run.stdout, "ada@example.com\n", "{run}");
    // The store itself is not touched by a drill.
    assert_eq!(
        world.run("list -o plain").stdout,
        "ada@example.com\ncyd@example.com\n"
    );
}
