//! Programs of the operator: started without a shell, fed, heard, and ended when they take too long.

use std::ffi::OsString;
use std::io::{self, ErrorKind, Write};
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::Builder;
use std::time::Duration;

use rustix::io::Errno;
use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process_group, waitid};

use super::delivery_receipt::DeliveryFault;
use super::sms::output;
use crate::files::trust;
use crate::vault::Secret;

/// Between the friendly signal and the one that nobody can ignore.
const GRACE: Duration = Duration::from_millis(500);

/// A program with its arguments, and what it is for.
#[derive(Clone, Debug)]
pub(super) struct Program {
    /// In words: "SMS command".
    pub(super) purpose: &'static str,
    /// The setting that names it.
    pub(super) setting: &'static str,
    /// Its path, absolute.
    pub(super) path: PathBuf,
    /// Its arguments, seen by everybody on the machine.
    pub(super) arguments: Vec<OsString>,
    /// It runs no longer.
    pub(super) limit: Duration,
    /// All that it gets of the environment.
    pub(super) environment: Vec<(String, String)>,
    /// Whether what it says on standard error counts as well; else nobody hears it.
    pub(super) hears_errors: bool,
}

/// How a run ended.
pub(super) struct End {
    /// `None` where nobody could see it.
    pub(super) status: Option<ExitStatus>,
    /// Whether it was ended because its time was up.
    pub(super) late: bool,
    /// What it said, as far as it is kept.
    pub(super) output: Secret<Vec<u8>>,
}

impl Program {
    /// No run takes longer.
    pub(super) fn longest(&self) -> Duration {
        self.limit + 2 * GRACE
    }

    /// Starts it, gives it `input`, and waits for its end.
    ///
    /// # Errors
    /// It could not be started.
    pub(super) fn run(&self, input: &Secret<Vec<u8>>) -> Result<End, DeliveryFault> {
        let passing = |error: io::Error| self.passing(&error);
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
        trust::named(&self.path).map_err(|why| DeliveryFault {
            retry: false,
            detail: format!("the {} is not run: {why}; {}", self.purpose, why.hint()),
        })?;
        let errors = if self.hears_errors {
            let twin = spoken.try_clone();
            Stdio::from(twin.map_err(|error| self.passing(&error))?)
        } else {
            Stdio::null()
        };
        let mut command = Command::new(&self.path);
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
            .stderr(errors);
        command.spawn().map_err(|error| self.not_started(&error))
    }

    fn not_started(&self, error: &io::Error) -> DeliveryFault {
        if is_passing(error) {
            return self.passing(error);
        }
        let why = match error.kind() {
            ErrorKind::NotFound if self.path.exists() => {
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
                "cannot run the {} {}, as set by {}: {why}",
                self.purpose,
                self.path.display(),
                self.setting
            ),
        }
    }

    fn passing(&self, error: &io::Error) -> DeliveryFault {
        DeliveryFault {
            retry: true,
            detail: format!(
                "the {} cannot be started now: {}",
                self.purpose,
                in_words(error)
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

/// The system's words without its number.
fn in_words(error: &io::Error) -> String {
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or_default();
    words.to_owned()
}
