//! Tables of other tools in a store file: listed, and dropped on request.

use super::fault::Fault;
use super::schema::helper;
use super::{Done, Store, Tx};

impl Store {
    /// The tables that known tools created in the file, by name. A server has none.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn helper_tables(&mut self) -> Result<Vec<&'static str>, Fault> {
        let parts = self.db.structure()?;
        let mut names: Vec<_> = parts.iter().filter_map(helper).map(|it| it.name).collect();
        names.sort_unstable();
        Ok(names)
    }

    /// Drops such tables; `record` records that.
    ///
    /// # Errors
    /// Those of the engine and of `record`.
    pub fn drop_helper_tables(
        &mut self,
        names: &[&'static str],
        mut record: impl FnMut(&mut Tx<'_>) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.change(|tx| {
            for name in names {
                tx.sql.batch(&format!("drop table if exists {name}"))?;
            }
            record(tx)?;
            Ok::<_, Fault>(Done::recorded(()))
        })
    }
}
