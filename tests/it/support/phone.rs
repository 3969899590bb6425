//! An authenticator on somebody's phone, which has a clock of its own.

use admit::cli::base::error::CliError;
use admit::cli::base::prompt::{Answer, Prompter, Secret};
use admit::vault::{TotpSecret, step_at};
use jiff::SignedDuration;
use std::collections::VecDeque;
use std::io::{self, Read};
use std::sync::{Arc, Mutex};

use super::world::{Line, ManualClock, PASSWORD, Run, STEP, Stream, World};

/// A phone into which a secret was typed.
pub(crate) struct Phone {
    secret: TotpSecret,
    clock: ManualClock,
    /// Seconds that its clock is ahead.
    pub(crate) ahead: i64,
}

impl Phone {
    /// Types the secret that stands on a screen.
    pub(crate) fn typed(screen: &str, clock: &ManualClock) -> Self {
        let secret = secret_on(screen).unwrap_or_else(|| panic!("no secret on: {screen}"));
        Self {
            secret: TotpSecret::from_bytes(&base32(&secret)).unwrap(),
            clock: clock.clone(),
            ahead: 0,
        }
    }

    /// What it shows now.
    pub(crate) fn code(&self) -> String {
        let time = self.clock.time() + SignedDuration::from_secs(self.ahead);
        self.secret.code_at(step_at(time)).as_str().to_owned()
    }

    /// Six digits that it has not shown lately and does not show soon.
    pub(crate) fn never(&self) -> String {
        let now = step_at(self.clock.time());
        let near: Vec<_> = (-30..=30)
            .map(|off| self.secret.code_at(now + off))
            .collect();
        (0..100)
            .map(|number| format!("{number:06}"))
            .find(|code| near.iter().all(|shown| shown.as_str() != code))
            .unwrap()
    }

    /// The secret in base 32.
    pub(crate) fn base32(&self) -> String {
        self.secret.base32().as_str().to_owned()
    }

    /// The secret's bytes.
    pub(crate) fn raw(&self) -> [u8; 20] {
        *self.secret.as_bytes()
    }
}

/// The secret in groups of four behind the word on a screen, without the blanks.
fn secret_on(screen: &str) -> Option<String> {
    let line = screen
        .lines()
        .rev()
        .find_map(|line| line.strip_prefix("  Secret "))?;
    Some(line.split_whitespace().collect())
}

fn base32(text: &str) -> Vec<u8> {
    let (mut bits, mut count, mut bytes) = (0_u32, 0, Vec::new());
    for letter in text.bytes() {
        let value = match letter {
            b'A'..=b'Z' => letter - b'A',
            b'2'..=b'7' => letter - b'2' + 26,
            _ => panic!("not base 32: {text}"),
        };
        bits = bits << 5 | u32::from(value);
        count += 5;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).unwrap());
        }
    }
    bytes
}

/// The backup codes on a screen.
pub(crate) fn backup_codes(screen: &str) -> Vec<String> {
    let is_code = |word: &&str| word.len() == 29 && word.split('-').all(|group| group.len() == 4);
    let words = screen.split_whitespace().filter(is_code);
    words.map(str::to_owned).collect()
}

/// Somebody at the terminal who answers what they see: the question, and all that was printed before it.
pub(crate) trait Person: FnMut(&str, &str) -> Answer + Send + 'static {}
impl<F: FnMut(&str, &str) -> Answer + Send + 'static> Person for F {}

pub(super) struct Seeing<F> {
    pub(super) person: F,
    pub(super) screen: Stream,
    pub(super) asked: Arc<Mutex<Vec<String>>>,
}

impl<F: Person> Seeing<F> {
    fn answer(&mut self, question: &str) -> Answer {
        self.asked.lock().unwrap().push(question.to_owned());
        (self.person)(question, &self.screen.text())
    }

    fn text(&mut self, question: &str) -> Result<String, CliError> {
        match self.answer(question) {
            Answer::Text(text) => Ok(text),
            Answer::Enter => Ok(String::new()),
            Answer::Cancel => Err(CliError::cancelled()),
            other => panic!("{other:?} is no answer: {question}"),
        }
    }
}

impl<F: Person> Prompter for Seeing<F> {
    fn available(&self) -> bool {
        true
    }

