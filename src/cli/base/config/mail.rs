//! `[mail]`: how mail leaves.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use super::layers::{Layers, wrong};
use super::paths::Places;
use super::setting::{ConfigRow, Origin, Setting, program_environment, row};
use super::values;
use crate::cli::base::error::CliError;
use crate::mail::smtp::{Authorities, PasswordSource};
use crate::mail::{SmtpServer, SmtpSettings};

/// The default time limit of each step of an SMTP session.
const TIMEOUT: Duration = Duration::from_secs(30);

/// How mail is sent.
#[derive(Clone, Debug)]
pub struct MailConfig {
    /// The mail server; without one, mail becomes files.
    pub server: Setting<Option<SmtpServer>>,
    /// Who we are to the server.
    pub user: Setting<Option<String>>,
    /// A file with the password in its first line.
    pub password_file: Setting<Option<PathBuf>>,
    /// A program that prints the password, and its arguments.
    pub password_command: Setting<Option<Vec<String>>>,
    /// The name of a credential that systemd provides.
    pub password_credential: Setting<Option<String>>,
    /// The certificate of an authority of one's own.
    pub ca_file: Setting<Option<PathBuf>>,
    /// The longest that a step may take.
    pub timeout: Setting<Duration>,
    /// The folder for mails written as files.
    pub folder: Setting<PathBuf>,
    /// The sender's address.
    pub sender: Setting<Option<String>>,
    /// The folder of templates that replace the built-in ones.
    pub templates: Setting<Option<PathBuf>>,
    /// What the environment says about trust and credentials.
    surroundings: Surroundings,
}

#[derive(Clone, Debug)]
struct Surroundings {
    authorities: Authorities,
    credentials: Option<PathBuf>,
    environment: Vec<(String, String)>,
}

impl Surroundings {
    fn of(vars: &BTreeMap<String, String>) -> Self {
        let set = |name: &str| vars.get(name).filter(|value| !value.is_empty());
        Self {
            authorities: authorities(vars),
            credentials: set("CREDENTIALS_DIRECTORY").map(PathBuf::from),
            environment: program_environment(vars),
        }
    }
}

/// Whom this machine's programs believe, as OpenSSL's variables say.
pub(super) fn authorities(vars: &BTreeMap<String, String>) -> Authorities {
    let set = |name: &str| vars.get(name).filter(|value| !value.is_empty());
    Authorities {
        only_own: false,
        own: None,
        file: set("SSL_CERT_FILE").map(PathBuf::from),
        folders: set("SSL_CERT_DIR")
            .map(|folders| folders.split(':').map(PathBuf::from).collect())
            .unwrap_or_default(),
    }
}

impl MailConfig {
    pub(super) fn assemble(
        layers: &Layers,
        places: &Places,
        vars: &BTreeMap<String, String>,
        folder: PathBuf,
    ) -> Result<Self, CliError> {
        let path = |text: &str, origin: &Origin| values::path(text, origin, places);
        let config = Self {
            server: layers.optional("mail.server", values::server)?,
            user: layers.optional("mail.user", values::word)?,
            password_file: layers.optional("mail.password-file", path)?,
            password_command: layers.optional("mail.password-command", values::command)?,
            password_credential: layers.optional("mail.password-credential", values::credential)?,
            ca_file: layers.optional("mail.ca-file", path)?,
            timeout: layers.or_else("mail.timeout", values::mail_timeout, || Ok(TIMEOUT))?,
            folder: layers.or_else("mail.folder", path, || Ok(folder))?,
            sender: layers.optional("mail.sender", values::sender)?,
            templates: layers.optional("mail.templates", path)?,
            surroundings: Surroundings::of(vars),
        };
        config.check()?;
        Ok(config)
    }

    /// Where the password comes from, with its key and origin.
    fn sources(&self) -> Vec<(&'static str, &Origin, PasswordSource)> {
        let mut sources = Vec::new();
        if let Some(path) = &self.password_file.value {
            let source = PasswordSource::File(path.clone());
            sources.push(("mail.password-file", &self.password_file.origin, source));
        }
        if let Some(words) = &self.password_command.value {
            let source = PasswordSource::Command(words.clone());
            sources.push((
                "mail.password-command",
                &self.password_command.origin,
                source,
            ));
        }
        if let Some(name) = &self.password_credential.value {
            let source = PasswordSource::Credential {
                name: name.clone(),
                folder: self.surroundings.credentials.clone(),
            };
            sources.push((
                "mail.password-credential",
                &self.password_credential.origin,
                source,
            ));
        }
        sources
    }

    /// Checks which settings can be combined.
    fn check(&self) -> Result<(), CliError> {
        match (self.sources().as_slice(), &self.user.value) {
            ([], None) | ([_], Some(_)) => Ok(()),
            ([], Some(_)) => Err(wrong(
                "mail.user",
                &self.user.origin,
                "no password is configured; set one of password-file, password-command and password-credential",
            )),
            ([(key, origin, _)], None) => Err(wrong(
                key,
                origin,
                "a password is configured without a user; set `user`",
            )),
            ([(first, ..), (second, origin, _), ..], _) => Err(wrong(
                second,
                origin,
                &format!("{first} also sets the password; keep only one of them"),
            )),
        }
    }

    /// The way to the server, if one is set.
    pub fn smtp(&self) -> Option<SmtpSettings> {
        let server = self.server.value.clone()?;
        let source = self.sources().into_iter().next();
        Some(SmtpSettings {
            server,
            sign_in: self
                .user
                .value
                .clone()
                .zip(source.map(|(.., source)| source)),
            authorities: Authorities {
                only_own: false,
                own: self.ca_file.value.clone(),
                ..self.surroundings.authorities.clone()
            },
            timeout: self.timeout.value,
            environment: self.surroundings.environment.clone(),
        })
    }

    pub(super) fn rows(&self) -> Vec<ConfigRow> {
        let path = |path: &PathBuf| Some(path.display().to_string());
        let maybe = |v: &Option<PathBuf>| v.as_ref().and_then(path);
        vec![
            row("mail.server", &self.server, |v| {
                v.as_ref().map(ToString::to_string)
            }),
            row("mail.user", &self.user, Clone::clone),
            row("mail.password-file", &self.password_file, maybe),
            row("mail.password-command", &self.password_command, |v| {
                v.as_deref().map(values::command_shown)
            }),
            row(
                "mail.password-credential",
                &self.password_credential,
                Clone::clone,
            ),
            row("mail.ca-file", &self.ca_file, maybe),
            row("mail.timeout", &self.timeout, |v| {
                Some(format!("{}s", v.as_secs()))
            }),
            row("mail.folder", &self.folder, path),
            row("mail.sender", &self.sender, Clone::clone),
            row("mail.templates", &self.templates, maybe),
        ]
    }
}
