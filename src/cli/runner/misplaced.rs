//! Words in the place of an address that were meant for an option, as in `extend ada@example.com 7d`.

use super::input::Column;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::printed::{PrintedCommand, command, hint};
use crate::domain::role::BuiltIn;
use crate::domain::text::excerpt;
use crate::domain::when::{Period, parse_until};

/// What a word is, and the option that takes it.
fn meant_for(cx: &Context, word: &str, columns: &[Column]) -> Option<(&'static str, &'static str)> {
    let takes = |column| columns.contains(&column);
    if word.contains('@') {
        None
    } else if takes(Column::For) && Period::parse(word).is_ok() {
        Some(("a duration", "--for"))
    } else if takes(Column::Until) && parse_until(word, cx.now, &cx.tz).is_ok() {
        Some(("a date", "--until"))
    } else if takes(Column::Role) && BuiltIn::parse(word).is_some() {
        Some(("a role", "--role"))
    } else {
        None
    }
}

/// Refuses such words. `role` is the option that takes a role.
pub(in crate::cli) fn check(
    cx: &Context,
    addresses: &[String],
    columns: &[Column],
    role: &'static str,
) -> Result<(), CliError> {
    for word in addresses {
        if let Some((what, option)) = meant_for(cx, word, columns) {
            let option = if option == "--role" { role } else { option };
            return Err(refused(cx, word, what, option));
        }
    }
    Ok(())
}

/// The error for a word that an option takes, with the line that says so.
pub(in crate::cli) fn refused(cx: &Context, word: &str, what: &str, option: &str) -> CliError {
    let error = CliError::usage(format!("{} is {what}, not an address", excerpt(word)));
    match with_option(&cx.typed(), word, option) {
        Some(run) => error.hinted(hint!("run ", run)),
        None => error.hinted(format!("give only one, with {option}")),
    }
}

/// The command line with the option in front of the word, unless it has the option already.
pub(in crate::cli) fn with_option(
    line: &[String],
    word: &str,
    option: &str,
) -> Option<PrintedCommand> {
    let mut words = line.to_vec();
    let given = |each: &String| each.split('=').next() == Some(option);
    // An end is given once.
    let ends = ["--for", "--until", "--permanent"];
    let ended = ends.contains(&option)
        && words
            .iter()
            .any(|each| ends.iter().any(|end| each.split('=').next() == Some(*end)));
    if ended || words.iter().any(given) {
        return None;
    }
    let at = words.iter().rposition(|each| each == word)?;
    let behind_dashes = words.iter().position(|each| each == "--");
    if behind_dashes.is_some_and(|dashes| dashes < at) {
        return None;
    }
    words.insert(at, option.to_owned());
    Some(command(&words))
}
