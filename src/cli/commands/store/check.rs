//! `admit store check`

use clap::Args;
use serde_json::Map;

use super::say_which_key;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::fields::section;
use crate::cli::output::{Field, Finish, Row, field};

/// The fields of its row.
const FIELDS: &[Field] = &[field(
    "problem",
    "what is wrong; there is a row for each problem",
)];

/// Check the database, from its structure to the record's chain
#[derive(Args, Debug)]
#[command(after_long_help = section(FIELDS, &[]))]
pub struct CheckArgs {}

/// Checks it.
pub fn run(cx: &mut Context, _args: &CheckArgs) -> Result<Finish, CliError> {
    cx.report.keys(FIELDS);
    // Opening has checked the file's kind, permissions, schema and key.
    let mut store = cx.any_copy()?;
    let mut problems = store.check()?;
    let chain = store.read(|tx| tx.verify_audit(None, |_| {}))?;
    if let Err(broken) = chain {
        problems.push(format!(
            "the record was tampered with at entry {}: {}",
            broken.seq, broken.what
        ));
    }
    if let Some(version) = store.unsafe_writer() {
        cx.ui.warning(&format!(
            "another program has written to this store with SQLite {version}; versions before 3.51.3 can lose committed rows \
             when two programs write at once"
        ));
        cx.ui
            .hint("only read the store with that program, or stop the panels and services first");
    }
    let path = store.place();
    for problem in &problems {
        let mut json = Map::new();
        json.insert("problem".into(), problem.clone().into());
        cx.row(Row::new(json).line(problem.clone()))?;
    }
    match problems.len() {
        0 => {
            cx.ui.status(&format!(
                "The store {path} is whole: file, structure, references, and the record's chain"
            ));
            say_which_key(cx, &mut store)?;
            Ok(Finish::Done)
        }
        count => Err(CliError::failed(format!(
            "the store {path} has {count} problem{}",
            if count == 1 { "" } else { "s" }
        ))
        .hinted("stop using it, keep a copy as it is, and restore a backup")),
    }
}
