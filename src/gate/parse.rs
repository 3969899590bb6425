//! Reading requests. What no page should send is refused before anything is opened; what a person mistyped is not: it is
//! answered as their mistake.

use std::net::IpAddr;

use serde_json::Value;

use super::contract::{Need, SCHEMA, Verb};
use super::object::{BadRequest, Object};
use super::request::{Ask, By, Request, Who};
use super::second::{self, SetUpBy, Typed};
use crate::vault::{Secret, Token};

/// The longest of short values that no person types: names of panels, labels.
const SHORT: usize = 200;
/// The shortest and the longest `idempotency`, in bytes: what is shorter could be guessed.
const IDEMPOTENCY: std::ops::RangeInclusive<usize> = 16..=200;
/// How many events one answer may have, and how many it has if nothing is said.
const EVENTS: (i64, i64) = (1000, 100);

/// One line of a stream.
#[derive(Debug)]
pub(super) struct Line {
    /// The id for the answer; null if there is none, or it could not be read.
    pub(super) id: Value,
    /// The request.
    pub(super) request: Result<Request, BadRequest>,
}

impl Request {
    /// Parses the request of one command.
    ///
    /// # Errors
    /// What is wrong with it, with the key.
    pub fn parse(verb: Verb, panel: Option<&str>, bytes: &[u8]) -> Result<Self, BadRequest> {
        let mut object = Object::read(bytes)?;
        Self::known(verb, &mut object, false)?;
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
        Self::known(verb, &mut object, true)?;
        for key in ["op", "id"] {
            if object.has(key) {
                return Err(BadRequest::key(key, "is not allowed here"));
            }
        }
        Self::take_with_panel(verb, panel, &mut object)
    }

    fn take_with_panel(
        verb: Verb,
        panel: Option<&str>,
        object: &mut Object,
    ) -> Result<Self, BadRequest> {
        let own = object.filled("panel")?.map(|name| name.as_str().to_owned());
        Self::take(verb, own.or_else(|| panel.map(str::to_owned)), object)
    }

    /// Refuses another contract and unknown keys.
    fn known(verb: Verb, object: &mut Object, stream: bool) -> Result<(), BadRequest> {
        if let Some(schema) = object.whole("schema")?
            && schema != SCHEMA
        {
            let what = format!("must be {SCHEMA}: this version speaks no other");
            return Err(BadRequest::key("schema", &what));
        }
        let ignore = object.flag("ignore_unknown")?;
        object.only(verb.contract().all_keys(stream), ignore)
    }

    pub(super) fn take(
        verb: Verb,
        panel: Option<String>,
        object: &mut Object,
    ) -> Result<Self, BadRequest> {
        let ip = ip(verb, object)?;
        let lang = object.filled("lang")?.map(|lang| lang.expose().clone());
        let idempotency = object.filled("idempotency")?;
        if let Some(key) = &idempotency
            && !IDEMPOTENCY.contains(&key.expose().len())
        {
            let (least, most) = (IDEMPOTENCY.start(), IDEMPOTENCY.end());
            let what = format!("must have {least} to {most} bytes, and be random");
            return Err(BadRequest::key("idempotency", &what));
        }
        Ok(Self {
            panel,
            lang,
            idempotency,
            ask: ask(verb, object, ip)?,
            ip,
        })
    }
}

