//! JSON lines: an object of texts per line, all keys of a file understood before the first row is read.

use std::collections::{BTreeSet, HashMap};
use std::fmt;
use std::io::{BufRead as _, BufReader, Seek as _, SeekFrom};

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;
use tempfile::SpooledTempFile;

use super::column::{Column, Row};
use super::format::BLANKS;
use super::header::{Kind, meaning, twice};
use super::problem::InputProblem;
use super::wanted::Wanted;
use crate::domain::text::{excerpt, shown};

/// How many keys are told apart.
const KEYS: usize = 1000;

/// What each key of a file means; none: it is left out.
pub(super) type Keys = HashMap<String, Option<Column>>;

/// What is in a line.
enum Line {
    Person(Vec<(String, Value)>),
    /// An object that says of itself that it is something else: `{"type":"team","team":{…}}`.
    Other(String),
}

/// Reads all keys of the file, and finds out what they mean.
pub(super) fn keys(spool: &mut SpooledTempFile, wanted: &Wanted) -> Result<Keys, InputProblem> {
    spool
        .seek(SeekFrom::Start(0))
        .map_err(InputProblem::Spool)?;
    let (mut names, mut lines): (Vec<String>, Vec<u64>) = Default::default();
    let mut others = BTreeSet::new();
    let mut first_other = 0;
    for (number, line) in (1..).zip(BufReader::new(spool).lines()) {
        let line = line.map_err(InputProblem::Spool)?;
        // What cannot be read is told row by row.
        match serde_json::from_str(&line).map(read) {
            Err(_) => {}
            Ok(Line::Other(kind)) => {
                if others.is_empty() {
                    first_other = number;
                }
                others.insert(kind);
            }
            Ok(Line::Person(pairs)) => {
                for (key, _) in pairs {
                    if !names.contains(&key) && names.len() < KEYS {
                        names.push(key);
                        lines.push(number);
                    }
                }
            }
        }
    }
    let line = |at: usize| lines.get(at).copied().unwrap_or(1);
    let found = meaning(&names, Kind::Keys, &line, wanted);
    if others.is_empty() || wanted.ignore {
        return Ok(names.into_iter().zip(found?).collect());
    }
    let kinds: Vec<_> = others.iter().take(5).map(|kind| excerpt(kind)).collect();
    let mut kinds = kinds.join(", ");
    if let Err(InputProblem::Columns { faults, .. }) = found {
        kinds.push_str("; ");
        kinds.push_str(&faults);
    }
    Err(InputProblem::OtherKinds {
        line: first_other,
        kinds,
    })
}

/// The row in a line and everything that is wrong with it; none if the line is about no person.
pub(super) fn row(line: &str, keys: &Keys) -> Option<(Row, Vec<String>)> {
    let pairs = match serde_json::from_str(line).map(read) {
        Ok(Line::Person(pairs)) => pairs,
        Ok(Line::Other(_)) => return None,
        Err(error) => return Some((Row::default(), vec![not_json(line, &error)])),
    };
    let mut row = Row::default();
    let mut faults = Vec::new();
    let (names, found): (Vec<String>, Vec<_>) = (pairs.iter())
        .map(|(key, _)| (key.clone(), keys.get(key).copied().flatten()))
        .unzip();
    faults.extend(twice(&names, &found, Kind::Keys));
    for ((_, value), column) in pairs.into_iter().zip(found) {
        let Some(column) = column else { continue };
        let name = column.name();
        match value {
            Value::Null => {}
            Value::Number(_) if column == Column::Line => {}
            Value::String(text) if text.contains('\0') => {
                faults.push(format!("{name} contains a NUL character"));
            }
            Value::String(text) => row.set(column, text.trim_matches(BLANKS).to_owned()),
            Value::Bool(_) | Value::Number(_) => {
                faults.push(format!("{name} must be a quoted string"));
            }
            Value::Array(_) | Value::Object(_) => {
                faults.push(format!("{name} must be a string, not a list or an object"));
            }
        }
    }
    if row.address.is_empty() && !faults.iter().any(|fault| fault.starts_with("address ")) {
        faults.push("the address is missing".to_owned());
    }
    Some((row, faults))
}

/// A person, or what other systems wrap one in: `{"type":"user","user":{…}}`.
fn read(Pairs(mut pairs): Pairs) -> Line {
    let kind = match pairs.iter().find(|(key, _)| key == "type") {
        Some((_, Value::String(kind))) if pairs.len() == 2 => kind.clone(),
        _ => return Line::Person(pairs),
    };
    let Some(at) = pairs.iter().position(|(key, _)| *key == kind) else {
        return Line::Person(pairs);
    };
    match pairs.swap_remove(at) {
        (_, Value::Object(inner)) if kind == "user" => Line::Person(inner.into_iter().collect()),
        _ => Line::Other(kind),
    }
}

fn not_json(line: &str, error: &serde_json::Error) -> String {
    if !line.trim_start_matches(BLANKS).starts_with('{') {
        return "each line must be one JSON object, { … }".to_owned();
    }
    if error.is_eof() {
        return "the JSON object does not end on this line; each object must be on one line"
            .to_owned();
    }
    let text = error.to_string();
    let what = text.split(" at line ").next().unwrap_or_default();
    format!("not JSON at column {}: {}", error.column(), shown(what))
}

/// The members of an object in order, the repeated ones too.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_map(PairsVisitor)
    }
}

struct PairsVisitor;

impl<'de> Visitor<'de> for PairsVisitor {
    type Value = Pairs;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
        let mut pairs = Vec::new();
        while let Some(pair) = map.next_entry()? {
            pairs.push(pair);
        }
        Ok(Pairs(pairs))
    }
}
