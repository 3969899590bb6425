//! `admit why`

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::base::refusals::{About, op_error};
use crate::cli::runner::lookup;
use crate::cli::view::why;
use crate::ops::{Scope, why as ops};

/// Show why a person cannot sign in, and the commands that help
///
/// The first line says what prevents the person from signing in now. Below it are all obstacles, each with the
/// commands that remove it, and what else may explain a complaint. Exits with 0 if there is no obstacle, with 6 if
/// there is one, and with 3 for an unknown address.
#[derive(Args, Debug)]
#[command(after_long_help = section(why::DiagnosisFields::FIELDS, &[]))]
#[command(after_help = examples(&["admit why ada@example.com", "admit why ada@example.com --panel main"]))]
pub struct WhyArgs {
    /// E-mail address
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
    cx.report.keys(why::DiagnosisFields::FIELDS);
    for diagnosis in &diagnoses {
        cx.row(why::row(diagnosis, &run))?;
    }
    if !ops::is_known(&diagnoses) {
        return Err(CliError::not_found(format!(
            "no account has the address {address}"
        )));
    }
    Ok(if ops::can_sign_in(&diagnoses) {
        Finish::Done
    } else {
        Finish::Obstacle
    })
}
