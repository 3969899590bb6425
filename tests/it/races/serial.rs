//! Two things at once that cannot be used together leave the traces of one order (I10).

use std::time::Duration;

use admit::store::Done;
use serde_json::json;

use super::{PASSWORD, Ran, World, invitation, op, run_at_once, turn};

const ROUNDS: i32 = 50;

/// Who came first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum First {
    Register,
    Revoke,
}

fn first(register: &Ran, revoke: &Ran) -> First {
    let answer = register.json();
    match (register.code, revoke.code) {
        (Some(0), Some(4)) => {
            assert_eq!(answer["answer"], "registered");
            First::Register
        }
        (Some(1), Some(0)) => {
            let reason = answer["reason"].as_str().unwrap();
            assert!(
                ["link-invalid", "link-revoked"].contains(&reason),
                "{answer}"
            );
            First::Revoke
        }
        _ => panic!("neither or both: {register:?} {revoke:?}"),
    }
}

#[test]
fn accepting_and_revoking_at_once_leave_one_serial_order() {
    let _turn = turn();
    let world = World::new();
    let mut store = world.store();
    store
        .change(|tx| {
            tx.add_panel("shop", op().now)?;
            Ok::<_, admit::store::Fault>(Done::unrecorded(()))
        })
        .unwrap();
    // How much sooner registering starts than revoking, in ms. Whoever won starts a little later the next time, so
    // that the two come to meet.
    let mut lead = 0_i32;
    let mut wins = [0, 0];
    for round in 0..ROUNDS {
        let who = format!("person{round}@example.com");
        let token = invitation(&mut store, &who, "main", false);
        // Every other person has something else, so that revoking does not erase them.
        let has_more = round % 2 == 1;
        if has_more {
            invitation(&mut store, &who, "shop", false);
        }
        let (registered, revoked) = (world.entries("registered"), world.entries("revoked"));
        let request = json!({"token": token.as_str(), "password": PASSWORD}).to_string();
        let wait = |ms: i32| Duration::from_millis(u64::try_from(ms.max(0)).unwrap());
        let ran = run_at_once(vec![
            (
                world.command(&["gate", "register", "--panel", "main"]),
                &request,
                wait(-lead),
            ),
            (
                world.command(&["revoke", &who, "--panel", "main", "-o", "json"]),
                "",
                wait(lead),
            ),
        ]);
        let first = first(&ran[0], &ran[1]);
        let (by_register, by_revoke) = match first {
            First::Register => (1, 0),
            First::Revoke => (0, 1),
        };
        assert_eq!(world.entries("registered") - registered, by_register);
        assert_eq!(world.entries("revoked") - revoked, by_revoke);
        assert_state(&world, &who, first, has_more);
        wins[first as usize] += 1;
        lead += if first == First::Register { -3 } else { 3 };
    }
    assert!(
        wins.iter().all(|&wins| wins > 0),
        "they never met: {wins:?}"
    );
    world.assert_whole();
}

fn assert_state(world: &World, who: &str, first: First, has_more: bool) {
    let count = |condition: &str| {
        let sql = format!(
            "select count(*) from account left join access on access.account_id = account.id \
             where address_key = $1 and {condition}"
        );
        world.count(&sql, &[who.into()])
    };
    let more = i64::from(has_more);
    match first {
        First::Register => {
            assert_eq!(
                count("password_hash is not null and removed_at is null"),
                1 + more
            );
            assert_eq!(count("removed_at is not null"), 0);
        }
        First::Revoke => {
            assert_eq!(count("password_hash is not null"), 0);
            // With nothing else the account is gone; else only the access to this panel.
            assert_eq!(count("panel_id = 1 and removed_at is not null"), more);
            assert_eq!(count("panel_id <> 1 and removed_at is null"), more);
        }
    }
}
