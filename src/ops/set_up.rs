//! Setting up an authenticator (T2, T3, T5): a set-up stays pending until its first code has been entered.

use std::time::Duration;

use crate::domain::account::Account;
use crate::domain::admission::{Obstacle, Reason, obstacles};
use crate::domain::advice::Advice;
use crate::domain::event::Action;
use crate::domain::link::end_of;
use crate::domain::panel::Panel;
use crate::domain::policy::{BACKUP_CODES, SET_UP_LIFETIME, SecondFactor};
use crate::domain::refusal::Refusal;
use crate::domain::second_factor::{FactorFacts, Method};
use crate::mail::{MailKind, Sender};
use crate::store::{Done, Store, Tx};
use crate::vault::{BackupCode, Purpose, Secret, Token, TotpSecret};

use super::credentials::{Credentials, Denied};
use super::entry::behind_password;
use super::first_code::{first_code, refuse_first};
use super::grant::queue;
use super::limits::record_limited;
use super::second_factor::{Passed, SecondFactorInfo, ask, ask_own};
use super::sign_in::{SignedIn, complete_if_free};
use super::tickets::{SET_UP_TICKET, held_back, set_up_ticket};
use super::{Op, OpError, Scope};

/// How people prove who they are for a set-up.
#[derive(Clone, Copy)]
pub enum Holder<'a> {
    /// By the set-up token issued after a correct password (T5).
    Ticket(&'a Token),
    /// By a live session.
    Session(&'a Token),
}

impl Holder<'_> {
    fn token(&self) -> &Token {
        match self {
            Self::Ticket(token) | Self::Session(token) => token,
        }
    }
}

/// A secret for a pending set-up: shown once, and confirmed with a code.
pub struct Offer {
    /// The account it is for.
    pub account: Account,
    /// The issuer, as the authenticator shows it.
    pub issuer: String,
    /// The secret.
    pub secret: TotpSecret,
    /// It replaces an existing one.
    pub replaces: bool,
}

impl Offer {
    /// What the QR code holds.
    pub fn uri(&self) -> Secret<String> {
        self.secret.uri(&self.issuer, self.account.address.as_str())
    }
}

/// Starts a set-up for somebody who knows their password, without a sign-in. Returns the token, and whether a
/// factor is already set up.
///
/// # Errors
/// An unknown panel, or a failing store.
pub fn begin(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    pause: &dyn Fn(Duration),
) -> Result<Result<(Token, bool), Denied>, OpError> {
    let begun = behind_password(
        store,
        op,
        credentials,
        pause,
        |_, facts, reason| match reason {
            Reason::AlreadySignedIn => true,
            Reason::SecondFactorSetupRequired => facts.factor.may_set_up(&facts.panel.policy),
            _ => false,
        },
        |tx, scope, entry| {
            let (panel, factor) = (entry.who.panel, entry.who.factor);
            if let Err(refusal) = takes_apps(panel) {
                return Ok(Done::unrecorded(Ok(Err(refusal))));
            }
            if factor.app_set_at.is_none() && !factor.may_set_up(&panel.policy) {
                if let Some(denied) = held_back(&factor, panel) {
                    return Ok(Done::unrecorded(Err(denied)));
                }
                // A sign-in would require a code by mail or SMS: so does this.
                let (second, ticket) = (credentials.second, credentials.ticket);
                if let Err(denied) = ask(tx, scope, op, &entry.who, second, ticket)? {
                    return Ok(Done::recorded(Err(denied)));
                }
            }
            let ticket = set_up_ticket(tx, op, entry.who.account)?.token;
            let is_set = entry.who.factor.app_set_at.is_some();
            Ok(Done::unrecorded(Ok(Ok((ticket, is_set)))))
        },
    )?;
    Ok(match begun {
        Ok(begun) => Ok(begun?),
        Err(denied) => Err(denied),
    })
}

/// Refuses if the panel would never ask for a code from the app.
fn takes_apps(panel: &Panel) -> Result<(), Refusal> {
    if panel.policy.second_factor == SecondFactor::Off || !panel.policy.methods.app {
        return Err(Refusal::NoAppsHere {
            panel: panel.name.clone(),
        });
    }
    Ok(())
}

