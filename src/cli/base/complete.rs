//! What can follow on the line: people, panels, roles, statuses, settings. Read-only, and silent on any error.

use std::ffi::{OsStr, OsString};
use std::sync::OnceLock;
use std::sync::mpsc;
use std::time::Duration;

use clap_complete::CompletionCandidate;

use super::config::Config;
use super::env::completion_variables;
use super::global::GlobalArgs;
use crate::domain::admission::list_statuses;
use crate::domain::key::Key;
use crate::domain::panel::{NEVER, TRIAL_ENDS, TRIAL_ENDS_ABOUT};
use crate::domain::policy::{POLICY_KEYS, Policy};
use crate::domain::role::BuiltIn;
use crate::domain::store_policy::{STORE_KEYS, StorePolicy};
use crate::store::{Fault, Store, TrustFilter};
use crate::vault::{Entropy, LastSeenList, Vault};

/// The most candidates from the store: a screenful.
const MOST: i64 = 100;

/// How long the store may take: an unreachable database must not block the line.
const PATIENCE: Duration = Duration::from_secs(1);

/// The words that settings can have as a value; each setting takes some of them.
const WORDS: [&str; 11] = [
    "off",
    "optional",
    "required",
    "many",
    "one-refuse",
    "one-replace",
    "app",
    "mail",
    "sms",
    "app,mail",
    "app,mail,sms",
];

/// The store, settings file and panel that are named on the line.
static ON_LINE: OnceLock<GlobalArgs> = OnceLock::new();

/// Takes over the options that say which store and settings to ask.
pub fn on_line(words: &[OsString]) {
    let mut named = GlobalArgs::default();
    let mut words = words.iter().map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        let (option, value) = match word.split_once('=') {
            Some((option, value)) => (option, Some(value.to_owned())),
            None => (word.as_ref(), None),
        };
        if !matches!(option, "--store" | "--config") {
            continue;
        }
        let value = value.or_else(|| words.next().map(|word| word.into_owned()));
        match option {
            "--store" => named.store = value,
            _ => named.config = value.map(Into::into),
        }
    }
    let _ = ON_LINE.set(named);
}

/// Addresses that begin with what was typed.
pub fn people(typed: &OsStr) -> Vec<CompletionCandidate> {
    let prefix = typed.to_string_lossy().to_ascii_lowercase();
    from_store(move |store| {
        let found = store.read(|tx| tx.addresses_with_prefix(&prefix, MOST))?;
        Ok(found.into_iter().map(CompletionCandidate::new).collect())
    })
}

/// Panels.
pub fn panels(typed: &OsStr) -> Vec<CompletionCandidate> {
    let prefix = typed.to_string_lossy().into_owned();
    from_store(move |store| {
        let panels = store.read(|tx| tx.panels())?;
        let names = panels.into_iter().map(|panel| panel.name);
        Ok(names
            .filter(|name| name.starts_with(&prefix))
            .map(CompletionCandidate::new)
            .collect())
    })
}

/// Ids of trusted IPs, with the network and the person.
pub fn trusted(typed: &OsStr) -> Vec<CompletionCandidate> {
    let prefix = typed.to_string_lossy().into_owned();
    from_store(move |store| {
        let mut found = Vec::new();
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
        })?;
        Ok(found)
    })
}

/// Roles.
pub fn roles(typed: &OsStr) -> Vec<CompletionCandidate> {
    beginning_with(typed, BuiltIn::ALL.into_iter().map(BuiltIn::as_str))
}

/// Statuses that `list` filters by.
pub fn statuses(typed: &OsStr) -> Vec<CompletionCandidate> {
    beginning_with(typed, list_statuses())
}

/// A panel's settings, and panels, whose name can come first.
pub fn panel_settings(typed: &OsStr) -> Vec<CompletionCandidate> {
    let mut found = settings::<Policy>(typed, POLICY_KEYS);
    found.extend(trial(typed));
    found.extend(panels(typed));
    found
}

/// The store's settings.
pub fn store_settings(typed: &OsStr) -> Vec<CompletionCandidate> {
    settings::<StorePolicy>(typed, STORE_KEYS)
}

fn beginning_with(
    typed: &OsStr,
    words: impl IntoIterator<Item = &'static str>,
) -> Vec<CompletionCandidate> {
    let prefix = typed.to_string_lossy().into_owned();
    words
        .into_iter()
        .filter(|word| word.starts_with(&prefix))
        .map(CompletionCandidate::new)
        .collect()
}

/// Keys, or once the `=` is typed, the words that the key takes.
fn settings<P: Default>(typed: &OsStr, keys: &'static [Key<P>]) -> Vec<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let Some((name, value)) = typed.split_once('=') else {
        let fitting = keys.iter().filter(|key| key.name.starts_with(&*typed));
        return fitting.map(|key| candidate(key.name, key.about)).collect();
    };
    let takes = |key: &Key<P>, word: &str| key.set(&mut P::default(), word).is_ok();
    let Some(key) = keys.iter().find(|key| key.name == name) else {
        return Vec::new();
    };
    // A key that takes any text has no words of its own.
    if takes(key, "no such word") || takes(key, "no-such-word") {
        return Vec::new();
    }
    WORDS
        .into_iter()
        .filter(|word| word.starts_with(value) && takes(key, word))
        .map(|word| CompletionCandidate::new(format!("{name}={word}")))
        .collect()
}

fn trial(typed: &OsStr) -> Option<CompletionCandidate> {
    let typed = typed.to_string_lossy();
    let never = format!("{TRIAL_ENDS}={NEVER}");
    let (fits, found) = if typed.contains('=') {
        (never.starts_with(&*typed), CompletionCandidate::new(&never))
    } else {
        let key = candidate(TRIAL_ENDS, TRIAL_ENDS_ABOUT);
        (TRIAL_ENDS.starts_with(&*typed), key)
    };
    fits.then_some(found)
}

fn candidate(key: &str, about: &str) -> CompletionCandidate {
    CompletionCandidate::new(format!("{key}=")).help(Some(about.to_owned().into()))
}

/// Asks the store, for as long as somebody at a keyboard waits. The thread that takes longer ends with the program.
fn from_store(
    look: impl FnOnce(&mut Store) -> Result<Vec<CompletionCandidate>, Fault> + Send + 'static,
) -> Vec<CompletionCandidate> {
    let (answer, answered) = mpsc::channel();
    std::thread::spawn(move || {
        let found = open().and_then(|mut store| look(&mut store).ok());
        let _ = answer.send(found.unwrap_or_default());
    });
    answered.recv_timeout(PATIENCE).unwrap_or_default()
}

fn open() -> Option<Store> {
    let vars = completion_variables();
    let system = std::path::Path::new(super::env::SYSTEM_CONFIG);
    let named = ON_LINE.get().cloned().unwrap_or_default();
    let config = Config::load(&named, &vars, system).ok()?;
    let vault = Vault::from_file(&config.key_file.value, Entropy::os()).ok()?;
    let mut store = Store::open(&config.location(), vault, false).ok()?;
    // An older copy may bring back people who were erased.
    let list = LastSeenList::beside(&config.key_file.value);
    store.lost(&list).ok()?.is_none().then_some(store)
}
