//! A setting: its key, its value, and where that came from.

use crate::cli::base::printed::Hint;
use std::collections::BTreeMap;
use std::fmt;
use std::path::PathBuf;

/// Each key in a file with its variable.
pub(super) const KEYS: &[(&str, &str)] = &[
    ("store", "ADMIT_STORE"),
    ("key-file", "ADMIT_KEY_FILE"),
    ("panel", "ADMIT_PANEL"),
    ("output", "ADMIT_OUTPUT"),
    ("color", "ADMIT_COLOR"),
    ("mail.server", "ADMIT_MAIL_SERVER"),
    ("mail.user", "ADMIT_MAIL_USER"),
    ("mail.password-file", "ADMIT_MAIL_PASSWORD_FILE"),
    ("mail.password-command", "ADMIT_MAIL_PASSWORD_COMMAND"),
    ("mail.password-credential", "ADMIT_MAIL_PASSWORD_CREDENTIAL"),
    ("mail.ca-file", "ADMIT_MAIL_CA_FILE"),
    ("mail.timeout", "ADMIT_MAIL_TIMEOUT"),
    ("mail.folder", "ADMIT_MAIL_FOLDER"),
    ("mail.sender", "ADMIT_MAIL_SENDER"),
    ("mail.templates", "ADMIT_MAIL_TEMPLATES"),
    ("sms.command", "ADMIT_SMS_COMMAND"),
    ("sms.timeout", "ADMIT_SMS_TIMEOUT"),
    ("links.register", "ADMIT_LINKS_REGISTER"),
    ("links.reset", "ADMIT_LINKS_RESET"),
    ("links.confirm", "ADMIT_LINKS_CONFIRM"),
    ("gate.allow", "ADMIT_GATE_ALLOW"),
    ("gate.listen-panels", "ADMIT_GATE_LISTEN_PANELS"),
    ("support-contact", "ADMIT_SUPPORT_CONTACT"),
];

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// An option on the command line.
    Option(&'static str),
    /// A variable.
    Variable(&'static str),
    /// A line of a file.
    File {
        /// Which file.
        path: PathBuf,
        /// Which line, counted from 1.
        line: usize,
    },
    /// The default.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Option(name) => write!(f, "option --{name}"),
            Self::Variable(name) => f.write_str(name),
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::Default => f.write_str("default"),
        }
    }
}

/// A value that knows where it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting<T> {
    /// The value.
    pub value: T,
    /// Where it came from.
    pub origin: Origin,
}

/// A file that was looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigFile {
    /// Where.
    pub path: PathBuf,
    /// Whether it is there.
    pub found: bool,
}

/// Something odd that is no error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What.
    pub message: String,
    /// The command.
    pub hint: Option<Hint>,
}

/// A line of `config show`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigRow {
    /// The key as in a file.
    pub key: &'static str,
    /// The value, with passwords masked; none where nothing is set.
    pub value: Option<String>,
    /// Where it came from.
    pub origin: Origin,
}

/// The variables that the operator's programs get, and nothing else of ours: a panel's environment may hold secrets.
pub(super) fn program_environment(vars: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let path = vars
        .get("PATH")
        .map_or("/usr/local/bin:/usr/bin:/bin", String::as_str);
    let others = ["LANG", "HOME"]
        .into_iter()
        .filter_map(|name| Some((name, vars.get(name)?.as_str())));
    std::iter::once(("PATH", path))
        .chain(others)
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

/// The line of `config show` about a setting.
pub(super) fn row<T>(
    key: &'static str,
    setting: &Setting<T>,
    show: impl Fn(&T) -> Option<String>,
) -> ConfigRow {
    ConfigRow {
        key,
        value: show(&setting.value),
        origin: setting.origin.clone(),
    }
}
