//! A new password for somebody who need not type the address: signed in, or with the ticket of a sign-in in which the
//! password had expired.

use crate::domain::account::Account;
use crate::domain::event::Action;
use crate::domain::link::end_of;
use crate::domain::panel::Panel;
use crate::domain::password::normalised;
use crate::domain::policy::OWN_PASSWORD_TRIES;
use crate::domain::refusal::Refusal;
use crate::domain::session::Session;
use crate::store::{Done, NewSession, Store, Tx};
use crate::vault::{Secret, Token, Verdict};

use super::costs::hash_costs;
use super::credentials::{Denied, refuse};
use super::limits::{count_own_password, forget_own_password, record_limited};
use super::password::{Code, ask_if_due, in_the_way, set, too_often};
use super::register::{Before, Chosen, choose};
use super::session::find_live;
use super::sign_in::{Second, complete_if_free};
use super::steps::{PASSWORD_TICKET, Stepped};
use super::wrong_ip::{TOO_MANY, count_against_ip, waits};
use super::{Op, OpError, Scope};

/// A requested change of password by somebody who is signed in.
#[derive(Clone, Copy)]
pub struct OwnChange<'a> {
    /// The panel's name.
    pub panel: &'a str,
    /// Their session.
    pub session: &'a Token,
    /// The current password, as typed.
    pub old: &'a Secret<String>,
    /// The new password.
    pub new: &'a Secret<String>,
}

/// Sets a new password and returns a new session in the place of the old one. Wrong old passwords never lock the
/// account: whoever holds the session may guess a few times, then the session ends.
///
/// # Errors
/// [`Refusal::SessionEnded`], a refused password, or a failing store.
pub fn change_own_password(
    store: &mut Store,
    op: &Op,
    change: OwnChange<'_>,
) -> Result<Result<Token, Denied>, OpError> {
    change_meanwhile(store, op, change, || {})
}

/// The same; `meanwhile` runs when both passwords were hashed, and before anything is written.
pub(crate) fn change_meanwhile(
    store: &mut Store,
    op: &Op,
    change: OwnChange<'_>,
    meanwhile: impl FnOnce(),
) -> Result<Result<Token, Denied>, OpError> {
    let counted = match store.change(|tx| count(tx, op, change))? {
        Ok(Some(counted)) => counted,
        // One too many: the session was ended.
        Ok(None) => {
            let cause = TOO_MANY_WRONG.to_owned();
            return Err(Refusal::SessionEndedFor { cause }.into());
        }
        Err(denied) => return Ok(Err(denied)),
    };
    let costs = store.read(|tx| hash_costs(tx, &Scope::load(tx)?))?;
    let old = Secret::new(normalised(change.old.expose()));
    if let Verdict::Wrong = costs.verify(&old, &counted.phc)? {
        let denied = store.change(|tx| wrong(tx, op, change, &counted))?;
        if counted.tries_left == 0 {
            let cause = TOO_MANY_WRONG.to_owned();
            return Err(Refusal::SessionEndedFor { cause }.into());
        }
        return Ok(denied);
    }
    let rules = store.read(|tx| {
        let scope = Scope::load(tx)?;
        let accesses = tx.accesses(counted.account.id)?;
        scope.password_rules(&accesses)
    })?;
    let before = Some(Before::Typed(change.old));
    let chosen = choose(store, change.new, &counted.account, &rules, before);
    // A new password that is refused is no guess.
    let chosen = match chosen {
        Ok(chosen) => chosen,
        Err(error) => {
            store.change(|tx| {
                forget_own_password(tx, counted.session.id)?;
                Ok::<_, OpError>(Done::unrecorded(()))
            })?;
            return Err(error);
        }
    };
    meanwhile();
    store.change(|tx| write(tx, op, change, &counted, &chosen))
}

/// Why a session ended in which too many wrong passwords were typed.
const TOO_MANY_WRONG: &str = "too-many-wrong-passwords";

/// A try that was counted.
struct Counted {
    session: Session,
    account: Account,
    phc: String,
    tries_left: u32,
}

/// Counts the try before the password is looked at (L8). `None`: that was one too many, and the session has ended.
fn count(
    tx: &mut Tx<'_>,
    op: &Op,
    change: OwnChange<'_>,
) -> Result<Done<Result<Option<Counted>, Denied>>, OpError> {
    let scope = Scope::load(tx)?;
    let panel = scope.panel(change.panel)?;
    let (session, authenticated) = find_live(tx, &scope, op, change.session, panel)?;
    let account = authenticated.account;
    if let Some(ip) = op.actor.ip
        && let Some(wait) = waits(tx, op, panel, ip)?
    {
        return Ok(Done::nothing(Err(Denied::throttled(TOO_MANY, wait))));
    }
    if let Some(obstacle) = in_the_way(tx, &scope, op, panel, &account)? {
        let denied = refuse(tx, op, &panel.name, &account, &obstacle)?;
        return Ok(Done::recorded(Err(denied)));
    }
    let phc = tx.password_hash(account.id)?.ok_or(Refusal::SessionEnded)?;
    let count = count_own_password(tx, op, session.id)?;
    if count > OWN_PASSWORD_TRIES {
        end(tx, op, &panel.name, session.id, &account)?;
        return Ok(Done::recorded(Ok(None)));
    }
    Ok(Done::unrecorded(Ok(Some(Counted {
        session,
        account,
        phc,
        tries_left: u32::try_from(OWN_PASSWORD_TRIES - count).unwrap_or(0),
    }))))
}

/// Ends the session: whoever holds it does not know the password.
fn end(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &str,
    session_id: i64,
    account: &Account,
) -> Result<(), OpError> {
    tx.end_session(session_id, TOO_MANY_WRONG, op.now)?;
    tx.record(
        op.event(Action::SignedOut)
            .about(account)
            .in_panel(panel)
            .with("cause", TOO_MANY_WRONG),
    )?;
    Ok(())
}

