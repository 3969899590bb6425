//! `admit gate stream`: a request a line, for a panel that runs on.
//!
//! One thread reads, as many workers as there are cores answer, each over a connection of its own, and one more
//! thread sends mail. An answer is written whole as soon as it is there, so answers come in the order in which they
//! are ready; the `id` tells whose they are. As no more requests run than there are workers, no more passwords are
//! hashed at once, and no more memory is taken for that.

use std::io::{Read, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{Builder, Scope as Threads};
use std::time::Duration;

use serde_json::Value;

use super::lines::{Lines, RawLine};
use super::request::Line;
use super::{Answer, BadRequest, GateContext, Request, Verb, Verdict, unharmed};
use crate::ops::OpError;
use crate::ops::deliver::{Mailer, deliver};
use crate::store::{Fault, Store};

/// Mail that nobody announced (of other processes, or to be tried again) is looked for this often.
const MAIL_EVERY: Duration = Duration::from_secs(30);

/// What the threads share.
struct Hall<'a> {
    gate: &'a GateContext<'a>,
    output: Mutex<&'a mut (dyn Write + Send)>,
    /// Nobody reads the answers any more.
    closed: AtomicBool,
}

/// Answers until the input ends, then finishes what runs, and gives the exit code: 0 at the end of the input, 111 if
/// the answers could not be written, the input not be read, or no thread be started.
pub fn serve(
    input: &mut dyn Read,
    output: &mut (dyn Write + Send),
    gate: &GateContext<'_>,
    mailer: Option<&Mailer>,
    workers: usize,
) -> u8 {
    let hall = Hall {
        gate,
        output: Mutex::new(output),
        closed: AtomicBool::new(false),
    };
    let all_read = std::thread::scope(|threads| hall.run(threads, input, mailer, workers.max(1)));
    let well = all_read && !hall.closed.load(Ordering::SeqCst);
    if well {
        Verdict::Yes.exit_code()
    } else {
        Verdict::CannotTell.exit_code()
    }
}

impl Hall<'_> {
    fn run<'t>(
        &'t self,
        threads: &'t Threads<'t, '_>,
        input: &mut dyn Read,
        mailer: Option<&'t Mailer>,
        workers: usize,
    ) -> bool {
        let bell = mailer.and_then(|mailer| {
            // One ring is remembered while the mailer is out; more would tell nothing new.
            let (bell, rings) = sync_channel(1);
            let round = move || self.send_mail(mailer, &rings);
            Builder::new()
                .spawn_scoped(threads, round)
                .ok()
                .map(|_| bell)
        });
        let (queue, waiting) = sync_channel(workers);
        // Shared in this way it lives until the last worker is gone, and no longer: then sending fails.
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

    /// One worker: until there are no more lines.
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
                // Full means that it has been rung already.
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
            Err(cause) => Answer::try_later(cause),
        }
    }

    /// The connection there is, or a new one: a store that is away may come back.
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

    /// The mailer: goes at once, whenever somebody rings, and now and then.
    fn send_mail(&self, mailer: &Mailer, rings: &Receiver<()>) {
        let mut store = None;
        loop {
            let mut sound = false;
            let round = || {
                sound = self.deliver(&mut store, mailer).is_ok();
                Answer::try_later("")
            };
            unharmed(round);
            if !sound {
                store = None;
            }
            mailer.transport.rest();
            match rings.recv_timeout(MAIL_EVERY) {
                Ok(()) | Err(RecvTimeoutError::Timeout) => {}
                // Everybody has gone home. A last ring would have been heard before this.
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

/// Whether such an answer can have left mail behind.
fn may_have_queued(verb: Verb) -> bool {
    match verb {
        // Also a right one: with a backup code.
        Verb::SignIn
        | Verb::SendCode
        | Verb::SetUp2fa
        | Verb::ForgotPassword
        | Verb::ResetPassword
        | Verb::ConfirmAddress
        | Verb::ChangePassword => true,
        Verb::Register | Verb::CheckSession | Verb::SignOut => false,
    }
}
