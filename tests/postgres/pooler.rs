//! Between admit and the server stands pgbouncer, which hands a connection on after each transaction: what one client
//! left behind on it, the next would find.

#![expect(clippy::disallowed_methods, reason = "it waits for a program to start")]

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use admit::domain::address::Address;
use admit::ops::invite::invite;
use admit::ops::{OpError, Scope};
use admit::store::{Done, Location, PersonFilter, Store, Surroundings};
use admit::vault::{Entropy, KeyRing, Vault};
use tempfile::TempDir;

use crate::server::{Server, unprivileged};
use crate::support::bench_store::{START, at, folder, invitation, operator};
use crate::support::world::{PASSWORD, World};

/// A pooler in front of the server of these tests. It ends when it is dropped.
struct Pooler {
    child: Child,
    port: u16,
    _home: TempDir,
}

impl Pooler {
    /// So many connections to the server, for however many clients.
    fn start(connections: usize) -> Self {
        let home = folder();
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .unwrap()
            .port();
        let settings = home.path().join("settings.ini");
        let users = home.path().join("users");
        fs::write(&users, "\"olga\" \"\"\n\"otto\" \"\"\n").unwrap();
        fs::write(
            &settings,
            format!(
                "[databases]\n* = host=127.0.0.1 port={}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = {port}\n\
                 unix_socket_dir =\nauth_type = trust\nauth_file = {}\npool_mode = transaction\n\
                 default_pool_size = {connections}\nmax_client_conn = 200\n",
                Server::running().port(),
                users.display()
            ),
        )
        .unwrap();
        let mut command = unprivileged(home.path());
        let child = command
            .args(["pgbouncer", "-q"])
            .arg(&settings)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| {
                panic!("pgbouncer is missing ({error}): install the Debian package pgbouncer")
            });
        let mut pooler = Self {
            child,
            port,
            _home: home,
        };
        let start = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = pooler.child.try_wait().unwrap();
            assert!(
                ended.is_none() && start.elapsed() < Duration::from_mins(1),
                "pgbouncer does not start ({ended:?}): install the Debian package pgbouncer"
            );
            thread::sleep(Duration::from_millis(10));
        }
        pooler
    }

    /// A URL of the server's, led through this.
    fn lead(&self, url: &str) -> String {
        let direct = format!(":{}/", Server::running().port());
        assert!(url.contains(&direct));
        url.replace(&direct, &format!(":{}/", self.port))
    }
}

impl Drop for Pooler {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

const CLIENTS: usize = 8;
const EACH: usize = 15;

#[test]
fn many_clients_share_two_connections_and_hear_nothing_of_each_other() {
    let pooler = Pooler::start(2);
    let database = Server::running().database();
    let ring = KeyRing::generate(&Entropy::seeded(5)).unwrap();
    let keys = ring.to_text().expose().clone();
    let vault = || Vault::new(KeyRing::parse(&keys).unwrap(), Entropy::os());
    let location = Location::parse(
        &pooler.lead(&database.url("olga")),
        &Surroundings::default(),
    );
    drop(Store::create(&location, vault(), &operator(), at(START)).unwrap());
    let op = crate::support::bench_store::Lab::new().op();

    thread::scope(|scope| {
        for client in 0..CLIENTS {
            let (location, op, vault) = (&location, &op, &vault);
            scope.spawn(move || {
                let mut store = Store::open(location, vault(), true).unwrap();
                for number in 0..EACH {
                    let who = format!("person{client}-{number}@example.com");
                    store
                        .change(|tx| {
                            let scope = Scope::load(tx)?;
                            invite(tx, &scope, op, &invitation(&who))?;
                            Ok::<_, OpError>(Done::recorded(()))
                        })
                        .unwrap();
                    // A cursor, and questions in between.
                    let mut mine = 0;
                    store
                        .read(|tx| {
                            tx.each_person(&PersonFilter::default(), |person| {
                                let address = person.account.address.as_str();
                                mine +=
                                    usize::from(address.starts_with(&format!("person{client}-")));
                                Ok::<bool, OpError>(true)
                            })?;
                            let known = Address::parse(&who).unwrap();
                            assert!(tx.account(&known)?.is_some());
                            Ok::<_, OpError>(())
                        })
                        .unwrap();
                    assert_eq!(mine, number + 1);
                }
            });
        }
    });
    let mut store = Store::open(&location, vault(), true).unwrap();
    let people = store.read(|tx| tx.count_accounts()).unwrap();
    assert_eq!(people, i64::try_from(CLIENTS * EACH).unwrap());
    let record = store.read(|tx| tx.verify_audit(None, |_| {})).unwrap();
    assert!(record.is_ok(), "{record:?}");
}

#[test]
fn the_main_job_is_done_through_it() {
    let pooler = Pooler::start(1);
    let mut world = World::fresh();
    let through = pooler.lead(&world.vars["ADMIT_STORE"]);
    world.vars.insert("ADMIT_STORE".into(), through);
    world.run("store init").done();
    world.run("store set argon2=19456,2,1 --yes").done();
    world.run("invite ada@example.com").done();
    world.register("ada@example.com");
    world.sign_in("ada@example.com", PASSWORD).done();
    world.wrong("ada@example.com", 6);
    assert_eq!(world.account_status("ada@example.com"), "locked");
    assert_eq!(world.run("why ada@example.com").code, 6);
    world.run("unlock ada@example.com").done();
    world.sign_in("ada@example.com", PASSWORD).done();
    // Who did it is whom the server knows, behind the pooler too.
    assert_eq!(
        world.row("audit list --action unlocked")["operator"],
        "olga"
    );
    let many: Vec<String> = (0..300)
        .map(|number| format!("person{number}@example.com"))
        .collect();
    world.pipe("invite --from - --yes", many.join("\n")).done();
    world.run("store backup $HOME/b").done();
    world.run("store check").done();
    world.run("audit verify").done();
}
