//! Signing in. A try is counted and committed before the password is looked at (L8), the password is looked at
//! outside any transaction, and the verdict is written with whatever it causes.
//!
//! Before the password is right, an answer says only `invalid-credentials`, `locked` or `try-later`, whether the
//! address exists or not, and costs the same time; after a right one it is the first obstacle.

use std::time::Duration;

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::address::Address;
use crate::domain::admission::{Obstacle, Reason, obstacles};
use crate::domain::event::Action;
use crate::domain::link::{LinkPurpose, end_of};
use crate::domain::lockout::{Lock, LockLimits, Reservation};
use crate::domain::panel::Panel;
use crate::domain::password::normalised;
use crate::domain::policy::{STRANGERS_REMEMBERED, Sessions};
use crate::mail::MailKind;
use crate::store::{Done, Fault, NewSession, Store, Tx};
use crate::vault::password::{dummy, verify};
use crate::vault::{HashCost, Secret, Token, TokenHash, Verdict};

use super::invite::queue;
use super::reset_password::start_reset;
use super::{Op, OpError, Scope};

/// How long to wait while as many tries as are allowed are being looked at: 100 × 50 ms.
const WAITS: u32 = 100;
const WAIT: Duration = Duration::from_millis(50);

/// What the person typed, and where.
pub struct Credentials<'a> {
    /// As typed.
    pub address: &'a str,
    /// As typed.
    pub password: &'a Secret<String>,
    /// The panel's name.
    pub panel: &'a str,
    /// A ticket that setting a password handed out (L9): the try is made whatever the count.
    pub ticket: Option<&'a Token>,
}

/// A sign-in that was completed.
pub struct SignedIn {
    /// The session's secret, for the panel alone.
    pub session: Token,
    /// Who.
    pub entrant: Entrant,
}

/// What a panel learns of somebody who is in.
#[derive(Clone, Debug)]
pub struct Entrant {
    /// The person.
    pub account: Account,
    /// Their role in this panel.
    pub role: String,
    /// When the access ends.
    pub access_until: Option<Timestamp>,
}

/// Why somebody was not let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    /// What the person may be told.
    pub reason: &'static str,
    /// The truth, for the panel's own log.
    pub cause: String,
    /// When the obstacle began.
    pub since: Option<Timestamp>,
}

impl Denied {
    fn new(reason: &'static str, cause: &str) -> Self {
        Self { reason, cause: cause.to_owned(), since: None }
    }

    /// The password was changed between the look at it and now: it was the old one that was right.
    fn changed_meanwhile() -> Self {
        Self::new("invalid-credentials", "password-changed")
    }
}

/// What comes of a sign-in.
pub type Answer = Result<Box<SignedIn>, Denied>;

/// Somebody whose password is right, with the try still open.
pub(super) struct Proven {
    pub(super) account_id: i64,
    round: i64,
    phc: String,
    rehash: bool,
    /// The try was counted, and waits for its verdict.
    reserved: bool,
    /// The try was made whatever the count (L9).
    by_ticket: bool,
}

impl Proven {
    /// Gives a counted try back: the password was right.
    pub(super) fn release(&self, tx: &Tx<'_>) -> Result<(), Fault> {
        if self.reserved { tx.release_try(self.account_id, self.round) } else { Ok(()) }
    }

    /// The hash that the password was right for.
    pub(super) fn phc(&self) -> &str {
        &self.phc
    }
}

/// Signs somebody in. `pause` waits for tries of the same account that are under way.
///
/// # Errors
/// An unknown panel, or a failing store: the caller must deny.
pub fn sign_in(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    pause: &dyn Fn(Duration),
) -> Result<Answer, OpError> {
    let proven = match prove(store, op, credentials, pause)? {
        Ok(proven) => proven,
        Err(denied) => return Ok(Err(denied)),
    };
    let answer = store.change(|tx| {
        let scope = Scope::load(tx)?;
        let panel = scope.panel(credentials.panel)?;
        let account = tx.account_by_id(proven.account_id)?;
        let unchanged = tx.password_hash(proven.account_id)?.as_deref() == Some(proven.phc.as_str());
        let Some(account) = account else {
            return Ok::<_, OpError>(Done::nothing(Err(Denied::changed_meanwhile())));
        };
        if !unchanged {
            return Ok(Done::recorded(Err(too_late(tx, op, panel, &account)?)));
        }
        admit(tx, &scope, op, panel, account, &proven)
    })?;
    if answer.is_ok() && proven.rehash {
        rehash(store, credentials.password, &proven)?;
    }
    Ok(answer)
}

