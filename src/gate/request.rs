//! A panel's requests, as data.

use std::net::IpAddr;

use super::contract::Verb;
use super::second::{SetUpBy, Typed};
use crate::domain::second_factor::Method;
use crate::vault::{Secret, Token};

/// One request.
#[derive(Debug)]
pub struct Request {
    /// The panel's name; `None` is the only one.
    pub panel: Option<String>,
    /// The person's IP address, as the panel reported it: IPv4 even if it was mapped into IPv6.
    pub ip: Option<IpAddr>,
    /// The language of messages, as the panel named it.
    pub lang: Option<String>,
    /// The same request again gets the same answer.
    pub idempotency: Option<Secret<String>>,
    /// The request itself.
    pub ask: Ask,
}

/// The request itself. An unreadable token is `None`, and answered like an unknown one.
#[derive(Debug)]
pub enum Ask {
    /// `register`
    Register {
        /// The token of the invitation.
        token: Option<Token>,
        /// The new password.
        password: Secret<String>,
        /// The person's name, as typed.
        name: Option<String>,
    },
    /// `sign-in`
    SignIn {
        /// What the person has shown already, or shows now.
        by: By,
        /// The second factor, and the sign-in token.
        second: Typed,
    },
    /// `send-code`
    SendCode {
        /// As for a sign-in.
        by: By,
        /// How to send the code.
        method: Method,
    },
    /// `set-up-2fa`
    SetUp2fa {
        /// How the person proves who they are.
        by: SetUpBy,
        /// A code of the factor to be replaced.
        current: Option<Secret<String>>,
        /// The first code of the new one.
        code: Option<Secret<String>>,
    },
    /// `second-factor-off`
    SecondFactorOff {
        /// The session's secret.
        session: Option<Token>,
        /// As typed.
        code: Secret<String>,
    },
    /// `new-backup-codes`
    NewBackupCodes {
        /// The session's secret.
        session: Option<Token>,
        /// As typed.
        code: Secret<String>,
    },
    /// `forgot-password`
    ForgotPassword {
        /// As typed.
        address: String,
    },
    /// `reset-password`
    ResetPassword {
        /// The token of the reset link.
        token: Option<Token>,
        /// The new password.
        password: Secret<String>,
    },
    /// `change-password`
    ChangePassword {
        /// The person, with what proves it.
        who: Who,
        /// The new password.
        new_password: Secret<String>,
        /// The second factor, if one is required.
        second: Typed,
    },
    /// `confirm-address`
    ConfirmAddress {
        /// The token in the mail to the new address.
        token: Option<Token>,
    },
    /// `check-session`
    CheckSession {
        /// The session's secret.
        session: Option<Token>,
    },
    /// `sign-out`
    SignOut {
        /// The session's secret.
        session: Option<Token>,
    },
    /// `policy`
    Policy,
    /// `peek`
    Peek {
        /// The token of any link.
        token: Option<Token>,
    },
    /// `events`
    Events {
        /// Only later ones.
        since: i64,
        /// At most so many.
        limit: i64,
    },
    /// `hello`
    Hello,
    /// `health`
    Health,
}

impl Ask {
    /// The kind of this request.
    pub fn verb(&self) -> Verb {
        match self {
            Self::Register { .. } => Verb::Register,
            Self::SignIn { .. } => Verb::SignIn,
            Self::SendCode { .. } => Verb::SendCode,
            Self::SetUp2fa { .. } => Verb::SetUp2fa,
            Self::SecondFactorOff { .. } => Verb::SecondFactorOff,
            Self::NewBackupCodes { .. } => Verb::NewBackupCodes,
            Self::ForgotPassword { .. } => Verb::ForgotPassword,
            Self::ResetPassword { .. } => Verb::ResetPassword,
            Self::ChangePassword { .. } => Verb::ChangePassword,
            Self::ConfirmAddress { .. } => Verb::ConfirmAddress,
            Self::CheckSession { .. } => Verb::CheckSession,
            Self::SignOut { .. } => Verb::SignOut,
            Self::Policy => Verb::Policy,
            Self::Peek { .. } => Verb::Peek,
            Self::Events { .. } => Verb::Events,
            Self::Hello => Verb::Hello,
            Self::Health => Verb::Health,
        }
    }
}

impl Ask {
    /// Whether a ticket stands for the password, so that none is hashed.
    pub(super) fn is_by_ticket(&self) -> bool {
        matches!(
            self,
            Self::SignIn {
                by: By::Ticket(_),
                ..
            } | Self::SendCode {
                by: By::Ticket(_),
                ..
            }
        )
    }

    /// What it says, to tell it from another request. Its passwords and codes are left out: their hash, fast as it is,
    /// would be easier to guess from than the password's own.
    pub(super) fn plain(&self) -> Vec<u8> {
        let token = |token: &Option<Token>| {
            token
                .as_ref()
                .map(|token| token.hash().as_bytes().to_vec())
                .unwrap_or_default()
        };
        let by = |by: &By| match by {
            By::Password { address, .. } => address.clone().into_bytes(),
            By::Ticket(ticket) => token(ticket),
        };
        match self {
            Self::Register {
                token: of, name, ..
            } => [token(of), name.clone().unwrap_or_default().into_bytes()].concat(),
            Self::SignIn { by: who, second } => [
                by(who),
                vec![u8::from(second.trust_ip)],
                token(&second.ticket),
            ]
            .concat(),
            Self::SendCode { by: who, method } => [by(who), method.as_str().into()].concat(),
            Self::SetUp2fa { by, code, .. } => {
                let (SetUpBy::Ticket(of) | SetUpBy::Session(of)) = by;
                [token(of), vec![u8::from(code.is_some())]].concat()
            }
            Self::ForgotPassword { address } => address.clone().into_bytes(),
            Self::ChangePassword { who, .. } => match who {
                Who::Session(of, _) | Who::Ticket(of) => token(of),
                Who::Address(address, _) => address.clone().into_bytes(),
            },
            Self::ResetPassword { token: of, .. }
            | Self::ConfirmAddress { token: of }
            | Self::Peek { token: of }
            | Self::SecondFactorOff { session: of, .. }
            | Self::NewBackupCodes { session: of, .. }
            | Self::CheckSession { session: of }
            | Self::SignOut { session: of } => token(of),
            Self::Policy | Self::Events { .. } | Self::Hello | Self::Health => Vec::new(),
        }
    }
}

/// What stands for somebody who signs in.
#[derive(Debug)]
pub enum By {
    /// What they typed.
    Password {
        /// As typed.
        address: String,
        /// As typed.
        password: Secret<String>,
    },
    /// The ticket of an earlier answer: their password was right then.
    Ticket(Option<Token>),
}

/// How people who change their password are identified.
#[derive(Debug)]
pub enum Who {
    /// By a session, and the current password.
    Session(Option<Token>, Secret<String>),
    /// By an address and the current password, as typed.
    Address(String, Secret<String>),
    /// By the ticket of a sign-in in which the password had expired.
    Ticket(Option<Token>),
}
