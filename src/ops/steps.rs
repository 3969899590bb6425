//! Signing in, step by step: a ticket stands for what somebody has shown in an earlier request, so that no page has to
//! keep a password.
//!
//! A ticket is bound to the account and the panel, works for ten minutes, and lets nobody in alone: what stands in the
//! way of a sign-in is looked up again at every step. A new password ends them all.

use crate::domain::access::Access;
use crate::domain::account::Account;
use crate::domain::admission::{Reason, obstacles};
use crate::domain::link::end_of;
use crate::domain::panel::Panel;
use crate::domain::policy::TICKET_LIFETIME;
use crate::domain::second_factor::Method;
use crate::store::{Done, Fault, Store, Tx};
use crate::vault::{Purpose, Token};

use super::credentials::{Denied, Second, Ticket, refuse};
use super::second_factor::{SecondFactorInfo, ask};
use super::send_code;
use super::sign_in::{Answer, SignIn, complete};
use super::{Op, OpError, Scope};

/// The purpose of the token issued where a code is required.
pub(super) const CODE_TICKET: &str = "code";
/// The purpose of the token issued where the password has expired.
pub(super) const PASSWORD_TICKET: &str = "new-password";

/// A token for the next step of somebody whose password was right.
pub(super) fn step_ticket(
    tx: &Tx<'_>,
    op: &Op,
    purpose: &str,
    account: &Account,
    panel: &Panel,
) -> Result<Ticket, Fault> {
    let token = tx.vault().random_token(Purpose::Ticket)?;
    let expires_at = end_of(op.now, TICKET_LIFETIME);
    tx.add_step(
        purpose,
        account.id,
        panel.id,
        &token.hash(),
        op.now,
        expires_at,
    )?;
    Ok(Ticket { token, expires_at })
}

/// The ticket for the code of somebody whose password was right: the one to which a code was sent, if that was shown.
pub(super) fn code_ticket(
    tx: &Tx<'_>,
    op: &Op,
    account: &Account,
    panel: &Panel,
    shown: Option<&Token>,
) -> Result<Ticket, Fault> {
    if let Some(token) = shown
        && let Some((id, expires_at)) = tx.step_of(CODE_TICKET, panel.id, &token.hash(), op.now)?
        && id == account.id
    {
        let token = token.clone();
        return Ok(Ticket { token, expires_at });
    }
    step_ticket(tx, op, CODE_TICKET, account, panel)
}

/// Every ticket of a step ends: the password that it stood for was replaced.
pub(super) fn end_steps(tx: &Tx<'_>, op: &Op, account_id: i64) -> Result<(), Fault> {
    tx.spend_tickets(CODE_TICKET, account_id, op.now)?;
    tx.spend_tickets(PASSWORD_TICKET, account_id, op.now)
}

/// Somebody whose password was right in an earlier request.
pub(super) struct Stepped {
    pub(super) account: Account,
    pub(super) accesses: Vec<Access>,
    pub(super) ticket: Ticket,
    purpose: &'static str,
}

impl Stepped {
    /// The owner of a ticket. `None`: it is over, of another panel, or never was one.
    pub(super) fn find(
        tx: &Tx<'_>,
        op: &Op,
        purpose: &'static str,
        panel: &Panel,
        token: &Token,
    ) -> Result<Option<Self>, Fault> {
        let Some((id, expires_at)) = tx.step_of(purpose, panel.id, &token.hash(), op.now)? else {
            return Ok(None);
        };
        let Some(account) = tx.account_by_id(id)? else {
            return Ok(None);
        };
        let accesses = tx.accesses(account.id)?;
        let token = token.clone();
        Ok(Some(Self {
            account,
            accesses,
            ticket: Ticket { token, expires_at },
            purpose,
        }))
    }
}

