//! Sending a code by mail or SMS to somebody who entered a correct password (T4).

use std::time::Duration;

use jiff::SignedDuration;

use crate::domain::account::Account;
use crate::domain::admission::Reason;
use crate::domain::advice::Advice;
use crate::domain::event::Action;
use crate::domain::link::end_of;
use crate::domain::panel::Panel;
use crate::domain::policy::{
    CODES_PER_NETWORK, ONE_DAY, REQUESTS_REMEMBERED, SENT_CODE_LIFETIME, SENT_CODE_TRIES,
    SENT_CODES,
};
use crate::domain::second_factor::{FactorFacts, Method};
use crate::mail::MailKind;
use crate::store::{Done, Fault, Store, Tx};

use super::credentials::{Credentials, Denied, Ticket};
use super::entry::behind_password;
use super::grant::queue_code;
use super::limits::{Asked, record_limited, refusing_network};
use super::second_factor::{SecondFactorInfo, before};
use super::steps::CODE_TICKET;
use super::wrong_ip::TOO_MANY;
use super::{Op, OpError};

/// A code that is on its way.
#[derive(Clone)]
pub struct Sent {
    /// The token that it is bound to. It also stands for the password that was right.
    pub ticket: Ticket,
    /// Where it was sent: an address or a number.
    pub to: String,
    /// How it was sent.
    pub method: Method,
    /// How many more codes may be tried.
    pub tries_left: u32,
}

/// Queues a code and returns the token that it is bound to. The password counts as in a sign-in.
///
/// # Errors
/// An unknown panel, or a failing store.
pub fn send_code(
    store: &mut Store,
    op: &Op,
    credentials: &Credentials<'_>,
    method: Method,
    pause: &dyn Fn(Duration),
) -> Result<Result<Sent, Denied>, OpError> {
    behind_password(
        store,
        op,
        credentials,
        pause,
        // An expired password may be changed with the code.
        |_, _, reason| matches!(reason, Reason::PasswordExpired | Reason::AlreadySignedIn),
        |tx, _, entry| {
            let sent = send_if_allowed(tx, op, &entry.who, method, CODE_TICKET)?;
            Ok(Done::recorded(sent))
        },
    )
}

/// Sends a code to somebody whose password was right, or refuses and records that. Its token also stands for the step
/// of that purpose.
pub(super) fn send_if_allowed(
    tx: &mut Tx<'_>,
    op: &Op,
    who: &SecondFactorInfo<'_>,
    method: Method,
    purpose: &str,
) -> Result<Result<Sent, Denied>, OpError> {
    let (panel, account) = (who.panel, who.account);
    match may_send(tx, op, panel, account, &who.factor, method)? {
        Ok(tries) => {
            let sent = send(tx, op, panel, account, method, tries)?;
            let (hash, until) = (sent.ticket.token.hash(), sent.ticket.expires_at);
            tx.add_step(purpose, account.id, panel.id, &hash, op.now, until)?;
            Ok(Ok(sent))
        }
        Err(denied) => {
            let event = op
                .event(Action::SignInRefused)
                .in_panel(&panel.name)
                .with("reason", denied.reason)
                .with("cause", denied.cause.as_str());
            record_limited(tx, op, account, event)?;
            Ok(Err(denied))
        }
    }
}

/// The causes in a panel's log and in `why` for not sending more codes.
pub(super) const TOO_MANY_TRIES: &str = "too-many-tries";
pub(super) const TOO_MANY_CODES: &str = "too-many-codes";

/// Whether a code may be sent; how often the previous ones were tried.
fn may_send(
    tx: &Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
    factor: &FactorFacts,
    method: Method,
) -> Result<Result<i64, Denied>, OpError> {
    let policy = &panel.policy;
    if !factor.is_asked(policy) || !factor.open(method, policy) {
        let advice = if factor.is_asked(policy) {
            why_not(panel, account, factor, method)
        } else {
            Advice::NoCodeAsked
        };
        return Ok(Err(Denied {
            methods: factor.open_methods(policy),
            advice: Some(advice),
            ..Denied::new("code-required", "method-not-open")
        }));
    }
    let (tries, spent) = spent(tx, op, account.id)?;
    let found = match spent {
        Some(Spent::Tries(_)) => Some((TOO_MANY_TRIES, Advice::TriedTooOften, SENT_CODE_LIFETIME)),
        Some(Spent::Today(_)) => Some((TOO_MANY_CODES, Advice::CodesToday, ONE_DAY)),
        Some(Spent::Lately(_)) => Some((TOO_MANY_CODES, Advice::CodesLately, SENT_CODE_LIFETIME)),
        None => refusing_network(tx, op, Asked::Code, CODES_PER_NETWORK)?
            .map(|_| (TOO_MANY, Advice::CodesFromNetwork, REQUESTS_REMEMBERED)),
    };
    Ok(match found {
        Some((cause, advice, at_most)) => Err(Denied {
            advice: Some(advice),
            ..Denied::throttled(cause, at_most)
        }),
        None => Ok(tries),
    })
}

/// Why no more codes are sent to somebody for now.
#[derive(Clone, Copy, Debug)]
pub(super) enum Spent {
    /// Too many wrong codes were entered for recently sent codes.
    Tries(i64),
    /// Too many codes were sent in a day.
    Today(i64),
    /// Too many codes were sent within the lifetime of one.
    Lately(i64),
}

/// How many wrong codes were entered for recently sent codes, and whether the limit of sent codes is reached
/// for now (T4).
pub(super) fn spent(tx: &Tx<'_>, op: &Op, account_id: i64) -> Result<(i64, Option<Spent>), Fault> {
    let since = |length: SignedDuration| tx.sent_codes_since(account_id, before(op.now, length));
    let ((lately, tries), (today, _)) = (since(SENT_CODE_LIFETIME)?, since(ONE_DAY)?);
    let spent = if tries >= SENT_CODE_TRIES {
        Some(Spent::Tries(tries))
    } else if today >= SENT_CODES.1 {
        Some(Spent::Today(today))
    } else if lately >= SENT_CODES.0 {
        Some(Spent::Lately(lately))
    } else {
        None
    };
    Ok((tries, spent))
}

/// Why somebody with a correct password cannot use a method.
fn why_not(panel: &Panel, account: &Account, factor: &FactorFacts, method: Method) -> Advice {
    if !panel.policy.methods.has(method) {
        Advice::NotInPanel(method)
    } else if !factor.allowed.has(method) {
        Advice::NotWithRole(method)
    } else if method == Method::Sms && account.phone.is_none() {
        Advice::NoPhone
    } else if method == Method::Mail {
        Advice::MailBarred
    } else {
        Advice::NotNow(method)
    }
}

fn send(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
    method: Method,
    tries: i64,
) -> Result<Sent, OpError> {
    let expires_at = end_of(op.now, SENT_CODE_LIFETIME);
    let (code_id, token) =
        tx.add_sent_code(account, panel.id, method, tries, op.now, expires_at)?;
    let (kind, address) = match (method, account.phone.as_deref()) {
        (Method::Sms, Some(phone)) => (MailKind::SignInCodeSms, phone),
        _ => (MailKind::SignInCode, account.address.as_str()),
    };
    queue_code(tx, op, panel, account, kind, address, code_id)?;
    tx.record(
        op.event(Action::CodeSent)
            .about(account)
            .in_panel(&panel.name)
            .with("method", method.as_str()),
    )?;
    Ok(Sent {
        ticket: Ticket { token, expires_at },
        to: address.to_owned(),
        method,
        tries_left: u32::try_from(SENT_CODE_TRIES - tries).unwrap_or(0),
    })
}
