//! A panel's requests, as data. Invalid ones are refused before anything is opened.

use std::net::IpAddr;

use serde_json::Value;

use super::object::{BadRequest, Object};
use super::second::{self, SetUpBy, Typed};
use crate::domain::second_factor::Method;
use crate::domain::text::one_line;
use crate::vault::{Secret, Token};

/// The longest address, in bytes: RFC 5321's 64 + 1 + 255. Text that is not an address still counts as an
/// attempt.
const ADDRESS: usize = 320;
/// The longest password, in bytes, that is passed on to the rules (P2).
const PASSWORD: usize = 4096;
/// The longest name, in characters.
const NAME: usize = 200;
/// The longest of short values: codes, methods, names of panels, labels.
pub(super) const SHORT: usize = 200;

macro_rules! verbs {
    ($($(#[$doc:meta])* $name:ident = $word:literal takes [$($key:literal),*],)*) => {
        /// The kinds of request.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Verb { $($(#[$doc])* $name,)* }

        impl Verb {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The word on the command line and in `op`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $word,)* }
            }

            /// The keys it takes.
            pub fn keys(self) -> &'static [&'static str] {
                match self { $(Self::$name => &[$($key),*],)* }
            }
        }
    };
}

verbs! {
    /// An invited person chooses a password.
    Register = "register" takes ["token", "password", "name"],
    /// Somebody signs in. `end_other` is for panels with one session per person: its type is checked, and it
    /// has no effect yet.
    SignIn = "sign-in" takes
        ["address", "password", "code", "method", "ticket", "ip", "trust_ip", "end_other"],
    /// Somebody who entered a correct password requests a code by mail or SMS.
    SendCode = "send-code" takes ["address", "password", "method", "ip"],
    /// Somebody sets up an authenticator: first without a code, then with the first one.
    SetUp2fa = "set-up-2fa" takes ["ticket", "session", "current_code", "code", "ip"],
    /// Somebody requests a reset link.
    ForgotPassword = "forgot-password" takes ["address", "ip"],
    /// Somebody with a reset link chooses a new password.
    ResetPassword = "reset-password" takes ["token", "password"],
    /// Somebody who knows their password chooses a new one.
    ChangePassword = "change-password" takes
        ["session", "address", "password", "new_password", "code", "method", "ticket", "ip"],
    /// Somebody followed the link to their new address.
    ConfirmAddress = "confirm-address" takes ["token"],
    /// Checks whether a session is still live.
    CheckSession = "check-session" takes ["session", "ip"],
    /// Ends a session.
    SignOut = "sign-out" takes ["session"],
}

impl Verb {
    /// Reads the word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|verb| verb.as_str() == word)
    }
}

/// One request.
#[derive(Debug)]
pub struct Request {
    /// The panel's name; `None` is the only one.
    pub panel: Option<String>,
    /// The person's IP address, as the panel reported it: IPv4 even if it was mapped into IPv6.
    pub ip: Option<IpAddr>,
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
        /// The person's name.
        name: Option<String>,
    },
    /// `sign-in`
    SignIn {
        /// As typed.
        address: String,
        /// As typed.
        password: Secret<String>,
        /// The second factor, and the sign-in token.
        second: Typed,
    },
    /// `send-code`
    SendCode {
        /// As typed.
        address: String,
        /// As typed.
        password: Secret<String>,
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
        /// The person.
        who: Who,
        /// The current password.
        password: Secret<String>,
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
}

impl Ask {
    /// The kind of this request.
    pub fn verb(&self) -> Verb {
        match self {
            Self::Register { .. } => Verb::Register,
            Self::SignIn { .. } => Verb::SignIn,
            Self::SendCode { .. } => Verb::SendCode,
            Self::SetUp2fa { .. } => Verb::SetUp2fa,
            Self::ForgotPassword { .. } => Verb::ForgotPassword,
            Self::ResetPassword { .. } => Verb::ResetPassword,
            Self::ChangePassword { .. } => Verb::ChangePassword,
            Self::ConfirmAddress { .. } => Verb::ConfirmAddress,
            Self::CheckSession { .. } => Verb::CheckSession,
            Self::SignOut { .. } => Verb::SignOut,
        }
    }
}

/// How people who change their password are identified.
#[derive(Debug)]
pub enum Who {
    /// By a session.
    Session(Option<Token>),
    /// By an address, as typed.
    Address(String),
}

/// One line of a stream.
#[derive(Debug)]
pub struct Line {
    /// The id for the answer; null if there is none, or it could not be read.
    pub id: Value,
    /// The request.
    pub request: Result<Request, BadRequest>,
}

impl Request {
    /// Parses the request of one command.
    ///
    /// # Errors
    /// What is wrong with it, with the key.
    pub fn parse(verb: Verb, panel: Option<&str>, bytes: &[u8]) -> Result<Self, BadRequest> {
        let mut object = Object::read(bytes)?;
        object.only(&[verb.keys()])?;
        Self::take(verb, panel.map(str::to_owned), &mut object)
    }

    /// Parses a request that may name its panel. `panel` is used if it names none.
    ///
    /// # Errors
    /// What is wrong with it, with the key.
    pub(super) fn parse_with_panel(
        verb: Verb,
        panel: Option<&str>,
        bytes: &[u8],
    ) -> Result<Self, BadRequest> {
        let mut object = Object::read(bytes)?;
        object.only(&[verb.keys(), &["panel"]])?;
        let own = object
            .text("panel", SHORT)?
            .map(|name| name.as_str().to_owned());
        Self::take(verb, own.or_else(|| panel.map(str::to_owned)), &mut object)
    }

