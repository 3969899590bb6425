//! `admit status`: one screen, and each printed command shows what was counted.

use insta::assert_snapshot;

use crate::support::world::World;

#[test]
fn an_empty_store_needs_nothing() {
    let world = World::new();
    assert_snapshot!(world.run("status"), @"
    locked          none
    locked by hand  none
    access ending   none within 7 days
    invited         none
    mail failed     none
    mail waiting    none
    last backup     none by `store backup`
    [exit 0]
    ");
}

#[test]
fn what_needs_attention_comes_with_the_command_that_shows_it() {
    let world = World::with_ada();
    world
        .run("invite bob@example.com --for 3d --no-mail")
        .done();
    world.lock("ada@example.com");
    for (number, who) in ["cyd", "dan", "eve", "fay"].into_iter().enumerate() {
        world
            .run(&format!("invite {who}@example.com --for {}d", number + 5))
            .done();
    }
    world.register("cyd@example.com");
    let backup = world.home().join("admit.backup");
    world
        .words(["store", "backup", &backup.display().to_string()])
        .run()
        .done();
    assert_snapshot!(world.run("status"), @"
    locked          1: ada@example.com
                    admit list --status locked
    locked by hand  none
    access ending   3: bob@example.com, cyd@example.com, dan@example.com within 7 days
                    admit list --expiring 7d
    invited         4: bob@example.com, dan@example.com, eve@example.com and 1 more
                    admit list --status pending
    mail failed     none
    mail waiting    none
    last backup     Mon 2 Mar 2026 09:00 (just now)
    [exit 0]
    ");
    let row = world.row("status");
    assert_eq!(row["locked"], 1);
    assert_eq!(row["expiring"], 3);
    assert_eq!(row["pending"], 4);
    assert_eq!(
        row["last_backup_at"],
        row["last_backup_at"].as_str().unwrap()
    );
}
