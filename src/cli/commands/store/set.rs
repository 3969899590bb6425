//! `admit store set`

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::base::complete;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::commands::setting::{assignments, settle};
use crate::cli::view::setting::{ChangeFields, page};
use crate::domain::store_policy::STORE_KEYS;
use crate::ops::settings::Target;

/// Change settings of the whole store
///
/// All settings are changed, or none if one is invalid. Changes that weaken security ask first.
#[derive(Args, Debug)]
#[command(after_long_help = format!("{}\n\n{}", page(STORE_KEYS, &[]), section(ChangeFields::FIELDS, &[])))]
#[command(after_help = examples(&["admit store set reset-lifetime=1h", "admit store set codes-for-operators=app,mail", "admit store set argon2="]))]
pub struct SetArgs {
    /// Setting, such as reset-lifetime=1h
    ///
    /// KEY= restores the default.
    #[arg(
        value_name = "KEY=VALUE",
        required = true,
        add = ArgValueCompleter::new(complete::store_settings)
    )]
    settings: Vec<String>,
}

/// Changes them.
pub fn run(cx: &mut Context, args: &SetArgs) -> Result<Finish, CliError> {
    let assignments = assignments(&args.settings)?;
    settle(cx, Target::Store, &assignments)
}
