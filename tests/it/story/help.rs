//! What helps somebody who knows nothing yet.

use insta::assert_snapshot;

use crate::support::world::World;

#[test]
fn admit_alone_shows_what_there_is() {
    assert_snapshot!(World::fresh().run(""), @"
    ----
    Manage who can sign in to a panel

    Usage: admit [OPTIONS] <COMMAND>

    People
      invite, resend, revoke   Invite people, send the link again, withdraw it
      list, show, edit         Find people, show everything about one, edit details
      why, status              See why someone cannot sign in; what needs attention
    Access and locks
      unlock, lock             Unlock an account, or lock it
      extend, remove, role-of  Extend or end access, change the role
      reset password           Mail a link to set a new password
    Second factor
      reset 2fa, trust         Remove a lost second factor; manage trusted IPs
    Mail
      mail                     Show, send, retry, test and preview mail
    Audit
      audit                    Read and verify the audit log
    Set-up
      panel, store, config     Settings of panels, database and key, settings files
      gate, self, housekeep    For the panel; for people themselves; for a timer
      completions, man, help   Tab completion, manual, and all options of a command
    someone can't sign in? admit why ADDRESS
    [exit 2]
    ");
}

#[test]
fn help_begins_with_the_daily_verbs_and_ends_with_the_way_to_why() {
    let run = World::fresh().run("--help");
    assert_eq!(run.code, 0);
    let place = |word: &str| {
        let found = run
            .stdout
            .lines()
            .position(|line| line.trim_start().starts_with(word));
        found.unwrap_or_else(|| panic!("{word} is missing\n{run}"))
    };
    let daily = [
        "invite", "resend", "revoke", "list", "show", "why", "unlock", "extend", "remove", "reset",
    ];
    let nouns = [
        "panel",
        "mail",
        "audit",
        "store",
        "config",
        "completions",
        "man",
    ];
    for (before, after) in daily
        .iter()
        .chain(&nouns)
        .zip(daily.iter().chain(&nouns).skip(1))
    {
        assert!(
            place(before) < place(after),
            "{before} before {after}\n{run}"
        );
    }
    assert!(
        run.stdout
            .contains("someone can't sign in? admit why ADDRESS"),
        "{run}"
    );
}

#[test]
fn every_page_of_help_fits_and_says_something() {
    let world = World::fresh();
    for command in [
        "invite",
        "resend",
        "revoke",
        "list",
        "show",
        "why",
        "unlock",
        "extend",
        "remove",
        "reset password",
        "panel list",
        "panel show",
        "panel set",
        "store set",
        "mail list",
        "mail show",
        "mail send",
        "audit list",
        "audit verify",
        "audit head",
        "store init",
        "store info",
        "store check",
        "config show",
        "config path",
        "self register",
        "self sign-in",
        "self password",
        "completions",
        "man",
    ] {
        let run = world.run(&format!("{command} --help"));
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{run}");
        assert!(
            run.stdout.contains(&format!("Usage: admit {command}")),
            "{run}"
        );
        assert!(
            run.lines().iter().all(|line| line.chars().count() <= 100),
            "{run}"
        );
    }
}

#[test]
fn words_from_other_tools_are_understood() {
    let world = World::new();
    world.run("grant ada@example.com").done();
    world.run("reinvite ada@example.com").done();
    world.run("ls").done();
    assert_eq!(world.run("kick ada@example.com").code, 2);
}

#[test]
fn a_slip_of_the_finger_is_told() {
    let world = World::new();
    assert_snapshot!(world.run("unlok ada@example.com"), @"
    ----
    error: unknown command 'unlok'
    hint: did you mean `admit unlock ada@example.com`?
    [exit 2]
    ");
    assert_snapshot!(world.run("list --limt 3"), @r"
----
error: unexpected argument '--limt' found
hint: a similar argument exists: '--limit'; or run `admit list --help`
[exit 2]
");
    assert_snapshot!(world.run("list -o jsn"), @r"
----
error: invalid value 'jsn' for '--output <FORMAT>' [possible values: table, json, jsonl, csv, plain]
hint: a similar value exists: 'json'; or run `admit list --help`
[exit 2]
");
    assert_snapshot!(world.run("list --sort nam"), @r"
----
error: invalid value 'nam' for '--sort <ORDER>' [possible values: address, name, until, last-sign-in, newest]
hint: a similar value exists: 'name'; or run `admit list --help`
[exit 2]
");
    assert_snapshot!(world.run("list --status lokced"), @r"
----
error: unknown status 'lokced'
hint: did you mean locked?
[exit 2]
");
    assert_snapshot!(world.run("audit list --action lockd"), @r"
----
error: unknown action 'lockd'
hint: did you mean locked?
[exit 2]
");
    assert_snapshot!(world.run("list --panel mian"), @r"
----
error: unknown panel 'mian'
hint: did you mean main?
[exit 3]
");
    assert_snapshot!(world.run("invite ada@example.com --role memebr"), @r"
----
error: ada@example.com: unknown role 'memebr'
hint: did you mean member?
[exit 3]
");
}
