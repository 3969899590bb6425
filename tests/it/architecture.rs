//! The house: which floor may use which, where SQL and printing may stand, how long a file may be.

mod terminal;

use std::fs;
use std::path::{Path, PathBuf};

/// Floor by folder; higher floors use lower ones.
const FLOORS: [(&str, u8); 8] = [
    ("domain", 0),
    ("files", 1),
    ("vault", 2),
    ("store", 3),
    ("mail", 3),
    ("ops", 4),
    ("gate", 5),
    ("cli", 5),
];

/// The most lines a file has.
const MOST_LINES: usize = 400;

/// Files that may be longer, and why.
const LONGER: [(&str, &str); 0] = [];

fn source() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

/// Every Rust file under `src`, by its path there, with its text.
fn files() -> Vec<(String, String)> {
    let mut folders = vec![source()];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let name = path
                    .strip_prefix(source())
                    .unwrap()
                    .to_str()
                    .unwrap()
                    .to_owned();
                found.push((name, fs::read_to_string(&path).unwrap()));
            }
        }
    }
    found.sort();
    found
}

fn floor_of(name: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(folder, _)| *folder == name)
        .map(|(_, floor)| *floor)
}

fn is_test_file(name: &str) -> bool {
    name.contains("tests") || name.ends_with("testing.rs")
}

/// The text without comments, and without what follows the unit tests' heading.
fn code(text: &str) -> String {
    let text = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or(text);
    text.lines()
        .map(|line| line.split("//").next().unwrap_or(""))
        .collect::<Vec<_>>()
        .join("\n")
}

/// The first path segments behind each `crate::`, with grouped imports (`crate::{a, b::c}`) taken apart.
fn used(code: &str) -> Vec<String> {
    let word = |text: &str| -> String {
        text.trim_start()
            .chars()
            .take_while(|c| c.is_alphanumeric() || *c == '_')
            .collect()
    };
    let mut found = Vec::new();
    for piece in code.split("crate::").skip(1) {
        let Some(group) = piece.strip_prefix('{') else {
            found.push(word(piece));
            continue;
        };
        let mut depth = 0;
        let mut start = true;
        for (index, character) in group.char_indices() {
            if start && !character.is_whitespace() {
                found.push(word(&group[index..]));
                start = false;
            }
            match character {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => start = true,
                _ => {}
            }
        }
    }
    found.retain(|word| !word.is_empty());
    found
}

/// What one file does that its floor may not.
fn trespasses(name: &str, text: &str) -> Vec<String> {
    let (own, floor) = match name.split_once('/') {
        Some((folder, _)) => (folder, floor_of(folder)),
        None => return Vec::new(),
    };
    let Some(floor) = floor else {
        return vec![format!("{name}: no floor has this folder")];
    };
    used(&code(text))
        .into_iter()
        .filter(|other| other != own)
        .filter_map(|other| floor_of(&other).map(|theirs| (other, theirs)))
        .filter(|(other, theirs)| {
            let dispatches = own == "cli" && other == "gate";
            !(*theirs < floor || dispatches)
        })
        .map(|(other, _)| format!("{name} uses crate::{other}"))
        .collect()
}

