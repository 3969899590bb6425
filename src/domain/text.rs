//! What may be written where.
//!
//! Names, notes and replies of mail servers were typed by other people, so none of them reaches a terminal, a
//! spreadsheet or a shell unchanged: [`shown`] is for terminals, [`csv_cell`] for spreadsheets,
//! [`shell_word`] for commands to copy. Input goes through [`one_line`], [`phone`] and [`lang`].
//!
//! One table decides what is invisible; what is shown escaped is also what is refused as input. Two invisible
//! characters are part of words in some scripts, and are accepted there (`joiner`).

mod entry;
mod joiner;

pub use entry::{
    LONGEST_NAME, LONGEST_NOTE, TextProblem, lang, lines, name_key, nearest, one_line, phone,
};
pub use joiner::is_joiner;

use std::borrow::Cow;

use unicode_normalization::char::{is_combining_mark, is_public_assigned};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// How many accents one letter may have; further ones are escaped.
const MARKS_ON_ONE_LETTER: usize = 4;

/// Whether this character must never reach a terminal: it would control it, hide or reorder the text around
/// it, or is not a character at all.
pub fn is_hidden(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_control();
    }
    matches!(c,
        // C1 control characters, soft hyphen, combining grapheme joiner.
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{34f}'
        // Signs that swallow the digits after them, and the Arabic letter mark.
        | '\u{600}'..='\u{605}' | '\u{61c}' | '\u{6dd}' | '\u{70f}' | '\u{890}'..='\u{891}' | '\u{8e2}'
        // Fillers that look like nothing.
        | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}' | '\u{180b}'..='\u{180f}' | '\u{3164}' | '\u{ffa0}'
        // Zero width, line and paragraph separators, directions, invisible operators.
        | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        // Rare variation selectors, byte order mark, interlinear annotation.
        | '\u{fe00}'..='\u{fe0d}' | '\u{feff}' | '\u{fff0}'..='\u{fffb}'
        // Format characters of single scripts, shorthand and music.
        | '\u{110bd}' | '\u{110cd}' | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}'
        | '\u{1d173}'..='\u{1d17a}'
        // Tags, with which text can be hidden behind a single letter.
        | '\u{e0000}'..='\u{e00ff}' | '\u{e01f0}'..='\u{e0fff}'
    ) || !is_public_assigned(c)
}

/// The character for an error message: `'ı' (U+0131)`, or only its number where it could not be seen.
pub fn named(c: char) -> String {
    let number = u32::from(c);
    if is_hidden(c) || is_combining_mark(c) || c.is_whitespace() {
        format!("U+{number:04X}")
    } else {
        format!("'{c}' (U+{number:04X})")
    }
}

/// Appends bytes as hexadecimal digits, two per byte.
pub fn push_hex(text: &mut String, bytes: &[u8]) {
    for half in bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]) {
        text.extend(char::from_digit(u32::from(half), 16));
    }
}

/// Bytes as hexadecimal digits, two per byte.
///
/// ```
/// assert_eq!(admit::domain::text::hex(&[0x0f, 0xa0]), "0fa0");
/// ```
pub fn hex(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(2 * bytes.len());
    push_hex(&mut text, bytes);
    text
}

/// Exactly `N` bytes from lower-case hexadecimal digits.
///
/// ```
/// # use admit::domain::text::unhex;
/// assert_eq!(unhex("0fa0"), Some([0x0f, 0xa0]));
/// for bad in ["0fa", "0fa00", "0FA0", "0 a0", "", "é9f"] {
///     assert_eq!(unhex::<2>(bad), None);
/// }
/// ```
pub fn unhex<const N: usize>(text: &str) -> Option<[u8; N]> {
    let digit = |byte: u8| match byte {
        b'0'..=b'9' => Some(byte - b'0'),
        b'a'..=b'f' => Some(byte - b'a' + 10),
        _ => None,
    };
    let text = text.as_bytes();
    if text.len() != 2 * N {
        return None;
    }
    let mut bytes = [0; N];
    for (byte, pair) in bytes.iter_mut().zip(text.chunks(2)) {
        *byte = digit(pair[0])? << 4 | digit(pair[1])?;
    }
    Some(bytes)
}

