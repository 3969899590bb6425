//! Questions on the controlling terminal: read from it and never from standard input, drawn on standard error.
//!
//! While a question is open Ctrl-C is armed, so that it ends in an ordinary error with the terminal as it was.

use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};

use dialoguer::console::Term;
use dialoguer::{Confirm, Input};
use rustix::termios::{self, LocalModes, OptionalActions, SpecialCodeIndex, Termios};
use zeroize::Zeroizing;

use super::{Prompter, Secret};
use crate::cli::base::error::{CliError, in_words};
use crate::cli::base::interrupt::Interrupt;
use crate::cli::base::lines::Line;
use crate::domain::text::shown;

/// The longest secret that is read; far more than any that is accepted.
const LONGEST: usize = 4096;

/// Asks on the terminal.
#[derive(Debug)]
pub struct TerminalPrompter {
    interrupt: Interrupt,
}

impl TerminalPrompter {
    /// Asks on the terminal, with this Ctrl-C.
    pub fn new(interrupt: Interrupt) -> Self {
        Self { interrupt }
    }

    fn ask<T>(&self, ask: impl FnOnce(&Term) -> dialoguer::Result<T>) -> Result<T, CliError> {
        let _armed = self.interrupt.arm();
        let term = Term::stderr();
        ask(&term).map_err(|error| {
            term.show_cursor().ok();
            term.write_line("").ok();
            no_answer(&error.into())
        })
    }
}

impl Prompter for TerminalPrompter {
    fn available(&self) -> bool {
        Term::stderr().is_term() && tty().is_ok()
    }

    fn confirm(&mut self, question: &str, default: bool) -> Result<bool, CliError> {
        self.ask(|term| {
            let last = beginning(term, question)?;
            Confirm::new()
                .with_prompt(last)
                .default(default)
                .wait_for_newline(true)
                .interact_on(term)
        })
    }

    fn line(&mut self, question: &str) -> Result<String, CliError> {
        self.ask(|term| {
            let last = beginning(term, question)?;
            Input::<String>::new()
                .with_prompt(last)
                .allow_empty(true)
                .interact_text_on(term)
        })
    }

    /// Not dialoguer's: a Ctrl-C there leaves the terminal without echo.
    fn secret(&mut self, question: &str) -> Result<Secret, CliError> {
        let read = || -> io::Result<Secret> {
            let unseen = Unseen::new(tty()?)?;
            let mut screen = io::stderr();
            write!(screen, "{}: ", shown(question))?;
            screen.flush()?;
            let secret = read_line(&unseen.tty);
            drop(unseen);
            writeln!(screen)?;
            secret
        };
        read().map_err(|error| no_answer(&error))
    }
}

/// Columns for what stands behind a question: ` [y/N] `.
const ROOM: usize = 8;

/// Prints a long question but for its last line, which is given back: what is asked is drawn again with the answer, and
/// only one line is taken away for that.
fn beginning(term: &Term, question: &str) -> io::Result<String> {
    let columns = usize::from(term.size().1).saturating_sub(ROOM).max(ROOM);
    let mut text = String::new();
    Line::new(0, question).write(Some(columns), false, &mut text);
    let text = text.trim_end_matches('\n');
    match text.rsplit_once('\n') {
        None => Ok(text.to_owned()),
        Some((above, last)) => {
            term.write_line(above)?;
            Ok(last.to_owned())
        }
    }
}

fn tty() -> io::Result<File> {
    OpenOptions::new().read(true).write(true).open("/dev/tty")
}

fn no_answer(error: &io::Error) -> CliError {
    match error.kind() {
        ErrorKind::Interrupted => CliError::interrupted(),
        ErrorKind::UnexpectedEof => CliError::failed("the terminal was closed"),
        _ => CliError::failed("cannot ask at the terminal").caused_by(in_words(error)),
    }
}

/// A terminal that shows nothing of what is typed; dropping it makes it as it was. Ctrl-C arrives as a byte.
struct Unseen {
    tty: File,
    before: Termios,
}

impl Unseen {
    fn new(tty: File) -> io::Result<Self> {
        let before = termios::tcgetattr(&tty)?;
        let mut modes = before.clone();
        modes
            .local_modes
            .remove(LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG);
        modes.special_codes[SpecialCodeIndex::VMIN] = 1;
        modes.special_codes[SpecialCodeIndex::VTIME] = 0;
        termios::tcsetattr(&tty, OptionalActions::Flush, &modes)?;
        Ok(Self { tty, before })
    }
}

impl Drop for Unseen {
    fn drop(&mut self) {
        termios::tcsetattr(&self.tty, OptionalActions::Flush, &self.before).ok();
    }
}

/// One line, with the few editing keys that work unseen. The buffer is wiped and never moves.
fn read_line(mut tty: impl Read) -> io::Result<Secret> {
    let mut line = Zeroizing::new(Vec::with_capacity(LONGEST));
    let mut byte = Zeroizing::new([0_u8]);
    loop {
        if tty.read(&mut *byte)? == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        match byte[0] {
            0x03 => return Err(ErrorKind::Interrupted.into()),
            0x04 if line.is_empty() => return Err(ErrorKind::UnexpectedEof.into()),
            b'\n' | b'\r' | 0x04 => break,
            0x15 => line.clear(),
            0x08 | 0x7f => erase_character(&mut line),
            byte if line.len() < LONGEST => line.push(byte),
            _ => return Err(io::Error::other("the answer is too long")),
        }
    }
    match std::str::from_utf8(&line) {
        Ok(text) => Ok(Secret::new(text.to_owned())),
        Err(_) => Err(io::Error::other("the answer is not UTF-8")),
    }
}

fn erase_character(line: &mut Vec<u8>) {
    while let Some(byte) = line.pop() {
        // The first byte of a character in UTF-8 is not of the form 10xxxxxx.
        if byte & 0b1100_0000 != 0b1000_0000 {
            break;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(bytes: &[u8]) -> Result<String, ErrorKind> {
        read_line(bytes)
            .map(|secret| secret.expose().clone())
            .map_err(|error| error.kind())
    }

    #[test]
    fn a_secret_is_typed_with_corrections() {
        assert_eq!(typed(b"abc\n"), Ok("abc".into()));
        assert_eq!(typed("aü\x7fb\r".as_bytes()), Ok("ab".into()));
        assert_eq!(typed(b"wrong\x15right\n"), Ok("right".into()));
        assert_eq!(typed(b"\x7f\n"), Ok(String::new()));
        assert_eq!(typed(b"ab\x04"), Ok("ab".into()));
    }

    #[test]
    fn ctrl_c_and_the_end_are_told_apart() {
        assert_eq!(typed(b"ab\x03"), Err(ErrorKind::Interrupted));
        assert_eq!(typed(b"\x04"), Err(ErrorKind::UnexpectedEof));
        assert_eq!(typed(b"ab"), Err(ErrorKind::UnexpectedEof));
        assert_eq!(typed(&[b'x'; LONGEST + 2]), Err(ErrorKind::Other));
    }
}
