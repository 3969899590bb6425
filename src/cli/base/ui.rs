//! The only writer to the streams.
//!
//! Results go to standard output, talk goes to standard error: [`status`](Ui::status) and [`hint`](Ui::hint) are
//! silenced by `--quiet`, [`warning`](Ui::warning) and [`error`](Ui::error) never. Every text passes through
//! [`shown`] on its way out, so that a name from the store cannot steer the terminal; only [`raw`](Ui::raw) takes
//! bytes as they are, from code that made them safe itself (JSON, CSV, man pages, QR codes).
//!
//! A reader that goes away (`admit list | head`) is no failure: the rest is dropped, and a command that changes
//! something finishes its work. Any other fault of standard output is one.

#[cfg(test)]
mod tests;

use std::io::{self, BufWriter, ErrorKind, Write};
use std::sync::{Arc, Mutex, PoisonError};

use super::colour::Role;
use super::env::{Clock, Terminal};
use super::error::{CliError, in_words};
use super::lines::{Line, headed};
use super::progress::{Progress, Stage, Talk};
use crate::cli::base::printed::{Hint, RunOptions};
use crate::domain::text::shown;

/// The operator's output options.
#[derive(Clone, Copy, Debug, Default)]
pub struct Manner {
    /// `--quiet`.
    pub quiet: bool,
    /// How often `--verbose` was given.
    pub verbose: u8,
    /// Whether standard output is coloured.
    pub colour_out: bool,
    /// Whether standard error is coloured.
    pub colour_err: bool,
}

/// The streams of one run.
pub struct Ui {
    out: BufWriter<Box<dyn Write + Send>>,
    talk: Talk,
    terminal: Terminal,
    manner: Manner,
    closed: bool,
    fault: Option<io::Error>,
    progress: Option<Progress>,
    /// The options that printed commands need to act on the same store.
    run: RunOptions,
}

impl Ui {
    /// Takes over the streams.
    pub fn new(
        stdout: Box<dyn Write + Send>,
        stderr: Box<dyn Write + Send>,
        terminal: Terminal,
        manner: Manner,
    ) -> Self {
        Self {
            out: BufWriter::with_capacity(64 * 1024, stdout),
            talk: Arc::new(Mutex::new(stderr)),
            terminal,
            manner,
            closed: false,
            fault: None,
            progress: None,
            run: RunOptions::default(),
        }
    }

    /// From now on commands in what is said have these options.
    pub(in crate::cli) fn acts_as_told(&mut self, run: RunOptions) {
        self.run = run;
    }

    /// The options that commands to paste are printed with.
    pub fn run_options(&self) -> &RunOptions {
        &self.run
    }

    /// What the streams are connected to.
    pub fn terminal(&self) -> Terminal {
        self.terminal
    }

    /// The operator's output options.
    pub fn manner(&self) -> Manner {
        self.manner
    }

    /// Whether the reader of standard output has gone, so that a list may stop early.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// A line of the result.
    pub fn line(&mut self, text: &str) -> Result<(), CliError> {
        self.painted(&[(text, Role::Plain)])
    }

    /// A line of the result in pieces, each in its role.
    pub fn painted(&mut self, pieces: &[(&str, Role)]) -> Result<(), CliError> {
        let mut line = String::new();
        for (text, role) in pieces {
            role.paint(&shown(text), self.manner.colour_out, &mut line);
        }
        line.push('\n');
        self.raw(line.as_bytes())
    }

    /// A part of the result, byte for byte. The caller has made the bytes safe for a terminal.
    pub fn raw(&mut self, bytes: &[u8]) -> Result<(), CliError> {
        if self.closed || bytes.is_empty() {
            return Ok(());
        }
        let written = match self.progress.clone().filter(Progress::is_visible) {
            Some(progress) if self.terminal.stdout => progress.hidden_while(|| {
                self.out.write_all(bytes)?;
                self.out.flush()
            }),
            _ => self.out.write_all(bytes),
        };
        self.judge(written)
    }

    /// Flushes the result so far, for rows that are watched as they come.
    pub fn flush(&mut self) -> Result<(), CliError> {
        if self.closed {
            return Ok(());
        }
        let flushed = self.out.flush();
        self.judge(flushed)
    }

    /// What is happening. Silenced by `--quiet`.
    pub fn status(&mut self, text: impl Into<Hint>) {
        if !self.manner.quiet {
            let text = self.laid(Line::new(0, text.into().print(&self.run)));
            self.talk(&text);
        }
    }

    /// What the operator may want to know at `-v` (level 1), `-vv` (2) and so on.
    pub fn verbose(&mut self, level: u8, text: &str) {
        if self.manner.verbose >= level {
            let mut line = String::new();
            Role::Dim.paint(&shown(text), self.manner.colour_err, &mut line);
            line.push('\n');
            self.talk(&line);
        }
    }

