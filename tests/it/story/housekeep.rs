//! Deleting what is over.

use std::time::Duration;

use insta::assert_snapshot;

use crate::support::world::{DAY, HOUR, PASSWORD, World};

/// Something of several kinds, all of it over in 60 days.
fn remains(world: &World) {
    world.run("trust add 203.0.113.9 --yes").done();
    world
        .run("trust add 198.51.100.7 --until 2030-12-31 --yes")
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
    assert_snapshot!(world.changes_nothing("housekeep"), @"
    store: nothing has expired: nothing deleted
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("housekeep --quiet"), @"[exit 0]");
    assert_snapshot!(world.changes_nothing("housekeep -o json"), @r#"
    {"schema":1,"command":"housekeep","ok":true,"results":[{"target":"store","panel":null,"status":"unchanged","deleted":0,"trusted_ips":0,"tickets":0,"sent_codes":0,"factor_offers":0,"wrong_codes":0,"wrong_ips":0,"strangers":0,"requests":0,"address_changes":0,"former_addresses":0,"sessions":0,"revoked_links":0,"tries_recorded":0,"before":null,"after":null,"message":"nothing has expired: nothing deleted","hint":null}],"totals":{"done":0,"unchanged":1,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
    assert_snapshot!(world.changes_nothing("housekeep -o plain"), @"[exit 0]");
}

#[test]
fn what_is_over_is_counted_deleted_and_recorded_once() {
    let world = World::with_ada();
    remains(&world);
    assert_snapshot!(world.changes_nothing("housekeep"), @"
    store: nothing has expired: nothing deleted
    [exit 0]
    ");
    world.advance(2 * HOUR);
    assert_snapshot!(world.changes_nothing("housekeep -n"), @"
    store: would delete 1 ticket; would write 1 audit entry about counted attempts
    [exit 0]
    ");
    world.advance(Duration::from_hours(91 * 24));
    assert_snapshot!(world.changes_nothing("housekeep --dry-run"), @"
    store: would delete 1 trusted IP, 1 ticket, 1 wrong code, 1 count of attempts at an unknown address, 1 session; would write 1 audit entry about counted attempts
    [exit 0]
    ");
    assert_snapshot!(world.run("housekeep"), @"
    store: deleted 1 trusted IP, 1 ticket, 1 wrong code, 1 count of attempts at an unknown address, 1 session; wrote 1 audit entry about counted attempts
    [exit 0]
    ");
    assert_snapshot!(world.changes_nothing("housekeep"), @"
    store: nothing has expired: nothing deleted
    [exit 0]
    ");
    assert_snapshot!(world.run("audit list --since 2026-05-01"), @"
    SEQ  WHEN (UTC)        WHO    ACTION                 ADDRESS  PANEL  DETAIL
      8  2026-06-01 11:00  olga   housekept              –        –      1 trusted IP removed; tickets 1; wrong codes 1; strangers 1; sessions 1
      7  2026-06-01 11:00  panel  unknown-address-tried  –        main   tries 2; hour 2026-03-02 09:00
    [exit 0]
    ");
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
    world.advance(91 * DAY);
    assert_snapshot!(world.run("housekeep -n -o json"), @r#"
    {"schema":1,"command":"housekeep","ok":true,"results":[{"target":"store","panel":null,"status":"done","deleted":5,"trusted_ips":1,"tickets":1,"sent_codes":0,"factor_offers":0,"wrong_codes":1,"wrong_ips":0,"strangers":1,"requests":0,"address_changes":0,"former_addresses":0,"sessions":1,"revoked_links":0,"tries_recorded":1,"before":null,"after":null,"message":"would delete 1 trusted IP, 1 ticket, 1 wrong code, 1 count of attempts at an unknown address, 1 session; would write 1 audit entry about counted attempts","hint":null}],"totals":{"done":1,"unchanged":0,"refused":0,"failed":0},"error":null}
    [exit 0]
    "#);
    assert_snapshot!(world.run("housekeep -n -o csv"), @r#"
    target,panel,status,deleted,trusted_ips,tickets,sent_codes,factor_offers,wrong_codes,wrong_ips,strangers,requests,address_changes,former_addresses,sessions,revoked_links,tries_recorded,before,after,message,hint
    store,,done,5,1,1,0,0,1,0,1,0,0,0,1,0,1,,,"would delete 1 trusted IP, 1 ticket, 1 wrong code, 1 count of attempts at an unknown address, 1 session; would write 1 audit entry about counted attempts",
    [exit 0]
    "#);
    assert_snapshot!(world.run("housekeep -n -o plain"), @"[exit 0]");
    assert_snapshot!(world.run("housekeep --quiet"), @"[exit 0]");
    assert_snapshot!(world.run("housekeep -o jsonl"), @r#"
    {"target":"store","panel":null,"status":"unchanged","deleted":0,"trusted_ips":0,"tickets":0,"sent_codes":0,"factor_offers":0,"wrong_codes":0,"wrong_ips":0,"strangers":0,"requests":0,"address_changes":0,"former_addresses":0,"sessions":0,"revoked_links":0,"tries_recorded":0,"before":null,"after":null,"message":"nothing has expired: nothing deleted","hint":null}
    [exit 0]
    "#);
}
