//! What requests say about the second factor.

use super::object::{BadRequest, Object};
use super::request::SHORT;
use crate::domain::second_factor::Method;
use crate::ops::sign_in::Second;
use crate::vault::{Secret, Token};

/// What was typed as second factor.
#[derive(Debug, Default)]
pub struct Typed {
    /// As typed.
    pub code: Option<Secret<String>>,
    /// How the code came.
    pub method: Option<Method>,
    /// From `reset-password` (L9) or from `send-code` (T4).
    pub ticket: Option<Token>,
    /// Trust the IP from now on (X1).
    pub trust_ip: bool,
}

impl Typed {
    /// The same, as the operation takes it.
    pub(super) fn second(&self) -> Second<'_> {
        Second {
            code: self.code.as_ref(),
            method: self.method,
            trust_ip: self.trust_ip,
        }
    }

    pub(super) fn take(object: &mut Object) -> Result<Self, BadRequest> {
        let trust_ip = object.flag("trust_ip")?.unwrap_or(false);
        Ok(Self {
            code: object.text("code", SHORT)?,
            method: object
                .text("method", SHORT)?
                .map(|word| method(word.as_str(), &Method::ALL))
                .transpose()?,
            ticket: object
                .text("ticket", usize::MAX)?
                .and_then(|ticket| Token::parse(ticket.as_str())),
            trust_ip,
        })
    }
}

/// The method that a code is to be sent by.
pub(super) fn sent_by(object: &mut Object) -> Result<Method, BadRequest> {
    let word = object.needed("method", SHORT)?;
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

/// Who sets up a second factor. What does not read is `None`, and answered like what nobody knows.
#[derive(Debug)]
pub enum SetUpBy {
    /// With the ticket of a sign-in (T5).
    Ticket(Option<Token>),
    /// With a live session.
    Session(Option<Token>),
}

impl SetUpBy {
    pub(super) fn take(object: &mut Object) -> Result<Self, BadRequest> {
        let one = |token: Secret<String>| Token::parse(token.as_str());
        match (
            object.text("ticket", usize::MAX)?,
            object.text("session", usize::MAX)?,
        ) {
            (Some(ticket), None) => Ok(Self::Ticket(one(ticket))),
            (None, Some(session)) => Ok(Self::Session(one(session))),
            (None, None) => Err(BadRequest(
                "one of the keys 'ticket' and 'session' is needed".into(),
            )),
            (Some(_), Some(_)) => Err(BadRequest(
                "the keys 'ticket' and 'session' exclude each other".into(),
            )),
        }
    }
}
