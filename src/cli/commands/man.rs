//! `admit man`

use std::io::Write as _;
use std::path::PathBuf;

use clap::Command;
use clap_mangen::Man;
use serde_json::Map;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::HEADING;
use crate::cli::base::output::{Finish, Row};
use crate::cli::base::printed::{RunOptions, command, hint};
use crate::domain::text::nearest;
use crate::files::{NewFile, Over, Place};

/// The day of the release that these pages belong to; it changes with the version.
const DATE: &str = "2026-11-22";

/// The longest line of a page.
const WIDTH: usize = 80;

/// Print the manual page of a command, or write all pages to a folder
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Examples:\n  admit man | man -l -\n  admit man completions | man -l -\n  \
                        admit man --dir ~/.local/share/man/man1"
)]
pub struct ManArgs {
    /// Write a page for every command to this folder
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath, conflicts_with = "command")]
    pub dir: Option<PathBuf>,

    /// The command; without it the page of admit itself
    #[arg(value_name = "COMMAND")]
    pub command: Vec<String>,
}

/// Prints a page or writes them all.
pub fn run(cx: &mut Context, args: &ManArgs) -> Result<Finish, CliError> {
    let tree = full_tree(cx.tree);
    if let Some(dir) = &args.dir {
        for (name, page) in pages(&tree)? {
            let place = cx.place(&dir.join(name))?;
            write(&place, &page)?;
            let shown = place.path().display().to_string();
            let mut json = Map::new();
            json.insert("path".into(), shown.clone().into());
            cx.row(Row::new(json).line(shown))?;
        }
        return Ok(Finish::Done);
    }
    let page = page(find(&tree, &args.command)?)?;
    let name = command(&args.command).print(&RunOptions::default());
    let mut json = Map::new();
    json.insert("command".into(), name.into());
    json.insert("page".into(), page.clone().into());
    cx.row(Row::new(json).raw(page))?;
    Ok(Finish::Done)
}

/// The command tree with full names, and without clap's own `help`.
fn full_tree(all: fn() -> Command) -> Command {
    let mut tree = all().disable_help_subcommand(true);
    tree.build();
    tree
}

fn find<'a>(tree: &'a Command, words: &[String]) -> Result<&'a Command, CliError> {
    let mut here = tree;
    for word in words {
        here = here.find_subcommand(word).ok_or_else(|| {
            let names = here.get_subcommands().map(Command::get_name);
            let hint = nearest(word, names).map(|name| format!("did you mean `{name}`?").into());
            CliError::usage(format!("there is no command `{}`", words.join(" ")))
                .hinted(hint!(command(&["--help"]), " lists the commands"))
                .maybe_hinted(hint)
        })?;
    }
    Ok(here)
}

/// All pages with their file names, `admit-completions.1` and so on.
pub fn pages(tree: &Command) -> Result<Vec<(String, String)>, CliError> {
    let mut all = vec![(Man::new(tree.clone()).get_filename(), page(tree)?)];
    for sub in tree.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        all.extend(pages(sub)?);
    }
    Ok(all)
}

fn page(command: &Command) -> Result<String, CliError> {
    let name = command.get_display_name().unwrap_or("admit");
    let mut roff = Vec::new();
    Man::new(command.clone())
        .title(name.to_uppercase())
        .date(DATE)
        .source(concat!("admit ", env!("CARGO_PKG_VERSION")))
        .manual("admit manual")
        .render(&mut roff)
        .map_err(|error| CliError::failed("cannot make the page").caused_by(error))?;
    Ok(tidy(&String::from_utf8_lossy(&roff)))
}

/// Makes clap_mangen's roff what `mandoc -T lint` expects: no blanks at the end of a line, none longer than 80
/// bytes, one kind of vertical space. What clap calls "extra" are our examples.
fn tidy(roff: &str) -> String {
    let roff = roff
        .replace(".br\n\n.br\n", ".sp\n")
        .replace(".SH EXTRA\nExamples:\n", ".SH EXAMPLES\n")
        .replace(".SH EXTRA\nKeys:\n", ".SH KEYS\n")
        .replace(&format!(".SH EXTRA\n{HEADING}\n"), &format!("{HEADING}\n"));
    let roff = match roff.split_once(&format!("{HEADING}\n")) {
        Some((before, fields)) => format!("{}\n{}", before.trim_end(), fields_of_a_row(fields)),
        None => roff,
    };
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
    for line in lines.lines() {
        let begins = line
            .strip_prefix("  ")
            .filter(|rest| !rest.starts_with(' '))
            .and_then(|rest| rest.split_once(' '));
        match begins {
            Some((name, about)) => {
                section.push_str(&format!("\n.TP\n\\fB{name}\\fR\n{}", about.trim_start()));
            }
            None => section.push_str(&format!(" {}", line.trim_start())),
        }
    }
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

/// Manuals are for everybody, whatever the umask. Only an older page of ours is replaced.
fn write(place: &Place, page: &str) -> Result<(), CliError> {
    let written = NewFile::create(place, Over::Alike(is_page)).and_then(|new| {
        let mut new = new.for_everybody()?;
        new.write_all(page.as_bytes())?;
        new.finish()
    });
    written.map(drop).map_err(|why| {
        CliError::failed(format!("cannot write {}", place.path().display())).caused_by(why)
    })
}

/// Whether a file that begins like this is a page of this manual.
fn is_page(head: &[u8]) -> bool {
    let head = &head[..head.len().min(512)];
    String::from_utf8_lossy(head)
        .lines()
        .any(|line| line.starts_with(".TH ADMIT"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

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
        let heading =
            ".SH \"FIELDS OF A ROW\"\nWith \\-o json, jsonl or csv. Times are RFC 3339 in UTC.\n";
        let paragraphs =
            ".TP\n\\fBid\\fR\nits number\n.TP\n\\fBdetail\\fR\nthe last reply, word for word\n";
        let fields = "Fields of a row:\n  id      its number\n  detail  the last reply,\n          word for word\n";
        assert_eq!(
            tidy(&format!("before\n.SH EXTRA\n{fields}")),
            format!("before\n{heading}{paragraphs}")
        );
        assert_eq!(
            tidy(&format!(".SH EXTRA\nKeys:\n  a: b\n\n{fields}")),
            format!(".SH KEYS\n  a: b\n{heading}{paragraphs}")
        );
    }

    #[test]
    fn every_command_has_a_page() {
        let names: Vec<_> = pages(&full_tree(Cli::command))
            .unwrap()
            .into_iter()
            .map(|p| p.0)
            .collect();
        assert!(names.contains(&"admit.1".into()));
        assert!(names.contains(&"admit-completions.1".into()));
        assert!(find(&full_tree(Cli::command), &["nothing".into()]).is_err());
    }
}
