//! `admit mail send --follow`: the outbox as a service.

use std::time::Duration;

use super::send::summary;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::opening::open_existing;
use crate::cli::base::output::{Finish, Row};
use crate::cli::base::printed::{command, hint};
use crate::cli::base::refusals::failure;
use crate::cli::view::mail::MailFields;
use crate::ops::deliver::{Delivery, Mailer, Told, deliver_telling};
use crate::ops::{OpError, Scope};
use crate::store::{Fault, MailState, Store};

/// After a mail the next one is looked for this soon.
const AWAKE: Duration = Duration::from_secs(1);
/// How often the outbox is checked while nothing happens.
const IDLE: Duration = Duration::from_secs(5);
/// Ctrl-C and SIGTERM are heard within this time.
const SLICE: Duration = Duration::from_millis(100);
/// A store that is away is opened again at least this often.
const LONGEST_AWAY: Duration = Duration::from_mins(1);
/// A store that stays unreachable for this long is left to the caller.
const PATIENCE: Duration = Duration::from_mins(5);

/// Sends what is due, and waits, until it is told to stop.
pub(super) fn run(cx: &mut Context) -> Result<Finish, CliError> {
    cx.report.endless("--follow")?;
    if cx.dry_run() {
        return Err(
            CliError::usage("--dry-run cannot be used with --follow").hinted(hint!(
                "to see what is waiting, run ",
                command(&["mail", "send", "--dry-run"])
            )),
        );
    }
    cx.report.keys(MailFields::FIELDS);
    let mailer = cx.mailer()?;
    let store = open_existing(&cx.config, &cx.entropy)?;
    let guard = cx.interrupt.arm_service();
    if cx.ui.terminal().stderr {
        cx.ui
            .status("Sending mail as it becomes due. Press Ctrl-C to stop.");
    }
    let ended = Service {
        mailer,
        store: Some(store),
        away: None,
        pause: AWAKE,
    }
    .run(cx);
    drop(guard);
    ended.map(|()| Finish::Done)
}

struct Service {
    mailer: Mailer,
    /// None while it is away.
    store: Option<Store>,
    /// Since when it is away, and the last pause.
    away: Option<(Duration, Duration)>,
    pause: Duration,
}

/// The result of checking the outbox.
struct Round {
    delivery: Delivery,
    left: i64,
    /// Until something is due; None if nothing waits.
    due_in: Option<Duration>,
}

/// Where the terminal has echoed `^C`, what is said begins on the next line.
fn leave_echo(cx: &mut Context) {
    if cx.interrupt.is_raised() && cx.ui.terminal().stderr {
        cx.ui.status("");
    }
}

impl Service {
    fn run(&mut self, cx: &mut Context) -> Result<(), CliError> {
        loop {
            let pause = match self.round(cx)? {
                Ok(round) => {
                    self.away = None;
                    let raised = cx.interrupt.is_raised();
                    leave_echo(cx);
                    tell_round(cx, &round);
                    if raised {
                        return Ok(());
                    }
                    let busy = round.delivery.total() > 0;
                    self.pause = if busy {
                        AWAKE
                    } else {
                        IDLE.min(self.pause + AWAKE)
                    };
                    // Others may be after the same mail: not at once again, whatever is due.
                    round
                        .due_in
                        .map_or(self.pause, |due| self.pause.min(due.max(SLICE)))
                }
                Err(Trouble { error, lasting }) => self.after(cx, error, lasting)?,
            };
            if !cx.wait(pause) {
                leave_echo(cx);
                return Ok(());
            }
        }
    }

    /// Sends what is due. Outside is what ends the service: standard output cannot be written.
    fn round(&mut self, cx: &mut Context) -> Result<Result<Round, Trouble>, CliError> {
        // Another file may be at its place by now, from a backup for instance.
        let mut store = match self.store.take().filter(Store::is_in_place) {
            Some(store) => store,
            None => match open_existing(&cx.config, &cx.entropy) {
                Ok(store) => store,
                Err(error) => {
                    return Ok(Err(Trouble {
                        error,
                        lasting: false,
                    }));
                }
            },
        };
        let mut unwritten = None;
        let round = self.deliver(cx, &mut store, &mut unwritten);
        if let Some(error) = unwritten {
            return Err(error);
        }
        self.mailer.transport.rest();
        Ok(match round {
            Ok(round) => {
                self.store = Some(store);
                Ok(round)
            }
            Err(error) => {
                let lasting = matches!(&error, OpError::Store(fault) if fault.is_lasting());
                let error = failure(error, &cx.op());
                Err(Trouble { error, lasting })
            }
        })
    }

