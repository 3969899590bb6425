//! Parsing values. An error is the problem in words; the caller adds where the value came from.

use std::ops::RangeInclusive;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::ValueEnum;

use super::paths::Places;
use super::setting::Origin;
use crate::domain::link::check_page;
use crate::domain::text::one_line;
use crate::domain::when::Period;
use crate::mail::{Sender, SmtpServer};

/// Characters of a line that people see, as in a panel's settings.
const LONGEST_LINE: usize = 200;

/// A text.
pub(super) fn word(text: &str, _: &Origin) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("it is empty".into());
    }
    if text.chars().any(char::is_control) {
        return Err("it contains control characters".into());
    }
    Ok(text.to_owned())
}

/// One of a few words.
pub(super) fn one_of<T: ValueEnum>(text: &str, _: &Origin) -> Result<T, String> {
    T::from_str(text, false).map_err(|_| {
        let words: Vec<_> = T::value_variants().iter().filter_map(name_of_ref).collect();
        format!("\"{text}\" is not one of {}", words.join(", "))
    })
}

/// The word for a choice.
pub(super) fn name_of<T: ValueEnum>(value: T) -> Option<String> {
    name_of_ref(&value)
}

fn name_of_ref<T: ValueEnum>(value: &T) -> Option<String> {
    value
        .to_possible_value()
        .map(|word| word.get_name().to_owned())
}

/// A path. In a file it is absolute or starts with `~/`, because the working directory is unknown.
pub(super) fn path(text: &str, origin: &Origin, places: &Places) -> Result<PathBuf, String> {
    word(text, origin)?;
    let Origin::File { .. } = origin else {
        return Ok(text.into());
    };
    match (text.strip_prefix("~/"), &places.home) {
        (Some(rest), Some(home)) => Ok(home.join(rest)),
        (None, _) if Path::new(text).is_absolute() => Ok(text.into()),
        _ => Err(format!("\"{text}\" is not an absolute path")),
    }
}

/// A store: a path, or the URL of a database without a password.
pub(super) fn store(text: &str, origin: &Origin, places: &Places) -> Result<String, String> {
    word(text, origin)?;
    match origin {
        Origin::File { .. } if text.starts_with("~/") => {
            path(text, origin, places).map(|path| path.display().to_string())
        }
        Origin::File { .. } if !text.contains(':') && !Path::new(text).is_absolute() => {
            Err(format!("\"{text}\" is not an absolute path"))
        }
        _ if has_password(text) => Err(
            "a URL must not contain a password; put it into ~/.pgpass (mode 600, a line HOST:PORT:DATABASE:USER:PASSWORD), or into the file that PGPASSFILE names"
                .into(),
        ),
        _ => Ok(text.to_owned()),
    }
}

/// One line of text that people see.
pub(super) fn line(text: &str, _: &Origin) -> Result<String, String> {
    one_line(text, LONGEST_LINE).map_err(|problem| problem.to_string())
}

/// Who mail is from.
pub(super) fn sender(text: &str, _: &Origin) -> Result<String, String> {
    match Sender::parse(text) {
        Ok(_) => Ok(text.to_owned()),
        Err(problem) => Err(format!(
            "{problem}; use an address, or a name and an address: Example Panel <panel@example.com>"
        )),
    }
}

/// A page of the panel that takes tokens.
pub(super) fn link(text: &str, origin: &Origin) -> Result<String, String> {
    word(text, origin)?;
    check_page(text).map_err(str::to_owned)?;
    Ok(text.to_owned())
}

/// A program and its arguments, written as an array: `["/usr/local/bin/send-sms", "--fast"]`. No shell splits a line
/// into words. A program without arguments may be written without brackets.
pub(super) fn command(text: &str, origin: &Origin) -> Result<Vec<String>, String> {
    word(text, origin)?;
    let example = "write it as an array, as in [\"/usr/local/bin/send-sms\", \"--fast\"]";
    let words = if text.trim_start().starts_with('[') {
        serde_json::from_str::<Vec<String>>(text)
            .map_err(|_| format!("it is not an array of strings; {example}"))?
    } else if text.contains(char::is_whitespace) {
        return Err(format!("it contains spaces; {example}"));
    } else {
        vec![text.to_owned()]
    };
    match words.first() {
        None => Err(format!("it names no program; {example}")),
        Some(program) if !Path::new(program).is_absolute() => {
            Err(format!("the program \"{program}\" is not an absolute path"))
        }
        Some(_) if words.iter().any(|word| word.contains('\0')) => {
            Err("it contains control characters".into())
        }
        Some(_) => Ok(words),
    }
}

/// The array as [`command`] reads it.
pub(super) fn command_shown(words: &[String]) -> String {
    serde_json::Value::from(words).to_string()
}

/// A time limit for an SMS: 1 second to 5 minutes.
pub(super) fn timeout(text: &str, origin: &Origin) -> Result<Duration, String> {
    within(text, origin, 1..=300, "1s and 5m")
}

/// A time limit for a step of the talk with a mail server: 5 seconds to 10 minutes.
pub(super) fn mail_timeout(text: &str, origin: &Origin) -> Result<Duration, String> {
    within(text, origin, 5..=600, "5s and 10m")
}

fn within(
    text: &str,
    origin: &Origin,
    range: RangeInclusive<u64>,
    words: &str,
) -> Result<Duration, String> {
    word(text, origin)?;
    let lapse = Period::parse(text).map_err(|problem| problem.to_string())?;
    let seconds = u64::try_from(lapse.exact.as_secs()).unwrap_or_default();
    if lapse.months > 0 || !range.contains(&seconds) {
        return Err(format!("\"{text}\" is not between {words}"));
    }
    Ok(Duration::from_secs(seconds))
}

/// A mail server.
pub(super) fn server(text: &str, origin: &Origin) -> Result<SmtpServer, String> {
    word(text, origin)?;
    SmtpServer::parse(text)
}

/// The name of a credential, as systemd takes it: a file name.
pub(super) fn credential(text: &str, origin: &Origin) -> Result<String, String> {
    word(text, origin)?;
    if text.contains('/') || text == "." || text == ".." {
        return Err(format!(
            "\"{text}\" is not a name as in LoadCredential=NAME:…; for a file, use password-file"
        ));
    }
    Ok(text.to_owned())
}

/// Whether a store's URL has a password in it.
pub(super) fn has_password(url: &str) -> bool {
    find_password(url).is_some()
}

/// A store's URL with its password hidden.
pub fn masked(url: &str) -> String {
    let mut masked = url.to_owned();
    while let Some(range) = find_password(&masked) {
        masked.replace_range(range, "***");
    }
    masked
}

/// The position of a password: in `scheme://user:PASSWORD@host` or `?password=PASSWORD`, unless it is masked.
fn find_password(url: &str) -> Option<std::ops::Range<usize>> {
    let start = url.find("://")? + 3;
    let end = url[start..]
        .find(['/', '?', '#'])
        .map_or(url.len(), |at| start + at);
    let in_userinfo = url[start..].rfind('@').map(|at| start + at).and_then(|at| {
        let colon = url[start..at].find(':')? + start;
        // An `@` after the host belongs to the path, unless the password itself contains a slash.
        (at < end || colon < end).then_some(colon + 1..at)
    });
    let in_query = ["?password=", "&password="].iter().find_map(|name| {
        let from = url.find(name)? + name.len();
        let to = url[from..]
            .find(['&', '#'])
            .map_or(url.len(), |at| from + at);
        Some(from..to)
    });
    [in_userinfo, in_query]
        .into_iter()
        .flatten()
        .find(|range| !range.is_empty() && &url[range.clone()] != "***")
}
