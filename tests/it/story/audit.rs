//! The record.

use insta::assert_snapshot;

use crate::support::world::{DAY, HOUR, PASSWORD, World};

fn busy() -> World {
    let mut world = World::with_ada();
    world.advance(HOUR);
    world.sign_in("ada@example.com", PASSWORD).done();
    world.hand_over_to("otto");
    world.advance(DAY);
    world.add_panel("shop");
    world.run("invite bob@example.com --panel shop").done();
    world.run("remove ada@example.com --panel main").done();
    world
}

#[test]
fn every_filter_finds_its_own() {
    let world = busy();
    let seqs = |options: &str| {
        let run = world.run(&format!("audit list {options} -o jsonl"));
        assert_eq!(run.code, 0, "{run}");
        let seq = |line: &str| {
            serde_json::from_str::<serde_json::Value>(line).unwrap()["seq"]
                .as_i64()
                .unwrap()
        };
        run.stdout.lines().map(seq).collect::<Vec<_>>()
    };
    assert_eq!(seqs(""), [1, 2, 3, 4, 5, 6]);
    assert_eq!(seqs("--person ada@example.com"), [2, 3, 4, 6]);
    assert_eq!(seqs("--operator otto"), [5, 6]);
    assert_eq!(seqs("--panel shop"), [5]);
    assert_eq!(seqs("--action invited"), [2, 5]);
    assert_eq!(seqs("--action invited --person ada@example.com"), [2]);
    assert_eq!(seqs("--since 2026-03-03"), [5, 6]);
    assert_eq!(seqs("--since 12h"), [5, 6]);
    assert_eq!(seqs("--until 2026-03-02"), [1, 2, 3, 4]);
    assert_eq!(seqs("--since 2026-03-02T09:30:00Z --until 2026-03-02"), [4]);
    // --newest is the former name of --limit.
    assert_eq!(seqs("--limit 2"), [6, 5]);
    assert_eq!(seqs("--newest 2"), [6, 5]);
    assert_eq!(seqs("--limit 0"), [0_i64; 0]);
    assert_snapshot!(world.run("audit list --operator nobody"), @r"
----
No matching entries.
[exit 0]
");
    assert_snapshot!(world.run("audit list --person zoe@example.com"), @"
    ----
    error: no account has the address zoe@example.com
    hint: find people by name or part of the address with `admit list zoe`
    [exit 3]
    ");
    assert_snapshot!(world.run("audit list --since yesterday"), @r"
----
error: yesterday is not a valid date or time; use 2026-12-31, 2026-12-31 18:00, or with an offset 2026-12-31T18:00:00+01:00
[exit 2]
");
}

#[test]
fn people_read_the_newest_first_and_in_words() {
    let world = World::with_ada();
    world.lock("ada@example.com");
    world
        .run("unlock ada@example.com --reason 'case 4711'")
        .done();
    assert_snapshot!(world.run("audit list"), @"
    SEQ  WHEN (UTC)        WHO           ACTION           ADDRESS          PANEL  DETAIL
     11  2026-03-02 09:00  olga          unlocked         ada@example.com  main   “case 4711”
     10  2026-03-02 09:00  admit itself  locked           ada@example.com  main   after 6 wrong passwords; link valid until 2026-03-02 11:00
      9  2026-03-02 09:00  the person    sign-in-refused  ada@example.com  main   wrong password; 6 in a row
      8  2026-03-02 09:00  the person    sign-in-refused  ada@example.com  main   wrong password; 5 in a row
      7  2026-03-02 09:00  the person    sign-in-refused  ada@example.com  main   wrong password; 4 in a row
      6  2026-03-02 09:00  the person    sign-in-refused  ada@example.com  main   wrong password; 3 in a row
      5  2026-03-02 09:00  the person    sign-in-refused  ada@example.com  main   wrong password; 2 in a row
      4  2026-03-02 09:00  the person    sign-in-refused  ada@example.com  main   wrong password
      3  2026-03-02 09:00  the person    registered       ada@example.com  main
      2  2026-03-02 09:00  olga          invited          ada@example.com  main   as member; link valid until 2026-03-09 09:00; mail queued
      1  2026-03-02 09:00  olga          store-created    –                –
    [exit 0]
    ");
    assert_snapshot!(world.line("audit list --limit 3").screen(80).run(), @"
    SEQ  WHEN (UTC)        WHO           ACTION           ADDRESS          PANEL
     11  2026-03-02 09:00  olga          unlocked         ada@example.com  main
         “case 4711”
     10  2026-03-02 09:00  admit itself  locked           ada@example.com  main
         after 6 wrong passwords; link valid until 2026-03-02 11:00
      9  2026-03-02 09:00  the person    sign-in-refused  ada@example.com  main
         wrong password; 6 in a row
    [exit 0]
    ");
}

#[test]
fn the_fields_are_those_that_were_promised() {
    let world = busy();
    let row = world.row("audit list --newest 1");
    let keys: Vec<_> = row.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "seq", "at", "operator", "source", "action", "address", "panel", "ip", "detail", "hash"
        ]
    );
    assert_eq!(row["at"], "2026-03-03T10:00:00Z");
    assert_eq!(row["operator"], "otto");
}

#[test]
fn a_head_that_was_kept_shows_what_was_cut_off() {
    let world = busy();
    let head = world.run("audit head");
    assert_eq!(head.code, 0);
    world.file("head", &head.stdout);
    assert_snapshot!(world.run("audit verify --against $HOME/head"), @r"
the audit log is intact: 6 entries, and matches the given end at entry 6
[exit 0]
");
    // Whoever can write the store can cut its end off; the head tells.
    let raw = world.place().raw();
    let back = raw.open_audit();
    raw.batch(
        "delete from audit where seq = 6; \
         update chain set seq = 5, hash = (select hash from audit where seq = 5)",
    )
    .unwrap();
    raw.batch(&back).unwrap();
    drop(raw);
    assert_snapshot!(world.run("audit verify"), @"
    ----
    error: the store $HOME/.local/share/admit/admit.db is an older copy: its audit log ends at entry 5, but entry 6 was here
    hint: put the newer one back, or use this one: `admit store restore --reconcile` first ends every session, link, code and trusted IP in it, `admit store restore --accept` keeps them. Both show what is lost and ask first
    [exit 4]
    ");
    // Unless they make this machine forget what it has seen.
    std::fs::remove_file(world.key_file().with_file_name("seen")).unwrap();
    assert_snapshot!(world.run("audit verify"), @"
    the audit log is intact: 5 entries
    [exit 0]
    ");
    let run = world.run("audit verify --against $HOME/head");
    assert_eq!(run.code, 1, "{run}");
    assert!(run.stderr.contains("entry 6"), "{run}");
    assert_snapshot!(world.run("audit verify --against $HOME/none"), @r"
----
error: cannot read $HOME/none: No such file or directory
[exit 2]
");
    world.file("head", "what?");
    assert_snapshot!(world.run("audit verify --against $HOME/head"), @"
    ----
    error: $HOME/head does not contain the end of an audit log
    hint: it is one line, as `admit audit head` prints it
    [exit 2]
    ");
}

#[test]
fn what_was_changed_is_found() {
    let world = busy();
    let raw = world.place().raw();
    let back = raw.open_audit();
    raw.batch("update audit set operator = 'eve' where seq = 5")
        .unwrap();
    raw.batch(&back).unwrap();
    drop(raw);
    assert_snapshot!(world.run("audit verify"), @r"
----
error: the audit log was tampered with at entry 5: its content does not match its hash
hint: keep this file as evidence, and compare it with a backup
[exit 1]
");
    assert_snapshot!(world.run("store check"), @r"
the audit log was tampered with at entry 5: its content does not match its hash
----
error: the store $HOME/.local/share/admit/admit.db has 1 problem
hint: stop using it, keep an unchanged copy, and restore a backup
[exit 1]
");
    let document = world.json("audit verify");
    assert_eq!(document["ok"], false);
}

#[test]
fn an_entry_that_is_damaged_is_shown_among_the_others() {
    let world = World::with_ada();
    world
        .run("lock ada@example.com --reason 'case 4711'")
        .done();
    let raw = world.place().raw();
    let back = raw.open_audit();
    raw.batch(
        "update audit set personal = (select personal from audit where seq = 2) where seq = 1",
    )
    .unwrap();
    raw.batch("update audit set personal = null, detail = 'no object' where seq = 3")
        .unwrap();
    raw.batch(&back).unwrap();
    drop(raw);
    assert_snapshot!(world.run("audit list"), @"
    SEQ  WHEN (UTC)        WHO         ACTION          ADDRESS                  PANEL  DETAIL
      4  2026-03-02 09:00  olga        locked-by-hand  ada@example.com          main   “case 4711”
      3  2026-03-02 09:00  the person  registered      unreadable-e076152557eb  main   part of the entry is damaged
      2  2026-03-02 09:00  olga        invited         ada@example.com          main   as member; link valid until 2026-03-09 09:00; mail queued
      1  2026-03-02 09:00  olga        store-created   –                        –      part of the entry is damaged
    [exit 0]
    ");
    let details: Vec<serde_json::Value> = world
        .run("audit list -o jsonl")
        .stdout
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()["detail"].clone())
        .collect();
    let damaged: Vec<bool> = details
        .iter()
        .map(|detail| detail["damaged"] == true)
        .collect();
    assert_eq!(damaged, [true, false, true, false]);
    assert_eq!(details[3]["reason"], "case 4711");
    assert_snapshot!(world.run("audit verify"), @"
    ----
    error: the audit log was tampered with at entry 1: its content does not match its hash
    hint: keep this file as evidence, and compare it with a backup
    [exit 1]
    ");
}
