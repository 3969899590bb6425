//! Replies of a server (RFC 5321 §4.2).

use std::fmt;

use crate::domain::text::shown;

/// How many characters of a reply are kept.
pub(super) const KEPT: usize = 500;

/// A whole reply.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reply {
    /// Three digits.
    pub(super) code: u16,
    /// The text after the code in each line.
    pub(super) lines: Vec<String>,
}

/// One line of a reply.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) code: u16,
    pub(super) text: String,
    pub(super) last: bool,
}

impl Line {
    /// Parses a line without its end; `None` if it is not a reply line. Replies should be ASCII; anything
    /// else is kept if it is UTF-8.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let (digits, rest) = bytes.split_at_checked(3)?;
        let (first, others) = digits.split_first()?;
        if !(b'2'..=b'5').contains(first) || !others.iter().all(u8::is_ascii_digit) {
            return None;
        }
        let code = digits
            .iter()
            .fold(0, |code, digit| code * 10 + u16::from(digit - b'0'));
        let (last, text) = match rest.split_first() {
            None => (true, rest),
            Some((b' ', text)) => (true, text),
            Some((b'-', text)) => (false, text),
            Some(_) => return None,
        };
        Some(Self {
            code,
            text: String::from_utf8_lossy(text).into_owned(),
            last,
        })
    }
}

impl Reply {
    /// 2xx, or 3xx if the server expects more.
    pub(super) fn is(&self, hundreds: u16) -> bool {
        self.code / 100 == hundreds
    }

    /// A permanent refusal.
    pub(super) fn is_permanent(&self) -> bool {
        self.is(5)
    }

    /// The server is about to close the connection (RFC 5321 §3.8).
    pub(super) fn says_goodbye(&self) -> bool {
        self.code == 421
    }

    /// The server requires sign-in or encryption (RFC 4954 §6, RFC 3207 §4).
    pub(super) fn wants_sign_in(&self) -> bool {
        matches!(self.code, 530 | 534 | 535 | 538)
    }

    /// Removes what must not be kept: each of these words, and every token. A server may repeat anything that
    /// it received, including a link in the text.
    #[must_use]
    pub(super) fn without(mut self, words: &[&str]) -> Self {
        for line in &mut self.lines {
            for word in words.iter().filter(|word| !word.is_empty()) {
                if line.contains(word) {
                    *line = line.replace(word, BLOT);
                }
            }
            blot_tokens(line);
        }
        self
    }
}

/// Replaces a secret.
const BLOT: &str = "[secret]";
/// The start of every token.
const TOKEN: &str = "adm_";

fn blot_tokens(line: &mut String) {
    let mut from = 0;
    // Some servers repeat text in upper case.
    while let Some(at) = line[from..]
        .to_ascii_lowercase()
        .find(TOKEN)
        .map(|at| at + from)
    {
        let rest = &line[at..];
        let end = rest
            .find(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .unwrap_or(rest.len());
        line.replace_range(at..at + end, BLOT);
        from = at + BLOT.len();
    }
}

/// On one line, unchanged, without control characters, and cut if it is too long.
impl fmt::Display for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut text = format!("{}", self.code);
        for (index, line) in self.lines.iter().enumerate() {
            if text.len() > 4 * KEPT {
                break;
            }
            if index > 0 {
                text.push_str(" /");
            }
            let line = line.trim();
            if !line.is_empty() {
                text.push(' ');
                text.extend(shown(line).chars().take(KEPT));
            }
        }
        if text.chars().nth(KEPT).is_some() {
            text = text.chars().take(KEPT - 1).chain(['…']).collect();
        }
        f.write_str(&text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reply(lines: &[&str]) -> Reply {
        let lines: Vec<Line> = lines
            .iter()
            .map(|line| Line::parse(line.as_bytes()).unwrap())
            .collect();
        Reply {
            code: lines[0].code,
            lines: lines.into_iter().map(|line| line.text).collect(),
        }
    }

    #[test]
    fn lines_are_read() {
        let line = |code, text: &str, last| Line {
            code,
            text: text.into(),
            last,
        };
        for (bytes, wanted) in [
            (&b"250 2.0.0 Ok"[..], line(250, "2.0.0 Ok", true)),
            (b"250-SIZE 1", line(250, "SIZE 1", false)),
            (b"354", line(354, "", true)),
            (b"599 x", line(599, "x", true)),
            (b"550 caf\xe9", line(550, "caf\u{fffd}", true)),
            (b"250 ", line(250, "", true)),
        ] {
            assert_eq!(Line::parse(bytes), Some(wanted));
        }
    }

    #[test]
    fn what_is_no_reply_is_seen() {
        for bytes in [
            &b""[..],
            b"25",
            b"abc hello",
            b"150 early",
            b"650 late",
            b"2x0 ok",
            b"250ok",
            b"2500",
            b"\xff\xff\xff",
            b" 250 ok",
        ] {
            assert_eq!(Line::parse(bytes), None, "{bytes:?}");
        }
    }

    #[test]
    fn a_reply_is_kept_word_for_word_on_one_harmless_line() {
        assert_eq!(
            reply(&["250 2.0.0 Ok: queued as 4F3"]).to_string(),
            "250 2.0.0 Ok: queued as 4F3"
        );
        assert_eq!(
            reply(&["550-5.7.1 no", "550-", "550 5.7.1 really"]).to_string(),
            "550 5.7.1 no / / 5.7.1 really"
        );
        assert_eq!(reply(&["354"]).to_string(), "354");
        assert_eq!(
            reply(&["550 \x1b[2Jred\u{202e}"]).to_string(),
            "550 \\u{1b}[2Jred\\u{202e}"
        );
    }

    #[test]
    fn at_most_500_characters_are_kept() {
        let long = format!("550 {}", "é".repeat(496));
        assert_eq!(reply(&[&long]).to_string(), long);
        let cut = reply(&[&format!("{long}é")]).to_string();
        assert_eq!(cut.chars().count(), 500);
        assert_eq!(cut, format!("550 {}…", "é".repeat(495)));
        let line = format!("550-{}", "x".repeat(90));
        let many = vec![line.as_str(); 100];
        assert_eq!(reply(&many).to_string().chars().count(), 500);
    }

    #[test]
    fn what_is_secret_is_blotted_out() {
        let reply = reply(&[
            "550-spam: https://p.example/r#adm_i_abc123, ADM_P_X",
            "550 the code 048215 hunter2",
        ])
        .without(&["048215", "hunter2", ""]);
        assert_eq!(
            reply.to_string(),
            "550 spam: https://p.example/r#[secret], [secret] / the code [secret] [secret]"
        );
    }

    #[test]
    fn codes_are_told_apart() {
        assert!(reply(&["421 bye"]).says_goodbye() && !reply(&["421 bye"]).is_permanent());
        assert!(reply(&["554 no"]).is_permanent() && !reply(&["554 no"]).wants_sign_in());
        for code in ["530", "534", "535", "538"] {
            assert!(reply(&[code]).wants_sign_in());
        }
    }
}
