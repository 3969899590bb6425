//! Moving a store to a new key.
//!
//! Three steps, each of which can be the last before a power cut: the new key is in the key file, durable; the store is told
//! that it is the current one, from when on everybody seals with it; and what was sealed before is sealed anew in batches,
//! which keep nobody waiting. The next run goes on where the last one stopped.

use crate::domain::event::Action;
use crate::store::{Done, Keys, Resealed, Store};
use crate::vault::KeyId;

use super::{Op, OpError};

/// Values that are sealed anew in one transaction.
const BATCH: i64 = 500;

/// How a store stands to its keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which key seals, and which one it is taking over from.
    pub keys: Keys,
    /// Values that are sealed.
    pub values: u64,
    /// Those of them that are sealed with another key than the current one.
    pub left: u64,
}

/// Looks.
///
/// # Errors
/// A failing store.
pub fn standing(store: &mut Store) -> Result<Standing, OpError> {
    store.read(|tx| {
        let (values, left) = tx.sealed_values()?;
        Ok(Standing {
            keys: tx.keys()?,
            values,
            left,
        })
    })
}

/// Makes `to` the key with which everything is sealed from now on, in the place of `from`. The key file must hold it
/// already. False: somebody else has just done so.
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

/// Seals anew what is sealed with an older key, until all is done or `tick`, which hears how many values each batch did,
/// says to stop. The end is recorded; that also makes the batches last through a power cut.
///
/// # Errors
/// A failing store; an older key that is not in the key file. What was sealed anew stays so.
pub fn reseal(
    store: &mut Store,
    op: &Op,
    tick: &mut dyn FnMut(u64) -> bool,
) -> Result<Resealed, OpError> {
    let mut so_far = Resealed::default();
    loop {
        while !so_far.is_complete() {
            let mut next = so_far;
            store.note(|tx| {
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
        // While this run was busy another one began to move to yet another key.
        so_far = so_far.begun_again();
    }
    // The log still has the pages as they were. If somebody is in the way, they go with the log.
    store.clear_log();
    Ok(so_far)
}

/// Records the end. False: the store's key is another one by now.
fn complete(store: &mut Store, op: &Op, resealed: Resealed) -> Result<bool, OpError> {
    store.change(|tx| {
        let keys = tx.keys()?;
        if !resealed.is_with(keys.current) {
            return Ok(Done::nothing(false));
        }
        // Another run, at the same time, may have been quicker.
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
