//! `admit panel show`

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::refusals::failure;
use crate::cli::view::setting::{SettingFields, shown};
use crate::ops::Scope;
use crate::ops::settings::of_panel;

/// Show the settings of a panel
///
/// Each setting with its value, its default and what it may be.
#[derive(Args, Debug)]
#[command(after_long_help = section(SettingFields::FIELDS, &[]))]
#[command(after_help = examples(&["admit panel show", "admit panel show main -o json"]))]
pub struct ShowArgs {
    /// Panel
    #[arg(value_name = "PANEL", add = ArgValueCompleter::new(crate::cli::base::complete::panels))]
    name: Option<String>,
}

/// Shows it.
pub fn run(cx: &mut Context, args: &ShowArgs) -> Result<Finish, CliError> {
    let wanted = super::which(cx, args.name.as_deref())?;
    let mut store = cx.open_store()?;
    let op = cx.op();
    let scope = store.read(|tx| Scope::load(tx))?;
    let panels: Vec<_> = match &wanted {
        None => scope.panels.iter().collect(),
        Some(name) => vec![scope.panel(name).map_err(|refusal| failure(refusal, &op))?],
    };
    let several = panels.len() > 1;
    cx.report.keys(SettingFields::FIELDS);
    let times = cx.times();
    for panel in panels {
        for (at, setting) in of_panel(panel).iter().enumerate() {
            cx.row(shown(setting, &panel.name, several && at == 0, &times))?;
        }
    }
    Ok(Finish::Done)
}
