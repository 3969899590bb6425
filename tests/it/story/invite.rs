//! Inviting people: one, several, a file of them.

use admit::cli::base::prompt::Answer;
use insta::assert_snapshot;
use serde_json::json;

use crate::support::world::{DAY, HOUR, MINUTE, PASSWORD, World};

const CSV: &str = "\
address,name,role,for
ada@example.com,Ada Lovelace,admin,3d
bob@example.com,\"Babbage, Charles\",,
cyd@example.com,,auditor,1mo
";

#[test]
fn the_row_has_the_fields_that_were_promised() {
    let world = World::new();
    let row = world.row("invite ada@example.com --for 3d");
    let keys: Vec<_> = row.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "target",
            "panel",
            "status",
            "action",
            "account_status",
            "role",
            "access_until",
            "invitation_expires_at",
            "superseded_sent_at",
            "mail",
            "before",
            "after",
            "message",
            "hint"
        ]
    );
    assert_eq!(row["action"], "invited");
    assert_eq!(row["access_until"], "2026-03-05T09:00:00Z");
    assert_eq!(row["invitation_expires_at"], "2026-03-05T09:00:00Z");
    assert_eq!(row["mail"]["state"], "sent");
    assert_eq!(row["after"]["access_status"], "invited");
    world.advance(HOUR);
    let row = world.row("resend ada@example.com");
    assert_eq!(row["action"], "resent");
    assert_eq!(row["superseded_sent_at"], "2026-03-02T09:00:00Z");
}