#[test]
fn every_floor_uses_only_floors_below_it() {
    let found: Vec<String> = files()
        .iter()
        .flat_map(|(name, text)| trespasses(name, text))
        .collect();
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn the_look_at_floors_sees_what_is_forbidden() {
    for (name, text) in [
        ("domain/a.rs", "use crate::store::Tx;"),
        ("store/a.rs", "use crate::{domain::link, mail::MailKind};"),
        ("mail/a.rs", "fn f() { crate::store::open() }"),
        ("vault/a.rs", "use crate::ops::Op;"),
        (
            "ops/a.rs",
            "use crate::{\n    vault::Token,\n    cli::ui,\n};",
        ),
        ("gate/a.rs", "use crate::cli::env;"),
        ("attic/a.rs", ""),
    ] {
        assert_eq!(trespasses(name, text).len(), 1, "{name}: {text}");
    }
    for (name, text) in [
        ("cli/a.rs", "use crate::gate::run;"),
        (
            "ops/a.rs",
            "use crate::{domain::link::{Link, LinkState}, mail::MailKind, store::Tx};",
        ),
        ("domain/a.rs", "// use crate::store::Tx;"),
        (
            "store/a.rs",
            "use crate::vault::Vault;\nuse crate::store::rows;",
        ),
    ] {
        assert_eq!(
            trespasses(name, text),
            Vec::<String>::new(),
            "{name}: {text}"
        );
    }
}

/// Whether a text literal in the line begins like a statement.
fn speaks_sql(line: &str) -> bool {
    let starts = [
        "select ",
        "insert into ",
        "update ",
        "delete from ",
        "create table ",
        "pragma ",
    ];
    line.split('"').skip(1).step_by(2).any(|literal| {
        let literal = literal.trim_start().to_ascii_lowercase();
        starts.iter().any(|start| literal.starts_with(start))
            && (literal.starts_with("pragma")
                || [" from ", " set ", "into ", "table "]
                    .iter()
                    .any(|word| literal.contains(word)))
    })
}

#[test]
fn only_the_store_speaks_sql() {
    let mut at_home = 0;
    for (name, text) in files() {
        let lines = text.lines().filter(|line| speaks_sql(line)).count();
        if name.starts_with("store/") {
            at_home += lines;
        } else {
            assert_eq!(lines, 0, "{name} holds SQL");
        }
    }
    assert!(
        at_home > 50,
        "the look for SQL found only {at_home} lines where it lives"
    );
}

#[test]
fn nothing_prints_past_the_streams_it_was_given() {
    let words = ["println!", "eprintln!", "print!", "eprint!", "dbg!"];
    for (name, text) in files().into_iter().filter(|(name, _)| !is_test_file(name)) {
        let code = code(&text);
        for word in words {
            let shouts = code
                .match_indices(word)
                .filter(|(index, _)| {
                    !code[..*index].ends_with(|c: char| c.is_alphanumeric() || c == '_')
                })
                .count();
            assert_eq!(shouts, 0, "{name} uses {word}");
        }
    }
}

#[test]
fn no_file_is_longer_than_one_can_live_in() {
    let mut long: Vec<String> = files()
        .into_iter()
        .filter(|(_, text)| text.lines().count() > MOST_LINES)
        .map(|(name, _)| name)
        .collect();
    long.sort();
    let mut excused: Vec<String> = LONGER.iter().map(|(name, _)| (*name).to_owned()).collect();
    excused.sort();
    // Both ways: a file that was made shorter leaves the list of excuses.
    assert_eq!(long, excused);
}

/// Where a command line is written by hand: between backticks, or as a text with the program's name in front.
fn prints_commands(text: &str) -> bool {
    let code = code(text);
    ["`admit ", "\"admit {"]
        .iter()
        .any(|start| code.contains(start))
}

/// What is pasted must act on the store of the run: only `cli/printed.rs` knows how to write that.
#[test]
fn commands_are_printed_in_one_place() {
    let found: Vec<String> = files()
        .into_iter()
        .filter(|(name, text)| !is_test_file(name) && prints_commands(text))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(found, Vec::<String>::new());
    assert!(prints_commands("hinted(\"see `admit list`\")"));
    assert!(prints_commands("format!(\"admit {command} --help\")"));
    assert!(!prints_commands(
        "/// `admit list`\nhint!(\"see \", command(&[\"list\"]))"
    ));
}

/// Calls that open a file.
const OPENS: [&str; 13] = [
    "File::open(",
    "File::create(",
    "File::create_new(",
    "File::options(",
    "OpenOptions::new(",
    "fs::read(",
    "fs::read_to_string(",
    "fs::write(",
    "fs::copy(",
    "fs::open(",
    "fs::openat(",
    "tempfile_in(",
    "Connection::open",
];

/// Where the store opens files, how often, and why that is never one which SQLite has open: closing any descriptor of such a
/// file drops all of SQLite's locks on it (`src/store/held.rs`).
const OPENERS: [(&str, usize, &str); 7] = [
    (
        "store/draft.rs",
        2,
        "a draft before it has its name and after its connection was closed; folders",
    ),
    (
        "store/engine/lite.rs",
        1,
        "SQLite itself, over a file that is held",
    ),
    ("store/engine/lite/structure.rs", 1, "a database in memory"),
    ("store/engine/pg/pass.rs", 1, "the password file"),
    (
        "store/held.rs",
        1,
        "the one descriptor of a store file, closed after the last connection",
    ),
    ("store/location.rs", 1, "a new file, which nobody has open"),
    ("store/location/fuse.rs", 1, "the kernel's list of mounts"),
];

fn opens(text: &str) -> usize {
    let code = code(text);
    OPENS.iter().map(|call| code.matches(call).count()).sum()
}

#[test]
fn the_store_opens_no_file_beside_sqlite() {
    let found: Vec<(String, usize)> = files()
        .into_iter()
        .filter(|(name, _)| name.starts_with("store/") && !is_test_file(name))
        .map(|(name, text)| (name, opens(&text)))
        .filter(|(_, count)| *count > 0)
        .collect();
    let known: Vec<(String, usize)> = OPENERS
        .iter()
        .map(|(name, count, _)| ((*name).to_owned(), *count))
        .collect();
    assert_eq!(found, known, "say here why it is never a store's file");
}

#[test]
fn the_look_for_opened_files_sees_each_way() {
    for text in [
        "let f = File::open(path)?;",
        "std::fs::read(path)",
        "std::fs::copy(a, b)",
        "rustix::fs::open(path, flags, mode)",
        "OpenOptions::new().read(true)",
        "Connection::open_with_flags(path, flags)",
    ] {
        assert_eq!(opens(text), 1, "{text}");
    }
    assert_eq!(opens("// File::open(path)\nfs::metadata(path)"), 0);
}

/// What is named on a command line may be the store: it is read through `cli/base/reading.rs`, which refuses that.
#[test]
fn a_file_that_is_named_is_not_opened_past_the_look_whether_it_is_the_store() {
    let found: Vec<String> = files()
        .into_iter()
        .filter(|(name, _)| name.starts_with("cli/") && !is_test_file(name))
        .filter(|(_, text)| {
            ["File::open(", "fs::read("]
                .iter()
                .any(|call| code(text).contains(call))
        })
        .map(|(name, _)| name)
        .collect();
    // The time zone's data; a folder for a dry run; what the kernel says of this process.
    assert_eq!(
        found,
        [
            "cli/base/env/zone.rs",
            "cli/base/opening.rs",
            "cli/base/reading.rs",
            "cli/base/rights.rs"
        ]
    );
}

/// The public functions of transactions and of the store, in a file of the store's floor.
fn offered(text: &str) -> Vec<&str> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.starts_with("impl") {
            inside = ["impl Tx<", "impl<'a> Tx<", "impl Store "]
                .iter()
                .any(|start| line.starts_with(start));
        }
        if inside && let Some(rest) = line.strip_prefix("    pub fn ") {
            found.extend(rest.split(['(', '<']).next());
        }
    }
    found
}

