//! What must hold of every run, whatever it was about: nothing is printed that no operator should ever see, JSON is
//! one document, and every command that is printed parses.

use admit::cli::args::Cli;
use admit::cli::base::output::fields::HEADING;
use admit::domain::text::is_hidden;
use clap::CommandFactory;
use serde_json::Value;

/// Words that only a debug form or a back-trace leaves in an output.
const INNARDS: &[&str] = &[
    "panicked",
    "RUST_BACKTRACE",
    "stack backtrace",
    "Some(",
    "None)",
    "Ok(",
    "Err(",
    "called `",
    "(os error",
    "SqliteFailure",
    "UTC]",
    "Secret(",
    "Secret<",
];

/// Judges what one command line printed. `words` are its words, the program's name left out.
pub(crate) fn output(words: &[String], stdout: &str, stderr: &str, code: u8) {
    let line = words.join(" ");
    let about = || format!("admit {line}\n{stdout}----\n{stderr}[exit {code}]");
    let codes: &[u8] = if words.first().is_some_and(|word| word == "gate") {
        &[0, 1, 111]
    } else {
        &[0, 1, 2, 3, 4, 5, 6, 7, 75, 130]
    };
    assert!(codes.contains(&code), "no such exit code\n{}", about());
    for text in [stdout, stderr] {
        for word in INNARDS {
            assert!(!text.contains(word), "{word:?} was printed\n{}", about());
        }
        if let Some(form) = debug_form(text) {
            panic!("a debug form was printed: {form}\n{}", about());
        }
        let coloured = line.contains("--color always");
        // The colours of a QR code are the code.
        let plain: String = text
            .split_inclusive('\n')
            .map(|line| {
                qr_line(line.trim_end_matches('\n')).map_or(line.to_owned(), |_| String::new())
            })
            .collect();
        let bad = plain
            .chars()
            .find(|&c| is_hidden(c) && c != '\n' && !(coloured && c == '\u{1b}'));
        assert_eq!(bad, None, "a hidden character was printed\n{}", about());
    }
    if is_json(words) {
        let document = document(stdout).unwrap_or_else(|e| panic!("{e}\n{}", about()));
        fields(&document, code);
    }
    // `why` answers with an obstacle, and that is no error.
    let quiet_no = code == 6 && words.iter().any(|word| word == "why");
    if code != 0 && !quiet_no && !stdout.contains("\"ok\":false") {
        assert!(!stderr.trim().is_empty(), "it fails silently\n{}", about());
    }
    for command in commands(stderr).into_iter().chain(commands(stdout)) {
        parses(&command).unwrap_or_else(|e| panic!("`{command}` does not parse: {e}\n{}", about()));
    }
}

/// A line of a QR code without its colours: black on white and white on black, and nothing else in it.
pub(crate) fn qr_line(line: &str) -> Option<String> {
    const GROUNDS: [&str; 2] = ["\u{1b}[38;5;16;48;5;231m", "\u{1b}[38;5;231;48;5;16m"];
    let inner = line.strip_suffix("\u{1b}[0m")?;
    if !GROUNDS.iter().any(|ground| inner.starts_with(ground)) {
        return None;
    }
    let bare = GROUNDS
        .iter()
        .fold(inner.to_owned(), |line, ground| line.replace(ground, ""));
    bare.chars()
        .all(|c| matches!(c, ' ' | '▀' | '▄'))
        .then_some(bare)
}

fn is_json(words: &[String]) -> bool {
    let line = format!(" {} ", words.join(" "));
    ["-o json ", "-ojson ", "--output json ", "--output=json "]
        .iter()
        .any(|option| line.contains(option))
}

/// The one document on standard output.
pub(crate) fn document(stdout: &str) -> Result<Value, String> {
    let mut documents = serde_json::Deserializer::from_str(stdout).into_iter::<Value>();
    let first = documents
        .next()
        .ok_or("there is no JSON document")?
        .map_err(|e| format!("it is no JSON: {e}"))?;
    match documents.next() {
        None => Ok(first),
        Some(_) => Err("there is more than one JSON document".into()),
    }
}

/// The fields that SURFACE promises, in success and failure.
fn fields(document: &Value, code: u8) {
    let keys: Vec<_> = document.as_object().unwrap().keys().collect();
    assert_eq!(
        keys,
        ["schema", "command", "ok", "results", "totals", "error"]
    );
    assert_eq!(document["schema"], 1);
    assert!(document["results"].is_array());
    let totals: Vec<_> = document["totals"].as_object().unwrap().keys().collect();
    assert_eq!(totals, ["done", "unchanged", "refused", "failed"]);
    let error = &document["error"];
    if error.is_null() {
        assert!(code == 0 || code == 6, "exit {code} without an error");
    } else {
        let keys: Vec<_> = error.as_object().unwrap().keys().collect();
        assert_eq!(keys, ["kind", "message", "hint"]);
        assert!(error["message"].as_str().is_some_and(|m| !m.is_empty()));
        assert_ne!(code, 0, "exit 0 with an error: {error}");
    }
    assert_eq!(document["ok"], error.is_null());
    let documented = documented(document["command"].as_str().unwrap_or_default());
    for row in document["results"].as_array().into_iter().flatten() {
        for field in row.as_object().unwrap().keys() {
            assert!(
                documented.is_empty() || documented.contains(field),
                "{field} is in the row, and not in the help: {row}"
            );
        }
    }
    // Rows of one command all have the same fields.
    let mut shapes = document["results"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row.as_object().unwrap().keys().cloned().collect::<Vec<_>>());
    if let Some(first) = shapes.next() {
        for shape in shapes {
            assert_eq!(shape, first, "rows differ in their fields");
        }
    }
}

