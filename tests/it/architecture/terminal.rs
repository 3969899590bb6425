//! The layers inside `cli`, and circles of imports.

use std::collections::{BTreeMap, BTreeSet};

use super::{code, files, is_test_file};

/// The layers of the terminal, the lowest first. What is directly in `cli/` is the roof, above all of them.
const LAYERS: [&str; 4] = ["base", "view", "runner", "commands"];

/// The most files that may import one another in a circle, however long the way around is.
const LARGEST_CIRCLE: usize = 3;

/// A module: the words of its path.
type Module = Vec<String>;

/// The module that a file is.
fn module_of(file: &str) -> Module {
    let mut words: Module = file
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if words
        .last()
        .is_some_and(|last| last == "mod" || last == "lib")
    {
        words.pop();
    }
    words
}

/// Takes groups apart: `a::{b, c::d}` is `a::b` and `a::c::d`.
fn paths(import: &str) -> Vec<String> {
    let Some((before, group)) = import.split_once('{') else {
        return vec![import.trim().to_owned()];
    };
    let (mut found, mut depth, mut start) = (Vec::new(), 0, 0);
    for (at, letter) in group.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' if depth > 0 => depth -= 1,
            '}' | ',' if depth == 0 => {
                found.push(&group[start..at]);
                start = at + 1;
                if letter == '}' {
                    break;
                }
            }
            _ => {}
        }
    }
    found
        .into_iter()
        .filter(|part| !part.trim().is_empty())
        .flat_map(|part| paths(&format!("{before}{}", part.trim())))
        .collect()
}

/// Every path that a file names from its own place or the root: those of its `use` lines, and those in the code.
fn named(text: &str) -> Vec<String> {
    let code = code(text)
        .replace("pub(in crate::cli)", "")
        .replace('\n', " ");
    let mut found = Vec::new();
    let mut rest = String::new();
    for (at, piece) in code.split("use ").enumerate() {
        match piece.split_once(';').filter(|_| at > 0) {
            Some((import, after)) => {
                found.extend(paths(import));
                rest.push_str(after);
            }
            None => rest.push_str(piece),
        }
    }
    for start in ["crate::", "super::"] {
        for (at, _) in rest.match_indices(start) {
            let before = rest[..at].chars().next_back();
            if before.is_some_and(|letter| letter.is_alphanumeric() || "_:".contains(letter)) {
                continue;
            }
            let is_path = |letter: char| letter.is_alphanumeric() || "_:".contains(letter);
            let end = rest[at..].find(|letter| !is_path(letter));
            found.push(rest[at..end.map_or(rest.len(), |end| at + end)].to_owned());
        }
    }
    found
}

/// The module that holds what a path names, if it is one of ours.
fn target(path: &str, from: &Module, known: &BTreeSet<Module>) -> Option<Module> {
    let mut words: Vec<&str> = path.split("::").map(str::trim).collect();
    let mut here = match *words.first()? {
        "crate" => {
            words.remove(0);
            Vec::new()
        }
        "super" => from.clone(),
        "self" => {
            words.remove(0);
            from.clone()
        }
        _ => return None,
    };
    while words.first() == Some(&"super") {
        here.pop();
        words.remove(0);
    }
    for word in words {
        here.push(word.to_owned());
        if !known.contains(&here) {
            here.pop();
            break;
        }
    }
    (!here.is_empty()).then_some(here)
}

/// Which module of `cli` uses which.
fn uses(files: &[(String, String)]) -> BTreeMap<Module, BTreeSet<Module>> {
    let known: BTreeSet<Module> = files.iter().map(|(name, _)| module_of(name)).collect();
    files
        .iter()
        .filter(|(name, _)| name.starts_with("cli/") && !is_test_file(name))
        .map(|(name, text)| {
            let own = module_of(name);
            let targets = named(text)
                .iter()
                .filter_map(|path| target(path, &own, &known))
                .filter(|other| *other != own && other[0] == "cli")
                .collect();
            (own, targets)
        })
        .collect()
}

