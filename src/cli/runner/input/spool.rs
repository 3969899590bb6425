//! The one copy of the input: valid UTF-8, lines that end in `\n`, none too long.

use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

use super::format::LONGEST_LINE;
use super::problem::InputProblem;

/// Up to here the copy stays in memory; beyond, it is a file without a name that only this user can read.
const IN_MEMORY: usize = 1024 * 1024;

/// Copies the input, and tells whether it began with a byte order mark.
pub(super) fn copy(mut input: impl Read) -> Result<(SpooledTempFile, bool), InputProblem> {
    let mut copy = Copy::default();
    let mut spool = SpooledTempFile::new(IN_MEMORY);
    let mut buffer = vec![0; 64 * 1024];
    // The first bytes of a character whose last bytes are still to come.
    let mut kept = 0;
    loop {
        let read = match input.read(&mut buffer[kept..]) {
            Ok(read) => read,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(InputProblem::Unreadable(error)),
        };
        let filled = kept + read;
        let (valid, fault) = match str::from_utf8(&buffer[..filled]) {
            Ok(text) => (text.len(), false),
            Err(error) => (
                error.valid_up_to(),
                error.error_len().is_some() || read == 0,
            ),
        };
        copy.take(&buffer[..valid])?;
        if fault {
            return Err(copy.not_utf8(buffer[valid]));
        }
        spool.write_all(&copy.out).map_err(InputProblem::Spool)?;
        copy.out.clear();
        if read == 0 {
            break;
        }
        buffer.copy_within(valid..filled, 0);
        kept = filled - valid;
    }
    spool
        .seek(SeekFrom::Start(0))
        .map_err(InputProblem::Spool)?;
    Ok((spool, copy.byte_order_mark))
}

/// Whether the copy begins with these bytes, blanks and notes aside.
pub(super) fn starts_with(spool: &mut SpooledTempFile, bytes: &[u8]) -> Result<bool, InputProblem> {
    let mut head = Vec::new();
    Read::by_ref(spool)
        .take(4096)
        .read_to_end(&mut head)
        .map_err(InputProblem::Spool)?;
    spool
        .seek(SeekFrom::Start(0))
        .map_err(InputProblem::Spool)?;
    Ok(head
        .split(|byte| *byte == b'\n')
        .any(|line| line.trim_ascii_start().starts_with(bytes)))
}

/// Where the copy stands.
#[derive(Default)]
struct Copy {
    out: Vec<u8>,
    started: bool,
    byte_order_mark: bool,
    after_return: bool,
    /// Lines that are complete.
    lines: u64,
    /// Bytes of the line that is not.
    column: usize,
}

impl Copy {
    fn take(&mut self, mut bytes: &[u8]) -> Result<(), InputProblem> {
        if !self.started && !bytes.is_empty() {
            self.started = true;
            if let Some(rest) = bytes.strip_prefix("\u{feff}".as_bytes()) {
                self.byte_order_mark = true;
                bytes = rest;
            }
        }
        while let Some(&byte) = bytes.first() {
            let second_half = byte == b'\n' && self.after_return;
            self.after_return = byte == b'\r';
            match byte {
                b'\n' if second_half => {}
                b'\n' | b'\r' => {
                    self.out.push(b'\n');
                    self.lines += 1;
                    self.column = 0;
                }
                // Half of an ASCII character in UTF-16; in UTF-8 nobody writes it.
                0 => {
                    let (line, byte) = self.position();
                    return Err(InputProblem::Utf16 { line, byte });
                }
                _ => {
                    let special = |&b: &u8| matches!(b, b'\n' | b'\r' | 0);
                    let end = bytes.iter().position(special).unwrap_or(bytes.len());
                    let (plain, rest) = bytes.split_at(end);
                    self.out.extend_from_slice(plain);
                    self.column += end;
                    if self.column > LONGEST_LINE {
                        let line = self.lines + 1;
                        return Err(InputProblem::LongLine { line });
                    }
                    bytes = rest;
                    continue;
                }
            }
            bytes = &bytes[1..];
        }
        Ok(())
    }

    fn not_utf8(&self, byte: u8) -> InputProblem {
        let mark = !self.started && matches!(byte, 0xfe | 0xff);
        let (line, byte) = self.position();
        if mark {
            InputProblem::Utf16 { line, byte }
        } else {
            InputProblem::NotUtf8 { line, byte }
        }
    }

    fn position(&self) -> (u64, usize) {
        (self.lines + 1, self.column + 1)
    }
}
