//! Ending everything that works once or for a limited time, in the whole store at once: what an older copy brings back
//! (U4).

use jiff::Timestamp;

use super::Tx;
use super::fault::Fault;
use super::rows::{Columns, ms};
use crate::domain::account::AccountRef;

/// Rows that were ended.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AllEnded {
    /// Sessions.
    pub sessions: usize,
    /// Links of invitations.
    pub invitations: usize,
    /// Other links: for a new password, to a new address.
    pub links: usize,
    /// Sign-in tokens.
    pub tickets: usize,
    /// Codes by mail and SMS.
    pub sent_codes: usize,
    /// Backup codes.
    pub backup_codes: usize,
    /// Pending second-factor set-ups.
    pub factor_offers: usize,
    /// Trusted IPs of every kind.
    pub trusted_ips: usize,
    /// Pending changes of address.
    pub address_changes: usize,
}

impl Tx<'_> {
    /// Ends every session, link, token, code, pending set-up and trusted IP. Authenticator codes up to `step` are used
    /// up.
    pub fn end_everything(&self, step: i64, now: Timestamp) -> Result<AllEnded, Fault> {
        let now = ms(now);
        let run = |sql: &str| self.sql.exec(sql, &[&now]);
        let ended = AllEnded {
            sessions: run(
                "update session set ended_at = $1, ended_why = 'restored' where ended_at is null and expires_at > $1",
            )?,
            invitations: run(
                "update link set revoked_at = $1 where purpose = 'invitation' and used_at is null \
                 and revoked_at is null and superseded_at is null and expires_at > $1",
            )?,
            links: run(
                "update link set revoked_at = $1 where used_at is null and revoked_at is null \
                 and superseded_at is null and expires_at > $1",
            )?,
            tickets: run(
                "update ticket set used_at = $1 where used_at is null and expires_at > $1",
            )?,
            sent_codes: run(
                "update sent_code set superseded_at = $1, code = null where used_at is null \
                 and superseded_at is null and expires_at > $1",
            )?,
            backup_codes: run("update backup_code set used_at = $1 where used_at is null")?,
            factor_offers: self.sql.exec("delete from factor_offer", &[])?,
            trusted_ips: self.sql.exec("delete from trusted_ip", &[])?,
            address_changes: self.sql.exec("delete from address_change", &[])?,
        };
        self.forget_all_answers()?;
        self.sql.exec(
            "update second_factor set last_step = $1 where last_step < $1",
            &[&step],
        )?;
        Ok(ended)
    }

    /// Erases somebody who was erased from a later copy of the store, and is already on the list for it; links revoked
    /// after `since` are remembered. False if they are not in this store.
    pub fn erase_again(
        &mut self,
        who: &AccountRef,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<bool, Fault> {
        let found = self.sql.one(
            "select id from account where reference = $1",
            &[&who.as_slice()],
            |row| Columns::of("account", row).int(),
        )?;
        let Some(id) = found else {
            return Ok(false);
        };
        self.keep_revoked_links(id, since, now)?;
        self.erase_account(id)?;
        self.erased.pop();
        Ok(true)
    }

    /// Begins a generation after the store's own and the one that was seen; returns its number.
    pub fn begin_epoch(&self, seen: i64) -> Result<i64, Fault> {
        let (_, epoch) = self.creation()?;
        let next = epoch.max(seen).saturating_add(1);
        self.sql
            .exec("update store set epoch = $1 where id = 1", &[&next])?;
        Ok(next)
    }
}
