//! `admit show`

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::base::address::parse_address;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::output::fields::section;
use crate::cli::base::refusals::{About, op_error, refusal_error};
use crate::cli::view::details;
use crate::ops::Scope;
use crate::ops::details::show;

/// So many events are shown.
const EVENTS: usize = 10;

/// Show everything known about one person
#[derive(Args, Debug)]
#[command(after_long_help = section(details::KEYS, &[]))]
pub struct ShowArgs {
    /// The address
    #[arg(value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    address: String,
}

/// Shows them.
pub fn run(cx: &mut Context, args: &ShowArgs) -> Result<Finish, CliError> {
    let op = cx.op();
    let prefix = cx.command_prefix();
    let panel = cx.panel();
    let about = About {
        address: &args.address,
        panel: cx.global.panel.as_deref(),
        prefix: &prefix,
    };
    let address =
        parse_address(&args.address).map_err(|refusal| refusal_error(&refusal, about, &op))?;
    let named = cx.global.panel.clone();
    let mut store = cx.open_store()?;
    let op = cx.op();
    let details = store
        .read(|tx| {
            let scope = Scope::load(tx)?;
            show(tx, &scope, &op, &address, panel.as_deref(), EVENTS)
        })
        .map_err(|error| {
            op_error(
                error,
                About {
                    address: &args.address,
                    panel: named.as_deref(),
                    prefix: &prefix,
                },
                &op,
            )
        })?;
    cx.report.keys(details::KEYS);
    let times = cx.times();
    cx.row(details::row(&details, &times))?;
    Ok(Finish::Done)
}
