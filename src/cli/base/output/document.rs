//! The one JSON document of a command: it starts with whether all went well, so it is written at the end.

use std::io::{self, Seek, SeekFrom};

use tempfile::SpooledTempFile;

use super::json;
use super::totals::Totals;
use crate::cli::base::error::{CliError, in_words};
use crate::cli::base::ui::Ui;

/// Writes it, with the rows that were kept for it.
pub(super) fn write(
    ui: &mut Ui,
    command: &str,
    rows: &mut SpooledTempFile,
    totals: Totals,
    error: Option<&CliError>,
) -> Result<(), CliError> {
    ui.raw(b"{\"schema\":1,\"command\":")?;
    ui.raw(&json::compact(&command)?)?;
    ui.raw(if error.is_none() {
        b",\"ok\":true"
    } else {
        b",\"ok\":false"
    })?;
    ui.raw(b",\"results\":[")?;
    rows.seek(SeekFrom::Start(0)).map_err(cannot_hold)?;
    let mut chunk = vec![0; 64 * 1024];
    loop {
        let n = io::Read::read(rows, &mut chunk).map_err(cannot_hold)?;
        if n == 0 {
            break;
        }
        ui.raw(&chunk[..n])?;
    }
    ui.raw(b"],\"totals\":")?;
    ui.raw(&json::compact(&totals)?)?;
    ui.raw(b",\"error\":")?;
    ui.raw(&json::compact(
        &error.map(|error| error.to_json(ui.run_options())),
    )?)?;
    ui.raw(b"}\n")
}

/// The folder for temporary files failed.
pub(super) fn cannot_hold(error: io::Error) -> CliError {
    CliError::failed("cannot keep the rows of the result for a moment")
        .caused_by(in_words(&error))
        .hinted("see whether the folder for temporary files is full: `df /tmp`")
}
