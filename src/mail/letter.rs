//! Renders a mail into the message that is sent.

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

/// The link or token that the mail is about.
#[derive(Clone, PartialEq, Eq)]
pub enum LinkText {
    /// The URL of a web page, with the token in it.
    Url(String),
    /// Only the token, if the panel has no web page: the mail names the command that asks for it.
    Token(String),
}

impl LinkText {
    /// The URL or the token.
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
    /// When it expires.
    pub expires_at: Timestamp,
}

/// The sender of a panel's mail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    /// The name that mail programs show.
    pub name: Option<String>,
    /// The address, to which bounces are returned.
    pub address: String,
}

impl Sender {
    /// Reads an address, or `Name <address>`.
    ///
    /// # Errors
    /// An address or a name that is not valid in a header.
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

/// Removes the quotation marks around it; those inside stay.
fn unquoted(name: &str) -> &str {
    name.strip_prefix('"')
        .and_then(|name| name.strip_suffix('"'))
        .unwrap_or(name)
}

/// Everything that a mail is made from.
#[derive(Clone, Debug)]
pub struct LetterContext<'a> {
    /// Which mail it is.
    pub kind: MailKind,
    /// The panel's name: the folder of its own templates.
    pub panel: &'a str,
    /// What people call the panel.
    pub title: &'a str,
    /// The person's name; blank means none.
    pub person_name: Option<&'a str>,
    /// The recipient's address; for an SMS the phone number (E.164).
    pub to: &'a str,
    /// The language tag that the person prefers: `de`, `de-AT`, …
    pub lang: &'a str,
    /// The link, only for the kinds that need one.
    pub link: Option<LinkText>,
    /// When the link expires. A notice about a printed link may name it too.
    pub link_expires_at: Option<Timestamp>,
    /// The code, only for the kinds that need one.
    pub code: Option<CodeText<'a>>,
    /// The end of temporary access; `None` for permanent access, or if the mail is not about access.
    pub access_until: Option<Timestamp>,
    /// Who to contact: an address, a number, the end of a sentence.
    pub support_contact: Option<&'a str>,
    /// Whether the person's password is valid (or will be after an unlock): false if it was voided.
    pub password_works: bool,
    /// The time zone for times in the mail.
    pub tz: &'a TimeZone,
    /// The sender.
    pub sender: &'a Sender,
    /// The outbox row's own `<…@…>`: the same each time the row is sent.
    pub message_id: &'a str,
    /// The `Date` header: when it was queued, together with the event it is about.
    pub date: Timestamp,
}

/// A message ready to be sent.
#[derive(Clone)]
pub struct Letter {
    /// Which mail it is.
    pub kind: MailKind,
    /// As given in the context.
    pub message_id: String,
    /// The sender's address, for the envelope.
    pub from: String,
    /// The recipient's address, for the envelope: the domain in ASCII.
    pub to: String,
    /// The subject in plain text.
    pub subject: String,
    /// The whole message (RFC 5322), with CR LF line ends.
    pub bytes: Vec<u8>,
    /// What must not be kept with a server's reply: the code in the message. Tokens are recognised by their
    /// form.
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

/// The text may contain a link or a code: it is erased from memory.
impl Drop for Letter {
    fn drop(&mut self) {
        self.bytes.zeroize();
    }
}

/// Without the text, which may contain a link or a code.
impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter")
            .field("kind", &self.kind)
            .field("message_id", &self.message_id)
            .field("to", &self.to)
            .finish_non_exhaustive()
    }
}

/// Longest line that mail servers must accept, without its end (RFC 5322 §2.1.1).
const LONGEST_LINE: usize = 998;

/// A part without encoding if it is plain ASCII in lines that every server accepts (RFC 2045 §2.7), so that a
/// link or a command can be copied out of the message's source; otherwise encoded by lettre.
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
    // A CR that does not end a line would become a line end on the way.
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

/// Renders the message. The same context and templates give the same bytes.
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
    .ok_or_else(|| MailProblem::Message("an address was rejected".to_owned()))?;
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

/// A header that is already checked, encoded and folded.
pub(super) fn raw(name: &'static str, plain: &str, encoded: String) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str(name);
    HeaderValue::dangerous_new_pre_encoded(name, plain.to_owned(), encoded)
}

/// lettre's dates reach from 1970 to 9999 and panic beyond.
pub(super) fn date(date: Timestamp) -> Result<SystemTime, MailProblem> {
    if date < Timestamp::UNIX_EPOCH {
        return Err(MailProblem::value("the date", "is before 1970"));
    }
    Ok(SystemTime::from(date))
}

/// The separator between the parts: derived from the Message-ID, so that rendering a message twice gives the
/// same bytes.
fn boundary(message_id: &str) -> String {
    let digest = Sha256::digest(message_id);
    let number = digest
        .iter()
        .take(16)
        .fold(0_u128, |number, &byte| (number << 8) | u128::from(byte));
    format!("part-{number:032x}")
}

/// The values for the templates, each checked.
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
            Value::from(end("the expiry of the link", context.link_expires_at)?),
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
                "the expiry of the code",
                context.code.map(|code| code.expires_at),
            )?),
        ),
        ("when", Value::from(moment("the time", Some(context.date))?)),
        ("support", Value::from(support)),
        ("password_works", Value::from(context.password_works)),
    ]))
}
