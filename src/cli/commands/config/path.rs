//! `admit config path`

use clap::Args;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row, fields};

fields! {
    /// A settings file.
    struct PathRow {
        path: String = "the file",
        found: bool = "whether it exists",
    }
}

/// Show which settings files are read
#[derive(Args, Debug)]
#[command(after_long_help = section(PathRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit config path", "admit config path -o json"]))]
pub struct PathArgs {}

/// Prints them.
pub fn run(cx: &mut Context, _args: &PathArgs) -> Result<Finish, CliError> {
    if let Some(fault) = cx.config_fault.take() {
        cx.ui.warning(fault.in_one_line());
    }
    cx.report.keys(PathRow::FIELDS);
    for file in cx.config.files.clone() {
        let path = file.path.display().to_string();
        let line = if file.found {
            path.clone()
        } else {
            format!("{path} (does not exist)")
        };
        let row = PathRow {
            path: path.clone(),
            found: file.found,
        };
        cx.row(Row::new(row).line(line).plain(path))?;
    }
    Ok(Finish::Done)
}
