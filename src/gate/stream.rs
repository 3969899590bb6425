//! `admit gate stream`: one request per line, for a long-running panel.
//!
//! One thread reads, as many workers as there are cores answer, each over its own connection, and one more
//! thread sends mail. An answer is written as soon as it is complete, so answers may come in another order
//! than the requests; the `id` says which request they belong to. No more requests run than there are
//! workers, so no more passwords are hashed at once, and memory stays limited.

use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, Scope as Threads};
use std::time::Duration;

use serde_json::Value;

use super::lines::{Lines, RawLine};
use super::parse::Line;
use super::{Answer, BadRequest, GateContext, Request, Verb, Verdict, unharmed};
use crate::ops::OpError;
use crate::ops::deliver::{Mailer, deliver};
use crate::store::{Fault, Store};

/// How often the outbox is checked for mail that no request announced (from other processes, or to be
/// retried).
const MAIL_EVERY: Duration = Duration::from_secs(30);

/// What the threads share.
struct Shared<'a> {
    gate: &'a GateContext<'a>,
    output: Mutex<&'a mut (dyn Write + Send)>,
    /// The answers can no longer be written.
    closed: AtomicBool,
}

/// Answers until the input ends, then finishes the running requests, and returns the exit code: 0 at the end
/// of the input, 111 if the answers could not be written, the input could not be read, or no thread could be
/// started.
pub fn serve(
    input: &mut dyn Read,
    output: &mut (dyn Write + Send),
    gate: &GateContext<'_>,
    mailer: Option<&Mailer>,
    workers: usize,
) -> u8 {
    let shared = Shared {
        gate,
        output: Mutex::new(output),
        closed: AtomicBool::new(false),
    };
    let all_read = std::thread::scope(|threads| shared.run(threads, input, mailer, workers.max(1)));
    let well = all_read && !shared.closed.load(Ordering::SeqCst);
    if well {
        Verdict::Yes.exit_code()
    } else {
        Verdict::CannotTell.exit_code()
    }
}

impl Shared<'_> {
    fn run<'t>(
        &'t self,
        threads: &'t Threads<'t, '_>,
        input: &mut dyn Read,
        mailer: Option<&'t Mailer>,
        workers: usize,
    ) -> bool {
        let bell = mailer.and_then(|mailer| {
            // One signal is kept while the mailer is busy; more would add nothing.
            let (bell, rings) = sync_channel(1);
            let round = move || self.send_mail(mailer, &rings);
            Builder::new()
                .spawn_scoped(threads, round)
                .ok()
                .map(|_| bell)
        });
        let (queue, waiting) = sync_channel(workers);
        // Shared this way it lives until the last worker ends: then sending fails.
        let waiting = std::sync::Arc::new(Mutex::new(waiting));
        for _ in 0..workers {
            let (waiting, bell) = (std::sync::Arc::clone(&waiting), bell.clone());
            let work = move || self.work(&waiting, bell.as_ref());
            // With fewer threads it is slower, and with none the first line cannot be sent.
            if Builder::new().spawn_scoped(threads, work).is_err() {
                break;
            }
        }
        drop(waiting);
        let mut lines = Lines::of(input);
        loop {
            match lines.next() {
                _ if self.closed.load(Ordering::SeqCst) => return true,
                Ok(None) => return true,
                Ok(Some(line)) => {
                    if queue.send(line).is_err() {
                        return false;
                    }
                }
                Err(_) => return false,
            }
        }
    }

    /// One worker: runs until there are no more lines.
    fn work(&self, waiting: &Mutex<Receiver<RawLine>>, bell: Option<&SyncSender<()>>) {
        let mut store = None;
        loop {
            let line = waiting
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .recv();
            let Ok(line) = line else { return };
            if self.closed.load(Ordering::SeqCst) {
                continue;
            }
            let mut id = Value::Null;
            let mut verb = None;
            let answer = unharmed(|| {
                let (of, request) = self.request(&line);
                id = of;
                match request {
                    Ok(request) => {
                        verb = Some(request.ask.verb());
                        self.answer(&mut store, request)
                    }
                    Err(bad) => Answer::bad_request(&bad),
                }
            });
            drop(line);
            if answer.broken {
                store = None;
            }
            self.tell(&answer, &id);
            if let Some(bell) = bell.filter(|_| verb.is_some_and(may_have_queued)) {
                // Full means that the signal is already set.
                bell.try_send(()).ok();
            }
        }
    }

    fn request(&self, line: &RawLine) -> (Value, Result<Request, BadRequest>) {
        match line {
            RawLine::Whole(bytes) => {
                let line = Line::parse(self.gate.panel, bytes);
                (line.id, line.request)
            }
            RawLine::TooLong => (Value::Null, Err(BadRequest::too_long())),
        }
    }

    fn answer(&self, store: &mut Option<Store>, request: Request) -> Answer {
        match self.connection(store) {
            Ok(store) => super::answer(store, &(self.gate.op)(), request, self.gate.pause),
            Err(cause) => Answer::unavailable(cause),
        }
    }

    /// The existing connection, or a new one: an unreachable store may come back.
    fn connection<'s>(&self, store: &'s mut Option<Store>) -> Result<&'s mut Store, String> {
        match store {
            Some(store) => Ok(store),
            None => Ok(store.insert((self.gate.open)()?)),
        }
    }

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

    /// The mailer: sends as soon as it is signalled, and periodically.
    fn send_mail(&self, mailer: &Mailer, rings: &Receiver<()>) {
        let mut store = None;
        loop {
            let mut sound = false;
            let round = || {
                sound = self.deliver(&mut store, mailer).is_ok();
                Answer::unavailable("")
            };
            unharmed(round);
            if !sound {
                store = None;
            }
            mailer.transport.rest();
            match rings.recv_timeout(MAIL_EVERY) {
                Ok(()) | Err(RecvTimeoutError::Timeout) => {}
                // All workers have ended. A last signal would have been received before this.
                Err(RecvTimeoutError::Disconnected) => return,
            }
        }
    }

    fn deliver(&self, store: &mut Option<Store>, mailer: &Mailer) -> Result<(), OpError> {
        let store = self.connection(store).map_err(OpError::Input)?;
        let ((queued, _), seen) =
            store.read(|tx| Ok::<_, Fault>((tx.waiting_mail()?, tx.latest_time())))?;
        if queued > 0 {
            let going_on = &mut |_| !self.closed.load(Ordering::SeqCst);
            let op = (self.gate.op)().not_before(seen);
            deliver(store, &op, mailer, None, going_on)?;
        }
        Ok(())
    }
}

/// Whether a request of this kind can have queued mail.
fn may_have_queued(verb: Verb) -> bool {
    match verb {
        // Also a correct one: with a backup code.
        Verb::SignIn
        | Verb::SendCode
        | Verb::SetUp2fa
        | Verb::ForgotPassword
        | Verb::ResetPassword
        | Verb::ConfirmAddress
        | Verb::ChangePassword
        | Verb::SecondFactorOff
        | Verb::NewBackupCodes => true,
        Verb::Register
        | Verb::CheckSession
        | Verb::SignOut
        | Verb::Policy
        | Verb::Peek
        | Verb::Events
        | Verb::Hello
        | Verb::Health => false,
    }
}
