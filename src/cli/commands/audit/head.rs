//! `admit audit head`

use clap::Args;
use serde_json::Map;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish, Row, field};
use crate::domain::text::hex;

/// The fields of its row.
const FIELDS: &[Field] = &[
    field("seq", "the number of the last entry"),
    field("hash", "its hash"),
];

/// Print the end of the audit log, to keep elsewhere
///
/// If the log is truncated or rewritten later, audit verify --against this line shows it.
#[derive(Args, Debug)]
#[command(after_long_help = section(FIELDS, &[]))]
#[command(after_help = examples(&["admit audit head", "admit audit head | ssh backup.example.com 'cat >> heads'"]))]
pub struct HeadArgs {}

/// Prints it.
pub fn run(cx: &mut Context, _args: &HeadArgs) -> Result<Finish, CliError> {
    cx.report.keys(FIELDS);
    let mut store = cx.open_store()?;
    let head = store.read(|tx| tx.audit_head())?;
    let mut json = Map::new();
    json.insert("seq".into(), head.seq.into());
    json.insert("hash".into(), hex(&head.hash).into());
    let line = format!("{} {}", head.seq, hex(&head.hash));
    cx.row(Row::new(json).line(line.clone()).plain(line))?;
    Ok(Finish::Done)
}
