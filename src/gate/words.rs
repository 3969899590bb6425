//! Which message, and what to ask for next, goes with an outcome. Nothing here reveals whether an address exists before
//! the password is correct.

use jiff::Timestamp;

use super::answer::Answer;
use super::body::Body;
use super::contract::Verb;
use super::next::{Next, masked};
use super::texts::{Message, Parameter, mentions};
use crate::domain::advice::Advice;
use crate::domain::password::PasswordProblem;
use crate::domain::refusal::Refusal;
use crate::domain::second_factor::Method;
use crate::ops::OpError;
use crate::ops::send_code::Sent;
use crate::ops::sign_in::{Denied, Ticket};

/// What the messages depend on besides the reason.
#[derive(Clone, Copy)]
pub(super) struct Messages<'a> {
    /// The kind of request.
    pub(super) verb: Verb,
    /// The panel's name.
    pub(super) panel: &'a str,
    /// Who to contact.
    pub(super) contact: Option<&'a str>,
}

impl Messages<'_> {
    /// The answer to a denied sign-in or similar request.
    pub(super) fn denied(&self, denied: Denied) -> Answer {
        let reason = denied.reason;
        let since = denied.since.map(Parameter::Time);
        let message = match &denied.advice {
            Some(advice) => self.advice(advice),
            None if reason == "second-factor-setup-required" && denied.ticket.is_none() => {
                self.asking(Message::of("second-factor-unusable"))
            }
            None => self.asking(Message::of(reason)).with_some("since", since),
        };
        let next = next(&denied);
        let ticket = denied.ticket.map(|ticket| ticket.token);
        let body = match reason {
            "code-required" | "code-invalid" | "code-expired" => Body::Code {
                methods: denied.methods,
                ticket,
            },
            "second-factor-setup-required" | "password-expired" => Body::Ticket(ticket),
            _ => Body::Nothing,
        };
        let answer = Answer::no(reason, denied.cause).with(body).saying(message);
        let answer = match next {
            Some(next) => answer.then(next),
            None => answer,
        };
        match denied.retry_after {
            Some(seconds) => answer.after(seconds),
            None => answer,
        }
    }

    /// The answer to a failed operation.
    pub(super) fn failed(&self, error: OpError) -> Answer {
        match error {
            OpError::Refused(refusal) => self.refused(&refusal),
            OpError::Store(fault) if fault.is_passing() => Answer::unavailable(fault.to_string()),
            OpError::Store(fault) => Answer::unavailable(fault.to_string()).broken(),
            OpError::Input(_) | OpError::Interrupted => Answer::unavailable("interrupted"),
        }
    }

    fn refused(&self, refusal: &Refusal) -> Answer {
        let reason = refusal.reason();
        match refusal {
            Refusal::UnknownPanel { name, known, .. } => {
                let known = known.join(", ");
                Answer::no(
                    reason,
                    format!("unknown panel '{name}'; the panels are {known}"),
                )
            }
            Refusal::WhichPanel { known } => Answer::no(
                reason,
                format!(
                    "it must name a panel; there are several: {}",
                    known.join(", ")
                ),
            ),
            Refusal::Password(problems) => {
                let words: Vec<_> = problems.iter().map(PasswordProblem::as_str).collect();
                let told = problems.iter().map(problem).collect();
                Answer::no(reason, words.join(", "))
                    .with(Body::Problems(words))
                    .parameter("problems", Parameter::Codes(told))
                    .then(Next::ask("new-password"))
            }
            Refusal::NoAppsHere { panel } => Answer::no(
                reason,
                format!("{panel} does not accept authenticator apps"),
            ),
            Refusal::SessionEndedFor { cause } => {
                Answer::no(reason, cause.as_str()).then(Next::ask("password"))
            }
            Refusal::SessionEnded | Refusal::TicketExpired => {
                Answer::no(reason, reason).then(Next::ask("password"))
            }
            Refusal::LinkExpired { at } => self.link(reason, Some(*at)),
            Refusal::LinkSuperseded { newer_at } => self.link(reason, Some(*newer_at)),
            _ => self.link(reason, None),
        }
    }

    fn link(&self, reason: &'static str, at: Option<Timestamp>) -> Answer {
        let cause = match at {
            Some(at) => format!("{reason}: {at}"),
            None => reason.to_owned(),
        };
        let message = self
            .asking(Message::of(reason))
            .with_some("since", at.map(Parameter::Time));
        Answer::no(reason, cause).saying(message)
    }

    /// Adds whom to ask, and for what.
    fn asking(&self, message: Message) -> Message {
        let contact = self
            .contact
            .map(|contact| Parameter::Text(contact.to_owned()));
        let ask = if contact.is_some() {
            "ask"
        } else {
            "ask-administrators"
        };
        let another = match self.verb {
            Verb::Register => "another-invitation",
            Verb::ConfirmAddress => "another-confirmation",
            Verb::Peek => "another-link",
            _ => "another-reset",
        };
        let code = message.code;
        let message = if mentions(code, "another") {
            message.with("another", Parameter::Code(another))
        } else {
            message
        };
        if mentions(code, "ask") {
            message
                .with("ask", Parameter::Code(ask))
                .with_some("contact", contact)
        } else {
            message
        }
    }

    fn advice(&self, advice: &Advice) -> Message {
        let message = Message::of(advice.code());
        let method = |method: &Method| {
            Parameter::Code(match method {
                Method::App => "method-app",
                Method::Backup => "method-backup",
                Method::Mail => "method-mail",
                Method::Sms => "method-sms",
            })
        };
        match advice {
            Advice::NotInPanel(how) => message
                .with("panel", Parameter::Text(self.panel.to_owned()))
                .with("method", method(how)),
            Advice::NotWithRole(how) | Advice::NotNow(how) => message.with("method", method(how)),
            Advice::PhoneClock(steps) => {
                // A step is half a minute.
                let minutes = (steps.abs() + 1) / 2;
                message.with("minutes", Parameter::Number(minutes.into()))
            }
            _ => message,
        }
    }
}

/// The answer to a code that was sent.
pub(super) fn sent(sent: Sent, now: Timestamp) -> Answer {
    let target = masked(&sent.to);
    let Ticket { token, expires_at } = sent.ticket;
    Answer::yes("code-sent", Body::Ticket(Some(token)))
        .parameter("target", Parameter::Text(target.clone()))
        .then(
            Next::code(&[sent.method])
                .until(Some(expires_at))
                .tries_left(Some(sent.tries_left))
                .sent(target, now),
        )
}

fn next(denied: &Denied) -> Option<Next> {
    if denied.tries_left == Some(0) {
        return None;
    }
    let until = denied.ticket.as_ref().map(|ticket| ticket.expires_at);
    Some(match denied.reason {
        "invalid-credentials" | "ticket-expired" | "wrong-password" => {
            Next::ask("password").tries_left(denied.tries_left)
        }
        "code-required" | "code-invalid" | "code-expired" => Next::code(&denied.methods)
            .until(until)
            .tries_left(denied.tries_left),
        "second-factor-setup-required" if until.is_some() => Next::ask("set-up").until(until),
        "password-expired" => Next::ask("new-password").until(until),
        _ => return None,
    })
}

fn problem(problem: &PasswordProblem) -> (&'static str, Vec<(&'static str, i64)>) {
    let numbers = match problem {
        PasswordProblem::TooShort { least, has } => vec![("least", *least), ("has", *has)],
        _ => vec![],
    };
    (problem.as_str(), numbers)
}
