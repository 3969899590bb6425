//! Everything about one person.

use insta::assert_snapshot;

use crate::support::world::{PASSWORD, World};

#[test]
fn somebody_pending_is_shown() {
    let world = World::new();
    world.run("invite ada@example.com --name 'Ada Lovelace' --phone +442071234567 --lang en --for 1mo").done();
    assert_snapshot!(world.run("show ada@example.com"), @r"
address       ada@example.com
name          Ada Lovelace
phone         +442071234567
language      en
account       unregistered, created Mon 2 Mar 2026 09:00 (just now)
panel         main: unregistered, member, until Thu 2 Apr 2026 09:00 (in 31 days)
invitation    sent Mon 2 Mar 2026 09:00 (just now), valid until Mon 9 Mar 2026 09:00 (in 7 days)
password      none: not registered
last sign-in  never
mail          invitation sent just now: kept in memory
event         Mon 2 Mar 2026 09:00 (just now) invited by olga (role member, access_until 2026-04-02T09:00:00Z, link_expires_at 2026-03-09T09:00:00Z, mail true)
[exit 0]
");
    assert_snapshot!(world.run("show Ada@EXAMPLE.com -o plain"), @r"
ada@example.com
[exit 0]
");
}

#[test]
fn json_has_every_part() {
    let world = World::with_ada();
    world.sign_in("ada@example.com", PASSWORD).done();
    world.lock("ada@example.com");
    let row = world.row("show ada@example.com");
    let keys: Vec<_> = row
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    for key in [
        "address",
        "name",
        "panel",
        "role",
        "status",
        "account_status",
        "access_status",
        "access_until",
        "invited_at",
        "invitation_expires_at",
        "second_factor",
        "last_sign_in_at",
        "account",
        "accesses",
        "invitation",
        "lock",
        "password",
        "trusted_ips",
        "sessions",
        "recent",
    ] {
        assert!(keys.contains(&key), "{key} is missing in {keys:?}");
    }
    assert_eq!(row["status"], "locked");
    assert_eq!(row["last_sign_in_at"], "2026-03-02T09:00:00Z");
    assert!(row["password"]["set_at"].is_string(), "{row}");
    assert!(row["password"].get("expires_at").is_some(), "{row}");
    assert_eq!(row["sessions"].as_array().unwrap().len(), 1);
}

#[test]
fn somebody_in_several_panels_has_a_line_for_each() {
    let world = World::with_ada();
    world.add_panel("shop");
    world
        .run("invite ada@example.com --panel shop --for 3d")
        .done();
    assert_snapshot!(world.run("show ada@example.com"), @r"
address       ada@example.com
name          Ada Lovelace
account       active, created Mon 2 Mar 2026 09:00 (just now)
panel         main: active, member, permanent
              shop: expiring, member, until Thu 5 Mar 2026 09:00 (in 3 days)
password      set Mon 2 Mar 2026 09:00 (just now)
last sign-in  never
mail          invitation sent just now: kept in memory
event         Mon 2 Mar 2026 09:00 (just now) access-added by olga (role member, access_until 2026-03-05T09:00:00Z)
              Mon 2 Mar 2026 09:00 (just now) registered by the person
              Mon 2 Mar 2026 09:00 (just now) invited by olga (role member, link_expires_at 2026-03-09T09:00:00Z, mail true)
[exit 0]
");
    assert_snapshot!(world.run("show ada@example.com --panel shp"), @r"
----
error: there is no panel 'shp'
hint: did you mean shop?
[exit 3]
");
}

#[test]
fn somebody_unknown_has_a_neighbour() {
    let world = World::with_ada();
    assert_snapshot!(world.run("show ada@exmaple.com"), @r"
----
error: nobody has the address ada@exmaple.com
hint: did you mean ada@example.com?
[exit 3]
");
    assert_snapshot!(world.run("show 'Ada Lovelace'"), @r"
----
error: Ada Lovelace is not an e-mail address: it has no @
hint: an address looks like ada@example.com
[exit 2]
");
}
