//! `admit config path`

use clap::Args;
use serde_json::Map;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish, Row, field};

/// The fields of its row.
const FIELDS: &[Field] = &[
    field("path", "the file"),
    field("found", "whether it exists"),
];

/// Show which settings files are read
#[derive(Args, Debug)]
#[command(after_long_help = section(FIELDS, &[]))]
#[command(after_help = examples(&["admit config path", "admit config path -o json"]))]
pub struct PathArgs {}

/// Prints them.
pub fn run(cx: &mut Context, _args: &PathArgs) -> Result<Finish, CliError> {
    if let Some(fault) = cx.config_fault.take() {
        cx.ui.warning(fault.in_one_line());
    }
    cx.report.keys(FIELDS);
    for file in cx.config.files.clone() {
        let path = file.path.display().to_string();
        let mut json = Map::new();
        json.insert("path".into(), path.clone().into());
        json.insert("found".into(), file.found.into());
        let line = if file.found {
            path.clone()
        } else {
            format!("{path} (does not exist)")
        };
        cx.row(Row::new(json).line(line).plain(path))?;
    }
    Ok(Finish::Done)
}