fn wrong(
    tx: &mut Tx<'_>,
    op: &Op,
    change: OwnChange<'_>,
    counted: &Counted,
) -> Result<Done<Result<Token, Denied>>, OpError> {
    let scope = Scope::load(tx)?;
    count_against_ip(tx, op, scope.panel(change.panel)?)?;
    let event = op
        .event(Action::SignInRefused)
        .in_panel(change.panel)
        .with("reason", "wrong-password")
        .with("by", "session");
    record_limited(tx, op, &counted.account, event)?;
    if counted.tries_left == 0 {
        end(tx, op, change.panel, counted.session.id, &counted.account)?;
    }
    Ok(Done::recorded(Err(Denied {
        tries_left: Some(counted.tries_left),
        ..Denied::new("wrong-password", "wrong-password")
    })))
}

fn write(
    tx: &mut Tx<'_>,
    op: &Op,
    change: OwnChange<'_>,
    counted: &Counted,
    chosen: &Chosen,
) -> Result<Done<Result<Token, Denied>>, OpError> {
    let scope = Scope::load(tx)?;
    let panel = scope.panel(change.panel)?;
    // Hashing takes long: the person may have signed out, or the password may have been replaced meanwhile.
    let (session, authenticated) = find_live(tx, &scope, op, change.session, panel)?;
    let account = authenticated.account;
    if account.reference != counted.account.reference
        || tx.password_hash(account.id)?.as_deref() != Some(counted.phc.as_str())
    {
        return Err(Refusal::SessionEnded.into());
    }
    if let Some(obstacle) = in_the_way(tx, &scope, op, panel, &account)? {
        let denied = refuse(tx, op, &panel.name, &account, &obstacle)?;
        return Ok(Done::recorded(Err(denied)));
    }
    if let Some(denied) = too_often(tx, op, panel, &account)? {
        return Ok(Done::recorded(Err(denied)));
    }
    forget_own_password(tx, session.id)?;
    set(tx, op, panel, &account, chosen, "old-password")?;
    let ip = op.actor.ip.map(|ip| ip.to_string());
    let token = tx.add_session(&NewSession {
        account_id: account.id,
        panel_id: panel.id,
        created_at: op.now,
        expires_at: end_of(op.now, panel.policy.session_total),
        ip: ip.as_deref(),
        passed: session.passed.as_deref(),
    })?;
    Ok(Done::recorded(Ok(token)))
}

/// A new password for one that has expired, with the ticket of the sign-in that said so.
#[derive(Clone, Copy)]
pub struct Renewal<'a> {
    /// The panel's name.
    pub panel: &'a str,
    /// The ticket: the old password was right.
    pub ticket: &'a Token,
    /// The new password.
    pub new: &'a Secret<String>,
    /// The second factor, if one is required.
    pub second: Second<'a>,
}

/// Sets a new password in the place of one that has expired, and signs the person in unless something else stands in
/// the way.
///
/// # Errors
/// A refused password, an unknown panel, or a failing store.
pub fn renew_password(
    store: &mut Store,
    op: &Op,
    renewal: Renewal<'_>,
) -> Result<Result<Option<Token>, Denied>, OpError> {
    let found = store.read(|tx| {
        let scope = Scope::load(tx)?;
        let panel = scope.panel(renewal.panel)?;
        let Some(stepped) = Stepped::find(tx, op, PASSWORD_TICKET, panel, renewal.ticket)? else {
            return Ok::<_, OpError>(None);
        };
        let phc = tx.password_hash(stepped.account.id)?;
        let rules = scope.password_rules(&stepped.accesses)?;
        Ok(Some((stepped.account, phc, rules)))
    })?;
    let Some((account, phc, rules)) = found else {
        return Ok(Err(Denied::ticket_over()));
    };
    let before = phc.as_deref().map(Before::Hash);
    let chosen = choose(store, renewal.new, &account, &rules, before)?;
    store.change(|tx| {
        let scope = Scope::load(tx)?;
        let panel = scope.panel(renewal.panel)?;
        let Some(stepped) = Stepped::find(tx, op, PASSWORD_TICKET, panel, renewal.ticket)? else {
            return Ok(Done::nothing(Err(Denied::ticket_over())));
        };
        renew(tx, &scope, op, panel, &stepped, renewal, &chosen)
    })
}

fn renew(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    panel: &Panel,
    stepped: &Stepped,
    renewal: Renewal<'_>,
    chosen: &Chosen,
) -> Result<Done<Result<Option<Token>, Denied>>, OpError> {
    let account = &stepped.account;
    if let Some(obstacle) = in_the_way(tx, scope, op, panel, account)? {
        let denied = refuse(tx, op, &panel.name, account, &obstacle)?;
        return Ok(Done::recorded(Err(denied)));
    }
    let code = Code {
        second: renewal.second,
        ticket: Some(renewal.ticket),
    };
    let passed = match ask_if_due(tx, scope, op, panel, account, code)? {
        Ok(passed) => passed,
        Err(denied) => {
            return Ok(Done::recorded(Err(Denied {
                ticket: Some(Box::new(stepped.ticket.clone())),
                ..denied
            })));
        }
    };
    if let Some(denied) = too_often(tx, op, panel, account)? {
        return Ok(Done::recorded(Err(denied)));
    }
    set(tx, op, panel, account, chosen, "expired-password")?;
    let signed_in = match tx.account_by_id(account.id)? {
        Some(account) => complete_if_free(tx, scope, op, panel, &account, passed)?,
        None => None,
    };
    Ok(Done::recorded(Ok(
        signed_in.map(|signed_in| signed_in.session)
    )))
}
