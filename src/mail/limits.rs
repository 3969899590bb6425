//! Limits for an operator's templates. A mistake in one must not exhaust the memory, the time or the stack of the
//! program that sends everybody's mail.
//!
//! | limit | what it holds |
//! |---|---|
//! | [`FUEL`] | loops, and whatever text, lists and copies a template makes on the way: minijinja counts both |
//! | [`MOST_OUTPUT`] | the text that comes out |
//! | minijinja's own depth | templates that include or call themselves |
//! | [`LONGEST_TAG`], [`MOST_TAGS`] | how deep a template can be nested where minijinja reads it: it has no limit of its own for chains such as `1+1+1` and `elif` |
//! | [`STACK`] | room for what these limits allow, measured with a debug build |

use std::io::{self, Write};
use std::thread;

use minijinja::{Error, ErrorKind, State};

use super::problem::MailProblem;

/// Units of work for one part of a message: an instruction is one, and so are 64 bytes of text.
pub(super) const FUEL: u64 = 50_000;
/// Bytes of one part of a message. Mail programs cut HTML off long before.
pub(super) const MOST_OUTPUT: usize = 1024 * 1024;
/// Bytes of one `{{ … }}` or `{% … %}`.
const LONGEST_TAG: usize = 2_000;
/// Tags in one template.
const MOST_TAGS: usize = 2_000;
/// Templates within these limits took up to 8 MiB to parse, and up to 32 MiB to render.
const STACK: usize = 64 * 1024 * 1024;

/// Runs something with a stack that is large enough for the limits. Only pages that are touched cost
/// anything.
///
/// # Errors
/// No thread can be started.
pub(super) fn with_room<T: Send>(work: impl FnOnce() -> T + Send) -> Result<T, MailProblem> {
    thread::scope(|scope| {
        thread::Builder::new()
            .name("templates".to_owned())
            .stack_size(STACK)
            .spawn_scoped(scope, work)
            .map_err(|error| MailProblem::Message(format!("cannot start a thread: {error}")))?
            .join()
            .map_err(|_| MailProblem::Message("cannot render the templates".to_owned()))
    })
}

/// The output of a template, up to the limit.
#[derive(Debug, Default)]
pub(super) struct Out {
    bytes: Vec<u8>,
    is_over: bool,
}

impl Out {
    /// Whether the limit was exceeded.
    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }

    /// What was written.
    pub(super) fn into_text(self) -> String {
        // minijinja writes nothing but text.
        String::from_utf8_lossy(&self.bytes).into_owned()
    }
}

