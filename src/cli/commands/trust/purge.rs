//! `admit trust purge`

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::{explain, read_person};
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::view::trust::{PurgeFields, number, purged};
use crate::ops::trust::{purge, survey};
use crate::ops::{OpError, Scope};
use crate::store::Done;

/// Remove all trusted IPs of a person or a panel
///
/// Both those that operators and those that people made. Codes are asked for again from the next sign-in.
#[derive(Args, Debug)]
#[command(after_long_help = section(PurgeFields::FIELDS, &[]))]
#[command(after_help = examples(&["admit trust purge --person ada@example.com", "admit trust purge --everyone --panel main"]))]
pub struct PurgeArgs {
    #[command(flatten)]
    whose: Whose,
}

/// Whose they are.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
struct Whose {
    /// All entries for this person
    #[arg(long, value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    person: Option<String>,

    /// All entries in the panel
    #[arg(long)]
    everyone: bool,
}

/// Removes them.
pub fn run(cx: &mut Context, args: &PurgeArgs) -> Result<Finish, CliError> {
    cx.report.keys(PurgeFields::FIELDS);
    let typed = args.whose.person.as_deref().unwrap_or_default();
    let panel = cx.panel();
    let mut store = cx.open_store()?;
    let op = cx.op();
    let person = read_person(cx, &mut store, args.whose.person.as_deref(), &op)?;
    let there = store
        .read(|tx| {
            let scope = Scope::load(tx)?;
            survey(tx, &scope, &op, panel.as_deref(), person.as_ref())
        })
        .map_err(|error| explain(error, typed, &op))?;
    if args.whose.everyone && there.entries > 0 {
        cx.confirm(&format!(
            "Remove {} of {}? Everyone there will be asked for codes again.",
            number(there.entries),
            there.panel
        ))?;
    }
    let done = store
        .change(|tx| {
            let scope = Scope::load(tx)?;
            let done = purge(tx, &scope, &op, panel.as_deref(), person.as_ref())?;
            Ok::<_, OpError>(if done.entries > 0 {
                Done::recorded(done)
            } else {
                Done::nothing(done)
            })
        })
        .map_err(|error| explain(error, typed, &op))?;
    let row = purged(&done, cx.dry_run());
    cx.row(row)?;
    Ok(Finish::Done)
}
