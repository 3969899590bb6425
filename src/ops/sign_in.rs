//! Signing in. An attempt is counted and committed before the password is checked (L8), the password is
//! checked outside any transaction, and the verdict is written with everything it causes.
//!
//! Before the password is correct, an answer is only `invalid-credentials`, `locked` or `throttled`, whether
//! the address exists or not, and takes the same time; after a correct one it is the first obstacle.

use std::time::Duration;

use crate::domain::access::Access;
use crate::domain::account::Account;
use crate::domain::admission::{Reason, obstacles};
use crate::domain::event::Action;
use crate::domain::link::end_of;
use crate::domain::panel::Panel;
use crate::domain::policy::Sessions;
use crate::domain::refusal::Refusal;
use crate::store::{Done, NewSession, Store, Tx};
use crate::vault::Token;

pub use super::authenticated::{AuthContext, AuthenticatedUser, NotTrusted, Signed};
pub use super::credentials::{Credentials, Denied, Second, Ticket};
use super::entry::{Entry, behind_password};
use super::second_factor::{Passed, SecondFactorInfo, ask};
use super::steps::{access_to, code_ticket};
use super::trust_own::trust_ip;
use super::{Op, OpError, Scope};

/// A sign-in that was completed.
#[derive(Clone)]
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
        Err(mut denied) => {
            if denied.reason == "code-required"
                && let Some(ticket) = credentials.ticket.filter(|_| proven.by_ticket)
            {
                tx.return_ticket(&ticket.hash())?;
            }
            // What follows needs no password. A ticket that was tried instead of a count is not replaced by one that
            // respects a lock.
            if !proven.by_ticket {
                let ticket = code_ticket(tx, op, account, panel, credentials.ticket)?;
                denied.ticket = Some(Box::new(ticket));
            }
            return Ok(Done::recorded(Err(denied)));
        }
    };
    let sign_in = SignIn {
        passed,
        trust_ip: second.trust_ip,
        opens_lock: proven.by_ticket,
    };
    let signed_in = complete(tx, op, who, access, sign_in)?;
    Ok(Done::recorded(Ok(Box::new(signed_in))))
}

/// How somebody signs in to whom nothing stands in the way.
#[derive(Clone, Copy)]
pub(super) struct SignIn {
    /// The second factor.
    pub(super) passed: Passed,
    /// Trust the IP from now on.
    pub(super) trust_ip: bool,
    /// It was tried whatever the count, and ends the lock (L9).
    pub(super) opens_lock: bool,
}

/// Signs somebody in who has just proved both factors in another way, unless something else stands in the way.
pub(super) fn complete_if_free(
    tx: &mut Tx<'_>,
    scope: &Scope,
    op: &Op,
    panel: &Panel,
    account: &Account,
    passed: Passed,
) -> Result<Option<SignedIn>, OpError> {
    let accesses = tx.accesses(account.id)?;
    let access = access_to(&accesses, panel);
    let facts = scope.facts(tx, panel, Some(account), access, op)?;
    let Some(access) = access.filter(|_| obstacles(&facts, op.now).is_empty()) else {
        return Ok(None);
    };
    let who = SecondFactorInfo {
        account,
        panel,
        factor: facts.factor,
        limits: scope.limits(&accesses).lock,
    };
    let sign_in = SignIn {
        passed,
        trust_ip: false,
        opens_lock: false,
    };
    Ok(Some(complete(tx, op, &who, access, sign_in)?))
}

/// Everything was right: starts the session.
pub(super) fn complete(
    tx: &mut Tx<'_>,
    op: &Op,
    who: &SecondFactorInfo<'_>,
    access: &Access,
    sign_in: SignIn,
) -> Result<SignedIn, OpError> {
    let (panel, account, passed) = (who.panel, who.account, sign_in.passed);
    let (ip_trusted_until, not_trusted) = match passed {
        Passed::Trusted(until) => (Some(until), None),
        Passed::Code(_) if sign_in.trust_ip => match trust_ip(tx, op, who)? {
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
    if sign_in.opens_lock {
        tx.open_lock(account.id, false)?;
    }
    tx.clear_tries(account.id, op.now)?;
    let ip = op.actor.ip.map(|ip| ip.to_string());
    let signed = Signed {
        at: op.now,
        passed: passed.as_str().map(str::to_owned),
        expires_at: end_of(op.now, panel.policy.session_total),
    };
    let session = tx.add_session(&NewSession {
        account_id: account.id,
        panel_id: panel.id,
        created_at: op.now,
        expires_at: signed.expires_at,
        ip: ip.as_deref(),
        passed: signed.passed.as_deref(),
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
        app_set: who.factor.app_set_at.is_some(),
        newly_trusted: ip_trusted_until.is_some() && !matches!(passed, Passed::Trusted(_)),
        ip_trusted_until,
        not_trusted,
        backup_codes_left,
    };
    let authenticated = AuthenticatedUser {
        account: account.clone(),
        role: access.role.clone(),
        access_until: access.until,
        signed,
        context,
    };
    Ok(SignedIn {
        session,
        authenticated,
    })
}
