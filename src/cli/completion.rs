//! Answers the shell when somebody presses Tab.
//!
//! The scripts in `completions/` run `COMPLETE=bash admit -- WORDS…`, with the words up to the cursor. The hook answers
//! only that shape, and never anything else: programs that call `admit gate` pass on variables that an attacker may have
//! chosen, and a `COMPLETE` among them must not turn a refusal into exit code 0.

use std::ffi::OsString;
use std::io::Write as _;

use clap::{Command, CommandFactory};
use clap_complete::env::Shells;

use super::args::Cli;
use crate::cli::base::complete;
use crate::cli::base::env::completion_shell;
use crate::cli::commands::completions::script;

/// Answers the shell if it asks; true if there is nothing else to do. Errors stay silent: their text would end up on
/// the line being typed.
pub fn is_answered(args: &[OsString]) -> bool {
    if !is_question(args) {
        return false;
    }
    let Some(shell) = completion_shell() else {
        return false;
    };
    let answer = match args {
        [] | [_] => script(&shell).map(|script| script.as_bytes().to_vec()),
        [_, _, words @ ..] => candidates(&shell, words),
    };
    if let Some(answer) = answer {
        let _ = std::io::stdout().write_all(&answer);
    }
    true
}

/// `admit -- …`, which is no command, or `admit` alone, which asks for the script.
fn is_question(args: &[OsString]) -> bool {
    match args {
        [_] => true,
        [_, dashes, ..] => dashes == "--",
        [] => false,
    }
}

/// The possible continuations of the line, in the form that the shell's script reads.
fn candidates(shell: &str, words: &[OsString]) -> Option<Vec<u8>> {
    let shells = Shells::builtins();
    let shell = shells.completer(shell)?;
    let mut words = words.to_vec();
    let last = words.last_mut()?;
    // PowerShell's way to pass an empty argument.
    if last == "\"\"" {
        last.clear();
    }
    let mut tree = Cli::command();
    tree.build();
    if last.is_empty() {
        tree = without_options(tree);
    }
    complete::on_line(&words);
    let here = std::env::current_dir().ok();
    let mut answer = Vec::new();
    shell
        .write_complete(&mut tree, words, here.as_deref(), &mut answer)
        .ok()?;
    Some(answer)
}

/// Hides the options of every command that has commands or words to offer: options are offered once a dash is typed.
fn without_options(tree: Command) -> Command {
    let has_words = tree.has_subcommands() || tree.get_positionals().next().is_some();
    tree.mut_args(|arg| {
        let hidden = has_words && !arg.is_positional();
        let already = arg.is_hide_set();
        arg.hide(already || hidden)
    })
    .mut_subcommands(without_options)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(words: &[&str]) -> Vec<String> {
        let words: Vec<OsString> = words.iter().map(OsString::from).collect();
        let answer = candidates("fish", &words).unwrap();
        let answer = String::from_utf8(answer).unwrap();
        let value = |line: &str| line.split('\t').next().unwrap_or_default().to_owned();
        answer.lines().map(value).collect()
    }

    #[test]
    fn a_command_is_never_mistaken_for_a_question() {
        let question = |line: &str| {
            let args: Vec<_> = line.split(' ').map(OsString::from).collect();
            is_question(&args)
        };
        assert!(question("admit") && question("admit -- admit unl"));
        assert!(!question("admit gate pam"));
        assert!(!question("admit gate checkpassword -- prog"));
        assert!(!question("admit gate -- pam"));
        assert!(!is_question(&[]));
    }

    #[test]
    fn options_are_offered_after_a_dash_or_where_there_is_nothing_else() {
        let first = answer(&["admit", ""]);
        assert!(first.contains(&"invite".into()), "{first:?}");
        assert!(!first.iter().any(|word| word.starts_with('-')), "{first:?}");
        let dash = answer(&["admit", "invite", "--no"]);
        assert!(dash.contains(&"--notify".into()), "{dash:?}");
        let list = answer(&["admit", "list", ""]);
        assert!(list.contains(&"--status".into()), "{list:?}");
    }

    #[test]
    fn words_are_offered_where_words_are_due() {
        let locked = answer(&["admit", "list", "--status", "lock"]);
        assert_eq!(locked, ["locked", "locked-permanently"]);
        assert_eq!(
            answer(&["admit", "role-of", "a@example.com", "--set", "o"]),
            ["owner"]
        );
        assert_eq!(
            answer(&["admit", "panel", "set", "second-factor=o"]),
            ["second-factor=off", "second-factor=optional"]
        );
        assert_eq!(answer(&["admit", "store", "set", "argon"]), ["argon2="]);
    }

    #[test]
    fn no_word_is_completed_with_the_name_of_a_file() {
        fn look(command: &Command, path: &mut Vec<String>) {
            for arg in command.get_arguments() {
                use clap::ValueHint::{AnyPath, DirPath, FilePath, Other, Unknown};
                let hint = arg.get_value_hint();
                let names = arg.get_value_names().unwrap_or_default();
                let is_file = names.iter().any(|name| {
                    matches!(name.as_str(), "FILE" | "DIR" | "PATH" | "FOLDER" | "PROG")
                });
                let completes_files = match hint {
                    Unknown | Other => false,
                    FilePath | AnyPath | DirPath => true,
                    _ => arg.get_action().takes_values(),
                };
                assert!(
                    is_file || !completes_files,
                    "{path:?} {}: {hint:?}",
                    arg.get_id()
                );
            }
            for sub in command.get_subcommands() {
                path.push(sub.get_name().into());
                look(sub, path);
                path.pop();
            }
        }
        let mut tree = Cli::command();
        tree.build();
        look(&tree, &mut Vec::new());
    }
}
