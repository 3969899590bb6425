//! From what is known about a mail to the message on the wire.

use std::time::SystemTime;

use jiff::{Timestamp, tz::TimeZone};
use lettre::address::Envelope;
use lettre::message::header::{ContentTransferEncoding, ContentType, HeaderName, HeaderValue};
use lettre::message::{Body, Message, MultiPart, SinglePart};
use memchr::{memchr, memchr_iter};
use minijinja::Value;
use sha2::{Digest, Sha256};
use zeroize::Zeroize;

use super::check;
use super::header;
use super::kind::{Channel, MailKind};
use super::problem::MailProblem;
use super::templates::{Templates, Values};
use super::text;
use crate::vault::Secret;

/// What leads to the page or the command that the mail is about.
#[derive(Clone, PartialEq, Eq)]
pub enum LinkText {
    /// The address of a web page, with the token in it.
    Url(String),
    /// The token alone, where the panel has no web page: the mail names the command that asks for it.
    Token(String),
}

impl LinkText {
    /// The address or the token.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Url(text) | Self::Token(text) => text,
        }
    }
}

/// A link is a secret: it is not shown.
impl std::fmt::Debug for LinkText {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Url(_) => "Url(…)",
            Self::Token(_) => "Token(…)",
        })
    }
}

/// A code that a message carries.
#[derive(Clone, Copy, Debug)]
pub struct CodeText<'a> {
    /// The six digits.
    pub digits: &'a Secret<String>,
    /// When they are over.
    pub expires_at: Timestamp,
}

/// Who a panel's mail comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The name that mail programs show.
    pub name: Option<String>,
    /// The address, which bounces come back to.
    pub address: String,
}

impl Sender {
    /// Reads an address, or `Name <address>`.
    ///
    /// # Errors
    /// An address or a name that no header can carry.
    pub fn parse(text: &str) -> Result<Self, MailProblem> {
        let sender = match text.rsplit_once('<') {
            Some((name, address)) => Self {
                name: Some(unquoted(name.trim()).to_owned()).filter(|name| !name.is_empty()),
                address: address.trim().trim_end_matches('>').to_owned(),
            },
            None => Self {
                name: None,
                address: text.trim().to_owned(),
            },
        };
        check::address("the sender's address", &sender.address)?;
        check::optional("the sender's name", sender.name.as_deref())?;
        Ok(sender)
    }
}

/// Without the quotation marks around it; those of a word in it stay.
fn unquoted(name: &str) -> &str {
    name.strip_prefix('"')
        .and_then(|name| name.strip_suffix('"'))
        .unwrap_or(name)
}

/// All that a letter is made of.
#[derive(Clone, Debug)]
pub struct LetterContext<'a> {
    /// Which mail it is.
    pub kind: MailKind,
    /// The panel's name: the folder of its own templates.
    pub panel: &'a str,
    /// What people call the panel.
    pub title: &'a str,
    /// The person's name; blank is as none.
    pub person_name: Option<&'a str>,
    /// The address that the mail goes to; for an SMS the number (E.164).
    pub to: &'a str,
    /// The language tag the person wants: `de`, `de-AT`, …
    pub lang: &'a str,
    /// The link, for the kinds that need one and only for them.
    pub link: Option<LinkText>,
    /// Until when the link is valid. A notice about a printed link may name it too.
    pub link_expires_at: Option<Timestamp>,
    /// The code, for the kinds that need one and only for them.
    pub code: Option<CodeText<'a>>,
    /// The end of temporary access; `None` for permanent access, or where it is not the subject.
    pub access_until: Option<Timestamp>,
    /// Whom to turn to: an address, a number, a sentence's end.
    pub support_contact: Option<&'a str>,
    /// Whether the password the person has is valid (or will be, once a lock is open): false where it was voided.
    pub password_works: bool,
    /// The time zone in which the mail names times.
    pub tz: &'a TimeZone,
    /// Who it comes from.
    pub sender: &'a Sender,
    /// The outbox row's own `<…@…>`: the same however often the row is sent.
    pub message_id: &'a str,
    /// The `Date` header: when it was queued, together with what it tells about.
    pub date: Timestamp,
}

