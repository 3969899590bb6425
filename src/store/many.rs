//! Work on many people at once: rows are looked up and written by the hundreds.

use std::collections::HashSet;

use super::Tx;
use super::engine::Param;
use super::fault::Fault;
use super::rows::Columns;
use crate::domain::address::Address;

impl Tx<'_> {
    /// Announces many people: looks up these addresses at once, so that unknown ones need not be looked up one by one.
    pub fn expect_many(&self, addresses: &[Address]) -> Result<(), Fault> {
        self.sql.expect_many();
        let keys: Vec<&str> = addresses.iter().map(Address::key).collect();
        let mut nobody: HashSet<String> = keys.iter().map(|key| (*key).to_owned()).collect();
        if !keys.is_empty() {
            let places: Vec<String> = (1..=keys.len()).map(|n| format!("${n}")).collect();
            let params: Vec<&dyn Param> = keys.iter().map(|key| key as &dyn Param).collect();
            let taken = self.sql.all(
                &format!(
                    "select address_key from account where address_key in ({})",
                    places.join(", ")
                ),
                &params,
                |row| Columns::of("account", row).text(),
            )?;
            for key in &taken {
                nobody.remove(key);
            }
        }
        self.nobody.replace(nobody);
        Ok(())
    }
}
