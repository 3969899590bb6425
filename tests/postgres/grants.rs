//! What docs/postgresql.md grants to an operator on a server: enough for everything that operators do, and not enough to change the
//! record.

use admit::store::{Pruned, Store};

use crate::server::{Server, admin};
use crate::support::bench_store::Lab;
use crate::support::world::{DAY, World};

/// The statements of docs/postgresql.md.
fn grants() -> &'static str {
    let text = include_str!("../../docs/postgresql.md");
    let start = text.find("grant usage on schema admit to nora;").unwrap();
    let end = text[start..].find("```").unwrap();
    &text[start..start + end]
}

/// A role that owns nothing.
fn nora() {
    admin(Server::running().port())
        .batch_execute(
            "do 'begin create role nora login; exception when duplicate_object then null; end'",
        )
        .unwrap();
}

/// Its URL of a store.
fn hers(world: &World) -> String {
    world.place().url().replace("olga@", "nora@")
}

#[test]
fn an_operator_does_everything_with_what_is_granted() {
    let world = World::with_ada();
    nora();
    world.place().raw().batch(grants()).unwrap();
    let url = hers(&world);
    let people: Vec<String> = (0..40).map(|n| format!("person{n}@example.com")).collect();
    world.file("people.txt", people.join("\n"));
    let home = world.home().display().to_string();
    let mut failed = Vec::new();
    for line in [
        "invite bob@example.com",
        &format!("invite --from {home}/people.txt --yes"),
        "resend bob@example.com",
        "revoke bob@example.com",
        "lock ada@example.com --reason 'case 1'",
        "unlock ada@example.com --reason 'case 2'",
        "reset password ada@example.com --now --yes",
        "trust add 192.0.2.0/24 --person ada@example.com",
        "trust purge --person ada@example.com --yes",
        "extend person1@example.com --until 2027-01-01",
        "edit person2@example.com --name 'Grace Hopper'",
        "role-of person3@example.com --set auditor",
        "remove person4@example.com --yes",
        "remove person5@example.com --erase --reason 'asked' --yes",
        "panel set main wrong-passwords=5",
        "store set reset-lifetime=1h",
        "mail list",
        "audit verify",
        "housekeep",
        "store check",
        &format!("store backup {home}/nora.bak"),
        "store rekey",
        "store rekey",
    ] {
        let run = world.run(&format!("{line} --store {url}"));
        if run.code != 0 || run.stderr.contains("with SQL") {
            failed.push(format!("{line}\n{run}"));
        }
    }
    assert!(failed.is_empty(), "{}", failed.join("\n\n"));
    let asked = r#"{"ip":null,"address":"ada@example.com","password":"x"}"#;
    let run = world.pipe(&format!("gate sign-in --panel main --store {url}"), asked);
    assert!(run.stdout.contains("invalid-credentials"), "{run}");
    let run = world.run("audit list --operator nora -o jsonl");
    assert!(run.stdout.lines().count() > 40, "{run}");
}

#[test]
fn an_operator_cannot_prune_or_change_the_record() {
    let world = World::with_ada();
    nora();
    world.place().raw().batch(grants()).unwrap();
    world.advance(DAY);
    let head = world.run("audit head").stdout;
    world.file("head", &head);
    let url = hers(&world);
    let home = world.home().display().to_string();
    let line = format!("audit prune --before 2027-01-01 --head {home}/head --yes");
    let run = world.changes_nothing(&format!("{line} --store {url}"));
    assert_eq!(run.code, 5, "{run}");
    assert!(
        run.stderr
            .contains("only the role that owns the store's tables, olga, can prune the audit log"),
        "{run}"
    );
    assert!(run.stderr.contains("hint: "), "{run}");
    let row: serde_json::Value =
        serde_json::from_str(&world.run(&format!("{line} --store {url} -o json")).stdout).unwrap();
    assert_eq!(row["error"]["kind"], "denied");

    let mut sql = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    sql.batch_execute("set search_path to admit").unwrap();
    for statement in [
        "delete from audit",
        "update audit set operator = 'eve'",
        "truncate audit",
        "alter table audit disable trigger all",
        "create trigger mine before insert on audit execute function audit_is_append_only()",
        "insert into audit select * from audit where seq = 1 on conflict (seq) do update set operator = 'eve'",
        "merge into audit using (select 1) as it on seq = 1 when matched then delete",
        "delete from chain",
        "update schema_version set version = 1",
        "delete from store",
        "create or replace function audit_is_append_only() returns trigger language plpgsql as 'begin return old; end'",
    ] {
        let error = sql.batch_execute(statement).unwrap_err();
        let code = error.code().unwrap().code();
        assert_eq!(code, "42501", "{statement}: {error}");
    }
    // The beginning can be moved, and that is noticed.
    sql.batch_execute(
        "update chain set pruned_seq = 2, pruned_hash = (select hash from audit where seq = 2)",
    )
    .unwrap();
    let run = world.run("audit verify");
    assert_eq!(run.code, 1, "{run}");
    assert!(
        run.stderr.contains("at entry 3: the log starts here"),
        "{run}"
    );
    sql.batch_execute(
        "update chain set pruned_seq = 0, pruned_hash = decode(repeat('00', 32), 'hex')",
    )
    .unwrap();
    world.run(&line).done();
    assert_eq!(world.run("audit verify").code, 0);
}

/// Grants as an earlier version documented them.
#[test]
fn who_was_granted_more_is_named_and_does_not_prune_through_the_program_either() {
    let mut lab = Lab::new();
    lab.member("ada@example.com");
    nora();
    let raw = lab.raw();
    assert!(lab.store.audit_rewriters().unwrap().is_empty());
    raw.batch(
        "grant usage on schema admit to nora; grant select, insert, update, delete on all tables in schema admit to nora",
    )
    .unwrap();
    assert_eq!(lab.store.audit_rewriters().unwrap(), ["nora"]);
    let mut hers = Store::open(&lab.place.location_of("nora"), lab.vault(2), true).unwrap();
    let prune = admit::store::Prune {
        before: lab.now,
        head: lab.head(),
    };
    let would = hers.read(|tx| tx.prunable_audit(&prune)).unwrap();
    assert_eq!(would, Pruned::OwnerOnly("olga".into()));
    // A temporary table does not stand in for the one that says what was pruned.
    let mut sql =
        postgres::Client::connect(&lab.place.url().replace("olga@", "nora@"), postgres::NoTls)
            .unwrap();
    let error = sql
        .batch_execute(
            "create temporary table chain (pruned_seq bigint); insert into chain values (1000); \
             set search_path to pg_temp, admit; delete from admit.audit where seq = 1",
        )
        .unwrap_err();
    assert!(
        error
            .as_db_error()
            .unwrap()
            .message()
            .contains("append-only"),
        "{error}"
    );
    raw.batch("revoke update, delete, truncate, trigger on audit from nora; grant delete on audit to public")
        .unwrap();
    assert_eq!(lab.store.audit_rewriters().unwrap(), ["public"]);
    // Otto is one of the owner's people.
    let mut his = Store::open(&lab.place.location_of("otto"), lab.vault(3), true).unwrap();
    let would = his.read(|tx| tx.prunable_audit(&prune)).unwrap();
    assert!(!matches!(would, Pruned::OwnerOnly(_)), "{would:?}");
}
