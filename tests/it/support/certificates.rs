//! Certificates made by openssl: an authority, and what it signs.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tempfile::TempDir;

use crate::support::world::folder;

/// An authority with its folder.
pub(crate) struct Authority {
    home: TempDir,
    signed: AtomicU32,
}

/// A certificate and its key, as files.
#[derive(Clone)]
pub(crate) struct Pair {
    pub(crate) certificate: PathBuf,
    pub(crate) key: PathBuf,
}

impl Authority {
    pub(crate) fn new(name: &str) -> Self {
        let authority = Self {
            home: folder(),
            signed: AtomicU32::new(1),
        };
        let name = format!("/CN={name}");
        authority.openssl(&[
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-subj",
            &name,
            "-days",
            "30",
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem",
        ]);
        authority
    }

    pub(crate) fn certificate(&self) -> PathBuf {
        self.home.path().join("ca.pem")
    }

    /// Its own certificate and key.
    pub(crate) fn own(&self) -> Pair {
        Pair {
            certificate: self.certificate(),
            key: self.home.path().join("ca.key"),
        }
    }

    /// A certificate for a name or an IP (`DNS:localhost`), good for these days; 0: it is over.
    pub(crate) fn sign(&self, name: &str, days: u32) -> Pair {
        let number = self.signed.fetch_add(1, Ordering::Relaxed).to_string();
        let file = |ending: &str| format!("{number}.{ending}");
        let (key, request, certificate, extensions) =
            (file("key"), file("csr"), file("pem"), file("ext"));
        self.openssl(&[
            "req",
            "-new",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-subj",
            "/CN=Test server",
            "-keyout",
            &key,
            "-out",
            &request,
        ]);
        let text = format!("subjectAltName={name}\nbasicConstraints=CA:FALSE\n");
        std::fs::write(self.home.path().join(&extensions), text).unwrap();
        if days == 0 {
            self.sign_for_a_day_of_2020(&request, &extensions, &certificate);
        } else {
            let days = days.to_string();
            self.openssl(&[
                "x509",
                "-req",
                "-in",
                &request,
                "-CA",
                "ca.pem",
                "-CAkey",
                "ca.key",
                "-set_serial",
                &number,
                "-days",
                &days,
                "-extfile",
                &extensions,
                "-out",
                &certificate,
            ]);
        }
        Pair {
            certificate: self.home.path().join(certificate),
            key: self.home.path().join(key),
        }
    }

    /// `openssl x509 -days 0` would be good for the second in which it is signed; only `openssl ca` takes an end.
    fn sign_for_a_day_of_2020(&self, request: &str, extensions: &str, certificate: &str) {
        let settings = "[ca]\ndefault_ca = own\n[own]\ndatabase = index.txt\nnew_certs_dir = .\nrand_serial = yes\n\
                        unique_subject = no\ncertificate = ca.pem\nprivate_key = ca.key\ndefault_md = sha256\n\
                        policy = any\n[any]\ncommonName = supplied\n";
        std::fs::write(self.home.path().join("ca.cnf"), settings).unwrap();
        std::fs::write(self.home.path().join("index.txt"), "").unwrap();
        self.openssl(&[
            "ca",
            "-batch",
            "-notext",
            "-config",
            "ca.cnf",
            "-startdate",
            "20200101000000Z",
            "-enddate",
            "20200102000000Z",
            "-in",
            request,
            "-extfile",
            extensions,
            "-out",
            certificate,
        ]);
    }

    fn openssl(&self, arguments: &[&str]) {
        let made = Command::new("openssl")
            .args(arguments)
            .current_dir(self.home.path())
            .output();
        let made = made.unwrap_or_else(|error| {
            panic!("openssl is missing ({error}): install the Debian package openssl")
        });
        assert!(
            made.status.success(),
            "{}",
            String::from_utf8_lossy(&made.stderr)
        );
    }
}

impl Pair {
    /// For a server of ours.
    pub(crate) fn config(&self) -> Arc<ServerConfig> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        let key = PrivateKeyDer::from_pem_file(&self.key).unwrap();
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(vec![first(&self.certificate)], key)
            .unwrap();
        Arc::new(config)
    }
}

fn first(path: &Path) -> CertificateDer<'static> {
    CertificateDer::from_pem_file(path).unwrap()
}
