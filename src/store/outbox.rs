//! The outbox: mail to be sent. Its text is rendered when it is sent, so it contains no link and no code (M1, M2).

use jiff::{SignedDuration, Timestamp};

use super::Tx;
use super::engine::{Param, Row};
use super::fault::Fault;
use super::rows::{Columns, ms};
use crate::domain::text::hex;

/// The state of a mail.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MailState {
    /// Waiting for its first or next attempt.
    Queued,
    /// Delivered.
    Sent,
    /// Written to a file, because no mail server is configured: it has not left this machine (M4).
    Written,
    /// Failed permanently.
    Failed,
    /// Not sent, because its link or code had expired or was replaced.
    Lapsed,
}

impl MailState {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Queued,
        Self::Sent,
        Self::Written,
        Self::Failed,
        Self::Lapsed,
    ];

    /// The stored word.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Sent => "sent",
            Self::Written => "written",
            Self::Failed => "failed",
            Self::Lapsed => "lapsed",
        }
    }

    /// Reads the stored word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.as_str() == word)
    }
}

/// One row of the outbox.
#[derive(Clone, Debug)]
pub struct MailRow {
    /// Row id; also names the file of the file transport.
    pub id: i64,
    /// The account it belongs to.
    pub account_id: i64,
    /// The panel whose settings it uses.
    pub panel_id: i64,
    /// The link that it carries.
    pub link_id: Option<i64>,
    /// The code that it carries.
    pub code_id: Option<i64>,
    /// The stored word of a mail kind.
    pub kind: String,
    /// The recipient: the address, or the phone number, at the time of queueing.
    pub address: String,
    /// Belongs to the row: a second copy has the same.
    pub message_id: String,
    /// Its state.
    pub state: MailState,
    /// Since when it has been waiting.
    pub queued_at: Timestamp,
    /// The earliest time of the next attempt.
    pub next_at: Timestamp,
    /// The number of attempts.
    pub attempts: i64,
    /// When it was delivered or failed.
    pub done_at: Option<Timestamp>,
    /// The last reply.
    pub detail: Option<String>,
    /// The mail that it is sent together with: a copy of a notice, or one more mail of the same change.
    pub with_id: Option<i64>,
}

/// A mail to be queued.
#[derive(Clone, Copy, Debug)]
pub struct NewMail<'a> {
    /// The account it belongs to.
    pub account_id: i64,
    /// The panel whose settings it uses.
    pub panel_id: i64,
    /// The link that it carries.
    pub link_id: Option<i64>,
    /// The code that it carries.
    pub code_id: Option<i64>,
    /// The stored word of a mail kind.
    pub kind: &'a str,
    /// The recipient.
    pub address: &'a str,
    /// The command's `now`.
    pub queued_at: Timestamp,
}

const MAIL: &str = "id, account_id, panel_id, link_id, code_id, kind, address, message_id, state, queued_at, next_at, \
     attempts, done_at, detail, with_id";

fn mail(row: &Row<'_>) -> Result<MailRow, Fault> {
    let mut columns = Columns::of("outbox", row);
    Ok(MailRow {
        id: columns.int()?,
        account_id: columns.int()?,
        panel_id: columns.int()?,
        link_id: columns.opt_int()?,
        code_id: columns.opt_int()?,
        kind: columns.text()?,
        address: columns.text()?,
        message_id: columns.text()?,
        state: columns.word(MailState::parse, "a mail's state")?,
        queued_at: columns.time()?,
        next_at: columns.time()?,
        attempts: columns.int()?,
        done_at: columns.opt_time()?,
        detail: columns.opt_text()?,
        with_id: columns.opt_int()?,
    })
}

