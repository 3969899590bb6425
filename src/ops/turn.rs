//! Waiting for a turn: while the maximum number of attempts is being checked, the next one waits for their
//! verdicts (L8). This is the same for accounts and for unknown addresses.

use std::time::Duration;

use jiff::SignedDuration;

use crate::store::Store;
use crate::vault::Secret;
use crate::vault::password::HashCosts;

use super::OpError;
use super::costs::dummy;

/// How long to wait while the maximum number of attempts is being checked: 100 × 50 ms.
const WAITS: u32 = 100;

const WAIT: Duration = Duration::from_millis(50);

/// When to try again after waiting in vain.
pub(super) const AT_ONCE_AGAIN: SignedDuration = SignedDuration::from_secs(5);

/// The result of an attempt that waited for its turn.
pub(super) struct Turn<T> {
    /// What `reserve` returned; `None`: no turn came in time.
    pub(super) reserved: Option<T>,
    /// The work of a check was done while it waited.
    worked: bool,
}

impl<T> Turn<T> {
    /// For an answer without a check: does the work of one, unless that was done while waiting.
    pub(super) fn work(&self, costs: &HashCosts, password: &Secret<String>) -> Result<(), OpError> {
        if !self.worked {
            dummy(costs, password)?;
        }
        Ok(())
    }
}

/// Calls `reserve` until it returns something. The first wait is not idle: the work of a check is done in the
/// meantime, so that attempts that are checked take no less time because another one waits, and those that
/// are not checked in the end have waited no longer than those that are.
pub(super) fn take_turn<T>(
    store: &mut Store,
    costs: &HashCosts,
    password: &Secret<String>,
    pause: &dyn Fn(Duration),
    mut reserve: impl FnMut(&mut Store) -> Result<Option<T>, OpError>,
) -> Result<Turn<T>, OpError> {
    let mut worked = false;
    let mut waits = 0;
    loop {
        let reserved = reserve(store)?;
        if reserved.is_some() || waits == WAITS {
            return Ok(Turn { reserved, worked });
        }
        if worked {
            pause(WAIT);
            waits += 1;
        } else {
            dummy(costs, password)?;
            worked = true;
        }
    }
}
