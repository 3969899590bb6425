//! `admit audit head`

use clap::Args;
use serde_json::Map;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::section;
use crate::cli::base::output::{Field, Finish, Row, field};
use crate::domain::text::hex;

/// The fields of its row.
const FIELDS: &[Field] = &[
    field("seq", "the number of the last entry"),
    field("hash", "its hash"),
];

/// Print the end of the record, to be kept elsewhere
///
/// A record that was cut or rewritten since then no longer fits it: give the line to audit verify --against.
#[derive(Args, Debug)]
#[command(after_long_help = section(FIELDS, &[]))]
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
