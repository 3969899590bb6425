//! `admit panel set`

use clap::Args;
use clap_complete::ArgValueCompleter;

use crate::cli::base::complete;
use crate::cli::base::context::Context;
use crate::cli::base::error::CliError;
use crate::cli::base::output::Finish;
use crate::cli::base::output::fields::{examples, section};
use crate::cli::commands::setting::{assignments, settle};
use crate::cli::view::setting::{ChangeFields, page};
use crate::domain::panel::{NEVER, TRIAL_ENDS, TRIAL_ENDS_ABOUT, TRIAL_ENDS_RANGE};
use crate::domain::policy::POLICY_KEYS;
use crate::ops::settings::Target;

/// Change the settings of a panel
///
/// All settings are changed, or none if one is invalid. People who lack what a new setting needs are listed, and
/// changes that weaken security ask first.
#[derive(Args, Debug)]
#[command(
    override_usage = "admit panel set [OPTIONS] [PANEL] KEY=VALUE...",
    after_long_help = format!(
        "{}\n\n{}",
        page(POLICY_KEYS, &[(TRIAL_ENDS, NEVER, TRIAL_ENDS_RANGE, TRIAL_ENDS_ABOUT)]),
        section(ChangeFields::FIELDS, &[])
    )
)]
#[command(after_help = examples(&["admit panel set second-factor=required", "admit panel set main methods=app,mail", "admit panel set wrong-passwords="]))]
pub struct SetArgs {
    /// Setting, such as second-factor=required
    ///
    /// KEY= restores the default. The name of the panel can come first.
    #[arg(
        value_name = "KEY=VALUE",
        required = true,
        add = ArgValueCompleter::new(complete::panel_settings)
    )]
    words: Vec<String>,
}

/// Changes it.
pub fn run(cx: &mut Context, args: &SetArgs) -> Result<Finish, CliError> {
    let (named, settings) = match args.words.split_first() {
        Some((first, rest)) if !first.contains('=') => (Some(first.as_str()), rest),
        _ => (None, args.words.as_slice()),
    };
    let assignments = assignments(settings)?;
    let panel = super::which(cx, named)?;
    settle(cx, Target::Panel(panel.as_deref()), &assignments)
}
