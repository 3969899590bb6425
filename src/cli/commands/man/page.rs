//! One page of the manual: what clap_mangen makes of the command, and the sections that readers of manuals expect.

use clap::builder::{Resettable, StyledStr};
use clap::{Arg, ArgAction, Command};
use clap_mangen::Man;

use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{EXAMPLES, HEADING};

/// The day of the release that these pages belong to; it changes with the version.
const DATE: &str = "2026-11-22";

/// The exit codes of every command but the gate.
const STATUS: &[(&str, &str)] = &[
    ("0", "Everything is done, or was already so."),
    ("1", "Failed."),
    (
        "2",
        "Wrong command line, or an answer was needed and there was no terminal to ask at.",
    ),
    ("3", "No such person, panel, role or the like."),
    ("4", "Refused by a rule."),
    ("6", "why found an obstacle, or self sign-in was refused."),
    ("7", "Some done, some not."),
    (
        "75",
        "Try again later; nothing was changed. For mail send, retry and test: mail is still waiting.",
    ),
];

/// Those of the gate.
const GATE_STATUS: &[(&str, &str)] = &[
    ("0", "Yes."),
    ("1", "No."),
    ("111", "No decision was possible. Do not let the person in."),
];

/// The variables that people set.
const VARIABLES: &[(&str, &str)] = &[
    (
        "ADMIT_STORE, ADMIT_PANEL, ADMIT_OUTPUT, ...",
        "Each setting has a variable. admit config show lists all settings and where their values come from.",
    ),
    ("NO_COLOR", "If set, output has no color."),
    ("TZ", "The time zone for dates that are typed and shown."),
];

/// The files.
const FILES: &[(&str, &str)] = &[
    (
        "~/.config/admit/config.toml, /etc/admit/config.toml",
        "Settings of the user and of the system.",
    ),
    ("~/.local/share/admit/admit.db", "The store."),
    (
        "~/.config/admit/key",
        "The key. Keep a copy of it separately from the store.",
    ),
    (
        "~/.local/share/admit/mail",
        "Mail that was written to files, if no mail server is configured.",
    ),
];

/// The longest line of a page.
const WIDTH: usize = 80;

/// The page of a command.
pub(super) fn page(command: &Command) -> Result<String, CliError> {
    let name = command.get_display_name().unwrap_or("admit");
    let mut roff = Vec::new();
    // What stands below the options has sections of its own.
    let bare = command
        .clone()
        .after_help(Resettable::<StyledStr>::Reset)
        .after_long_help(Resettable::<StyledStr>::Reset);
    Man::new(bare)
        .title(name.to_uppercase())
        .date(DATE)
        .source(concat!("admit ", env!("CARGO_PKG_VERSION")))
        .manual("admit manual")
        .render(&mut roff)
        .map_err(|error| CliError::failed("cannot create the page").caused_by(error))?;
    let roff = String::from_utf8_lossy(&roff);
    let roff = match (
        roff.split_once(".SH SYNOPSIS\n"),
        roff.split_once(".SH DESCRIPTION\n"),
    ) {
        (Some((before, _)), Some((_, after))) => format!(
            "{before}.SH SYNOPSIS\n{}\n.SH DESCRIPTION\n{after}",
            synopsis(command)
        ),
        _ => roff.into_owned(),
    };
    Ok(tidy(&format!("{}\n{}", roff.trim_end(), sections(command))))
}

/// The command with its own options and their values; what every command takes is named together.
fn synopsis(command: &Command) -> String {
    if let Some(usage) = command.get_overridden_usage() {
        return escaped(&usage.to_string());
    }
    let name = command.get_bin_name().unwrap_or("admit");
    let mut parts = vec![format!("\\fB{}\\fR", escaped(name))];
    let (positionals, options): (Vec<_>, Vec<_>) = command
        .get_arguments()
        .filter(|arg| !arg.is_hide_set() && !arg.is_global_set())
        .partition(|arg| arg.is_positional());
    for option in options {
        let Some(long) = option
            .get_long()
            .filter(|long| !matches!(*long, "help" | "version"))
        else {
            continue;
        };
        let value = match value_of(option) {
            Some(value) => format!(" {value}"),
            None => String::new(),
        };
        let word = format!("\\fB{}\\fR{value}", escaped(&format!("--{long}")));
        parts.push(optional(option, word));
    }
    parts.push("[\\fIGLOBAL OPTIONS\\fR]".into());
    for positional in positionals {
        let word = value_of(positional).unwrap_or_default();
        parts.push(optional(positional, word));
    }
    if command.has_subcommands() {
        parts.push("\\fICOMMAND\\fR".into());
    }
    parts.join(" ")
}