/// An engine is as good as these tests: what they do not call, a second one may do otherwise.
#[test]
fn every_function_of_the_store_is_called_by_its_tests() {
    // What only a file, or only a server, can do is tried apart.
    let tests: String = ["tests/it/store", "tests/it/file_only", "tests/postgres"]
        .iter()
        .flat_map(|folder| {
            fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)).unwrap()
        })
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_file())
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let files = files();
    let all: Vec<&str> = files
        .iter()
        .filter(|(name, _)| name.starts_with("store/"))
        .flat_map(|(_, text)| offered(text))
        .collect();
    assert!(all.len() > 100, "only {} were found", all.len());
    let missing: Vec<&&str> = all
        .iter()
        .filter(|name| !tests.contains(&format!("{name}(")))
        .collect();
    assert_eq!(missing, [] as [&&str; 0]);
}

/// What makes, names or replaces a file.
const MAKING: [&str; 18] = [
    "File::create(",
    "File::create_new(",
    "fs::write(",
    "fs::copy(",
    "fs::rename(",
    "fs::hard_link(",
    "fs::link(",
    "fs::symlink(",
    "linkat(",
    "renameat(",
    ".create_new(",
    ".create(true)",
    ".truncate(true)",
    ".append(true)",
    "OFlags::CREATE",
    "OFlags::TMPFILE",
    "tempfile_in(",
    "persist",
];