/// A right password: lets the person in unless something else is in the way.
fn admit(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    panel: &Panel,
    account: Account,
    proven: &Proven,
) -> Result<Done<Answer>, OpError> {
    let access = tx.access(account.id, panel.id)?;
    let facts = scope.facts(tx, panel, Some(&account), access.as_ref(), op)?;
    let first = obstacles(&facts, op.now)
        .into_iter()
        .find(|obstacle| !(proven.by_ticket && obstacle.reason == Reason::Locked));
    if let Some(obstacle) = first {
        return Ok(Done::recorded(Err(refuse(tx, op, panel, &account, proven, &obstacle)?)));
    }
    let Some(access) = access else {
        return Ok(Done::nothing(Err(Denied::new("no-access", "no-access"))));
    };
    if panel.policy.sessions == Sessions::OneReplace {
        tx.end_sessions(account.id, Some(panel.id), "signed-in-elsewhere", op.now)?;
    }
    if proven.by_ticket {
        tx.open_lock(account.id, false)?;
    }
    tx.clear_tries(account.id, op.now)?;
    let ip = op.actor.ip.map(|ip| ip.to_string());
    let session = tx.add_session(&NewSession {
        account_id: account.id,
        panel_id: panel.id,
        created_at: op.now,
        expires_at: end_of(op.now, panel.policy.session_total),
        ip: ip.as_deref(),
    })?;
    tx.record(op.event(Action::SignedIn).about(&account).in_panel(&panel.name))?;
    let entrant = Entrant { account, role: access.role, access_until: access.until };
    Ok(Done::recorded(Ok(Box::new(SignedIn { session, entrant }))))
}

/// The password that was right is no longer the person's.
pub(super) fn too_late(tx: &mut Tx<'_>, op: &Op, panel: &Panel, account: &Account) -> Result<Denied, OpError> {
    let denied = Denied::changed_meanwhile();
    let event = op.event(Action::SignInRefused).about(account).in_panel(&panel.name);
    tx.record(event.with("reason", denied.cause.as_str()))?;
    Ok(denied)
}

/// A right password, and something else in the way: gives the try back and records what it was.
pub(super) fn refuse(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
    proven: &Proven,
    obstacle: &Obstacle,
) -> Result<Denied, OpError> {
    proven.release(tx)?;
    let word = obstacle.reason.as_str();
    tx.record(op.event(Action::SignInRefused).about(account).in_panel(&panel.name).with("reason", word))?;
    Ok(Denied { reason: word, cause: word.to_owned(), since: obstacle.since })
}

/// Looks at the password, counted first. `Ok(Err(…))` has been recorded already.
pub(super) fn prove(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    pause: &dyn Fn(Duration),
) -> Result<Result<Proven, Denied>, OpError> {
    let subject = look_up(store, credentials)?;
    match subject {
        Subject::Counted { account_id, phc, cost, limits } => {
            prove_counted(store, op, credentials, pause, account_id, &phc, &cost, limits)
        }
        Subject::Stranger { account, phc, cost, limit } => {
            prove_stranger(store, op, credentials, account.as_deref(), phc.as_deref(), &cost, limit)
        }
    }
}

/// Who stands behind a typed address.
enum Subject {
    /// Somebody with a password and access somewhere: their own count decides.
    Counted { account_id: i64, phc: String, cost: HashCost, limits: LockLimits },
    /// Nobody, or somebody with nothing to lock (L10).
    Stranger { account: Option<Box<Account>>, phc: Option<String>, cost: HashCost, limit: i64 },
}

