//! Registering with an invitation (I2, I4, I8).

use crate::domain::access::Access;
use crate::domain::account::{Account, PasswordFacts};
use crate::domain::admission::password_expired_at;
use crate::domain::event::Action;
use crate::domain::link::{Link, LinkPurpose};
use crate::domain::password::{self, PasswordProblem, Person};
use crate::domain::policy::REVOKED_LINKS_REMEMBERED;
use crate::domain::refusal::Refusal;
use crate::store::{Done, Fault, Store, Tx};
use crate::vault::common::is_common;
use crate::vault::password::verify;
use crate::vault::{Purpose, Secret, Token, Verdict};

use super::limits::record_limited;
use super::scope::PasswordRules;
use super::second_factor::before;
use super::{Op, OpError, Scope};

/// Somebody with a link that works.
#[derive(Clone, Debug)]
pub struct Bearer {
    /// Who.
    pub account: Account,
    /// The panel whose settings the link's mail used.
    pub panel: String,
    rules: PasswordRules,
    /// The hash of a password that was voided or has expired: it cannot be set again (P3).
    spent: Option<String>,
}

/// Checks a token before anything else is asked. A refusal is recorded, for `why` (D1).
///
/// # Errors
/// `link-invalid`, `-expired`, `-superseded`, `-used`, `-revoked`.
pub fn bearer(
    store: &mut Store,
    op: &Op,
    token: &Token,
    purpose: LinkPurpose,
) -> Result<Bearer, OpError> {
    let found = store.read(|tx| look_up(tx, op, token, purpose))?;
    match found {
        Ok(bearer) => Ok(bearer),
        Err((refusal, subject)) => {
            if let Some((account, panel)) = subject {
                record_refusal(store, op, &account, &panel, purpose, &refusal)?;
            }
            Err(refusal.into())
        }
    }
}

type NotFound = (Refusal, Option<(Account, String)>);

fn look_up(
    tx: &Tx<'_>,
    op: &Op,
    token: &Token,
    purpose: LinkPurpose,
) -> Result<Result<Bearer, NotFound>, OpError> {
    let fits = match purpose {
        LinkPurpose::Invitation => token.purpose() == Purpose::Invitation,
        LinkPurpose::Reset => token.purpose() == Purpose::Reset,
        LinkPurpose::Address => token.purpose() == Purpose::Address,
    };
    let link = if fits {
        tx.link_by_token(&token.hash())?
            .filter(|link| link.purpose == purpose)
    } else {
        None
    };
    let Some(link) = link else {
        let refusal = if fits {
            no_link(tx, op, token)?
        } else {
            Refusal::LinkInvalid
        };
        return Ok(Err((refusal, None)));
    };
    let scope = Scope::load(tx)?;
    let Some(account) = tx.account_by_id(link.account_id)? else {
        return Ok(Err((Refusal::LinkInvalid, None)));
    };
    let panel = scope
        .panel_by_id(link.panel_id)
        .map(|panel| panel.name.clone())
        .unwrap_or_default();
    if let Err(refusal) = usable(&link, &account, op) {
        return Ok(Err((refusal, Some((account, panel)))));
    }
    let accesses = tx.accesses(account.id)?;
    let spent = match account.password {
        Some(facts) if is_spent(&scope, &accesses, &facts, op) => tx.password_hash(account.id)?,
        _ => None,
    };
    Ok(Ok(Bearer {
        rules: scope.password_rules(&accesses)?,
        spent,
        account,
        panel,
    }))
}

/// Why no link has this token: revoked, and its account erased with it, or never created (I4).
fn no_link(tx: &Tx<'_>, op: &Op, token: &Token) -> Result<Refusal, Fault> {
    let since = before(op.now, REVOKED_LINKS_REMEMBERED);
    Ok(if tx.was_revoked(&token.hash(), since)? {
        Refusal::LinkRevoked
    } else {
        Refusal::LinkInvalid
    })
}

/// Voided, or expired in a panel that the person has access to.
fn is_spent(scope: &Scope, accesses: &[Access], password: &PasswordFacts, op: &Op) -> bool {
    password.voided_at.is_some()
        || accesses
            .iter()
            .filter(|access| access.removed_at.is_none())
            .filter_map(|access| scope.panel_by_id(access.panel_id))
            .any(|panel| password_expired_at(panel, password, op.now).is_some())
}

fn usable(link: &Link, account: &Account, op: &Op) -> Result<(), Refusal> {
    link.check(op.now)?;
    match link.purpose {
        // Registered in another way: the remaining links are done.
        LinkPurpose::Invitation if account.is_registered() => Err(Refusal::LinkUsed),
        LinkPurpose::Reset if !account.is_registered() => Err(Refusal::LinkInvalid),
        LinkPurpose::Reset if account.lock.permanent_at.is_some() => Err(Refusal::LinkRevoked),
        _ => Ok(()),
    }
}

