//! Second factors: the authenticator's encrypted secret, a pending set-up, and backup codes.
//!
//! A step and a backup code are used by a conditional update whose row count is the verdict (T2, T3).

use jiff::Timestamp;

use super::Tx;
use super::fault::Fault;
use super::rows::{Columns, ms};
use crate::domain::account::Account;
use crate::vault::{BackupCode, TokenHash, TotpSecret};

/// The purpose under which authenticators' secrets are encrypted.
pub(super) const SECRET: &str = "totp";
/// The same for the secret of a pending set-up.
pub(super) const OFFER: &str = "totp-offer";

/// What is known about an authenticator without decrypting its secret.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FactorBrief {
    /// When it was set up.
    pub set_at: Timestamp,
    /// When a code of it was last accepted.
    pub used_at: Option<Timestamp>,
    /// The last step that was accepted.
    pub last_step: i64,
    /// How many steps the phone's clock was off when a wrong code was last typed, and when that was (T7).
    pub clock: Option<(i64, Timestamp)>,
    /// Backup codes that have not been used.
    pub backup_codes_left: i64,
}

/// An authenticator with its secret.
pub struct SecondFactor {
    /// The shared secret.
    pub secret: TotpSecret,
    /// The last step that was accepted.
    pub last_step: i64,
}