fn look_up(store: &mut Store, credentials: &Credentials<'_>) -> Result<Subject, OpError> {
    store.read(|tx| {
        let scope = Scope::load(tx)?;
        let panel = scope.panel(credentials.panel)?;
        let (memory, passes, lanes) = scope.policy.argon2;
        let cost = HashCost::checked(memory, passes, lanes)?;
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
        let Some(account) = account else { return Ok(stranger(None, None)) };
        let accesses = tx.accesses(account.id)?;
        let phc = tx.password_hash(account.id)?;
        Ok(match phc {
            Some(phc) if accesses.iter().any(|access| access.removed_at.is_none()) => Subject::Counted {
                account_id: account.id,
                phc,
                cost,
                limits: scope.limits(&accesses).lock,
            },
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
            round: round.unwrap_or_default(),
            phc: phc.to_owned(),
            rehash,
            reserved: round.is_some(),
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
            let Some(account) = account else { return Ok(Done::nothing(Some(Reserved::Locked("erased")))) };
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
                    let lock = account.lock.next_lock(limits);
                    fall(tx, &scope, op, credentials.panel, &account, lock)?;
                    Ok(Done::recorded(Some(Reserved::Locked("locked"))))
                }
                Reservation::Go => {
                    let went = tx.reserve_try(account_id, limits, op.now)?;
                    Ok::<_, OpError>(Done::unrecorded(went.then_some(Reserved::Round(account.lock.round))))
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

/// The purpose of the ticket that a new password hands out (L9).
pub(super) const SIGN_IN_TICKET: &str = "sign-in";

fn record_refusal(
    store: &mut Store,
    op: &Op,
    panel: &str,
    account_id: i64,
    cause: &str,
) -> Result<(), OpError> {
    store.change(|tx| {
        let Some(account) = tx.account_by_id(account_id)? else { return Ok(Done::nothing(())) };
        tx.record(op.event(Action::SignInRefused).about(&account).in_panel(panel).with("reason", cause))?;
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
        let Some(account) = tx.account_by_id(account_id)? else { return Ok(Done::nothing(())) };
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
            let scope = Scope::load(tx)?;
            fall(tx, &scope, op, panel, &account, lock)?;
        }
        Ok::<_, OpError>(Done::recorded(()))
    })
}

/// A lock falls: once, with its mail (L2, L4) and its entry.
fn fall(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    panel: &str,
    account: &Account,
    lock: Lock,
) -> Result<(), OpError> {
    if !tx.lock_account(account.id, lock, op.now)? {
        return Ok(());
    }
    let panel = scope.panel(panel)?;
    if lock.permanent {
        tx.revoke_links(account.id, LinkPurpose::Reset, None, op.now)?;
        tx.end_sessions(account.id, None, "locked-permanently", op.now)?;
        queue(tx, op, panel, account, MailKind::LockedPermanently, None)?;
        let event = op.event(Action::LockedPermanently).about(account).in_panel(&panel.name);
        tx.record(event.with("locks_in_a_row", lock.streak))?;
    } else {
        let event = op.event(Action::Locked).about(account).in_panel(&panel.name);
        start_reset(tx, scope, op, panel, account, event.with("locks_in_a_row", lock.streak), false)?;
    }
    Ok(())
}

/// An address with nothing to lock: counted by keyed hash, at the same cost (L10).
fn prove_stranger(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    account: Option<&Account>,
    phc: Option<&str>,
    cost: &HashCost,
    limit: i64,
) -> Result<Result<Proven, Denied>, OpError> {
    let password = &Secret::new(normalised(credentials.password.expose()));
    let typed = match Address::parse(credentials.address) {
        Ok(address) => address.key().to_owned(),
        Err(_) => credentials.address.trim().to_lowercase(),
    };
    let key = store.vault().keyed_hash("stranger", typed.as_bytes());
    let forgotten = op.now.checked_sub(STRANGERS_REMEMBERED).unwrap_or(Timestamp::MIN);
    let tries = store.change(|tx| {
        Ok::<_, Fault>(Done::unrecorded(tx.count_stranger(&key, forgotten, op.now)?))
    })?;
    let allowed = tries <= limit;
    let verdict = match phc.filter(|_| allowed) {
        Some(phc) => verify(password, phc, cost)?,
        None => {
            dummy(password, cost)?;
            Verdict::Wrong
        }
    };
    if let (Verdict::Right { .. }, Some(account), Some(phc)) = (&verdict, account, phc) {
        return Ok(Ok(Proven {
            account_id: account.id,
            round: account.lock.round,
            phc: phc.to_owned(),
            rehash: false,
            reserved: false,
            by_ticket: false,
        }));
    }
    let cause = match account {
        None => "unknown-address",
        Some(account) if account.is_registered() => "wrong-password",
        Some(_) => "unregistered",
    };
    store.change(|tx| note_stranger(tx, op, credentials.panel, account, cause))?;
    Ok(Err(Denied::new(if allowed { "invalid-credentials" } else { "locked" }, cause)))
}

/// Tries at unknown addresses become one audit entry per IP and hour, written when the hour is over (U1).
fn note_stranger(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &str,
    account: Option<&Account>,
    cause: &str,
) -> Result<Done<()>, OpError> {
    let written = flush_tallies(tx, op)?;
    if let Some(account) = account {
        tx.record(op.event(Action::SignInRefused).about(account).in_panel(panel).with("reason", cause))?;
        return Ok(Done::recorded(()));
    }
    let ip = op.actor.ip.map(|ip| ip.to_string()).unwrap_or_default();
    tx.tally_stranger(&ip, panel, hour_of(op.now))?;
    Ok(if written { Done::recorded(()) } else { Done::unrecorded(()) })
}

pub(super) fn hour_of(now: Timestamp) -> Timestamp {
    let seconds = now.as_second();
    Timestamp::from_second(seconds - seconds.rem_euclid(3_600)).unwrap_or(now)
}

/// Writes the entries of hours that are over. True if there were any.
pub fn flush_tallies(tx: &mut Tx<'_>, op: &Op) -> Result<bool, OpError> {
    let tallies = tx.take_tallies(hour_of(op.now))?;
    for tally in &tallies {
        let mut event = op.event(Action::UnknownAddressTried).in_panel(&tally.panel);
        event.actor.ip = tally.ip.parse().ok();
        tx.record(event.with("tries", tally.tries).with("hour", tally.hour.to_string()))?;
    }
    Ok(!tallies.is_empty())
}

/// The parameters of the hash changed since it was made: makes a new one (P1).
fn rehash(store: &mut Store, password: &Secret<String>, proven: &Proven) -> Result<(), OpError> {
    let password = Secret::new(normalised(password.expose()));
    let (memory, passes, lanes) = store.read(|tx| tx.store_policy())?.argon2;
    let new = HashCost::checked(memory, passes, lanes)?.hash(&password, store.vault().entropy())?;
    store.change(|tx| {
        let changed = tx.rehash_password(proven.account_id, &proven.phc, &new)?;
        Ok::<_, Fault>(if changed { Done::unrecorded(()) } else { Done::nothing(()) })
    })?;
    Ok(())
}
