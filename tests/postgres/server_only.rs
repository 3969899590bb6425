//! What only a server can suffer, and what is said of it in words of its own.

use std::fs;

use admit::cli::base::error::CliError;
use admit::cli::base::printed::RunOptions;
use admit::domain::trusted_ip::Network;
use admit::store::{Fault, NewTrust, Store, TrustFilter};
use admit::vault::{Entropy, Vault, keyfile};
use insta::assert_snapshot;

use crate::server::Server;
use crate::story::broken::both;
use crate::support::bench_store::{ADA, Lab, START, at, operator};
use crate::support::world::World;

#[test]
fn a_store_without_its_key() {
    let world = World::with_ada();
    fs::rename(world.key_file(), world.home().join("key-elsewhere")).unwrap();
    assert_snapshot!(both(&world), @r"
----
error: the key file $HOME/.config/admit/key does not exist, and the store at $HOME/.local/share/admit/admit.db cannot be read without it
hint: copy the key file from a machine that uses this store, or set ADMIT_KEY_FILE to its path; for a new store, run `admit store init`
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
    Created a new store at $HOME/.local/share/admit/admit.db
    Created its key at $HOME/.config/admit/key; back it up separately from the store, because encrypted data cannot be read without it
    [exit 0]
    ");
    assert_snapshot!(world.run("store init"), @"
    $HOME/.local/share/admit/admit.db: is already a store: nothing changed
    [exit 0]
    ");
    world.run("invite ada@example.com").done();
    // Another database under the same key.
    let other = Server::running().database();
    let url = other.url("olga");
    let run = world.run(&format!("--store {url} list"));
    assert_eq!(run.code, 3, "{run}");
    assert!(
        run.stderr.contains(&format!("no store at {url}"))
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
        (
            "drop trigger audit_never_deleted on audit; create trigger audit_never_deleted before delete on audit \
             for each row when (false) execute function audit_is_pruned_only()",
            "its triggers are not those",
        ),
        (
            "create or replace function audit_is_append_only() returns trigger language plpgsql as 'BEGIN RETURN OLD; END'",
            "a function that admit did not create: audit_is_append_only",
        ),
        (
            "create or replace function audit_is_pruned_only() returns trigger language plpgsql as \
             'BEGIN IF OLD.seq > (SELECT pruned_seq FROM chain) THEN RAISE EXCEPTION ''the audit is append-only''; END IF; RETURN OLD; END'",
            "a function that admit did not create: audit_is_pruned_only",
        ),
        (
            "alter function audit_is_append_only() security definer",
            "a function that admit did not create: audit_is_append_only",
        ),
        (
            "alter function audit_is_pruned_only() set search_path to public",
            "a function that admit did not create: audit_is_pruned_only",
        ),
        (
            "create function mine() returns bigint language sql as 'select 1'",
            "a function that admit did not create: mine",
        ),
        (
            "create rule quiet as on delete to link do instead nothing",
            "the rule quiet",
        ),
        (
            "alter table account enable row level security",
            "row security of the table account",
        ),
        (
            "alter table account force row level security",
            "row security of the table account",
        ),
        ("create policy mine on account", "the policy mine"),
        (
            "alter table account alter name set default 'x'",
            "a default in the table account",
        ),
        (
            "create index mine on account (lower(name))",
            "an expression in the index mine",
        ),
        (
            "drop index account_hash_cost; create index account_hash_cost on account (upper(password_hash))",
            "an expression in the index account_hash_cost",
        ),
        (
            "alter table account add constraint mine check (name <> 'x')",
            "the constraint mine",
        ),
        (
            "create table public.child () inherits (admit.account)",
            "inheritance of the table account",
        ),
    ] {
        let said = refusal(change);
        assert!(
            said.contains("is not an admit store") && said.contains(why),
            "{change}: {said}"
        );
    }
    let said = refusal("update schema_version set version = 999");
    let newer = format!(
        "has schema 999, but this version of admit supports only {}",
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
    $HOME/.local/share/admit/admit.db: would create a new key in $HOME/.config/admit/key; the store would not change until the next run
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
    $HOME/.local/share/admit/admit.db: created key NEW in $HOME/.config/admit/key; the store is still encrypted with key OLD
    ----
    hint: copy the key file to every machine that uses this store, and keep a copy separate from the backups; then run `admit store rekey` again
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
    assert_snapshot!(named(format!("{}\n{}", error.message, error.hint.unwrap().print(&RunOptions::default()))), @"
    the store is encrypted with a new key, NEW, but the key file contains only OLD
    copy the key file from the machine where the key was changed (store rekey)
    ");
    fs::copy(world.key_file(), &elsewhere).unwrap();
    assert_eq!(second.read(|tx| tx.count_accounts()).unwrap(), 1);
    assert_eq!(first.read(|tx| tx.count_accounts()).unwrap(), 1);
}

/// As the one who may do anything on the server.
fn as_superuser(lab: &Lab) -> postgres::Client {
    let url = lab.place.url().replace("olga@", "postgres@");
    postgres::Client::connect(&url, postgres::NoTls).unwrap()
}

#[test]
fn a_part_that_belongs_to_another_role_is_refused() {
    for part in [
        "schema admit",
        "table admit.link",
        "function admit.audit_is_pruned_only()",
    ] {
        let lab = Lab::new();
        as_superuser(&lab)
            .batch_execute(&format!(
                "alter {part} owner to otto; grant usage on schema admit to olga; grant all on all tables in schema admit to olga"
            ))
            .unwrap();
        let fault = Store::open(&lab.place.location(), lab.vault(2), true).err();
        let said = fault.unwrap().to_string();
        assert!(
            said.contains("belong to more than one role: olga, otto"),
            "{part}: {said}"
        );
    }
}

#[test]
fn a_schema_that_somebody_else_made_beforehand_gets_no_store() {
    let lab = Lab::new();
    let mut server = as_superuser(&lab);
    server
        .batch_execute(
            "drop schema admit cascade; create schema admit authorization guest; grant all on schema admit to olga",
        )
        .unwrap();
    let made = Store::create(&lab.place.location(), lab.vault(2), &operator(), lab.now).err();
    let said = made.unwrap().to_string();
    assert!(
        said.ends_with("the schema admit belongs to another role, guest"),
        "{said}"
    );
    // Whose members may, makes a store that is theirs.
    server
        .batch_execute("drop schema admit; create schema admit authorization olga")
        .unwrap();
    Store::create(
        &lab.place.location_of("otto"),
        lab.vault(2),
        &operator(),
        lab.now,
    )
    .unwrap();
    let owners = server
        .query(
            "select distinct cast(pg_get_userbyid(relowner) as text) from pg_class \
             where relnamespace = to_regnamespace('admit')",
            &[],
        )
        .unwrap();
    let owners: Vec<String> = owners.iter().map(|row| row.get(0)).collect();
    assert_eq!(owners, ["olga"]);
}

#[test]
fn a_trusted_network_names_the_role_that_the_server_vouches_for() {
    let mut lab = Lab::new();
    let new = |created_by| NewTrust {
        panel_id: 1,
        account_id: None,
        network: Network::parse("203.0.113.0/24").unwrap(),
        note: None,
        created_by,
        created_at: at(START),
        code_entered_at: None,
        until: None,
    };
    lab.settle(|tx| {
        tx.add_trust(&new("root"))?;
        tx.add_trust(&new("")).map(drop)
    });
    let mut by = Vec::new();
    lab.look(|tx| {
        tx.each_trust(&TrustFilter::default(), |listed| {
            by.push(listed.trust.created_by);
            Ok::<bool, Fault>(true)
        })
    });
    assert_eq!(by, ["olga", ""]);
}
