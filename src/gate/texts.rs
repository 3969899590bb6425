//! The messages for people, by code and language.
//!
//! A text is a template: `{name}` stands for a parameter, and what is in `[ ]` is left out if a parameter in it is not
//! there. Every language has the same codes with the same parameters; a test says so.

mod de;
mod en;
mod fr;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Map, Value};

use crate::domain::when::{local_zoned, rfc3339};
use crate::mail::in_words;

/// A language of messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lang {
    /// English: the fallback.
    En,
    /// German.
    De,
    /// French.
    Fr,
}

impl Lang {
    /// All of them.
    #[cfg(test)]
    pub(super) const ALL: [Self; 3] = [Self::En, Self::De, Self::Fr];

    /// The language of a tag such as `de-AT`; English for others.
    pub fn of(tag: &str) -> Self {
        let first = tag.split(['-', '_']).next().unwrap_or_default();
        match first.to_ascii_lowercase().as_str() {
            "de" => Self::De,
            "fr" => Self::Fr,
            _ => Self::En,
        }
    }

    fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::De => "de",
            Self::Fr => "fr",
        }
    }

    fn templates(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::En => en::TEXTS,
            Self::De => de::TEXTS,
            Self::Fr => fr::TEXTS,
        }
    }

    fn template(self, code: &str) -> Option<&'static str> {
        let found = |lang: Self| lang.templates().iter().find(|(known, _)| *known == code);
        found(self)
            .or_else(|| found(Self::En))
            .map(|(_, template)| *template)
    }
}

/// Every code there is.
#[cfg(feature = "testing")]
pub fn codes() -> impl Iterator<Item = &'static str> {
    en::TEXTS.iter().map(|(code, _)| *code)
}

/// The English text of a code, with its parameters as `{…}`.
#[cfg(feature = "testing")]
pub fn message_template(code: &str) -> Option<&'static str> {
    Lang::En.template(code)
}

/// Whether the text of a code has this parameter.
pub(super) fn mentions(code: &str, parameter: &str) -> bool {
    let template = Lang::En.template(code).unwrap_or_default();
    names(template).any(|name| name == parameter)
}

/// What a text is filled with.
#[derive(Clone, Debug)]
pub(super) enum Parameter {
    /// Text as it is.
    Text(String),
    /// A number.
    Number(i64),
    /// An instant, shown in the zone.
    Time(Timestamp),
    /// Another text, by its code.
    Code(&'static str),
    /// Other texts, each with a number it may need, joined.
    Codes(Vec<(&'static str, Vec<(&'static str, i64)>)>),
}

/// A message: what it says, and with what.
#[derive(Clone, Debug)]
pub(super) struct Message {
    /// Which one it is.
    pub(super) code: &'static str,
    /// With what.
    pub(super) parameters: Vec<(&'static str, Parameter)>,
}

impl Message {
    /// A message without parameters.
    pub(super) fn of(code: &'static str) -> Self {
        Self {
            code,
            parameters: Vec::new(),
        }
    }

    /// Adds a parameter.
    pub(super) fn with(mut self, name: &'static str, value: Parameter) -> Self {
        self.parameters.push((name, value));
        self
    }

    /// Adds a parameter if there is one.
    pub(super) fn with_some(self, name: &'static str, value: Option<Parameter>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// The parameters as a panel gets them.
    pub(super) fn to_json(&self) -> Value {
        let value = |parameter: &Parameter| match parameter {
            Parameter::Text(text) => Value::from(text.as_str()),
            Parameter::Number(number) => Value::from(*number),
            Parameter::Time(at) => Value::from(rfc3339(*at)),
            Parameter::Code(code) => Value::from(*code),
            Parameter::Codes(codes) => codes
                .iter()
                .map(|(code, numbers)| {
                    let mut all = Map::new();
                    all.insert("code".into(), (*code).into());
                    all.extend(
                        numbers
                            .iter()
                            .map(|(name, number)| ((*name).to_owned(), Value::from(*number))),
                    );
                    Value::from(all)
                })
                .collect(),
        };
        // Whom to ask, and for what, are sentences of ours: a panel that words messages itself has its own.
        let sentence = |name: &str| matches!(name, "ask" | "another");
        self.parameters
            .iter()
            .filter(|(name, _)| !sentence(name))
            .map(|(name, parameter)| ((*name).to_owned(), value(parameter)))
            .collect::<Map<_, _>>()
            .into()
    }

    /// The text in a language. A code that is unknown is its own text, which is a bug that a test finds.
    pub(super) fn text(&self, lang: Lang, zone: &TimeZone) -> String {
        let Some(template) = lang.template(self.code) else {
            return self.code.to_owned();
        };
        fill(template, &|name| {
            let (_, parameter) = self.parameters.iter().find(|(known, _)| *known == name)?;
            Some(match parameter {
                Parameter::Text(text) => text.clone(),
                Parameter::Number(number) => number.to_string(),
                Parameter::Time(at) => time(*at, lang, zone),
                // Shares the parameters of this one: the contact in "please ask".
                Parameter::Code(code) => Self {
                    code,
                    parameters: self
                        .parameters
                        .iter()
                        .filter(|(own, _)| *own != name)
                        .cloned()
                        .collect(),
                }
                .text(lang, zone),
                Parameter::Codes(codes) => {
                    let texts: Vec<String> = codes
                        .iter()
                        .map(|(code, numbers)| {
                            let number = |(name, number): &(&'static str, i64)| {
                                (*name, Parameter::Number(*number))
                            };
                            Self {
                                code,
                                parameters: numbers.iter().map(number).collect(),
                            }
                            .text(lang, zone)
                        })
                        .collect();
                    texts.join(lang.template("join").unwrap_or(", "))
                }
            })
        })
    }
}

fn time(at: Timestamp, lang: Lang, zone: &TimeZone) -> String {
    match lang {
        Lang::En => local_zoned(at, zone),
        Lang::De | Lang::Fr => in_words(at, zone, lang.tag()),
    }
}

/// Fills a template. An optional part appears if all its parameters are there.
fn fill(template: &str, value: &dyn Fn(&str) -> Option<String>) -> String {
    let mut text = String::with_capacity(2 * template.len());
    let mut rest = template;
    while let Some(at) = rest.find(['{', '[']) {
        text.push_str(&rest[..at]);
        let (open, close) = (rest.as_bytes()[at], &rest[at + 1..]);
        let end = if open == b'{' { '}' } else { ']' };
        let Some((inner, after)) = close.split_once(end) else {
            break;
        };
        if open == b'{' {
            text.push_str(&value(inner).unwrap_or_default());
        } else if names(inner).all(|name| value(name).is_some()) {
            text.push_str(&fill(inner, value));
        }
        rest = after;
    }
    text.push_str(rest);
    text
}

/// The parameters in a template.
fn names(template: &str) -> impl Iterator<Item = &str> {
    template
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}').map(|(name, _)| name))
}

#[cfg(test)]
#[path = "texts_tests.rs"]
mod tests;
