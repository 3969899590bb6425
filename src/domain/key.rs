//! The keys of a policy: each is listed once, in a table, with everything about it.

use super::policy::PolicyProblem;

/// One key of a policy `P`.
pub struct Key<P: 'static> {
    /// Its name, as in `KEY=VALUE`.
    pub name: &'static str,
    /// What it is for, in one line.
    pub about: &'static str,
    /// What applies if there is neither a value nor a default; empty if there always is one.
    pub unset: &'static str,
    pub(super) range: fn() -> String,
    pub(super) read: fn(&mut P, &str) -> Result<(), Option<String>>,
    pub(super) write: fn(&P) -> Option<String>,
    pub(super) reset: fn(&mut P),
}

impl<P: Default> Key<P> {
    /// The values that are accepted, in words.
    pub fn range(&self) -> String {
        (self.range)()
    }

    /// Its value in a policy, as it would be typed; `None` if nothing is set.
    pub fn value(&self, policy: &P) -> Option<String> {
        (self.write)(policy)
    }

    /// Its default, as it would be typed.
    pub fn default(&self) -> Option<String> {
        (self.write)(&P::default())
    }

    /// Sets it.
    ///
    /// # Errors
    /// A value out of range.
    pub fn set(&self, policy: &mut P, value: &str) -> Result<(), PolicyProblem> {
        (self.read)(policy, value).map_err(|problem| PolicyProblem::BadValue {
            key: self.name,
            value: value.to_owned(),
            wanted: match problem {
                None => self.range(),
                Some(problem) => format!("{}; {problem}", self.range()),
            },
        })
    }

    /// Resets it to the default.
    pub fn reset(&self, policy: &mut P) {
        (self.reset)(policy);
    }
}

/// Looks up a key by name.
pub fn find<P>(keys: &'static [Key<P>], name: &str) -> Option<&'static Key<P>> {
    keys.iter().find(|key| key.name == name)
}

/// Declares the table: `name, field, form, "about";`, and where a value is optional `or "what applies then"`.
macro_rules! keys {
    ($policy:ty; $($name:literal, $field:ident, $form:expr, $about:literal $(or $unset:literal)?;)*) => {
        &[$($crate::domain::key::Key::<$policy> {
            name: $name,
            about: $about,
            unset: concat!($($unset)?),
            range: || $crate::domain::form::Form::range(&$form),
            read: |policy, text| {
                policy.$field = $crate::domain::form::Form::read(&$form, text)?;
                Ok(())
            },
            write: |policy| $crate::domain::form::Form::write(&$form, &policy.$field),
            reset: |policy| policy.$field = <$policy>::default().$field,
        },)*]
    };
}
pub(super) use keys;
