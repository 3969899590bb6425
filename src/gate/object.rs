//! One JSON object of plain values, read strictly: what is odd is refused and never guessed at.
//!
//! `serde_json` alone would let a repeated key pass, the last one winning, and would tell in its errors what it
//! found. Nested values are passed over without recursion, so that no depth of them costs anything.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Number;
use serde_json::error::Category;

use crate::domain::text::excerpt;
use crate::vault::Secret;

/// The longest request, in bytes.
pub const LIMIT: usize = 64 * 1024;

/// Why a request cannot be answered: a sentence without a full stop, and without any value that was sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct BadRequest(pub(super) String);

impl BadRequest {
    /// The request is longer than [`LIMIT`].
    pub fn too_long() -> Self {
        Self(format!("it is longer than {} KiB", LIMIT / 1024))
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
    /// Reads exactly one object, with nothing but white space around it.
    pub(super) fn read(bytes: &[u8]) -> Result<Self, BadRequest> {
        if bytes.len() > LIMIT {
            return Err(BadRequest::too_long());
        }
        let text = std::str::from_utf8(bytes).map_err(|_| BadRequest("it is not UTF-8".into()))?;
        if text.starts_with('\u{feff}') {
            return Err(BadRequest("it starts with a byte order mark".into()));
        }
        let mut json = serde_json::Deserializer::from_str(text);
        let object = Self::deserialize(&mut json).and_then(|object| json.end().map(|()| object));
        object.map_err(|error| {
            BadRequest(match error.classify() {
                Category::Data => "it is not one JSON object".into(),
                Category::Eof => "it ends before it is complete".into(),
                Category::Syntax | Category::Io => format!(
                    "it is not one JSON object: line {}, column {} does not read",
                    error.line(),
                    error.column()
                ),
            })
        })
    }

    /// Refuses keys that stand there twice, and those that are not listed.
    pub(super) fn only(&self, known: &[&[&str]]) -> Result<(), BadRequest> {
        for (at, (key, _)) in self.fields.iter().enumerate() {
            if self
                .fields
                .iter()
                .take(at)
                .any(|(earlier, _)| earlier == key)
            {
                return Err(BadRequest::key(key, "stands there twice"));
            }
            if !known.iter().any(|keys| keys.contains(&key.as_str())) {
                return Err(BadRequest::key(key, "is not known here"));
            }
        }
        Ok(())
    }

    /// A text of at most `most` bytes.
    pub(super) fn text(
        &mut self,
        key: &'static str,
        most: usize,
    ) -> Result<Option<Secret<String>>, BadRequest> {
        match self.take(key) {
            None => Ok(None),
            Some(Scalar::Text(text)) if text.as_bytes().len() <= most => Ok(Some(text)),
            Some(Scalar::Text(_)) => Err(BadRequest::key(
                key,
                &format!("holds more than {most} bytes"),
            )),
            Some(_) => Err(BadRequest::key(key, "must hold a text")),
        }
    }

    /// [`Object::text`] that must be there.
    pub(super) fn needed(
        &mut self,
        key: &'static str,
        most: usize,
    ) -> Result<Secret<String>, BadRequest> {
        self.text(key, most)?
            .ok_or_else(|| BadRequest::key(key, "is missing"))
    }

    /// True or false.
    pub(super) fn flag(&mut self, key: &'static str) -> Result<Option<bool>, BadRequest> {
        match self.take(key) {
            None => Ok(None),
            Some(Scalar::Flag(flag)) => Ok(Some(flag)),
            Some(_) => Err(BadRequest::key(key, "must be true or false")),
        }
    }

    /// What a caller wants to see again: a text of at most `most` bytes or a whole number.
    pub(super) fn label(
        &mut self,
        key: &'static str,
        most: usize,
    ) -> Result<serde_json::Value, BadRequest> {
        match self.take(key) {
            None => Ok(serde_json::Value::Null),
            Some(Scalar::Text(text)) if text.as_bytes().len() <= most => Ok(text.as_str().into()),
            // A fraction might come back in another spelling.
            Some(Scalar::Number(number)) if !number.is_f64() => Ok(number.into()),
            Some(_) => {
                let what = format!("must hold a text of at most {most} bytes or a whole number");
                Err(BadRequest::key(key, &what))
            }
        }
    }

    /// Whether the key is there, once or more.
    pub(super) fn has(&self, key: &str) -> bool {
        self.fields.iter().any(|(name, _)| name == key)
    }

    /// Whether the key is there more than once.
    pub(super) fn repeats(&self, key: &str) -> bool {
        self.fields.iter().filter(|(name, _)| name == key).count() > 1
    }

    fn take(&mut self, key: &str) -> Option<Scalar> {
        let at = self.fields.iter().position(|(name, _)| name == key)?;
        Some(self.fields.swap_remove(at).1)
    }
}

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(json: D) -> Result<Self, D::Error> {
        struct Fields;
        impl<'de> Visitor<'de> for Fields {
            type Value = Object;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
                let mut fields = Vec::with_capacity(8);
                while let Some(field) = map.next_entry()? {
                    fields.push(field);
                }
                Ok(Object { fields })
            }
        }
        json.deserialize_any(Fields)
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
