//! Setting a new password: through a reset link (P3, L3), or knowing the old one.

use std::time::Duration;

use crate::domain::account::Account;
use crate::domain::admission::{Obstacle, Reason, obstacles};
use crate::domain::event::Action;
use crate::domain::link::{LinkPurpose, end_of};
use crate::domain::panel::Panel;
use crate::domain::policy::{CHANGES_AN_HOUR, REQUESTS_REMEMBERED, TICKET_LIFETIME};
use crate::domain::refusal::Refusal;
use crate::domain::second_factor::is_identified;
use crate::mail::MailKind;
use crate::store::{Done, Store, Tx};
use crate::vault::{Secret, Token};

use super::credentials::{VerifiedPassword, refuse};
use super::grant::queue;
use super::limits::{may_once_more, record_limited};
use super::own_password::{OwnChange, change_own_password};
use super::register::{Bearer, Before, Chosen, bearer, choose, usable_again};
use super::second_factor::{Passed, SecondFactorInfo, ask};
use super::sign_in::{Credentials, Denied, Second, Ticket};
use super::steps::end_steps;
use super::tickets::{SIGN_IN_TICKET, end_set_ups};
use super::verdict::verdict;
use super::verify_password::verify_password;
use super::{Op, OpError, Scope};

/// Sets a new password through a reset link and returns the token for the sign-in that follows (L9).
///
/// # Errors
/// Those of [`bearer`], a refused password, or a failing store.
pub fn reset_by_link(
    store: &mut Store,
    op: &Op,
    token: &Token,
    password: &Secret<String>,
) -> Result<(Bearer, Ticket), OpError> {
    let bearer = bearer(store, op, token, LinkPurpose::Reset)?;
    let chosen = bearer.choose(store, password)?;
    let ticket = store.change(|tx| {
        let (link, account) = usable_again(tx, op, token)?;
        if !tx.use_link(link.id, op.now)? {
            return Err(Refusal::LinkUsed.into());
        }
        let scope = Scope::load(tx)?;
        let panel = scope
            .panel_by_id(link.panel_id)
            .ok_or(Refusal::LinkInvalid)?;
        tx.set_password(account.id, &chosen.phc, chosen.met_length, op.now)?;
        tx.bar_mailed_codes(account.id, Some(op.now))?;
        if !is_identified(link.operator_at, account.factor_reset_at) {
            tx.note_factor_reset(account.id, None)?;
        }
        let sessions = password_was_set(tx, op, panel, &account)?;
        let expires_at = end_of(op.now, TICKET_LIFETIME);
        let token = tx.add_ticket(SIGN_IN_TICKET, account.id, op.now, expires_at)?;
        let ticket = Ticket { token, expires_at };
        tx.record(
            op.event(Action::PasswordSet)
                .about(&account)
                .in_panel(&panel.name)
                .with("by", "reset-link")
                .with("opened_lock", account.lock.locked_at.is_some())
                .with("sessions_ended", sessions),
        )?;
        Ok::<_, OpError>(Done::recorded(ticket))
    })?;
    Ok((bearer, ticket))
}

/// What follows every new password (P3, X7): all sessions, trusted IPs and pending set-ups end, and a notice
/// is mailed. Returns how many sessions ended.
fn password_was_set(
    tx: &Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
) -> Result<usize, OpError> {
    let sessions = tx.end_sessions(account.id, None, "new-password", op.now)?;
    tx.forget_trust(account.id, None)?;
    end_set_ups(tx, op, account.id)?;
    end_steps(tx, op, account.id)?;
    tx.revoke_links(account.id, LinkPurpose::Reset, None, op.now)?;
    queue(tx, op, panel, account, MailKind::PasswordChanged, None)?;
    Ok(sessions)
}

/// How people who change their own password prove who they are.
#[derive(Clone, Copy)]
pub enum Holder<'a> {
    /// By a live session.
    Session(&'a Token),
    /// By address, as typed, if no session can exist: the password has expired.
    Address(&'a str),
}

/// A requested change of password.
pub struct Change<'a> {
    /// How the person proves who they are.
    pub holder: Holder<'a>,
    /// The panel's name.
    pub panel: &'a str,
    /// The current password.
    pub old: &'a Secret<String>,
    /// The new password.
    pub new: &'a Secret<String>,
    /// The second factor, if one is required.
    pub second: Second<'a>,
    /// The token that a mailed or SMS code is bound to.
    pub ticket: Option<&'a Token>,
}

/// Sets a new password for somebody who knows the old one; returns a new session if there was one. Without a session a
/// wrong old password counts like any other (L1).
///
/// # Errors
/// [`Refusal::SessionEnded`], a refused password, or a failing store.
pub fn change_password(
    store: &mut Store,
    op: &Op,
    change: &Change<'_>,
    pause: &dyn Fn(Duration),
) -> Result<Result<Option<Token>, Denied>, OpError> {
    Ok(match change.holder {
        Holder::Session(session) => {
            let own = OwnChange {
                panel: change.panel,
                session,
                old: change.old,
                new: change.new,
            };
            change_own_password(store, op, own)?.map(Some)
        }
        Holder::Address(address) => {
            change_by_address(store, op, address, change, pause)?.map(|()| None)
        }
    })
}

