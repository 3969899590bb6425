//! The layers of settings, and which of them takes precedence.

use std::collections::BTreeMap;
use std::path::Path;

use clap::ValueEnum;
use jiff::tz::TimeZone;

use super::file::{self, Entries};
use super::paths::Places;
use super::setting::{ConfigFile, KEYS, Origin, Setting, Warning};
use crate::cli::base::error::CliError;
use crate::cli::base::global::GlobalArgs;
use crate::cli::base::printed::{command, hint};
use crate::domain::text::nearest;

/// Of each key the strongest word, as text.
#[derive(Default)]
pub(super) struct Layers {
    winners: Entries,
}

impl Layers {
    /// Collects options, variables and files, strongest first.
    pub(super) fn gather(
        global: &GlobalArgs,
        vars: &BTreeMap<String, String>,
        places: &Places,
        system_config: &Path,
    ) -> Result<(Self, Vec<ConfigFile>), CliError> {
        let mut layers = Self {
            winners: options(global),
        };
        layers.add(variables(vars));

        let named = match &global.config {
            Some(path) => Some((path.clone(), Origin::Option("config"))),
            None => set(vars, "ADMIT_CONFIG")
                .map(|path| (path.into(), Origin::Variable("ADMIT_CONFIG"))),
        };
        let mut files = Vec::new();
        let mut add = |path: &Path, entries: Option<Entries>| {
            files.push(ConfigFile {
                path: path.to_owned(),
                found: entries.is_some(),
            });
            layers.add(entries.unwrap_or_default());
        };
        if let Some((path, origin)) = named {
            let entries = file::read(&path)?.ok_or_else(|| {
                CliError::failed(format!(
                    "the file {} does not exist ({origin})",
                    path.display()
                ))
            })?;
            add(&path, Some(entries));
        } else if let Some(path) = places.user_config() {
            add(&path, file::read(&path)?);
        }
        add(system_config, file::read(system_config)?);
        Ok((layers, files))
    }

    fn add(&mut self, weaker: Entries) {
        for (key, setting) in weaker {
            self.winners.entry(key).or_insert(setting);
        }
    }

    /// The value of a key, or its default.
    pub(super) fn or_else<T>(
        &self,
        key: &str,
        parse: impl Fn(&str, &Origin) -> Result<T, String>,
        default: impl FnOnce() -> Result<T, CliError>,
    ) -> Result<Setting<T>, CliError> {
        match self.winners.get(key) {
            None => Ok(Setting {
                value: default()?,
                origin: Origin::Default,
            }),
            Some(Setting { value, origin }) => {
                let value = parse(value, origin).map_err(|problem| wrong(key, origin, &problem))?;
                Ok(Setting {
                    value,
                    origin: origin.clone(),
                })
            }
        }
    }

    /// The value of a key that need not have one.
    pub(super) fn optional<T>(
        &self,
        key: &str,
        parse: impl Fn(&str, &Origin) -> Result<T, String>,
    ) -> Result<Setting<Option<T>>, CliError> {
        self.or_else(
            key,
            |text, origin| parse(text, origin).map(Some),
            || Ok(None),
        )
    }
}

/// A wrong value. On the command line and in variables that is wrong usage; in a file the file is at fault.
pub(super) fn wrong(key: &str, origin: &Origin, problem: &str) -> CliError {
    match origin {
        Origin::Option(_) | Origin::Variable(_) => CliError::usage(format!("{origin}: {problem}")),
        _ => CliError::failed(format!("{origin}: `{key}`: {problem}")).hinted(hint!(
            "edit that line; ",
            command(&["config", "path"]),
            " lists the files that are read"
        )),
    }
}

/// A variable that is set to something.
fn set<'a>(vars: &'a BTreeMap<String, String>, name: &str) -> Option<&'a str> {
    vars.get(name)
        .map(String::as_str)
        .filter(|value| !value.is_empty())
}

fn options(global: &GlobalArgs) -> Entries {
    fn word<T: ValueEnum>(value: Option<T>) -> Option<String> {
        value.and_then(super::values::name_of)
    }
    let given = [
        ("store", global.store.clone()),
        ("panel", global.panel.clone()),
        ("output", word(global.output)),
        ("color", word(global.color)),
    ];
    given
        .into_iter()
        .filter_map(|(key, value)| {
            let setting = Setting {
                value: value?,
                origin: Origin::Option(key),
            };
            Some((key, setting))
        })
        .collect()
}

fn variables(vars: &BTreeMap<String, String>) -> Entries {
    KEYS.iter()
        .filter_map(|&(key, variable)| {
            let setting = Setting {
                value: set(vars, variable)?.to_owned(),
                origin: Origin::Variable(variable),
            };
            Some((key, setting))
        })
        .collect()
}

/// Refuses secrets in variables, and warns of names that mean nothing. Values are not looked at.
pub(super) fn check_variables(vars: &BTreeMap<String, String>) -> Result<Vec<Warning>, CliError> {
    let known = || KEYS.iter().map(|(_, name)| *name).chain(["ADMIT_CONFIG"]);
    let mut warnings = Vec::new();
    for name in vars.keys().filter(|name| name.starts_with("ADMIT_")) {
        if known().any(|known| known == name) {
            continue;
        }
        if names_a_secret(name) {
            return Err(CliError::usage(format!(
                "{name} is set, but secrets are not taken from variables"
            ))
            .hinted(format!(
                "run `unset {name}`; secrets come from a prompt, standard input, or a file"
            )));
        }
        let hint = match nearest(name, known()) {
            Some(known) => format!("did you mean {known}?").into(),
            None => hint!(command(&["config", "show"]), " lists the settings"),
        };
        warnings.push(Warning {
            message: format!("unknown variable {name}"),
            hint: Some(hint),
        });
    }
    warnings.extend(unknown_zone(vars));
    Ok(warnings)
}

/// `TZ` is not a known zone: times would silently be in UTC.
fn unknown_zone(vars: &BTreeMap<String, String>) -> Option<Warning> {
    let named = vars.get("TZ").filter(|named| !named.is_empty())?;
    let zone = named.strip_prefix(':').unwrap_or(named);
    let is_file = zone.starts_with('/') && Path::new(zone).is_file();
    if is_file || TimeZone::get(zone).is_ok() || TimeZone::posix(zone).is_ok() {
        return None;
    }
    Some(Warning {
        message: format!("unknown time zone in TZ: {zone}; times are in UTC"),
        hint: Some("set TZ to a name such as Europe/Berlin, or unset it".into()),
    })
}

fn names_a_secret(variable: &str) -> bool {
    let words = [
        "PASSWORD",
        "PASSWD",
        "PASSPHRASE",
        "PASS",
        "SECRET",
        "TOKEN",
        "KEY",
        "CODE",
        "PIN",
    ];
    variable.split('_').any(|part| words.contains(&part))
}
