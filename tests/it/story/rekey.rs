//! A new key takes over, while people go on signing in.

use std::fs;

use admit::domain::event::{Actor, Source};
use admit::ops::Op;
use admit::ops::rekey::{change_key, key_state, reseal};
use admit::store::Store;
use admit::vault::{Entropy, KeyId, Vault, keyfile};
use insta::assert_snapshot;
use jiff::tz::TimeZone;

use crate::engine::Place;
use crate::support::phone::Phone;
use crate::support::world::{MINUTE, PASSWORD, World};

/// The keys of the key file, the first one first.
fn ids(world: &World) -> Vec<KeyId> {
    keyfile::load(&world.key_file()).unwrap().ids().collect()
}

/// With names in the place of keys, which are other ones on each engine.
fn named(text: &impl ToString, names: &[(&str, KeyId)]) -> String {
    names.iter().fold(text.to_string(), |text, (name, id)| {
        text.replace(&id.to_string(), name)
    })
}

/// Takes the line of a key out of the key file.
fn forget(world: &World, key: KeyId) {
    let text = fs::read_to_string(world.key_file()).unwrap();
    let kept = text
        .lines()
        .filter(|line| !line.contains(&key.to_string()))
        .map(|line| format!("{line}\n"));
    fs::write(world.key_file(), kept.collect::<String>()).unwrap();
}

fn op(world: &World) -> Op {
    Op {
        now: world.now(),
        wall: world.now(),
        zone: TimeZone::UTC,
        actor: Actor {
            source: Source::Command,
            operator: "olga".into(),
            ip: None,
        },
    }
}

/// How many values a run to the end seals anew.
fn sealed_anew(store: &mut Store, world: &World) -> u64 {
    let resealed = reseal(store, &op(world), &mut |_| true).unwrap();
    assert!(resealed.is_complete());
    resealed.done
}

/// As far as a run comes that is interrupted after its first batch, or before.
fn interrupted(world: &World, old: KeyId, new: KeyId, batches: usize) {
    let op = op(world);
    world.with_store(|store| {
        assert!(change_key(store, &op, old, new).unwrap());
        if batches > 0 {
            assert!(!reseal(store, &op, &mut |_| false).unwrap().is_complete());
        }
        Ok(())
    });
}

