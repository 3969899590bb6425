//! An address that may have another owner by now: who was removed gets password and second factor back when invited again.

use std::time::Duration;

use crate::support::world::World;

const DAY: Duration = Duration::from_hours(24);

#[test]
fn inviting_somebody_who_was_removed_long_ago_asks_whether_it_is_the_same_person() {
    let world = World::with_ada();
    world.run("remove ada@example.com --yes").done();
    // The same person, a moment later.
    world.run("invite ada@example.com").done();
    world.run("remove ada@example.com --yes").done();
    world.advance(DAY * 366);
    let refused = world.run("invite ada@example.com");
    let said = refused.exits(2);
    assert!(
        said.contains("comes back with its password and second factor"),
        "{said}"
    );
    assert!(said.contains("remove --erase"), "{said}");
    assert_eq!(world.account_status("ada@example.com"), "active");
    let no = world.run("invite ada@example.com --dry-run");
    assert_eq!(no.code, 0, "nothing is done, so nothing is asked");
    world.run("invite ada@example.com --yes").done();
    // Somebody who has access somewhere is the same person all along.
    world.run("invite ada@example.com --role support").done();
}

#[test]
fn another_name_for_a_removed_account_asks_too() {
    let world = World::with_ada();
    world
        .run("edit ada@example.com --name \"Ada Lovelace\"")
        .done();
    world.run("remove ada@example.com --yes").done();
    world
        .run("invite ada@example.com --name \"Bob Jones\"")
        .exits(2);
    world
        .run("invite ada@example.com --name \"ada lovelace\"")
        .done();
}
