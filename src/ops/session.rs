//! Sessions from the panel's side: checking whether one is still live, and signing out (S2, S3, S5).

use jiff::SignedDuration;

use crate::domain::admission::obstacles;
use crate::domain::event::Action;
use crate::domain::panel::Panel;
use crate::domain::refusal::Refusal;
use crate::domain::session::{LAST_SEEN_EVERY, Session, ends_sessions};
use crate::store::{Done, Fault, Store, Tx};
use crate::vault::{Purpose, Token};

use super::authenticated::{AuthContext, AuthenticatedUser, Signed};
use super::{Op, OpError, Scope};

/// The person with a live session in this panel; counts as activity.
///
/// # Errors
/// [`Refusal::SessionEnded`], an unknown panel, or a failing store.
pub fn check_session(
    store: &mut Store,
    op: &Op,
    token: &Token,
    panel: &str,
) -> Result<AuthenticatedUser, OpError> {
    let (session, authenticated) = store.read(|tx| {
        let scope = Scope::load(tx)?;
        let panel = scope.panel(panel)?;
        find_live(tx, &scope, op, token, panel)
    })?;
    let stale: SignedDuration = op.now.duration_since(session.last_seen_at);
    if stale >= LAST_SEEN_EVERY {
        // The session is live whether or not this can be written now. While somebody else writes for long it is left
        // out: the next check does it.
        store.change_briefly(|tx| {
            tx.touch_session(session.id, op.now)?;
            Ok::<_, OpError>(Done::unrecorded(()))
        })?;
    }
    Ok(authenticated)
}

/// The live session with this token, and its owner.
pub(super) fn find_live(
    tx: &Tx<'_>,
    scope: &Scope,
    op: &Op,
    token: &Token,
    panel: &Panel,
) -> Result<(Session, AuthenticatedUser), OpError> {
    let ended = || OpError::from(Refusal::SessionEnded);
    if token.purpose() != Purpose::Session {
        return Err(ended());
    }
    let session = tx
        .session(&token.hash())?
        .filter(|session| session.panel_id == panel.id)
        .ok_or_else(ended)?;
    let account = tx.account_by_id(session.account_id)?.ok_or_else(ended)?;
    let access = tx.access(account.id, panel.id)?;
    let facts = scope.facts(tx, panel, Some(&account), access.as_ref(), op)?;
    // Events that end sessions come first: they are also why most of them ended.
    let obstacle = obstacles(&facts, op.now).into_iter().find(ends_sessions);
    let cause = match &obstacle {
        Some(obstacle) => Some(obstacle.reason.as_str()),
        None if session.is_live(panel.policy.session_idle, op.now) => None,
        None => Some(session.cause_of_end(op.now)),
    };
    if let Some(cause) = cause {
        let cause = cause.to_owned();
        return Err(Refusal::SessionEndedFor { cause }.into());
    }
    let lifetime = panel.policy.trusted_ips;
    let ip_trusted_until = match (op.actor.ip, lifetime) {
        (Some(ip), Some(length)) if facts.factor.is_asked(&panel.policy) => tx
            .trusted(panel.id, account.id, ip, lifetime, op.now)?
            .map(|trust| trust.ends_at(length)),
        _ => None,
    };
    let context = AuthContext {
        app_set: facts.factor.app_set_at.is_some(),
        newly_trusted: false,
        ip_trusted_until,
        not_trusted: None,
        backup_codes_left: facts
            .factor
            .app_set_at
            .map(|_| facts.factor.backup_codes_left),
    };
    let access = access.ok_or_else(ended)?;
    let signed = Signed {
        at: session.created_at,
        passed: session.passed.clone(),
        expires_at: session.expires_at,
    };
    Ok((
        session,
        AuthenticatedUser {
            account,
            role: access.role,
            access_until: access.until,
            signed,
            context,
        },
    ))
}

/// The account's live sessions, newest first; sessions that expired by themselves are left out.
pub(super) fn live_sessions(
    tx: &Tx<'_>,
    scope: &Scope,
    op: &Op,
    account_id: i64,
) -> Result<Vec<Session>, Fault> {
    let mut sessions = tx.open_sessions(account_id)?;
    sessions.retain(|session| {
        scope
            .panel_by_id(session.panel_id)
            .is_some_and(|panel| session.is_live(panel.policy.session_idle, op.now))
    });
    Ok(sessions)
}

/// Ends a session. Signing out twice is allowed.
///
/// # Errors
/// [`Refusal::SessionEnded`] for a token that never was a session of this panel.
pub fn sign_out(store: &mut Store, op: &Op, token: &Token, panel: &str) -> Result<(), OpError> {
    store.change(|tx| {
        let scope = Scope::load(tx)?;
        let panel = scope.panel(panel)?;
        let session = tx
            .session(&token.hash())?
            .filter(|session| session.panel_id == panel.id && token.purpose() == Purpose::Session)
            .ok_or(Refusal::SessionEnded)?;
        if !tx.end_session(session.id, "signed-out", op.now)? {
            return Ok(Done::nothing(()));
        }
        let account = tx
            .account_by_id(session.account_id)?
            .ok_or(Refusal::SessionEnded)?;
        tx.record(
            op.event(Action::SignedOut)
                .about(&account)
                .in_panel(&panel.name),
        )?;
        Ok::<_, OpError>(Done::recorded(()))
    })
}
