//! Settings: options, then `ADMIT_*` variables, then the user's file, then the system's, then defaults.
//!
//! Every value knows where it came from, so that `config show` can say it and an error can name the line. Files
//! hold paths and addresses but no secrets, and one that somebody else could have written is not believed.
//! Secrets are not taken from variables either (SURFACE: they come from a prompt, standard input, or a file).
//!
//! To add a key: a line in `KEYS`, a field in [`Config`], a line in `Config::assemble` and one in
//! [`Config::rows`].

mod file;
mod gate;
mod layers;
mod mail;
mod paths;
mod setting;
#[cfg(test)]
mod tests;
mod values;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

pub use self::gate::GateConfig;
use self::layers::Layers;
pub use self::mail::MailConfig;
pub use self::paths::Places;
pub use self::setting::{ConfigFile, ConfigRow, Origin, Setting, Warning};
use self::setting::{program_environment, row};
pub use self::values::masked;
use super::colour::ColorChoice;
use super::error::CliError;
use super::global::GlobalArgs;
use super::output::Format;
use super::printed::RunOptions;
use crate::store::{Location, Surroundings};

/// The settings in the text of a file, for tests.
#[cfg(test)]
pub(in crate::cli) fn parsed(text: &str) -> Result<BTreeMap<&'static str, String>, CliError> {
    let entries = file::parse(text, Path::new("config.toml"))?;
    Ok(entries
        .into_iter()
        .map(|(key, setting)| (key, setting.value))
        .collect())
}

/// The effective settings.
#[derive(Clone, Debug)]
pub struct Config {
    /// A file, or the URL of a database. May hold a password if it comes from a file: print [`Config::rows`].
    pub store: Setting<String>,
    /// The file with the key that encrypts secrets in the store.
    pub key_file: Setting<PathBuf>,
    /// The panel that is meant where none is named.
    pub panel: Setting<Option<String>>,
    /// How results are printed.
    pub output: Setting<Format>,
    /// When to colour.
    pub color: Setting<ColorChoice>,
    /// `[mail]`
    pub mail: MailConfig,
    /// `[sms]`
    pub sms: SmsConfig,
    /// `[links]`
    pub links: LinksConfig,
    /// `[gate]`
    pub gate: GateConfig,
    /// Who people may contact, as shown in mails.
    pub support_contact: Setting<Option<String>>,
    /// What a connection to a server takes from the environment, as in libpq.
    pub surroundings: Surroundings,
    /// The files that were looked for, the strongest first.
    pub files: Vec<ConfigFile>,
    /// What the operator should know about the settings.
    pub warnings: Vec<Warning>,
}

/// How SMS are sent.
#[derive(Clone, Debug)]
pub struct SmsConfig {
    /// The program that takes it, and its arguments; without one an SMS becomes a file like a mail.
    pub command: Setting<Option<Vec<String>>>,
    /// The longest that the program may take.
    pub timeout: Setting<Duration>,
    /// The environment that the program gets.
    pub environment: Vec<(String, String)>,
}

/// The pages of the panel; each has `{token}` once.
#[derive(Clone, Debug)]
pub struct LinksConfig {
    /// The page where an invitation is accepted.
    pub register: Setting<Option<String>>,
    /// The page where a new password is set.
    pub reset: Setting<Option<String>>,
    /// The page where a new address is confirmed.
    pub confirm: Setting<Option<String>>,
}

/// The default time limit of the program for SMS.
const SMS_TIMEOUT: Duration = Duration::from_secs(30);

/// `PGUSER`, `PGPASSFILE` or `~/.pgpass`, and the trusted authorities.
fn surroundings(vars: &BTreeMap<String, String>) -> Surroundings {
    let set = |name: &str| vars.get(name).filter(|value| !value.is_empty());
    let at_home = || Some(PathBuf::from(set("HOME")?).join(".pgpass"));
    Surroundings {
        user: set("PGUSER").cloned(),
        password_file: set("PGPASSFILE").map(PathBuf::from).or_else(at_home),
        authorities: mail::authorities(vars),
    }
}

