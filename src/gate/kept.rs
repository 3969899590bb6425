//! The same request again: an answer that was lost on the way is given once more, and nothing is done twice.
//!
//! A request with an `idempotency` key has its answer kept for a day, sealed, in the very transaction that made it true.
//! So a process that is killed between the commit and the reader leaves nothing that is known to nobody.

use std::any::Any;
use std::sync::Arc;

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use zeroize::Zeroizing;

use super::answer::{Answer, Verdict};
use super::outcome::outcome;
use super::request::Request;
use super::texts::Lang;
use super::{BadRequest, Verb};
use crate::domain::panel::Panel;
use crate::ops::{Op, OpError};
use crate::store::{Done, Fault, NewAnswer, Store, Tx, Witness};

/// How long an answer is kept.
const KEPT_FOR: SignedDuration = SignedDuration::from_hours(24);

/// The label of the hash under which an answer is found.
const KEY: &str = "idempotency";
/// The label of the hash of a request.
const REQUEST: &str = "idempotent-request";

/// What is kept of a request that may be repeated.
pub(super) struct Keeper {
    verb: Verb,
    lang: Lang,
    zone: TimeZone,
    key: [u8; 32],
    request: [u8; 32],
    now: Timestamp,
}

impl Keeper {
    /// `None`: the request carries no key.
    pub(super) fn of(
        store: &Store,
        op: &Op,
        panel: &Panel,
        request: &Request,
        lang: Lang,
    ) -> Option<Arc<Self>> {
        let key = request.idempotency.as_ref()?;
        let verb = request.ask.verb();
        let vault = store.vault();
        let (panel, op_word) = (panel.name.as_bytes(), verb.as_str().as_bytes());
        Some(Arc::new(Self {
            verb,
            lang,
            zone: op.zone.clone(),
            key: vault.keyed_hash_of(KEY, &[panel, op_word, key.as_bytes()]),
            request: vault.keyed_hash_of(REQUEST, &[panel, op_word, &request.ask.plain()]),
            now: op.now,
        }))
    }

    fn since(&self) -> Timestamp {
        self.now.checked_sub(KEPT_FOR).unwrap_or(Timestamp::MIN)
    }

    /// The answer that was given before, or what is wrong with asking again.
    pub(super) fn again(&self, store: &mut Store) -> Result<Option<Answer>, OpError> {
        let kept = store.read(|tx| tx.kept_answer(&self.key, self.since()))?;
        Ok(kept.map(|kept| {
            if kept.request == self.request {
                Answer::again(Zeroizing::new(kept.answer.expose().clone()))
            } else {
                let what = "was used for another request";
                Answer::bad_request(&BadRequest::key("idempotency", what))
            }
        }))
    }

    /// Keeps a yes after the fact, if no transaction did. A no is never kept: who mistyped a password tries again.
    pub(super) fn keep(&self, store: &mut Store, answer: &Answer) -> Result<(), OpError> {
        if answer.verdict() != Verdict::Yes {
            return Ok(());
        }
        store.change(|tx| {
            if tx.kept_answer(&self.key, self.since())?.is_some() {
                return Ok(Done::nothing(()));
            }
            self.write(tx, answer)?;
            Ok::<_, OpError>(Done::unrecorded(()))
        })
    }

    fn write(&self, tx: &Tx<'_>, answer: &Answer) -> Result<(), Fault> {
        let line = answer
            .to_line(None)
            .map_err(|error| Fault::Other(error.to_string()))?;
        let new = NewAnswer {
            key: &self.key,
            request: &self.request,
            answer: &line,
            account_id: answer.account_id(),
        };
        tx.keep_answer(&new, self.since(), self.now)
    }
}

impl Witness for Keeper {
    fn sees(&self, tx: &Tx<'_>, value: &dyn Any) -> Result<(), Fault> {
        match outcome(self.verb, value, self.now) {
            Some(answer) => self.write(tx, &answer.spoken(self.lang, &self.zone)),
            None => Ok(()),
        }
    }
}
