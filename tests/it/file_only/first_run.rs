//! A fresh machine: the first command makes a file by itself. A server is given its store by `store init`.

use insta::assert_snapshot;

use crate::support::world::World;

#[test]
fn the_first_command_makes_store_and_key_once() {
    let world = World::fresh();
    assert_snapshot!(world.run("list"), @"
    ----
    Created a new store at $HOME/.local/share/admit/admit.db
    Created its key at $HOME/.config/admit/key; back it up separately from the store, because encrypted data cannot be read without it
    Nobody is here yet. Invite the first person with `admit invite ada@example.com`, or several from a file with --from.
    [exit 0]
    ");
    assert!(world.store_file().exists() && world.key_file().exists());
    assert_snapshot!(world.run("list"), @"
    ----
    Nobody is here yet. Invite the first person with `admit invite ada@example.com`, or several from a file with --from.
    [exit 0]
    ");
    assert_snapshot!(world.run("store init"), @r"
$HOME/.local/share/admit/admit.db: is already a store: nothing changed
[exit 0]
");
}

#[test]
fn the_first_invitation_on_a_fresh_machine_is_written_to_a_file() {
    let mut world = World::fresh();
    world.mailbox = None;
    assert_snapshot!(normal(&world.run("invite ada@example.com").exits(0)), @"
    ada@example.com: unknown → invited to main as member, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail written to $HOME/.local/share/admit/mail/LETTER.eml
    ----
    Created a new store at $HOME/.local/share/admit/admit.db
    Created its key at $HOME/.config/admit/key; back it up separately from the store, because encrypted data cannot be read without it
    No mail server is configured (mail.server), so the mail has not left this machine: it is in $HOME/.local/share/admit/mail
    hint: set mail.server in the settings (`admit config init` writes a file for them), or print the link with --print-link
    [exit 0]
    ");
    let folder = world.home().join(".local/share/admit/mail");
    let letters = || std::fs::read_dir(&folder).unwrap().count();
    assert_eq!(letters(), 1);
    assert_snapshot!(normal(&world.run("why ada@example.com").exits(6)), @"
    ada@example.com cannot sign in to main: unregistered

      unregistered – has not registered yet, so there is no password
        admit resend ada@example.com
          mails a new invitation link; the person registers with it
        (only the person can register, with the newest link in their mail)

    Worth knowing:
      - the last mail (invitation) has not left this machine, since no mail server is configured: written to $HOME/.local/share/admit/mail/LETTER.eml
        admit resend ada@example.com --print-link
          prints a new link, to be handed to the person in another way
        (to send mail, set mail.server in the settings)

    Also known:
      - an invitation from Mon 2 Mar 2026 09:00 (just now) works until Mon 9 Mar 2026 09:00 (in 7 days)
    [exit 6]
    ");
    assert_snapshot!(normal(&world.run("mail list").exits(0)), @"
    ID  TO               KIND        STATE    QUEUED    TRIES  DETAIL
     1  ada@example.com  invitation  written  just now      1  written to $HOME/.local/share/admit/mail/LETTER.eml
    [exit 0]
    ");
    assert_eq!(letters(), 1);
}

/// The name of a letter's file is not the same twice.
fn normal(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once("/mail/") {
        let end = behind.find(".eml").unwrap_or(0);
        out.push_str(before);
        out.push_str("/mail/LETTER");
        rest = &behind[end..];
    }
    out.push_str(rest);
    out
}

#[test]
fn a_store_that_was_named_and_is_not_there_is_not_made() {
    let world = World::fresh();
    assert_snapshot!(world.run("--store $HOME/other.db list"), @"
    ----
    error: no store at $HOME/other.db
    hint: to make one, run `admit store init --store $HOME/other.db`
    [exit 3]
    ");
    assert!(!world.home().join("other.db").exists());
    assert!(!world.key_file().exists());
    assert_snapshot!(world.run("store init --store $HOME/other.db"), @r"
$HOME/other.db: a new store with the panel main
----
Created a new store at $HOME/other.db
Created its key at $HOME/.config/admit/key; back it up separately from the store, because encrypted data cannot be read without it
[exit 0]
");
    assert_snapshot!(world.run("--store $HOME/other.db invite ada@example.com"), @r"
ada@example.com: unknown → invited to main as member, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail kept in memory
[exit 0]
");
    let why = world.row("why ada@example.com --store $HOME/other.db");
    let command = why["obstacles"][0]["remedies"][0]["command"]
        .as_str()
        .unwrap();
    assert!(command.contains("--store"), "{command}");
    assert_eq!(world.paste(command).code, 0);
}

#[test]
fn looking_does_not_make_a_store_out_of_a_dry_run() {
    let world = World::fresh();
    assert_snapshot!(world.run("store init -n"), @r"
$HOME/.local/share/admit/admit.db: would become a new store with the panel main
[exit 0]
");
    assert!(!world.store_file().exists() && !world.key_file().exists());
    assert_snapshot!(world.run("invite ada@example.com -n"), @r"
ada@example.com: would change: unknown → invited to main as member, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail would be queued
----
No store exists yet; this dry run used an empty one
[exit 0]
");
    assert!(!world.store_file().exists() && !world.key_file().exists());
}
