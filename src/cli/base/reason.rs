//! Why something is done, as an operator types it.

use super::error::CliError;
use crate::domain::text;

/// The longest reason, in characters.
const LONGEST_REASON: usize = 500;

/// Reads a reason: one line, none if none was typed.
pub(in crate::cli) fn read_reason(typed: Option<&str>) -> Result<Option<String>, CliError> {
    typed
        .map(|typed| text::one_line(typed, LONGEST_REASON))
        .transpose()
        .map_err(|problem| CliError::usage(format!("invalid reason: {problem}")))
}
