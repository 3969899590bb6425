//! The part of a request about the second factor.

use super::object::{BadRequest, Object};
use crate::domain::second_factor::Method;
use crate::ops::sign_in::Second;
use crate::vault::{Secret, Token};

/// The second factor as typed.
#[derive(Debug, Default)]
pub struct Typed {
    /// As typed.
    pub code: Option<Secret<String>>,
    /// The code's method.
    pub method: Option<Method>,
    /// With a password: from `reset-password` (L9) or `send-code` (T4).
    pub ticket: Option<Token>,
    /// Trust the IP from now on (X1).
    pub trust_ip: bool,
}

impl Typed {
    /// The form that the operation takes.
    pub(super) fn second(&self) -> Second<'_> {
        Second {
            code: self.code.as_ref(),
            method: self.method,
            trust_ip: self.trust_ip,
        }
    }

    /// Code and method; the rest is the caller's.
    pub(super) fn take(object: &mut Object) -> Result<Self, BadRequest> {
        Ok(Self {
            code: object.code("code")?,
            method: object
                .filled("method")?
                .map(|word| method(word.as_str(), &Method::ALL))
                .transpose()?,
            ..Self::default()
        })
    }
}

/// The method by which to send a code.
pub(super) fn sent_by(object: &mut Object) -> Result<Method, BadRequest> {
    let word = object.needed("method")?;
    method(word.as_str(), &[Method::Mail, Method::Sms])
}

fn method(word: &str, among: &[Method]) -> Result<Method, BadRequest> {
    Method::parse(word)
        .filter(|method| among.contains(method))
        .ok_or_else(|| {
            let words: Vec<&str> = among.iter().map(|method| method.as_str()).collect();
            BadRequest::key("method", &format!("must be one of {}", words.join(", ")))
        })
}

/// How the person proves who they are for a set-up. An unreadable token is `None`, and answered like an
/// unknown one.
#[derive(Debug)]
pub enum SetUpBy {
    /// With the set-up token of a sign-in (T5).
    Ticket(Option<Token>),
    /// With a live session.
    Session(Option<Token>),
}

impl SetUpBy {
    pub(super) fn take(object: &mut Object) -> Result<Self, BadRequest> {
        let one = |token: Secret<String>| Token::parse(token.as_str());
        match (object.text("ticket")?, object.text("session")?) {
            (Some(ticket), None) => Ok(Self::Ticket(one(ticket))),
            (None, Some(session)) => Ok(Self::Session(one(session))),
            (None, None) => Err(BadRequest(
                "one of the keys 'ticket' and 'session' is required".into(),
            )),
            (Some(_), Some(_)) => Err(BadRequest(
                "the keys 'ticket' and 'session' cannot be used together".into(),
            )),
        }
    }
}
