//! Sending a code by mail or SMS to somebody who entered a correct password (T4).

use std::time::Duration;

use jiff::SignedDuration;

use crate::domain::account::Account;
use crate::domain::admission::Reason;
use crate::domain::event::Action;
use crate::domain::link::end_of;
use crate::domain::panel::Panel;
use crate::domain::policy::{
    CODES_PER_NETWORK, ONE_DAY, SENT_CODE_LIFETIME, SENT_CODE_TRIES, SENT_CODES,
};
use crate::domain::second_factor::{FactorFacts, Method};
use crate::mail::MailKind;
use crate::store::{Done, Fault, Store, Tx};
use crate::vault::Token;

use super::credentials::{Credentials, Denied};
use super::entry::behind_password;
use super::grant::queue_code;
use super::limits::{Asked, record_limited, refusing_network};
use super::second_factor::before;
use super::wrong_ip::TOO_MANY;
use super::{Op, OpError};

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
) -> Result<Result<Token, Denied>, OpError> {
    behind_password(
        store,
        op,
        credentials,
        pause,
        // An expired password may be changed with the code.
        |_, _, reason| matches!(reason, Reason::PasswordExpired | Reason::AlreadySignedIn),
        |tx, _, entry| {
            let (panel, account) = (entry.who.panel, entry.who.account);
            let answer = match may_send(tx, op, panel, account, &entry.who.factor, method)? {
                Ok(tries) => Ok(send(tx, op, panel, account, method, tries)?),
                Err(denied) => {
                    let event = op
                        .event(Action::SignInRefused)
                        .in_panel(&panel.name)
                        .with("reason", denied.reason)
                        .with("cause", denied.cause.as_str());
                    record_limited(tx, op, account, event)?;
                    Err(denied)
                }
            };
            Ok(Done::recorded(answer))
        },
    )
}

/// The causes in a panel's log and in `why` for not sending more codes.
pub(super) const TOO_MANY_TRIES: &str = "too-many-tries";
pub(super) const TOO_MANY_CODES: &str = "too-many-codes";

const TRIED: &str =
    "Too many wrong codes were entered. Please wait 10 minutes, or use another method.";
const LATELY: &str =
    "Too many codes were requested. Please wait 10 minutes, or use another method.";
const TODAY: &str =
    "Too many codes were requested today. Please try again tomorrow, or use another method.";

const FROM_HERE: &str =
    "Too many codes were requested from your network. Please wait an hour, or use another method.";

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
            "No code is required here. Please sign in without one.".to_owned()
        };
        return Ok(Err(Denied {
            methods: factor.open_methods(policy),
            advice: Some(advice),
            ..Denied::new("code-required", "method-not-open")
        }));
    }
    let (tries, spent) = spent(tx, op, account.id)?;
    let found = match spent {
        Some(Spent::Tries(_)) => Some((TOO_MANY_TRIES, TRIED)),
        Some(Spent::Today(_)) => Some((TOO_MANY_CODES, TODAY)),
        Some(Spent::Lately(_)) => Some((TOO_MANY_CODES, LATELY)),
        None => {
            refusing_network(tx, op, Asked::Code, CODES_PER_NETWORK)?.map(|_| (TOO_MANY, FROM_HERE))
        }
    };
    Ok(match found {
        Some((cause, advice)) => Err(Denied {
            advice: Some(advice.to_owned()),
            ..Denied::new("try-later", cause)
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

/// Explains to somebody with a correct password why they cannot use a method.
fn why_not(panel: &Panel, account: &Account, factor: &FactorFacts, method: Method) -> String {
    let what = method.in_words();
    if !panel.policy.methods.has(method) {
        format!(
            "{} does not accept {}.",
            panel.name,
            what.replacen("a code", "codes", 1)
        )
    } else if !factor.allowed.has(method) {
        format!("With your role, {what} is not accepted here.")
    } else if method == Method::Sms && account.phone.is_none() {
        "Your account has no phone number. The person who invited you can add one.".to_owned()
    } else if method == Method::Mail {
        "Your password was reset by mail, so a code by mail does not count until you have used another method. An administrator can help."
            .to_owned()
    } else {
        format!("You cannot use {what} right now.")
    }
}

fn send(
    tx: &mut Tx<'_>,
    op: &Op,
    panel: &Panel,
    account: &Account,
    method: Method,
    tries: i64,
) -> Result<Token, OpError> {
    let expires_at = end_of(op.now, SENT_CODE_LIFETIME);
    let (code_id, ticket) =
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
    Ok(ticket)
}
