//! A configuration file: who may have written it, and the values by line.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read};
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::Path;

use rustix::fs::OFlags;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::setting::{KEYS, Origin, Setting};
use super::values;
use crate::cli::base::error::{CliError, in_words};
use crate::domain::text::nearest;
use crate::files::trust;

/// Values as text, by key.
pub(super) type Entries = BTreeMap<&'static str, Setting<String>>;

/// No configuration is longer.
const LONGEST: u64 = 1024 * 1024;

/// Reads a file; none if it is not there.
pub(super) fn read(path: &Path) -> Result<Option<Entries>, CliError> {
    let cannot = |error: std::io::Error| {
        CliError::failed(format!("cannot read {}", path.display())).caused_by(in_words(&error))
    };
    // Not blocking: opening a named pipe would wait for a writer that never comes.
    let flags = i32::try_from(OFlags::NONBLOCK.bits()).unwrap_or_default();
    let file = match OpenOptions::new().read(true).custom_flags(flags).open(path) {
        Ok(file) => file,
        Err(error) if is_absent(error.kind()) => return Ok(None),
        Err(error) => return Err(cannot(error)),
    };
    trusted(&file, path)?;
    let mut text = String::new();
    file.take(LONGEST)
        .read_to_string(&mut text)
        .map_err(cannot)?;
    parse(&text, path).map(Some)
}

fn is_absent(kind: ErrorKind) -> bool {
    matches!(kind, ErrorKind::NotFound | ErrorKind::NotADirectory)
}

/// Refuses a file that somebody else could have written. Checks the open file, not its name.
fn trusted(file: &File, path: &Path) -> Result<(), CliError> {
    let shown = path.display();
    let refuse = |why: &str| CliError::failed(format!("{shown} is not trusted: {why}"));
    let about = file
        .metadata()
        .map_err(|error| refuse("it cannot be checked").caused_by(in_words(&error)))?;
    if !about.is_file() {
        return Err(refuse("it is not a regular file"));
    }
    let owner = about.uid();
    if owner != 0 && owner != rustix::process::geteuid().as_raw() {
        return Err(refuse("it belongs to another user").hinted(format!(
            "read it, and if it is correct, run `sudo chown \"$(id -u)\" {shown}`"
        )));
    }
    if about.mode() & 0o022 != 0 {
        return Err(
            refuse("other users can write to it").hinted(format!("run `chmod go-w {shown}`"))
        );
    }
    trust::way_to(path).map_err(|why| refuse(&why.to_string()).hinted(why.hint()))
}

/// The values in a text. Unknown keys are refused with the nearest existing one.
pub(super) fn parse(text: &str, path: &Path) -> Result<Entries, CliError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let line_of = |at: usize| 1 + text.get(..at).unwrap_or(text).matches('\n').count();
    let at = |offset: usize| Origin::File {
        path: path.to_owned(),
        line: line_of(offset),
    };
    let table = DeTable::parse(text).map_err(|error| {
        let origin = at(error.span().map_or(0, |span| span.start));
        CliError::failed(format!("{origin}: {}", error.message().replace('\n', ", ")))
    })?;
    let mut entries = Entries::new();
    collect(table.get_ref(), "", &at, &mut entries)?;
    Ok(entries)
}

fn collect(
    table: &DeTable<'_>,
    prefix: &str,
    at: &dyn Fn(usize) -> Origin,
    entries: &mut Entries,
) -> Result<(), CliError> {
    for (name, value) in table {
        let key = format!("{prefix}{}", name.get_ref());
        let origin = at(name.span().start);
        let known = KEYS.iter().map(|(known, _)| *known);
        if let Some(known) = known.clone().find(|known| *known == key) {
            let (value, wanted) = match known {
                "sms.command" | "mail.password-command" | "gate.listen-panels" => {
                    (words_of(value), "an array of quoted strings")
                }
                "gate.allow" => (
                    lists_of(value),
                    "a table that gives each user an array of panels",
                ),
                _ => (text_of(value), "a quoted string"),
            };
            let value = value
                .ok_or_else(|| CliError::failed(format!("{origin}: `{key}` must be {wanted}")))?;
            entries.insert(known, Setting { value, origin });
        } else if known
            .clone()
            .any(|known| known.starts_with(&format!("{key}.")))
        {
            let DeValue::Table(inner) = value.get_ref() else {
                return Err(CliError::failed(format!(
                    "{origin}: `{key}` is a section, written `[{key}]`"
                )));
            };
            collect(inner, &format!("{key}."), at, entries)?;
        } else {
            return Err(unknown(&key, &origin));
        }
    }
    Ok(())
}

fn text_of(value: &Spanned<DeValue<'_>>) -> Option<String> {
    value.get_ref().as_str().map(str::to_owned)
}

/// An array as its text, or a text unchanged; [`values::command`] reads both.
fn words_of(value: &Spanned<DeValue<'_>>) -> Option<String> {
    let Some(array) = value.get_ref().as_array() else {
        return text_of(value);
    };
    let words: Option<Vec<String>> = array.iter().map(text_of).collect();
    Some(values::command_shown(&words?))
}

/// A table of arrays as its text in JSON.
fn lists_of(value: &Spanned<DeValue<'_>>) -> Option<String> {
    let DeValue::Table(table) = value.get_ref() else {
        return None;
    };
    let mut lists = serde_json::Map::new();
    for (name, list) in table {
        let words: Option<Vec<String>> = list.get_ref().as_array()?.iter().map(text_of).collect();
        lists.insert(name.get_ref().to_string(), words?.into());
    }
    Some(serde_json::Value::from(lists).to_string())
}

fn unknown(key: &str, origin: &Origin) -> CliError {
    let known = KEYS.iter().map(|(known, _)| *known);
    let sections = ["mail", "sms", "links", "gate"];
    let hint = match nearest(key, known.clone().chain(sections)) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("the settings are {}", known.collect::<Vec<_>>().join(", ")),
    };
    CliError::failed(format!("{origin}: unknown setting `{key}`")).hinted(hint)
}
