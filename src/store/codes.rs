//! Codes sent by mail or SMS (T4), and the counts of wrong codes (L6, T8).

use jiff::Timestamp;

use super::Tx;
use super::fault::Fault;
use super::rows::{Columns, ms};
use crate::domain::account::Account;
use crate::domain::policy::SENT_CODE_TRIES;
use crate::domain::second_factor::Method;
use crate::vault::{Digits, Purpose, Secret, Token, TokenHash};

/// The purpose under which a code is encrypted until it is sent.
pub(super) const SENT_CODE: &str = "sent-code";

/// A code that was sent, or is waiting to be; the code itself stays encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentCode {
    /// Row id inside this store.
    pub id: i64,
    /// The person it is for.
    pub account_id: i64,
    /// The panel where it is valid.
    pub panel_id: i64,
    /// How it is sent.
    pub method: Method,
    /// When it was requested.
    pub created_at: Timestamp,
    /// When it expires.
    pub expires_at: Timestamp,
    /// How often it was compared, including codes requested shortly before.
    pub tries: i64,
    /// When it was used.
    pub used_at: Option<Timestamp>,
    /// When a newer one was requested.
    pub superseded_at: Option<Timestamp>,
}

const COLUMNS: &str =
    "id, account_id, panel_id, method, created_at, expires_at, tries, used_at, superseded_at";

fn sent_code(row: &super::engine::Row<'_>) -> Result<SentCode, Fault> {
    let mut columns = Columns::of("sent_code", row);
    Ok(SentCode {
        id: columns.int()?,
        account_id: columns.int()?,
        panel_id: columns.int()?,
        method: columns.word(Method::parse, "a method")?,
        created_at: columns.time()?,
        expires_at: columns.time()?,
        tries: columns.int()?,
        used_at: columns.opt_time()?,
        superseded_at: columns.opt_time()?,
    })
}

/// The data hashed for a code: keyed, and bound to the sign-in token, because a million codes are soon tried by
/// somebody who has the store.
fn code_data(ticket: &TokenHash, code: &Digits) -> Vec<u8> {
    [ticket.as_bytes(), code.as_str().as_bytes()].concat()
}

