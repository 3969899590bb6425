//! Looking at a password: counted and committed first (L8), then hashed outside any transaction, then the verdict is
//! written with whatever it causes.

use std::time::Duration;

use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::event::Action;
use crate::domain::lockout::{Guessing, LockLimits, Reservation};
use crate::domain::password::normalised;
use crate::store::{Done, Store};
use crate::vault::password::{dummy, verify};
use crate::vault::{HashCost, Secret, Token, TokenHash, Verdict};

use super::credentials::{Credentials, Denied, Proven};
use super::limits::record_limited;
use super::lock::fall;
use super::strangers::{LOCKED, count, prove_stranger};
use super::tickets::SIGN_IN_TICKET;
use super::wrong_ip::{count_against_ip, refuse_over_limit};
use super::{Op, OpError, Scope};

/// How long to wait while as many tries as are allowed are being looked at: 100 × 50 ms.
const WAITS: u32 = 100;

const WAIT: Duration = Duration::from_millis(50);

/// Looks at the password, counted first. `Ok(Err(…))` has been recorded already.
pub(super) fn prove(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    pause: &dyn Fn(Duration),
) -> Result<Result<Proven, Denied>, OpError> {
    if let Some(denied) = refuse_over_limit(store, op, credentials)? {
        return Ok(Err(denied));
    }
    let subject = look_up(store, credentials)?;
    match subject {
        Subject::Counted {
            account_id,
            phc,
            cost,
            limits,
        } => prove_counted(
            store,
            op,
            credentials,
            pause,
            account_id,
            &phc,
            &cost,
            limits,
        ),
        Subject::Stranger {
            account,
            phc,
            cost,
            limit,
        } => prove_stranger(
            store,
            op,
            credentials,
            account.as_deref(),
            phc.as_deref(),
            &cost,
            limit,
        ),
    }
}

/// Who stands behind a typed address.
enum Subject {
    /// Somebody with a password, and access somewhere or a lock: their own count decides.
    Counted {
        account_id: i64,
        phc: String,
        cost: HashCost,
        limits: LockLimits,
    },
    /// Nobody, or somebody with nothing to lock (L10).
    Stranger {
        account: Option<Box<Account>>,
        phc: Option<String>,
        cost: HashCost,
        limit: i64,
    },
}

fn look_up(store: &mut Store, credentials: &Credentials<'_>) -> Result<Subject, OpError> {
    store.read(|tx| {
        let scope = Scope::load(tx)?;
        let panel = scope.panel(credentials.panel)?;
        let cost = scope.hash_cost()?;
        let account = match Address::parse(credentials.address) {
            Ok(address) => tx.account(&address)?,
            Err(_) => None,
        };
        let stranger = |account, phc| Subject::Stranger {
            account,
            phc,
            cost,
            limit: panel.policy.wrong_passwords,
        };
        let Some(account) = account else {
            return Ok(stranger(None, None));
        };
        let accesses = tx.accesses(account.id)?;
        let phc = tx.password_hash(account.id)?;
        Ok(match phc {
            Some(phc)
                if account.lock.is_locked()
                    || accesses.iter().any(|access| access.removed_at.is_none()) =>
            {
                Subject::Counted {
                    account_id: account.id,
                    phc,
                    cost,
                    limits: scope.limits(&accesses).lock,
                }
            }
            phc => stranger(Some(Box::new(account)), phc),
        })
    })
}

