//! Tables that other tools make in the file are ignored, and dropped on request; whatever is planted is refused.

use std::fs;

use insta::assert_snapshot;

use crate::support::world::{PASSWORD, World};

/// What Litestream 0.3 to 0.5 makes, as the program was seen to write it.
const LITESTREAM: &str = "CREATE TABLE IF NOT EXISTS _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER); \
     CREATE TABLE IF NOT EXISTS _litestream_lock (id INTEGER); \
     INSERT INTO _litestream_seq VALUES (1, 7)";

fn batch(world: &World, sql: &str) {
    world.place().raw().batch(sql).unwrap();
}

#[test]
fn a_store_with_tables_of_other_tools_works_in_every_way() {
    let world = World::with_ada();
    batch(&world, "analyze");
    batch(&world, LITESTREAM);
    world.run("invite bob@example.com").done();
    world.sign_in("ada@example.com", PASSWORD).done();
    world.run("store backup $HOME/b").done();
    world.run("store copy --to $HOME/copy.db").done();
    let line = "store restore $HOME/b --yes --store $HOME/restored.db";
    world.run(line).done();
    world.run("store restore $HOME/b --replace --yes").done();
    for store in ["$HOME/copy.db", "$HOME/restored.db"] {
        let run = world.run(&format!("list -o plain --store {store}"));
        assert_eq!(run.stdout, "ada@example.com\nbob@example.com\n", "{run}");
        // They are not moved with it.
        let run = world.run(&format!("store check --store {store}"));
        assert!(!run.stderr.contains("other tools"), "{run}");
    }
}

#[test]
fn they_are_named_and_dropped_on_request() {
    let world = World::with_ada();
    batch(&world, "analyze");
    batch(&world, LITESTREAM);
    let before = world.dump();
    assert_snapshot!(world.run("store check"), @"
    ----
    The store $HOME/.local/share/admit/admit.db is intact: file, structure, references and audit log
    It contains tables of other tools, which are ignored: _litestream_lock, _litestream_seq, sqlite_stat1, sqlite_stat4
    hint: to drop them, stop those tools and run `admit store check --drop-helpers`
    [exit 0]
    ");
    assert_snapshot!(world.run("store check --drop-helpers -n"), @"
    ----
    The store $HOME/.local/share/admit/admit.db is intact: file, structure, references and audit log
    Would drop tables of other tools: _litestream_lock, _litestream_seq, sqlite_stat1, sqlite_stat4
    [exit 0]
    ");
    assert_eq!(world.dump(), before);
    assert_snapshot!(world.run("store check --drop-helpers"), @"
    ----
    The store $HOME/.local/share/admit/admit.db is intact: file, structure, references and audit log
    Dropped tables of other tools: _litestream_lock, _litestream_seq, sqlite_stat1, sqlite_stat4
    [exit 0]
    ");
    let entry = world.row("audit list --action helper-tables-dropped");
    assert_eq!(entry["detail"]["tables"].as_array().unwrap().len(), 4);
    assert_snapshot!(world.run("store check --drop-helpers"), @"
    ----
    The store $HOME/.local/share/admit/admit.db is intact: file, structure, references and audit log
    [exit 0]
    ");
    world.run("audit verify").done();
}

#[test]
fn a_replica_of_the_file_opens() {
    let world = World::with_ada();
    batch(&world, LITESTREAM);
    // What `litestream restore` writes is the file, page by page, with its own tables.
    let replica = world.home().join("replica.db");
    fs::copy(world.store_file(), &replica).unwrap();
    fs::remove_file(world.store_file()).unwrap();
    fs::rename(&replica, world.store_file()).unwrap();
    world.run("list").done();
    world.run("invite bob@example.com").done();
    world.run("store check").done();
}

#[test]
fn an_earlier_schema_with_them_is_upgraded() {
    for (_, folder) in crate::story::released::released() {
        let world = crate::story::released::home_of(&folder);
        world.place().hold_released(&folder);
        batch(&world, "analyze");
        batch(&world, LITESTREAM);
        world.run("store upgrade").done();
        world.run("list").done();
    }
}

#[test]
fn whatever_is_planted_is_refused_also_on_their_tables() {
    for planted in [
        "create trigger spy after insert on account begin delete from session; end",
        "create trigger spy after update on _litestream_seq begin delete from session; end",
        "create view spy as select * from account",
        "create virtual table spy using fts5(a)",
        "create table spy (a, b generated always as (a + 1))",
        "create table _litestream_extra (id integer)",
        "create index spy on account (lower(name))",
        "create index spy on _litestream_seq (abs(seq))",
        "drop table _litestream_lock; create view _litestream_lock as select 1 as id",
        "drop table _litestream_lock; \
         create table _litestream_lock (id integer, b generated always as (id + 1))",
        "drop table _litestream_lock; create virtual table _litestream_lock using fts5(id)",
        "drop table _litestream_seq; \
         CREATE TABLE _litestream_seq (id INTEGER PRIMARY KEY, seq INTEGER CHECK (seq > 0))",
        "alter table _litestream_lock add column b default 1",
        "pragma writable_schema = on; \
         update sqlite_schema set sql = 'CREATE TABLE sqlite_stat1(tbl,idx,stat CHECK (stat > 0))' \
         where name = 'sqlite_stat1'",
    ] {
        let world = World::with_ada();
        batch(&world, "analyze");
        batch(&world, LITESTREAM);
        world.run("list").done();
        // A statement that does nothing here would prove nothing.
        if let Err(error) = world.place().raw().batch(planted) {
            panic!("{planted}: {error}");
        }
        let run = world.run("list");
        assert_eq!(run.code, 1, "{planted}\n{run}");
        assert!(
            run.stderr
                .contains("something that admit did not create: CREATE"),
            "{planted}\n{run}"
        );
    }
}
