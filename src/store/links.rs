//! Links and sign-in tokens. Single use is a conditional update whose row count is the verdict.

use jiff::Timestamp;

use super::Tx;
use super::engine::Row;
use super::fault::Fault;
use super::rows::{Columns, ms};
use crate::domain::link::{Link, LinkPurpose};
use crate::vault::{Purpose, Token, TokenHash};

const LINK: &str = "id, purpose, account_id, panel_id, key_id, nonce, created_at, expires_at, used_at, revoked_at, \
     superseded_at, operator_at";

fn link(row: &Row<'_>) -> Result<Link, Fault> {
    let mut columns = Columns::of("link", row);
    Ok(Link {
        id: columns.int()?,
        purpose: columns.word(LinkPurpose::parse, "a link's purpose")?,
        account_id: columns.int()?,
        panel_id: columns.int()?,
        key_id: columns.int()?,
        nonce: columns.bytes()?,
        created_at: columns.time()?,
        expires_at: columns.time()?,
        used_at: columns.opt_time()?,
        revoked_at: columns.opt_time()?,
        superseded_at: columns.opt_time()?,
        operator_at: columns.opt_time()?,
    })
}

/// The vault's word for a link's purpose.
fn token_purpose(purpose: LinkPurpose) -> Purpose {
    match purpose {
        LinkPurpose::Invitation => Purpose::Invitation,
        LinkPurpose::Reset => Purpose::Reset,
        LinkPurpose::Address => Purpose::Address,
    }
}

/// A link to be created.
#[derive(Clone, Copy, Debug)]
pub struct NewLink {
    /// What it does.
    pub purpose: LinkPurpose,
    /// The person it is for.
    pub account_id: i64,
    /// The panel it is for.
    pub panel_id: i64,
    /// The command's `now`.
    pub created_at: Timestamp,
    /// When it expires.
    pub expires_at: Timestamp,
}

