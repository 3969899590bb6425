//! The lists kept next to a store's key: its last known state, and who was erased (U4).

use std::collections::BTreeSet;

use super::config::Config;
use super::context::Context;
use super::error::{CliError, in_words};
use super::printed::{command, hint};
use crate::domain::account::AccountRef;
use crate::store::{Arrival, Store};
use crate::vault::{ErasedList, LastSeenList};

impl Context {
    /// Says so if the store is at another place than before, or a copy of one that still exists.
    pub(in crate::cli) fn name_copy(&mut self, store: &Store) {
        match store.arrival() {
            None | Some(Arrival::Known) => {}
            Some(Arrival::Moved { from }) => {
                self.ui
                    .status(format!("The store was moved here from {from}"));
            }
            Some(Arrival::AlsoAt { other }) => {
                self.ui.status(format!(
                    "This store has also been opened at {other}; if that is another database, one of the two is a copy"
                ));
            }
            Some(Arrival::Copy { of }) => {
                self.ui.warning(format!(
                    "{} is a copy of the store{}, which still exists: changes to one are not in the other",
                    store.place(),
                    of.as_ref().map(|of| format!(" {of}")).unwrap_or_default()
                ));
                self.ui.hint(hint!(
                    "if the store was moved, move the old file away; to keep working with both, run ",
                    command(&["store", "restore", "--accept"])
                ));
            }
        }
    }
}

/// The list of the last known states of stores.
pub(in crate::cli) fn seen_list(config: &Config) -> LastSeenList {
    LastSeenList::beside(&config.key_file.value)
}

/// The people erased from a store, according to the list next to the key.
pub(in crate::cli) fn erased_from(
    config: &Config,
    store: &[u8; 16],
) -> Result<BTreeSet<AccountRef>, CliError> {
    let list = ErasedList::beside(&config.key_file.value);
    list.of(store).map_err(|error| {
        CliError::failed(format!(
            "cannot read the list of erased people: {}: {}",
            list.path().display(),
            in_words(&error)
        ))
        .hinted("nothing was changed; fix that file first, so that erased people do not come back")
    })
}

/// The latest known generation ("epoch") of a store, at any place.
pub(in crate::cli) fn latest_epoch(config: &Config, store: &[u8; 16]) -> i64 {
    let sightings = seen_list(config).of(store);
    let epochs = sightings.iter().map(|sighting| sighting.seen.epoch);
    epochs.max().unwrap_or(0)
}
