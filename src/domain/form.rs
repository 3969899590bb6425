//! How a setting's value is read and written, and its range in words.

use jiff::SignedDuration;

use super::link;
use super::second_factor::Methods;
use super::text;
use super::when::Period;

/// The shape of a value. What [`Form::write`] gives, [`Form::read`] reads back as the same value.
pub trait Form {
    /// The parsed value.
    type Value;

    /// Reads it.
    ///
    /// # Errors
    /// What is wrong with it, where the range alone does not explain it.
    fn read(&self, text: &str) -> Result<Self::Value, Option<String>>;

    /// Writes it; `None` is a value that is not set.
    fn write(&self, value: &Self::Value) -> Option<String>;

    /// The values that are accepted, in words.
    fn range(&self) -> String;
}

/// A number between two others, both included.
pub(super) struct Number(pub(super) i64, pub(super) i64);

impl Form for Number {
    type Value = i64;

    fn read(&self, text: &str) -> Result<i64, Option<String>> {
        text.parse()
            .ok()
            .filter(|number| (self.0..=self.1).contains(number))
            .ok_or(None)
    }

    fn write(&self, value: &i64) -> Option<String> {
        Some(value.to_string())
    }

    fn range(&self) -> String {
        format!("a number from {} to {}", self.0, self.1)
    }
}

/// An exact span of time between two others, both included. Months and years have no exact length.
pub(super) struct Span(pub(super) SignedDuration, pub(super) SignedDuration);

impl Form for Span {
    type Value = SignedDuration;

    fn read(&self, text: &str) -> Result<SignedDuration, Option<String>> {
        Period::parse(text)
            .ok()
            .filter(|lapse| lapse.months == 0 && (self.0..=self.1).contains(&lapse.exact))
            .map(|lapse| lapse.exact)
            .ok_or(None)
    }

    fn write(&self, value: &SignedDuration) -> Option<String> {
        Some(Period::exact(*value).to_string())
    }

    fn range(&self) -> String {
        format!(
            "a duration from {} to {}",
            Period::exact(self.0),
            Period::exact(self.1)
        )
    }
}

/// Another form, or the word `off`.
pub(super) struct OrOff<F>(pub(super) F);

impl<F: Form> Form for OrOff<F> {
    type Value = Option<F::Value>;

    fn read(&self, text: &str) -> Result<Self::Value, Option<String>> {
        if text == "off" {
            Ok(None)
        } else {
            self.0.read(text).map(Some)
        }
    }

    fn write(&self, value: &Self::Value) -> Option<String> {
        match value {
            None => Some("off".to_owned()),
            Some(value) => self.0.write(value),
        }
    }

    fn range(&self) -> String {
        format!("off, or {}", self.0.range())
    }
}

/// Another form, or nothing at all.
pub(super) struct OrUnset<F>(pub(super) F);

impl<F: Form> Form for OrUnset<F> {
    type Value = Option<F::Value>;

    fn read(&self, text: &str) -> Result<Self::Value, Option<String>> {
        self.0.read(text).map(Some)
    }

    fn write(&self, value: &Self::Value) -> Option<String> {
        value.as_ref().and_then(|value| self.0.write(value))
    }

    fn range(&self) -> String {
        self.0.range()
    }
}

/// One of a few words.
pub(super) struct Choice<T: 'static>(pub(super) &'static [(&'static str, T)]);

impl<T: Copy + PartialEq> Form for Choice<T> {
    type Value = T;

    fn read(&self, text: &str) -> Result<T, Option<String>> {
        self.0
            .iter()
            .find(|(word, _)| *word == text)
            .map(|(_, choice)| *choice)
            .ok_or(None)
    }

    fn write(&self, value: &T) -> Option<String> {
        self.0
            .iter()
            .find(|(_, choice)| choice == value)
            .map(|(word, _)| (*word).to_owned())
    }

    fn range(&self) -> String {
        let words: Vec<&str> = self.0.iter().map(|(word, _)| *word).collect();
        match words.split_last() {
            Some((last, first)) if !first.is_empty() => format!("{} or {last}", first.join(", ")),
            _ => words.concat(),
        }
    }
}

/// A list of methods for codes.
pub(super) struct MethodList;

impl Form for MethodList {
    type Value = Methods;

    fn read(&self, text: &str) -> Result<Methods, Option<String>> {
        Methods::parse(text).ok_or(None)
    }

    fn write(&self, value: &Methods) -> Option<String> {
        Some(value.to_string())
    }

    fn range(&self) -> String {
        "any of app, mail, sms, with commas".into()
    }
}

/// One line of text, of limited length.
pub(super) struct Line(pub(super) usize);

impl Form for Line {
    type Value = String;

    fn read(&self, text: &str) -> Result<String, Option<String>> {
        text::one_line(text, self.0).map_err(|problem| Some(problem.to_string()))
    }

    fn write(&self, value: &String) -> Option<String> {
        Some(value.clone())
    }

    fn range(&self) -> String {
        format!("one line of at most {} characters", self.0)
    }
}

/// One line of text, of limited length, with its own words for what is expected.
pub(super) struct Worded(pub(super) usize, pub(super) &'static str);

impl Form for Worded {
    type Value = String;

    fn read(&self, text: &str) -> Result<String, Option<String>> {
        Line(self.0).read(text)
    }

    fn write(&self, value: &String) -> Option<String> {
        Some(value.clone())
    }

    fn range(&self) -> String {
        self.1.to_owned()
    }
}

/// A page of the panel that receives a token.
pub(super) struct Page;

impl Form for Page {
    type Value = String;

    fn read(&self, text: &str) -> Result<String, Option<String>> {
        let text = text.trim().to_owned();
        link::check_page(&text).map_err(|problem| Some(problem.to_owned()))?;
        Ok(text)
    }

    fn write(&self, value: &String) -> Option<String> {
        Some(value.clone())
    }

    fn range(&self) -> String {
        "an https:// URL with {token} in it".into()
    }
}

/// The cost of a password hash: memory in KiB, passes, lanes; from OWASP's minimum to the largest value that
/// is read back.
pub(super) struct Argon2;

impl Form for Argon2 {
    type Value = (u32, u32, u32);

    fn read(&self, text: &str) -> Result<Self::Value, Option<String>> {
        let numbers: Option<Vec<u32>> = text
            .split(',')
            .map(|number| number.trim().parse().ok())
            .collect();
        match numbers.as_deref() {
            Some(&[memory @ 19_456..=1_048_576, passes @ 2..=16, lanes @ 1..=16]) => {
                Ok((memory, passes, lanes))
            }
            _ => Err(None),
        }
    }

    fn write(&self, (memory, passes, lanes): &Self::Value) -> Option<String> {
        Some(format!("{memory},{passes},{lanes}"))
    }

    fn range(&self) -> String {
        "KiB,passes,lanes from 19456,2,1 to 1048576,16,16".into()
    }
}
