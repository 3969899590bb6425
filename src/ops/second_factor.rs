//! The second factor at a sign-in: whether a code is required, and whether it is correct.
//!
//! Everything happens inside the transaction that writes the verdict, so a code is compared and counted in
//! one step: under concurrency none is accepted twice and no more are compared than the limit allows (L6, L8,
//! T2–T4). This is the only place that compares codes, whatever their method.

use jiff::{SignedDuration, Timestamp};

use crate::domain::account::Account;
use crate::domain::event::Action;
use crate::domain::lockout::LockLimits;
use crate::domain::panel::Panel;
use crate::domain::policy::{WRONG_CODES_REMEMBERED, WRONG_CODES_TOLD};
use crate::domain::second_factor::{CLOCK_STEPS, FactorFacts, Method, clock_in_words};
use crate::mail::MailKind;
use crate::store::Tx;
use crate::vault::{BackupCode, Code, Digits, Token, step_at};

use super::credentials::{Denied, Second};
use super::grant::queue;
use super::limits::record_limited;
use super::lock::apply_lock;
use super::send_code::TOO_MANY_TRIES;
use super::{Op, OpError, Scope};

/// The cause for a code that is correct for another time; the offset follows it.
const WRONG_CLOCK: &str = "wrong-clock";

/// Somebody with a correct password who is signing in to a panel.
pub(super) struct SecondFactorInfo<'a> {
    pub(super) account: &'a Account,
    pub(super) panel: &'a Panel,
    pub(super) factor: FactorFacts,
    pub(super) limits: LockLimits,
}

/// How the second factor was passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passed {
    /// The panel does not require one.
    NotAsked,
    /// The IP is trusted, until then.
    Trusted(Timestamp),
    /// A code was correct.
    Code(Method),
}

impl Passed {
    /// The word in the audit log.
    pub(super) fn as_str(self) -> Option<&'static str> {
        match self {
            Self::NotAsked => None,
            Self::Trusted(_) => Some("trusted-ip"),
            Self::Code(method) => Some(method.as_str()),
        }
    }
}

/// Asks for the second factor, if the panel does. `Ok(Err(…))` has been recorded and counted.
pub(super) fn ask(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    who: &SecondFactorInfo<'_>,
    second: Second<'_>,
    ticket: Option<&Token>,
) -> Result<Result<Passed, Denied>, OpError> {
    let policy = &who.panel.policy;
    if !who.factor.is_asked(policy) {
        return Ok(Ok(Passed::NotAsked));
    }
    if let Some(until) = trusted(tx, op, who)? {
        return Ok(Ok(Passed::Trusted(until)));
    }
    let typed = second.code.filter(|code| !code.expose().trim().is_empty());
    let Some(typed) = typed else {
        let denied = Denied {
            methods: who.factor.open_methods(policy),
            tries_left: tries_left(who, who.account.lock.wrong_codes),
            ..Denied::new("code-required", "code-required")
        };
        record(tx, op, who, &denied, None)?;
        return Ok(Err(denied));
    };
    let found = compare(
        tx,
        op,
        who,
        Code::parse(typed.expose()),
        second.method,
        ticket,
    )?;
    conclude(tx, scope, op, who, found)
}

/// How many more codes may be wrong before the account locks.
fn tries_left(who: &SecondFactorInfo<'_>, wrong: i64) -> Option<u32> {
    u32::try_from((who.limits.wrong_codes - wrong).max(0)).ok()
}

/// Compares a code that is required to change the second factor itself: from the authenticator, or a backup
/// code.
pub(super) fn ask_own(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    who: &SecondFactorInfo<'_>,
    typed: &str,
) -> Result<Result<Passed, Denied>, OpError> {
    let found = match Code::parse(typed) {
        Some(Code::Digits(digits)) => by_app(tx, op, who, &digits)?,
        Some(Code::Backup(code)) => by_backup(tx, op, who, &code)?,
        None => Found::Malformed,
    };
    conclude(tx, scope, op, who, found)
}

/// Until when the person's IP makes a code unnecessary, and records that it did.
fn trusted(tx: &Tx<'_>, op: &Op, who: &SecondFactorInfo<'_>) -> Result<Option<Timestamp>, OpError> {
    let lifetime = who.panel.policy.trusted_ips;
    let (Some(ip), Some(length)) = (op.actor.ip, lifetime) else {
        return Ok(None);
    };
    let Some(mut trust) = tx.trusted(who.panel.id, who.account.id, ip, lifetime, op.now)? else {
        return Ok(None);
    };
    tx.touch_trust(trust.id, op.now)?;
    trust.last_used_at = Some(op.now);
    Ok(Some(trust.ends_at(length)))
}

