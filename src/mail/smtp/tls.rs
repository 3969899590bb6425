//! Whom to believe, and why somebody is not believed.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{
    CertificateError, ClientConfig, ClientConnection, Error, ProtocolVersion, RootCertStore,
};

use super::trouble::Trouble;
use crate::domain::text::shown;

/// Where systems keep the authorities that they trust, the first that exists: Debian, Arch and Alpine; Fedora; the
/// same, older; SUSE; BSD.
const SYSTEM: [&str; 5] = [
    "/etc/ssl/certs/ca-certificates.crt",
    "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
    "/etc/pki/tls/certs/ca-bundle.crt",
    "/etc/ssl/ca-bundle.pem",
    "/etc/ssl/cert.pem",
];

/// Who may sign a server's certificate.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Authorities {
    /// Files with certificates (PEM) besides the others: an organisation's own authority.
    pub own: Option<PathBuf>,
    /// In place of the system's file (`SSL_CERT_FILE`).
    pub file: Option<PathBuf>,
    /// In place of the system's file (`SSL_CERT_DIR`): folders, parted by colons.
    pub folders: Vec<PathBuf>,
}

impl Authorities {
    /// What a connection needs.
    ///
    /// # Errors
    /// A file that was named and cannot be used, or nobody at all to trust.
    pub(super) fn config(&self) -> Result<Arc<ClientConfig>, Trouble> {
        let mut roots = RootCertStore::empty();
        if let Some(path) = &self.own {
            add(&mut roots, path)
                .map_err(|why| Trouble::Local(format!("mail.ca-file {}: {why}", path.display())))?;
        }
        for path in self.others() {
            // What is not there or not readable trusts nobody.
            add(&mut roots, &path).ok();
        }
        if roots.is_empty() {
            return Err(Trouble::Local(
                "no certificate authority is trusted on this machine; install the package ca-certificates, or name \
                 your own authority's certificate with `ca-file` under [mail]"
                    .into(),
            ));
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| Trouble::Local(error.to_string()))?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Arc::new(config))
    }

    fn others(&self) -> Vec<PathBuf> {
        let mut paths: Vec<PathBuf> = self.file.iter().cloned().collect();
        for folder in &self.folders {
            let entries = fs::read_dir(folder).into_iter().flatten().flatten();
            paths.extend(
                entries
                    .map(|entry| entry.path())
                    .filter(|path| path.is_file()),
            );
        }
        if self.file.is_none() && self.folders.is_empty() {
            let found = SYSTEM.iter().map(Path::new).find(|path| path.exists());
            paths.extend(found.map(Path::to_owned));
        }
        paths
    }
}

fn add(roots: &mut RootCertStore, path: &Path) -> Result<(), String> {
    let bytes = fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => "there is no such file".to_owned(),
        io::ErrorKind::PermissionDenied => "it may not be read".to_owned(),
        _ => "it cannot be read".to_owned(),
    })?;
    let found = CertificateDer::pem_slice_iter(&bytes).filter_map(Result::ok);
    let (added, _) = roots.add_parsable_certificates(found);
    if added == 0 {
        return Err("no certificate (PEM) is in it".into());
    }
    Ok(())
}

/// What TLS found fault with, if it was TLS.
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
        Error::InvalidCertificate(problem) => Trouble::Certificate(certificate(problem, host)),
        Error::InvalidMessage(_) => Trouble::Tls(
            "it does not speak TLS there; smtps:// is for ports with TLS from the first byte (465), smtp:// for those \
             with STARTTLS (587)"
                .into(),
        ),
        Error::PeerIncompatible(_) => {
            Trouble::Tls("it knows no version of TLS that is safe: 1.2 or 1.3".into())
        }
        Error::AlertReceived(alert) => Trouble::Tls(format!("it broke TLS off ({alert:?})")),
        Error::NoCertificatesPresented => Trouble::Certificate("it shows none".into()),
        other => Trouble::Tls(shown(&other.to_string()).into_owned()),
    }
}

fn certificate(problem: &CertificateError, host: &str) -> String {
    match problem {
        CertificateError::UnknownIssuer => {
            "nobody whom this machine trusts has signed it; if it is your organisation's own, name its authority's \
             certificate with `ca-file` under [mail]"
                .into()
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "it has expired".into()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "it is not valid yet; is this machine's clock right?".into()
        }
        CertificateError::NotValidForNameContext { presented, .. } if !presented.is_empty() => {
            let names: Vec<_> = presented.iter().take(5).map(|name| bare(name)).collect();
            format!("it is for {}, not for {host}", names.join(", "))
        }
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            format!("it is not for {host}")
        }
        CertificateError::BadSignature => "it was not signed by the authority that it names".into(),
        CertificateError::Revoked => "it was revoked".into(),
        other => {
            let words = other.to_string();
            if words.contains("CaUsedAsEndEntity") {
                return "it is an authority's own certificate, which no server may show; sign one for the server"
                    .into();
            }
            shown(&words).into_owned()
        }
    }
}

/// `DnsName("mail.example.com")` without what is around it.
fn bare(name: &str) -> String {
    let inner = name
        .split_once("(\"")
        .and_then(|(_, rest)| rest.split_once('"'))
        .map_or(name, |(inner, _)| inner);
    shown(inner).chars().take(100).collect()
}

#[cfg(test)]
mod tests {
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
            match authorities.config() {
                Err(Trouble::Local(words)) => words.replace(path.to_str().unwrap(), "PATH"),
                _ => panic!("it was taken"),
            }
        };
        assert_eq!(says(&path), "mail.ca-file PATH: there is no such file");
        fs::write(&path, "hello").unwrap();
        assert_eq!(
            says(&path),
            "mail.ca-file PATH: no certificate (PEM) is in it"
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
        };
        let Err(Trouble::Local(words)) = authorities.config() else {
            panic!("it was taken");
        };
        assert!(words.contains("ca-certificates"), "{words}");
    }

    #[test]
    fn names_are_shown_bare() {
        assert_eq!(bare("DnsName(\"a.example\")"), "a.example");
        assert_eq!(bare("IpAddress(127.0.0.1)"), "IpAddress(127.0.0.1)");
    }
}
