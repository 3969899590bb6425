//! The gate's answers: one JSON object on one line, and an exit code.

use std::io::{self, Write};

use serde::ser::{Serialize, SerializeMap};
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
use zeroize::Zeroizing;

use super::object::BadRequest;
use super::words;
use crate::domain::role::BuiltIn;
use crate::domain::second_factor::Method;
use crate::domain::when::rfc3339;
use crate::ops::set_up::Offer;
use crate::ops::sign_in::AuthenticatedUser;
use crate::vault::{BackupCode, Secret, Token};

/// Whether to let somebody in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Yes.
    Yes,
    /// No.
    No,
    /// No decision was possible, so: no.
    CannotTell,
}

impl Verdict {
    /// The exit code. All callers understand these: never 2, which makes OpenVPN wait for ever, and never 3.
    pub fn exit_code(self) -> u8 {
        match self {
            Self::Yes => 0,
            Self::No => 1,
            Self::CannotTell => 111,
        }
    }
}

/// One answer. It may contain secrets, so it cannot be printed except as the line for the panel.
pub struct Answer {
    verdict: Verdict,
    word: &'static str,
    message: String,
    cause: Option<String>,
    /// After how many seconds the request may be repeated.
    retry_after: Option<u32>,
    body: Body,
    /// The connection to the store can no longer be used.
    pub(super) broken: bool,
}

/// The data of an answer.
pub(super) enum Body {
    Nothing,
    AuthenticatedUser {
        session: Token,
        authenticated: Box<AuthenticatedUser>,
    },
    Ticket(Token),
    /// A code is required: the available methods.
    Methods(Vec<Method>),
    /// The secret of a pending set-up, to be confirmed.
    Offer(Box<Offer>),
    /// The new set.
    BackupCodes(Vec<BackupCode>),
    /// A set-up is required; no token if only an operator can help.
    SetUp(Option<Token>),
    NewSession(Option<Token>),
    Problems(Vec<&'static str>),
}

impl Answer {
    pub(super) fn yes(word: &'static str, body: Body) -> Self {
        let message = words::yes(word).to_owned();
        Self {
            verdict: Verdict::Yes,
            word,
            message,
            cause: None,
            retry_after: None,
            body,
            broken: false,
        }
    }

    pub(super) fn no(reason: &'static str, message: String, cause: impl Into<String>) -> Self {
        let verdict = match reason {
            "try-later" | "bad-request" => Verdict::CannotTell,
            _ => Verdict::No,
        };
        let cause = Some(cause.into());
        Self {
            verdict,
            word: reason,
            message,
            cause,
            retry_after: None,
            body: Body::Nothing,
            broken: false,
        }
    }

    /// The request is invalid, or names something that does not exist.
    pub fn bad_request(bad: &BadRequest) -> Self {
        Self::no("bad-request", words::bad_request(&bad.0), bad.0.clone())
    }

    /// The panel's command line is wrong. Its content is only for the log.
    pub fn bad_call(cause: &str) -> Self {
        Self::no("bad-request", words::BAD_CALL.to_owned(), cause)
    }

    /// Something required is not available now. `cause` must not contain a secret.
    pub fn try_later(cause: impl Into<String>) -> Self {
        Self::no("try-later", words::TRY_LATER.to_owned(), cause)
    }

    /// Too many requests are waiting: this one was not looked at, and may be repeated after so many seconds.
    pub fn busy(retry_after: u32) -> Self {
        let mut answer = Self::no(
            "try-later",
            words::BUSY.to_owned(),
            "too many requests are waiting",
        );
        answer.retry_after = Some(retry_after);
        answer
    }

    pub(super) fn with(mut self, body: Body) -> Self {
        self.body = body;
        self
    }

    pub(super) fn saying(mut self, message: &str) -> Self {
        message.clone_into(&mut self.message);
        self
    }

    pub(super) fn because(mut self, cause: impl Into<String>) -> Self {
        self.cause = Some(cause.into());
        self
    }

    /// Adds to the cause for the panel's log.
    pub(super) fn and_because(self, more: &str) -> Self {
        let cause = match &self.cause {
            Some(cause) => format!("{cause}; {more}"),
            None => more.to_owned(),
        };
        self.because(cause)
    }

    pub(super) fn broken(mut self) -> Self {
        self.broken = true;
        self
    }

    /// Whether to let somebody in.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// Whether there is a yes or a no.
    pub(super) fn is_decided(&self) -> bool {
        self.verdict != Verdict::CannotTell
    }

    /// Whether the request was at fault.
    pub(super) fn is_bad_request(&self) -> bool {
        self.word == "bad-request"
    }

    /// After how many seconds the request may be repeated, if it was not looked at.
    pub(super) fn retry_after(&self) -> Option<u32> {
        self.retry_after
    }

    /// The answer's word: `signed-in`, `locked`, `try-later` ….
    #[cfg(feature = "testing")]
    pub fn word(&self) -> &'static str {
        self.word
    }

