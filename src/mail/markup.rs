//! How values stand in a template, and how a text becomes paragraphs.

use std::borrow::Cow;

use minijinja::{AutoEscape, Output, State, Value};

/// Prints a value: `none` as nothing, and in HTML with the five characters escaped that matter. (minijinja's own
/// escaping also turns each `/` of a link into `&#x2f;`, which filters take for an attempt to hide it.)
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
    if value.is_safe() || !matches!(state.auto_escape(), AutoEscape::Html) {
        return Ok(out.write_str(&text)?);
    }
    let mut rest = &*text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    Ok(out.write_str(rest)?)
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