    fn confirm(&mut self, question: &str, default: bool) -> Result<bool, CliError> {
        match self.answer(question) {
            Answer::Yes => Ok(true),
            Answer::No => Ok(false),
            Answer::Enter => Ok(default),
            other => panic!("{other:?} is no answer: {question}"),
        }
    }

    fn line(&mut self, question: &str) -> Result<String, CliError> {
        self.text(question)
    }

    fn secret(&mut self, question: &str) -> Result<Secret, CliError> {
        self.text(question).map(Secret::new)
    }
}

/// A program at the other end of the pipe: it writes a line when one is wanted, having read what came before.
pub(super) struct Piped<F> {
    pub(super) program: F,
    pub(super) screen: Stream,
    pub(super) lines: usize,
    pub(super) rest: VecDeque<u8>,
}

impl<F: FnMut(usize, &str) -> Option<String> + Send + 'static> Read for Piped<F> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() {
            let Some(line) = (self.program)(self.lines, &self.screen.text()) else {
                return Ok(0);
            };
            self.lines += 1;
            self.rest.extend(line.bytes());
            self.rest.push_back(b'\n');
        }
        self.rest.read(out)
    }
}

impl World {
    /// The person sets up an authenticator; gives it with its backup codes. The secret and the codes are swept for
    /// in every output and file from now on.
    pub(crate) fn with_phone(&self, address: &str, panel: &str) -> (Phone, Vec<String>) {
        let (clock, mail, to) = (self.clock(), self.mail().clone(), address.to_owned());
        let mut shown = false;
        let run = self
            .line(&format!("self 2fa {address} --show{panel}"))
            .piped_by(move |line, screen| match (line, secret_on(screen)) {
                (0, _) => Some(PASSWORD.to_owned()),
                (_, Some(_)) if shown => None,
                (_, Some(_)) => {
                    shown = true;
                    Some(Phone::typed(screen, &clock).code())
                }
                // Where codes come by mail, one is due before the secret is shown.
                (1, None) => Some("mail".to_owned()),
                (_, None) => mail.last_to(&to)?.code(),
            })
            .run();
        assert_eq!(run.code, 0, "{run}");
        self.keep(&run)
    }

    /// What a set-up printed: the phone and the codes, secret from now on.
    pub(crate) fn keep(&self, run: &Run) -> (Phone, Vec<String>) {
        let phone = Phone::typed(&run.stdout, &self.clock());
        let codes = backup_codes(&run.stdout);
        assert_eq!(codes.len(), 10, "{run}");
        self.keep_secret(&phone.base32());
        for code in &codes {
            self.keep_secret(code);
            self.keep_secret(&code.replace('-', ""));
        }
        (phone, codes)
    }

    /// Signs in with the password and a code, as a pipe.
    pub(crate) fn sign_in_with(&self, line: &str, code: &str) -> Run {
        self.pipe(
            &format!("self sign-in {line}"),
            format!("{PASSWORD}\n{code}\n"),
        )
    }

    /// Waits for the next code of the phone and signs in with it.
    pub(crate) fn enter(&self, line: &str, phone: &Phone) -> Run {
        self.advance(STEP);
        self.sign_in_with(line, &phone.code())
    }
}

impl Line<'_> {
    /// At a terminal, so wide and so high, with somebody who sees what is printed.
    pub(crate) fn person(mut self, width: usize, height: usize, person: impl Person) -> Self {
        self = self.screen(width);
        self.terminal.height = Some(height);
        let asked = Arc::new(Mutex::new(Vec::new()));
        self.seeing = Some((
            Box::new(Seeing {
                person,
                screen: self.out.clone(),
                asked: Arc::clone(&asked),
            }),
            asked,
        ));
        self
    }

    /// With a program at the other end that reads before it writes: the number of the line, and all that was printed.
    pub(crate) fn piped_by(
        mut self,
        program: impl FnMut(usize, &str) -> Option<String> + Send + 'static,
    ) -> Self {
        self.stdin = Some(Box::new(Piped {
            program,
            screen: self.out.clone(),
            lines: 0,
            rest: VecDeque::new(),
        }));
        self
    }

    /// In a locale that is not UTF-8.
    pub(crate) fn ascii(mut self) -> Self {
        self.terminal.utf8 = false;
        self
    }
}
