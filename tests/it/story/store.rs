//! The store itself.

use insta::assert_snapshot;

use crate::support::world::World;

#[test]
fn info_tells_where_and_what_it_is() {
    let world = World::with_ada();
    let row = world.row("store info");
    let keys: Vec<_> = row.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        [
            "path",
            "engine",
            "schema",
            "key_file",
            "key_id",
            "former_key_id",
            "next_key_id",
            "size_bytes",
            "created_at",
            "epoch",
            "panels",
            "people",
            "audit_entries",
            "mail_waiting"
        ]
    );
    assert_eq!(row["people"], 1);
    assert_eq!(row["panels"], serde_json::json!(["main"]));
    assert_eq!(row["created_at"], "2026-03-02T09:00:00Z");
    let run = world.run("store info");
    assert_eq!((run.code, run.lines().len()), (0, 12), "{run}");
}

#[test]
fn a_whole_store_is_checked() {
    let world = World::with_ada();
    assert_snapshot!(world.run("store check"), @r"
----
The store $HOME/.local/share/admit/admit.db is intact: file, structure, references and audit log
[exit 0]
");
    assert_eq!(world.json("store check")["results"], serde_json::json!([]));
}

#[test]
fn a_second_init_leaves_everything_as_it_is() {
    let world = World::with_ada();
    let before = world.dump();
    assert_snapshot!(world.run("store init"), @r"
$HOME/.local/share/admit/admit.db: is already a store: nothing changed
[exit 0]
");
    assert_eq!(world.dump(), before);
    assert_eq!(world.row("store init")["status"], "unchanged");
}
