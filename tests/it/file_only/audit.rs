//! A guard of the record that somebody put back otherwise than it was.

use insta::assert_snapshot;

use crate::support::world::World;

#[test]
fn a_trigger_that_is_not_as_it_was_is_no_structure_of_ours() {
    let world = World::with_ada();
    let raw = world.place().raw();
    raw.batch(
        "drop trigger audit_never_deleted; \
         CREATE TRIGGER audit_never_deleted BEFORE DELETE ON audit BEGIN SELECT RAISE(ABORT, 'the audit is append-only'); END;",
    )
    .unwrap();
    drop(raw);
    assert_snapshot!(world.run("audit verify"), @"
    ----
    error: $HOME/.local/share/admit/admit.db is not an admit store: it contains something that admit did not create: CREATE TRIGGER audit_never_deleted
    hint: it was not changed; use --store with the correct file, or check the settings: `admit config show`
    [exit 1]
    ");
}
