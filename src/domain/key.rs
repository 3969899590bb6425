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
    pub(super) weakens: Weakens<P>,
}

/// What a change of a key makes easier for people who should not get in.
pub(super) enum Weakens<P> {
    /// No change does; the table says why.
    Never,
    /// One sentence each, without a full stop, from the policy before and after; changes without one need no question.
    By(fn(&P, &P) -> Vec<String>),
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

    /// What a change gives up: one sentence each, without a full stop.
    pub fn weakened(&self, before: &P, after: &P) -> Vec<String> {
        match self.weakens {
            Weakens::Never => Vec::new(),
            Weakens::By(compare) => compare(before, after),
        }
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
    (@asks $compare:expr) => { $crate::domain::key::Weakens::By($compare) };
    (@safe $why:literal) => { $crate::domain::key::Weakens::Never };
    ($policy:ty; $(
        $name:literal, $field:ident, $form:expr, $about:literal $(or $unset:literal)?, $weakens:ident $what:expr;
    )*) => {
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
            weakens: $crate::domain::key::keys!(@$weakens $what),
        },)*]
    };
}
pub(super) use keys;
