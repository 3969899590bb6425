//! The documents and the code say the same.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::support::judge;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).to_owned()
}

fn document(name: &str) -> String {
    fs::read_to_string(root().join(name)).unwrap()
}

/// Every document, by its path.
fn documents() -> Vec<(String, String)> {
    let top = [
        "README.md",
        "SECURITY.md",
        "CONTRIBUTING.md",
        "ARCHITECTURE.md",
    ];
    let mut names: Vec<String> = top.map(str::to_owned).into();
    for entry in fs::read_dir(root().join("docs")).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        names.push(format!("docs/{name}"));
    }
    names.sort();
    let text = |name: String| {
        let text = document(&name);
        (name, text)
    };
    names.into_iter().map(text).collect()
}

/// Every line of Rust under `src` and `tests` that has a comment, with its place.
fn comments() -> Vec<(String, String)> {
    let mut folders = vec![root().join("src"), root().join("tests")];
    let mut found = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let text = fs::read_to_string(&path).unwrap();
                for (number, line) in text.lines().enumerate() {
                    if let Some((_, comment)) = line.split_once("//") {
                        found.push((format!("{}:{}", path.display(), number + 1), comment.into()));
                    }
                }
            }
        }
    }
    found
}

/// The rules that a text cites: a letter of a section and a number, as in `L4`, `A1–A5`.
fn cited(text: &str, sections: &str) -> Vec<String> {
    // Section 4 of an RFC has rules with such names, too.
    if text.contains("RFC") {
        return Vec::new();
    }
    text.split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
        .filter(|word| {
            let mut chars = word.chars();
            let letter = chars.next().is_some_and(|c| sections.contains(c));
            let number = chars.as_str();
            letter && (1..=2).contains(&number.len()) && number.chars().all(|c| c.is_ascii_digit())
        })
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_rule_that_the_code_cites_is_in_the_rules() {
    let rules = document("docs/rules.md");
    let has = |rule: &str| rules.contains(&format!("- **{rule}** "));
    let sections: String = rules
        .lines()
        .filter_map(|line| line.strip_prefix("## ")?.split_once(" · "))
        .map(|(letter, _)| letter)
        .collect();
    assert!(sections.contains('L') && has("L4") && !has("L99"));
    let unknown: BTreeSet<String> = comments()
        .iter()
        .flat_map(|(place, comment)| {
            let missing = cited(comment, &sections)
                .into_iter()
                .filter(|rule| !has(rule));
            missing.map(move |rule| format!("{place}: {rule}"))
        })
        .collect();
    assert!(unknown.is_empty(), "not in docs/rules.md: {unknown:#?}");
}

#[test]
fn a_rule_is_recognised() {
    assert_eq!(
        cited(" ends (L4, T8); A1–A5, X5.", "LTAX"),
        ["L4", "T8", "A1", "A5", "X5"]
    );
    assert!(cited(" SHA256, IPv4, L, 4L, L400, RFC 6238 T2, Z1", "LTAX").is_empty());
}

#[test]
fn the_readme_fits_on_a_few_screens() {
    let lines = document("README.md").lines().count();
    assert!(
        lines <= 150,
        "README.md has {lines} lines: move something to docs/"
    );
}

/// The lines in the blocks of a document that a shell runs.
fn shell_lines(text: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut kind: Option<&str> = None;
    for line in text.lines() {
        match (line.strip_prefix("```"), kind) {
            (Some(opened), None) => kind = Some(opened),
            (Some(_), Some(_)) => kind = None,
            (None, Some("sh")) => lines.push(line.to_owned()),
            (None, Some("console")) => lines.extend(line.strip_prefix("$ ").map(str::to_owned)),
            _ => {}
        }
    }
    lines
}

#[test]
fn every_command_in_the_documents_is_one() {
    let mut seen = 0;
    let mut wrong = Vec::new();
    for (name, text) in documents() {
        // Between back-ticks, what names no more than a verb is no command to paste.
        let quoted = judge::commands(&text).into_iter();
        let cells = quoted.filter(|command| command.contains('@') || command.contains(" --"));
        let typed = shell_lines(&text).into_iter().chain(cells);
        for line in typed {
            let bare = line.split(" #").next().unwrap_or_default();
            for part in bare.split('|') {
                let part = part.split(" > ").next().unwrap_or_default().trim();
                let command = part.replace("$(date +%F)", "2026-03-02");
                // What stands for anything is no command to paste.
                let placeholder = ["…", "KEY", "TEXT", "COMMAND", "PROGRAM", "SHELL", " VERB"];
                if !command.starts_with("admit ")
                    || placeholder.iter().any(|word| command.contains(word))
                {
                    continue;
                }
                let command = command.replace("ADDRESS", "ada@example.com");
                seen += 1;
                if let Err(why) = judge::parses(&command) {
                    wrong.push(format!("{name}: {command}: {why}"));
                }
            }
        }
    }
    assert!(seen > 50, "{seen}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_link_between_documents_leads_somewhere() {
    let mut wrong = Vec::new();
    for (name, text) in documents() {
        let folder = root().join(&name).parent().unwrap().to_owned();
        for link in text.split("](").skip(1) {
            let link = link.split(')').next().unwrap_or_default();
            if link.starts_with("http") {
                continue;
            }
            let (file, heading) = link.split_once('#').unwrap_or((link, ""));
            let path = if file.is_empty() {
                root().join(&name)
            } else {
                folder.join(file)
            };
            let Ok(target) = fs::read_to_string(&path) else {
                wrong.push(format!("{name}: {link}"));
                continue;
            };
            let slug = |line: &str| {
                let title = line.trim_start_matches('#').trim().to_lowercase();
                title
                    .chars()
                    .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-'))
                    .map(|c| if c == ' ' { '-' } else { c })
                    .collect::<String>()
            };
            let found = target
                .lines()
                .any(|line| line.starts_with('#') && slug(line) == heading);
            if !heading.is_empty() && !found {
                wrong.push(format!("{name}: {link}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
