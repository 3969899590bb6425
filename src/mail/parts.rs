//! Reads parts of a message: for showing a queued mail, and for tests.
//!
//! It reads the messages that this program writes, not every possible message.

/// The text part of a message, decoded, lines ended with LF.
pub fn text_of(message: &[u8]) -> Option<String> {
    part(message, "text/plain")
}

/// The HTML part of a message, decoded, lines ended with LF.
pub fn html_of(message: &[u8]) -> Option<String> {
    part(message, "text/html")
}

/// A header of a message as it is on the wire, unfolded.
#[cfg(feature = "testing")]
pub fn header_of(message: &[u8], name: &str) -> Option<String> {
    let message = std::str::from_utf8(message).ok()?;
    let (head, _) = message.split_once("\r\n\r\n")?;
    header(head, name)
}

/// The first token (`adm_…`) in a text, or else the first web address.
#[cfg(feature = "testing")]
pub fn token_in(text: &str) -> Option<&str> {
    let run = |from: usize, good: fn(char) -> bool| {
        let rest = &text[from..];
        &rest[..rest.find(|c| !good(c)).unwrap_or(rest.len())]
    };
    let in_token = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let in_url = |c: char| c.is_ascii_graphic();
    text.find("adm_").map(|at| run(at, in_token)).or_else(|| {
        text.find("https://")
            .or_else(|| text.find("http://"))
            .map(|at| run(at, in_url))
    })
}

fn header(head: &str, name: &str) -> Option<String> {
    let head = head.replace("\r\n ", " ").replace("\r\n\t", " ");
    head.split("\r\n").find_map(|line| {
        let (found, value) = line.split_once(':')?;
        found
            .eq_ignore_ascii_case(name)
            .then(|| value.trim().to_owned())
    })
}

fn part(message: &[u8], wanted: &str) -> Option<String> {
    let message = std::str::from_utf8(message).ok()?;
    let (head, body) = message.split_once("\r\n\r\n")?;
    let content_type = header(head, "Content-Type")?;
    let (_, boundary) = content_type.split_once("boundary=\"")?;
    let separator = format!("--{}", boundary.split('"').next()?);
    body.split(separator.as_str()).find_map(|part| {
        let (head, body) = part.trim_start_matches("\r\n").split_once("\r\n\r\n")?;
        if !header(head, "Content-Type")?.starts_with(wanted) {
            return None;
        }
        let body = body.strip_suffix("\r\n").unwrap_or(body);
        let bytes = match header(head, "Content-Transfer-Encoding")?.as_str() {
            "base64" => base64(body),
            "quoted-printable" => quoted_printable(body),
            _ => body.as_bytes().to_vec(),
        };
        Some(String::from_utf8(bytes).ok()?.replace("\r\n", "\n"))
    })
}

fn quoted_printable(body: &str) -> Vec<u8> {
    let joined = body.replace("=\r\n", "");
    let mut out = Vec::with_capacity(joined.len());
    let mut rest = joined.as_bytes();
    while let [first, tail @ ..] = rest {
        let coded = (*first == b'=')
            .then(|| tail.get(..2))
            .flatten()
            .and_then(|hex| u8::from_str_radix(std::str::from_utf8(hex).ok()?, 16).ok());
        out.push(coded.unwrap_or(*first));
        rest = if coded.is_some() { &tail[2..] } else { tail };
    }
    out
}

fn base64(body: &str) -> Vec<u8> {
    let mut out = Vec::with_capacity(body.len());
    let (mut bits, mut held) = (0_u32, 0_u32);
    for byte in body.bytes() {
        let value = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => continue,
        };
        bits = (bits << 6) | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held).to_le_bytes()[0]);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decodes_both_encodings() {
        assert_eq!(
            quoted_printable("a=3Db=\r\nc=C3=AB=Z"),
            "a=bcë=Z".as_bytes()
        );
        assert_eq!(base64("Wm/D\r\nqyE="), "Zoë!".as_bytes());
    }

    #[test]
    fn finds_tokens_before_addresses() {
        assert_eq!(
            token_in("see https://x.example/r?t=adm_Ab-9_z. Bye"),
            Some("adm_Ab-9_z")
        );
        assert_eq!(
            token_in("see https://x.example/r?t=q\nBye"),
            Some("https://x.example/r?t=q")
        );
        assert_eq!(token_in("nothing"), None);
    }
}
