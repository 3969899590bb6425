//! One JSON object of plain values, parsed strictly: unusual input is refused, never guessed.
//!
//! `serde_json` alone would accept a repeated key, with the last one winning, and would repeat input in its errors.
//! Nested values are skipped without recursion, so that no depth of them costs anything.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use serde_json::error::Category;

use super::contract::Key;
use crate::domain::text::excerpt;
use crate::vault::Secret;

/// The longest request, in bytes.
pub const LIMIT: usize = 64 * 1024;

/// Why a request cannot be answered: a sentence without a full stop, and without any of the values sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadRequest(pub(super) String);

impl BadRequest {
    /// The request is longer than [`LIMIT`].
    pub fn too_long() -> Self {
        Self(format!("it is longer than {} KiB", LIMIT / 1024))
    }

    /// Something else is wrong, in words without a full stop.
    pub(super) fn new(what: &str) -> Self {
        Self(what.to_owned())
    }

    /// Something is wrong with the value of a key.
    pub(super) fn key(key: &str, what: &str) -> Self {
        Self(format!("the key {} {what}", quoted(key)))
    }
}

fn quoted(key: &str) -> String {
    format!("'{}'", excerpt(key))
}

/// The keys and values of one request.
pub(super) struct Object {
    fields: Vec<(String, Scalar)>,
}

/// A value that is not made of others.
enum Scalar {
    Text(Secret<String>),
    Flag(bool),
    Number(Number),
    Null,
    Nested,
}

