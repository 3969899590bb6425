//! A server that is away, or does not do what it is asked: what each command says, which exit code it ends with, and that
//! nothing was half done. Certificates and passwords are in `doors`, replicas in `failover`.

use admit::store::Store;

use crate::engine::Place;
use crate::lost::{Cut, Line};
use crate::server::{Server, free_port};
use crate::support::certificates::Authority;
use crate::support::judge::document;
use crate::support::world::World;

/// Commands that look and commands that change something end with this code, this kind and these words, and change
/// nothing.
fn refused(world: &World, store: &str, (code, kind): (u8, &str), words: &[&str]) {
    for line in ["list", "why ada@example.com", "invite zoe@example.com"] {
        let run = world.changes_nothing(&format!("{line} --store '{store}'"));
        assert_eq!((run.code, run.stdout.as_str()), (code, ""), "{line}\n{run}");
        for word in words {
            assert!(run.stderr.contains(word), "{word} is not in\n{run}");
        }
        let run = world.run(&format!("{line} --store '{store}' -o json"));
        let document = document(&run.stdout).unwrap();
        assert_eq!((run.code, &document["error"]["kind"]), (code, &kind.into()));
    }
    // For a panel it is no, whatever the reason.
    let asked = r#"{"ip":null,"address":"ada@example.com","password":"x"}"#;
    let run = world.pipe(&format!("gate sign-in --store '{store}'"), asked);
    assert_ne!(run.code, 0, "{run}");
}

/// The port of a place.
fn port(place: &Place) -> u16 {
    let url = place.url();
    let (_, rest) = url.rsplit_once(':').unwrap();
    rest.split('/').next().unwrap().parse().unwrap()
}

/// The same store through another port.
fn through(place: &Place, other: u16) -> String {
    let port = port(place);
    place
        .url()
        .replace(&format!(":{port}/"), &format!(":{other}/"))
}

const LATER: (u8, &str) = (75, "try-again");
const FAILED: (u8, &str) = (1, "failed");
const USAGE: (u8, &str) = (2, "usage");

#[test]
fn a_server_that_is_away_is_tried_again_later() {
    let world = World::with_ada();
    let away = [
        "is unreachable: ",
        "Connection refused",
        "hint: nothing was changed; run the same command again when the server is back",
    ];
    refused(&world, &through(world.place(), free_port()), LATER, &away);
    // A name that nobody has (RFC 6761). It is asked for behind TLS, so somebody must be trusted.
    let authority = Authority::new("Example authority");
    let url = format!(
        "postgres://olga@db.invalid/panel?sslrootcert={}",
        authority.certificate().display()
    );
    let unknown = ["the store postgres://olga@db.invalid/panel is unreachable: "];
    refused(&world, &url, LATER, &unknown);
}

#[test]
fn who_is_not_known_or_has_no_right_is_told_so() {
    let world = World::with_ada();
    let place = world.place();
    let no = "hint: nothing was changed; ask the server's administrator for the missing privileges";
    let name = place.url().rsplit('/').next().unwrap().to_owned();
    let other = place.url().replace(&name, "nowhere");
    let words = ["database \"nowhere\" does not exist", no];
    refused(&world, &other, FAILED, &words);
    let nobody = place.url().replace("olga@", "nobody@");
    let words = ["role \"nobody\" does not exist", no];
    refused(&world, &nobody, FAILED, &words);
    let guest = place.url().replace("olga@", "guest@");
    let words = ["no usage of the schema admit was granted", no];
    refused(&world, &guest, FAILED, &words);

    // Somebody who may only look.
    let grants =
        "grant usage on schema admit to guest; grant select on all tables in schema admit to guest";
    place.raw().batch(grants).unwrap();
    world.run(&format!("list --store {guest}")).done();
    for line in ["invite zoe@example.com", "lock ada@example.com --reason x"] {
        let run = world.changes_nothing(&format!("{line} --yes --store {guest}"));
        assert_eq!(run.code, 1, "{run}");
        assert!(run.stderr.contains("permission denied"), "{run}");
        assert!(run.stderr.contains(no), "{run}");
    }
}

