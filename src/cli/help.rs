//! The pages of help, laid out: `admit` alone fits a small terminal, `-h` has a line per option, `--help` has examples.
//! What only people who write scripts need, the fields of rows, is in the manual.

use std::ffi::OsString;

use clap::Command;
use clap::builder::{Resettable, StyledStr};
use clap::error::{Error, ErrorKind};

use super::base::output::fields::HEADING;

/// What `admit` alone prints: all commands in groups, at most 23 lines of 80 columns.
pub(super) const OVERVIEW: &str = "\
Manage who can sign in to a panel

Usage: admit [OPTIONS] <COMMAND>

People
  invite, resend, revoke   Invite people, send the link again, withdraw it
  list, show, edit         Find people, show everything about one, edit details
  why, status              See why someone cannot sign in; what needs attention
Access and locks
  unlock, lock             Unlock an account, or lock it
  extend, remove, role-of  Extend or end access, change the role
  reset password           Mail a link to set a new password
Second factor
  reset 2fa, trust         Remove a lost second factor; manage trusted IPs
Mail
  mail                     Show, send, retry, test and preview mail
Audit
  audit                    Read and verify the audit log
Set-up
  panel, store, config     Settings of panels, database and key, settings files
  gate, self, housekeep    For the panel; for people themselves; for a timer
  completions, man, help   Tab completion, manual, and all options of a command
someone can't sign in? admit why ADDRESS
";

/// Whether a parse ended because help is to be shown.
pub(super) fn is_shown(error: &Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::DisplayHelp | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand
    )
}

/// The command tree as people at a terminal see it.
pub(super) fn for_terminal(tree: Command, words: &[OsString]) -> Command {
    let long = words.iter().any(|word| word == "--help" || word == "help");
    let tree = if long {
        tree
    } else {
        tree.override_help(OVERVIEW)
    };
    let end = tree.get_after_help().cloned();
    let tree = laid_out(tree, "");
    // The way to `why` stays on the first page.
    match end {
        Some(end) => tree.after_long_help(end),
        None => tree,
    }
}

/// Examples and keys below the options of `--help`, and nothing below those of `-h`.
fn laid_out(command: Command, above: &str) -> Command {
    let name = format!("{above} {}", command.get_name());
    let examples = text(command.get_after_help());
    let long = text(command.get_after_long_help());
    let (keys, fields) = match long.split_once(HEADING) {
        Some((keys, _)) => (keys.trim_end(), true),
        None => (long.as_str(), false),
    };
    let pointer = format!(
        "The fields of -o json and -o csv are in the manual: admit man{}",
        {
            let words: Vec<&str> = name.split(' ').skip(2).collect();
            format!(" {}", words.join(" ")).trim_end().to_owned()
        }
    );
    let parts = [
        keys,
        examples.as_str(),
        if fields { pointer.as_str() } else { "" },
    ];
    let below: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let below: Resettable<StyledStr> = if below.is_empty() {
        Resettable::Reset
    } else {
        Resettable::Value(below.join("\n\n").into())
    };
    command
        .after_help(Resettable::<StyledStr>::Reset)
        .after_long_help(below)
        .mut_subcommands(move |sub| laid_out(sub, &name))
}

fn text(styled: Option<&StyledStr>) -> String {
    styled.map(ToString::to_string).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::args::Cli;
    use crate::cli::base::output::fields::EXAMPLES;

    fn sweep(command: &Command, name: &str, check: &mut dyn FnMut(&Command, &str)) {
        check(command, name);
        for sub in command.get_subcommands() {
            if sub.get_name() != "help" && !sub.is_hide_set() {
                sweep(sub, &format!("{name} {}", sub.get_name()), check);
            }
        }
    }

    fn laid_out_tree() -> Command {
        let mut tree = for_terminal(Cli::command(), &["admit".into(), "--help".into()]);
        tree.build();
        tree
    }

    #[test]
    fn the_overview_fits_a_small_terminal_and_names_every_command() {
        assert!(OVERVIEW.lines().count() < 24, "room for the prompt");
        for line in OVERVIEW.lines() {
            assert!(line.len() <= 80 && line.is_ascii(), "{line}");
        }
        let named: Vec<&str> = OVERVIEW
            .lines()
            .filter_map(|line| line.strip_prefix("  ")?.split("  ").next())
            .flat_map(|names| names.split(", "))
            .filter_map(|name| name.split(' ').next())
            .collect();
        for command in Cli::command().get_subcommands() {
            let hidden = command.is_hide_set();
            assert!(
                hidden || named.contains(&command.get_name()),
                "{} is missing from the overview",
                command.get_name()
            );
        }
    }

    #[test]
    fn every_option_of_the_short_help_has_one_line() {
        let mut long = Vec::new();
        sweep(&laid_out_tree(), "admit", &mut |command, name| {
            if name == "admit" {
                return;
            }
            let mut command = command.clone().term_width(80);
            let help = command.render_help().to_string();
            // A line that only continues the one above begins far to the right.
            for line in help.lines() {
                if line.starts_with("               ") {
                    long.push(format!("{name}: {line}"));
                }
            }
        });
        assert!(long.is_empty(), "{}", long.join("\n"));
    }

    #[test]
    fn every_command_that_people_type_has_examples_that_parse() {
        let mut wrong = Vec::new();
        sweep(&laid_out_tree(), "admit", &mut |command, name| {
            if command.has_subcommands() || name.starts_with("admit gate ") {
                return;
            }
            let help = text(command.get_after_long_help());
            let lines: Vec<&str> = help
                .lines()
                .skip_while(|line| *line != EXAMPLES)
                .skip(1)
                .take_while(|line| line.starts_with("  "))
                .map(str::trim)
                .collect();
            if !(2..=4).contains(&lines.len()) {
                wrong.push(format!("{name} has {} examples", lines.len()));
            }
            for line in lines {
                if !line.starts_with(name) {
                    wrong.push(format!("an example of {name} is {line}"));
                }
                for part in line.split(" | ").filter(|part| part.starts_with("admit ")) {
                    let bare = part.split(['>', '<']).next().unwrap_or_default();
                    let words = bare.split('"').enumerate().flat_map(|(at, piece)| {
                        let quoted = at % 2 == 1;
                        let words: Vec<&str> = if quoted {
                            vec![piece]
                        } else {
                            piece.split_whitespace().collect()
                        };
                        words
                    });
                    if let Err(error) = Cli::command().try_get_matches_from(words) {
                        wrong.push(format!("{line}: {error}"));
                    }
                }
            }
        });
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn fields_of_rows_are_in_the_manual_alone() {
        sweep(&laid_out_tree(), "admit", &mut |command, name| {
            let help = command.clone().render_long_help().to_string();
            assert!(!help.contains(HEADING), "{name}");
        });
    }
}
