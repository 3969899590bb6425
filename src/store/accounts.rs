//! Accounts: people, their passwords' hashes, and the counters of the lock.

use jiff::Timestamp;

use super::Tx;
use super::engine::Row;
use super::fault::Fault;
use super::rows::{Columns, ms, opt_ms};
use crate::domain::account::{Account, AccountRef, Disabled, PasswordFacts};
use crate::domain::address::Address;
use crate::domain::lockout::{Guessing, Lock, LockFacts, LockLimits};
use crate::domain::text;

/// How many addresses are stored for one row of wrong passwords. No limit on wrong passwords is higher, so these are
/// all.
const MOST_ADDRESSES: usize = 100;

const ACCOUNT: &str = "account.id, account.reference, account.address, account.address_key, account.name, \
     account.phone, account.lang, account.created_at, account.password_set_at, account.password_met_length, \
     account.password_voided_at, account.wrong, account.open_tries, account.last_try_at, account.round, \
     account.first_wrong_at, account.last_wrong_at, account.wrong_from, account.streak, account.locked_at, \
     account.permanent_at, account.locked_for, account.wrong_codes, account.first_wrong_code_at, \
     account.last_wrong_code_at, account.mail_barred_at, account.factor_reset_at, account.disabled_at, account.disabled_until, account.disabled_reason, \
     account.last_sign_in_at";

/// The columns of [`read_account`], for statements of other files.
pub(super) const fn account_columns() -> &'static str {
    ACCOUNT
}

/// Reads the columns of [`account_columns`].
pub(super) fn read_account(columns: &mut Columns<'_, '_>) -> Result<Account, Fault> {
    let id = columns.int()?;
    let reference = columns.bytes()?;
    let address = Address::from_stored(columns.text()?, columns.text()?);
    let name = columns.opt_text()?;
    let phone = columns.opt_text()?;
    let lang = columns.opt_text()?;
    let created_at = columns.time()?;
    let set_at = columns.opt_time()?;
    let met_length = columns.opt_int()?;
    let voided_at = columns.opt_time()?;
    let lock = LockFacts {
        wrong: columns.int()?,
        open_tries: columns.int()?,
        last_try_at: columns.opt_time()?,
        round: columns.int()?,
        first_wrong_at: columns.opt_time()?,
        last_wrong_at: columns.opt_time()?,
        wrong_from: split_ips(columns.opt_text()?.as_deref()),
        streak: columns.int()?,
        locked_at: columns.opt_time()?,
        permanent_at: columns.opt_time()?,
        locked_for: columns.opt_text()?.and_then(|word| Guessing::parse(&word)),
        wrong_codes: columns.int()?,
        first_wrong_code_at: columns.opt_time()?,
        last_wrong_code_at: columns.opt_time()?,
    };
    let mail_barred_at = columns.opt_time()?;
    let factor_reset_at = columns.opt_time()?;
    let disabled_at = columns.opt_time()?;
    let until = columns.opt_time()?;
    let reason = columns.opt_text()?.unwrap_or_default();
    Ok(Account {
        id,
        reference,
        address,
        name,
        phone,
        lang,
        created_at,
        password: set_at.map(|set_at| PasswordFacts {
            set_at,
            met_length: met_length.unwrap_or(0),
            voided_at,
        }),
        lock,
        mail_barred_at,
        factor_reset_at,
        disabled: disabled_at.map(|at| Disabled { at, until, reason }),
        last_sign_in_at: columns.opt_time()?,
    })
}

fn account(row: &Row<'_>) -> Result<Account, Fault> {
    read_account(&mut Columns::of("account", row))
}

fn split_ips(list: Option<&str>) -> Vec<String> {
    list.into_iter()
        .flat_map(|list| list.split(','))
        .filter(|ip| !ip.is_empty())
        .map(str::to_owned)
        .collect()
}

/// A person about to be added.
#[derive(Clone, Debug)]
pub struct NewAccount<'a> {
    /// The person's address.
    pub address: &'a Address,
    /// The person's name.
    pub name: Option<&'a str>,
    /// The phone number in E.164 form.
    pub phone: Option<&'a str>,
    /// The language, as a BCP 47 tag.
    pub lang: Option<&'a str>,
    /// The command's `now`.
    pub created_at: Timestamp,
}

