//! How a server lets somebody in, or not: certificates, passwords, rights. Each no says why, and nothing is changed.

use std::fs;
use std::io::{Read, Write};
use std::net::TcpListener;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread::JoinHandle;

use admit::cli::base::refusals::fault_error;
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
                    host all petra 127.0.0.1/32 password\n\
                    host all milo 127.0.0.1/32 md5\n\
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
            "create role petra login password 'words of petra'",
            "set password_encryption = md5",
            "create role milo login password 'words of milo'",
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
        let url = format!(
            "postgres://{user}@{host}:{}/panel?{query}",
            self.server.port()
        );
        // This machine's own authorities are not asked.
        let none = self.authority.certificate().with_file_name("none");
        hears(&url, passwords, none)
    }
}

/// The same for any URL, on a machine that believes the authorities in a file.
fn hears(url: &str, passwords: Option<PathBuf>, believed: PathBuf) -> String {
    let surroundings = Surroundings {
        user: None,
        password_file: passwords,
        authorities: Authorities {
            file: Some(believed),
            ..Authorities::default()
        },
    };
    let location = Location::parse(url, &surroundings);
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

/// Somebody who listens where a server should, and answers whoever comes first with one message: gives the port, and
/// later what was said after that.
fn impostor(answer: Vec<u8>) -> (u16, JoinHandle<Vec<u8>>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    let heard = std::thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        socket
            .set_read_timeout(Some(std::time::Duration::from_secs(20)))
            .unwrap();
        let mut length = [0; 4];
        socket.read_exact(&mut length).unwrap();
        let mut start = vec![0; u32::from_be_bytes(length) as usize - 4];
        socket.read_exact(&mut start).unwrap();
        let text = String::from_utf8_lossy(&start);
        assert!(text.contains("user\0otto\0"), "no start: {text:?}");
        socket.write_all(&answer).unwrap();
        let mut heard = Vec::new();
        socket.read_to_end(&mut heard).ok();
        heard
    });
    (port, heard)
}

/// What a server says to ask for a proof.
fn asks(number: u32, more: &[u8]) -> Vec<u8> {
    let length = u32::try_from(8 + more.len()).unwrap();
    let numbers = [length.to_be_bytes(), number.to_be_bytes()].concat();
    [b"R".as_slice(), &numbers, more].concat()
}

#[test]
fn a_listener_in_the_place_of_the_server_is_sent_no_password() {
    let home = folder();
    let path = home.path().join("pgpass");
    fs::write(&path, "*:*:*:otto:words of otto\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    for (answer, asked) in [
        (asks(3, b""), "the password in plain text"),
        (asks(5, b"salt"), "an MD5 hash of the password"),
        (asks(7, b""), "another authentication method (number 7)"),
    ] {
        for host in ["127.0.0.1", "localhost"] {
            let (port, heard) = impostor(answer.clone());
            let url = format!("postgres://otto@{host}:{port}/panel");
            let why = hears(&url, Some(path.clone()), home.path().join("none"));
            let said = format!("it requires {asked} without TLS, so nothing was sent to it");
            assert!(why.contains(&said), "{why}");
            assert!(why.ends_with("[exit 1]"), "{why}");
            let heard = heard.join().unwrap();
            assert!(heard.is_empty(), "{}", String::from_utf8_lossy(&heard));
        }
    }
}

#[test]
fn a_password_is_for_the_host_that_its_line_names() {
    let doors = Doors::new(30);
    let real = doors.server.port();
    let line = format!("127.0.0.1:{real}:panel:otto:words of otto\n");
    let passwords = doors.passwords(&line, 0o600);
    let (other, heard) = impostor(asks(10, b"SCRAM-SHA-256\0\0"));
    let url = format!("postgres://otto@127.0.0.1:{other},127.0.0.1:{real}/panel");
    let none = doors.home.path().join("none");
    let outcome = hears(&url, Some(passwords), none.clone());
    assert_eq!(outcome, "missing", "the second host lets them in");
    let heard = heard.join().unwrap();
    assert!(heard.is_empty(), "{}", String::from_utf8_lossy(&heard));

    // Numbers of hosts and ports that do not fit.
    let odd = format!(
        "postgres://otto@127.0.0.1:{real},127.0.0.1:{real},127.0.0.1/panel?hostaddr=127.0.0.1"
    );
    let why = hears(&odd, None, none);
    assert!(why.ends_with("[exit 2]"), "{why}");
}

#[test]
fn a_real_server_too_is_answered_in_clear_behind_tls_only() {
    let doors = Doors::new(30);
    let passwords = || {
        Some(doors.passwords(
            "*:*:*:petra:words of petra\n*:*:*:milo:words of milo\n",
            0o600,
        ))
    };
    for (user, asked) in [
        ("petra", "the password in plain text"),
        ("milo", "an MD5 hash"),
    ] {
        let why = doors.hears("127.0.0.1", user, "", passwords());
        assert!(
            why.contains(asked) && why.contains("scram-sha-256"),
            "{why}"
        );
        assert!(why.ends_with("[exit 1]"), "{why}");
        let trusted = format!("sslrootcert={}", doors.ca());
        assert_eq!(
            doors.hears("127.0.0.1", user, &trusted, passwords()),
            "missing"
        );
    }
}