    /// Something is not as it should be. Never silenced.
    pub fn warning(&mut self, text: impl Into<Hint>) {
        let text = text.into().print(&self.run);
        let line = self.headed("warning:", Role::Warning, &text);
        self.talk(&line);
    }

    /// A line that belongs to the warning above it. Never silenced.
    pub fn detail(&mut self, text: &str) {
        let text = self.laid(Line::new(2, text).hanging(2));
        self.talk(&text);
    }

    /// What to do next. Silenced by `--quiet`.
    pub fn hint(&mut self, text: impl Into<Hint>) {
        if !self.manner.quiet {
            let text = text.into().print(&self.run);
            let line = self.headed("hint:", Role::Hint, &text);
            self.talk(&line);
        }
    }

    /// What went wrong. Never silenced.
    pub fn error(&mut self, error: &CliError) {
        let text = self.render(error);
        self.talk(&text);
    }

    /// The text that [`Ui::error`] prints.
    pub(in crate::cli) fn render(&self, error: &CliError) -> String {
        render(error, &self.run, self.manner, self.columns())
    }

    /// The text that [`Ui::hint`] prints.
    pub(in crate::cli) fn headed(&self, head: &str, role: Role, text: &str) -> String {
        self.laid(headed(head, role, text))
    }

    /// The text for standard error: wrapped at a terminal.
    fn laid(&self, line: Line) -> String {
        let mut text = String::new();
        line.write(self.columns(), self.manner.colour_err, &mut text);
        text
    }

    fn columns(&self) -> Option<usize> {
        self.terminal.stderr.then_some(self.terminal.width)
    }

    /// Writes to standard error, byte for byte. A failure cannot be reported anywhere.
    pub(in crate::cli) fn talk(&mut self, text: &str) {
        // On one terminal the two streams must not overtake each other.
        if self.terminal.stdout {
            self.flush().ok();
        }
        let talk = Arc::clone(&self.talk);
        let write = || {
            let mut stream = talk.lock().unwrap_or_else(PoisonError::into_inner);
            stream.write_all(text.as_bytes()).ok();
            stream.flush().ok();
        };
        match self.progress.clone().filter(Progress::is_visible) {
            Some(progress) => progress.hidden_while(write),
            None => write(),
        }
    }

    /// Shows how far long work is; `total` where it is known. The bar lives here, so that lines and bar do not mix.
    pub fn start_progress(
        &mut self,
        clock: Arc<dyn Clock>,
        what: &str,
        total: Option<u64>,
    ) -> Progress {
        let stage = (self.terminal.stderr && !self.manner.quiet).then(|| Stage {
            since: clock.now(),
            clock,
            talk: Arc::clone(&self.talk),
            width: self.terminal.width,
            what: what.to_owned(),
            total,
        });
        let progress = Progress::new(stage);
        self.progress = Some(progress.clone());
        progress
    }

    /// The end: everything is out, or it is said why not.
    pub fn finish(&mut self) -> Result<(), CliError> {
        if let Some(progress) = self.progress.take() {
            progress.finish();
        }
        self.flush()
    }

    fn judge(&mut self, written: io::Result<()>) -> Result<(), CliError> {
        match written {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => self.closed = true,
            Err(error) if self.fault.is_none() => self.fault = Some(error),
            _ => {}
        }
        match &self.fault {
            None => Ok(()),
            Some(error) => {
                Err(CliError::failed("cannot write to standard output").caused_by(in_words(error)))
            }
        }
    }
}

/// The error as it is printed: the only place that lays it out.
pub(in crate::cli) fn render(
    error: &CliError,
    run: &RunOptions,
    manner: Manner,
    columns: Option<usize>,
) -> String {
    let mut text = String::new();
    let mut line = |role: Role, head: &str, body: &str| {
        headed(head, role, body).write(columns, manner.colour_err, &mut text);
    };
    line(Role::Error, "error:", &error.message);
    for cause in error.causes() {
        line(Role::Dim, "Caused by:", &cause);
    }
    if let Some(hint) = error.hint_text(run).filter(|_| !manner.quiet) {
        line(Role::Hint, "hint:", &hint);
    }
    text
}

/// Makes a panic, which is always a fault of ours, say so in one line: where, but not what, since the message
/// could hold a secret. Called once, by `main`.
pub fn calm_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic
            .location()
            .map(|at| format!(" ({}:{})", at.file(), at.line()))
            .unwrap_or_default();
        let text = format!("error: internal error in admit{place}\n");
        io::stderr().write_all(text.as_bytes()).ok();
    }));
}
