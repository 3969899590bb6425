//! Out of every panel, and forgotten.

use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use admit::cli::base::prompt::Answer;
use insta::assert_snapshot;

use crate::support::world::{PASSWORD, World};

#[test]
fn erasing_asks_first_and_cannot_be_undone() {
    let world = World::with_ada();
    let line = "remove ada@example.com --erase";
    assert_snapshot!(world.changes_nothing(line), @"
    ----
    error: confirmation is required: Erase ada@example.com. This cannot be undone, and afterwards the audit log no longer shows who it was
    hint: to confirm, run `admit remove ada@example.com --erase --yes`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing(&format!("{line} -o json")), @r#"
    {"schema":1,"command":"remove","ok":false,"results":[],"totals":{"done":0,"unchanged":0,"refused":0,"failed":0},"error":{"kind":"usage","message":"confirmation is required: Erase ada@example.com. This cannot be undone, and afterwards the audit log no longer shows who it was","hint":"to confirm, run `admit remove ada@example.com --erase -o json --yes`"}}
    ----
    error: confirmation is required: Erase ada@example.com. This cannot be undone, and afterwards the audit log no longer shows who it was
    hint: to confirm, run `admit remove ada@example.com --erase -o json --yes`
    [exit 2]
    "#);
    assert_snapshot!(world.changes_nothing(&format!("{line} -n")), @"
    ada@example.com: would change: erased: account, links, sessions, trusted IPs and mail, in 1 panel; the audit log keeps the events, without name and address
    [exit 0]
    ");
    assert_snapshot!(world.ask(line, [Answer::Enter]), @"
    ----
    error: not confirmed; nothing was changed
    [asked: Erase ada@example.com? This cannot be undone, and afterwards the audit log no longer shows who it was.]
    [exit 1]
    ");
    assert_eq!(world.account_status("ada@example.com"), "active");
    assert_snapshot!(world.ask(&format!("{line} --reason 'case 17'"), [Answer::Yes]), @"
    ada@example.com: erased: account, links, sessions, trusted IPs and mail, in 1
      panel; the audit log keeps the events, without name and address
    [asked: Erase ada@example.com? This cannot be undone, and afterwards the audit log no longer shows who it was.]
    [exit 0]
    ");
    assert_snapshot!(world.run(&format!("{line} --yes")), @"
    ----
    error: no account has the address ada@example.com
    hint: find people by name or part of the address with `admit list ada`
    [exit 3]
    ");
    assert_snapshot!(world.run("list"), @"
    ----
    Nobody is here yet. Invite the first person with `admit invite ada@example.com`, or several from a file with --from.
    [exit 0]
    ");
    assert_snapshot!(world.run("audit list"), @"
    SEQ  WHEN (UTC)        WHO         ACTION         ADDRESS              PANEL  DETAIL
      4  2026-03-02 09:00  olga        erased         erased-e076152557eb  –      1 panel; “case 17”
      3  2026-03-02 09:00  the person  registered     erased-e076152557eb  main
      2  2026-03-02 09:00  olga        invited        erased-e076152557eb  main   as member; link valid until 2026-03-09 09:00; mail queued
      1  2026-03-02 09:00  olga        store-created  –                    –
    [exit 0]
    ");
    assert_snapshot!(world.run("audit verify"), @"
    the audit log is intact: 4 entries
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
    ada@example.com: erased: account, links, sessions, trusted IPs and mail, in 1 panel; the audit log keeps the events, without name and address
    ----
    warning: could not add the erased people to $HOME/.config/admit/erased (Is a directory); restoring an older copy of the store would bring them back
    warning: add these lines to that file: HEX HEX
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
    error: --panel main cannot be used with --everywhere or --erase, which apply to every panel
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("remove ada@example.com --everywhere -n"), @"
    ada@example.com: would change: in main, shop → in no panel; no sessions ended; account and password stay
    [exit 0]
    ");
    assert_snapshot!(world.run("remove ada@example.com --everywhere"), @"
    ada@example.com: in main, shop → in no panel; no sessions ended; account and password stay
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
    ada@example.com: erased: account, links, sessions, trusted IPs and mail, in 2 panels; the audit log keeps the events, without name and address
    [exit 0]
    ");
}

#[test]
fn somebody_pending_is_gone_with_the_last_invitation() {
    let world = World::new();
    world.run("invite ada@example.com").done();
    assert_snapshot!(world.run("remove ada@example.com --everywhere -o json"), @r#"
    {"schema":1,"command":"remove","ok":true,"results":[{"target":"ada@example.com","panel":"main","status":"done","action":"removed","account_status":null,"role":null,"access_until":null,"before":{"account_status":"unregistered","access_status":"invited","role":"member","access_until":null,"wrong_passwords":0,"wrong_codes":0,"locks_in_a_row":0,"password":"none"},"after":null,"message":"invited to main → in no panel; account deleted: they never registered","hint":null}],"totals":{"done":1,"unchanged":0,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
    assert_snapshot!(world.run("remove ada@example.com --everywhere"), @"
    ----
    error: no account has the address ada@example.com
    hint: find people by name or part of the address with `admit list ada`
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
    error: confirmation is required: Erase 24 people (p00@example.com, p01@example.com, p02@example.com, p03@example.com, p04@example.com and 19 more). This cannot be undone, and afterwards the audit log no longer shows who it was
    hint: to confirm, run `admit remove --from $HOME/people.txt --erase --yes`
    [exit 2]
    ");
    assert_snapshot!(world.ask("remove --from $HOME/people.txt --erase -q", [Answer::Enter]), @"
    ----
    error: not confirmed; nothing was changed
    [asked: Erase 24 people (p00@example.com, p01@example.com, p02@example.com, p03@example.com, p04@example.com and 19 more)? This cannot be undone, and afterwards the audit log no longer shows who it was.]
    [exit 1]
    ");
    assert_snapshot!(world.changes_nothing("remove --from $HOME/people.txt --everywhere"), @"
    ----
    error: confirmation is required: Remove from every panel 24 people (p00@example.com, p01@example.com, p02@example.com, p03@example.com, p04@example.com and 19 more)
    hint: to confirm, run `admit remove --from $HOME/people.txt --everywhere --yes`
    [exit 2]
    ");
    assert_snapshot!(world.ask("remove p00@example.com ada@example.com nobody@example.com --erase", [Answer::Yes]), @"
    ADDRESS          RESULT                                                     MAIL
    p00@example.com  erased: account, links, sessions, trusted IPs and mail,…   –
    ada@example.com  erased: account, links, sessions, trusted IPs and mail,…   –
    ----
    error: no account has the address nobody@example.com
    hint: find people by name or part of the address with `admit list nobody`
    For all: the audit log keeps the events, without name and address
    2 done, 1 refused
    [asked: Erase 3 people (p00@example.com, ada@example.com, nobody@example.com)? This cannot be undone, and afterwards the audit log no longer shows who it was.]
    [exit 7]
    ");
    let all = people.replace("p00@example.com\n", "");
    world.file("rest.txt", &all);
    let run = world.run("remove --from $HOME/rest.txt --erase --yes -o json");
    assert_eq!(run.code, 0, "{run}");
    assert_snapshot!(world.run("list"), @"
    ----
    Nobody is here yet. Invite the first person with `admit invite ada@example.com`, or several from a file with --from.
    [exit 0]
    ");
    let list = world.key_file().with_file_name("erased");
    assert_eq!(std::fs::read_to_string(list).unwrap().lines().count(), 25);
}

/// U5, end to end: the person came by the panel, from an IP, and is forgotten.
#[test]
fn of_somebody_forgotten_nothing_is_left_and_the_record_still_verifies() {
    let mut world = World::with_ada();
    world
        .run("invite zoe.unmistakable@example.com --name 'Zoe Unmistakable'")
        .done();
    world.register("zoe.unmistakable@example.com");
    let sign_in = |password: &str| {
        format!(
            r#"{{"address":"zoe.unmistakable@example.com","password":"{password}","ip":"198.51.100.77"}}"#
        )
    };
    assert_eq!(world.pipe("gate sign-in", sign_in("not it")).code, 1);
    assert_eq!(world.pipe("gate sign-in", sign_in(PASSWORD)).code, 0);
    world
        .run("edit zoe.unmistakable@example.com --phone +4915112345678")
        .done();
    world
        .run("edit zoe.unmistakable@example.com --address zoe@new.example")
        .done();
    assert_snapshot!(world.run("audit list --person zoe.unmistakable@example.com"), @"
    SEQ  WHEN (UTC)        WHO         ACTION                    ADDRESS                       PANEL  DETAIL
      9  2026-03-02 09:00  olga        address-change-requested  zoe.unmistakable@example.com  main   link valid until 2026-03-03 09:00
      8  2026-03-02 09:00  olga        edited                    zoe.unmistakable@example.com  main   phone
      7  2026-03-02 09:00  panel       signed-in                 zoe.unmistakable@example.com  main   from 198.51.100.77
      6  2026-03-02 09:00  panel       sign-in-refused           zoe.unmistakable@example.com  main   wrong password from 198.51.100.77
      5  2026-03-02 09:00  the person  registered                zoe.unmistakable@example.com  main
      4  2026-03-02 09:00  olga        invited                   zoe.unmistakable@example.com  main   as member; link valid until 2026-03-09 09:00; mail queued
    [exit 0]
    ");
    let traces = [
        "unmistakable",
        "zoe@new.example",
        "198.51.100.77",
        "+4915112345678",
    ];
    // The rows, wherever the store lies.
    let stored = || format!("{:?}", world.dump()).to_lowercase();
    for trace in traces {
        assert!(stored().contains(trace), "{trace} was there");
    }
    assert_snapshot!(world.run("remove zoe.unmistakable@example.com --erase --yes --reason 'case 17'"), @"
    zoe.unmistakable@example.com: erased: account, links, sessions, trusted IPs and mail, in 1 panel; the audit log keeps the events, without name and address
    [exit 0]
    ");
    assert_snapshot!(world.run("audit list --since 2026-03-02"), @"
    SEQ  WHEN (UTC)        WHO         ACTION                    ADDRESS              PANEL  DETAIL
     10  2026-03-02 09:00  olga        erased                    erased-2cbadb2b7d51  –      1 panel; “case 17”
      9  2026-03-02 09:00  olga        address-change-requested  erased-2cbadb2b7d51  main   link valid until 2026-03-03 09:00
      8  2026-03-02 09:00  olga        edited                    erased-2cbadb2b7d51  main   phone
      7  2026-03-02 09:00  panel       signed-in                 erased-2cbadb2b7d51  main
      6  2026-03-02 09:00  panel       sign-in-refused           erased-2cbadb2b7d51  main   wrong password
      5  2026-03-02 09:00  the person  registered                erased-2cbadb2b7d51  main
      4  2026-03-02 09:00  olga        invited                   erased-2cbadb2b7d51  main   as member; link valid until 2026-03-09 09:00; mail queued
      3  2026-03-02 09:00  the person  registered                ada@example.com      main
      2  2026-03-02 09:00  olga        invited                   ada@example.com      main   as member; link valid until 2026-03-09 09:00; mail queued
      1  2026-03-02 09:00  olga        store-created             –                    –
    [exit 0]
    ");
    assert_snapshot!(world.run("audit verify"), @"
    the audit log is intact: 10 entries
    [exit 0]
    ");
    for trace in traces {
        assert!(!stored().contains(trace), "{trace} is left");
        assert_eq!(world.holders(trace), [] as [PathBuf; 0], "{trace} is left");
    }
    let erased = world.row("audit list --action erased")["address"].clone();
    let short = erased.as_str().unwrap().strip_prefix("erased-").unwrap();
    let list = std::fs::read_to_string(world.key_file().with_file_name("erased")).unwrap();
    let listed: Vec<&str> = list.lines().collect();
    assert_eq!(listed.len(), 1);
    assert!(
        listed[0].split(' ').nth(1).unwrap().starts_with(short),
        "{list}"
    );
    assert_snapshot!(world.run("why zoe.unmistakable@example.com"), @"
    zoe.unmistakable@example.com cannot sign in to main: unknown address

      unknown-address – no account has this address
        admit invite zoe.unmistakable@example.com
          invites this address to main; the person then registers
    ----
    error: no account has the address zoe.unmistakable@example.com
    [exit 3]
    ");
    world.sign_in("ada@example.com", PASSWORD).done();
    // Written to files, mail is out of reach.
    world.mailbox = None;
    world.run("invite bob@example.com").done();
    assert_snapshot!(world.run("remove bob@example.com --erase --yes"), @"
    bob@example.com: erased: account, links, sessions, trusted IPs and mail, in 1 panel; the audit log keeps the events, without name and address
    ----
    warning: mail files in $HOME/.local/share/admit/mail are not deleted and contain names and addresses; delete theirs yourself
    [exit 0]
    ");
}

/// Every file of the home, and every row of a server.
fn has_in_clear(world: &World, text: &str) -> bool {
    fn walk(folder: &std::path::Path, all: &mut Vec<u8>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, all);
            } else if path.is_file() {
                all.extend(std::fs::read(&path).unwrap());
            }
        }
    }
    let mut all = world.place().rows_of_server().unwrap_or_default();
    walk(world.home(), &mut all);
    all.windows(text.len()).any(|part| part == text.as_bytes())
}

#[test]
fn what_operators_typed_about_somebody_is_in_no_file_and_no_backup_after_erasing() {
    let world = World::new();
    let home = world.home().display().to_string();
    for line in [
        "invite ada@example.com",
        "lock ada@example.com --reason 'Ada-phoned +44 20 7946 0123'",
        "trust add 192.0.2.0/24 --person ada@example.com --note 'Ada-phoned from there'",
        "unlock ada@example.com --reason 'Ada-phoned again'",
    ] {
        world.run(line).done();
    }
    assert!(
        has_in_clear(&world, "Ada-phoned from there"),
        "the look finds what is there"
    );
    let reasons = world.run("audit list -o jsonl").stdout;
    assert_eq!(reasons.matches("Ada-phoned").count(), 2, "{reasons}");
    world.run("remove ada@example.com --erase --yes").done();
    world.run(&format!("store backup {home}/after.bak")).done();
    assert!(!has_in_clear(&world, "Ada-phoned"));
    assert!(!has_in_clear(&world, "7946 0123"));
    let gone = world.run("audit list -o jsonl").stdout;
    assert!(!gone.contains("Ada-phoned"), "{gone}");
    assert_eq!(world.run("audit verify").code, 0);
}
