//! Moving the end of access.

use insta::assert_snapshot;

use crate::support::world::{DAY, PASSWORD, World};

#[test]
fn for_counts_from_the_current_end_and_until_sets_it() {
    let world = World::new();
    world.run("invite ada@example.com --for 10d").done();
    world.register("ada@example.com");
    assert_snapshot!(world.changes_nothing("extend ada@example.com --for 7d -n"), @r"
ada@example.com: would change: until Thu 12 Mar 2026 09:00 (in 10 days) → until Thu 19 Mar 2026 09:00 (in 17 days) in main
[exit 0]
");
    assert_snapshot!(world.run("extend ada@example.com --for 7d"), @r"
ada@example.com: until Thu 12 Mar 2026 09:00 (in 10 days) → until Thu 19 Mar 2026 09:00 (in 17 days) in main
[exit 0]
");
    assert_snapshot!(world.run("extend ada@example.com --until 2026-03-05"), @"
    ada@example.com: until Thu 19 Mar 2026 09:00 (in 17 days) → until the end of Thu 5 Mar 2026 (in 4 days) in main; sooner than before
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("extend ada@example.com --until 2026-03-05"), @"
    ada@example.com: already until the end of Thu 5 Mar 2026 (in 4 days) in main: nothing changed
    [exit 0]
    ");
    assert_snapshot!(world.run("extend ada@example.com --permanent"), @"
    ada@example.com: until the end of Thu 5 Mar 2026 (in 4 days) → permanent in main
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("extend ada@example.com --permanent"), @r"
ada@example.com: already permanent in main: nothing changed
[exit 0]
");
    assert_snapshot!(world.changes_nothing("extend ada@example.com --for 7d"), @r"
----
error: ada@example.com: the access is permanent, so --for cannot extend it
hint: to give it an end, use --until
[exit 4]
");
}

#[test]
fn a_date_alone_is_the_end_of_that_day_where_the_operator_is() {
    let mut world = World::with_ada();
    world.zone = jiff::tz::TimeZone::fixed(jiff::tz::offset(9));
    assert_snapshot!(world.run("extend ada@example.com --until 2026-03-05"), @"
    ada@example.com: permanent → until the end of Thu 5 Mar 2026 (in 3 days) in main; sooner than before
    [exit 0]
    ");
    let row = world.row("show ada@example.com");
    assert_eq!(row["access_until"], "2026-03-05T15:00:00Z");
}

#[test]
fn what_expired_runs_again_from_now_on() {
    let world = World::new();
    world.run("invite ada@example.com --for 3d").done();
    world.register("ada@example.com");
    world.run("invite bob@example.com --for 3d").done();
    world.advance(5 * DAY);
    assert_snapshot!(world.run("extend ada@example.com --for 7d"), @r"
ada@example.com: expired → active in main as member, until Sat 14 Mar 2026 09:00 (in 7 days); signs in with the existing password; mail kept in memory
[exit 0]
");
    world.sign_in("ada@example.com", PASSWORD).done();
    assert_snapshot!(world.run("extend bob@example.com --for 7d"), @r"
bob@example.com: expired → invited to main as member, until Sat 14 Mar 2026 09:00 (in 7 days); link valid until Sat 14 Mar 2026 09:00 (in 7 days); mail kept in memory
[exit 0]
");
    world.register("bob@example.com");
}

#[test]
fn what_was_removed_or_never_was_is_refused() {
    let world = World::with_ada();
    world.run("remove ada@example.com").done();
    assert_snapshot!(world.changes_nothing("extend ada@example.com --for 7d"), @"
    ----
    error: ada@example.com: the access was removed: Mon 2 Mar 2026 09:00 (just now)
    hint: run `admit invite ada@example.com --for 7d`
    [exit 4]
    ");
    assert_snapshot!(world.changes_nothing("extend bob@example.com --for 7d"), @"
    ----
    error: no account has the address bob@example.com
    hint: find people by name or part of the address with `admit list bob`
    [exit 3]
    ");
    world.add_panel("shop");
    assert_snapshot!(world.changes_nothing("extend ada@example.com --for 7d --panel shop"), @"
    ----
    error: ada@example.com: has no access to this panel
    hint: run `admit invite ada@example.com --for 7d --panel shop`
    [exit 4]
    ");
    assert_snapshot!(world.changes_nothing("extend ada@example.com --for 7d"), @"
    ----
    error: ada@example.com: no panel given, and there are several
    hint: use --panel with one of main, shop, as in `admit extend ada@example.com --for 7d --panel main`
    [exit 2]
    ");
}

#[test]
fn an_end_must_be_named_and_lie_ahead() {
    let world = World::with_ada();
    assert_snapshot!(world.changes_nothing("extend ada@example.com"), @"
    ----
    error: no end given
    hint: for example `admit extend ada@example.com --for 30d`
    [exit 2]
    ");
    assert_snapshot!(world.changes_nothing("extend ada@example.com --until 2026-03-01"), @r"
----
error: ada@example.com: 2026-03-01 is in the past: that was Mon 2 Mar 2026 00:00 UTC, 9 hours ago
[exit 2]
");
    assert_snapshot!(world.changes_nothing("extend ada@example.com --for 3m --permanent"), @r"
----
error: the argument '--for <DURATION>' cannot be used with '--permanent'
hint: run `admit extend --help`
[exit 2]
");
}

#[test]
fn somebody_disabled_is_extended_with_a_warning() {
    let world = World::new();
    world.run("invite ada@example.com --for 3d").done();
    world.register("ada@example.com");
    world.lock("ada@example.com");
    assert_snapshot!(world.run("extend ada@example.com --for 3d"), @"
    ada@example.com: until Thu 5 Mar 2026 09:00 (in 3 days) → until Sun 8 Mar 2026 09:00 (in 6 days) in main
    ----
    hint: the account is locked all the same: see `admit why ada@example.com`
    [exit 0]
    ");
}

#[test]
fn an_invitation_that_was_sent_ends_with_the_access_that_was_shortened() {
    let world = World::new();
    world.run("invite ada@example.com").done();
    let token = world.token("ada@example.com");
    assert_snapshot!(world.run("extend ada@example.com --until 2026-03-04"), @"
    ada@example.com: permanent → until the end of Wed 4 Mar 2026 (in 3 days) in main; sooner than before; the invitation link ends with it, the end of Wed 4 Mar 2026 (in 3 days)
    [exit 0]
    ");
    assert_eq!(
        world.row("show ada@example.com")["invitation_expires_at"],
        "2026-03-05T00:00:00Z"
    );
    world.advance(3 * DAY);
    assert_snapshot!(world.pipe("self register", format!("{token}\nnine blue bottles stand over here\n")), @"
    ----
    error: the link has expired: the end of Wed 4 Mar 2026 (9 hours ago)
    hint: request a new one
    [exit 4]
    ");
}