#[test]
fn a_url_that_is_wrong_is_a_mistake_in_the_command() {
    let world = World::with_ada();
    let like = "hint: use the form postgres://USER@HOST/DATABASE";
    // A password in it is refused before it is read: see the tests of the settings.
    for (url, why) in [
        ("postgres://olga@127.0.0.1/panel?colour=red", "colour"),
        ("postgres://olga@127.0.0.1:port/panel", "port"),
        (
            "postgres://olga@192.0.2.7/panel?sslmode=disable",
            "without TLS are allowed only to this machine",
        ),
        (
            "postgres://olga@127.0.0.1/panel?sslrootcert=/none.pem",
            "the file does not exist",
        ),
    ] {
        refused(&world, url, USAGE, &["invalid store URL: ", why, like]);
    }
}

#[test]
fn a_database_of_another_version_or_another_program_is_left_as_it_is() {
    let world = World::with_ada();
    let (place, raw) = (world.place(), world.place().raw());
    let known = Store::schema();
    let newer = format!(
        "has schema {}, but this version of admit supports only {known}; the store was not changed",
        known + 1
    );
    let newer = [newer.as_str(), "a later one"];
    let foreign = "is not an admit store: ";
    let left = "hint: it was not changed; ";
    for (change, back, words) in [
        (
            "update schema_version set version = version + 1",
            "update schema_version set version = version - 1",
            newer,
        ),
        (
            "update schema_version set version = -version",
            "update schema_version set version = -version",
            ["is not an admit store: it has no schema number", left],
        ),
        (
            "create table mine (id bigint)",
            "drop table mine",
            [foreign, left],
        ),
    ] {
        raw.batch(change).unwrap();
        refused(&world, &place.url(), FAILED, &words);
        // Nor is one made in its place.
        let run = world.changes_nothing("store init");
        assert_ne!(run.code, 0, "{run}");
        raw.batch(back).unwrap();
        world.run("list").done();
    }
    // The database of another program, with nothing of ours in it.
    let other = Server::running().database();
    let url = other.url("olga");
    let mut client = postgres::Client::connect(&url, postgres::NoTls).unwrap();
    client
        .batch_execute("create table store (id integer)")
        .unwrap();
    refused(&world, &url, (3, "not-found"), &["no store at "]);
    let tables = "select count(*) from pg_class join pg_namespace on pg_namespace.oid = relnamespace \
                  where nspname = 'admit' or (nspname = 'public' and relname <> 'store')";
    assert_eq!(client.query_one(tables, &[]).unwrap().get::<_, i64>(0), 0);
}

/// It is waited for, since a replica may be promoted; then the command gives up, and nothing was changed.
#[test]
fn a_server_that_stops_in_the_middle_and_stays_away_ends_the_command() {
    let world = World::with_ada();
    let line = Line::to(port(world.place()));
    let url = through(world.place(), line.port);
    line.breaks("insert into audit", Cut::Down, 0);
    let run = world.changes_nothing(&format!("invite zoe@example.com --store {url}"));
    assert_eq!(line.cuts(), 1);
    assert_eq!(run.code, 75, "{run}");
    for words in [
        "is unreachable: ",
        "hint: nothing was changed; run the same command again when the server is back",
    ] {
        assert!(run.stderr.contains(words), "{run}");
    }
    line.mend();
    world
        .run(&format!("invite zoe@example.com --store {url}"))
        .done();
    world.run("audit verify").done();
}

/// Wherever a look at the server is lost, also behind the commit: what is said of the change is true.
#[test]
fn a_look_that_is_lost_behind_a_commit_does_not_deny_the_change() {
    let world = World::with_ada();
    let line = Line::to(port(world.place()));
    let url = through(world.place(), line.port);
    let looks = "isolation level repeatable read";
    let mut spare = 0;
    loop {
        let cuts = line.cuts();
        line.breaks(looks, Cut::Before, spare);
        let who = format!("person{spare}@example.com");
        let run = world.run(&format!("invite {who} --store {url}"));
        // The server was there again at once, so nobody noticed.
        assert_eq!(run.code, 0, "look {spare}: {run}");
        world.run(&format!("show {who}")).done();
        if line.cuts() == cuts {
            break;
        }
        spare += 1;
        assert!(spare < 50, "no end of looks");
    }
    assert!(spare > 3, "{spare}");

    line.breaks(looks, Cut::Down, spare - 1);
    let run = world.run(&format!("invite zoe@example.com --store {url}"));
    line.mend();
    assert_eq!(run.code, 1, "{run}");
    assert!(
        run.stderr
            .contains("the change was made, but its result cannot be shown: ")
            && !run.stderr.contains("nothing was changed"),
        "{run}"
    );
    world.run("show zoe@example.com").done();
}
