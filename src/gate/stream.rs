//! `admit gate stream`: one request per line, for a long-running panel.
//!
//! One thread reads and hands each request to its lane (`lanes`); one more sends mail. An answer is
//! written as soon as it is complete, so answers may come in another order than the requests; the `id` says which
//! request they belong to.
//!
//! Memory is limited: so many requests wait and no more, and while nobody reads the answers nothing is read either,
//! because whoever answers waits for the pipe: a worker, and for what is refused at once the reader itself.

use std::io::{Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::sync_channel;
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, Scope as Threads};

use serde_json::Value;

use super::lanes::{Job, Lanes};
use super::lines::{Lines, RawLine};
use super::parse::{Line, id_in};
use super::post::send_mail;
use super::{Answer, BadRequest, GateContext, Request, Verdict, internal_error};
use crate::ops::deliver::Mailer;

/// The pipe to the panel.
struct Pipe<'a> {
    output: Mutex<&'a mut (dyn Write + Send)>,
    /// The answers can no longer be written.
    closed: AtomicBool,
}

/// Answers until the input ends, then finishes the running requests, and returns the exit code: 0 at the end
/// of the input, 111 if the answers could not be written, the input could not be read, or no thread could be
/// started. As many passwords as there are `workers` are hashed at once.
pub fn serve(
    input: &mut dyn Read,
    output: &mut (dyn Write + Send),
    gate: &GateContext<'_>,
    mailer: Option<&Mailer>,
    workers: usize,
) -> u8 {
    let pipe = Pipe {
        output: Mutex::new(output),
        closed: AtomicBool::new(false),
    };
    let lanes = Lanes::new(gate, workers, &pipe.closed);
    let all_read = std::thread::scope(|threads| {
        let all_read = start(threads, &lanes, gate, mailer) && read(&lanes, input, &pipe, gate);
        lanes.close();
        all_read
    });
    if all_read && !lanes.has_given_up() {
        Verdict::Yes.exit_code()
    } else {
        Verdict::CannotTell.exit_code()
    }
}

/// Starts the lanes, and the one who sends mail.
pub(super) fn start<'t>(
    threads: &'t Threads<'t, '_>,
    lanes: &'t Lanes<'_>,
    gate: &'t GateContext<'_>,
    mailer: Option<&'t Mailer>,
) -> bool {
    let bell = mailer.and_then(|mailer| {
        // One signal is kept while the mailer is busy; more would add nothing.
        let (bell, rings) = sync_channel(1);
        let round = move || send_mail(gate, lanes, mailer, &rings);
        let started = Builder::new().spawn_scoped(threads, round);
        started.ok().map(|_| bell)
    });
    lanes.start(threads, bell.as_ref())
}

/// Reads requests until the input ends, or nobody hears the answers. False if it cannot be read.
fn read<'a>(
    lanes: &Lanes<'a>,
    input: &mut dyn Read,
    pipe: &'a Pipe<'_>,
    gate: &GateContext<'_>,
) -> bool {
    let mut lines = Lines::of(input);
    loop {
        match lines.next() {
            _ if lanes.has_given_up() => return true,
            Ok(None) => return true,
            Ok(Some(line)) => {
                let (id, request) = parsed(gate.panel, &line);
                match request {
                    Ok(request) => {
                        let reply = Box::new(move |answer: &Answer| pipe.tell(answer, &id));
                        lanes.submit(Job { request, reply });
                    }
                    Err(answer) => pipe.tell(&answer, &id),
                }
            }
            Err(_) => return false,
        }
    }
}

/// The request in a line with its id, or what to answer instead.
pub(super) fn parsed(panel: Option<&str>, line: &RawLine) -> (Value, Result<Request, Answer>) {
    let read = || match line {
        RawLine::Whole(bytes) => {
            let line = Line::parse(panel, bytes);
            (line.id, line.request)
        }
        RawLine::TooLong(beginning) => (id_in(beginning), Err(BadRequest::too_long())),
    };
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok((id, request)) => (id, request.map_err(|bad| Answer::bad_request(&bad))),
        Err(_) => (Value::Null, Err(internal_error())),
    }
}

impl Pipe<'_> {
    fn tell(&self, answer: &Answer, id: &Value) {
        let told = answer.to_line(Some(id)).and_then(|line| {
            let mut output = self.output.lock().unwrap_or_else(PoisonError::into_inner);
            output.write_all(&line)?;
            output.flush()
        });
        if told.is_err() {
            self.closed.store(true, Ordering::SeqCst);
        }
    }
}
