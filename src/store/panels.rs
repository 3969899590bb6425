//! Panels, their settings, and the settings of the store.

use jiff::Timestamp;

use super::Tx;
use super::fault::Fault;
use super::rows::{Columns, ms};
use crate::domain::panel::Panel;
use crate::domain::policy::Policy;
use crate::domain::store_policy::StorePolicy;

impl Tx<'_> {
    /// Every panel with its policy, in order of creation.
    pub fn panels(&self) -> Result<Vec<Panel>, Fault> {
        let settings = self.sql.all(
            "select panel_id, key, value from panel_setting order by panel_id, key",
            &[],
            |row| {
                let mut columns = Columns::of("panel_setting", row);
                Ok((columns.int()?, columns.text()?, columns.text()?))
            },
        )?;
        self.sql.all(
            "select id, name, trial_ends_at from panel order by id",
            &[],
            |row| {
                let mut columns = Columns::of("panel", row);
                let id = columns.int()?;
                let name = columns.text()?;
                let trial_ends_at = columns.opt_time()?;
                let own = settings
                    .iter()
                    .filter(|(panel_id, ..)| *panel_id == id)
                    .map(|(_, key, value)| (key.as_str(), value.as_str()));
                let policy = Policy::from_settings(own).map_err(|e| {
                    Fault::Other(format!("cannot read the policy of panel {name}: {e}"))
                })?;
                Ok(Panel {
                    id,
                    name,
                    trial_ends_at,
                    policy,
                })
            },
        )
    }

    /// Adds a panel.
    pub fn add_panel(&self, name: &str, now: Timestamp) -> Result<i64, Fault> {
        self.sql.insert(
            "insert into panel (name, created_at) values ($1, $2)",
            &[&name, &ms(now)],
        )
    }

    /// Sets one key of a panel's policy; `None` resets it to the default.
    pub fn set_panel_setting(
        &self,
        panel_id: i64,
        key: &str,
        value: Option<&str>,
    ) -> Result<(), Fault> {
        self.sql.exec(
            "delete from panel_setting where panel_id = $1 and key = $2",
            &[&panel_id, &key],
        )?;
        if let Some(value) = value {
            self.sql.exec(
                "insert into panel_setting (panel_id, key, value) values ($1, $2, $3)",
                &[&panel_id, &key, &value],
            )?;
        }
        Ok(())
    }

    /// Sets the end of a panel's trial.
    pub fn set_trial_end(&self, panel_id: i64, end: Option<Timestamp>) -> Result<(), Fault> {
        self.sql.exec(
            "update panel set trial_ends_at = $1 where id = $2",
            &[&super::rows::opt_ms(end), &panel_id],
        )?;
        Ok(())
    }

    /// The settings of the whole store.
    pub fn store_policy(&self) -> Result<StorePolicy, Fault> {
        let settings = self.sql.all(
            "select key, value from store_setting order by key",
            &[],
            |row| {
                let mut columns = Columns::of("store_setting", row);
                Ok((columns.text()?, columns.text()?))
            },
        )?;
        let mut policy = StorePolicy::default();
        for (key, value) in settings {
            policy
                .set(&key, &value)
                .map_err(|e| Fault::Other(format!("cannot read a setting of the store: {e}")))?;
        }
        Ok(policy)
    }

    /// Sets a setting of the store.
    pub fn set_store_setting(&self, key: &str, value: &str) -> Result<(), Fault> {
        self.sql.exec(
            "insert into store_setting (key, value) values ($1, $2) \
             on conflict (key) do update set value = excluded.value",
            &[&key, &value],
        )?;
        Ok(())
    }

    /// Resets a setting of the store to its default.
    pub fn clear_store_setting(&self, key: &str) -> Result<(), Fault> {
        self.sql
            .exec("delete from store_setting where key = $1", &[&key])?;
        Ok(())
    }

    /// How many people have running access to a panel at `now`, registered or not.
    pub fn count_running(&self, panel_id: i64, now: Timestamp) -> Result<i64, Fault> {
        let count = self.sql.one(
            "select count(*) from access where panel_id = $1 and removed_at is null \
             and (until_at is null or until_at > $2)",
            &[&panel_id, &ms(now)],
            |row| Columns::of("access", row).int(),
        )?;
        Ok(count.unwrap_or(0))
    }
}
