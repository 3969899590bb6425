//! What only a server can suffer, and what is said of it in words of its own.

use std::fs;

use admit::cli::error::CliError;
use admit::store::{Fault, Store};
use admit::vault::{Entropy, Vault, keyfile};
use insta::assert_snapshot;

use crate::server::Server;
use crate::story::broken::both;
use crate::support::bench_store::{ADA, Lab};
use crate::support::world::World;

#[test]
fn a_store_without_its_key() {
    let world = World::with_ada();
    fs::rename(world.key_file(), world.home().join("key-elsewhere")).unwrap();
    assert_snapshot!(both(&world), @r"
----
error: the key file $HOME/.config/admit/key is not there, and no store at $HOME/.local/share/admit/admit.db can be read without it
hint: copy the key file from a machine that uses this store, or name it with ADMIT_KEY_FILE; for a new store, run `admit store init`
[exit 1]
");
    assert!(!world.key_file().exists());
}

#[test]
fn a_database_without_a_store_is_given_one_by_init_alone() {
    let world = World::fresh();
    // What looks does not make a key either.
    assert_eq!(world.run("list").code, 1);
    assert!(!world.key_file().exists());
    assert_snapshot!(world.run("store init -n"), @"
    $HOME/.local/share/admit/admit.db: would become a new store with the panel main
    [exit 0]
    ");
    assert_snapshot!(world.run("store init"), @"
    $HOME/.local/share/admit/admit.db: a new store with the panel main
    ----
    Made a new store at $HOME/.local/share/admit/admit.db
    Made its key at $HOME/.config/admit/key: back it up apart from the store; without it nothing that is sealed can be read
    [exit 0]
    ");
    assert_snapshot!(world.run("store init"), @"
    $HOME/.local/share/admit/admit.db: is a store already: nothing changed
    [exit 0]
    ");
    world.run("invite ada@example.com").done();
    // Another database under the same key.
    let other = Server::running().database();
    let url = other.url("olga");
    let run = world.run(&format!("--store {url} list"));
    assert_eq!(run.code, 3, "{run}");
    assert!(
        run.stderr.contains(&format!("there is no store at {url}"))
            && run
                .stderr
                .contains(&format!("admit store init --store {url}")),
        "{run}"
    );
}

#[test]
fn the_settings_say_that_the_store_was_named() {
    let world = World::fresh();
    let run = world.run("config show -o csv");
    let line = format!("store,{},ADMIT_STORE", world.place().url());
    assert!(run.lines().contains(&line.as_str()), "{run}");
}

/// What opening says after a change behind the store's back.
fn refusal(change: &str) -> String {
    let lab = Lab::new();
    lab.raw().batch(change).unwrap();
    match Store::open(&lab.place.location(), lab.vault(2), true) {
        Ok(_) => panic!("opened after: {change}"),
        Err(fault) => fault.to_string(),
    }
}

#[test]
fn a_structure_that_is_not_ours_is_refused() {
    for (change, why) in [
        ("alter table account add extra text", "account.extra"),
        ("alter table account drop phone", "account.phone"),
        (
            "alter table account alter name set not null",
            "account.name",
        ),
        ("create table extra (id bigint)", "extra.id"),
        ("drop trigger audit_never_updated on audit", "triggers"),
        (
            "alter table audit disable trigger audit_never_deleted",
            "audit_never_deleted (disabled)",
        ),
        ("alter table audit disable trigger all", "(disabled)"),
        (
            "create trigger mine after insert on account execute function audit_is_append_only()",
            "mine",
        ),
    ] {
        let said = refusal(change);
        assert!(
            said.contains("is not a store of admit") && said.contains(why),
            "{change}: {said}"
        );
    }
    let said = refusal("update schema_version set version = 999");
    let newer = format!(
        "has schema 999; this version of admit knows {}",
        Store::schema()
    );
    assert!(said.contains(&newer), "{said}");
}

#[test]
fn somebody_who_may_only_look_cannot_change_anything() {
    let mut lab = Lab::new();
    lab.member(ADA);
    lab.raw()
        .batch(
            "grant usage on schema admit to guest; grant select on all tables in schema admit to guest",
        )
        .unwrap();
    let mut guest = Store::open(&lab.place.location_of("guest"), lab.vault(2), true).unwrap();
    assert!(guest.read(|tx| tx.has_accounts()).unwrap());
    let change = guest.change(|tx| {
        tx.set_trial_end(1, None)
            .map(admit::store::Done::unrecorded)
    });
    assert!(matches!(change, Err(Fault::Denied { .. })), "{change:?}");
    assert_eq!(guest.role(), Some("guest"));
}

#[test]
fn nobody_without_a_right_to_it_even_looks() {
    let lab = Lab::new();
    let fault = Store::open(&lab.place.location_of("guest"), lab.vault(2), true).err();
    assert!(matches!(fault, Some(Fault::Denied { .. })), "{fault:?}");
    let fault = Store::open(&lab.place.location_of("nobody"), lab.vault(2), true).err();
    assert!(matches!(fault, Some(Fault::Denied { .. })), "{fault:?}");
}

#[test]
fn on_a_server_the_first_run_makes_the_key_and_the_second_changes_over_to_it() {
    let world = World::with_ada();
    let ids = || -> Vec<String> {
        let ring = keyfile::load(&world.key_file()).unwrap();
        ring.ids().map(|id| id.to_string()).collect()
    };
    let before = ids();
    let told = world.changes_nothing("store rekey -n").to_string();
    assert_snapshot!(told, @"
    $HOME/.local/share/admit/admit.db: would make a new key in $HOME/.config/admit/key; the store would stay as it is until the next run
    [exit 0]
    ");
    assert_eq!(ids(), before);
    // Another machine has its own copy of the key file.
    let elsewhere = world.home().join("elsewhere");
    fs::copy(world.key_file(), &elsewhere).unwrap();
    let open = || {
        let vault = Vault::from_file(&elsewhere, Entropy::seeded(97)).unwrap();
        Store::open(&world.place().location(), vault, true).unwrap()
    };
    let (mut first, mut second) = (open(), open());

    let told = world.changes_nothing("store rekey").to_string();
    let after = ids();
    assert_eq!(after[1..], before);
    let named = |text: String| text.replace(&after[0], "NEW").replace(&after[1], "OLD");
    assert_snapshot!(named(told), @"
    $HOME/.local/share/admit/admit.db: made key NEW in $HOME/.config/admit/key; the store is still sealed with key OLD
    ----
    hint: copy the key file to every machine that uses this store, and keep a copy apart from the backups; then run `admit store rekey` again
    [exit 0]
    ");
    let row = world.row("store rekey");
    assert_eq!(row["stage"], "complete");
    assert_eq!(row["before"]["key_id"], after[1]);
    assert_eq!(row["after"]["key_id"], after[0]);
    assert_eq!(ids(), after);

    // Who did not copy it is told what to do; who did goes on.
    let fault = first.read(|tx| tx.count_accounts()).unwrap_err();
    let error = CliError::from(fault);
    assert_snapshot!(named(format!("{}\n{}", error.message, error.hint.unwrap())), @"
    the store is sealed with a new key, NEW, and the key file holds only OLD
    copy the key file from the machine where `admit store rekey` was run
    ");
    fs::copy(world.key_file(), &elsewhere).unwrap();
    assert_eq!(second.read(|tx| tx.count_accounts()).unwrap(), 1);
    assert_eq!(first.read(|tx| tx.count_accounts()).unwrap(), 1);
}