    fn take(verb: Verb, panel: Option<String>, object: &mut Object) -> Result<Self, BadRequest> {
        let ip = object
            .text("ip", SHORT)?
            .map(|text| ip(text.as_str()))
            .transpose()?;
        let ask = match verb {
            Verb::Register => Ask::Register {
                token: token(object, "token")?,
                password: object.needed("password", PASSWORD)?,
                name: name(object)?,
            },
            Verb::SignIn => {
                object.flag("end_other")?;
                let second = Typed::take(object)?;
                if second.trust_ip && ip.is_none() {
                    return Err(BadRequest::key("trust_ip", "requires the key 'ip'"));
                }
                Ask::SignIn {
                    address: address(object)?,
                    password: object.needed("password", PASSWORD)?,
                    second,
                }
            }
            Verb::SendCode => Ask::SendCode {
                address: address(object)?,
                password: object.needed("password", PASSWORD)?,
                method: second::sent_by(object)?,
            },
            Verb::SetUp2fa => Ask::SetUp2fa {
                by: SetUpBy::take(object)?,
                current: object.text("current_code", SHORT)?,
                code: object.text("code", SHORT)?,
            },
            Verb::ForgotPassword => Ask::ForgotPassword {
                address: address(object)?,
            },
            Verb::ResetPassword => Ask::ResetPassword {
                token: token(object, "token")?,
                password: object.needed("password", PASSWORD)?,
            },
            Verb::ChangePassword => Ask::ChangePassword {
                second: Typed::take(object)?,
                who: who(object)?,
                password: object.needed("password", PASSWORD)?,
                new_password: object.needed("new_password", PASSWORD)?,
            },
            Verb::ConfirmAddress => Ask::ConfirmAddress {
                token: token(object, "token")?,
            },
            Verb::CheckSession => Ask::CheckSession {
                session: token(object, "session")?,
            },
            Verb::SignOut => Ask::SignOut {
                session: token(object, "session")?,
            },
        };
        Ok(Self { panel, ip, ask })
    }
}

impl Line {
    /// Parses a line of a stream: a request with `op`, and optionally `panel` and `id`. `panel` is used if
    /// the line names none.
    pub fn parse(panel: Option<&str>, bytes: &[u8]) -> Self {
        let mut object = match Object::read(bytes) {
            Ok(object) => object,
            Err(bad) => {
                return Self {
                    id: Value::Null,
                    request: Err(bad),
                };
            }
        };
        // The id is also returned with the answer to an invalid request, unless the id is what is invalid.
        if object.repeats("id") {
            return Self {
                id: Value::Null,
                request: Err(BadRequest::key("id", "is repeated")),
            };
        }
        match object.label("id", SHORT) {
            Ok(id) => Self {
                id,
                request: Self::request(panel, &mut object),
            },
            Err(bad) => Self {
                id: Value::Null,
                request: Err(bad),
            },
        }
    }

    fn request(panel: Option<&str>, object: &mut Object) -> Result<Request, BadRequest> {
        if object.repeats("op") {
            return Err(BadRequest::key("op", "is repeated"));
        }
        let word = object.needed("op", SHORT)?;
        let verb = Verb::parse(word.as_str())
            .ok_or_else(|| BadRequest::key("op", "is not a known request"))?;
        object.only(&[verb.keys(), &["panel"]])?;
        let own = object
            .text("panel", SHORT)?
            .map(|name| name.as_str().to_owned());
        Request::take(verb, own.or_else(|| panel.map(str::to_owned)), object)
    }
}

fn address(object: &mut Object) -> Result<String, BadRequest> {
    Ok(object.needed("address", ADDRESS)?.as_str().to_owned())
}

/// A token that must be present, though perhaps unreadable.
fn token(object: &mut Object, key: &'static str) -> Result<Option<Token>, BadRequest> {
    Ok(Token::parse(object.needed(key, usize::MAX)?.as_str()))
}

fn name(object: &mut Object) -> Result<Option<String>, BadRequest> {
    let Some(name) = object.text("name", usize::MAX)? else {
        return Ok(None);
    };
    let name = one_line(name.as_str(), NAME);
    name.map(Some).map_err(|_| {
        let what = format!("must be one line of at most {NAME} visible characters");
        BadRequest::key("name", &what)
    })
}

fn who(object: &mut Object) -> Result<Who, BadRequest> {
    match (object.has("session"), object.has("address")) {
        (true, false) => Ok(Who::Session(token(object, "session")?)),
        (false, true) => Ok(Who::Address(address(object)?)),
        (false, false) => Err(BadRequest(
            "one of the keys 'session' and 'address' is required".into(),
        )),
        (true, true) => Err(BadRequest(
            "the keys 'session' and 'address' cannot be used together".into(),
        )),
    }
}

/// One address of one host: no zone, no list, no leading zeros (the standard library checks these), and not
/// the "any" address.
fn ip(text: &str) -> Result<IpAddr, BadRequest> {
    let ip = text.parse::<IpAddr>().ok().map(|ip| ip.to_canonical());
    ip.filter(|ip| !ip.is_unspecified())
        .ok_or_else(|| BadRequest::key("ip", "must be one IP address"))
}
