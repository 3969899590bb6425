//! A clock that was set back, and one that was ahead for a while.

use insta::assert_snapshot;

use crate::support::world::{DAY, HOUR, MINUTE, World};

#[test]
fn a_clock_that_is_behind_is_told_and_revives_nothing() {
    let world = World::with_ada();
    world.run("invite bob@example.com").done();
    world.advance(8 * DAY);
    world.run("lock ada@example.com --reason test").done();
    world.run("unlock ada@example.com --reason test").done();
    world.set_back(8 * DAY - HOUR);
    // The link of the invitation has expired and stays so.
    assert_snapshot!(world.run("list --status invited"), @"");
    assert_snapshot!(world.run("why ada@example.com"), @"");
    let note = &world.row("why ada@example.com")["notes"][0];
    assert_snapshot!(note, @"");
    assert_snapshot!(world.run("store check"), @"");
    // Caught up, nothing is said.
    world.advance(8 * DAY - HOUR);
    let run = world.run("why ada@example.com");
    assert!(!run.to_string().contains("clock"), "{run}");
}

#[test]
fn a_small_correction_is_nothing_to_speak_of() {
    let world = World::with_ada();
    world.advance(HOUR);
    world.run("invite bob@example.com").done();
    world.set_back(MINUTE + MINUTE / 2);
    let run = world.run("list");
    assert!(!run.to_string().contains("clock"), "{run}");
}

#[test]
fn a_clock_that_was_ahead_is_accepted_once_it_is_right() {
    let world = World::with_ada();
    world.run("invite bob@example.com --for 30d").done();
    // For a moment the clock is a year ahead.
    world.advance(365 * DAY);
    world.run("invite cyd@example.com").done();
    world.set_back(365 * DAY);
    assert_snapshot!(world.run("list --columns address,access_status"), @"");
    assert_snapshot!(world.changes_nothing("store check --accept-clock"), @"");
    assert_snapshot!(world.changes_nothing("store check --accept-clock --reason 'battery replaced'"), @"");
    assert_snapshot!(world.changes_nothing("store check --accept-clock --reason 'battery replaced' -n"), @"");
    assert_snapshot!(world.changes_nothing("store check --reason 'battery replaced'"), @"");
    assert_snapshot!(world.run("store check --accept-clock --reason 'battery replaced' --yes -o json"), @"");
    assert_snapshot!(world.run("list --columns address,access_status"), @"");
    assert_snapshot!(world.changes_nothing("store check --accept-clock --reason again --yes"), @"");
    assert_snapshot!(world.run("audit list --action clock-accepted"), @"");
}
