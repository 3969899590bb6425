//! `admit show`

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::refusals::{About, op_error};
use crate::cli::runner::lookup;
use crate::cli::view::details;
use crate::ops::Scope;
use crate::ops::details::show;

/// So many events are shown.
const EVENTS: usize = 10;

/// Show everything about a person
#[derive(Args, Debug)]
#[command(after_long_help = section(details::DetailsFields::FIELDS, &[]))]
#[command(after_help = examples(&["admit show ada@example.com", "admit show ada@example.com -o json"]))]
pub struct ShowArgs {
    /// E-mail address
    #[arg(value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    address: String,
}

/// Shows them.
pub fn run(cx: &mut Context, args: &ShowArgs) -> Result<Finish, CliError> {
    let panel = cx.panel();
    let mut store = cx.open_store()?;
    let op = cx.op();
    let address = lookup::person(cx, &mut store, &args.address, &op)?;
    let about = About::of(address.as_str());
    let details = store
        .read(|tx| {
            let scope = Scope::load(tx)?;
            show(tx, &scope, &op, &address, panel.as_deref(), EVENTS)
        })
        .map_err(|error| op_error(error, about, &op))?;
    cx.report.keys(details::DetailsFields::FIELDS);
    let times = cx.times();
    cx.row(details::row(&details, &times))?;
    Ok(Finish::Done)
}
