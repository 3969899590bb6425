//! How values are printed in a template, and how text becomes paragraphs.

use std::borrow::Cow;

use minijinja::{AutoEscape, Output, State, Value};

use super::limits::printed;

/// Prints a value: `none` as nothing, and in HTML with the five special characters escaped. (minijinja's own
/// escaping also turns each `/` of a link into `&#x2f;`, which spam filters take for an attempt to hide it.)
pub(super) fn print(
    out: &mut Output,
    state: &mut State,
    value: &Value,
) -> Result<(), minijinja::Error> {
    if value.is_none() || value.is_undefined() {
        return Ok(());
    }
    let text = value
        .as_str()
        .map_or_else(|| Cow::Owned(value.to_string()), Cow::Borrowed);
    let text = if value.is_safe() || !matches!(state.auto_escape(), AutoEscape::Html) {
        text
    } else {
        Cow::Owned(escaped(&text).into_owned())
    };
    printed(state, text.len())?;
    Ok(out.write_str(&text)?)
}

/// Escapes the five special characters of HTML.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    const SPECIAL: [char; 5] = ['&', '<', '>', '"', '\''];
    if !text.contains(SPECIAL) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// The paragraphs of a text, each as its lines.
pub(super) fn paragraphs(text: &str) -> Value {
    let lines: Vec<&str> = text.lines().map(str::trim).collect();
    lines
        .split(|line| line.is_empty())
        .filter(|paragraph| !paragraph.is_empty())
        .map(|paragraph| paragraph.iter().copied().collect::<Value>())
        .collect()
}
