//! `admit man`

mod page;

use std::io::Write as _;
use std::path::PathBuf;

use clap::Command;
use clap_mangen::Man;
use serde_json::Map;

use self::page::page;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::examples;
use crate::cli::base::output::{Finish, Row};
use crate::cli::base::printed::{RunOptions, command, hint};
use crate::domain::text::nearest;
use crate::files::{NewFile, Over, Place};

/// Print a manual page, or write all of them to a folder
#[derive(Debug, clap::Args)]
#[command(
    after_help = examples(&["admit man | man -l -", "admit man invite | man -l -", "admit man --dir ~/.local/share/man/man1"])
)]
pub struct ManArgs {
    /// Write all pages to this folder
    #[arg(long, value_name = "DIR", value_hint = clap::ValueHint::DirPath, conflicts_with = "command")]
    pub dir: Option<PathBuf>,

    /// Command; without it, the page of admit itself
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
            CliError::usage(format!("unknown command `{}`", words.join(" ")))
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
