//! Checking a password: counted and committed first (L8), then hashed outside any transaction, then the
//! verdict is written with everything it causes.

use std::time::Duration;

use jiff::Timestamp;

use crate::domain::account::AccountRef;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::domain::lockout::{Guessing, LockLimits, Reservation};
use crate::domain::password::normalised;
use crate::domain::policy::Limits;
use crate::store::{Done, Store, Tx};
use crate::vault::password::HashCosts;
use crate::vault::{Secret, Verdict};

use super::costs::hash_costs;
use super::credentials::{Credentials, Denied, VerifiedPassword, too_late};
use super::limits::record_limited;
use super::lock::apply_lock;
use super::tickets::SIGN_IN_TICKET;
use super::turn::{AT_ONCE_AGAIN, take_turn};
use super::unknown_logins::{UnknownLogin, verify_unknown};
use super::wrong_ip::{count_against_ip, refuse_over_limit};
use super::{Op, OpError, Scope};

/// Checks the password, after counting the attempt. `Ok(Err(…))` has been recorded already; a
/// [`VerifiedPassword`] has to end in [`super::verdict::verdict`].
pub(super) fn verify_password(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    pause: &dyn Fn(Duration),
) -> Result<Result<VerifiedPassword, Denied>, OpError> {
    if let Some(denied) = refuse_over_limit(store, op, credentials)? {
        return Ok(Err(denied));
    }
    let (subject, costs) = look_up(store, credentials)?;
    let login = match subject {
        Subject::Counted(member) => {
            match verify_counted(store, op, credentials, pause, &member, &costs)? {
                Some(proven) => return Ok(proven),
                // Erased between the two lookups: the address has no account now.
                None => UnknownLogin::nobody(member.limits),
            }
        }
        Subject::UnknownLogin(login) => *login,
    };
    verify_unknown(store, op, credentials, pause, &login, &costs)
}

/// The account with a typed address, if any.
enum Subject {
    /// Somebody with a password, and access to a panel or a lock: their own count decides.
    Counted(Member),
    /// No account, or one with nothing to lock (L10).
    UnknownLogin(Box<UnknownLogin>),
}

/// Somebody whose own count decides.
struct Member {
    account_id: i64,
    reference: AccountRef,
    /// When the password was set that is current during the attempt.
    set_at: Option<Timestamp>,
    limits: LockLimits,
}

fn look_up(
    store: &mut Store,
    credentials: &Credentials<'_>,
) -> Result<(Subject, HashCosts), OpError> {
    store.read(|tx| {
        let scope = Scope::load(tx)?;
        scope.panel(credentials.panel)?;
        let costs = hash_costs(tx, &scope)?;
        let account = match Address::parse(credentials.address) {
            Ok(address) => tx.account(&address)?,
            Err(_) => None,
        };
        // People with access to the strictest panel lock there first (W1): unknown addresses do the same.
        let strictest = Limits::strictest(scope.panels.iter().map(|panel| &panel.policy)).lock;
        let Some(account) = account else {
            return Ok((
                Subject::UnknownLogin(Box::new(UnknownLogin::nobody(strictest))),
                costs,
            ));
        };
        let accesses = tx.accesses(account.id)?;
        let phc = tx.password_hash(account.id)?;
        let counted =
            account.lock.is_locked() || accesses.iter().any(|access| access.removed_at.is_none());
        let subject = if phc.is_some() && counted {
            Subject::Counted(Member {
                account_id: account.id,
                reference: account.reference,
                set_at: account.password.map(|password| password.set_at),
                limits: scope.limits(&accesses).lock,
            })
        } else {
            Subject::UnknownLogin(Box::new(UnknownLogin {
                account: Some(account),
                phc,
                limits: strictest,
            }))
        };
        Ok((subject, costs))
    })
}

/// `None`: the account was erased in the meantime.
fn verify_counted(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    pause: &dyn Fn(Duration),
    member: &Member,
    costs: &HashCosts,
) -> Result<Option<Result<VerifiedPassword, Denied>>, OpError> {
    let turn = take_turn(store, costs, credentials.password, pause, |store| {
        store.change(|tx| reserve(tx, op, credentials, member))
    })?;
    let Some(reserved) = &turn.reserved else {
        let cause = "too-many-at-once";
        record_refusal(store, op, credentials.panel, member, cause)?;
        return Ok(Some(Err(Denied::throttled(cause, AT_ONCE_AGAIN))));
    };
    let proven = match reserved {
        Reserved::Look(proven) => proven,
        Reserved::Erased => return Ok(None),
        Reserved::Locked(cause) => {
            turn.work(costs, credentials.password)?;
            record_refusal(store, op, credentials.panel, member, cause)?;
            return Ok(Some(Err(Denied::new("locked", cause))));
        }
        Reserved::Changed(denied) => {
            turn.work(costs, credentials.password)?;
            return Ok(Some(Err(denied.clone())));
        }
    };
    let password = Secret::new(normalised(credentials.password.expose()));
    match costs.verify(&password, &proven.phc) {
        Ok(Verdict::Right { rehash }) => Ok(Some(Ok(VerifiedPassword {
            rehash,
            ..proven.clone()
        }))),
        Ok(Verdict::Wrong) => {
            wrong_password(store, op, credentials.panel, proven, member.limits)?;
            let denied = Denied::new("invalid-credentials", "wrong-password");
            Ok(Some(Err(denied)))
        }
        Err(error) => {
            // Nothing was compared, so nothing was guessed.
            let error = OpError::from(error);
            proven.give_back(store, credentials.ticket, &error);
            Err(error)
        }
    }
}

