//! Deleting what is over.

use std::time::Duration;

use insta::assert_snapshot;

use crate::support::world::{DAY, HOUR, PASSWORD, World};

/// Something of several kinds, all of it over in 60 days.
fn remains(world: &World) {
    world.run("trust add 203.0.113.9").done();
    world
        .run("trust add 198.51.100.7 --until 2030-12-31")
        .done();
    world.sign_in("ada@example.com", PASSWORD).done();
    for _ in 0..2 {
        assert_eq!(
            world.denied("nobody@example.com", PASSWORD),
            "invalid-credentials"
        );
    }
    let now = world.now();
    let end = now + jiff::SignedDuration::from_mins(10);
    world.set_up(|tx| {
        tx.add_ticket("set-up", 1, now, end)?;
        tx.count_wrong_code(1, now, now)
    });
}

#[test]
fn where_nothing_is_over_nothing_happens() {
    let world = World::with_ada();
    assert_snapshot!(world.changes_nothing("housekeep"), @"");
    assert_snapshot!(world.changes_nothing("housekeep --quiet"), @"");
    assert_snapshot!(world.changes_nothing("housekeep -o json"), @"");
    assert_snapshot!(world.changes_nothing("housekeep -o plain"), @"");
}

#[test]
fn what_is_over_is_counted_deleted_and_recorded_once() {
    let world = World::with_ada();
    remains(&world);
    assert_snapshot!(world.changes_nothing("housekeep"), @"");
    world.advance(2 * HOUR);
    assert_snapshot!(world.changes_nothing("housekeep -n"), @"");
    world.advance(Duration::from_hours(60 * 24));
    assert_snapshot!(world.changes_nothing("housekeep --dry-run"), @"");
    assert_snapshot!(world.run("housekeep"), @"");
    assert_snapshot!(world.changes_nothing("housekeep"), @"");
    assert_snapshot!(world.run("audit list --since 2026-05-01"), @"");
    assert_eq!(
        world.run("trust list --all -o plain").stdout,
        "198.51.100.7\n"
    );
    world.run("audit verify").done();
    world.run("store check").done();
}

#[test]
fn the_counts_come_in_every_form() {
    let world = World::with_ada();
    remains(&world);
    world.advance(60 * DAY);
    assert_snapshot!(world.run("housekeep -n -o json"), @"");
    assert_snapshot!(world.run("housekeep -n -o csv"), @"");
    assert_snapshot!(world.run("housekeep -n -o plain"), @"");
    assert_snapshot!(world.run("housekeep --quiet"), @"");
    assert_snapshot!(world.run("housekeep -o jsonl"), @"");
}