#[test]
fn a_socket_in_a_folder_that_is_everybodys_gets_no_password() {
    let home = folder();
    let path = home.path().join("pgpass");
    fs::write(&path, "*:*:*:otto:words of otto\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    let open = home.path().join("open");
    fs::create_dir(&open).unwrap();
    fs::set_permissions(&open, fs::Permissions::from_mode(0o1777)).unwrap();
    let listener = std::os::unix::net::UnixListener::bind(open.join(".s.PGSQL.5432")).unwrap();
    let heard = std::thread::spawn(move || {
        let (mut socket, _) = listener.accept().unwrap();
        let mut start = [0; 512];
        let _ = socket.read(&mut start).unwrap();
        socket.write_all(&asks(3, b"")).unwrap();
        let mut heard = Vec::new();
        socket.read_to_end(&mut heard).ok();
        heard
    });
    let url = format!("postgres://otto@/panel?host={}", open.display());
    let why = hears(&url, Some(path), home.path().join("none"));
    assert!(
        why.contains("where any user of this machine can create one"),
        "{why}"
    );
    assert!(why.ends_with("[exit 1]"), "{why}");
    assert!(heard.join().unwrap().is_empty());
}

/// Through the program itself: what it takes from the environment is a list of its own.
#[test]
fn user_and_password_file_come_from_the_variables_of_libpq() {
    let doors = Doors::new(30);
    let port = doors.server.port();
    let passwords = doors.passwords("*:*:*:otto:words of otto\n", 0o600);
    let run = |variables: &[(&str, &str)]| {
        let output = Command::new(env!("CARGO_BIN_EXE_admit"))
            .args(["store", "init", "-n", "--store"])
            .arg(format!("postgres://127.0.0.1:{port}/panel"))
            .env_clear()
            .env("HOME", doors.home.path())
            .envs(variables.iter().copied())
            .output()
            .unwrap();
        let text = String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned();
        (output.status.code(), text)
    };
    let file = passwords.to_str().unwrap();
    let (code, text) = run(&[("PGUSER", "otto"), ("PGPASSFILE", file)]);
    assert!(
        code == Some(0) && text.contains("would become a new store"),
        "{text}"
    );
    let (code, text) = run(&[("PGPASSFILE", file)]);
    assert!(
        code == Some(1) && text.contains("denies access to this user"),
        "{text}"
    );
    let (code, text) = run(&[("PGUSER", "otto")]);
    assert!(
        code == Some(1) && text.contains("has none for it"),
        "{text}"
    );
    // No secret comes from a variable.
    let (code, text) = run(&[("PGUSER", "otto"), ("PGPASSWORD", "words of otto")]);
    assert!(code == Some(1) && !text.contains("words of otto"), "{text}");
}

#[test]
fn who_names_an_authority_believes_no_other() {
    let doors = Doors::new(30);
    let url = |query: &str| {
        format!(
            "postgres://olga@127.0.0.1:{}/panel?{query}",
            doors.server.port()
        )
    };
    let system = doors.authority.certificate();
    assert_eq!(
        hears(&url("sslmode=require"), None, system.clone()),
        "missing"
    );
    assert_eq!(
        hears(&url("sslrootcert=system"), None, system.clone()),
        "missing"
    );
    let stranger = Authority::new("Somebody else");
    let theirs = url(&format!("sslrootcert={}", stranger.certificate().display()));
    let why = hears(&theirs, None, system);
    assert!(
        why.contains("not signed by an authority that this machine trusts"),
        "{why}"
    );
    assert!(why.ends_with("[exit 1]"), "{why}");
}

#[test]
fn a_clients_key_that_others_can_read_is_not_used() {
    let doors = Doors::new(30);
    let Pair { certificate, key } = doors.authority.sign("DNS:client.example.com", 30);
    let with = format!(
        "sslrootcert={}&sslcert={}&sslkey={}",
        doors.ca(),
        certificate.display(),
        key.display()
    );
    let hears = |mode| {
        fs::set_permissions(&key, fs::Permissions::from_mode(mode)).unwrap();
        doors.hears("127.0.0.1", "cleo", &with, None)
    };
    for mode in [0o644, 0o604, 0o660] {
        let why = hears(mode);
        assert!(
            why.contains("is open to other users") && why.contains("chmod 600"),
            "{why}"
        );
        assert!(why.ends_with("[exit 2]"), "{why}");
    }
    assert_eq!(hears(0o600), "missing");
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
    assert!(
        why.contains("not signed by an authority that this machine trusts"),
        "{why}"
    );
    assert!(why.contains("sslrootcert=FILE"), "{why}");
    assert!(why.ends_with("[exit 1]"), "{why}");

    let why = doors.hears("localhost", "olga", &trusted, None);
    assert!(why.contains("its certificate is not trusted"), "{why}");
    assert!(why.ends_with("[exit 1]"), "{why}");

    let why = doors.hears("127.0.0.1", "olga", "sslmode=require", None);
    assert!(why.contains("trusts no certificate authorities"), "{why}");
    assert!(why.ends_with("[exit 2]"), "{why}");
    let why = doors.hears("127.0.0.1", "olga", "sslrootcert=/nowhere.pem", None);
    assert!(why.contains("the file does not exist"), "{why}");
    assert!(why.ends_with("[exit 2]"), "{why}");

    // In the clear the server's rules refuse it.
    let why = doors.hears("127.0.0.1", "olga", "", None);
    assert!(why.contains("denies access to this user"), "{why}");
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