fn record_refusal(
    store: &mut Store,
    op: &Op,
    account: &Account,
    panel: &str,
    purpose: LinkPurpose,
    refusal: &Refusal,
) -> Result<(), OpError> {
    let event = op
        .event(Action::LinkRefused)
        .in_panel(panel)
        .with("purpose", purpose.as_str())
        .with("reason", refusal.reason());
    store.change(|tx| {
        record_limited(tx, op, account, event.clone())?;
        Ok::<_, OpError>(Done::recorded(()))
    })?;
    Ok(())
}

/// A password that was accepted, hashed outside any transaction.
#[derive(Debug)]
pub(super) struct Chosen {
    pub(super) phc: String,
    pub(super) met_length: i64,
}

impl Bearer {
    /// The minimum password length for them, in code points.
    pub fn least(&self) -> i64 {
        self.rules.least
    }

    /// Checks and hashes a new password.
    pub(super) fn choose(&self, store: &Store, typed: &Secret<String>) -> Result<Chosen, OpError> {
        let before = self.spent.as_deref().map(Before::Hash);
        choose(store, typed, &self.account, &self.rules, before)
    }
}

/// The password that a new one must differ from.
#[derive(Clone, Copy)]
pub(super) enum Before<'a> {
    /// As it was typed, and checked to be correct.
    Typed(&'a Secret<String>),
    /// Its hash.
    Hash(&'a str),
}

impl Before<'_> {
    /// Whether a normalised password is the same. Hashing costs the same in either case.
    fn is(self, password: &Secret<String>, rules: &PasswordRules) -> bool {
        match self {
            Self::Typed(old) => {
                Secret::new(password::normalised(old.expose())).expose() == password.expose()
            }
            // A damaged hash is no reason to refuse the password that replaces it.
            Self::Hash(phc) => matches!(
                verify(password, phc, &rules.cost),
                Ok(Verdict::Right { .. })
            ),
        }
    }
}

/// Checks a new password against P2 and P3, and hashes it.
pub(super) fn choose(
    store: &Store,
    typed: &Secret<String>,
    account: &Account,
    rules: &PasswordRules,
    before: Option<Before<'_>>,
) -> Result<Chosen, OpError> {
    let password = Secret::new(password::normalised(typed.expose()));
    let panels: Vec<&str> = rules.panels.iter().map(String::as_str).collect();
    let person = Person {
        address: account.address.as_str(),
        local_part: account.address.local(),
        name: account.name.as_deref(),
        panels: &panels,
    };
    let unchanged = before.is_some_and(|before| before.is(&password, rules));
    let mut problems = password::check_new(password.expose(), rules.least, person, is_common)
        .err()
        .unwrap_or_default();
    if unchanged {
        problems.push(PasswordProblem::Unchanged);
    }
    if !problems.is_empty() {
        return Err(Refusal::Password(problems).into());
    }
    Ok(Chosen {
        phc: rules.cost.hash(&password, store.vault().entropy())?,
        met_length: rules.least,
    })
}

/// What the transaction says that registers somebody.
#[derive(Clone, Copy, Debug)]
pub struct Registered;

/// Registers with an invitation: exactly one of any number of attempts with the same link wins.
///
/// # Errors
/// Those of [`bearer`], a refused password, or a failing store.
pub fn register(
    store: &mut Store,
    op: &Op,
    token: &Token,
    password: &Secret<String>,
    name: Option<&str>,
) -> Result<Bearer, OpError> {
    let mut bearer = bearer(store, op, token, LinkPurpose::Invitation)?;
    if let Some(name) = name {
        // The password must not be the name entered with it either.
        bearer.account.name = Some(name.to_owned());
    }
    let chosen = bearer.choose(store, password)?;
    store.change(|tx| {
        // Everything is checked again: another attempt may have been faster.
        let (link, mut account) = usable_again(tx, op, token)?;
        if !tx.use_link(link.id, op.now)? {
            return Err(Refusal::LinkUsed.into());
        }
        tx.set_password(account.id, &chosen.phc, chosen.met_length, op.now)?;
        tx.use_invitations(account.id, op.now)?;
        if let Some(name) = name
            && account.name.as_deref() != Some(name)
        {
            account.name = Some(name.to_owned());
            tx.update_person(&account)?;
        }
        tx.record(
            op.event(Action::Registered)
                .about(&account)
                .in_panel(&bearer.panel),
        )?;
        Ok::<_, OpError>(Done::recorded(Registered))
    })?;
    Ok(bearer)
}

/// Checks a link again inside the transaction that uses it.
///
/// By its token, not its row: the row may have been reused for another person.
pub(super) fn usable_again(
    tx: &Tx<'_>,
    op: &Op,
    token: &Token,
) -> Result<(Link, Account), OpError> {
    let Some(link) = tx.link_by_token(&token.hash())? else {
        return Err(no_link(tx, op, token)?.into());
    };
    let account = tx
        .account_by_id(link.account_id)?
        .ok_or(Refusal::LinkInvalid)?;
    usable(&link, &account, op)?;
    Ok((link, account))
}