/// What an argument takes, if anything.
fn value_of(arg: &Arg) -> Option<String> {
    if !arg.get_action().takes_values() {
        return None;
    }
    let names: Vec<&str> = arg
        .get_value_names()
        .unwrap_or_default()
        .iter()
        .map(|name| name.as_str())
        .collect();
    let value = format!("\\fI{}\\fR", escaped(&names.join(" ")));
    let may_be_left_out = arg
        .get_num_args()
        .is_some_and(|count| count.min_values() == 0);
    Some(if may_be_left_out {
        format!("[{value}]")
    } else {
        value
    })
}

fn optional(arg: &Arg, word: String) -> String {
    let many = matches!(arg.get_action(), ArgAction::Append | ArgAction::Count);
    let dots = if many { "..." } else { "" };
    if arg.is_required_set() {
        format!("{word}{dots}")
    } else {
        format!("[{word}]{dots}")
    }
}

/// Everything after the options.
fn sections(command: &Command) -> String {
    let text = |styled: Option<&StyledStr>| styled.map(ToString::to_string).unwrap_or_default();
    let long = text(command.get_after_long_help());
    let (keys, fields) = long.split_once(HEADING).unwrap_or((&long, ""));
    let mut page = String::new();
    if let Some(keys) = keys.trim_end().strip_prefix("Keys:\n") {
        page.push_str(&format!(".SH KEYS\n{}\n", verbatim(keys)));
    }
    if !fields.is_empty() {
        page.push_str(&fields_of_a_row(fields));
    }
    let name = command.get_display_name().unwrap_or("admit");
    let is_gate = name.starts_with("admit-gate");
    page.push_str(&listed(
        "EXIT STATUS",
        if is_gate { GATE_STATUS } else { STATUS },
    ));
    page.push_str(&listed("ENVIRONMENT", VARIABLES));
    page.push_str(&listed("FILES", FILES));
    let examples = text(command.get_after_help());
    if let Some(examples) = examples.strip_prefix(EXAMPLES) {
        let examples = verbatim(examples.trim_start_matches('\n'));
        page.push_str(&format!(".SH EXAMPLES\n{examples}\n"));
    }
    page.push_str(&format!(".SH \"SEE ALSO\"\n{}\n", see_also(command)));
    page
}

/// The pages above and below, as `man` names them.
fn see_also(command: &Command) -> String {
    let name = command.get_bin_name().unwrap_or("admit");
    let mut pages: Vec<String> = name
        .match_indices(' ')
        .map(|(at, _)| name[..at].replace(' ', "-"))
        .collect();
    let below = command.get_subcommands().filter(|sub| !sub.is_hide_set());
    pages.extend(below.filter_map(|sub| sub.get_display_name().map(str::to_owned)));
    let named: Vec<String> = pages
        .iter()
        .map(|page| format!("\\fB{}\\fR(1)", escaped(page)))
        .collect();
    named.join(",\n")
}

fn listed(heading: &str, entries: &[(&str, &str)]) -> String {
    let mut section = format!(".SH \"{heading}\"\n");
    for (name, about) in entries {
        section.push_str(&format!(
            ".TP\n\\fB{}\\fR\n{}\n",
            escaped(name),
            escaped(about)
        ));
    }
    section
}

/// Lines that are set as they are.
fn verbatim(lines: &str) -> String {
    let lines: Vec<String> = lines.lines().map(escaped).collect();
    lines.join("\n")
}

/// Text in which nothing is taken for a request.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-");
    let text = text.replace('\'', "\\(aq");
    if text.starts_with('.') {
        format!("\\&{text}")
    } else {
        text
    }
}

