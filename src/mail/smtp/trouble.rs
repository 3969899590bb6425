//! What can go wrong at which step, and what that means for the mail.
//!
//! docs/mail-faults.md has the whole table, tested row by row. Its principle: a mail fails only if the server
//! permanently refuses (5xx) this recipient, or this message. Problems that the operator can fix (the
//! connection, the password, the sender) are retried, so that no invitation is lost in the meantime.
//!
//! If the reply to the final dot is missing, it is unknown whether the message was accepted: it is sent
//! again, and the copy has the same Message-ID. Before that point nothing is ever sent twice.
//!
//! A connection that was used before and is closed when the next message starts is opened again, once. A
//! problem before the first message affects all: for half a minute no new connection is tried.

use std::time::Duration;

use super::Mail;
use super::reply::Reply;
use super::server::{Place, Security, SmtpServer};
use crate::domain::text::shown;
use crate::mail::delivery_receipt::DeliveryFault;

/// The step that was reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// Finding the server and connecting.
    Connect,
    /// Agreeing on TLS.
    Encrypt,
    /// The server's greeting.
    Greeting,
    /// EHLO.
    Hello,
    /// STARTTLS.
    StartTls,
    /// AUTH.
    SignIn,
    /// MAIL FROM.
    From,
    /// RCPT TO.
    To,
    /// DATA.
    Data,
    /// The final dot, and the reply to it.
    Dot,
}

impl Step {
    fn word(self) -> &'static str {
        match self {
            Self::Connect => "the connection",
            Self::Encrypt => "TLS",
            Self::Greeting => "the greeting",
            Self::Hello => "EHLO",
            Self::StartTls => "STARTTLS",
            Self::SignIn => "AUTH",
            Self::From => "MAIL FROM",
            Self::To => "RCPT TO",
            Self::Data => "DATA",
            Self::Dot => "the end of the message",
        }
    }
}

/// What happened instead of a success.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The server refused.
    Refused(Reply),
    /// It did not answer in time.
    Slow(Duration),
    /// It closed the connection.
    Closed,
    /// Its name cannot be resolved.
    Unknown(String),
    /// The network failed, in words.
    Io(String),
    /// It sent something that is not a reply.
    Garbled(String),
    /// Its certificate is not valid.
    Certificate(String),
    /// TLS failed for another reason.
    Tls(String),
    /// It does not support encryption.
    NoTls,
    /// It supports no sign-in method that we know; these are its methods.
    NoSignIn(String),
    /// It does not accept this message's encoding.
    EightBit,
    /// Something on this machine is missing or wrong.
    Local(String),
}

/// Why a message was not delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) step: Step,
    pub(super) trouble: Trouble,
}

impl Failure {
    pub(super) fn at(step: Step) -> impl Fn(Trouble) -> Self {
        move |trouble| Self { step, trouble }
    }

    /// Whether the next message can use the same connection.
    pub(super) fn keeps_connection(&self) -> bool {
        match &self.trouble {
            Trouble::Refused(reply) => {
                self.step >= Step::From && !reply.says_goodbye() && !reply.wants_sign_in()
            }
            Trouble::EightBit => true,
            _ => false,
        }
    }

    /// Whether it is unrelated to the message: the next one would fail in the same way.
    pub(super) fn concerns_all(&self) -> bool {
        self.step < Step::From
    }

    /// Whether the server only closed an idle connection; nothing was sent about this message yet.
    pub(super) fn was_idle(&self) -> bool {
        self.step == Step::From
            && match &self.trouble {
                Trouble::Closed => true,
                Trouble::Refused(reply) => reply.says_goodbye(),
                _ => false,
            }
    }

    /// Whether a later attempt may succeed.
    fn may_pass(&self) -> bool {
        match &self.trouble {
            Trouble::Refused(reply) => {
                self.step < Step::To || !reply.is_permanent() || reply.wants_sign_in()
            }
            _ => true,
        }
    }

    /// The fault for the outbox.
    pub(super) fn into_fault(self, server: &SmtpServer, mail: Option<&Mail<'_>>) -> DeliveryFault {
        DeliveryFault {
            retry: self.may_pass(),
            detail: self.in_words(server, mail),
        }
    }

