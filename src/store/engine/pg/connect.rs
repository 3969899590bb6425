//! Getting through to a server.

use std::error::Error as _;

use postgres::config::Host;
use postgres::{Client, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::faults::{fault, in_words};
use super::pass::{self, Wanted};
use super::url::{ServerUrl, Tls};
use crate::store::fault::Fault;
use crate::vault::{Authorities, Secret, distrust};

/// How an own authority is named.
const NAMING: &str = "sslrootcert=FILE in the URL";

/// Connects to the first host that answers as it should.
pub(super) fn connect(url: &ServerUrl) -> Result<Client, Fault> {
    let mut config = url.config.clone();
    // As libpq has it: who is named, else who is running.
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
    if let Some(password) = password(url, &config)? {
        config.password(password.as_bytes());
    }
    match &url.tls {
        None => config.connect(NoTls),
        Some(tls) => {
            let client = authorities(url, tls)
                .client("sslrootcert", NAMING, tls.own.as_ref())
                .map_err(Fault::BadUrl)?;
            config.connect(MakeRustlsConnect::new(client))
        }
    }
    .map_err(|error| explain(&error, url))
}

fn running() -> Option<String> {
    uzers::get_effective_username()?.into_string().ok()
}

fn authorities(url: &ServerUrl, tls: &Tls) -> Authorities {
    Authorities {
        own: tls.root.clone(),
        ..url.surroundings.authorities.clone()
    }
}

/// The first password that fits one of the hosts: the driver has one for all of them.
fn password(url: &ServerUrl, config: &postgres::Config) -> Result<Option<Secret<String>>, Fault> {
    let (Some(file), Some(user)) = (&url.surroundings.password_file, config.get_user()) else {
        return Ok(None);
    };
    for (at, host) in config.get_hosts().iter().enumerate() {
        let ports = config.get_ports();
        let wanted = Wanted {
            host: match host {
                Host::Tcp(name) => name,
                // As libpq has it.
                Host::Unix(_) => "localhost",
            },
            port: *ports.get(at).or(ports.first()).unwrap_or(&5432),
            database: config.get_dbname().unwrap_or(user),
            user,
        };
        if let Some(password) = pass::find(file, wanted).map_err(|why| Fault::Denied {
            place: url.place().to_owned(),
            why,
        })? {
            return Ok(Some(password));
        }
    }
    Ok(None)
}

/// A server that is not believed is another matter than one that is away: no password was sent to it.
fn explain(error: &postgres::Error, url: &ServerUrl) -> Fault {
    let mut cause = error.source();
    while let Some(here) = cause {
        let tls = here
            .downcast_ref::<std::io::Error>()
            .and_then(std::io::Error::get_ref)
            .and_then(|inner| inner.downcast_ref::<rustls::Error>());
        if let Some(error) = tls {
            let why = match error {
                rustls::Error::InvalidCertificate(problem) => format!(
                    "its certificate is not believed: {}",
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
                "the server offers no TLS, so nothing was sent to it".into(),
            );
        }
        // A server that wants a password, and none is there.
        if words.contains("password missing") {
            let why = match &url.surroundings.password_file {
                Some(file) => format!(
                    "it wants a password, and {} has none for it",
                    file.display()
                ),
                None => "it wants a password, and there is no password file".into(),
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
