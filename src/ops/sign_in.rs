//! Signing in. A try is counted and committed before the password is looked at (L8), the password is looked at
//! outside any transaction, and the verdict is written with whatever it causes.
//!
//! Before the password is right, an answer says only `invalid-credentials`, `locked` or `try-later`, whether the
//! address exists or not, and costs the same time; after a right one it is the first obstacle.

use std::time::Duration;

use jiff::Timestamp;

use crate::domain::account::Account;
use crate::domain::admission::{Obstacle, Reason, obstacles};
use crate::domain::event::Action;
use crate::domain::link::end_of;
use crate::domain::panel::Panel;
use crate::domain::password::normalised;
use crate::domain::policy::Sessions;
use crate::store::{Done, Fault, NewSession, Store, Tx};
use crate::vault::{Secret, Token};

use super::credentials::Proven;
pub use super::credentials::{Credentials, Denied};
use super::prove::prove;
use super::{Op, OpError, Scope};

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
    let proven = match prove(store, op, credentials, pause)? {
        Ok(proven) => proven,
        Err(denied) => return Ok(Err(denied)),
    };
    let answer = store.change(|tx| {
        let scope = Scope::load(tx)?;
        let panel = scope.panel(credentials.panel)?;
        let account = tx.account_by_id(proven.account_id)?;
        let unchanged =
            tx.password_hash(proven.account_id)?.as_deref() == Some(proven.phc.as_str());
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
        let denied = refuse(tx, op, &panel.name, &account, proven, &obstacle)?;
        return Ok(Done::recorded(Err(denied)));
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
    tx.record(
        op.event(Action::SignedIn)
            .about(&account)
            .in_panel(&panel.name),
    )?;
    let entrant = Entrant {
        account,
        role: access.role,
        access_until: access.until,
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

/// The parameters of the hash changed since it was made: makes a new one (P1).
fn rehash(store: &mut Store, password: &Secret<String>, proven: &Proven) -> Result<(), OpError> {
    let password = Secret::new(normalised(password.expose()));
    let cost = store.read(|tx| Scope::load(tx)?.hash_cost())?;
    let new = cost.hash(&password, store.vault().entropy())?;
    store.change(|tx| {
        let changed = tx.rehash_password(proven.account_id, &proven.phc, &new)?;
        Ok::<_, Fault>(if changed {
            Done::unrecorded(())
        } else {
            Done::nothing(())
        })
    })?;
    Ok(())
}
