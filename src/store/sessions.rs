//! Sessions.

use jiff::{SignedDuration, Timestamp};

use super::Tx;
use super::engine::Row;
use super::fault::Fault;
use super::rows::{Columns, ms};
use crate::domain::session::Session;
use crate::vault::{Purpose, Token, TokenHash};

const SESSION: &str = "id, account_id, panel_id, created_at, last_seen_at, expires_at, ended_at, ended_why, ip, passed";

fn session(row: &Row<'_>) -> Result<Session, Fault> {
    let mut columns = Columns::of("session", row);
    Ok(Session {
        id: columns.int()?,
        account_id: columns.int()?,
        panel_id: columns.int()?,
        created_at: columns.time()?,
        last_seen_at: columns.time()?,
        expires_at: columns.time()?,
        ended_at: columns.opt_time()?,
        ended_why: columns.opt_text()?,
        ip: columns.opt_text()?,
        passed: columns.opt_text()?,
    })
}

/// A session to be started.
#[derive(Clone, Copy, Debug)]
pub struct NewSession<'a> {
    /// The person.
    pub account_id: i64,
    /// The panel.
    pub panel_id: i64,
    /// The command's `now`.
    pub created_at: Timestamp,
    /// The total limit.
    pub expires_at: Timestamp,
    /// The IP address.
    pub ip: Option<&'a str>,
    /// What was passed besides the password: a method, or `trusted-ip`.
    pub passed: Option<&'a str>,
}

impl Tx<'_> {
    /// Starts a session and returns its token, which only the panel keeps.
    pub fn add_session(&self, new: &NewSession<'_>) -> Result<Token, Fault> {
        let token = self.vault.random_token(Purpose::Session)?;
        self.sql.exec(
            "insert into session (account_id, panel_id, token_hash, created_at, last_seen_at, expires_at, ip, passed) \
             values ($1, $2, $3, $4, $4, $5, $6, $7)",
            &[
                &new.account_id,
                &new.panel_id,
                &token.hash().as_bytes().as_slice(),
                &ms(new.created_at),
                &ms(new.expires_at),
                &new.ip,
                &new.passed,
            ],
        )?;
        Ok(token)
    }

    /// The session with this token, ended or not.
    pub fn session(&self, hash: &TokenHash) -> Result<Option<Session>, Fault> {
        self.sql.one(
            &format!("select {SESSION} from session where token_hash = $1"),
            &[&hash.as_bytes().as_slice()],
            session,
        )
    }

    /// The account's sessions that were not ended, newest first, at most 100.
    pub fn open_sessions(&self, account_id: i64) -> Result<Vec<Session>, Fault> {
        self.sql.all(
            &format!(
                "select {SESSION} from session where account_id = $1 and ended_at is null order by id desc limit 100"
            ),
            &[&account_id],
            session,
        )
    }

    /// Records activity.
    pub fn touch_session(&self, id: i64, now: Timestamp) -> Result<(), Fault> {
        self.sql.exec(
            "update session set last_seen_at = $1 where id = $2",
            &[&ms(now), &id],
        )?;
        Ok(())
    }

    /// Ends one session. False if it had ended.
    pub fn end_session(&self, id: i64, why: &str, now: Timestamp) -> Result<bool, Fault> {
        let changed = self.sql.exec(
            "update session set ended_at = $1, ended_why = $2 where id = $3 and ended_at is null",
            &[&ms(now), &why, &id],
        )?;
        Ok(changed == 1)
    }

    /// Ends the account's sessions, in one panel or in all; returns how many were open.
    pub fn end_sessions(
        &self,
        account_id: i64,
        panel_id: Option<i64>,
        why: &str,
        now: Timestamp,
    ) -> Result<usize, Fault> {
        self.sql.exec(
            "update session set ended_at = $1, ended_why = $2 where account_id = $3 \
             and (cast($4 as bigint) is null or panel_id = $4) and ended_at is null",
            &[&ms(now), &why, &account_id, &panel_id],
        )
    }

    /// Ends the account's sessions in every panel except the one with this token; returns how many were open.
    pub fn end_other_sessions(
        &self,
        account_id: i64,
        but: &TokenHash,
        why: &str,
        now: Timestamp,
    ) -> Result<usize, Fault> {
        self.sql.exec(
            "update session set ended_at = $1, ended_why = $2 where account_id = $3 and token_hash <> $4 \
             and ended_at is null",
            &[&ms(now), &why, &account_id, &but.as_bytes().as_slice()],
        )
    }

    /// Since when the account has been signed in to a panel, if it is: the oldest live session.
    pub fn signed_in_since(
        &self,
        account_id: i64,
        panel_id: i64,
        idle: SignedDuration,
        now: Timestamp,
    ) -> Result<Option<Timestamp>, Fault> {
        let mut since: Option<Timestamp> = None;
        self.sql.each(
            &format!(
                "select {SESSION} from session where account_id = $1 and panel_id = $2 and ended_at is null order by id"
            ),
            &[&account_id, &panel_id],
            |row| {
                let session = session(row)?;
                if session.is_live(idle, now) {
                    since = Some(since.map_or(session.created_at, |since| since.min(session.created_at)));
                }
                Ok::<bool, Fault>(true)
            },
        )?;
        Ok(since)
    }
}
