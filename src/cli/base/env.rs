//! Everything a command may know of the world: streams, clock, variables, who is asking.
//!
//! It is built once, by [`Env::real`] in `main` or field by field in a test, and handed down. This file is the
//! only one that reads the clock, the arguments or the process environment; `clippy.toml` sees to that.

mod identity;
mod zone;

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use jiff::tz::TimeZone;

pub use self::identity::OperatorName;
use super::interrupt::Interrupt;
use super::prompt::{NoPrompter, Prompter, TerminalPrompter};
use super::rights;
use crate::mail::Mailbox;
use crate::vault::Entropy;

/// The variables that are read besides every `ADMIT_*`. Others are never read.
const VARIABLES: &[&str] = &[
    "HOME",
    "PATH",
    "XDG_CONFIG_HOME",
    "XDG_DATA_HOME",
    "XDG_RUNTIME_DIR",
    "NO_COLOR",
    "CLICOLOR",
    "CLICOLOR_FORCE",
    "TERM",
    "COLUMNS",
    "TZ",
    "LANG",
    "LC_ALL",
    "LC_CTYPE",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "CREDENTIALS_DIRECTORY",
    "LISTEN_FDNAMES",
    "NOTIFY_SOCKET",
    "WATCHDOG_PID",
    "WATCHDOG_USEC",
    "PGUSER",
    "PGPASSFILE",
];

/// The system-wide configuration file.
pub const SYSTEM_CONFIG: &str = "/etc/admit/config.toml";

/// The world as one run sees it. All fields are public so that a test can build its own.
pub struct Env {
    /// Data for the command (`--from -`, `gate`); never used for questions.
    pub stdin: Box<dyn Read + Send>,
    /// The stream for results.
    pub stdout: Box<dyn Write + Send>,
    /// The stream for everything else.
    pub stderr: Box<dyn Write + Send>,
    /// What the three streams are connected to.
    pub terminal: Terminal,
    /// Tells the time and waits.
    pub clock: Arc<dyn Clock>,
    /// The source of randomness.
    pub entropy: Entropy,
    /// `ADMIT_*` and the few other variables that matter.
    pub vars: BTreeMap<String, String>,
    /// The operator, according to the operating system.
    pub operator: OperatorName,
    /// The zone in which times are shown and bare dates are meant.
    pub tz: TimeZone,
    /// Asks questions, if there is anybody to ask.
    pub prompter: Box<dyn Prompter>,
    /// Ctrl-C.
    pub interrupt: Interrupt,
    /// The system-wide configuration file; another one only in tests.
    pub system_config: PathBuf,
    /// Takes the mail instead of the configured transport; only in tests.
    pub mailbox: Option<Mailbox>,
}

/// What the streams are connected to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terminal {
    /// Whether standard input is a terminal.
    pub stdin: bool,
    /// Whether standard output is a terminal.
    pub stdout: bool,
    /// Whether standard error is a terminal.
    pub stderr: bool,
    /// Columns of the terminal; 80 where nothing is known.
    pub width: usize,
    /// Rows of the terminal, if they are known.
    pub height: Option<usize>,
    /// Whether the locale is UTF-8, so that `→` and half blocks may be drawn.
    pub utf8: bool,
}

/// Time as a capability. A command reads `now` once and hands it down.
pub trait Clock: Send + Sync {
    /// The present, to the millisecond: as exact as the store keeps it.
    fn now(&self) -> Timestamp;
    /// The time that has passed since some starting point. It advances evenly, whoever sets the clock.
    fn elapsed(&self) -> Duration;
    /// Waits.
    fn pause(&self, time: Duration);
}

/// The machine's clock.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one clock of the program"
    )]
    fn now(&self) -> Timestamp {
        let now = Timestamp::now();
        Timestamp::from_millisecond(now.as_millisecond()).unwrap_or(now)
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one clock of the program"
    )]
    fn elapsed(&self) -> Duration {
        static BEGINNING: OnceLock<Instant> = OnceLock::new();
        BEGINNING.get_or_init(Instant::now).elapsed()
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "this is the one place that waits"
    )]
    fn pause(&self, time: Duration) {
        std::thread::sleep(time);
    }
}

