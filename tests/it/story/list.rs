//! People and their access.

use insta::assert_snapshot;

use crate::support::world::{DAY, HOUR, PASSWORD, World};

/// A store with somebody in every state.
fn crowd() -> World {
    let world = World::new();
    world
        .run("invite expired@example.com --name Edda --for 1d")
        .done();
    world.register("expired@example.com");
    world.run("invite late@example.com --name Lars").done();
    world
        .run("invite active@example.com --name 'Ada Lovelace' --role admin")
        .done();
    world.register("active@example.com");
    world.sign_in("active@example.com", PASSWORD).done();
    world.advance(8 * DAY);
    world
        .run("invite pending@example.com --name Pia --role auditor")
        .done();
    world
        .run("invite expiring@example.com --name Zoe --for 6d")
        .done();
    world.register("expiring@example.com");
    world.run("invite locked@example.com --for 60d").done();
    world.register("locked@example.com");
    world.lock("locked@example.com");
    world.run("invite gone@example.com").done();
    world.register("gone@example.com");
    world.run("remove gone@example.com").done();
    world.sign_in("expiring@example.com", PASSWORD).done();
    world.advance(HOUR);
    world
}

#[test]
fn everybody_but_the_removed_is_listed() {
    let world = crowd();
    assert_snapshot!(world.run("list"), @"
    ADDRESS               NAME          ROLE     STATUS          2FA  ACCESS            LAST SIGN-IN
    active@example.com    Ada Lovelace  admin    active          –    permanent         8 days ago
    expired@example.com   Edda          member   access-expired  –    ended 7 days ago  never
    expiring@example.com  Zoe           member   expiring        –    ends in 6 days    1 hour ago
    late@example.com      Lars          member   unregistered    –    permanent         never
    locked@example.com    –             member   locked          –    ends in 2 months  never
    pending@example.com   Pia           auditor  unregistered    –    permanent         never
    [exit 0]
    ");
    assert_snapshot!(world.line("list").screen(40).run(), @"
    ADDRESS               STATUS
    active@example.com    active
    expired@example.com   access-expired
    expiring@example.com  expiring
    late@example.com      unregistered
    locked@example.com    locked
    pending@example.com   unregistered
    [exit 0]
    ");
    assert_snapshot!(world.line("list").screen(80).run(), @"
    ADDRESS               NAME        ROLE     STATUS          2FA  ACCESS
    active@example.com    Ada…        admin    active          –    permanent
    expired@example.com   Edda        member   access-expired  –    ended 7 days ago
    expiring@example.com  Zoe         member   expiring        –    ends in 6 days
    late@example.com      Lars        member   unregistered    –    permanent
    locked@example.com    –           member   locked          –    ends in 2 months
    pending@example.com   Pia         auditor  unregistered    –    permanent
    [exit 0]
    ");
    assert_snapshot!(world.line("list").screen(200).run(), @"
    ADDRESS               NAME          ROLE     STATUS          2FA  ACCESS            LAST SIGN-IN
    active@example.com    Ada Lovelace  admin    active          –    permanent         8 days ago
    expired@example.com   Edda          member   access-expired  –    ended 7 days ago  never
    expiring@example.com  Zoe           member   expiring        –    ends in 6 days    1 hour ago
    late@example.com      Lars          member   unregistered    –    permanent         never
    locked@example.com    –             member   locked          –    ends in 2 months  never
    pending@example.com   Pia           auditor  unregistered    –    permanent         never
    [exit 0]
    ");
}

#[test]
fn every_filter_finds_its_own() {
    let world = crowd();
    let names = |options: &str| {
        let run = world.run(&format!("list {options} -o plain"));
        assert_eq!(run.code, 0, "{run}");
        run.stdout.replace("@example.com\n", " ").trim().to_owned()
    };
    assert_eq!(names("--status active"), "active");
    assert_eq!(names("--status expiring"), "expiring");
    assert_eq!(names("--status pending"), "pending");
    assert_eq!(names("--status invited"), "late pending");
    assert_eq!(names("--status unregistered"), "late pending");
    assert_eq!(names("--status access-expired"), "expired");
    assert_eq!(names("--status expired"), "expired");
    assert_eq!(names("--status locked"), "locked");
    assert_eq!(names("--status removed"), "gone");
    assert_eq!(names("--status no-access"), "gone");
    assert_eq!(names("--status disabled"), "");
    assert_eq!(names("--role auditor"), "pending");
    assert_eq!(names("--expiring 7d"), "expiring");
    assert_eq!(names("--expiring 100d"), "expiring locked");
    assert_eq!(names("--expiring 1h"), "");
    assert_eq!(names("--inactive 7d"), "active expired late");
    assert_eq!(names("--never-signed-in"), "expired late locked pending");
    assert_eq!(
        names("--no-2fa"),
        "active expired expiring late locked pending"
    );
    assert_eq!(names("--cannot-2fa"), "");
    assert_eq!(names("--status second-factor-setup-required"), "");
    assert_eq!(names("--search love"), "active");
    assert_eq!(names("--search EXPIR"), "expired expiring");
    assert_eq!(names("--search %"), "");
    assert_eq!(names("--search _"), "");
    assert_eq!(
        names("--sort name"),
        "active expired late pending expiring locked"
    );
    assert_eq!(
        names("--sort until"),
        "expired expiring locked active late pending"
    );
    assert_eq!(names("--limit 2"), "active expired");
    assert_eq!(names("--limit 0"), "");
    assert_eq!(names("--after expiring@example.com"), "late locked pending");
    assert_eq!(
        names("--limit 2 --after expired@example.com"),
        "expiring late"
    );
    assert_eq!(names("--after zzz@example.com"), "");
    assert_eq!(
        names("--status locked --role member --search lock"),
        "locked"
    );
    assert_eq!(
        names("--sort newest"),
        "expiring locked pending active expired late"
    );
    let last = names("--sort last-sign-in");
    assert!(last.ends_with("active expiring"), "{last}");
}

#[test]
fn options_that_make_no_sense_are_told() {
    let world = crowd();
    assert_snapshot!(world.run("list --sort name --after ada@example.com"), @r"
----
error: --after works only when sorted by address
hint: remove --sort, or use only --limit
[exit 2]
");
    assert_snapshot!(world.run("list --expiring soon"), @r"
----
error: soon is not a valid duration; use for example 3d, 2h30m, 1w or 1mo
[exit 2]
");
    assert_snapshot!(world.run("list --after ada"), @r"
----
error: --after: ada is not an e-mail address: it has no @
[exit 2]
");
    assert_snapshot!(world.run("list --limit -1"), @"
    ----
    error: --limit takes no negative value: -1
    hint: run `admit list --help`
    [exit 2]
    ");
    assert_snapshot!(world.run("list --role nosuch"), @r"
----
error: unknown role 'nosuch'
hint: use owner, admin, support, auditor, member
[exit 3]
");
}

#[test]
fn the_fields_are_those_that_were_promised() {
    let world = crowd();
    let row = world.row("list");
    let keys: Vec<_> = row.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "address",
            "name",
            "panel",
            "role",
            "status",
            "account_status",
            "access_status",
            "access_until",
            "invited_at",
            "invitation_expires_at",
            "second_factor",
            "last_sign_in_at"
        ]
    );
    assert_snapshot!(world.run("list -o csv"), @r"
address,name,panel,role,status,account_status,access_status,access_until,invited_at,invitation_expires_at,second_factor,last_sign_in_at
active@example.com,Ada Lovelace,main,admin,active,active,active,,2026-03-02T09:00:00Z,,false,2026-03-02T09:00:00Z
expired@example.com,Edda,main,member,access-expired,active,expired,2026-03-03T09:00:00Z,2026-03-02T09:00:00Z,,false,
expiring@example.com,Zoe,main,member,expiring,active,expiring,2026-03-16T09:00:00Z,2026-03-10T09:00:00Z,,false,2026-03-10T09:00:06Z
late@example.com,Lars,main,member,unregistered,unregistered,invited,,2026-03-02T09:00:00Z,2026-03-09T09:00:00Z,false,
locked@example.com,,main,member,locked,locked,active,2026-05-09T09:00:00Z,2026-03-10T09:00:00Z,,false,
pending@example.com,Pia,main,auditor,unregistered,unregistered,invited,,2026-03-10T09:00:00Z,2026-03-17T09:00:00Z,false,
[exit 0]
");
    assert_snapshot!(world.run("list -o jsonl --limit 1"), @r#"
{"address":"active@example.com","name":"Ada Lovelace","panel":"main","role":"admin","status":"active","account_status":"active","access_status":"active","access_until":null,"invited_at":"2026-03-02T09:00:00Z","invitation_expires_at":null,"second_factor":false,"last_sign_in_at":"2026-03-02T09:00:00Z"}
[exit 0]
"#);
    assert_snapshot!(world.run("list -o json --status disabled"), @r#"
{"schema":1,"command":"list","ok":true,"results":[],"totals":{"done":0,"unchanged":0,"refused":0,"failed":0},"error":null}
[exit 0]
"#);
    assert_snapshot!(world.run("list -o csv --status disabled"), @r"
address,name,panel,role,status,account_status,access_status,access_until,invited_at,invitation_expires_at,second_factor,last_sign_in_at
[exit 0]
");
}

#[test]
fn a_list_of_those_whose_access_ends_is_piped_into_extend() {
    let world = crowd();
    let plain = world.run("list --expiring 7d -o plain");
    assert_snapshot!(world.pipe("extend --from - --for 30d --yes", plain.stdout.as_str()), @r"
expiring@example.com: until Mon 16 Mar 2026 09:00 (in 6 days) → until Wed 15 Apr 2026 09:00 (in 36 days) in main
[exit 0]
");
    assert_snapshot!(world.run("list --expiring 7d"), @r"
----
No matching people.
[exit 0]
");
}

#[test]
fn a_list_in_json_or_csv_is_input_as_addresses_are() {
    let extended = ["plain", "csv", "jsonl"].map(|format| {
        let world = crowd();
        let rows = world.run(&format!("list --expiring 7d -o {format}"));
        let run = world.pipe("extend --from - --for 30d --yes", rows.stdout.as_str());
        assert_eq!(run.code, 0, "{run}");
        run.stdout
    });
    assert!(extended.iter().all(|said| *said == extended[0]));
}

#[test]
fn names_do_not_steer_a_terminal_nor_start_a_formula() {
    let world = World::new();
    world.set_up(|tx| {
        let address = admit::domain::address::Address::parse("eve@example.com").unwrap();
        let new = admit::store::NewAccount {
            address: &address,
            name: Some("=cmd()\u{1b}[31m\u{202e}evil\u{200b}\r\nx"),
            phone: None,
            lang: None,
            created_at: "2026-03-02T09:00:00Z".parse().unwrap(),
        };
        let account = tx.add_account(&new)?;
        tx.add_access(account.id, 1, "member", None, account.created_at)?;
        Ok(())
    });
    for format in ["table", "json", "jsonl", "csv", "plain"] {
        let run = world.run(&format!("list -o {format}"));
        assert_eq!(run.code, 0);
        assert_eq!(
            run.stdout.lines().count(),
            if format == "table" || format == "csv" {
                2
            } else {
                1
            },
            "{run}"
        );
    }
    assert_snapshot!(world.run("list -o csv"), @r"
address,name,panel,role,status,account_status,access_status,access_until,invited_at,invitation_expires_at,second_factor,last_sign_in_at
eve@example.com,'=cmd()\u{1b}[31m\u{202e}evil\u{200b}\r\nx,main,member,unregistered,unregistered,invited,,,,false,
[exit 0]
");
    assert_snapshot!(world.run("show eve@example.com"), @r"
address       eve@example.com
name          =cmd()\u{1b}[31m\u{202e}evil\u{200b}\r\nx
account       unregistered, created Mon 2 Mar 2026 09:00 (just now)
panel         main: unregistered, member, permanent
password      none: not registered
last sign-in  never
[exit 0]
");
    world.line("list --color always").screen(40).run().done();
}

#[test]
fn who_has_no_second_factor_is_found_and_shown() {
    use admit::domain::address::Address;
    use admit::vault::{Entropy, TotpSecret};
    let world = crowd();
    let now = world.now();
    world.set_up(|tx| {
        let zoe = Address::parse("expiring@example.com").unwrap();
        let zoe = tx.account(&zoe)?.unwrap();
        tx.set_factor(&zoe, &TotpSecret::random(&Entropy::seeded(8))?, 1, now)
    });
    world.run("panel set second-factor=required").done();
    let names = |options: &str| {
        let run = world.run(&format!("list {options} -o plain"));
        assert_eq!(run.code, 0, "{run}");
        run.stdout.replace("@example.com\n", " ").trim().to_owned()
    };
    assert_eq!(names("--no-2fa"), "active expired late locked pending");
    assert_eq!(names("--no-2fa --role auditor"), "pending");
    assert_eq!(names("--status second-factor-setup-required"), "active");
    assert_eq!(names("--cannot-2fa"), "");
    assert_snapshot!(world.line("list").screen(80).run(), @"
    ADDRESS               ROLE     STATUS                        ACCESS
    active@example.com    admin    second-factor-setup-required  permanent
    expired@example.com   member   access-expired                ended 7 days ago
    expiring@example.com  member   expiring                      ends in 6 days
    late@example.com      member   unregistered                  permanent
    locked@example.com    member   locked                        ends in 2 months
    pending@example.com   auditor  unregistered                  permanent
    [exit 0]
    ");
    // The authenticator no longer counts, and those without a number cannot get a code.
    world.run("panel set methods=sms --yes").done();
    assert_eq!(
        names("--cannot-2fa"),
        "active expired expiring late locked pending"
    );
    assert_eq!(
        names("--status second-factor-setup-required"),
        "active expiring"
    );
    let row = world.row("list --search expiring");
    assert_eq!(row["second_factor"], true);
    assert_eq!(row["status"], "second-factor-setup-required");
}

#[test]
fn who_was_invited_or_given_access_back_a_moment_ago_is_not_inactive() {
    let world = World::with_ada();
    for who in ["bob", "cyd", "dan", "eve"] {
        world.run(&format!("invite {who}@example.com")).done();
    }
    for who in ["bob", "cyd"] {
        world.register(&format!("{who}@example.com"));
    }
    world.run("remove bob@example.com").done();
    world
        .run("extend cyd@example.com --until 2026-03-03")
        .done();
    let inactive = || {
        let run = world.run("list --inactive 90d -o plain");
        run.stdout.replace("@example.com\n", " ").trim().to_owned()
    };
    world.advance(90 * DAY);
    assert_eq!(inactive(), "", "at that very moment it is 90 days");
    world.advance(HOUR);
    assert_eq!(inactive(), "ada cyd dan eve");
    world.run("invite new@example.com bob@example.com").done();
    world.run("extend cyd@example.com --for 30d").done();
    world.run("resend dan@example.com").done();
    world.sign_in("ada@example.com", PASSWORD).done();
    assert_eq!(inactive(), "eve");
    // What is listed may be removed by that list.
    world
        .pipe("remove --from - --yes", "eve@example.com\n")
        .done();
    assert_eq!(inactive(), "");
}

#[test]
fn searching_finds_people_by_what_was_typed() {
    let world = World::new();
    for (address, name) in [
        ("ada@Bücher.example", "Zoë Weiß"),
        ("bob@пример.example", "علی\u{200c}رضا"),
        ("cyd@xn--caf-dma.example", "Cyd"),
        ("dan@example.com", "Dan Cafe"),
    ] {
        let words = ["invite", address, "--name", name, "--no-mail"];
        world.words(words).run().done();
    }
    for (typed, found) in [
        ("ada@bücher.example", "ada"),
        ("Bücher.example", "ada"),
        ("bu\u{308}ch", "ada"),
        ("BÜCH", "ada"),
        ("xn--bcher", "ada"),
        ("Zoe\u{308}", "ada"),
        ("zoë", "ada"),
        ("weiß", "ada"),
        ("ПРИМЕР", "bob"),
        ("bob@прим", "bob"),
        ("علیرضا", "bob"),
        ("علی\u{200c}رضا", "bob"),
        ("cafe\u{301}", "cyd"),
        ("café.example", "cyd"),
        ("cafe", "dan"),
        ("café%", ""),
        ("x\u{e9}", ""),
    ] {
        let run = world
            .words(["list", "--search", typed, "-o", "plain"])
            .run();
        let names: Vec<&str> = (run.stdout.lines())
            .map(|address| address.split('@').next().unwrap())
            .collect();
        assert_eq!(names.concat(), found, "{typed}\n{run}");
    }
}

/// What a command that succeeds prints.
fn stdout(world: &World, line: &str) -> String {
    let run = world.run(line);
    assert_eq!(run.code, 0, "{run}");
    run.stdout
}

#[test]
fn several_statuses_may_be_asked_for_and_locked_is_every_kind_of_lock() {
    let world = crowd();
    world.lock_for_good("expiring@example.com");
    world
        .run("lock active@example.com --reason 'left the company'")
        .done();
    let found = |line: &str| stdout(&world, line);
    assert_eq!(
        found("list --status locked -o plain"),
        "active@example.com\nexpiring@example.com\nlocked@example.com\n"
    );
    assert_eq!(
        found("list --status disabled,access-expired -o plain"),
        "active@example.com\nexpired@example.com\n"
    );
    assert_eq!(
        found("list --status locked-permanently --status pending -o plain"),
        "expiring@example.com\npending@example.com\n"
    );
    assert_snapshot!(world.run("list --status locked,activ"), @"
    ----
    error: unknown status 'activ'
    hint: did you mean active?
    [exit 2]
    ");
}

#[test]
fn a_list_is_counted_and_its_columns_chosen() {
    let world = crowd();
    assert_eq!(stdout(&world, "list --count"), "6\n");
    assert_eq!(stdout(&world, "list --count --role member -o plain"), "4\n");
    assert_eq!(
        stdout(&world, "list --count --limit 2 -o csv"),
        "count\n2\n"
    );
    assert_eq!(
        world.row("list --count --status removed"),
        serde_json::json!({ "count": 1 })
    );
    assert_snapshot!(world.run("list --columns status,address,access --role admin"), @"
    STATUS  ADDRESS             ACCESS
    active  active@example.com  permanent
    [exit 0]
    ");
    assert_snapshot!(world.run("list --columns name,last_sign_in_at -o csv --role admin"), @"
    name,last_sign_in_at
    Ada Lovelace,2026-03-02T09:00:00Z
    [exit 0]
    ");
    // JSON has every field, whatever is shown.
    let all = world.row("list --role admin");
    assert_eq!(world.row("list --columns name --role admin"), all);
    assert_snapshot!(world.run("list --columns nmae"), @"
    ----
    error: invalid value 'nmae' for '--columns <COLUMN,…>' [possible values: address, name, panel, role, status, account_status, access_status, access_until, invited_at, invitation_expires_at, second_factor, last_sign_in_at]
    hint: a similar value exists: 'name'; or run `admit list --help`
    [exit 2]
    ");
    assert_eq!(world.run("list --columns name --count").code, 2);
}
