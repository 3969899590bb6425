//! Codes sent by mail or SMS (T4), and the counts of wrong codes (L6, T8).

use jiff::Timestamp;

use super::Tx;
use super::fault::Fault;
use super::rows::{Columns, ms};
use crate::domain::account::Account;
use crate::domain::policy::SENT_CODE_TRIES;
use crate::domain::second_factor::Method;
use crate::vault::{Digits, Purpose, Secret, Token, TokenHash};

/// The purpose under which a code waits, sealed, to be sent.
pub(super) const SENT_CODE: &str = "sent-code";

/// A code that was sent, or waits to be; the code itself stays sealed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SentCode {
    /// Row id inside this store.
    pub id: i64,
    /// To whom.
    pub account_id: i64,
    /// In which panel it counts.
    pub panel_id: i64,
    /// How it went.
    pub method: Method,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it is over.
    pub expires_at: Timestamp,
    /// How often it was compared, codes asked for shortly before included.
    pub tries: i64,
    /// When it was used.
    pub used_at: Option<Timestamp>,
    /// When a newer one was asked for.
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

/// What is hashed of a code: keyed, and bound to the ticket, for a million codes are soon tried by whoever has the
/// store alone.
fn code_data(ticket: &TokenHash, code: &Digits) -> Vec<u8> {
    [ticket.as_bytes(), code.as_str().as_bytes()].concat()
}

impl Tx<'_> {
    /// Makes a code and the ticket that it is bound to; older codes of the account are dead. `tries` is what was
    /// tried already: asking for another code does not reset the count (T4).
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

    /// Codes of the account that were not used are dead.
    pub fn end_sent_codes(&self, account_id: i64, now: Timestamp) -> Result<(), Fault> {
        self.sql.exec(
            "update sent_code set superseded_at = $1, code = null where account_id = $2 and used_at is null \
             and superseded_at is null",
            &[&ms(now), &account_id],
        )?;
        Ok(())
    }

    /// Codes of the account that went one way and were not used are dead: the address or the number is another now.
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

    /// The code that is bound to a ticket.
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

    /// Counts one look at a code. False: it is over, used, replaced, or was looked at as often as is allowed.
    pub fn try_sent_code(&self, id: i64, now: Timestamp) -> Result<bool, Fault> {
        let changed = self.sql.exec(
            "update sent_code set tries = tries + 1 where id = $1 and used_at is null and superseded_at is null \
             and expires_at > $2 and tries < $3",
            &[&id, &ms(now), &SENT_CODE_TRIES],
        )?;
        Ok(changed == 1)
    }

    /// Uses a code if it is the one that was typed. False: it is not, or somebody was quicker.
    pub fn use_sent_code(
        &self,
        id: i64,
        ticket: &TokenHash,
        typed: &Digits,
        now: Timestamp,
    ) -> Result<bool, Fault> {
        // It may have been sent just before a new key took over.
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

    /// The code in clear, to be sent; `None` once it was sent, used or replaced.
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

    /// Wipes a code that was sent (M2).
    pub fn wipe_code(&self, id: i64) -> Result<(), Fault> {
        self.sql
            .exec("update sent_code set code = null where id = $1", &[&id])?;
        Ok(())
    }

    /// How many codes were asked for since an instant, and how often those after the last right one were tried: the
    /// count that the next one begins with.
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

    /// A right code, or a factor taken off: wrong codes in a row start again; those of the month stay (T8).
    pub fn clear_wrong_codes(&self, account_id: i64) -> Result<(), Fault> {
        self.sql.exec(
            "update account set wrong_codes = 0, first_wrong_code_at = null, last_wrong_code_at = null where id = $1",
            &[&account_id],
        )?;
        Ok(())
    }

    /// An operator opened a permanent lock: the wrong codes of the month are forgotten, or the next would lock again.
    pub fn forget_wrong_codes(&self, account_id: i64) -> Result<(), Fault> {
        self.sql.exec(
            "delete from wrong_code where account_id = $1",
            &[&account_id],
        )?;
        Ok(())
    }

    /// From now on no mailed code counts (T4); `None` lifts that.
    pub fn bar_mailed_codes(&self, account_id: i64, since: Option<Timestamp>) -> Result<(), Fault> {
        self.sql.exec(
            "update account set mail_barred_at = $1 where id = $2",
            &[&super::rows::opt_ms(since), &account_id],
        )?;
        Ok(())
    }

    /// Notes when an operator took the second factor off, having identified the person; `None` ends what that allows.
    pub fn note_factor_reset(&self, account_id: i64, at: Option<Timestamp>) -> Result<(), Fault> {
        self.sql.exec(
            "update account set factor_reset_at = $1 where id = $2",
            &[&super::rows::opt_ms(at), &account_id],
        )?;
        Ok(())
    }
}
