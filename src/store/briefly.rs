//! Changes that may be left out, and so never wait for long.

use super::engine::Mode;
use super::fault::Fault;
use super::{Done, Store, StoreError, Tx};

impl Store {
    /// Changes the store unless somebody else is writing to it: for what may be left out because the next request does
    /// it again. Waits for other writers only for an instant. False: nothing was changed.
    ///
    /// # Errors
    /// As [`Store::change`], except that a store that is busy or unreachable is not an error.
    pub fn change_briefly<E: StoreError>(
        &mut self,
        mut work: impl FnMut(&mut Tx<'_>) -> Result<Done<()>, E>,
    ) -> Result<bool, E> {
        match self.attempt(Mode::Brief, &mut work) {
            Ok(()) => Ok(true),
            Err(error)
                if error.fault().is_some_and(|fault| {
                    fault.is_passing() || matches!(fault, Fault::Unsettled(_))
                }) =>
            {
                Ok(false)
            }
            Err(error) => Err(error),
        }
    }
}
