//! Work on many people at once: what is asked for and written row by row goes to the engine by hundreds.

use std::collections::HashSet;

use super::Tx;
use super::engine::Param;
use super::fault::Fault;
use super::rows::Columns;
use crate::domain::address::Address;

impl Tx<'_> {
    /// Many people are about to be looked for and written: asks for these addresses at once, so that those that nobody
    /// has need not be asked for one by one.
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
