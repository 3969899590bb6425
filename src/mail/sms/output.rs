//! The output of the operator's program: read, shortened, made harmless.

use std::io::PipeReader;

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use zeroize::Zeroizing;

use crate::domain::text::shown;
use crate::vault::Secret;

/// How many bytes of it are kept.
const KEPT: usize = 4 * 1024;
/// Read in addition, so that a code at the boundary is seen whole.
const BEYOND: usize = 64;
/// After the program has ended, the rest in the pipe is read: no pipe holds more unless root changed it
/// (fs.pipe-max-size).
const LEFT_IN_PIPE: usize = 1024 * 1024;
/// Replaces the code.
const BLOT: &str = "[code]";

/// Reads until no process can write any more; or, after `awake` is closed, what is there: a child that the
/// program left behind may hold the pipe open for ever. The rest of a long output is read too and discarded,
/// because a program that cannot write blocks.
pub(in crate::mail) fn read(heard: &PipeReader, awake: &PipeReader) -> Secret<Vec<u8>> {
    let mut kept = Vec::with_capacity(KEPT + BEYOND);
    let mut buffer = Zeroizing::new([0_u8; 4096]);
    let mut left = LEFT_IN_PIPE;
    loop {
        let mut waiting = [
            PollFd::new(heard, PollFlags::IN),
            PollFd::new(awake, PollFlags::IN),
        ];
        match poll(&mut waiting, None) {
            Ok(_) => {}
            Err(Errno::INTR) => continue,
            Err(_) => break,
        }
        let [spoken, ended] = waiting.map(|fd| !fd.revents().is_empty());
        if !spoken {
            break;
        }
        match rustix::io::read(heard, buffer.as_mut_slice()) {
            Ok(0) => break,
            Ok(count) => {
                let room = (KEPT + BEYOND - kept.len()).min(count);
                kept.extend_from_slice(&buffer[..room]);
                if ended {
                    left = left.saturating_sub(count);
                }
            }
            Err(Errno::INTR) => {}
            Err(_) => break,
        }
        if left == 0 {
            break;
        }
    }
    Secret::new(kept)
}

/// The output on one line, without control characters and without the code; `None` if nothing is left.
pub(super) fn in_words(output: &[u8], code: Option<&Secret<String>>) -> Option<String> {
    let mut text = String::from_utf8_lossy(output).into_owned();
    if let Some(code) = code {
        text = blotted(&text, code.as_str());
    }
    if output.len() > KEPT {
        // The end may be half of a code.
        let end = text
            .char_indices()
            .rev()
            .nth(BEYOND / 2)
            .map_or(0, |(at, _)| at);
        text.truncate(end);
    }
    let lines: Vec<_> = text
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .map(shown)
        .collect();
    let mut line = lines.join(" / ");
    if line.len() > KEPT || output.len() > KEPT {
        line.truncate(line.floor_char_boundary(KEPT));
        line.push('…');
    }
    Some(line).filter(|line| !line.is_empty())
}

/// The text without the code, even with spaces or hyphens between its digits.
fn blotted(text: &str, code: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if let Some(behind) = code_at(rest, code) {
            out.push_str(BLOT);
            rest = behind;
        } else {
            out.push(first);
            rest = &rest[first.len_utf8()..];
        }
    }
    out
}

/// The text after the code, if the text starts with it.
fn code_at<'a>(text: &'a str, code: &str) -> Option<&'a str> {
    let mut rest = text;
    for (index, digit) in code.chars().enumerate() {
        rest = match rest.strip_prefix(digit) {
            Some(behind) => behind,
            None if index > 0 => rest
                .strip_prefix([' ', '-', '.', '\u{a0}', '\u{202f}'])?
                .strip_prefix(digit)?,
            None => return None,
        };
    }
    Some(rest).filter(|_| !code.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(output: &[u8]) -> Option<String> {
        in_words(output, Some(&Secret::new("012345".to_owned())))
    }

    #[test]
    fn the_code_is_blotted_out_however_it_is_spaced() {
        for (output, wanted) in [
            ("sent 012345 to +43", "sent [code] to +43"),
            ("012345012345", "[code][code]"),
            ("a012 345b", "a[code]b"),
            ("0-1-2-3-4-5", "[code]"),
            ("0012345", "0[code]"),
            ("{\"text\":\"012345 is\"}", "{\"text\":\"[code] is\"}"),
            ("012\u{a0}345", "[code]"),
            ("012346", "012346"),
            ("01234", "01234"),
        ] {
            assert_eq!(said(output.as_bytes()).as_deref(), Some(wanted), "{output}");
        }
    }

    #[test]
    fn it_is_one_harmless_line() {
        assert_eq!(said(b" \r\n\n"), None);
        assert_eq!(said(b"").as_deref(), None);
        assert_eq!(said(b"one\r\n\n two \n").as_deref(), Some("one / two"));
        assert_eq!(
            said(b"\x1b[2Jred\x07 \xff").as_deref(),
            Some("\\u{1b}[2Jred\\u{7} \u{fffd}")
        );
        assert_eq!(in_words(b"no code", None).as_deref(), Some("no code"));
    }

    #[test]
    fn it_is_cut_and_no_half_code_is_left_at_the_border() {
        for before in KEPT - 20..KEPT + BEYOND {
            let mut output = vec![b'x'; before];
            output.extend_from_slice(b"012345 and so on and on");
            output.resize(KEPT + BEYOND, b'y');
            let text = said(&output).unwrap();
            assert!(text.len() <= KEPT + "…".len(), "{before}");
            assert!(
                text.ends_with('…') && !text.contains("01"),
                "{before}: {text}"
            );
        }
        let many = "0 1 2 3 4 5 ".repeat(400);
        let text = said(&many.as_bytes()[..KEPT + BEYOND]).unwrap();
        assert!(!text.contains(|c: char| c.is_ascii_digit()), "{text}");
    }
}
