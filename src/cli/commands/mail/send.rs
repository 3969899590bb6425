//! `admit mail send`

use clap::Args;
use jiff::Timestamp;

use super::follow;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, fields};
use crate::cli::base::printed::{command, hint};
use crate::cli::base::refusals::failure;
use crate::cli::base::times::TimeFormat;
use crate::ops::deliver::{Delivery, deliver};

fields! {
    /// What became of the queued mail.
    struct SendRow {
        sent: u64 = "how many mails were delivered, or written to files",
        written: u64 = "how many were written to files, since no mail server is configured",
        failed: u64 = "how many failed permanently",
        lapsed: u64 = "how many were not sent because they are out of date",
        left: i64 = "how many are still queued",
    }
}

/// Send queued mail
///
/// Commands send their own mail; this sends what a panel queued, or what could not be sent before. Exits with 75 if
/// mail is still waiting. With --follow it runs as a service: it stops at Ctrl-C or SIGTERM after finishing the
/// current mail, and exits with 0; each row is then one mail, as in mail list. Settings and templates are read once,
/// at the start.
#[derive(Args, Debug)]
#[command(after_long_help = section(SendRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit mail send", "admit mail send --follow -v", "admit mail send --follow -o jsonl >> mail.jsonl"]))]
pub struct SendArgs {
    /// Keep running, and send mail as it becomes due
    #[arg(long)]
    follow: bool,
}

/// Sends it.
pub fn run(cx: &mut Context, args: &SendArgs) -> Result<Finish, CliError> {
    if args.follow {
        return follow::run(cx);
    }
    cx.report.keys(SendRow::FIELDS);
    let mut store = cx.open_store()?;
    let mailer = cx.mailer()?;
    let op = cx.op();
    let (waiting, _) = store.read(|tx| tx.waiting_mail())?;
    let guard = cx.interrupt.arm();
    let progress = cx.progress("mailing", u64::try_from(waiting).ok());
    let interrupt = &cx.interrupt;
    let delivery = if cx.dry_run() {
        Ok(Delivery::default())
    } else {
        deliver(&mut store, &op, &mailer, None, &mut |_| {
            progress.tick(1);
            !interrupt.is_raised()
        })
    };
    progress.finish();
    let delivery = delivery.map_err(|error| failure(error, &op))?;
    let stopped = cx.interrupt.is_raised();
    drop(guard);
    let ((left, _), due) =
        store.read(|tx| Ok::<_, crate::store::Fault>((tx.waiting_mail()?, tx.next_mail_due()?)))?;
    let row = SendRow {
        sent: delivery.sent,
        written: delivery.written,
        failed: delivery.failed,
        lapsed: delivery.lapsed,
        left,
    };
    let line = if cx.dry_run() {
        format!("would send up to {waiting} mails")
    } else {
        let times = cx.times_at(cx.clock.now());
        let due = due.filter(|due| *due > times.now);
        summary(&delivery, left, due, &times)
    };
    cx.row(Row::new(row).line(line))?;
    if stopped {
        return Err(CliError::interrupted().hinted("unsent mail stays queued"));
    }
    if left > 0 && !cx.dry_run() {
        let left = match left {
            1 => "1 mail is".to_owned(),
            left => format!("{left} mails are"),
        };
        return Err(
            CliError::try_again(format!("{left} left in the queue")).hinted(hint!(
                "see the reasons with ",
                command(&["mail", "list", "--state", "queued"]),
                "; ",
                command(&["mail", "retry", "--state", "queued"]),
                " tries again at once"
            )),
        );
    }
    Ok(Finish::Done)
}

/// The result of a run: `2 sent, 0 failed, 0 lapsed, 1 left in the queue, next attempt in 1 minute`.
pub(super) fn summary(
    delivery: &Delivery,
    left: i64,
    due: Option<Timestamp>,
    times: &TimeFormat,
) -> String {
    let next = due
        .map(|due| format!(", next attempt {}", times.ago(due)))
        .unwrap_or_default();
    let written = match delivery.written {
        0 => String::new(),
        written => format!("{written} written to files, "),
    };
    format!(
        "{} sent, {written}{} failed, {} lapsed, {left} left in the queue{next}",
        delivery.sent, delivery.failed, delivery.lapsed
    )
}
