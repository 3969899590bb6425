//! What an operation led to, as an answer.

use std::any::Any;

use jiff::Timestamp;

use super::answer::Answer;
use super::body::Body;
use super::contract::Verb;
use super::next::Next;
use super::texts::Message;
use super::words::sent;
use crate::domain::account::Account;
use crate::ops::register::Registered;
use crate::ops::set_up::Confirmed;
use crate::ops::sign_in::{AuthenticatedUser, Denied, SignedIn, Ticket};
use crate::vault::{BackupCode, Token};

/// The yes to which a transaction of a request leads, if it does. Requests are known by their verb, outcomes by their
/// type: other transactions of the same request return something else.
pub(super) fn outcome(verb: Verb, value: &dyn Any, now: Timestamp) -> Option<Answer> {
    fn of<T: Clone + 'static>(value: &dyn Any) -> Option<T> {
        value
            .downcast_ref::<Result<T, Denied>>()?
            .as_ref()
            .ok()
            .cloned()
    }
    match verb {
        Verb::Register => value.downcast_ref::<Registered>().map(|_| registered()),
        Verb::SignIn => of(value).map(signed_in),
        Verb::SendCode => of(value).map(|code| sent(code, now)),
        Verb::SetUp2fa => of(value).map(confirmed),
        Verb::SecondFactorOff => of(value).map(|()| second_factor_removed()),
        Verb::NewBackupCodes => of(value).map(backup_codes_made),
        Verb::ResetPassword => value.downcast_ref::<Ticket>().cloned().map(reset),
        Verb::ChangePassword => of(value)
            .map(|()| None)
            .or_else(|| of(value).map(Some))
            .or_else(|| of(value))
            .map(changed),
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
    let answer = Answer::yes("signed-in", person(*signed_in, None));
    match not_trusted {
        Some(why) => answer
            .saying(Message::of("ip-not-trusted"))
            .because(format!("ip-not-trusted: {}", why.as_str())),
        None => answer,
    }
}

pub(super) fn confirmed(confirmed: Confirmed) -> Answer {
    let codes = confirmed.backup_codes;
    match confirmed.signed_in {
        Some(signed_in) => Answer::yes("second-factor-set", person(*signed_in, Some(codes))),
        None => Answer::yes("second-factor-set-only", Body::BackupCodes(codes))
            .then(Next::ask("password")),
    }
}

pub(super) fn live(session: Token, authenticated: AuthenticatedUser) -> Answer {
    let signed_in = SignedIn {
        session,
        authenticated,
    };
    Answer::yes("session-live", person(signed_in, None))
}

fn person(signed_in: SignedIn, backup_codes: Option<Vec<BackupCode>>) -> Body {
    Body::Person {
        session: signed_in.session,
        authenticated: Box::new(signed_in.authenticated),
        backup_codes,
    }
}
