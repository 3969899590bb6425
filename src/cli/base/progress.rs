//! A progress bar: only at a terminal, only without `--quiet`, and only for work that lasts.

use std::fmt;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle, TermLike};
use jiff::Timestamp;

use super::env::Clock;

/// Work that lasts less than this shows no bar.
const PATIENCE_MS: i64 = 300;
/// Columns that a bar leaves free: the terminal echoes `^C` after it, and wrapped text cannot be erased.
const ECHO: usize = 5;
/// A bar is not drawn more often: a slow terminal would hold up the work.
const TIMES_A_SECOND: u8 = 20;

/// Standard error, shared with the progress bar.
pub(in crate::cli) type Talk = Arc<Mutex<Box<dyn Write + Send>>>;

/// A handle on the bar; clones share it, so that a callback can tick while the command writes.
#[derive(Clone)]
pub struct Progress {
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    /// None where no bar may be drawn.
    stage: Option<Stage>,
    bar: Option<ProgressBar>,
    done: u64,
}

/// Where a bar is drawn, and for what work.
pub(super) struct Stage {
    pub(super) clock: Arc<dyn Clock>,
    pub(super) since: Timestamp,
    pub(super) talk: Talk,
    pub(super) width: usize,
    pub(super) what: String,
    pub(super) total: Option<u64>,
}

impl Progress {
    /// Starts counting; without a stage nothing is drawn.
    pub(super) fn new(stage: Option<Stage>) -> Self {
        Self {
            inner: Arc::new(Mutex::new(Inner {
                stage,
                bar: None,
                done: 0,
            })),
        }
    }

    /// So many more are done.
    pub fn tick(&self, n: u64) {
        self.with(|inner| {
            inner.done += n;
            if let Some(bar) = &inner.bar {
                bar.set_position(inner.done);
            } else if let Some(stage) = &inner.stage
                && stage.clock.now().as_millisecond() - stage.since.as_millisecond() > PATIENCE_MS
            {
                inner.bar = Some(stage.raise_curtain(inner.done));
            }
        });
    }

    /// Whether the bar has been drawn.
    pub fn is_visible(&self) -> bool {
        self.with(|inner| inner.bar.is_some())
    }

    /// The work has ended: removes the bar.
    pub fn finish(&self) {
        self.with(|inner| {
            inner.stage = None;
            if let Some(bar) = inner.bar.take() {
                bar.finish_and_clear();
            }
        });
    }

    /// Takes the bar off the screen while something else is written.
    pub(in crate::cli) fn hidden_while<T>(&self, write: impl FnOnce() -> T) -> T {
        match self.with(|inner| inner.bar.clone()) {
            Some(bar) => bar.suspend(write),
            None => write(),
        }
    }

    fn with<T>(&self, f: impl FnOnce(&mut Inner) -> T) -> T {
        f(&mut self.inner.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Stage {
    fn raise_curtain(&self, done: u64) -> ProgressBar {
        let screen = Screen {
            talk: Arc::clone(&self.talk),
            width: u16::try_from(self.width.saturating_sub(ECHO)).unwrap_or(u16::MAX),
        };
        let target = ProgressDrawTarget::term_like_with_hz(Box::new(screen), TIMES_A_SECOND);
        let bar = ProgressBar::with_draw_target(self.total, target);
        let template = match self.total {
            Some(_) => "{msg} [{bar:20}] {pos}/{len} {eta}",
            None => "{msg} {pos}",
        };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> "));
        }
        bar.set_message(self.what.clone());
        bar.set_position(done);
        bar.tick();
        bar
    }
}

/// Our standard error, as indicatif wants to see it.
struct Screen {
    talk: Talk,
    width: u16,
}

impl Screen {
    fn write(&self, text: &str) -> io::Result<()> {
        let mut stream = self.talk.lock().unwrap_or_else(PoisonError::into_inner);
        stream.write_all(text.as_bytes())
    }

    fn go(&self, n: usize, letter: char) -> io::Result<()> {
        if n == 0 {
            return Ok(());
        }
        self.write(&format!("\x1b[{n}{letter}"))
    }
}

impl fmt::Debug for Screen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Screen")
    }
}

impl TermLike for Screen {
    fn width(&self) -> u16 {
        self.width
    }
    fn move_cursor_up(&self, n: usize) -> io::Result<()> {
        self.go(n, 'A')
    }
    fn move_cursor_down(&self, n: usize) -> io::Result<()> {
        self.go(n, 'B')
    }
    fn move_cursor_right(&self, n: usize) -> io::Result<()> {
        self.go(n, 'C')
    }
    fn move_cursor_left(&self, n: usize) -> io::Result<()> {
        self.go(n, 'D')
    }
    fn write_line(&self, s: &str) -> io::Result<()> {
        self.write(&format!("{s}\n"))
    }
    fn write_str(&self, s: &str) -> io::Result<()> {
        self.write(s)
    }
    fn clear_line(&self) -> io::Result<()> {
        self.write("\r\x1b[2K")
    }
    fn flush(&self) -> io::Result<()> {
        let mut stream = self.talk.lock().unwrap_or_else(PoisonError::into_inner);
        stream.flush()
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::cli::base::ui::{Manner, Ui};
    use crate::cli::testing::{ManualClock, Stream, terminal};

    fn after(wait_ms: u64, at_terminal: bool, quiet: bool) -> String {
        let err = Stream::default();
        let clock = Arc::new(ManualClock::default());
        let manner = Manner {
            quiet,
            ..Manner::default()
        };
        let mut ui = Ui::new(
            Box::new(io::sink()),
            Box::new(err.clone()),
            terminal(at_terminal),
            manner,
        );
        let progress = ui.start_progress(clock.clone(), "inviting", Some(10));
        clock.pause(Duration::from_millis(wait_ms));
        progress.tick(3);
        let text = err.text();
        progress.finish();
        text
    }

    #[test]
    fn a_bar_is_drawn_only_for_work_that_lasts_at_a_terminal() {
        assert!(after(301, true, false).contains("3/10"));
        assert_eq!(after(300, true, false), "");
        assert_eq!(after(301, false, false), "");
        assert_eq!(after(301, true, true), "");
    }

    #[test]
    fn a_bar_leaves_room_for_what_the_terminal_echoes() {
        let err = Stream::default();
        let clock = Arc::new(ManualClock::default());
        let mut ui = Ui::new(
            Box::new(io::sink()),
            Box::new(err.clone()),
            terminal(true),
            Manner::default(),
        );
        let progress = ui.start_progress(clock.clone(), "inviting", Some(10));
        clock.pause(Duration::from_secs(1));
        progress.tick(3);
        let drawn = err.text();
        let first = drawn.split('\r').next().unwrap_or_default();
        assert!(first.contains("/10"), "{drawn:?}");
        assert!(first.len() + ECHO <= terminal(true).width, "{drawn:?}");
    }

    #[test]
    fn lines_are_written_while_the_bar_is_away() {
        let err = Stream::default();
        let clock = Arc::new(ManualClock::default());
        let mut ui = Ui::new(
            Box::new(io::sink()),
            Box::new(err.clone()),
            terminal(true),
            Manner::default(),
        );
        let progress = ui.start_progress(clock.clone(), "inviting", Some(10));
        clock.pause(Duration::from_secs(1));
        progress.tick(3);
        ui.warning("odd");
        ui.finish().unwrap();
        assert!(
            err.text().contains("\x1b[2Kwarning: odd\n"),
            "{:?}",
            err.text()
        );
        assert!(!progress.is_visible());
    }
}
