//! Lines of a stream, none longer than a request may be.

use std::io::{self, ErrorKind, Read};

use zeroize::Zeroizing;

use super::LIMIT;

/// How much is read at a time.
const CHUNK: usize = 16 * 1024;

/// A line without its end.
pub(super) enum RawLine {
    /// The line as received.
    Whole(Zeroizing<Vec<u8>>),
    /// Longer than [`LIMIT`]: its beginning; the rest was skipped.
    TooLong(Zeroizing<Vec<u8>>),
}

/// Puts lines together from what comes in pieces. What was read is erased afterwards, since it contained passwords.
#[derive(Default)]
pub(super) struct Splitter {
    line: Zeroizing<Vec<u8>>,
    /// Something of the line was read.
    begun: bool,
    too_long: bool,
}

impl Splitter {
    /// Passes on each line that ends in this piece.
    pub(super) fn push(&mut self, piece: &[u8], mut each: impl FnMut(RawLine)) {
        let mut rest = piece;
        while !rest.is_empty() {
            let (used, line) = self.take(rest);
            rest = &rest[used..];
            if let Some(line) = line {
                each(line);
            }
        }
    }

    /// The last line, if it lacks its end.
    pub(super) fn end(&mut self) -> Option<RawLine> {
        self.begun.then(|| self.whole())
    }

    /// Takes bytes up to the end of the line, and says how many; with the line if it is complete.
    fn take(&mut self, ready: &[u8]) -> (usize, Option<RawLine>) {
        self.begun = true;
        let end = ready.iter().position(|&byte| byte == b'\n');
        let piece = &ready[..end.unwrap_or(ready.len())];
        self.too_long |= self.line.len() + piece.len() > LIMIT;
        if !self.too_long {
            append(&mut self.line, piece);
        }
        let used = piece.len() + usize::from(end.is_some());
        (used, end.map(|_| self.whole()))
    }

    fn whole(&mut self) -> RawLine {
        let Self { line, too_long, .. } = std::mem::take(self);
        if too_long {
            RawLine::TooLong(line)
        } else {
            RawLine::Whole(line)
        }
    }
}

/// Splits a stream into lines.
pub(super) struct Lines<'a> {
    input: &'a mut dyn Read,
    chunk: Zeroizing<Vec<u8>>,
    ready: std::ops::Range<usize>,
    splitter: Splitter,
}

impl<'a> Lines<'a> {
    pub(super) fn of(input: &'a mut dyn Read) -> Self {
        Self {
            input,
            chunk: Zeroizing::new(vec![0; CHUNK]),
            ready: 0..0,
            splitter: Splitter::default(),
        }
    }

    /// The next line; the last one may lack its end. `None` is the end.
    pub(super) fn next(&mut self) -> io::Result<Option<RawLine>> {
        loop {
            if self.ready.is_empty() && !self.refill()? {
                return Ok(self.splitter.end());
            }
            let (used, line) = self.splitter.take(&self.chunk[self.ready.clone()]);
            self.ready.start += used;
            if line.is_some() {
                return Ok(line);
            }
        }
    }

    fn refill(&mut self) -> io::Result<bool> {
        loop {
            match self.input.read(&mut self.chunk) {
                Ok(count) => {
                    self.ready = 0..count;
                    return Ok(count > 0);
                }
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }
}

/// Appends without leaving a copy behind when the vector has to grow.
fn append(line: &mut Zeroizing<Vec<u8>>, piece: &[u8]) {
    if line.len() + piece.len() > line.capacity() {
        let mut larger = Zeroizing::new(Vec::with_capacity(2 * (line.len() + piece.len())));
        larger.extend_from_slice(line);
        *line = larger;
    }
    line.extend_from_slice(piece);
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A reader that hands over a few bytes at a time.
    struct Drops<'a>(&'a [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
            let count = self.1.min(self.0.len()).min(out.len());
            out[..count].copy_from_slice(&self.0[..count]);
            self.0 = &self.0[count..];
            Ok(count)
        }
    }

    fn lines(bytes: &[u8], at_once: usize) -> Vec<Option<Vec<u8>>> {
        let mut input = Drops(bytes, at_once);
        let mut lines = Lines::of(&mut input);
        let mut all = Vec::new();
        while let Some(line) = lines.next().unwrap() {
            all.push(match line {
                RawLine::Whole(line) => Some(line.to_vec()),
                RawLine::TooLong(_) => None,
            });
        }
        all
    }

    #[test]
    fn lines_are_cut_wherever_the_pieces_end() {
        for at_once in [1, 2, 3, 5, 1000] {
            let some = |text: &str| Some(text.as_bytes().to_vec());
            assert_eq!(lines(b"", at_once), []);
            assert_eq!(lines(b"\n", at_once), [some("")]);
            assert_eq!(
                lines(b"ab\n\ncd\r\nef", at_once),
                [some("ab"), some(""), some("cd\r"), some("ef")]
            );
        }
    }

    #[test]
    fn a_line_may_be_as_long_as_a_request_and_no_longer() {
        let whole = vec![b'x'; LIMIT];
        let text = [&whole[..], b"\nshort\n", &whole, b"y\nlast"].concat();
        for at_once in [7, 4096, usize::MAX] {
            let found = lines(&text, at_once);
            assert_eq!(found.len(), 4);
            assert_eq!(found[0].as_deref(), Some(&whole[..]));
            assert_eq!(found[1].as_deref(), Some(&b"short"[..]));
            assert_eq!(found[2], None);
            assert_eq!(found[3].as_deref(), Some(&b"last"[..]));
        }
        assert_eq!(lines(&vec![b'x'; 40 * LIMIT], CHUNK), [None]);
    }
}
