//! What a command expects of a file: the columns it reads, and the operator's mapping of the file's own names.

use super::column::Column;
use super::names;
use crate::domain::role::BuiltIn;
use crate::domain::text::excerpt;

/// How a file is to be read.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The columns that the command has a use for, `address` first.
    pub(super) usable: Vec<Column>,
    /// Names of the file, and the column that each holds; none: it is left out.
    pub(super) map: Vec<(String, Option<Column>)>,
    /// Whether unknown columns are left out.
    pub(super) ignore: bool,
    /// Role words of the file, and the role that each means; none: the default.
    roles: Vec<(String, Option<String>)>,
    /// Whether `access_until` of a list is the end that a row asks for.
    pub(super) lists_end: bool,
}

impl Wanted {
    /// For a command that has a use for these columns; `address` always is one.
    pub fn of(columns: &[Column]) -> Self {
        let mut usable = vec![Column::Address];
        usable.extend(columns.iter().filter(|&&column| column != Column::Address));
        Self {
            usable,
            ..Self::default()
        }
    }

    /// With `COLUMN=FIELD` for each column of the file that is named by hand; without FIELD it is left out.
    ///
    /// # Errors
    /// What is wrong with one of them.
    pub fn mapped(mut self, pairs: &[String]) -> Result<Self, String> {
        for pair in pairs {
            let (theirs, ours) = halves("--map", "COLUMN=FIELD", pair)?;
            let column = (!ours.is_empty()).then(|| self.field(ours)).transpose()?;
            if self.map.iter().any(|(name, _)| same(name, theirs)) {
                return Err(format!("--map uses the column {} twice", excerpt(theirs)));
            }
            if column.is_some() && self.map.iter().any(|(_, other)| *other == column) {
                return Err(format!("--map maps two columns to {ours}"));
            }
            self.map.push((theirs.to_owned(), column));
        }
        Ok(self)
    }

    /// Leaves unknown columns out.
    #[must_use]
    pub fn ignoring(mut self, ignore: bool) -> Self {
        self.ignore = ignore;
        self
    }

    /// With `THEIRS=OURS` for each role word of the file; without OURS it is the default.
    ///
    /// # Errors
    /// What is wrong with one of them.
    pub fn with_roles(mut self, pairs: &[String]) -> Result<Self, String> {
        for pair in pairs {
            let (theirs, ours) = halves("--map-role", "THEIRS=ROLE", pair)?;
            let role = ours.to_ascii_lowercase();
            if !role.is_empty() && BuiltIn::parse(&role).is_none() {
                let known = BuiltIn::ALL.map(BuiltIn::as_str).join(", ");
                return Err(format!(
                    "--map-role: unknown role {}; the roles are {known}",
                    excerpt(ours)
                ));
            }
            self.roles.push((
                theirs.to_owned(),
                Some(role).filter(|role| !role.is_empty()),
            ));
        }
        Ok(self)
    }

    /// Takes the end of access from a list of ours, where it is no question whose end that is.
    #[must_use]
    pub fn with_end_of_lists(mut self, takes: bool) -> Self {
        self.lists_end = takes;
        self
    }

    /// What `--map` says about a name of the file.
    pub(super) fn by_hand(&self, name: &str) -> Option<Option<Column>> {
        let found = self.map.iter().find(|(theirs, _)| same(theirs, name));
        found.map(|(_, column)| *column)
    }

    /// Whether the command has a use for this column.
    pub(super) fn uses(&self, column: Column) -> bool {
        self.usable.contains(&column.whole())
    }

    /// The role that a cell means: case makes no difference for ours.
    pub(super) fn role(&self, cell: String) -> Option<String> {
        if let Some((_, ours)) = self.roles.iter().find(|(theirs, _)| same(theirs, &cell)) {
            return ours.clone();
        }
        if cell.bytes().any(|byte| byte.is_ascii_uppercase()) {
            let lower = cell.to_ascii_lowercase();
            if BuiltIn::parse(&lower).is_some() {
                return Some(lower);
            }
        }
        Some(cell)
    }

    fn field(&self, name: &str) -> Result<Column, String> {
        let found = names::find(name).filter(|&column| self.uses(column));
        found.ok_or_else(|| {
            let all = Column::list(&self.usable);
            format!(
                "--map: unknown field {}; supported fields: {all}",
                excerpt(name)
            )
        })
    }
}

/// Whether two words are the same but for case and the blanks around them.
pub(super) fn same(a: &str, b: &str) -> bool {
    let (a, b) = (a.trim(), b.trim());
    a == b || a.to_lowercase() == b.to_lowercase()
}

/// What is before and after the last `=`.
fn halves<'a>(option: &str, form: &str, pair: &'a str) -> Result<(&'a str, &'a str), String> {
    let halves = pair.rsplit_once('=').map(|(a, b)| (a.trim(), b.trim()));
    halves
        .filter(|(theirs, _)| !theirs.is_empty())
        .ok_or_else(|| format!("{option} expects {form}, not {}", excerpt(pair)))
}