fn ask(verb: Verb, object: &mut Object, ip: Option<IpAddr>) -> Result<Ask, BadRequest> {
    Ok(match verb {
        Verb::Register => Ask::Register {
            token: token(object, "token")?,
            password: object.needed("password")?,
            name: object.filled("name")?.map(|name| name.expose().clone()),
        },
        Verb::SignIn => {
            object.flag("end_other")?;
            let (by, ticket) = by(object)?;
            let second = Typed {
                ticket,
                trust_ip: object.flag("trust_ip")?,
                ..Typed::take(object)?
            };
            if second.trust_ip && ip.is_none() {
                return Err(BadRequest::key("trust_ip", "requires the key 'ip'"));
            }
            Ask::SignIn { by, second }
        }
        Verb::SendCode => {
            if object.has("ticket") && object.has("address") {
                let what = "cannot be used together with 'address'";
                return Err(BadRequest::key("ticket", what));
            }
            Ask::SendCode {
                by: by(object)?.0,
                method: second::sent_by(object)?,
            }
        }
        Verb::SetUp2fa => Ask::SetUp2fa {
            by: SetUpBy::take(object)?,
            current: object.code("current_code")?,
            code: object.code("code")?,
        },
        Verb::SecondFactorOff => Ask::SecondFactorOff {
            session: token(object, "session")?,
            code: needed_code(object)?,
        },
        Verb::NewBackupCodes => Ask::NewBackupCodes {
            session: token(object, "session")?,
            code: needed_code(object)?,
        },
        Verb::ForgotPassword => Ask::ForgotPassword {
            address: object.needed("address")?.expose().clone(),
        },
        Verb::ResetPassword => Ask::ResetPassword {
            token: token(object, "token")?,
            password: object.needed("password")?,
        },
        Verb::ChangePassword => {
            let (who, ticket) = who(object)?;
            Ask::ChangePassword {
                who,
                new_password: object.needed("new_password")?,
                second: Typed {
                    ticket,
                    ..Typed::take(object)?
                },
            }
        }
        Verb::ConfirmAddress => Ask::ConfirmAddress {
            token: token(object, "token")?,
        },
        Verb::CheckSession => Ask::CheckSession {
            session: token(object, "session")?,
        },
        Verb::SignOut => Ask::SignOut {
            session: token(object, "session")?,
        },
        Verb::Policy => Ask::Policy,
        Verb::Peek => Ask::Peek {
            token: token(object, "token")?,
        },
        Verb::Events => {
            let (most, usual) = EVENTS;
            let limit = object.whole("limit")?.unwrap_or(usual);
            if !(1..=most).contains(&limit) {
                let what = format!("must be 1 to {most}");
                return Err(BadRequest::key("limit", &what));
            }
            Ask::Events {
                since: object.whole("since")?.unwrap_or(0),
                limit,
            }
        }
        Verb::Hello => Ask::Hello,
        Verb::Health => Ask::Health,
    })
}

impl Line {
    /// Parses a line of a stream: a request with `op`, and optionally `panel` and `id`. `panel` is used if
    /// the line names none.
    pub(super) fn parse(panel: Option<&str>, bytes: &[u8]) -> Self {
        let refused = |bad| Self {
            id: Value::Null,
            request: Err(bad),
        };
        let mut object = match Object::read(bytes) {
            Ok(object) => object,
            Err(bad) => {
                return Self {
                    id: id_in(bytes),
                    request: Err(bad),
                };
            }
        };
        // The id is also returned with the answer to an invalid request, unless the id is what is invalid.
        if object.repeats("id") {
            return refused(BadRequest::key("id", "is repeated"));
        }
        match object.label("id", SHORT) {
            Ok(id) => Self {
                id,
                request: Self::request(panel, &mut object),
            },
            Err(bad) => refused(bad),
        }
    }

    fn request(panel: Option<&str>, object: &mut Object) -> Result<Request, BadRequest> {
        if object.repeats("op") {
            return Err(BadRequest::key("op", "is repeated"));
        }
        let word = object.needed("op")?;
        let verb = Verb::parse(word.as_str())
            .ok_or_else(|| BadRequest::key("op", "is not a known request"))?;
        Request::known(verb, object, true)?;
        Request::take_with_panel(verb, panel, object)
    }
}

/// The keys that a request has and nobody reads.
#[cfg(test)]
pub(super) fn unread(verb: Verb, bytes: &[u8]) -> Result<Vec<String>, BadRequest> {
    let mut object = Object::read(bytes)?;
    Request::known(verb, &mut object, false)?;
    Request::take(verb, None, &mut object)?;
    Ok(object.rest().into_iter().map(str::to_owned).collect())
}

