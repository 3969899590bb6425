//! Somebody types something else than they mean: the answer leads to what they want, and nothing is done.

use insta::assert_snapshot;

use crate::support::judge;
use crate::support::world::World;

/// Ada and Adam are registered, Bob is invited.
fn some_people() -> World {
    let world = World::with_ada();
    world
        .run("invite adam@example.org --name 'Adam Smith'")
        .done();
    world.register("adam@example.org");
    world.run("invite bob@example.com --name Bob").done();
    world
}

/// The first command in the hint of a refused line, pasted.
fn pasted(world: &World, line: &str) -> crate::support::world::Run {
    let run = world.changes_nothing(line);
    assert_ne!(run.code, 0, "{run}");
    let command = judge::commands(&run.stderr).into_iter().next();
    world.paste(&command.unwrap_or_else(|| panic!("no command\n{run}")))
}

#[test]
fn an_invitation_of_somebody_registered_leads_to_what_helps_them() {
    let world = some_people();
    for verb in ["resend", "revoke"] {
        let run = world.changes_nothing(&format!("{verb} ada@example.com"));
        let all = judge::commands(&run.stderr);
        assert_eq!(
            all,
            [
                "admit why ada@example.com",
                "admit reset password ada@example.com",
                "admit remove ada@example.com"
            ]
        );
    }
}

#[test]
fn an_unknown_address_is_searched_for_and_not_invited() {
    let world = some_people();
    for line in [
        "lock zoe@example.net --reason x",
        "show zoe@example.net",
        "unlock zoe@example.net",
        "audit list --person zoe@example.net",
        "trust add 203.0.113.0/24 --person zoe@example.net",
        "remove zoe@example.net --yes",
    ] {
        let run = world.changes_nothing(line);
        assert_eq!(run.code, 3, "{run}");
        assert_eq!(judge::commands(&run.stderr), ["admit list zoe"], "{run}");
    }
}

#[test]
fn a_duration_is_not_offered_to_a_command_that_takes_none() {
    let world = World::with_ada();
    let run = world.changes_nothing("trust remove 7d");
    assert_eq!(run.code, 2, "{run}");
    assert_eq!(judge::commands(&run.stderr), ["admit trust list"], "{run}");
}