impl Config {
    /// Reads all layers.
    pub fn load(
        global: &GlobalArgs,
        vars: &BTreeMap<String, String>,
        system_config: &Path,
    ) -> Result<Self, CliError> {
        let places = Places::of(vars);
        let warnings = layers::check_variables(vars)?;
        let (layers, files) = Layers::gather(global, vars, &places, system_config)?;
        Self::assemble(&layers, &places, vars, files, warnings)
    }

    /// The defaults, for a command that must work although the settings are invalid.
    pub fn defaults(vars: &BTreeMap<String, String>) -> Result<Self, CliError> {
        Self::assemble(
            &Layers::default(),
            &Places::of(vars),
            vars,
            Vec::new(),
            Vec::new(),
        )
    }

    fn assemble(
        layers: &Layers,
        places: &Places,
        vars: &BTreeMap<String, String>,
        files: Vec<ConfigFile>,
        warnings: Vec<Warning>,
    ) -> Result<Self, CliError> {
        let store = layers.or_else(
            "store",
            |text, origin| values::store(text, origin, places),
            || places.store(),
        )?;
        let mail_folder = paths::beside(&store.value, &places.data, "mail");
        let path = |text: &str, origin: &Origin| values::path(text, origin, places);
        Ok(Self {
            key_file: layers.or_else("key-file", path, || Ok(places.config.join("key")))?,
            panel: layers.optional("panel", values::word)?,
            output: layers.or_else("output", values::one_of, || Ok(Format::default()))?,
            color: layers.or_else("color", values::one_of, || Ok(ColorChoice::default()))?,
            mail: MailConfig::assemble(layers, places, vars, mail_folder)?,
            sms: SmsConfig {
                command: layers.optional("sms.command", values::command)?,
                timeout: layers.or_else("sms.timeout", values::timeout, || Ok(SMS_TIMEOUT))?,
                environment: program_environment(vars),
            },
            links: LinksConfig {
                register: layers.optional("links.register", values::link)?,
                reset: layers.optional("links.reset", values::link)?,
                confirm: layers.optional("links.confirm", values::link)?,
            },
            gate: GateConfig::assemble(layers)?,
            support_contact: layers.optional("support-contact", values::line)?,
            store,
            surroundings: surroundings(vars),
            files,
            warnings,
        })
    }

    /// The location of the store.
    pub fn location(&self) -> Location {
        Location::parse(&self.store.value, &self.surroundings)
    }

    /// Every key with its value and where it came from, for `config show`.
    pub fn rows(&self) -> Vec<ConfigRow> {
        let path = |path: &PathBuf| Some(path.display().to_string());
        let mut rows = vec![
            row("store", &self.store, |url| Some(values::masked(url))),
            row("key-file", &self.key_file, path),
            row("panel", &self.panel, Clone::clone),
            row("output", &self.output, |v| values::name_of(*v)),
            row("color", &self.color, |v| values::name_of(*v)),
        ];
        rows.extend(self.mail.rows());
        rows.extend([
            row("sms.command", &self.sms.command, |v| {
                v.as_deref().map(values::command_shown)
            }),
            row("sms.timeout", &self.sms.timeout, |v| {
                Some(format!("{}s", v.as_secs()))
            }),
            row("links.register", &self.links.register, Clone::clone),
            row("links.reset", &self.links.reset, Clone::clone),
            row("links.confirm", &self.links.confirm, Clone::clone),
        ]);
        rows.extend(self.gate.rows());
        rows.push(row("support-contact", &self.support_contact, Clone::clone));
        rows
    }
}

impl GlobalArgs {
    /// The options that printed commands need. A password in a URL is not included.
    pub fn run_options(&self) -> RunOptions {
        RunOptions {
            config: self
                .config
                .as_ref()
                .map(|config| config.display().to_string()),
            store: self.store.as_deref().map(masked),
            panel: self.panel.clone(),
        }
    }
}
