//! Connecting to a server.

use std::error::Error as _;
use std::os::unix::fs::MetadataExt;

use postgres::config::{Host, LoadBalanceHosts, SslMode, SslNegotiation};
use postgres::{Client, Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::faults::{fault, in_words};
use super::guard::{Asked, OnlyScram};
use super::pass::{self, Wanted};
use super::url::{ServerUrl, Tls};
use crate::store::fault::Fault;
use crate::vault::{Authorities, Secret, distrust};

/// The setting for a private certificate authority.
const NAMING: &str = "sslrootcert=FILE in the URL";

/// Connects to the first host that answers correctly. Each host is asked with its own password: a password for one of
/// them is never sent to another.
pub(super) fn connect(url: &ServerUrl) -> Result<Client, Fault> {
    let mut config = url.config.clone();
    // As in libpq: the named user, else the current one.
    if config.get_user().is_none()
        && let Some(user) = url.surroundings.user.clone().or_else(running)
    {
        config.user(&user);
    }
    if config.get_dbname().is_none()
        && let Some(user) = config.get_user().map(str::to_owned)
    {
        config.dbname(&user);
    }
    let mut last = Fault::BadUrl("it has no host".into());
    for host in hosts(&config)? {
        match connect_to(url, &config, &host) {
            Ok(client) => return Ok(client),
            Err(fault) => last = fault,
        }
    }
    Err(last)
}

/// One of the hosts in a URL.
struct OneHost {
    host: Host,
    address: Option<std::net::IpAddr>,
    port: u16,
}

impl OneHost {
    /// Whether it is a socket in a folder where anybody on this machine could have created it.
    fn is_open_to_all(&self) -> bool {
        let Host::Unix(folder) = &self.host else {
            return false;
        };
        std::fs::metadata(folder).is_ok_and(|metadata| metadata.mode() & 0o002 != 0)
    }

    /// Its name for people.
    fn name(&self) -> String {
        match &self.host {
            Host::Tcp(name) => name.clone(),
            Host::Unix(folder) => folder.display().to_string(),
        }
    }
}

/// The hosts of a URL, in the order in which to try them.
fn hosts(config: &Config) -> Result<Vec<OneHost>, Fault> {
    let (names, addresses, ports) = (
        config.get_hosts(),
        config.get_hostaddrs(),
        config.get_ports(),
    );
    let count = names.len().max(addresses.len());
    let fits = |given: usize| given == 0 || given == count;
    if !fits(names.len()) || !fits(addresses.len()) || !(ports.len() == 1 || fits(ports.len())) {
        return Err(Fault::BadUrl(
            "it has different numbers of hosts, addresses and ports".into(),
        ));
    }
    let mut hosts: Vec<OneHost> = (0..count)
        .filter_map(|at| {
            let address = addresses.get(at).copied();
            Some(OneHost {
                // A certificate is compared with the address if there is no name.
                host: match names.get(at) {
                    Some(name) => name.clone(),
                    None => Host::Tcp(address?.to_string()),
                },
                address,
                port: *ports.get(at).or(ports.first()).unwrap_or(&5432),
            })
        })
        .collect();
    if config.get_load_balance_hosts() == LoadBalanceHosts::Random && !hosts.is_empty() {
        let first = std::process::id() as usize % hosts.len();
        hosts.rotate_left(first);
    }
    Ok(hosts)
}

fn connect_to(url: &ServerUrl, config: &Config, host: &OneHost) -> Result<Client, Fault> {
    let mut alone = alone(config, host);
    let has_password = match password(url, &alone, host)? {
        Some(password) => {
            alone.password(password.as_bytes());
            true
        }
        None => false,
    };
    match (&url.tls, &host.host) {
        (Some(tls), _) => {
            alone.ssl_mode(SslMode::Require);
            let client = authorities(url, tls)
                .client("sslrootcert", NAMING, tls.own.as_ref())
                .map_err(Fault::BadUrl)?;
            alone.connect(MakeRustlsConnect::new(client))
        }
        (None, Host::Tcp(_)) => {
            alone
                .ssl_mode(SslMode::Require)
                .ssl_negotiation(SslNegotiation::Direct);
            alone.connect(OnlyScram)
        }
        (None, Host::Unix(_)) => {
            alone.ssl_mode(SslMode::Disable);
            alone.connect(NoTls)
        }
    }
    .map_err(|error| explain(&error, url, host, has_password))
}

/// The same for one host.
fn alone(config: &Config, host: &OneHost) -> Config {
    let mut alone = Config::new();
    match &host.host {
        Host::Tcp(name) => alone.host(name),
        Host::Unix(path) => alone.host_path(path),
    };
    alone.port(host.port);
    if let Some(address) = host.address {
        alone.hostaddr(address);
    }
    if let Some(user) = config.get_user() {
        alone.user(user);
    }
    if let Some(name) = config.get_dbname() {
        alone.dbname(name);
    }
    if let Some(options) = config.get_options() {
        alone.options(options);
    }
    if let Some(name) = config.get_application_name() {
        alone.application_name(name);
    }
    if let Some(time) = config.get_connect_timeout() {
        alone.connect_timeout(*time);
    }
    if let Some(time) = config.get_tcp_user_timeout() {
        alone.tcp_user_timeout(*time);
    }
    alone
        .keepalives(config.get_keepalives())
        .keepalives_idle(config.get_keepalives_idle());
    if let Some(time) = config.get_keepalives_interval() {
        alone.keepalives_interval(time);
    }
    if let Some(count) = config.get_keepalives_retries() {
        alone.keepalives_retries(count);
    }
    alone
        .ssl_negotiation(config.get_ssl_negotiation())
        .channel_binding(config.get_channel_binding())
        .target_session_attrs(config.get_target_session_attrs())
        .load_balance_hosts(config.get_load_balance_hosts());
    alone
}

fn running() -> Option<String> {
    uzers::get_effective_username()?.into_string().ok()
}

fn authorities(url: &ServerUrl, tls: &Tls) -> Authorities {
    Authorities {
        own: tls.root.clone(),
        // As in libpq, a named authority replaces those of the system.
        only_own: tls.root.is_some(),
        ..url.surroundings.authorities.clone()
    }
}

/// The password for this host, if the file has one and it may be used there.
fn password(
    url: &ServerUrl,
    config: &Config,
    host: &OneHost,
) -> Result<Option<Secret<String>>, Fault> {
    let (Some(file), Some(user)) = (&url.surroundings.password_file, config.get_user()) else {
        return Ok(None);
    };
    let wanted = Wanted {
        host: match &host.host {
            Host::Tcp(name) => name,
            Host::Unix(_) if host.is_open_to_all() => return Ok(None),
            // As in libpq.
            Host::Unix(_) => "localhost",
        },
        port: host.port,
        database: config.get_dbname().unwrap_or(user),
        user,
    };
    pass::find(file, wanted).map_err(|why| Fault::Denied {
        place: url.place().to_owned(),
        why,
    })
}

/// An untrusted server is different from an unreachable one: no password was sent to it.
fn explain(error: &postgres::Error, url: &ServerUrl, host: &OneHost, has_password: bool) -> Fault {
    let mut cause = error.source();
    while let Some(here) = cause {
        let inner = here
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref);
        if let Some(asked) = inner.and_then(|inner| inner.downcast_ref::<Asked>()) {
            return untrusted(
                url,
                format!(
                    "it requires {asked} without TLS, so nothing was sent to it; use scram-sha-256 in its pg_hba.conf, or \
                     sslmode=require in the URL"
                ),
            );
        }
        if let Some(error) = inner.and_then(|inner| inner.downcast_ref::<rustls::Error>()) {
            let why = match error {
                rustls::Error::InvalidCertificate(problem) => format!(
                    "its certificate is not trusted: {}",
                    distrust(problem, "the host in the URL", NAMING)
                ),
                other => format!("TLS failed: {other}"),
            };
            return untrusted(url, why);
        }
        cause = here.source();
    }
    if error.as_db_error().is_none() && error.code().is_none() {
        let words = in_words(error);
        if words.contains("does not support TLS") {
            return untrusted(
                url,
                "the server does not support TLS, so nothing was sent to it".into(),
            );
        }
        // The server requires a password, and there is none.
        if words.contains("password missing") && !has_password {
            let why = match &url.surroundings.password_file {
                Some(_) if host.is_open_to_all() => format!(
                    "it requires a password, but none is sent to a socket in {}, where any user of this machine can create one",
                    host.name()
                ),
                Some(file) => format!(
                    "it requires a password, but {} has none for it",
                    file.display()
                ),
                None => "it requires a password, but there is no password file".into(),
            };
            return Fault::Denied {
                place: url.place().to_owned(),
                why,
            };
        }
    }
    fault(error, url.place())
}

fn untrusted(url: &ServerUrl, why: String) -> Fault {
    Fault::Denied {
        place: url.place().to_owned(),
        why,
    }
}
