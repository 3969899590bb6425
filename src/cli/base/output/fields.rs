//! The fields of rows, each with its meaning: one list is CSV's header, the order in JSON, and a section of the manual.

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
    use super::*;

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
