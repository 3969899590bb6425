//! Changing people's roles.

use insta::assert_snapshot;

use crate::support::judge;
use crate::support::world::{PASSWORD, World};

#[test]
fn a_role_is_changed_and_the_session_goes_on() {
    let world = World::with_ada();
    world.sign_in("ada@example.com", PASSWORD).done();
    world
        .run("trust add 203.0.113.9 --person ada@example.com")
        .done();
    assert_snapshot!(world.changes_nothing("role-of ada@example.com --set auditor -n"), @"
    ada@example.com: would change: member → auditor in main; 1 trusted IP removed; open sessions get the new rights at their next check
    [exit 0]
    ");
    assert_snapshot!(world.run("role-of ada@example.com --set auditor"), @"
    ada@example.com: member → auditor in main; 1 trusted IP removed; open sessions get the new rights at their next check
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("role-of ada@example.com --set auditor"), @"
    ada@example.com: already auditor in main: nothing changed
    [exit 0]
    ");
    assert_snapshot!(world.run("role-of ada@example.com --set member -o json"), @r#"
    {"schema":1,"command":"role-of","ok":true,"results":[{"target":"ada@example.com","panel":"main","status":"done","action":"role-changed","account_status":"active","role":"member","access_until":null,"before":{"account_status":"active","access_status":"active","role":"auditor","access_until":null,"wrong_passwords":0,"wrong_codes":0,"locks_in_a_row":0,"password":"set"},"after":{"account_status":"active","access_status":"active","role":"member","access_until":null,"wrong_passwords":0,"wrong_codes":0,"locks_in_a_row":0,"password":"set"},"message":"auditor → member in main; open sessions get the new rights at their next check","hint":null}],"totals":{"done":1,"unchanged":0,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
    assert_snapshot!(world.run("audit list --action role-changed"), @"
    SEQ  WHEN (UTC)        WHO   ACTION        ADDRESS          PANEL  DETAIL
      7  2026-03-02 09:00  olga  role-changed  ada@example.com  main   auditor → member
      6  2026-03-02 09:00  olga  role-changed  ada@example.com  main   member → auditor; 1 trusted IP removed
    [exit 0]
    ");
}

#[test]
fn the_role_has_to_be_named_and_known() {
    let world = World::with_ada();
    assert_snapshot!(world.changes_nothing("role-of ada@example.com"), @"
    ----
    error: the following required arguments were not provided: --set <ROLE>
    hint: run `admit role-of --help`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("role-of ada@example.com --set auditer"), @"
    ----
    error: ada@example.com: unknown role 'auditer'
    hint: did you mean auditor?
    [exit 3]
    ");
    assert_snapshot!(world.changes_nothing("role-of ada@example.com --set ''"), @"
    ----
    error: ada@example.com: unknown role ''
    hint: use owner, admin, support, auditor, member
    [exit 3]
    ");
    assert_snapshot!(world.changes_nothing("role-of aida@example.com --set admin"), @"
    ----
    error: no account has the address aida@example.com
    hint: did you mean ada@example.com?
    [exit 3]
    ");
    world.run("remove ada@example.com").done();
    assert_snapshot!(world.changes_nothing("role-of ada@example.com --set admin"), @"
    ----
    error: ada@example.com: the access was removed: Mon 2 Mar 2026 09:00 (just now)
    hint: run `admit invite ada@example.com --role admin`: it gives permanent access
    [exit 4]
    ");
}

#[test]
fn among_several_panels_one_is_named() {
    let world = World::with_ada();
    world.add_panel("shop");
    assert_snapshot!(world.changes_nothing("role-of ada@example.com --set admin"), @"
    ----
    error: ada@example.com: no panel given, and there are several
    hint: use --panel with one of main, shop, as in `admit role-of ada@example.com --set admin --panel main`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("role-of ada@example.com --set admin --panel shop"), @"
    ----
    error: ada@example.com: has no access to this panel
    hint: run `admit invite ada@example.com --role admin --panel shop`: it gives permanent access
    [exit 4]
    ");
    assert_snapshot!(world.run("role-of ada@example.com --set admin --panel main"), @"
    ada@example.com: member → admin in main; open sessions get the new rights at their next check
    [exit 0]
    ");
}

#[test]
fn several_people_and_a_file() {
    let world = World::with_ada();
    world.run("invite bob@example.com --role admin").done();
    assert_snapshot!(world.run("role-of ada@example.com bob@example.com cyd@example.com --set admin"), @"
    ADDRESS          RESULT                                  MAIL
    ada@example.com  admin in main                           –
    bob@example.com  already admin in main: nothing changed  –
    ----
    error: no account has the address cyd@example.com
    hint: find people by name or part of the address with `admit list cyd`
    1 done, 1 unchanged, 1 refused
    [exit 7]
    ");
    world.file(
        "roles.csv",
        "address,role\nada@example.com,support\nbob@example.com,\n",
    );
    assert_snapshot!(world.changes_nothing("role-of --from $HOME/roles.csv"), @"
----
error: bob@example.com: line 3: no role given
Nothing was written: 1 of 2 rows are invalid
hint: fix these lines, or use --keep-going to apply the valid ones
[exit 4]
");
    assert_snapshot!(world.run("role-of --from $HOME/roles.csv --set member"), @"
    ADDRESS          RESULT           MAIL
    ada@example.com  support in main  –
    bob@example.com  member in main   –
    ----
    For all: open sessions get the new rights at their next check
    2 done
    [exit 0]
    ");
}

#[test]
fn an_invitation_names_the_right_commands_for_what_it_does_not_change() {
    let world = World::with_ada();
    world.add_panel("shop");
    world
        .run("invite ada@example.com --panel shop --role auditor")
        .done();
    let store = world.place().url();
    world.file(
        "people.csv",
        "address,panel,role,for\nada@example.com,shop,admin,3d\n",
    );
    let run = world.changes_nothing(&format!("--store {store} invite --from $HOME/people.csv"));
    assert_snapshot!(run, @"
    ada@example.com: already in shop as auditor, permanent: nothing changed
    ----
    hint: an invitation changes neither the role nor the end of access: use `admit --store $HOME/.local/share/admit/admit.db role-of ada@example.com --set admin --panel shop` and `admit --store $HOME/.local/share/admit/admit.db extend ada@example.com --until '2026-03-05 09:00' --panel shop`
    [exit 0]
    ");
    // Both commands do what they say.
    for command in judge::commands(&run.stderr) {
        let words = judge::split(&command).unwrap();
        world.words(words.into_iter().skip(1)).run().done();
    }
    let row = world.row("show ada@example.com --panel shop");
    assert_eq!(row["role"], "admin");
    assert_eq!(row["access_until"], "2026-03-05T09:00:00Z");
}

#[test]
fn a_refused_row_of_a_file_names_store_and_panel() {
    let world = World::with_ada();
    world.add_panel("shop");
    let store = world.place().url();
    world.file("people.txt", "ada@example.com\nbob@example.com\n");
    assert_snapshot!(world.changes_nothing(&format!("--store {store} --panel shop role-of --from $HOME/people.txt --set admin")), @"
    ----
    error: ada@example.com: line 1: has no access to this panel
    hint: run `admit --store $HOME/.local/share/admit/admit.db invite ada@example.com --role admin --panel shop`: it gives permanent access
    error: line 2: no account has the address bob@example.com
    hint: find people by name or part of the address with `admit --store $HOME/.local/share/admit/admit.db list bob`
    Nothing was written: 2 of 2 rows are invalid
    hint: fix these lines, or use --keep-going to apply the valid ones
    2 refused
    [exit 4]
    ");
}

#[test]
fn a_file_adds_the_line_and_print_link_the_link_to_csv_too() {
    let world = World::with_ada();
    world.file("people.txt", "ada@example.com\nbob@example.com\n");
    let run = world.run("role-of --from $HOME/people.txt --set admin --keep-going -o csv");
    let lines = run.lines();
    assert!(lines[0].ends_with(",message,hint,line"), "{run}");
    assert!(
        lines[1].ends_with(",1") && lines[2].ends_with(",2"),
        "{run}"
    );
    let run = world.run("invite cyd@example.com --print-link -o csv");
    assert!(run.lines()[0].ends_with(",hint,link,token"), "{run}");
    assert!(run.lines()[1].contains("adm_"), "{run}");
}
