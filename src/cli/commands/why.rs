//! `admit why`

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::output::fields::section;
use crate::cli::base::refusals::{About, op_error};
use crate::cli::runner::lookup;
use crate::cli::view::why;
use crate::ops::{Scope, why as ops};

/// Tell why a person cannot sign in, and what to type now
///
/// The first line says what refuses the person now. Every obstacle is listed, the first one first, each with the commands
/// that remove it; below them what is no obstacle but explains a complaint, and the command for a forgotten password.
/// Exits with 0 if there is no obstacle, with 6 if there is one, and with 3 if nobody has the address.
#[derive(Args, Debug)]
#[command(after_long_help = section(why::KEYS, &[]))]
pub struct WhyArgs {
    /// The address
    #[arg(value_name = "ADDRESS", add = ArgValueCompleter::new(crate::cli::base::complete::people))]
    address: String,
}

/// Tells.
pub fn run(cx: &mut Context, args: &WhyArgs) -> Result<Finish, CliError> {
    let run = cx.ui.run_options().clone();
    let panel = cx.panel();
    let mut store = cx.open_store()?;
    let op = cx.op();
    let address = lookup::person(cx, &mut store, &args.address, &op)?;
    let about = About::of(address.as_str());
    let leaves = cx.mail_leaves();
    let diagnoses = store
        .read(|tx| {
            let scope = Scope::load(tx)?;
            ops::why(tx, &scope, &op, &address, panel.as_deref(), leaves)
        })
        .map_err(|error| op_error(error, about, &op))?;
    cx.report.keys(why::KEYS);
    for diagnosis in &diagnoses {
        cx.row(why::row(diagnosis, &run))?;
    }
    if !ops::is_known(&diagnoses) {
        return Err(CliError::not_found(format!(
            "nobody has the address {address}"
        )));
    }
    Ok(if ops::can_sign_in(&diagnoses) {
        Finish::Done
    } else {
        Finish::Obstacle
    })
}
