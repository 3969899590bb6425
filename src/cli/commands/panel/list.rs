//! `admit panel list`

use clap::Args;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::view::panel::{HEADINGS, PanelRow, row};
use crate::ops::Scope;

/// List panels
#[derive(Args, Debug)]
#[command(after_long_help = section(PanelRow::FIELDS, &[]))]
#[command(after_help = examples(&["admit panel list", "admit panel list -o json"]))]
pub struct ListArgs {}

/// Lists them.
pub fn run(cx: &mut Context, _args: &ListArgs) -> Result<Finish, CliError> {
    let mut store = cx.open_store()?;
    let now = cx.now;
    let panels = store.read(|tx| {
        let scope = Scope::load(tx)?;
        scope
            .panels
            .into_iter()
            .map(|panel| {
                let people = tx.count_running(panel.id, now)?;
                Ok((panel, people))
            })
            .collect::<Result<Vec<_>, crate::store::Fault>>()
    })?;
    cx.report.keys(PanelRow::FIELDS);
    cx.report.headings(HEADINGS);
    let times = cx.times_at(now);
    for (panel, people) in &panels {
        cx.row(row(panel, *people, &times))?;
    }
    Ok(Finish::Done)
}
