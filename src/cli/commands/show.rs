//! `admit show`

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::context::Context;
use crate::cli::error::CliError;
use crate::cli::lookup;
use crate::cli::output::Finish;
use crate::cli::output::fields::section;
use crate::cli::refusals::{About, op_error};
use crate::cli::view::{TimeFormat, details};
use crate::ops::Scope;
use crate::ops::details::show;

/// So many events are shown.
const EVENTS: usize = 10;

/// Show everything known about one person
#[derive(Args, Debug)]
#[command(after_long_help = section(details::KEYS, &[]))]
pub struct ShowArgs {
    /// The address
    #[arg(value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::complete::people))]
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
    cx.report.keys(details::KEYS);
    let times = TimeFormat {
        now: cx.now,
        zone: cx.tz.clone(),
    };
    cx.row(details::row(&details, &times))?;
    Ok(Finish::Done)
}
