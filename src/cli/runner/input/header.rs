//! The meaning of column names: which column contains what, and which names are unknown.

use super::column::Column;
use super::names;
use super::problem::InputProblem;
use super::wanted::{Wanted, same};
use crate::domain::text::excerpt;

/// How many unknown columns a sentence names.
const NAMED: usize = 40;

/// What each of the names means; none: the column is left out.
pub(super) type Meaning = Vec<Option<Column>>;

/// Where names come from, for sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The header of a CSV file.
    Header,
    /// All keys of JSON lines. Not every line has all of them: what is there twice is judged line by line.
    Keys,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Self::Header => "column",
            Self::Keys => "key",
        }
    }
}

/// Finds out what the names mean. `line` tells where each was read.
pub(super) fn meaning(
    names: &[String],
    kind: Kind,
    line: &dyn Fn(usize) -> u64,
    wanted: &Wanted,
) -> Result<Meaning, InputProblem> {
    let mut found = Vec::with_capacity(names.len());
    let mut unknown = Vec::new();
    let mut unused = Vec::new();
    let mut first = None;
    let files = Ours::of(names);
    for (at, name) in names.iter().enumerate() {
        match look_up(name, &files, wanted) {
            Found::Means(column) if wanted.uses(column) || column.is_result() => {
                found.push(Some(column));
                continue;
            }
            Found::Means(_) if files.list || wanted.ignore => {}
            Found::Means(column) => {
                unused.push(column);
                first.get_or_insert(at);
            }
            Found::LeftOut => {}
            Found::Unknown if wanted.ignore => {}
            Found::Unknown => {
                unknown.push(stranger(at, name, kind, wanted));
                first.get_or_insert(at);
            }
        }
        found.push(None);
    }
    let line = line(first.unwrap_or(0));
    if let Some(message) = mapped_in_vain(names, kind, &files, wanted) {
        return Err(InputProblem::Mapped { line, message });
    }
    settle(names, &mut found, wanted);
    let mut faults = first_ones(unknown);
    let left_out = !faults.is_empty() || !unused.is_empty();
    let has_address = found.contains(&Some(Column::Address));
    if kind == Kind::Header {
        faults.extend(twice(names, &found, kind));
    }
    if !has_address && kind == Kind::Header {
        faults.push("the header has no address column".to_owned());
    }
    if !unused.is_empty() {
        unused.dedup();
        let names = Column::list(&unused);
        faults.push(format!("this command does not use {names}"));
    }
    if faults.is_empty() {
        return Ok(found);
    }
    Err(InputProblem::Columns {
        line,
        faults: faults.join("; "),
        kind: kind.word(),
        usable: Column::list(&wanted.usable),
        has_address,
        left_out,
    })
}

/// As many as are named in a sentence, and how many more there are.
pub(super) fn first_ones(mut all: Vec<String>) -> Vec<String> {
    if all.len() > NAMED {
        let more = all.len() - NAMED;
        all.truncate(NAMED);
        all.push(format!("and {more} more"));
    }
    all
}

/// Reports a repeated name in a row, if two of its names mean the same.
pub(super) fn twice(names: &[String], found: &Meaning, kind: Kind) -> Option<String> {
    for (at, column) in found.iter().enumerate() {
        let Some(column) = *column else { continue };
        let Some(before) = found[..at].iter().position(|other| *other == Some(column)) else {
            continue;
        };
        let (word, name) = (kind.word(), column.name());
        let (a, b) = (excerpt(&names[before]), excerpt(&names[at]));
        return Some(if same(&a, &b) {
            format!("the {word} {name} is repeated")
        } else {
            format!(
                "the {word}s {a} and {b} both contain {name}; choose one, as in --map '{a}={name}'"
            )
        });
    }
    None
}

/// Whether a file is one that was written here. The names that only such files have mean something nowhere else.
struct Ours {
    results: bool,
    list: bool,
}

impl Ours {
    fn of(names: &[String]) -> Self {
        let has = |wanted: &str| names.iter().any(|name| same(name, wanted));
        Self {
            results: Column::RESULT.map(Column::name).into_iter().all(has),
            list: names::LIST.into_iter().all(has),
        }
    }
}

/// Whether all columns of a results file, or of a list, are there.
pub(super) fn is_ours(names: &[String]) -> bool {
    let files = Ours::of(names);
    files.results || files.list
}

enum Found {
    Means(Column),
    LeftOut,
    Unknown,
}

fn look_up(name: &str, files: &Ours, wanted: &Wanted) -> Found {
    if let Some(column) = wanted.by_hand(name) {
        return column.map_or(Found::LeftOut, Found::Means);
    }
    let result = |column: &Column| same(column.name(), name);
    if files.results
        && let Some(column) = Column::RESULT.into_iter().find(result)
    {
        return Found::Means(column);
    }
    if files.list && names::LIST.iter().any(|known| same(known, name)) {
        return match names::own(name) {
            Some(column) => Found::Means(column),
            None if wanted.lists_end && same(name, names::LIST_END) => Found::Means(Column::Until),
            None => Found::LeftOut,
        };
    }
    names::find(name).map_or(Found::Unknown, Found::Means)
}

/// A column that was named by hand is the one that counts: others that could hold the same are left out.
fn settle(names: &[String], found: &mut Meaning, wanted: &Wanted) {
    for (name, column) in &wanted.map {
        let Some(column) = *column else { continue };
        let is_the_one = |at: &usize| same(&names[*at], name);
        if !(0..names.len()).any(|at| is_the_one(&at)) {
            continue;
        }
        for at in (0..names.len()).filter(|at| !is_the_one(at)) {
            if found[at] == Some(column) {
                found[at] = None;
            }
        }
    }
}

/// A name given by hand that the file does not have. A results file has been through it: its columns have our names.
fn mapped_in_vain(names: &[String], kind: Kind, files: &Ours, wanted: &Wanted) -> Option<String> {
    let missing = |(theirs, _): &&(String, Option<Column>)| {
        !files.results && !names.iter().any(|name| same(name, theirs))
    };
    let (theirs, _) = wanted.map.iter().find(missing)?;
    let near = crate::domain::text::nearest(theirs, names.iter().map(String::as_str));
    let near = near.map_or_else(String::new, |near| {
        format!(" (did you mean {}?)", excerpt(near))
    });
    Some(format!(
        "--map uses the unknown {} {}{near}",
        kind.word(),
        excerpt(theirs)
    ))
}

fn stranger(at: usize, name: &str, kind: Kind, wanted: &Wanted) -> String {
    let word = kind.word();
    if name.is_empty() {
        return format!("{word} {} has no name", at + 1);
    }
    let shown = excerpt(name);
    match names::nearest(name, &wanted.usable) {
        Some(near) => format!("unknown {word} {shown} (did you mean {near}?)"),
        None => format!("unknown {word} {shown}"),
    }
}