impl Tx<'_> {
    /// The account's authenticator, without decrypting its secret.
    pub fn factor_brief(&self, account_id: i64) -> Result<Option<FactorBrief>, Fault> {
        self.sql.one(
            "select set_at, used_at, last_step, clock_steps, clock_at, (select count(*) from backup_code \
             where backup_code.account_id = second_factor.account_id and backup_code.used_at is null) \
             from second_factor where account_id = $1",
            &[&account_id],
            |row| {
                let mut columns = Columns::of("second_factor", row);
                let set_at = columns.time()?;
                let used_at = columns.opt_time()?;
                let last_step = columns.int()?;
                let steps = columns.opt_int()?;
                let clock_at = columns.opt_time()?;
                Ok(FactorBrief {
                    set_at,
                    used_at,
                    last_step,
                    clock: steps.zip(clock_at),
                    backup_codes_left: columns.int()?,
                })
            },
        )
    }

    /// The account's authenticator with its secret.
    pub fn second_factor(&self, account: &Account) -> Result<Option<SecondFactor>, Fault> {
        let row = self.sql.one(
            "select secret, last_step from second_factor where account_id = $1",
            &[&account.id],
            |row| {
                let mut columns = Columns::of("second_factor", row);
                Ok((columns.blob()?, columns.int()?))
            },
        )?;
        row.map(|(sealed, last_step)| {
            Ok(SecondFactor {
                secret: self.open_secret(SECRET, account, &sealed)?,
                last_step,
            })
        })
        .transpose()
    }

    fn open_secret(
        &self,
        purpose: &str,
        account: &Account,
        sealed: &[u8],
    ) -> Result<TotpSecret, Fault> {
        let plain = self.vault.open(purpose, &account.reference, sealed)?;
        Ok(TotpSecret::from_bytes(plain.as_bytes())?)
    }

    /// Uses up a step: once, and only if it is later than the last one (T2). False: it is not.
    pub fn use_step(&self, account_id: i64, step: i64, now: Timestamp) -> Result<bool, Fault> {
        let changed = self.sql.exec(
            "update second_factor set last_step = $1, used_at = $2, clock_steps = null, clock_at = null \
             where account_id = $3 and last_step < $1",
            &[&step, &ms(now), &account_id],
        )?;
        Ok(changed == 1)
    }

    /// Records by how many steps the phone's clock is off (T7).
    pub fn note_clock(&self, account_id: i64, steps: i64, now: Timestamp) -> Result<(), Fault> {
        self.sql.exec(
            "update second_factor set clock_steps = $1, clock_at = $2 where account_id = $3",
            &[&steps, &ms(now), &account_id],
        )?;
        Ok(())
    }

    /// Records by how many steps the phone's clock was off when a first code was entered, and when; `None` deletes it.
    pub fn note_set_up_clock(
        &self,
        account_id: i64,
        seen: Option<(i64, Timestamp)>,
    ) -> Result<(), Fault> {
        let (steps, at) = (seen.map(|(steps, _)| steps), seen.map(|(_, at)| ms(at)));
        self.sql.exec(
            "update account set set_up_clock_steps = $1, set_up_clock_at = $2 where id = $3",
            &[&steps, &at, &account_id],
        )?;
        Ok(())
    }

    /// By how many steps the phone's clock was off in a set-up that has not been completed, and when that was seen.
    pub fn set_up_clock(&self, account_id: i64) -> Result<Option<(i64, Timestamp)>, Fault> {
        let seen = self.sql.one(
            "select set_up_clock_steps, set_up_clock_at from account where id = $1",
            &[&account_id],
            |row| {
                let mut columns = Columns::of("account", row);
                Ok((columns.opt_int()?, columns.opt_time()?))
            },
        )?;
        Ok(seen.and_then(|(steps, at)| steps.zip(at)))
    }

    /// How many other people's phones were off by the same time, give or take one step, since an instant; and when
    /// that was first seen.
    pub fn same_clock(
        &self,
        account_id: i64,
        steps: i64,
        since: Timestamp,
    ) -> Result<(i64, Option<Timestamp>), Fault> {
        let found = self.sql.one(
            "select count(*), min(at) from (select account_id as person, clock_at as at from second_factor \
             where clock_at >= $1 and clock_steps between $2 and $3 union all \
             select id, set_up_clock_at from account where set_up_clock_at >= $1 \
             and set_up_clock_steps between $2 and $3) as seen where person <> $4",
            &[&ms(since), &(steps - 1), &(steps + 1), &account_id],
            |row| {
                let mut columns = Columns::of("second_factor", row);
                Ok((columns.int()?, columns.opt_time()?))
            },
        )?;
        Ok(found.unwrap_or((0, None)))
    }

    /// Whether a code of any authenticator was accepted since an instant: then this machine's clock is correct.
    pub fn any_code_accepted_since(&self, since: Timestamp) -> Result<bool, Fault> {
        let count = self.sql.one(
            "select count(*) from second_factor where used_at >= $1 or set_at >= $1",
            &[&ms(since)],
            |row| Columns::of("second_factor", row).int(),
        )?;
        Ok(count.unwrap_or(0) > 0)
    }

    /// Stores the secret of a pending set-up for the holder of a token or session, replacing an older one.
    pub fn offer_factor(
        &self,
        account: &Account,
        secret: &TotpSecret,
        holder: &TokenHash,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), Fault> {
        let sealed = self
            .vault
            .seal(OFFER, &account.reference, secret.as_bytes())?;
        self.sql.exec(
            "insert into factor_offer (account_id, secret, holder, offered_at, expires_at) values ($1, $2, $3, $4, $5) \
             on conflict (account_id) do update set secret = excluded.secret, holder = excluded.holder, \
             offered_at = excluded.offered_at, expires_at = excluded.expires_at",
            &[&account.id, &sealed, &holder.as_bytes().as_slice(), &ms(now), &ms(expires_at)],
        )?;
        Ok(())
    }

    /// The secret of the holder's pending set-up, until it expires.
    pub fn factor_offer(
        &self,
        account: &Account,
        holder: &TokenHash,
        now: Timestamp,
    ) -> Result<Option<TotpSecret>, Fault> {
        let sealed: Option<Vec<u8>> = self.sql.one(
            "select secret from factor_offer where account_id = $1 and holder = $2 and expires_at > $3",
            &[&account.id, &holder.as_bytes().as_slice(), &ms(now)],
            |row| Columns::of("factor_offer", row).blob(),
        )?;
        sealed
            .map(|sealed| self.open_secret(OFFER, account, &sealed))
            .transpose()
    }

    /// Completes the pending set-up. False: it is gone, or belongs to another holder.
    pub fn take_offer(
        &self,
        account_id: i64,
        holder: &TokenHash,
        now: Timestamp,
    ) -> Result<bool, Fault> {
        let changed = self.sql.exec(
            "delete from factor_offer where account_id = $1 and holder = $2 and expires_at > $3",
            &[&account_id, &holder.as_bytes().as_slice(), &ms(now)],
        )?;
        Ok(changed == 1)
    }

    /// Deletes the account's pending set-up.
    pub fn withdraw_offer(&self, account_id: i64) -> Result<(), Fault> {
        self.sql.exec(
            "delete from factor_offer where account_id = $1",
            &[&account_id],
        )?;
        Ok(())
    }

    /// Sets the authenticator, replacing an older one; `step` is used up.
    pub fn set_factor(
        &self,
        account: &Account,
        secret: &TotpSecret,
        step: i64,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let sealed = self
            .vault
            .seal(SECRET, &account.reference, secret.as_bytes())?;
        self.sql.exec(
            "insert into second_factor (account_id, secret, last_step, set_at) values ($1, $2, $3, $4) \
             on conflict (account_id) do update set secret = excluded.secret, last_step = excluded.last_step, \
             set_at = excluded.set_at, used_at = null, clock_steps = null, clock_at = null",
            &[&account.id, &sealed, &step, &ms(now)],
        )?;
        self.note_set_up_clock(account.id, None)
    }

    /// Removes the authenticator, a pending set-up and the backup codes. Returns whether one was set up, and how many
    /// unused backup codes were removed.
    pub fn remove_factor(&self, account_id: i64) -> Result<(bool, usize), Fault> {
        self.withdraw_offer(account_id)?;
        let unused = self.sql.exec(
            "delete from backup_code where account_id = $1 and used_at is null",
            &[&account_id],
        )?;
        self.sql.exec(
            "delete from backup_code where account_id = $1",
            &[&account_id],
        )?;
        let removed = self.sql.exec(
            "delete from second_factor where account_id = $1",
            &[&account_id],
        )?;
        Ok((removed == 1, unused))
    }

    /// Replaces the set of backup codes (T3).
    pub fn set_backup_codes(
        &self,
        account_id: i64,
        codes: &[BackupCode],
        now: Timestamp,
    ) -> Result<(), Fault> {
        self.sql.exec(
            "delete from backup_code where account_id = $1",
            &[&account_id],
        )?;
        for code in codes {
            self.sql.exec(
                "insert into backup_code (account_id, hash, created_at) values ($1, $2, $3)",
                &[&account_id, &code.hash().as_slice(), &ms(now)],
            )?;
        }
        Ok(())
    }

    /// Uses a backup code, once. False: it is not one of the account's, or was used.
    pub fn use_backup_code(
        &self,
        account_id: i64,
        code: &BackupCode,
        now: Timestamp,
    ) -> Result<bool, Fault> {
        let changed = self.sql.exec(
            "update backup_code set used_at = $1 where account_id = $2 and hash = $3 and used_at is null",
            &[&ms(now), &account_id, &code.hash().as_slice()],
        )?;
        Ok(changed == 1)
    }

    /// How many backup codes have not been used.
    pub fn backup_codes_left(&self, account_id: i64) -> Result<i64, Fault> {
        Ok(self
            .sql
            .one(
                "select count(*) from backup_code where account_id = $1 and used_at is null",
                &[&account_id],
                |row| Columns::of("backup_code", row).int(),
            )?
            .unwrap_or(0))
    }
}
