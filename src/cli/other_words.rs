//! Words that other tools have for our commands. They lead to the right command by what they mean, not by their
//! letters, and only explain: what `delete` does elsewhere may be more than was meant here.

use clap::Command;

use super::base::printed::{Hint, PrintedCommand, command, hint};
use crate::domain::role::BuiltIn;
use crate::domain::text::nearest;

/// What a command needs besides its name in order to run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Needs {
    Nothing,
    Person,
    /// A person, and one of these options.
    Option(&'static [&'static str]),
}

/// A command, and the words that other tools have for it.
struct Other {
    theirs: &'static [&'static str],
    ours: &'static [&'static str],
    /// Completes "to …, run".
    does: &'static str,
    needs: Needs,
}

const fn other(
    theirs: &'static [&'static str],
    ours: &'static [&'static str],
    does: &'static str,
    needs: Needs,
) -> Other {
    Other {
        theirs,
        ours,
        does,
        needs,
    }
}

/// Words used instead of a command. Exact synonyms that only read are aliases of the commands themselves.
const OTHERS: &[Other] = &[
    other(
        &["ban", "disable", "deactivate", "suspend", "block"],
        &["lock"],
        "lock an account",
        Needs::Person,
    ),
    other(
        &[
            "enable",
            "activate",
            "reactivate",
            "unban",
            "unblock",
            "unsuspend",
        ],
        &["unlock"],
        "unlock an account",
        Needs::Person,
    ),
    other(
        &["delete", "deluser", "userdel", "rm", "del"],
        &["remove"],
        "end a person's access to a panel",
        Needs::Person,
    ),
    other(
        &["passwd", "password", "reset-password", "resetpassword"],
        &["reset", "password"],
        "mail a link to set a new password",
        Needs::Person,
    ),
    other(
        &[
            "reset-mfa",
            "reset-otp",
            "reset-2fa",
            "2fa",
            "mfa",
            "otp",
            "totp",
        ],
        &["reset", "2fa"],
        "remove a second factor, so that it can be set up again",
        Needs::Person,
    ),
    other(
        &["adduser", "useradd", "create", "add", "new"],
        &["invite"],
        "invite a person",
        Needs::Person,
    ),
    other(
        &["log", "logs", "history", "events"],
        &["audit", "list"],
        "read the audit log",
        Needs::Nothing,
    ),
    other(
        &["expire", "expiry"],
        &["extend"],
        "extend or shorten access",
        Needs::Option(&["--for", "--until", "--permanent"]),
    ),
    other(
        &["promote", "demote", "set-role", "role", "chmod"],
        &["role-of"],
        "change a person's role",
        Needs::Option(&["--set"]),
    ),
];

/// Verbs of other tools below a noun, as in `trust delete`; the first that exists there is meant.
const BELOW: &[(&[&str], &[&str])] = &[
    (
        &["delete", "rm", "del", "drop", "revoke"],
        &["remove", "purge"],
    ),
    (&["create", "new", "allow"], &["add", "init"]),
    (&["ls", "all"], &["list"]),
    (
        &["get", "info", "describe", "view", "cat"],
        &["show", "info", "list"],
    ),
    (&["edit", "update", "change", "configure"], &["set"]),
    (&["mfa", "otp", "totp", "factor"], &["2fa"]),
    (&["passwd", "pw", "pass"], &["password"]),
    (&["verify", "fsck"], &["check"]),
    (&["resend"], &["retry"]),
    (&["log", "history"], &["list"]),
];

