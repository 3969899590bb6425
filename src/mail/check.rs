//! The checks for values that go into a message.
//!
//! Refusing is the whole defence against header injection: nothing is stripped or repaired, because a name
//! with a line break in it is either an attack or a mistake, and somebody should know.

use super::problem::MailProblem;
use crate::domain::link::check_link;
use crate::domain::text;

/// Characters allowed in one header value or one name; longer ones are refused rather than cut.
pub(super) const MAX_CHARS: usize = 200;
/// Characters of an SMS, which may be sent in several parts. With the number before it, it stays below what a
/// pipe accepts at once (4,096 bytes), whatever the letters.
const MAX_SMS: usize = 600;
/// A line that contains it must stay within 998 bytes; in practice such an id has 50.
const MAX_MESSAGE_ID: usize = 250;

/// One line of visible text.
pub(super) fn line(field: &'static str, value: &str) -> Result<(), MailProblem> {
    limited(field, value, MAX_CHARS)
}

/// A rendered subject: the words of the template and the values in it.
pub(super) fn subject(value: &str) -> Result<(), MailProblem> {
    limited("the subject", value, 2 * MAX_CHARS)
}

fn limited(field: &'static str, value: &str, max: usize) -> Result<(), MailProblem> {
    if let Some(c) = value.chars().find(|&c| describe(c).is_some()) {
        let what = describe(c).unwrap_or_default();
        return Err(MailProblem::value(field, format!("contains {what}")));
    }
    if value.chars().count() > max {
        return Err(MailProblem::value(
            field,
            format!("is longer than {max} characters"),
        ));
    }
    Ok(())
}

/// Like [`line`], for an optional value; blank counts as missing.
pub(super) fn optional<'a>(
    field: &'static str,
    value: Option<&'a str>,
) -> Result<Option<&'a str>, MailProblem> {
    let Some(value) = value else { return Ok(None) };
    line(field, value)?;
    Ok(Some(value.trim()).filter(|value| !value.is_empty()))
}

/// Why `c` may not appear, if it may not. Letters of every script, joiners and emoji may.
fn describe(c: char) -> Option<String> {
    let code = u32::from(c);
    Some(match c {
        '\r' | '\n' | '\u{85}' | '\u{2028}' | '\u{2029}' => "a line break".to_owned(),
        '\0' => "a NUL character".to_owned(),
        _ if c.is_control() => format!("the control character U+{code:04X}"),
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {
            format!("U+{code:04X}, which changes the direction of text")
        }
        '\u{AD}'
        | '\u{180E}'
        | '\u{200B}'
        | '\u{2060}'..='\u{2064}'
        | '\u{206A}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{E0000}'..='\u{E007F}' => format!("the invisible character U+{code:04X}"),
        _ => return None,
    })
}

/// An address for a header and the envelope: `local@domain` with the domain in ASCII.
///
/// Stricter than the standards: no quoted local parts, no address literals, no leading hyphen (which a
/// program behind a pipe could take for an option), and nothing beyond ASCII before the @, which would need a server
/// that speaks SMTPUTF8.
pub(super) fn address(field: &'static str, value: &str) -> Result<Address, MailProblem> {
    limited(field, value, 254)?;
    let wrong = |why: &str| MailProblem::value(field, why);
    let (local, domain) = value.rsplit_once('@').ok_or_else(|| wrong("has no @"))?;
    if local.is_empty() || local.len() > 64 {
        return Err(wrong("must have 1 to 64 bytes before the @"));
    }
    if local.starts_with('-') || local.split('.').any(str::is_empty) || !local.chars().all(in_local)
    {
        return Err(wrong("is not a plain address"));
    }
    let domain = idna::domain_to_ascii_strict(domain)
        .map_err(|_| wrong("does not end with a domain name"))?;
    let numeric = domain
        .rsplit('.')
        .next()
        .is_none_or(|top| top.bytes().all(|b| b.is_ascii_digit()));
    if numeric || domain.len() > 253 || !domain.split('.').all(is_label) {
        return Err(wrong("does not end with a domain name"));
    }
    if local.len() + domain.len() > 253 {
        return Err(wrong("is longer than 254 bytes"));
    }
    Ok(Address {
        local: local.to_owned(),
        domain,
    })
}

/// An address that passed [`address`].
pub(super) struct Address {
    /// Before the @.
    pub(super) local: String,
    /// After it, in ASCII.
    pub(super) domain: String,
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}@{}", self.local, self.domain)
    }
}

fn in_local(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c)
}

fn is_label(label: &str) -> bool {
    (1..=63).contains(&label.len())
        && label
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b == b'-')
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// `<left@right>` in plain ASCII.
pub(super) fn message_id(value: &str) -> Result<(), MailProblem> {
    let atoms = |part: &str| {
        part.split('.').all(|atom| {
            !atom.is_empty()
                && atom
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"!#$%&'*+-/=?^_`{|}~".contains(&b))
        })
    };
    let whole = value
        .strip_prefix('<')
        .and_then(|rest| rest.strip_suffix('>'));
    match whole.and_then(|inner| inner.split_once('@')) {
        Some((left, right)) if atoms(left) && atoms(right) && value.len() <= MAX_MESSAGE_ID => {
            Ok(())
        }
        _ => Err(MailProblem::value(
            "the Message-ID",
            "is not of the form <left@right>",
        )),
    }
}

/// A link to a web page.
pub(super) fn url(value: &str) -> Result<(), MailProblem> {
    check_link(value)
        .map_err(|why| MailProblem::value("the link", format!("cannot be used: {why}")))
}

/// A token that a person copies.
pub(super) fn token(value: &str) -> Result<(), MailProblem> {
    let plain = value
        .bytes()
        .all(|b| b.is_ascii_alphanumeric() || b"_-.".contains(&b));
    if plain && (1..=MAX_CHARS).contains(&value.len()) {
        return Ok(());
    }
    Err(MailProblem::value(
        "the token",
        "contains characters that are not allowed in a token",
    ))
}

/// Six ASCII digits.
pub(super) fn digits(value: &str) -> Result<(), MailProblem> {
    if value.len() == 6 && value.bytes().all(|b| b.is_ascii_digit()) {
        return Ok(());
    }
    Err(MailProblem::value("the code", "is not six digits"))
}

/// A phone number in international form (E.164), with nothing around it.
pub(super) fn phone(value: &str) -> Result<(), MailProblem> {
    match text::phone(value) {
        Ok(number) if number == value => Ok(()),
        _ => Err(MailProblem::value(
            "the phone number",
            "is not of the form +442071234567",
        )),
    }
}

/// The text of an SMS: lines of visible text, as many as a few messages carry.
pub(super) fn sms(value: &str) -> Result<(), MailProblem> {
    let wrong = |why: String| Err(MailProblem::value("the text of the SMS", why));
    if value.is_empty() {
        return wrong("is empty".to_owned());
    }
    let mut lines = value.chars().filter(|&c| c != '\n');
    if let Some(what) = lines.find_map(describe) {
        return wrong(format!("contains {what}"));
    }
    if value.chars().count() > MAX_SMS {
        return wrong(format!("is longer than {MAX_SMS} characters"));
    }
    Ok(())
}