/// The id in a line that is too long, or breaks off, if it was reached; null otherwise.
pub(super) fn id_in(line: &[u8]) -> Value {
    Object::begun(line).map_or(Value::Null, |mut object| {
        if object.repeats("id") {
            return Value::Null;
        }
        object.label("id", SHORT).unwrap_or(Value::Null)
    })
}

/// A token that must be present, though perhaps unreadable.
fn token(object: &mut Object, key: &'static str) -> Result<Option<Token>, BadRequest> {
    Ok(Token::parse(object.needed(key)?.as_str()))
}

/// A code that must be present, though perhaps empty.
fn needed_code(object: &mut Object) -> Result<Secret<String>, BadRequest> {
    if !object.has("code") {
        return Err(BadRequest::key("code", "is missing"));
    }
    Ok(object
        .code("code")?
        .unwrap_or_else(|| Secret::new(String::new())))
}

/// Address and password, or the ticket that stands for them; and the ticket that goes with a password.
fn by(object: &mut Object) -> Result<(By, Option<Token>), BadRequest> {
    let ticket = object.filled("ticket")?;
    if !object.has("address") && !object.has("password") {
        let Some(ticket) = ticket else {
            return Err(BadRequest(
                "it needs the keys 'address' and 'password', or 'ticket'".into(),
            ));
        };
        return Ok((By::Ticket(Token::parse(ticket.as_str())), None));
    }
    let by = By::Password {
        address: object.needed("address")?.expose().clone(),
        password: object.needed("password")?,
    };
    Ok((by, ticket.and_then(|ticket| Token::parse(ticket.as_str()))))
}

fn who(object: &mut Object) -> Result<(Who, Option<Token>), BadRequest> {
    let ticket = object.filled("ticket")?;
    let (session, address) = (object.has("session"), object.has("address"));
    match (session, address, ticket) {
        (true, true, _) => Err(BadRequest(
            "the keys 'session' and 'address' cannot be used together".into(),
        )),
        (true, false, Some(_)) => Err(BadRequest(
            "the keys 'session' and 'ticket' cannot be used together".into(),
        )),
        (true, false, None) => {
            let session = token(object, "session")?;
            Ok((Who::Session(session, object.needed("password")?), None))
        }
        (false, true, ticket) => {
            let address = object.needed("address")?.expose().clone();
            let ticket = ticket.and_then(|ticket| Token::parse(ticket.as_str()));
            Ok((Who::Address(address, object.needed("password")?), ticket))
        }
        (false, false, Some(ticket)) => {
            if object.has("password") {
                let what = "is not taken with a ticket: that stands for it";
                return Err(BadRequest::key("password", what));
            }
            Ok((Who::Ticket(Token::parse(ticket.as_str())), None))
        }
        (false, false, None) => Err(BadRequest(
            "one of the keys 'session', 'address' and 'ticket' is required".into(),
        )),
    }
}

/// One address of one host: no zone, no list, no leading zeros (the standard library checks these), and not
/// the "any" address. Where something can be guessed, a panel that knows no address says so with null.
fn ip(verb: Verb, object: &mut Object) -> Result<Option<IpAddr>, BadRequest> {
    let own = verb.contract().keys.iter().find(|key| key.name == "ip");
    if own.is_some_and(|key| key.need == Need::OrNull) && !object.has("ip") {
        let what = "is missing: pass the person's IP address, or null if it cannot be known";
        return Err(BadRequest::key("ip", what));
    }
    let Some(text) = object.text("ip")? else {
        return Ok(None);
    };
    let ip = text.as_str().parse::<IpAddr>().ok();
    ip.map(|ip| ip.to_canonical())
        .filter(|ip| !ip.is_unspecified())
        .map(Some)
        .ok_or_else(|| {
            let what = "must be one IP address, the one that your server or your own proxy saw: a list of forwarded \
                        addresses begins with whatever the sender wrote";
            BadRequest::key("ip", what)
        })
}
