//! `admit audit head`

use clap::Args;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, fields};
use crate::domain::text::hex;

fields! {
    /// The end of the audit log.
    struct HeadRow {
        seq: i64 = "the number of the last entry",
        hash: String = "its hash",
    }
}

/// Print the end of the audit log, to keep elsewhere
///
/// If the log is truncated or rewritten later, audit verify --against this line shows it.
#[derive(Args, Debug)]
#[command(after_long_help = section(HeadRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit audit head", "admit audit head | ssh backup.example.com 'cat >> heads'"]))]
pub struct HeadArgs {}

/// Prints it.
pub fn run(cx: &mut Context, _args: &HeadArgs) -> Result<Finish, CliError> {
    cx.report.keys(HeadRow::FIELDS);
    let mut store = cx.open_store()?;
    let head = store.read(|tx| tx.audit_head())?;
    let (seq, hash) = (head.seq, hex(&head.hash));
    let line = format!("{seq} {hash}");
    cx.row(
        Row::new(HeadRow { seq, hash })
            .line(line.clone())
            .plain(line),
    )?;
    Ok(Finish::Done)
}