#[test]
fn a_word_that_belongs_to_an_option_is_moved_there() {
    let world = some_people();
    for (line, command) in [
        (
            "extend bob@example.com 7d",
            "admit extend bob@example.com --for 7d",
        ),
        (
            "extend bob@example.com 2027-01-31",
            "admit extend bob@example.com --until 2027-01-31",
        ),
        (
            "invite zoe@example.com 3d",
            "admit invite zoe@example.com --for 3d",
        ),
        (
            "invite zoe@example.com admin",
            "admit invite zoe@example.com --role admin",
        ),
        (
            "lock ada@example.com 2h --reason x",
            "admit lock ada@example.com --for 2h --reason x",
        ),
        (
            "role-of ada@example.com support",
            "admit role-of ada@example.com --set support",
        ),
        (
            "trust add 203.0.113.0/24 30d",
            "admit trust add 203.0.113.0/24 --for 30d",
        ),
    ] {
        let run = world.changes_nothing(line);
        assert_eq!(run.code, 2, "{run}");
        assert_eq!(judge::commands(&run.stderr), [command], "{run}");
    }
    let run = world.changes_nothing("extend bob@example.com 7d --for 3d");
    assert_snapshot!(run.exits(2), @r#"
----
error: 7d is a duration, not an address
hint: give only one, with --for
[exit 2]
"#);
    let access = pasted(&world, "role-of ada@example.com support");
    assert_eq!(access.code, 0, "{access}");
}

#[test]
fn an_option_that_is_not_there_is_never_taken_for_an_address() {
    let world = some_people();
    let mut told = String::new();
    for line in [
        "unlock --all",
        "resend --all",
        "list --all",
        "invite zoe@example.com --for -3d",
        "list --limit -1",
        "show --verbos ada@example.com",
    ] {
        let run = world.changes_nothing(line);
        assert_eq!(run.code, 2, "{run}");
        assert!(!run.stderr.contains("'-- -"), "{run}");
        told.push_str(&format!("$ admit {line}\n{}", run.stderr));
    }
    assert_snapshot!(told, @"
    $ admit unlock --all
    error: there is no --all; name people one by one, or read them from a file
    hint: `admit list --status locked -o plain` prints addresses, one per line, and --from - reads them from standard input
    $ admit resend --all
    error: there is no --all; name people one by one, or read them from a file
    hint: `admit list --status pending -o plain` prints addresses, one per line, and --from - reads them from standard input
    $ admit list --all
    error: unexpected argument '--all' found
    hint: run `admit list --help`
    $ admit invite zoe@example.com --for -3d
    error: --for takes no negative value: -3d
    hint: a duration counts forward, as in 3d; for an earlier end, give the date with --until
    $ admit list --limit -1
    error: --limit takes no negative value: -1
    hint: run `admit list --help`
    $ admit show --verbos ada@example.com
    error: unexpected argument '--verbos' found
    hint: a similar argument exists: '--verbose'; or run `admit show --help`
    ");
}

#[test]
fn words_of_other_tools_are_explained_and_never_executed() {
    let world = some_people();
    let mut told = String::new();
    for line in [
        "delete ada@example.com",
        "rm ada@example.com --yes",
        "kick ada@example.com",
        "ban ada@example.com",
        "passwd ada@example.com",
        "2fa ada@example.com",
        "history",
        "lsit",
        "reset pasword ada@example.com",
        "trust delete 7",
        "frobnicate",
    ] {
        let run = world.changes_nothing(line);
        assert_eq!(run.code, 2, "{run}");
        told.push_str(&format!("$ admit {line}\n{}", run.stderr));
    }
    assert_snapshot!(told, @r#"
$ admit delete ada@example.com
error: unknown command 'delete'
hint: to end a person's access to a panel, run `admit remove ada@example.com`
$ admit rm ada@example.com --yes
error: unknown command 'rm'
hint: to end a person's access to a panel, run `admit remove ada@example.com`
$ admit kick ada@example.com
error: unknown command 'kick'
hint: no command ends a session and nothing else; `admit lock ada@example.com` ends all of a person's sessions and blocks sign-in until the account is unlocked, `admit remove ada@example.com` ends their access to a panel
$ admit ban ada@example.com
error: unknown command 'ban'
hint: to lock an account, run `admit lock ada@example.com`
$ admit passwd ada@example.com
error: unknown command 'passwd'
hint: to mail a link to set a new password, run `admit reset password ada@example.com`
$ admit 2fa ada@example.com
error: unknown command '2fa'
hint: to remove a second factor, so that it can be set up again, run `admit reset 2fa ada@example.com`
$ admit history
error: unknown command 'history'
hint: to read the audit log, run `admit audit list`
$ admit lsit
error: unknown command 'lsit'
hint: did you mean `admit list`?
$ admit reset pasword ada@example.com
error: unknown command 'reset pasword'
hint: did you mean `admit reset password ada@example.com`?
$ admit trust delete 7
error: unknown command 'trust delete'
hint: did you mean `admit trust remove 7`?
$ admit frobnicate
error: unknown command 'frobnicate'
hint: `admit --help` lists the commands
"#);
    let same = |alias: &str, line: &str| {
        assert_eq!(world.run(alias).exits(0), world.run(line).exits(0));
    };
    same("users", "list");
    same("find ada", "list ada");
    same("search ada", "list --search ada");
    same("info ada@example.com", "show ada@example.com");
    same("describe ada@example.com", "show ada@example.com");
}

#[test]
fn reading_commands_find_people_by_name_or_a_part_of_the_address() {
    let world = some_people();
    let why = world.run("why lovelace");
    assert!(
        why.stderr
            .starts_with("'lovelace' is Ada Lovelace, ada@example.com\n"),
        "{why}"
    );
    assert_eq!(why.stdout, world.run("why ada@example.com").stdout);
    let show = world.run("show adam@");
    assert_eq!(show.stdout, world.run("show adam@example.org").stdout);
    for line in [
        "audit list --person",
        "mail list",
        "mail preview locked --person",
        "trust list --person",
    ] {
        let run = world.run(&format!("{line} lovelace"));
        let named = "'lovelace' is Ada Lovelace, ada@example.com\n";
        assert!(run.stderr.starts_with(named), "{run}");
        let by_address = world.run(&format!("{line} ada@example.com"));
        assert_eq!(run.stdout, by_address.stdout);
        let several = world.changes_nothing(&format!("{line} ada")).exits(3);
        assert!(several.contains("'ada' matches 2 people"), "{several}");
    }
    assert_snapshot!(world.changes_nothing("why ada").exits(3), @r#"
----
  ada@example.com  Ada Lovelace  active
  adam@example.org  Adam Smith  active
error: 'ada' matches 2 people
hint: use the address, as in `admit why ada@example.com`
[exit 3]
"#);
    assert_snapshot!(world.changes_nothing("show nobody").exits(3), @"
    ----
    error: no name or address contains 'nobody'
    hint: list everyone with `admit list`
    [exit 3]
    ");
    assert_snapshot!(world.changes_nothing("show 'nobody at all@'").exits(2), @r#"
----
error: nobody at all@ has U+0020 before the @, where only the letters a to z, digits and common symbols are allowed
hint: an address looks like ada@example.com
[exit 2]
"#);
}

#[test]
fn commands_that_change_something_need_the_address() {
    let world = some_people();
    assert_snapshot!(world.changes_nothing("unlock lovelace").exits(3), @r#"
----
  ada@example.com  Ada Lovelace  active
error: 'lovelace' is not an address; it matches ada@example.com
hint: use the address, as in `admit unlock ada@example.com`
[exit 3]
"#);
    for line in [
        "lock ada --reason x",
        "unlock ada",
        "extend ada --for 3d",
        "remove ada",
        "edit ada --name Other",
        "role-of ada --set admin",
        "reset password ada",
        "reset 2fa ada",
        "trust add 203.0.113.9 --person ada",
        "trust remove 203.0.113.9 --person ada",
        "trust purge --person ada",
    ] {
        let run = world.changes_nothing(line);
        assert_eq!(run.code, 3, "{run}");
        assert!(run.stderr.contains("ada@example.com"), "{run}");
        assert!(run.stderr.contains("adam@example.org"), "{run}");
    }
    assert_snapshot!(world.changes_nothing("trust purge --person=lovelace").exits(3), @"
    ----
      ada@example.com  Ada Lovelace  active
    error: 'lovelace' is not an address; it matches ada@example.com
    hint: use the address, as in `admit trust purge --person=ada@example.com`
    [exit 3]
    ");
    // Whoever is named by the address is dealt with all the same.
    let run = world.run("lock ada bob@example.com --reason x");
    assert_eq!(run.code, 7, "{run}");
    assert_eq!(world.account_status("bob@example.com"), "disabled");
    assert_eq!(world.account_status("ada@example.com"), "active");
    let json = world.json("show ada");
    assert_eq!(json["error"]["kind"], "not-found");
}

#[test]
fn a_name_in_several_panels_has_a_status_in_each() {
    let world = some_people();
    world.add_panel("shop");
    world
        .run("invite ada@example.com --panel shop --for 3d")
        .done();
    let run = world.changes_nothing("unlock ada");
    assert!(
        run.stderr
            .contains("ada@example.com  Ada Lovelace  main: active, shop: expiring"),
        "{run}"
    );
}

#[test]
fn a_hint_acts_on_the_store_the_settings_and_the_panel_of_the_run() {
    let world = some_people();
    world.add_panel("shop");
    let unknown = world.run("invite ada@example.com --panel shop --role admin");
    assert_eq!(unknown.code, 0, "{unknown}");
    let run = world.run("--panel shop invite ada@example.com --role member");
    assert!(
        run.stderr
            .contains("`admit role-of ada@example.com --set member --panel shop`"),
        "{run}"
    );
    let place = world.home().join("other.db");
    let place = place.to_str().unwrap();
    world
        .words(["store", "init", "--store", place])
        .run()
        .done();
    let run = world.words(["--store", place, "list"]).run();
    let command = format!("`admit --store {place} invite ada@example.com`");
    assert!(run.stderr.contains(&command), "{run}");
}