impl Tx<'_> {
    /// The account with this address.
    pub fn account(&self, address: &Address) -> Result<Option<Account>, Fault> {
        if self.nobody.borrow().contains(address.key()) {
            return Ok(None);
        }
        self.sql.one(
            &format!("select {ACCOUNT} from account where address_key = $1"),
            &[&address.key()],
            account,
        )
    }

    /// The account with this id.
    pub fn account_by_id(&self, id: i64) -> Result<Option<Account>, Fault> {
        self.sql.one(
            &format!("select {ACCOUNT} from account where id = $1"),
            &[&id],
            account,
        )
    }

    /// The account with this identity in the audit.
    pub fn account_by_reference(&self, who: &AccountRef) -> Result<Option<Account>, Fault> {
        self.sql.one(
            &format!("select {ACCOUNT} from account where reference = $1"),
            &[&who.as_slice()],
            account,
        )
    }

    /// How many people there are.
    pub fn count_accounts(&self) -> Result<i64, Fault> {
        Ok(self
            .sql
            .one("select count(*) from account", &[], |row| {
                Columns::of("account", row).int()
            })?
            .unwrap_or(0))
    }

    /// Whether there are any people.
    pub fn has_accounts(&self) -> Result<bool, Fault> {
        Ok(self
            .sql
            .one("select id from account limit 1", &[], |_| Ok(()))?
            .is_some())
    }

    /// Addresses near this one in the order of keys: candidates for "did you mean".
    pub fn addresses_near(&self, address_key: &str) -> Result<Vec<String>, Fault> {
        let first: String = address_key.chars().take(1).collect();
        let mut near = self.addresses_with_prefix(&first, 200)?;
        near.extend(self.sql.all(
            "select address from account where address_key >= $1 order by address_key limit 50",
            &[&address_key],
            |row| Columns::of("account", row).text(),
        )?);
        near.extend(self.sql.all(
            "select address from account where address_key < $1 order by address_key desc limit 50",
            &[&address_key],
            |row| Columns::of("account", row).text(),
        )?);
        let local = address_key
            .split_once('@')
            .map_or(address_key, |(local, _)| local);
        near.extend(self.addresses_with_prefix(&format!("{local}@"), 20)?);
        Ok(near)
    }

    /// Addresses with this prefix, in order.
    pub fn addresses_with_prefix(&self, prefix: &str, limit: i64) -> Result<Vec<String>, Fault> {
        // The first key after all that begin with the prefix: U+10FFFF sorts after every character of an address.
        let after = format!("{prefix}\u{10ffff}");
        self.sql.all(
            "select address from account where address_key >= $1 and address_key < $2 order by address_key limit $3",
            &[&prefix, &after, &limit],
            |row| Columns::of("account", row).text(),
        )
    }

    /// Adds a person without a password, with their own audit key.
    pub fn add_account(&mut self, new: &NewAccount<'_>) -> Result<Account, Fault> {
        let reference: [u8; 16] = self.vault.entropy().bytes()?;
        let (key, sealed) = self.vault.new_account_key(&reference)?;
        let name_key = new.name.map(text::name_key);
        self.nobody.borrow_mut().remove(new.address.key());
        let id = self.sql.insert("insert into account (reference, audit_key, address, address_key, name, name_key, phone, lang, \
                 created_at, wrong, open_tries, round, streak, wrong_codes) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 0, 0, 0, 0, 0)", &[
                    &reference.as_slice(),
                    &sealed,
                    &new.address.as_str(),
                    &new.address.key(),
                    &new.name,
                    &name_key,
                    &new.phone,
                    &new.lang,
                    &ms(new.created_at),
                ])?;
        self.audit_key = Some((reference, key));
        Ok(Account {
            id,
            reference,
            address: new.address.clone(),
            name: new.name.map(str::to_owned),
            phone: new.phone.map(str::to_owned),
            lang: new.lang.map(str::to_owned),
            created_at: new.created_at,
            password: None,
            lock: LockFacts::default(),
            mail_barred_at: None,
            factor_reset_at: None,
            disabled: None,
            last_sign_in_at: None,
        })
    }

    /// Writes name, phone and language.
    pub fn update_person(&self, account: &Account) -> Result<(), Fault> {
        let name_key = account.name.as_deref().map(text::name_key);
        self.sql.exec(
            "update account set name = $1, name_key = $2, phone = $3, lang = $4 where id = $5",
            &[
                &account.name,
                &name_key,
                &account.phone,
                &account.lang,
                &account.id,
            ],
        )?;
        Ok(())
    }

    /// The PHC string of the account's password, voided or not.
    pub fn password_hash(&self, id: i64) -> Result<Option<String>, Fault> {
        Ok(self
            .sql
            .one(
                "select password_hash from account where id = $1",
                &[&id],
                |row| Columns::of("account", row).opt_text(),
            )?
            .flatten())
    }

    /// Sets a password: unlocks, and clears the counts (P3, L3, L6). The streak of L4 and a permanent lock stay.
    pub fn set_password(
        &self,
        id: i64,
        phc: &str,
        met_length: i64,
        now: Timestamp,
    ) -> Result<(), Fault> {
        self.sql.exec(
            "update account set password_hash = $1, password_set_at = $2, password_met_length = $3, \
             password_voided_at = null, wrong = 0, open_tries = 0, round = round + 1, first_wrong_at = null, \
             last_wrong_at = null, wrong_from = null, wrong_codes = 0, first_wrong_code_at = null, \
             last_wrong_code_at = null, \
             locked_at = case when permanent_at is null then null else locked_at end, \
             locked_for = case when permanent_at is null then null else locked_for end where id = $4",
            &[&phc, &ms(now), &met_length, &id],
        )?;
        Ok(())
    }

    /// Replaces a hash by one with other parameters, unless the password changed in the meantime (P1).
    pub fn rehash_password(&self, id: i64, old: &str, new: &str) -> Result<bool, Fault> {
        let changed = self.sql.exec(
            "update account set password_hash = $1 where id = $2 and password_hash = $3",
            &[&new, &id, &old],
        )?;
        Ok(changed == 1)
    }

    /// Voids the password at once (P3 `--now`, L5).
    pub fn void_password(&self, id: i64, now: Timestamp) -> Result<(), Fault> {
        self.sql.exec(
            "update account set password_voided_at = $1 where id = $2 and password_hash is not null",
            &[&ms(now), &id],
        )?;
        Ok(())
    }

    /// Counts one attempt before its password is checked (L8). False: the limit or a lock came first.
    pub fn reserve_try(&self, id: i64, limits: LockLimits, now: Timestamp) -> Result<bool, Fault> {
        let changed = self.sql.exec(
            "update account set open_tries = open_tries + 1, last_try_at = $1 \
             where id = $2 and locked_at is null and permanent_at is null and wrong + open_tries < $3",
            &[&ms(now), &id, &limits.wrong_passwords],
        )?;
        Ok(changed == 1)
    }

    /// Turns a reserved attempt of the given round into a wrong password and returns the count. `None`: the counters
    /// were cleared in the meantime, so the attempt no longer counts.
    pub fn count_wrong(
        &self,
        account: &Account,
        round: i64,
        ip: Option<&str>,
        now: Timestamp,
    ) -> Result<Option<i64>, Fault> {
        let mut from = account.lock.wrong_from.clone();
        if let Some(ip) = ip
            && !from.iter().any(|known| known == ip)
            && from.len() < MOST_ADDRESSES
        {
            from.push(ip.to_owned());
        }
        let from = (!from.is_empty()).then(|| from.join(","));
        let first = opt_ms(account.lock.first_wrong_at).unwrap_or_else(|| ms(now));
        self.sql.one(
            "update account set wrong = wrong + 1, open_tries = case when open_tries > 0 then open_tries - 1 else 0 end, \
             first_wrong_at = $1, last_wrong_at = $2, wrong_from = $3 where id = $4 and round = $5 returning wrong",
            &[&first, &ms(now), &from, &account.id, &round],
            |row| Columns::of("account", row).int(),
        )
    }

    /// Gives a reserved attempt of the given round back: the password was correct, but there is another obstacle.
    pub fn release_try(&self, id: i64, round: i64) -> Result<(), Fault> {
        self.sql.exec(
            "update account set open_tries = case when open_tries > 0 then open_tries - 1 else 0 end \
             where id = $1 and round = $2",
            &[&id, &round],
        )?;
        Ok(())
    }

    /// A completed sign-in: the count of wrong passwords and the streak of L4 start again. The count of wrong codes
    /// waits for a correct code: see [`Tx::clear_wrong_codes`].
    pub fn clear_tries(&self, id: i64, now: Timestamp) -> Result<(), Fault> {
        self.sql.exec(
            "update account set wrong = 0, open_tries = 0, round = round + 1, first_wrong_at = null, \
             last_wrong_at = null, wrong_from = null, streak = 0, last_sign_in_at = $1 where id = $2",
            &[&ms(now), &id],
        )?;
        Ok(())
    }

    /// Locks, once: locking a locked account keeps the first time. False if it was locked.
    pub fn lock_account(&self, id: i64, lock: Lock, now: Timestamp) -> Result<bool, Fault> {
        let permanent = lock.permanent.then(|| ms(now));
        let changed = self.sql.exec(
            "update account set locked_at = $1, permanent_at = $2, streak = $3, locked_for = $4, open_tries = 0, \
             round = round + 1 where id = $5 and locked_at is null and permanent_at is null",
            &[
                &ms(now),
                &permanent,
                &lock.streak,
                &lock.guessing.as_str(),
                &id,
            ],
        )?;
        Ok(changed == 1)
    }

    /// Removes every lock and clears the counts (L5, L6, L7). `clear_streak` is for a permanent lock.
    pub fn open_lock(&self, id: i64, clear_streak: bool) -> Result<(), Fault> {
        let keep = i64::from(!clear_streak);
        self.sql.exec(
            "update account set wrong = 0, open_tries = 0, round = round + 1, first_wrong_at = null, \
             last_wrong_at = null, wrong_from = null, wrong_codes = 0, first_wrong_code_at = null, \
             last_wrong_code_at = null, locked_at = null, permanent_at = null, locked_for = null, disabled_at = null, \
             disabled_until = null, disabled_reason = null, streak = streak * $1 where id = $2",
            &[&keep, &id],
        )?;
        Ok(())
    }

    /// Writes an operator's lock (L7).
    pub fn disable_account(&self, id: i64, lock: &Disabled) -> Result<(), Fault> {
        self.sql.exec(
            "update account set disabled_at = $1, disabled_until = $2, disabled_reason = $3 where id = $4",
            &[&ms(lock.at), &opt_ms(lock.until), &lock.reason, &id],
        )?;
        Ok(())
    }
}