    /// One or two sentences, safe to show to the person typing.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// The token that this answer contains.
    #[cfg(feature = "testing")]
    pub fn ticket(&self) -> Option<&Token> {
        match &self.body {
            Body::Ticket(ticket) | Body::SetUp(Some(ticket)) => Some(ticket),
            _ => None,
        }
    }

    /// The answer as one line of plain ASCII, erased when dropped. In a stream, `id` says which request it
    /// belongs to.
    ///
    /// # Errors
    /// If it cannot be written as JSON, which is a bug.
    pub fn to_line(&self, id: Option<&Value>) -> io::Result<Zeroizing<Vec<u8>>> {
        // Allocated at full size: growing would leave a copy behind.
        let mut line = Zeroizing::new(Vec::with_capacity(16 * 1024));
        Line { answer: self, id }.serialize(&mut Serializer::with_formatter(&mut *line, Ascii))?;
        line.push(b'\n');
        Ok(line)
    }
}

/// An answer with the id of its request.
struct Line<'a> {
    answer: &'a Answer,
    id: Option<&'a Value>,
}

impl Serialize for Line<'_> {
    fn serialize<S: serde::Serializer>(&self, json: S) -> Result<S::Ok, S::Error> {
        let Answer {
            verdict,
            word,
            message,
            cause,
            retry_after,
            body,
            ..
        } = self.answer;
        let yes = *verdict == Verdict::Yes;
        let mut map = json.serialize_map(None)?;
        map.serialize_entry("schema", &1)?;
        if let Some(id) = self.id {
            map.serialize_entry("id", id)?;
        }
        map.serialize_entry("ok", &yes)?;
        map.serialize_entry(if yes { "answer" } else { "reason" }, word)?;
        if let Some(seconds) = retry_after {
            map.serialize_entry("retry_after", seconds)?;
        }
        match body {
            Body::Nothing => {}
            Body::Ticket(ticket) => map.serialize_entry("ticket", ticket.as_str())?,
            Body::SetUp(ticket) => {
                map.serialize_entry("ticket", &ticket.as_ref().map(Token::as_str))?;
            }
            Body::Methods(methods) => {
                let words: Vec<&str> = methods.iter().map(|method| method.as_str()).collect();
                map.serialize_entry("methods", &words)?;
            }
            Body::Offer(offer) => {
                map.serialize_entry("otpauth", offer.uri().expose())?;
                map.serialize_entry("secret", offer.secret.base32().expose())?;
            }
            Body::BackupCodes(codes) => {
                let shown: Vec<Secret<String>> = codes.iter().map(BackupCode::shown).collect();
                let words: Vec<&str> = shown.iter().map(|code| code.expose().as_str()).collect();
                map.serialize_entry("backup_codes", &words)?;
            }
            Body::NewSession(session) => {
                map.serialize_entry("session", &session.as_ref().map(Token::as_str))?;
            }
            Body::Problems(problems) => map.serialize_entry("problems", problems)?,
            Body::AuthenticatedUser {
                session,
                authenticated,
            } => {
                map.serialize_entry("session", session.as_str())?;
                serialize_entrant::<S>(&mut map, authenticated)?;
            }
        }
        map.serialize_entry("message", message)?;
        map.serialize_entry("cause", cause)?;
        map.end()
    }
}

fn serialize_entrant<S: serde::Serializer>(
    map: &mut S::SerializeMap,
    authenticated: &AuthenticatedUser,
) -> Result<(), S::Error> {
    let account = &authenticated.account;
    map.serialize_entry(
        "account",
        &serde_json::json!({
            "address": account.address.as_str(),
            "name": account.name,
            "lang": account.lang,
        }),
    )?;
    map.serialize_entry("role", &authenticated.role)?;
    map.serialize_entry("rights", &Rights(&authenticated.role))?;
    map.serialize_entry("access_until", &authenticated.access_until.map(rfc3339))?;
    let context = authenticated.context;
    map.serialize_entry("ip_trusted_until", &context.ip_trusted_until.map(rfc3339))?;
    map.serialize_entry("backup_codes_left", &context.backup_codes_left)
}

/// The matrix of a role: the actions allowed in each section. An unknown role allows nothing.
struct Rights<'a>(&'a str);

impl Serialize for Rights<'_> {
    fn serialize<S: serde::Serializer>(&self, json: S) -> Result<S::Ok, S::Error> {
        json.collect_map(BuiltIn::parse(self.0).into_iter().flat_map(BuiltIn::matrix))
    }
}

/// Compact, and only visible ASCII: no locale, log or line reader can misread it.
struct Ascii;

impl Formatter for Ascii {
    fn write_string_fragment<W>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()>
    where
        W: ?Sized + Write,
    {
        let mut from = 0;
        let odd = |c: char| !(' '..='~').contains(&c);
        for (at, c) in fragment.char_indices().filter(|(_, c)| odd(*c)) {
            CompactFormatter.write_string_fragment(writer, &fragment[from..at])?;
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(writer, "\\u{unit:04x}")?;
            }
            from = at + c.len_utf8();
        }
        CompactFormatter.write_string_fragment(writer, &fragment[from..])
    }
}
