//! A PostgreSQL server for this test process alone, and a database on it for each test.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::Path;
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicUsize, Ordering};

use admit::vault::Entropy;
use postgres::{Client, NoTls};

use crate::programs::binaries;
use crate::support::bench_store::folder;

/// Makes a cluster, starts it, and says so; when the pipe to this process closes, however it ended, the server is
/// stopped and its folder removed.
const KEEPER: &str = r#"
trap '' INT TERM HUP
exec 3>>"$FOLDER/log" 2>&3
PATH="$BIN:$PATH"
cd "$FOLDER"
end() { pg_ctl -D data -m immediate stop >&3; rm -rf "$FOLDER"; }
initdb -D data -U postgres -A trust --locale=C.UTF-8 -E UTF8 --no-sync >&3 &&
    printf '%s\n' "$SETTINGS" >>data/postgresql.conf &&
    { [ -z "$RULES" ] || printf '%s\n' "$RULES" >data/pg_hba.conf; } &&
    (umask 077; printf '%s\n' "$CERTIFICATE" >data/server.crt; printf '%s\n' "$KEY" >data/server.key
        printf '%s\n' "$AUTHORITY" >data/root.crt) &&
    pg_ctl -D data -l "$FOLDER/log" -w -t 60 start >&3 3>&- &&
    echo ready || { echo failed; cat "$FOLDER/log"; end; exit 1; }
cat >/dev/null
end
"#;

/// Nothing that is kept here has to outlive a power cut.
fn settings(port: u16, folder: &Path) -> String {
    format!(
        "listen_addresses = '127.0.0.1'\nport = {port}\nunix_socket_directories = '{}'\nmax_connections = 200\n\
         fsync = off\nfull_page_writes = off\nsynchronous_commit = off\nwal_level = minimal\nmax_wal_senders = 0\n\
         autovacuum = off\nshared_buffers = 64MB\njit = off\n",
        folder.display()
    )
}

/// The server of this test process.
pub(crate) struct Server {
    port: u16,
    /// Held open as long as the process lives.
    _keeper: ChildStdin,
}

/// Who gets in how; by default everybody from this machine, without a question.
#[derive(Default)]
pub(crate) struct Guard {
    /// More lines of `postgresql.conf`.
    pub(crate) settings: String,
    /// `pg_hba.conf`, if it is not the default.
    pub(crate) rules: String,
    /// The server's certificate, its key, and who may sign those of clients (PEM).
    pub(crate) certificate: String,
    pub(crate) key: String,
    pub(crate) authority: String,
}

/// A database of its own, owned by the role `olga`, dropped with this.
pub(crate) struct Database {
    name: String,
    port: u16,
}

impl Server {
    /// It is started by whoever needs it first.
    pub(crate) fn running() -> &'static Self {
        static SERVER: OnceLock<Server> = OnceLock::new();
        SERVER.get_or_init(|| {
            let server = Self::start(&Guard::default());
            admin(server.port)
                .batch_execute("create role olga login; create role otto login in role olga; create role guest login")
                .unwrap();
            server
        })
    }

    /// One more, with guards at its door. It stops when this is dropped.
    pub(crate) fn guarded(guard: &Guard) -> Self {
        Self::start(guard)
    }

    #[expect(
        clippy::zombie_processes,
        reason = "the keeper outlives this process, to clear up after it"
    )]
    fn start(guard: &Guard) -> Self {
        let folder = folder().keep();
        let port = free_port();
        let mut command = unprivileged(&folder);
        command
            .args(["sh", "-c", KEEPER])
            .env("FOLDER", &folder)
            .env("BIN", binaries())
            .env("SETTINGS", settings(port, &folder) + &guard.settings)
            .env("RULES", &guard.rules)
            .env("CERTIFICATE", &guard.certificate)
            .env("KEY", &guard.key)
            .env("AUTHORITY", &guard.authority)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let first = lines.next().unwrap().unwrap();
        if first != "ready" {
            let log: Vec<String> = lines.map_while(Result::ok).collect();
            panic!("PostgreSQL does not start:\n{}", log.join("\n"));
        }
        Self {
            port,
            _keeper: child.stdin.take().unwrap(),
        }
    }

    /// Where it listens, on 127.0.0.1.
    pub(crate) fn port(&self) -> u16 {
        self.port
    }

    /// A new and empty one.
    pub(crate) fn database(&self) -> Database {
        static COUNT: AtomicUsize = AtomicUsize::new(1);
        let name = format!("t{}", COUNT.fetch_add(1, Ordering::Relaxed));
        admin(self.port)
            .batch_execute(&format!(
                "create database {name} template template0 strategy file_copy owner olga"
            ))
            .unwrap();
        Database {
            name,
            port: self.port,
        }
    }
}

impl Database {
    /// What `--store` takes, for this role.
    pub(crate) fn url(&self, role: &str) -> String {
        format!("postgres://{role}@127.0.0.1:{}/{}", self.port, self.name)
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let drop = format!("drop database {} with (force)", self.name);
        let dropped = admin(self.port).batch_execute(&drop);
        assert!(dropped.is_ok() || std::thread::panicking(), "{dropped:?}");
    }
}

/// A port on which nobody listens, below those that the system gives to whoever connects (from 32768): nobody gets it by
/// chance before a server is started there.
pub(crate) fn free_port() -> u16 {
    loop {
        let number = u16::from_le_bytes(Entropy::os().bytes().unwrap());
        let port = 16_384 + number % 16_384;
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

pub(crate) fn admin(port: u16) -> Client {
    let url = format!("postgres://postgres@127.0.0.1:{port}/postgres");
    Client::connect(&url, NoTls).unwrap()
}

/// A command as somebody who may run a server, which root may not; the folder is theirs.
pub(crate) fn unprivileged(folder: &Path) -> Command {
    if !rustix::process::geteuid().is_root() {
        return Command::new("env");
    }
    let owned = Command::new("chown").arg("postgres").arg(folder).status();
    assert!(
        owned.unwrap().success(),
        "root may not run a server, and there is no user postgres"
    );
    let mut command = Command::new("setpriv");
    command.args(["--reuid=postgres", "--regid=postgres", "--clear-groups"]);
    command
}
