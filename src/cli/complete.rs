//! What could be typed next: people, panels, roles, keys. Read-only, and silent on any error.

use std::ffi::OsStr;

use clap_complete::CompletionCandidate;

use super::args::GlobalArgs;
use super::config::Config;
use super::env::completion_variables;
use crate::domain::panel::setting_names;
use crate::domain::role::BuiltIn;
use crate::domain::store_policy::STORE_KEYS;
use crate::store::{Fault, Store, TrustFilter};
use crate::vault::{Entropy, LastSeenList, Vault};

/// So many addresses at the most: a screenful.
const MOST: i64 = 100;

/// Addresses that begin with what was typed.
pub fn people(typed: &OsStr) -> Vec<CompletionCandidate> {
    let prefix = typed.to_string_lossy().to_ascii_lowercase();
    with_store(|store| store.read(|tx| tx.addresses_with_prefix(&prefix, MOST)))
}

/// Panels.
pub fn panels(typed: &OsStr) -> Vec<CompletionCandidate> {
    let prefix = typed.to_string_lossy().into_owned();
    with_store(|store| {
        let panels = store.read(|tx| tx.panels())?;
        Ok(panels
            .into_iter()
            .map(|panel| panel.name)
            .filter(|name| name.starts_with(&prefix))
            .collect())
    })
}

/// Ids of trusted IPs, with where and for whom they count.
pub fn trusted(typed: &OsStr) -> Vec<CompletionCandidate> {
    let prefix = typed.to_string_lossy().into_owned();
    let mut found = Vec::new();
    let looked = open().map(|mut store| {
        store.read(|tx| {
            tx.each_trust(&TrustFilter::default(), |listed| {
                let id = listed.trust.id.to_string();
                if id.starts_with(&prefix) {
                    let whom = listed.address.as_deref().unwrap_or("everyone");
                    let help = format!("{} for {whom}", listed.trust.network);
                    found.push(CompletionCandidate::new(id).help(Some(help.into())));
                }
                Ok::<bool, Fault>(i64::try_from(found.len()).is_ok_and(|count| count < MOST))
            })
        })
    });
    match looked {
        Some(Ok(())) => found,
        _ => Vec::new(),
    }
}

/// Roles.
pub fn roles(typed: &OsStr) -> Vec<CompletionCandidate> {
    let prefix = typed.to_string_lossy().into_owned();
    BuiltIn::ALL
        .into_iter()
        .map(BuiltIn::as_str)
        .filter(|name| name.starts_with(&prefix))
        .map(CompletionCandidate::new)
        .collect()
}

/// Keys of a panel's settings, and panels, which may stand in front of them.
pub fn panel_settings(typed: &OsStr) -> Vec<CompletionCandidate> {
    let mut found = keys(typed, setting_names());
    found.extend(panels(typed));
    found
}

/// Keys of the store's settings.
pub fn store_settings(typed: &OsStr) -> Vec<CompletionCandidate> {
    keys(typed, STORE_KEYS.iter().map(|key| key.name))
}

fn keys(typed: &OsStr, names: impl Iterator<Item = &'static str>) -> Vec<CompletionCandidate> {
    let prefix = typed.to_string_lossy().into_owned();
    names
        .filter(|name| name.starts_with(&prefix))
        .map(|name| CompletionCandidate::new(format!("{name}=")))
        .collect()
}

fn with_store(
    look: impl FnOnce(&mut Store) -> Result<Vec<String>, Fault>,
) -> Vec<CompletionCandidate> {
    let found = open()
        .and_then(|mut store| look(&mut store).ok())
        .unwrap_or_default();
    found.into_iter().map(CompletionCandidate::new).collect()
}

fn open() -> Option<Store> {
    let vars = completion_variables();
    let system = std::path::Path::new(super::env::SYSTEM_CONFIG);
    let config = Config::load(&GlobalArgs::default(), &vars, system).ok()?;
    let vault = Vault::from_file(&config.key_file.value, Entropy::os()).ok()?;
    let mut store = Store::open(&config.location(), vault, false).ok()?;
    // An older copy may bring back people who were erased.
    store.watch(LastSeenList::beside(&config.key_file.value)).ok()?;
    Some(store)
}
