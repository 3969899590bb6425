//! Resetting passwords.

use insta::assert_snapshot;

use crate::support::world::{DAY, HOUR, PASSWORD, World};

#[test]
fn a_link_is_mailed_and_the_old_password_works_until_it_is_used() {
    let world = World::with_ada();
    assert_snapshot!(world.changes_nothing("reset password ada@example.com -n"), @r"
ada@example.com: would change: reset link valid until Mon 2 Mar 2026 11:00 (in 2 hours); the old password works until it is used; mail would be queued
[exit 0]
");
    assert_snapshot!(world.run("reset password ada@example.com"), @r"
ada@example.com: reset link valid until Mon 2 Mar 2026 11:00 (in 2 hours); the old password works until it is used; mail kept in memory
[exit 0]
");
    world.sign_in("ada@example.com", PASSWORD).done();
    world.set_password("ada@example.com", "nine blue bottles stand over here");
    assert_eq!(
        world.denied("ada@example.com", PASSWORD),
        "invalid-credentials"
    );
}

#[test]
fn only_the_newest_link_works_and_only_for_two_hours() {
    let world = World::with_ada();
    world.run("reset password ada@example.com").done();
    let first = world.token("ada@example.com");
    world.advance(HOUR);
    assert_snapshot!(world.run("reset password ada@example.com --reason 'called in'"), @r"
ada@example.com: reset link valid until Mon 2 Mar 2026 12:00 (in 2 hours); the old password works until it is used; mail kept in memory
[exit 0]
");
    let second = world.token("ada@example.com");
    assert_snapshot!(world.pipe("self password", format!("{first}\nwhatever it may be now\n")), @r"
----
error: a newer link was sent Mon 2 Mar 2026 10:00 (just now), and only that one works
hint: use the link in the newest mail
[exit 4]
");
    world.advance(2 * HOUR);
    assert_snapshot!(world.pipe("self password", format!("{second}\nwhatever it may be now\n")), @"
    ----
    error: the link has expired: Mon 2 Mar 2026 12:00 (just now)
    hint: request a new one
    [exit 4]
    ");
}

#[test]
fn a_printed_link_comes_with_a_notice_to_the_person() {
    let world = World::with_ada();
    let run = world.run("reset password ada@example.com --print-link");
    assert_snapshot!(run, @r"
ada@example.com: reset link valid until Mon 2 Mar 2026 11:00 (in 2 hours); the old password works until it is used; the person is mailed a notice, and the link is printed here; mail kept in memory
  adm_TOKEN
[exit 0]
");
    let letter = world.mail().last_to("ada@example.com").unwrap();
    assert_eq!(letter.token(), None, "{}", letter.text());
    let token = run.stdout.lines().last().unwrap().trim();
    world
        .pipe(
            "self password",
            format!("{token}\nnine blue bottles stand over here\n"),
        )
        .done();
}

#[test]
fn it_is_refused_for_those_whom_it_cannot_help() {
    let world = World::with_ada();
    world.run("invite bob@example.com").done();
    assert_snapshot!(world.changes_nothing("reset password bob@example.com"), @r"
----
error: bob@example.com: never registered, so there is no password to reset
hint: run `admit resend bob@example.com`: it mails a new invitation
[exit 4]
");
    assert_snapshot!(world.changes_nothing("reset password cyd@example.com"), @"
    ----
    error: no account has the address cyd@example.com
    hint: find people by name or part of the address with `admit list cyd`
    [exit 3]
    ");
    world.lock_for_good("ada@example.com");
    assert_snapshot!(world.changes_nothing("reset password ada@example.com"), @r"
----
error: ada@example.com: is locked permanently since Mon 2 Mar 2026 09:00 (just now), and no reset link works
hint: run `admit unlock ada@example.com`
[exit 4]
");
}

#[test]
fn a_lock_opens_with_a_new_password() {
    let world = World::with_ada();
    world.lock("ada@example.com");
    assert_snapshot!(world.run("reset password ada@example.com"), @r"
    ada@example.com: reset link valid until Mon 2 Mar 2026 11:00 (in 2 hours); the account has been locked since Mon 2 Mar 2026 09:00 (just now), so the old password does not work; a new one unlocks it; mail kept in memory
    [exit 0]
    ");
    world.set_password("ada@example.com", "nine blue bottles stand over here");
    world
        .sign_in("ada@example.com", "nine blue bottles stand over here")
        .done();
}

#[test]
fn the_noun_alone_names_its_verbs() {
    assert_snapshot!(World::new().run("reset"), @"
    ----
    Reset a password or second factor

    Usage: admit reset [OPTIONS] <COMMAND>

    Commands:
      password  Mail a link to set a new password
      2fa       Remove a second factor, so that a new one can be set up
      help      Print this message or the help of the given subcommand(s)

    Options:
      -h, --help  Print help (see more with '--help')

    Global options:
          --store <URL>      Store to use: a file or a database URL
          --panel <NAME>     Panel to use
      -o, --output <FORMAT>  Output format: table, json, jsonl, csv or plain
      -n, --dry-run          Show what would happen without changing anything
      -y, --yes              Answer yes to all confirmations
          --no-input         Never ask; fail if an answer is needed
      -q, --quiet            Print only results, warnings and errors
      -v, --verbose...       Print more details (can be repeated)
          --color <WHEN>     Use color: auto, always or never
          --config <FILE>    Settings file to use instead of the user's
    [exit 2]
    ");
    assert_snapshot!(World::new().run("reset pasword ada@example.com"), @"
    ----
    error: unknown command 'reset pasword'
    hint: did you mean `admit reset password ada@example.com`?
    [exit 2]
    ");
}

#[test]
fn what_the_old_password_is_still_good_for_is_told_as_it_is() {
    let world = World::with_ada();
    world.run("reset password ada@example.com --now").done();
    assert_snapshot!(world.run("reset password ada@example.com"), @"
    ada@example.com: reset link valid until Mon 2 Mar 2026 11:00 (in 2 hours); the old password has been void since Mon 2 Mar 2026 09:00 (just now), so only a new one works; mail kept in memory
    [exit 0]
    ");
    assert_snapshot!(world.run("reset password ada@example.com --now"), @"
    ada@example.com: reset link valid until Mon 2 Mar 2026 11:00 (in 2 hours); the old password was already void, since Mon 2 Mar 2026 09:00 (just now); open sessions ended; mail kept in memory
    [exit 0]
    ");
    assert_snapshot!(world.run("reset 2fa ada@example.com --password --yes"), @"
    ada@example.com: no second factor was set; reset link valid until Mon 2 Mar 2026 11:00 (in 2 hours); the old password has been void since Mon 2 Mar 2026 09:00 (just now), so only a new one works; mail kept in memory
    [exit 0]
    ");
    // Access that comes back does not bring the password back.
    world.run("remove ada@example.com").done();
    assert_snapshot!(world.run("invite ada@example.com"), @"
    ada@example.com: removed → active in main as member, permanent; the password has been void since Mon 2 Mar 2026 09:00 (just now), so the person must first set a new one; mail kept in memory
    ----
    hint: to mail a link for a new password, use `admit reset password ada@example.com`
    [exit 0]
    ");
    world.run("reset password ada@example.com").done();
    world.set_password("ada@example.com", "nine blue bottles stand over here");
    world.set_panel("main", "password-expiry", "30d");
    world.advance(30 * DAY);
    assert_snapshot!(world.run("reset password ada@example.com"), @"
    ada@example.com: reset link valid until Wed 1 Apr 2026 11:00 (in 2 hours); the old password has expired in main, so a new one is required there; mail kept in memory
    [exit 0]
    ");
    world.run("lock ada@example.com --reason left").done();
    assert_snapshot!(world.run("reset password ada@example.com"), @"
    ada@example.com: reset link valid until Wed 1 Apr 2026 11:00 (in 2 hours); an operator has locked the account, so neither the old nor a new password works until it is unlocked; mail kept in memory
    ----
    hint: the account is disabled all the same: see `admit why ada@example.com`
    [exit 0]
    ");
}
