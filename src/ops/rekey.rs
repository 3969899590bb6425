//! Changing the key of a store.
//!
//! Three steps, each of which can be the last before a power cut: the new key is written to the key file and
//! synced; the store records it as the current key, so that everything is encrypted with it from then on; and
//! existing data is re-encrypted in batches, so that nothing waits for long. The next run continues where the
//! last one stopped.

use crate::domain::event::Action;
use crate::store::{Done, Keys, Resealed, Store};
use crate::vault::KeyId;

use super::{Op, OpError};

/// Values re-encrypted in one transaction.
const BATCH: i64 = 500;

/// The state of a store's keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyState {
    /// The current key, and the one it replaces.
    pub keys: Keys,
    /// Encrypted values.
    pub values: u64,
    /// Values that are still encrypted with another key than the current one.
    pub left: u64,
}

/// Reads the state.
///
/// # Errors
/// A failing store.
pub fn key_state(store: &mut Store) -> Result<KeyState, OpError> {
    store.read(|tx| {
        let (values, left) = tx.sealed_values()?;
        Ok(KeyState {
            keys: tx.keys()?,
            values,
            left,
        })
    })
}

/// Makes `to` the key that encrypts everything from now on, instead of `from`. The key file must contain it
/// already. False: another run has just done so.
///
/// # Errors
/// A failing store.
pub fn change_key(store: &mut Store, op: &Op, from: KeyId, to: KeyId) -> Result<bool, OpError> {
    store.change(|tx| {
        if !tx.change_key(from, to)? {
            return Ok(Done::nothing(false));
        }
        tx.record(
            op.event(Action::StoreRekeyed)
                .with("before", from.to_string())
                .with("after", to.to_string()),
        )?;
        Ok(Done::recorded(true))
    })
}

/// Re-encrypts what was encrypted with an older key, until all is done or `tick`, which gets the number of
/// values per batch, says to stop. The end is recorded, which also syncs the batches.
///
/// # Errors
/// A failing store; an older key that is not in the key file. What has been re-encrypted stays so.
pub fn reseal(
    store: &mut Store,
    op: &Op,
    tick: &mut dyn FnMut(u64) -> bool,
) -> Result<Resealed, OpError> {
    let mut so_far = Resealed::default();
    loop {
        while !so_far.is_complete() {
            let mut next = so_far;
            store.change_relaxed(|tx| {
                next = tx.reseal(so_far, BATCH)?;
                Ok::<_, OpError>(())
            })?;
            let done = next.done - so_far.done;
            so_far = next;
            if !tick(done) {
                return Ok(so_far);
            }
        }
        if complete(store, op, so_far)? {
            break;
        }
        // While this run was working, another one began to change to yet another key.
        so_far = so_far.begun_again();
    }
    // The write-ahead log still has the pages as they were. If a reader prevents clearing it, they disappear
    // with the log.
    store.clear_log();
    Ok(so_far)
}

/// Records the end. False: the store's key has changed again.
fn complete(store: &mut Store, op: &Op, resealed: Resealed) -> Result<bool, OpError> {
    store.change(|tx| {
        let keys = tx.keys()?;
        if !resealed.is_with(keys.current) {
            return Ok(Done::nothing(false));
        }
        // Another run at the same time may have been faster.
        if !tx.end_change_of_key()? {
            return Ok(Done::nothing(true));
        }
        tx.record(
            op.event(Action::StoreResealed)
                .with("key", keys.current.to_string())
                .with("former", keys.former.map(|key| key.to_string()))
                .with("values", resealed.done)
                .with("damaged", resealed.damaged),
        )?;
        Ok(Done::recorded(true))
    })
}
