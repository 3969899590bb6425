//! Signing in. An attempt is counted and committed before the password is checked (L8), the password is
//! checked outside any transaction, and the verdict is written with everything it causes.
//!
//! Before the password is correct, an answer is only `invalid-credentials`, `locked` or `try-later`, whether
//! the address exists or not, and takes the same time; after a correct one it is the first obstacle.

use std::time::Duration;

use crate::domain::admission::Reason;
use crate::domain::event::Action;
use crate::domain::link::end_of;
use crate::domain::policy::Sessions;
use crate::domain::refusal::Refusal;
use crate::store::{Done, NewSession, Store, Tx};
use crate::vault::Token;

pub use super::authenticated::{AuthenticatedUser, NotTrusted, AuthContext};
pub use super::credentials::{Credentials, Denied, Second};
use super::entry::{Entry, behind_password};
use super::second_factor::{Passed, ask, trust_ip};
use super::{Op, OpError, Scope};

/// A sign-in that was completed.
pub struct SignedIn {
    /// The session's secret, only for the panel.
    pub session: Token,
    /// Who.
    pub authenticated: AuthenticatedUser,
}

/// The result of a sign-in.
pub type Answer = Result<Box<SignedIn>, Denied>;

/// Signs somebody in. `pause` waits for attempts at the same account that are in progress.
///
/// # Errors
/// An unknown panel, or a failing store: the caller must deny.
pub fn sign_in(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    pause: &dyn Fn(Duration),
) -> Result<Answer, OpError> {
    behind_password(
        store,
        op,
        credentials,
        pause,
        // A sign-in token replaces the count (L9).
        |proven, _, reason| proven.by_ticket && reason == Reason::Locked,
        |tx, scope, entry| admit(tx, scope, op, entry, credentials),
    )
}

/// A correct password and no obstacle: asks for the second factor, then signs the person in.
fn admit(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    entry: &Entry<'_>,
    credentials: &Credentials<'_>,
) -> Result<Done<Answer>, OpError> {
    let (who, proven) = (&entry.who, entry.proven);
    let (panel, account) = (who.panel, who.account);
    // Without access there is an obstacle, and this line is never reached.
    let Some(access) = entry.access else {
        return Err(Refusal::NoAccess { with: vec![] }.into());
    };
    let second = credentials.second;
    let passed = match ask(tx, scope, op, who, second, credentials.ticket)? {
        Ok(passed) => passed,
        Err(denied) => {
            if denied.reason == "code-required"
                && let Some(ticket) = credentials.ticket.filter(|_| proven.by_ticket)
            {
                tx.return_ticket(&ticket.hash())?;
            }
            return Ok(Done::recorded(Err(denied)));
        }
    };
    let (ip_trusted_until, not_trusted) = match passed {
        Passed::Trusted(until) => (Some(until), None),
        Passed::Code(_) if second.trust_ip => match trust_ip(tx, op, who)? {
            Ok(until) => (Some(until), None),
            Err(why) => (None, Some(why)),
        },
        Passed::Code(_) | Passed::NotAsked => (None, None),
    };
    let backup_codes_left = match who.factor.app_set_at {
        Some(_) => Some(tx.backup_codes_left(account.id)?),
        None => None,
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
    tx.record(
        op.event(Action::SignedIn)
            .about(account)
            .in_panel(&panel.name)
            .with("second_factor", passed.as_str())
            .with(
                "trusted_until",
                ip_trusted_until.map(|until| until.to_string()),
            )
            .with("not_trusted", not_trusted.map(NotTrusted::as_str)),
    )?;
    let context = AuthContext {
        ip_trusted_until,
        not_trusted,
        backup_codes_left,
    };
    let authenticated = AuthenticatedUser {
        account: account.clone(),
        role: access.role.clone(),
        access_until: access.until,
        context,
    };
    Ok(Done::recorded(Ok(Box::new(SignedIn {
        session,
        authenticated,
    }))))
}
