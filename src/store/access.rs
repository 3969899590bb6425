//! Accesses: who may enter which panel.

use jiff::Timestamp;

use super::Tx;
use super::engine::Row;
use super::fault::Fault;
use super::rows::{Columns, ms, opt_ms};
use crate::domain::access::Access;

pub(super) const ACCESS: &str = "access.id, access.account_id, access.panel_id, access.role, access.granted_at, access.renewed_at, access.until_at, access.removed_at";

pub(super) fn read_access(columns: &mut Columns<'_, '_>) -> Result<Access, Fault> {
    Ok(Access {
        id: columns.int()?,
        account_id: columns.int()?,
        panel_id: columns.int()?,
        role: columns.text()?,
        granted_at: columns.time()?,
        renewed_at: columns.opt_time()?,
        until: columns.opt_time()?,
        removed_at: columns.opt_time()?,
    })
}

fn access(row: &Row<'_>) -> Result<Access, Fault> {
    read_access(&mut Columns::of("access", row))
}

impl Tx<'_> {
    /// The account's access to one panel, removed or not.
    pub fn access(&self, account_id: i64, panel_id: i64) -> Result<Option<Access>, Fault> {
        self.sql.one(
            &format!("select {ACCESS} from access where account_id = $1 and panel_id = $2"),
            &[&account_id, &panel_id],
            access,
        )
    }

    /// Every access of the account, removed or not, in the order of panels.
    pub fn accesses(&self, account_id: i64) -> Result<Vec<Access>, Fault> {
        self.sql.all(
            &format!("select {ACCESS} from access where account_id = $1 order by panel_id"),
            &[&account_id],
            access,
        )
    }

    /// Gives access for the first time.
    pub fn add_access(
        &self,
        account_id: i64,
        panel_id: i64,
        role: &str,
        until: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), Fault> {
        self.sql.exec(
            "insert into access (account_id, panel_id, role, granted_at, until_at) values ($1, $2, $3, $4, $5)",
            &[&account_id, &panel_id, &role, &ms(now), &opt_ms(until)],
        )?;
        Ok(())
    }

    /// Restores access that had expired or was removed.
    pub fn renew_access(
        &self,
        id: i64,
        role: &str,
        until: Option<Timestamp>,
        now: Timestamp,
    ) -> Result<(), Fault> {
        self.sql.exec(
            "update access set role = $1, until_at = $2, removed_at = null, renewed_at = $3 where id = $4",
            &[&role, &opt_ms(until), &ms(now), &id],
        )?;
        Ok(())
    }

    /// Writes role and end of an access, and restores it if it was removed.
    pub fn set_access(&self, id: i64, role: &str, until: Option<Timestamp>) -> Result<(), Fault> {
        self.sql.exec(
            "update access set role = $1, until_at = $2, removed_at = null where id = $3",
            &[&role, &opt_ms(until), &id],
        )?;
        Ok(())
    }

    /// Removes an access. False if it was removed already.
    pub fn remove_access(&self, id: i64, now: Timestamp) -> Result<bool, Fault> {
        let changed = self.sql.exec(
            "update access set removed_at = $1 where id = $2 and removed_at is null",
            &[&ms(now), &id],
        )?;
        Ok(changed == 1)
    }
}
