//! Finding out the result of a commit whose answer was lost.

use super::audit::Head;
use super::engine::Mode;
use super::fault::Fault;
use super::{Store, rows};

impl Store {
    /// Waits for a server that became unreachable, as long as a change would: to check what was just committed.
    ///
    /// # Errors
    /// [`Fault::Unreachable`]: it did not come back.
    pub fn wait_for_it(&mut self) -> Result<(), Fault> {
        let mut tries = 0;
        loop {
            tries += 1;
            match self.read(|_| Ok::<_, Fault>(())) {
                Err(fault) if self.db.try_again(&fault, tries) => {}
                outcome => return outcome,
            }
        }
    }

    /// After a commit whose answer was lost: was it made? Its last entry shows that, because no other has its hash.
    ///
    /// The lock on the chain, with which a write transaction starts, is granted only when the lost one has ended.
    pub(super) fn confirm_commit(
        &mut self,
        head: Option<Head>,
        place: String,
    ) -> Result<(), Fault> {
        let Some(head) = head else {
            // Without an entry it cannot be determined.
            return Err(Fault::Unsettled(place));
        };
        let mut tries = 0;
        let found = loop {
            tries += 1;
            match self.entry_hash(head.seq) {
                Err(fault) if self.db.try_again(&fault, tries) => {}
                Err(_) => return Err(Fault::Unsettled(place)),
                Ok(found) => break found,
            }
        };
        if found == Some(head.hash) {
            return Ok(());
        }
        Err(Fault::Retry)
    }

    fn entry_hash(&mut self, seq: i64) -> Result<Option<[u8; 32]>, Fault> {
        let tx = self.db.begin(Mode::Write)?;
        tx.one("select hash from audit where seq = $1", &[&seq], |row| {
            rows::Columns::of("audit", row).bytes()
        })
    }
}