/// The fields of a command's row, as its help names them.
fn documented(command: &str) -> Vec<String> {
    let tree = Cli::command();
    let found = command
        .split(' ')
        .try_fold(&tree, |here, word| here.find_subcommand(word));
    let help = found.and_then(clap::Command::get_after_long_help);
    let help = help.map(ToString::to_string).unwrap_or_default();
    let Some((_, fields)) = help.split_once(HEADING) else {
        return Vec::new();
    };
    fields
        .lines()
        .filter_map(|line| line.strip_prefix("  ")?.split(' ').next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// `Word { field: …` or `Word("…")`, as the debug forms of structs and variants look.
fn debug_form(text: &str) -> Option<String> {
    let word_before = |at: usize| {
        let word: String = text[..at]
            .chars()
            .rev()
            .take_while(char::is_ascii_alphanumeric)
            .collect();
        word.chars().last().is_some_and(|c| c.is_ascii_uppercase())
    };
    for (sign, gap) in [(" { ", 0), ("(\"", 0)] {
        let mut from = 0;
        while let Some(at) = text[from..].find(sign).map(|at| at + from) {
            if word_before(at + gap) {
                let end = (at + 30).min(text.len());
                return Some(text.get(at.saturating_sub(12)..end).unwrap_or(sign).into());
            }
            from = at + sign.len();
        }
    }
    None
}

/// The commands in a text: between back-ticks, or behind `$ `.
pub(crate) fn commands(text: &str) -> Vec<String> {
    let quoted = text
        .split('`')
        .skip(1)
        .step_by(2)
        .filter(|part| !part.contains('\n'));
    let shell = text
        .lines()
        .filter_map(|line| line.trim().strip_prefix("$ "));
    quoted
        .chain(shell)
        .filter(|command| command.starts_with("admit "))
        .map(|command| command.replace("\\\\", "\\").replace("\\\"", "\""))
        .collect()
}

/// Whether the command line is understood, and ready to copy: without `<placeholders>`.
pub(crate) fn parses(command: &str) -> Result<(), String> {
    let words = split(command)?;
    if words
        .iter()
        .any(|word| word.starts_with('<') || word.contains('…'))
    {
        return Err("a placeholder stands in it".into());
    }
    match Cli::command().try_get_matches_from(words) {
        Ok(_) => Ok(()),
        Err(error) if error.exit_code() == 0 => Ok(()),
        Err(error) => Err(error.to_string()),
    }
}

/// Splits a line into words as a POSIX shell does, as far as quoting goes.
pub(crate) fn split(line: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let mut word: Option<String> = None;
    let mut chars = line.chars();
    while let Some(c) = chars.next() {
        match c {
            ' ' | '\t' | '\n' => words.extend(word.take()),
            '\'' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next() {
                        None => return Err("a ' is never closed".into()),
                        Some('\'') => break,
                        Some(c) => word.push(c),
                    }
                }
            }
            '"' => {
                let word = word.get_or_insert_default();
                loop {
                    match chars.next() {
                        None => return Err("a \" is never closed".into()),
                        Some('"') => break,
                        Some('\\') => word.extend(chars.next()),
                        Some(c) => word.push(c),
                    }
                }
            }
            '\\' => word.get_or_insert_default().extend(chars.next()),
            '$' | '`' | ';' | '&' | '|' | '<' | '>' | '(' | ')' | '*' | '?' => {
                return Err(format!("a shell would act on {c}"));
            }
            c => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    Ok(words)
}

#[test]
fn a_command_names_the_fields_of_its_row() {
    assert_eq!(documented("audit head"), ["seq", "hash"]);
    let lock = documented("lock");
    assert!(lock.contains(&"account_status".to_owned()));
    assert!(!lock.contains(&"invitation_expires_at".to_owned()));
}

#[test]
fn words_are_split_as_a_shell_splits_them() {
    assert_eq!(
        split(r#"admit show 'a b'"c\"d"\ e '' f"#).unwrap(),
        ["admit", "show", "a bc\"d e", "", "f"]
    );
    assert!(split("admit 'x").is_err());
    assert!(split("admit $(x)").is_err());
}

#[test]
fn debug_forms_are_seen_and_json_is_not() {
    assert!(debug_form("error: Refused { at: 3 }").is_some());
    assert!(debug_form("error: Address(\"x\")").is_some());
    assert!(debug_form("{\"target\":\"x\"} a { b").is_none());
}

#[test]
fn commands_that_do_not_parse_are_seen() {
    assert_eq!(
        commands("run `admit why x@y.z`, `df`\n  $ admit list\n"),
        ["admit why x@y.z", "admit list"]
    );
    assert!(parses("admit why x@y.z").is_ok());
    assert!(parses("admit frobnicate").is_err());
    assert!(parses("admit unlock '<ADDRESS>'").is_err());
}
