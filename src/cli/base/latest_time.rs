//! A clock that was set back brings nothing back: what a command does about the latest time that the store has seen.

use super::context::Context;
use super::error::CliError;
use super::opening::open_existing;
use super::printed::{command, hint};
use crate::domain::clock::{at_least, behind};
use crate::domain::when;
use crate::store::{Fault, Store};

impl Context {
    /// Opens the store that is there, whatever its latest time.
    pub fn store_at_this_time(&mut self) -> Result<Store, CliError> {
        let mut store = open_existing(&self.config, &self.entropy)?;
        self.adopt_role(&store);
        if self.dry_run() {
            store.dry_run();
        }
        Ok(store)
    }

    /// A clock that was set back brings nothing back: from here on the present is not before the latest time that the
    /// store has seen.
    pub(in crate::cli) fn heed_latest_time(&mut self, store: &mut Store) -> Result<(), CliError> {
        let seen = store.read(|tx| Ok::<_, Fault>(tx.latest_time()))?;
        self.now = at_least(self.now, seen);
        if let Some(gap) = behind(self.wall, seen) {
            self.ui.warning(format!(
                "the clock of this machine is {} behind the latest time in the store, {}; expiry is judged by that time",
                when::span(gap),
                when::local(self.now, &self.tz)
            ));
            self.ui.hint(hint!(
                "set the clock right; if it is right and was ahead before, accept it with ",
                command(&["store", "check", "--accept-clock"])
            ));
        }
        Ok(())
    }
}
