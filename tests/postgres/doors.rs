//! How a server lets somebody in, or not: certificates, passwords, rights. Each no says why, and nothing is changed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use admit::cli::refusals::fault_error;
use admit::store::{Fault, Location, Store, Surroundings};
use admit::vault::{Authorities, Entropy, KeyRing, Vault};
use tempfile::TempDir;

use crate::server::{Guard, Server, admin};
use crate::support::bench_store::{START, at, folder, operator};
use crate::support::certificates::{Authority, Pair};

/// What gets somebody through.
struct Doors {
    server: Server,
    authority: Authority,
    home: TempDir,
}

impl Doors {
    /// A server with a certificate for 127.0.0.1 of its own authority.
    fn new(days: u32) -> Self {
        let authority = Authority::new("Example authority");
        let own = authority.sign("IP:127.0.0.1", days);
        let read = |path: &Path| fs::read_to_string(path).unwrap();
        let server = Server::guarded(&Guard {
            settings: "ssl = on\nssl_ca_file = 'root.crt'\n".into(),
            rules: "host all postgres 127.0.0.1/32 trust\n\
                    hostssl all olga 127.0.0.1/32 trust\n\
                    host all otto 127.0.0.1/32 scram-sha-256\n\
                    hostssl all cleo 127.0.0.1/32 trust clientcert=verify-ca\n"
                .into(),
            certificate: read(&own.certificate),
            key: read(&own.key),
            authority: read(&authority.certificate()),
        });
        let mut admin = admin(server.port());
        for line in [
            "create role olga login",
            "create role cleo login",
            "create role otto login password 'words of otto'",
            "create database panel owner olga",
        ] {
            admin.batch_execute(line).unwrap();
        }
        Self {
            server,
            authority,
            home: folder(),
        }
    }

    fn ca(&self) -> String {
        self.authority.certificate().display().to_string()
    }

    fn passwords(&self, text: &str, mode: u32) -> PathBuf {
        let path = self.home.path().join("pgpass");
        fs::write(&path, text).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        path
    }

    /// What somebody hears who tries, with the exit code: a store is not there yet, so `missing` means that they are in.
    fn hears(&self, host: &str, user: &str, query: &str, passwords: Option<PathBuf>) -> String {
        let port = self.server.port();
        let surroundings = Surroundings {
            user: None,
            password_file: passwords,
            // This machine's own authorities are not asked.
            authorities: Authorities {
                own: None,
                file: Some(self.authority.certificate().with_file_name("none")),
                folders: Vec::new(),
            },
        };
        let location = Location::parse(
            &format!("postgres://{user}@{host}:{port}/panel?{query}"),
            &surroundings,
        );
        let entropy = Entropy::seeded(5);
        let vault = Vault::new(KeyRing::generate(&entropy).unwrap(), entropy);
        match Store::open(&location, vault, true) {
            Err(Fault::Missing(_)) => "missing".into(),
            Err(fault) => {
                let error = fault_error(fault);
                format!("{} [exit {}]", error.message, error.kind.code())
            }
            Ok(_) => panic!("there is no store"),
        }
    }
}

#[test]
fn a_certificate_is_believed_only_from_a_known_authority_and_for_the_host() {
    let doors = Doors::new(30);
    let trusted = format!("sslrootcert={}", doors.ca());
    assert_eq!(doors.hears("127.0.0.1", "olga", &trusted, None), "missing");
    let also = format!("sslmode=verify-full&{trusted}");
    assert_eq!(doors.hears("127.0.0.1", "olga", &also, None), "missing");

    let stranger = Authority::new("Somebody else");
    let theirs = format!("sslrootcert={}", stranger.certificate().display());
    let why = doors.hears("127.0.0.1", "olga", &theirs, None);
    assert!(why.contains("nobody whom this machine trusts"), "{why}");
    assert!(why.contains("sslrootcert=FILE"), "{why}");
    assert!(why.ends_with("[exit 1]"), "{why}");

    let why = doors.hears("localhost", "olga", &trusted, None);
    assert!(why.contains("its certificate is not believed"), "{why}");
    assert!(why.ends_with("[exit 1]"), "{why}");

    let why = doors.hears("127.0.0.1", "olga", "sslmode=require", None);
    assert!(why.contains("no certificate authority is trusted"), "{why}");
    assert!(why.ends_with("[exit 2]"), "{why}");
    let why = doors.hears("127.0.0.1", "olga", "sslrootcert=/nowhere.pem", None);
    assert!(why.contains("there is no such file"), "{why}");
    assert!(why.ends_with("[exit 2]"), "{why}");

    // In the clear the server's rules refuse it.
    let why = doors.hears("127.0.0.1", "olga", "", None);
    assert!(why.contains("does not let this user in"), "{why}");
    assert!(why.ends_with("[exit 1]"), "{why}");
}

