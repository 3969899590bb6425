//! Taking people out of a panel.

use insta::assert_snapshot;

use crate::support::world::{PASSWORD, World};

#[test]
fn access_and_sessions_end_and_the_account_stays() {
    let world = World::with_ada();
    world.sign_in("ada@example.com", PASSWORD).done();
    assert_snapshot!(world.changes_nothing("remove ada@example.com -n"), @r"
ada@example.com: would change: active → removed from main; 1 session ended; account, password and other panels stay
[exit 0]
");
    assert_snapshot!(world.run("remove ada@example.com"), @r"
ada@example.com: active → removed from main; 1 session ended; account, password and other panels stay
[exit 0]
");
    assert_eq!(world.denied("ada@example.com", PASSWORD), "no-access");
    assert_snapshot!(world.changes_nothing("remove ada@example.com"), @r"
ada@example.com: is not in main: nothing changed
[exit 0]
");
    assert_snapshot!(world.run("invite ada@example.com"), @r"
ada@example.com: removed → active in main as member, permanent; signs in with the existing password; mail kept in memory
[exit 0]
");
    world.sign_in("ada@example.com", PASSWORD).done();
}

#[test]
fn somebody_pending_is_revoked() {
    let world = World::new();
    world.run("invite ada@example.com").done();
    assert_snapshot!(world.run("remove ada@example.com"), @r"
ada@example.com: invited → not in main; the link no longer works; account deleted: it had no other access
[exit 0]
");
}

#[test]
fn somebody_unknown_is_not_found() {
    let world = World::with_ada();
    assert_snapshot!(world.changes_nothing("remove aida@example.com"), @r"
----
error: no account has the address aida@example.com
hint: did you mean ada@example.com?
[exit 3]
");
    world.add_panel("shop");
    assert_snapshot!(world.changes_nothing("remove ada@example.com"), @"
    ----
    error: ada@example.com: no panel given, and there are several
    hint: use --panel with one of main, shop, as in `admit remove ada@example.com --panel main`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("remove ada@example.com --panel shop"), @r"
ada@example.com: is not in shop: nothing changed
[exit 0]
");
}

#[test]
fn access_that_has_expired_is_removed_all_the_same() {
    let world = World::new();
    world.run("invite ada@example.com --for 3d").done();
    world.register("ada@example.com");
    world.sign_in("ada@example.com", PASSWORD).done();
    world.advance(4 * crate::support::world::DAY);
    assert_snapshot!(world.run("remove ada@example.com"), @"
    ada@example.com: expired → removed from main; no sessions ended; account, password and other panels stay
    [exit 0]
    ");
}
