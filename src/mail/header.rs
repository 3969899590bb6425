//! Header values on the wire: quoting, encoded words (RFC 2047) and folding.
//!
//! lettre would do this too, but it leaves a name like `example.org` unquoted, passes `=?…?=` in ASCII text
//! through for the reader's program to decode, and writes long words in one line. Values come here checked.

/// Longest payload of one encoded word: with its delimiters and the longest header name it is still under 76
/// columns.
const WORD: usize = 48;
/// Columns that a header line should not exceed (RFC 5322, 2.1.1).
const COLUMNS: usize = 76;

/// Free text such as a subject, for the header called `name`.
pub(super) fn unstructured(name: &str, value: &str) -> String {
    let longest = value.split(' ').map(str::len).max().unwrap_or(0);
    if !value.is_ascii() || value.contains("=?") || longest > COLUMNS - name.len() - 2 {
        return encoded(value);
    }
    let mut out = String::with_capacity(value.len() + 8);
    let mut column = name.len() + 2;
    for word in value.split(' ') {
        if out.is_empty() {
        } else if column + 1 + word.len() > COLUMNS {
            out.push_str("\r\n ");
            column = 1;
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(word);
        column += word.len();
    }
    out
}

/// `"Name" <address>`, or only the address.
pub(super) fn mailbox(name: Option<&str>, address: &str) -> String {
    let Some(name) = name else {
        return address.to_owned();
    };
    let quoted = if name.is_ascii() && !name.contains("=?") && name.len() <= WORD {
        format!("\"{}\"", name.replace('\\', "\\\\").replace('"', "\\\""))
    } else {
        encoded(name)
    };
    let column = quoted.rsplit('\n').next().map_or(0, str::len) + "From: ".len();
    let fold = if column + 3 + address.len() > COLUMNS {
        "\r\n "
    } else {
        " "
    };
    format!("{quoted}{fold}<{address}>")
}

/// Encoded words, one per line. Only letters and digits stay unencoded, so that the result is valid in a name
/// too.
fn encoded(value: &str) -> String {
    let mut words = vec![String::new()];
    for c in value.chars() {
        let piece = match c {
            ' ' => "_".to_owned(),
            c if c.is_ascii_alphanumeric() => c.to_string(),
            c => c
                .encode_utf8(&mut [0; 4])
                .bytes()
                .flat_map(|b| ['=', hex(b >> 4), hex(b & 15)])
                .collect(),
        };
        match words.last_mut() {
            Some(word) if word.len() + piece.len() <= WORD => word.push_str(&piece),
            _ => words.push(piece),
        }
    }
    let words: Vec<_> = words
        .iter()
        .map(|word| format!("=?utf-8?Q?{word}?="))
        .collect();
    words.join("\r\n ")
}

fn hex(nibble: u8) -> char {
    char::from_digit(u32::from(nibble), 16).map_or('0', |digit| digit.to_ascii_uppercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_quoted_or_encoded() {
        let cases = [
            (None, "a@example.org"),
            (Some("example.org"), "\"example.org\" <a@example.org>"),
            (
                Some(r#"Ann "A" O\B, Inc."#),
                r#""Ann \"A\" O\\B, Inc." <a@example.org>"#,
            ),
            (
                Some("=?utf-8?Q?x?="),
                "=?utf-8?Q?=3D=3Futf=2D8=3FQ=3Fx=3F=3D?= <a@example.org>",
            ),
            (Some("Zoë B"), "=?utf-8?Q?Zo=C3=AB_B?= <a@example.org>"),
        ];
        for (name, wanted) in cases {
            assert_eq!(mailbox(name, "a@example.org"), wanted);
        }
    }

    #[test]
    fn long_text_is_folded_and_whole_characters_stay_together() {
        let text = "word ".repeat(40);
        let folded = unstructured("Subject", text.trim_end());
        assert!(folded.split("\r\n").all(|line| line.len() <= COLUMNS));
        assert_eq!(folded.replace("\r\n ", " "), text.trim_end());

        let folded = unstructured("Subject", &"€".repeat(100));
        for line in folded.split("\r\n ") {
            assert!(line.len() <= 75);
            assert_eq!((line.len() - "=?utf-8?Q??=".len()) % 9, 0, "{line}");
        }
    }
}
