//! Out of every panel, and forgotten.

use std::os::unix::fs::PermissionsExt;

use admit::cli::prompt::Answer;
use insta::assert_snapshot;

use crate::support::world::{PASSWORD, World};

#[test]
fn erasing_asks_first_and_cannot_be_undone() {
    let world = World::with_ada();
    let line = "remove ada@example.com --erase";
    assert_snapshot!(world.changes_nothing(line), @"
    ----
    error: this needs a confirmation: Erase ada@example.com? This cannot be undone, and afterwards nobody can tell from the record who that was.
    hint: to confirm, run `admit remove ada@example.com --erase --yes`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing(&format!("{line} -o json")), @r#"
    {"schema":1,"command":"remove","ok":false,"results":[],"totals":{"done":0,"unchanged":0,"refused":0,"failed":0},"error":{"kind":"usage","message":"this needs a confirmation: Erase ada@example.com? This cannot be undone, and afterwards nobody can tell from the record who that was.","hint":"to confirm, run `admit remove ada@example.com --erase -o json --yes`"}}
    ----
    error: this needs a confirmation: Erase ada@example.com? This cannot be undone, and afterwards nobody can tell from the record who that was.
    hint: to confirm, run `admit remove ada@example.com --erase -o json --yes`
    [exit 2]
    "#);
    assert_snapshot!(world.changes_nothing(&format!("{line} -n")), @"
    ada@example.com: would change: erased: account, links, sessions, trusted IPs and mail, in 1 panel; the record keeps what happened, without name and address
    [exit 0]
    ");
    assert_snapshot!(world.ask(line, [Answer::Enter]), @"
    ----
    error: not confirmed; nothing was changed
    [asked: Erase ada@example.com? This cannot be undone, and afterwards nobody can tell from the record who that was.]
    [exit 1]
    ");
    assert_eq!(world.account_status("ada@example.com"), "active");
    assert_snapshot!(world.ask(&format!("{line} --reason 'case 17'"), [Answer::Yes]), @"
    ada@example.com: erased: account, links, sessions, trusted IPs and mail, in 1
      panel; the record keeps what happened, without name and address
    [asked: Erase ada@example.com? This cannot be undone, and afterwards nobody can tell from the record who that was.]
    [exit 0]
    ");
    assert_snapshot!(world.run(&format!("{line} --yes")), @"
    ----
    error: nobody has the address ada@example.com
    hint: run `admit invite ada@example.com`
    [exit 3]
    ");
    assert_snapshot!(world.run("list"), @"
    ----
    Nobody is here yet. Invite the first person with `admit invite ada@example.com`, or a file of them with `admit invite --from people.csv`.
    [exit 0]
    ");
    assert_snapshot!(world.run("audit list"), @"
    SEQ  WHEN                  WHO         ACTION         ADDRESS              PANEL  DETAIL
      1  Mon 2 Mar 2026 09:00  olga        store-created  –                    –
      2  Mon 2 Mar 2026 09:00  olga        invited        erased-e076152557eb  main   role member, link_expires_at 2026-03-09T09:00:00Z, mail true
      3  Mon 2 Mar 2026 09:00  the person  registered     erased-e076152557eb  main
      4  Mon 2 Mar 2026 09:00  olga        erased         erased-e076152557eb  –      panels 1, reason case 17
    [exit 0]
    ");
    assert_snapshot!(world.run("audit verify"), @"
    the record is whole: 4 entries
    [exit 0]
    ");
}

#[test]
fn who_was_erased_is_listed_beside_the_key_for_its_owner_only() {
    let world = World::with_ada();
    let list = world.key_file().with_file_name("erased");
    world.run("remove ada@example.com --erase -n").done();
    assert!(!list.exists());
    world.run("remove ada@example.com --erase --yes").done();
    let mode = std::fs::metadata(&list).unwrap().permissions().mode();
    assert_eq!(mode & 0o7777, 0o600);
    assert_eq!(std::fs::read_to_string(&list).unwrap().lines().count(), 1);
    world.run("invite bob@example.com").done();
    world.run("revoke bob@example.com").done();
    assert_eq!(std::fs::read_to_string(&list).unwrap().lines().count(), 2);
}

#[test]
fn a_list_that_cannot_be_written_is_warned_of() {
    let world = World::with_ada();
    std::fs::create_dir(world.key_file().with_file_name("erased")).unwrap();
    assert_snapshot!(world.run("remove ada@example.com --erase --yes"), @"
    ada@example.com: erased: account, links, sessions, trusted IPs and mail, in 1 panel; the record keeps what happened, without name and address
    ----
    warning: who was erased could not be listed in $HOME/.config/admit/erased (Is a directory): an older copy of the store, when restored, would bring them back
    warning: add to that file, in lines of their own: HEX HEX
    [exit 0]
    ");
}

#[test]
fn it_concerns_every_panel() {
    let world = World::with_ada();
    world.add_panel("shop");
    world.run("invite ada@example.com --panel shop").done();
    for line in [
        "remove ada@example.com --everywhere --panel main",
        "remove ada@example.com --erase --panel main --yes",
        "remove ada@example.com --erase --everywhere --yes",
        "remove ada@example.com --reason x",
    ] {
        world.changes_nothing(line).exits(2);
    }
    assert_snapshot!(world.changes_nothing("remove ada@example.com --erase --panel main"), @"
    ----
    error: --panel main does not go with --everywhere and --erase: they concern every panel
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("remove ada@example.com --everywhere -n"), @"
    ada@example.com: would change: removed from main, shop; account and password stay
    [exit 0]
    ");
    assert_snapshot!(world.run("remove ada@example.com --everywhere"), @"
    ada@example.com: removed from main, shop; account and password stay
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("remove ada@example.com --everywhere"), @"
    ada@example.com: is in no panel: nothing changed
    [exit 0]
    ");
    assert_eq!(
        world.denied("ada@example.com --panel shop", PASSWORD),
        "no-access"
    );
    assert_snapshot!(world.run("remove ada@example.com --erase --yes"), @"
    ada@example.com: erased: account, links, sessions, trusted IPs and mail, in 2 panels; the record keeps what happened, without name and address
    [exit 0]
    ");
}

#[test]
fn somebody_pending_is_gone_with_the_last_invitation() {
    let world = World::new();
    world.run("invite ada@example.com").done();
    assert_snapshot!(world.run("remove ada@example.com --everywhere -o json"), @r#"
    {"schema":1,"command":"remove","ok":true,"results":[{"target":"ada@example.com","panel":"main","status":"done","action":"removed","account_status":null,"role":null,"access_until":null,"mail":null,"before":{"account_status":"unregistered","access_status":"invited","role":"member","access_until":null,"wrong_passwords":0,"locks_in_a_row":0,"password":"none"},"after":null,"message":"removed from main; they never registered, so the account is gone too","hint":null,"superseded_sent_at":null,"invitation_expires_at":null}],"totals":{"done":1,"unchanged":0,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
    assert_snapshot!(world.run("remove ada@example.com --everywhere"), @"
    ----
    error: nobody has the address ada@example.com
    hint: run `admit invite ada@example.com`
    [exit 3]
    ");
}

#[test]
fn several_people_are_asked_about_once() {
    let world = World::with_ada();
    let mut people = String::new();
    for n in 0..24 {
        let address = format!("p{n:02}@example.com");
        world.run(&format!("invite {address} --no-mail")).done();
        people.push_str(&address);
        people.push('\n');
    }
    world.file("people.txt", &people);
    assert_snapshot!(world.changes_nothing("remove --from $HOME/people.txt --erase"), @"
    ----
    error: this needs a confirmation: Erase 24 people (p00@example.com, p01@example.com, p02@example.com, p03@example.com, p04@example.com and 19 more)? This cannot be undone, and afterwards nobody can tell from the record who that was.
    hint: to confirm, run `admit remove --from $HOME/people.txt --erase --yes`
    [exit 2]
    ");
    assert_snapshot!(world.ask("remove --from $HOME/people.txt --erase -q", [Answer::Enter]), @"
    ----
    error: not confirmed; nothing was changed
    [asked: Erase 24 people (p00@example.com, p01@example.com, p02@example.com, p03@example.com, p04@example.com and 19 more)? This cannot be undone, and afterwards nobody can tell from the record who that was.]
    [exit 1]
    ");
    assert_snapshot!(world.changes_nothing("remove --from $HOME/people.txt --everywhere"), @"
    ----
    error: this needs a confirmation: Remove from every panel 24 people (p00@example.com, p01@example.com, p02@example.com, p03@example.com, p04@example.com and 19 more)?
    hint: to confirm, run `admit remove --from $HOME/people.txt --everywhere --yes`
    [exit 2]
    ");
    assert_snapshot!(world.ask("remove p00@example.com ada@example.com nobody@example.com --erase", [Answer::Yes]), @"
    p00@example.com: erased: account, links, sessions, trusted IPs and mail, in 1
      panel; the record keeps what happened, without name and address
    ada@example.com: erased: account, links, sessions, trusted IPs and mail, in 1
      panel; the record keeps what happened, without name and address
    ----
    error: nobody has the address nobody@example.com
    hint: run `admit invite nobody@example.com`
    2 done, 1 refused
    [asked: Erase 3 people (p00@example.com, ada@example.com, nobody@example.com)? This cannot be undone, and afterwards nobody can tell from the record who that was.]
    [exit 7]
    ");
    let all = people.replace("p00@example.com\n", "");
    world.file("rest.txt", &all);
    let run = world.run("remove --from $HOME/rest.txt --erase --yes -o json");
    assert_eq!(run.code, 0, "{run}");
    assert_snapshot!(world.run("list"), @"
    ----
    Nobody is here yet. Invite the first person with `admit invite ada@example.com`, or a file of them with `admit invite --from people.csv`.
    [exit 0]
    ");
    let list = world.key_file().with_file_name("erased");
    assert_eq!(std::fs::read_to_string(list).unwrap().lines().count(), 25);
}
