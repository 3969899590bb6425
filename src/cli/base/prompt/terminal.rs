//! Questions on the controlling terminal: read from it and never from standard input, drawn on standard error.
//!
//! dialoguer words the questions. The answers are read in the terminal's own line mode, which echoes, wraps and edits what
//! is typed: dialoguer reads key by key, ignores Ctrl-D, and shows twice what is typed faster than it reads.
//!
//! While a question is open Ctrl-C is armed, so that it ends in an ordinary error with the terminal as it was. Ctrl-D
//! cancels too, at any place of the line: half an answer is none.

use std::fmt;
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Read, Write};

use dialoguer::console::Term;
use dialoguer::theme::{SimpleTheme, Theme};
use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::io::Errno;
use rustix::termios::{self, InputModes, LocalModes, OptionalActions, SpecialCodeIndex, Termios};
use zeroize::Zeroizing;

use super::{Prompter, Secret};
use crate::cli::base::error::{CliError, in_words};
use crate::cli::base::interrupt::Interrupt;
use crate::cli::base::lines::Line;
use crate::domain::text::shown;

/// The longest secret that is read; far more than any that is accepted.
const LONGEST: usize = 4096;

/// A Ctrl-C that came just before the wait for an answer is noticed within this time.
const LOOK: Timespec = Timespec {
    tv_sec: 0,
    tv_nsec: 200_000_000,
};

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

    /// Shows the question and reads a line that is seen while it is typed.
    fn answer(&self, question: &str) -> Result<String, CliError> {
        let _armed = self.interrupt.arm();
        let read = || {
            let typing = Typing::seen(tty()?)?;
            ask(question)?;
            read_seen(&typing.tty, &self.interrupt)
        };
        read().map_err(|error| no_answer(&error))
    }
}

impl Prompter for TerminalPrompter {
    fn available(&self) -> bool {
        Term::stderr().is_term() && tty().is_ok()
    }

    fn confirm(&mut self, question: &str, default: bool) -> Result<bool, CliError> {
        let question =
            worded(|out| SimpleTheme.format_confirm_prompt(out, &shown(question), Some(default)));
        loop {
            match yes_or_no(&self.answer(&question)?, default) {
                Some(answer) => return Ok(answer),
                None => tell("Answer y for yes or n for no."),
            }
        }
    }

    fn line(&mut self, question: &str) -> Result<String, CliError> {
        self.answer(&worded(|out| {
            SimpleTheme.format_input_prompt(out, &shown(question), None)
        }))
    }

    /// Not dialoguer's: a Ctrl-C there leaves the terminal without echo.
    fn secret(&mut self, question: &str) -> Result<Secret, CliError> {
        let question = worded(|out| SimpleTheme.format_password_prompt(out, &shown(question)));
        let read = || -> io::Result<Secret> {
            let unseen = Typing::unseen(tty()?)?;
            ask(&question)?;
            let secret = read_line(&unseen.tty);
            drop(unseen);
            if secret.is_ok() {
                tell("");
            }
            secret
        };
        read().map_err(|error| no_answer(&error))
    }
}

/// A question in dialoguer's words, without blanks at its end.
fn worded(format: impl FnOnce(&mut dyn fmt::Write) -> fmt::Result) -> String {
    let mut text = String::new();
    // A String takes everything.
    format(&mut text).ok();
    text.truncate(text.trim_end().len());
    text
}

/// Columns left for the answer after the last line of a question.
const ROOM: usize = 16;

/// Shows a question, wrapped at the terminal's width.
fn ask(question: &str) -> io::Result<()> {
    let columns = usize::from(Term::stderr().size().1);
    let mut screen = io::stderr();
    write!(screen, "{} ", wrapped(question, columns))?;
    screen.flush()
}

/// A question in lines that leave room for an answer.
fn wrapped(question: &str, columns: usize) -> String {
    let mut text = String::new();
    let columns = columns.saturating_sub(ROOM).max(2 * ROOM);
    Line::new(0, question).write(Some(columns), false, &mut text);
    text.truncate(text.trim_end().len());
    text
}

/// A failure cannot be reported anywhere.
fn tell(text: &str) {
    writeln!(io::stderr(), "{text}").ok();
}

/// What a line means as an answer to a question; `None` if it is none.
fn yes_or_no(line: &str, default: bool) -> Option<bool> {
    match line.trim().to_lowercase().as_str() {
        "" => Some(default),
        "y" | "yes" => Some(true),
        "n" | "no" => Some(false),
        _ => None,
    }
}

