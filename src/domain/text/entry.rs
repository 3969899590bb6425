//! What people type: names, notes, phone numbers, languages, and words that were probably meant as others.

use thiserror::Error;
use unicode_normalization::UnicodeNormalization as _;

use super::{excerpt, first_escaped, is_joiner, named};

/// Why a text was refused. Each is one sentence that says what to type instead.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum TextProblem {
    /// Empty, or only spaces.
    #[error("it is empty")]
    Empty,
    /// A character that could not be seen, or would act on a terminal.
    #[error("it contains {0}, an invisible character")]
    Hidden(String),
    /// A line break, in text that must be a single line.
    #[error("it contains a line break; only one line is allowed")]
    LineBreak,
    /// More characters than there is room for.
    #[error("it has {length} characters; the maximum is {max}")]
    TooLong {
        /// The number of characters.
        length: usize,
        /// The maximum number of characters.
        max: usize,
    },
    /// Not an international phone number.
    #[error(
        "{0} is not an international phone number such as +491701234567: + and country code, then the number, 7 to 15 digits in total"
    )]
    Phone(String),
    /// A number with a trunk zero in brackets.
    #[error("remove the (0) from {0}: it is not dialled after the country code")]
    PhoneZero(String),
    /// Not a language tag.
    #[error("{0} is not a language tag, such as en, de or pt-BR")]
    Lang(String),
}

impl TextProblem {
    /// The same without what was typed, where that may be a secret in the wrong place.
    #[must_use]
    pub fn unquoted(self) -> Self {
        let it = || "it".to_owned();
        match self {
            Self::Phone(_) => Self::Phone(it()),
            Self::PhoneZero(_) => Self::PhoneZero(it()),
            Self::Lang(_) => Self::Lang(it()),
            other => other,
        }
    }
}

/// A name has at most this many characters.
pub const LONGEST_NAME: usize = 200;

/// A note has at most this many characters.
pub const LONGEST_NOTE: usize = 500;

/// One or more lines of text (a note in a file), normalised and trimmed, of at most `max_chars` characters.
pub fn lines(text: &str, max_chars: usize) -> Result<String, TextProblem> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let lines: String = text.trim().nfc().collect();
    if lines.is_empty() {
        return Err(TextProblem::Empty);
    }
    if let Some(c) = lines.split('\n').find_map(first_escaped) {
        return Err(TextProblem::Hidden(named(c)));
    }
    fits(lines, max_chars)
}

fn fits(text: String, max: usize) -> Result<String, TextProblem> {
    let length = text.chars().count();
    if length > max {
        return Err(TextProblem::TooLong { length, max });
    }
    Ok(text)
}

/// One line of text (a name, a note, a reason), normalised and trimmed, of at most `max_chars` characters.
pub fn one_line(text: &str, max_chars: usize) -> Result<String, TextProblem> {
    let line: String = text.trim().nfc().collect();
    if line.is_empty() {
        return Err(TextProblem::Empty);
    }
    match first_escaped(&line) {
        None => {}
        Some('\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}') => {
            return Err(TextProblem::LineBreak);
        }
        Some(c) => return Err(TextProblem::Hidden(named(c))),
    }
    fits(line, max_chars)
}

/// A phone number in international form (E.164), without what people put between the digits.
pub fn phone(text: &str) -> Result<String, TextProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TextProblem::Empty);
    }
    if text.contains("(0)") {
        return Err(TextProblem::PhoneZero(excerpt(text)));
    }
    let mut number = String::with_capacity(16);
    for c in text.chars() {
        match c {
            '+' if number.is_empty() => number.push(c),
            '0'..='9' => number.push(c),
            ' ' | '\u{a0}' | '\u{202f}' | '-' | '\u{2010}' | '\u{2011}' | '(' | ')' | '.' | '/'
                if !number.is_empty() => {}
            _ => return Err(TextProblem::Phone(excerpt(text))),
        }
    }
    let digits = number.strip_prefix('+').unwrap_or_default();
    if digits.starts_with('0') || !(7..=15).contains(&digits.len()) {
        return Err(TextProblem::Phone(excerpt(text)));
    }
    Ok(number)
}

/// A language tag (BCP 47: language, with script and region if needed) in its usual form: `en`, `pt-BR`.
pub fn lang(text: &str) -> Result<String, TextProblem> {
    let text = text.trim();
    if text.is_empty() {
        return Err(TextProblem::Empty);
    }
    let bad = || TextProblem::Lang(excerpt(text));
    let letters = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    let mut parts = text.split(['-', '_']).peekable();

    let language = parts
        .next_if(|p| letters(p) && matches!(p.len(), 2 | 3))
        .ok_or_else(bad)?;
    let mut tag = language.to_ascii_lowercase();
    if let Some(script) = parts.next_if(|p| letters(p) && p.len() == 4) {
        tag.push('-');
        tag.push_str(&script[..1].to_ascii_uppercase());
        tag.push_str(&script[1..].to_ascii_lowercase());
    }
    let region = |p: &&str| {
        (letters(p) && p.len() == 2) || (p.len() == 3 && p.bytes().all(|b| b.is_ascii_digit()))
    };
    if let Some(region) = parts.next_if(region) {
        tag.push('-');
        tag.push_str(&region.to_ascii_uppercase());
    }
    if parts.next().is_some() {
        return Err(bad());
    }
    Ok(tag)
}

/// The candidate that an unknown word probably meant, if one is close enough.
///
/// Addresses are compared on both sides of the `@` separately: a long domain in common does not make `bob` an
/// `ada`.
pub fn nearest<'a>(word: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.trim().to_lowercase();
    let mut best: Option<(usize, &'a str)> = None;
    for candidate in candidates {
        if let Some(distance) = distance(&word, &candidate.to_lowercase())
            && best.is_none_or(|(least, _)| distance < least)
        {
            best = Some((distance, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

/// The number of typing errors between two words, unless it is too large for their length.
fn distance(a: &str, b: &str) -> Option<usize> {
    if let (Some((a_local, a_domain)), Some((b_local, b_domain))) =
        (a.rsplit_once('@'), b.rsplit_once('@'))
    {
        return Some(distance(a_local, b_local)? + distance(a_domain, b_domain)?);
    }
    let (a_len, b_len) = (a.chars().count(), b.chars().count());
    let allowed = match a_len.max(b_len) {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
    };
    if a_len.abs_diff(b_len) > allowed {
        return None;
    }
    let distance = strsim::osa_distance(a, b);
    (distance <= allowed).then_some(distance)
}

/// The form of a name used for searching: full-width letters, ligatures, case and joiners make no difference.
pub fn name_key(text: &str) -> String {
    let folded: String = text
        .nfkc()
        .filter(|&c| !is_joiner(c))
        .flat_map(char::to_lowercase)
        .map(|c| if c == 'ς' { 'σ' } else { c })
        .collect();
    let mut key = String::with_capacity(folded.len());
    for word in folded.split_whitespace() {
        if !key.is_empty() {
            key.push(' ');
        }
        key.extend(word.nfkc());
    }
    key
}
