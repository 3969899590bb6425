//! Which certificate authorities to trust, and why a certificate is not trusted.

use std::fs;
use std::io;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{CertificateError, ClientConfig, RootCertStore};

use crate::domain::text::{shell_word, shown};
use crate::files::trust;

/// Where systems keep their trusted authorities, the first that exists: Debian, Arch and Alpine; Fedora; the
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
    /// Files with additional certificates (PEM): an organisation's own authority.
    pub own: Option<PathBuf>,
    /// Trust only those.
    pub only_own: bool,
    /// Replaces the system's file (`SSL_CERT_FILE`).
    pub file: Option<PathBuf>,
    /// Replaces the system's file (`SSL_CERT_DIR`): folders, separated by colons.
    pub folders: Vec<PathBuf>,
}

impl Authorities {
    /// The TLS configuration of a connection. `setting` is the setting for the own authority, `naming` how to
    /// set it; `identity` is our own certificate and its key, for a server that requires one.
    ///
    /// # Errors
    /// In words: a file that was named and cannot be used, or no trusted authority at all.
    pub fn client(
        &self,
        setting: &str,
        naming: &str,
        identity: Option<&(PathBuf, PathBuf)>,
    ) -> Result<ClientConfig, String> {
        let mut roots = RootCertStore::empty();
        if let Some(path) = &self.own {
            add(&mut roots, path).map_err(|why| format!("{setting} {}: {why}", path.display()))?;
        }
        for path in self.others() {
            // A missing or unreadable file adds no authority.
            add(&mut roots, &path).ok();
        }
        if roots.is_empty() {
            return Err(format!(
                "this machine trusts no certificate authorities; install the package ca-certificates, or set your own authority's certificate with {naming}"
            ));
        }
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let builder = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(|error| error.to_string())?
            .with_root_certificates(roots);
        let Some((certificate, key)) = identity else {
            return Ok(builder.with_no_client_auth());
        };
        let chain: Vec<_> = CertificateDer::pem_slice_iter(&read(certificate)?)
            .filter_map(Result::ok)
            .collect();
        refuse_open_key(key)?;
        let private = PrivateKeyDer::from_pem_slice(&read(key)?)
            .map_err(|_| format!("{} contains no private key (PEM)", key.display()))?;
        builder
            .with_client_auth_cert(chain, private)
            .map_err(|error| format!("{}: {error}", certificate.display()))
    }

    fn others(&self) -> Vec<PathBuf> {
        if self.only_own {
            return Vec::new();
        }
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

/// As in libpq: a private key must be readable only by its owner, and one of root's may be readable by a
/// group.
fn refuse_open_key(key: &Path) -> Result<(), String> {
    // The code that reads it reports a missing file.
    let Ok(metadata) = fs::metadata(key) else {
        return Ok(());
    };
    if !metadata.is_file() {
        return Err(format!("{}: it is not a regular file", key.display()));
    }
    if is_open(metadata.uid(), metadata.mode()) {
        return Err(format!(
            "{} is open to other users (mode {:03o}), so it is not used; run `chmod 600 {}`",
            key.display(),
            metadata.mode() & 0o777,
            shell_word(&key.display().to_string())
        ));
    }
    Ok(())
}

fn is_open(owner: u32, mode: u32) -> bool {
    let others = if owner == 0 { 0o037 } else { 0o077 };
    mode & others != 0
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    bytes(path).map_err(|why| format!("{}: {why}", path.display()))
}

fn bytes(path: &Path) -> Result<Vec<u8>, String> {
    trust::named(path).map_err(|why| format!("it is not trusted: {why}; {}", why.hint()))?;
    fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => "the file does not exist".to_owned(),
        io::ErrorKind::PermissionDenied => "permission denied".to_owned(),
        _ => "it cannot be read".to_owned(),
    })
}

fn add(roots: &mut RootCertStore, path: &Path) -> Result<(), String> {
    let bytes = bytes(path)?;
    let found = CertificateDer::pem_slice_iter(&bytes).filter_map(Result::ok);
    let (added, _) = roots.add_parsable_certificates(found);
    if added == 0 {
        return Err("it contains no certificate (PEM)".into());
    }
    Ok(())
}

/// Why a certificate is not trusted; `naming` says how to set an own authority.
pub fn distrust(problem: &CertificateError, host: &str, naming: &str) -> String {
    match problem {
        CertificateError::UnknownIssuer => {
            format!(
                "it is not signed by an authority that this machine trusts; if it is from your organisation's own authority, set that authority's certificate with {naming}"
            )
        }
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => {
            "it has expired".into()
        }
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "it is not valid yet; check this machine's clock".into()
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
                return "it is the certificate of an authority, which a server must not present; sign one for the server"
                    .into();
            }
            shown(&words).into_owned()
        }
    }
}

