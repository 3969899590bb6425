//! The gate's answers: one JSON object on one line, and an exit code.

use std::io::{self, Write};

use jiff::tz::TimeZone;
use serde::ser::{Serialize, SerializeMap};
use serde_json::Value;
use serde_json::ser::{CompactFormatter, Formatter, Serializer};
use zeroize::Zeroizing;

use super::body::Body;
use super::contract::SCHEMA;
use super::next::Next;
use super::object::BadRequest;
use super::texts::{Lang, Message, Parameter};
#[cfg(feature = "testing")]
use crate::vault::Token;

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
    message: Message,
    next: Option<Next>,
    cause: Option<String>,
    body: Body,
    retry_after: Option<u32>,
    lang: Lang,
    zone: TimeZone,
    /// The line that was written before, without an id.
    again: Option<Zeroizing<Vec<u8>>>,
    /// The connection to the store can no longer be used.
    pub(super) broken: bool,
}

impl Answer {
    fn new(verdict: Verdict, word: &'static str) -> Self {
        Self {
            verdict,
            word,
            message: Message::of(word),
            next: None,
            cause: None,
            body: Body::Nothing,
            retry_after: None,
            lang: Lang::En,
            zone: TimeZone::UTC,
            again: None,
            broken: false,
        }
    }

    pub(super) fn yes(word: &'static str, body: Body) -> Self {
        Self::new(Verdict::Yes, word).with(body)
    }

    pub(super) fn no(reason: &'static str, cause: impl Into<String>) -> Self {
        let verdict = match reason {
            "unavailable" | "bad-request" => Verdict::CannotTell,
            _ => Verdict::No,
        };
        Self::new(verdict, reason).because(cause)
    }

    /// The request is invalid, or names something that does not exist: the page's mistake, and not the person's.
    pub fn bad_request(bad: &BadRequest) -> Self {
        Self::bad_call(&bad.0)
    }

    /// The panel's command line is wrong. Its content is only for the log.
    pub fn bad_call(cause: &str) -> Self {
        Self::no("bad-request", cause)
    }

    /// Something required is not available now. `cause` must not contain a secret.
    pub fn unavailable(cause: impl Into<String>) -> Self {
        Self::no("unavailable", cause)
    }

    /// An answer that was given before, as it was written then, without an id.
    pub(super) fn again(line: Zeroizing<Vec<u8>>) -> Self {
        let yes = line.starts_with(beginning(true).as_bytes());
        let verdict = if yes { Verdict::Yes } else { Verdict::No };
        Self {
            again: Some(line),
            ..Self::new(verdict, "again")
        }
    }

    /// Too many requests are waiting: this one may be repeated after so many seconds.
    pub fn busy(retry_after: u32) -> Self {
        Self::no("throttled", "too many requests are waiting").after(retry_after)
    }

    pub(super) fn with(mut self, body: Body) -> Self {
        self.body = body;
        self
    }

    pub(super) fn saying(mut self, message: Message) -> Self {
        self.message = message;
        self
    }

    pub(super) fn parameter(mut self, name: &'static str, value: Parameter) -> Self {
        self.message = self.message.with(name, value);
        self
    }

    pub(super) fn then(mut self, next: Next) -> Self {
        self.next = Some(next);
        self
    }

    pub(super) fn after(mut self, seconds: u32) -> Self {
        self.retry_after = Some(seconds);
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

    /// The language and the zone of its message.
    pub(super) fn spoken(mut self, lang: Lang, zone: &TimeZone) -> Self {
        self.lang = lang;
        self.zone = zone.clone();
        self
    }

    /// Whether to let somebody in.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// The answer's word: `signed-in`, `locked`, `unavailable` ….
    pub fn word(&self) -> &'static str {
        self.word
    }

    /// How many seconds to wait before the next try, if that is known.
    pub fn retry_after(&self) -> Option<u32> {
        self.retry_after
    }

    /// One or two sentences, safe to show to the person typing.
    pub fn message(&self) -> String {
        self.message.text(self.lang, &self.zone)
    }

    /// The person that this answer names.
    pub(super) fn account_id(&self) -> Option<i64> {
        self.body.account_id()
    }

    /// The token that this answer contains.
    #[cfg(feature = "testing")]
    pub fn ticket(&self) -> Option<&Token> {
        self.body.ticket()
    }

    /// The answer as one line of plain ASCII, erased when dropped. In a stream, `id` says which request it
    /// belongs to.
    ///
    /// # Errors
    /// If it cannot be written as JSON, which is a bug.
    pub fn to_line(&self, id: Option<&Value>) -> io::Result<Zeroizing<Vec<u8>>> {
        // Allocated at full size: growing would leave a copy behind.
        let mut line = Zeroizing::new(Vec::with_capacity(32 * 1024));
        if let Some(again) = &self.again {
            let at = SCHEMA_FIRST.len();
            line.extend_from_slice(again.get(..at).unwrap_or_default());
            if let Some(id) = id {
                line.extend_from_slice(b"\"id\":");
                id.serialize(&mut Serializer::with_formatter(&mut *line, Ascii))?;
                line.push(b',');
            }
            line.extend_from_slice(again.get(at..).unwrap_or_default());
            return Ok(line);
        }
        Line { answer: self, id }.serialize(&mut Serializer::with_formatter(&mut *line, Ascii))?;
        line.push(b'\n');
        Ok(line)
    }
}

/// How every answer begins.
const SCHEMA_FIRST: &str = "{\"schema\":2,";

/// How an answer without an id begins.
fn beginning(yes: bool) -> String {
    format!("{SCHEMA_FIRST}\"ok\":{yes}")
}

/// An answer with the id of its request.
struct Line<'a> {
    answer: &'a Answer,
    id: Option<&'a Value>,
}

impl Serialize for Line<'_> {
    fn serialize<S: serde::Serializer>(&self, json: S) -> Result<S::Ok, S::Error> {
        let answer = self.answer;
        let yes = answer.verdict == Verdict::Yes;
        let mut map = json.serialize_map(None)?;
        map.serialize_entry("schema", &SCHEMA)?;
        if let Some(id) = self.id {
            map.serialize_entry("id", id)?;
        }
        map.serialize_entry("ok", &yes)?;
        map.serialize_entry(if yes { "answer" } else { "reason" }, answer.word)?;
        answer.body.fields::<S>(&mut map)?;
        match answer.word {
            "throttled" => map.serialize_entry("retry_after", &answer.retry_after.unwrap_or(1))?,
            "unavailable" => map.serialize_entry("retry_after", &answer.retry_after)?,
            _ => {}
        }
        map.serialize_entry(
            "message",
            &serde_json::json!({
                "code": answer.message.code,
                "parameters": answer.message.to_json(),
                "text": answer.message(),
            }),
        )?;
        map.serialize_entry("next", &answer.next)?;
        map.serialize_entry("cause", &answer.cause)?;
        map.end()
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
