//! The costs of the stored password hashes: found in steps along an index, so that it takes one lookup per cost and
//! not one per person.

use super::Tx;
use super::fault::Fault;
use super::rows::Columns;

impl Tx<'_> {
    /// The first beginning of a stored password hash that sorts after `after`, at most 35 characters
    /// (`vault::password::PHC_HEAD`).
    pub fn password_hash_after(&self, after: &str) -> Result<Option<String>, Fault> {
        Ok(self
            .sql
            .one(
                "select min(substr(password_hash, 1, 35)) from account where substr(password_hash, 1, 35) > $1",
                &[&after],
                |row| Columns::of("account", row).opt_text(),
            )?
            .flatten())
    }
}