/// The result of a reservation.
enum Reserved {
    /// The password may be checked.
    Look(VerifiedPassword),
    Locked(&'static str),
    /// A new password was set after this attempt was made: it was recorded, and is not checked.
    Changed(Denied),
    Erased,
}

/// Counts the attempt, and reads in the same transaction the hash that it is compared with: a verdict is then
/// always about the password of the round in which the attempt was counted. `None`: it has to wait.
fn reserve(
    tx: &mut Tx<'_>,
    op: &Op,
    credentials: &Credentials<'_>,
    member: &Member,
) -> Result<Done<Option<Reserved>>, OpError> {
    let account = tx.account_by_id(member.account_id)?;
    let Some(account) = account.filter(|account| account.reference == member.reference) else {
        return Ok(Done::nothing(Some(Reserved::Erased)));
    };
    // Committed, so that it costs the same as for an unknown address.
    let locked = |tx: &mut Tx<'_>, cause| {
        tx.note_try(account.id, op.now)?;
        Ok(Done::unrecorded(Some(Reserved::Locked(cause))))
    };
    if account.lock.permanent_at.is_some() {
        return locked(tx, "locked-permanently");
    }
    let set_at = account.password.map(|password| password.set_at);
    let Some(phc) = tx
        .password_hash(account.id)?
        .filter(|_| set_at == member.set_at)
    else {
        let denied = too_late(tx, op, credentials.panel, &account)?;
        return Ok(Done::recorded(Some(Reserved::Changed(denied))));
    };
    let look = |round: Option<i64>| {
        Some(Reserved::Look(VerifiedPassword {
            account_id: account.id,
            reference: account.reference,
            round,
            phc: phc.clone(),
            set_at,
            rehash: false,
            by_ticket: round.is_none(),
        }))
    };
    if let Some(ticket) = credentials.ticket
        && tx.use_ticket(SIGN_IN_TICKET, account.id, &ticket.hash(), op.now)?
    {
        return Ok(Done::unrecorded(look(None)));
    }
    match account.lock.reserve(member.limits, op.now) {
        Reservation::Locked => locked(tx, "locked"),
        Reservation::Wait => Ok(Done::nothing(None)),
        Reservation::LockNow => {
            tx.count_unanswered(account.id)?;
            let scope = Scope::load(tx)?;
            let lock = account.lock.next_lock(member.limits, Guessing::Passwords);
            apply_lock(tx, &scope, op, credentials.panel, &account, lock)?;
            Ok(Done::recorded(Some(Reserved::Locked("locked"))))
        }
        Reservation::Go => {
            let went = tx.reserve_try(account.id, member.limits, op.now)?;
            Ok(Done::unrecorded(
                look(Some(account.lock.round)).filter(|_| went),
            ))
        }
    }
}

fn record_refusal(
    store: &mut Store,
    op: &Op,
    panel: &str,
    member: &Member,
    cause: &str,
) -> Result<(), OpError> {
    store.change(|tx| {
        let account = tx.account_by_id(member.account_id)?;
        let Some(account) = account.filter(|account| account.reference == member.reference) else {
            return Ok(Done::nothing(()));
        };
        let event = op.event(Action::SignInRefused).in_panel(panel);
        record_limited(tx, op, &account, event.with("reason", cause))?;
        Ok::<_, OpError>(Done::recorded(()))
    })
}

/// The verdict "wrong": counts it, and locks if that was one too many. If it cannot be written, the attempt
/// stays counted, as after a crash: the password was checked.
fn wrong_password(
    store: &mut Store,
    op: &Op,
    panel: &str,
    tried: &VerifiedPassword,
    limits: LockLimits,
) -> Result<(), OpError> {
    let ip = op.actor.ip.map(|ip| ip.to_string());
    store.change(|tx| {
        let Some(account) = tried.account(tx)? else {
            return Ok(Done::nothing(()));
        };
        let scope = Scope::load(tx)?;
        count_against_ip(tx, op, scope.panel(panel)?)?;
        let count = match tried.round {
            Some(round) => tx.count_wrong(&account, round, ip.as_deref(), op.now)?,
            None => None,
        };
        tx.record(
            op.event(Action::SignInRefused)
                .about(&account)
                .in_panel(panel)
                .with("reason", "wrong-password")
                .with("count", count),
        )?;
        if let Some(lock) = count.and_then(|count| account.lock.lock_after(count, limits)) {
            apply_lock(tx, &scope, op, panel, &account, lock)?;
        }
        Ok::<_, OpError>(Done::recorded(()))
    })
}
