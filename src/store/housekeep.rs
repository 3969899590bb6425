//! Expired rows: found in the order of keys, a limited number at a time, and deleted row by row.
//!
//! A row is checked again when it is deleted, because it was found in another transaction.

use jiff::Timestamp;

use super::Tx;
use super::engine::{Param, Row};
use super::fault::Fault;
use super::rows::{Columns, ms};
use super::trusted::{TRUST, trust_row};
use crate::domain::trusted_ip::Trust;

/// A kind of row that expires at one instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remnant {
    /// Sign-in tokens, by expiry.
    Tickets,
    /// Codes sent by mail or SMS, by expiry.
    SentCodes,
    /// Pending second-factor set-ups, by expiry.
    FactorOffers,
    /// Wrong codes, by the time they were typed.
    WrongCodes,
    /// Wrong passwords by IP, by the time they were typed.
    WrongIps,
    /// Counts of attempts at unknown addresses, by the last attempt.
    UnknownLogins,
    /// Counts of limited requests, by start.
    Requests,
    /// Unconfirmed changes of address, by the expiry of their link.
    AddressChanges,
    /// Previous addresses, by the end of their notices.
    FormerAddresses,
    /// Sessions, by the time they ended or reached their total limit.
    Sessions,
    /// Links of erased people, by the time they were revoked.
    RevokedLinks,
}

/// The key of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Key {
    /// A number.
    Id(i64),
    /// A keyed hash.
    Hash(Vec<u8>),
}

impl Key {
    fn param(&self) -> &dyn Param {
        match self {
            Self::Id(id) => id,
            Self::Hash(hash) => hash,
        }
    }
}

impl Remnant {
    /// A key before all others.
    pub fn first_key(self) -> Key {
        match self {
            Self::UnknownLogins | Self::Requests | Self::RevokedLinks => Key::Hash(Vec::new()),
            _ => Key::Id(i64::MIN),
        }
    }

    /// Table, key, and the condition for a row to have expired at `$1`.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Tickets => ("ticket", "id", "expires_at <= $1"),
            Self::SentCodes => ("sent_code", "id", "expires_at <= $1"),
            Self::FactorOffers => ("factor_offer", "account_id", "expires_at <= $1"),
            Self::WrongCodes => ("wrong_code", "id", "at <= $1"),
            Self::WrongIps => ("wrong_ip", "id", "at <= $1"),
            Self::UnknownLogins => ("stranger", "key", "coalesce(last_try_at, since_at) <= $1"),
            Self::Requests => ("request_count", "key", "since_at <= $1"),
            Self::AddressChanges => ("address_change", "account_id", "expires_at <= $1"),
            Self::FormerAddresses => ("former_address", "id", "until_at <= $1"),
            Self::RevokedLinks => ("revoked_link", "token_hash", "revoked_at <= $1"),
            Self::Sessions => (
                "session",
                "id",
                "(ended_at <= $1 or (ended_at is null and expires_at <= $1))",
            ),
        }
    }

    fn key(self, row: &Row<'_>) -> Result<Key, Fault> {
        let mut columns = Columns::of(self.words().0, row);
        Ok(match self {
            Self::UnknownLogins | Self::Requests | Self::RevokedLinks => Key::Hash(columns.blob()?),
            _ => Key::Id(columns.int()?),
        })
    }
}

impl Tx<'_> {
    /// The keys of rows that had expired at `before`, up to a limit, in the order of keys and after `after`.
    pub fn remnants(
        &self,
        kind: Remnant,
        before: Timestamp,
        after: &Key,
        most: i64,
    ) -> Result<Vec<Key>, Fault> {
        let (table, key, over) = kind.words();
        self.sql.all(
            &format!(
                "select {key} from {table} where {over} and {key} > $2 order by {key} limit $3"
            ),
            &[&ms(before), after.param(), &most],
            |row| kind.key(row),
        )
    }

    /// Deletes a row if it had expired at `before`. False: it had not, or is gone.
    pub fn delete_remnant(
        &self,
        kind: Remnant,
        key: &Key,
        before: Timestamp,
    ) -> Result<bool, Fault> {
        let (table, name, over) = kind.words();
        let changed = self.sql.exec(
            &format!("delete from {table} where {over} and {name} = $2"),
            &[&ms(before), key.param()],
        )?;
        Ok(changed == 1)
    }

    /// Passes trusted IPs that may have ended to `take`, until it says to stop, in the order of ids and after `after`:
    /// those whose stated end had passed at `now`, and those that were entered or last used at `begun` or before.
    pub fn each_trust_perhaps_over(
        &self,
        now: Timestamp,
        begun: Timestamp,
        after: i64,
        mut take: impl FnMut(&Trust) -> bool,
    ) -> Result<(), Fault> {
        self.sql.each(
            &format!(
                "select {TRUST} from trusted_ip where id > $1 and (until_at <= $2 or code_entered_at <= $3 \
                 or (until_at is null and code_entered_at is null and coalesce(last_used_at, created_at) <= $3)) \
                 order by id"
            ),
            &[&after, &ms(now), &ms(begun)],
            |row| Ok(take(&trust_row(row)?)),
        )
    }
}
