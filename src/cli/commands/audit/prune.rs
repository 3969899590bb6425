//! `admit audit prune`

use std::path::PathBuf;

use clap::Args;
use serde_json::Value;

use super::verify::read_head;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::{Finish, Row, Status};
use crate::domain::event::Action;
use crate::domain::when::parse_since;
use crate::store::{Done, Fault, Prune, Pruned};

/// Delete the oldest entries of the record
///
/// Only what lies behind a head that was exported, so that what is left can still be proven to be the end of what was
/// there. Export the entries first, with audit list -o jsonl. Cannot be undone.
#[derive(Args, Debug)]
pub struct PruneArgs {
    /// Entries before then: 2026-01-01 (the beginning of that day), RFC 3339, or 365d for a year ago
    #[arg(long, value_name = "TIME")]
    before: String,

    /// A file with what audit head printed earlier, and that is kept elsewhere; - is standard input
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    head: PathBuf,
}

/// Prunes.
pub fn run(cx: &mut Context, args: &PruneArgs) -> Result<Finish, CliError> {
    let op = cx.op();
    let before = parse_since(&args.before, op.now, &op.zone)
        .map_err(|problem| CliError::usage(problem.to_string()))?;
    let head = read_head(cx, &args.head)?;
    let prune = Prune { before, head };
    let mut store = cx.open_store()?;
    cx.confirm(&format!(
        "Delete the entries of the record before {}, up to entry {}? This cannot be undone.",
        args.before, head.seq
    ))?;
    let pruned = store.change(|tx| {
        let pruned = tx.prune_audit(&prune)?;
        let Pruned::Gone(first, last) = pruned else {
            return Ok::<_, Fault>(Done::nothing(pruned));
        };
        tx.record(
            op.event(Action::AuditPruned)
                .with("first", first)
                .with("last", last)
                .with("before", before.to_string()),
        )?;
        Ok(Done::recorded(pruned))
    })?;
    let (status, message, gone) = match pruned {
        Pruned::OtherHead => {
            return Err(CliError::refused(format!(
                "the head of entry {} is not of this record",
                head.seq
            ))
            .hinted("it is the line that `admit audit head` printed here; see what holds with `admit audit verify`"));
        }
        Pruned::Nothing => (
            Status::Unchanged,
            "nothing lies before that and behind the head: nothing changed".to_owned(),
            None,
        ),
        Pruned::Gone(first, last) => {
            let would = if cx.dry_run() { "would change: " } else { "" };
            let message = format!(
                "{would}entries {first} to {last} deleted; keep the head of entry {} with their export",
                head.seq
            );
            (Status::Done, message, Some((first, last)))
        }
    };
    cx.row(
        Row::change("record", None, status)
            .field("first", gone.map_or(Value::Null, |(first, _)| first.into()))
            .field("last", gone.map_or(Value::Null, |(_, last)| last.into()))
            .message(message),
    )?;
    Ok(Finish::Done)
}
