//! Races and crashes with real processes: whatever happens at once happens as if one came after the other, and
//! whatever is killed leaves all or nothing.
//!
//! Processes that were started before stand at a barrier, one thread each, and are written to at once. Nothing here
//! asserts how long anything takes; who does not answer in [`PATIENCE`] is killed, and the test fails. The races take
//! turns, so that each has the machine to itself. A server gets fewer rounds of each (`engine::ONE_ROUND_IN`), and so does
//! everybody who does not ask for [`ALL`] of them.
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

/// Whether every round is run: `ADMIT_RACES=all cargo test --locked races`, read when the tests are compiled. Otherwise
/// one round in four is run, since a claim without its condition shows in the first rounds (`file_only::control`).
const ALL: bool = option_env!("ADMIT_RACES").is_some();

/// How many rounds are run here and now, of those that a race has on a file; at least two.
const fn rounds(on_a_file: usize) -> usize {
    let wanted = on_a_file / ONE_ROUND_IN / if ALL { 1 } else { 4 };
    if wanted < 2 { 2 } else { wanted }
}

/// How many times something is killed here and now, of those on a file: half as often on a server, and half as often
/// without [`ALL`], since each kill comes at another moment.
const fn kills(on_a_file: usize) -> usize {
    let on_this = if ONE_ROUND_IN == 1 { 1 } else { 2 };
    on_a_file / on_this / if ALL { 1 } else { 2 }
}

/// Evenly distributed from nothing to `most`.
fn some_of(most: Duration) -> Duration {
    let bytes: [u8; 4] = Entropy::os().bytes().unwrap();
    most.mul_f64(f64::from(u32::from_le_bytes(bytes)) / f64::from(u32::MAX))
}
