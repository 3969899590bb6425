//! Programs configured by the operator: started without a shell, given input, read, and stopped when they
//! take too long.

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

/// Time between SIGTERM and SIGKILL.
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
    /// Its arguments, which everybody on the machine can see.
    pub(super) arguments: Vec<OsString>,
    /// How long it may run.
    pub(super) limit: Duration,
    /// The only environment variables it gets.
    pub(super) environment: Vec<(String, String)>,
    /// Whether its standard error is read as well; otherwise it is discarded.
    pub(super) hears_errors: bool,
}

/// How a run ended.
pub(super) struct End {
    /// `None` if it could not be determined.
    pub(super) status: Option<ExitStatus>,
    /// Whether it was stopped because it took too long.
    pub(super) late: bool,
    /// Its output, up to the limit.
    pub(super) output: Secret<Vec<u8>>,
}

impl Program {
    /// The longest a run may take.
    pub(super) fn longest(&self) -> Duration {
        self.limit + 2 * GRACE
    }

    /// Starts it, gives it `input`, and waits until it ends.
    ///
    /// # Errors
    /// It could not be started.
    pub(super) fn run(&self, input: &Secret<Vec<u8>>) -> Result<End, DeliveryFault> {
        let passing = |error: io::Error| self.passing(&error);
        let (heard, spoken) = io::pipe().map_err(passing)?;
        let (awake, wake) = io::pipe().map_err(passing)?;
        let mut child = self.start(spoken)?;
        if let Some(mut stdin) = child.stdin.take() {
            // It fits into the pipe, so this never blocks. A program that closes its input does not want it;
            // its exit code says what that means.
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
                // Also if the process has ended: its children may ignore signals.
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

    /// The write end of the pipe is closed here on return, so its end is seen when the program ends.
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
            // The environment of a panel or a shell is not passed on. Scripts need PATH, LANG and HOME to
            // find their tools, their language and their settings.
            .env_clear()
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .current_dir("/")
            // A process group of its own: everything it starts can be stopped with it, and Ctrl-C does not
            // interrupt it half-way.
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
                "the interpreter named in its first line does not exist".to_owned()
            }
            ErrorKind::NotFound | ErrorKind::NotADirectory => "the file does not exist".to_owned(),
            ErrorKind::PermissionDenied => "it is not executable; run `chmod +x` on it".to_owned(),
            _ if error.raw_os_error() == Some(Errno::NOEXEC.raw_os_error()) => {
                "it is not a program, or a script without a first line such as #!/bin/sh".to_owned()
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
            detail: format!("cannot start the {} now: {}", self.purpose, in_words(error)),
        }
    }
}

/// Reports when the process has ended, and leaves it to be reaped: until then its id, and that of its group,
/// cannot be reused.
fn watch(id: Pid, told: Sender<()>) {
    let options = WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
    while matches!(waitid(WaitId::Pid(id), options), Err(Errno::INTR)) {}
    // After a timeout nobody is listening.
    told.send(()).ok();
}

fn ends_within(news: &Receiver<()>, time: Duration) -> bool {
    news.recv_timeout(time) != Err(RecvTimeoutError::Timeout)
}

fn end_group(id: Pid, signal: Signal) {
    // It may have ended already.
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

/// The system's message without its number.
fn in_words(error: &io::Error) -> String {
    let text = error.to_string();
    let words = text.split(" (os error").next().unwrap_or_default();
    words.to_owned()
}