/// Creates the secret of a pending set-up. Replacing an existing factor requires `current`: a code of it, or
/// a backup code (T2). Asking again with the same token or session returns the same secret while the set-up
/// is pending.
///
/// # Errors
/// [`Refusal::SessionEnded`] for an invalid token or session, or a failing store.
pub fn offer(
    store: &mut Store,
    op: &Op,
    holder: Holder<'_>,
    panel: &str,
    current: Option<&Secret<String>>,
) -> Result<Result<Offer, Denied>, OpError> {
    store.change(|tx| {
        let scope = Scope::load(tx)?;
        let panel = scope.panel(panel)?;
        let (account, factor, locked) = find(tx, &scope, op, holder, panel)?;
        takes_apps(panel)?;
        if let Some(denied) = held_back(&factor, panel) {
            return Ok(Done::nothing(Err(denied)));
        }
        let hash = holder.token().hash();
        let issuer = issuer(panel);
        let replaces = factor.app_set_at.is_some();
        if let Some(secret) = tx.factor_offer(&account, &hash, op.now)? {
            return Ok(Done::nothing(Ok(Offer {
                account,
                issuer,
                secret,
                replaces,
            })));
        }
        if replaces {
            // A locked account allows no guessing of its codes, wherever they are entered.
            if let Some(locked) = locked {
                return Ok(Done::nothing(Err(Denied::by(&locked))));
            }
            let who = SecondFactorInfo {
                account: &account,
                panel,
                factor,
                limits: scope.limits(&tx.accesses(account.id)?).lock,
            };
            let Some(typed) = current.filter(|code| !code.expose().trim().is_empty()) else {
                let methods = factor.open_methods(&panel.policy);
                return Ok(Done::nothing(Err(Denied {
                    methods,
                    ..Denied::new("code-required", "current-code-needed")
                })));
            };
            if let Err(denied) = ask_own(tx, &scope, op, &who, typed.expose())? {
                return Ok(Done::recorded(Err(denied)));
            }
        }
        let secret = TotpSecret::random(tx.vault().entropy())?;
        let expires_at = end_of(op.now, SET_UP_LIFETIME);
        tx.offer_factor(&account, &secret, &hash, op.now, expires_at)?;
        let event = op
            .event(Action::SecondFactorOffered)
            .in_panel(&panel.name)
            .with("replaces", replaces);
        record_limited(tx, op, &account, event)?;
        Ok::<_, OpError>(Done::recorded(Ok(Offer {
            account,
            issuer,
            secret,
            replaces,
        })))
    })
}

/// A set-up that was confirmed.
#[derive(Clone)]
pub struct Confirmed {
    /// Ten codes, shown once (T3).
    pub backup_codes: Vec<BackupCode>,
    /// The person, with their session; `None` if something else stands in the way of one, or none was wanted.
    pub signed_in: Option<Box<SignedIn>>,
}

