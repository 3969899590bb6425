//! Which certificates to trust, and why one is not trusted.

use std::io;
use std::sync::Arc;

use rustls::{ClientConfig, ClientConnection, Error, ProtocolVersion};

use super::trouble::Trouble;
use crate::domain::text::shown;
use crate::vault::{Authorities, distrust};

/// The setting for a private certificate authority.
const NAMING: &str = "`ca-file` under [mail]";

/// The TLS configuration of a connection.
pub(super) fn config(authorities: &Authorities) -> Result<Arc<ClientConfig>, Trouble> {
    authorities
        .client("mail.ca-file", NAMING, None)
        .map(Arc::new)
        .map_err(Trouble::Local)
}

/// What TLS reported, if the error came from TLS.
pub(super) fn cause(error: &io::Error) -> Option<&Error> {
    error.get_ref()?.downcast_ref()
}

/// `TLS 1.3`
pub(super) fn version(connection: &ClientConnection) -> &'static str {
    match connection.protocol_version() {
        Some(ProtocolVersion::TLSv1_3) => "TLS 1.3",
        Some(ProtocolVersion::TLSv1_2) => "TLS 1.2",
        _ => "TLS",
    }
}

pub(super) fn in_words(error: &Error, host: &str) -> Trouble {
    match error {
        Error::InvalidCertificate(problem) => Trouble::Certificate(distrust(problem, host, NAMING)),
        Error::InvalidMessage(_) => Trouble::Tls(
            "it does not speak TLS on that port; use smtps:// for ports with TLS from the start (465), smtp:// for ports with STARTTLS (587)"
                .into(),
        ),
        Error::PeerIncompatible(_) => {
            Trouble::Tls("it supports no secure version of TLS (1.2 or 1.3)".into())
        }
        Error::AlertReceived(alert) => Trouble::Tls(format!("it aborted TLS ({alert:?})")),
        Error::NoCertificatesPresented => Trouble::Certificate("it presented none".into()),
        other => Trouble::Tls(shown(&other.to_string()).into_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    #[test]
    fn a_file_that_was_named_must_hold_a_certificate() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        let says = |path: &Path| {
            let authorities = Authorities {
                own: Some(path.to_owned()),
                ..Authorities::default()
            };
            match config(&authorities) {
                Err(Trouble::Local(words)) => words.replace(path.to_str().unwrap(), "PATH"),
                _ => panic!("it was taken"),
            }
        };
        assert_eq!(says(&path), "mail.ca-file PATH: the file does not exist");
        fs::write(&path, "hello").unwrap();
        assert_eq!(
            says(&path),
            "mail.ca-file PATH: it contains no certificate (PEM)"
        );
        assert_eq!(says(folder.path()), "mail.ca-file PATH: it cannot be read");
    }

    #[test]
    fn who_trusts_nobody_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let authorities = Authorities {
            own: None,
            file: Some(folder.path().join("none")),
            folders: vec![folder.path().to_owned()],
            ..Authorities::default()
        };
        let Err(Trouble::Local(words)) = config(&authorities) else {
            panic!("it was taken");
        };
        assert!(words.contains("ca-certificates"), "{words}");
    }
}
