//! The end of an attempt with a correct password: one transaction in which the password must still be the
//! person's.
//!
//! An attempt is counted before the password is checked (L8), so it must end either counted as wrong or given
//! back: one left open would count towards a lock although nobody typed anything wrong. A wrong password is
//! counted in `verify_password`. Every correct one ends here: it is given back at the start of the
//! transaction that follows, and if that transaction fails, in its own. What a killed process leaves open
//! stays counted.

use crate::domain::account::Account;
use crate::domain::password::normalised;
use crate::store::{Done, Fault, Store, Tx};
use crate::vault::password::verify;
use crate::vault::{Secret, Token, Verdict};

use super::credentials::{Credentials, Denied, VerifiedPassword, too_late};
use super::{Op, OpError, Scope};

/// Runs `work` in the transaction that gives the attempt back, if the password is still the person's. Refuses
/// and records otherwise.
pub(super) fn verdict<T: 'static>(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    proven: &mut VerifiedPassword,
    work: impl FnMut(
        &mut Tx<'_>,
        &Scope,
        &Account,
        &VerifiedPassword,
    ) -> Result<Done<Result<T, Denied>>, OpError>,
) -> Result<Result<T, Denied>, OpError> {
    let outcome = conclude(store, op, credentials, proven, work);
    if let Err(error) = &outcome {
        proven.give_back(store, credentials.ticket, error);
    }
    outcome
}

fn conclude<T: 'static>(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    proven: &mut VerifiedPassword,
    mut work: impl FnMut(
        &mut Tx<'_>,
        &Scope,
        &Account,
        &VerifiedPassword,
    ) -> Result<Done<Result<T, Denied>>, OpError>,
) -> Result<Result<T, Denied>, OpError> {
    loop {
        let mut rehashed = None;
        let answer = store.change(|tx| {
            rehashed = None;
            let scope = Scope::load(tx)?;
            let Some(account) = proven.account(tx)? else {
                // Erased, and the open attempt with the account.
                return Ok(Done::nothing(Err(Denied::changed_meanwhile())));
            };
            let phc = tx.password_hash(account.id)?;
            if phc.as_deref() != Some(proven.phc.as_str()) {
                rehashed = phc.filter(|_| account.password.map(|it| it.set_at) == proven.set_at);
                if rehashed.is_some() {
                    return Ok(Done::nothing(Err(Denied::changed_meanwhile())));
                }
                proven.release(tx)?;
                return Ok(Done::recorded(Err(too_late(
                    tx,
                    op,
                    credentials.panel,
                    &account,
                )?)));
            }
            proven.release(tx)?;
            work(tx, &scope, &account, proven)
        })?;
        let Some(phc) = rehashed else {
            return Ok(answer);
        };
        look_again(store, credentials.password, proven, phc)?;
    }
}

/// A sign-in at the same moment replaced the hash of the same password by one with another cost (P1): it is
/// compared with that.
fn look_again(
    store: &mut Store,
    password: &Secret<String>,
    proven: &mut VerifiedPassword,
    phc: String,
) -> Result<(), OpError> {
    let password = Secret::new(normalised(password.expose()));
    let wanted = store.read(|tx| Scope::load(tx)?.hash_cost())?;
    match verify(&password, &phc, &wanted)? {
        Verdict::Right { rehash } => (proven.phc, proven.rehash) = (phc, rehash),
        // A different password after all, set in the same millisecond.
        Verdict::Wrong => proven.set_at = None,
    }
    Ok(())
}

impl VerifiedPassword {
    /// The account, unless it was erased: its row id may be another person's by now.
    pub(super) fn account(&self, tx: &Tx<'_>) -> Result<Option<Account>, Fault> {
        let account = tx.account_by_id(self.account_id)?;
        Ok(account.filter(|account| account.reference == self.reference))
    }

    /// Gives the attempt back, if it was counted at all: the password was correct.
    fn release(&self, tx: &Tx<'_>) -> Result<(), Fault> {
        match self.round {
            Some(round) => tx.release_try(self.account_id, round),
            None => Ok(()),
        }
    }

    /// After an error, when nothing was written: gives back the attempt, and the sign-in token that was used
    /// instead of the count. If that fails too, the attempt stays counted, as after a crash.
    pub(super) fn give_back(&self, store: &mut Store, ticket: Option<&Token>, error: &OpError) {
        if matches!(error, OpError::Store(Fault::Unsettled(_))) {
            // It may have been given back already, and must not be given back twice.
            return;
        }
        let given: Result<(), Fault> = store.change(|tx| {
            if self.account(tx)?.is_none() {
                return Ok(Done::nothing(()));
            }
            self.release(tx)?;
            if let Some(ticket) = ticket.filter(|_| self.by_ticket) {
                tx.return_ticket(&ticket.hash())?;
            }
            Ok(Done::unrecorded(()))
        });
        given.ok();
    }
}

#[cfg(test)]
mod tests;
