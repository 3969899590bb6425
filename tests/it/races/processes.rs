//! Processes that are started, written to, awaited and killed, one or many at once.

use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::Barrier;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;

use super::PATIENCE;

/// A process that answers lines with lines. It is killed when it is dropped.
pub(crate) struct Process {
    pub(crate) child: Child,
    pub(crate) input: Option<ChildStdin>,
    lines: Receiver<String>,
}

impl Process {
    pub(crate) fn start(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        let output = BufReader::new(child.stdout.take().unwrap());
        let (sender, lines) = channel();
        thread::spawn(move || {
            for line in output.lines().map_while(Result::ok) {
                if sender.send(line).is_err() {
                    return;
                }
            }
        });
        Self {
            child,
            input,
            lines,
        }
    }

    /// One whose output nobody reads.
    pub(crate) fn unheard(command: &mut Command) -> Self {
        let mut child = command
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let input = child.stdin.take();
        Self {
            child,
            input,
            lines: channel().1,
        }
    }

    pub(crate) fn write(&mut self, text: &str) {
        let input = self.input.as_mut().unwrap();
        input
            .write_all(text.as_bytes())
            .and_then(|()| input.flush())
            .unwrap();
    }

    pub(crate) fn line(&self) -> String {
        self.lines.recv_timeout(PATIENCE).expect("no answer came")
    }

    pub(crate) fn answer(&self) -> Value {
        serde_json::from_str(&self.line()).unwrap()
    }

    /// Ends it by a signal, and waits until it is gone.
    pub(crate) fn signal(mut self, signal: Signal) {
        let pid = Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        kill_process(pid, signal).unwrap();
        awaited(&mut self.child);
    }

    /// Ends the input and waits for the process.
    pub(crate) fn end(mut self) -> ExitStatus {
        drop(self.input.take());
        awaited(&mut self.child)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

/// Waits for a child, and kills it if that takes too long.
fn awaited(child: &mut Child) -> ExitStatus {
    let start = Instant::now();
    loop {
        if let Some(status) = child.try_wait().unwrap() {
            return status;
        }
        if start.elapsed() > PATIENCE {
            child.kill().ok();
            child.wait().ok();
            panic!("a process did not end");
        }
        thread::sleep(Duration::from_millis(1));
    }
}

/// What a command that ran to its end left.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|_| panic!("{self:?}"))
    }
}

/// Runs a command to its end.
pub(crate) fn ran(command: &mut Command, input: &str) -> Ran {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // One that has ended already reads nothing.
    child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
    let out = slurp(child.stdout.take().unwrap());
    let err = slurp(child.stderr.take().unwrap());
    let code = awaited(&mut child).code();
    Ran {
        code,
        out: out.join().unwrap(),
        err: err.join().unwrap(),
    }
}

fn slurp(mut from: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = String::new();
        from.read_to_string(&mut text).unwrap();
        text
    })
}

/// Writes to every process at once.
pub(crate) fn at_once(processes: &mut [Process], texts: &[String]) {
    assert_eq!(processes.len(), texts.len());
    let barrier = Barrier::new(texts.len());
    thread::scope(|threads| {
        for (process, text) in processes.iter_mut().zip(texts) {
            let barrier = &barrier;
            threads.spawn(move || {
                barrier.wait();
                process.write(text);
            });
        }
    });
}

/// Runs commands at once, each after its own pause, with its own input.
pub(crate) fn run_at_once(commands: Vec<(Command, &str, Duration)>) -> Vec<Ran> {
    let barrier = Barrier::new(commands.len());
    thread::scope(|threads| {
        let running: Vec<_> = commands
            .into_iter()
            .map(|(mut command, input, pause)| {
                let barrier = &barrier;
                threads.spawn(move || {
                    barrier.wait();
                    thread::sleep(pause);
                    ran(&mut command, input)
                })
            })
            .collect();
        running
            .into_iter()
            .map(|thread| thread.join().unwrap())
            .collect()
    })
}