/// A message ready to be sent.
#[derive(Clone)]
pub struct Letter {
    /// Which mail it is.
    pub kind: MailKind,
    /// As it was given.
    pub message_id: String,
    /// The sender's address, for the envelope.
    pub from: String,
    /// The recipient's address, for the envelope: the domain in ASCII.
    pub to: String,
    /// The subject in plain text.
    pub subject: String,
    /// The whole message (RFC 5322), lines ended with CR LF.
    pub bytes: Vec<u8>,
    /// What no server's reply may be kept with: the code in it. Tokens are known by their looks.
    pub(super) secrets: Vec<Secret<String>>,
}

impl PartialEq for Letter {
    fn eq(&self, other: &Self) -> bool {
        self.kind == other.kind
            && self.from == other.from
            && self.to == other.to
            && self.bytes == other.bytes
    }
}

/// The text may hold a link or a code: it does not stay in memory.
impl Drop for Letter {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

/// Without the text: there may be a link or a code in it.
impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter")
            .field("kind", &self.kind)
            .field("message_id", &self.message_id)
            .field("to", &self.to)
            .finish_non_exhaustive()
    }
}

/// Longest line that mail servers must take, without its end (RFC 5322 §2.1.1).
const LONGEST_LINE: usize = 998;

/// A part as it is where it is plain ASCII in lines that every server takes (RFC 2045 §2.7), so that a link or a command
/// can be copied out of the message's source; encoded by lettre otherwise.
pub(super) fn part(kind: ContentType, text: &str) -> SinglePart {
    let bytes = text.as_bytes();
    let (mut start, mut longest, mut carriage_returns) = (0, 0, 0);
    let mut whole = String::with_capacity(text.len() + text.len() / 8);
    for end in memchr_iter(b'\n', bytes) {
        let ended = &text[start..end];
        let line = ended.strip_suffix('\r').unwrap_or(ended);
        carriage_returns += ended.len() - line.len();
        longest = longest.max(line.len());
        whole.push_str(line);
        whole.push_str("\r\n");
        start = end + 1;
    }
    whole.push_str(&text[start..]);
    longest = longest.max(text.len() - start);
    // A CR that ends no line would become one on the way.
    let plain = text.is_ascii()
        && longest <= LONGEST_LINE
        && memchr_iter(b'\r', bytes).count() == carriage_returns
        && memchr(0, bytes).is_none();
    let builder = SinglePart::builder().header(kind);
    if plain {
        // Left to itself, lettre encodes from 76 characters on, and cuts a long link in two.
        let seven_bit = ContentTransferEncoding::SevenBit;
        return builder.body(Body::dangerous_pre_encoded(whole.into_bytes(), seven_bit));
    }
    builder.body(whole)
}

/// Makes the message. The same context and templates make the same bytes.
pub fn compose(context: &LetterContext<'_>, templates: &Templates) -> Result<Letter, MailProblem> {
    let kind = context.kind;
    if kind.channel() != Channel::Mail {
        return Err(MailProblem::Channel { kind });
    }
    let to = check::address("the recipient's address", context.to)?;
    let from = check::address("the sender's address", &context.sender.address)?;
    let from_name = check::optional("the sender's name", context.sender.name.as_deref())?;
    check::message_id(context.message_id)?;
    let date = date(context.date)?;

    let lang = templates.language(context.kind, context.panel, context.lang);
    let values = values(context, &lang)?;
    let rendered = templates.render(context.kind, context.panel, &lang, values)?;
    check::subject(&rendered.subject)?;
    let whole: Vec<&str> = context
        .link
        .iter()
        .map(LinkText::as_str)
        .chain([context.to])
        .collect();
    let body = text::wrap(&rendered.text, &whole);

    let envelope = (|| {
        let address = |it: &check::Address| lettre::Address::new(&it.local, &it.domain).ok();
        Envelope::new(Some(address(&from)?), vec![address(&to)?]).ok()
    })()
    .ok_or_else(|| MailProblem::Message("an address is not accepted".to_owned()))?;
    let (from, to) = (from.to_string(), to.to_string());
    let encoded_from = header::mailbox(from_name, &from);
    let encoded_subject = header::unstructured("Subject", &rendered.subject);
    let message = Message::builder()
        .raw_header(raw(
            "Message-ID",
            context.message_id,
            context.message_id.to_owned(),
        ))
        .date(date)
        .raw_header(raw("From", &from, encoded_from))
        .raw_header(raw("To", &to, to.clone()))
        .raw_header(raw("Subject", &rendered.subject, encoded_subject))
        .raw_header(raw(
            "Auto-Submitted",
            "auto-generated",
            "auto-generated".to_owned(),
        ))
        .envelope(envelope)
        .multipart(
            MultiPart::alternative()
                .boundary(boundary(context.message_id))
                .singlepart(part(ContentType::TEXT_PLAIN, &body))
                .singlepart(part(ContentType::TEXT_HTML, &rendered.html)),
        )
        .map_err(|error| MailProblem::Message(error.to_string()))?;
    Ok(Letter {
        kind: context.kind,
        message_id: context.message_id.to_owned(),
        from,
        to,
        subject: rendered.subject,
        bytes: message.formatted(),
        secrets: context
            .code
            .iter()
            .map(|code| code.digits.clone())
            .collect(),
    })
}

