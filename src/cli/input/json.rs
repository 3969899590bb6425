//! One row of JSON lines: an object of texts.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use super::{BLANKS, Column, Row};
use crate::domain::text::{excerpt, shown};

/// The row in a line, or what is wrong with it.
pub(super) fn row(line: &str, usable: &[Column]) -> Result<Row, String> {
    let Pairs(pairs) = serde_json::from_str(line).map_err(|error| not_json(line, &error))?;
    let mut row = Row::default();
    let mut seen = Vec::with_capacity(pairs.len());
    for (key, value) in pairs {
        let Some(column) = Column::find(&key) else {
            let key_shown = excerpt(&key);
            return Err(match Column::nearest(&key, usable) {
                Some(near) => format!("there is no key {key_shown} (did you mean {near}?)"),
                None => format!(
                    "there is no key {key_shown}; there are {}",
                    Column::list(usable)
                ),
            });
        };
        let name = column.name();
        if seen.contains(&column) {
            return Err(format!("the key {name} is there twice"));
        }
        seen.push(column);
        if !column.is_result() && !usable.contains(&column) {
            return Err(format!(
                "this command has no use for {name}; it reads {}",
                Column::list(usable)
            ));
        }
        match value {
            Value::Null => {}
            Value::Number(_) if column == Column::Line => {}
            Value::String(text) if text.contains('\0') => {
                return Err(format!("{name} has a NUL character in it"));
            }
            Value::String(text) => row.set(column, text.trim_matches(BLANKS).to_owned()),
            Value::Bool(_) | Value::Number(_) => {
                return Err(format!("{name} has to be text in quotes"));
            }
            Value::Array(_) | Value::Object(_) => {
                return Err(format!("{name} has to be text, not a list or an object"));
            }
        }
    }
    Ok(row)
}

fn not_json(line: &str, error: &serde_json::Error) -> String {
    if !line.trim_start_matches(BLANKS).starts_with('{') {
        return "each line has to be one JSON object, { … }".to_owned();
    }
    if error.is_eof() {
        return "the JSON object does not end on this line; each has to be on one line".to_owned();
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