#[expect(clippy::too_many_arguments, reason = "what was looked up, by name")]
fn prove_counted(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    pause: &dyn Fn(Duration),
    account_id: i64,
    phc: &str,
    cost: &HashCost,
    limits: LockLimits,
) -> Result<Result<Proven, Denied>, OpError> {
    let password = &Secret::new(normalised(credentials.password.expose()));
    let round = match reserve(store, op, credentials, pause, account_id, limits)? {
        Reserved::Round(round) => Some(round),
        Reserved::ByTicket => None,
        Reserved::Locked(cause) => {
            count(store, op, LOCKED, credentials.address)?;
            dummy(password, cost)?;
            record_refusal(store, op, credentials.panel, account_id, cause)?;
            return Ok(Err(Denied::new("locked", cause)));
        }
        Reserved::Busy => {
            record_refusal(store, op, credentials.panel, account_id, "too-many-at-once")?;
            return Ok(Err(Denied::new("try-later", "too many tries at once")));
        }
    };
    match verify(password, phc, cost)? {
        Verdict::Right { rehash } => Ok(Ok(Proven {
            account_id,
            round,
            phc: phc.to_owned(),
            rehash,
            by_ticket: round.is_none(),
        })),
        Verdict::Wrong => {
            wrong_password(store, op, credentials.panel, account_id, round, limits)?;
            Ok(Err(Denied::new("invalid-credentials", "wrong-password")))
        }
    }
}

/// What became of a reservation.
enum Reserved {
    Round(i64),
    ByTicket,
    Locked(&'static str),
    Busy,
}

fn reserve(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    pause: &dyn Fn(Duration),
    account_id: i64,
    limits: LockLimits,
) -> Result<Reserved, OpError> {
    let ticket: Option<TokenHash> = credentials.ticket.map(Token::hash);
    for _ in 0..WAITS {
        let reserved = store.change(|tx| {
            let account = tx.account_by_id(account_id)?;
            let Some(account) = account else {
                return Ok(Done::nothing(Some(Reserved::Locked("erased"))));
            };
            if account.lock.permanent_at.is_some() {
                return Ok(Done::nothing(Some(Reserved::Locked("locked-permanently"))));
            }
            if let Some(hash) = &ticket
                && tx.use_ticket(SIGN_IN_TICKET, account_id, hash, op.now)?
            {
                return Ok(Done::unrecorded(Some(Reserved::ByTicket)));
            }
            match account.lock.reserve(limits, op.now) {
                Reservation::Locked => Ok(Done::nothing(Some(Reserved::Locked("locked")))),
                Reservation::Wait => Ok(Done::nothing(None)),
                Reservation::LockNow => {
                    let scope = Scope::load(tx)?;
                    let lock = account.lock.next_lock(limits, Guessing::Passwords);
                    fall(tx, &scope, op, credentials.panel, &account, lock)?;
                    Ok(Done::recorded(Some(Reserved::Locked("locked"))))
                }
                Reservation::Go => {
                    let went = tx.reserve_try(account_id, limits, op.now)?;
                    Ok::<_, OpError>(Done::unrecorded(
                        went.then_some(Reserved::Round(account.lock.round)),
                    ))
                }
            }
        })?;
        if let Some(reserved) = reserved {
            return Ok(reserved);
        }
        pause(WAIT);
    }
    Ok(Reserved::Busy)
}

fn record_refusal(
    store: &mut Store,
    op: &Op,
    panel: &str,
    account_id: i64,
    cause: &str,
) -> Result<(), OpError> {
    store.change(|tx| {
        let Some(account) = tx.account_by_id(account_id)? else {
            return Ok(Done::nothing(()));
        };
        let event = op.event(Action::SignInRefused).in_panel(panel);
        record_limited(tx, op, &account, event.with("reason", cause))?;
        Ok::<_, OpError>(Done::recorded(()))
    })
}

/// The verdict "wrong": counts it, and locks if that was one too many.
fn wrong_password(
    store: &mut Store,
    op: &Op,
    panel: &str,
    account_id: i64,
    round: Option<i64>,
    limits: LockLimits,
) -> Result<(), OpError> {
    let ip = op.actor.ip.map(|ip| ip.to_string());
    store.change(|tx| {
        let Some(account) = tx.account_by_id(account_id)? else {
            return Ok(Done::nothing(()));
        };
        let scope = Scope::load(tx)?;
        count_against_ip(tx, op, scope.panel(panel)?)?;
        let count = match round {
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
            fall(tx, &scope, op, panel, &account, lock)?;
        }
        Ok::<_, OpError>(Done::recorded(()))
    })
}
