//! Taking an invitation back.

use insta::assert_snapshot;

use crate::support::world::{PASSWORD, World};

#[test]
fn somebody_who_had_nothing_else_is_forgotten() {
    let world = World::new();
    world.run("invite ada@example.com").done();
    let token = world.token("ada@example.com");
    assert_snapshot!(world.changes_nothing("revoke ada@example.com -n"), @r"
ada@example.com: would change: invited → not in main; the link no longer works; account deleted: it had no other access
[exit 0]
");
    assert_snapshot!(world.run("revoke ada@example.com"), @r"
ada@example.com: invited → not in main; the link no longer works; account deleted: it had no other access
[exit 0]
");
    assert_snapshot!(world.run("show ada@example.com"), @"
    ----
    error: no account has the address ada@example.com
    hint: find people by name or part of the address with `admit list ada`
    [exit 3]
    ");
    assert_snapshot!(world.pipe("self register", format!("{token}\n{PASSWORD}\n")), @r"
----
error: the link was revoked
hint: contact the person who invited you
[exit 4]
");
    assert_snapshot!(world.changes_nothing("revoke ada@example.com"), @"
    ----
    error: no account has the address ada@example.com
    hint: find people by name or part of the address with `admit list ada`
    [exit 3]
    ");
}

#[test]
fn somebody_pending_elsewhere_stays() {
    let world = World::new();
    world.add_panel("shop");
    world.run("invite ada@example.com --panel main").done();
    world.run("invite ada@example.com --panel shop").done();
    assert_snapshot!(world.run("revoke ada@example.com --panel shop"), @r"
ada@example.com: invited → not in shop; the link no longer works
[exit 0]
");
    assert_snapshot!(world.changes_nothing("revoke ada@example.com --panel shop"), @r"
ada@example.com: has no invitation to shop: nothing changed
[exit 0]
");
    assert_snapshot!(world.run("list"), @"
    ADDRESS          NAME  PANEL  ROLE    STATUS        2FA  ACCESS     LAST SIGN-IN
    ada@example.com  –     main   member  unregistered  –    permanent  never
    [exit 0]
    ");
}

#[test]
fn who_has_registered_is_not_revoked() {
    let world = World::with_ada();
    assert_snapshot!(world.changes_nothing("revoke ada@example.com"), @"
    ----
    error: ada@example.com: has already registered, so there is no invitation
    hint: to see whether they can sign in, run `admit why ada@example.com`; for a new password, run `admit reset password ada@example.com`; to end their access, run `admit remove ada@example.com`
    [exit 4]
    ");
    assert_snapshot!(world.changes_nothing("revoke bob@example.com"), @"
    ----
    error: no account has the address bob@example.com
    hint: find people by name or part of the address with `admit list bob`
    [exit 3]
    ");
}