/// What to do about a word that is no command. `line` is what was typed, the program's name left out, `at` the word in it,
/// and `tree` the whole tree of commands.
pub(super) fn hint_for(tree: &Command, line: &[String], at: usize) -> Option<Hint> {
    let word = line.get(at)?.to_lowercase();
    let path = path_to(tree, &line[..at]);
    let here = path.last().copied().unwrap_or(tree);
    if path.is_empty() {
        if word == "kick" {
            return Some(about_kicking(line, at));
        }
        if let Some(found) = OTHERS
            .iter()
            .find(|other| other.theirs.contains(&word.as_str()))
        {
            let run = instead(tree, line, at, found.ours, found.needs);
            return Some(hint!(format!("to {}, run ", found.does), run));
        }
    }
    let names = || {
        here.get_subcommands()
            .filter(|sub| !sub.is_hide_set())
            .map(Command::get_name)
    };
    let meant = BELOW
        .iter()
        .filter(|(theirs, _)| !path.is_empty() && theirs.contains(&word.as_str()))
        .flat_map(|(_, ours)| ours.iter().copied())
        .find(|ours| names().any(|name| name == *ours))
        .or_else(|| nearest(&word, names()))?;
    let mut path: Vec<&str> = path.iter().map(|sub| sub.get_name()).collect();
    path.push(meant);
    let needs = here.find_subcommand(meant).map_or(Needs::Nothing, needs_of);
    let run = instead(tree, line, at, &[meant], needs);
    Some(hint!("did you mean ", run, "?"))
}

/// Elsewhere it ends a session and nothing more: no command of ours does only that.
fn about_kicking(line: &[String], at: usize) -> Hint {
    let people = people(&line[at + 1..]);
    let run = |verb: &str| {
        let mut words = vec![verb.to_owned()];
        if people.is_empty() {
            words.push("--help".into());
        }
        words.extend(people.iter().cloned());
        command(&words)
    };
    hint!(
        "no command ends a session and nothing else; ",
        run("lock"),
        " ends all of a person's sessions and blocks sign-in until the account is unlocked, ",
        run("remove"),
        " ends their access to a panel"
    )
}

/// The commands that lead to the last of these words, as far as they are any.
fn path_to<'t>(tree: &'t Command, words: &[String]) -> Vec<&'t Command> {
    let mut path: Vec<&Command> = Vec::new();
    for word in words {
        let here = path.last().copied().unwrap_or(tree);
        path.extend(here.find_subcommand(word));
    }
    path
}

/// What a command needs, according to its arguments.
fn needs_of(found: &Command) -> Needs {
    let takes_people = found
        .get_positionals()
        .any(|arg| arg.is_required_set() || arg.get_id().as_str() == "addresses");
    if takes_people || found.has_subcommands() {
        Needs::Person
    } else {
        Needs::Nothing
    }
}

/// Words that name somebody or something, without options and nouns.
fn people(rest: &[String]) -> Vec<String> {
    rest.iter()
        .filter(|word| word.contains('@') && !word.starts_with('-'))
        .cloned()
        .collect()
}

