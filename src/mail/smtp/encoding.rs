//! Encoding for the wire. All of it may be secret, and is erased.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use memchr::{memchr_iter, memchr2_iter};

use crate::vault::Secret;

/// Base64, as AUTH wants it.
pub(super) fn coded(bytes: &[u8]) -> Secret<String> {
    // Allocated at full size: growing would leave copies behind.
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    STANDARD.encode_string(bytes, &mut text);
    Secret::new(text)
}

/// A command from its parts, with its line end.
pub(super) fn line(parts: &[&[u8]]) -> Secret<Vec<u8>> {
    let mut bytes = Vec::with_capacity(parts.iter().map(|part| part.len()).sum::<usize>() + 2);
    for part in parts {
        bytes.extend_from_slice(part);
    }
    bytes.extend_from_slice(b"\r\n");
    Secret::new(bytes)
}

/// The message as it is sent (RFC 5321 §4.5.2): CR LF line ends, an extra dot before each line that starts
/// with one, and the final dot.
pub(super) fn stuffed(message: &[u8]) -> Secret<Vec<u8>> {
    // Allocated at full size: growing would leave copies behind.
    let count = |byte| memchr_iter(byte, message).count();
    let room = message.len() + 2 * count(b'\r') + 2 * count(b'\n') + 6;
    let mut bytes = Vec::with_capacity(room);
    let mut add = |line: &[u8]| {
        if line.starts_with(b".") {
            bytes.push(b'.');
        }
        bytes.extend_from_slice(line);
        bytes.extend_from_slice(b"\r\n");
    };
    let mut start = 0;
    for end in memchr2_iter(b'\r', b'\n', message) {
        // The LF of a CR LF ended its line already.
        if end >= start {
            add(&message[start..end]);
            let pair = message[end..].starts_with(b"\r\n");
            start = end + 1 + usize::from(pair);
        }
    }
    if start < message.len() {
        add(&message[start..]);
    }
    bytes.extend_from_slice(b".\r\n");
    Secret::new(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_that_begin_with_a_dot_get_another() {
        for (message, wanted) in [
            ("a\r\nb\r\n", "a\r\nb\r\n.\r\n"),
            (".\r\n..x\r\na.b\r\n", "..\r\n...x\r\na.b\r\n.\r\n"),
            ("no end", "no end\r\n.\r\n"),
            ("bare\n.lf\n", "bare\r\n..lf\r\n.\r\n"),
            ("bare\r.cr\r", "bare\r\n..cr\r\n.\r\n"),
            ("\r\n\r\n", "\r\n\r\n.\r\n"),
            ("\n\n", "\r\n\r\n.\r\n"),
            ("", ".\r\n"),
        ] {
            let bytes = stuffed(message.as_bytes());
            assert_eq!(String::from_utf8_lossy(bytes.as_bytes()), wanted);
        }
    }

    #[test]
    fn no_message_ends_before_its_end() {
        for message in [
            "a\r\n.\r\nQUIT",
            "a\n.\nQUIT",
            "a\r.\rQUIT",
            "a\n.\r\nQUIT",
            ".\nQUIT",
        ] {
            let bytes = stuffed(message.as_bytes());
            let text = String::from_utf8_lossy(bytes.as_bytes()).into_owned();
            assert_eq!(text.matches("\r\n.\r\n").count(), 1, "{text:?}");
            assert!(text.ends_with("QUIT\r\n.\r\n"));
            assert!(!text.replace("\r\n", "").contains(['\r', '\n']));
        }
    }

    #[test]
    fn commands_are_put_together() {
        assert_eq!(coded(b"\0user\0pass").as_str(), "AHVzZXIAcGFzcw==");
        assert_eq!(
            line(&[b"AUTH PLAIN ", b"x"]).as_bytes(),
            b"AUTH PLAIN x\r\n"
        );
    }
}