    fn in_words(&self, server: &SmtpServer, mail: Option<&Mail<'_>>) -> String {
        let host = &server.host;
        let place = Place(server);
        let step = self.step.word();
        match &self.trouble {
            Trouble::Refused(reply) => self.refused(reply, server, mail),
            Trouble::Slow(limit) if self.step == Step::Connect => format!(
                "cannot reach {place}: no answer within {} s",
                limit.as_secs()
            ),
            Trouble::Unknown(why) => {
                format!("cannot resolve {host}: {why}; check the name in mail.server")
            }
            Trouble::Io(why) if self.step == Step::Connect => {
                format!("cannot reach {place}: {why}")
            }
            Trouble::Slow(_) | Trouble::Closed | Trouble::Io(_) | Trouble::Garbled(_)
                if self.step == Step::Dot =>
            {
                format!(
                    "the message was sent to {host}, but it is not known whether it was accepted: {}; a second copy would have the same Message-ID",
                    self.cut_off()
                )
            }
            Trouble::Slow(_) | Trouble::Closed | Trouble::Io(_) | Trouble::Garbled(_) => {
                format!(
                    "the connection to {place} failed at {step}: {}",
                    self.cut_off()
                )
            }
            Trouble::Certificate(why) => format!(
                "the certificate of {place} is not valid, so neither password nor mail was sent: {why}"
            ),
            Trouble::Tls(why) => format!(
                "the connection to {place} cannot be encrypted, so neither password nor mail was sent: {why}"
            ),
            Trouble::NoTls => format!(
                "{place} does not support encryption (STARTTLS), so neither password nor mail was sent; if it has a port with TLS from the start, use smtps://{host} in mail.server"
            ),
            Trouble::NoSignIn(offered) if offered.is_empty() => format!(
                "{place} accepts no user and password{}; remove `user` from [mail], or use the server's submission port",
                if server.security == Security::Plain {
                    " without encryption"
                } else {
                    ""
                }
            ),
            Trouble::NoSignIn(offered) => format!(
                "{place} supports only {} for sign-in; admit supports PLAIN and LOGIN",
                shown(offered)
            ),
            Trouble::EightBit => format!(
                "{host} accepts only plain ASCII (no 8BITMIME), and the message contains other bytes"
            ),
            Trouble::Local(why) => why.clone(),
        }
    }

    fn cut_off(&self) -> String {
        match &self.trouble {
            Trouble::Slow(limit) => format!("no answer within {} s", limit.as_secs()),
            Trouble::Closed => "it closed the connection".into(),
            Trouble::Io(why) | Trouble::Garbled(why) => why.clone(),
            _ => String::new(),
        }
    }

    fn refused(&self, reply: &Reply, server: &SmtpServer, mail: Option<&Mail<'_>>) -> String {
        let host = &server.host;
        let (from, to) = mail.map_or(("", ""), |mail| (mail.from, mail.to));
        if self.step >= Step::From && reply.wants_sign_in() {
            let (first, fix) = match server.security {
                Security::Plain => (
                    "encryption, or a user and a password,",
                    format!("use smtp://{host} in mail.server, or "),
                ),
                Security::Tls | Security::StartTls => ("a user and a password", String::new()),
            };
            return format!(
                "{host} requires {first} first: {reply}; {fix}set `user` and `password-file` under [mail]"
            );
        }
        match self.step {
            Step::SignIn if !reply.is_permanent() => {
                format!("{host} cannot sign the user in now, for any mail: {reply}")
            }
            Step::SignIn => format!(
                "{host} refuses the user or password, for any mail: {reply}; check `user` and the password under [mail]"
            ),
            Step::From if reply.is_permanent() => format!(
                "{host} rejects mail from {from}: {reply}; check `sender` under [mail], or the panel's"
            ),
            Step::From => format!("{host} does not accept mail from {from} now: {reply}"),
            Step::To if reply.is_permanent() => format!("{host} refuses {to}: {reply}"),
            Step::To => format!("{host} does not accept mail for {to} now: {reply}"),
            Step::Data | Step::Dot if reply.is_permanent() => {
                format!("{host} refuses the message: {reply}")
            }
            Step::Data | Step::Dot => format!("{host} does not accept the message now: {reply}"),
            Step::Connect | Step::Encrypt | Step::Greeting | Step::Hello | Step::StartTls => {
                format!(
                    "{host} accepts no mail from this machine now: {reply} (at {})",
                    self.step.word()
                )
            }
        }
    }
}