impl Env {
    /// The real world.
    ///
    /// `HOME` falls back to the user database, since the programs that call `gate` often hand over none. With
    /// borrowed rights (set-user-ID, set-group-ID, file capabilities) the caller's variables are not believed at all.
    pub fn real() -> Self {
        let mut vars = if rights::are_borrowed() {
            // `TMPDIR` is read by a crate: what is put there for a moment does not go where the caller says.
            tempfile::env::override_temp_dir(Path::new("/tmp")).ok();
            BTreeMap::new()
        } else {
            variables()
        };
        if vars.get("HOME").is_none_or(String::is_empty)
            && let Some(home) = identity::home()
        {
            vars.insert("HOME".into(), home);
        }
        let terminal = Terminal::detect(&vars);
        let interrupt = Interrupt::of_process();
        let prompter: Box<dyn Prompter> = if terminal.stderr {
            Box::new(TerminalPrompter::new(interrupt.clone()))
        } else {
            Box::new(NoPrompter)
        };
        let tz = zone::here(
            vars.get("TZ")
                .map(String::as_str)
                .filter(|tz| !tz.is_empty()),
        );
        Self {
            stdin: Box::new(io::stdin()),
            stdout: Box::new(io::stdout()),
            stderr: Box::new(io::stderr()),
            terminal,
            clock: Arc::new(SystemClock),
            mailbox: None,
            entropy: Entropy::os(),
            vars,
            operator: OperatorName::of_process(),
            tz,
            prompter,
            interrupt,
            system_config: SYSTEM_CONFIG.into(),
        }
    }
}

impl Terminal {
    fn detect(vars: &BTreeMap<String, String>) -> Self {
        let columns = || vars.get("COLUMNS").and_then(|v| v.parse().ok());
        let size = terminal_size::terminal_size_of(io::stdout())
            .or_else(|| terminal_size::terminal_size_of(io::stderr()));
        let height = size
            .map(|(_, height)| usize::from(height.0))
            .filter(|&height| height > 0);
        let width = size
            .map(|(width, _)| usize::from(width.0))
            .filter(|&width| width > 0)
            .or_else(columns)
            .unwrap_or(80);
        Self {
            stdin: io::stdin().is_terminal(),
            stdout: io::stdout().is_terminal(),
            stderr: io::stderr().is_terminal(),
            width,
            height,
            utf8: is_utf8(vars),
        }
    }
}

/// Whether the locale, found as POSIX finds it, is UTF-8.
fn is_utf8(vars: &BTreeMap<String, String>) -> bool {
    ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| vars.get(*name).filter(|value| !value.is_empty()))
        .is_some_and(|locale| {
            let locale = locale.to_ascii_lowercase();
            locale.contains("utf-8") || locale.contains("utf8")
        })
}

fn variables() -> BTreeMap<String, String> {
    std::env::vars_os()
        .filter_map(|(name, value)| {
            let name = name.into_string().ok()?;
            let wanted = name.starts_with("ADMIT_") || VARIABLES.contains(&name.as_str());
            wanted.then(|| (name, value.to_string_lossy().into_owned()))
        })
        .collect()
}

/// The arguments of the process, its own name first.
#[expect(
    clippy::disallowed_methods,
    reason = "main has no other way to get at them"
)]
pub fn arguments() -> Vec<OsString> {
    std::env::args_os().collect()
}

/// The shell that asks for completions (`COMPLETE` is set). See [`crate::cli::completion`].
#[expect(
    clippy::disallowed_methods,
    reason = "the environment is read here, once"
)]
pub(in crate::cli) fn completion_shell() -> Option<String> {
    let shell = std::env::var("COMPLETE").ok()?;
    Some(shell).filter(|shell| !shell.is_empty() && shell != "0")
}

/// The variables that matter, for completion, which has no [`Env`]. `HOME` falls back to nothing: silence.
pub(in crate::cli) fn completion_variables() -> BTreeMap<String, String> {
    if rights::are_borrowed() {
        BTreeMap::new()
    } else {
        variables()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_locale_is_found_as_posix_finds_it() {
        let vars = |pairs: &[(&str, &str)]| {
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect::<BTreeMap<_, _>>()
        };
        assert!(is_utf8(&vars(&[("LANG", "de_DE.UTF-8")])));
        assert!(is_utf8(&vars(&[("LC_ALL", ""), ("LANG", "C.utf8")])));
        assert!(!is_utf8(&vars(&[("LC_ALL", "C"), ("LANG", "de_DE.UTF-8")])));
        assert!(!is_utf8(&vars(&[])));
    }

    #[test]
    fn the_clock_is_exact_to_the_millisecond() {
        let now = SystemClock.now();
        assert_eq!(now.as_nanosecond() % 1_000_000, 0);
    }
}
