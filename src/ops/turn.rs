//! Waiting for a turn: while as many tries as may be wrong are being looked at, one more has to wait for their verdicts
//! (L8). It is the same for accounts and for addresses that nobody has.

use std::time::Duration;

use crate::store::Store;
use crate::vault::Secret;
use crate::vault::password::HashCosts;

use super::OpError;
use super::costs::dummy;

/// How long to wait while as many tries as are allowed are being looked at: 100 × 50 ms.
const WAITS: u32 = 100;

const WAIT: Duration = Duration::from_millis(50);

/// What became of a try that asked for its turn.
pub(super) struct Turn<T> {
    /// What `reserve` said; `None`: no turn came in time.
    pub(super) reserved: Option<T>,
    /// The work of a look was done while it waited.
    worked: bool,
}

impl<T> Turn<T> {
    /// For an answer without a look: does the work of one, unless that was done while it waited.
    pub(super) fn work(&self, costs: &HashCosts, password: &Secret<String>) -> Result<(), OpError> {
        if !self.worked {
            dummy(costs, password)?;
        }
        Ok(())
    }
}

/// Calls `reserve` until it says something. The first wait is not idle: the work of a look is done meanwhile, so that
/// tries that are looked at take no less time because another one waits, and whoever gets no look in the end has
/// waited no longer than those who get one.
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