/// A header that is checked, encoded and folded already.
pub(super) fn raw(name: &'static str, plain: &str, encoded: String) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, plain.to_owned(), encoded)
}

/// lettre's dates reach from 1970 to 9999 and panic beyond.
pub(super) fn date(date: Timestamp) -> Result<SystemTime, MailProblem> {
    if date < Timestamp::UNIX_EPOCH {
        return Err(MailProblem::value("the date", "lies before 1970"));
    }
    Ok(SystemTime::from(date))
}

/// The line between the parts: made from the Message-ID, so that writing a letter twice gives the same bytes.
fn boundary(message_id: &str) -> String {
    let digest = Sha256::digest(message_id);
    let number = digest
        .iter()
        .take(16)
        .fold(0_u128, |number, &byte| (number << 8) | u128::from(byte));
    format!("part-{number:032x}")
}

/// What the templates get, each value looked at.
pub(super) fn values(context: &LetterContext<'_>, lang: &str) -> Result<Values, MailProblem> {
    let kind = context.kind;
    check::optional("the panel's name", Some(context.panel))?
        .ok_or_else(|| MailProblem::value("the panel's name", "is empty"))?;
    let title = check::optional("the panel's title", Some(context.title))?.unwrap_or(context.panel);
    let name = check::optional("the person's name", context.person_name)?;
    let support = check::optional("the support contact", context.support_contact)?;
    match (&context.link, kind.needs_link()) {
        (None, Some(_)) => return Err(MailProblem::LinkMissing { kind }),
        (Some(_), None) => return Err(MailProblem::LinkUnexpected { kind }),
        (Some(_), Some(_)) if context.link_expires_at.is_none() => {
            return Err(MailProblem::LinkMissing { kind });
        }
        (Some(LinkText::Url(url)), Some(_)) => check::url(url)?,
        (Some(LinkText::Token(token)), Some(_)) => check::token(token)?,
        (None, None) => {}
    }
    match (context.code, kind.needs_code()) {
        (None, true) => return Err(MailProblem::CodeMissing { kind }),
        (Some(_), false) => return Err(MailProblem::CodeUnexpected { kind }),
        (Some(code), true) => check::digits(code.digits.as_str())?,
        (None, false) => {}
    }
    let (link, token) = match &context.link {
        Some(LinkText::Url(url)) => (Some(url.as_str()), None),
        Some(LinkText::Token(token)) => (None, Some(token.as_str())),
        None => (None, None),
    };
    let moment = |field, time: Option<Timestamp>| {
        time.map(|time| text::moment(field, time, context.tz, lang))
            .transpose()
    };
    let end = |field, time: Option<Timestamp>| {
        time.map(|time| text::end(field, time, context.tz, lang))
            .transpose()
    };
    Ok(Values::from([
        ("panel", Value::from(title)),
        ("name", Value::from(name)),
        ("address", Value::from(context.to)),
        ("link", Value::from(link)),
        ("token", Value::from(token)),
        (
            "command",
            Value::from(kind.needs_link().map(super::LinkUse::command)),
        ),
        (
            "link_until",
            Value::from(end("the end of the link", context.link_expires_at)?),
        ),
        (
            "access_until",
            Value::from(end("the end of the access", context.access_until)?),
        ),
        (
            "code",
            Value::from(context.code.map(|code| code.digits.as_str())),
        ),
        (
            "code_until",
            Value::from(moment(
                "the end of the code",
                context.code.map(|code| code.expires_at),
            )?),
        ),
        ("when", Value::from(moment("the time", Some(context.date))?)),
        ("support", Value::from(support)),
        ("password_works", Value::from(context.password_works)),
    ]))
}