#[test]
fn an_expired_certificate_is_not_believed() {
    let doors = Doors::new(0);
    let trusted = format!("sslrootcert={}", doors.ca());
    let why = doors.hears("127.0.0.1", "olga", &trusted, None);
    assert!(why.contains("it has expired"), "{why}");
    assert!(why.ends_with("[exit 1]"), "{why}");
}

#[test]
fn a_password_comes_from_a_private_file() {
    let doors = Doors::new(30);
    let port = doors.server.port();
    let hears = |passwords| doors.hears("127.0.0.1", "otto", "", passwords);
    let line = format!("127.0.0.1:{port}:panel:otto:words of otto\n");
    assert_eq!(hears(Some(doors.passwords(&line, 0o600))), "missing");
    let why = hears(Some(doors.passwords(&line, 0o644)));
    assert!(why.contains("chmod 600"), "{why}");
    assert!(why.ends_with("[exit 1]"), "{why}");
    let why = hears(Some(doors.passwords("*:*:*:otto:other words\n", 0o600)));
    assert!(why.contains("password authentication failed"), "{why}");
    assert!(why.ends_with("[exit 1]"), "{why}");
    let why = hears(Some(doors.passwords("*:*:*:olga:words of otto\n", 0o600)));
    assert!(why.contains("has none for it"), "{why}");
    assert!(why.ends_with("[exit 1]"), "{why}");
    let why = hears(None);
    assert!(why.contains("there is no password file"), "{why}");
    assert!(why.ends_with("[exit 1]"), "{why}");
    for why in [why, hears(Some(doors.home.path().join("no such file")))] {
        assert!(!why.contains("words of otto"), "{why}");
    }
}

#[test]
fn a_server_may_ask_for_the_clients_certificate() {
    let doors = Doors::new(30);
    let Pair { certificate, key } = doors.authority.sign("DNS:client.example.com", 30);
    let with = format!(
        "sslrootcert={}&sslcert={}&sslkey={}",
        doors.ca(),
        certificate.display(),
        key.display()
    );
    assert_eq!(doors.hears("127.0.0.1", "cleo", &with, None), "missing");
    let without = format!("sslrootcert={}", doors.ca());
    let why = doors.hears("127.0.0.1", "cleo", &without, None);
    assert!(why.contains("valid client certificate"), "{why}");
    assert!(why.ends_with("[exit 1]"), "{why}");
}

/// Somebody who may look but not write is told so, and whoever may nothing, too.
#[test]
fn missing_rights_are_told() {
    let database = Server::running().database();
    let entropy = Entropy::seeded(5);
    let ring = KeyRing::generate(&entropy).unwrap();
    let keys = ring.to_text().expose().clone();
    let own = Location::parse(&database.url("olga"), &Surroundings::default());
    Store::create(&own, Vault::new(ring, entropy), &operator(), at(START)).unwrap();
    let mut admin = admin(Server::running().port());
    admin
        .batch_execute(
            "do 'begin create role nora login; exception when duplicate_object then null; end'",
        )
        .unwrap();
    let hers = Location::parse(&database.url("nora"), &Surroundings::default());
    let vault = || Vault::new(KeyRing::parse(&keys).unwrap(), Entropy::seeded(6));
    let Err(Fault::Denied { why, .. }) = Store::open(&hers, vault(), true).map(|_| ()) else {
        panic!("she was let in");
    };
    assert!(why.contains("no usage of the schema admit"), "{why}");

    let grant = |what: &str| {
        let mut owner = postgres::Client::connect(&database.url("olga"), postgres::NoTls).unwrap();
        owner.batch_execute(what).unwrap();
    };
    grant(
        "grant usage on schema admit to nora; grant select on all tables in schema admit to nora",
    );
    let mut store = Store::open(&hers, vault(), true).unwrap();
    assert_eq!(store.role(), Some("nora"));
    assert_eq!(store.read(|tx| tx.count_accounts()).unwrap(), 0);
    let change = store.change(|tx| {
        tx.set_store_setting("reset-lifetime", "1h")?;
        Ok::<_, Fault>(admit::store::Done::unrecorded(()))
    });
    assert!(matches!(change, Err(Fault::Denied { .. })), "{change:?}");
    grant("grant insert, update, delete on all tables in schema admit to nora");
    store
        .change(|tx| {
            tx.set_store_setting("reset-lifetime", "1h")?;
            Ok::<_, Fault>(admit::store::Done::unrecorded(()))
        })
        .unwrap();
}
