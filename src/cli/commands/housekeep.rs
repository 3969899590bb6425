//! `admit housekeep`

use clap::Args;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::printed::{command, hint};
use crate::cli::base::refusals::failure;
use crate::cli::view::housekeep::{SweptFields, row};
use crate::ops::housekeep::housekeep;

/// Delete expired records
///
/// Expired trusted IPs, tickets, codes, pending set-ups, addresses and counts, and sessions that ended more than 30
/// days ago. Nothing depends on it: expired records do not count anyway. Run it from a timer once a day: with --quiet
/// it prints nothing unless something goes wrong. It works in small steps and can be interrupted.
#[derive(Args, Debug)]
#[command(after_long_help = section(SweptFields::FIELDS, &[]))]
#[command(after_help = examples(&["admit housekeep", "admit housekeep --dry-run"]))]
pub struct HousekeepArgs {}

/// Deletes it.
pub fn run(cx: &mut Context, _args: &HousekeepArgs) -> Result<Finish, CliError> {
    cx.report.keys(SweptFields::FIELDS);
    let mut store = cx.open_store()?;
    let op = cx.op();
    let guard = cx.interrupt.arm();
    let progress = cx.progress("deleting", None);
    let interrupt = &cx.interrupt;
    let swept = housekeep(&mut store, &op, &mut |deleted| {
        progress.tick(deleted);
        !interrupt.is_raised()
    });
    progress.finish();
    let stopped = cx.interrupt.is_raised();
    drop(guard);
    let swept = swept.map_err(|error| failure(error, &op))?;
    if !(cx.ui.manner().quiet && cx.report.format().is_for_people()) {
        let row = row(&swept, cx.dry_run());
        cx.row(row)?;
    }
    if stopped {
        return Err(CliError::interrupted().hinted(hint!(
            "the deletions so far are recorded; run ",
            command(&["housekeep"]),
            " again for the rest"
        )));
    }
    Ok(Finish::Done)
}