/// The line that the terminal returns when it is finished.
fn read_seen(mut tty: &File, interrupt: &Interrupt) -> io::Result<String> {
    let mut line = vec![0; LONGEST];
    loop {
        if interrupt.is_raised() {
            return Err(ErrorKind::Interrupted.into());
        }
        let mut waiting = [PollFd::new(tty, PollFlags::IN)];
        match poll(&mut waiting, Some(&LOOK)) {
            Ok(0) | Err(Errno::INTR) => {}
            Ok(_) => break,
            Err(error) => return Err(error.into()),
        }
    }
    let length = tty.read(&mut line)?;
    line.truncate(length);
    match line.pop() {
        Some(b'\n') => {
            String::from_utf8(line).map_err(|_| io::Error::other("the answer is not UTF-8"))
        }
        Some(_) if length == LONGEST => Err(io::Error::other("the answer is too long")),
        // Ctrl-D submits the text so far.
        _ => Err(ErrorKind::UnexpectedEof.into()),
    }
}

fn tty() -> io::Result<File> {
    OpenOptions::new().read(true).write(true).open("/dev/tty")
}

fn no_answer(error: &io::Error) -> CliError {
    match error.kind() {
        ErrorKind::Interrupted | ErrorKind::UnexpectedEof => {
            tell("");
            CliError::cancelled()
        }
        _ => CliError::failed("cannot ask at the terminal").caused_by(in_words(error)),
    }
}

/// A terminal on which an answer is typed; dropping it makes it as it was.
struct Typing {
    tty: File,
    before: Termios,
}

impl Typing {
    /// Nothing of what is typed is shown, and Ctrl-C arrives as a byte.
    fn unseen(tty: File) -> io::Result<Self> {
        Self::with(tty, OptionalActions::Flush, |modes| {
            modes.local_modes.remove(
                LocalModes::ECHO | LocalModes::ECHONL | LocalModes::ICANON | LocalModes::ISIG,
            );
            modes.special_codes[SpecialCodeIndex::VMIN] = 1;
            modes.special_codes[SpecialCodeIndex::VTIME] = 0;
        })
    }

    /// Line by line, with everything that a terminal does for somebody who types, whatever ran here before.
    fn seen(tty: File) -> io::Result<Self> {
        Self::with(tty, OptionalActions::Drain, |modes| {
            modes.input_modes.insert(InputModes::ICRNL);
            modes.local_modes.insert(
                LocalModes::ECHO
                    | LocalModes::ECHOE
                    | LocalModes::ECHOK
                    | LocalModes::ICANON
                    | LocalModes::ISIG
                    | LocalModes::IEXTEN,
            );
        })
    }

    fn with(
        tty: File,
        when: OptionalActions,
        change: impl FnOnce(&mut Termios),
    ) -> io::Result<Self> {
        let before = termios::tcgetattr(&tty)?;
        let mut modes = before.clone();
        change(&mut modes);
        termios::tcsetattr(&tty, when, &modes)?;
        Ok(Self { tty, before })
    }
}

impl Drop for Typing {
    fn drop(&mut self) {
        termios::tcsetattr(&self.tty, OptionalActions::Drain, &self.before).ok();
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
            0x04 => return Err(ErrorKind::UnexpectedEof.into()),
            b'\n' | b'\r' => break,
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
    }

    #[test]
    fn ctrl_c_and_ctrl_d_cancel_wherever_they_are_pressed() {
        assert_eq!(typed(b"ab\x03"), Err(ErrorKind::Interrupted));
        assert_eq!(typed(b"\x04"), Err(ErrorKind::UnexpectedEof));
        assert_eq!(typed(b"ab\x04\n"), Err(ErrorKind::UnexpectedEof));
        assert_eq!(typed(b"ab"), Err(ErrorKind::UnexpectedEof));
        assert_eq!(typed(&[b'x'; LONGEST + 2]), Err(ErrorKind::Other));
    }

    #[test]
    fn a_question_is_wrapped_and_leaves_room_for_the_answer() {
        let question =
            "Reason for unlocking ada@example.com (case number, how the caller was identified):";
        assert_eq!(
            wrapped(question, 80),
            "Reason for unlocking ada@example.com (case number, how the\ncaller was identified):"
        );
        for columns in 20..200 {
            let room = columns.max(48) - ROOM;
            let text = wrapped(question, columns);
            assert!(
                text.lines().all(|line| line.len() <= room),
                "{columns}\n{text}"
            );
            assert_eq!(text.replace('\n', " "), question);
        }
    }

    #[test]
    fn only_a_clear_answer_is_one() {
        for (line, answer) in [
            ("y", Some(true)),
            (" YES ", Some(true)),
            ("n", Some(false)),
            ("No", Some(false)),
            ("", Some(false)),
            ("yeah", None),
            ("case 4711", None),
        ] {
            assert_eq!(yes_or_no(line, false), answer, "{line}");
        }
        assert_eq!(yes_or_no("", true), Some(true));
    }
}