impl Tx<'_> {
    /// Creates a link and returns its row id and its token. Only the token's hash is stored.
    pub fn add_link(&self, new: &NewLink) -> Result<(i64, Token), Fault> {
        let nonce: [u8; 16] = self.vault.entropy().bytes()?;
        let token = self.vault.link_token(token_purpose(new.purpose), &nonce);
        let hash = token.hash();
        let id = self.sql.insert("insert into link (purpose, account_id, panel_id, token_hash, key_id, nonce, created_at, expires_at) \
                 values ($1, $2, $3, $4, $5, $6, $7, $8)", &[
                    &new.purpose.as_str(),
                    &new.account_id,
                    &new.panel_id,
                    &hash.as_bytes().as_slice(),
                    &self.vault.key_id().to_stored(),
                    &nonce.as_slice(),
                    &ms(new.created_at),
                    &ms(new.expires_at),
                ])?;
        Ok((id, token))
    }

    /// The token of a link, derived again. `None` if its key is missing.
    pub fn token_of(&self, link: &Link) -> Option<Token> {
        let key = crate::vault::KeyId::from_stored(link.key_id);
        self.vault
            .link_token_with(key, token_purpose(link.purpose), &link.nonce)
    }

    /// The link with this token.
    pub fn link_by_token(&self, hash: &TokenHash) -> Result<Option<Link>, Fault> {
        self.sql.one(
            &format!("select {LINK} from link where token_hash = $1"),
            &[&hash.as_bytes().as_slice()],
            link,
        )
    }

    /// The link with this id.
    pub fn link_by_id(&self, id: i64) -> Result<Option<Link>, Fault> {
        self.sql.one(
            &format!("select {LINK} from link where id = $1"),
            &[&id],
            link,
        )
    }

    /// The account's newest link of a kind; invitations are looked up by panel.
    pub fn newest_link(
        &self,
        account_id: i64,
        purpose: LinkPurpose,
        panel_id: Option<i64>,
    ) -> Result<Option<Link>, Fault> {
        self.sql.one(
            &format!(
                "select {LINK} from link where account_id = $1 and purpose = $2 \
                 and (cast($3 as bigint) is null or panel_id = $3) order by id desc limit 1"
            ),
            &[&account_id, &purpose.as_str(), &panel_id],
            link,
        )
    }

    /// Uses a link. False: another attempt was faster, or it no longer works.
    pub fn use_link(&self, id: i64, now: Timestamp) -> Result<bool, Fault> {
        let changed = self.sql.exec(
            "update link set used_at = $1 where id = $2 and used_at is null and revoked_at is null \
             and superseded_at is null and expires_at > $1",
            &[&ms(now), &id],
        )?;
        Ok(changed == 1)
    }

    /// Marks every live link of a kind as replaced by a newer one (I2); reset links whatever the panel (P3).
    pub fn supersede_links(
        &self,
        account_id: i64,
        purpose: LinkPurpose,
        panel_id: Option<i64>,
        now: Timestamp,
    ) -> Result<usize, Fault> {
        self.sql.exec(
            "update link set superseded_at = $1 where account_id = $2 and purpose = $3 \
             and (cast($4 as bigint) is null or panel_id = $4) \
             and used_at is null and revoked_at is null and superseded_at is null",
            &[&ms(now), &account_id, &purpose.as_str(), &panel_id],
        )
    }

    /// Revokes every live link of a kind.
    pub fn revoke_links(
        &self,
        account_id: i64,
        purpose: LinkPurpose,
        panel_id: Option<i64>,
        now: Timestamp,
    ) -> Result<usize, Fault> {
        self.sql.exec(
            "update link set revoked_at = $1 where account_id = $2 and purpose = $3 \
             and (cast($4 as bigint) is null or panel_id = $4) \
             and used_at is null and revoked_at is null and superseded_at is null",
            &[&ms(now), &account_id, &purpose.as_str(), &panel_id],
        )
    }

    /// Makes every live link of a kind for one panel expire at `end`, unless it expires sooner (I3).
    pub fn shorten_links(
        &self,
        account_id: i64,
        purpose: LinkPurpose,
        panel_id: i64,
        end: Timestamp,
    ) -> Result<usize, Fault> {
        self.sql.exec(
            "update link set expires_at = $1 where account_id = $2 and purpose = $3 and panel_id = $4 \
             and used_at is null and revoked_at is null and superseded_at is null and expires_at > $1",
            &[&ms(end), &account_id, &purpose.as_str(), &panel_id],
        )
    }

    /// Records that an operator created a link.
    pub fn link_is_operators(&self, id: i64, now: Timestamp) -> Result<(), Fault> {
        self.sql.exec(
            "update link set operator_at = $1 where id = $2",
            &[&ms(now), &id],
        )?;
        Ok(())
    }

    /// Marks every unused invitation as used: registering with one answers for all (I8).
    pub fn use_invitations(&self, account_id: i64, now: Timestamp) -> Result<usize, Fault> {
        self.sql.exec(
            "update link set used_at = $1 where account_id = $2 and purpose = 'invitation' and used_at is null \
             and revoked_at is null and superseded_at is null",
            &[&ms(now), &account_id],
        )
    }

    /// Creates a short-lived token between two steps (L9).
    pub fn add_ticket(
        &self,
        purpose: &str,
        account_id: i64,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<Token, Fault> {
        let token = self.vault.random_token(Purpose::Ticket)?;
        self.sql.exec(
            "insert into ticket (purpose, account_id, token_hash, created_at, expires_at) values ($1, $2, $3, $4, $5)",
            &[&purpose, &account_id, &token.hash().as_bytes().as_slice(), &ms(now), &ms(expires_at)],
        )?;
        Ok(token)
    }

    /// Makes a token, known by this hash, stand for a step that somebody has done in one panel.
    pub fn add_step(
        &self,
        purpose: &str,
        account_id: i64,
        panel_id: i64,
        hash: &TokenHash,
        now: Timestamp,
        expires_at: Timestamp,
    ) -> Result<(), Fault> {
        self.sql.exec(
            "insert into ticket (purpose, account_id, panel_id, token_hash, created_at, expires_at) \
             values ($1, $2, $3, $4, $5, $6)",
            &[&purpose, &account_id, &panel_id, &hash.as_bytes().as_slice(), &ms(now), &ms(expires_at)],
        )?;
        Ok(())
    }

    /// Whose step this token stands for in one panel, while it can be used, and until when.
    pub fn step_of(
        &self,
        purpose: &str,
        panel_id: i64,
        hash: &TokenHash,
        now: Timestamp,
    ) -> Result<Option<(i64, Timestamp)>, Fault> {
        self.sql.one(
            "select account_id, expires_at from ticket where purpose = $1 and panel_id = $2 and token_hash = $3 \
             and used_at is null and expires_at > $4",
            &[&purpose, &panel_id, &hash.as_bytes().as_slice(), &ms(now)],
            |row| {
                let mut columns = Columns::of("ticket", row);
                Ok((columns.int()?, columns.time()?))
            },
        )
    }

    /// Gives a token back: what it was used for was not completed.
    pub fn return_ticket(&self, hash: &TokenHash) -> Result<(), Fault> {
        self.sql.exec(
            "update ticket set used_at = null where token_hash = $1",
            &[&hash.as_bytes().as_slice()],
        )?;
        Ok(())
    }

    /// Uses up every token of a purpose that the account still has.
    pub fn spend_tickets(
        &self,
        purpose: &str,
        account_id: i64,
        now: Timestamp,
    ) -> Result<(), Fault> {
        self.sql.exec(
            "update ticket set used_at = $1 where purpose = $2 and account_id = $3 and used_at is null",
            &[&ms(now), &purpose, &account_id],
        )?;
        Ok(())
    }

    /// The owner of this token, while it can be used.
    pub fn ticket_holder(
        &self,
        purpose: &str,
        hash: &TokenHash,
        now: Timestamp,
    ) -> Result<Option<i64>, Fault> {
        self.sql.one(
            "select account_id from ticket where purpose = $1 and token_hash = $2 and used_at is null and expires_at > $3",
            &[&purpose, &hash.as_bytes().as_slice(), &ms(now)],
            |row| Columns::of("ticket", row).int(),
        )
    }

    /// Uses a token of this account. False: invalid, expired, or used.
    pub fn use_ticket(
        &self,
        purpose: &str,
        account_id: i64,
        hash: &TokenHash,
        now: Timestamp,
    ) -> Result<bool, Fault> {
        let changed = self.sql.exec(
            "update ticket set used_at = $1 where purpose = $2 and account_id = $3 and token_hash = $4 \
             and used_at is null and expires_at > $1",
            &[&ms(now), &purpose, &account_id, &hash.as_bytes().as_slice()],
        )?;
        Ok(changed == 1)
    }
}
