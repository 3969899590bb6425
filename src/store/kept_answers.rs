//! Answers that are kept for a day, sealed: the same request again gets the same answer, and nothing is done twice.

use std::any::Any;

use jiff::Timestamp;

use super::Tx;
use super::fault::Fault;
use super::rows::{Columns, ms};
use crate::vault::Secret;

/// The purpose of the seal.
const KEPT: &str = "kept-answer";

/// Is shown what each change of a [`Store`](super::Store) leads to, in its transaction and before it is committed, and
/// may write besides.
pub trait Witness {
    /// Sees the value that the change is going to return.
    ///
    /// # Errors
    /// Then the change is not made.
    fn sees(&self, tx: &Tx<'_>, value: &dyn Any) -> Result<(), Fault>;
}

/// An answer that was kept.
pub struct KeptAnswer {
    /// The keyed hash of the request that it was given to.
    pub request: Vec<u8>,
    /// The answer.
    pub answer: Secret<Vec<u8>>,
}

/// An answer to be kept.
pub struct NewAnswer<'a> {
    /// The keyed hash of the key under which it is found.
    pub key: &'a [u8; 32],
    /// The keyed hash of the request.
    pub request: &'a [u8; 32],
    /// The answer.
    pub answer: &'a [u8],
    /// The person that it names: it is forgotten with them.
    pub account_id: Option<i64>,
}

impl Tx<'_> {
    /// The answer with this key, if it was kept after `since`.
    pub fn kept_answer(
        &self,
        key: &[u8; 32],
        since: Timestamp,
    ) -> Result<Option<KeptAnswer>, Fault> {
        let found = self.sql.one(
            "select request, answer from kept_answer where key = $1 and kept_at > $2",
            &[&key.as_slice(), &ms(since)],
            |row| {
                let mut columns = Columns::of("kept_answer", row);
                Ok((columns.blob()?, columns.blob()?))
            },
        )?;
        let Some((request, sealed)) = found else {
            return Ok(None);
        };
        let answer = self.vault.open(KEPT, key, &sealed)?;
        Ok(Some(KeptAnswer { request, answer }))
    }

    /// Keeps an answer, in the place of one with the same key that was kept until `since`; all those go.
    ///
    /// # Errors
    /// [`Fault::Duplicate`] if a later one is kept under this key.
    pub fn keep_answer(
        &self,
        new: &NewAnswer<'_>,
        since: Timestamp,
        now: Timestamp,
    ) -> Result<(), Fault> {
        self.forget_answers(since)?;
        let sealed = self.vault.seal(KEPT, new.key, new.answer)?;
        self.sql.exec(
            "insert into kept_answer (key, request, answer, account_id, kept_at) values ($1, $2, $3, $4, $5)",
            &[
                &new.key.as_slice(),
                &new.request.as_slice(),
                &sealed,
                &new.account_id,
                &ms(now),
            ],
        )?;
        Ok(())
    }

    /// Forgets the answers that were kept until `since`; returns how many.
    pub fn forget_answers(&self, since: Timestamp) -> Result<usize, Fault> {
        self.sql
            .exec("delete from kept_answer where kept_at <= $1", &[&ms(since)])
    }

    /// Forgets all answers: they were sealed with another key, or are of another life of the store.
    pub(super) fn forget_all_answers(&self) -> Result<(), Fault> {
        self.sql.exec("delete from kept_answer", &[])?;
        Ok(())
    }
}
