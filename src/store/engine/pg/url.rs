//! `postgres://USER@HOST[:PORT][,HOST…]/DATABASE[?KEY=VALUE&…]`, as in libpq (PostgreSQL manual, "Connection URIs"),
//! with the parameters that the driver supports and those about trust: `sslmode`, `sslrootcert`, `sslcert`, `sslkey`.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use postgres::Config;
use postgres::config::Host;

use crate::domain::text::shown;
use crate::store::location::Surroundings;

/// How long connecting to one host may take.
const CONNECT: Duration = Duration::from_secs(10);
/// How long data may stay unconfirmed before the connection counts as lost, so that a dead host is noticed.
const UNCONFIRMED: Duration = Duration::from_secs(30);

/// A parsed server URL.
#[derive(Clone)]
pub(in crate::store) struct ServerUrl {
    /// For the driver, without password.
    pub(super) config: Config,
    /// Whether and how the connection is encrypted.
    pub(super) tls: Option<Tls>,
    pub(super) surroundings: Surroundings,
    place: String,
}

/// The TLS parameters.
#[derive(Clone, Debug, Default)]
pub(super) struct Tls {
    /// The authorities to trust instead of the system's.
    pub(super) root: Option<PathBuf>,
    /// Our own certificate and its key.
    pub(super) own: Option<(PathBuf, PathBuf)>,
}

#[derive(Default)]
struct Parameters {
    mode: Option<String>,
    root: Option<PathBuf>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
    others: Vec<String>,
}

impl ServerUrl {
    /// Parses it.
    ///
    /// # Errors
    /// What is wrong, without the URL, because it may contain a password.
    pub(in crate::store) fn parse(url: &str, surroundings: &Surroundings) -> Result<Self, String> {
        let (base, query) = url.split_once('?').unwrap_or((url, ""));
        refuse_password(base)?;
        let parameters = Parameters::read(query)?;
        let rest = parameters.others.join("&");
        let bare = if rest.is_empty() {
            base.to_owned()
        } else {
            format!("{base}?{rest}")
        };
        let mut config: Config = bare.parse().map_err(|error| reason(&error))?;
        if config.get_hosts().is_empty() && config.get_hostaddrs().is_empty() {
            config.host_path(socket_folder());
        }
        if config.get_application_name().is_none() {
            config.application_name("admit");
        }
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(CONNECT);
        }
        if config.get_tcp_user_timeout().is_none() {
            config.tcp_user_timeout(UNCONFIRMED);
        }
        // While waiting for an answer nothing is unconfirmed: then keepalives check the host itself.
        if !query.contains("keepalives") {
            config
                .keepalives_idle(UNCONFIRMED)
                .keepalives_interval(UNCONFIRMED / 3)
                .keepalives_retries(3);
        }
        let tls = parameters.tls(&config)?;
        Ok(Self {
            place: place(&config, config.get_user()),
            config,
            tls,
            surroundings: surroundings.clone(),
        })
    }

    /// The URL for people, without parameters.
    pub(in crate::store) fn place(&self) -> &str {
        &self.place
    }

    /// The database that it names, for any user.
    pub(in crate::store) fn database(&self) -> String {
        place(&self.config, None)
    }
}

/// Everybody on the machine could see a password in a URL, in the history of the shell and in hints.
fn refuse_password(base: &str) -> Result<(), String> {
    let behind = base.split_once("://").map_or(base, |(_, rest)| rest);
    match behind.rsplit_once('@') {
        Some((user, _)) if user.contains(':') => Err(no_password()),
        _ => Ok(()),
    }
}

fn no_password() -> String {
    "it contains a password, which every user of this machine could see; put it into ~/.pgpass (mode 600, a line HOST:PORT:DATABASE:USER:PASSWORD), or into the file that PGPASSFILE names"
        .into()
}

impl Parameters {
    fn read(query: &str) -> Result<Self, String> {
        let mut parameters = Self::default();
        for pair in query.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            match key {
                "password" => return Err(no_password()),
                "sslmode" => parameters.mode = Some(decoded(value)?),
                "sslrootcert" => parameters.root = Some(decoded(value)?.into()),
                "sslcert" => parameters.certificate = Some(decoded(value)?.into()),
                "sslkey" => parameters.key = Some(decoded(value)?.into()),
                _ => parameters.others.push(pair.to_owned()),
            }
        }
        Ok(parameters)
    }

    /// Unencrypted data stays on this machine: any other host must be authenticated and the connection encrypted.
    fn tls(&self, config: &Config) -> Result<Option<Tls>, String> {
        let own = match (&self.certificate, &self.key) {
            (Some(certificate), Some(key)) => Some((certificate.clone(), key.clone())),
            (None, None) => None,
            _ => return Err("sslcert and sslkey must be used together".into()),
        };
        let tls = Tls {
            // As in libpq: the authorities that the system trusts.
            root: self
                .root
                .clone()
                .filter(|root| root.as_os_str() != "system"),
            own,
        };
        match self.mode.as_deref() {
            None if is_here(config) && self.root.is_none() => Ok(None),
            None | Some("require" | "verify-ca" | "verify-full") => Ok(Some(tls)),
            Some("disable") if is_here(config) => Ok(None),
            Some("disable" | "allow" | "prefer") => Err(
                "connections without TLS are allowed only to this machine; remove sslmode, or use require: the server's \
                 certificate and name are checked"
                    .into(),
            ),
            Some(other) => Err(format!(
                "unknown sslmode {}; use disable (only for this machine) or require",
                shown(other)
            )),
        }
    }
}

