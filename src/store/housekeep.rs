//! What is over: found in the order of keys, a limited number at a time, and deleted row by row.
//!
//! A row is looked at once more where it is deleted, since it was found in another transaction.

use jiff::Timestamp;

use super::Tx;
use super::engine::{Param, Row};
use super::fault::Fault;
use super::rows::{Columns, ms};
use super::trusted::{TRUST, trust_row};
use crate::domain::trusted_ip::Trust;

/// A kind of row that one instant tells to be over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remnant {
    /// Tickets, by their end.
    Tickets,
    /// Codes sent by mail or SMS, by their end.
    SentCodes,
    /// Second factors offered and not taken up, by the end of the offer.
    FactorOffers,
    /// Wrong codes, by when they were typed.
    WrongCodes,
    /// Wrong passwords by IP, by when they were typed.
    WrongIps,
    /// Counts of tries at unknown addresses, by the last try.
    Strangers,
    /// Counts of requests that have a limit, by when they began.
    Requests,
    /// Changes of address that were not confirmed, by the end of their link.
    AddressChanges,
    /// Addresses before, by when notices stopped going there.
    FormerAddresses,
    /// Sessions, by when they ended or came to their total limit.
    Sessions,
    /// Links of erased people, by when they were taken back.
    RevokedLinks,
}

/// What a row is found by.
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
            Self::Strangers | Self::Requests | Self::RevokedLinks => Key::Hash(Vec::new()),
            _ => Key::Id(i64::MIN),
        }
    }

    /// Table, key, and what makes a row over at `$1`.
    fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Tickets => ("ticket", "id", "expires_at <= $1"),
            Self::SentCodes => ("sent_code", "id", "expires_at <= $1"),
            Self::FactorOffers => ("factor_offer", "account_id", "expires_at <= $1"),
            Self::WrongCodes => ("wrong_code", "id", "at <= $1"),
            Self::WrongIps => ("wrong_ip", "id", "at <= $1"),
            Self::Strangers => ("stranger", "key", "coalesce(last_try_at, since_at) <= $1"),
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
            Self::Strangers | Self::Requests | Self::RevokedLinks => Key::Hash(columns.blob()?),
            _ => Key::Id(columns.int()?),
        })
    }
}

impl Tx<'_> {
    /// The keys of rows that were over at `before`, at most so many, in the order of keys and behind `after`.
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

    /// Deletes a row if it was over at `before`. False: it was not, or is gone.
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

    /// Hands trusted IPs that may be over to `take`, as long as it says so, in the order of ids and behind `after`:
    /// those whose stated end had come at `now`, and those that were entered or last used at `begun` or before.
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