/// The result of checking a code.
enum Found {
    /// It is correct, and now used up.
    Right(Method),
    /// It is wrong, or was used before.
    Wrong(&'static str),
    /// Wrong, but correct for a phone whose clock is this many steps off (T7).
    OtherClock(i64),
    /// It has expired.
    Over(&'static str),
    /// Not a code at all: too short, too long, not digits. Nothing was compared, so nothing counts.
    Malformed,
    /// The person cannot use the method here: nothing was compared.
    NotOpen,
}

fn compare(
    tx: &Tx<'_>,
    op: &Op,
    who: &SecondFactorInfo<'_>,
    code: Option<Code>,
    method: Option<Method>,
    ticket: Option<&Token>,
) -> Result<Found, OpError> {
    let open = |method| who.factor.open(method, &who.panel.policy);
    match code {
        None => Ok(Found::Malformed),
        Some(Code::Backup(code)) if open(Method::Backup) => by_backup(tx, op, who, &code),
        Some(Code::Backup(_)) => Ok(Found::NotOpen),
        Some(Code::Digits(digits)) => match (method, ticket) {
            (Some(Method::Mail | Method::Sms), _) | (None, Some(_)) => {
                by_sent(tx, op, who, &digits, method, ticket)
            }
            _ if open(Method::App) => by_app(tx, op, who, &digits),
            _ => Ok(Found::NotOpen),
        },
    }
}

fn by_app(
    tx: &Tx<'_>,
    op: &Op,
    who: &SecondFactorInfo<'_>,
    code: &Digits,
) -> Result<Found, OpError> {
    let Some(factor) = tx.second_factor(who.account)? else {
        return Ok(Found::NotOpen);
    };
    let now = step_at(op.wall);
    let ahead = who.panel.policy.totp_ahead;
    if let Some(step) = factor.secret.find(code, now, 1, ahead) {
        return Ok(if tx.use_step(who.account.id, step, op.now)? {
            Found::Right(Method::App)
        } else {
            Found::Wrong("code-used")
        });
    }
    // A step that was accepted before means an old code, not a wrong clock.
    Ok(
        match factor.secret.find(code, now, CLOCK_STEPS, CLOCK_STEPS) {
            Some(step) if step > factor.last_step => {
                tx.note_clock(who.account.id, step - now, op.now)?;
                Found::OtherClock(step - now)
            }
            Some(_) => Found::Wrong("code-used"),
            None => Found::Wrong("wrong-code"),
        },
    )
}

fn by_backup(
    tx: &Tx<'_>,
    op: &Op,
    who: &SecondFactorInfo<'_>,
    code: &BackupCode,
) -> Result<Found, OpError> {
    Ok(if tx.use_backup_code(who.account.id, code, op.now)? {
        Found::Right(Method::Backup)
    } else {
        Found::Wrong("wrong-backup-code")
    })
}

/// A mailed or SMS code: only the newest, once, bound to the token it was requested with (T4).
fn by_sent(
    tx: &Tx<'_>,
    op: &Op,
    who: &SecondFactorInfo<'_>,
    digits: &Digits,
    method: Option<Method>,
    ticket: Option<&Token>,
) -> Result<Found, OpError> {
    let Some(ticket) = ticket.map(Token::hash) else {
        return Ok(Found::Wrong("no-ticket"));
    };
    let Some(sent) = tx.sent_code(&ticket)?.filter(|sent| {
        sent.account_id == who.account.id
            && sent.panel_id == who.panel.id
            && method.is_none_or(|method| method == sent.method)
    }) else {
        // Without a method, the token may be the one of a new password (L9): then the code is the app's.
        return match method {
            None if who.factor.open(Method::App, &who.panel.policy) => by_app(tx, op, who, digits),
            _ => Ok(Found::Wrong("ticket-unknown")),
        };
    };
    if !who.factor.open(sent.method, &who.panel.policy) {
        return Ok(Found::NotOpen);
    }
    if sent.used_at.is_some() {
        return Ok(Found::Wrong("code-used"));
    }
    if sent.superseded_at.is_some() {
        return Ok(Found::Over("code-superseded"));
    }
    if op.now >= sent.expires_at {
        return Ok(Found::Over("code-expired"));
    }
    if !tx.try_sent_code(sent.id, op.now)? {
        return Ok(Found::Over(TOO_MANY_TRIES));
    }
    Ok(if tx.use_sent_code(sent.id, &ticket, digits, op.now)? {
        Found::Right(sent.method)
    } else {
        Found::Wrong("wrong-code")
    })
}

/// Records the result of checking a code.
fn conclude(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    who: &SecondFactorInfo<'_>,
    found: Found,
) -> Result<Result<Passed, Denied>, OpError> {
    let methods = who.factor.open_methods(&who.panel.policy);
    let invalid = |cause: &str| Denied {
        methods: methods.clone(),
        ..Denied::new("code-invalid", cause)
    };
    let (denied, counts) = match found {
        Found::Right(method) => {
            right(tx, op, who, method)?;
            return Ok(Ok(Passed::Code(method)));
        }
        Found::Wrong(cause) => (invalid(cause), true),
        // Never shown to the person typing: an attacker would know which code is correct in a few minutes (T7).
        Found::OtherClock(steps) => {
            let cause = format!("{WRONG_CLOCK}: {}", clock_in_words(steps));
            (invalid(&cause), true)
        }
        Found::Over(cause) => {
            let denied = Denied {
                methods: methods.clone(),
                ..Denied::new("code-expired", cause)
            };
            (denied, false)
        }
        Found::Malformed => (invalid("malformed-code"), false),
        Found::NotOpen => (invalid("method-not-open"), false),
    };
    let count = if counts {
        Some(tx.count_wrong_code(who.account.id, a_month_before(op.now), op.now)?)
    } else {
        None
    };
    let denied = Denied {
        tries_left: tries_left(
            who,
            count.map_or(who.account.lock.wrong_codes, |(in_a_row, _)| in_a_row),
        ),
        ..denied
    };
    record(tx, op, who, &denied, count.map(|(in_a_row, _)| in_a_row))?;
    if let Some((in_a_row, in_a_month)) = count {
        // By the count of the month: correct codes in between do not suppress the notice (T8).
        if WRONG_CODES_TOLD.contains(&in_a_month) {
            queue(tx, op, who.panel, who.account, MailKind::WrongCodes, None)?;
        }
        let lock = who
            .account
            .lock
            .lock_after_codes(in_a_row, in_a_month, who.limits);
        if let Some(lock) = lock {
            apply_lock(tx, scope, op, &who.panel.name, who.account, lock)?;
        }
    }
    Ok(Err(denied))
}

/// A correct code: the count of wrong ones in a row ends, and after another method than mail, mailed codes
/// count again (T4).
fn right(tx: &Tx<'_>, op: &Op, who: &SecondFactorInfo<'_>, method: Method) -> Result<(), OpError> {
    tx.clear_wrong_codes(who.account.id)?;
    if method != Method::Mail && who.account.mail_barred_at.is_some() {
        tx.bar_mailed_codes(who.account.id, None)?;
    }
    if method != Method::Mail && who.account.factor_reset_at.is_some() {
        tx.note_factor_reset(who.account.id, None)?;
    }
    if method == Method::Backup {
        queue(
            tx,
            op,
            who.panel,
            who.account,
            MailKind::BackupCodeUsed,
            None,
        )?;
    }
    Ok(())
}

/// The instant from which wrong codes count towards T8.
pub(super) fn a_month_before(now: Timestamp) -> Timestamp {
    before(now, WRONG_CODES_REMEMBERED)
}

/// The instant `length` before `now`.
pub(super) fn before(now: Timestamp, length: SignedDuration) -> Timestamp {
    now.checked_sub(length).unwrap_or(Timestamp::MIN)
}

fn record(
    tx: &mut Tx<'_>,
    op: &Op,
    who: &SecondFactorInfo<'_>,
    denied: &Denied,
    count: Option<i64>,
) -> Result<(), OpError> {
    // The audit log has only the word; the offset is kept with the authenticator.
    let word = denied.cause.split(':').next().unwrap_or_default();
    let cause = Some(word).filter(|cause| *cause != denied.reason);
    let event = op
        .event(Action::SignInRefused)
        .in_panel(&who.panel.name)
        .with("reason", denied.reason)
        .with("cause", cause);
    match count {
        // Wrong codes are few, because they lock the account.
        Some(count) => Ok(tx.record(event.about(who.account).with("count", count))?),
        None => record_limited(tx, op, who.account, event),
    }
}
