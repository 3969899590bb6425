//! `admit panel …`

pub mod list;
pub mod set;
pub mod show;

use clap::{Args, Subcommand};

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;

/// Show and change the settings of panels
#[derive(Args, Debug)]
pub struct PanelArgs {
    #[command(subcommand)]
    command: PanelCommand,
}

#[derive(Debug, Subcommand)]
enum PanelCommand {
    #[command(alias = "ls")]
    List(list::ListArgs),
    Show(show::ShowArgs),
    Set(set::SetArgs),
}

/// Dispatches.
pub fn run(cx: &mut Context, args: &PanelArgs) -> Result<Finish, CliError> {
    match &args.command {
        PanelCommand::List(args) => list::run(cx, args),
        PanelCommand::Show(args) => show::run(cx, args),
        PanelCommand::Set(args) => set::run(cx, args),
    }
}

/// The panel that was named in place, else by option, variable or file.
///
/// # Errors
/// Two that differ.
fn which(cx: &Context, named: Option<&str>) -> Result<Option<String>, CliError> {
    match (named, cx.global.panel.as_deref()) {
        (Some(named), Some(option)) if named != option => Err(CliError::usage(format!(
            "two panels given: {named}, and {option} with --panel"
        ))
        .hinted("use only one of them")),
        (Some(named), _) => Ok(Some(named.to_owned())),
        (None, _) => Ok(cx.panel()),
    }
}