#[test]
fn a_key_is_made_and_takes_over_and_the_next_one_does_the_same() {
    let world = World::with_ada();
    world.run("invite bob@example.com").done();
    let old = ids(&world)[0];
    let before = fs::read(world.key_file()).unwrap();
    assert_snapshot!(named(&world.changes_nothing("store rekey --prepare -n"), &[("OLD", old)]), @"
    $HOME/.local/share/admit/admit.db: would create a new key in $HOME/.config/admit/key; the store would not change until the next run
    [exit 0]
    ");
    assert_eq!(fs::read(world.key_file()).unwrap(), before);

    let run = world.changes_nothing("store rekey --prepare");
    let new = ids(&world)[0];
    let names = [("OLD", old), ("NEW", new)];
    assert_snapshot!(named(&run, &names), @"
    $HOME/.local/share/admit/admit.db: created key NEW in $HOME/.config/admit/key; the store is still encrypted with key OLD
    ----
    hint: copy the key file to every machine that uses this store, and keep a copy separate from the backups; then run `admit store rekey` again
    [exit 0]
    ");
    assert_eq!(ids(&world), [new, old]);
    let prepared = fs::read(world.key_file()).unwrap();
    assert_snapshot!(named(&world.changes_nothing("store rekey --prepare"), &names), @"
    $HOME/.local/share/admit/admit.db: key NEW is already in $HOME/.config/admit/key; the store is still encrypted with key OLD
    ----
    hint: copy the key file to every machine that uses this store, and keep a copy separate from the backups; then run `admit store rekey` again
    [exit 0]
    ");
    assert_snapshot!(named(&world.changes_nothing("store rekey -n"), &names), @"
    $HOME/.local/share/admit/admit.db: would change from key OLD to key NEW, which is in $HOME/.config/admit/key: 2 values to be re-encrypted
    [exit 0]
    ");
    assert_eq!(world.row("store rekey -n")["values"], 2);
    let row = world.row("store info");
    assert_eq!(row["key_id"], old.to_string());
    assert_eq!(row["next_key_id"], new.to_string());
    assert_eq!(fs::read(world.key_file()).unwrap(), prepared);

    assert_snapshot!(named(&world.run("store rekey"), &names), @"
    $HOME/.local/share/admit/admit.db: is now encrypted with key NEW: 2 values re-encrypted
    ----
    hint: keep a copy of the current key file, separate from the backups. Leave key OLD in it: earlier backups, links in queued mail, and audit log entries about unknown addresses need it
    [exit 0]
    ");
    assert_eq!(fs::read(world.key_file()).unwrap(), prepared);
    let row = world.row("store info");
    assert_eq!(row["key_id"], new.to_string());
    assert!(row["next_key_id"].is_null() && row["former_key_id"].is_null());
    world.sign_in("ada@example.com", PASSWORD).done();
    world.register("bob@example.com");
    world.run("audit verify").done();
    world.run("store check").done();

    // Asked for again, one more is made.
    let row = world.row("store rekey --prepare");
    assert_eq!(
        (&row["status"], &row["stage"]),
        (&"done".into(), &"prepared".into())
    );
    let third = ids(&world)[0];
    assert_eq!(ids(&world), [third, new, old]);
    let row = world.row("store rekey");
    assert_eq!(
        (&row["status"], &row["stage"]),
        (&"done".into(), &"complete".into())
    );
    assert_eq!(row["before"]["key_id"], new.to_string());
    assert_eq!(row["after"]["key_id"], third.to_string());
    assert_eq!(row["values"], 2);
    assert_eq!(ids(&world), [third, new, old]);
}

#[test]
fn an_interrupted_run_is_gone_on_with() {
    let world = World::with_ada();
    world.run("store rekey --prepare").done();
    let keys = ids(&world);
    let (new, old) = (keys[0], keys[1]);
    let names = [("OLD", old), ("NEW", new)];
    interrupted(&world, old, new, 0);
    assert_eq!(world.row("store info")["former_key_id"], old.to_string());
    assert_snapshot!(named(&world.run("store check"), &names), @"
    ----
    The store $HOME/.local/share/admit/admit.db is intact: file, structure, references and audit log
    A change of key from OLD is incomplete: `admit store rekey` continues it
    [exit 0]
    ");
    assert_snapshot!(named(&world.changes_nothing("store rekey -n"), &names), @"
    $HOME/.local/share/admit/admit.db: would continue with key NEW: 1 value to be re-encrypted
    [exit 0]
    ");
    assert_snapshot!(named(&world.changes_nothing("store rekey --prepare"), &names), @"
    ----
    error: the change from key OLD to key NEW has already started
    hint: no other key is created before that is complete: `admit store rekey` continues it
    [exit 4]
    ");
    // Everybody works with it meanwhile; a backup and a copy that are made now can be used.
    world.sign_in("ada@example.com", PASSWORD).done();
    world.run("store backup $HOME/b").done();
    let folder = tempfile::tempdir_in(world.home()).unwrap();
    let places = ["restored", "copied"].map(|name| {
        let folder = folder.path().join(name);
        fs::create_dir(&folder).unwrap();
        Place::of_lab(&folder)
    });
    let urls = places.each_ref().map(Place::url);
    world
        .run(&format!("store restore $HOME/b --yes --store {}", urls[0]))
        .done();
    world.run(&format!("store copy --to {}", urls[1])).done();

    let row = world.row("store rekey");
    assert_eq!(row["before"]["key_id"], old.to_string());
    assert_eq!(row["after"]["key_id"], new.to_string());
    assert_eq!(ids(&world), keys, "no third key is made");
    assert!(world.row("store info")["former_key_id"].is_null());
    // The copies are older ones now, which no command uses; they can be gone on with all the same.
    for place in &places {
        let info = world.row(&format!("store info --store {}", place.url()));
        assert_eq!(info["former_key_id"], old.to_string());
        let vault = Vault::from_file(&world.key_file(), Entropy::seeded(98)).unwrap();
        let mut store = Store::open(&place.location(), vault, true).unwrap();
        let left = key_state(&mut store).unwrap().left;
        assert_eq!(left, 1, "Ada's");
        assert_eq!(sealed_anew(&mut store, &world), left);
        world
            .run(&format!("store check --store {}", place.url()))
            .done();
    }
}

#[test]
fn without_the_old_key_what_needs_it_is_named() {
    let world = World::with_ada();
    world.run("invite bob@example.com --no-mail").done();
    world.run("store backup $HOME/b").done();
    world.mail().fail_with(Some(admit::mail::DeliveryFault {
        retry: true,
        detail: "away".into(),
    }));
    assert_eq!(world.run("resend bob@example.com").code, 0);
    world.mail().fail_with(None);
    world.run("store rekey --prepare").done();
    let keys = ids(&world);
    let (new, old) = (keys[0], keys[1]);
    let names = [("OLD", old), ("NEW", new)];
    interrupted(&world, old, new, 0);
    let whole = fs::read(world.key_file()).unwrap();
    forget(&world, old);
    assert_snapshot!(named(&world.changes_nothing("store rekey"), &names), @"
    ----
    error: this was encrypted with key OLD, which is not in the key file
    hint: restore the line of that key in the key file, from your backup copy
    [exit 1]
    ");
    let entry = world.json("audit list")["results"][1].clone();
    let address = entry["address"].as_str().unwrap();
    assert!(address.starts_with("unreadable-"), "{entry}");
    assert_eq!(entry["detail"]["needs_key"], old.to_string());
    fs::write(world.key_file(), &whole).unwrap();
    world.run("store rekey").done();
    forget(&world, old);
    let first = world.json("audit list")["results"][1].clone();
    assert_eq!(first["address"], "ada@example.com", "{first}");
    for line in [
        "list",
        "show ada@example.com",
        "why ada@example.com",
        "audit verify",
        "store check",
        "audit list",
    ] {
        world.run(line).done();
    }
    world.advance(2 * MINUTE);
    assert_snapshot!(named(&world.run("mail send"), &names), @"
    0 sent, 0 failed, 0 lapsed, 1 left in the queue, next attempt in 5 minutes
    ----
    error: 1 mail is left in the queue
    hint: see the reasons with `admit mail list --state queued`; `admit mail retry --state queued` tries again at once
    [exit 75]
    ");
    let waiting = world.row("mail list --state queued")["detail"].clone();
    assert_eq!(
        waiting,
        format!("its link was created with key {old}, which is not in the key file")
    );
    let folder = tempfile::tempdir_in(world.home()).unwrap();
    let place = Place::of_lab(folder.path());
    let restore = format!("store restore $HOME/b --yes --store {}", place.url());
    assert_snapshot!(named(&world.run(&restore), &names).replace(&place.url(), "PLACE"), @"
    ----
    error: the store is encrypted with key OLD, but the key file contains NEW
    hint: set ADMIT_KEY_FILE to the key file of this store; if the key was changed on another machine (store rekey), copy the key file from there
    [exit 1]
    ");
    fs::write(world.key_file(), &whole).unwrap();
    world.run(&restore).done();
}

#[test]
fn an_authenticator_works_before_meanwhile_and_afterwards() {
    let world = World::with_ada();
    let clock = world.clock();
    let run = world
        .line("self 2fa ada@example.com --show")
        .piped_by(move |line, screen| match line {
            0 => Some(PASSWORD.to_owned()),
            1 => Some(Phone::typed(screen, &clock).code()),
            _ => None,
        })
        .run();
    let (phone, codes) = world.keep(&run);
    world.enter("ada@example.com", &phone).done();
    world.run("store rekey --prepare").done();
    let keys = ids(&world);
    interrupted(&world, keys[1], keys[0], 1);
    world.advance(MINUTE);
    world.enter("ada@example.com", &phone).done();
    world.run("store rekey").done();
    world.advance(MINUTE);
    world.enter("ada@example.com", &phone).done();
    forget(&world, keys[1]);
    world.advance(MINUTE);
    world.enter("ada@example.com", &phone).done();
    world.sign_in_with("ada@example.com", &codes[0]).done();
}

#[test]
fn a_mailed_code_is_right_across_the_change() {
    let world = World::with_ada();
    world.set_panel("main", "second-factor", "required");
    world.set_panel("main", "methods", "mail");
    let ask = |op: &str, more: &str| -> serde_json::Value {
        let request =
            format!(r#"{{"ip":null,"address":"ada@example.com","password":"{PASSWORD}",{more}}}"#);
        let run = world.pipe(&format!("gate {op}"), request);
        serde_json::from_str(&run.stdout).unwrap()
    };
    let sent = ask("send-code", r#""method":"mail""#);
    let ticket = sent["ticket"].as_str().unwrap();
    world.run("mail send").done();
    let letter = world.mail().last_to("ada@example.com").unwrap();
    let code = letter.code().unwrap();
    world.run("store rekey --prepare").done();
    world.run("store rekey").done();
    let wrong = if code == "123456" { "654321" } else { "123456" };
    for (typed, comes_in) in [(wrong, false), (&code, true), (&code, false)] {
        let with = format!(r#""ticket":"{ticket}","code":"{typed}","method":"mail""#);
        let answer = ask("sign-in", &with);
        assert_eq!(answer["ok"], comes_in, "{typed}: {answer}");
    }
}
