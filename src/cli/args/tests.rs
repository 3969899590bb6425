use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;

use clap::CommandFactory;

use super::*;
use crate::cli::base::early::Early;
use crate::cli::base::output::Format;
use crate::cli::base::output::fields::HEADING;

/// Walks over the tree; `check` gets the command with its full name.
fn walk(command: &clap::Command, name: &str, check: &mut dyn FnMut(&clap::Command, &str)) {
    check(command, name);
    for sub in command.get_subcommands() {
        if sub.get_name() != "help" {
            walk(sub, &format!("{name} {}", sub.get_name()), check);
        }
    }
}

fn sweep(mut check: impl FnMut(&clap::Command, &str)) {
    let mut tree = Cli::command();
    tree.build();
    walk(&tree, "admit", &mut check);
}

#[test]
fn clap_finds_nothing_wrong() {
    Cli::command().debug_assert();
}

#[test]
fn every_command_has_a_summary_in_the_house_style() {
    sweep(|command, name| {
        let about = command
            .get_about()
            .map(ToString::to_string)
            .unwrap_or_default();
        assert!(!about.is_empty(), "`{name}` has no summary");
        assert!(!about.contains('\n'), "`{name}`: the summary is one line");
        assert!(!about.ends_with('.'), "`{name}`: no full stop in a summary");
        let first = about.chars().next().unwrap();
        assert!(first.is_uppercase(), "`{name}`: starts with a capital");
        let word = about.split_whitespace().next().unwrap();
        assert!(
            !word.ends_with('s') || word.ends_with("ss"),
            "`{name}`: the summary is imperative, not `{word}`"
        );
    });
}

#[test]
fn every_argument_has_help_in_the_house_style() {
    sweep(|command, name| {
        for arg in command.get_arguments() {
            let id = arg.get_id();
            let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
            assert!(!help.is_empty(), "`{name}` {id} has no help");
            assert!(!help.ends_with('.'), "`{name}` {id}: no full stop in help");
            if arg.get_action().takes_values() {
                let names = arg.get_value_names().unwrap_or_default();
                for value in names {
                    let loud = value.chars().all(|c| !c.is_lowercase());
                    assert!(loud, "`{name}` {id}: {value} is in capitals");
                }
            }
        }
    });
}

#[test]
fn every_command_says_what_the_fields_of_its_row_hold() {
    // What these print is a script, a page, or an answer to a panel.
    let others = ["admit completions", "admit man", "admit gate"];
    sweep(|command, name| {
        if command.has_subcommands() || others.iter().any(|other| name.starts_with(other)) {
            return;
        }
        let help = command
            .get_after_long_help()
            .map(ToString::to_string)
            .unwrap_or_default();
        let (_, fields) = help
            .split_once(HEADING)
            .unwrap_or_else(|| panic!("`{name}` does not name the fields of its row"));
        for line in fields.lines().filter(|line| !line.is_empty()) {
            assert!(line.chars().count() <= 80, "`{name}`: {line}");
        }
    });
}

#[test]
fn shorts_and_longs_are_unique() {
    sweep(|command, name| {
        let mut seen = BTreeSet::new();
        for arg in command.get_arguments() {
            for short in arg.get_short_and_visible_aliases().unwrap_or_default() {
                assert!(seen.insert(short.to_string()), "`{name}` -{short} twice");
            }
            for long in arg.get_long_and_visible_aliases().unwrap_or_default() {
                assert!(seen.insert(long.to_owned()), "`{name}` --{long} twice");
            }
        }
    });
}

#[test]
fn no_option_takes_a_secret() {
    sweep(|command, name| {
        for arg in command
            .get_arguments()
            .filter(|arg| arg.get_action().takes_values())
        {
            let long = arg.get_long().unwrap_or_default();
            for word in ["password", "passphrase", "secret", "token", "code"] {
                let suspicious = long.split('-').any(|part| part == word);
                let source = long.ends_with("-file") || long.ends_with("-fd");
                assert!(!suspicious || source, "`{name}` --{long} takes a secret");
            }
        }
    });
}

#[test]
fn the_help_is_ascii_and_names_the_global_options_once() {
    let help = Cli::command().render_long_help().to_string();
    assert!(help.is_ascii());
    assert_eq!(help.matches("Global options:").count(), 1);
}

fn early(line: &str, vars: &[(&str, &str)]) -> Early {
    let args: Vec<OsString> = line.split(' ').map(Into::into).collect();
    let vars: BTreeMap<_, _> = vars
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
        .collect();
    Early::guess(&args, &vars, &Cli::command())
}

#[test]
fn the_format_is_known_however_it_is_written() {
    for line in [
        "admit -o json",
        "admit -ojson",
        "admit -o=json",
        "admit -nqo json x",
        "admit --output json",
        "admit x --output=json --bogus",
        "admit man --store -- -o json --output json",
    ] {
        let found = early(line, &[]).format;
        assert_eq!(found, Format::Json, "{line}");
    }
    assert_eq!(early("admit -- -o json", &[]).format, Format::Table);
    assert_eq!(early("admit -o xml", &[]).format, Format::Table);
    let vars = [("ADMIT_OUTPUT", "jsonl")];
    assert_eq!(early("admit x", &vars).format, Format::Jsonl);
    assert_eq!(early("admit x -o csv", &vars).format, Format::Csv);
}

#[test]
fn the_command_is_known_even_with_a_wrong_line() {
    assert_eq!(
        early("admit --panel man completions --x", &[]).command,
        "completions"
    );
    assert_eq!(early("admit unknown", &[]).command, "admit");
    assert!(early("admit -vq man", &[]).quiet);
}