/// Confirms a pending set-up with the first code, which is then used up, and returns ten backup codes. Who came with a
/// ticket has shown the password and a code, so nothing is left to ask: if `signs_in`, they are signed in.
///
/// # Errors
/// [`Refusal::SessionEnded`] for an invalid token or session, or a failing store; a set-up that is
/// no longer pending is denied as `code-expired`.
pub fn confirm(
    store: &mut Store,
    op: &Op,
    holder: Holder<'_>,
    panel: &str,
    typed: &Secret<String>,
    signs_in: bool,
) -> Result<Result<Confirmed, Denied>, OpError> {
    store.change(|tx| {
        let scope = Scope::load(tx)?;
        let panel = scope.panel(panel)?;
        let (account, factor, locked) = find(tx, &scope, op, holder, panel)?;
        if let Some(denied) = held_back(&factor, panel) {
            return Ok(Done::nothing(Err(denied)));
        }
        let hash = holder.token().hash();
        // Confirmed already, for example by a second click, or expired: the person has still proved who they
        // are.
        let Some(secret) = tx.factor_offer(&account, &hash, op.now)? else {
            return Ok(Done::nothing(Err(Denied {
                advice: Some(Advice::StartAgain),
                ..Denied::new("code-expired", "no-offer")
            })));
        };
        let step = match first_code(&secret, panel, op, typed) {
            Ok(step) => step,
            Err(wrong) => return refuse_first(tx, op, panel, &account, *wrong),
        };
        if !tx.take_offer(account.id, &hash, op.now)? {
            return Err(Refusal::SessionEnded.into());
        }
        if let Holder::Ticket(_) = holder
            && !tx.use_ticket(SET_UP_TICKET, account.id, &hash, op.now)?
        {
            return Err(Refusal::TicketExpired.into());
        }
        tx.set_factor(&account, &secret, step, op.now)?;
        let codes = new_backup_codes(tx, op, &account)?;
        // The count of a lock stays with the lock.
        if locked.is_none() {
            tx.clear_wrong_codes(account.id)?;
        }
        tx.bar_mailed_codes(account.id, None)?;
        tx.note_factor_reset(account.id, None)?;
        queue(tx, op, panel, &account, MailKind::SecondFactorSet, None)?;
        tx.record(
            op.event(Action::SecondFactorSet)
                .about(&account)
                .in_panel(&panel.name)
                .with("replaced", factor.app_set_at.is_some())
                .with("backup_codes", codes.len()),
        )?;
        let signed_in = match (signs_in, holder) {
            (true, Holder::Ticket(_)) => {
                let passed = Passed::Code(Method::App);
                complete_if_free(tx, &scope, op, panel, &account, passed)?.map(Box::new)
            }
            (true, Holder::Session(token)) => {
                let (_, authenticated) = super::session::find_live(tx, &scope, op, token, panel)?;
                let session = token.clone();
                Some(Box::new(SignedIn {
                    session,
                    authenticated,
                }))
            }
            (false, _) => None,
        };
        Ok::<_, OpError>(Done::recorded(Ok(Confirmed {
            backup_codes: codes,
            signed_in,
        })))
    })
}

/// A new set that replaces the old one (T3).
pub(super) fn new_backup_codes(
    tx: &Tx<'_>,
    op: &Op,
    account: &Account,
) -> Result<Vec<BackupCode>, OpError> {
    let codes = (0..BACKUP_CODES)
        .map(|_| BackupCode::random(tx.vault().entropy()))
        .collect::<Result<Vec<_>, _>>()?;
    tx.set_backup_codes(account.id, &codes, op.now)?;
    Ok(codes)
}

/// Finds the owner of a ticket or session, who must still be allowed to sign in. A lock after wrong attempts
/// ends tokens but not sessions (S5), and is returned.
pub(super) fn find(
    tx: &Tx<'_>,
    scope: &Scope,
    op: &Op,
    holder: Holder<'_>,
    panel: &Panel,
) -> Result<(Account, FactorFacts, Option<Obstacle>), OpError> {
    let account = match holder {
        Holder::Session(token) => {
            super::session::find_live(tx, scope, op, token, panel)?
                .1
                .account
        }
        Holder::Ticket(token) => {
            let over = || OpError::from(Refusal::TicketExpired);
            if token.purpose() != Purpose::Ticket {
                return Err(over());
            }
            let id = tx
                .ticket_holder(SET_UP_TICKET, &token.hash(), op.now)?
                .ok_or_else(over)?;
            tx.account_by_id(id)?.ok_or_else(over)?
        }
    };
    let access = tx.access(account.id, panel.id)?;
    let facts = scope.facts(tx, panel, Some(&account), access.as_ref(), op)?;
    let mut locked = None;
    for obstacle in obstacles(&facts, op.now) {
        match (obstacle.reason, holder) {
            (
                Reason::SecondFactorSetupRequired
                | Reason::AlreadySignedIn
                | Reason::PasswordExpired,
                _,
            ) => {}
            (Reason::Locked, Holder::Session(_)) => locked = Some(obstacle),
            (reason, _) => {
                let cause = reason.as_str().to_owned();
                return Err(Refusal::SessionEndedFor { cause }.into());
            }
        }
    }
    let factor = facts.factor;
    Ok((account, factor, locked))
}

/// The issuer of the secret, as authenticators show it: the panel's title, or else the sender name of its mail, or else
/// its name.
fn issuer(panel: &Panel) -> String {
    let policy = &panel.policy;
    let sender = || {
        let sender = Sender::parse(policy.sender.as_deref()?).ok()?;
        sender.name
    };
    policy
        .title
        .clone()
        .or_else(sender)
        .unwrap_or_else(|| panel.name.clone())
}
