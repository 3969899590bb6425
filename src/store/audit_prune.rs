//! Pruning the audit: only behind a head that was exported, and only from the beginning (U2).
//!
//! The table `chain` keeps where the chain begins; the trigger that forbids deleting lets go of what lies before.

use jiff::Timestamp;

use super::Tx;
use super::audit::{Head, read_head};
use super::fault::Fault;
use super::rows::{Columns, ms};

/// What is to be pruned.
#[derive(Clone, Copy, Debug)]
pub struct Prune {
    /// Entries before this instant.
    pub before: Timestamp,
    /// None behind this one.
    pub head: Head,
}

/// What pruning comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pruned {
    /// The exported head is not of this record.
    OtherHead,
    /// The entry that the exported head names was pruned already, as far as this one: nothing proves the head any more.
    HeadGone(i64),
    /// Nothing lies before both.
    Nothing,
    /// These go, the first and the last.
    Gone(i64, i64),
}

impl Tx<'_> {
    /// The last entry that was pruned: where the chain begins; number 0 if it is whole.
    pub fn audit_beginning(&self) -> Result<Head, Fault> {
        self.sql
            .one(
                "select pruned_seq, pruned_hash from chain where id = 1",
                &[],
                read_head,
            )?
            .ok_or_else(|| Fault::Other("the audit has no head".into()))
    }

    fn audit_hash(&self, seq: i64) -> Result<Option<Head>, Fault> {
        self.sql.one(
            "select seq, hash from audit where seq = $1",
            &[&seq],
            read_head,
        )
    }

    /// What [`Tx::prune_audit`] would come to.
    pub fn prunable_audit(&self, prune: &Prune) -> Result<Pruned, Fault> {
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

    /// Deletes the oldest entries: those before an instant, as far as the exported head reaches. What is left is
    /// chained to the hash of the last one that went.
    pub fn prune_audit(&self, prune: &Prune) -> Result<Pruned, Fault> {
        let pruned = self.prunable_audit(prune)?;
        let Pruned::Gone(_, last) = pruned else {
            return Ok(pruned);
        };
        let end = self
            .audit_hash(last)?
            .ok_or_else(|| Fault::Other(format!("entry {last} of the audit is missing")))?;
        self.sql.exec(
            "update chain set pruned_seq = $1, pruned_hash = $2 where id = 1",
            &[&end.seq, &end.hash.as_slice()],
        )?;
        self.sql
            .exec("delete from audit where seq <= $1", &[&end.seq])?;
        Ok(pruned)
    }
}