impl Object {
    /// Parses exactly one object, with only white space around it.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, BadRequest> {
        if bytes.len() > LIMIT {
            return Err(BadRequest::too_long());
        }
        let text = std::str::from_utf8(bytes).map_err(|_| BadRequest("it is not UTF-8".into()))?;
        if text.starts_with('\u{feff}') {
            return Err(BadRequest("it starts with a byte order mark".into()));
        }
        let mut json = serde_json::Deserializer::from_str(text);
        let mut fields = Vec::with_capacity(8);
        let whole = json.deserialize_any(Fields(&mut fields));
        whole.and_then(|()| json.end()).map_err(|error| {
            BadRequest(match error.classify() {
                Category::Data => "it is not one JSON object".into(),
                Category::Eof => "it is incomplete".into(),
                Category::Syntax | Category::Io => format!(
                    "it is not one JSON object: syntax error at line {}, column {}",
                    error.line(),
                    error.column()
                ),
            })
        })?;
        Ok(Self { fields })
    }

    /// The fields of an object that breaks off, or is followed by something else, as far as they were read. `None` if it
    /// is no object at all.
    pub(super) fn begun(bytes: &[u8]) -> Option<Self> {
        let bytes = bytes.get(..LIMIT).unwrap_or(bytes);
        let text = match std::str::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => std::str::from_utf8(bytes.get(..error.valid_up_to())?).ok()?,
        };
        let mut fields = Vec::new();
        let mut json = serde_json::Deserializer::from_str(text);
        json.deserialize_any(Fields(&mut fields)).ok();
        (!fields.is_empty()).then_some(Self { fields })
    }

    /// Refuses repeated keys, and those that are not listed; drops the latter instead if that was asked for.
    pub(super) fn only<'k>(
        &mut self,
        known: impl Iterator<Item = &'k Key> + Clone,
        ignore: bool,
    ) -> Result<(), BadRequest> {
        let is_known = |key: &str| known.clone().any(|known| known.name == key);
        for (at, (key, _)) in self.fields.iter().enumerate() {
            if self
                .fields
                .iter()
                .take(at)
                .any(|(earlier, _)| earlier == key)
            {
                return Err(BadRequest::key(key, "is repeated"));
            }
            if !ignore && !is_known(key) {
                return Err(BadRequest::key(key, "is not allowed here"));
            }
        }
        self.fields.retain(|(key, _)| is_known(key));
        Ok(())
    }

    /// The keys that nobody has taken out.
    #[cfg(test)]
    pub(super) fn rest(&self) -> Vec<&str> {
        self.fields.iter().map(|(key, _)| key.as_str()).collect()
    }

    /// A text. Null is as good as nothing.
    pub(super) fn text(&mut self, key: &'static str) -> Result<Option<Secret<String>>, BadRequest> {
        match self.take(key) {
            None | Some(Scalar::Null) => Ok(None),
            Some(Scalar::Text(text)) => Ok(Some(text)),
            Some(_) => Err(BadRequest::key(key, "must be a string")),
        }
    }

    /// A text that is not empty: forms send empty fields.
    pub(super) fn filled(
        &mut self,
        key: &'static str,
    ) -> Result<Option<Secret<String>>, BadRequest> {
        Ok(self
            .text(key)?
            .filter(|text| !text.expose().trim().is_empty()))
    }

    /// A code as typed: libraries like to make numbers of digits.
    pub(super) fn code(&mut self, key: &'static str) -> Result<Option<Secret<String>>, BadRequest> {
        if let Some((_, Scalar::Number(number))) = self.fields.iter().find(|(name, _)| name == key)
        {
            // A number has lost the zeros that a code of six digits may begin with.
            let text = Secret::new(format!("{number:0>6}"));
            self.take(key);
            return Ok(Some(text));
        }
        self.filled(key)
    }

    /// [`Object::text`] that is required; it may be empty.
    pub(super) fn needed(&mut self, key: &'static str) -> Result<Secret<String>, BadRequest> {
        self.text(key)?
            .ok_or_else(|| BadRequest::key(key, "is missing"))
    }

    /// True or false.
    pub(super) fn flag(&mut self, key: &'static str) -> Result<bool, BadRequest> {
        match self.take(key) {
            None | Some(Scalar::Null) => Ok(false),
            Some(Scalar::Flag(flag)) => Ok(flag),
            Some(_) => Err(BadRequest::key(key, "must be true or false")),
        }
    }

    /// A whole number, not negative.
    pub(super) fn whole(&mut self, key: &'static str) -> Result<Option<i64>, BadRequest> {
        match self.take(key) {
            None | Some(Scalar::Null) => Ok(None),
            Some(Scalar::Number(number)) => number
                .as_i64()
                .filter(|number| *number >= 0)
                .map(Some)
                .ok_or_else(|| BadRequest::key(key, "must be a whole number, 0 or more")),
            Some(_) => Err(BadRequest::key(key, "must be a whole number, 0 or more")),
        }
    }

    /// A value that the caller wants back: a text of at most `most` bytes or a whole number.
    pub(super) fn label(
        &mut self,
        key: &'static str,
        most: usize,
    ) -> Result<serde_json::Value, BadRequest> {
        match self.take(key) {
            None => Ok(serde_json::Value::Null),
            Some(Scalar::Text(text)) if text.as_bytes().len() <= most => Ok(text.as_str().into()),
            // A fraction might be written differently in the answer.
            Some(Scalar::Number(number)) if !number.is_f64() => Ok(number.into()),
            Some(_) => {
                let what = format!("must be a string of at most {most} bytes or a whole number");
                Err(BadRequest::key(key, &what))
            }
        }
    }

    /// Whether the key is present, once or more.
    pub(super) fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|(name, _)| name == key)
    }

    /// Whether the key is repeated.
    pub(super) fn repeats(&self, key: &str) -> bool {
        self.fields.iter().filter(|(name, _)| name == key).count() > 1
    }

    fn take(&mut self, key: &str) -> Option<Scalar> {
        let at = self.fields.iter().position(|(name, _)| name == key)?;
        Some(self.fields.swap_remove(at).1)
    }
}

/// Puts down each field as soon as it was read.
struct Fields<'a>(&'a mut Vec<(String, Scalar)>);

impl<'de> Visitor<'de> for Fields<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(field) = map.next_entry()? {
            self.0.push(field);
        }
        Ok(())
    }
}

impl<'de> Deserialize<'de> for Scalar {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> Visitor<'de> for Any {
            type Value = Scalar;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }

            fn visit_str<E>(self, text: &str) -> Result<Scalar, E> {
                Ok(Scalar::Text(Secret::new(text.to_owned())))
            }

            fn visit_bool<E>(self, flag: bool) -> Result<Scalar, E> {
                Ok(Scalar::Flag(flag))
            }

            fn visit_u64<E>(self, number: u64) -> Result<Scalar, E> {
                Ok(Scalar::Number(number.into()))
            }

            fn visit_i64<E>(self, number: i64) -> Result<Scalar, E> {
                Ok(Scalar::Number(number.into()))
            }

            fn visit_f64<E>(self, number: f64) -> Result<Scalar, E> {
                Ok(Number::from_f64(number).map_or(Scalar::Nested, Scalar::Number))
            }

            fn visit_unit<E>(self) -> Result<Scalar, E> {
                Ok(Scalar::Null)
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Scalar, A::Error> {
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                Ok(Scalar::Nested)
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Scalar, A::Error> {
                while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                Ok(Scalar::Nested)
            }
        }
        json.deserialize_any(Any)
    }
}
