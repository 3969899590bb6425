//! Tries at an account that end without a verdict on a password.

use jiff::Timestamp;

use super::Tx;
use super::fault::Fault;
use super::rows::ms;

impl Tx<'_> {
    /// A try at a locked account, which is not looked at.
    pub fn note_try(&self, id: i64, now: Timestamp) -> Result<(), Fault> {
        self.sql.exec(
            "update account set last_try_at = $1 where id = $2",
            &[&ms(now), &id],
        )?;
        Ok(())
    }

    /// Tries without a verdict count from now on as wrong passwords: what looked at them has died (L8).
    pub fn count_unanswered(&self, id: i64) -> Result<(), Fault> {
        self.sql.exec(
            "update account set wrong = wrong + open_tries, open_tries = 0 where id = $1",
            &[&id],
        )?;
        Ok(())
    }
}
