//! `admit status`: one screen, and each printed command shows what was counted.

use crate::support::world::World;

#[test]
fn an_empty_store_needs_nothing() {
    let world = World::new();
    world.run("store init");
    insta::assert_snapshot!(world.run("status"), @"");
}

#[test]
fn what_needs_attention_comes_with_the_command_that_shows_it() {
    let mut world = World::new();
    world.member("ada@example.com");
    world.run("invite bob@example.com --for 3d --no-mail");
    world.run("lock ada@example.com --reason left");
    world.run("store backup ./admit.backup");
    insta::assert_snapshot!(world.run("status"), @"");
    let json = world.run("status -o json");
    insta::assert_snapshot!(json, @"");
}
