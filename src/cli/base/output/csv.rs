//! CSV (RFC 4180) whose cells neither start a formula nor steer a terminal.

use serde_json::{Map, Value};

use super::json;
use crate::cli::base::error::CliError;
use crate::domain::text::{csv_cell, shown};

/// The header.
pub(super) fn header<'a>(keys: impl IntoIterator<Item = &'a str>) -> Result<Vec<u8>, CliError> {
    record(keys.into_iter().map(str::to_owned))
}

/// A row: of each key the value, nested ones as JSON.
pub(super) fn row<'a>(
    keys: impl IntoIterator<Item = &'a str>,
    json: &Map<String, Value>,
) -> Result<Vec<u8>, CliError> {
    let mut cells = Vec::new();
    for key in keys {
        cells.push(match json.get(key) {
            None | Some(Value::Null) => String::new(),
            Some(Value::String(text)) => text.clone(),
            Some(value) => String::from_utf8_lossy(&json::compact(value)?).into_owned(),
        });
    }
    record(cells)
}

fn record(cells: impl IntoIterator<Item = String>) -> Result<Vec<u8>, CliError> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    let written = writer.write_record(cells.into_iter().map(|cell| {
        let cell = shown(&cell);
        csv_cell(&cell).into_owned()
    }));
    let cannot = || CliError::failed("cannot write a row as CSV");
    written.map_err(|error| cannot().caused_by(error))?;
    writer.into_inner().map_err(|_| cannot())
}
