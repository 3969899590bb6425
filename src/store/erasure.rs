//! Erasing people, and the work left after the commit.

use std::path::PathBuf;

use jiff::Timestamp;

use super::fault::Fault;
use super::rows::{Columns, ms};
use super::{Store, Tx};
use crate::vault::{ErasedList, TokenHash};

/// What an erasure could not do after its commit. The people are erased in any case.
#[derive(Debug, Default)]
pub struct Leftovers {
    /// Another process was using the store, so the engine's log still contains old pages with their data; these
    /// disappear when the last program closes the store, or with the next erasure.
    pub log: bool,
    /// They are not on the list next to the key (U4).
    pub unlisted: Option<Unlisted>,
}

/// People who could not be listed.
#[derive(Debug)]
pub struct Unlisted {
    /// The list.
    pub path: PathBuf,
    /// The error of the operating system.
    pub why: std::io::Error,
    /// The lines that belong there.
    pub lines: Vec<String>,
}

impl Tx<'_> {
    /// Erases the person: the row, and with it links, sessions, mail and the key that encrypts the personal fields in
    /// the audit log (I10, U5).
    pub fn erase_account(&mut self, id: i64) -> Result<(), Fault> {
        let reference = self.sql.one(
            "select reference from account where id = $1",
            &[&id],
            |row| Columns::of("account", row).bytes(),
        )?;
        self.sql
            .exec("delete from access where account_id = $1", &[&id])?;
        self.sql.exec("delete from account where id = $1", &[&id])?;
        self.erased.extend(reference);
        Ok(())
    }

    /// Keeps, for somebody who is about to be erased, which links were revoked after `since`, or are revoked by the
    /// erasure: hashes of tokens and a time, and nothing that says who they were for (I4).
    pub fn keep_revoked_links(
        &self,
        account_id: i64,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<usize, Fault> {
        self.sql.exec(
            "insert into revoked_link (token_hash, revoked_at) select token_hash, coalesce(revoked_at, $1) from link \
             where account_id = $2 and used_at is null and (revoked_at > $3 \
             or (revoked_at is null and superseded_at is null and expires_at > $1))",
            &[&ms(now), &account_id, &ms(since)],
        )
    }

    /// Whether a link with this token was revoked after `since` and its account erased.
    pub fn was_revoked(&self, token: &TokenHash, since: Timestamp) -> Result<bool, Fault> {
        let found = self.sql.one(
            "select revoked_at from revoked_link where token_hash = $1 and revoked_at > $2",
            &[&token.as_bytes().as_slice(), &ms(since)],
            |row| Columns::of("revoked_link", row).int(),
        )?;
        Ok(found.is_some())
    }
}

impl Store {
    /// From now on, erased people are listed there after the commit.
    pub fn list_erased_in(&mut self, list: ErasedList) {
        self.erased_list = Some(list);
    }

    /// What the erasures since the last call could not do, if anything.
    pub fn take_leftovers(&mut self) -> Option<Leftovers> {
        self.leftovers.take()
    }

    /// Clears what an erasure leaves in the engine's log. The change is committed: a failure here must not look like a
    /// failed change.
    pub fn clear_log(&mut self) {
        if !self.db.empty_log().unwrap_or(false) {
            self.leftovers.get_or_insert_default().log = true;
        }
    }

    /// The rows are deleted and overwritten (`secure_delete`), but the log still has the old pages.
    pub(super) fn after_erasing(&mut self, erased: &[crate::domain::account::AccountRef]) {
        if erased.is_empty() {
            return;
        }
        self.clear_log();
        let Some(list) = &self.erased_list else {
            return;
        };
        let store = self.vault.store_id();
        if let Err(why) = list.add(store, erased) {
            let mut lines = ErasedList::lines(store, erased);
            let leftovers = self.leftovers.get_or_insert_default();
            if let Some(before) = leftovers.unlisted.take() {
                lines.splice(0..0, before.lines);
            }
            leftovers.unlisted = Some(Unlisted {
                path: list.path().to_owned(),
                why,
                lines,
            });
        }
    }
}
