//! `admit audit prune`

use std::path::PathBuf;

use clap::Args;
use serde_json::json;

use super::verify::{head_is_gone, read_head};
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, Status, fields};
use crate::cli::base::printed::{command, hint};
use crate::cli::view::rows;
use crate::domain::text::shown;
use crate::domain::when::parse_since;
use crate::ops::audit_prune::prune_audit;
use crate::store::{Prune, Pruned};

fields! {
    /// What was pruned.
    struct PruneRow {
        target = "record",
        panel = "null",
        ..rows::STATUS,
        first: i64 = "the number of the first entry that was deleted, or null",
        last: i64 = "the number of the last one, or null",
        before = "beginning: the number of the first entry before; null if nothing changed",
        after = "beginning: the number of the first entry after; null if nothing changed",
        ..rows::MESSAGE,
        ..rows::HINT,
    }
}

/// Delete the oldest audit entries
///
/// Only entries before an exported head are deleted, so that the rest can still be verified. Export the entries
/// first, with audit list -o jsonl. This cannot be undone.
#[derive(Args, Debug)]
#[command(after_long_help = section(PruneRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit audit prune --before 730d --head head", "admit audit prune --before 2026-01-01 --head head --dry-run"]))]
pub struct PruneArgs {
    /// Delete entries before this time: 2026-01-01, or 365d
    ///
    /// A date means the beginning of that day, 365d a year ago.
    #[arg(long, value_name = "TIME")]
    before: String,

    /// Earlier output of audit head (- for stdin)
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    head: PathBuf,
}

/// Prunes.
pub fn run(cx: &mut Context, args: &PruneArgs) -> Result<Finish, CliError> {
    cx.report.keys(PruneRow::FIELDS);
    let op = cx.op();
    let before = parse_since(&args.before, op.now, &op.zone)
        .map_err(|problem| CliError::usage(problem.to_string()))?;
    let head = read_head(cx, &args.head)?;
    let prune = Prune { before, head };
    let mut store = cx.open_store()?;
    let op = cx.op();
    // If it is impossible, or there is nothing to prune, no question is asked.
    let would = store.read(|tx| tx.prunable_audit(&prune))?;
    let pruned = match would {
        Pruned::Gone(first, last) => {
            cx.confirm(&format!(
                "Delete {} of the audit log, from {first} to {last}? This cannot be undone.",
                entries(first, last)
            ))?;
            store.change(|tx| prune_audit(tx, &op, &prune))?
        }
        other => other,
    };
    let row = told(pruned, head.seq, cx.dry_run())?;
    cx.row(row)?;
    Ok(Finish::Done)
}

fn entries(first: i64, last: i64) -> String {
    match last - first + 1 {
        1 => "1 entry".to_owned(),
        count => format!("{count} entries"),
    }
}

fn told(pruned: Pruned, head: i64, dry_run: bool) -> Result<Row, CliError> {
    let row = |status| Row::change("record", None, status).without_plain();
    match pruned {
        Pruned::OtherHead => Err(CliError::refused(format!(
            "the given end of the audit log (entry {head}) is not from this store"
        ))
        .hinted(hint!(
            "it is the line that ",
            command(&["audit", "head"]),
            " printed for this store; check the log with ",
            command(&["audit", "verify"])
        ))),
        Pruned::HeadGone(last) => Err(head_is_gone(head, last)),
        Pruned::OwnerOnly(owner) => Err(CliError::denied(format!(
            "only the role that owns the store's tables, {}, can prune the audit log",
            shown(&owner)
        ))
        .hinted("nothing was changed; connect as that role to prune")),
        Pruned::Nothing => Ok(row(Status::Unchanged)
            .message("no entries before that date and up to the given end: nothing changed")),
        Pruned::Gone(first, last) => {
            let would = if dry_run { "would change: " } else { "" };
            Ok(row(Status::Done)
                .with(PruneRow { first, last })
                .before(json!({ "beginning": first }))
                .after(json!({ "beginning": last + 1 }))
                .message(format!(
                    "{would}{} deleted, from {first} to {last}; keep the end of the log at entry {last} with the export",
                    entries(first, last)
                )))
        }
    }
}
