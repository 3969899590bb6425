//! Changes of address: pending ones, and previous addresses, which still get notices for a while.

use jiff::Timestamp;

use super::Tx;
use super::engine::Row;
use super::fault::Fault;
use super::rows::{Columns, ms};
use crate::domain::address::Address;
use crate::domain::refusal::Claim;

/// A pending change of address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressChange {
    /// The link that confirms it.
    pub link_id: i64,
    /// The new address.
    pub address: Address,
    /// When it was requested.
    pub asked_at: Timestamp,
    /// When it expires, with its link.
    pub expires_at: Timestamp,
}

fn change(row: &Row<'_>) -> Result<AddressChange, Fault> {
    let mut columns = Columns::of("address_change", row);
    Ok(AddressChange {
        link_id: columns.int()?,
        address: Address::from_stored(columns.text()?, columns.text()?),
        asked_at: columns.time()?,
        expires_at: columns.time()?,
    })
}

impl Tx<'_> {
    /// Stores a change of address, replacing an older one.
    pub fn ask_for_address(&self, account_id: i64, change: &AddressChange) -> Result<(), Fault> {
        self.forget_address_change(account_id)?;
        self.sql.exec(
            "insert into address_change (account_id, link_id, address, address_key, asked_at, expires_at) \
             values ($1, $2, $3, $4, $5, $6)",
            &[
                &account_id,
                &change.link_id,
                &change.address.as_str(),
                &change.address.key(),
                &ms(change.asked_at),
                &ms(change.expires_at),
            ],
        )?;
        Ok(())
    }

    /// The account's pending change of address, if it has not expired.
    pub fn address_change(
        &self,
        account_id: i64,
        now: Timestamp,
    ) -> Result<Option<AddressChange>, Fault> {
        self.sql.one(
            "select link_id, address, address_key, asked_at, expires_at from address_change \
             where account_id = $1 and expires_at > $2",
            &[&account_id, &ms(now)],
            change,
        )
    }

    /// Deletes a pending change. False: there was none.
    pub fn forget_address_change(&self, account_id: i64) -> Result<bool, Fault> {
        let changed = self.sql.exec(
            "delete from address_change where account_id = $1",
            &[&account_id],
        )?;
        Ok(changed == 1)
    }

    /// Gives an account another address, which must be free.
    pub fn set_address(&self, account_id: i64, address: &Address) -> Result<(), Fault> {
        self.nobody.borrow_mut().remove(address.key());
        self.sql.exec(
            "update account set address = $1, address_key = $2 where id = $3",
            &[&address.as_str(), &address.key(), &account_id],
        )?;
        Ok(())
    }

    /// Stores the previous address, for notices, until an instant.
    pub fn keep_former_address(
        &self,
        account_id: i64,
        address: &Address,
        until: Timestamp,
    ) -> Result<(), Fault> {
        self.drop_former_address(account_id, address)?;
        self.sql.insert(
            "insert into former_address (account_id, address, address_key, until_at) values ($1, $2, $3, $4)",
            &[&account_id, &address.as_str(), &address.key(), &ms(until)],
        )?;
        Ok(())
    }

    /// Deletes a previous address: it is the current one again.
    pub fn drop_former_address(&self, account_id: i64, address: &Address) -> Result<(), Fault> {
        self.sql.exec(
            "delete from former_address where account_id = $1 and address_key = $2",
            &[&account_id, &address.key()],
        )?;
        Ok(())
    }

    /// The previous addresses that still get notices.
    pub fn former_addresses(&self, account_id: i64, now: Timestamp) -> Result<Vec<String>, Fault> {
        self.sql.all(
            "select address from former_address where account_id = $1 and until_at > $2 order by id",
            &[&account_id, &ms(now)],
            |row| Columns::of("former_address", row).text(),
        )
    }

    /// The people connected with an address that has no account, expired or not: those who were asked to confirm it,
    /// newest first, then those who had it.
    pub fn address_claims(&self, address: &Address) -> Result<Vec<Claim>, Fault> {
        let mut claims = self.sql.all(
            "select account.address, address_change.asked_at, address_change.expires_at from address_change \
             join account on account.id = address_change.account_id where address_change.address_key = $1 \
             order by address_change.asked_at desc, address_change.account_id desc",
            &[&address.key()],
            |row| {
                let mut columns = Columns::of("address_change", row);
                Ok(Claim::Waits {
                    holder: columns.text()?,
                    asked_at: columns.time()?,
                    until: columns.time()?,
                })
            },
        )?;
        claims.extend(self.sql.all(
            "select account.address, former_address.until_at from former_address \
             join account on account.id = former_address.account_id where former_address.address_key = $1 \
             order by former_address.id desc",
            &[&address.key()],
            |row| {
                let mut columns = Columns::of("former_address", row);
                Ok(Claim::Former {
                    holder: columns.text()?,
                    until: columns.time()?,
                })
            },
        )?);
        Ok(claims)
    }
}