impl Write for Out {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > MOST_OUTPUT {
            self.is_over = true;
            return Err(io::Error::other(too_long()));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Bytes of printed values: unlike for what [`Out`] sees, the line in the template is known.
#[derive(Default)]
struct Printed(usize);

/// Counts a value that is printed.
pub(super) fn printed(state: &mut State, bytes: usize) -> Result<(), Error> {
    let printed = state.get_or_insert_extension(Printed::default());
    printed.0 = printed.0.saturating_add(bytes);
    if printed.0 > MOST_OUTPUT {
        return Err(Error::new(ErrorKind::WriteFailure, too_long()));
    }
    Ok(())
}

/// The message for output that exceeds the limit.
pub(super) fn too_long() -> String {
    format!(
        "one part of a message is larger than the limit of {} MiB",
        MOST_OUTPUT / 1024 / 1024
    )
}

/// Explains a limit of minijinja in words.
pub(super) fn in_words(error: &Error) -> Option<String> {
    let is_deep = |detail: &str| detail.contains("recursion limit");
    match error.kind() {
        ErrorKind::OutOfFuel => Some(format!(
            "the limit of {FUEL} steps was exceeded: a loop is too long, or produces too much text"
        )),
        ErrorKind::WriteFailure => error.detail().map(str::to_owned),
        _ if error.detail().is_some_and(is_deep) => Some(
            "the nesting limit was exceeded: something is nested too deeply, or includes or calls itself"
                .to_owned(),
        ),
        _ => None,
    }
}

/// Checks a template before minijinja parses it: how many tags it has, and how long they are.
///
/// # Errors
/// The line, and the limit that was exceeded.
pub(super) fn check(text: &str) -> Result<(), (usize, String)> {
    let mut tags = 0;
    let mut at = 0;
    let line = |at: usize| 1 + text[..at].matches('\n').count();
    while let Some(open) = next_tag(text, at) {
        if text[open..].starts_with("{#") {
            let inside = open + 2;
            at = text[inside..]
                .find("#}")
                .map_or(text.len(), |end| inside + end + 2);
            continue;
        }
        tags += 1;
        if tags > MOST_TAGS {
            return Err((
                line(open),
                format!("the template has more than {MOST_TAGS} tags"),
            ));
        }
        let end = end_of_tag(text, open);
        if end - open > LONGEST_TAG {
            return Err((
                line(open),
                format!("a tag is longer than {LONGEST_TAG} bytes"),
            ));
        }
        at = end;
        if word(&text[open..end]) == "raw" {
            at = end_of_raw(text, end);
        }
    }
    Ok(())
}

fn next_tag(text: &str, from: usize) -> Option<usize> {
    let bytes = text.as_bytes();
    (from..bytes.len().saturating_sub(1))
        .find(|&at| bytes[at] == b'{' && matches!(bytes[at + 1], b'{' | b'%' | b'#'))
}

/// The end of the tag that starts there: brackets and strings in it are skipped as minijinja does.
fn end_of_tag(text: &str, open: usize) -> usize {
    let bytes = text.as_bytes();
    let close = if bytes[open + 1] == b'%' { b'%' } else { b'}' };
    let (mut at, mut depth, mut quote) = (open + 2, 0_i64, None);
    while at < bytes.len() {
        let byte = bytes[at];
        match quote {
            Some(_) if byte == b'\\' => at += 1,
            Some(mark) if byte == mark => quote = None,
            Some(_) => {}
            None if depth == 0 && byte == close && bytes.get(at + 1) == Some(&b'}') => {
                return at + 2;
            }
            None => match byte {
                b'"' | b'\'' => quote = Some(byte),
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth -= 1,
                _ => {}
            },
        }
        at += 1;
    }
    bytes.len()
}

/// The first word of a tag.
fn word(tag: &str) -> &str {
    let inside = tag.get(2..).unwrap_or_default();
    inside
        .trim_start_matches(['-', '+'])
        .split_ascii_whitespace()
        .next()
        .map_or("", |word| word.trim_end_matches(['-', '+', '%', '}']))
}

/// The start of the tag that ends a raw block; nothing inside it is a tag.
fn end_of_raw(text: &str, from: usize) -> usize {
    let mut at = from;
    while let Some(open) = text[at..].find("{%").map(|open| at + open) {
        if word(&text[open..]) == "endraw" {
            return open;
        }
        at = open + 2;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_measured_as_they_are_read() {
        let long = "x".repeat(LONGEST_TAG);
        let sum = vec!["1"; LONGEST_TAG / 2].join("+");
        for good in [
            String::new(),
            "{".to_owned(),
            "{{ name }} {% if name %}{% endif %}".to_owned(),
            format!("{long}{{{{ name }}}}{long}"),
            format!("{{# {long} {{{{ #}}{long}"),
            format!("{{% raw %}}{{{{ {long} }}}}{{% endraw %}}"),
            format!("{{%- raw -%}}{{% {long} %}}{{%- endraw -%}}{{{{ name }}}}"),
        ] {
            assert_eq!(check(&good), Ok(()), "{good}");
        }
        let limit = "a tag is longer than 2000 bytes";
        for bad in [
            format!("\n\n{{{{ {sum} }}}}"),
            format!("\n\n{{% if {sum} %}}{{% endif %}}"),
            // What looks like an end of a tag in a text or in brackets is none.
            format!("\n\n{{{{ '}}}}' ~ {sum} }}}}"),
            format!("\n\n{{{{ \"\\\"}}}}\" ~ {sum} }}}}"),
            format!("\n\n{{{{ {{'a': {{'b': 1}}}} ~ {sum} }}}}"),
            format!("\n\n{{% if '%}}' ~ {sum} %}}"),
            // Nor does a comment or a raw part hide what follows it.
            format!("{{# {{% raw %}} #}}\n\n{{{{ {sum} }}}}"),
            format!("{{#}} {{% raw %}} #}}\n\n{{{{ {sum} }}}}"),
            format!("{{% raw %}}{{% endraw %}}\n\n{{{{ {sum} }}}}"),
            format!("\n\n{{{{ {sum}"),
        ] {
            assert_eq!(check(&bad), Err((3, limit.to_owned())), "{bad}");
        }
        let many = "{{ 1 }}\n".repeat(MOST_TAGS);
        assert_eq!(check(&many), Ok(()));
        let limit = "the template has more than 2000 tags".to_owned();
        assert_eq!(check(&format!("{many}{{{{ 1 }}}}")), Err((2001, limit)));
    }
}
