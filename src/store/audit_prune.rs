//! Pruning the audit log: only up to an end that was exported, and only from the start (U2).
//!
//! The table `chain` records where the chain starts, and the trigger that forbids deleting allows it before that. No
//! hash covers that table. So the entry that pruning leaves in the chain itself is what counts: a log that does not
//! start with entry 1 is valid only if the last such entry names the same number and hash.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::audit::{Head, read_head};
use super::engine;
use super::fault::Fault;
use super::rows::{Columns, ms};
use super::{Store, Tx};
use crate::domain::event::{Action, Event};
use crate::domain::text::hex;

/// What to prune.
#[derive(Clone, Copy, Debug)]
pub struct Prune {
    /// Entries before this instant.
    pub before: Timestamp,
    /// No entry after this one.
    pub head: Head,
}

/// The last time that the audit log was pruned, according to the chain itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pruning {
    /// The entry that records it.
    pub seq: i64,
    /// When it was pruned.
    pub at: Timestamp,
    /// Who did it.
    pub operator: String,
    /// The last entry that was deleted.
    last: Option<i64>,
    /// Its hash in hexadecimal; missing in entries of an early version.
    hash: Option<String>,
}

/// The result of pruning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Pruned {
    /// The exported end is not from this audit log.
    OtherHead,
    /// The entry that the exported end names was pruned already, with all entries up to this one: nothing proves the
    /// end any more.
    HeadGone(i64),
    /// Only the role that owns the tables on a server may prune, and that is this one.
    OwnerOnly(String),
    /// There is nothing before both.
    Nothing,
    /// These entries are deleted, from the first to the last.
    Gone(i64, i64),
}

impl Store {
    /// Which roles of a server have more rights than an operator needs: to change or delete audit entries.
    ///
    /// # Errors
    /// Those of the engine.
    pub fn audit_rewriters(&mut self) -> Result<Vec<String>, Fault> {
        self.db.audit_rewriters()
    }
}

impl Tx<'_> {
    /// The last entry that was pruned: where the chain starts; number 0 if nothing was pruned.
    pub fn audit_beginning(&self) -> Result<Head, Fault> {
        self.sql
            .one(
                "select pruned_seq, pruned_hash from chain where id = 1",
                &[],
                read_head,
            )?
            .ok_or_else(|| Fault::Other("the audit log has no recorded end".into()))
    }

    fn audit_hash(&self, seq: i64) -> Result<Option<Head>, Fault> {
        self.sql.one(
            "select seq, hash from audit where seq = $1",
            &[&seq],
            read_head,
        )
    }

    /// The last time that it was pruned.
    pub fn last_pruning(&self) -> Result<Option<Pruning>, Fault> {
        self.sql.one(
            "select seq, at, operator, detail from audit where action = $1 order by seq desc limit 1",
            &[&Action::AuditPruned.as_str()],
            |row| {
                let mut columns = Columns::of("audit", row);
                let (seq, at, operator) = (columns.int()?, columns.time()?, columns.text()?);
                let detail: Map<String, Value> = columns
                    .opt_text()?
                    .and_then(|text| serde_json::from_str(&text).ok())
                    .unwrap_or_default();
                Ok(Pruning {
                    seq,
                    at,
                    operator,
                    last: detail.get("last").and_then(Value::as_i64),
                    hash: detail
                        .get("hash")
                        .and_then(Value::as_str)
                        .map(str::to_owned),
                })
            },
        )
    }

    /// Why the start of the chain was not left by pruning; nothing if it was, or if nothing was pruned. Verifying the
    /// chain checks that the entry is part of it.
    pub(super) fn unaccounted(&self, beginning: Head) -> Result<Option<String>, Fault> {
        let pruning = self.last_pruning()?;
        if beginning.seq == 0 {
            return Ok((beginning.hash != [0; 32] || pruning.is_some())
                .then(|| "the recorded start of the log was changed".to_owned()));
        }
        let hash = hex(&beginning.hash);
        let accounts = pruning.is_some_and(|pruning| {
            pruning.last == Some(beginning.seq)
                && pruning.hash.is_none_or(|deleted| deleted == hash)
        });
        Ok((!accounts).then(|| {
            format!(
                "the log starts here, but no audit-pruned entry says that entries up to {} were pruned",
                beginning.seq
            )
        }))
    }

    /// The role that may prune, if it is not ours.
    fn pruned_by_another(&self) -> Result<Option<String>, Fault> {
        if let engine::Tx::Lite(_) = self.sql {
            return Ok(None);
        }
        self.sql.one(
            "select cast(pg_get_userbyid(relowner) as text) from pg_class \
             where relnamespace = to_regnamespace($1) and relname = 'audit' and not pg_has_role(relowner, 'usage')",
            &[&engine::SCHEMA],
            |row| Columns::of("pg_class", row).text(),
        )
    }

    /// What [`Tx::prune_audit`] would do.
    pub fn prunable_audit(&self, prune: &Prune) -> Result<Pruned, Fault> {
        if let Some(owner) = self.pruned_by_another()? {
            return Ok(Pruned::OwnerOnly(owner));
        }
        let beginning = self.audit_beginning()?;
        if prune.head.seq < beginning.seq {
            return Ok(Pruned::HeadGone(beginning.seq));
        }
        if prune.head != beginning && self.audit_hash(prune.head.seq)? != Some(prune.head) {
            return Ok(Pruned::OtherHead);
        }
        let first_kept = self
            .sql
            .one(
                "select min(seq) from audit where at >= $1",
                &[&ms(prune.before)],
                |row| Columns::of("audit", row).opt_int(),
            )?
            .flatten();
        let last = match first_kept {
            Some(kept) => prune.head.seq.min(kept - 1),
            None => prune.head.seq,
        };
        Ok(if last > beginning.seq {
            Pruned::Gone(beginning.seq + 1, last)
        } else {
            Pruned::Nothing
        })
    }

    /// Deletes the oldest entries: those before an instant, up to the exported end. The rest is chained to the hash of
    /// the last deleted one, and `event` becomes the entry that records it.
    pub fn prune_audit(&mut self, prune: &Prune, event: Event) -> Result<Pruned, Fault> {
        let pruned = self.prunable_audit(prune)?;
        let Pruned::Gone(first, last) = pruned else {
            return Ok(pruned);
        };
        let end = self
            .audit_hash(last)?
            .ok_or_else(|| Fault::Other(format!("entry {last} of the audit log is missing")))?;
        self.sql.exec(
            "update chain set pruned_seq = $1, pruned_hash = $2 where id = 1",
            &[&end.seq, &end.hash.as_slice()],
        )?;
        self.sql
            .exec("delete from audit where seq <= $1", &[&end.seq])?;
        self.record(
            event
                .with("first", first)
                .with("last", last)
                .with("hash", hex(&end.hash))
                .with("before", prune.before.to_string()),
        )?;
        Ok(pruned)
    }
}
