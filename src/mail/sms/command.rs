//! The operator's program that sends an SMS.
//!
//! It gets the number and the text on standard input: a command line and an environment can be read by others on the
//! machine. There is no shell in between, so nothing in a text is ever a command.

use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::Builder;
use std::time::Duration;

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::{TextMessage, output};
use crate::mail::receipt::{DeliveryFault, Receipt};
use crate::vault::Secret;

/// Between the friendly signal and the one that nobody can ignore.
const GRACE: Duration = Duration::from_millis(500);
/// The exit code of a program that may be asked again later (sysexits.h, `EX_TEMPFAIL`).
const TRY_AGAIN: i32 = 75;

/// A program that takes one SMS at a time.
///
/// Exit code 0 means that it took the SMS, 75 that it may be asked again, everything else that it never will.
#[derive(Clone, Debug)]
pub struct SmsCommand {
    program: PathBuf,
    arguments: Vec<OsString>,
    limit: Duration,
    environment: Vec<(String, String)>,
}

/// How a run ended.
struct End {
    /// `None` where nobody could see it.
    status: Option<ExitStatus>,
    late: bool,
    output: Secret<Vec<u8>>,
}

impl SmsCommand {
    /// `program` (absolute) is run with these arguments and this environment, and for no longer than `limit`.
    pub fn new<A: Into<OsString>>(
        program: impl Into<PathBuf>,
        arguments: impl IntoIterator<Item = A>,
        limit: Duration,
        environment: Vec<(String, String)>,
    ) -> Self {
        Self {
            program: program.into(),
            arguments: arguments.into_iter().map(Into::into).collect(),
            limit,
            environment,
        }
    }

    /// The program.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// No SMS takes longer.
    pub fn longest(&self) -> Duration {
        self.limit + 2 * GRACE
    }

    /// Hands one SMS over.
    ///
    /// # Errors
    /// It was not taken; the fault says whether it may be tried again, and never repeats the code.
    pub fn send(&self, message: &TextMessage) -> Result<Receipt, DeliveryFault> {
        let end = self.run(&message.to_bytes())?;
        let said = output::in_words(end.output.expose(), message.code.as_ref());
        let code = match end.status {
            Some(status) if !end.late => status.code().ok_or(status.signal()),
            _ => Err(None),
        };
        let with = |detail: String| match &said {
            Some(said) => format!("{detail}: {said}"),
            None => detail,
        };
        let (retry, detail) = match code {
            Ok(0) => {
                return Ok(Receipt {
                    detail: with(format!("handed to {}", self.program.display())),
                    leaves: true,
                });
            }
            Ok(code) => {
                let said = said.as_ref().map_or_else(
                    || "the SMS command said nothing".to_owned(),
                    |said| format!("the SMS command said: {said}"),
                );
                (code == TRY_AGAIN, format!("{said} (exit {code})"))
            }
            Err(_) if end.late => (
                true,
                with(format!(
                    "the SMS command was ended, as it took longer than {} s",
                    self.limit.as_secs()
                )),
            ),
            // Somebody ended it, or the memory was short: neither is the SMS's fault.
            Err(Some(signal)) => (
                true,
                with(format!("the SMS command was ended by signal {signal}")),
            ),
            Err(None) => (
                true,
                with("what became of the SMS command is not known".to_owned()),
            ),
        };
        Err(DeliveryFault { retry, detail })
    }

