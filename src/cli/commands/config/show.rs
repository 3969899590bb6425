//! `admit config show`

use clap::Args;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::lines::Cell;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Heading, Row, fields};

fields! {
    /// A setting.
    struct SettingRow {
        key: &'static str = "the setting's name",
        value: Option<String> = "its value; null if it is not set",
        origin: String = "where it came from",
    }
}

/// Show all settings and where each value comes from
///
/// Options override ADMIT_* variables, which override the user's file, the system's file, and the defaults.
#[derive(Args, Debug)]
#[command(after_long_help = section(SettingRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit config show", "admit config show -o json"]))]
pub struct ShowArgs {}

/// Shows them.
pub fn run(cx: &mut Context, _args: &ShowArgs) -> Result<Finish, CliError> {
    cx.report.keys(SettingRow::FIELDS);
    cx.report.headings(&[
        Heading::words("KEY"),
        Heading::names("VALUE"),
        Heading::words("FROM"),
    ]);
    for setting in cx.config.rows() {
        let row = SettingRow {
            key: setting.key,
            value: setting.value,
            origin: setting.origin.to_string(),
        };
        let cells = [
            Cell::from(row.key),
            Cell::from(row.value.as_deref().unwrap_or("–")),
            Cell::from(row.origin.as_str()),
        ];
        cx.row(Row::new(row).cells(cells))?;
    }
    Ok(Finish::Done)
}
