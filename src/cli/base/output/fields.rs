//! The fields of rows, each with its meaning: one list is CSV's header, the order in JSON, and a section of the manual.

use serde_json::{Map, Value};

/// A field of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Field {
    /// Its name in JSON and CSV.
    pub name: &'static str,
    /// What it contains, for people who write scripts.
    pub about: &'static str,
}

/// A field with what it holds.
pub const fn field(name: &'static str, about: &'static str) -> Field {
    Field { name, about }
}

/// Declares a row: a struct that a command fills in, and its `FIELDS`. An entry is
///
/// - `name: Type = "about"`: a field of the struct, and of the row;
/// - `name = "about"`, or `..FIELD`: a field that every row of a change has ([`Row::change`](super::Row::change) sets it);
/// - `name: Type`: in the struct only, for the table.
macro_rules! fields {
    ($(#[$meta:meta])* $vis:vis struct $row:ident $(<$life:lifetime>)? { $($entries:tt)* }) => {
        $crate::cli::base::output::fields::fields! { @ [$(#[$meta])* $vis $row $(<$life>)?] [] [] [] $($entries)* }
    };
    (@ $head:tt [$($fields:tt)*] $own:tt $hidden:tt ..$shared:expr, $($rest:tt)*) => {
        $crate::cli::base::output::fields::fields! { @ $head [$($fields)* $shared,] $own $hidden $($rest)* }
    };
    (@ $head:tt [$($fields:tt)*] $own:tt $hidden:tt $name:ident = $about:literal, $($rest:tt)*) => {
        $crate::cli::base::output::fields::fields! {
            @ $head [$($fields)* $crate::cli::base::output::fields::field(stringify!($name), $about),] $own $hidden $($rest)*
        }
    };
    (@ $head:tt [$($fields:tt)*] [$($own:tt)*] $hidden:tt $name:ident: $type:ty = $about:literal, $($rest:tt)*) => {
        $crate::cli::base::output::fields::fields! {
            @ $head [$($fields)* $crate::cli::base::output::fields::field(stringify!($name), $about),]
            [$($own)* ($name $type, $about)] $hidden $($rest)*
        }
    };
    (@ $head:tt $fields:tt $own:tt [$($hidden:tt)*] $(#[$meta:meta])* $name:ident: $type:ty, $($rest:tt)*) => {
        $crate::cli::base::output::fields::fields! { @ $head $fields $own [$($hidden)* ($(#[$meta])* $name $type)] $($rest)* }
    };
    (@ [$(#[$meta:meta])* $vis:vis $row:ident $(<$life:lifetime>)?] [$($fields:tt)*]
        [$(($name:ident $type:ty, $about:literal))*] [$(($(#[$hmeta:meta])* $hidden:ident $htype:ty))*]) => {
        $(#[$meta])*
        $vis struct $row $(<$life>)? {
            $(#[doc = $about] $vis $name: $type,)*
            $($(#[$hmeta])* $hidden: $htype,)*
        }

        impl $(<$life>)? $row $(<$life>)? {
            /// The fields of the row, in their order.
            $vis const FIELDS: &'static [$crate::cli::base::output::fields::Field] = &[$($fields)*];
        }

        impl $(<$life>)? $crate::cli::base::output::fields::Fields for $row $(<$life>)? {
            fn values(self) -> Vec<(&'static str, ::serde_json::Value)> {
                vec![$((stringify!($name), self.$name.into())),*]
            }
        }
    };
}
pub(crate) use fields;

/// A row that `fields!` declared.
pub trait Fields: Sized {
    /// Each field of its own with its value.
    fn values(self) -> Vec<(&'static str, Value)>;

    /// The row in JSON.
    fn json(self) -> Map<String, Value> {
        let values = self.values().into_iter();
        values
            .map(|(name, value)| (name.to_owned(), value))
            .collect()
    }
}

/// The fields of a row that no list declares.
impl Fields for Map<String, Value> {
    fn values(self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }

    fn json(self) -> Self {
        self
    }
}

impl AsRef<str> for Field {
    fn as_ref(&self) -> &str {
        self.name
    }
}

/// Over the fields on a page of help. The manual makes a section of it.
pub const HEADING: &str = "Fields of a row:";

/// Over the examples on a page of help. The manual makes a section of them.
pub const EXAMPLES: &str = "Examples:";

/// The examples of a command, one command line each. They are set as `after_help`; the page that `--help` prints, and the
/// manual, put them where they belong.
pub fn examples(lines: &[&str]) -> String {
    let mut page = EXAMPLES.to_owned();
    for line in lines {
        page.push_str("\n  ");
        page.push_str(line);
    }
    page
}

/// The widest line of the section: it is set as it is, in the help and in the manual.
const WIDTH: usize = 78;

/// The section of a page of help. `also` are fields that only an option brings.
pub fn section(fields: &[Field], also: &[Field]) -> String {
    let all = || fields.iter().chain(also);
    let names = all().map(|field| field.name.len()).max().unwrap_or(0);
    let indent = 2 + names + 2;
    let mut page = HEADING.to_owned();
    for field in all() {
        let mut column = indent;
        page.push_str(&format!("\n  {:<names$} ", field.name));
        for word in field.about.split(' ') {
            if column > indent && column + 1 + word.len() > WIDTH {
                page.push_str(&format!("\n{:indent$}{word}", ""));
                column = indent + word.len();
            } else {
                page.push_str(&format!(" {word}"));
                column += 1 + word.len();
            }
        }
    }
    page
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fields! {
        struct Shelf<'a> {
            target = "which",
            books: u32 = "how many",
            owner: Option<&'a str> = "whose, or null",
            ..field("hint", "what to do next"),
        }
    }

    #[test]
    fn a_row_is_declared_once() {
        let names: Vec<_> = Shelf::FIELDS.iter().map(|field| field.name).collect();
        assert_eq!(names, ["target", "books", "owner", "hint"]);
        assert_eq!(Shelf::FIELDS[1].about, "how many");
        let shelf = Shelf {
            books: 3,
            owner: Some("Ada"),
        };
        assert_eq!(
            Value::Object(shelf.json()).to_string(),
            json!({ "books": 3, "owner": "Ada" }).to_string()
        );
    }

    #[test]
    fn long_words_about_a_field_go_on_below_themselves() {
        let about = "one two three four five six seven eight nine ten eleven twelve thirteen";
        assert_eq!(
            section(
                &[field("id", "its number"), field("detail", about)],
                &[field("line", "where")]
            ),
            "Fields of a row:\n  \
               id      its number\n  \
               detail  one two three four five six seven eight nine ten eleven twelve\n          \
                       thirteen\n  \
               line    where"
        );
    }
}
