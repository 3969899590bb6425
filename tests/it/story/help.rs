//! What helps somebody who knows nothing yet.

use insta::assert_snapshot;

use crate::support::world::World;

#[test]
fn admit_alone_shows_what_there_is() {
    assert_snapshot!(World::fresh().run(""), @"
    ----
    Look after who gets into a panel

    Usage: admit [OPTIONS] <COMMAND>

    Commands:
      invite       Invite people to a panel
      resend       Mail a new invitation link to somebody who has not registered
      revoke       Take a pending invitation back
      list         List people and their access
      show         Show everything known about one person
      why          Tell why a person cannot sign in, and what to type now
      unlock       Open a lock
      lock         Lock an account by hand
      extend       Move the end of people's access
      remove       Take people out of a panel
      role-of      Change people's role in a panel
      edit         Change what is known of a person
      reset        Let people choose anew what they have lost
      trust        Look after trusted IPs: addresses and networks from which no code is asked for
      panel        Look after panels and what they ask for
      mail         Look after the outbox
      audit        Read the record of everything that happened, and prove that nobody tampered with it
      store        Look after the database and its key
      config       Show the settings and where they come from
      gate         Answer a panel: may this person come in?
      housekeep    Delete what is over
      self         Register, sign in, change a password or set up a second factor as the person
                   themselves
      completions  Print a script that completes commands in a shell
      man          Print the manual page of a command, or write all pages to a folder
      help         Print this message or the help of the given subcommand(s)

    Options:
      -h, --help     Print help (see more with '--help')
      -V, --version  Print version

    Global options:
          --store <URL>      The store: a file, or the URL of a database
          --panel <NAME>     The panel that is meant
      -o, --output <FORMAT>  How results are printed [possible values: table, json, jsonl, csv, plain]
      -n, --dry-run          Do everything but keep it: print what would happen, change nothing
      -y, --yes              Answer yes to every confirmation
          --no-input         Never ask; a question that would be asked is an error
      -q, --quiet            Print results, warnings and errors only
      -v, --verbose...       Print more about what is going on (can be repeated)
          --color <WHEN>     When to colour [possible values: auto, always, never]
          --config <FILE>    Read this configuration file instead of the user's

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
    world.run("kick ada@example.com").done();
}

#[test]
fn a_slip_of_the_finger_is_told() {
    let world = World::new();
    assert_snapshot!(world.run("unlok ada@example.com"), @r"
----
error: unrecognized subcommand 'unlok'
hint: a similar subcommand exists: 'unlock'; or run `admit --help`
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