fn change_by_address(
    store: &mut Store,
    op: &Op,
    address: &str,
    change: &Change<'_>,
    pause: &dyn Fn(Duration),
) -> Result<Result<(), Denied>, OpError> {
    let Change { panel, .. } = *change;
    let credentials = Credentials {
        address,
        password: change.old,
        panel,
        ticket: None,
        second: change.second,
    };
    let mut proven = match verify_password(store, op, &credentials, pause)? {
        Ok(proven) => proven,
        Err(denied) => return Ok(Err(denied)),
    };
    let chosen = match ready(store, op, change, &proven) {
        Ok(chosen) => chosen,
        Err(error) => {
            proven.give_back(store, credentials.ticket, &error);
            return Err(error);
        }
    };
    verdict(
        store,
        op,
        &credentials,
        &mut proven,
        |tx, scope, account, _| {
            let panel = scope.panel(panel)?;
            let obstacle = in_the_way(tx, scope, op, panel, account)?;
            let chosen = match (obstacle, &chosen) {
                (None, Ok(chosen)) => chosen,
                (Some(obstacle), _) | (None, &Err(obstacle)) => {
                    let denied = refuse(tx, op, &panel.name, account, &obstacle)?;
                    return Ok(Done::recorded(Err(denied)));
                }
            };
            let code = Code {
                second: change.second,
                ticket: change.ticket,
            };
            if let Err(denied) = ask_if_due(tx, scope, op, panel, account, code)? {
                return Ok(Done::recorded(Err(denied)));
            }
            if let Some(denied) = too_often(tx, op, panel, account)? {
                return Ok(Done::recorded(Err(denied)));
            }
            set(tx, op, panel, account, chosen, "old-password")?;
            Ok(Done::recorded(Ok(())))
        },
    )
}

/// Writes a new password, with all that follows.
pub(super) fn set(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
    chosen: &Chosen,
    by: &str,
) -> Result<(), OpError> {
    tx.set_password(account.id, &chosen.phc, chosen.met_length, op.now)?;
    let sessions = password_was_set(tx, op, panel, account)?;
    tx.record(
        op.event(Action::PasswordSet)
            .about(account)
            .in_panel(&panel.name)
            .with("by", by)
            .with("sessions_ended", sessions),
    )?;
    Ok(())
}

/// A code that was typed, and the token that it may be bound to.
#[derive(Clone, Copy)]
pub(super) struct Code<'a> {
    pub(super) second: Second<'a>,
    pub(super) ticket: Option<&'a Token>,
}

/// Without a session the old password alone would be enough to take over an account: if a sign-in requires a
/// code, so does this.
pub(super) fn ask_if_due(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    panel: &Panel,
    account: &Account,
    code: Code<'_>,
) -> Result<Result<Passed, Denied>, OpError> {
    let access = tx.access(account.id, panel.id)?;
    let facts = scope.facts(tx, panel, Some(account), access.as_ref(), op)?;
    if facts.factor.is_missing(&panel.policy) {
        return Ok(Ok(Passed::NotAsked));
    }
    let who = SecondFactorInfo {
        account,
        panel,
        factor: facts.factor,
        limits: scope.limits(&tx.accesses(account.id)?).lock,
    };
    ask(tx, scope, op, &who, code.second, code.ticket)
}

/// Each change mails a notice, so changes are limited too (L9).
pub(super) fn too_often(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
) -> Result<Option<Denied>, OpError> {
    if may_once_more(tx, op, account, Action::PasswordSet, CHANGES_AN_HOUR)? {
        return Ok(None);
    }
    let denied = Denied::throttled("too-many-changes", REQUESTS_REMEMBERED);
    let event = op
        .event(Action::SignInRefused)
        .in_panel(&panel.name)
        .with("reason", denied.reason)
        .with("cause", denied.cause.as_str());
    record_limited(tx, op, account, event)?;
    Ok(Some(denied))
}

/// Checks and hashes the new password of somebody who knows the old one, unless there is an obstacle.
fn ready(
    store: &mut Store,
    op: &Op,
    change: &Change<'_>,
    proven: &VerifiedPassword,
) -> Result<Result<Chosen, Obstacle>, OpError> {
    let (account, obstacle, rules) = store.read(|tx| {
        let scope = Scope::load(tx)?;
        let account = proven.account(tx)?.ok_or(Refusal::SessionEnded)?;
        let obstacle = in_the_way(tx, &scope, op, scope.panel(change.panel)?, &account)?;
        let rules = scope.password_rules(&tx.accesses(account.id)?)?;
        Ok::<_, OpError>((account, obstacle, rules))
    })?;
    if let Some(obstacle) = obstacle {
        return Ok(Err(obstacle));
    }
    let before = Some(Before::Typed(change.old));
    choose(store, change.new, &account, &rules, before).map(Ok)
}

/// What prevents somebody who knows their password from changing it: the obstacles to signing in, except
/// those that a new password removes or that have nothing to do with it. A voided password does not count
/// (P3).
pub(super) fn in_the_way(
    tx: &Tx<'_>,
    scope: &Scope,
    op: &Op,
    panel: &Panel,
    account: &Account,
) -> Result<Option<Obstacle>, OpError> {
    let access = tx.access(account.id, panel.id)?;
    let facts = scope.facts(tx, panel, Some(account), access.as_ref(), op)?;
    Ok(obstacles(&facts, op.now).into_iter().find(|obstacle| {
        !matches!(
            obstacle.reason,
            Reason::PasswordExpired | Reason::SecondFactorSetupRequired | Reason::AlreadySignedIn
        )
    }))
}