/// The text as it may reach a terminal: characters that would control it or be invisible are replaced by a
/// visible escape.
///
/// ```
/// # use admit::domain::text::shown;
/// assert_eq!(shown("Zoë"), "Zoë");
/// assert_eq!(shown("\u{1b}[31m"), r"\u{1b}[31m");
/// ```
pub fn shown(text: &str) -> Cow<'_, str> {
    if first_escaped(text).is_none() {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut scan = Scan::default();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if scan.escapes(c, chars.peek()) {
            push_escape(&mut out, c);
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

/// The number of terminal columns that the [`shown`] form of this text takes.
pub fn width(text: &str) -> usize {
    shown(text).width()
}

/// The [`shown`] form of the text in at most `columns` columns, with `…` where something was cut off.
///
/// An escape is never cut in two, nor an accent from its letter.
pub fn clip(text: &str, columns: usize) -> String {
    let whole = shown(text);
    if whole.width() <= columns {
        return whole.into_owned();
    }
    let Some(room) = columns.checked_sub(1) else {
        return String::new();
    };
    let mut out = String::new();
    let mut ends = Vec::new();
    let mut used = 0;
    let mut scan = Scan::default();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let end = out.len();
        let wide = if scan.escapes(c, chars.peek()) {
            push_escape(&mut out, c);
            out.len() - end
        } else {
            out.push(c);
            c.width().unwrap_or(0)
        };
        if wide > 0 {
            ends.push(end);
        }
        used += wide;
        if used > room {
            out.truncate(ends.pop().unwrap_or(0));
            break;
        }
    }
    // Some sequences (emoji with a selector) are wider than their parts.
    while out.width() > room {
        out.truncate(ends.pop().unwrap_or(0));
    }
    // The letter that it would join was cut off.
    out.truncate(out.trim_end_matches(is_joiner).len());
    out.push('…');
    out
}

/// The text as a cell of a CSV file: no cell starts a formula when a spreadsheet opens it.
///
/// A `'` is put before anything that a spreadsheet could take for one; [`csv_plain`] removes it again.
/// Quoting is left to the code that writes the file.
pub fn csv_cell(text: &str) -> Cow<'_, str> {
    if starts_formula(text) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Reverses [`csv_cell`].
pub fn csv_plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if starts_formula(rest) => rest,
        _ => cell,
    }
}

/// Whether a spreadsheet could take the text for a formula. Leading `'` count too, so that a protected cell
/// differs from one that was typed that way.
fn starts_formula(text: &str) -> bool {
    text.trim_start_matches('\'').starts_with([
        '=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠',
    ])
}

/// The text as one word of a POSIX shell: unchanged if that is safe, else in single quotes.
///
/// A NUL cannot be part of a command and is left out. The result is for a shell: if it goes to a terminal
/// first, [`shown`] still applies.
pub fn shell_word(text: &str) -> Cow<'_, str> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"_@%+:,./-=".contains(&b);
    // `=ls` is a path in zsh.
    if !text.is_empty() && !text.starts_with('=') && text.bytes().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('\'');
    for c in text.chars() {
        match c {
            '\0' => {}
            '\'' => out.push_str(r"'\''"),
            _ => out.push(c),
        }
    }
    out.push('\'');
    Cow::Owned(out)
}

/// The text in an error message: short and harmless.
pub(crate) fn excerpt(text: &str) -> String {
    clip(text.trim(), 60)
}

/// The first character that [`shown`] would escape.
fn first_escaped(text: &str) -> Option<char> {
    if text.bytes().all(|b| (b' '..=b'~').contains(&b)) {
        return None;
    }
    let mut scan = Scan::default();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if scan.escapes(c, chars.peek()) {
            return Some(c);
        }
    }
    None
}

/// Decides, character by character, what can be shown unchanged.
#[derive(Default)]
struct Scan {
    /// The letter that marks would be put on, if one was shown.
    base: Option<char>,
    marks: usize,
    selected: bool,
    /// The last mark on it.
    mark: Option<char>,
}

impl Scan {
    fn escapes(&mut self, c: char, next: Option<&char>) -> bool {
        match c {
            _ if is_joiner(c) && self.joins(c, next) => {
                // One is enough: the next has no mark or letter right before it.
                *self = Self::default();
                false
            }
            _ if is_hidden(c) => {
                *self = Self::default();
                true
            }
            // Emoji or text style; the Japanese writing of a name.
            '\u{fe0e}' | '\u{fe0f}' => self.selects(|b| !b.is_ascii_alphabetic() && b != ' '),
            '\u{e0100}'..='\u{e01ef}' => self.selects(is_ideograph),
            _ if is_combining_mark(c) => {
                self.marks += 1;
                self.mark = Some(c);
                self.base.is_none() || self.marks > MARKS_ON_ONE_LETTER
            }
            _ => {
                *self = Self {
                    base: Some(c),
                    ..Self::default()
                };
                false
            }
        }
    }

    /// Whether a joiner belongs between the letter shown before it and what follows.
    fn joins(&self, c: char, next: Option<&char>) -> bool {
        let shown = self.marks <= MARKS_ON_ONE_LETTER && !self.selected;
        let base = self.base.filter(|_| shown);
        base.is_some_and(|base| joiner::fits(base, self.mark, c, next.copied()))
    }

    /// A variation selector: once, directly after a character that it can apply to.
    fn selects(&mut self, fits: impl Fn(char) -> bool) -> bool {
        let shown = self.base.is_some_and(fits) && self.marks == 0 && !self.selected;
        self.selected = true;
        !shown
    }
}

fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn push_escape(out: &mut String, c: char) {
    match c {
        '\n' => out.push_str(r"\n"),
        '\r' => out.push_str(r"\r"),
        '\t' => out.push_str(r"\t"),
        _ => out.extend(c.escape_unicode()),
    }
}

#[cfg(test)]
mod tests;
