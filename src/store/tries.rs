//! Attempts at an account that end without a verdict on a password.

use jiff::Timestamp;

use super::Tx;
use super::fault::Fault;
use super::rows::ms;

impl Tx<'_> {
    /// An attempt at a locked account, whose password is not checked.
    pub fn note_try(&self, id: i64, now: Timestamp) -> Result<(), Fault> {
        self.sql.exec(
            "update account set last_try_at = $1 where id = $2",
            &[&ms(now), &id],
        )?;
        Ok(())
    }

    /// From now on attempts without a verdict count as wrong passwords: the process that checked them has crashed
    /// (L8).
    pub fn count_unanswered(&self, id: i64) -> Result<(), Fault> {
        self.sql.exec(
            "update account set wrong = wrong + open_tries, open_tries = 0 where id = $1",
            &[&id],
        )?;
        Ok(())
    }
}