    fn run(&self, input: &Secret<Vec<u8>>) -> Result<End, DeliveryFault> {
        let passing = |error: io::Error| passing(&error);
        let (heard, spoken) = io::pipe().map_err(passing)?;
        let (awake, wake) = io::pipe().map_err(passing)?;
        let mut child = self.start(spoken)?;
        if let Some(mut stdin) = child.stdin.take() {
            // It fits into the pipe, so this waits for nobody. A program that closes its input does not want it; its
            // exit code tells what that means.
            stdin.write_all(input.as_bytes()).ok();
        }
        let (told, news) = channel();
        std::thread::scope(|threads| {
            let id = Pid::from_child(&child);
            let watch = move || watch(id, told);
            let listen = || output::read(&heard, &awake);
            let threads = Builder::new().spawn_scoped(threads, watch).and_then(|_| {
                let listening = Builder::new().spawn_scoped(threads, listen)?;
                Ok(listening)
            });
            let listening = match threads {
                Ok(listening) => listening,
                Err(error) => {
                    end_group(id, Signal::KILL);
                    child.wait().ok();
                    return Err(passing(error));
                }
            };
            let late = !ends_within(&news, self.limit);
            if late {
                end_group(id, Signal::TERM);
                ends_within(&news, GRACE);
                // Also where the first has ended: its children may be deaf.
                end_group(id, Signal::KILL);
            }
            let status = child.wait().ok();
            drop(wake);
            let output = listening.join().unwrap_or_else(|_| Secret::new(Vec::new()));
            Ok(End {
                status,
                late,
                output,
            })
        })
    }

    /// The writing end of the pipe is closed here when this returns, and its end is seen when the program's is.
    fn start(&self, spoken: io::PipeWriter) -> Result<Child, DeliveryFault> {
        let twin = spoken.try_clone().map_err(|error| passing(&error))?;
        let mut command = Command::new(&self.program);
        command
            .args(&self.arguments)
            // What a panel or a shell has in its environment is not for other programs. PATH, LANG and HOME are what a
            // script finds its tools, its language and its own settings by.
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir("/")
            // A group of its own: what it starts can be ended with it, and Ctrl-C does not cut it off half-way.
            .process_group(0)
            .stdin(Stdio::piped())
            .stdout(spoken)
            .stderr(twin);
        command.spawn().map_err(|error| self.not_started(&error))
    }

    fn not_started(&self, error: &io::Error) -> DeliveryFault {
        if is_passing(error) {
            return passing(error);
        }
        let why = match error.kind() {
            ErrorKind::NotFound if self.program.exists() => {
                "the interpreter that its first line names is not there".to_owned()
            }
            ErrorKind::NotFound | ErrorKind::NotADirectory => "there is no such file".to_owned(),
            ErrorKind::PermissionDenied => {
                "it may not be run; `chmod +x` may be missing".to_owned()
            }
            _ if error.raw_os_error() == Some(Errno::NOEXEC.raw_os_error()) => {
                "it is no program, or a script without a first line such as #!/bin/sh".to_owned()
            }
            _ => in_words(error),
        };
        DeliveryFault {
            retry: false,
            detail: format!(
                "cannot run the SMS command {}: {why}; `admit config show` tells where sms.command was set",
                self.program.display()
            ),
        }
    }
}

/// Tells when the process has ended, and leaves it to be waited for: until then its number, and that of its group, is
/// nobody else's.
fn watch(id: Pid, told: Sender<()>) {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
    while matches!(waitid(WaitId::Pid(id), options), Err(Errno::INTR)) {}
    // Nobody listens any more where the time was up.
    told.send(()).ok();
}

fn ends_within(news: &Receiver<()>, time: Duration) -> bool {
    news.recv_timeout(time) != Err(RecvTimeoutError::Timeout)
}

fn end_group(id: Pid, signal: Signal) {
    // Gone already is as good.
    kill_process_group(id, signal).ok();
}

fn is_passing(error: &io::Error) -> bool {
    let raw = error.raw_os_error().map(Errno::from_raw_os_error);
    matches!(
        raw,
        Some(
            Errno::AGAIN
                | Errno::INTR
                | Errno::NOMEM
                | Errno::MFILE
                | Errno::NFILE
                | Errno::TXTBSY
                | Errno::IO
        )
    )
}

fn passing(error: &io::Error) -> DeliveryFault {
    DeliveryFault {
        retry: true,
        detail: format!("the SMS command cannot be started now: {}", in_words(error)),
    }
}

/// The system's words without its number.
fn in_words(error: &io::Error) -> String {
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or_default();
    words.to_owned()
}
