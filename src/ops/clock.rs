//! Accepting a clock that is behind the latest time in the store, because that time was wrong.

use jiff::Timestamp;

use crate::domain::event::Action;
use crate::domain::when::rfc3339;
use crate::store::{Done, Fault, Tx};

use super::Op;

/// Trusts the clock of this machine from now on. Returns the latest time recorded so far; nothing changes if
/// the clock is not behind it.
///
/// # Errors
/// A failing store.
pub fn accept_clock(
    tx: &mut Tx<'_>,
    op: &Op,
    reason: &str,
) -> Result<Done<Option<Timestamp>>, Fault> {
    let Some(seen) = tx.latest_time() else {
        return Ok(Done::nothing(None));
    };
    if !tx.accept_time(op.wall)? {
        return Ok(Done::nothing(None));
    }
    tx.record(
        op.event(Action::ClockAccepted)
            .with("was", rfc3339(seen))
            .with_words("reason", Some(reason)),
    )?;
    Ok(Done::recorded(Some(seen)))
}
