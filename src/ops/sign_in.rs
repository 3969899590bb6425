//! Signing in. A try is counted and committed before the password is looked at (L8), the password is looked at
//! outside any transaction, and the verdict is written with whatever it causes.
//!
//! Before the password is right, an answer says only `invalid-credentials`, `locked` or `try-later`, whether the
//! address exists or not, and costs the same time; after a right one it is the first obstacle.

use std::time::Duration;

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::admission::{Obstacle, Reason};
use crate::domain::event::Action;
use crate::domain::link::end_of;
use crate::domain::panel::Panel;
use crate::domain::policy::Sessions;
use crate::store::{Done, NewSession, Store, Tx};
use crate::vault::Token;

use super::credentials::Proven;
pub use super::credentials::{Credentials, Denied, Second};
use super::entry::{Entry, behind_password};
use super::second_factor::{Passed, ask, trust_ip};
use super::{Op, OpError, Scope};

/// A sign-in that was completed.
pub struct SignedIn {
    /// The session's secret, for the panel alone.
    pub session: Token,
    /// Who.
    pub entrant: Entrant,
}

/// What a panel may show about the second factor of somebody who is in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// Until when the IP they come from is trusted, if it is (X1).
    pub ip_trusted_until: Option<Timestamp>,
    /// Backup codes that are left, if an authenticator is set up (T3).
    pub backup_codes_left: Option<i64>,
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
    /// Their second factor.
    pub standing: Standing,
}

/// What comes of a sign-in.
pub type Answer = Result<Box<SignedIn>, Denied>;

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
    behind_password(
        store,
        op,
        credentials,
        pause,
        // A ticket stands in for the count (L9).
        |proven, _, reason| proven.by_ticket && reason == Reason::Locked,
        |tx, scope, entry| admit(tx, scope, op, entry, credentials),
    )
}

/// A right password and nothing in the way: asks for the second factor, then lets the person in.
fn admit(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    entry: &Entry<'_>,
    credentials: &Credentials<'_>,
) -> Result<Done<Answer>, OpError> {
    let (who, proven) = (&entry.who, entry.proven);
    let (panel, account) = (who.panel, who.account);
    let Some(access) = entry.access else {
        return Ok(Done::nothing(Err(Denied::new("no-access", "no-access"))));
    };
    let second = credentials.second;
    let passed = match ask(tx, scope, op, who, second, credentials.ticket)? {
        Ok(passed) => passed,
        Err(denied) => {
            proven.release(tx)?;
            if denied.reason == "code-required"
                && let Some(ticket) = credentials.ticket.filter(|_| proven.by_ticket)
            {
                tx.return_ticket(&ticket.hash())?;
            }
            return Ok(Done::recorded(Err(denied)));
        }
    };
    let ip_trusted_until = match passed {
        Passed::Trusted(until) => Some(until),
        Passed::Code(_) if second.trust_ip => trust_ip(tx, op, who)?,
        Passed::Code(_) | Passed::NotAsked => None,
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
            ),
    )?;
    let standing = Standing {
        ip_trusted_until,
        backup_codes_left,
    };
    let entrant = Entrant {
        account: account.clone(),
        role: access.role.clone(),
        access_until: access.until,
        standing,
    };
    Ok(Done::recorded(Ok(Box::new(SignedIn { session, entrant }))))
}

/// The password that was right is no longer the person's.
pub(super) fn too_late(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
) -> Result<Denied, OpError> {
    let denied = Denied::changed_meanwhile();
    let event = op
        .event(Action::SignInRefused)
        .about(account)
        .in_panel(&panel.name);
    tx.record(event.with("reason", denied.cause.as_str()))?;
    Ok(denied)
}

/// A right password with something else in the way: the try is given back and the refusal recorded.
pub(super) fn refuse(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &str,
    account: &Account,
    proven: &Proven,
    obstacle: &Obstacle,
) -> Result<Denied, OpError> {
    proven.release(tx)?;
    let denied = Denied::by(obstacle);
    tx.record(
        op.event(Action::SignInRefused)
            .about(account)
            .in_panel(panel)
            .with("reason", denied.reason),
    )?;
    Ok(denied)
}
