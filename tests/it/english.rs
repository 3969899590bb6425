//! Plain English: words and phrases that people stumble over do not come back, neither in messages nor in the documentation.

use std::fs;
use std::path::{Path, PathBuf};

/// A phrase that is not used, and what is written instead. None of them has another use in this program.
const PHRASES: [(&str, &str); 27] = [
    ("anew", "again"),
    ("once more", "again"),
    ("mend", "fix"),
    ("mends", "fixes"),
    ("mended", "fixed"),
    ("is over", "has expired, has ended"),
    ("are over", "have expired, have ended"),
    ("in vain", "without success"),
    ("whosever", "for any account"),
    ("whomever", "the person"),
    ("is dead", "no longer works"),
    ("are dead", "no longer work"),
    ("cannot be told", "is not known"),
    ("asked for none", "not asked for a code"),
    ("the lock fell", "the account was locked"),
    ("the lock falls", "the account is locked"),
    ("given up", "failed"),
    ("handed over", "delivered to the mail server, written"),
    ("there is no such mail", "no failed mail to retry"),
    ("who said so", "where each value comes from"),
    ("for so long", "this long, a duration"),
    ("so many rows", "a maximum number of rows"),
    ("sealed", "encrypted"),
    ("taken back", "revoked"),
    ("called off", "cancelled"),
    ("calls it off", "cancels it"),
    ("behind a right password", "after a correct password"),
];

/// Texts with one of the phrases that have to keep it, and why.
const KEPT: [(&str, &str); 2] = [
    (
        " as sealed",
        "SQL: the alias of a table in the statements of `store rekey`",
    ),
    ("substr(sealed.", "SQL: the same alias"),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every file in `folder`, and below it, whose name has this extension.
fn files(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, extension, found);
        } else if path.extension().is_some_and(|found| found == extension) {
            found.push(path);
        }
    }
}

/// The string literals of a source file with the numbers of their first lines: comments and unit tests are left out.
fn strings(source: &str) -> Vec<(usize, String)> {
    let code = source
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(source);
    let mut found = Vec::new();
    let mut rest = code;
    let line_of = |rest: &str| code[..code.len() - rest.len()].lines().count().max(1);
    while let Some(at) = rest.find(['"', '/', '\'', 'r']) {
        let here = &rest[at..];
        let skipped = if here.starts_with("//") {
            here.find('\n').unwrap_or(here.len())
        } else if let Some(end) = raw_end(here) {
            found.push((line_of(here), here[..end].to_owned()));
            end
        } else if here.starts_with('"') {
            let end = text_end(here);
            found.push((line_of(here), here[..end].to_owned()));
            end
        } else if here.starts_with("'\\") {
            3
        } else if here.starts_with("'\"'") {
            "'\"'".len()
        } else {
            1
        };
        rest = here.get(skipped..).unwrap_or_default();
    }
    found
}

/// Where a raw string ends that begins here.
fn raw_end(text: &str) -> Option<usize> {
    let hashes = text
        .strip_prefix('r')?
        .chars()
        .take_while(|c| *c == '#')
        .count();
    let opening = format!("r{}\"", "#".repeat(hashes));
    let body = text.strip_prefix(&opening)?;
    let closing = format!("\"{}", "#".repeat(hashes));
    body.find(&closing)
        .map(|end| opening.len() + end + closing.len())
}

/// Where a string ends that begins here.
fn text_end(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices().skip(1) {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at + 1,
            _ => {}
        }
    }
    text.len()
}

/// The phrases that a text has as whole words, whatever the line breaks in it.
fn phrases(text: &str) -> impl Iterator<Item = &'static (&'static str, &'static str)> {
    let plain = text.replace("\\\n", " ").to_lowercase();
    let mut words = String::from(" ");
    for word in plain.split(|c: char| !c.is_alphanumeric() && c != '_') {
        if !word.is_empty() {
            words.push_str(word);
            words.push(' ');
        }
    }
    PHRASES
        .iter()
        .filter(move |(phrase, _)| words.contains(&format!(" {phrase} ")))
}

fn complaints(place: &str, text: &str) -> Vec<String> {
    if KEPT.iter().any(|(kept, _)| text.contains(kept)) {
        return Vec::new();
    }
    phrases(text)
        .map(|(phrase, instead)| format!("{place}: \"{phrase}\"; write: {instead}"))
        .collect()
}

#[test]
fn messages_are_in_plain_english() {
    let mut paths = Vec::new();
    files(&root().join("src"), "rs", &mut paths);
    let mut found = Vec::new();
    let mut seen = 0;
    for path in paths {
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        if name.contains("tests") {
            continue;
        }
        for (line, text) in strings(&fs::read_to_string(&path).unwrap()) {
            seen += 1;
            found.extend(complaints(&format!("{name}:{line}"), &text));
        }
    }
    assert!(seen > 2_000, "only {seen} strings were found in src");
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn mail_and_documentation_are_in_plain_english() {
    let mut paths = vec![root().join("README.md")];
    files(&root().join("docs"), "md", &mut paths);
    files(&root().join("src/mail/templates/en"), "txt", &mut paths);
    files(&root().join("src/mail/templates/en"), "html", &mut paths);
    assert!(paths.len() > 30, "only {} texts were found", paths.len());
    let mut found = Vec::new();
    for path in paths {
        let name = path.strip_prefix(root()).unwrap().display().to_string();
        for (number, line) in fs::read_to_string(&path).unwrap().lines().enumerate() {
            found.extend(complaints(&format!("{name}:{}", number + 1), line));
        }
    }
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn a_phrase_is_found_in_a_string_and_not_in_a_comment() {
    let source = "// mended\nlet quote = '\"';\nlet text = \"it is\\\n    over, \\\"mended\\\"\";\nr#\"an \"anew\"\"#;";
    let found: Vec<(usize, Vec<&str>)> = strings(source)
        .iter()
        .map(|(line, text)| (*line, phrases(text).map(|(phrase, _)| *phrase).collect()))
        .collect();
    assert_eq!(found, [(3, vec!["mended", "is over"]), (4, vec!["anew"])]);
}