/// Runs `work` for the owner of a ticket if nothing stands in the way but what is spared.
fn behind_ticket<T: 'static>(
    store: &mut Store,
    op: &Op,
    panel: &str,
    token: &Token,
    purposes: &[&'static str],
    spares: impl Fn(Reason) -> bool,
    mut work: impl FnMut(
        &mut Tx<'_>,
        &Scope,
        &SecondFactorInfo<'_>,
        &Stepped,
    ) -> Result<Done<Result<T, Denied>>, OpError>,
) -> Result<Result<T, Denied>, OpError> {
    store.change(|tx| {
        let scope = Scope::load(tx)?;
        let panel = scope.panel(panel)?;
        let found = purposes
            .iter()
            .find_map(|purpose| Stepped::find(tx, op, purpose, panel, token).transpose());
        let Some(stepped) = found.transpose()? else {
            return Ok(Done::nothing(Err(Denied::ticket_over())));
        };
        let account = &stepped.account;
        let access = access_to(&stepped.accesses, panel);
        let facts = scope.facts(tx, panel, Some(account), access, op)?;
        let first = obstacles(&facts, op.now)
            .into_iter()
            .find(|obstacle| !spares(obstacle.reason));
        if let Some(obstacle) = first {
            let denied = refuse(tx, op, &panel.name, account, &obstacle)?;
            return Ok(Done::recorded(Err(denied)));
        }
        let who = SecondFactorInfo {
            account,
            panel,
            factor: facts.factor,
            limits: scope.limits(&stepped.accesses).lock,
        };
        work(tx, &scope, &who, &stepped)
    })
}

pub(super) fn access_to<'a>(accesses: &'a [Access], panel: &Panel) -> Option<&'a Access> {
    accesses.iter().find(|access| access.panel_id == panel.id)
}

/// Signs somebody in who has the ticket of `code-required`, of a code that was sent, or of a wrong one.
///
/// # Errors
/// An unknown panel, or a failing store: the caller must deny.
pub fn sign_in_by_ticket(
    store: &mut Store,
    op: &Op,
    panel: &str,
    token: &Token,
    second: Second<'_>,
) -> Result<Answer, OpError> {
    behind_ticket(
        store,
        op,
        panel,
        token,
        &[CODE_TICKET],
        |_| false,
        |tx, scope, who, stepped| {
            // A code that was sent is bound to the same ticket.
            let passed = match ask(tx, scope, op, who, second, Some(token))? {
                Ok(passed) => passed,
                Err(denied) => {
                    return Ok(Done::recorded(Err(Denied {
                        ticket: Some(Box::new(stepped.ticket.clone())),
                        ..denied
                    })));
                }
            };
            let Some(access) = access_to(&stepped.accesses, who.panel) else {
                return Ok(Done::nothing(Err(Denied::ticket_over())));
            };
            if !tx.use_ticket(CODE_TICKET, who.account.id, &token.hash(), op.now)? {
                return Ok(Done::nothing(Err(Denied::ticket_over())));
            }
            let sign_in = SignIn {
                passed,
                trust_ip: second.trust_ip,
                opens_lock: false,
            };
            let signed_in = complete(tx, op, who, access, sign_in)?;
            Ok(Done::recorded(Ok(Box::new(signed_in))))
        },
    )
}

/// Sends a code to somebody who has a ticket; returns the new one, to which the code is bound.
///
/// # Errors
/// An unknown panel, or a failing store.
pub fn send_code_by_ticket(
    store: &mut Store,
    op: &Op,
    panel: &str,
    token: &Token,
    method: Method,
) -> Result<Result<send_code::Sent, Denied>, OpError> {
    behind_ticket(
        store,
        op,
        panel,
        token,
        &[CODE_TICKET, PASSWORD_TICKET],
        |reason| matches!(reason, Reason::PasswordExpired | Reason::AlreadySignedIn),
        |tx, _, who, stepped| {
            let sent = send_code::send_if_allowed(tx, op, who, method, stepped.purpose)?;
            Ok(Done::recorded(sent.map_err(|denied| Denied {
                ticket: Some(Box::new(stepped.ticket.clone())),
                ..denied
            })))
        },
    )
}
