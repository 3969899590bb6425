//! What an operation led to, as an answer.

use std::any::Any;

use jiff::Timestamp;

use super::answer::Answer;
use super::body::Body;
use super::contract::Verb;
use super::next::Next;
use super::texts::Message;
use super::words::{Messages, sent};
use crate::domain::account::Account;
use crate::ops::register::Registered;
use crate::ops::set_up::Confirmed;
use crate::ops::sign_in::{Denied, SignedIn, Ticket};
use crate::vault::{BackupCode, Token};

/// The answer to what a transaction of a request is going to return, if that is its outcome. Requests are known by their
/// verb, outcomes by their type: other transactions of the same request return something else.
pub(super) fn outcome(
    verb: Verb,
    value: &dyn Any,
    messages: &Messages<'_>,
    now: Timestamp,
) -> Option<Answer> {
    fn of<T: Clone + 'static>(
        value: &dyn Any,
        messages: &Messages<'_>,
        answer: impl FnOnce(T) -> Answer,
    ) -> Option<Answer> {
        let result = value.downcast_ref::<Result<T, Denied>>()?.clone();
        Some(result.map_or_else(|denied| messages.denied(denied), answer))
    }
    match verb {
        Verb::Register => value.downcast_ref::<Registered>().map(|_| registered()),
        Verb::SignIn => of(value, messages, signed_in),
        Verb::SendCode => of(value, messages, |code| sent(code, now)),
        Verb::SetUp2fa => of(value, messages, confirmed),
        Verb::SecondFactorOff => of(value, messages, |()| second_factor_removed()),
        Verb::NewBackupCodes => of(value, messages, backup_codes_made),
        Verb::ResetPassword => value.downcast_ref::<Ticket>().cloned().map(reset),
        Verb::ChangePassword => of(value, messages, |()| changed(None))
            .or_else(|| of(value, messages, |token: Token| changed(Some(token))))
            .or_else(|| of(value, messages, changed)),
        Verb::ConfirmAddress => value.downcast_ref::<Account>().map(|_| address_changed()),
        _ => None,
    }
}

pub(super) fn registered() -> Answer {
    Answer::yes("registered", Body::Nothing).then(Next::ask("password"))
}

pub(super) fn second_factor_removed() -> Answer {
    Answer::yes("second-factor-removed", Body::Nothing)
}

pub(super) fn backup_codes_made(codes: Vec<BackupCode>) -> Answer {
    Answer::yes("backup-codes-made", Body::BackupCodes(codes))
}

pub(super) fn reset(ticket: Ticket) -> Answer {
    let next = Next::ask("password").until(Some(ticket.expires_at));
    Answer::yes("password-set", Body::Ticket(Some(ticket.token))).then(next)
}

pub(super) fn address_changed() -> Answer {
    Answer::yes("address-changed", Body::Nothing).then(Next::ask("password"))
}

pub(super) fn changed(session: Option<Token>) -> Answer {
    let signed_out = session.is_none();
    let answer = Answer::yes("password-set", Body::NewSession(session));
    if signed_out {
        answer.then(Next::ask("password"))
    } else {
        answer
    }
}

pub(super) fn signed_in(signed_in: Box<SignedIn>) -> Answer {
    let not_trusted = signed_in.authenticated.context.not_trusted;
    let answer = Answer::yes("signed-in", person(*signed_in));
    match not_trusted {
        Some(why) => answer
            .saying(Message::of("ip-not-trusted"))
            .because(format!("ip-not-trusted: {}", why.as_str())),
        None => answer,
    }
}

pub(super) fn confirmed(confirmed: Confirmed) -> Answer {
    let codes = confirmed.backup_codes;
    let Some(signed_in) = confirmed.signed_in else {
        return Answer::yes("second-factor-set-only", Body::BackupCodes(codes))
            .then(Next::ask("password"));
    };
    let SignedIn {
        session,
        authenticated,
    } = *signed_in;
    let body = Body::Person {
        session: Some(session),
        authenticated: Box::new(authenticated),
        backup_codes: Some(codes),
    };
    Answer::yes("second-factor-set", body)
}

fn person(signed_in: SignedIn) -> Body {
    Body::Person {
        session: Some(signed_in.session),
        authenticated: Box::new(signed_in.authenticated),
        backup_codes: None,
    }
}
