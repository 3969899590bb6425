//! What a value must look like. An error is the problem in words; who said the value is added by the caller.

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::Origin;
use super::paths::Places;
use crate::domain::link::check_page;

/// A text.
pub(super) fn word(text: &str, _: &Origin) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("it is empty".into());
    }
    if text.chars().any(char::is_control) {
        return Err("it has control characters in it".into());
    }
    Ok(text.to_owned())
}

/// One of a few words.
pub(super) fn one_of<T: ValueEnum>(text: &str, _: &Origin) -> Result<T, String> {
    T::from_str(text, false).map_err(|_| {
        let words: Vec<_> = T::value_variants().iter().filter_map(name_of_ref).collect();
        format!("\"{text}\" is none of {}", words.join(", "))
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

/// A path. In a file it is absolute or starts with `~/`, since nobody knows where admit will be run.
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

/// A store: a path, or the URL of a database. A password in it is believed only from a file.
pub(super) fn store(text: &str, origin: &Origin, places: &Places) -> Result<String, String> {
    word(text, origin)?;
    match origin {
        Origin::File { .. } if text.starts_with("~/") => {
            path(text, origin, places).map(|path| path.display().to_string())
        }
        Origin::File { .. } if !text.contains(':') && !Path::new(text).is_absolute() => {
            Err(format!("\"{text}\" is not an absolute path"))
        }
        Origin::Option(_) | Origin::Variable(_) if has_password(text) => Err(
            "secrets are not taken from the command line or a variable; \
             write the URL with its password to a configuration file that only you can read"
                .into(),
        ),
        _ => Ok(text.to_owned()),
    }
}

/// A page of the panel that takes tokens.
pub(super) fn link(text: &str, origin: &Origin) -> Result<String, String> {
    word(text, origin)?;
    check_page(text).map_err(str::to_owned)?;
    Ok(text.to_owned())
}

/// Whether a store's URL has a password in it.
pub(super) fn has_password(url: &str) -> bool {
    find_password(url).is_some()
}

/// A store's URL with its password hidden.
pub(super) fn masked(url: &str) -> String {
    let mut masked = url.to_owned();
    while let Some(range) = find_password(&masked) {
        masked.replace_range(range, "***");
    }
    masked
}

/// Where a password stands: in `scheme://user:PASSWORD@host` or `?password=PASSWORD`, unless it is masked.
fn find_password(url: &str) -> Option<std::ops::Range<usize>> {
    let start = url.find("://")? + 3;
    let end = url[start..]
        .find(['/', '?', '#'])
        .map_or(url.len(), |at| start + at);
    let in_userinfo = url[start..].rfind('@').map(|at| start + at).and_then(|at| {
        let colon = url[start..at].find(':')? + start;
        // An `@` behind the host belongs to the path, unless the password itself has a slash in it.
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