/// Makes clap_mangen's roff what `mandoc -T lint` expects: no blanks at the end of a line, none longer than 80
/// bytes, one kind of vertical space.
fn tidy(roff: &str) -> String {
    let roff = roff.replace(".br\n\n.br\n", ".sp\n");
    let mut page = String::new();
    for line in roff.lines().map(str::trim_end) {
        let mut rest = line;
        // Requests and examples keep their lines.
        while rest.len() > WIDTH && !rest.starts_with(['.', ' ']) {
            let Some(blank) = break_in(rest) else {
                break;
            };
            page.push_str(&rest[..blank]);
            page.push('\n');
            rest = &rest[blank + 1..];
        }
        page.push_str(rest);
        page.push('\n');
    }
    page
}

/// The section about what scripts read: each field a paragraph of its own, which the reader's terminal fills.
fn fields_of_a_row(lines: &str) -> String {
    let mut section = String::from(
        ".SH \"FIELDS OF A ROW\"\nWith \\-o json, jsonl or csv. Times are RFC 3339 in UTC.",
    );
    for line in lines.lines().filter(|line| !line.is_empty()) {
        let begins = line
            .strip_prefix("  ")
            .filter(|rest| !rest.starts_with(' '))
            .and_then(|rest| rest.split_once(' '));
        match begins {
            Some((name, about)) => {
                let about = escaped(about.trim_start());
                section.push_str(&format!("\n.TP\n\\fB{}\\fR\n{about}", escaped(name)));
            }
            None => section.push_str(&format!(" {}", escaped(line.trim_start()))),
        }
    }
    section.push('\n');
    section
}

/// The last blank at which a line may be broken: what follows must not look like a request.
fn break_in(line: &str) -> Option<usize> {
    let may = |at: &usize| !line[at + 1..].starts_with(['.', '\'', ' ']);
    let blanks = || line.match_indices(' ').map(|(at, _)| at).filter(may);
    blanks()
        .take_while(|at| *at <= WIDTH)
        .last()
        .or_else(|| blanks().next())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::super::{find, full_tree, pages};
    use super::*;
    use crate::cli::args::Cli;

    #[test]
    fn lines_are_broken_where_nothing_looks_like_a_request() {
        let long = format!("{} .br 'x end", "word ".repeat(15));
        for line in tidy(&long).lines() {
            assert!(
                line.len() <= WIDTH && !line.starts_with(['.', '\'']),
                "{line}"
            );
        }
        assert_eq!(tidy("a \n.br\n\n.br\nb"), "a\n.sp\nb\n");
    }

    #[test]
    fn the_fields_of_a_row_are_paragraphs() {
        let fields = "\n  id      its number\n  detail  the last reply,\n          word-for-word\n";
        assert_eq!(
            fields_of_a_row(fields),
            ".SH \"FIELDS OF A ROW\"\nWith \\-o json, jsonl or csv. Times are RFC 3339 in UTC.\n\
             .TP\n\\fBid\\fR\nits number\n\
             .TP\n\\fBdetail\\fR\nthe last reply, word\\-for\\-word\n"
        );
    }

    #[test]
    fn every_page_has_the_sections_that_readers_expect() {
        let tree = full_tree(Cli::command);
        let list = page(find(&tree, &["role-of".into()]).unwrap()).unwrap();
        let mut from = 0;
        for part in [
            ".SH NAME\n",
            ".SH SYNOPSIS\n\\fBadmit role\\-of\\fR",
            "\\fB\\-\\-set\\fR \\fIROLE\\fR",
            ".SH DESCRIPTION\n",
            ".SH OPTIONS\n",
            ".SH \"FIELDS OF A ROW\"\n",
            ".SH \"EXIT STATUS\"\n",
            ".SH \"ENVIRONMENT\"\n",
            ".SH \"FILES\"\n",
            ".SH EXAMPLES\n",
            ".SH \"SEE ALSO\"\n\\fBadmit\\fR(1)\n",
        ] {
            let at = list[from..].find(part);
            from += at.unwrap_or_else(|| panic!("{part:?} is missing\n{list}"));
        }
        for (name, page) in pages(&tree).unwrap() {
            assert!(!page.contains("SH EXTRA"), "{name}");
        }
    }
}
