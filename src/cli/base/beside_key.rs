//! What is kept beside the key of a store: how far it had come, and who was erased (U4).

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
                    .status(&format!("The store was moved here from {from}"));
            }
            Some(Arrival::AlsoAt { other }) => {
                self.ui.status(&format!(
                    "This store was also seen at {other}: if that is another database, one of the two is a copy"
                ));
            }
            Some(Arrival::Copy { of }) => {
                self.ui.warning(&format!(
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

/// Where it is kept what was seen of stores.
pub(in crate::cli) fn seen_list(config: &Config) -> LastSeenList {
    LastSeenList::beside(&config.key_file.value)
}

/// Who was erased from a store, as the list beside the key has it.
pub(in crate::cli) fn erased_from(
    config: &Config,
    store: &[u8; 16],
) -> Result<BTreeSet<AccountRef>, CliError> {
    let list = ErasedList::beside(&config.key_file.value);
    list.of(store).map_err(|error| {
        CliError::failed(format!(
            "who was erased cannot be told: {}: {}",
            list.path().display(),
            in_words(&error)
        ))
        .hinted("nothing was changed; mend that file first, so that nobody comes back")
    })
}

/// The latest epoch of a store that was seen anywhere.
pub(in crate::cli) fn latest_epoch(config: &Config, store: &[u8; 16]) -> i64 {
    let sightings = seen_list(config).of(store);
    let epochs = sightings.iter().map(|sighting| sighting.seen.epoch);
    epochs.max().unwrap_or(0)
}
