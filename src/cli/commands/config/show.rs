//! `admit config show`

use clap::Args;
use serde_json::Map;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::lines::Cell;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Field, Finish, Heading, Row, field};

/// The fields of its row.
const FIELDS: &[Field] = &[
    field("key", "the setting's name"),
    field("value", "its value; null if it is not set"),
    field("origin", "where it came from"),
];

/// Show all settings and where each value comes from
///
/// Options override ADMIT_* variables, which override the user's file, the system's file, and the defaults.
#[derive(Args, Debug)]
#[command(after_long_help = section(FIELDS, &[]))]
#[command(after_help = examples(&["admit config show", "admit config show -o json"]))]
pub struct ShowArgs {}

/// Shows them.
pub fn run(cx: &mut Context, _args: &ShowArgs) -> Result<Finish, CliError> {
    cx.report.keys(FIELDS);
    cx.report.headings(&[
        Heading::words("KEY"),
        Heading::names("VALUE"),
        Heading::words("FROM"),
    ]);
    for setting in cx.config.rows() {
        let origin = setting.origin.to_string();
        let mut json = Map::new();
        json.insert("key".into(), setting.key.into());
        json.insert("value".into(), setting.value.clone().into());
        json.insert("origin".into(), origin.clone().into());
        let value = setting.value.unwrap_or_else(|| "–".to_owned());
        cx.row(Row::new(json).cells([
            Cell::from(setting.key),
            Cell::from(value),
            Cell::from(origin),
        ]))?;
    }
    Ok(Finish::Done)
}
