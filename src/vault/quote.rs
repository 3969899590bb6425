//! Paths in messages: in the form that a shell accepts, and harmless on a terminal.

use std::os::unix::ffi::OsStrExt as _;
use std::path::Path;

/// The path as one word for a POSIX-like shell. A plain path is unchanged; others are in single quotes;
/// control characters, invisible ones and bytes that are not text are written as escapes in `$'…'`, so that
/// no name can control a terminal.
pub(super) fn quoted(path: &Path) -> String {
    let mut shown = String::new();
    if path.as_os_str().as_bytes().starts_with(b"-") {
        // Not an option, for any command.
        shown.push_str("./");
    }
    match path.to_str() {
        Some(text) if !text.is_empty() && text.chars().all(is_plain) => shown.push_str(text),
        Some(text) if text.chars().all(is_visible) => {
            shown.push_str(&format!("'{}'", text.replace('\'', r"'\''")));
        }
        _ => escape(&mut shown, path.as_os_str().as_bytes()),
    }
    shown
}

fn is_plain(c: char) -> bool {
    c.is_alphanumeric() || "/._-+,:@%".contains(c)
}

fn is_visible(c: char) -> bool {
    c == ' ' || c.is_ascii_graphic() || c.is_alphanumeric()
}

fn escape(shown: &mut String, bytes: &[u8]) {
    shown.push_str("$'");
    for chunk in bytes.utf8_chunks() {
        for c in chunk.valid().chars() {
            if matches!(c, '\'' | '\\') {
                shown.push('\\');
                shown.push(c);
            } else if is_visible(c) {
                shown.push(c);
            } else {
                push_bytes(shown, c.encode_utf8(&mut [0; 4]).as_bytes());
            }
        }
        push_bytes(shown, chunk.invalid());
    }
    shown.push('\'');
}

fn push_bytes(shown: &mut String, bytes: &[u8]) {
    for byte in bytes {
        // Octal always has three digits, so a following digit is not part of it.
        shown.push_str(&format!("\\{byte:03o}"));
    }
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;
    use std::process::Command;

    use super::*;

    #[test]
    fn each_kind_of_path_has_its_form() {
        let cases = [
            ("/etc/admit/admit.key", "/etc/admit/admit.key"),
            ("/home/zoë/key", "/home/zoë/key"),
            ("/a b/key", "'/a b/key'"),
            ("/it's/key", r"'/it'\''s/key'"),
            ("/$(rm)/`x`", "'/$(rm)/`x`'"),
            ("-rf", "./-rf"),
            ("- x", "./'- x'"),
            ("", "''"),
            ("/a\u{1b}[31m'\\", r"$'/a\033[31m\'\\'"),
            ("/a\u{202e}1", r"$'/a\342\200\2561'"),
        ];
        for (path, shown) in cases {
            assert_eq!(quoted(Path::new(path)), shown);
        }
        let bytes = OsStr::from_bytes(b"/a\xff\n");
        assert_eq!(quoted(Path::new(bytes)), r"$'/a\377\012'");
    }

    #[test]
    fn a_shell_reads_the_same_path() {
        for path in [
            "/a b",
            "/it's",
            "/a\u{1b}7'\\x",
            "/a\u{202e}1",
            "/*?~$HOME",
            "/x\ny",
        ] {
            let script = format!("printf %s {}", quoted(Path::new(path)));
            let Ok(output) = Command::new("bash").args(["-c", &script]).output() else {
                return; // No bash here.
            };
            assert_eq!(String::from_utf8(output.stdout).unwrap(), path);
        }
    }
}