impl Tx<'_> {
    /// Queues a mail in the transaction that causes it.
    pub fn queue_mail(&self, new: &NewMail<'_>) -> Result<i64, Fault> {
        let random: [u8; 16] = self.vault.entropy().bytes()?;
        let message_id = format!("<{}@admit.invalid>", hex(&random));
        self.sql.insert("insert into outbox (account_id, panel_id, link_id, code_id, kind, address, message_id, state, queued_at, \
                 next_at, attempts) values ($1, $2, $3, $4, $5, $6, $7, 'queued', $8, $8, 0)", &[
                    &new.account_id,
                    &new.panel_id,
                    &new.link_id,
                    &new.code_id,
                    &new.kind,
                    &new.address,
                    &message_id,
                    &ms(new.queued_at),
                ])
    }

    /// Makes a mail go out together with another.
    pub fn join_mail(&self, id: i64, with: i64) -> Result<(), Fault> {
        self.sql.exec(
            "update outbox set with_id = $1 where id = $2",
            &[&with, &id],
        )?;
        Ok(())
    }

    /// Claims mail that is due for one sender, oldest first: until the lease ends no other sender gets it. `only`
    /// restricts it to one row and those that belong to it.
    pub fn claim_mail(
        &self,
        only: Option<i64>,
        most: i64,
        lease: SignedDuration,
        now: Timestamp,
    ) -> Result<Vec<MailRow>, Fault> {
        let until = now.checked_add(lease).unwrap_or(Timestamp::MAX);
        let mut claimed = self.sql.all(
            &format!(
                "update outbox set lease_until = $1, attempts = attempts + 1 where id in (select id from outbox \
                 where state = 'queued' and next_at <= $2 and (lease_until is null or lease_until <= $2) \
                 and (cast($3 as bigint) is null or id = $3 or with_id = $3) order by next_at, id limit $4) returning {MAIL}"
            ),
            &[&ms(until), &ms(now), &only, &most],
            mail,
        )?;
        claimed.sort_by_key(|row| row.id);
        Ok(claimed)
    }

    /// Records the result of a claimed mail.
    pub fn finish_mail(
        &self,
        id: i64,
        state: MailState,
        detail: &str,
        next_at: Timestamp,
        now: Timestamp,
    ) -> Result<(), Fault> {
        let done_at = (state != MailState::Queued).then(|| ms(now));
        self.sql.exec(
            "update outbox set state = $1, detail = $2, next_at = $3, done_at = $4, lease_until = null \
             where id = $5 and state = 'queued'",
            &[&state.as_str(), &detail, &ms(next_at), &done_at, &id],
        )?;
        Ok(())
    }

    /// Returns a claimed mail without an attempt.
    pub fn return_mail(&self, id: i64) -> Result<(), Fault> {
        self.sql.exec(
            "update outbox set lease_until = null, attempts = case when attempts > 0 then attempts - 1 else 0 end \
             where id = $1 and state = 'queued'",
            &[&id],
        )?;
        Ok(())
    }

    /// Puts failed mail, or mail waiting for its next attempt, at the front of the queue; false if it is neither any
    /// more. Its delays start again, and failed mail fails again no sooner than other mail.
    pub fn requeue_mail(&self, id: i64, now: Timestamp) -> Result<bool, Fault> {
        let changed = self.sql.exec(
            "update outbox set queued_at = case when state = 'failed' then $1 else queued_at end, \
             attempts = 0, state = 'queued', next_at = $1, \
             done_at = null where id = $2 and state in ('failed', 'queued', 'written')",
            &[&ms(now), &id],
        )?;
        Ok(changed == 1)
    }

    /// The oldest mails in a state, up to a limit, with ids greater than `after`.
    pub fn mail_in(&self, state: MailState, after: i64, most: i64) -> Result<Vec<MailRow>, Fault> {
        self.sql.all(
            &format!("select {MAIL} from outbox where state = $1 and id > $2 order by id limit $3"),
            &[&state.as_str(), &after, &most],
            mail,
        )
    }

    /// One mail.
    pub fn mail(&self, id: i64) -> Result<Option<MailRow>, Fault> {
        self.sql.one(
            &format!("select {MAIL} from outbox where id = $1"),
            &[&id],
            mail,
        )
    }

    /// The account's mail, newest first.
    pub fn mail_of(&self, account_id: i64, most: i64) -> Result<Vec<MailRow>, Fault> {
        self.sql.all(
            &format!("select {MAIL} from outbox where account_id = $1 order by id desc limit $2"),
            &[&account_id, &most],
            mail,
        )
    }

    /// Passes each mail to `take`, newest first, until it says to stop.
    pub fn each_mail<E: From<Fault>>(
        &self,
        state: Option<MailState>,
        account_id: Option<i64>,
        mut take: impl FnMut(MailRow) -> Result<bool, E>,
    ) -> Result<(), E> {
        let mut sql = format!("select {MAIL} from outbox where 1 = 1");
        let mut params: Vec<&dyn Param> = Vec::new();
        let state = state.map(MailState::as_str);
        if let Some(state) = &state {
            params.push(state);
            sql.push_str(" and state = $1");
        }
        if let Some(account_id) = &account_id {
            params.push(account_id);
            sql.push_str(&format!(" and account_id = ${}", params.len()));
        }
        sql.push_str(" order by id desc");
        self.sql.each(&sql, &params, |row| take(mail(row)?))
    }

    /// How many mails are waiting, and since when the oldest has been.
    pub fn waiting_mail(&self) -> Result<(i64, Option<Timestamp>), Fault> {
        Ok(self
            .sql
            .one(
                "select count(*), min(queued_at) from outbox where state = 'queued'",
                &[],
                |row| {
                    let mut columns = Columns::of("outbox", row);
                    Ok((columns.int()?, columns.opt_time()?))
                },
            )?
            .unwrap_or((0, None)))
    }

    /// How many mails failed for good, and when the last one did.
    pub fn failed_mail(&self) -> Result<(i64, Option<Timestamp>), Fault> {
        Ok(self
            .sql
            .one(
                "select count(*), max(done_at) from outbox where state = 'failed'",
                &[],
                |row| {
                    let mut columns = Columns::of("outbox", row);
                    Ok((columns.int()?, columns.opt_time()?))
                },
            )?
            .unwrap_or((0, None)))
    }

    /// When the next mail is due: at the end of its delay, or of the lease of a sender that crashed.
    pub fn next_mail_due(&self) -> Result<Option<Timestamp>, Fault> {
        let due = self.sql.one(
            "select min(case when lease_until > next_at then lease_until else next_at end) from outbox \
             where state = 'queued'",
            &[],
            |row| Columns::of("outbox", row).opt_time(),
        )?;
        Ok(due.flatten())
    }

    /// How often and when last a mail of one of these kinds was queued for the account since an instant (P6). A copy
    /// counts together with its original.
    pub fn mail_since(
        &self,
        account_id: i64,
        kinds: &[&str],
        since: Timestamp,
    ) -> Result<(i64, Option<Timestamp>), Fault> {
        let since = ms(since);
        let mut params: Vec<&dyn Param> = vec![&account_id, &since];
        let mut places = Vec::new();
        for kind in kinds {
            params.push(kind);
            places.push(format!("${}", params.len()));
        }
        let sql = format!(
            "select count(*), max(queued_at) from outbox where account_id = $1 and queued_at > $2 and with_id is null \
             and kind in ({})",
            places.join(", ")
        );
        Ok(self
            .sql
            .one(&sql, &params, |row| {
                let mut columns = Columns::of("outbox", row);
                Ok((columns.int()?, columns.opt_time()?))
            })?
            .unwrap_or((0, None)))
    }

    /// The newest mail that carries a link.
    pub fn mail_with_link(&self, link_id: i64, account_id: i64) -> Result<Option<MailRow>, Fault> {
        self.sql.one(
            &format!("select {MAIL} from outbox where account_id = $1 and link_id = $2 order by id desc limit 1"),
            &[&account_id, &link_id],
            mail,
        )
    }
}