#[test]
fn several_people_are_invited_each_on_their_own() {
    let world = World::new();
    let run = world.run("invite ada@example.com not-an-address bob@example.com cyd@");
    assert_snapshot!(run, @"
    ADDRESS          RESULT                                MAIL
    ada@example.com  invited to main as member, permanent  sent
    bob@example.com  invited to main as member, permanent  sent
    ----
    error: not-an-address is not an e-mail address: it has no @
    hint: an address looks like ada@example.com
    error: cyd@ is not an e-mail address: there is nothing after the @
    hint: an address looks like ada@example.com
    For all: link valid until Mon 9 Mar 2026 09:00 (in 7 days)
    2 done, 2 refused
    [exit 7]
    ");
    assert_snapshot!(world.run("list -o plain"), @r"
ada@example.com
bob@example.com
[exit 0]
");
    let document = world.json("invite ada@example.com not-an-address dan@example.com");
    assert_eq!(document["ok"], false);
    assert_eq!(document["error"]["kind"], "partial");
    assert_eq!(
        document["totals"],
        json!({"done": 2, "unchanged": 0, "refused": 1, "failed": 0})
    );
}

#[test]
fn inviting_somebody_pending_again_is_a_resend_with_what_is_new() {
    let world = World::new();
    world.run("invite ada@example.com --for 3d").done();
    world.advance(HOUR);
    assert_snapshot!(world.run("invite ada@example.com --role admin --for 10d --name Ada"), @r"
ada@example.com: invited → invited again to main as admin, until Thu 12 Mar 2026 10:00 (in 10 days); the previous link, from Mon 2 Mar 2026 09:00 (1 hour ago), no longer works; link valid until Mon 9 Mar 2026 10:00 (in 7 days); mail kept in memory
[exit 0]
");
    assert_eq!(world.letters(), 2);
    let row = world.row("show ada@example.com");
    assert_eq!(
        (&row["role"], &row["name"]),
        (&json!("admin"), &json!("Ada"))
    );
}

#[test]
fn somebody_registered_gets_access_without_a_mail() {
    let world = World::with_ada();
    world.add_panel("shop");
    let letters = world.letters();
    assert_snapshot!(world.run("invite ada@example.com"), @"
    ----
    error: ada@example.com: no panel given, and there are several
    hint: use --panel with one of main, shop, as in `admit invite ada@example.com --panel main`
    [exit 2]
    ");
    assert_snapshot!(world.run("invite ada@example.com --panel shop --role auditor"), @r"
ada@example.com: no access → active in shop as auditor, permanent; signs in with the existing password
[exit 0]
");
    assert_eq!(world.letters(), letters);
    assert_snapshot!(world.changes_nothing("invite ada@example.com --panel shop"), @r"
ada@example.com: already in shop as auditor, permanent: nothing changed
[exit 0]
");
    assert_snapshot!(world.changes_nothing("invite ada@example.com --panel shop --role admin"), @r"
ada@example.com: already in shop as auditor, permanent: nothing changed
----
hint: an invitation does not change a role: use `admit role-of ada@example.com --set admin --panel shop`
[exit 0]
");
    assert_snapshot!(world.changes_nothing("invite ada@example.com --panel shop --for 3d"), @"
    ada@example.com: already in shop as auditor, permanent: nothing changed
    ----
    hint: an invitation does not move the end of access: use `admit extend ada@example.com --until '2026-03-05 09:00' --panel shop`
    [exit 0]
    ");
    world.add_panel("blog");
    assert_snapshot!(world.run("invite ada@example.com --panel blog --notify"), @r"
ada@example.com: no access → active in blog as member, permanent; signs in with the existing password; mail kept in memory
[exit 0]
");
    assert_eq!(world.letters(), letters + 1);
}

#[test]
fn no_mail_is_sent_where_none_is_wanted() {
    let world = World::new();
    assert_snapshot!(world.run("invite ada@example.com --no-mail --print-link"), @r"
ada@example.com: unknown → invited to main as member, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days)
  adm_TOKEN
[exit 0]
");
    assert_eq!(world.letters(), 0);
    let row = world.row("invite bob@example.com --no-mail --print-link");
    assert_eq!(row["mail"], json!(null));
    let token = row["token"].as_str().unwrap();
    world
        .pipe("self register", format!("{token}\n{PASSWORD}\n"))
        .done();
}

#[test]
fn a_dry_run_prints_the_same_in_the_conditional_and_keeps_nothing() {
    let world = World::new();
    world.file("people.csv", CSV);
    assert_snapshot!(world.changes_nothing("invite ada@example.com --for 3d -n"), @r"
ada@example.com: would change: unknown → invited to main as member, until Thu 5 Mar 2026 09:00 (in 3 days); link valid until Thu 5 Mar 2026 09:00 (in 3 days); mail would be queued
[exit 0]
");
    assert_snapshot!(world.changes_nothing("invite --from $HOME/people.csv --dry-run"), @"
    ADDRESS          WOULD BE                                                             MAIL
    ada@example.com  invited to main as admin, until Thu 5 Mar 2026 09:00 (in 3 days)     queued
    bob@example.com  invited to main as member, permanent                                 queued
    cyd@example.com  invited to main as auditor, until Thu 2 Apr 2026 09:00 (in 31 days)  queued
    ----
    would be: 3 done
    [exit 0]
    ");
    let document = world.json("invite ada@example.com -n --print-link");
    assert_eq!(document["ok"], true);
    assert_eq!(world.row("store info")["people"], 0);
}

#[test]
fn a_file_is_invited_and_run_again_it_changes_nothing_and_mails_nobody() {
    let world = World::new();
    world.file("people.csv", CSV);
    assert_snapshot!(world.run("invite --from $HOME/people.csv"), @"
    ADDRESS          RESULT                                                               MAIL
    ada@example.com  invited to main as admin, until Thu 5 Mar 2026 09:00 (in 3 days)     sent
    bob@example.com  invited to main as member, permanent                                 sent
    cyd@example.com  invited to main as auditor, until Thu 2 Apr 2026 09:00 (in 31 days)  sent
    ----
    3 done
    [exit 0]
    ");
    assert_eq!(world.letters(), 3);
    assert_snapshot!(world.changes_nothing("invite --from $HOME/people.csv"), @"
    ADDRESS          RESULT                                                                                                 MAIL
    ada@example.com  already invited to main as admin, until Thu 5 Mar 2026 09:00 (in 3 days): nothing changed, no mail     –
    bob@example.com  already invited to main as member, permanent: nothing changed, no mail                                 –
    cyd@example.com  already invited to main as auditor, until Thu 2 Apr 2026 09:00 (in 31 days): nothing changed, no mail  –
    ----
    hint: to mail a new link, use `admit resend ada@example.com` or --resend-pending
    hint: to mail a new link, use `admit resend bob@example.com` or --resend-pending
    hint: to mail a new link, use `admit resend cyd@example.com` or --resend-pending
    3 unchanged
    [exit 0]
    ");
    world.register("ada@example.com");
    world.advance(DAY);
    assert_snapshot!(world.changes_nothing("invite --from $HOME/people.csv"), @"
    ADDRESS          RESULT                                                                                                 MAIL
    ada@example.com  already in main as admin, until Thu 5 Mar 2026 09:00 (in 2 days): nothing changed                      –
    bob@example.com  already invited to main as member, permanent: nothing changed, no mail                                 –
    cyd@example.com  already invited to main as auditor, until Thu 2 Apr 2026 09:00 (in 30 days): nothing changed, no mail  –
    ----
    hint: an invitation does not move the end of access: use `admit extend ada@example.com --until '2026-03-06 09:00'`
    hint: to mail a new link, use `admit resend bob@example.com` or --resend-pending
    hint: the end of access asked for is not set: use `admit extend cyd@example.com --until '2026-04-03 09:00'`, or --resend-pending, which also mails a new link
    3 unchanged
    [exit 0]
    ");
    assert_snapshot!(world.run("invite --from $HOME/people.csv --resend-pending"), @"
    ADDRESS          RESULT                                                                             MAIL
    ada@example.com  already in main as admin, until Thu 5 Mar 2026 09:00 (in 2 days): nothing changed  –
    bob@example.com  invited again to main as member, permanent                                         sent
    cyd@example.com  invited again to main as auditor, until Fri 3 Apr 2026 09:00 (in 31 days)          sent
    ----
    For all: the previous link, from Mon 2 Mar 2026 09:00 (1 day ago), no longer works; link valid until Tue 10 Mar 2026 09:00 (in 7 days)
    hint: an invitation does not move the end of access: use `admit extend ada@example.com --until '2026-03-06 09:00'`
    2 done, 1 unchanged
    [exit 0]
    ");
    assert_eq!(world.letters(), 5);
}

#[test]
fn people_come_in_every_form() {
    let forms: &[(&str, &[u8])] = &[
        ("addresses", b"ada@example.com\nbob@example.com\n"),
        ("addresses with a mark, CRLF, blanks and a comment", "\u{feff}# people\r\n\r\n  ada@example.com \r\nbob@example.com".as_bytes()),
        ("CSV", b"address\nada@example.com\nbob@example.com\n"),
        ("CSV with semicolons", b"name;address\nAda;ada@example.com\nBob;bob@example.com\n"),
        ("CSV with CRLF, quotes and empty lines", b"\"address\",\"name\"\r\n\r\n\"ada@example.com\",\"A \"\"da\"\"\"\r\n,\r\nbob@example.com,\r\n"),
        ("JSON lines", b"{\"address\":\"ada@example.com\",\"name\":\"Ada\"}\n\n{\"address\":\"bob@example.com\"}\n"),
    ];
    for (name, bytes) in forms {
        let world = World::new();
        let run = world.pipe("invite --from -", *bytes);
        assert_eq!(run.code, 0, "{name}\n{run}");
        let list = world.run("list -o plain");
        assert_eq!(list.stdout, "ada@example.com\nbob@example.com\n", "{name}");
        world.file("people", bytes);
        let again = world.changes_nothing("invite --from $HOME/people");
        assert_eq!(again.code, 0, "{name}\n{again}");
    }
    let world = World::new();
    for nothing in ["", "\n\n", "# nobody\n", "address,name\n"] {
        let run = world.pipe("invite --from -", nothing);
        assert_eq!(
            (run.code, run.stdout.as_str()),
            (0, ""),
            "{nothing:?}\n{run}"
        );
        assert!(
            !run.stderr.is_empty(),
            "an empty input is passed over in silence: {nothing:?}"
        );
    }
}

#[test]
fn one_bad_row_stops_all_of_them_and_every_bad_row_is_told() {
    let world = World::new();
    let csv = "address,role,for\nada@example.com,,\nnonsense,,\nbob@example.com,king,\ncyd@example.com,,3x\nada@EXAMPLE.com,,\ndan@example.com,,2d,more\n";
    world.file("people.csv", csv);
    assert_snapshot!(world.changes_nothing("invite --from $HOME/people.csv"), @"
----
error: line 3: column address: it is not an e-mail address: it has no @
error: bob@example.com: line 4: column role: unknown role; the roles are owner, admin, support, auditor, member
error: cyd@example.com: line 5: column for: it is not a valid duration; use for example 3d, 2h30m, 1w or 1mo
error: ada@EXAMPLE.com: line 6: line 2 already has the same address
error: dan@example.com: line 7: too many cells: 4, where the header has 3
Nothing was written: 5 of 6 rows are invalid
hint: fix these lines, or use --keep-going to apply the valid ones
5 refused
[exit 4]
");
    let document = world.json("invite --from $HOME/people.csv");
    assert_eq!(document["ok"], false);
    let lines: Vec<_> = document["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["line"].as_i64().unwrap())
        .collect();
    assert_eq!(lines, [3, 4, 5, 6, 7]);
    assert_snapshot!(world.run("invite --from $HOME/people.csv --keep-going"), @"
    ADDRESS          RESULT                                MAIL
    ada@example.com  invited to main as member, permanent  sent
    ----
    error: line 3: column address: it is not an e-mail address: it has no @
    error: bob@example.com: line 4: column role: unknown role; the roles are owner, admin, support, auditor, member
    error: cyd@example.com: line 5: column for: it is not a valid duration; use for example 3d, 2h30m, 1w or 1mo
    error: ada@EXAMPLE.com: line 6: line 2 already has the same address
    error: dan@example.com: line 7: too many cells: 4, where the header has 3
    1 done, 5 refused
    [exit 7]
    ");
    assert_eq!(world.letters(), 1);
    assert_snapshot!(world.run("list -o plain"), @r"
ada@example.com
[exit 0]
");
}

#[test]
fn a_results_file_says_what_became_of_each_row_and_can_be_fed_back() {
    use std::os::unix::fs::PermissionsExt;
    let world = World::new();
    world.file(
        "people.csv",
        "E-Mail,Role\nada@example.com,admin\nbob@example.com,king\n=cyd@example.com,\n",
    );
    world
        .run("invite --from $HOME/people.csv --keep-going --results $HOME/results.csv")
        .exits(7);
    assert_snapshot!(world.read("results.csv"), @r#"
E-Mail,Role,line,action,status,message,expires_at
ada@example.com,admin,2,invited,done,"unknown → invited to main as admin, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail kept in memory",2026-03-09T09:00:00Z
bob@example.com,king,3,,refused,"column Role: unknown role; the roles are owner, admin, support, auditor, member",
'=cyd@example.com,,4,invited,done,"unknown → invited to main as member, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail kept in memory",2026-03-09T09:00:00Z
"#);
    let mode = std::fs::metadata(world.home().join("results.csv"))
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    let mended = world.read("results.csv").replace("king", "auditor");
    world.file("results.csv", mended);
    assert_snapshot!(world.run("invite --from $HOME/results.csv --results $HOME/results.csv"), @r"
bob@example.com: unknown → invited to main as auditor, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail kept in memory
[exit 0]
");
    assert_snapshot!(world.read("results.csv"), @r#"
E-Mail,Role,line,action,status,message,expires_at
ada@example.com,admin,2,invited,done,"unknown → invited to main as admin, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail kept in memory",2026-03-09T09:00:00Z
bob@example.com,auditor,3,invited,done,"unknown → invited to main as auditor, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail kept in memory",2026-03-09T09:00:00Z
'=cyd@example.com,,4,invited,done,"unknown → invited to main as member, permanent; link valid until Mon 9 Mar 2026 09:00 (in 7 days); mail kept in memory",2026-03-09T09:00:00Z
"#);
    let letters = world.letters();
    assert_snapshot!(world.changes_nothing("invite --from $HOME/results.csv"), @r"
----
Nothing to do in $HOME/results.csv: it has no rows, or every row is done
[exit 0]
");
    assert_eq!(world.letters(), letters);
}

#[test]
fn a_results_file_tells_when_nothing_was_written() {
    let world = World::new();
    world.file("people.csv", "address\nada@example.com\nnonsense\n");
    world
        .changes_nothing("invite --from $HOME/people.csv --results $HOME/results.csv")
        .exits(4);
    assert_snapshot!(world.read("results.csv"), @"
address,line,action,status,message,expires_at
ada@example.com,2,,failed,not written: another row was refused,
nonsense,3,,refused,column address: it is not an e-mail address: it has no @,
");
    world
        .changes_nothing("invite --from $HOME/people.csv -n --results $HOME/dry.csv --keep-going")
        .exits(7);
    assert_snapshot!(world.read("dry.csv"), @"
address,line,action,status,message,expires_at
ada@example.com,2,,failed,not written: this was a dry run,
nonsense,3,,refused,column address: it is not an e-mail address: it has no @,
");
}

#[test]
fn a_results_file_is_not_written_over_anything_but_a_file() {
    let world = World::new();
    world.file("people.csv", "address\nada@example.com\n");
    std::os::unix::fs::symlink(world.home().join("people.csv"), world.home().join("link")).unwrap();
    for place in ["$HOME", "/dev/null", "$HOME/none/there.csv", "$HOME/link"] {
        let run =
            world.changes_nothing(&format!("invite --from $HOME/people.csv --results {place}"));
        assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run}");
    }
}

/// So many addresses, one a line.
fn crowd(many: usize) -> String {
    let addresses: Vec<_> = (1..=many).map(|n| format!("p{n}@example.com\n")).collect();
    addresses.concat()
}

#[test]
fn more_than_twenty_people_are_asked_about_first() {
    let world = World::new();
    world.file("people.txt", crowd(21));
    assert_snapshot!(world.changes_nothing("invite --from $HOME/people.txt"), @"
    ----
    error: confirmation is required: Invite 21 people (p1@example.com, p2@example.com, p3@example.com, p4@example.com, p5@example.com and 16 more)
    hint: to confirm, run `admit invite --from $HOME/people.txt --yes`
    [exit 2]
    ");
    let many = crowd(21).replace('\n', " ");
    assert_snapshot!(world.changes_nothing(&format!("invite {many}")), @"
    ----
    error: confirmation is required: Invite 21 people (p1@example.com, p2@example.com, p3@example.com, p4@example.com, p5@example.com and 16 more)
    hint: to confirm, run `admit invite p1@example.com p2@example.com p3@example.com p4@example.com p5@example.com p6@example.com p7@example.com p8@example.com p9@example.com p10@example.com p11@example.com p12@example.com p13@example.com p14@example.com p15@example.com p16@example.com p17@example.com p18@example.com p19@example.com p20@example.com p21@example.com --yes`
    [exit 2]
    ");
    let line = "invite --from $HOME/people.txt";
    assert_snapshot!(world.ask(line, [Answer::Enter]), @r"
----
error: not confirmed; nothing was changed
[asked: Invite 21 people (p1@example.com, p2@example.com, p3@example.com, p4@example.com, p5@example.com and 16 more)?]
[exit 1]
");
    assert_snapshot!(world.ask(line, [Answer::No]), @r"
----
error: not confirmed; nothing was changed
[asked: Invite 21 people (p1@example.com, p2@example.com, p3@example.com, p4@example.com, p5@example.com and 16 more)?]
[exit 1]
");
    assert_snapshot!(world.ask(line, [Answer::Cancel]), @"
    ----
    error: cancelled; nothing was changed
    [asked: Invite 21 people (p1@example.com, p2@example.com, p3@example.com, p4@example.com, p5@example.com and 16 more)?]
    [exit 130]
    ");
    assert_eq!(world.letters(), 0);
    let run = world.ask(line, [Answer::Yes]);
    assert_eq!(
        (run.code, run.asked.len(), world.letters()),
        (0, 1, 21),
        "{run}"
    );
    assert_snapshot!(world.changes_nothing("remove --from $HOME/people.txt --no-input"), @"
    ----
    error: confirmation is required: Remove 21 people (p1@example.com, p2@example.com, p3@example.com, p4@example.com, p5@example.com and 16 more)
    hint: to confirm, run `admit remove --from $HOME/people.txt --no-input --yes`
    [exit 2]
    ");
    let run = world.run("remove --from $HOME/people.txt --yes");
    assert_eq!((run.code, run.lines().len()), (0, 22), "{run}");
}

#[test]
fn twenty_people_are_not_asked_about() {
    let world = World::new();
    let run = world.pipe("invite --from - --no-mail", crowd(20));
    assert_eq!((run.code, run.lines().len()), (0, 21), "{run}");
}

#[test]
fn a_column_may_name_the_panel_of_each_row() {
    let world = World::new();
    world.add_panel("shop");
    let run = world.pipe(
        "invite --from -",
        "address,panel\nada@example.com,shop\nada@example.com,main\nbob@example.com,\n",
    );
    assert_snapshot!(run, @"
----
error: bob@example.com: line 4: no panel given, and there are several
hint: use --panel with one of main, shop
Nothing was written: 1 of 3 rows are invalid
hint: fix these lines, or use --keep-going to apply the valid ones
[exit 4]
");
    let run = world.pipe(
        "invite --from - --panel shop",
        "address,panel\nada@example.com,shop\nada@example.com,main\nbob@example.com,\n",
    );
    assert_snapshot!(run, @"
    ADDRESS          RESULT                                MAIL
    ada@example.com  invited to shop as member, permanent  sent
    ada@example.com  invited to main as member, permanent  sent
    bob@example.com  invited to shop as member, permanent  sent
    ----
    For all: link valid until Mon 9 Mar 2026 09:00 (in 7 days)
    3 done
    [exit 0]
    ");
    let run = world.pipe(
        "invite --from - --panel shop",
        "address,panel\ncyd@example.com,\ncyd@example.com,shop\n",
    );
    assert_snapshot!(run, @"
----
error: cyd@example.com: line 3: line 2 already has the same address
Nothing was written: 1 of 2 rows are invalid
hint: fix these lines, or use --keep-going to apply the valid ones
[exit 4]
");
}

#[test]
fn a_change_needs_to_know_which_panel() {
    let world = World::new();
    world.add_panel("shop");
    assert_snapshot!(world.changes_nothing("invite ada@example.com"), @"
    ----
    error: ada@example.com: no panel given, and there are several
    hint: use --panel with one of main, shop, as in `admit invite ada@example.com --panel main`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("invite ada@example.com --panel shpo"), @r"
----
error: ada@example.com: unknown panel 'shpo'
hint: did you mean shop?
[exit 3]
");
}

#[test]
fn expired_and_removed_access_is_restored() {
    let world = World::new();
    world
        .run("invite ada@example.com --role admin --for 3d")
        .done();
    world.register("ada@example.com");
    world.advance(4 * DAY);
    assert_snapshot!(world.run("invite ada@example.com"), @r"
ada@example.com: expired → active in main as admin, permanent; signs in with the existing password; mail kept in memory
[exit 0]
");
    world.run("remove ada@example.com").done();
    world.advance(MINUTE);
    assert_snapshot!(world.run("invite ada@example.com --for 5d"), @r"
ada@example.com: removed → active in main as member, until Wed 11 Mar 2026 09:01 (in 5 days); signs in with the existing password; mail kept in memory
[exit 0]
");
    world.sign_in("ada@example.com", PASSWORD).done();
}

#[test]
fn what_an_invitation_does_not_change_is_named_with_the_command_that_does() {
    let world = World::with_ada();
    assert_snapshot!(world.changes_nothing("invite ada@example.com --name 'Ada Lovelace'"), @"
    ada@example.com: already in main as member, permanent: nothing changed
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("invite ada@example.com --name Ada --role admin"), @"
    ada@example.com: already in main as member, permanent: nothing changed
    ----
    hint: an invitation changes neither the role nor the name: use `admit role-of ada@example.com --set admin` and `admit edit ada@example.com --name Ada`
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("invite ada@example.com --role admin --for 30d --name Ada --phone +15550100 --lang de"), @"
    ada@example.com: already in main as member, permanent: nothing changed
    ----
    hint: an invitation does not change role, end of access, name, phone number and language of people who already have access: use `admit role-of ada@example.com --set admin`, `admit extend ada@example.com --until '2026-04-01 09:00'` and `admit edit ada@example.com --name Ada --phone +15550100 --lang de`
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("invite ada@example.com --notify"), @"
    ada@example.com: already in main as member, permanent: nothing changed, no mail
    [exit 0]
    ");
    // What is asked for and is so already is nothing to be told of, and a lock hides nothing.
    world
        .paste("admit edit ada@example.com --name 'Ada Lovelace' --phone +15550100")
        .done();
    world.run("lock ada@example.com --reason left").done();
    assert_snapshot!(world.changes_nothing("invite ada@example.com --phone +15550100 --lang de"), @"
    ada@example.com: already in main as member, permanent: nothing changed
    ----
    hint: an invitation does not change a language: use `admit edit ada@example.com --lang de`; the account is disabled all the same: see `admit why ada@example.com`
    [exit 0]
    ");
    world.run("unlock ada@example.com").done();
    world.run("remove ada@example.com").done();
    assert_snapshot!(world.run("invite ada@example.com --name Ada --yes"), @"
    ada@example.com: removed → active in main as member, permanent; signs in with the existing password; mail kept in memory
    ----
    hint: an invitation does not change a name: use `admit edit ada@example.com --name Ada`
    [exit 0]
    ");
    // A file says the same of who is invited and has not registered.
    world.run("invite bob@example.com").done();
    world.file(
        "again.csv",
        "address,name,role\nbob@example.com,Bob,auditor\n",
    );
    assert_snapshot!(world.changes_nothing("invite --from $HOME/again.csv"), @"
    bob@example.com: already invited to main as member, permanent: nothing changed, no mail
    ----
    hint: the role and name asked for are not set: use `admit role-of bob@example.com --set auditor` and `admit edit bob@example.com --name Bob`, or --resend-pending, which also mails a new link
    [exit 0]
    ");
}