impl Tx<'_> {
    /// Creates a code and the token that it is bound to; older codes of the account no longer work. `tries` is what
    /// was tried already: requesting another code does not reset the count (T4).
    pub fn add_sent_code(
        &self,
        account: &Account,
        panel_id: i64,
        method: Method,
        tries: i64,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(i64, Token), Fault> {
        self.end_sent_codes(account.id, now)?;
        let code = Digits::random(self.vault.entropy())?;
        let ticket = self.vault.random_token(Purpose::Ticket)?;
        let sealed = self
            .vault
            .seal(SENT_CODE, &account.reference, code.as_str().as_bytes())?;
        let id = self.sql.insert(
            "insert into sent_code (account_id, panel_id, method, ticket_hash, hash, code, created_at, expires_at, tries) \
             values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            &[
                &account.id,
                &panel_id,
                &method.as_str(),
                &ticket.hash().as_bytes().as_slice(),
                &self
                    .vault
                    .keyed_hash(SENT_CODE, &code_data(&ticket.hash(), &code))
                    .as_slice(),
                &sealed,
                &ms(now),
                &ms(expires_at),
                &tries,
            ],
        )?;
        Ok((id, ticket))
    }

    /// Makes the account's unused codes invalid.
    pub fn end_sent_codes(&self, account_id: i64, now: Timestamp) -> Result<(), Fault> {
        self.sql.exec(
            "update sent_code set superseded_at = $1, code = null where account_id = $2 and used_at is null \
             and superseded_at is null",
            &[&ms(now), &account_id],
        )?;
        Ok(())
    }

    /// Makes the account's unused codes of one method invalid: the address or phone number has changed.
    pub fn end_codes_by(
        &self,
        account_id: i64,
        method: Method,
        now: Timestamp,
    ) -> Result<(), Fault> {
        self.sql.exec(
            "update sent_code set superseded_at = $1, code = null where account_id = $2 and method = $3 \
             and used_at is null and superseded_at is null",
            &[&ms(now), &account_id, &method.as_str()],
        )?;
        Ok(())
    }

    /// The code that is bound to a token.
    pub fn sent_code(&self, ticket: &TokenHash) -> Result<Option<SentCode>, Fault> {
        self.sql.one(
            &format!("select {COLUMNS} from sent_code where ticket_hash = $1"),
            &[&ticket.as_bytes().as_slice()],
            sent_code,
        )
    }

    /// The code with this id.
    pub fn sent_code_by_id(&self, id: i64) -> Result<Option<SentCode>, Fault> {
        self.sql.one(
            &format!("select {COLUMNS} from sent_code where id = $1"),
            &[&id],
            sent_code,
        )
    }

    /// Counts one comparison of a code. False: it has expired, was used or replaced, or the limit is reached.
    pub fn try_sent_code(&self, id: i64, now: Timestamp) -> Result<bool, Fault> {
        let changed = self.sql.exec(
            "update sent_code set tries = tries + 1 where id = $1 and used_at is null and superseded_at is null \
             and expires_at > $2 and tries < $3",
            &[&id, &ms(now), &SENT_CODE_TRIES],
        )?;
        Ok(changed == 1)
    }

    /// Uses a code if it is the one that was typed. False: it is not, or another attempt was faster.
    pub fn use_sent_code(
        &self,
        id: i64,
        ticket: &TokenHash,
        typed: &Digits,
        now: Timestamp,
    ) -> Result<bool, Fault> {
        // It may have been sent just before the key was changed.
        for hash in self
            .vault
            .keyed_hashes(SENT_CODE, &code_data(ticket, typed))
        {
            let changed = self.sql.exec(
                "update sent_code set used_at = $1, code = null where id = $2 and hash = $3 and used_at is null \
                 and superseded_at is null and expires_at > $1",
                &[&ms(now), &id, &hash.as_slice()],
            )?;
            if changed == 1 {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The decrypted code, to be sent; `None` after it was sent, used or replaced.
    pub fn code_to_send(
        &self,
        id: i64,
        account: &Account,
    ) -> Result<Option<Secret<String>>, Fault> {
        let sealed: Option<Option<Vec<u8>>> = self.sql.one(
            "select code from sent_code where id = $1 and account_id = $2",
            &[&id, &account.id],
            |row| Columns::of("sent_code", row).opt_blob(),
        )?;
        let Some(sealed) = sealed.flatten() else {
            return Ok(None);
        };
        let plain = self.vault.open(SENT_CODE, &account.reference, &sealed)?;
        Ok(Secret::from_utf8(&plain))
    }

    /// Erases a code that was sent (M2).
    pub fn wipe_code(&self, id: i64) -> Result<(), Fault> {
        self.sql
            .exec("update sent_code set code = null where id = $1", &[&id])?;
        Ok(())
    }

    /// How many codes were requested since an instant, and how often those after the last correct one were tried: the
    /// starting count of the next one.
    pub fn sent_codes_since(&self, account_id: i64, since: Timestamp) -> Result<(i64, i64), Fault> {
        Ok(self
            .sql
            .one(
                "select count(*), coalesce(max(case when id > coalesce((select max(id) from sent_code \
                 where account_id = $1 and used_at is not null), 0) then tries else 0 end), 0) from sent_code \
                 where account_id = $1 and created_at > $2",
                &[&account_id, &ms(since)],
                |row| {
                    let mut columns = Columns::of("sent_code", row);
                    Ok((columns.int()?, columns.int()?))
                },
            )?
            .unwrap_or((0, 0)))
    }

    /// Counts a wrong code: returns how many in a row (L6) and how many since `since` (T8), this one included.
    pub fn count_wrong_code(
        &self,
        account_id: i64,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<(i64, i64), Fault> {
        let in_a_row = self
            .sql
            .one(
                "update account set wrong_codes = wrong_codes + 1, last_wrong_code_at = $1, \
                 first_wrong_code_at = case when first_wrong_code_at is null then $1 else first_wrong_code_at end \
                 where id = $2 returning wrong_codes",
                &[&ms(now), &account_id],
                |row| Columns::of("account", row).int(),
            )?
            .unwrap_or(0);
        self.sql.exec(
            "insert into wrong_code (account_id, at) values ($1, $2)",
            &[&account_id, &ms(now)],
        )?;
        Ok((in_a_row, self.wrong_codes_since(account_id, since)?))
    }

    /// How many wrong codes there were since an instant (T8).
    pub fn wrong_codes_since(&self, account_id: i64, since: Timestamp) -> Result<i64, Fault> {
        Ok(self
            .sql
            .one(
                "select count(*) from wrong_code where account_id = $1 and at > $2",
                &[&account_id, &ms(since)],
                |row| Columns::of("wrong_code", row).int(),
            )?
            .unwrap_or(0))
    }

    /// After a correct code or a reset: wrong codes in a row start again; those of the month stay (T8).
    pub fn clear_wrong_codes(&self, account_id: i64) -> Result<(), Fault> {
        self.sql.exec(
            "update account set wrong_codes = 0, first_wrong_code_at = null, last_wrong_code_at = null where id = $1",
            &[&account_id],
        )?;
        Ok(())
    }

    /// After a permanent lock was removed: the wrong codes of the month are deleted, or the next one would lock again.
    pub fn forget_wrong_codes(&self, account_id: i64) -> Result<(), Fault> {
        self.sql.exec(
            "delete from wrong_code where account_id = $1",
            &[&account_id],
        )?;
        Ok(())
    }

    /// From now on mailed codes do not count (T4); `None` ends that.
    pub fn bar_mailed_codes(&self, account_id: i64, since: Option<Timestamp>) -> Result<(), Fault> {
        self.sql.exec(
            "update account set mail_barred_at = $1 where id = $2",
            &[&super::rows::opt_ms(since), &account_id],
        )?;
        Ok(())
    }

    /// Records when an operator removed the second factor after identifying the person; `None` ends what that allows.
    pub fn note_factor_reset(&self, account_id: i64, at: Option<Timestamp>) -> Result<(), Fault> {
        self.sql.exec(
            "update account set factor_reset_at = $1 where id = $2",
            &[&super::rows::opt_ms(at), &account_id],
        )?;
        Ok(())
    }
}