/// Where that stands, and why it needs no [`admit::files::Place`].
const MAKERS: [(&str, &str); 8] = [
    ("files/new.rs", "the one place that makes what people name"),
    (
        "mail/folder.rs",
        "asks the guard for each letter, and holds on to the folder",
    ),
    (
        "store/draft.rs",
        "a store, at a place that was checked, never over another file",
    ),
    ("store/location.rs", "the same"),
    ("vault/erased.rs", "a list beside the key, always the same"),
    (
        "vault/keyfile.rs",
        "the key file itself, never over another file",
    ),
    (
        "vault/last_seen.rs",
        "a list beside the key, always the same",
    ),
    (
        "vault/slots.rs",
        "an empty file beside the store, or in the user's runtime folder, only to be locked",
    ),
];

fn makes_files(text: &str) -> bool {
    let code = code(text);
    MAKING.iter().any(|word| {
        code.match_indices(word).any(|(at, _)| {
            let before = code[..at].chars().next_back();
            !word.starts_with(char::is_alphabetic)
                || !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
        })
    })
}

/// A command that wrote to a path by itself could write over the key.
#[test]
fn nothing_is_written_past_the_guard() {
    let mut found: Vec<String> = files()
        .into_iter()
        .filter(|(name, text)| !is_test_file(name) && makes_files(text))
        .map(|(name, _)| name)
        .collect();
    found.sort();
    let makers: Vec<String> = MAKERS.iter().map(|(name, _)| (*name).to_owned()).collect();
    // Both ways: a file that makes nothing any more leaves the list.
    assert_eq!(found, makers);
    for text in [
        "let f = File::create(path)?;",
        "std::fs::write(path, text)",
        "OpenOptions::new().write(true).create_new(true)",
        "rustix::fs::renameat(a, b, c, d)",
    ] {
        assert!(makes_files(text), "{text}");
    }
    for text in [
        "NewFile::create(&place, over)",
        "// File::create(path)",
        "fs::read(path)",
    ] {
        assert!(!makes_files(text), "{text}");
    }
}

/// Only the guard lets something be written: nobody else makes a place.
#[test]
fn only_the_guard_makes_places() {
    let makes = |code: &str| {
        code.lines().any(|line| {
            line.split("Place(")
                .next()
                .filter(|before| before.len() < line.len())
                .is_some_and(|before| !before.ends_with(|c: char| c.is_alphanumeric()))
        })
    };
    let found: Vec<String> = files()
        .into_iter()
        .filter(|(name, text)| name.starts_with("files/") && makes(&code(text)))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(found, ["files/guard.rs"]);
}

/// The text of the literal that begins behind `start`, up to its closing quote.
fn literal(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('"')?;
    let mut escaped = false;
    let end = inner.find(|c| {
        let closes = c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    })?;
    Some(&inner[..end])
}

/// An error says what is wrong; it asks nothing, since nobody answers it.
#[test]
fn errors_are_statements() {
    let makers = [
        "usage",
        "failed",
        "refused",
        "not_found",
        "denied",
        "try_again",
    ];
    let (mut seen, mut asking) = (0, Vec::new());
    for (name, text) in files() {
        if is_test_file(&name) {
            continue;
        }
        let text = code(&text);
        let starts = makers.map(|maker| format!("CliError::{maker}("));
        let starts = starts.iter().map(String::as_str).chain(["#[error("]);
        for start in starts {
            for (at, _) in text.match_indices(start) {
                let rest = text[at + start.len()..].trim_start();
                let rest = rest.strip_prefix("format!(").unwrap_or(rest).trim_start();
                let Some(message) = literal(rest) else {
                    continue;
                };
                seen += 1;
                if message.contains('?') && !message.contains("{0:?}") {
                    asking.push(format!("{name}: {message}"));
                }
            }
        }
    }
    assert!(seen > 200, "only {seen} errors were found");
    assert!(asking.is_empty(), "{asking:#?}");
}