/// `DnsName("mail.example.com")` without the wrapping.
fn bare(name: &str) -> String {
    let inner = name
        .split_once('(')
        .and_then(|(_, rest)| rest.strip_suffix(')'))
        .map_or(name, |inner| inner.trim_matches('"'));
    shown(inner).chars().take(100).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_authority_that_others_could_have_written_is_not_believed() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ca.pem");
        fs::write(&path, "no certificate").unwrap();
        let authorities = Authorities {
            own: Some(path.clone()),
            ..Authorities::default()
        };
        let says = || authorities.client("ca-file", "ca-file", None).unwrap_err();
        assert!(
            says().ends_with("it contains no certificate (PEM)"),
            "{}",
            says()
        );
        fs::set_permissions(&path, fs::Permissions::from_mode(0o664)).unwrap();
        let shown = path.display();
        assert_eq!(
            says(),
            format!(
                "ca-file {shown}: it is not trusted: other users can write to {shown} (mode 0664); check it, then run `chmod go-w {shown}`"
            )
        );
    }

    #[test]
    fn a_key_is_its_owners_alone_or_roots_with_a_group() {
        for mode in [0o600, 0o400, 0o100_600] {
            assert!(!is_open(1000, mode) && !is_open(0, mode), "{mode:o}");
        }
        for mode in [0o640, 0o440] {
            assert!(is_open(1000, mode) && !is_open(0, mode), "{mode:o}");
        }
        for mode in [0o604, 0o644, 0o660, 0o620, 0o610, 0o601, 0o777] {
            assert!(is_open(1000, mode) && is_open(0, mode), "{mode:o}");
        }
    }

    #[test]
    fn a_file_is_refused_with_its_name_and_the_reason() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let key = folder.path().join("key.pem");
        let shown = key.display();
        // What is not there is told by the reading of it.
        assert_eq!(refuse_open_key(&key), Ok(()));
        assert_eq!(read(&key), Err(format!("{shown}: the file does not exist")));
        fs::write(&key, "a key").unwrap();
        fs::set_permissions(&key, fs::Permissions::from_mode(0o600)).unwrap();
        assert_eq!(refuse_open_key(&key), Ok(()));
        assert_eq!(read(&key), Ok(b"a key".to_vec()));
        fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
        assert_eq!(
            refuse_open_key(&key),
            Err(format!(
                "{shown} is open to other users (mode 644), so it is not used; run `chmod 600 {shown}`"
            ))
        );
        let shown = folder.path().display();
        assert_eq!(
            refuse_open_key(folder.path()),
            Err(format!("{shown}: it is not a regular file"))
        );
    }

    #[test]
    fn why_a_certificate_is_not_believed_is_told_for_each_fault() {
        let server = rustls::pki_types::ServerName::try_from("mail.example.com").unwrap();
        let presented = |names: &[&str]| CertificateError::NotValidForNameContext {
            expected: server.clone(),
            presented: names.iter().map(|&name| name.to_owned()).collect(),
        };
        for (problem, says) in [
            (
                CertificateError::UnknownIssuer,
                "it is not signed by an authority that this machine trusts; if it is from your organisation's own authority, set that authority's certificate with `ca-file`",
            ),
            (CertificateError::Expired, "it has expired"),
            (
                CertificateError::NotValidYet,
                "it is not valid yet; check this machine's clock",
            ),
            (
                presented(&["DnsName(\"a.example\")", "DnsName(\"b.example\")"]),
                "it is for a.example, b.example, not for mail.example.com",
            ),
            (
                presented(&["IpAddress(192.0.2.7)"]),
                "it is for 192.0.2.7, not for mail.example.com",
            ),
            (presented(&[]), "it is not for mail.example.com"),
            (
                CertificateError::NotValidForName,
                "it is not for mail.example.com",
            ),
            (
                CertificateError::BadSignature,
                "it was not signed by the authority that it names",
            ),
            (CertificateError::Revoked, "it was revoked"),
        ] {
            assert_eq!(distrust(&problem, "mail.example.com", "`ca-file`"), says);
        }
    }

    #[test]
    fn names_are_shown_bare() {
        assert_eq!(bare("DnsName(\"a.example\")"), "a.example");
        assert_eq!(bare("IpAddress(127.0.0.1)"), "127.0.0.1");
    }
}