fn layer(module: &Module) -> usize {
    let folder = module.get(1).map(String::as_str);
    LAYERS
        .iter()
        .position(|layer| Some(*layer) == folder)
        .unwrap_or(LAYERS.len())
}

fn upward(files: &[(String, String)]) -> Vec<String> {
    uses(files)
        .iter()
        .flat_map(|(own, targets)| {
            targets
                .iter()
                .filter(|other| layer(other) > layer(own))
                .map(|other| format!("{} uses {}", own.join("::"), other.join("::")))
        })
        .collect()
}

/// Everything that can be reached from a module.
fn reached<'a>(
    from: &'a Module,
    uses: &'a BTreeMap<Module, BTreeSet<Module>>,
) -> BTreeSet<&'a Module> {
    let mut seen = BTreeSet::new();
    let mut next: Vec<&Module> = vec![from];
    while let Some(module) = next.pop() {
        for other in uses.get(module).into_iter().flatten() {
            if seen.insert(other) {
                next.push(other);
            }
        }
    }
    seen
}

/// The circles: modules that reach one another, each circle once, the largest first.
fn circles(files: &[(String, String)]) -> Vec<BTreeSet<Module>> {
    let uses = uses(files);
    let reach: BTreeMap<&Module, BTreeSet<&Module>> =
        uses.keys().map(|own| (own, reached(own, &uses))).collect();
    let mut found: Vec<BTreeSet<Module>> = uses
        .keys()
        .map(|own| {
            reach[own]
                .iter()
                .filter(|other| reach.get(**other).is_some_and(|back| back.contains(own)))
                .map(|other| (*other).clone())
                .collect::<BTreeSet<_>>()
        })
        .filter(|circle| circle.len() > 1)
        .collect();
    found.sort_by_key(|circle| std::cmp::Reverse(circle.len()));
    found.dedup();
    found
}

#[test]
fn no_file_of_the_terminal_uses_a_layer_above_its_own() {
    assert_eq!(upward(&files()), Vec::<String>::new());
}

#[test]
fn no_circle_of_imports_grows() {
    let all = circles(&files());
    let large: Vec<_> = all
        .iter()
        .filter(|circle| circle.len() > LARGEST_CIRCLE)
        .collect();
    assert_eq!(large, [] as [&BTreeSet<Module>; 0]);
}

#[test]
fn the_look_at_layers_sees_each_way_up_and_each_circle() {
    let file = |name: &str, text: &str| (name.to_owned(), text.to_owned());
    let house = |base: &str| {
        vec![
            file("cli/mod.rs", "use self::args::Cli;"),
            file("cli/args.rs", "use super::commands::Command;"),
            file("cli/base/mod.rs", ""),
            file("cli/base/ui.rs", base),
            file("cli/base/error.rs", ""),
            file(
                "cli/commands/mod.rs",
                "use crate::cli::base::{error, ui::Ui};",
            ),
        ]
    };
    for up in [
        "use crate::cli::commands::Command;",
        "use crate::cli::{base::error::Kind, args::Cli};",
        "use super::super::args::{self, Cli};",
        "fn f() { super::super::commands::run() }",
        "fn f() -> crate::cli::commands::Command {}",
    ] {
        assert!(!upward(&house(up)).is_empty(), "{up}");
        assert!(!circles(&house(up)).is_empty(), "{up}");
    }
    for down in [
        "use super::error::CliError;",
        "pub(in crate::cli) fn f() {}",
        "// use crate::cli::commands::Command;",
        "#[cfg(test)]\nmod tests {\n    use crate::cli::args::Cli;\n}",
    ] {
        assert_eq!(upward(&house(down)), Vec::<String>::new(), "{down}");
        assert_eq!(circles(&house(down)), Vec::new(), "{down}");
    }
}