    fn deliver(
        &self,
        cx: &mut Context,
        store: &mut Store,
        unwritten: &mut Option<CliError>,
    ) -> Result<Round, OpError> {
        let op = cx.moment(&cx.op());
        let due = |due: Option<jiff::Timestamp>, now| {
            due.map(|due| Duration::try_from(due.duration_since(now)).unwrap_or_default())
        };
        let (scope, next) =
            store.read(|tx| Ok::<_, Fault>((Scope::load(tx)?, tx.next_mail_due()?)))?;
        let mut delivery = Delivery::default();
        if due(next, op.now) == Some(Duration::ZERO) {
            let interrupt = cx.interrupt.clone();
            let (waiting, _) = store.read(|tx| tx.waiting_mail())?;
            let progress = cx.progress("mailing", u64::try_from(waiting).ok());
            let sent = deliver_telling(store, &op, &self.mailer, None, &mut |told| {
                let panel = scope
                    .panel_by_id(told.row.panel_id)
                    .map(|panel| panel.name.as_str());
                progress.tick(1);
                if let Err(error) = tell(cx, told, panel) {
                    *unwritten = Some(error);
                }
                unwritten.is_none() && !interrupt.is_raised() && !cx.ui.is_closed()
            });
            progress.finish();
            delivery = sent?;
        }
        let now = cx.moment(&op).now;
        store.read(|tx| {
            Ok(Round {
                delivery,
                left: tx.waiting_mail()?.0,
                due_in: due(tx.next_mail_due()?, now),
            })
        })
    }

    /// The store failed: how long to wait before it is opened again, or that waiting is useless.
    fn after(
        &mut self,
        cx: &mut Context,
        error: CliError,
        lasting: bool,
    ) -> Result<Duration, CliError> {
        let now = cx.clock.elapsed();
        let (since, pause) = match self.away {
            None => (now, AWAKE),
            Some((since, last)) => (since, LONGEST_AWAY.min(last * 2)),
        };
        if lasting || now.saturating_sub(since) >= PATIENCE {
            return Err(error);
        }
        self.away = Some((since, pause));
        cx.ui.warning(format!(
            "{}; trying to open it again in {} s",
            error.in_one_line(),
            pause.as_secs()
        ));
        Ok(pause)
    }
}

/// Why a round failed, and whether waiting is of no use.
struct Trouble {
    error: CliError,
    lasting: bool,
}

/// One mail: a row for programs, a line for people who asked for it. Failed mail is always reported.
fn tell(cx: &mut Context, told: &Told<'_>, panel: Option<&str>) -> Result<(), CliError> {
    let mut mail = told.row.clone();
    mail.state = told.state;
    mail.detail = Some(told.detail.to_owned());
    mail.next_at = told.next_at;
    if told.state != MailState::Queued {
        mail.done_at = Some(told.next_at);
    }
    let line = format!(
        "mail {} to {}: {} – {}",
        mail.id,
        mail.address,
        mail.state.as_str(),
        told.detail
    );
    if told.state == MailState::Failed {
        cx.ui.warning(&line);
    } else {
        cx.ui.verbose(1, &line);
    }
    cx.row(Row::new(MailFields::of(&mail, panel)).plain(mail.address.clone()))?;
    cx.ui.flush()
}

/// The result of a round, at a terminal.
fn tell_round(cx: &mut Context, round: &Round) {
    let delivery = round.delivery;
    if delivery.total() == 0 || !cx.ui.terminal().stderr {
        return;
    }
    let times = cx.times_at(cx.clock.now());
    let due = round
        .due_in
        .and_then(|due_in| jiff::SignedDuration::try_from(due_in).ok())
        .and_then(|due_in| times.now.checked_add(due_in).ok())
        .filter(|due| *due > times.now);
    cx.ui.status(summary(&delivery, round.left, due, &times));
}
