//! Default locations.
//!
//! The key is kept separate from the store, so that a copy of one folder never contains both.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::cli::base::error::CliError;

/// The folders of one user, after the XDG rules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The folder for `~`; none if the caller has no home.
    pub home: Option<PathBuf>,
    /// Configuration and key.
    pub config: PathBuf,
    /// The store.
    pub data: PathBuf,
}

impl Places {
    /// The folders according to `HOME`, `XDG_CONFIG_HOME` and `XDG_DATA_HOME`. A relative path there counts for
    /// nothing, as the XDG rules have it. Without any the system's folders are used.
    pub fn of(vars: &BTreeMap<String, String>) -> Self {
        let absolute = |name: &str| {
            vars.get(name)
                .map(PathBuf::from)
                .filter(|path| path.is_absolute())
        };
        let home = absolute("HOME");
        let folder = |variable: &str, in_home: &str, else_in: &str| {
            absolute(variable)
                .or_else(|| home.as_ref().map(|home| home.join(in_home)))
                .map_or_else(|| PathBuf::from(else_in), |base| base.join("admit"))
        };
        Self {
            config: folder("XDG_CONFIG_HOME", ".config", "/etc/admit"),
            data: folder("XDG_DATA_HOME", ".local/share", "/var/lib/admit"),
            home,
        }
    }

    /// The user's configuration file; none where that would be the system's.
    pub(super) fn user_config(&self) -> Option<PathBuf> {
        let system = Path::new("/etc/admit");
        (self.config != system).then(|| self.config.join("config.toml"))
    }

    /// The default store.
    pub(super) fn store(&self) -> Result<String, CliError> {
        let path = self.data.join("admit.db");
        path.into_os_string().into_string().map_err(|path| {
            CliError::failed(format!("{} is not UTF-8", path.to_string_lossy()))
                .hinted("use --store to set the store")
        })
    }
}

/// A folder next to the store if the store is a file, else in `data`.
pub(super) fn beside(store: &str, data: &Path, name: &str) -> PathBuf {
    let path = match store.split_once(':') {
        Some(("sqlite", rest)) => Some(rest.strip_prefix("//").unwrap_or(rest)),
        Some((_, rest)) if rest.starts_with("//") => None,
        _ => Some(store),
    };
    let file = path.map(|path| path.split('?').next().unwrap_or(path));
    match file.map(Path::new).and_then(Path::parent) {
        Some(folder) => folder.join(name),
        None => data.join(name),
    }
}