/// The line with a command instead of the word, if it can run then; otherwise the command's help.
fn instead(
    tree: &Command,
    line: &[String],
    at: usize,
    ours: &[&str],
    needs: Needs,
) -> PrintedCommand {
    let mut rest: Vec<String> = line[at + 1..]
        .iter()
        // Nouns of other tools, and what was to be confirmed there.
        .filter(|word| {
            ![
                "user", "users", "account", "person", "-y", "--yes", "-f", "--force",
            ]
            .contains(&word.as_str())
        })
        .cloned()
        .collect();
    if ours == ["role-of"]
        && let Some(role) = rest.iter().position(|word| BuiltIn::parse(word).is_some())
        && !rest.iter().any(|word| word == "--set")
    {
        rest.insert(role, "--set".into());
    }
    let has = |option: &&str| {
        rest.iter()
            .any(|word| word.split('=').next() == Some(*option))
    };
    let names_somebody = rest.iter().any(|word| !word.starts_with('-')) || has(&"--from");
    let complete = match needs {
        Needs::Nothing => true,
        Needs::Person => names_somebody,
        Needs::Option(options) => names_somebody && options.iter().any(has),
    };
    let mut words: Vec<String> = line[..at].to_vec();
    words.extend(ours.iter().map(|word| (*word).to_owned()));
    let bare = words.clone();
    words.extend(rest);
    let parses = |words: &[String]| {
        let all = std::iter::once("admit").chain(words.iter().map(String::as_str));
        tree.clone().try_get_matches_from(all).is_ok()
    };
    if complete && parses(&words) {
        return command(&words);
    }
    let help = bare.iter().map(String::as_str).chain(["--help"]);
    command(&help.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Cli;
    use crate::cli::base::printed::RunOptions;
    use clap::CommandFactory;

    fn hint_of(line: &str, at: usize) -> String {
        let line: Vec<String> = line.split(' ').map(str::to_owned).collect();
        let hint = hint_for(&Cli::command(), &line, at);
        hint.map_or_else(String::new, |hint| hint.print(&RunOptions::default()))
    }

    #[test]
    fn a_word_of_another_tool_leads_to_what_it_means() {
        for (line, command) in [
            ("ban ada@example.com", "lock ada@example.com"),
            ("disable user ada@example.com", "lock ada@example.com"),
            ("suspend", "lock --help"),
            ("enable ada@example.com", "unlock ada@example.com"),
            ("delete ada@example.com", "remove ada@example.com"),
            ("rm ada@example.com --yes", "remove ada@example.com"),
            ("deluser ada@example.com", "remove ada@example.com"),
            ("passwd ada@example.com", "reset password ada@example.com"),
            ("reset-mfa ada@example.com", "reset 2fa ada@example.com"),
            ("2fa ada@example.com", "reset 2fa ada@example.com"),
            ("adduser bob@example.com", "invite bob@example.com"),
            (
                "create bob@example.com --role member",
                "invite bob@example.com --role member",
            ),
            ("history", "audit list"),
            ("expire ada@example.com", "extend --help"),
            (
                "expire ada@example.com --for 7d",
                "extend ada@example.com --for 7d",
            ),
            (
                "promote ada@example.com admin",
                "role-of ada@example.com --set admin",
            ),
            ("promote ada@example.com", "role-of --help"),
        ] {
            let hint = hint_of(line, 0);
            assert!(
                hint.ends_with(&format!("run `admit {command}`")),
                "{line}: {hint}"
            );
        }
    }

    #[test]
    fn a_typing_error_leads_to_a_command_and_never_to_an_alias() {
        assert_eq!(hint_of("lsit", 0), "did you mean `admit list`?");
        assert_eq!(
            hint_of("lsit --status locked", 0),
            "did you mean `admit list --status locked`?"
        );
        assert_eq!(
            hint_of("--store a.db unlok ada@example.com", 2),
            "did you mean `admit --store a.db unlock ada@example.com`?"
        );
        assert_eq!(hint_of("unlok", 0), "did you mean `admit unlock --help`?");
        assert_eq!(
            hint_of("reset pasword ada@example.com", 1),
            "did you mean `admit reset password ada@example.com`?"
        );
        assert_eq!(
            hint_of("trust delete 7", 1),
            "did you mean `admit trust remove 7`?"
        );
        assert_eq!(hint_of("panel ls", 1), "did you mean `admit panel list`?");
        assert_eq!(hint_of("frobnicate", 0), "");
    }

    #[test]
    fn kicking_only_explains() {
        let hint = hint_of("kick ada@example.com", 0);
        assert!(hint.starts_with("no command ends a session"), "{hint}");
        assert!(hint.contains("`admit lock ada@example.com`"), "{hint}");
    }

    /// A word that is mapped is no command, or it would never be looked up.
    #[test]
    fn no_command_is_shadowed() {
        let tree = Cli::command();
        for other in OTHERS {
            for word in other.theirs {
                assert!(tree.find_subcommand(word).is_none(), "{word}");
            }
            let mut here = &tree;
            for word in other.ours {
                here = here.find_subcommand(word).unwrap();
            }
        }
        assert!(tree.find_subcommand("kick").is_none());
        for word in ["users", "search", "find", "ls"] {
            assert_eq!(tree.find_subcommand(word).unwrap().get_name(), "list");
        }
        for word in ["info", "get", "describe"] {
            assert_eq!(tree.find_subcommand(word).unwrap().get_name(), "show");
        }
    }
}
