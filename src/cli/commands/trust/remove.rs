//! `admit trust remove`

use clap::Args;
use clap_complete::ArgValueCompleter;

use super::{explain, read_network, read_person, row_of};
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::output::{Finish, Row};
use crate::cli::view::trust::ChangeFields;
use crate::domain::refusal::Refusal;
use crate::ops::change::Status;
use crate::ops::trust::{Which, remove};
use crate::ops::{OpError, Scope};
use crate::store::Done;

/// Remove trusted IPs
///
/// Codes are asked for again from the next sign-in. Without --person, a network means the entry for everyone in the
/// panel.
#[derive(Args, Debug)]
#[command(after_long_help = section(ChangeFields::FIELDS, &[]))]
#[command(after_help = examples(&["admit trust remove 203.0.113.0/24", "admit trust remove 12 15", "admit trust remove 203.0.113.9 --person ada@example.com"]))]
pub struct RemoveArgs {
    /// Ids from trust list, or networks
    #[arg(value_name = "ID|NETWORK", required = true, add = ArgValueCompleter::new(crate::cli::base::complete::trusted))]
    which: Vec<String>,

    /// Only the entry for this person
    #[arg(long, value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    person: Option<String>,
}

/// Removes them.
pub fn run(cx: &mut Context, args: &RemoveArgs) -> Result<Finish, CliError> {
    cx.report.keys(ChangeFields::FIELDS);
    let mut store = cx.open_store()?;
    let op = cx.op();
    let person = read_person(cx, &mut store, args.person.as_deref(), &op)?;
    let times = cx.times();
    let guard = cx.interrupt.arm();
    for typed in &args.which {
        if cx.interrupt.is_raised() {
            return Err(CliError::interrupted());
        }
        let told = |error| explain(error, args.person.as_deref().unwrap_or_default(), &op);
        let done = read_which(cx, typed).and_then(|which| {
            let which = which.map_err(|refusal| told(refusal.into()))?;
            // An id needs no panel; a panel from the settings must not interfere.
            let panel = match which {
                Which::Id(_) => cx.global.panel.clone(),
                Which::Network(_) => cx.panel(),
            };
            store
                .change(|tx| {
                    let scope = Scope::load(tx)?;
                    let panel = panel.as_deref();
                    let outcome = remove(tx, &scope, &op, which, panel, person.as_ref())?;
                    Ok::<_, OpError>(match outcome.status {
                        Status::Done => Done::recorded(outcome),
                        Status::Unchanged => Done::nothing(outcome),
                    })
                })
                .map_err(told)
        });
        let row = match done {
            Ok(outcome) => row_of(cx, &outcome, &times),
            Err(error) => Row::failure(typed, cx.panel().as_deref(), error),
        };
        cx.row(row)?;
    }
    drop(guard);
    Ok(Finish::Done)
}

/// A number is an id.
fn read_which(cx: &Context, typed: &str) -> Result<Result<Which, Refusal>, CliError> {
    if typed.is_empty() || typed.contains(|c: char| !c.is_ascii_digit()) {
        return read_network(cx, typed).map(|network| Ok(Which::Network(network)));
    }
    let id = typed.to_owned();
    Ok(typed
        .parse()
        .map(Which::Id)
        .map_err(|_| Refusal::UnknownTrust { id }))
}
