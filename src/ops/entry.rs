//! The steps common to everything that checks a password: the attempt is counted, the password is correct and
//! still current, and there is no obstacle.

use std::time::Duration;

use crate::domain::access::Access;
use crate::domain::admission::{Facts, Reason, obstacles};
use crate::domain::password::normalised;
use crate::store::{Done, Fault, Store, Tx};
use crate::vault::Secret;

use super::credentials::{Credentials, Denied, VerifiedPassword, refuse};
use super::second_factor::SecondFactorInfo;
use super::steps::{PASSWORD_TICKET, step_ticket};
use super::tickets::{held_back, set_up_ticket};
use super::verdict::verdict;
use super::verify_password::verify_password;
use super::{Op, OpError, Scope};

/// Somebody who has entered a correct password.
pub(super) struct Entry<'a> {
    /// The person, the panel, and the second factor.
    pub(super) who: SecondFactorInfo<'a>,
    /// Their access to the panel.
    pub(super) access: Option<&'a Access>,
    /// The proof; its attempt was given back.
    pub(super) proven: &'a VerifiedPassword,
}

/// Runs `work` in the transaction after a correct password. Refuses, counts and records otherwise: a wrong
/// password, one that was changed in the meantime, or the first obstacle that `spares` does not accept.
pub(super) fn behind_password<T: 'static>(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    pause: &dyn Fn(Duration),
    spares: impl Fn(&VerifiedPassword, &Facts<'_>, Reason) -> bool,
    mut work: impl FnMut(&mut Tx<'_>, &Scope, &Entry<'_>) -> Result<Done<Result<T, Denied>>, OpError>,
) -> Result<Result<T, Denied>, OpError> {
    let mut proven = match verify_password(store, op, credentials, pause)? {
        Ok(proven) => proven,
        Err(denied) => return Ok(Err(denied)),
    };
    let answer = verdict(
        store,
        op,
        credentials,
        &mut proven,
        |tx, scope, account, proven| {
            let panel = scope.panel(credentials.panel)?;
            let accesses = tx.accesses(account.id)?;
            let access = accesses.iter().find(|access| access.panel_id == panel.id);
            let facts = scope.facts(tx, panel, Some(account), access, op)?;
            let first = obstacles(&facts, op.now)
                .into_iter()
                .find(|obstacle| !spares(proven, &facts, obstacle.reason));
            if let Some(obstacle) = first {
                let mut denied = refuse(tx, op, &panel.name, account, &obstacle)?;
                if obstacle.reason == Reason::SecondFactorSetupRequired {
                    if facts.factor.may_set_up(&panel.policy) {
                        denied.ticket = Some(Box::new(set_up_ticket(tx, op, account)?));
                    } else if panel.policy.methods.app {
                        denied.advice =
                            held_back(&facts.factor, panel).and_then(|held| held.advice);
                    }
                }
                if obstacle.reason == Reason::PasswordExpired {
                    let ticket = step_ticket(tx, op, PASSWORD_TICKET, account, panel)?;
                    denied.ticket = Some(Box::new(ticket));
                }
                // The password was correct: an obstacle does not use up the sign-in token that replaced the
                // count (L9).
                if let Some(ticket) = credentials.ticket.filter(|_| proven.by_ticket) {
                    tx.return_ticket(&ticket.hash())?;
                }
                return Ok(Done::recorded(Err(denied)));
            }
            let entry = Entry {
                who: SecondFactorInfo {
                    account,
                    panel,
                    factor: facts.factor,
                    limits: scope.limits(&accesses).lock,
                },
                access,
                proven,
            };
            work(tx, scope, &entry)
        },
    )?;
    if answer.is_ok() && proven.rehash {
        rehash(store, credentials.password, &proven)?;
    }
    Ok(answer)
}

/// The parameters of the hash have changed since it was made: makes a new one (P1).
fn rehash(
    store: &mut Store,
    password: &Secret<String>,
    proven: &VerifiedPassword,
) -> Result<(), OpError> {
    let password = Secret::new(normalised(password.expose()));
    let cost = store.read(|tx| Scope::load(tx)?.hash_cost())?;
    let new = cost.hash(&password, store.vault().entropy())?;
    store.change(|tx| {
        let changed = tx.rehash_password(proven.account_id, &proven.phc, &new)?;
        Ok::<_, Fault>(if changed {
            Done::unrecorded(())
        } else {
            Done::nothing(())
        })
    })?;
    Ok(())
}
