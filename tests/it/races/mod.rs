//! Races and crashes with real processes: whatever happens at once happens as if one came after the other, and
//! whatever is killed leaves all or nothing.
//!
//! Processes that were started before stand at a barrier, one thread each, and are written to at once. Nothing here
//! asserts how long anything takes; who does not answer in [`PATIENCE`] is killed, and the test fails. The races take
//! turns, so that each has the machine to itself. A server gets fewer rounds of each (`engine::ONE_ROUND_IN`).
//! `file_only::control` shows that the same harness finds a race where there is one.

#![expect(
    clippy::disallowed_methods,
    reason = "races wait, measure how long a run takes to kill it in the middle, and hand a job to their control"
)]

pub(crate) mod bulk;
mod code_crash;
mod codes;
mod crash;
mod guarded;
mod passwords;
mod processes;
mod rekey;
mod seen;
mod senders;
mod serial;
mod set_up;
mod tokens;
mod upgrade;
mod world;

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use admit::vault::Entropy;

use crate::engine::ONE_ROUND_IN;

pub(crate) use processes::{Process, at_once};
use processes::{Ran, ran, run_at_once};
pub(crate) use world::World;
use world::{
    address_link, invitation, later, link as link_of, op, op_at, registered, reset_link, sign_in,
};

/// So long an answer or an end is waited for. Far more than is ever needed: it is there so that a test ends.
pub(crate) const PATIENCE: Duration = Duration::from_mins(2);

pub(crate) const PASSWORD: &str = "correct horse battery staple";
const WRONG: &str = "not the password of anybody";

/// Races take turns.
pub(crate) fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// So many rounds are run on this engine, of those that a race has on a file.
const fn rounds(on_a_file: usize) -> usize {
    on_a_file / ONE_ROUND_IN
}

/// Evenly distributed from nothing to `most`.
fn some_of(most: Duration) -> Duration {
    let bytes: [u8; 4] = Entropy::os().bytes().unwrap();
    most.mul_f64(f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX))
}
