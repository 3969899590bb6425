//! Pruning the record.

use insta::assert_snapshot;

use crate::support::world::{DAY, World};

/// Six entries on three days, and the head after the first four.
fn grown() -> (World, String) {
    let world = World::with_ada();
    world.advance(DAY);
    world.run("invite bob@example.com").done();
    let head = world.run("audit head").stdout;
    world.file("head", &head);
    world.advance(DAY);
    world.run("invite cyd@example.com").done();
    (world, head)
}

#[test]
fn what_lies_behind_an_exported_head_goes_and_the_rest_still_verifies() {
    let (world, head) = grown();
    assert!(head.starts_with("4 "), "{head}");
    assert_snapshot!(world.run(&format!("audit prune --before 2027-01-01 --head {}/head", world.home().display())), @"
    ----
    error: confirmation is required: Delete 4 entries of the audit log, from 1 to 4. This cannot be undone
    hint: to confirm, run `admit audit prune --before 2027-01-01 --head $HOME/head --yes`
    [exit 2]
    ");
    assert_snapshot!(world.run(&format!("audit prune --before 2027-01-01 --head {}/head --yes -n", world.home().display())), @"
    record: would change: 4 entries deleted, from 1 to 4; keep the end of the log at entry 4 with the export
    [exit 0]
    ");
    assert_snapshot!(world.run(&format!("audit prune --before 2027-01-01 --head {}/head --yes", world.home().display())), @"
    record: 4 entries deleted, from 1 to 4; keep the end of the log at entry 4 with the export
    [exit 0]
    ");
    assert_snapshot!(world.run("audit verify"), @"
    the audit log is intact: 2 entries since entry 4, up to which olga pruned it on Wed 4 Mar 2026 09:00
    [exit 0]
    ");
    assert_snapshot!(world.run(&format!("audit verify --against {}/head", world.home().display())), @"
    the audit log is intact: 2 entries since entry 4, up to which olga pruned it on Wed 4 Mar 2026 09:00, and matches the given end at entry 4
    [exit 0]
    ");
    assert_snapshot!(world.run("audit list"), @"
    SEQ  WHEN (UTC)        WHO   ACTION        ADDRESS          PANEL  DETAIL
      6  2026-03-04 09:00  olga  audit-pruned  –                –      first 1; last 4; hash HEX; before the end of 2026-12-31
      5  2026-03-04 09:00  olga  invited       cyd@example.com  main   as member; link valid until 2026-03-11 09:00; mail queued
    [exit 0]
    ");
    assert_snapshot!(world.run(&format!("audit prune --before 2027-01-01 --head {}/head --yes", world.home().display())), @"
    record: no entries before that date and up to the given end: nothing changed
    [exit 0]
    ");
}

#[test]
fn nothing_goes_behind_the_time_or_the_head() {
    let (world, _) = grown();
    let seqs = || {
        let run = world.run("audit list -o jsonl");
        run.stdout.lines().count()
    };
    assert_eq!(seqs(), 5);
    // The fourth entry is of the second day.
    world
        .run(&format!(
            "audit prune --before 2026-03-03 --head {}/head --yes",
            world.home().display()
        ))
        .done();
    assert_eq!(seqs(), 3, "three of the first day went, one entry came");
    assert_eq!(world.run("audit verify").code, 0);
}

#[test]
fn a_head_that_is_not_of_this_record_prunes_nothing() {
    let (world, head) = grown();
    world.file("other", head.replace("4 ", "3 "));
    world.file("none", "head");
    assert_snapshot!(world.run(&format!("audit prune --before 2027-01-01 --head {}/other --yes", world.home().display())), @"
    ----
    error: the given end of the audit log (entry 3) is not from this store
    hint: it is the line that `admit audit head` printed for this store; check the log with `admit audit verify`
    [exit 4]
    ");
    assert_snapshot!(world.run(&format!("audit prune --before 2027-01-01 --head {}/none --yes", world.home().display())), @"
    ----
    error: $HOME/none does not contain the end of an audit log
    hint: it is one line, as `admit audit head` prints it
    [exit 2]
    ");
    assert_snapshot!(world.run(&format!("audit prune --before soon --head {}/head --yes", world.home().display())), @"
    ----
    error: soon is not a valid date or time; use 2026-12-31, 2026-12-31 18:00, or with an offset 2026-12-31T18:00:00+01:00
    [exit 2]
    ");
    assert_snapshot!(world.run("audit verify"), @"
    the audit log is intact: 5 entries
    [exit 0]
    ");
}

#[test]
fn a_head_from_before_what_was_pruned_no_longer_proves_anything() {
    let (world, head) = grown();
    let run = world.run("audit list -o jsonl");
    let first: serde_json::Value =
        serde_json::from_str(run.stdout.lines().next().unwrap()).unwrap();
    world.file("old", format!("1 {}", first["hash"].as_str().unwrap()));
    assert_eq!(
        world
            .run(&format!(
                "audit verify --against {}/old",
                world.home().display()
            ))
            .code,
        0
    );
    world
        .run(&format!(
            "audit prune --before 2027-01-01 --head {}/head --yes",
            world.home().display()
        ))
        .done();
    assert_snapshot!(world.run(&format!("audit verify --against {}/old", world.home().display())), @"
    ----
    error: the file names entry 1, but the audit log was pruned up to entry 4
    hint: use a file that was saved later
    [exit 4]
    ");
    assert!(!head.is_empty());
}

#[test]
fn what_cannot_be_pruned_is_told_without_a_question() {
    let (world, head) = grown();
    let home = world.home().display().to_string();
    world.file("other", head.replace("4 ", "3 "));
    world
        .changes_nothing(&format!(
            "audit prune --before 2027-01-01 --head {home}/other"
        ))
        .exits(4);
    assert_snapshot!(world.changes_nothing(&format!("audit prune --before 2020-01-01 --head {home}/head")), @"
    record: no entries before that date and up to the given end: nothing changed
    [exit 0]
    ");
    world
        .run(&format!(
            "audit prune --before 2026-03-03 --head {home}/head --yes"
        ))
        .done();
    let old = world.file("old", format!("1 {}", "0".repeat(64)));
    assert_snapshot!(world.changes_nothing(&format!("audit prune --before 2027-01-01 --head {}", old.display())), @"
    ----
    error: the file names entry 1, but the audit log was pruned up to entry 3
    hint: use a file that was saved later
    [exit 4]
    ");
    assert_snapshot!(world.run(&format!("audit prune --before 2027-01-01 --head {home}/head --yes -o json")), @r#"
    {"schema":1,"command":"audit prune","ok":true,"results":[{"target":"record","panel":null,"status":"done","first":4,"last":4,"before":{"beginning":4},"after":{"beginning":5},"message":"1 entry deleted, from 4 to 4; keep the end of the log at entry 4 with the export","hint":null}],"totals":{"done":1,"unchanged":0,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
    assert_snapshot!(world.run(&format!("audit prune --before 2027-01-01 --head {home}/head --yes -o plain")), @"[exit 0]");
}

/// What somebody with a database shell does: the first four entries go, and the recorded beginning says so.
const CUT: &str = "update chain set pruned_seq = 4, pruned_hash = (select hash from audit where seq = 4); \
                   delete from audit where seq <= 4";

#[test]
fn a_beginning_that_was_cut_off_is_told_also_against_a_head() {
    let (world, head) = grown();
    let home = world.home().display().to_string();
    world.place().raw().batch(CUT).unwrap();
    assert!(head.starts_with("4 "));
    assert_snapshot!(world.run("audit verify"), @"
    ----
    error: the audit log was tampered with at entry 5: the log starts here, but no audit-pruned entry says that entries up to 4 were pruned
    hint: keep this file as evidence, and compare it with a backup
    [exit 1]
    ");
    assert_snapshot!(world.run(&format!("audit verify --against {home}/head")), @"
    ----
    error: the audit log was tampered with at entry 5: the log starts here, but no audit-pruned entry says that entries up to 4 were pruned
    hint: keep this file as evidence, and compare it with a backup
    [exit 1]
    ");
    assert_snapshot!(world.run("store check"), @"
    the audit log was tampered with at entry 5: the log starts here, but no audit-pruned entry says that entries up to 4 were pruned
    ----
    error: the store $HOME/.local/share/admit/admit.db has 1 problem
    hint: stop using it, keep an unchanged copy, and restore a backup
    [exit 1]
    ");
    let run = world.run(&format!("store backup {home}/cut.bak"));
    assert_eq!(run.code, 1, "{run}");
}

#[test]
fn a_pruning_after_the_head_that_was_kept_is_warned_of() {
    let (world, _) = grown();
    let home = world.home().display().to_string();
    let late = world.run("audit head").stdout;
    world.file("late", late);
    world
        .run(&format!(
            "audit prune --before 2027-01-01 --head {home}/head --yes"
        ))
        .done();
    assert_snapshot!(world.run(&format!("audit verify --against {home}/late")), @"
    the audit log is intact: 2 entries since entry 4, up to which olga pruned it on Wed 4 Mar 2026 09:00, and matches the given end at entry 5
    ----
    warning: the audit log was pruned after this file was saved (entry 6); if it should not have been pruned, compare it with a backup
    [exit 0]
    ");
    let after = world.run("audit head").stdout;
    world.file("after", after);
    assert_snapshot!(world.run(&format!("audit verify --against {home}/after -o json")), @r#"
    {"schema":1,"command":"audit verify","ok":true,"results":[{"entries":2,"hash":"HEX","against":6,"pruned_to":4,"pruned_at":"2026-03-04T09:00:00Z","pruned_by":"olga"}],"totals":{"done":0,"unchanged":0,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
}