/// Whether every host is this machine.
fn is_here(config: &Config) -> bool {
    let hosts = config.get_hosts().iter().all(|host| match host {
        Host::Tcp(name) => {
            name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
        }
        Host::Unix(_) => true,
    });
    hosts && config.get_hostaddrs().iter().all(IpAddr::is_loopback)
}

/// Where Debian and most others keep the server's socket, else where it is built to.
fn socket_folder() -> &'static str {
    ["/run/postgresql", "/var/run/postgresql"]
        .into_iter()
        .find(|folder| std::path::Path::new(folder).is_dir())
        .unwrap_or("/tmp")
}

fn place(config: &Config, user: Option<&str>) -> String {
    let ports = config.get_ports();
    let hosts: Vec<String> = config
        .get_hosts()
        .iter()
        .enumerate()
        .map(|(at, host)| {
            let name = match host {
                Host::Tcp(name) if name.contains(':') => format!("[{name}]"),
                Host::Tcp(name) => name.clone(),
                Host::Unix(path) => path.display().to_string(),
            };
            match ports.get(at).or(ports.first()) {
                Some(port) if *port != 5432 => format!("{name}:{port}"),
                _ => name,
            }
        })
        .collect();
    let user = user.map(|user| format!("{user}@"));
    let text = format!(
        "postgres://{}{}/{}",
        user.unwrap_or_default(),
        hosts.join(","),
        config.get_dbname().unwrap_or_default()
    );
    shown(&text).into_owned()
}

fn decoded(value: &str) -> Result<String, String> {
    percent_encoding::percent_decode_str(value)
        .decode_utf8()
        .map(Into::into)
        .map_err(|_| "a parameter is not UTF-8".into())
}

fn reason(error: &postgres::Error) -> String {
    super::faults::in_words(error)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Result<ServerUrl, String> {
        ServerUrl::parse(url, &Surroundings::default())
    }

    fn says(url: &str) -> String {
        read(url).map_or_else(|why| why, |url| url.place)
    }

    #[test]
    fn a_url_is_told_without_its_parameters() {
        assert_eq!(
            says("postgres://ada@127.0.0.1:5433/panel?connect_timeout=3"),
            "postgres://ada@127.0.0.1:5433/panel"
        );
        assert_eq!(
            says("postgresql://ada@localhost,127.0.0.1/panel?target_session_attrs=read-write"),
            "postgres://ada@localhost,127.0.0.1/panel"
        );
        assert_eq!(
            says("postgres://ada@/panel?host=/tmp/pg"),
            "postgres://ada@/tmp/pg/panel"
        );
    }

    #[test]
    fn a_database_has_one_name_for_all_its_users() {
        let database = |url: &str| read(url).unwrap().database();
        let named = "postgres://127.0.0.1:5433/panel";
        for url in [
            "postgres://ada@127.0.0.1:5433/panel?connect_timeout=3",
            "postgres://bob@127.0.0.1:5433/panel",
        ] {
            assert_eq!(database(url), named);
        }
        assert_ne!(database("postgres://ada@127.0.0.1/panel"), named);
        assert_ne!(database("postgres://ada@127.0.0.1:5433/other"), named);
    }

    #[test]
    fn a_password_is_refused_and_not_repeated() {
        for url in [
            "postgres://ada:secret@127.0.0.1/panel",
            "postgres://ada@127.0.0.1/panel?password=secret",
            "postgres://ada:secret@db.example.com/panel",
        ] {
            let why = says(url);
            assert!(
                why.contains("~/.pgpass") && !why.contains("secret"),
                "{why}"
            );
        }
    }

    #[test]
    fn a_host_elsewhere_demands_tls() {
        let tls = |url: &str| read(url).unwrap().tls.is_some();
        assert!(!tls("postgres://ada@127.0.0.1/panel"));
        assert!(!tls("postgres://ada@[::1]/panel"));
        assert!(!tls("postgres://ada@localhost/panel?sslmode=disable"));
        assert!(tls("postgres://ada@localhost/panel?sslmode=require"));
        assert!(tls(
            "postgres://ada@localhost/panel?sslrootcert=/etc/ca.pem"
        ));
        assert!(tls("postgres://ada@localhost/panel?sslrootcert=system"));
        assert!(tls("postgres://ada@db.example.com/panel"));
        assert!(tls("postgres://ada@127.0.0.1,192.0.2.7/panel"));
        assert!(tls(
            "postgres://ada@db.example.com/panel?sslmode=verify-full"
        ));
        for mode in ["disable", "allow", "prefer"] {
            let why = says(&format!("postgres://ada@192.0.2.7/panel?sslmode={mode}"));
            assert!(why.contains("connections without TLS"), "{why}");
        }
    }

    #[test]
    fn nonsense_is_named() {
        let why = says("postgres://ada@localhost/panel?colour=red");
        assert!(why.contains("colour"), "{why}");
        let why = says("postgres://ada@localhost/panel?sslmode=maybe");
        assert!(why.contains("maybe"), "{why}");
        assert_eq!(
            says("postgres://ada@localhost/panel?sslcert=/c.pem"),
            "sslcert and sslkey must be used together"
        );
    }
}
