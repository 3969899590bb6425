//! `admit store check`

use clap::Args;

use super::say_which_key;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, Status, fields};
use crate::cli::base::printed::{command, hint};
use crate::cli::base::reason::read_reason;
use crate::cli::view::rows;
use crate::cli::view::time;
use crate::domain::event::Action;
use crate::domain::text::shown;
use crate::domain::when;
use crate::ops::clock::accept_clock;
use crate::store::{Fault, Store};

fields! {
    /// A problem of the store.
    struct ProblemRow {
        problem: String = "what is wrong, one row per problem",
    }
}

fields! {
    /// An accepted clock.
    struct AcceptRow {
        target = "with --accept-clock: the store",
        panel = "null",
        ..rows::STATUS,
        before = "the latest time in the store before",
        after = "the time that it continues from",
        ..rows::MESSAGE,
        ..rows::HINT,
    }
}

/// Check the database and the audit log
///
/// Setting the clock back brings nothing back to life: whether something has ended is judged by the latest time that
/// the store has seen. Every command warns while the clock is more than 90 seconds behind it. If the clock was ahead
/// for a while and is right now, --accept-clock continues from the present.
///
/// Tables that other tools created in the file (ANALYZE, Litestream) are named. They do no harm, and can be dropped.
#[derive(Args, Debug)]
#[command(after_long_help = section(ProblemRow::FIELDS, AcceptRow::FIELDS))]
#[command(after_help = examples(&["admit store check", "admit store check --drop-helpers"]))]
pub struct CheckArgs {
    /// Accept the clock, although a later time was seen
    #[arg(long)]
    accept_clock: bool,

    /// Reason for accepting the clock, for the audit log
    #[arg(long, value_name = "TEXT", requires = "accept_clock")]
    reason: Option<String>,

    /// Drop tables of other tools
    #[arg(long, conflicts_with = "accept_clock")]
    drop_helpers: bool,
}

/// Checks it.
pub fn run(cx: &mut Context, args: &CheckArgs) -> Result<Finish, CliError> {
    if args.accept_clock {
        return accept(cx, args.reason.as_deref());
    }
    cx.report.keys(ProblemRow::FIELDS);
    // Opening has checked the file's kind, permissions, schema and key.
    let mut store = cx.any_copy()?;
    let mut problems = store.check()?;
    let chain = store.read(|tx| tx.verify_audit(None, |_| {}))?;
    if let Err(broken) = chain {
        problems.push(format!(
            "the audit log was tampered with at entry {}: {}",
            broken.seq, broken.what
        ));
    }
    if let Some(version) = store.unsafe_writer() {
        cx.ui.warning(format!(
            "another program has written to this store with SQLite {version}; versions before 3.51.3 can lose committed rows when two programs write at the same time"
        ));
        cx.ui
            .hint("use that program only to read the store, or stop the panels and services first");
    }
    let path = store.place();
    for role in store.audit_rewriters()? {
        let role = shown(&role).into_owned();
        cx.ui.warning(format!(
            "{role} can change and delete entries of the audit log with SQL; to revoke that, run as the owner of the tables: \
             revoke update, delete, truncate, trigger on admit.audit from {role}"
        ));
    }
    let count = problems.len();
    for problem in problems {
        let line = problem.clone();
        cx.row(Row::new(ProblemRow { problem }).line(line))?;
    }
    match count {
        0 => {
            cx.ui.status(format!(
                "The store {path} is intact: file, structure, references and audit log"
            ));
            say_which_key(cx, &mut store)?;
            tell_of_helpers(cx, &mut store, args.drop_helpers)?;
            Ok(Finish::Done)
        }
        count => Err(CliError::failed(format!(
            "the store {path} has {count} problem{}",
            if count == 1 { "" } else { "s" }
        ))
        .hinted("stop using it, keep an unchanged copy, and restore a backup")),
    }
}

/// Goes on from what the clock says.
fn accept(cx: &mut Context, reason: Option<&str>) -> Result<Finish, CliError> {
    cx.report.keys(AcceptRow::FIELDS);
    let mut reason = read_reason(reason)?;
    let mut store = cx.store_at_this_time()?;
    let place = store.place();
    let row = |status| Row::change(&place, None, status).without_plain();
    let seen = store.read(|tx| Ok::<_, Fault>(tx.latest_time()))?;
    let Some(seen) = seen.filter(|seen| *seen > cx.wall) else {
        cx.row(
            row(Status::Unchanged).message("the clock is not behind the store: nothing changed"),
        )?;
        return Ok(Finish::Done);
    };
    let (was, is) = (when::local(seen, &cx.tz), when::local(cx.wall, &cx.tz));
    if reason.is_none() {
        let answer = cx.ask_line("Reason for accepting the clock", "--reason")?;
        reason = read_reason(Some(&answer))?;
    }
    cx.confirm(&format!(
        "Continue from {is}, although the latest time in the store is {was}? Links, sessions and access that expired in between may work again."
    ))?;
    let op = cx.op();
    let reason = reason.unwrap_or_default();
    let accepted = store.change(|tx| accept_clock(tx, &op, &reason))?;
    let would = if cx.dry_run() { "would change: " } else { "" };
    cx.row(match accepted {
        Some(seen) => row(Status::Done)
            .before(time(Some(seen)))
            .after(time(Some(cx.wall)))
            .message(format!("{would}latest time {was} → {is}")),
        None => {
            row(Status::Unchanged).message("the clock is not behind the store: nothing changed")
        }
    })?;
    Ok(Finish::Done)
}

/// Tables of other tools: names them, or drops them.
fn tell_of_helpers(cx: &mut Context, store: &mut Store, drop: bool) -> Result<(), CliError> {
    let helpers = store.helper_tables()?;
    if helpers.is_empty() {
        return Ok(());
    }
    let names = helpers.join(", ");
    // An older copy stays as it is.
    if !drop || store.arrival().is_none() {
        cx.ui.status(format!(
            "It contains tables of other tools, which are ignored: {names}"
        ));
        cx.ui.hint(hint!(
            "to drop them, stop those tools and run ",
            command(&["store", "check", "--drop-helpers"])
        ));
        return Ok(());
    }
    if cx.dry_run() {
        store.dry_run();
    }
    let op = cx.op();
    store.drop_helper_tables(&helpers, |tx| {
        tx.record(
            op.event(Action::HelperTablesDropped)
                .with("tables", helpers.clone()),
        )
    })?;
    let would = if cx.dry_run() {
        "Would drop"
    } else {
        "Dropped"
    };
    cx.ui
        .status(format!("{would} tables of other tools: {names}"));
    Ok(())
}
