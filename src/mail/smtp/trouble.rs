//! What may go wrong at which step, and what that means for the mail.
//!
//! docs/mail-faults.md has the whole table, row by row as it is tried. Its principle: a mail is given up only if the
//! server refuses for good (5xx) this recipient, or this message. What is the operator's fault and not the person's
//! (the connection, the password, the sender) is tried again, so that no invitation is lost while it is mended.
//!
//! After the final dot nobody knows whether a message whose reply did not come was taken: it is tried again, and the
//! copy has the same Message-ID. Before it, nothing is ever sent twice.
//!
//! A connection that was used before and is closed when the next message begins is made anew, once. What stopped
//! before the first message stops for all: for half a minute nobody knocks again.

use std::time::Duration;

use super::Mail;
use super::reply::Reply;
use super::server::{Place, Security, SmtpServer};
use crate::domain::text::shown;
use crate::mail::delivery_receipt::DeliveryFault;

/// How far it had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// Finding the server and connecting.
    Connect,
    /// Agreeing on TLS.
    Encrypt,
    /// The server's first words.
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

/// What happened in place of a yes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    /// The server said no.
    Refused(Reply),
    /// It did not answer within this time.
    Slow(Duration),
    /// It closed the connection.
    Closed,
    /// Its name is not known.
    Unknown(String),
    /// The network failed, in words.
    Io(String),
    /// It said something that is no reply.
    Garbled(String),
    /// Its certificate does not fit.
    Certificate(String),
    /// TLS failed for another reason.
    Tls(String),
    /// It does not offer to encrypt.
    NoTls,
    /// It does not offer a way to sign in that we know; these it offers.
    NoSignIn(String),
    /// It cannot carry this message.
    EightBit,
    /// Something on this machine is missing or wrong.
    Local(String),
}

/// Why a message did not arrive.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Failure {
    pub(super) step: Step,
    pub(super) trouble: Trouble,
}

impl Failure {
    pub(super) fn at(step: Step) -> impl Fn(Trouble) -> Self {
        move |trouble| Self { step, trouble }
    }

    /// Whether the next message may go over the same connection.
    pub(super) fn keeps_connection(&self) -> bool {
        match &self.trouble {
            Trouble::Refused(reply) => {
                self.step >= Step::From && !reply.says_goodbye() && !reply.wants_sign_in()
            }
            Trouble::EightBit => true,
            _ => false,
        }
    }

    /// Whether it says nothing about the message: the next one would fare the same.
    pub(super) fn concerns_all(&self) -> bool {
        self.step < Step::From
    }

    /// Whether the server has merely closed a connection that lay idle; nothing was said about this message yet.
    pub(super) fn was_idle(&self) -> bool {
        self.step == Step::From
            && match &self.trouble {
                Trouble::Closed => true,
                Trouble::Refused(reply) => reply.says_goodbye(),
                _ => false,
            }
    }

    /// Whether a later try may succeed.
    fn may_pass(&self) -> bool {
        match &self.trouble {
            Trouble::Refused(reply) => {
                self.step < Step::To || !reply.is_permanent() || reply.wants_sign_in()
            }
            _ => true,
        }
    }

    /// For the outbox.
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
                format!("cannot find {host}: {why}; is the name in mail.server right?")
            }
            Trouble::Io(why) if self.step == Step::Connect => {
                format!("cannot reach {place}: {why}")
            }
            Trouble::Slow(_) | Trouble::Closed | Trouble::Io(_) | Trouble::Garbled(_)
                if self.step == Step::Dot =>
            {
                format!(
                    "{host} was given the message, but whether it took it is not known: {}; a second copy would have \
                     the same Message-ID",
                    self.cut_off()
                )
            }
            Trouble::Slow(_) | Trouble::Closed | Trouble::Io(_) | Trouble::Garbled(_) => {
                format!("the talk with {place} ended at {step}: {}", self.cut_off())
            }
            Trouble::Certificate(why) => format!(
                "the certificate of {place} does not fit, so neither password nor mail was sent: {why}"
            ),
            Trouble::Tls(why) => format!(
                "the connection to {place} cannot be encrypted, so neither password nor mail was sent: {why}"
            ),
            Trouble::NoTls => format!(
                "{place} does not offer to encrypt (STARTTLS), so neither password nor mail was sent; if it has a port \
                 with TLS from the first byte, write smtps://{host} in mail.server"
            ),
            Trouble::NoSignIn(offered) if offered.is_empty() => format!(
                "{place} takes no user and password{}; take `user` out of [mail], or ask for its port for submission",
                if server.security == Security::Plain {
                    " without encryption"
                } else {
                    ""
                }
            ),
            Trouble::NoSignIn(offered) => format!(
                "{place} takes users by {} only; admit knows PLAIN and LOGIN",
                shown(offered)
            ),
            Trouble::EightBit => format!(
                "{host} takes only plain ASCII (no 8BITMIME), and the message has other bytes in it"
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
            let (first, mend) = match server.security {
                Security::Plain => (
                    "encryption, or a user and a password,",
                    format!("write smtp://{host} in mail.server, or "),
                ),
                Security::Tls | Security::StartTls => ("a user and a password", String::new()),
            };
            return format!(
                "{host} wants {first} first: {reply}; {mend}set `user` and `password-file` under [mail]"
            );
        }
        match self.step {
            Step::SignIn if !reply.is_permanent() => {
                format!("{host} cannot let the user in now, whatever the mail: {reply}")
            }
            Step::SignIn => format!(
                "{host} does not let the user in, whatever the mail: {reply}; see `user` and the password under [mail]"
            ),
            Step::From if reply.is_permanent() => format!(
                "{host} takes no mail from {from}: {reply}; see `sender` under [mail], or the panel's"
            ),
            Step::From => format!("{host} takes no mail from {from} now: {reply}"),
            Step::To if reply.is_permanent() => format!("{host} refuses {to}: {reply}"),
            Step::To => format!("{host} does not take mail for {to} now: {reply}"),
            Step::Data | Step::Dot if reply.is_permanent() => {
                format!("{host} refuses the message: {reply}")
            }
            Step::Data | Step::Dot => format!("{host} does not take the message now: {reply}"),
            Step::Connect | Step::Encrypt | Step::Greeting | Step::Hello | Step::StartTls => {
                format!(
                    "{host} takes no mail from this machine now, whatever the mail: {reply} (at {})",
                    self.step.word()
                )
            }
        }
    }
}
