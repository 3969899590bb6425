//! `admit mail retry`

use clap::{Args, ValueEnum};

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row};
use crate::cli::base::printed::{command, hint};
use crate::cli::base::refusals::failure;
use crate::cli::view::mail::{HEADINGS, MailFields, cells};
use crate::ops::deliver::deliver;
use crate::ops::mail_retry::{NotRetried, mail_retry};
use crate::ops::{OpError, Scope};
use crate::store::{Done, MailState, Store};

/// So many are put back in one transaction.
const BATCH: i64 = 500;

/// Try to send mail again
///
/// Failed mail is sent again if its link still works. Queued mail is sent now instead of at its next time.
#[derive(Args, Debug)]
#[command(after_long_help = section(MailFields::FIELDS, &[]))]
#[command(after_help = examples(&["admit mail retry 42", "admit mail retry --state failed"]))]
pub struct RetryArgs {
    /// Numbers from mail list
    #[arg(value_name = "ID", required_unless_present = "state")]
    ids: Vec<i64>,

    /// All mail in this state
    #[arg(long, value_enum, value_name = "STATE", conflicts_with = "ids")]
    state: Option<Which>,
}

/// What can be retried at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Which {
    /// Mail that failed
    Failed,
    /// Mail that waits for its next try
    Queued,
}

impl Which {
    fn state(self) -> MailState {
        match self {
            Self::Failed => MailState::Failed,
            Self::Queued => MailState::Queued,
        }
    }
}

/// Tries it.
pub fn run(cx: &mut Context, args: &RetryArgs) -> Result<Finish, CliError> {
    let mut store = cx.open_store()?;
    let mailer = cx.mailer()?;
    let op = cx.op();
    let explain = |error: OpError| failure(error, &op);
    cx.report.keys(MailFields::FIELDS);
    cx.report.headings(HEADINGS);
    cx.report.empty("No matching mail.");
    let guard = cx.interrupt.arm();
    let mut tried: Vec<i64> = Vec::new();
    loop {
        let picked = if let Some(which) = args.state {
            Picked::In(which.state(), tried.last().copied().unwrap_or(0))
        } else {
            let mut ids = args.ids.clone();
            ids.sort_unstable();
            ids.dedup();
            Picked::These(ids)
        };
        let batch = requeue(&mut store, &op, &picked).map_err(&explain)??;
        let last = batch.is_empty() || args.state.is_none();
        tried.extend(batch);
        if last || cx.interrupt.is_raised() {
            break;
        }
    }
    let progress = cx.progress("mailing", u64::try_from(tried.len()).ok());
    for &id in &tried {
        if cx.interrupt.is_raised() {
            break;
        }
        deliver(&mut store, &op, &mailer, Some(id), &mut |_| true).map_err(&explain)?;
        progress.tick(1);
    }
    progress.finish();
    let stopped = cx.interrupt.is_raised();
    drop(guard);
    let (left, failed) = tell(cx, &mut store, &tried)?;
    if cx.dry_run() {
        return Ok(Finish::Done);
    }
    if stopped {
        return Err(CliError::interrupted().hinted("unsent mail stays queued"));
    }
    if left > 0 {
        return Err(
            CliError::try_again(format!("{} left in the queue", mails(left))).hinted(hint!(
                "see the reasons with ",
                command(&["mail", "list", "--state", "queued"])
            )),
        );
    }
    if failed > 0 {
        return Err(
            CliError::failed(format!("{} failed again", mails(failed))).hinted(hint!(
                "see the reasons with ",
                command(&["mail", "list", "--state", "failed"])
            )),
        );
    }
    Ok(Finish::Done)
}

fn mails(count: u64) -> String {
    match count {
        1 => "1 mail is".to_owned(),
        count => format!("{count} mails are"),
    }
}

/// Which mails are put back.
enum Picked {
    /// These.
    These(Vec<i64>),
    /// Those in a state, with numbers greater than this one.
    In(MailState, i64),
}

/// Puts them back, and returns which. Mail in a state is looked up in the same transaction: another sender may be
/// active.
fn requeue(
    store: &mut Store,
    op: &crate::ops::Op,
    picked: &Picked,
) -> Result<Result<Vec<i64>, CliError>, OpError> {
    let done = store.change(|tx| {
        let scope = Scope::load(tx)?;
        let ids = match picked {
            Picked::These(ids) => ids.clone(),
            Picked::In(state, after) => {
                let found = tx.mail_in(*state, *after, BATCH)?;
                found.into_iter().map(|mail| mail.id).collect()
            }
        };
        Ok::<_, OpError>(match mail_retry(tx, &scope, op, &ids)? {
            Ok(()) if ids.is_empty() => Done::nothing(Ok(ids)),
            Ok(()) => Done::recorded(Ok(ids)),
            Err(why) => Done::nothing(Err(why)),
        })
    })?;
    Ok(done.map_err(refused))
}

fn refused(why: NotRetried) -> CliError {
    match why {
        NotRetried::Unknown(id) => CliError::not_found(format!("no mail has the id {id}"))
            .hinted(hint!("see ", command(&["mail", "list"]))),
        NotRetried::Sent(mail) => {
            CliError::refused(format!("mail {} has already been delivered", mail.id)).hinted(hint!(
                "see the reply with ",
                command(&["mail", "show", &mail.id.to_string()])
            ))
        }
        NotRetried::Lapsed(mail) => CliError::refused(format!(
            "mail {} is out of date: {}",
            mail.id,
            mail.detail
                .as_deref()
                .unwrap_or("its link or code has expired")
        ))
        .hinted(hint!(
            format!("see what {} needs with ", mail.address),
            command(&["why", &mail.address])
        )),
    }
}

/// One row each; how many are left, and how many failed.
fn tell(cx: &mut Context, store: &mut Store, ids: &[i64]) -> Result<(u64, u64), CliError> {
    let times = cx.times();
    let (mut left, mut failed) = (0, 0);
    store.read(|tx| {
        let scope = Scope::load(tx)?;
        for &id in ids {
            let Some(mail) = tx.mail(id)? else { continue };
            match mail.state {
                MailState::Queued => left += 1,
                MailState::Failed => failed += 1,
                MailState::Sent | MailState::Written | MailState::Lapsed => {}
            }
            let panel = scope.panel_by_id(mail.panel_id);
            let row = Row::new(MailFields::of(
                &mail,
                panel.map(|panel| panel.name.as_str()),
            ))
            .cells(cells(&mail, &times))
            .plain(mail.address.clone());
            cx.row(row)?;
        }
        Ok::<_, CliError>((left, failed))
    })
}
