//! `admit man`

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use clap::{Command, CommandFactory};
use clap_mangen::Man;
use serde_json::Map;

use crate::cli::args::Cli;
use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::output::{Finish, Row};
use crate::cli::suggest::nearest;

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
    let tree = tree();
    match &args.dir {
        Some(dir) => {
            for (name, page) in pages(&tree)? {
                let path = dir.join(name);
                write(&path, &page)?;
                let mut json = Map::new();
                let shown = path.display().to_string();
                json.insert("path".into(), shown.clone().into());
                cx.row(Row::new(json).line(shown))?;
            }
        }
        None => {
            let page = page(find(&tree, &args.command)?)?;
            let mut json = Map::new();
            json.insert("command".into(), args.command.join(" ").into());
            json.insert("page".into(), page.clone().into());
            cx.row(Row::new(json).raw(page))?;
        }
    }
    Ok(Finish::Done)
}

/// The command tree with full names, and without clap's own `help`.
fn tree() -> Command {
    let mut tree = Cli::command().disable_help_subcommand(true);
    tree.build();
    tree
}

fn find<'a>(tree: &'a Command, words: &[String]) -> Result<&'a Command, CliError> {
    let mut here = tree;
    for word in words {
        here = here.find_subcommand(word).ok_or_else(|| {
            let names = here.get_subcommands().map(Command::get_name);
            let hint = nearest(word, names).map(|name| format!("did you mean `{name}`?"));
            CliError::usage(format!("there is no command `{}`", words.join(" ")))
                .hinted("`admit --help` lists the commands")
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
    let mut roff = Vec::new();
    Man::new(command.clone())
        .render(&mut roff)
        .map_err(|error| CliError::failed("cannot make the page").caused_by(error))?;
    Ok(tidy(&String::from_utf8_lossy(&roff)))
}

/// Makes clap_mangen's roff what `mandoc -T lint` expects.
fn tidy(roff: &str) -> String {
    roff.to_owned()
}

/// Manuals are for everybody, whatever the umask.
fn write(path: &Path, page: &str) -> Result<(), CliError> {
    fs::write(path, page)
        .and_then(|()| fs::set_permissions(path, fs::Permissions::from_mode(0o644)))
        .map_err(|error| {
            CliError::failed(format!("cannot write {}", path.display()))
                .caused_by(error.kind().to_string())
        })
}
